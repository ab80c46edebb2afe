package walk

import "slices"

// heldMax is how many points of one class are ordered by trying all: one more takes
// twice as long. heldWork bounds it for all classes together, to some hundredth of a
// second.
const (
	heldMax  = 12
	heldWork = 4_000_000
)

// A leg is how to visit the points of one class: by the set of those that are
// visited and the last of them, how long it is to there, and who was the last but
// one; where nobody was, the last of the class before.
type leg struct {
	points []int
	length [][]Length
	before [][]int8
}

// held is the shortest tour that keeps the classes (Held and Karp). It finds none
// where that would take too long.
func held(between [][]Length, class []int) (Route, bool) {
	legs, ok := byClass(between, class)
	if !ok {
		return Route{}, false
	}
	from, length := []int{0}, []Length{0} // where one may be, and how far that is
	for i := range legs {
		l := &legs[i]
		l.visit(between, from, length)
		from, length = l.points, l.length[len(l.length)-1]
	}
	last, sum := 0, impossible
	for i, p := range from {
		if whole := length[i] + between[p][0]; whole < sum {
			last, sum = i, whole
		}
	}
	var order []int
	for _, l := range slices.Backward(legs) {
		for set := len(l.length) - 1; set > 0; {
			order = append(order, l.points[last])
			set, last = set&^(1<<last), int(l.before[set][last])
		}
	}
	return Route{Order: backwards(order), Length: sum, Exact: true}, true
}

// byClass is a leg for each class, unless they are too many points.
func byClass(between [][]Length, class []int) (legs []leg, ok bool) {
	work := 0
	t := newTour(between, class, nearest(between, class))
	for _, r := range t.runs {
		n := r.hi - r.lo
		if n > heldMax {
			return nil, false
		}
		work += 1 << n * n * n
		legs = append(legs, leg{points: t.at[r.lo:r.hi]})
	}
	return legs, work <= heldWork
}

// visit fills the leg in, from where the one before may have ended.
func (l *leg) visit(between [][]Length, from []int, length []Length) {
	n := len(l.points)
	l.length, l.before = make([][]Length, 1<<n), make([][]int8, 1<<n)
	for set := range l.length {
		l.length[set], l.before[set] = make([]Length, n), make([]int8, n)
		for last, to := range l.points {
			rest := set &^ (1 << last)
			if rest == set {
				continue
			}
			points, so := l.points, l.length[rest]
			if rest == 0 {
				points, so = from, length
			}
			best := impossible
			for i, p := range points {
				if rest != 0 && rest>>i&1 == 0 {
					continue
				}
				if sum := so[i] + between[p][to]; sum < best {
					best, l.before[set][last] = sum, int8(i)
				}
			}
			l.length[set][last] = best
		}
	}
}
