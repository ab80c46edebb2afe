package main

import (
	"fmt"

	"scanbay/store"
)

// A backFloor is what lies on the floor of what came back.
type backFloor struct {
	boxes   []*box // that nobody has opened
	opened  int    // boxes that somebody is at
	byHand  int    // waybills, ever
	staged  map[string]store.Qty
	seen    map[string]bool // items that came back, ever
	strays  store.Qty       // that nobody knows
	bench   bool            // goods wait that were received by somebody else
	at      bool            // somebody is at the bench
	shelve  []string        // totes that are to be put away
	outside []string        // bins of what is not sold again
}

// wayBack is the number on the next parcel from outside.
func (f *floor) wayBack() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.byHand++
	return fmt.Sprintf("YT%s%013d", f.mark, f.back.byHand)
}

// nextBox takes a box; none is nil. With a label it must be one that was announced.
func (f *floor) nextBox(announced bool) *box {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.back.boxes) == 0 || announced && f.back.boxes[0].rma == "" {
		return nil
	}
	b := f.back.boxes[0]
	f.back.boxes = f.back.boxes[1:]
	f.back.opened++
	return b
}

// later puts a box back that could not be opened. One that never can is nobody's.
func (f *floor) later(b *box) {
	const enough = 3
	if b.tries++; b.tries >= enough {
		b.paper, b.waybill = "", f.wayBack()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.boxes = append(f.back.boxes, b)
	f.back.opened--
}

// emptied ends a box; what is left of it on the stage is for the bench.
func (f *floor) emptied(bench bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.opened--
	f.back.bench = f.back.bench || bench
}

// stage puts goods on the returns stage, or takes them off. It says how many lie there.
func (f *floor) stage(sku string, n store.Qty) store.Qty {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.back.staged == nil {
		f.back.staged, f.back.seen = map[string]store.Qty{}, map[string]bool{}
	}
	f.back.staged[sku] += n
	f.back.seen[sku] = true
	return f.back.staged[sku]
}

// cameBack says whether an item ever did.
func (f *floor) cameBack(sku string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.back.seen[sku]
}

// keep puts aside what nobody knows.
func (f *floor) keep(n store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.strays += n
}

// toBench says whether goods wait to be inspected, and takes the bench for one person. Nobody
// inspects there while goods are unpacked: the screen cannot tell them apart.
func (f *floor) toBench() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.back.at || !f.back.bench || f.back.opened > 0 || len(f.back.boxes) > 0 {
		return false
	}
	f.back.at = true
	return true
}

// offBench leaves it, with nothing on it.
func (f *floor) offBench() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.at, f.back.bench = false, false
}

// fill puts graded goods into a tote.
func (f *floor) fill(tote, sku string, n store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.inTotes[tote] == nil {
		f.inTotes[tote] = map[string]store.Qty{}
	}
	f.inTotes[tote][sku] += n
}

// shelved moves goods from a tote into a bin.
func (f *floor) shelved(tote, bin, sku string, n store.Qty) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inTotes[tote][sku] -= n
	f.shelves[shelf{bin, sku}] += n
}

// toShelve puts a tote where somebody takes it to its bins.
func (f *floor) toShelve(tote string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.shelve = append(f.back.shelve, tote)
}

// shelving takes such a tote; none is empty.
func (f *floor) shelving() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return pop(&f.back.shelve)
}

// waitsBack is what waits of what came back.
func (f *floor) waitsBack() (boxes, totes int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.back.boxes), len(f.back.shelve)
}

// knows says whether an item is one of ours.
func (f *floor) knows(sku string) bool { return f.ours[sku] }

// isEmpty says whether nothing is in a tote.
func (f *floor) isEmpty(tote string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.inTotes[tote] {
		if n != 0 {
			return false
		}
	}
	return true
}

// outsideOf says whether a bin is for what is not sold again.
func (f *floor) outsideOf(bin string) bool { return heldBins()[bin] != "" }
