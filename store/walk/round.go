package walk

import "slices"

// A graph is the ways that a walk goes along, each once, between meetings of aisles
// and cross aisles.
type graph struct {
	ways []way
	at   [][]int // ways, by meeting
}

// A way passes stops from one meeting to another, or returns where it began.
type way struct {
	a, b  int
	stops []int // from a to b
}

// node numbers the meetings.
func (s *sweep) node(aisle, row int) int { return (aisle-s.lo)*s.rows + row }

// graph goes back through the decisions that lead to a state.
func (s *sweep) graph(end state) *graph {
	g := &graph{at: make([][]int, (s.hi-s.lo+1)*s.rows)}
	for i := len(s.steps) - 1; i >= 0; i-- {
		st := &s.steps[i]
		before := st.from[end]
		switch st.kind {
		case along:
			s.addBlock(g, st, st.how[end])
		case beyond:
			for range s.cuts.cuts[end][st.row].degree.ways() {
				g.add(s.node(st.aisle, st.row), s.node(st.aisle+1, st.row), nil)
			}
		}
		end = before
	}
	return g
}

// ways is how often the cross aisle is walked that begins at a meeting.
func (d degree) ways() int { return [...]int{none: 0, even: 2, odd: 1}[d] }

func (s *sweep) addBlock(g *graph, st *step, how inside) {
	in := s.byCell[cell{st.aisle, st.row}]
	below, above := s.node(st.aisle, st.row), s.node(st.aisle, st.row+1)
	switch how {
	case through:
		g.add(below, above, in)
	case twice:
		g.add(below, above, in)
		g.add(below, above, nil)
	case fromBelow:
		g.add(below, below, in)
	case fromAbove:
		g.add(above, above, backwards(in))
	case fromBoth:
		n, _ := s.widest(in)
		g.add(below, below, in[:n])
		g.add(above, above, backwards(in[n:]))
	}
}

func backwards(in []int) []int {
	out := slices.Clone(in)
	slices.Reverse(out)
	return out
}

func (g *graph) add(a, b int, stops []int) {
	i := len(g.ways)
	g.ways = append(g.ways, way{a, b, stops})
	g.at[a] = append(g.at[a], i)
	if a != b {
		g.at[b] = append(g.at[b], i)
	}
}

// round goes along every way once, from a meeting back to it, and returns the stops
// as they are passed (Hierholzer's algorithm).
func (g *graph) round(from int) (order []int) {
	type leg struct{ way, to int }
	const start = -1
	used := make([]bool, len(g.ways))
	path := []leg{{start, from}}
	for len(path) > 0 {
		last := path[len(path)-1]
		open := g.at[last.to]
		for len(open) > 0 && used[open[0]] {
			open = open[1:]
		}
		g.at[last.to] = open
		if len(open) > 0 {
			w := open[0]
			used[w] = true
			path = append(path, leg{w, g.ways[w].a + g.ways[w].b - last.to})
			continue
		}
		path = path[:len(path)-1]
		if last.way == start {
			continue
		}
		// The round comes out from its end: each leg is walked from where it led to.
		w := g.ways[last.way]
		if last.to == w.a {
			order = append(order, w.stops...)
		} else {
			order = append(order, backwards(w.stops)...)
		}
	}
	return order
}
