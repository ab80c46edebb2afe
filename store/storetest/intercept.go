package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// ofInterceptions are the stories of goods that are stopped once somebody has begun.
var ofInterceptions = map[string]func(*testing.T, Opener){
	"WhatIsCutWhilePickedIsStopped":        stoppedAtPick,
	"WhatIsCutInTheToteStaysThere":         stoppedInTote,
	"WhatIsCutInACartonComesOutOfIt":       stoppedInCarton,
	"WhatHasLeftIsNotStopped":              stoppedTooLate,
	"OfAMergedParcelOnlyOneIsStopped":      stoppedMate,
	"OfASharedLineOnlyOneIsStopped":        stoppedSharer,
	"WhatIsCutTwiceIsStoppedOnce":          stoppedTwice,
	"AShortThatCrossesAStop":               shortCrossesStop,
	"AShortThatCrossesAStopGoesElsewhere":  shortCrossesStopElsewhere,
	"GoodsThatAreMissedCrossAStop":         missedCrossesStop(6),
	"FewGoodsThatAreMissedCrossAStop":      missedCrossesStop(4),
	"GoodsPickedAndMissedCrossAStop":       pickedAndMissedCrossStop,
	"OfTwoOrdersOneCrossesAStop":           shortOfTwoCrossesStop,
	"AChangeAfterThePickIsANewSlip":        changedAfterPick,
	"AChangedRemarkLeavesThePickAlone":     remarkedAfterPick,
	"ABegunSlipIsTakenBack":                takenBackBegun,
	"StoppedGoodsThatAreNotThere":          stoppedAndMissing,
	"OneOfStoppedGoodsIsNotThere":          stoppedAndOneMissing,
	"WhatIsStoppedBesideAnothers":          stoppedBesideAnother,
	"WhatWasPickedAfterTheStopIsFreeAgain": pickedAfterStop,
}

// cut has a customer want fewer of a line of an order.
func (s *Site) cut(id store.OrderID, line int64, n store.Qty) {
	s.Helper()
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: id,
		Lines: []store.Cut{{Line: line, N: n}}}))
	s.Plan()
}

// back makes one scan of somebody who puts goods back.
func (s *Site) back(now *outbound.PuttingBack, n store.Qty, code string, want store.Code) {
	s.Helper()
	by := s.By("101", code)
	by.N = n
	out, err := outbound.PutBack(background, s.Store, outbound.PutBackScan{By: by,
		From: now.From, At: now.At})
	if got := s.Code(err); got != want {
		s.Errorf("putting back %s: %q, not %q", code, got, want)
	} else if want == "" {
		*now = out
	}
}

// toPutBack compares how many pieces of a slip are to be put back.
func (s *Site) toPutBack(id store.SlipID, n store.Qty, state store.SlipState) {
	s.Helper()
	slip := s.look(id)
	if slip.Sums.Due != n || slip.State() != state {
		s.Errorf("%s is %s with %d to be put back, not %s with %d", id, slip.State(),
			slip.Sums.Due, state, n)
	}
}

// A customer cancels four of ten while three are in the tote and seven in the bin: four are
// free at once, and the picker, told of it once, takes three more.
func stoppedAtPick(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 3, Tea, "")
	seen := outbound.See(s.look(slip))
	s.cut("1", 1, 4)
	s.Levels("TEA-500", 7, 3)
	by := s.By("101", Tea)
	_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: by, Slip: slip, Seen: seen})
	if got := s.Code(err); got != store.Intercepted {
		t.Errorf("the next scan is answered with %q", got)
	}
	s.next(slip, "A-01-01", 3)
	s.scan("101", slip, 4, Tea, store.OverPick)
	s.scan("101", slip, 3, Tea, "")
	s.toPutBack(slip, 0, store.SlipPicked)
	s.Levels("TEA-500", 4, 0)
	s.Whole(open)
}

