package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/report"
	"scanbay/store/stocktake"
)

// A vanished row is an adjustment of the files: goods that were damaged, got wet, were thrown
// away or counted, and that nobody told the book of.
type vanished struct {
	sku  string
	n    store.Qty
	note string
}

// adjusts notes what vanishes: of a row that left the stock for no customer, and that nobody
// sent back.
func (d *demand) adjusts(note string, s intake.Sale) {
	if stocked.MatchString(string(s.Item)) && s.N < 0 {
		d.gone = append(d.gone, vanished{string(s.Item), -s.N, note})
	}
}

// spares is what must lie in the bins beside what is asked for: what vanishes, and a little
// that does not. Items that nobody asks for are wares too.
func (d *demand) spares() {
	known := map[string]*ware{}
	for _, w := range d.wares {
		known[w.sku] = w
	}
	for _, v := range d.gone {
		w := known[v.sku]
		if w == nil {
			w = &ware{sku: v.sku, name: v.sku}
			known[v.sku] = w
			d.wares = append(d.wares, w)
		}
		w.spare += v.n + (v.n+3)/4
	}
}

// causes are what the notes of the files say, in the words of the reasons for adjustments.
var causes = []struct{ word, cause string }{
	{"wet", "damaged"}, {"damag", "damaged"}, {"crush", "damaged"}, {"broke", "damaged"},
	{"smash", "damaged"}, {"fault", "damaged"}, {"thrown", "damaged"}, {"rusty", "damaged"},
	{"mould", "damaged"}, {"lost", "lost"}, {"missing", "lost"}, {"wrong", "posting"},
	{"count", "posting"}, {"check", "posting"}, {"adjust", "posting"},
}

// cause is what a note says; most rows have none.
func (v vanished) cause() string {
	for _, c := range causes {
		if strings.Contains(strings.ToLower(v.note), c.word) {
			return c.cause
		}
	}
	return "other"
}

// approverIs the second supervisor: the first one counts where others have.
const approverIs = "901"

// roundsMax is how often the crew goes round: a first count, its recounts, and those of what
// no two agree on.
const roundsMax = 8

// countsAct is the last act: what the files adjust vanishes from its bins, all of these are
// counted, and whoever did not count puts the book right.
func (r *rehearsal) countsAct(ctx context.Context) error {
	began := r.Now()
	defer func() { r.working += r.Now().Sub(began) }()
	if err := r.vanish(ctx); err != nil {
		return err
	}
	if err := stocktake.Onward(ctx, r.store); err != nil {
		return err
	}
	for range roundsMax {
		due, err := store.Get(ctx, r.store, func(rd *store.Reader) ([]store.DueCount, error) {
			return rd.CountsDue(1)
		})
		if err != nil || len(due) == 0 || ctx.Err() != nil {
			break
		}
		r.counters(ctx)
		if err := r.approves(ctx); err != nil {
			return err
		}
	}
	_, _, right, err := report.Accuracy(ctx, r.store, report.Span{})
	r.right = right
	return err
}

// vanish takes goods out of the bins where most of them lie, without telling the book, and
// has the bins counted. What lies nowhere any more cannot vanish.
func (r *rehearsal) vanish(ctx context.Context) error {
	by := r.boss()
	bins := map[string]string{} // with the cause
	r.causes = bins
	for _, v := range r.demand.gone {
		for at, n := range r.floor.loses(v.sku, v.n) {
			r.vanished += n
			bins[at.bin] = v.cause()
		}
	}
	for _, bin := range slices.Sorted(maps.Keys(bins)) {
		_, err := stocktake.Plan(ctx, r.store, by, stocktake.Wish{Why: store.CountBin,
			Place: store.InBin(bin)})
		if refused, is := store.RefusalOf(err); is && refused.Code == store.NothingToDo {
			err = nil // it is to be counted already
		}
		if err != nil {
			return fmt.Errorf("count %s: %w", bin, err)
		}
	}
	return nil
}

// counters has the operators count, and then the supervisor, whatever they may not.
func (r *rehearsal) counters(ctx context.Context) {
	r.crewOf(ctx, func(p *person) { p.bins.act = true })
	boss := r.person(supervisorIs, 0, r.handheld(supervisorIs, languageOf(0)))
	boss.bins.act = true
	boss.work(ctx)
}

// approves has the second supervisor approve what two found alike, and have counted again
// what no two did.
func (r *rehearsal) approves(ctx context.Context) error {
	open, err := store.Get(ctx, r.store, func(rd *store.Reader) ([]store.Variance, error) {
		return rd.VariancesOpen(len(r.demand.gone) + len(r.demand.orders))
	})
	by := store.Gesture{Operator: approverIs}
	for _, v := range open {
		if err != nil {
			break
		}
		disagree := slices.ContainsFunc(v.Why, func(f store.Finding) bool {
			return f.Rule == stocktake.WhyDisagree
		})
		if disagree {
			err = stocktake.CountAgain(ctx, r.store, by, stocktake.Refused{First: v.First,
				Note: "no two agree"})
			continue
		}
		err = stocktake.Approve(ctx, r.store, by, stocktake.Approval{First: v.First,
			Cause: cmp.Or(r.causes[v.Place.Code()], "lost")})
		if refused, is := store.RefusalOf(err); is && refused.Code == store.Stale {
			err = stocktake.CountAgain(ctx, r.store, by, stocktake.Refused{First: v.First,
				Note: "another count put the bin right"})
		}
	}
	return err
}

// lies is what lies in a bin, of each item.
func (f *floor) lies(bin, only string) (out []some) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for at, n := range f.shelves {
		if at.bin == bin && n > 0 && (only == "" || at.sku == only) {
			out = append(out, some{at.sku, n})
		}
	}
	slices.SortFunc(out, func(a, b some) int { return cmp.Compare(a.sku, b.sku) })
	return out
}

// loses takes up to n pieces of an item out of its bins, the fullest first.
func (f *floor) loses(sku string, n store.Qty) map[shelf]store.Qty {
	f.mu.Lock()
	defer f.mu.Unlock()
	var at []shelf
	for s, there := range f.shelves {
		if s.sku == sku && there > 0 && !f.outsideOf(s.bin) {
			at = append(at, s)
		}
	}
	slices.SortFunc(at, func(a, b shelf) int {
		return cmp.Or(cmp.Compare(f.shelves[b], f.shelves[a]), cmp.Compare(a.bin, b.bin))
	})
	out := map[shelf]store.Qty{}
	for _, s := range at {
		if got := min(n, f.shelves[s]); got > 0 {
			f.shelves[s] -= got
			f.lost[s] += got
			out[s] += got
			n -= got
		}
	}
	return out
}

// known says that somebody counted a bin: its book and the floor must agree from now on.
func (f *floor) known(bin, only string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for at := range f.lost {
		if at.bin == bin && (only == "" || at.sku == only) {
			delete(f.lost, at)
		}
	}
}
