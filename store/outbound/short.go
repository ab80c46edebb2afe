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
		slip, task, err := atBin(tx, id, seen)
		if err != nil {
			return err
		}
		if reason == "" {
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
		out.Task, out.N, out.Others = task, e.N, others(e)
		out.Slip, err = tx.SlipIn(id, seen.Zone)
		return err
	})
	return out, err
}

// shorted is the fact that a bin lacks what a task asks for; where it has nothing more of the
// batch, of all such tasks of whoever picks there.
func shorted(tx *store.Tx, slip store.Slip, t store.PickTask, reason string) (
	e store.ItemShorted, err error) {
	e = store.ItemShorted{Slip: slip.ID, Task: t.ID, Line: t.Line, Plan: t.Lot, Item: t.Item,
		From: t.From, N: t.Left(), Reason: reason, At: tx.Now().UnixMilli()}
	all := []store.HeldTask{{Slip: slip.ID, Task: t.ID, Line: t.Line, Walk: t.Walk, Left: e.N}}
	if slices.Contains(ofTheBin, reason) {
		also, err := tx.HeldTasks(t.From, store.Batch{Item: t.Item, Lot: t.Lot}, t.ID, slip.Lease)
		if err != nil {
			return e, err
		}
		all = append(all, also...)
	}
	n := store.Qty(0)
	for _, h := range all {
		n += h.Left
	}
	if e.Missing, err = losses(tx, t, reason, n); err != nil {
		return e, err
	}
	var lost store.Qty
	for _, l := range e.Missing {
		lost += l.N
	}
	e.Disc = store.Discrepancy{ID: store.NewDiscID(store.ShortPick, string(tx.NextEvent())),
		Of: store.ShortPick, Slip: slip.ID, Task: t.ID, Place: t.From, Item: t.Item, Lot: t.Lot,
		N: n, Reason: reason, Note: fmt.Sprintf("missing %d", lost),
		Operator: tx.By().Operator, At: e.At}
	spots, err := tx.Spots(t.About)
	if err != nil {
		return e, err
	}
	if slices.Contains(ofTheBin, reason) { // another lot of the bin will do
		spots = slices.DeleteFunc(spots, func(s store.Spot) bool {
			return s.Place == t.From && s.Lot == t.Lot
		})
	}
	short, err := elsewhere(tx, t, all, lost, spots)
	if err == nil {
		e.Next, e.Lost, e.Also = short[0].Next, short[0].Lost, short[1:]
	}
	return e, err
}

// others are the slips but the one on the screen that a short is of.
func others(e store.ItemShorted) int {
	slips := []store.SlipID{e.Slip}
	for _, t := range e.Also {
		if !slices.Contains(slips, t.Slip) {
			slips = append(slips, t.Slip)
		}
	}
	return len(slips) - 1
}

// elsewhere asks other spots for what tasks cannot have from the bin of one of them, the first
// of them first; what is nowhere is short.
func elsewhere(tx *store.Tx, of store.PickTask, all []store.HeldTask, lost store.Qty,
	spots []store.Spot) (out []store.ShortTask, err error) {
	levels, err := tx.Levels(of.About)
	if err != nil {
		return nil, err
	}
	// What is missing was on hand until now; the tasks' own reservations are free.
	room := levels.OnHand - lost - levels.Reserved
	for _, h := range all {
		room += h.Left
	}
	short := map[string]store.Qty{} // of lines, so far
	for i, h := range all {
		t := store.ShortTask{Slip: h.Slip, Task: h.Task, Line: h.Line, N: h.Left}
		stem := fmt.Sprintf("%s.%d.%s.", h.Slip, h.Line, tx.NextEvent())
		if i > 0 {
			stem += fmt.Sprint(i, ".")
		}
		t.Next = store.Allot(spots, of.Item, h.Line, min(h.Left, max(0, room)), stem)
		rest := h.Left
		for i := range t.Next {
			t.Next[i].Walk = h.Walk
			rest, room = rest-t.Next[i].Want, room-t.Next[i].Want
		}
		if rest > 0 {
			line, err := tx.SlipLine(h.Slip, h.Line)
			if err != nil {
				return nil, err
			}
			key := fmt.Sprint(h.Slip, " ", h.Line)
			line.Short += short[key]
			short[key] += rest
			t.Lost = line.Share(rest)
		}
		out = append(out, t)
	}
	return out, nil
}

// losses is what a bin loses to the place of missing goods: all of the batch that nobody
// else's task is promised, or the pieces asked for alone. N are what the picker's own ask for.
func losses(tx *store.Tx, t store.PickTask, reason string, n store.Qty) (out []store.Loss,
	err error) {
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
	most := min(book-(others-(n-t.Left())), levels.Available+n)
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

// atBin reads a slip that the operator picks, and its task, at whose bin they stand. It refuses
// with BinFirst, Stale, SlipClosed or NotYours.
func atBin(tx *store.Tx, id store.SlipID, seen Seen) (slip store.Slip, task store.PickTask,
	err error) {
	if slip, err = mineAt(tx, id, seen.Task); err != nil {
		return slip, task, err
	}
	if task, err = seen.still(&tx.Reader, slip); err != nil {
		return slip, task, err
	}
	at, err := seen.standsAt(tx, slip)
	if err == nil && at != task.From {
		err = &store.Refusal{Code: store.BinFirst, Want: task.From.Code()}
	}
	return slip, task, err
}

// Skip puts the task on the screen off: it comes again before the slip can end.
// It refuses with LastLine, Stale, SlipClosed or NotYours.
func Skip(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID, seen Seen) (
	slip store.Slip, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if slip, err = mineAt(tx, id, seen.Task); err != nil {
			return err
		}
		task, err := seen.still(&tx.Reader, slip)
		if err != nil {
			return err
		}
		open, most, err := tx.OpenTasks(id, seen.Zone)
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
		slip, err = tx.SlipIn(id, seen.Zone)
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