// All are in the tote, and four are cancelled: the packer packs six, and the four go back to
// their bin, where they can be sold at once.
func stoppedInTote(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.cut("1", 1, 4)
	s.toPutBack(slip, 4, store.SlipPicked)
	s.Levels("TEA-500", 0, 0)
	s.intoCarton(slip, 7, Tea, store.Intercepted)
	s.intoCarton(slip, 6, Tea, "")
	s.toPutBack(slip, 4, store.SlipPacked)
	s.confirms("1", slip)
	s.toPutBack(slip, 4, store.SlipShipped)
	var now outbound.PuttingBack
	s.back(&now, 1, Tea, store.ToteFirst)
	s.back(&now, 1, "tote:T-"+string(slip), "")
	s.back(&now, 1, Tea, store.BinFirst)
	s.back(&now, 1, "bin:A-01-02", store.AskOtherBin)
	s.back(&now, 1, "bin:A-01-01", "")
	s.back(&now, 1, Cup, store.NotThere)
	s.back(&now, 5, Tea, store.BadQuantity)
	s.back(&now, 3, Tea, "")
	s.Levels("TEA-500", 3, 0)
	_, err := outbound.TakeUp(background, s.Store, store.Gesture{Operator: "101"}, slip)
	s.Must(err)
	s.Levels("TEA-500", 0, 0)
	s.back(&now, 4, Tea, "")
	s.back(&now, 1, Tea, store.NothingToDo)
	s.Levels("TEA-500", 4, 0)
	s.toPutBack(slip, 0, store.SlipShipped)
	s.orderState("1", store.Shipped)
	s.Whole(open)
}

// intoCarton makes a scan of somebody who packs a slip.
func (s *Site) intoCarton(slip store.SlipID, n store.Qty, code string, want store.Code) {
	s.Helper()
	by := s.By("102", code)
	by.N = n
	_, err := outbound.Pack(background, s.Store, outbound.PackScan{By: by, Slip: slip,
		Seen: s.look(slip).Stopped})
	if got := s.Code(err); got != want {
		s.Errorf("packing %d of %s: %q, not %q", n, code, got, want)
	}
}

// confirms has the cartons of a slip leave.
func (s *Site) confirms(no string, slip store.SlipID) {
	s.Helper()
	for i, c := range s.look(slip).Cartons {
		s.leaves(c.ID, "SF70000000000"+no+string(rune('0'+i)), "")
	}
}

// leaves has a carton leave, with a waybill where it has none, or be refused.
func (s *Site) leaves(c store.CartonID, waybill string, want store.Code) {
	s.Helper()
	in := outbound.ConfirmScan{By: s.By("102", "carton:"+string(c))}
	out, err := outbound.Confirm(background, s.Store, in)
	if err == nil && out.Needs != "" {
		in = outbound.ConfirmScan{By: s.By("102", waybill), Pending: c}
		_, err = outbound.Confirm(background, s.Store, in)
	}
	if got := s.Code(err); got != want {
		s.Errorf("carton %s at the dock: %q, not %q", c, got, want)
	}
}

// The carton is closed when the customer cancels everything: it may not leave, and once its
// goods are back it is no parcel any more.
func stoppedInCarton(t *testing.T, open Opener) {
	bought := Ordered("1", "TEA-500", 10)
	bought.Waybill = "SF0000000000001"
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), bought)
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.intoCarton(slip, 10, Tea, "")
	c := s.look(slip).Cartons[0].ID
	s.cut("1", 1, 10)
	s.orderState("1", store.Cancelled)
	s.toPutBack(slip, 10, store.SlipStopped)
	s.leaves(c, "SF700000000001", store.Intercepted)
	_, err := outbound.Confirm(background, s.Store, outbound.ConfirmScan{
		By: s.By("102", "SF0000000000001")})
	if got := s.Code(err); got != store.Intercepted {
		t.Errorf("its waybill at the dock: %q", got)
	}
	var now outbound.PuttingBack
	s.back(&now, 1, "carton:"+string(c), "")
	s.back(&now, 1, "bin:A-01-01", "")
	s.back(&now, 10, Tea, "")
	s.Levels("TEA-500", 10, 0)
	s.toPutBack(slip, 0, store.SlipWithdrawn)
	s.leaves(c, "SF700000000001", store.CartonOpen)
	s.Whole(open)
}

// Half of it has left when the customer cancels all: that is a return, and only the rest is
// stopped.
func stoppedTooLate(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.intoCarton(slip, 4, Tea, "")
	_, err := outbound.Seal(background, s.Store, store.Gesture{Operator: "102"}, slip, "")
	s.Must(err)
	s.confirms("1", slip)
	s.cut("1", 1, 10)
	s.toPutBack(slip, 6, store.SlipShipped)
	s.orderState("1", store.Shipped)
	s.Levels("TEA-500", 0, 0)
	s.Whole(open)
}

