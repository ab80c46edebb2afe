package outbound

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"scanbay/store"
)

// ofTheBin are the reasons by which a bin has nothing more of the batch; the
// others are about the pieces that were asked for alone.
var ofTheBin = []string{"not_found", "wrong_item", "wrong_lot"}

// Short says that what is left of the task on the screen is not to be had from
// its bin, and why; without a reason it only says whether it could. The difference
// is being looked for; what other places have is asked for instead, at once; the
// rest is short. It refuses with BinFirst, Stale, SlipClosed, NotYours, or BinFrozen.
func Short(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID, seen Seen,
	reason string) (out Picked, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		slip, err := mine(tx, id)
		if err != nil {
			return err
		}
		task, err := seen.still(slip)
		if err != nil {
			return err
		}
		switch {
		case slip.At != task.From:
			return &store.Refusal{Code: store.BinFirst, Want: task.From.Code()}
		case reason == "":
			return &store.Refusal{Code: store.Stale, Want: string(id)}
		}
		if err := tx.NotFrozen(task.From); err != nil {
			return err
		}
		e, err := shorted(tx, slip, task, reason)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Task, out.N = task, e.N
		out.Slip, err = tx.Slip(id)
		return err
	})
	return out, err
}

func shorted(tx *store.Tx, slip store.Slip, t store.PickTask, reason string) (
	e store.ItemShorted, err error) {
	now, n := tx.Now().UnixMilli(), t.Left()
	e = store.ItemShorted{Slip: slip.ID, Task: t.ID, Line: t.Line, Plan: t.Lot, Item: t.Item,
		From: t.From, N: n, Reason: reason, At: now}
	if e.Missing, err = losses(tx, t, reason); err != nil {
		return e, err
	}
	var lost store.Qty
	for _, l := range e.Missing {
		lost += l.N
	}
	e.Disc = store.Discrepancy{ID: store.NewDiscID(store.ShortPick, string(tx.NextEvent())),
		Of: store.ShortPick, Slip: slip.ID, Task: t.ID, Place: t.From, Item: t.Item, Lot: t.Lot,
		N: n, Reason: reason, Note: fmt.Sprintf("missing %d", lost),
		Operator: tx.By().Operator, At: now}
	spots, err := tx.Spots(t.About)
	if err != nil {
		return e, err
	}
	spots = slices.DeleteFunc(spots, func(s store.Spot) bool { return s.Place == t.From })
	levels, err := tx.Levels(t.About)
	if err != nil {
		return e, err
	}
	// What is missing was on hand until now; the task's own reservation is free.
	elsewhere := min(n, max(0, levels.OnHand-lost-(levels.Reserved-n)))
	e.Next = store.Allot(spots, t.Item, t.Line, elsewhere,
		fmt.Sprintf("%s.%d.%s.", slip.ID, t.Line, tx.NextEvent()))
	rest := n
	for i := range e.Next {
		e.Next[i].Walk = t.Walk
		rest -= e.Next[i].Want
	}
	if rest > 0 {
		e.Lost = slip.Line.Share(rest)
	}
	return e, nil
}

// losses is what a bin loses to the place of missing goods: all of the batch
// that no other task is promised, or the pieces asked for alone.
func losses(tx *store.Tx, t store.PickTask, reason string) (out []store.Loss, err error) {
	held, err := tx.Holding(t.From, t.Item)
	if err != nil {
		return nil, err
	}
	others, err := tx.Allocated(t.From, store.Batch{Item: t.Item, Lot: t.Lot}, t.ID)
	if err != nil {
		return nil, err
	}
	levels, err := tx.Levels(t.About)
	if err != nil {
		return nil, err
	}
	var book store.Qty
	for _, b := range held {
		if b.Lot == t.Lot {
			book += b.N
		}
	}
	// Never more than what other orders have reserved would bear.
	most := min(book-others, levels.Available+t.Left())
	if !slices.Contains(ofTheBin, reason) {
		most = min(most, t.Left())
	}
	for _, b := range held {
		if n := min(most, b.N); b.Lot == t.Lot && n > 0 {
			out = append(out, store.Loss{Batch: b.Batch, N: n})
			most -= n
		}
	}
	return out, nil
}

// Skip puts the task on the screen off: it comes again before the slip can end.
// It refuses with LastLine, Stale, SlipClosed or NotYours.
func Skip(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID, seen Seen) (
	slip store.Slip, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if slip, err = mine(tx, id); err != nil {
			return err
		}
		task, err := seen.still(slip)
		if err != nil {
			return err
		}
		open, most, err := tx.OpenTasks(id)
		if err != nil {
			return err
		}
		if open == 1 {
			return &store.Refusal{Code: store.LastLine, Want: task.From.Code()}
		}
		if err := tx.Record(store.TaskSkipped{Slip: id, Task: task.ID, N: most + 1, From: slip.At,
			At: tx.Now().UnixMilli()}); err != nil {
			return err
		}
		slip, err = tx.Slip(id)
		return err
	})
	return slip, err
}

// CheckZero records what the picker saw in a bin that the book has (nearly)
// empty. Where they disagree a discrepancy is opened, for a count.
func CheckZero(ctx context.Context, s *store.Store, by store.Gesture, slip store.SlipID, z Zero,
	empty bool) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		e := store.BinChecked{Slip: slip, Place: z.Place, Item: z.Item, Book: z.Book, Empty: empty}
		if empty != (z.Book == 0) {
			e.Disc = &store.Discrepancy{
				ID: store.NewDiscID(store.ZeroCheck, string(tx.NextEvent())),
				Of: store.ZeroCheck, Slip: slip, Place: z.Place, Item: z.Item, N: z.Book,
				Note: "empty " + strconv.FormatBool(empty), Operator: by.Operator,
				At: tx.Now().UnixMilli()}
		}
		return tx.Record(e)
	})
}
