package stocktake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"scanbay/store"
)

// Why a count is ruled on as it is: what a variance's findings name.
const (
	WhyMoved    = "moved"    // the book moved while it was counted
	WhyUnknown  = "unknown"  // a code that nobody knows
	WhyNew      = "new"      // the book has no such item there
	WhyOff      = "off"      // more than is tolerated
	WhyAgree    = "agree"    // two counts agree
	WhyBook     = "book"     // the recount agrees with the book
	WhyDisagree = "disagree" // no two of three counts do
	WhyLate     = "late"     // somebody told late what they did there
	WhyWaits    = "waits"    // of a case: nobody comes to count it once more
)

// Whys lists what findings name, for tests that must not miss one.
var Whys = []string{WhyMoved, WhyUnknown, WhyNew, WhyOff, WhyAgree, WhyBook, WhyDisagree, WhyLate,
	WhyWaits}

// Rule has the authority rule on the counts that ended, one after the other: a bin that is as
// its book, or within what the site tolerates, needs nobody; else another person counts it,
// and what two agree on a person approves. It does nothing at a station that is not the
// authority.
func Rule(ctx context.Context, s *store.Store) error {
	if !s.Identity().Authority {
		return nil
	}
	due, err := store.Get(ctx, s, func(r *store.Reader) ([]store.CountID, error) {
		return r.ToRule(ruleMax)
	})
	for _, id := range due { // one that cannot be ruled on holds no other up
		bad := unlessNothing(s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
			e, err := ruling(tx, id)
			if err != nil {
				return err
			}
			return tx.Record(e)
		}))
		if bad != nil {
			err = errors.Join(err, fmt.Errorf("count %s: %w", id, bad))
		}
	}
	return err
}

const ruleMax = 500

// A verdict is a count beside the book, with all that anybody told late.
type verdict struct {
	store.Count
	first   store.CountID
	lines   []store.CountLine // that differ, or of which the book moved
	off     []store.CountLine // of these, that differ whatever moved
	unknown []store.CountedCode
	why     []store.Finding
	sure    bool // nothing moved meanwhile, of what differs
	known   bool // the book has all of it there
	whole   bool // all that the book had there is known
	late    bool // somebody told late what they did there, and nobody can say whether before
}

// judge compares a count with the book.
func judge(r *store.Reader, id store.CountID) (v verdict, err error) {
	if v.Count, err = r.Count(id); err != nil {
		return v, err
	}
	sure, err := r.CountSure(id)
	if err != nil {
		return v, err
	}
	v.sure, v.known, v.whole = bool(sure), bool(sure), bool(sure)
	if v.first, err = r.VarianceOf(v.Count); err != nil {
		return v, err
	}
	lines, err := r.CountLines(id)
	if err != nil {
		return v, err
	}
	if v.unknown, err = r.CountCodes(id); err != nil {
		return v, err
	}
	moves, err := r.MovesDuring(v.Count)
	if err != nil {
		return v, err
	}
	seen, err := r.CountScans(id)
	if err != nil {
		return v, err
	}
	unseen, moved, since := sorted(moves, seen)
	if v.late = !explains(lines, unseen); v.late {
		v.why = append(v.why, store.Finding{Rule: WhyLate})
	}
	book, _, err := r.CountBook(id)
	if err != nil {
		return v, err
	}
	v.lines = widened(lines, since, seen, book)
	for _, l := range v.lines {
		n, sure := l.Off()
		if sure = sure && !moved[l.Batch]; !sure {
			v.why = append(v.why, store.Finding{Rule: WhyMoved, Got: string(l.Item)})
		}
		if n == 0 {
			continue
		}
		v.off = append(v.off, l)
		v.sure = v.sure && sure
		if l.High == 0 && l.Low == 0 {
			v.known = false
			v.why = append(v.why, store.Finding{Rule: WhyNew, Got: string(l.Item)})
		}
	}
	for _, u := range v.unknown {
		v.why = append(v.why, store.Finding{Rule: WhyUnknown, Got: u.Code})
	}
	return v, nil
}

// differ are the batches that do.
func (v verdict) differ() (out []store.Batch) {
	for _, l := range v.off {
		out = append(out, l.Batch)
	}
	return out
}

// A flow is what came into a bin, and what left it, of a batch.
type flow struct{ in, out store.Qty }

// sorted gives by how much others moved each batch unseen, which moved at all, and how those
// did behind their first scan, as far as anybody can say.
func sorted(moves []store.Move, seen []store.CountScan) (unseen []store.Booked,
	moved map[store.Batch]bool, since map[store.Batch]flow) {
	moved, since = map[store.Batch]bool{}, map[store.Batch]flow{}
	for _, m := range moves {
		moved[m.Batch] = true
		first := firstOf(seen, m.Batch)
		if first == nil || !m.Own || m.At >= first.At {
			f := since[m.Batch]
			since[m.Batch] = flow{f.in + max(0, m.N), f.out + min(0, m.N)}
		}
		if !m.Unseen {
			continue
		}
		i := slices.IndexFunc(unseen, func(b store.Booked) bool { return b.Batch == m.Batch })
		if i < 0 {
			i, unseen = len(unseen), append(unseen, store.Booked{Batch: m.Batch})
		}
		unseen[i].N += m.N
	}
	return unseen, moved, since
}

