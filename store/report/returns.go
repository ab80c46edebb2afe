package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"scanbay/store"
)

// A Span is the days that a report is about, both of them in it; 0 is no bound.
type Span struct{ From, To store.Date }

// Last is the span of the last days that end with today.
func Last(days int, today store.Date) Span {
	from := today.Time(time.UTC).AddDate(0, 0, 1-days)
	return Span{store.DateOf(from), today}
}

// times are the milliseconds UTC from which, and before which, the span is.
func (s Span) times(zone *time.Location) (from, to int64) {
	to = math.MaxInt64
	if s.From != 0 {
		from = s.From.Time(zone).UnixMilli()
	}
	if s.To != 0 {
		to = s.To.Time(zone).AddDate(0, 0, 1).UnixMilli()
	}
	return from, to
}

// A ReturnsRow is what came back of one item, channel or the like.
type ReturnsRow struct {
	Key     string // empty: not known, not said, or not inspected yet
	Name    string // of an item
	Sent    store.Qty
	Back    store.Qty
	Reasons []store.Tally // what customers said, the most first
	Grades  []store.Tally // how it was found, likewise
}

// Rate is how much of what was sent came back; less than 0 where nothing was sent.
func (r ReturnsRow) Rate() float64 {
	if r.Sent <= 0 {
		return -1
	}
	return float64(r.Back) / float64(r.Sent)
}

// Returned are the returns of a span. By reason or grade, what was sent is of no row: the
// rate of one is its share of all that came back.
type Returned struct {
	By      store.ReturnsBy
	Rows    []ReturnsRow // the most pieces first
	All     ReturnsRow
	Reasons []store.Reason // their names
	Grades  []store.Grade
}

// Rate is what part of it came back, as a row shows it.
func (a Returned) Rate(r ReturnsRow) float64 {
	if a.By == store.ReturnsByReason || a.By == store.ReturnsByGrade {
		r.Sent = a.All.Back
	}
	return r.Rate()
}

// Returns counts what was sent and what came back in a span. What never came back is left
// out of items and customers.
func Returns(ctx context.Context, s *store.Store, span Span, by store.ReturnsBy) (
	out Returned, err error) {
	from, to := span.times(s.Zone())
	err = s.Read(ctx, func(r *store.Reader) error {
		sent, err := sentBy(r, by, from, to, s.Zone())
		if err != nil {
			return err
		}
		parts, err := partsOf(r, by, from, to)
		if err != nil {
			return err
		}
		out = count(by, parts, sent, s.Zone())
		if out.Reasons, err = r.Reasons(store.ReturnReason); err != nil {
			return err
		}
		out.Grades, err = r.Grades()
		return err
	})
	return out, err
}

// sentBy counts what was sent, by what it is counted by; under "" where that says nothing
// of what was sent.
func sentBy(r *store.Reader, by store.ReturnsBy, from, to int64, zone *time.Location) (
	[]store.Tally, error) {
	switch by {
	default:
		return r.SentBy(by, from, to)
	case store.ReturnsBySeason, store.ReturnsByReason, store.ReturnsByGrade:
	}
	spells, err := r.SentAt(from, to)
	sums := map[string]store.Qty{}
	for _, x := range spells {
		key := ""
		if by == store.ReturnsBySeason {
			key = season(x.At, zone)
		}
		sums[key] += x.N
	}
	return tallies(sums), err
}

// season is the quarter of the year of a time, such as 2026Q1.
func season(ms int64, zone *time.Location) string {
	at := time.UnixMilli(ms).In(zone)
	return fmt.Sprintf("%dQ%d", at.Year(), (int(at.Month())+2)/3)
}

// A part is pieces that came back for one reason and were found in one grade.
type part struct {
	store.Back
	reason, grade string
	n             store.Qty
	carrier       store.CarrierID // where it is counted by that
}

// partsOf reads what came back, each piece with its reason and its grade. Of several
// pieces of a line it is not known which was which: the first reason meets the first grade.
func partsOf(r *store.Reader, by store.ReturnsBy, from, to int64) (out []part, err error) {
	backs, err := r.Backs(from, to)
	if err != nil {
		return nil, err
	}
	asked, err := r.ReasonsAsked(from, to)
	if err != nil {
		return nil, err
	}
	found, err := r.GradesFound(from, to)
	if err != nil {
		return nil, err
	}
	carriers := map[store.ShareBack]store.CarrierID{}
	if by == store.ReturnsByCarrier {
		carried, err := r.CarriersOfBacks(from, to)
		if err != nil {
			return nil, err
		}
		for _, c := range carried {
			carriers[store.ShareBack{Order: c.Order, Line: c.Line}] = c.Carrier
		}
	}
	reasons, grades := byReturn(asked), byReturn(found)
	for _, b := range backs {
		why := take(reasons[b.RMA], b, b.N)
		how := take(grades[b.RMA], b, min(b.Inspected, b.N))
		for _, p := range meet(b, why, how) {
			p.carrier = carriers[store.ShareBack{Order: b.Order, Line: b.Line}]
			out = append(out, p)
		}
	}
	return out, nil
}

