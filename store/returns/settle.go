package returns

import (
	"fmt"
	"slices"

	"scanbay/store"
)

// Settle looks at facts that stations sent, in the transaction that takes them: where two
// stations together took more of an order back than was sent, it opens a discrepancy. What
// the floor did stands.
func Settle(tx *store.Tx, facts []store.Envelope) error {
	came := store.ReturnReceived{}.Kind() // of many facts few are: the rest is not looked at
	facts = slices.DeleteFunc(slices.Clone(facts), func(f store.Envelope) bool {
		return f.Kind != came
	})
	over := map[store.OrderID]map[int64]bool{}
	for _, t := range store.Touches(facts) {
		if t.Order == "" {
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
