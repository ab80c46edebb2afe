package storetest

import (
	"fmt"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
)

// slipsOf gives the slips of orders, each of one.
func (s *Site) slipsOf(orders ...store.OrderID) (out []store.SlipID) {
	s.Helper()
	for _, o := range orders {
		out = append(out, Read(s, func(r *store.Reader) ([]store.SlipID, error) {
			return r.SlipsOf(o)
		})...)
	}
	if len(out) != len(orders) {
		s.Fatalf("%d orders have slips %v", len(orders), out)
	}
	return out
}

// holds has somebody take slips, a tote each.
func (s *Site) holds(by store.OperatorID, slips ...store.SlipID) {
	s.Helper()
	for _, id := range slips {
		s.take(by, id, "T-"+string(id))
	}
}

// picked has somebody pick all that a slip's task asks for.
func (s *Site) picked(by store.OperatorID, slip store.SlipID, bin, code string) {
	s.Helper()
	task, _ := s.Slip(slip).Next()
	s.scan(by, slip, 0, "bin:"+bin, "")
	s.scan(by, slip, task.Left(), code, "")
}

// short has somebody say that a bin lacks what a slip asks for there.
func (s *Site) short(by store.OperatorID, slip store.SlipID, bin, reason string) outbound.Picked {
	s.Helper()
	s.scan(by, slip, 0, "bin:"+bin, "")
	out, err := outbound.Short(background, s.Store, store.Gesture{Operator: by}, slip,
		outbound.See(s.Slip(slip)), reason)
	s.Must(err)
	return out
}

// next compares where a slip is picked next, and how many; an empty bin is nowhere.
func (s *Site) next(slip store.SlipID, bin string, n store.Qty) {
	s.Helper()
	task, open := s.Slip(slip).Next()
	if open != (bin != "") || open && (task.From.Code() != bin || task.Left() != n) {
		s.Errorf("%s goes on with %d at %s, not %d at %q", slip, task.Left(), task.From, n, bin)
	}
}

// fiveOrders ask for ten, five, twenty, ten and seven of tea; a sixth is somebody else's.
func fiveOrders(theirs store.Qty) (out []store.Event) {
	for i, n := range []store.Qty{10, 5, 20, 10, 7, theirs} {
		out = append(out, Ordered(store.OrderID(fmt.Sprint(i+1)), "TEA-500", int(n)))
	}
	return out
}

// A bin that another worker picks from too has nothing more: what they are promised stays, what
// I have picked stays, and all the rest of mine is released at once: case C13.
func shortBesideAnother(t *testing.T, open Opener) {
	s := floor(t, open, append(fiveOrders(5), Has("A-01-01", "TEA-500", 100))...)
	mine, theirs := s.slipsOf("1", "2", "3", "4", "5"), s.slipsOf("6")[0]
	s.holds("101", mine...)
	s.holds("102", theirs)
	s.picked("101", mine[0], "A-01-01", Tea)
	s.picked("101", mine[1], "A-01-01", Tea)
	s.short("101", mine[2], "A-01-01", "not_found")
	for _, slip := range mine {
		s.next(slip, "", 0)
	}
	s.next(theirs, "A-01-01", 5)
	s.Stock("bin/A-01-01", "TEA-500", 5)
	s.Stock(store.AtMissing, "TEA-500", 80)
	s.Levels("TEA-500", 5, 5)
	for i, n := range []store.Qty{10, 5, 0, 0, 0} {
		s.Stock("tote/T-"+store.Place(mine[i]), "TEA-500", n)
	}
	if all := Read(s, (*store.Reader).Discrepancies); len(all) != 1 || all[0].N != 37 {
		t.Errorf("discrepancies: %+v", all)
	}
	s.Plan()
	s.picked("102", theirs, "A-01-01", Tea)
	s.Whole(open)
}

