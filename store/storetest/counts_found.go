package storetest

import (
	"fmt"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/store/stocktake"
)

// missing has a picker say that what the only slip takes out of A-01-01 is not there; it gives
// the discrepancy.
func (s *Site) missing() store.DiscID {
	s.Helper()
	slip := s.atBin("101")
	_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	open := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(open) != 1 {
		s.Fatalf("open: %+v", open)
	}
	return open[0].ID
}

// resolved ends a discrepancy, or is refused.
func (s *Site) resolved(by store.OperatorID, in stocktake.Resolving, want store.Code) {
	s.Helper()
	in.Cause = "lost"
	err := stocktake.Resolve(background, s.Store, s.By(by, ""), in)
	if got := s.Code(err); got != want {
		s.Errorf("resolved by %s: %q, not %q", by, got, want)
	}
}

// end is what became of a discrepancy.
func (s *Site) end(id store.DiscID) store.DiscEnd {
	s.Helper()
	return Read(s, func(r *store.Reader) (store.DiscEnd, error) {
		_, end, err := r.Discrepancy(id)
		return end.As, err
	})
}

// Given a bin of which twenty are missing and whose count brought seventeen back, whoever then
// says that they were found puts three more into it.
func foundBehindACount(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
	disc := s.missing()
	s.Must(stocktake.Onward(background, s.Store))
	s.approve("900", s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 17, Tea, "") }), "")
	s.Stock("bin/A-01-01", "TEA-500", 17)
	s.Stock(store.AtMissing, "TEA-500", 20)
	s.resolved("901", stocktake.Resolving{Disc: disc, As: store.DiscFound}, "")
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.Stock(store.AtMissing, "TEA-500", 0)
	s.Whole(open)
}

// Given goods that were missed in a carton, or in two totes, whoever finds them says in which bin
// they lie.
func foundElsewhere(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.Record(store.GoodsMissed{Slip: slip, Disc: store.Discrepancy{ID: "d1", Of: store.PackMiss,
		Slip: slip, Place: "tote/T-1", Item: "TEA-500", N: 2, At: s.Clock.Now().UnixMilli()},
		Goods: []store.MissedOne{{Line: 1, Batch: store.Batch{Item: "TEA-500"}, From: "tote/T-1",
			N: 2}}})
	found := stocktake.Resolving{Disc: "d1", As: store.DiscFound}
	s.resolved("900", found, store.WrongPlace)
	found.To = "bin/NOWHERE"
	s.resolved("900", found, store.NotFound)
	found.To = "bin/A-01-02"
	s.resolved("900", found, "")
	s.Stock("bin/A-01-02", "TEA-500", 2)
	s.Record(store.GoodsMissed{Slip: slip, Disc: store.Discrepancy{ID: "d2", Of: store.PackMiss,
		Slip: slip, N: 3, At: s.Clock.Now().UnixMilli()}, Goods: []store.MissedOne{
		{Line: 1, Batch: store.Batch{Item: "TEA-500"}, From: "tote/T-1", N: 1},
		{Line: 1, Batch: store.Batch{Item: "TEA-500"}, From: "tote/T-2", N: 2}}})
	s.resolved("900", stocktake.Resolving{Disc: "d2", As: store.DiscFound, To: "bin/A-01-02"}, "")
	s.Stock("bin/A-01-02", "TEA-500", 5)
}

// Given goods worth more than one may decide on, two write them off; the cause is kept.
func writtenOffByTwo(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Two: 3, Active: true}})
	off := stocktake.Resolving{Disc: s.missing(), As: store.DiscWrittenOff}
	s.resolved("900", off, "")
	s.Stock(store.AtMissing, "TEA-500", 20)
	s.resolved("900", off, store.ApprovedOne)
	s.resolved("901", off, "")
	s.Stock(store.AtMissing, "TEA-500", 0)
	end := Read(s, func(r *store.Reader) (store.DiscResolved, error) {
		_, end, err := r.Discrepancy(off.Disc)
		return end, err
	})
	if end.Cause != "lost" || end.As != store.DiscWrittenOff {
		t.Errorf("it ended as %+v", end)
	}
}

