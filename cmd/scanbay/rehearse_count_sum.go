package main

import (
	"fmt"
	"math"

	"scanbay/store"
)

// countFigures are what was counted in a rehearsal, in bins where nothing else is said.
type countFigures struct {
	Vanished  store.Qty `json:"vanished,omitempty"` // pieces
	Counts    int       `json:"counts,omitempty"`
	Recounts  int       `json:"recounts,omitempty"`  // of the counts
	Variances int       `json:"variances,omitempty"` // where a count differed from the book
	Adjusted  store.Qty `json:"adjusted,omitempty"`  // pieces
	Accuracy  float64   `json:"accuracy,omitempty"`  // the share of the bins as their book
}

// A countTally counts what the log says of counts.
type countTally struct {
	again map[store.CountID]bool // recounts
	odd   map[store.CountID]bool // variances, by their first count
}

// countCount counts an event of counts; others it leaves alone.
func (t *tally) countCount(e store.Event) {
	c := &t.bins
	if c.again == nil {
		c.again, c.odd = map[store.CountID]bool{}, map[store.CountID]bool{}
	}
	switch e := e.(type) {
	case store.CountBegun:
		c.again[e.ID] = e.First != ""
	case store.CountDone:
		t.Counts++
		if c.again[e.Count] {
			t.Recounts++
		}
	case store.VarianceRuled:
		if e.State != store.VarianceNone && !c.odd[e.First] {
			c.odd[e.First] = true
			t.Variances++
		}
	case store.StockAdjusted:
		for _, l := range e.Lines {
			t.Adjusted += max(l.N, -l.N)
		}
	}
}

// counted fills in what is not in the log.
func (t *tally) counted(r *rehearsal) {
	const parts = 1e4
	t.Vanished = r.vanished
	if rate := r.right.Rate(); rate > 0 {
		t.Accuracy = math.Round(rate*parts) / parts
	}
}

// countRows are the figures of what was counted, each with its name; none where nothing was.
func countRows(f countFigures, names [6]string) (out [][2]string) {
	if f == (countFigures{}) {
		return nil
	}
	for i, value := range []any{f.Vanished, f.Counts, f.Recounts, f.Variances, f.Adjusted,
		f.Accuracy} {
		out = append(out, [2]string{names[i], fmt.Sprint(value)})
	}
	return out
}