func byReturn(all []store.Announced) map[store.RMAID][]*store.Announced {
	out := map[store.RMAID][]*store.Announced{}
	for i := range all {
		out[all[i].RMA] = append(out[all[i].RMA], &all[i])
	}
	return out
}

// take takes up to n pieces for b of what is left of its return: what is told of its line
// of the order first, and then what is told of its item, where either names no line.
func take(of []*store.Announced, b store.Back, n store.Qty) (out []store.Tally) {
	for _, exact := range []bool{true, false} {
		for _, a := range of {
			fits := a.Order == b.Order && a.Line == b.Line
			if !exact {
				fits = a.Line == 0 || b.Line == 0
			}
			if got := min(a.N, n); a.Item == b.About.SKU && fits && got > 0 {
				a.N, n = a.N-got, n-got
				out = append(out, store.Tally{Of: a.As, N: got})
			}
		}
	}
	return out
}

// meet lays reasons and grades side by side. Where one ends before b does, it is empty.
func meet(b store.Back, why, how []store.Tally) (out []part) {
	for left := b.N; left > 0; {
		p := part{Back: b, n: left}
		for _, side := range []struct {
			of *[]store.Tally
			to *string
		}{{&why, &p.reason}, {&how, &p.grade}} {
			if len(*side.of) > 0 {
				*side.to = (*side.of)[0].Of
				p.n = min(p.n, (*side.of)[0].N)
			}
		}
		for _, of := range []*[]store.Tally{&why, &how} {
			if len(*of) == 0 {
				continue
			}
			if (*of)[0].N -= p.n; (*of)[0].N == 0 {
				*of = (*of)[1:]
			}
		}
		out, left = append(out, p), left-p.n
	}
	return out
}

// key is what a part is counted under.
func (p part) key(by store.ReturnsBy, zone *time.Location) string {
	switch by {
	case store.ReturnsByItem:
		return string(p.About.SKU)
	case store.ReturnsByCategory:
		return p.About.Category
	case store.ReturnsBySupplier:
		return p.About.Supplier
	case store.ReturnsByChannel:
		return p.Channel
	case store.ReturnsByRegion:
		return p.Region
	case store.ReturnsBySeason:
		return season(p.At, zone)
	case store.ReturnsByCustomer:
		return p.Customer
	case store.ReturnsByCarrier:
		return string(p.carrier)
	case store.ReturnsByReason:
		return p.reason
	}
	return p.grade
}

// A counted is a row while it is counted.
type counted struct {
	ReturnsRow
	reasons, grades map[string]store.Qty
}

func (c *counted) add(p part) {
	c.Back += p.n
	c.reasons[p.reason] += p.n
	c.grades[p.grade] += p.n
}

func (c *counted) row() ReturnsRow {
	c.Reasons, c.Grades = tallies(c.reasons), tallies(c.grades)
	return c.ReturnsRow
}

// count makes the rows of what was sent and what came back.
func count(by store.ReturnsBy, parts []part, sent []store.Tally, zone *time.Location) Returned {
	of := func(key string) *counted {
		return &counted{ReturnsRow: ReturnsRow{Key: key}, reasons: map[string]store.Qty{},
			grades: map[string]store.Qty{}}
	}
	all, rows := of(""), map[string]*counted{}
	for _, p := range parts {
		key := p.key(by, zone)
		if rows[key] == nil {
			rows[key] = of(key)
			if by == store.ReturnsByItem {
				rows[key].Name = p.About.Title()
			}
		}
		rows[key].add(p)
		all.add(p)
	}
	many := by == store.ReturnsByItem || by == store.ReturnsByCustomer
	said := by == store.ReturnsByReason || by == store.ReturnsByGrade
	for _, t := range sent {
		all.Sent += t.N
		if rows[t.Of] == nil && t.N > 0 && !many && !said {
			rows[t.Of] = of(t.Of)
		}
		if rows[t.Of] != nil && !said {
			rows[t.Of].Sent = t.N
		}
	}
	out := Returned{By: by, All: all.row()}
	for _, c := range rows {
		out.Rows = append(out.Rows, c.row())
	}
	slices.SortFunc(out.Rows, func(a, b ReturnsRow) int {
		if by == store.ReturnsBySeason {
			return cmp.Compare(a.Key, b.Key)
		}
		return cmp.Or(cmp.Compare(b.Back, a.Back), cmp.Compare(b.Rate(), a.Rate()),
			cmp.Compare(a.Key, b.Key))
	})
	return out
}

