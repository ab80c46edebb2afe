package walk

import (
	"cmp"
	"slices"
)

const (
	improveWork = 4_000_000 // moves that are looked at, some hundredth of a second
	moveMax     = 3         // neighbours that move together
)

// Tour orders points by the distance from each (row) to each (column). Point 0 is
// the depot, where the tour begins and ends; it is not in the order. Points of a
// lower class come first; class is by point, and nil where there is only one. The
// distances are those of shortest ways, so that a point out of reach is out of reach
// by any detour. The route is exact where no class has more than a dozen points, and
// else a good one.
func Tour(between [][]Length, class []int) (Route, error) {
	n := len(between)
	wrong := n == 0 || class != nil && len(class) != n
	for _, row := range between {
		wrong = wrong || len(row) != n || slices.Min(row) < 0
	}
	if wrong {
		return Route{}, &Error{BadMatrix, -1, -1}
	}
	for i := range between {
		if max(between[0][i], between[i][0]) >= Unreachable {
			return Route{}, &Error{NoWay, i, -1}
		}
	}
	if class == nil {
		class = make([]int, n)
	}
	return solved(between, class), nil
}

// solved is the shortest tour where there are few points, and a good one where there
// are many.
func solved(between [][]Length, class []int, others ...[]int) Route {
	if r, ok := held(between, class); ok {
		return r
	}
	return improved(between, class, others...)
}

// improved is the best of some tours after no small change makes them shorter: that
// through the points by number, that to the nearest next, and the others given.
func improved(between [][]Length, class []int, others ...[]int) Route {
	given := make([]int, len(between)-1)
	for i := range given {
		given[i] = i + 1
	}
	work := improveWork
	var best Route
	for i, order := range append(others, nearest(between, class), given) {
		t := newTour(between, class, order)
		work = t.improve(work)
		if length := t.there[len(t.there)-1]; i == 0 || length < best.Length {
			best = Route{Order: slices.Clone(t.at[1 : len(t.at)-1]), Length: length}
		}
	}
	return best
}

// nearest goes on to the nearest point each time.
func nearest(between [][]Length, class []int) []int {
	open := make([]int, len(between)-1)
	for i := range open {
		open[i] = i + 1
	}
	slices.SortStableFunc(open, func(p, q int) int { return cmp.Compare(class[p], class[q]) })
	at := 0
	for i := range open {
		best := i
		for j := i; j < len(open) && class[open[j]] == class[open[i]]; j++ {
			if between[at][open[j]] < between[at][open[best]] {
				best = j
			}
		}
		open[i], open[best] = open[best], open[i]
		at = open[i]
	}
	return open
}

// A tour is an order that is made shorter, step by step.
type tour struct {
	between [][]Length
	at      []int // points in order, the depot first and last
	runs    []run
	// How long the tour is up to each position, and how long from there back.
	there, back []Length
}

// A run is the positions of one class, hi not among them.
type run struct{ lo, hi int }

// newTour begins with an order, the classes put in theirs.
func newTour(between [][]Length, class []int, order []int) *tour {
	order = slices.Clone(order)
	slices.SortStableFunc(order, func(p, q int) int { return cmp.Compare(class[p], class[q]) })
	n := len(order) + 2
	t := &tour{between: between, at: slices.Concat([]int{0}, order, []int{0}),
		there: make([]Length, n), back: make([]Length, n)}
	for lo := 1; lo <= len(order); {
		hi := lo
		for hi <= len(order) && class[t.at[hi]] == class[t.at[lo]] {
			hi++
		}
		t.runs = append(t.runs, run{lo, hi})
		lo = hi
	}
	t.measure(0)
	return t
}

// measure adds the lengths up from a position on.
func (t *tour) measure(from int) {
	for i := from + 1; i < len(t.at); i++ {
		t.there[i] = t.there[i-1] + t.between[t.at[i-1]][t.at[i]]
		t.back[i] = t.back[i-1] + t.between[t.at[i]][t.at[i-1]]
	}
}

// improve changes the tour until no change helps, or it has looked at so many moves.
// It returns how many it may still look at.
func (t *tour) improve(work int) int {
	for helped := true; helped; {
		helped = false
		for _, r := range t.runs {
			for i := r.lo; i < r.hi && work > 0; i++ {
				work -= (1 + moveMax) * (r.hi - r.lo)
				helped = t.reverse(r, i) || helped
				for n := 1; n <= moveMax && i+n <= r.hi; n++ {
					helped = t.move(r, i, n) || helped
				}
			}
		}
	}
	return work
}

// reverse walks a part that begins at i backwards where that is shorter (2-opt).
func (t *tour) reverse(r run, i int) (helped bool) {
	before := t.between[t.at[i-1]]
	for j := i + 1; j < r.hi; j++ {
		was := t.there[j+1] - t.there[i-1]
		is := before[t.at[j]] + t.back[j] - t.back[i] + t.between[t.at[i]][t.at[j+1]]
		if is < was {
			slices.Reverse(t.at[i : j+1])
			t.measure(i - 1)
			helped = true
		}
	}
	return helped
}

// move puts the n points at i to where they cost least, either way round (Or-opt).
func (t *tour) move(r run, i, n int) bool {
	first, last := t.at[i], t.at[i+n-1]
	turn := t.back[i+n-1] - t.back[i] - (t.there[i+n-1] - t.there[i])
	saved := t.between[t.at[i-1]][first] + t.between[last][t.at[i+n]] -
		t.between[t.at[i-1]][t.at[i+n]]
	best, to, turned := saved, -1, false
	for k := r.lo - 1; k < r.hi; k++ { // between k and k+1
		if i-1 <= k && k < i+n {
			continue
		}
		p, q := t.at[k], t.at[k+1]
		gap := t.between[p][q]
		if cost := t.between[p][first] + t.between[last][q] - gap; cost < best {
			best, to, turned = cost, k, false
		}
		if cost := t.between[p][last] + t.between[first][q] - gap + turn; cost < best {
			best, to, turned = cost, k, true
		}
	}
	if to < 0 {
		return false
	}
	if turned {
		slices.Reverse(t.at[i : i+n])
	}
	if to < i {
		rotate(t.at[to+1:i+n], i-to-1)
	} else {
		rotate(t.at[i:to+1], n)
	}
	t.measure(min(i-1, to))
	return true
}

// rotate puts the first n behind the rest.
func rotate(s []int, n int) {
	slices.Reverse(s[:n])
	slices.Reverse(s[n:])
	slices.Reverse(s)
}