// Given two who approve, whoever approved a count and then made one is none of them.
func approversDoNotCount(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Two: 1, Active: true}})
	first := s.counted("301", "A-01-01", 15, Tea).ID
	second := s.counted("302", "A-01-01", 15, Tea).ID
	s.approve("900", first, "")
	s.Must(stocktake.CountAgain(background, s.Store, s.By("901", ""), stocktake.Refused{
		First: first, Note: "once more"}))
	s.counted("900", "A-01-01", 15, Tea)
	s.Must(stocktake.Approve(background, s.Store, s.By("901", ""), stocktake.Approval{
		First: first, Count: second, Cause: "lost"}))
	s.variance(first, store.VarianceApproval)
	s.Stock("bin/A-01-01", "TEA-500", 20)
}

// Given codes that nobody knew, each is matched once: to an item that is told apart by its
// expiry, to no serial that was counted, and to no two items.
func matchedOnce(t *testing.T, open Opener) {
	cake := store.Item{SKU: "CAKE", Name: "cake", Active: true, Expiries: true}
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "PHONE", 1, "", "x1"),
		store.ItemSaved{Item: cake})
	seen := func(bin string, n store.Qty, code string, of store.Qty) store.CountID {
		return s.bothSee(bin, func(c stocktake.Opened) {
			s.see(c, n, code, "")
			s.seeUnknown(c, of, "WHAT")
		})
	}
	phones := seen("A-01-02", 1, "PHONE||x1", 1)
	s.approveAs("900", phones, "WHAT", store.Batch{Item: "PHONE", Serial: "x1"}, store.SerialTwice)
	first := seen("A-01-01", 20, Tea, 2)
	known := func(codes ...store.Batch) (in stocktake.Approval) {
		in = stocktake.Approval{First: first, Cause: "lost"}
		for _, b := range codes {
			in.Known = append(in.Known, stocktake.KnownCode{Code: "WHAT", Item: b})
		}
		return in
	}
	tea, dated := store.Batch{Item: "TEA-500"}, store.Batch{Item: "CAKE",
		Lot: store.LotOfExpiry(20270101)}
	for _, c := range []struct {
		in   stocktake.Approval
		want store.Code
	}{{known(tea, tea), store.NotFound}, {known(store.Batch{Item: "CAKE"}), store.ExpiryNeeded},
		{known(store.Batch{Item: "CAKE", Lot: dated.Lot, Serial: "none"}), ""}} {
		err := stocktake.Approve(background, s.Store, s.By("900", ""), c.in)
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q, not %q", c.in.Known, got, c.want)
		}
	}
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.Stock("bin/A-01-01", "CAKE", 2)
}

// Given two pieces of a code, they are no one serial, and what the count of one item met is
// nothing else.
func matchedToWhatFits(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "TEA-500"}, "")
	c := s.begin("301", "A-01-01", "")
	s.see(c, 20, Tea, "")
	s.seeUnknown(c, 2, "WHAT")
	s.done(c)
	whole := s.begin("301", "A-01-02", "")
	s.seeUnknown(whole, 2, "WHAT")
	s.done(whole)
	for _, m := range []struct {
		in   store.CountID
		code string
		is   string
		want store.Code
	}{{c.ID, "WHAT", Cup, store.WrongItem}, {whole.ID, "WHAT", "PHONE||i1", store.BadQuantity},
		{whole.ID, "ELSE", Cup, store.NotFound}, {c.ID, "WHAT", Tea, ""}} {
		_, _, err := stocktake.Match(background, s.Store, s.By("900", m.is), m.in, m.code)
		if got := s.Code(err); got != m.want {
			t.Errorf("%s as %s: %q, not %q", m.code, m.is, got, m.want)
		}
	}
}

// Given pieces that a picker takes before anybody counted them, they are not missing: C40.
func pickedUncounted(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 5))
	slip := s.atBin("101")
	c := s.begin("301", "A-01-01", "")
	s.see(c, 15, Tea, "")
	s.scan("101", slip, 5, Tea, "")
	s.done(c)
	s.variance(c.ID, store.VarianceNone)
	s.Stock("bin/A-01-01", "TEA-500", 15)
}

