package stocktake

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// An Approval puts the book right by a count: the variance's last one, or another of it. The
// codes that nobody knew are items after all, or nothing of ours.
type Approval struct {
	First store.CountID `json:"first"`
	Count store.CountID `json:"count,omitempty"`
	Cause string        `json:"cause"` // one of the reasons for adjustments
	Note  string        `json:"note,omitempty"`
	Known []KnownCode   `json:"known,omitempty"`
}

// A KnownCode is what a code stands for that nobody knew while it was counted.
type KnownCode struct {
	Code string      `json:"code"`
	Item store.Batch `json:"item"`
}

// Approve puts the book right by what a count found. It needs a supervisor who did not count
// the bin, and of what is worth more than the site's limit a second one. It refuses with
// NoRight, OwnWork, ApprovedOne, NotFound, Incomplete without a cause, VarianceEnd where
// somebody decided before, Stale where it is being counted once more or another count put
// the bin right since it was made, and BookMoves while somebody works there who may not have
// told all.
func Approve(ctx context.Context, s *store.Store, by store.Gesture, in Approval) error {
	return approve.Make(ctx, s, by, in)
}

var approve = store.Decree[Approval]{Name: "stocktake.approve", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Approval) error {
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		v, counts, err := undecided(tx, in.First, false)
		if err != nil {
			return nil, err
		}
		if err := coded(tx, store.AdjustReason, in.Cause); err != nil {
			return nil, err
		}
		if in.Count == "" {
			in.Count = v.Count
		}
		if !slices.ContainsFunc(counts, func(c store.Count) bool { return c.ID == in.Count }) {
			return nil, &store.Refusal{Code: store.NotFound, Got: string(in.Count)}
		}
		return in.fact(tx)
	})
	if err == nil {
		followUp(ctx, s)
	}
	return err
}}

// undecided reads a variance that the person of the gesture may decide on, and its counts.
// While it is being counted once more, that is a refusal, but where recounts says otherwise.
func undecided(tx *store.Tx, first store.CountID, recounts bool) (v store.Variance,
	counts []store.Count, err error) {
	if v, err = tx.Variance(first); err != nil {
		return v, nil, err
	}
	if counts, err = tx.CountsOf(first); err != nil {
		return v, nil, err
	}
	switch {
	case v.State == "":
		return v, nil, &store.Refusal{Code: store.NotFound, Got: string(first)}
	case v.State.Ended():
		return v, nil, &store.Refusal{Code: store.VarianceEnd, Want: string(v.State),
			Got: v.Place.Code()}
	case v.State == store.VarianceRecount && !recounts:
		return v, nil, &store.Refusal{Code: store.Stale, Want: v.Place.Code()}
	}
	by := decider(tx.By())
	if slices.ContainsFunc(counts, func(c store.Count) bool { return c.Operator == by }) {
		return v, nil, &store.Refusal{Code: store.OwnWork, Want: string(by), Got: v.Place.Code()}
	}
	return v, counts, nil
}

// coded refuses what is none of the site's reasons.
func coded(tx *store.Tx, use store.ReasonUse, code string) error {
	if code == "" {
		return &store.Refusal{Code: store.Incomplete, Want: "cause"}
	}
	all, err := tx.Reasons(use)
	is := func(r store.Reason) bool { return r.Code == code }
	if err == nil && !slices.ContainsFunc(all, is) {
		err = &store.Refusal{Code: store.NotFound, Got: code}
	}
	return err
}

