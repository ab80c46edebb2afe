package stocktake

import (
	"fmt"
	"slices"

	"scanbay/store"
)

// Settle looks at facts that stations sent, in the transaction that takes them: where one
// tells late what was done in a bin that somebody counted meanwhile, the bin is counted once
// more. Nobody can say what was first.
func Settle(tx *store.Tx, facts []store.Envelope) error {
	late := map[store.Place]*store.Envelope{}
	var places []store.Place
	for _, t := range store.Touches(facts) {
		if t.Place.Is("bin") && late[t.Place] == nil {
			late[t.Place] = t.By
			places = append(places, t.Place)
		}
	}
	counted, err := tx.CountedSince(places, facts)
	for _, c := range counted {
		if err != nil {
			break
		}
		if err = reopen(tx, c, late[c.Place]); err != nil {
			err = fmt.Errorf("settle count %s: %w", c.ID, err)
		}
	}
	return err
}

// reopen has a bin counted once more.
func reopen(tx *store.Tx, c store.Count, by *store.Envelope) error {
	first, err := tx.VarianceOf(c)
	if err != nil {
		return err
	}
	v, err := tx.Variance(first)
	if err != nil {
		return err
	}
	now := tx.Now().UnixMilli()
	why := []store.Finding{{Rule: WhyLate, Got: string(by.Operator)}}
	switch {
	case v.State == store.VarianceRecount && v.Count == c.ID:
		return nil // whoever counts next knows of it
	case v.State == "" || !v.State.Ended():
		counts, err := tx.CountsOf(first)
		if err != nil {
			return err
		}
		e := store.VarianceRuled{First: first, Count: c.ID, Place: c.Place,
			State: store.VarianceRecount, Why: why, At: now}
		if e.Again, err = recount(tx, c, first, int64(len(counts)+1)); err != nil {
			return err
		}
		return tx.Record(e)
	}
	due, err := tx.CountsDueAt(c.Place)
	if err != nil || slices.ContainsFunc(due, func(d store.DueCount) bool {
		return !d.Again() && (d.Item == "" || d.Item == c.Item)
	}) {
		return err
	}
	id, err := tx.NextCountPlan()
	if err != nil {
		return err
	}
	return tx.Record(store.CountPlanned{CountPlan: store.CountPlan{ID: id,
		Why: store.CountException, Note: WhyLate, At: now,
		Tasks: []store.CountTask{{ID: id.Task(1), Place: c.Place, Item: c.Item}}}})
}