// Given pieces that a picker takes behind the counter's back, and others that come, those who
// were counted before they went are no surplus.
func countedAndGone(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 4))
	slip := s.atBin("101")
	c := s.begin("301", "A-01-01", "")
	s.see(c, 4, Tea, "")
	s.scan("101", slip, 4, Tea, "") // of those
	s.Record(shelvedTea(s, 3))
	s.see(c, 8, Tea, "")
	s.done(c)
	s.variance(c.ID, store.VarianceNone)
	s.Stock("bin/A-01-01", "TEA-500", 8)
}

// Given two counts of one bin, each of an item, approving one leaves the other to be approved;
// writing off what is missed there does too.
func itemsApprovedApart(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5))
	for i, sku := range []store.SKU{"TEA-500", "CUP-02"} {
		s.Record(store.DiscrepancyOpened{Discrepancy: store.Discrepancy{
			ID: store.DiscID(fmt.Sprint("d", i)), Of: store.ZeroCheck, Place: "bin/A-01-01",
			Item: sku, N: 1, At: s.Clock.Now().UnixMilli()}})
	}
	s.Must(stocktake.Onward(background, s.Store))
	var firsts []store.CountID
	for range 2 {
		firsts = append(firsts, s.bothSee("A-01-01", func(c stocktake.Opened) {
			if c.Item == "TEA-500" {
				s.see(c, 18, Tea, "")
			} else {
				s.see(c, 4, Cup, "")
			}
		}))
	}
	for _, first := range firsts {
		s.approve("900", first, "")
	}
	s.Stock("bin/A-01-01", "TEA-500", 18)
	s.Stock("bin/A-01-01", "CUP-02", 4)
}

// Given a bin where one item is to be counted, others of it and all of it are still planned;
// and one of five too many and five too few is not empty.
func plannedBeside(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5),
		Has("A-01-02", "TEA-500", 5), Has("A-01-02", "CUP-02", -5))
	s.plan(stocktake.Wish{Why: store.CountDue, Days: 1, Zone: "A", Most: 9}, "")
	if got := s.tasksDue(); len(got) != 2 {
		t.Errorf("due: %+v", got)
	}
	for _, d := range s.tasksDue() {
		s.Must(stocktake.Drop(background, s.Store, s.By("900", ""), d.ID, "not today"))
	}
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "CUP-02"}, "")
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "TEA-500"}, "")
	s.plan(stocktake.Wish{Why: store.CountBin, Place: "bin/A-01-01"}, "")
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "TEA-500"}, store.NothingToDo)
}

// Given a bin that somebody counted, or counts, nobody takes it off the list.
func droppedTooLate(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	s.plan(stocktake.Wish{Why: store.CountBin, Place: "bin/A-01-01"}, "")
	task := s.tasksDue()[0].ID
	drop := func(want store.Code) {
		t.Helper()
		err := stocktake.Drop(background, s.Store, s.By("900", ""), task, "no")
		if got := s.Code(err); got != want {
			t.Errorf("dropped: %q, not %q", got, want)
		}
	}
	c := s.begin("301", "A-01-01", "")
	drop(store.CountTaken)
	s.see(c, 20, Tea, "")
	s.done(c)
	drop(store.Stale)
}

// Given a bin of more serials than a fact has room for, who counts all of them ends it.
func manySerialsCounted(t *testing.T, open Opener) {
	var there []store.Event
	for i := range 305 {
		there = append(there, Has("A-01-02", "PHONE", 1, "", fmt.Sprint("p", i)))
	}
	s := counting(t, open, there...)
	c := s.begin("301", "A-01-02", "")
	for i := range 305 {
		s.see(c, 1, fmt.Sprint("PHONE||p", i), "")
	}
	s.done(c)
	s.variance(c.ID, store.VarianceNone)
}

