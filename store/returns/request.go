package returns

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// piecesMax is more than anybody sends back of one item.
const piecesMax = 1_000_000

// Request takes in that a customer wants to send goods back: of an order, of several, or of
// none. The lines of orders are found by their items. What its platform numbered, and was
// taken before, is not taken again. It needs a receiver; it refuses with NoRight,
// Incomplete, BadQuantity, BadSetting, NotFound, NotSent, NotOnReturn, OverSent,
// NotTogether, and with AskedTwice where the number is another request's.
func Request(ctx context.Context, s *store.Store, by store.Gesture, a store.RMA) (
	store.RMAID, error) {
	by.Once = true // a second request like it is asked for when the first has its number
	return request.Make(ctx, s, by, a)
}

var request = store.Ruling[store.RMA, store.RMAID]{Name: "returns.request", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, a store.RMA) (
	id store.RMAID, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		e, err := requestOf(tx, a)
		if id = e.ID; err != nil {
			return err
		}
		return tx.Record(e)
	})
	if err := unlessNothing(err); err != nil {
		return "", err
	}
	_ = Onward(ctx, s, id) // the request stands: what fails here, Plan does
	return id, nil
}, Again: func(was store.Event) store.RMAID {
	e, _ := was.(store.ReturnRequested)
	return e.ID
}}

