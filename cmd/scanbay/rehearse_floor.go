package main

import (
	"fmt"
	"math/rand/v2"
	"sync"

	"scanbay/store"
)

// A floor is what really lies in a rehearsed warehouse, whatever the book says. The
// people on it share it.
type floor struct {
	mu      sync.Mutex
	shelves shelving
	lost    shelving         // what the book has, and the shelf has not
	broken  map[shelf]bool   // what was lost is there, and unfit
	cases   map[string]label // by the code of a piece
	codes   []string         // of pieces
	bins    []string

	totes   []string // empty
	minted  int
	inTotes map[string]map[string]store.Qty // by tote and code of a piece
	toPack  []string                        // totes
	toGo    []string                        // cartons
	parcels int
	crowd   int // so many totes, and the next one is packed before anything is picked

	book  func(shelf) store.Qty // where others empty the bins too; else nil
	mark  string                // of a station, in the numbers of its totes and parcels
	hands map[string]string     // totes that people have begun to fill

	ours map[string]bool // items
	back backFloor
}

// A label on goods counts n pieces of an item.
type label struct {
	text, piece string
	n           store.Qty
}

func newFloor(d *demand, shelves shelving, people int) *floor {
	f := &floor{shelves: shelves, lost: shelving{}, broken: map[shelf]bool{},
		cases: map[string]label{}, bins: shelves.bins(),
		inTotes: map[string]map[string]store.Qty{}, crowd: people + 1, ours: map[string]bool{}}
	for _, w := range d.wares {
		f.codes = append(f.codes, w.sku)
		f.ours[w.sku] = true
		if w.caseN > 0 {
			f.cases[w.sku] = label{w.caseOf, w.sku, w.caseN}
		}
	}
	return f
}

// lie is how many pieces lie somewhere.
func (f *floor) lie(at shelf) store.Qty {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.there(at)
}

func (f *floor) there(at shelf) store.Qty {
	if f.book != nil {
		return max(0, f.book(at)-f.lost[at])
	}
	return f.shelves[at]
}

// shared says whether other stations work on the floor too: each packs what it picked.
func (f *floor) shared() bool { return f.book != nil }

// lose takes some pieces away, or spoils them, without telling the book.
func (f *floor) lose(at shelf, chance *rand.Rand, wanted store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := min(f.there(at), 1+store.Qty(chance.Int64N(int64(wanted))))
	f.shelves[at] -= n
	f.lost[at] += n
	f.broken[at] = chance.IntN(2) == 0
}

// spoilt says whether what lacks is there and unfit.
func (f *floor) spoilt(at shelf) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.broken[at]
}

// take moves goods from a bin into a tote.
func (f *floor) take(bin, tote string, what label, times store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shelves[shelf{bin, what.piece}] -= what.n * times
	if f.inTotes[tote] == nil {
		f.inTotes[tote] = map[string]store.Qty{}
	}
	f.inTotes[tote][what.piece] += what.n * times
}

// pack moves goods from a tote into a carton.
func (f *floor) pack(tote string, what label, times store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inTotes[tote][what.piece] -= what.n * times
}

// holds is how many pieces of an item a tote holds.
func (f *floor) holds(tote, piece string) store.Qty {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.inTotes[tote][piece]
}

// emptyTote takes a tote that nobody uses.
func (f *floor) emptyTote() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if tote := pop(&f.totes); tote != "" {
		return tote
	}
	f.minted++
	return fmt.Sprintf("T-%s%04d", f.mark, f.minted)
}

// inHand is the tote that somebody has begun to fill; none is empty.
func (f *floor) inHand(number string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hands[number]
}

// bring puts a tote where it belongs: to the packing table, or if nothing is in it
// to the empty ones.
func (f *floor) bring(tote string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.inTotes[tote] {
		if n != 0 {
			f.toPack = append(f.toPack, tote)
			return
		}
	}
	delete(f.inTotes, tote)
	f.totes = append(f.totes, tote)
}

// fullTote takes a tote to pack; none is empty.
func (f *floor) fullTote() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return pop(&f.toPack)
}

// close puts a carton on the dock.
func (f *floor) close(carton string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.toGo = append(f.toGo, carton)
}

// parcel takes a carton from the dock; none is empty.
func (f *floor) parcel() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return pop(&f.toGo)
}

// waybill is the number on the next of the carrier's labels.
func (f *floor) waybill() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.parcels++
	return fmt.Sprintf("SF%s%013d", f.mark, f.parcels)
}

// waits is what waits to be packed, and to go.
func (f *floor) waits() (totes, cartons int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.toPack), len(f.toGo)
}

// pop takes the first of a list; none is empty.
func pop(list *[]string) (out string) {
	if len(*list) > 0 {
		out, *list = (*list)[0], (*list)[1:]
	}
	return out
}

// gone is how many parcels have left.
func (f *floor) gone() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.parcels
}
