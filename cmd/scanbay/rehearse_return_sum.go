package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"scanbay/store"
	"scanbay/store/returns"
)

// backFigures are what came back in a rehearsal, in pieces where nothing else is said.
type backFigures struct {
	Returns      int         `json:"returns,omitempty"`
	Unannounced  int         `json:"unannounced,omitempty"` // of the returns
	Parcels      int         `json:"parcels,omitempty"`     // that were registered
	Received     store.Qty   `json:"received,omitempty"`
	Aside        store.Qty   `json:"put_aside,omitempty"` // of them, for a person to decide
	Strays       store.Qty   `json:"strays,omitempty"`    // put aside, of what nobody knows
	HandedBack   store.Qty   `json:"handed_back,omitempty"`
	Inspected    store.Qty   `json:"inspected,omitempty"`
	Restocked    store.Qty   `json:"restocked,omitempty"`
	NotRestocked store.Qty   `json:"not_restocked,omitempty"` // to where nothing is sold from
	Refunds      int         `json:"refunds,omitempty"`
	Refunded     store.Money `json:"refunded,omitempty"`
}

// A backTally counts what the log says of what came back.
type backTally struct {
	lines    map[store.Origin]*backSum // by order and line alone
	goods    map[string]*backSum       // by return and item
	graded   map[string]*backSum       // by item, grade and disposition
	refunded map[store.OrderID]store.Money
	due      map[string]store.RefundDue
	uses     map[string]store.Use
	wrong    []string
}

// A backSum is how far goods came.
type backSum struct{ received, inspected, shelved store.Qty }

func newBackTally() backTally {
	return backTally{lines: map[store.Origin]*backSum{}, goods: map[string]*backSum{},
		graded: map[string]*backSum{}, refunded: map[store.OrderID]store.Money{},
		due: map[string]store.RefundDue{}, uses: heldBins()}
}

// countBack counts an event of what came back; others it leaves alone.
func (t *tally) countBack(e store.Event) {
	b := &t.back
	switch e := e.(type) {
	case store.ReturnRequested:
		t.Returns++
	case store.ParcelArrived:
		t.Parcels++
	case store.ReturnReceived:
		if e.Opens != nil {
			t.Returns++
			t.Unannounced++
		}
		t.Received += e.N
		if e.Aside != "" {
			t.Aside += e.N
		}
		entry(b.goods, fmt.Sprint(e.RMA, " ", e.Item)).received += e.N
		for _, o := range e.Of {
			at := store.Origin{Order: o.Order, Line: o.Line}
			if b.lines[at] == nil {
				b.lines[at] = &backSum{}
			}
			b.lines[at].received += o.N
		}
	case store.StrayKept:
		t.Strays += e.N
	case store.ReturnTurnedAway:
		t.HandedBack += e.N
	case store.ReturnInspected:
		t.Inspected += e.N
		entry(b.goods, fmt.Sprint(e.RMA, " ", e.Item)).inspected += e.N
		entry(b.graded, fmt.Sprint(e.Item, " ", e.Grade, " ", e.As)).inspected += e.N
	case store.ReturnShelved:
		b.shelved(e)
		if e.As == store.Restock {
			t.Restocked += e.N
		} else {
			t.NotRestocked += e.N
		}
	case store.RefundDue:
		t.Refunds++
		t.Refunded += e.Amount
		b.refunded[e.Order] += e.Amount
		b.due[e.ID] = e
	case store.RefundWithdrawn:
		t.Refunds--
		t.Refunded -= b.due[e.Refund].Amount
		b.refunded[b.due[e.Refund].Order] -= b.due[e.Refund].Amount
	}
}

// shelved counts goods that were put away, and looks whether they may lie there.
func (b *backTally) shelved(e store.ReturnShelved) {
	entry(b.graded, fmt.Sprint(e.Item, " ", e.Grade, " ", e.As)).shelved += e.N
	for _, o := range e.Of {
		entry(b.goods, fmt.Sprint(o.RMA, " ", e.Item)).shelved += o.N
	}
	if use := b.uses[e.To.Code()]; (e.As == store.Restock) != (use == "") {
		b.wrong = append(b.wrong, fmt.Sprintf("%d %s, %s, lie in %s", e.N, e.Item, e.As, e.To))
	}
}

// checkBack finds what must not be once all that came back is in its place.
func (r *rehearsal) checkBack(ctx context.Context, t *tally) (out []string, err error) {
	say := func(what string, args ...any) { out = append(out, fmt.Sprintf(what, args...)) }
	out = append(out, t.back.wrong...)
	for at, g := range t.back.goods {
		if g.received != g.inspected || g.inspected != g.shelved {
			say("return %s: received %d, inspected %d, put away %d", at, g.received, g.inspected,
				g.shelved)
		}
	}
	for at, g := range t.back.graded {
		if g.shelved > g.inspected {
			say("%s: %d put away, %d graded so", at, g.shelved, g.inspected)
		}
	}
	for sku, n := range r.floor.back.staged {
		if n != 0 {
			say("%d %s still lie on the returns stage of the floor", n, sku)
		}
	}
	if n := r.floor.back.strays; n != t.Strays {
		say("%d pieces that nobody knows are put aside, by the log %d", n, t.Strays)
	}
	err = r.store.Read(ctx, func(rd *store.Reader) error {
		if err := backAgainstSent(rd, t, say); err != nil {
			return err
		}
		waits, err := returns.ToGrade(rd, "")
		for _, p := range waits {
			if p.Grade == "" {
				say("%d %s of %s wait to be inspected in %s", p.N, p.Batch.Item, p.RMAID, p.Place)
			}
		}
		return errorOr(err, func() error { return r.soldFrom(rd, say) })
	})
	slices.Sort(out)
	return out, err
}

func errorOr(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}

// backAgainstSent looks whether more came back of an order than left, or more money was given
// than came.
func backAgainstSent(r *store.Reader, t *tally, say func(string, ...any)) error {
	orders := map[store.OrderID]map[int64]store.Qty{}
	for at, g := range t.back.lines {
		if at.Order == "" {
			continue
		}
		if orders[at.Order] == nil {
			orders[at.Order] = map[int64]store.Qty{}
		}
		orders[at.Order][at.Line] = g.received
	}
	for _, id := range slices.Sorted(maps.Keys(orders)) {
		o, err := r.Order(id)
		if err != nil {
			return err
		}
		sent := map[int64]store.Qty{}
		for _, l := range o.Lines {
			sent[l.Line] = l.Shipped
		}
		for line, n := range orders[id] {
			if n > sent[line] {
				say("order %s, line %d: %d came back of %d", id, line, n, sent[line])
			}
		}
	}
	for id, sum := range t.back.refunded {
		o, err := r.Order(id)
		if err != nil {
			return err
		}
		paid, err := r.PaidFor(o)
		if err != nil {
			return err
		}
		if sum > paid {
			say("order %s: %s refunded of %s", id, sum, paid)
		}
	}
	return nil
}

// soldFrom looks whether anything that came back and is not to be sold lies where goods are
// sold from.
func (r *rehearsal) soldFrom(rd *store.Reader, say func(string, ...any)) error {
	for _, bin := range r.floor.shelves.bins() {
		if r.floor.outsideOf(bin) {
			continue
		}
		all, err := rd.LyingIn(store.InBin(bin))
		if err != nil {
			return err
		}
		for _, l := range all {
			say("%d %s of %s lie in %s, %s", l.N, l.Item, l.RMA, bin, l.As)
		}
	}
	return nil
}
