package storetest

import (
	"fmt"
	"slices"

	"scanbay/store"
)

// settle lets the authority look at facts. It fails the test unless that opens what is odd
// about them, and nothing else: here each touch is looked at by itself.
func (s *Site) settle(tx *store.Tx, facts []store.Envelope) error {
	before, err := tx.Discrepancies()
	if err != nil {
		return err
	}
	if err := Settle(tx, facts); err != nil {
		return err
	}
	want := map[store.DiscID]bool{}
	for _, d := range before {
		want[d.ID] = true
	}
	for _, t := range store.Touches(facts) {
		ids, err := oddities(tx, t)
		if err != nil {
			return err
		}
		for _, id := range ids {
			want[id] = true
		}
	}
	after, err := tx.Discrepancies()
	if err != nil {
		return err
	}
	for _, d := range after {
		if !want[d.ID] {
			s.Errorf("nothing is odd: %+v", d)
		}
		delete(want, d.ID)
	}
	if len(want) > 0 {
		s.Errorf("not opened: %v", want)
	}
	return nil
}

// oddities are the discrepancies that a touch gives cause for.
func oddities(tx *store.Tx, t store.Touch) (out []store.DiscID, err error) {
	odd := func(of store.DiscKind, refs ...string) {
		out = append(out, store.NewDiscID(of, refs...))
	}
	if t.Lies != nil {
		gone, err := wentElsewhere(tx, t)
		if gone {
			odd(store.BackGone, string(t.By.ID), string(t.Lies.Place), string(t.Lies.Order),
				fmt.Sprint(t.Lies.Line))
		}
		return out, err
	}
	if t.Order != "" {
		o, err := tx.Order(t.Order)
		if err != nil {
			return nil, err
		}
		back, err := tx.Returned(t.Order)
		if n := back[t.Line]; t.N > 0 && !slices.ContainsFunc(o.Lines, func(
			l store.OrderLine) bool {
			return l.Line == t.Line && n <= l.Shipped
		}) {
			odd(store.BackTwice, string(t.By.ID), string(t.Order), fmt.Sprint(t.Line))
		}
		return out, err
	}
	if t.Slip != "" {
		return ofSlip(tx, t)
	}
	if t.Place == "" || t.Place[0] == '@' {
		return nil, nil
	}
	held, err := tx.Holding(t.Place, t.Item)
	if err != nil {
		return nil, err
	}
	var n store.Qty
	for _, b := range held {
		if b.Lot == t.Lot && b.Serial == t.Serial {
			n = b.N
		}
	}
	at, err := tx.SerialAt(t.Item, t.Serial)
	refs := []string{string(t.By.ID), string(t.Place), string(t.Item), string(t.Lot),
		string(t.Serial)}
	switch {
	case err != nil:
	case n < 0 && t.N < 0:
		odd(store.BelowZero, refs...)
	case t.Serial != "" && (n > 1 || t.N > 0 && len(at) > 1):
		odd(store.SerialAgain, refs...)
	}
	return out, err
}

// ofSlip are the discrepancies that what was picked for a slip, or has left of it, gives cause
// for.
func ofSlip(tx *store.Tx, t store.Touch) (out []store.DiscID, err error) {
	odd := func(of store.DiscKind, refs ...string) {
		out = append(out, store.NewDiscID(of, refs...))
	}
	if t.N == 0 {
		line, err := tx.SlipLine(t.Slip, t.Line)
		if line.Stopped > 0 && t.Left > 0 && line.Shipped > line.N {
			odd(store.LeftStopped, string(t.By.ID), fmt.Sprint(t.Line))
		}
		return out, err
	}
	lease, err := tx.LeaseOf(t.Slip)
	if err != nil {
		return nil, err
	}
	if lease.Token > 0 && (lease.Operator != t.By.Operator || lease.Station != t.By.Author) {
		odd(store.LateHolder, string(t.Slip), fmt.Sprint(lease.Token), string(t.By.Operator),
			string(t.By.Author))
	}
	line, err := tx.SlipLine(t.Slip, t.Line)
	if err != nil {
		return nil, err
	}
	if t.N > 0 && line.Picked > line.N+line.Stopped {
		odd(store.PickedTwice, string(t.By.ID), fmt.Sprint(t.Line))
	}
	return out, nil
}

// wentElsewhere says whether goods were said to be something else since, of a place that has
// enough of them.
func wentElsewhere(tx *store.Tx, t store.Touch) (bool, error) {
	left, err := tx.StillLies(*t.Lies)
	if err != nil || t.N >= 0 || left >= 0 {
		return false, err
	}
	held, err := tx.Contents(t.Lies.Place)
	return !slices.ContainsFunc(held, func(b store.Balance) bool {
		return b.Batch == t.Batch && b.N < 0
	}), err
}
