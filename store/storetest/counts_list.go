package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/stocktake"
)

// toCount is the list of somebody who counts, bin by bin, and how many bins they have begun.
func (s *Site) toCount(by store.OperatorID, begun int, want ...string) []stocktake.Due {
	s.Helper()
	todo, err := stocktake.Work(background, s.Store, by)
	s.Must(err)
	var have []string
	for _, d := range todo.Due {
		have = append(have, d.Place.Code())
	}
	if len(todo.Open) != begun {
		s.Errorf("%s has begun %v", by, todo.Open)
	}
	sameWords(s, "to be counted by "+string(by), have, want)
	return todo.Due
}

// sameWords wants what is there to be what is wanted.
func sameWords(s *Site, what string, have, want []string) {
	s.Helper()
	if len(have) != len(want) {
		s.Errorf("%s: %v, not %v", what, have, want)
		return
	}
	for i := range have {
		if have[i] != want[i] {
			s.Errorf("%s: %v, not %v", what, have, want)
		}
	}
}

// plan has bins counted.
func (s *Site) plan(w stocktake.Wish, want store.Code) stocktake.Planned {
	s.Helper()
	out, err := stocktake.Plan(background, s.Store, s.By("900", ""), w)
	if got := s.Code(err); got != want {
		s.Errorf("planned %v: %q, not %q", w, got, want)
	}
	return out
}

// Given a plan, everybody who counts sees its bins in walking order and who is at one; a
// recount only who did not count the bin; and the supervisor how far the plan has come.
func countsListed(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "TEA-500", 5),
		Has("B-07-01", "CUP-02", 5))
	p := s.plan(stocktake.Wish{Why: store.CountZone, Zone: "A"}, "")
	s.plan(stocktake.Wish{Why: store.CountBin, Place: store.InBin("A-01-01")}, store.NothingToDo)
	s.plan(stocktake.Wish{Why: store.CountItem, Item: "CUP-02"}, "")
	due := s.toCount("301", 0, "A-01-01", "A-01-02", "A-01-03", "B-07-01")
	if due[3].Only.SKU != "CUP-02" || due[0].Only.SKU != "" || due[0].Why != store.CountZone {
		t.Errorf("why: %+v", due)
	}
	s.begin("301", "A-01-02", "")
	due = s.toCount("302", 0, "A-01-01", "A-01-02", "A-01-03", "B-07-01")
	if due[1].Name != "盘点301" {
		t.Errorf("%q counts it", due[1].Name)
	}
	s.toCount("301", 1, "A-01-01", "A-01-02", "A-01-03", "B-07-01")
	s.counted("302", "A-01-01", 18, Tea)
	s.toCount("302", 0, "A-01-02", "A-01-03", "B-07-01")
	s.toCount("303", 0, "A-01-01", "A-01-02", "A-01-03", "B-07-01")

	all, bins, err := stocktake.Going(background, s.Store, p.Plan)
	s.Must(err)
	if len(all) != 3 || all[0].Plan != p.Plan || all[0].Bins != 3 || all[0].Left != 2 ||
		all[0].Note != "A" || len(bins) != 2 || bins[0].Holder != "301" {
		t.Errorf("going: %+v %+v", all, bins)
	}
	zones := Read(s, (*store.Reader).CountZones)
	sameWords(s, "zones", zones, []string{"A", "B"})
	s.Must(stocktake.Drop(background, s.Store, s.By("900", ""), bins[1].ID, "blocked"))
	s.toCount("302", 0, "A-01-02", "B-07-01")
}

// Given a supervisor who scans what is to be counted, an item or a bin is meant, of a plan a
// bin that is left; a counter plans nothing.
func countsMeant(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	p := s.plan(stocktake.Wish{Why: store.CountBin, Place: store.InBin("A-01-01")}, "")
	for _, c := range []struct {
		by   store.OperatorID
		code string
		in   store.CountPlanID
		want store.Code
	}{
		{"900", "A-01-02", "", ""}, {"900", Tea, "", ""}, {"301", "A-01-02", "", store.NoRight},
		{"900", "A-01-01", p.Plan, ""}, {"900", "A-01-02", p.Plan, store.NotThere},
		{"900", "nobody", "", store.NotFound},
	} {
		_, err := stocktake.Meant(background, s.Store, s.By(c.by, c.code), c.in, store.ItemKind,
			store.BinKind)
		if got := s.Code(err); got != c.want {
			t.Errorf("%s by %s: %q, not %q", c.code, c.by, got, c.want)
		}
	}
}

// Given a bin that somebody counts, another begins it anew where a supervisor stands beside
// and answers for it: with a yes, and nobody else's.
func countsTakenOver(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	first := s.begin("301", "A-01-01", "")
	try := func(second store.OperatorID, yes bool, want store.Code) {
		by := s.By("302", "A-01-01")
		by.Second, by.Yes = second, yes
		_, err := stocktake.Begin(background, s.Store, by)
		if got := s.Code(err); got != want {
			t.Errorf("beside %s, yes %v: %q, not %q", second, yes, got, want)
		}
	}
	try("", true, store.CountTaken)
	try("303", true, store.CountTaken)
	try("900", false, store.CountTaken)
	try("900", true, "")
	s.see(first, 0, Tea, store.Stale)
	s.toCount("301", 0)
	s.toCount("302", 1)
}

// Given slips that left in several cartons, what was sold of an item counts once.
func soldOnce(t *testing.T, open Opener) {
	s := counting(t, open)
	at := s.Clock.Now()
	slip, from := store.SlipID("CK-1"), store.InTote("T-1")
	for _, e := range Left(Ordered("1", "TEA-500", 3), at) {
		s.Record(e)
	}
	more := store.Carton{ID: "CK-1-2", Slip: slip, Type: "B1", N: 2}
	s.Record(store.ItemPacked{Slip: slip, Line: 1, Carton: more.ID, Opens: &more, From: from,
		Batch: store.Batch{Item: "TEA-500"}, N: 1},
		store.CartonConfirmed{Slip: slip, CartonStep: store.CartonStep{Carton: more.ID,
			Step: store.CartonShipped, Round: 1, At: at.UnixMilli()},
			Goods: []store.PackedGoods{{Line: 1, Batch: store.Batch{Item: "TEA-500"}, N: 1}}})
	for _, x := range Read(s, func(r *store.Reader) ([]store.Sold, error) {
		return r.SoldSince(at.UnixMilli())
	}) {
		if want := map[store.SKU]store.Qty{"TEA-500": 4}[x.Item]; x.N != want {
			t.Errorf("%d of %s were sold, not %d", x.N, x.Item, want)
		}
	}
}
