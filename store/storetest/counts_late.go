package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/store/stocktake"
)

// aLatePickDuringARecount: a pick that is told of while a recount waits to be ruled on has the
// bin counted once more.
func aLatePickDuringARecount(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	meet(hub, there)
	slip := there.only()
	there.take("102", slip, "T-1")
	meet(hub, s)
	there.scan("102", slip, 0, "A-01-01", "")
	there.scan("102", slip, 3, Tea, "")
	c := s.counted("101", "A-01-01", 17, Tea)
	meet(hub, s)
	hub.Plan()
	hub.variance(c.ID, store.VarianceRecount)
	meet(hub, s)
	s.counted("102", "A-01-01", 17, Tea) // recount at s
	meet(hub, s)                         // taken, not ruled yet
	meet(hub, there)
	hub.Plan()
	hub.variance(c.ID, store.VarianceRecount)
	hub.approve("901", c.ID, store.Stale)
	hub.Stock("bin/A-01-01", "TEA-500", 17)
}

// aLatePickBehindAnotherCount: a late pick of tea has the tea counted once more, though the cups
// of the bin were counted since.
func aLatePickBehindAnotherCount(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20),
		Has("A-01-01", "CUP-02", 5),
		Ordered("1", "TEA-500", 3),
		store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	meet(hub, there)
	slip := there.atBin("102")
	there.scan("102", slip, 3, Tea, "")
	for _, i := range []store.SKU{"TEA-500", "CUP-02"} {
		_, err := stocktake.Plan(background, hub.Store, boss, stocktake.Wish{
			Why: store.CountItem, Item: i})
		hub.Must(err)
		if i == "TEA-500" {
			meet(hub, s)
			c := s.counted("101", "A-01-01", 17, Tea)
			meet(hub, s)
			hub.Plan()
			meet(hub, s)
			s.counted("102", "A-01-01", 17, Tea)
			meet(hub, s)
			hub.Plan()
			meet(hub, s)
			hub.variance(c.ID, store.VarianceApproval)
			defer func() {
				hub.approve("901", c.ID, store.Stale)
				hub.Stock("bin/A-01-01", "TEA-500", 17)
			}()
			s.Clock.Wait(time.Minute)
			continue
		}
		meet(hub, s)
		c := s.counted("101", "A-01-01", 5, Cup)
		meet(hub, s)
		hub.Plan()
		hub.variance(c.ID, store.VarianceNone)
	}
	meet(hub, there)
	hub.Plan()
}

// clocksThatDiffer: two stations whose clocks differ by minutes find the same two missing. They
// are taken out of the book once.
func clocksThatDiffer(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 9, Active: true}})
	meet(hub, there)
	meet(hub, s)
	there.Clock.Wait(3 * time.Minute) // nobody finds that wrong
	s.counted("101", "A-01-01", 18, Tea)
	there.counted("102", "A-01-01", 18, Tea)
	meet(hub, s)
	meet(hub, there)
	hub.Plan()
	hub.Stock("bin/A-01-01", "TEA-500", 18)
}

// manySerialsAreNotFew: each of eight phones is little; all of them are not.
func manySerialsAreNotFew(t *testing.T, open Opener) {
	ev := []store.Event{store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 1,
		Worth: 5 * store.MoneyUnit, Active: true}}}
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		ev = append(ev, Has("A-01-02", "PHONE", 1, "", n))
	}
	s := counting(t, open, ev...)
	c := s.counted("301", "A-01-02", 0, "")
	s.variance(c.ID, store.VarianceRecount)
}

// whatNobodyCountedIsNotMatched: where tea alone is counted, no code is cups.
func whatNobodyCountedIsNotMatched(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-01", "CUP-02", 5))
	_, err := stocktake.Plan(background, s.Store, s.By("900", ""), stocktake.Wish{
		Why: store.CountItem, Item: "TEA-500"})
	s.Must(err)
	var first store.CountID
	for _, who := range []store.OperatorID{"301", "302"} {
		c := s.begin(who, "A-01-01", "")
		if first == "" {
			first = c.ID
		}
		s.see(c, 20, Tea, "")
		s.seeUnknown(c, 5, "CUP-OLD-CODE")
		s.done(c)
	}
	s.variance(first, store.VarianceApproval)
	s.approveAs("900", first, "CUP-OLD-CODE", store.Batch{Item: "CUP-02"}, store.WrongItem)
	s.Stock("bin/A-01-01", "CUP-02", 5)
}

