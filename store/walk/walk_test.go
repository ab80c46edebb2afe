package walk

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
)

// An instance is one line of the data.
type instance struct {
	ID          string  `json:"id"`
	Aisles      int     `json:"aisles"`
	Crosses     int     `json:"cross_aisles"`
	BlockLength float64 `json:"block_length"`
	Pitch       float64 `json:"aisle_pitch"`
	DepotAisle  int     `json:"depot_aisle"`
	DepotCross  int     `json:"depot_cross_aisle"`
	Picks       []struct {
		Aisle  int     `json:"aisle"`
		Block  int     `json:"block"`
		Offset float64 `json:"offset"`
	} `json:"picks"`
	Optimum float64 `json:"optimum"`
}

func (i instance) floor() (Layout, []Stop) {
	l := Layout{Aisles: i.Aisles, Blocks: i.Crosses - 1, BlockLength: mm(i.BlockLength),
		Pitch: mm(i.Pitch), DepotAisle: i.DepotAisle, DepotCross: i.DepotCross}
	var stops []Stop
	for _, p := range i.Picks {
		stops = append(stops, Stop{Aisle: p.Aisle, Block: p.Block, Offset: mm(p.Offset)})
	}
	return l, stops
}

// mm is exact: the data has halves of metres.
func mm(m float64) Length { return Length(m * 1000) }

func instances(t testing.TB) (all []instance) {
	t.Helper()
	f, err := os.Open("testdata/picker-optima-open.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unpacked)
	for lines.Scan() {
		var i instance
		if err := json.Unmarshal(lines.Bytes(), &i); err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	if len(all) != 300 || lines.Err() != nil {
		t.Fatalf("%d instances (%v)", len(all), lines.Err())
	}
	return all
}

// planned plans a walk and measures it, with distances of the test's own.
func planned(t testing.TB, l Layout, stops []Stop) Route {
	t.Helper()
	p, err := New(l)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Plan(stops)
	if err != nil {
		t.Fatal(err)
	}
	seen := slices.Sorted(slices.Values(r.Order))
	for i, stop := range seen {
		if i != stop {
			t.Fatalf("%+v %+v: not each stop once: %v", l, stops, r.Order)
		}
	}
	if len(seen) != len(stops) {
		t.Fatalf("%+v: %d of %d stops", l, len(seen), len(stops))
	}
	for i := 1; i < len(r.Order); i++ {
		if stops[r.Order[i-1]].Class > stops[r.Order[i]].Class {
			t.Fatalf("%+v: class %d comes too early", l, stops[r.Order[i-1]].Class)
		}
	}
	if n := newSurvey(l, stops).length(r.Order); n != r.Length {
		t.Fatalf("%+v %+v: said to be %d, is %d", l, stops, r.Length, n)
	}
	if n, err := p.Length(stops, r.Order); err != nil || n != r.Length {
		t.Fatalf("%+v: measured as %d (%v), said to be %d", l, n, err, r.Length)
	}
	return r
}

func TestEveryInstanceIsAtItsOptimum(t *testing.T) {
	for _, i := range instances(t) {
		l, stops := i.floor()
		if r := planned(t, l, stops); r.Length != mm(i.Optimum) || !r.Exact {
			t.Errorf("%s: %d (exact %v), optimum %d", i.ID, r.Length, r.Exact, mm(i.Optimum))
		}
	}
}

func TestWhatCannotBeWalkedIsSaid(t *testing.T) {
	floor := Layout{Aisles: 3, Blocks: 2, BlockLength: 1000, Pitch: 300}
	down := map[int]Way{0: Down, 1: Down, 2: Down}
	for name, c := range map[string]struct {
		change func(*Layout)
		stops  []Stop
		want   Error
	}{
		"no aisle":  {func(l *Layout) { l.Aisles = 0 }, nil, Error{BadLayout, -1, -1}},
		"no block":  {func(l *Layout) { l.Blocks = 0 }, nil, Error{BadLayout, -1, -1}},
		"no length": {func(l *Layout) { l.BlockLength = 0 }, nil, Error{BadLayout, -1, -1}},
		"depot":     {func(l *Layout) { l.DepotCross = 3 }, nil, Error{BadLayout, -1, -1}},
		"one way":   {func(l *Layout) { l.Ways[7] = Up }, nil, Error{BadLayout, -1, 7}},
		"aisle":     {nil, []Stop{{}, {Aisle: 3}}, Error{BadStop, 1, 3}},
		"block":     {nil, []Stop{{Aisle: 2, Block: 2}}, Error{BadStop, 0, 2}},
		"too far":   {nil, []Stop{{Offset: 1001}}, Error{BadStop, 0, 0}},
		"before it": {nil, []Stop{{Offset: -1}}, Error{BadStop, 0, 0}},
		"no way": {func(l *Layout) { l.Ways = down }, []Stop{{}, {Aisle: 1, Offset: 1}},
			Error{NoWay, 1, 1}},
	} {
		l := floor
		l.Ways = map[int]Way{}
		if c.change != nil {
			c.change(&l)
		}
		p, err := New(l)
		if err == nil {
			_, err = p.Plan(c.stops)
		}
		if got := new(Error); !errors.As(err, &got) || *got != c.want {
			t.Errorf("%s: %v, want %v", name, err, &c.want)
		}
	}
}
