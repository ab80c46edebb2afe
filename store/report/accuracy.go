package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"scanbay/store"
)

// An AccuracyRow is how right the book was, where bins were counted.
type AccuracyRow struct {
	Zone              string
	Week              store.Date // its Monday
	Bins, BinsRight   int64
	Lines, LinesRight int64
}

// Rate is the share of the bins that the book had right; less than 0 where none was counted.
func (a AccuracyRow) Rate() float64 { return rate(a.BinsRight, a.Bins) }

// LineRate is the share of the lines.
func (a AccuracyRow) LineRate() float64 { return rate(a.LinesRight, a.Lines) }

func rate(n, of int64) float64 {
	if of <= 0 {
		return -1
	}
	return float64(n) / float64(of)
}

func (a *AccuracyRow) add(c store.CountedBin) {
	off := min(c.Off, c.Lines)
	a.Bins, a.Lines, a.LinesRight = a.Bins+1, a.Lines+c.Lines, a.LinesRight+c.Lines-off
	if c.Right {
		a.BinsRight++
	}
}

// Accuracy tells how right the book was where bins were counted in a span: by zone, and by
// week, none left out from the first to the last.
func Accuracy(ctx context.Context, s *store.Store, span Span) (zones, weeks []AccuracyRow,
	all AccuracyRow, err error) {
	from, to := span.times(s.Zone())
	bins, err := store.Get(ctx, s, func(r *store.Reader) ([]store.CountedBin, error) {
		return r.CountedBins(from, to)
	})
	byZone, byWeek := map[string]*AccuracyRow{}, map[store.Date]*AccuracyRow{}
	for _, c := range bins {
		week := monday(store.DateOf(time.UnixMilli(c.At).In(s.Zone())))
		if byZone[c.Zone] == nil {
			byZone[c.Zone] = &AccuracyRow{Zone: c.Zone}
		}
		if byWeek[week] == nil {
			byWeek[week] = &AccuracyRow{Week: week}
		}
		for _, a := range []*AccuracyRow{byZone[c.Zone], byWeek[week], &all} {
			a.add(c)
		}
	}
	for _, zone := range slices.Sorted(maps.Keys(byZone)) {
		zones = append(zones, *byZone[zone])
	}
	if known := slices.Sorted(maps.Keys(byWeek)); len(known) > 0 {
		last := known[len(known)-1]
		for w := known[0]; w <= last; w = store.DateOf(w.Time(time.UTC).AddDate(0, 0, 7)) {
			row := AccuracyRow{Week: w}
			if a := byWeek[w]; a != nil {
				row = *a
			}
			weeks = append(weeks, row)
		}
	}
	return zones, weeks, all, err
}

// monday is the first day of the week of a day.
func monday(d store.Date) store.Date {
	at := d.Time(time.UTC)
	return store.DateOf(at.AddDate(0, 0, -(int(at.Weekday())+6)%7))
}

// A ShrinkageRow is what adjustments of one cause brought and took.
type ShrinkageRow struct {
	Cause        string // empty: within what the site tolerates
	Times        int64
	Gained, Lost store.Qty
	More, Less   store.Money // what that is worth
}

func (a *ShrinkageRow) add(x store.Shrunk) {
	a.Times++
	a.Gained, a.Lost = a.Gained+x.Gained, a.Lost+x.Lost
	a.More, a.Less = a.More+x.More, a.Less+x.Less
}

// Shrunken are the adjustments of a span by cause, what took most first.
type Shrunken struct {
	Rows   []ShrinkageRow
	All    ShrinkageRow
	Causes []store.Reason // their names
}

// Shrinkage tells what adjustments brought and took in a span. What was missing and found
// again is neither: the count that brought it, and what is looked for no more, cancel out.
func Shrinkage(ctx context.Context, s *store.Store, span Span) (out Shrunken, err error) {
	from, to := span.times(s.Zone())
	err = s.Read(ctx, func(r *store.Reader) error {
		all, err := r.Shrunk(from, to)
		if err != nil {
			return err
		}
		out = shrunken(all)
		out.Causes, err = r.Reasons(store.AdjustReason)
		return err
	})
	return out, err
}