// Given a bin that is counted while the site freezes such, no pick and nothing that was put
// there is taken back.
func frozenUndo(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 5))
	s.Record(store.SettingSet{Name: store.CountBusyBy, Value: "freeze"})
	slip := s.atBin("101")
	s.scan("101", slip, 2, Tea, "")
	s.begin("301", "A-01-01", "")
	_, err := outbound.Unpick(background, s.Store, s.By("101", ""), slip, "")
	if got := s.Code(err); got != store.BinFrozen {
		t.Errorf("taken back: %q", got)
	}
	s.Stock("bin/A-01-01", "TEA-500", 18)
}

// Given a person who began a bin at another station, they begin it anew with a yes, and not
// before.
func countedAnewElsewhere(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20))
	c := s.begin("101", "A-01-01", "")
	s.see(c, 12, Tea, "")
	meet(hub, s)
	meet(hub, there)
	there.begin("101", "A-01-01", store.CountElse)
	by := there.By("101", "A-01-01")
	by.Yes = true
	_, err := stocktake.Begin(background, there.Store, by)
	there.Must(err)
	meet(hub, there)
	meet(hub, s)
	s.see(c, 0, Tea, store.Stale)
}

// Given a count that nobody has ruled on yet, whoever may recount does not look the book up,
// nor what the other counted by their badge.
func blindUntilRuled(t *testing.T, open Opener) {
	hub, s, _ := enrolled(t, open, Has("A-01-01", "TEA-500", 20))
	s.counted("101", "A-01-01", 18, Tea)
	who := Read(s, func(r *store.Reader) (store.Operator, error) { return r.Operator("102") })
	looks := func(code string) report.Card {
		f := Read(s, func(r *store.Reader) ([]store.Found, error) {
			return r.Meanings(s.By("102", code).Mark)
		})
		c, err := report.Look(background, s.Store, f[0], who)
		s.Must(err)
		return c
	}
	blind := func(when string) {
		t.Helper()
		if c := looks("bin:A-01-01"); len(c.Stock) > 0 || !c.Blind {
			t.Errorf("%s the bin's card shows %+v", when, c.Stock)
		}
		for _, e := range looks("badge:101").Trail {
			if e.Kind == (store.ItemCounted{}).Kind() || e.Kind == (store.CountDone{}).Kind() {
				t.Errorf("%s the badge's card shows %s", when, e.Body)
			}
		}
	}
	blind("before it is ruled on")
	meet(hub, s)
	hub.Plan()
	meet(hub, s)
	blind("before it is counted again")
}

// Given a recount of two stations that did not hear of each other, none is left to be made
// when two agree.
func recountedByTwo(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20), store.OperatorSaved{
		Operator: store.Operator{ID: "303", Name: "third", Active: true, Roles: "counter"}})
	first := s.atHub(hub, "101", 18)
	meet(hub, there)
	s.counted("102", "A-01-01", 17, Tea)
	there.counted("303", "A-01-01", 18, Tea)
	meet(hub, s)
	hub.Plan()
	meet(hub, there)
	hub.Plan()
	hub.variance(first, store.VarianceApproval)
	if due := hub.tasksDue(); len(due) > 0 {
		t.Errorf("still due: %+v", due)
	}
	hub.approve("901", first, "")
}

// Given a bin that two began to count while neither heard of the other, each goes on.
func twoBeganApart(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20))
	meet(hub, there)
	c := s.begin("101", "A-01-01", "")
	s.see(c, 10, Tea, "")
	there.Clock.Wait(time.Second)
	there.begin("102", "A-01-01", "")
	meet(hub, there)
	meet(hub, s)
	s.see(c, 10, Tea, "")
	s.Must(stocktake.Leave(background, s.Store, s.By("101", ""), c.ID))
}

