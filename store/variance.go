package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A VarianceState is how far the difference that a count found has come.
type VarianceState string

// The states.
const (
	VarianceNone     VarianceState = "none"     // the bin is as its book
	VarianceSmall    VarianceState = "small"    // within what the site tolerates: adjusted
	VarianceRecount  VarianceState = "recount"  // another person is to count it
	VarianceApproval VarianceState = "approval" // a person decides
	VarianceAdjusted VarianceState = "adjusted" // the book was put right
	VarianceRejected VarianceState = "rejected" // the book stands
)

// VarianceStates lists them, for tests that must not miss one.
var VarianceStates = []VarianceState{VarianceNone, VarianceSmall, VarianceRecount,
	VarianceApproval, VarianceAdjusted, VarianceRejected}

// Ended says that nothing more is to be done.
func (s VarianceState) Ended() bool { return s != VarianceRecount && s != VarianceApproval }

// An Adjustment is N pieces more of a batch in a place than its book has; fewer, below zero.
type Adjustment struct {
	Place Place `json:"place"`
	Batch
	N Qty `json:"n"`
}

// VarianceRuled says what the authority, or a person, makes of what a count found. First is
// the variance: the first count of a bin, which its recounts belong to.
type VarianceRuled struct {
	First CountID       `json:"first"`
	Count CountID       `json:"count"` // the last one, which it goes by
	Place Place         `json:"place"`
	State VarianceState `json:"state"`
	Why   []Finding     `json:"why,omitempty"`
	Note  string        `json:"note,omitempty"`
	Again *CountPlan    `json:"again,omitempty"` // the recount
	Done  []CountTaskID `json:"done,omitempty"`  // recounts that nobody is to make any more
	By    OperatorID    `json:"by,omitempty"`
	At    int64         `json:"at"`
}

func (VarianceRuled) Kind() string  { return "variance_ruled" }
func (e VarianceRuled) Ref() string { return string(e.Place) }
func (e VarianceRuled) apply(at Stamp) []Change {
	out := []Change{todoRule.done(at, e.Count, e.At),
		variances.raise(at, e.First, e.Count, e.Place, e.State, encodeFindings(e.Why), e.Note,
			e.By, e.At)}
	if e.State == VarianceApproval {
		out = append(out, todoApprove.begun(at, e.First, e.At))
	} else {
		out = append(out, todoApprove.done(at, e.First, e.At))
	}
	for _, t := range e.Done {
		out = append(out, todoCount.done(at, t, e.At))
	}
	if e.Again != nil {
		out = append(out, CountPlanned{*e.Again}.apply(at)...)
	}
	return out
}

// VarianceApproved says that a supervisor found it right to post what was found, where two
// are to. First is the variance, or the discrepancy whose goods are written off.
type VarianceApproved struct {
	First CountID    `json:"first"`
	Count CountID    `json:"count,omitempty"`
	Place Place      `json:"place"`
	Cause string     `json:"cause"`
	Note  string     `json:"note,omitempty"`
	By    OperatorID `json:"by"`
	At    int64      `json:"at"`
	Lines string     `json:"lines,omitempty"` // LinesID of what is to be posted
}

func (VarianceApproved) Kind() string  { return "variance_approved" }
func (e VarianceApproved) Ref() string { return string(e.Place) }
func (e VarianceApproved) apply(at Stamp) []Change {
	return []Change{varianceSeen.raise(at, e.First, e.By, e.Count, e.Lines, e.Cause, e.Note,
		e.At)}
}

// StockAdjusted says that the book was put right by what a count found, or that goods are
// not looked for any more. The same lines are posted once for what they are about, whoever
// says it again.
type StockAdjusted struct {
	About string        `json:"about"` // a first count, or a discrepancy
	Count CountID       `json:"count,omitempty"`
	Disc  DiscID        `json:"disc,omitempty"`
	Place Place         `json:"place"`
	State VarianceState `json:"state,omitempty"` // of the count
	As    DiscEnd       `json:"as,omitempty"`    // of the discrepancy
	Why   []Finding     `json:"why,omitempty"`
	Cause string        `json:"cause,omitempty"` // none within what is tolerated
	Note  string        `json:"note,omitempty"`
	By    OperatorID    `json:"by,omitempty"`
	And   OperatorID    `json:"and,omitempty"` // who approved it before
	Lines []Adjustment  `json:"lines"`
	Worth Money         `json:"worth,omitempty"` // of the lines, at cost
	At    int64         `json:"at"`
	// Promises are given back, where the book had more reserved than there is.
	Promises []Promise     `json:"promises,omitempty"`
	Done     []CountTaskID `json:"done,omitempty"` // recounts that nobody is to make any more
}