// oneSerialIsOnePiece: five of a code are not five of one serial.
func oneSerialIsOnePiece(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	var first store.CountID
	for _, who := range []store.OperatorID{"301", "302"} {
		c := s.begin(who, "A-01-01", "")
		if first == "" {
			first = c.ID
		}
		s.see(c, 20, Tea, "")
		s.seeUnknown(c, 5, "WHAT")
		s.done(c)
	}
	s.approveAs("900", first, "WHAT", store.Batch{Item: "PHONE", Serial: "x1"}, store.BadQuantity)
	s.Stock("bin/A-01-01", "PHONE", 0)
}

// bothApproveTheSame: what a second supervisor adds, the first has to see.
func bothApproveTheSame(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Two: 3 * store.MoneyUnit,
			Active: true}})
	var first store.CountID
	for _, who := range []store.OperatorID{"301", "302"} {
		c := s.begin(who, "A-01-01", "")
		if first == "" {
			first = c.ID
		}
		s.see(c, 15, Tea, "")
		s.seeUnknown(c, 500, "WHAT")
		s.done(c)
	}
	s.approve("900", first, "") // of -5 tea alone
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.approveAs("901", first, "WHAT", store.Batch{Item: "CUP-02"}, "")
	s.Stock("bin/A-01-01", "CUP-02", 0) // the first has not seen that
	s.approveAs("900", first, "WHAT", store.Batch{Item: "CUP-02"}, "")
	s.Stock("bin/A-01-01", "CUP-02", 500)
	s.Stock("bin/A-01-01", "TEA-500", 15)
}

// aBinOfMoreThanCanBeKept: of 340 phones 300 are counted: the bin is not as its book.
func aBinOfMoreThanCanBeKept(t *testing.T, open Opener) {
	var ev []store.Event
	for i := range 340 {
		ev = append(ev, Has("A-01-02", "PHONE", 1, "", fmt.Sprint("p", i)))
	}
	s := counting(t, open, ev...)
	c := s.begin("301", "A-01-02", "")
	held := Read(s, func(r *store.Reader) ([]store.Balance, error) {
		return r.Contents("bin/A-01-02")
	})
	for i, b := range held {
		if i < 300 {
			s.see(c, 1, "PHONE||"+string(b.Serial), "")
		}
	}
	s.done(c)
	s.variance(c.ID, store.VarianceRecount)
}

// matchedPiecesAreCountedWithTheirLike: what moved and what was matched explain a bin together.
func matchedPiecesAreCountedWithTheirLike(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
	slip := s.atBin("101")
	c := s.begin("301", "A-01-01", "")
	s.see(c, 10, Tea, "")
	s.seeUnknown(c, 3, "WHAT")
	s.scan("101", slip, 3, Tea, "") // 3 of those not yet counted
	s.see(c, 4, Tea, "")
	s.done(c)
	for _, who := range []store.OperatorID{"302", "303"} {
		s.variance(c.ID, store.VarianceRecount)
		d := s.begin(who, "A-01-01", "")
		s.see(d, 14, Tea, "")
		s.seeUnknown(d, 3, "WHAT")
		s.done(d)
	}
	s.variance(c.ID, store.VarianceApproval)
	s.approveAs("900", c.ID, "WHAT", store.Batch{Item: "TEA-500"}, "")
	s.Stock("bin/A-01-01", "TEA-500", 17)
}

