package returns

import (
	"fmt"
	"slices"

	"scanbay/store"
)

// moving are the kinds of facts of stations about goods that came back: of many facts few are
// of them, and the rest is not looked at.
var moving = [...]string{store.ReturnReceived{}.Kind(), store.ReturnInspected{}.Kind(),
	store.ReturnShelved{}.Kind(), store.Reversed{}.Kind()}

// Settle looks at facts that stations sent, in the transaction that takes them: where two
// stations together took more of an order back than was sent, or goods went on from where a
// person elsewhere had them go on from too, it opens a discrepancy. What the floor did stands.
func Settle(tx *store.Tx, facts []store.Envelope) error {
	facts = slices.DeleteFunc(slices.Clone(facts), func(f store.Envelope) bool {
		return !slices.Contains(moving[:], f.Kind)
	})
	over := map[store.OrderID]map[int64]bool{}
	for _, t := range store.Touches(facts) {
		if t.Lies != nil && t.N < 0 {
			if err := wentOn(tx, t); err != nil {
				return fmt.Errorf("settle %s: %w", t.By.ID, err)
			}
		}
		if t.Order == "" || t.By.Kind != moving[0] {
			continue
		}
		lines, known := over[t.Order]
		if !known {
			var err error
			if lines, err = tooMany(tx, t.Order); err != nil {
				return fmt.Errorf("settle %s: %w", t.By.ID, err)
			}
			over[t.Order] = lines
		}
		if !lines[t.Line] {
			continue
		}
		if err := tx.Dispute(store.Discrepancy{Of: store.BackTwice, Item: t.Item, Lot: t.Lot,
			N: t.N, Operator: t.By.Operator, Note: string(t.Order), At: t.By.At},
			string(t.By.ID), string(t.Order), fmt.Sprint(t.Line)); err != nil {
			return fmt.Errorf("settle %s: %w", t.By.ID, err)
		}
	}
	return nil
}

// tooMany are the lines of an order of which more came back than left.
func tooMany(tx *store.Tx, id store.OrderID) (map[int64]bool, error) {
	o, err := tx.Order(id)
	if _, unknown := store.RefusalOf(err); unknown {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	back, err := tx.Returned(id)
	for _, l := range o.Lines {
		back[l.Line] -= l.Shipped
	}
	out := map[int64]bool{}
	for line, n := range back {
		out[line] = n > 0
	}
	return out, err
}

// wentOn opens a discrepancy where goods that a fact takes from a place are not there as what
// it says, though the place has enough of them: they were said to be something else since.
func wentOn(tx *store.Tx, t store.Touch) error {
	left, err := tx.StillLies(*t.Lies)
	if err != nil || left >= 0 {
		return err
	}
	held, err := tx.Contents(t.Lies.Place)
	for _, b := range held {
		if b.Batch == t.Batch && b.N < 0 {
			return err // the book says so already
		}
	}
	if err != nil {
		return err
	}
	return tx.Dispute(store.Discrepancy{Of: store.BackGone, Place: t.Lies.Place, Item: t.Item,
		Lot: t.Lot, N: -t.N, Operator: t.By.Operator, Note: string(t.Lies.RMA), At: t.By.At},
		string(t.By.ID), string(t.Lies.Place), string(t.Lies.Order), fmt.Sprint(t.Lies.Line))
}
