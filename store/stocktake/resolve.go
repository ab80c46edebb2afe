package stocktake

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"scanbay/store"
)

// A Resolving says what became of a discrepancy.
type Resolving struct {
	Disc  store.DiscID  `json:"disc"`
	As    store.DiscEnd `json:"as"`
	Cause string        `json:"cause"` // one of the reasons for adjustments
	Note  string        `json:"note,omitempty"`
	To    store.Place   `json:"to,omitempty"` // the bin of what was missed in none, and found
}

// Resolve ends a discrepancy: what is missing was found, or is looked for no more, or there
// is nothing left to do. It needs a supervisor who did not report it. It refuses with
// NoRight, OwnWork, NotFound, Incomplete without a cause, BadSetting, VarianceEnd where
// somebody decided before, Stale where nothing of it is being looked for, and WrongPlace for
// what was found where it was missed in no bin, until To names one.
func Resolve(ctx context.Context, s *store.Store, by store.Gesture, in Resolving) error {
	return resolve.Make(ctx, s, by, in)
}

var resolve = store.Decree[Resolving]{Name: "stocktake.resolve", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Resolving) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if !slices.Contains(store.DiscEnds, in.As) {
			return nil, &store.Refusal{Code: store.BadSetting, Want: "found, written_off, closed",
				Got: string(in.As)}
		}
		d, end, err := tx.Discrepancy(in.Disc)
		switch {
		case err != nil:
			return nil, err
		case end.As != "":
			return nil, &store.Refusal{Code: store.VarianceEnd, Want: string(end.As),
				Got: spot(d)}
		case d.Operator == decider(by):
			return nil, &store.Refusal{Code: store.OwnWork, Want: string(decider(by)),
				Got: spot(d)}
		}
		if err := coded(tx, store.AdjustReason, in.Cause); err != nil {
			return nil, err
		}
		return in.fact(tx, d)
	})
}}

// spot is where people know a discrepancy to be.
func spot(d store.Discrepancy) string {
	return cmp.Or(d.Place.Code(), string(d.Slip), d.About, string(d.Item))
}

// fact is the end of a discrepancy; where goods are looked for, with what becomes of them.
func (in Resolving) fact(tx *store.Tx, d store.Discrepancy) (store.Event, error) {
	lost, err := tx.LossesOf(d)
	if err != nil {
		return nil, err
	}
	end := store.DiscResolved{Disc: d.ID, As: in.As, Cause: in.Cause, Note: in.Note,
		By: decider(tx.By()), At: tx.Now().UnixMilli()}
	switch {
	case in.As == store.DiscClosed && len(lost) == 0:
		return end, nil
	case in.As == store.DiscClosed || len(lost) == 0:
		return nil, &store.Refusal{Code: store.Stale, Want: string(d.Of)}
	}
	e, err := adjusts(&tx.Reader, d, end, lost)
	if err == nil && in.As == store.DiscFound {
		err = in.putBack(tx, &e, d)
	}
	if err != nil {
		return nil, err
	}
	return seenByTwo(tx, e)
}

// putBack has what was found lie in the bin where it was missed, or else where it is said to
// lie, but for what counts have brought back there. It refuses with WrongPlace where that is
// no bin.
func (in Resolving) putBack(tx *store.Tx, e *store.StockAdjusted, d store.Discrepancy) error {
	to := d.Place
	if !to.Is("bin") {
		to = in.To
	}
	if !to.Is("bin") {
		return &store.Refusal{Code: store.WrongPlace, Want: "bin", Got: spot(d)}
	}
	if _, err := tx.Bin(to); err != nil {
		return err
	}
	there, err := broughtBack(&tx.Reader, d)
	if err != nil {
		return err
	}
	for _, l := range slices.Clone(e.Lines) {
		if n := -l.N - min(-l.N, max(0, there[l.Batch])); n > 0 {
			e.Lines = append(e.Lines, store.Adjustment{Place: to, Batch: l.Batch, N: n})
		}
	}
	e.Worth = 0
	return nil
}

// broughtBack is what the counts that a discrepancy asked for brought back to the book.
func broughtBack(r *store.Reader, d store.Discrepancy) (map[store.Batch]store.Qty, error) {
	counts, err := r.CountsFor(d.ID)
	if err != nil {
		return nil, err
	}
	out := map[store.Batch]store.Qty{}
	for _, first := range counts {
		found, err := r.FoundBy(first)
		if err != nil {
			return nil, err
		}
		for b, n := range found {
			out[b] += max(0, n)
		}
	}
	return out, nil
}