// Two orders share a parcel, and one is cancelled: the other gets its own, and no more.
func stoppedMate(t *testing.T, open Opener) {
	s, slip := oneParcel(t, open)
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.picked("101", slip, "B-07-01", Cup)
	s.cut("2", 1, 3)
	s.orderState("2", store.Cancelled)
	s.toPutBack(slip, 3, store.SlipPicked)
	s.intoCarton(slip, 6, Tea, "")
	s.intoCarton(slip, 2, Cup, "")
	s.confirms("1", slip)
	s.orderState("1", store.Shipped)
	s.orderState("2", store.Cancelled)
	if n := s.order("2").Lines[0].Shipped; n != 0 {
		t.Errorf("%d of the cancelled order have left", n)
	}
	s.Whole(open)
}

// Two orders share a line of which four are picked, all booked for the first, which is
// cancelled: they are the second's, but for one.
func stoppedSharer(t *testing.T, open Opener) {
	s, slip := oneParcel(t, open)
	s.holds("101", slip)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 4, Tea, "")
	s.cut("1", 1, 6)
	s.cut("1", 2, 2)
	s.orderState("1", store.Cancelled)
	s.toPutBack(slip, 1, store.SlipPicked)
	if l := s.order("2").Lines[0]; l.Used != 3 || l.Want != 3 {
		t.Errorf("of order 2 %d of %d are picked", l.Used, l.Want)
	}
	s.Levels("TEA-500", 16, 0)
	s.intoCarton(slip, 3, Tea, "")
	s.confirms("1", slip)
	s.orderState("2", store.Shipped)
	var now outbound.PuttingBack
	s.back(&now, 1, "tote:T-"+string(slip), "")
	s.back(&now, 1, "bin:A-01-01", "")
	s.back(&now, 1, Tea, "")
	s.Levels("TEA-500", 17, 0)
	s.Whole(open)
}

// crossing has a picker with four of ten in the tote, and a customer who cancels the other six;
// the picker, who has not heard, says that those are short.
func crossing(t *testing.T, open Opener, next ...store.PickTask) (*Site, store.SlipID) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("A-01-03", "TEA-500", 9),
		Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 4, Tea, "")
	task, line := s.look(slip).Task, s.look(slip).Line
	s.cut("1", 1, 6)
	e := store.ItemShorted{Slip: slip, Task: task.ID, Line: 1, Item: "TEA-500", From: task.From,
		N: 6, Reason: "not_found", Next: next, Missing: []store.Loss{{Batch: store.Batch{
			Item: "TEA-500"}, N: 6}}, Disc: store.Discrepancy{ID: "d1", Of: store.ShortPick,
			Slip: slip, Place: task.From, Item: "TEA-500", N: 6, At: 1}, At: 1}
	if len(next) == 0 {
		e.Lost = line.Share(6)
	}
	s.Record(e)
	s.Plan()
	return s, slip
}

// The order is not owed again what was cancelled, and what was picked of it goes out.
func shortCrossesStop(t *testing.T, open Opener) {
	s, slip := crossing(t, open)
	s.toPutBack(slip, 0, store.SlipPicked)
	if all := s.live("1"); len(all) != 1 {
		t.Errorf("4 are wanted and picked, and the order has the slips %v", all)
	}
	if l := s.order("1").Lines[0]; l.Owed() != 0 || l.Free() != 0 {
		t.Errorf("%d are owed", l.Owed())
	}
	s.Levels("TEA-500", 9, 0)
	s.intoCarton(slip, 4, Tea, "")
	s.confirms("1", slip)
	s.orderState("1", store.Shipped)
	s.Whole(open)
}

// What stood in for it is asked for no more.
func shortCrossesStopElsewhere(t *testing.T, open Opener) {
	s, slip := crossing(t, open, store.PickTask{ID: "CK26030100001.1.x", Line: 1,
		From: "bin/A-01-03", Item: "TEA-500", Want: 6})
	s.toPutBack(slip, 0, store.SlipPicked)
	s.next(slip, "", 0)
	s.Levels("TEA-500", 9, 0)
	s.intoCarton(slip, 4, Tea, "")
	s.Whole(open)
}

