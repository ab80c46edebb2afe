package outbound

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
)

// PickScan is one scan of an operator who picks a slip.
type PickScan struct {
	By      store.Gesture
	Slip    store.SlipID
	Seen    Seen
	Asked   store.Code // LotNeeded and the like, ToteNeeded or ToteFirst: what the screen asks for
	Pending store.Mark // the item scan that it asks for
	Pieces  store.Qty  // keyed before the pending scan; of one that a tote is asked for, in hand
	Override

	to   store.Place // the tote that was scanned
	part store.Qty   // of what was scanned that is for this slip; 0 for all
}

// Picked is what a scan came to, and what the operator does next.
type Picked struct {
	Did     Did
	Task    store.PickTask // it was for
	N       store.Qty      // pieces picked
	Left    store.Qty      // of the task, still to be picked
	Needs   store.Code     // what the piece lacks: the next scan is to bring it
	Pending store.Mark     // the item scan so far, when it lacks something
	Serials []store.Serial // that the bin holds by the book, when one is needed
	Slip    store.Slip     // as it now stands; its Next is where to walk
	Zero    *Zero          // to be asked about the bin
	Others  int            // slips of the same person that a short is of, too
	Slips   []store.SlipID // that it was for, of those that share a tote
}

// Did is what a scan did.
type Did string

// What a scan can do.
const (
	BoundTote   Did = "tote"
	ReachedBin  Did = "bin"
	PickedItem  Did = "item"
	NotedScan   Did = "noted"
	PackedItem  Did = "packed"
	OpenedSlip  Did = "slip"
	OpenedBox   Did = "carton"
	ChosePlace  Did = "place" // that goods of a carton go into
	MovedItem   Did = "moved"
	SealedBox   Did = "sealed"
	ToteCame    Did = "came" // to the packing table
	ConfirmedIt Did = "confirmed"
	ReachedDock Did = "dock"
)

// Zero asks whether a bin is empty of an item: the book says that Book are left.
type Zero struct {
	Place store.Place
	Item  store.SKU
	Book  store.Qty
}

// Pick answers a scan for the slip's current task: its tote, its bin, or the
// item, one piece or the content of a case, By.N times. It refuses with the code
// that says what is wrong, and then nothing has changed.
func Pick(ctx context.Context, s *store.Store, in PickScan) (out Picked, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		slip, err := mineAt(tx, in.Slip, in.Seen.Task)
		if err != nil {
			return err
		}
		if out.Task, err = in.Seen.still(&tx.Reader, slip); err != nil {
			return err
		}
		e, err := in.answer(tx, slip, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		if out.Slip, err = tx.SlipIn(in.Slip, in.Seen.Zone); err != nil {
			return err
		}
		return zero(tx, &out)
	})
	if errors.Is(err, store.ErrAnswered) {
		out.Slip, err = LookIn(ctx, s, in.Slip, in.Seen.Zone)
	}
	return out, err
}

// answer is the event that a scan is, by what was scanned.
func (in PickScan) answer(tx *store.Tx, slip store.Slip, out *Picked) (store.Event, error) {
	switch in.Asked {
	case store.ToteNeeded:
		return in.intoTote(tx, slip, out)
	case store.ToteFirst:
		return in.passedOn(tx, slip, out)
	}
	if in.Asked != "" {
		mark, err := tx.Completed(in.Pending, in.Asked, in.By.Mark)
		if err != nil {
			return nil, err
		}
		in.By.Mark, in.By.N = mark, in.Pieces
	}
	f, err := tx.Find(in.By.Mark, store.ItemKind, store.BinKind, store.ToteKind)
	if err != nil {
		return nil, wanting(err, slip, out.Task)
	}
	at, err := in.Seen.standsAt(tx, slip)
	if err != nil {
		return nil, err
	}
	switch {
	case f.Kind == store.ToteKind:
		out.Did = BoundTote
		return bind(tx, slip, f.Place, in.By.Yes)
	case len(slip.Totes) == 0:
		return nil, &store.Refusal{Code: store.ToteFirst, Got: f.Code}
	case f.Kind == store.BinKind && f.Place != out.Task.From:
		return nil, &store.Refusal{Code: store.WrongBin, Want: out.Task.From.Code(), Got: f.Code}
	case f.Kind == store.BinKind:
		out.Did = ReachedBin
		return store.BinReached{Slip: slip.ID, Task: out.Task.ID, Place: f.Place,
			At: tx.Now().UnixMilli()}, nil
	case at != out.Task.From:
		return nil, &store.Refusal{Code: store.BinFirst, Want: out.Task.From.Code(), Got: f.Code}
	case f.Item.SKU != out.Task.Item:
		return nil, &store.Refusal{Code: store.WrongItem, Want: out.Task.About.Title(), Got: f.Code}
	}
	n, err := tx.Pieces(in.By, f.Item)
	if err != nil {
		return nil, err
	}
	return in.item(tx, slip, f.Item, cmp.Or(in.part, n), out)
}