// adjusts takes what is missing out of the book.
func adjusts(r *store.Reader, d store.Discrepancy, end store.DiscResolved,
	lost []store.Booked) (e store.StockAdjusted, err error) {
	e = store.StockAdjusted{About: string(d.ID), Disc: d.ID, Place: d.Place, As: end.As,
		Cause: end.Cause, Note: end.Note, By: end.By, At: end.At}
	for _, l := range lost {
		e.Lines = append(e.Lines, store.Adjustment{Place: store.AtMissing, Batch: l.Batch, N: -l.N})
		i, err := r.Item(l.Item)
		if err != nil {
			return e, err
		}
		e.Worth -= i.Cost * store.Money(l.N)
	}
	return e, nil
}

// cleared ends the discrepancies that a count has cleared up: the bin was counted, and what
// was missing is there, or nothing is.
func cleared(ctx context.Context, s *store.Store) error {
	done, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Cleared, error) {
		return r.Cleared(tasksMax)
	})
	for _, c := range done {
		if err != nil {
			return err
		}
		err = unlessNothing(s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
			e, err := ending(tx, c)
			if err != nil {
				return err
			}
			return tx.Record(e)
		}))
		if err != nil {
			err = fmt.Errorf("discrepancy %s: %w", c.Disc, err)
		}
	}
	return err
}

// ending is the end of a discrepancy by its count; none while goods are still missing, which
// a person decides on.
func ending(tx *store.Tx, c store.Cleared) (store.Event, error) {
	d, was, err := tx.Discrepancy(c.Disc)
	if err != nil {
		return nil, err
	}
	if was.As != "" {
		return nil, errNothing
	}
	lost, err := tx.LossesOf(d)
	if err != nil {
		return nil, err
	}
	end := store.DiscResolved{Disc: d.ID, As: store.DiscClosed, Note: string(c.State),
		By: c.By, At: tx.Now().UnixMilli()}
	if len(lost) == 0 {
		return end, nil
	}
	found, err := tx.FoundBy(c.First)
	if err != nil {
		return nil, err
	}
	var gone []store.Booked
	for _, l := range lost {
		if l.N -= min(l.N, max(0, found[l.Batch])); l.N > 0 {
			gone = append(gone, l)
		}
	}
	end.As = store.DiscFound
	if len(gone) > 0 {
		if is, err := small(tx, d, gone); err != nil || !is {
			return nil, cmp.Or(err, errNothing)
		}
		end.As, end.Cause, end.Note = store.DiscWrittenOff, lostCause, store.NoteSmall
	}
	return adjusts(&tx.Reader, d, end, lost)
}

// lostCause is the reason for what is missing of a small difference that settles itself.
const lostCause = "lost"

// small says whether a difference settles itself: the site says up to how many pieces, and of
// what worth.
func small(tx *store.Tx, d store.Discrepancy, gone []store.Booked) (bool, error) {
	pieces, err := tx.Number(store.SmallPieces)
	if err != nil || pieces == 0 {
		return false, err
	}
	worth, err := tx.Number(store.SmallWorth)
	if err != nil {
		return false, err
	}
	if len(gone) == 0 {
		gone = []store.Booked{{Batch: store.Batch{Item: d.Item}, N: max(d.N, -d.N)}}
	}
	var n store.Qty
	var sum store.Money
	for _, g := range gone {
		i, err := itemOf(&tx.Reader, g.Item)
		if err != nil {
			return false, err
		}
		n, sum = n+g.N, sum+i.Cost*store.Money(g.N)
	}
	return n > 0 && n <= store.Qty(pieces) &&
		(worth == 0 || sum <= store.Money(worth)*store.MoneyUnit), nil
}

// settled ends the small differences that no count is to clear up.
func settled(ctx context.Context, s *store.Store) error {
	open, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Discrepancy, error) {
		if n, err := r.Number(store.SmallPieces); err != nil || n == 0 {
			return nil, err
		}
		return r.DiscrepanciesOpen(tasksMax)
	})
	for _, d := range open {
		if err != nil {
			return fmt.Errorf("discrepancy %s: %w", d.ID, err)
		}
		if d.Of != store.PackMiss && d.Of != store.SignOffDiff || d.Place.Is("bin") {
			continue
		}
		err = unlessNothing(s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
			e, err := settling(tx, d)
			if err != nil {
				return err
			}
			return tx.Record(e)
		}))
	}
	return err
}

// settling is the end of a small difference; none of a larger one.
func settling(tx *store.Tx, d store.Discrepancy) (store.Event, error) {
	_, was, err := tx.Discrepancy(d.ID)
	if err != nil {
		return nil, err
	}
	if was.As != "" {
		return nil, errNothing
	}
	lost, err := tx.LossesOf(d)
	if err != nil {
		return nil, err
	}
	if is, err := small(tx, d, lost); err != nil || !is {
		return nil, cmp.Or(err, errNothing)
	}
	end := store.DiscResolved{Disc: d.ID, As: store.DiscClosed, Cause: lostCause,
		Note: store.NoteSmall, At: tx.Now().UnixMilli()}
	if len(lost) == 0 {
		return end, nil
	}
	end.As = store.DiscWrittenOff
	return adjusts(&tx.Reader, d, end, lost)
}
