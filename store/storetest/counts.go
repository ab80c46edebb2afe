package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/stocktake"
)

// counting is a warehouse with three people who count, and two supervisors.
func counting(t *testing.T, open Opener, events ...store.Event) *Site {
	t.Helper()
	s := floor(t, open, events...)
	for id, roles := range map[store.OperatorID]string{"301": "counter", "302": "counter",
		"303": "counter", "901": "supervisor"} {
		s.Record(store.OperatorSaved{Operator: store.Operator{ID: id, Name: "盘点" + string(id),
			Roles: roles, Active: true}})
	}
	s.Record(store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	return s
}

// atBin has somebody take the only slip, and stand at the bin that it begins with.
func (s *Site) atBin(by store.OperatorID) store.SlipID {
	s.Helper()
	slip := s.only()
	s.take(by, slip, "T-1")
	s.scan(by, slip, 0, "A-01-01", "")
	return slip
}

// begin begins a count of a bin.
func (s *Site) begin(by store.OperatorID, bin string, want store.Code) stocktake.Opened {
	s.Helper()
	out, err := stocktake.Begin(background, s.Store, s.By(by, bin))
	if got := s.Code(err); got != want {
		s.Errorf("count of %s by %s: %q, not %q", bin, by, got, want)
	}
	return out
}

// see scans an item of a count, n times counted.
func (s *Site) see(c stocktake.Opened, n store.Qty, code string, want store.Code) stocktake.Seen {
	s.Helper()
	by := s.By(c.Operator, code)
	by.N = n
	out, err := stocktake.Scan(background, s.Store, by, c.ID)
	if got := s.Code(err); got != want {
		s.Errorf("%s: %q, not %q", code, got, want)
	}
	return out
}

// done ends a count, whatever nobody saw.
func (s *Site) done(c stocktake.Opened) {
	s.Helper()
	by := s.By(c.Operator, "")
	by.Yes = true
	_, err := stocktake.Done(background, s.Store, by, c.ID)
	s.Must(err)
}

// counted counts n of a code in a bin.
func (s *Site) counted(by store.OperatorID, bin string, n store.Qty, code string) stocktake.Opened {
	s.Helper()
	c := s.begin(by, bin, "")
	if n > 0 {
		s.see(c, n, code, "")
	}
	s.done(c)
	return c
}

// variance is what became of a first count.
func (s *Site) variance(first store.CountID, want store.VarianceState) store.Variance {
	s.Helper()
	v := Read(s, func(r *store.Reader) (store.Variance, error) { return r.Variance(first) })
	if v.State != want {
		s.Errorf("the variance is %q, not %q: %v", v.State, want, v.Why)
	}
	return v
}

// approve approves a variance.
func (s *Site) approve(by store.OperatorID, first store.CountID, want store.Code) {
	s.Helper()
	err := stocktake.Approve(background, s.Store, s.By(by, ""),
		stocktake.Approval{First: first, Cause: "lost"})
	if got := s.Code(err); got != want {
		s.Errorf("approved by %s: %q, not %q", by, got, want)
	}
}

// Given a bin with 20 tea by its book, a count of 20 needs nobody; one of 18 is counted by
// another person, and what both found is approved by a third, once: cases C44.
func counts(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	s.variance(s.counted("301", "A-01-01", 20, Tea).ID, store.VarianceNone)

	first := s.counted("301", "A-01-01", 18, Tea).ID
	s.variance(first, store.VarianceRecount)
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.begin("301", "A-01-01", store.OwnWork)
	s.approve("900", first, store.Stale)
	s.counted("302", "A-01-01", 18, Tea)
	s.variance(first, store.VarianceApproval)
	s.approve("302", first, store.NoRight)
	s.approve("900", first, "")
	s.variance(first, store.VarianceAdjusted)
	s.Stock("bin/A-01-01", "TEA-500", 18)
	s.approve("901", first, store.VarianceEnd)
	s.Stock("bin/A-01-01", "TEA-500", 18)
	s.variance(s.counted("303", "A-01-01", 18, Tea).ID, store.VarianceNone)
}

// Given a count that two found alike, who counted it approves nothing, supervisor or not.
func countersDoNotApprove(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	first := s.counted("900", "A-01-01", 10, Tea).ID
	s.counted("301", "A-01-01", 10, Tea)
	s.approve("900", first, store.OwnWork)
	s.approve("901", first, "")
	s.Stock("bin/A-01-01", "TEA-500", 10)
}

// Given a bin that two pairs count while what the first pair found waits for approval, the
// book is put right once: the second is to be counted again, and finds the book.
func countedTwiceOver(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	var first [2]store.CountID
	for i := range first {
		first[i] = s.counted("301", "A-01-01", 18, Tea).ID
		s.counted("302", "A-01-01", 18, Tea)
		s.variance(first[i], store.VarianceApproval)
	}
	s.approve("900", first[0], "")
	s.approve("900", first[1], store.Stale)
	s.Stock("bin/A-01-01", "TEA-500", 18)
	s.Must(stocktake.CountAgain(background, s.Store, s.By("900", ""),
		stocktake.Refused{First: first[1], Note: "it was put right"}))
	s.counted("303", "A-01-01", 18, Tea)
	s.variance(first[1], store.VarianceNone)
	s.Stock("bin/A-01-01", "TEA-500", 18)
}

// Given three that find three numbers, a person decides; and a recount that finds the book
// lets it stand.
func threeNumbers(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "TEA-500", 5))
	first := s.counted("301", "A-01-01", 18, Tea).ID
	s.counted("302", "A-01-01", 17, Tea)
	s.counted("303", "A-01-01", 16, Tea)
	v := s.variance(first, store.VarianceApproval)
	if len(v.Why) == 0 || v.Why[len(v.Why)-1].Rule != stocktake.WhyDisagree {
		t.Errorf("it says %v", v.Why)
	}
	s.Must(stocktake.Reject(background, s.Store, s.By("900", ""), stocktake.Refused{First: first,
		Note: "all three were tired"}))
	s.variance(first, store.VarianceRejected)
	s.Stock("bin/A-01-01", "TEA-500", 20)

	first = s.counted("301", "A-01-02", 4, Tea).ID
	s.counted("302", "A-01-02", 5, Tea)
	s.variance(first, store.VarianceNone)
}

