package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A Belonging is N of goods that lie somewhere, of which the order was not known, or not the
// right one: the scan behind it says which it is.
type Belonging struct {
	RMA store.RMAID `json:"rma,omitempty"` // that they came with
	store.Batch
	Place store.Place       `json:"place"`
	Grade string            `json:"grade,omitempty"`
	As    store.Disposition `json:"as,omitempty"`
	Order store.OrderID     `json:"order,omitempty"` // that they were taken for
	N     store.Qty         `json:"n"`
}

// Belongs puts goods that came back to the lines of an order, or of a return, that was
// scanned: never more than left by them and is not back. They are to be graded, and paid for,
// as others are. It needs a supervisor; it refuses with NoRight, NotThere, BadQuantity,
// NotOrdered, NotOnReturn, OverSent, and as Open does.
func Belongs(ctx context.Context, s *store.Store, by store.Gesture, in Belonging) error {
	return belongs.Make(ctx, s, by, in)
}

var belongs = store.Decree[Belonging]{Name: "returns.belongs", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Belonging) error {
	var is store.RMAID
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		e, err := in.fact(tx)
		is = e.RMA
		if err != nil {
			return nil, err
		}
		return e, nil
	})
	for _, id := range []store.RMAID{in.RMA, is} {
		if err == nil && id != "" {
			err = Onward(ctx, s, id)
		}
	}
	return err
}}

// fact is that the goods are of what was scanned.
func (in Belonging) fact(tx *store.Tx) (e store.ReturnBelongs, err error) {
	p, err := in.still(tx)
	if err != nil {
		return e, err
	}
	c, err := find(tx, tx.By().Mark)
	if err != nil {
		return e, err
	}
	now, err := look(&tx.Reader, c)
	if err != nil {
		return e, err
	}
	orders, err := (ReceiveScan{Case: c}).orders(tx, now)
	if err != nil {
		return e, err
	}
	e = store.ReturnBelongs{RMA: c.RMA, Was: in.RMA, Batch: in.Batch, N: in.N, Place: in.Place,
		Grade: in.Grade, As: in.As, Had: share(p.Of, in.N), By: tx.By().Operator,
		At: tx.Now().UnixMilli()}
	if e.Receivers, err = tx.ReceivedBy(in.RMA); err != nil {
		return e, err
	}
	if e.Of, err = in.lines(tx, orders, e.Had); err != nil || e.RMA != "" {
		return e, err
	}
	if e.RMA, err = in.own(tx, now); err != nil || e.RMA != "" {
		return e, err
	}
	opens, err := ReceiveScan{Case: c}.unannounced(tx)
	if err != nil {
		return e, err
	}
	if opens.ID, err = tx.NextRMAID(); err != nil {
		return e, err
	}
	e.RMA, e.Opens = opens.ID, &opens
	return e, nil
}

// still reads the goods as they lie now. It refuses with NotThere or BadQuantity.
func (in Belonging) still(tx *store.Tx) (Piece, error) {
	all, err := Nobodys(&tx.Reader, in.RMA, in.Item)
	if err != nil {
		return Piece{}, err
	}
	return in.among(all)
}

// among is the piece of some that is meant. It refuses with NotThere or BadQuantity.
func (in Belonging) among(all []Piece) (Piece, error) {
	i := slices.IndexFunc(all, func(p Piece) bool { return p.Belonging(in.N) == in })
	switch {
	case i < 0:
		return Piece{}, &store.Refusal{Code: store.NotThere, Want: string(in.RMA),
			Got: string(in.Item)}
	case in.N <= 0 || in.N > all[i].N:
		return Piece{}, beyond(in.N, all[i].N)
	}
	return all[i], nil
}

// Belonging is N of a piece, for Belongs.
func (p Piece) Belonging(n store.Qty) Belonging {
	return Belonging{RMA: p.RMAID, Batch: p.Batch, Place: p.Place, Grade: p.Grade, As: p.As,
		Order: p.TakenFor(), N: n}
}

// TakenFor is the order that the piece was taken for; empty where that is not known.
func (p Piece) TakenFor() store.OrderID {
	for _, o := range p.Of {
		return o.Order
	}
	return ""
}

// lines are those that left with such goods, for as many as may still come back by them, with
// what the goods themselves were taken for: of the same lot or serial where there are any such,
// else of any. It refuses with NotOrdered, NotOnReturn or OverSent.
func (in Belonging) lines(tx *store.Tx, orders []store.OrderID, had []store.ShareBack) (
	of []store.ShareBack, err error) {
	code := tx.By().Mark.Text
	if len(orders) == 0 {
		return nil, &store.Refusal{Code: store.NotOrdered, Got: code}
	}
	left, err := goneOf(tx, orders, in.Item, backs{in.Batch, had})
	if err != nil {
		return nil, err
	}
	if len(left) == 0 {
		return nil, &store.Refusal{Code: store.NotOnReturn, Want: code, Got: string(in.Item)}
	}
	same := func(g gone) bool { return g.Batch == in.Batch && g.room > 0 }
	exact := slices.ContainsFunc(left, same)
	want, taken := in.N, map[gone]store.Qty{}
	for _, g := range left {
		line := gone{order: g.order, Sent: store.Sent{Line: g.Line}}
		room := g.line
		if exact {
			room = g.room
		}
		n := min(want, room-taken[line])
		if exact && !same(g) || n <= 0 {
			continue
		}
		of = append(of, store.ShareBack{Order: g.order, Line: g.Line, N: n})
		want, taken[line] = want-n, taken[line]+n
	}
	if want > 0 {
		err = &store.Refusal{Code: store.OverSent, Want: (in.N - want).String(), Got: in.N.String()}
	}
	return of, err
}

// own is the return that the goods came with, where it is the same customer's and nobody
// closed it; else none.
func (in Belonging) own(tx *store.Tx, order Opened) (store.RMAID, error) {
	if in.RMA == "" || order.Customer == "" {
		return "", nil
	}
	was, err := look(&tx.Reader, Case{RMA: in.RMA})
	if err != nil || was.Closed() || was.Customer != order.Customer {
		return "", err
	}
	return in.RMA, nil
}

// Nobodys reads the goods that lie somewhere and that can be said to be of an order, each with
// the one that they were taken for: those of none, and behind them those that were put aside
// and that nobody has graded. It reads those of a return and an item, or all where they are
// empty.
func Nobodys(r *store.Reader, id store.RMAID, sku store.SKU) ([]Piece, error) {
	rows, err := r.Nobodys(id, sku, listMax)
	return byOrder(r, rows, err)
}

// byOrder puts pieces together as pieces does, those that were taken for one order: of rows
// that stand by order.
func byOrder(r *store.Reader, rows []store.Lying, err error) (out []Piece, _ error) {
	for len(rows) > 0 && err == nil {
		n := slices.IndexFunc(rows, func(l store.Lying) bool { return l.Order != rows[0].Order })
		if n < 0 {
			n = len(rows)
		}
		var of []Piece
		of, err = pieces(r, rows[:n], nil)
		out, rows = append(out, of...), rows[n:]
	}
	return out, err
}
