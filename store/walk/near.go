package walk

import (
	"cmp"
	"slices"
)

// pointsMax is how many different points are improved on: of more, the distances
// would not fit, and the best of some simple orders is taken.
const pointsMax = 1000

// near orders stops whatever constrains them. What is shortest without constraints
// is a good beginning in either direction; it may be missing.
func (p *Planner) near(stops []Stop, free []int) Route {
	points := merge(stops)
	if len(points) > pointsMax {
		given := slices.Concat(points...)
		if free == nil {
			free = given
		}
		return p.shortest(stops, free, backwards(free), given)
	}
	at, class, number := []point{p.floor.depot()}, []int{0}, make([]int, len(stops))
	for _, same := range points {
		for _, i := range same {
			number[i] = len(at)
		}
		at = append(at, p.floor.point(stops[same[0]]))
		class = append(class, stops[same[0]].Class)
	}
	var seeds [][]int
	if free != nil {
		seed := numbers(free, number)
		seeds = append(seeds, seed, backwards(seed))
	}
	r := solved(p.floor.between(at), class, seeds...)
	var order []int
	for _, n := range r.Order {
		order = append(order, points[n-1]...)
	}
	return Route{Order: order, Length: r.Length, Exact: r.Exact}
}

// numbers is the points that an order of stops goes to, each where it is first.
func numbers(order, number []int) (out []int) {
	seen := map[int]bool{}
	for _, i := range order {
		if n := number[i]; !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// merge puts the stops of one class at one point together, in the order they appear.
func merge(stops []Stop) (points [][]int) {
	number := map[Stop]int{}
	for i, s := range stops {
		n, known := number[s]
		if !known {
			n = len(points)
			number[s] = n
			points = append(points, nil)
		}
		points[n] = append(points[n], i)
	}
	return points
}

// between is the distance from each point to each.
func (f *floor) between(at []point) [][]Length {
	out := make([][]Length, len(at))
	for i := range at {
		out[i] = make([]Length, len(at))
		for j := range at {
			out[i][j] = f.distance(at[i], at[j])
		}
	}
	return out
}

// shortest is the shortest of some orders, the classes put in theirs.
func (p *Planner) shortest(stops []Stop, orders ...[]int) Route {
	best := Route{Length: impossible}
	for _, order := range orders {
		order = slices.Clone(order)
		slices.SortStableFunc(order, func(i, j int) int {
			return cmp.Compare(stops[i].Class, stops[j].Class)
		})
		if length := p.length(stops, order); length < best.Length {
			best = Route{Order: order, Length: length}
		}
	}
	return best
}