// RequestOf is the fact that a request is. It fails with ErrKnown when it was taken before,
// and refuses as Request does.
func RequestOf(tx *store.Tx, a store.RMA) (store.Event, error) {
	e, err := requestOf(tx, a)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// requestOf gives a known request's number beside ErrKnown.
func requestOf(tx *store.Tx, a store.RMA) (e store.ReturnRequested, err error) {
	a.How = cmp.Or(a.How, store.ByCourier)
	a.Wants = cmp.Or(a.Wants, store.WantsRefund)
	if err := sane(a); err != nil {
		return e, err
	}
	orders, err := ordersIn(tx, &a)
	if err != nil {
		return e, err
	}
	if e.ID, err = before(tx, a); err != nil {
		return e, err
	}
	lines := a.Lines
	a.Lines = nil
	rooms := map[store.OrderID]map[int64]store.Qty{}
	for _, l := range lines {
		if l.Order == "" {
			if _, err := tx.Item(l.Item); err != nil {
				return e, err
			}
			l.OrderLine = 0
			a.Lines = append(a.Lines, l)
			continue
		}
		o := orders[l.Order]
		if rooms[o.ID] == nil {
			if rooms[o.ID], err = roomOf(tx, o); err != nil {
				return e, err
			}
		}
		parts, err := place(o, l, rooms[o.ID])
		if err != nil {
			return e, err
		}
		a.Lines = append(a.Lines, parts...)
	}
	for i := range a.Lines {
		a.Lines[i].Line = int64(i + 1)
	}
	if a.ID, err = tx.NextRMAID(); err != nil {
		return e, err
	}
	a.Asked = true
	if a.Placed == 0 {
		a.Placed = tx.Now().UnixMilli()
	}
	return store.ReturnRequested{RMA: a}, nil
}

// sane refuses what lacks something, or is none of the words for it.
func sane(a store.RMA) error {
	if !slices.Contains(store.ReturnHows, a.How) {
		return &store.Refusal{Code: store.BadSetting, Want: words(store.ReturnHows),
			Got: string(a.How)}
	}
	if !slices.Contains(store.ReturnWantings, a.Wants) {
		return &store.Refusal{Code: store.BadSetting, Want: words(store.ReturnWantings),
			Got: string(a.Wants)}
	}
	if len(a.Lines) == 0 {
		return &store.Refusal{Code: store.Incomplete, Want: "line"}
	}
	for _, l := range a.Lines {
		switch {
		case l.N <= 0 || l.N > piecesMax:
			return &store.Refusal{Code: store.BadQuantity, Got: l.N.String()}
		case l.Item == "":
			return &store.Refusal{Code: store.Incomplete, Want: "item"}
		case l.Reason == "":
			return &store.Refusal{Code: store.Incomplete, Want: "reason"}
		}
	}
	return nil
}

// ordersIn reads the orders that a request names, and fills in whose it is: of the first.
// It refuses with NotTogether where they are not of one customer.
func ordersIn(tx *store.Tx, a *store.RMA) (map[store.OrderID]store.Order, error) {
	out := map[store.OrderID]store.Order{}
	var one store.Order
	for _, l := range a.Lines {
		if _, known := out[l.Order]; known || l.Order == "" {
			continue
		}
		o, err := tx.Order(l.Order)
		if err != nil {
			return nil, err
		}
		if len(out) == 0 {
			one = o
		}
		if o.Customer != one.Customer {
			return nil, &store.Refusal{Code: store.NotTogether, Want: "customer",
				Got: o.PlatformNo}
		}
		out[o.ID] = o
	}
	if len(out) > 0 {
		a.Customer, a.Recipient, a.Channel = one.Customer, one.Recipient, one.Channel
	}
	return out, nil
}

// before fails with ErrKnown, and gives its number, where a request of its platform's
// number was taken as the same. It refuses with AskedTwice where it was another.
func before(tx *store.Tx, a store.RMA) (store.RMAID, error) {
	if a.Source == "" {
		return "", nil
	}
	id, err := tx.RMABySource(a.Channel, a.Source)
	if err != nil || id == "" {
		return "", err
	}
	was, err := tx.RMA(id)
	if err != nil {
		return "", err
	}
	if was.How == a.How && was.Wants == a.Wants && was.Proof == a.Proof &&
		slices.Equal(announced(was), announced(a)) {
		return id, ErrKnown
	}
	return "", &store.Refusal{Code: store.AskedTwice, Want: string(id), Got: a.Source}
}

// announced is what a request is about, whichever lines of orders it was put to.
func announced(a store.RMA) (out []store.RMALine) {
	for _, l := range a.Lines {
		l = store.RMALine{Item: l.Item, N: l.N, Reason: l.Reason, Order: l.Order}
		i := slices.IndexFunc(out, func(x store.RMALine) bool {
			return x.Item == l.Item && x.Reason == l.Reason && x.Order == l.Order
		})
		if i >= 0 {
			out[i].N += l.N
			continue
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b store.RMALine) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Item, b.Item),
			cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// open are the states of returns that may still come.
var open = []store.RMAState{store.RMARequested, store.RMAHeld, store.RMAAsked,
	store.RMAApproved}

// roomOf is how much may still be announced of each line of an order: what left, less what
// came back, less what other returns announce and has not come.
func roomOf(tx *store.Tx, o store.Order) (map[int64]store.Qty, error) {
	room, err := tx.Returned(o.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range o.Lines {
		room[l.Line] = l.Shipped - room[l.Line]
	}
	all, err := tx.RMAsOf(o.ID)
	for _, id := range all {
		if err != nil {
			return nil, err
		}
		var waits map[int64]store.Qty
		if waits, err = awaited(tx, id, o.ID); err == nil {
			for line, n := range waits {
				room[line] -= max(0, n)
			}
		}
	}
	return room, err
}

// awaited is what an open return announces of each line of an order, less what came of it.
func awaited(tx *store.Tx, id store.RMAID, order store.OrderID) (map[int64]store.Qty, error) {
	d, err := tx.RMADecision(id)
	if err != nil || !slices.Contains(open, d.State) {
		return nil, err
	}
	a, err := tx.RMA(id)
	if err != nil {
		return nil, err
	}
	out := map[int64]store.Qty{}
	for _, l := range a.Lines {
		if l.Order == order {
			out[l.OrderLine] += l.N
		}
	}
	goods, err := tx.GoodsOf(id)
	for _, g := range goods {
		if g.Order == order {
			out[g.Line] -= g.Received
		}
	}
	return out, err
}

// place puts a line of a request to the lines of its order that have room, and takes the
// room. It refuses with NotSent, NotOnReturn or OverSent.
func place(o store.Order, l store.RMALine, room map[int64]store.Qty) (out []store.RMALine,
	err error) {
	var free, left store.Qty
	sent, has := false, false
	for _, x := range o.Lines {
		sent = sent || x.Shipped > 0
		if !fits(l, x) {
			continue
		}
		has = true
		free += max(0, room[x.Line])
	}
	switch {
	case !sent:
		return nil, &store.Refusal{Code: store.NotSent, Got: o.PlatformNo}
	case !has:
		return nil, &store.Refusal{Code: store.NotOnReturn, Want: o.PlatformNo,
			Got: string(l.Item)}
	case l.N > free:
		return nil, &store.Refusal{Code: store.OverSent, Want: free.String(), Got: l.N.String()}
	}
	left = l.N
	for _, x := range o.Lines {
		n := min(left, room[x.Line])
		if !fits(l, x) || n <= 0 {
			continue
		}
		part := l
		part.OrderLine, part.N = x.Line, n
		out, left, room[x.Line] = append(out, part), left-n, room[x.Line]-n
	}
	return out, nil
}

// fits says whether a line of an order may be the one that a request's line is about.
func fits(l store.RMALine, of store.OrderLine) bool {
	return l.Item == of.Item && (l.OrderLine == 0 || l.OrderLine == of.Line)
}
