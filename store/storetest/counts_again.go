package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/store/returns"
	"scanbay/store/stocktake"
)

// bothSee has two people count a bin alike, each by a look of their own; it gives the first
// count.
func (s *Site) bothSee(bin string, look func(stocktake.Opened)) (first store.CountID) {
	s.Helper()
	for _, who := range []store.OperatorID{"301", "302"} {
		c := s.begin(who, bin, "")
		if first == "" {
			first = c.ID
		}
		look(c)
		s.done(c)
	}
	return first
}

// tasksDue is what is to be counted.
func (s *Site) tasksDue() []store.DueCount {
	s.Helper()
	return Read(s, func(r *store.Reader) ([]store.DueCount, error) { return r.CountsDue(9) })
}

// Given a lot that nobody knew, a count that brings it into the book tells when it expires;
// of a lot that is known, what a label says in a count changes nothing.
func countedLots(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-02", "TEA-500", 20),
		Has("A-01-03", "MILK", 24, "L1", "", "2026-02-20"))
	first := s.bothSee("A-01-02", func(c stocktake.Opened) {
		s.see(c, 20, Tea, "")
		s.see(c, 5, "MILK|L9||20260101", "")
	})
	s.approve("900", first, "")
	s.variance(s.bothSee("A-01-03", func(c stocktake.Opened) {
		s.see(c, 24, "MILK|L1||20290101", "")
	}), store.VarianceNone)
	for lot, want := range map[store.Lot]store.Date{"L9": 20260101, "L1": 20260220} {
		got := Read(s, func(r *store.Reader) (store.LotSeen, error) {
			return r.LotSeen("MILK", lot)
		})
		if got.Expires != want {
			t.Errorf("%s expires on %s, not %s", lot, got.Expires, want)
		}
	}
	held := Read(s, func(r *store.Reader) ([]store.Balance, error) {
		return r.Contents(store.InBin("A-01-02"))
	})
	if len(held) != 2 || held[0].N != 5 || held[0].Expires != 20260101 {
		t.Errorf("the bin has %+v", held)
	}
}

// Given a bin that is being counted where the site freezes such, nobody says that it is out
// of stock until the count ends.
func frozenBins(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 2))
	s.Record(store.SettingSet{Name: store.CountBusyBy, Value: "freeze"})
	slip := s.atBin("101")
	short := func() store.Code {
		_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
			outbound.See(s.Slip(slip)), "not_found")
		return s.Code(err)
	}
	c := s.begin("301", "A-01-01", "")
	if got := short(); got != store.BinFrozen {
		t.Errorf("a frozen bin is said to be out of stock: %q", got)
	}
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.Must(stocktake.Leave(background, s.Store, s.By("301", ""), c.ID))
	if got := short(); got != "" {
		t.Errorf("a bin that nobody counts: %q", got)
	}
}

// Given such a bin, goods that came back are not put into it, whether it was reached before
// or not.
func frozenShelves(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 3),
		store.SettingSet{Name: store.CountBusyBy, Value: "freeze"})
	s.grade(s.receive(s.opened("P-1").Case, 2, Tea, "").Opened.Case.RMA, 2, Tea, "sealed", "R-1",
		"")
	tote := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	there := s.shelve(tote, 0, "bin:A-01-02", "")
	c := s.begin("900", "bin:A-01-02", "")
	s.shelve(tote, 0, "bin:A-01-02", store.BinFrozen)
	s.shelve(there, 0, Tea, store.BinFrozen)
	s.Stock("bin/A-01-02", "TEA-500", 6)
	s.done(c)
	s.shelve(there, 0, Tea, "")
}

// Given a bin of two items of which one differs, and one of which all is right, three of four
// lines were right, and one bin of two.
func linesCounted(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5),
		Has("A-01-02", "TEA-500", 3), Has("A-01-02", "CUP-02", 3))
	first := s.bothSee("A-01-01", func(c stocktake.Opened) {
		s.see(c, 20, Tea, "")
		s.see(c, 4, Cup, "")
	})
	s.approve("900", first, "")
	c := s.begin("301", "A-01-02", "")
	s.see(c, 3, Tea, "")
	s.see(c, 3, Cup, "")
	s.done(c)
	_, _, all, err := report.Accuracy(background, s.Store, report.Span{})
	s.Must(err)
	want := report.AccuracyRow{Bins: 2, BinsRight: 1, Lines: 4, LinesRight: 3}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// Given a bin of two items of which one is counted, the bin is still to be counted: it is
// planned, and does not pass for one that was counted lately.
func itemsCounted(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5))
	begun := s.Clock.Now()
	s.Record(store.CountPlanned{CountPlan: store.CountPlan{ID: "PD26010100001",
		Why: store.CountTurn, At: begun.UnixMilli()}})
	old := func() int {
		return len(Read(s, func(r *store.Reader) ([]store.OldBin, error) {
			return r.OldBins(s.Clock.Now().Add(-time.Hour).UnixMilli(), 9)
		}))
	}
	s.Clock.Wait(48 * time.Hour)
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "TEA-500"}, "")
	s.counted("301", "A-01-01", 20, Tea)
	if old() != 1 {
		t.Error("cups were never counted, but the bin passes for counted")
	}
	s.plan(stocktake.Wish{Why: store.CountDue, Days: 1}, "")
	c := s.begin("301", "A-01-01", "")
	s.see(c, 20, Tea, "")
	s.see(c, 5, Cup, "")
	s.done(c)
	s.plan(stocktake.Wish{Why: store.CountDue, Days: 1}, store.NothingToDo)
	if old() != 0 {
		t.Error("all of it was counted")
	}
}