// Given three scans of tea, the second taken back leaves two, and nothing is taken back
// twice; all of it taken back leaves none, and the history only grows: case C46.
func countsUndone(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	c := s.begin("301", "A-01-01", "")
	for range 3 {
		s.see(c, 0, Tea, "")
	}
	undo := func(want store.Code) stocktake.Seen {
		out, err := stocktake.Undo(background, s.Store, s.By("301", ""), c.ID)
		if got := s.Code(err); got != want {
			t.Errorf("undo: %q, not %q", got, want)
		}
		return out
	}
	if out := undo(""); out.Opened.Rows[0].N != 2 {
		t.Errorf("after one undo: %+v", out.Opened.Rows)
	}
	out, err := stocktake.Clear(background, s.Store, s.By("301", ""), c.ID, "TEA-500")
	s.Must(err)
	if len(out.Opened.Rows) != 0 {
		t.Errorf("after all are taken back: %+v", out.Opened.Rows)
	}
	undo(store.NothingUndo)
	scans := Read(s, func(r *store.Reader) ([]store.CountScan, error) { return r.CountScans(c.ID) })
	if len(scans) != 3 {
		t.Errorf("the history has %d scans", len(scans))
	}
}

// Given a bin that is counted, nobody else counts it unless a supervisor takes it over; what
// is being picked is not counted where the site says so: case C42.
func busyBins(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 2))
	c := s.begin("301", "A-01-01", "")
	s.begin("302", "A-01-01", store.CountTaken)
	by := s.By("900", "A-01-01")
	by.Yes = true
	taken, err := stocktake.Begin(background, s.Store, by)
	s.Must(err)
	s.see(c, 0, Tea, store.Stale)
	s.Must(stocktake.Leave(background, s.Store, s.By("900", ""), taken.ID))

	s.Record(store.SettingSet{Name: store.CountBusyBy, Value: "refuse"})
	s.take("101", s.only(), "T-1")
	s.begin("301", "A-01-01", store.CountBusy)

	s.Record(store.SettingSet{Name: store.CountBusyBy, Value: "freeze"})
	c = s.begin("301", "A-01-01", "")
	s.scan("101", s.only(), 0, "A-01-01", "")
	s.scan("101", s.only(), 0, Tea, store.BinFrozen)
	s.Must(stocktake.Leave(background, s.Store, s.By("301", ""), c.ID))
	s.scan("101", s.only(), 0, Tea, "")
}