func shrunken(all []store.Shrunk) (out Shrunken) {
	rows := map[string]*ShrinkageRow{}
	for _, x := range all {
		if x.Found {
			x.Gained, x.Lost, x.More, x.Less = x.Gained-x.Lost, 0, x.More-x.Less, 0
		}
		if rows[x.Cause] == nil {
			rows[x.Cause] = &ShrinkageRow{Cause: x.Cause}
		}
		rows[x.Cause].add(x)
		out.All.add(x)
	}
	for _, a := range rows {
		out.Rows = append(out.Rows, *a)
	}
	slices.SortFunc(out.Rows, func(a, b ShrinkageRow) int {
		return cmp.Or(cmp.Compare(b.Less, a.Less), cmp.Compare(b.Lost, a.Lost),
			cmp.Compare(a.Cause, b.Cause))
	})
	return out
}

// A PersonRow is how one person scanned, by the scans themselves.
type PersonRow struct {
	Operator store.OperatorID
	Name     string
	Scans    int64
	Wrong    int64         // of them, that were of something else than was asked for
	Picks    int64         // answered scans that took goods from a bin
	Picking  time.Duration // from scan to scan, without the pauses
}

// Errs is the share of the scans that were wrong; less than 0 where there was none.
func (p PersonRow) Errs() float64 { return rate(p.Wrong, p.Scans) }

// PicksAnHour is how many picks an hour of picking comes to; less than 0 where there was none.
func (p PersonRow) PicksAnHour() float64 {
	if p.Picking <= 0 {
		return -1
	}
	return float64(p.Picks) / p.Picking.Hours()
}

// wrongScan begins the codes of refusals of something else than was asked for.
const wrongScan = "wrong_"

// pauseMin is from when on no scan is a pause.
const pauseMin = 10 * time.Minute

// picking are the kinds of facts that a picker's scans bring.
var picking = []string{"tote_bound", "bin_reached", "item_picked", "item_shorted", "task_skipped",
	"bin_checked"}

// People tells how each person scanned in a span, who picked most first. It is a
// supervisor's to know: it refuses others with NoRight. Nobody stands for a program at the
// database itself.
func People(ctx context.Context, s *store.Store, who store.OperatorID, span Span) (
	out []PersonRow, err error) {
	from, to := span.times(s.Zone())
	err = s.Read(ctx, func(r *store.Reader) error {
		if err := allowed(r, who); err != nil {
			return err
		}
		at := map[store.OperatorID]*pace{}
		err := r.EachDone(from, to, func(d store.Done) error {
			if at[d.Operator] == nil {
				at[d.Operator] = &pace{}
			}
			at[d.Operator].did(d)
			return nil
		})
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(at)) {
			if p := at[id].PersonRow; p.Scans > 0 {
				o, err := r.Operator(id)
				if _, unknown := store.RefusalOf(err); err != nil && !unknown {
					return err
				}
				p.Operator, p.Name, p.Picking = id, o.Name, p.Picking.Round(time.Second)
				out = append(out, p)
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b PersonRow) int { return cmp.Compare(b.Picks, a.Picks) })
	return out, err
}

func allowed(r *store.Reader, who store.OperatorID) error {
	if who == "" {
		return nil
	}
	o, err := r.Operator(who)
	if err == nil && !o.May(store.Supervisor) {
		err = &store.Refusal{Code: store.NoRight, Want: string(store.Supervisor), Got: o.Name}
	}
	return err
}

// A pace is a person's row while it is counted.
type pace struct {
	PersonRow
	last    int64         // when they did something
	refused time.Duration // since the last scan that was answered: what they do is not known yet
}

// did counts what a person did. The time from one scan to the next belongs to what the next
// one is about; that of a refused one to what was wanted, the next answered one.
func (p *pace) did(d store.Done) {
	gap := time.Duration(d.At-p.last) * time.Millisecond
	if p.last == 0 || gap < 0 || gap > pauseMin {
		gap = 0
	}
	p.last = d.At
	if d.Scan {
		p.Scans++
	}
	switch {
	case d.Refused != "":
		if bool(d.Scan) && strings.HasPrefix(string(d.Refused), wrongScan) &&
			d.Refused != store.WrongPIN {
			p.Wrong++
		}
		p.refused += gap
		return
	case slices.Contains(picking, d.Kind):
		p.Picking += gap + p.refused
		if d.Kind == "item_picked" {
			p.Picks++
		}
	}
	p.refused = 0
}