// passedOn is the tote in which a slip is gone on with that another zone has begun: the one that
// was passed on, or another beside it. It refuses with ToteFirst for anything else, and as bind.
func (in PickScan) passedOn(tx *store.Tx, slip store.Slip, out *Picked) (store.Event, error) {
	f, err := tx.Find(in.By.Mark, store.ItemKind, store.BinKind, store.ToteKind)
	if err != nil {
		return nil, err
	}
	if f.Kind != store.ToteKind {
		return nil, &store.Refusal{Code: store.ToteFirst, Want: codes(slip.Totes), Got: f.Code}
	}
	out.Did = BoundTote
	e, err := bind(tx, slip, f.Place, true)
	if bound, is := e.(store.ToteBound); is {
		bound.Instead = nil // others may have picked into it, whom this station has not heard of
		e = bound
	}
	return e, err
}

// codes are places as their labels read.
func codes(places []store.Place) string {
	var out []string
	for _, p := range places {
		out = append(out, p.Code())
	}
	return strings.Join(out, " ")
}

// standsAt is the bin at which whoever picks a slip stands: several slips that are picked in
// one walk have one.
func (in Seen) standsAt(tx *store.Tx, slip store.Slip) (store.Place, error) {
	if !in.Several {
		return slip.At, nil
	}
	return tx.StandsAt(slip.Lease)
}

// intoTote is the pick of what is in hand, by the tote that it goes into; or one more piece of
// it. It refuses with WrongTote, with Stale where it was picked for another task, and with
// ToteNeeded for anything else.
func (in PickScan) intoTote(tx *store.Tx, slip store.Slip, out *Picked) (store.Event, error) {
	f, err := tx.Find(in.By.Mark, store.ToteKind, store.ItemKind)
	if err != nil {
		return nil, wanting(err, slip, out.Task)
	}
	held, err := tx.Find(in.Pending, store.ItemKind)
	if err != nil {
		return nil, err
	}
	at, err := in.Seen.standsAt(tx, slip)
	if err != nil {
		return nil, err
	}
	if held.Item.SKU != out.Task.Item || at != out.Task.From { // picked for another task
		return nil, &store.Refusal{Code: store.Stale, Want: string(slip.ID), Got: f.Code}
	}
	tote := slip.Totes[0].Code()
	if f.Kind == store.ToteKind {
		if !slices.Contains(slip.Totes, f.Place) {
			return nil, &store.Refusal{Code: store.WrongTote, Want: tote, Got: f.Code}
		}
		in.By.Mark, in.to = in.Pending, f.Place
		return in.item(tx, slip, held.Item, in.Pieces, out)
	}
	in.By.Yes = false // it was said of fewer
	more, err := tx.Pieces(in.By, f.Item)
	if err != nil {
		return nil, err
	}
	if f.Item.SKU != held.Item.SKU || !oneMore(in.By.Mark, in.Pending) {
		return nil, &store.Refusal{Code: store.ToteNeeded, Want: tote, Got: f.Code}
	}
	return in.item(tx, slip, held.Item, in.Pieces+more, out)
}