// Given a bin of 20 from which 3 are picked while somebody counts it, the count of 17 is no
// variance, nor is one of 20 where they were picked behind the counter: case C40.
func bookMoves(t *testing.T, open Opener) {
	for _, n := range []store.Qty{20, 17} {
		s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
		slip := s.only()
		s.take("101", slip, "T-1")
		c := s.begin("301", "A-01-01", "")
		s.see(c, n-5, Tea, "")
		s.scan("101", slip, 0, "A-01-01", "")
		s.scan("101", slip, 3, Tea, "")
		s.see(c, 5, Tea, "")
		s.done(c)
		s.variance(c.ID, store.VarianceNone)
		s.Stock("bin/A-01-01", "TEA-500", 17)
	}
}

// Given a stock-out, the bin is to be counted; where the goods are there after all, the
// count brings them back and nothing is missing any more.
func countsBringBack(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3))
	slip := s.atBin("101")
	_, err := outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	s.Stock("bin/A-01-01", "TEA-500", 0)
	s.Stock(store.AtMissing, "TEA-500", 20)
	s.Must(stocktake.Onward(background, s.Store))
	due := Read(s, func(r *store.Reader) ([]store.DueCount, error) { return r.CountsDue(9) })
	if len(due) != 1 || due[0].Place != "bin/A-01-01" || due[0].Why != store.CountException {
		t.Fatalf("to be counted: %+v", due)
	}
	first := s.counted("301", "A-01-01", 20, Tea).ID
	s.counted("302", "A-01-01", 20, Tea)
	s.approve("900", first, "")
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.Stock(store.AtMissing, "TEA-500", 0)
	open0 := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(open0) != 0 {
		t.Errorf("still open: %+v", open0)
	}
}

// Whatever a supervisor decides about counts at a station, the authority carries out.
func countsAsked(t *testing.T, open Opener) {
	hub, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "CUP-02", 4),
		Ordered("1", "TEA-500", 2), store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	out, err := stocktake.Plan(background, s.Store, boss, stocktake.Wish{Why: store.CountZone,
		Zone: "A"})
	s.Must(err)
	due := Read(s, func(r *store.Reader) ([]store.DueCount, error) { return r.CountsDue(9) })
	if int(out.Bins) != len(due) || len(due) < 2 {
		t.Fatalf("%d bins are planned, %d due", out.Bins, len(due))
	}
	for _, d := range due {
		if d.Place != "bin/A-01-01" {
			s.Must(stocktake.Drop(background, s.Store, boss, d.ID, "next week"))
		}
	}
	s.Must(stocktake.SetPolicy(background, s.Store, boss, store.CountPolicy{Days: 30, Pieces: 1,
		Active: true}))
	first := s.atHub(hub, "101", 17)
	for i, what := range []func(context.Context, *store.Store, store.Gesture,
		stocktake.Refused) error{stocktake.CountAgain, stocktake.Reject} {
		s.atHub(hub, []store.OperatorID{"102", "901"}[i], 17)
		hub.variance(first, store.VarianceApproval)
		s.Must(what(background, s.Store, boss, stocktake.Refused{First: first, Note: "sure?"}))
		if s.variance(first, Read(hub, func(r *store.Reader) (store.Variance, error) {
			return r.Variance(first)
		}).State); len(Read(s, func(r *store.Reader) ([]store.Variance, error) {
			return r.VariancesOpen(9)
		})) > 0 {
			t.Error("it still waits")
		}
	}
	first = s.atHub(hub, "101", 17)
	s.atHub(hub, "102", 17)
	s.approve("900", first, "")
	s.Stock("bin/A-01-01", "TEA-500", 17)
	slip := s.atBin("101")
	_, err = outbound.Short(background, s.Store, store.Gesture{Operator: "101"}, slip,
		outbound.See(s.Slip(slip)), "not_found")
	s.Must(err)
	meet(hub, s)
	found := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	s.Must(stocktake.Resolve(background, s.Store, boss, stocktake.Resolving{Disc: found[0].ID,
		As: store.DiscWrittenOff, Cause: "lost"}))
	s.Stock(store.AtMissing, "TEA-500", 0)
	for _, r := range stocktake.Rulings() {
		if !l.made[r.Name] {
			t.Errorf("%s was not asked for", r.Name)
		}
	}
	meet(hub, s)
	same(hub, s)
	hub.Whole(open)
}

