package stocktake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// turns has the bins counted whose time has come, once a day: of each class as many as make
// all of them in its days, those first that were not counted for longest.
func turns(ctx context.Context, s *store.Store) error {
	due, err := store.Get(ctx, s, turnsDue)
	if err != nil || len(due) == 0 {
		return err
	}
	if err := classify(ctx, s); err != nil {
		return err
	}
	err = unlessNothing(s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		if due, err := turnsDue(&tx.Reader); err != nil || len(due) == 0 {
			return orNothing(err)
		}
		e, err := turn(tx, due)
		if err != nil {
			return err
		}
		return tx.Record(e)
	}))
	if err != nil {
		err = fmt.Errorf("plan the day's counts: %w", err)
	}
	return err
}

// turnsDue are the policies, where bins are counted by time; none where that was planned
// today.
func turnsDue(r *store.Reader) ([]store.CountPolicy, error) {
	all, err := r.CountPolicies()
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(all, func(p store.CountPolicy) bool { return p.Days > 0 }) {
		return nil, nil
	}
	today := r.Today().Time(r.Now().Location()).UnixMilli()
	planned, err := r.PlannedSince(today)
	if err != nil || planned {
		return nil, err
	}
	return all, nil
}

// turn is the day's plan; an empty one says that nothing is due today.
func turn(tx *store.Tx, due []store.CountPolicy) (e store.CountPlanned, err error) {
	all, err := tx.Candidates("", "", "")
	if err != nil {
		return e, err
	}
	var out []store.Candidate
	for _, p := range due {
		before := daysAgo(&tx.Reader, p.Days)
		var of, old []store.Candidate
		for _, c := range all {
			if p.Days > 0 && p.For(c.Class, due) && c.Lines > 0 {
				of = append(of, c)
				if c.Last < before {
					old = append(old, c)
				}
			}
		}
		a := (len(of) + int(p.Days) - 1) / int(max(1, p.Days))
		slices.SortStableFunc(old, func(a, b store.Candidate) int {
			return cmp.Compare(a.Last, b.Last)
		})
		out = append(out, old[:min(a, len(old))]...)
	}
	id, err := tx.NextCountPlan()
	e.CountPlan = store.CountPlan{ID: id, Why: store.CountTurn, At: tx.Now().UnixMilli()}
	for i, c := range out[:min(len(out), tasksMax)] {
		e.Tasks = append(e.Tasks, store.CountTask{ID: id.Task(i + 1), Place: c.Place})
	}
	return e, err
}

// daysAgo is when the first of so many days begins that end today: what was counted before
// is due again, at whatever hour.
func daysAgo(r *store.Reader, days int64) int64 {
	midnight := r.Today().Time(r.Now().Location())
	return midnight.AddDate(0, 0, 1-int(days)).UnixMilli()
}

// classedBy is how long what an item sold for says how often it is counted, and classedMax
// how many items one fact has room for.
const (
	classedBy  = 90 * 24 * time.Hour
	classedMax = 5000
)

// classify gives items the class that they sell by.
func classify(ctx context.Context, s *store.Store) error {
	sold, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Sold, error) {
		return r.SoldSince(r.Now().Add(-classedBy).UnixMilli())
	})
	if err != nil {
		return err
	}
	classes, changed := classesOf(sold), map[string][]store.SKU{}
	for _, x := range sold {
		if c := classes[x.Item]; c != x.Class {
			changed[c] = append(changed[c], x.Item)
		}
	}
	for _, c := range store.Classes {
		for items := range slices.Chunk(changed[c], classedMax) {
			if err := s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
				return tx.Record(store.ItemsClassed{Class: c, Items: items,
					At: tx.Now().UnixMilli()})
			}); err != nil {
				return fmt.Errorf("class items: %w", err)
			}
		}
	}
	return nil
}

// classesOf gives items their classes: A is what makes four fifths of what was sold for, B
// the next, C the last twentieth and what did not sell.
func classesOf(sold []store.Sold) map[store.SKU]string {
	var all, so store.Money
	for _, s := range sold {
		all += s.Worth
	}
	out := map[store.SKU]string{}
	for _, s := range sold {
		switch {
		case s.Worth > 0 && so < all*80/100:
			out[s.Item] = "A"
		case s.Worth > 0 && so < all*95/100:
			out[s.Item] = "B"
		default:
			out[s.Item] = "C"
		}
		so += s.Worth
	}
	return out
}