// oneMore says whether a label can be on one more piece of what is in hand, of the same item.
func oneMore(m, held store.Mark) bool {
	return m.Lot == held.Lot && m.Expires == held.Expires && m.Serial == "" && held.Serial == ""
}

// wanting adds to a refusal what the task calls for.
func wanting(err error, slip store.Slip, t store.PickTask) error {
	r, refused := store.RefusalOf(err)
	if !refused || r.Want != "" {
		return err
	}
	switch {
	case len(slip.Totes) == 0:
	case slip.At != t.From:
		r.Want = t.From.Code()
	default:
		r.Want = string(t.Item)
	}
	return err
}

// bind gives a slip its tote. A tote with other goods is refused, unless the
// setting lets slips share it. A yes takes another tote instead of one that was scanned by
// mistake, while nothing was picked, and then beside one that is full; the slip's own full one
// is taken up again without.
func bind(tx *store.Tx, slip store.Slip, tote store.Place, yes bool) (store.Event, error) {
	e := store.ToteBound{Slip: slip.ID, Tote: tote}
	switch bound := slices.Contains(slip.Totes, tote); {
	case bound && slip.Totes[0] == tote:
		return store.ScanNoted{About: string(slip.ID), Text: tote.Code()}, nil
	case bound:
		return e, nil
	case len(slip.Totes) > 0 && !yes:
		return nil, &store.Refusal{Code: store.WrongTote, Want: slip.Totes[0].Code(),
			Got: tote.Code()}
	case slip.Sums.Picked == 0:
		full, err := holdsOthers(tx, slip)
		if err != nil {
			return nil, err
		}
		if !full {
			e.Instead = slip.Totes
		}
	}
	back, err := tx.LyingIn(tote)
	if err != nil {
		return nil, err
	}
	if len(back) > 0 { // what came back is not to go out with it
		return nil, &store.Refusal{Code: store.ToteInUse, Got: tote.Code()}
	}
	return e, mayShare(tx, slip, tote)
}

// holdsOthers says whether goods lie in the tote of a slip that were picked for those that it
// shares it with: which of them are whose is seen at the wall.
func holdsOthers(tx *store.Tx, slip store.Slip) (bool, error) {
	mixed, err := unsorted(&tx.Reader, slip)
	if err != nil || !mixed {
		return false, err
	}
	held, err := tx.Contents(slip.Totes[0])
	return slices.ContainsFunc(held, func(b store.Balance) bool { return b.N > 0 }), err
}

// mayShare refuses a tote with goods of slips that a slip may not share one with.
func mayShare(tx *store.Tx, slip store.Slip, tote store.Place) error {
	in, err := slipsIn(&tx.Reader, tote)
	if err != nil {
		return err
	}
	var others []store.Slip
	for _, id := range in {
		other, err := tx.Slip(id)
		if err != nil {
			return err
		}
		others = append(others, other)
	}
	policy, err := tx.Setting(store.SharedTote)
	if err != nil {
		return err
	}
	if round, err := together(tx, others); err != nil || round {
		return err
	}
	for _, other := range others {
		if policy != "any" && (policy != "single" || !single(other) || !single(slip)) {
			return &store.Refusal{Code: store.ToteInUse, Want: string(other.ID), Got: tote.Code()}
		}
	}
	return nil
}

// single says whether a slip is for one piece.
func single(s store.Slip) bool {
	return s.Sums.Want == 1
}