// firstOf is the first scan of a batch; nil where nobody saw any.
func firstOf(seen []store.CountScan, b store.Batch) *store.CountScan {
	for i := range seen {
		if s := &seen[i]; s.Batch == b && !bool(s.Taken) {
			return s
		}
	}
	return nil
}

// explains says whether what was counted is the book with all that was told late.
func explains(lines []store.CountLine, unseen []store.Booked) bool {
	for _, u := range unseen {
		if u.N != 0 && !slices.ContainsFunc(lines, func(l store.CountLine) bool {
			return l.Batch == u.Batch && l.Low == l.High && l.N == l.Low+u.N
		}) {
			return false
		}
	}
	return true
}

// widened are the lines with all that happened there behind their first scans: what left may
// have been counted before, and what came may not have been.
func widened(lines []store.CountLine, since map[store.Batch]flow, seen []store.CountScan,
	book []store.Booked) []store.CountLine {
	out := slices.Clone(lines)
	for i := range out {
		l := &out[i]
		f, moves := since[l.Batch]
		if !moves {
			continue
		}
		var was store.Qty
		if first := firstOf(seen, l.Batch); first != nil {
			was = first.Book
		} else if j := slices.IndexFunc(book, func(b store.Booked) bool {
			return b.Batch == l.Batch
		}); j >= 0 {
			was = book[j].N
		}
		l.Low, l.High = min(l.Low, was+f.out), max(l.High, was+f.in)
	}
	return out
}

// ruling is what the authority makes of a count.
func ruling(tx *store.Tx, id store.CountID) (store.Event, error) {
	v, err := judge(&tx.Reader, id)
	if err != nil {
		return nil, err
	}
	was, err := tx.Variance(v.first)
	if err != nil {
		return nil, err
	}
	e := store.VarianceRuled{First: v.first, Count: id, Place: v.Place, Why: v.why,
		At: tx.Now().UnixMilli()}
	if was.State != "" && was.State.Ended() { // what it was to tell is decided: it stands alone
		v.first, e.First = v.ID, v.ID
	}
	if e.Done, err = recounts(&tx.Reader, v.Place, v.first); err != nil {
		return nil, err
	}
	if len(v.off)+len(v.unknown) == 0 && !v.late && v.whole {
		if e.State = store.VarianceNone; v.first != v.ID {
			e.Why = append(e.Why, store.Finding{Rule: WhyBook})
		}
		return e, nil
	}
	again, err := tx.AdjustedAfter(v.Count, v.first, v.differ())
	if err != nil {
		return nil, err
	}
	if small, err := v.tolerated(tx); err != nil || small && !again {
		return v.small(tx, e.Done, err)
	}
	return v.onward(tx, e)
}

// onward is what becomes of a difference that somebody has to look at.
func (v verdict) onward(tx *store.Tx, e store.VarianceRuled) (store.Event, error) {
	before, err := tx.CountsOf(v.first)
	if err != nil {
		return nil, err
	}
	for _, c := range before {
		if c.ID == v.ID || c.Operator == v.Operator {
			continue
		}
		was, err := judge(&tx.Reader, c.ID)
		if err != nil {
			return nil, err
		}
		if v.agrees(was) {
			e.State = store.VarianceApproval
			e.Why = append(e.Why, store.Finding{Rule: WhyAgree, Got: string(c.Operator)})
			return e, nil
		}
	}
	if len(before) >= countsMax {
		e.State = store.VarianceApproval
		e.Why = append(e.Why, store.Finding{Rule: WhyDisagree, Got: strconv.Itoa(len(before))})
		return e, nil
	}
	e.State, e.Done = store.VarianceRecount, nil
	for _, l := range v.off {
		n, _ := l.Off()
		e.Why = append(e.Why, store.Finding{Rule: WhyOff, Got: string(l.Item), Want: n.String()})
	}
	e.Again, err = recount(tx, v.Count, v.first, int64(len(before)+1))
	return e, err
}

// countsMax is how many persons count a bin before one decides.
const countsMax = 3

// agrees says whether two counts found the same, however the book stood meanwhile.
func (v verdict) agrees(w verdict) bool {
	same := func(a, b store.CountLine) bool {
		n, _ := a.Off()
		m, _ := b.Off()
		return a.Batch == b.Batch && n == m
	}
	if !v.sure || !w.sure || v.late || len(v.off) != len(w.off) ||
		!slices.Equal(v.unknown, w.unknown) {
		return false
	}
	for _, l := range v.off {
		if !slices.ContainsFunc(w.off, func(x store.CountLine) bool { return same(l, x) }) {
			return false
		}
	}
	return true
}

// recounts are those that a variance still asks for.
func recounts(r *store.Reader, p store.Place, first store.CountID) (out []store.CountTaskID,
	err error) {
	due, err := r.CountsDueAt(p)
	for _, d := range due {
		if d.First == first {
			out = append(out, d.ID)
		}
	}
	return out, err
}

