// Package walk puts the bins of a walk in the order that is shortest on foot. The
// floor is a rectangle of parallel aisles, joined by cross aisles at both ends and
// between blocks. The order is exact on floors of up to six blocks. Where aisles are
// one-way, or heavy goods come first, it is exact for up to a dozen bins of a class,
// and beyond that a good one. It knows nothing of slips or stock.
package walk

import (
	"fmt"
	"slices"
)

// A Length is in millimetres. Whole numbers, so that two ways to add it up agree.
type Length int64

// A Way is how an aisle may be walked: Both, Up towards higher cross aisles, or
// Down. At a cross aisle one may turn and enter any way.
type Way int8

// The ways.
const (
	Both Way = iota
	Up
	Down
)

// A Layout is the floor. Aisles and cross aisles are counted from 0; block b lies
// between cross aisles b and b+1, so there is one cross aisle more than blocks.
// Every walk begins and ends at the depot, where an aisle meets a cross aisle.
type Layout struct {
	Aisles, Blocks         int
	BlockLength            Length // from one cross aisle to the next
	Pitch                  Length // from one aisle to the next
	DepotAisle, DepotCross int
	Ways                   map[int]Way // by aisle; Both where none is given
}

// A Stop is a bin to walk to. Offset is how far into its block it is, from cross
// aisle Block. Every stop of a lower class comes before any of a higher one: heavy
// goods have the lowest.
type Stop struct {
	Aisle, Block int
	Offset       Length
	Class        int
}

// A Route is an order of stops, by their index, and its length from the depot back
// to the depot. It is Exact where no order is shorter.
type Route struct {
	Order  []int
	Length Length
	Exact  bool
}

// How large a floor may be: its lengths add up without overflow.
const (
	aislesMax = 10_000
	blocksMax = 100
	lengthMax = 1_000_000_000 // a thousand kilometres
)

// A Mistake is what kind of thing is wrong with a layout or a stop.
type Mistake string

// The mistakes.
const (
	BadLayout Mistake = "layout" // no such floor
	BadStop   Mistake = "stop"   // it is not on the floor
	NoWay     Mistake = "way"    // one-way aisles do not lead to the stop and back
	BadMatrix Mistake = "matrix" // not square, or a distance below zero
)

// An Error says what cannot be walked. Stop is the index of the stop that is meant (of
// Tour: the point), Aisle its aisle or the one that is wrong; -1 where there is none.
type Error struct {
	Mistake     Mistake
	Stop, Aisle int
}

// Error implements error.
func (e *Error) Error() string {
	switch e.Mistake {
	case BadStop:
		return fmt.Sprintf("walk: stop %d is not on the floor (aisle %d)", e.Stop, e.Aisle)
	case NoWay:
		return fmt.Sprintf("walk: no way leads to stop %d (aisle %d) and back", e.Stop, e.Aisle)
	}
	return fmt.Sprintf("walk: the %s is impossible", e.Mistake)
}

// A Planner plans walks on one floor. It is never changed, so any number of
// goroutines may use it.
type Planner struct {
	floor floor
	cuts  *cuts // nil where the floor has too many blocks to be exact
}

// New returns the planner of a floor, or an Error.
func New(l Layout) (*Planner, error) {
	if l.Aisles < 1 || l.Aisles > aislesMax || l.Blocks < 1 || l.Blocks > blocksMax ||
		l.BlockLength < 1 || l.BlockLength > lengthMax || l.Pitch < 1 || l.Pitch > lengthMax ||
		l.DepotAisle < 0 || l.DepotAisle >= l.Aisles ||
		l.DepotCross < 0 || l.DepotCross > l.Blocks {
		return nil, &Error{BadLayout, -1, -1}
	}
	for aisle, way := range l.Ways {
		if aisle < 0 || aisle >= l.Aisles || way < Both || way > Down {
			return nil, &Error{BadLayout, -1, aisle}
		}
	}
	p := &Planner{floor: newFloor(l)}
	if l.Blocks <= exactBlocks {
		p.cuts = newCuts(l.Blocks + 1)
	}
	return p, nil
}

// Plan orders the stops, or returns an Error. The same stops give the same order.
func (p *Planner) Plan(stops []Stop) (Route, error) {
	if err := p.check(stops); err != nil {
		return Route{}, err
	}
	if len(stops) == 0 {
		return Route{Exact: true}, nil
	}
	best, found := p.exact(stops)
	classes := slices.ContainsFunc(stops, func(s Stop) bool { return s.Class != stops[0].Class })
	if found && !classes && !p.floor.oneWay {
		return best, nil
	}
	route := p.near(stops, best.Order)
	// No constraint makes a walk shorter, so one as short as without them is the best.
	route.Exact = route.Exact || found && route.Length == best.Length
	return route, nil
}

// Length measures the walk through stops in an order of their indexes, such as that
// of the bins' codes; what Plan saves is the difference.
func (p *Planner) Length(stops []Stop, order []int) (Length, error) {
	if err := p.check(stops); err != nil {
		return 0, err
	}
	return p.length(stops, order), nil
}

func (p *Planner) length(stops []Stop, order []int) (sum Length) {
	at := p.floor.depot()
	for _, i := range order {
		to := p.floor.point(stops[i])
		sum += p.floor.distance(at, to)
		at = to
	}
	return sum + p.floor.distance(at, p.floor.depot())
}

// check refuses a stop that is not on the floor, or that one cannot walk to and back.
func (p *Planner) check(stops []Stop) error {
	l, depot := p.floor.Layout, p.floor.depot()
	for i, s := range stops {
		if s.Aisle < 0 || s.Aisle >= l.Aisles || s.Block < 0 || s.Block >= l.Blocks ||
			s.Offset < 0 || s.Offset > l.BlockLength {
			return &Error{BadStop, i, s.Aisle}
		}
		at := p.floor.point(s)
		if max(p.floor.distance(depot, at), p.floor.distance(at, depot)) >= Unreachable {
			return &Error{NoWay, i, s.Aisle}
		}
	}
	return nil
}
