package walk

// A survey measures a floor by walking it: every point of it is a node, neighbours
// are joined, and the shortest ways between all are tried out.
type survey struct {
	between [][]Length
	depot   int
	stop    []int
}

func newSurvey(l Layout, stops []Stop) survey {
	rows := l.Blocks + 1
	n := l.Aisles * rows
	s := survey{depot: l.DepotAisle*rows + l.DepotCross}
	for i := range stops {
		s.stop = append(s.stop, n+i)
	}
	n += len(stops)
	s.between = make([][]Length, n)
	for i := range s.between {
		s.between[i] = make([]Length, n)
		for j := range s.between[i] {
			if i != j {
				s.between[i][j] = Unreachable
			}
		}
	}
	join := func(aisle, below, above int, length Length) {
		if l.Ways[aisle] != Down {
			s.between[below][above] = min(s.between[below][above], length)
		}
		if l.Ways[aisle] != Up || length == 0 {
			s.between[above][below] = min(s.between[above][below], length)
		}
		if length == 0 {
			s.between[below][above] = 0
		}
	}
	for a := range l.Aisles {
		for r := range rows {
			at := a*rows + r
			if a > 0 {
				s.between[at][at-rows], s.between[at-rows][at] = l.Pitch, l.Pitch
			}
			if r > 0 {
				join(a, at-1, at, l.BlockLength)
			}
		}
	}
	for i, p := range stops {
		at := p.Aisle*rows + p.Block
		join(p.Aisle, at, s.stop[i], p.Offset)
		join(p.Aisle, s.stop[i], at+1, l.BlockLength-p.Offset)
		for j, q := range stops {
			if p.Aisle == q.Aisle && p.Block == q.Block && p.Offset <= q.Offset {
				join(p.Aisle, s.stop[i], s.stop[j], q.Offset-p.Offset)
			}
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				s.between[i][j] = min(s.between[i][j], s.between[i][k]+s.between[k][j])
			}
		}
	}
	return s
}

// length is that of a walk through stops.
func (s survey) length(order []int) (sum Length) {
	at := s.depot
	for _, i := range order {
		sum += s.between[at][s.stop[i]]
		at = s.stop[i]
	}
	return sum + s.between[at][s.depot]
}

// shortest tries every order of stops that keeps the classes (Held and Karp).
func (s survey) shortest(stops []Stop) Length {
	n := len(stops)
	best := make([][]Length, 1<<n) // by the stops that were visited, and the last
	shortest := impossible
	for set := range best {
		best[set] = make([]Length, n)
		for last := range n {
			best[set][last] = impossible
			rest := set &^ (1 << last)
			if rest == set || !mayFollow(stops, rest, last) {
				continue
			}
			if rest == 0 {
				best[set][last] = s.between[s.depot][s.stop[last]]
			}
			for p := range n {
				if rest>>p&1 == 1 && best[rest][p] < impossible {
					best[set][last] = min(best[set][last],
						best[rest][p]+s.between[s.stop[p]][s.stop[last]])
				}
			}
			if set == 1<<n-1 && best[set][last] < impossible {
				shortest = min(shortest, best[set][last]+s.between[s.stop[last]][s.depot])
			}
		}
	}
	return shortest
}

// mayFollow reports whether a stop may come after a set and before all others.
func mayFollow(stops []Stop, set, stop int) bool {
	for i, s := range stops {
		visited := set>>i&1 == 1
		if visited && s.Class > stops[stop].Class || !visited && s.Class < stops[stop].Class {
			return false
		}
	}
	return true
}

// matrix is the distances between the depot and the stops, and their classes.
func (s survey) matrix(stops []Stop) (between [][]Length, class []int) {
	at := append([]int{s.depot}, s.stop...)
	for _, i := range at {
		var row []Length
		for _, j := range at {
			row = append(row, s.between[i][j])
		}
		between = append(between, row)
	}
	class = []int{0}
	for _, stop := range stops {
		class = append(class, stop.Class)
	}
	return between, class
}