// missed are goods of the first line of a slip that its packer does not find.
func (s *Site) missed(slip store.SlipID, tote store.Place, n store.Qty) store.GoodsMissed {
	return store.GoodsMissed{Slip: slip, Reason: "not_found", Goods: []store.MissedOne{{Line: 1,
		Batch: store.Batch{Item: "TEA-500"}, From: tote, N: n,
		For: []store.Source{{Order: "1", Line: 1, N: n}}}}, Disc: store.Discrepancy{ID: "d1",
		Of: store.PackMiss, Slip: slip, N: n, At: 1}}
}

// allWanted compares what goes out of a slip that crossed a stop, and that nothing more is owed.
func (s *Site) allWanted(open Opener, slip store.SlipID) {
	s.Helper()
	s.Plan()
	_, err := outbound.Seal(background, s.Store, store.Gesture{Operator: "102"}, slip, "")
	s.Must(err)
	s.toPutBack(slip, 0, store.SlipPacked)
	if all := s.live("1"); len(all) != 1 {
		s.Errorf("all that is wanted is packed, and the order has the slips %v", all)
	}
	if l := s.order("1").Lines[0]; l.Owed() != 0 || l.Free() != 0 {
		s.Errorf("%d are owed", l.Owed())
	}
	s.Levels("TEA-500", 9, 0)
	s.confirms("1", slip)
	s.orderState("1", store.Shipped)
	s.Whole(open)
}

// A packer with some of ten in the carton, who has not heard that the customer cancelled the
// others, misses those: they are looked for, and the order is not owed them again.
func missedCrossesStop(n store.Qty) func(*testing.T, Opener) {
	return func(t *testing.T, open Opener) {
		s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("A-01-03", "TEA-500", 9),
			Ordered("1", "TEA-500", 10))
		slip := s.only()
		s.holds("101", slip)
		s.picked("101", slip, "A-01-01", Tea)
		s.intoCarton(slip, 10-n, Tea, "")
		s.cut("1", 1, n)
		s.Record(s.missed(slip, store.InTote("T-"+string(slip)), n))
		s.allWanted(open, slip)
	}
}

// So it is where the authority had not even heard that they were picked.
func pickedAndMissedCrossStop(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("A-01-03", "TEA-500", 9),
		Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	task := s.look(slip).Task
	s.cut("1", 1, 6)
	tea, box := store.Batch{Item: "TEA-500"}, store.CartonID(string(slip)+"-1-S1")
	s.Record(store.ItemPicked{Slip: slip, Task: task.ID, Line: 1, Batch: tea, From: task.From,
		To: "tote/T-1", N: 10, For: []store.Source{{Order: "1", Line: 1, N: 10}}, At: 1},
		store.ItemPacked{Slip: slip, Line: 1, Carton: box, Batch: tea, From: "tote/T-1", N: 4,
			Opens: &store.Carton{ID: box, Slip: slip, N: 1}},
		s.missed(slip, "tote/T-1", 6))
	s.allWanted(open, slip)
}

// Two orders share a line, one is cancelled, and a picker who has not heard takes half and is
// short of the rest: that half goes back, and the other order is owed its own.
func shortOfTwoCrossesStop(t *testing.T, open Opener) {
	s, slip := oneParcel(t, open)
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	task, line := s.look(slip).Task, s.look(slip).Line
	s.cut("1", 1, 6)
	s.Record(store.ItemPicked{Slip: slip, Task: task.ID, Line: task.Line,
		Batch: store.Batch{Item: "TEA-500"}, From: task.From, To: "tote/T-1", N: 6,
		For: line.Share(6), At: 1})
	line.Picked = 6
	s.Record(store.ItemShorted{Slip: slip, Task: task.ID, Line: task.Line, Item: "TEA-500",
		From: task.From, N: 3, Reason: "not_found", Lost: line.Share(3),
		Missing: []store.Loss{{Batch: store.Batch{Item: "TEA-500"}, N: 3}},
		Disc: store.Discrepancy{ID: "d1", Of: store.ShortPick, Slip: slip, Place: task.From,
			Item: "TEA-500", N: 3, At: 1}, At: 1})
	s.Plan()
	s.toPutBack(slip, 6, s.look(slip).State())
	if l := s.order("2").Lines[0]; l.Used != 0 || len(s.live("2")) != 2 {
		t.Errorf("of order 2 %d are picked; it has the slips %v", l.Used, s.live("2"))
	}
	s.Whole(open)
}