// recount is the plan for one more count of a bin; none where one is planned.
func recount(tx *store.Tx, c store.Count, first store.CountID, round int64) (
	*store.CountPlan, error) {
	due, err := tx.CountsDueAt(c.Place)
	if err != nil {
		return nil, err
	}
	for _, d := range due {
		if d.First == first {
			return nil, nil
		}
	}
	disc, err := discOf(&tx.Reader, c)
	if err != nil {
		return nil, err
	}
	id, err := tx.NextCountPlan()
	return &store.CountPlan{ID: id, Why: store.CountAgain, At: tx.Now().UnixMilli(),
		Tasks: []store.CountTask{{ID: id.Task(1), Place: c.Place, Item: c.Item, Round: round,
			First: first, Disc: disc}}}, err
}

// discOf is the discrepancy that a count is to clear up; none most often.
func discOf(r *store.Reader, c store.Count) (store.DiscID, error) {
	if c.Task == "" {
		return "", nil
	}
	t, _, err := r.CountTask(c.Task)
	return t.Disc, err
}

// tolerated says whether what differs is so little that nobody has to look at it.
func (v verdict) tolerated(tx *store.Tx) (bool, error) {
	if !v.sure || !v.known || v.late || len(v.unknown) > 0 {
		return false, nil
	}
	return v.few(&tx.Reader)
}

// few says whether each item differs by what its policy tolerates, in all its lots and serials,
// and all of them together by what every policy does.
func (v verdict) few(r *store.Reader) (bool, error) {
	type sum struct {
		n, book store.Qty
		worth   store.Money
	}
	items := map[store.SKU]*sum{}
	var all, most store.Money
	for _, l := range v.off {
		s := items[l.Item]
		if s == nil {
			s = &sum{}
			items[l.Item] = s
		}
		i, err := r.Item(l.Item)
		if err != nil {
			return false, err
		}
		n, _ := l.Off()
		n = max(n, -n)
		s.n, s.book, s.worth = s.n+n, s.book+l.High, s.worth+i.Cost*store.Money(n)
		all += i.Cost * store.Money(n)
	}
	for sku, s := range items {
		p, err := r.CountPolicyOf(sku)
		if err != nil {
			return false, err
		}
		if !p.Tolerates(s.n, s.book, s.worth) || p.Worth > 0 && s.worth == 0 {
			return false, nil // nobody knows what it is worth
		}
		if p.Worth > 0 && (most == 0 || p.Worth < most) {
			most = p.Worth
		}
	}
	return most == 0 || all <= most, nil
}

// small puts the book right by itself, unless somebody works there who may not have told
// all: then it waits.
func (v verdict) small(tx *store.Tx, done []store.CountTaskID, err error) (store.Event, error) {
	if err != nil {
		return nil, err
	}
	if busy, err := v.busy(&tx.Reader); err != nil || busy != nil {
		return nil, orNothing(err)
	}
	e, err := v.adjusted(&tx.Reader, tx.Now().UnixMilli())
	e.State, e.Done = store.VarianceSmall, done
	return e, err
}

func orNothing(err error) error {
	if err == nil {
		err = errNothing
	}
	return err
}

// busy is who picks elsewhere what differs here: nothing is posted meanwhile.
func (v verdict) busy(r *store.Reader) (*store.Lease, error) {
	for _, l := range v.off {
		all, err := r.PickedNow(v.Place, l.Item)
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			if x.Station != v.Station {
				return &x, nil
			}
		}
	}
	return nil, nil
}

// adjusted is the fact that the book is put right by a count.
func (v verdict) adjusted(r *store.Reader, at int64) (e store.StockAdjusted, err error) {
	e = store.StockAdjusted{About: string(v.first), Count: v.ID, Place: v.Place,
		State: store.VarianceAdjusted, Why: v.why, At: at}
	for _, l := range v.off {
		n, _ := l.Off()
		e.Lines = append(e.Lines, store.Adjustment{Place: v.Place, Batch: l.Batch, N: n})
		i, err := r.Item(l.Item)
		if err != nil {
			return e, err
		}
		e.Worth += i.Cost * store.Money(n)
	}
	e.Promises, err = uncovered(r, v.Place, e.Lines)
	return e, err
}

// uncovered are the promises of goods that are not there.
func uncovered(r *store.Reader, p store.Place, lines []store.Adjustment) (out []store.Promise,
	err error) {
	bin, err := r.Bin(p)
	if err != nil || bin.Use != store.PickUse && bin.Use != store.StorageUse {
		return nil, err
	}
	var items []store.SKU
	fewer := map[store.SKU]store.Qty{}
	for _, l := range lines {
		if fewer[l.Item] -= l.N; !slices.Contains(items, l.Item) {
			items = append(items, l.Item)
		}
	}
	for _, i := range items {
		if err != nil || fewer[i] <= 0 {
			continue
		}
		var some []store.Promise
		some, err = r.Uncovered(i, fewer[i])
		out = append(out, some...)
	}
	return out, err
}
