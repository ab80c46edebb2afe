package report

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"scanbay/store"
)

// A Day is what was done on it, for whoever closes it.
type Day struct {
	Date      store.Date
	Counted   int // bins, each time
	Exact     int // as their books
	Variances map[store.VarianceState]int
	Adjusted  []Adjusted // by cause
	Resolved  map[store.DiscEnd]int
	Scans     []Counter // that were answered, by the kind of the answer
	Refused   []Counter // by code
	Facts     int
	Heads     []store.Head // of all logs, as they end now
}

// A Counter is how often there was something.
type Counter struct {
	Of string
	N  int
}

// Adjusted is by how much books were put right, for one cause; none is what was tolerated.
type Adjusted struct {
	Cause        string
	Gained, Lost store.Qty
	Worth        store.Money
}

// DayOf tells what was done on a day, and where the logs end now.
func DayOf(ctx context.Context, s *store.Store, date store.Date) (Day, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Day, error) {
		d := Day{Date: date, Variances: map[store.VarianceState]int{},
			Resolved: map[store.DiscEnd]int{}}
		from, to := Span{date, date}.times(s.Zone())
		scans, refused, causes := map[string]int{}, map[string]int{}, map[string]Adjusted{}
		err := r.Between(from, to, func(f store.Envelope) error {
			d.Facts++
			if f.Scan != "" {
				scans[f.Kind]++
			}
			e, err := store.Decode(f.Kind, f.Body)
			if err != nil {
				return nil // a program of tomorrow wrote it
			}
			if no, is := e.(store.ScanRefused); is {
				refused[string(no.Code)]++
			}
			d.count(e, causes)
			return nil
		})
		if err != nil {
			return d, err
		}
		d.Scans, d.Refused = counters(scans), counters(refused)
		for _, cause := range slices.Sorted(maps.Keys(causes)) {
			d.Adjusted = append(d.Adjusted, causes[cause])
		}
		d.Heads, err = r.Heads()
		return d, err
	})
}

// count takes in what was counted, and made of it.
func (d *Day) count(e store.Event, causes map[string]Adjusted) {
	switch e := e.(type) {
	case store.CountDone:
		d.Counted++
	case store.VarianceRuled:
		d.Variances[e.State]++
		if e.State == store.VarianceNone {
			d.Exact++
		}
	case store.StockAdjusted:
		found := e.Disc != "" && e.As == store.DiscFound
		if e.State != "" {
			d.Variances[e.State]++
		}
		if e.Disc != "" {
			d.Resolved[e.As]++
		}
		a := causes[e.Cause]
		a.Cause, a.Worth = e.Cause, a.Worth+e.Worth
		for _, l := range e.Lines {
			gained, lost := max(0, l.N), max(0, -l.N)
			if found { // a count had brought them
				gained, lost = -lost, 0
			}
			a.Gained, a.Lost = a.Gained+gained, a.Lost+lost
		}
		causes[e.Cause] = a
	case store.DiscResolved:
		d.Resolved[e.As]++
	}
}

// counters are the most frequent first.
func counters(of map[string]int) (out []Counter) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		out = append(out, Counter{name, of[name]})
	}
	slices.SortStableFunc(out, func(a, b Counter) int { return cmp.Compare(b.N, a.N) })
	return out
}