// Where another bin has it, all of mine that is not picked is sent there at once: case C16.
func shortGoesElsewhere(t *testing.T, open Opener) {
	s := floor(t, open, append(fiveOrders(5), Has("A-01-01", "TEA-500", 57),
		Has("A-01-03", "TEA-500", 100))...)
	mine, theirs := s.slipsOf("1", "2", "3", "4", "5"), s.slipsOf("6")[0]
	s.holds("101", mine...)
	s.picked("101", mine[0], "A-01-01", Tea)
	out := s.short("101", mine[1], "A-01-01", "not_found")
	if task, _ := out.Slip.Next(); task.From != "bin/A-01-03" || task.Left() != 5 {
		t.Errorf("sent to %s for %d", task.From, task.Left())
	}
	for i, n := range map[int]store.Qty{2: 20, 3: 10, 4: 7} {
		s.next(mine[i], "A-01-03", n)
	}
	s.next(theirs, "A-01-01", 5) // nobody's yet: promised all the same
	s.Stock("bin/A-01-01", "TEA-500", 5)
	s.Stock(store.AtMissing, "TEA-500", 42)
	s.Levels("TEA-500", 105, 47)
	s.picked("101", mine[1], "A-01-03", Tea)
	s.picked("101", mine[4], "A-01-03", Tea)
	s.Whole(open)
}

// Where another bin has some of it, the first on the walk get that: the rest is short, each
// for its own order.
func shortGoesRound(t *testing.T, open Opener) {
	s := floor(t, open, append(fiveOrders(5), Has("A-01-01", "TEA-500", 57))...)
	mine := s.slipsOf("1", "2", "3", "4", "5")
	s.Record(Has("A-01-03", "TEA-500", 24))
	s.holds("101", mine...)
	s.short("101", mine[0], "A-01-01", "not_found")
	s.next(mine[0], "A-01-03", 10)
	s.next(mine[1], "A-01-03", 5)
	s.next(mine[2], "A-01-03", 9)
	s.next(mine[3], "", 0)
	s.Levels("TEA-500", 29, 29)
	if l := s.Slip(mine[2]).Lines[0]; l.Short != 11 {
		t.Errorf("%d short", l.Short)
	}
	s.Whole(open)
}

// What is damaged is the pieces of one slip alone; sound ones of the same bin will do.
func shortOfOne(t *testing.T, open Opener) {
	s := floor(t, open, append(fiveOrders(5), Has("A-01-01", "TEA-500", 57))...)
	mine := s.slipsOf("1", "2", "3", "4", "5")
	s.holds("101", mine...)
	s.short("101", mine[0], "A-01-01", "damaged")
	s.next(mine[0], "", 0)
	s.next(mine[1], "A-01-01", 5)
	s.Stock("bin/A-01-01", "TEA-500", 47)
	s.Stock(store.AtMissing, "TEA-500", 10)

	s.Record(Has("A-01-01", "TEA-500", 3)) // which nobody is promised
	s.short("101", mine[1], "A-01-01", "damaged")
	s.next(mine[1], "A-01-01", 3)
	s.Whole(open)
}

// Instead of a lot that is not there, another of the same bin is taken.
func shortOfALot(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 6, "L1", "", "2027-01-01"),
		Has("A-01-01", "MILK", 20, "L2", "", "2027-02-01"), Ordered("1", "MILK", 4),
		Ordered("2", "MILK", 4), Ordered("3", "MILK", 4))
	mine := s.slipsOf("1", "2", "3")
	s.holds("101", mine...)
	s.short("101", mine[0], "A-01-01", "wrong_lot")
	s.Stock("bin/A-01-01", "MILK", 20)
	s.Levels("MILK", 20, 12)
	for _, slip := range mine {
		task, _ := s.Slip(slip).Next()
		if task.From != "bin/A-01-01" || task.Lot != "L2" {
			t.Errorf("%s is picked from %s, lot %s", slip, task.From, task.Lot)
		}
	}
	s.Whole(open)
}

// What was picked of a line, on a remainder: only what is left of it goes elsewhere, and a task
// that a shortage sent there goes on when that bin is short too.
func shortTwice(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 12), Has("A-01-02", "TEA-500", 4),
		Has("A-01-03", "TEA-500", 50), Ordered("1", "TEA-500", 10))
	slip := s.slipsOf("1")[0]
	s.holds("101", slip)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 3, Tea, "")
	s.short("101", slip, "A-01-01", "not_found")
	s.next(slip, "A-01-02", 4)
	s.short("101", slip, "A-01-02", "not_found")
	s.next(slip, "A-01-03", 4)
	s.picked("101", slip, "A-01-03", Tea)
	s.next(slip, "A-01-03", 3)
	s.picked("101", slip, "A-01-03", Tea)
	s.next(slip, "", 0)
	s.Stock("tote/T-"+store.Place(slip), "TEA-500", 10)
	s.Whole(open)
}
