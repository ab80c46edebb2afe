package walk

// Unreachable is the distance between points that no way joins. Sums of it do not
// overflow.
const Unreachable Length = 1 << 50

// A floor is a layout ready to be measured.
type floor struct {
	Layout
	ways   []Way // by aisle
	oneWay bool
	// The nearest aisle, at or left of each and at or right of each, that may be
	// walked up and down; -1 where there is none.
	left, right [Down + 1][]int
}

// A point is somewhere in an aisle; Offset is from the cross aisle below it.
type point struct {
	aisle, block int
	offset       Length
}

func newFloor(l Layout) floor {
	f := floor{Layout: l, ways: make([]Way, l.Aisles)}
	for aisle, way := range l.Ways {
		f.ways[aisle] = way
		f.oneWay = f.oneWay || way != Both
	}
	for _, way := range []Way{Up, Down} {
		left, right := make([]int, l.Aisles), make([]int, l.Aisles)
		last := -1
		for a := range l.Aisles {
			if f.open(a, way) {
				last = a
			}
			left[a] = last
		}
		last = -1
		for a := l.Aisles - 1; a >= 0; a-- {
			if f.open(a, way) {
				last = a
			}
			right[a] = last
		}
		f.left[way], f.right[way] = left, right
	}
	return f
}

// open reports whether an aisle may be walked in a direction.
func (f *floor) open(aisle int, way Way) bool {
	only := f.ways[aisle]
	return only == Both || only == way
}

func (f *floor) depot() point {
	if f.DepotCross == f.Blocks {
		return point{f.DepotAisle, f.Blocks - 1, f.BlockLength}
	}
	return point{f.DepotAisle, f.DepotCross, 0}
}

func (f *floor) point(s Stop) point { return point{s.Aisle, s.Block, s.Offset} }

// height is how far a point is from cross aisle 0.
func (f *floor) height(p point) Length { return Length(p.block)*f.BlockLength + p.offset }

// distance is the shortest way from one point to another.
func (f *floor) distance(p, q point) Length {
	if p.aisle == q.aisle {
		up := f.height(q) - f.height(p)
		if up == 0 || f.open(p.aisle, direction(up)) {
			return abs(up)
		}
	}
	shortest := Unreachable
	for _, out := range []Way{Up, Down} {
		leave, from := f.toCross(p, out, out)
		if leave == Unreachable {
			continue
		}
		for _, in := range []Way{Up, Down} {
			// Who walks up comes from the cross aisle below.
			enter, to := f.toCross(q, Up+Down-in, in)
			shortest = min(shortest, leave+f.across(p.aisle, from, q.aisle, to)+enter)
		}
	}
	return shortest
}

// toCross is how far a point is from the cross aisle above or below it, where the
// aisle between them is walked in a direction.
func (f *floor) toCross(p point, side, walked Way) (length Length, cross int) {
	length, cross = p.offset, p.block
	if side == Up {
		length, cross = f.BlockLength-p.offset, p.block+1
	}
	if length > 0 && !f.open(p.aisle, walked) {
		length = Unreachable
	}
	return length, cross
}

// across is the shortest way from where an aisle meets a cross aisle to where
// another meets another: sideways, and up or down along one aisle.
func (f *floor) across(aisle, cross, toAisle, toCross int) Length {
	lo, hi := min(aisle, toAisle), max(aisle, toAisle)
	sideways := Length(hi-lo) * f.Pitch
	if cross == toCross {
		return sideways
	}
	way := direction(Length(toCross - cross))
	detour := Unreachable
	if a := f.right[way][lo]; a >= 0 {
		detour = Length(max(a-hi, 0)) * f.Pitch
	}
	if a := f.left[way][lo]; a >= 0 {
		detour = min(detour, Length(lo-a)*f.Pitch)
	}
	return sideways + 2*detour + abs(Length(toCross-cross))*f.BlockLength
}

func direction(up Length) Way {
	if up < 0 {
		return Down
	}
	return Up
}

func abs(n Length) Length { return max(n, -n) }