func (StockAdjusted) Kind() string  { return "stock_adjusted" }
func (e StockAdjusted) Ref() string { return string(e.Place) }
func (e StockAdjusted) apply(at Stamp) []Change {
	var posts []Change
	which := LinesID(e.Lines)
	for _, l := range e.Lines {
		posts = append(posts, move(l.Batch, AtAdjustment, l.Place, l.N)...)
		posts = append(posts, adjustments.put(e.About, which, l.Place, l.Item, l.Lot, l.Serial,
			l.N))
	}
	out := []Change{adjusted.once(posts, e.About, which),
		adjustedBy.raise(at, e.About, e.Place, e.Cause, e.Note, e.By, e.And, e.Worth, e.At)}
	out = append(out, promised(e.Promises)...)
	if e.Disc != "" {
		out = append(out, DiscResolved{Disc: e.Disc, As: e.As, Cause: e.Cause, Note: e.Note,
			By: e.By, At: e.At}.apply(at)...)
	}
	if e.Count == "" {
		return out
	}
	return append(out, VarianceRuled{First: CountID(e.About), Count: e.Count, Place: e.Place,
		State: e.State, Why: e.Why, Note: e.Note, Done: e.Done, By: e.By, At: e.At}.apply(at)...)
}

// LinesID tells lines from others: what is posted must follow from its key.
func LinesID(lines []Adjustment) string {
	var said []byte
	for _, l := range lines {
		said = fmt.Appendf(said, "%q %q %q %q %d\n", l.Place, l.Item, l.Lot, l.Serial, l.N)
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:8])
}

// A Variance is a difference that a count found between a bin and its book, as it stands.
type Variance struct {
	First CountID
	Count CountID // the last one, which it goes by
	Place Place
	State VarianceState
	Why   []Finding
	Note  string
	By    OperatorID
	At    int64 // milliseconds UTC
}

func (v *Variance) fields(why *string) []any {
	return []any{&v.First, &v.Count, &v.Place, &v.State, why, &v.Note, &v.By, &v.At}
}

const varianceColumns = `v.first, v.count_id, v.place, v.state, v.findings, v.note, v.operator,
	v.at`

// Variance reads a variance by its first count; an empty state where the authority has not
// ruled yet.
func (r *Reader) Variance(first CountID) (v Variance, err error) {
	var why string
	_, err = r.one(v.fields(&why), `SELECT `+varianceColumns+` FROM variance v
		WHERE v.wh = ? AND v.first = ?`, first)
	v.First, v.Why = first, decodeFindings(why)
	return v, err
}

// varianceRow is a variance with its findings as text.
type varianceRow struct {
	Variance
	why string
}

func (v *varianceRow) all() []any { return v.fields(&v.why) }

// VariancesOpen reads the variances that wait for a person's approval, the oldest first.
func (r *Reader) VariancesOpen(limit int) (out []Variance, err error) {
	rows, err := all(r, (*varianceRow).all, `SELECT `+varianceColumns+` FROM todo t
		JOIN variance v ON v.wh = t.wh AND v.first = t.ref
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'variance' ORDER BY t.at, t.ref LIMIT ?`, limit)
	for _, v := range rows {
		v.Why = decodeFindings(v.why)
		out = append(out, v.Variance)
	}
	return out, err
}

// VariancesWaiting reads the variances whose recount waits for somebody since before a time, the
// oldest first.
func (r *Reader) VariancesWaiting(before int64, limit int) (out []Variance, err error) {
	rows, err := all(r, (*varianceRow).all, `SELECT `+varianceColumns+` FROM todo t
		JOIN count_task k ON k.wh = t.wh AND k.task = t.ref
		JOIN variance v ON v.wh = k.wh AND v.first = k.first
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'count' AND t.at <= ? AND v.state = 'recount'
		ORDER BY t.at, t.ref LIMIT ?`, before, limit)
	for _, v := range rows {
		v.Why = decodeFindings(v.why)
		out = append(out, v.Variance)
	}
	return out, err
}

// ToRule reads the counts that the authority has not ruled on yet, the oldest first.
func (r *Reader) ToRule(limit int) ([]CountID, error) {
	return ids[CountID](r, `SELECT ref FROM todo
		WHERE wh = ? AND open = 1 AND kind = 'count_rule' ORDER BY at, ref LIMIT ?`, limit)
}

// CountsOf reads the counts that belong to a variance and came to an end, the first first.
func (r *Reader) CountsOf(first CountID) ([]Count, error) {
	return all(r, (*Count).fields, `
		SELECT c.count_id, c.task, c.place, c.item, c.first, c.operator, c.station, c.at
		FROM stock_count c
		JOIN count_done d ON d.wh = c.wh AND d.count_id = c.count_id
		WHERE c.wh = ? AND (c.count_id = ? OR c.first = ?) ORDER BY d.at, c.count_id`, first, first)
}

// ApprovedBy reads who approved a variance by which count, where two are to.
func (r *Reader) ApprovedBy(first CountID) (out []VarianceApproved, err error) {
	return all(r, func(a *VarianceApproved) []any {
		return []any{&a.First, &a.By, &a.Count, &a.Lines, &a.Cause, &a.Note, &a.At}
	}, `
		SELECT first, operator, count_id, lines, cause, note, at FROM variance_approval
		WHERE wh = ? AND first = ? ORDER BY at, operator`, first)
}

// CountedLast reads when a place was counted last, and by which count; zero when never.
func (r *Reader) CountedLast(p Place) (id CountID, at int64, err error) {
	_, err = r.one([]any{&id, &at}, `
		SELECT count_id, at FROM count_done WHERE wh = ? AND place = ?
		ORDER BY at DESC, count_id DESC LIMIT 1`, p)
	return id, at, err
}
