package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A SendingBack is goods that lie here and go to their customer again, by a parcel or by
// hand.
type SendingBack struct {
	Belonging
	Waybill store.WaybillNo `json:"waybill,omitempty"`
}

// SendBack lets goods go to their customer again that nobody takes back: of a return that was
// rejected or cancelled, of no order, or on hold. What was due for them is due no more, and
// they may be sent once more. It needs a supervisor; it refuses with NoRight, NotThere,
// BadQuantity and BadWaybill.
func SendBack(ctx context.Context, s *store.Store, by store.Gesture, in SendingBack) error {
	by.Once = true
	return sendBack.Make(ctx, s, by, in)
}

var sendBack = store.Decree[SendingBack]{Name: "returns.send_back", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in SendingBack) error {
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		e, err := in.fact(tx)
		if err != nil {
			return nil, err
		}
		return e, nil
	})
	if err == nil && in.RMA != "" {
		err = Onward(ctx, s, in.RMA)
	}
	return err
}}

// fact is that the goods left.
func (in SendingBack) fact(tx *store.Tx) (e store.ReturnSentBack, err error) {
	if in.Waybill != "" && !in.Waybill.Plausible() {
		return e, &store.Refusal{Code: store.BadWaybill, Want: string(in.RMA),
			Got: string(in.Waybill)}
	}
	all, err := unwanted(&tx.Reader, in.RMA, in.Item)
	if err != nil {
		return e, err
	}
	p, err := in.among(all)
	if err == nil {
		err = held(tx, in.Place, in.Batch, in.N)
	}
	if err != nil {
		return e, err
	}
	e = store.ReturnSentBack{ID: tx.NextEvent(), RMA: in.RMA, Batch: in.Batch, N: in.N,
		Place: in.Place, Grade: in.Grade, As: in.As, Of: share(p.Of, in.N), Waybill: in.Waybill,
		By: tx.By().Operator, At: tx.Now().UnixMilli()}
	if in.Grade != "" && in.RMA != "" {
		if e.Paid, err = paidBy(&tx.Reader, in.RMA, in.Batch, e.Of, in.Grade, in.As); err != nil {
			return e, err
		}
	}
	return e, stillClosed(tx, &e)
}

// held refuses with NotThere goods that are said to lie in a place and that its book does not
// have: somebody else had them go on from there as something else.
func held(tx *store.Tx, p store.Place, b store.Batch, n store.Qty) error {
	all, err := tx.Holding(p, b.Item)
	if err == nil && !slices.ContainsFunc(all, func(x store.Balance) bool {
		return x.Batch == b && x.N >= n
	}) {
		err = &store.Refusal{Code: store.NotThere, Want: p.Code(), Got: string(b.Item)}
	}
	return err
}

// stillClosed keeps, of a return that nobody takes back, how many of it whoever decided so
// knows to be here.
func stillClosed(tx *store.Tx, e *store.ReturnSentBack) error {
	d, err := tx.RMADecision(e.RMA)
	if err != nil || !d.Closed() {
		return err
	}
	goods, err := tx.GoodsOf(e.RMA)
	here := -e.N
	for _, g := range goods {
		here += g.Received
	}
	left := max(0, d.Came-e.N)
	e.Last = here <= left
	e.Closed = &store.ReturnDecided{RMA: e.RMA, State: d.State, Findings: d.Findings,
		Note: d.Note, By: d.Operator, At: d.At, Came: left, Terms: d.Terms}
	return err
}

// Unwanted reads the goods that can go to their customer again: those of no order and those
// of returns that nobody takes back, and behind them what lies aside or on hold of others.
func Unwanted(r *store.Reader) ([]Piece, error) { return unwanted(r, "", "") }

// unwanted reads those of a return and an item, or all where they are empty.
func unwanted(r *store.Reader, id store.RMAID, sku store.SKU) (out []Piece, err error) {
	rows, err := r.Unwanted(id, sku, listMax)
	if out, err = byOrder(r, rows, err); err != nil {
		return nil, err
	}
	closed := map[store.RMAID]bool{"": false}
	for i, p := range out {
		was, known := closed[p.RMAID]
		if !known {
			d, err := r.RMADecision(p.RMAID)
			if err != nil {
				return nil, err
			}
			was = d.Closed()
			closed[p.RMAID] = was
		}
		out[i].Closed = was
	}
	return out, nil
}

// Lost says that nobody knows whose goods are, or that nobody takes them back: a supervisor
// has to do something about them.
func (p Piece) Lost() bool { return p.Closed || p.TakenFor() == "" }