// atHub counts tea in A-01-01 at a station, and has the hub rule on it.
func (s *Site) atHub(hub *Site, by store.OperatorID, n store.Qty) store.CountID {
	s.Helper()
	c := s.counted(by, "A-01-01", n, Tea)
	meet(hub, s)
	hub.Plan()
	meet(hub, s)
	if c.First != "" {
		return c.First
	}
	return c.ID
}

// Given 20 in a bin of which two orders have 18 reserved, 10 are counted: once that is
// approved the orders have no more reserved than there is, the less urgent one less, and
// what it is owed it has again when goods come.
func countsPromise(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 8),
		Ordered("2", "TEA-500", 10), store.SettingSet{Name: store.CountBusyBy, Value: "allow"})
	s.Plan()
	levels := func(onHand, reserved store.Qty) {
		l := Read(s, func(r *store.Reader) (store.Levels, error) {
			return r.Levels(store.Item{SKU: "TEA-500"})
		})
		if l.OnHand != onHand || l.Reserved != reserved {
			t.Errorf("%d on hand, %d reserved, not %d and %d", l.OnHand, l.Reserved, onHand,
				reserved)
		}
	}
	first := s.counted("301", "A-01-01", 10, Tea)
	s.Plan()
	s.counted("302", "A-01-01", 10, Tea)
	s.Plan()
	levels(20, 18)
	s.approve("900", first.ID, "")
	levels(10, 10)
	s.Record(Has("B-07-01", "TEA-500", 30))
	s.Plan()
	levels(40, 18)
	s.Whole(open)
}

// Given a bin of 20 from which one station picks 3 while the other counts 17, neither of
// which central hears of: what is told late is no loss, whoever tells first, also where the
// site tolerates three pieces.
func lateFacts(t *testing.T, open Opener) {
	for _, first := range []bool{true, false} {
		hub, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
			store.SettingSet{Name: store.CountBusyBy, Value: "allow"},
			store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 9, Active: true}})
		there := OpenAs(t, open, "s2", false)
		enrol(hub, there, l.up)
		meet(hub, there)
		slip := there.only()
		there.take("102", slip, "T-1")
		meet(hub, s)
		there.scan("102", slip, 0, "A-01-01", "")
		there.scan("102", slip, 3, Tea, "")
		c := s.counted("101", "A-01-01", 17, Tea)
		tell := []*Site{s, there}
		if !first {
			tell = []*Site{there, s}
		}
		for _, at := range tell {
			meet(hub, at)
			hub.Plan()
		}
		hub.Stock("bin/A-01-01", "TEA-500", 17)
		meet(hub, s)
		v := hub.variance(c.ID, Read(hub, func(r *store.Reader) (store.Variance, error) {
			return r.Variance(c.ID)
		}).State)
		if v.State == store.VarianceRecount {
			s.atHub(hub, "102", 17)
		}
		hub.variance(c.ID, store.VarianceNone)
		hub.Stock("bin/A-01-01", "TEA-500", 17)
	}
}

// A shelf is what lies in a bin, piece by piece, and who counts it.
type shelf struct {
	*Site
	bin    string
	item   store.SKU
	slip   store.SlipID
	pieces []int
	made   int
	looks  map[store.OperatorID]*look
}

// A look is a count that goes on, with the pieces that were seen.
type look struct {
	stocktake.Opened
	seen map[int]bool
}

// shelf is a bin with nine pieces of an item of its own, which one slip asks for.
func (s *Site) shelf(n int) *shelf {
	s.Helper()
	b := &shelf{Site: s, bin: fmt.Sprint("P-", n), item: store.SKU(fmt.Sprint("I-", n)), made: 9,
		looks: map[store.OperatorID]*look{}}
	id := store.OrderID(fmt.Sprint("P", n))
	s.Record(store.ItemSaved{Item: store.Item{SKU: b.item, Cost: 1, Active: true}},
		store.PlaceSaved{Bin: store.Bin{Place: store.InBin(b.bin), Use: store.PickUse, Zone: "P",
			Walk: int64(n), Active: true}}, Has(b.bin, b.item, 9), Ordered(id, string(b.item), 9))
	s.Plan()
	b.slip = Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf(id) })[0]
	s.take("101", b.slip, fmt.Sprint("T-", n))
	s.scan("101", b.slip, 0, "bin:"+b.bin, "")
	for i := range b.made {
		b.pieces = append(b.pieces, i)
	}
	return b
}