// Given a site that lets two pieces go, what is missing by no more settles itself, and three
// wait for a supervisor; what a count is to find waits for that.
func smallSettles(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		store.SettingSet{Name: store.SmallPieces, Value: "2"},
		store.SettingSet{Name: store.SmallWorth, Value: "2"})
	slip := s.only()
	missed := func(id store.DiscID, n store.Qty) {
		s.Record(store.GoodsMissed{Slip: slip, Disc: store.Discrepancy{ID: id,
			Of: store.PackMiss, Slip: slip, Place: "tote/T-1", Item: "TEA-500", N: n, At: 1},
			Goods: []store.MissedOne{{Line: 1, Batch: store.Batch{Item: "TEA-500"},
				From: "tote/T-1", N: n}}})
	}
	waits := s.missing()
	missed("d1", 2)
	missed("d2", 3)
	s.Plan()
	ends := func(id store.DiscID, want store.DiscEnd) {
		t.Helper()
		if end := s.end(id); end != want {
			t.Errorf("%s ends %q, not %q", id, end, want)
		}
	}
	ends("d1", store.DiscWrittenOff)
	ends("d2", "")
	ends(waits, "")
	s.approve("900", s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 18, Tea, "") }), "")
	s.Plan()
	ends(waits, store.DiscWrittenOff)
	s.Stock("bin/A-01-01", "TEA-500", 18)
	s.Stock(store.AtMissing, "TEA-500", 3)
}

// Given two who missed three in one bin, and a count that finds one of the six, the first loss
// is small enough to settle itself, and the second waits: nothing of it was found.
func lossFoundOnce(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		Ordered("2", "TEA-500", 3), store.SettingSet{Name: store.SmallPieces, Value: "2"})
	for _, id := range []store.OrderID{"1", "2"} {
		slip := s.slipsOf(id)[0]
		s.take("101", slip, "T-"+string(id))
		s.scan("101", slip, 0, "A-01-01", "")
		_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
			outbound.See(s.Slip(slip)), "not_found")
		s.Must(err)
	}
	s.Plan()
	s.approve("900", s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 15, Tea, "") }), "")
	s.Plan()
	left := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(left) != 1 || left[0].N != 3 {
		t.Errorf("%+v wait", left)
	}
	s.Stock("bin/A-01-01", "TEA-500", 15)
	s.Stock(store.AtMissing, "TEA-500", 3)
}

// Given a picker at a bin who sees three too many there, and a cup that does not belong, a
// supervisor hears of both, nothing is booked, and the count that is asked for brings them in.
func surplusCounted(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
	slip := s.only()
	s.take("101", slip, "T-1")
	found := func(code string, n store.Qty, want store.Code) {
		t.Helper()
		by := store.Gesture{Operator: "101"}
		if code != "" {
			by.Mark = s.By("101", code).Mark
		}
		_, err := outbound.Surplus(background, s.Store, by, slip, outbound.See(s.look(slip)), n)
		if got := s.Code(err); got != want {
			t.Errorf("%d of %q too many: %q, not %q", n, code, got, want)
		}
	}
	found("", 3, store.BinFirst)
	s.scan("101", slip, 0, "A-01-01", "")
	found("", 0, store.BadQuantity)
	found("bin:A-01-02", 1, store.WrongKind)
	found("", 3, "")
	s.Stock("bin/A-01-01", "TEA-500", 20)
	waits := func(item store.SKU, n store.Qty) store.DiscID {
		t.Helper()
		all := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
			return r.DiscrepanciesOpen(9)
		})
		if len(all) != 1 || all[0].Of != store.Surplus || all[0].Item != item || all[0].N != n {
			t.Fatalf("%+v wait", all)
		}
		return all[0].ID
	}
	tea := waits("TEA-500", 3)
	s.picked("101", slip, "A-01-01", Tea)
	s.Plan()
	s.approve("900", s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 20, Tea, "") }), "")
	s.Plan()
	s.Stock("bin/A-01-01", "TEA-500", 20)
	if end := s.end(tea); end != store.DiscClosed {
		t.Errorf("it ends %q", end)
	}
	s.Record(Ordered("2", "TEA-500", 1))
	s.Plan()
	slip = s.slipsOf("2")[0]
	s.take("101", slip, "T-2")
	s.scan("101", slip, 0, "A-01-01", "")
	found(Cup, 1, "")
	waits("CUP-02", 1)
	s.Whole(open)
}