// item is the pick of one or more pieces, or the question for what they lack.
func (in PickScan) item(tx *store.Tx, slip store.Slip, c store.Coded, n store.Qty,
	out *Picked) (store.Event, error) {
	task, mark := out.Task, in.By.Mark
	if err := tx.NotFrozen(task.From); err != nil {
		return nil, err
	}
	held, err := tx.Holding(task.From, task.Item)
	if err != nil {
		return nil, err
	}
	piece, err := in.batchFor(tx, task, n, held)
	if err != nil {
		return nil, err
	}
	if needs := piece.needs; needs != "" {
		out.Did, out.Needs, out.Pending, out.Serials = NotedScan, needs, mark, serials(held)
		return store.ScanNoted{About: string(slip.ID), Text: mark.Text, Needs: needs}, nil
	}
	if bool(task.About.Serials) && n != 1 {
		return nil, &store.Refusal{Code: store.BadQuantity, Want: "1", Got: n.String()}
	}
	if err := in.notTooMany(tx, slip, n, piece.Lot, held); err != nil {
		return nil, err
	}
	to := slip.Totes[0]
	mixed, err := unsorted(&tx.Reader, slip)
	if err != nil {
		return nil, err
	}
	if in.to != "" {
		to = in.to
	} else if in.Seen.Several && !mixed {
		out.Did, out.N, out.Needs, out.Pending = NotedScan, n, store.ToteNeeded, mark
		return store.ScanNoted{About: string(slip.ID), Text: mark.Text,
			Needs: store.ToteNeeded}, nil
	}
	out.Did, out.N, out.Left = PickedItem, n, max(0, task.Left()-n)
	e := store.ItemPicked{Slip: slip.ID, Task: task.ID, Line: task.Line, Plan: task.Lot,
		Batch: piece.Batch, Book: piece.book, From: task.From, To: to, N: n, Code: c.Code,
		For: slip.Line.Share(n), At: tx.Now().UnixMilli(), Expired: piece.expired}
	if piece.Lot != task.Lot || piece.expired != 0 {
		e.Reason = in.Reason
	}
	if c.N > 1 && n%c.N == 0 {
		e.Cases = n / c.N
	}
	return e, nil
}

// notTooMany refuses more than the task asks for, by the site's policy, and more
// than is there for it.
func (in PickScan) notTooMany(tx *store.Tx, slip store.Slip, n store.Qty, lot store.Lot,
	held []store.Balance) error {
	t, line := slip.Task, slip.Line
	if n <= t.Left() {
		return nil
	}
	policy, err := tx.Setting(store.OverPickPolicy)
	if err != nil {
		return err
	}
	r := &store.Refusal{Code: store.OverPick, Want: t.Left().String(),
		Got: n.String()}
	if elsewhere := line.N - line.Picked - line.Short - t.Left(); policy != "ask" || elsewhere > 0 {
		return r // what other bins are to give comes from them
	}
	promised, err := tx.Allocated(t.From, store.Batch{Item: t.Item, Lot: lot}, t.ID)
	if err != nil {
		return err
	}
	there := -promised
	for _, b := range held {
		if b.Lot == lot {
			there += b.N
		}
	}
	levels, err := tx.Levels(t.About)
	if err != nil {
		return err
	}
	if extra := n - t.Left(); n > there || extra > levels.Available {
		return &store.Refusal{Code: store.NotInBin, Want: strconv.FormatInt(int64(min(there,
			t.Left()+levels.Available)), 10), Got: r.Got}
	}
	if in.Reason != "" { // the yes was to another lot, or to an expired one: no more of that
		return r
	}
	if !in.By.Yes {
		r.Code = store.AskOverPick
		return r
	}
	return nil
}

// zero sees whether the bin that a pick has finished should now be empty, by the
// site's measure.
func zero(tx *store.Tx, out *Picked) error {
	if out.Did != PickedItem || out.Left > 0 {
		return nil
	}
	held, err := tx.Holding(out.Task.From, out.Task.Item)
	if err != nil {
		return err
	}
	var book store.Qty
	for _, b := range held {
		book += b.N
	}
	most, err := tx.Number(store.ZeroCheckAt)
	if err != nil {
		return err
	}
	promised, err := tx.AllocatedIn(out.Task.From, out.Task.Item)
	if err != nil {
		return err
	}
	if most >= 0 && book <= store.Qty(most) && promised == 0 {
		out.Zero = &Zero{out.Task.From, out.Task.Item, book}
	}
	return nil
}
