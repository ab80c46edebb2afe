package walk

import (
	"cmp"
	"math"
	"slices"
)

// exactWork is how many states a sweep may go through, some tenth of a second: a
// floor with many blocks and very many aisles is not planned exactly.
const exactWork = 8_000_000

// A sweep finds the ways that an optimal walk goes along. It goes through the aisles
// from left to right, and in each through the blocks and then the cross aisles to
// the next aisle (Ratliff and Rosenthal 1983, for any number of cross aisles as in
// Roodbergen and de Koster 2001 and Pansart and others 2018).
type sweep struct {
	floor
	*cuts
	stops  []Stop
	byCell map[cell][]int // stops, by offset
	lo, hi int            // first and last aisle
	cost   []Length       // by state, impossible where none leads to it
	next   []Length
	steps  []step
}

// A cell is a block of an aisle.
type cell struct{ aisle, block int }

// A step is one decision for each state after it: which state was before it, and how
// its block was walked.
type step struct {
	kind  kind
	aisle int
	row   int // block or cross aisle
	from  []state
	how   []inside
}

type kind uint8

const (
	begin  kind = iota // the depot is walked to
	along              // a block of an aisle
	beyond             // a cross aisle, to the next aisle
)

const impossible = Length(math.MaxInt64)

// exact finds a shortest walk that no aisle and no class constrains. It finds none
// where that would take too long.
func (p *Planner) exact(stops []Stop) (Route, bool) {
	if p.cuts == nil {
		return Route{}, false
	}
	s := &sweep{floor: p.floor, cuts: p.cuts, stops: stops, byCell: map[cell][]int{},
		lo: p.floor.DepotAisle, hi: p.floor.DepotAisle}
	for i, stop := range stops {
		at := cell{stop.Aisle, stop.Block}
		s.byCell[at] = append(s.byCell[at], i)
		s.lo, s.hi = min(s.lo, stop.Aisle), max(s.hi, stop.Aisle)
	}
	if (s.hi-s.lo+1)*(2*s.rows-1)*len(s.cuts.cuts) > exactWork {
		return Route{}, false
	}
	for _, in := range s.byCell {
		slices.SortStableFunc(in, func(i, j int) int {
			return cmp.Compare(stops[i].Offset, stops[j].Offset)
		})
	}
	length, end := s.run()
	return Route{Order: s.graph(end).round(s.node(s.DepotAisle, s.DepotCross)), Length: length,
		Exact: true}, true
}

// run goes through the aisles, and returns the length of a shortest walk and the
// state it ends in.
func (s *sweep) run() (Length, state) {
	s.cost = make([]Length, len(s.cuts.cuts))
	s.next = make([]Length, len(s.cuts.cuts))
	for i := range s.cost {
		s.cost[i] = impossible
	}
	s.cost[0] = 0
	for a := s.lo; a <= s.hi; a++ {
		if a == s.DepotAisle {
			s.begin()
		}
		for b := range s.Blocks {
			s.along(a, b)
		}
		for r := 0; r < s.rows && a < s.hi; r++ {
			s.beyond(a, r)
		}
	}
	length, end := impossible, noState
	for i, cost := range s.cost {
		if s.closed[i] && cost < length {
			length, end = cost, state(i)
		}
	}
	return length, end
}

// begin walks to the depot: it is part of the walk whatever else is.
func (s *sweep) begin() {
	st := s.step(begin, s.DepotAisle, s.DepotCross)
	for i, cost := range s.cost {
		s.relax(st, s.touched[s.DepotCross], state(i), cost, left)
	}
	s.cost, s.next = s.next, s.cost
}

// along walks a block of an aisle in every way there is.
func (s *sweep) along(aisle, block int) {
	st := s.step(along, aisle, block)
	in := s.byCell[cell{aisle, block}]
	costs := s.costs(in)
	walked := &s.walked[block]
	for i, cost := range s.cost {
		if cost == impossible {
			continue
		}
		if len(in) == 0 && cost < s.next[i] {
			s.next[i], st.from[i], st.how[i] = cost, state(i), left
		}
		for how, more := range costs {
			if more < impossible {
				s.relax(st, walked[how], state(i), cost+more, inside(how))
			}
		}
	}
	s.cost, s.next = s.next, s.cost
}

// costs is what each way to walk a block costs.
func (s *sweep) costs(in []int) [insides]Length {
	all := [insides]Length{through: s.BlockLength, twice: 2 * s.BlockLength,
		fromBelow: impossible, fromAbove: impossible, fromBoth: impossible}
	if len(in) > 0 {
		all[fromBelow] = 2 * s.stops[in[len(in)-1]].Offset
		all[fromAbove] = 2 * (s.BlockLength - s.stops[in[0]].Offset)
	}
	if len(in) > 1 {
		_, gap := s.widest(in)
		all[fromBoth] = 2 * (s.BlockLength - gap)
	}
	return all
}

// widest is the largest gap between neighbours, and how many stops are below it.
func (s *sweep) widest(in []int) (below int, gap Length) {
	gap = -1
	for i := 1; i < len(in); i++ {
		if g := s.stops[in[i]].Offset - s.stops[in[i-1]].Offset; g > gap {
			below, gap = i, g
		}
	}
	return below, gap
}

// beyond walks a cross aisle to the next aisle: once where a way more must begin,
// else twice or not at all. A meeting that was not walked to stays so.
func (s *sweep) beyond(aisle, row int) {
	st := s.step(beyond, aisle, row)
	dropped := s.dropped[row]
	copy(s.next, s.cost)
	for i, cost := range s.cost {
		degree := s.cuts.cuts[i][row].degree
		if cost == impossible || degree == none {
			continue
		}
		times := Length(1)
		if degree == even {
			times = 2
			if to := dropped[i]; to != noState && cost < s.next[to] {
				s.next[to], st.from[to] = cost, state(i)
			}
		}
		s.next[i] += times * s.Pitch
	}
	s.cost, s.next = s.next, s.cost
}

// step begins the next decision; until it is made, every state comes from itself.
func (s *sweep) step(k kind, aisle, row int) *step {
	n := len(s.cost)
	st := step{kind: k, aisle: aisle, row: row, from: make([]state, n)}
	if k == along {
		st.how = make([]inside, n)
	}
	for i := range st.from {
		st.from[i], s.next[i] = state(i), impossible
	}
	s.steps = append(s.steps, st)
	return &s.steps[len(s.steps)-1]
}

// relax goes from a state on to the next, where that is shorter than what led there.
func (s *sweep) relax(st *step, to []state, from state, cost Length, how inside) {
	next := to[from]
	if cost >= s.next[next] {
		return
	}
	s.next[next], st.from[next] = cost, from
	if st.kind == along {
		st.how[next] = how
	}
}