// tallies are sums, the most first.
func tallies(sums map[string]store.Qty) (out []store.Tally) {
	for of, n := range maps.All(sums) {
		out = append(out, store.Tally{Of: of, N: n})
	}
	slices.SortFunc(out, func(a, b store.Tally) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Of, b.Of))
	})
	return out
}

// daysMax is how long a span may be to be shown by days; a longer one is by weeks, which
// begin on Mondays.
const daysMax = 35

// A Moment is what was sent and what came back in a day or in a week.
type Moment struct {
	Begins     store.Date
	Sent, Back store.Qty
}

// Rate is how much of what was sent came back; less than 0 where nothing was sent.
func (m Moment) Rate() float64 { return ReturnsRow{Sent: m.Sent, Back: m.Back}.Rate() }

// Trend counts what was sent and what came back in a span, by days or by weeks: none is
// left out from the first to the last, however little was done.
func Trend(ctx context.Context, s *store.Store, span Span) (out []Moment, weeks bool, err error) {
	from, to := span.times(s.Zone())
	err = s.Read(ctx, func(r *store.Reader) error {
		sent, err := r.SentAt(from, to)
		if err != nil {
			return err
		}
		backs, err := r.BackAt(from, to)
		if err != nil {
			return err
		}
		days := map[store.Date]Moment{}
		day := func(ms int64) store.Date { return store.DateOf(time.UnixMilli(ms).In(s.Zone())) }
		for _, x := range sent {
			m := days[day(x.At)]
			m.Sent += x.N
			days[day(x.At)] = m
		}
		for _, b := range backs {
			m := days[day(b.At)]
			m.Back += b.N
			days[day(b.At)] = m
		}
		out, weeks = moments(days, span)
		return nil
	})
	return out, weeks, err
}

// moments puts days in their order, or weeks.
func moments(days map[store.Date]Moment, span Span) (out []Moment, weeks bool) {
	if len(days) == 0 {
		return nil, false
	}
	known := slices.Sorted(maps.Keys(days))
	first := cmp.Or(span.From, known[0]).Time(time.UTC)
	last := cmp.Or(span.To, known[len(known)-1]).Time(time.UTC)
	weeks = last.Sub(first) >= daysMax*24*time.Hour
	for at := first; !at.After(last); at = at.AddDate(0, 0, 1) {
		date := store.DateOf(at)
		if !weeks || len(out) == 0 || at.Weekday() == time.Monday {
			out = append(out, Moment{Begins: date})
		}
		m := &out[len(out)-1]
		m.Sent, m.Back = m.Sent+days[date].Sent, m.Back+days[date].Back
	}
	return out, weeks
}

// A Wait is how long returns took from one step to another.
type Wait struct {
	From, To store.ReturnStep
	N        int   // returns that came to both
	Half     int64 // milliseconds: half of them took no longer
	Most     int64 // nine in ten
}

// waits are the steps between which the time is told, and all of them at the end.
var waits = [][2]store.ReturnStep{{store.StepRequested, store.StepApproved},
	{store.StepApproved, store.StepArrived}, {store.StepArrived, store.StepReceived},
	{store.StepReceived, store.StepInspected}, {store.StepInspected, store.StepShelved},
	{store.StepRequested, store.StepShelved}}

// Waits tells how long the returns of a span took from step to step. A return counts for
// two steps that it came to in their order.
func Waits(ctx context.Context, s *store.Store, span Span) (out []Wait, err error) {
	from, to := span.times(s.Zone())
	times, err := store.Get(ctx, s, func(r *store.Reader) ([]store.StepTime, error) {
		return r.StepTimes(from, to)
	})
	if err != nil {
		return nil, err
	}
	steps := map[store.RMAID]map[store.ReturnStep]int64{}
	for _, t := range times {
		if steps[t.RMA] == nil {
			steps[t.RMA] = map[store.ReturnStep]int64{}
		}
		steps[t.RMA][t.Step] = t.At
	}
	for _, pair := range waits {
		var took []int64
		for _, at := range steps {
			from, begun := at[pair[0]]
			if to, ended := at[pair[1]]; begun && ended && to >= from {
				took = append(took, to-from)
			}
		}
		slices.Sort(took)
		out = append(out, Wait{From: pair[0], To: pair[1], N: len(took), Half: share(took, 50),
			Most: share(took, 90)})
	}
	return out, nil
}

// share is the value that so many per cent of sorted ones are not above; 0 of none.
func share(sorted []int64, percent int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}