// What was picked behind a stop was put back; then more of the order is cut.
func stoppedTwice(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 10))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 6, Tea, "")
	task, line := s.look(slip).Task, s.look(slip).Line
	s.cut("1", 1, 4)
	s.Record(store.ItemPicked{Slip: slip, Task: task.ID, Line: 1, Batch: store.Batch{
		Item: "TEA-500"}, From: task.From, To: store.InTote("T-1"), N: 4, For: line.Share(4)})
	now := outbound.PuttingBack{From: store.InTote("T-1"), At: "bin/A-01-01"}
	s.back(&now, 4, Tea, "")
	s.cut("1", 1, 2)
	s.back(&now, 2, Tea, "")
	s.Levels("TEA-500", 6, 0)
	if l := s.order("1").Lines[0]; l.Used != 4 || l.Want != 4 {
		t.Errorf("%d of %d are picked", l.Used, l.Want)
	}
	s.Whole(open)
}

// The customer moves once all is picked: the goods are to be put back, and are picked anew for
// the new address from what else there is.
func changedAfterPick(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 4), Has("A-01-03", "TEA-500", 5),
		Ordered("1", "TEA-500", 4))
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.Must(order.Request(background, s.Store, boss, "1",
		order.Edit{Field: "carrier", Text: "ZTO"}))
	s.Must(order.MakeChange(background, s.Store, boss, "1", 1, "customer"))
	s.toPutBack(slip, 4, store.SlipStopped)
	s.orderState("1", store.Released)
	again := s.live("1")
	if len(again) != 1 || again[0] == slip {
		t.Fatalf("the order has the slips %v", again)
	}
	s.next(again[0], "A-01-03", 4)
	s.Levels("TEA-500", 5, 4)
	s.Whole(open)
}

func remarkedAfterPick(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 4), Has("A-01-03", "TEA-500", 5),
		Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	for n, e := range []order.Edit{{Field: "seller_remark", Text: "轻放"},
		{Field: "line", Line: 1, N: 7}} {
		s.Must(order.Request(background, s.Store, boss, "1", e))
		s.Must(order.MakeChange(background, s.Store, boss, "1", int64(n+1), "customer"))
	}
	s.toPutBack(slip, 0, store.SlipPicking)
	s.Levels("TEA-500", 5, 3)
	if n := len(s.live("1")); n != 2 {
		t.Errorf("one more piece is on %d slips", n)
	}
	s.Whole(open)
}

// A supervisor stops a slip at the picker's hand: the order waits, and what was picked is
// promised to nobody before it is back.
func takenBackBegun(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 6), Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.holds("101", slip)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 4, Tea, "")
	by := boss
	if got := s.Code(order.Withdraw(background, s.Store, by, slip,
		"customer")); got != store.AskIntercept {
		t.Errorf("a begun slip is taken back with %q", got)
	}
	by.Yes = true
	s.Must(order.Withdraw(background, s.Store, by, slip, "customer"))
	s.toPutBack(slip, 4, store.SlipStopped)
	s.orderState("1", store.LockedOrder)
	s.Levels("TEA-500", 2, 2)
	var now outbound.PuttingBack
	s.back(&now, 1, "tote:T-"+string(slip), "")
	s.back(&now, 1, "bin:A-01-01", "")
	s.back(&now, 4, Tea, "")
	s.Plan()
	s.Levels("TEA-500", 6, 6)
	s.Must(order.Unlock(background, s.Store, boss, "1"))
	if n := s.look(s.live("1")[0]).Sums.Want; n != 6 {
		t.Errorf("the new slip asks for %d of 6", n)
	}
	s.Whole(open)
}

// What is to be put back is not in the tote: it is looked for, and nobody is short of it.
func stoppedAndMissing(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 6), Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.holds("101", slip)
	s.picked("101", slip, "A-01-01", Tea)
	s.cut("1", 1, 6)
	rows, err := outbound.PutBacks(background, s.Store)
	s.Must(err)
	out, err := outbound.PutBackMissed(background, s.Store, store.Gesture{Operator: "101"},
		rows[0], store.Batch{}, "not_found")
	s.Must(err)
	if len(out.Rows) != 0 || out.N != 6 {
		t.Errorf("%d are looked for, and %v is left", out.N, out.Rows)
	}
	s.Stock(store.AtMissing, "TEA-500", 6)
	s.Levels("TEA-500", 0, 0)
	s.toPutBack(slip, 0, store.SlipWithdrawn)
	s.Whole(open)
}