// fact is the adjustment, or the first of two approvals.
func (in Approval) fact(tx *store.Tx) (store.Event, error) {
	v, err := judge(&tx.Reader, in.Count)
	if err != nil {
		return nil, err
	}
	if err := in.know(tx, &v); err != nil {
		return nil, err
	}
	again, err := tx.AdjustedAfter(v.Count, v.first, v.differ())
	if err != nil {
		return nil, err
	}
	if again {
		return nil, &store.Refusal{Code: store.Stale, Want: v.Place.Code()}
	}
	if err := v.quiet(tx); err != nil {
		return nil, err
	}
	e, err := v.adjusted(&tx.Reader, tx.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	e.About, e.Cause, e.Note, e.By = string(in.First), in.Cause, in.Note, decider(tx.By())
	return seenByTwo(tx, e)
}

// seenByTwo is an adjustment that a person decided on; of what is worth more than the site's
// limit the first of two approvals. It refuses with ApprovedOne where that was theirs.
func seenByTwo(tx *store.Tx, e store.StockAdjusted) (store.Event, error) {
	two, err := forTwo(&tx.Reader, e.Lines)
	if err != nil || !two {
		return e, err
	}
	first := store.CountID(e.About)
	before, err := tx.ApprovedBy(first)
	if err != nil {
		return nil, err
	}
	counts, err := tx.CountsOf(first)
	if err != nil {
		return nil, err
	}
	lines := store.LinesID(e.Lines)
	for _, a := range before {
		switch {
		case a.Count != e.Count || a.Lines != lines: // of something else
		case slices.ContainsFunc(counts, func(c store.Count) bool { return c.Operator == a.By }):
		case a.By == e.By:
			return nil, &store.Refusal{Code: store.ApprovedOne, Want: string(a.By),
				Got: cmp.Or(e.Place.Code(), e.About)}
		default:
			e.And = a.By
			return e, nil
		}
	}
	return store.VarianceApproved{First: first, Count: e.Count, Place: e.Place, Cause: e.Cause,
		Note: e.Note, By: e.By, At: e.At, Lines: lines}, nil
}

// quiet refuses with BookMoves while somebody picks elsewhere what differs here.
func (v verdict) quiet(tx *store.Tx) error {
	busy, err := v.busy(&tx.Reader)
	if err != nil || busy == nil {
		return err
	}
	who, err := tx.Operator(busy.Operator)
	if err != nil {
		return err
	}
	return &store.Refusal{Code: store.BookMoves, Want: string(busy.Slip), Got: who.Name}
}

// know takes the codes that nobody knew for what a person says they are.
func (in Approval) know(tx *store.Tx, v *verdict) error {
	seen, err := tx.CountScans(v.ID)
	if err != nil {
		return err
	}
	v.unknown = slices.Clone(v.unknown)
	for _, k := range in.Known {
		i := slices.IndexFunc(v.unknown, func(u store.CountedCode) bool { return u.Code == k.Code })
		if i < 0 {
			return &store.Refusal{Code: store.NotFound, Got: k.Code}
		}
		item, err := tx.Item(k.Item.Item)
		if err != nil {
			return err
		}
		b := item.Kept(k.Item)
		if needs := item.Lacks(b); needs != "" {
			return &store.Refusal{Code: needs, Want: string(item.SKU), Got: k.Code}
		}
		if v.Item != "" && v.Item != b.Item {
			return &store.Refusal{Code: store.WrongItem, Want: string(v.Item), Got: k.Code}
		}
		n := v.unknown[i].N
		v.unknown = slices.Delete(v.unknown, i, i+1)
		j := slices.IndexFunc(v.lines, func(l store.CountLine) bool { return l.Batch == b })
		switch {
		case b.Serial != "" && n != 1:
			return &store.Refusal{Code: store.BadQuantity, Want: "1", Got: n.String()}
		case b.Serial != "" && (j >= 0 && v.lines[j].N > 0 ||
			slices.ContainsFunc(seen, func(c store.CountScan) bool {
				return c.Batch == b && !bool(c.Taken)
			})):
			return &store.Refusal{Code: store.SerialTwice, Got: string(b.Serial)}
		case j < 0:
			v.lines = append(v.lines, store.CountLine{Batch: b, N: n})
		default:
			v.lines[j].N += n
		}
	}
	v.off = slices.DeleteFunc(slices.Clone(v.lines), func(l store.CountLine) bool {
		n, _ := l.Off()
		return n == 0
	})
	return nil
}

// forTwo says whether what is posted is worth so much that two persons approve it: what comes
// out of nowhere, or goes there.
func forTwo(r *store.Reader, lines []store.Adjustment) (bool, error) {
	var order []store.Batch
	net := map[store.Batch]store.Qty{}
	for _, l := range lines {
		if _, has := net[l.Batch]; !has {
			order = append(order, l.Batch)
		}
		net[l.Batch] += l.N
	}
	var worth, most store.Money
	for _, b := range order {
		i, err := r.Item(b.Item)
		if err != nil {
			return false, err
		}
		p, err := r.CountPolicyOf(b.Item)
		if err != nil {
			return false, err
		}
		worth += i.Cost * store.Money(max(net[b], -net[b]))
		if p.Two > 0 && (most == 0 || p.Two < most) {
			most = p.Two
		}
	}
	return most > 0 && worth > most, nil
}

// A Refused says that the book stands, or that a bin is to be counted once more, and why.
type Refused struct {
	First store.CountID `json:"first"`
	Note  string        `json:"note"`
}

// Reject lets the book stand against what a count found: also where it is to be counted once
// more, and nobody is there to do it. It needs a supervisor who did not
// count the bin, and a reason; it refuses as Approve does.
func Reject(ctx context.Context, s *store.Store, by store.Gesture, in Refused) error {
	return reject.Make(ctx, s, by, in)
}

var reject = store.Decree[Refused]{Name: "stocktake.reject", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Refused) error {
	err := in.decide(ctx, s, by, true, func(tx *store.Tx, e *store.VarianceRuled) (err error) {
		e.State = store.VarianceRejected
		e.Done, err = recounts(&tx.Reader, e.Place, e.First)
		return err
	})
	if err == nil {
		followUp(ctx, s)
	}
	return err
}}

// CountAgain has a bin counted once more by somebody else. It needs a supervisor who did not
// count it, and a reason; it refuses as Approve does.
func CountAgain(ctx context.Context, s *store.Store, by store.Gesture, in Refused) error {
	return again.Make(ctx, s, by, in)
}

var again = store.Decree[Refused]{Name: "stocktake.again", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Refused) error {
	return in.decide(ctx, s, by, false, func(tx *store.Tx, e *store.VarianceRuled) error {
		c, err := tx.Count(e.Count)
		if err != nil {
			return err
		}
		counts, err := tx.CountsOf(e.First)
		if err != nil {
			return err
		}
		e.State = store.VarianceRecount
		e.Again, err = recount(tx, c, e.First, int64(len(counts)+1))
		return err
	})
}}

func (in Refused) decide(ctx context.Context, s *store.Store, by store.Gesture, recounts bool,
	how func(*store.Tx, *store.VarianceRuled) error) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		v, _, err := undecided(tx, in.First, recounts)
		if err != nil {
			return nil, err
		}
		if in.Note == "" {
			return nil, &store.Refusal{Code: store.Incomplete, Want: "note"}
		}
		e := store.VarianceRuled{First: in.First, Count: v.Count, Place: v.Place, Why: v.Why,
			Note: in.Note, By: decider(by), At: tx.Now().UnixMilli()}
		err = how(tx, &e)
		return e, err
	})
}

// followUp closes what a decision has cleared up. The decision stands: what fails here,
// Onward does.
func followUp(ctx context.Context, s *store.Store) {
	if s.Identity().Authority {
		_ = cleared(ctx, s)
	}
}