// aBinThatNobodyCanCount: a bin is given up while it is to be counted once more: after a day
// supervisors are told, the book stands, and nobody is sent there.
func aBinThatNobodyCanCount(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	first := s.counted("301", "A-01-01", 18, Tea).ID
	s.variance(first, store.VarianceRecount)
	// The bin is given up, nobody can count it any more.
	bin := Read(s, func(r *store.Reader) (store.Bin, error) { return r.Bin("bin/A-01-01") })
	bin.Active = false
	s.Record(store.PlaceSaved{Bin: bin})
	s.begin("302", "A-01-01", store.NotFound)
	reject := func(by store.OperatorID, want store.Code) {
		t.Helper()
		err := stocktake.Reject(background, s.Store, s.By(by, ""), stocktake.Refused{First: first,
			Note: "given up"})
		if got := s.Code(err); got != want {
			t.Errorf("rejected by %s: %q, not %q", by, got, want)
		}
	}
	waits := func(want ...string) {
		t.Helper()
		var got []string
		cases, err := stocktake.Queue(background, s.Store)
		s.Must(err)
		for _, c := range cases {
			got = append(got, c.ID+" "+c.Of)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in the queue: want -, got +:\n%s", diff)
		}
	}
	waits()
	s.Clock.Wait(24 * time.Hour)
	waits(string(first) + " " + stocktake.WhyWaits)
	reject("301", store.NoRight)
	reject("900", "")
	waits()
	s.variance(first, store.VarianceRejected)
	if due := Read(s, func(r *store.Reader) ([]store.DueCount, error) {
		return r.CountsDue(9)
	}); len(due) > 0 {
		t.Errorf("still due: %+v", due)
	}
	s.Whole(open)
}

// aRecountAfterTheEnd: the book stands while somebody makes the recount: the decision stays as
// it was, and what the recount finds is a variance of its own, for another to count.
func aRecountAfterTheEnd(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	first := s.counted("301", "A-01-01", 18, Tea).ID
	c := s.begin("302", "A-01-01", "")
	s.see(c, 17, Tea, "")
	s.Must(stocktake.Reject(background, s.Store, s.By("900", ""), stocktake.Refused{First: first,
		Note: "no time"}))
	was := Read(s, func(r *store.Reader) (store.Variance, error) { return r.Variance(first) })
	s.Clock.Wait(time.Hour)
	s.done(c)
	now := Read(s, func(r *store.Reader) (store.Variance, error) { return r.Variance(first) })
	if diff := cmp.Diff(was, now); diff != "" {
		t.Errorf("the decision: before -, now +:\n%s", diff)
	}
	s.variance(c.ID, store.VarianceRecount)
	s.counted("303", "A-01-01", 17, Tea)
	s.variance(c.ID, store.VarianceApproval)
	s.approve("900", c.ID, "")
	s.Stock("bin/A-01-01", "TEA-500", 17)
	s.Whole(open)
}

// seeUnknown counts a code that nobody knows.
func (s *Site) seeUnknown(c stocktake.Opened, n store.Qty, code string) {
	s.Helper()
	by := s.By(c.Operator, code)
	by.N = n
	_, err := stocktake.CountUnknown(background, s.Store, by, c.ID)
	s.Must(err)
}

// approveAs approves a variance where a code is an item of ours, and wants it refused with a
// code, or done.
func (s *Site) approveAs(by store.OperatorID, first store.CountID, code string, is store.Batch,
	want store.Code) {
	s.Helper()
	err := stocktake.Approve(background, s.Store, s.By(by, ""), stocktake.Approval{First: first,
		Cause: "lost", Known: []stocktake.KnownCode{{Code: code, Item: is}}})
	if got := s.Code(err); got != want {
		s.Errorf("approved by %s, %s as %s: %q, not %q", by, code, is.Item, got, want)
	}
}