// Phones go back, and one of them is not there: which, is said, and not the first that the book
// has; a label tells the others apart.
func stoppedAndOneMissing(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "PHONE", 1, "", "S1"), Has("A-01-01", "PHONE", 1, "", "S2"),
		Ordered("1", "PHONE", 2))
	slip := s.only()
	s.holds("101", slip)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 1, "PHONE||S1", "")
	s.scan("101", slip, 1, "PHONE||S2", "")
	s.cut("1", 1, 2)
	rows, err := outbound.PutBacks(background, s.Store)
	s.Must(err)
	of, err := outbound.BatchesDue(background, s.Store, rows[0])
	s.Must(err)
	miss := func(of store.Batch, want store.Code) {
		t.Helper()
		_, err := outbound.PutBackMissed(background, s.Store, store.Gesture{Operator: "101"},
			rows[0], of, "not_found")
		if got := s.Code(err); got != want {
			t.Errorf("missed %v: %q, not %q", of, got, want)
		}
	}
	miss(store.Batch{}, store.SerialNeeded)
	miss(store.Batch{Item: "PHONE", Serial: "S9"}, store.NotThere)
	miss(of[1].Batch, "")
	if at := Read(s, func(r *store.Reader) ([]store.Balance, error) {
		return r.SerialAt("PHONE", "S2")
	}); len(at) != 1 || at[0].Place != store.AtMissing {
		t.Errorf("the second phone is at %v", at)
	}
	var now outbound.PuttingBack
	s.back(&now, 0, "slip:"+string(slip), "")
	s.back(&now, 0, "bin:A-01-01", "")
	s.back(&now, 0, "PHONE||S2", store.NotThere)
	s.back(&now, 0, "PHONE||S1", "")
	s.toPutBack(slip, 0, store.SlipWithdrawn)
	s.Whole(open)
}

// Two customers' milk lies in one tote, of a lot each, and one of them cancels: the other's does
// not go back for it, whichever label is scanned.
func stoppedBesideAnother(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 2, "L1", "", "2027-01-01"),
		Has("A-01-01", "MILK", 2, "L2", "", "2027-02-01"), Ordered("1", "MILK", 2),
		Ordered("2", "MILK", 2), store.SettingSet{Name: store.SharedTote, Value: "any"})
	slips := s.slipsOf("1", "2")
	for i, slip := range slips {
		s.take("101", slip, "T-1")
		s.scan("101", slip, 0, "bin:A-01-01", "")
		s.scan("101", slip, 2, "MILK|"+[]string{"L1", "L2"}[i], "")
	}
	s.cut("2", 1, 2)
	var now outbound.PuttingBack
	s.back(&now, 0, "tote:T-1", "")
	s.back(&now, 0, "bin:A-01-01", "")
	if s.back(&now, 0, "MILK", ""); now.Needs != store.LotNeeded {
		t.Errorf("a label without a lot needs %q", now.Needs)
	}
	s.back(&now, 0, "MILK|L1", store.NotThere)
	s.back(&now, 2, "MILK|L2", "")
	s.toPutBack(slips[1], 0, store.SlipWithdrawn)
	s.pack(slips[0], "MILK|L1", "")
	s.pack(slips[0], "MILK|L1", "")
	s.Whole(open)
}

// A station without a line picks on after the order was cancelled: its goods are to be put
// back too, and then the order holds nothing.
func pickedAfterStop(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 6), Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.holds("101", slip)
	task := s.look(slip).Task
	line := s.look(slip).Line
	s.cut("1", 1, 6)
	s.Record(store.ItemPicked{Slip: slip, Task: task.ID, Line: 1, Batch: store.Batch{
		Item: "TEA-500"}, From: task.From, To: store.InTote("T-" + string(slip)), N: 5,
		For: line.Share(5)})
	s.toPutBack(slip, 5, store.SlipStopped)
	var now outbound.PuttingBack
	s.back(&now, 1, "slip:"+string(slip), "")
	s.back(&now, 1, "bin:A-01-01", "")
	s.back(&now, 5, Tea, "")
	s.Levels("TEA-500", 6, 0)
	if l := s.order("1").Lines[0]; l.Used != 0 || l.Want != 0 {
		t.Errorf("the cancelled order has %d of %d picked", l.Used, l.Want)
	}
	s.Whole(open)
}