// pick takes a piece out for the slip, while it wants some.
func (b *shelf) pick(which int) {
	task, open := b.Slip(b.slip).Next()
	if len(b.pieces) == 0 || !open {
		return
	}
	b.Helper()
	b.scan("101", b.slip, 1, string(task.Item), "")
	i := which % len(b.pieces)
	b.pieces = slices.Delete(b.pieces, i, i+1)
}

// putAway brings one more piece.
func (b *shelf) putAway() {
	b.Record(store.ReturnShelved{Batch: store.Batch{Item: b.item}, N: 1, From: "tote/R-9",
		To: store.InBin(b.bin), As: store.Restock, Of: []store.OriginN{{N: 1}},
		At: b.Clock.Now().UnixMilli()})
	b.pieces, b.made = append(b.pieces, b.made), b.made+1
}

// count goes on with somebody's count: up to n pieces more, and once none is left, its end.
func (b *shelf) count(who store.OperatorID, n int) {
	b.Helper()
	l := b.looks[who]
	if l == nil {
		c, err := stocktake.Begin(background, b.Store, b.By(who, "bin:"+b.bin))
		if b.Code(err) == "" {
			b.looks[who] = &look{c, map[int]bool{}}
		}
		return
	}
	var left []int
	for _, p := range b.pieces {
		if !l.seen[p] {
			left = append(left, p)
		}
	}
	if left = left[:min(n, len(left))]; len(left) == 0 && n > 0 {
		b.done(l.Opened)
		delete(b.looks, who)
		return
	}
	for _, p := range left {
		l.seen[p] = true
	}
	if len(left) > 0 {
		b.see(l.Opened, store.Qty(len(left)), string(b.item), "")
	}
}

// decide has a supervisor approve what waits for it.
func (b *shelf) decide() {
	b.Helper()
	open := Read(b.Site, func(r *store.Reader) ([]store.Variance, error) {
		return r.VariancesOpen(9)
	})
	for _, v := range open {
		b.Code(stocktake.Approve(background, b.Store, b.By("900", ""), stocktake.Approval{
			First: v.First, Cause: "lost"}))
	}
}

// Given a bin whose book is right, whoever counts it while others pick from it and put away
// into it never has it put right: not even where the site tolerates anything, nor where a
// supervisor approves whatever comes.
func neverForWhatMoved(t *testing.T, open Opener) {
	s := counting(t, open, store.CountPolicySet{CountPolicy: store.CountPolicy{Pieces: 99,
		Active: true}})
	n, ended := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		b := s.shelf(n)
		for range 40 {
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				b.pick(rapid.IntRange(0, 99).Draw(rt, "which"))
			case 1:
				b.putAway()
			default:
				b.count(rapid.SampledFrom([]store.OperatorID{"301", "302", "303"}).Draw(rt, "who"),
					rapid.IntRange(0, 4).Draw(rt, "n"))
			}
			b.decide()
		}
		_, last, err := lastCount(s, b.bin)
		s.Must(err)
		if last > 0 {
			ended++
		}
		held := Read(s, func(r *store.Reader) ([]store.Balance, error) {
			return r.Contents(store.InBin(b.bin))
		})
		if len(held) > 1 || len(held) == 1 && held[0].N != store.Qty(len(b.pieces)) ||
			len(held) == 0 && len(b.pieces) > 0 {
			rt.Fatalf("%d pieces lie there, and the book has %+v", len(b.pieces), held)
		}
	})
	if ended < n/4 {
		t.Errorf("only %d of %d bins were counted to the end", ended, n)
	}
}

// lastCount reads when a bin was counted last.
func lastCount(s *Site, bin string) (id store.CountID, at int64, err error) {
	err = s.Store.Read(background, func(r *store.Reader) (err error) {
		id, at, err = r.CountedLast(store.InBin(bin))
		return err
	})
	return id, at, err
}