// foundAfterAll: tea that was said to be gone is found in its bin by a supervisor, without a
// count: it lies there again, and nothing was lost.
func foundAfterAll(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 2))
	slip := s.atBin("101")
	_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	s.Stock("bin/A-01-01", "TEA-500", 0)
	all := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(all) != 1 {
		t.Fatalf("open: %+v", all)
	}
	s.Must(stocktake.Resolve(background, s.Store, boss, stocktake.Resolving{Disc: all[0].ID,
		As: store.DiscFound, Cause: "found"}))
	s.Stock("bin/A-01-01", "TEA-500", 5)
	s.Stock(store.AtMissing, "TEA-500", 0)
	lost, err := report.Shrinkage(background, s.Store, report.Span{})
	s.Must(err)
	if a := lost.All; a.Gained != 0 || a.Lost != 0 {
		t.Errorf("gained or lost: %+v", a)
	}
	s.Whole(open)
}

// aPickOfAnotherItem: cups that were picked there meanwhile say nothing of a count of tea.
func aPickOfAnotherItem(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20),
		Has("A-01-01", "CUP-02", 5),
		Ordered("1", "CUP-02", 3), store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	_, err := stocktake.Plan(background, hub.Store, boss, stocktake.Wish{Why: store.CountItem,
		Item: "TEA-500"})
	hub.Must(err)
	meet(hub, there)
	meet(hub, s)
	slip := there.atBin("102")
	c := s.begin("101", "A-01-01", "")
	s.see(c, 20, Tea, "")
	there.scan("102", slip, 3, Cup, "")
	meet(hub, there)
	s.done(c)
	meet(hub, s)
	hub.Plan()
	hub.variance(c.ID, store.VarianceNone)
}

// aPickHeardOfBeforeTheEnd: what a station hears of while somebody counts there, they may have
// counted without.
func aPickHeardOfBeforeTheEnd(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	meet(hub, there)
	meet(hub, s)
	slip := there.atBin("102")
	there.scan("102", slip, 3, Tea, "")
	c := s.begin("101", "A-01-01", "")
	s.see(c, 17, Tea, "")
	meet(hub, there)
	meet(hub, s)
	s.done(c)
	meet(hub, s)
	hub.Plan()
	hub.variance(c.ID, store.VarianceNone)
}

// aLateFactBesideAnotherItem: what is told late of tea has the tea counted, though cups are to
// be counted there already.
func aLateFactBesideAnotherItem(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20),
		Has("A-01-01", "CUP-02", 5),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 9, Active: true}})
	meet(hub, there)
	meet(hub, s)
	there.Record(shelvedTea(there, 3))
	c := s.begin("101", "A-01-01", "")
	s.see(c, 23, Tea, "")
	s.see(c, 5, Cup, "")
	s.done(c)
	meet(hub, s)
	hub.Plan()
	hub.variance(c.ID, store.VarianceSmall)
	_, err := stocktake.Plan(background, hub.Store, boss, stocktake.Wish{Why: store.CountItem,
		Item: "CUP-02"})
	hub.Must(err)
	meet(hub, there)
	hub.Plan()
	if due := hub.tasksDue(); len(due) != 2 || due[0].Item == due[1].Item {
		t.Errorf("to be counted: %+v", due)
	}
}

// anEndOfNothing: a station tells of the end of a count that nobody began: no other is held up.
func anEndOfNothing(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 20))
	meet(hub, there)
	there.Record(shelvedTea(there, 3))
	s.Record(store.CountDone{Count: "nobody", Place: "bin/A-01-01", Sure: true,
		At: s.Clock.Now().UnixMilli()})
	c := s.counted("101", "A-01-01", 20, Tea)
	meet(hub, s)
	if err := stocktake.Rule(background, hub.Store); err == nil {
		t.Error("nobody is told of what cannot be ruled on")
	}
	hub.variance(c.ID, store.VarianceNone)
	meet(hub, there)
	hub.Stock("bin/A-01-01", "TEA-500", 23)
}

// shelvedTea is that tea was put away into A-01-01.
func shelvedTea(s *Site, n store.Qty) store.Event {
	return store.ReturnShelved{Batch: store.Batch{Item: "TEA-500"}, N: n, From: "tote/R-9",
		To: store.InBin("A-01-01"), As: store.Restock, Of: []store.OriginN{{N: n}},
		At: s.Clock.Now().UnixMilli()}
}
