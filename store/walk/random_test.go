package walk

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// draw makes a floor and stops from numbers below a limit. The kind says whether
// there are classes (1) and one-way aisles (2).
func draw(below func(n int) int, kind, stops int) (Layout, []Stop) {
	l := Layout{Aisles: 1 + below(6), Blocks: 1 + below(3), BlockLength: Length(1 + below(20)),
		Pitch: Length(1 + below(5)), Ways: map[int]Way{}}
	l.DepotAisle, l.DepotCross = below(l.Aisles), below(l.Blocks+1)
	if kind&2 != 0 {
		for a := range l.Aisles {
			l.Ways[a] = Way(below(3))
		}
	}
	all := make([]Stop, stops)
	for i := range all {
		all[i] = Stop{Aisle: below(l.Aisles), Block: below(l.Blocks),
			Offset: Length(below(int(l.BlockLength) + 1))}
		if kind&1 != 0 {
			all[i].Class = below(3)
		}
	}
	return l, all
}

// canBeWalked reports whether one-way aisles lead to every stop and back, by the
// test's own distances.
func canBeWalked(s survey) bool {
	for _, at := range s.stop {
		if max(s.between[s.depot][at], s.between[at][s.depot]) >= Unreachable {
			return false
		}
	}
	return true
}

func TestAnyWalkIsWhole(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		below := func(n int) int { return rapid.IntRange(0, n-1).Draw(r, "n") }
		kind := below(4)
		l, stops := draw(below, kind, below(8))
		p, err := New(l)
		if err != nil {
			r.Fatal(err)
		}
		s := newSurvey(l, stops)
		if _, err := p.Plan(stops); (err == nil) != canBeWalked(s) {
			r.Fatalf("%+v %+v: %v", l, stops, err)
		} else if err != nil {
			return
		}
		got := planned(t, l, stops)
		shortest := s.shortest(stops)
		if len(stops) == 0 {
			shortest = 0
		}
		if got.Length != shortest || !got.Exact {
			r.Fatalf("%+v %+v: %+v, shortest %d", l, stops, got, shortest)
		}
	})
}

// TestImprovedToursAreNearTheShortest holds what was measured of tours of nine points
// that begin anywhere: less than one in a hundred too long on average, and none a half.
func TestImprovedToursAreNearTheShortest(t *testing.T) {
	for kind := range 4 {
		random := rand.New(rand.NewPCG(7, uint64(kind)))
		var sum, shortest, n Length
		for n < 300 {
			l, stops := draw(random.IntN, kind, 9)
			s := newSurvey(l, stops)
			if !canBeWalked(s) {
				continue
			}
			between, class := s.matrix(stops)
			got, least := improved(between, class), s.shortest(stops)
			for i := range got.Order {
				got.Order[i]--
			}
			if s.length(got.Order) != got.Length || got.Length > least+least/2 {
				t.Errorf("%+v %+v: %+v, shortest %d", l, stops, got, least)
			}
			sum, shortest, n = sum+got.Length, shortest+least, n+1
		}
		if t.Logf("kind %d: %d, shortest %d", kind, sum, shortest); sum-shortest > shortest/100 {
			t.Errorf("kind %d: too long", kind)
		}
	}
}

// TestALongWalkIsPlanned goes to hundreds of bins, and to more than are improved on,
// with few blocks and with more than are planned exactly.
func TestALongWalkIsPlanned(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 0))
	for _, c := range []struct {
		blocks, stops, classes int
		exact                  bool
	}{
		{4, 700, 1, true}, {4, 700, 2, false}, {exactBlocks, 60, 1, true},
		{exactBlocks + 1, 60, 1, false}, {2, pointsMax + 100, 2, false},
		{exactBlocks + 1, pointsMax + 100, 2, false},
	} {
		l := Layout{Aisles: 20, Blocks: c.blocks, BlockLength: 30_000, Pitch: 3_000}
		stops := make([]Stop, c.stops)
		for i := range stops {
			stops[i] = Stop{Aisle: random.IntN(20), Block: random.IntN(c.blocks),
				Offset: Length(random.IntN(30_000)), Class: random.IntN(c.classes)}
		}
		p, err := New(l)
		if err != nil {
			t.Fatal(err)
		}
		first, err := p.Plan(stops)
		if err != nil || first.Exact != c.exact {
			t.Errorf("%+v: exact %v (%v)", c, first.Exact, err)
		}
		if again, _ := p.Plan(stops); !reflect.DeepEqual(again, first) {
			t.Errorf("%+v: the same stops in another order", c)
		}
		if n, err := p.Length(stops, first.Order); err != nil || n != first.Length {
			t.Errorf("%+v: said to be %d, is %d (%v)", c, first.Length, n, err)
		}
	}
}

func TestAMatrixOfAnyFloor(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 0))
	for range 100 {
		l, stops := draw(random.IntN, 3, 8)
		s := newSurvey(l, stops)
		if !canBeWalked(s) {
			continue
		}
		between, class := s.matrix(stops)
		r, err := Tour(between, class)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Order {
			r.Order[i]--
		}
		if n := s.length(r.Order); len(r.Order) != len(stops) || n != r.Length ||
			n != s.shortest(stops) || !r.Exact {
			t.Errorf("%+v %+v: %+v, is %d, shortest %d", l, stops, r, n, s.shortest(stops))
		}
	}
	r, err := Tour([][]Length{{0, 1, 9}, {1, 0, 9}, {9, 9, 0}}, []int{0, 2, 1})
	if err != nil || !reflect.DeepEqual(r.Order, []int{2, 1}) || r.Length != 19 {
		t.Errorf("classes: %+v (%v)", r, err)
	}
	for name, c := range map[string]struct {
		between [][]Length
		class   []int
		want    Error
	}{
		"nothing":      {nil, nil, Error{BadMatrix, -1, -1}},
		"not square":   {[][]Length{{0, 1}, {1}}, nil, Error{BadMatrix, -1, -1}},
		"empty row":    {[][]Length{{}}, nil, Error{BadMatrix, -1, -1}},
		"below zero":   {[][]Length{{0, -1}, {1, 0}}, nil, Error{BadMatrix, -1, -1}},
		"classes":      {[][]Length{{0}}, []int{1, 2}, Error{BadMatrix, -1, -1}},
		"out of reach": {[][]Length{{0, 1}, {Unreachable, 0}}, nil, Error{NoWay, 1, -1}},
	} {
		_, err := Tour(c.between, c.class)
		if got := new(Error); !errors.As(err, &got) || *got != c.want {
			t.Errorf("%s: %v, want %v", name, err, &c.want)
		}
	}
}
