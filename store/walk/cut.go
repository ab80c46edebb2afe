package walk

import "math"

// exactBlocks is the largest number of blocks that is planned exactly: with each
// more, a cut has five times as many states.
const exactBlocks = 6

// A meeting is what is known of the place where the sweep cuts a cross aisle: how
// often it was walked to or from, and which part of the walk it belongs to.
type meeting struct {
	degree degree
	part   uint8 // 0 where it is not walked to; else counted from the first cross aisle
}

// A degree counts the ends of walked ways at a meeting as far as matters.
type degree uint8

const (
	none degree = iota
	even        // walked to, as often as from
	odd         // one more way must begin here
)

// A cut is the state of the sweep: one meeting for each cross aisle. What lies
// behind it is forgotten but for the shortest length that leaves it so.
type cut [exactBlocks + 1]meeting

// touch returns c with a meeting walked to and back.
func (c cut) touch(r int) cut {
	if c[r].degree != none {
		return c
	}
	c[r] = meeting{even, fresh}
	return c.renamed()
}

// fresh is a part of its own, until it is renamed.
const fresh = exactBlocks + 2

// step returns c with an end of one way more at a meeting.
func (c cut) step(r int) cut {
	c = c.touch(r)
	c[r].degree = even + odd - c[r].degree
	return c
}

// join returns c with two meetings in one part.
func (c cut) join(r, q int) cut {
	from, to := c[r].part, c[q].part
	for i := range c {
		if c[i].part == from {
			c[i].part = to
		}
	}
	return c.renamed()
}

// renamed counts the parts in the order they appear, so that equal cuts are equal.
func (c cut) renamed() cut {
	var names [fresh + 1]uint8
	last := uint8(0)
	for i, m := range c {
		if m.part > 0 && names[m.part] == 0 {
			last++
			names[m.part] = last
		}
		c[i].part = names[m.part]
	}
	return c
}

// dropped returns c without a meeting that the walk leaves behind for good. Its part
// must go on elsewhere, or the rest of the walk would not be joined to it.
func (c cut) dropped(r int) (cut, bool) {
	for i := range c {
		if i != r && c[i].part == c[r].part {
			c[r] = meeting{}
			return c.renamed(), true
		}
	}
	return c, false
}

// An inside is a way to walk one block of an aisle.
type inside uint8

// The ways to walk a block. Without stops it may also be left out.
const (
	through   inside = iota
	twice            // through and back
	fromBelow        // to the last stop and back
	fromAbove
	fromBoth // all but the largest gap between two stops
	insides
	left = insides // left out
)

// A state is the index of a cut in cuts.
type state = uint16

const noState state = math.MaxUint16

// Cuts are all the cuts that a sweep of a floor can meet, and what leads from one to
// the next.
type cuts struct {
	rows    int // cross aisles
	cuts    []cut
	touched [][]state          // by cross aisle
	walked  [][insides][]state // by block
	dropped [][]state          // by cross aisle; noState where it must not be
	closed  []bool             // the walk may end here
}

func newCuts(rows int) *cuts {
	c := &cuts{rows: rows, touched: make([][]state, rows), dropped: make([][]state, rows),
		walked: make([][insides][]state, rows-1)}
	index := map[cut]state{{}: 0}
	c.cuts = []cut{{}}
	at := state(0)
	find := func(to cut) state {
		if to == c.cuts[at] {
			return at // as most are
		}
		s, known := index[to]
		if !known {
			s = state(len(c.cuts))
			index[to] = s
			c.cuts = append(c.cuts, to)
		}
		return s
	}
	for ; int(at) < len(c.cuts); at++ {
		from := c.cuts[at]
		for r := range rows {
			c.touched[r] = append(c.touched[r], find(from.touch(r)))
			drop := noState
			if from[r].degree == even {
				if to, ok := from.dropped(r); ok {
					drop = find(to)
				}
			}
			c.dropped[r] = append(c.dropped[r], drop)
		}
		for b := range rows - 1 {
			below, above := from.touch(b), from.touch(b+1)
			both := below.touch(b + 1)
			for how, to := range [insides]cut{
				through:   from.step(b).step(b+1).join(b, b+1),
				twice:     both.join(b, b+1),
				fromBelow: below,
				fromAbove: above,
				fromBoth:  both,
			} {
				c.walked[b][how] = append(c.walked[b][how], find(to))
			}
		}
		c.closed = append(c.closed, from.closed())
	}
	return c
}

// closed reports whether all that was walked is one round.
func (c cut) closed() bool {
	for _, m := range c {
		if m.degree == odd || m.part > 1 {
			return false
		}
	}
	return true
}