// Given a bin whose book its count puts right, it is not to be counted because of that: once
// goods leave it, it is.
func adjustedBins(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 2),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 5, Active: true}})
	s.Clock.Wait(72 * time.Hour)
	s.variance(s.counted("301", "A-01-01", 18, Tea).ID, store.VarianceSmall)
	s.Clock.Wait(time.Minute)
	touched := stocktake.Wish{Why: store.CountTouched, Days: 1}
	s.plan(touched, store.NothingToDo)
	slip := s.atBin("101")
	s.scan("101", slip, 0, Tea, "")
	s.plan(touched, "")
}

// Given a bin that two discrepancies of one item and one of another ask to count, one count
// of all of it does and ends them all; of what asks while it goes on, it tells nothing.
func countedForAll(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5))
	asks := func(id store.DiscID, of store.DiscKind, sku store.SKU) {
		s.Record(store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: id, Of: of,
			Place: "bin/A-01-01", Item: sku, N: 1, At: s.Clock.Now().UnixMilli()}})
	}
	s.plan(stocktake.Wish{Why: store.CountBin, Place: "bin/A-01-01"}, "")
	asks("d1", store.ZeroCheck, "TEA-500")
	asks("d2", store.BelowZero, "TEA-500")
	asks("d3", store.BelowZero, "CUP-02")
	s.Must(stocktake.Onward(background, s.Store))
	if got := s.tasksDue(); len(got) != 4 {
		t.Fatalf("to be counted: %+v", got)
	}
	c := s.begin("301", "A-01-01", "")
	s.Clock.Wait(time.Minute)
	asks("d4", store.ZeroCheck, "CUP-02")
	s.Must(stocktake.Onward(background, s.Store))
	s.see(c, 20, Tea, "")
	s.see(c, 5, Cup, "")
	s.done(c)
	s.variance(c.ID, store.VarianceNone)
	s.Must(stocktake.Onward(background, s.Store))
	if got := s.tasksDue(); len(got) != 1 || got[0].Disc != "d4" {
		t.Errorf("still to be counted: %+v", got)
	}
	left := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(left) != 1 || left[0].ID != "d4" {
		t.Errorf("still open: %+v", left)
	}
}

// Given a bin of which two slips miss three pieces each, a count that finds three of them
// ends one of the two discrepancies: three are still missing.
func foundOnce(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		Ordered("2", "TEA-500", 3))
	s.Plan()
	for i, order := range []store.OrderID{"1", "2"} {
		slip := Read(s, func(r *store.Reader) ([]store.SlipID, error) {
			return r.SlipsOf(order)
		})[0]
		s.take("101", slip, []string{"T-1", "T-2"}[i])
		s.scan("101", slip, 0, "A-01-01", "")
		_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
			outbound.See(s.Slip(slip)), "damaged")
		s.Must(err)
	}
	s.Stock(store.AtMissing, "TEA-500", 6)
	s.Must(stocktake.Onward(background, s.Store))
	first := s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 17, Tea, "") })
	if got := s.tasksDue(); len(got) != 0 {
		t.Errorf("still to be counted: %+v", got)
	}
	s.approve("900", first, "")
	for range 2 {
		s.Must(stocktake.Onward(background, s.Store))
	}
	s.Stock("bin/A-01-01", "TEA-500", 17)
	s.Stock(store.AtMissing, "TEA-500", 3)
	if left := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	}); len(left) != 1 {
		t.Errorf("still open: %+v", left)
	}
}

// Given bins that are due every day, those that were counted at noon are due on the next
// morning, and on no day twice.
func dueByTheDay(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "CUP-02", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Days: 1, Active: true}})
	for day := range 2 {
		s.Must(stocktake.Onward(background, s.Store))
		if n := len(s.tasksDue()); n != 2 {
			t.Errorf("%d due on day %d", n, day)
		}
		s.counted("301", "A-01-01", 20, Tea)
		s.Clock.Wait(time.Minute)
		s.counted("301", "A-01-02", 20, Cup)
		s.plan(stocktake.Wish{Why: store.CountDue, Days: 1}, store.NothingToDo)
		s.Must(stocktake.Onward(background, s.Store))
		if got := s.tasksDue(); len(got) != 0 {
			t.Errorf("due again on day %d: %+v", day, got)
		}
		s.Clock.Wait(22 * time.Hour)
	}
}

// Given a person without the right, who asks for a class to be counted has no items classed;
// a supervisor has.
func classedBySupervisors(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	classed := func() bool {
		sold := Read(s, func(r *store.Reader) ([]store.Sold, error) { return r.SoldSince(0) })
		return len(sold) > 0 && sold[0].Class != ""
	}
	by := stocktake.Wish{Why: store.CountABC, Class: "C"}
	_, err := stocktake.Plan(background, s.Store, s.By("301", ""), by)
	if got := s.Code(err); got != store.NoRight || classed() {
		t.Errorf("asked by a counter: %q, classed: %t", got, classed())
	}
	s.plan(stocktake.Wish{Why: store.CountABC, Class: "Q"}, store.BadSetting)
	if classed() {
		t.Error("a class that is none had items classed")
	}
	s.plan(by, "")
	if !classed() {
		t.Error("a supervisor had nothing classed")
	}
}
