package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/returns"
)

// gathering: what is to leave is gathered by its bin or piece by piece, never more than lies
// there, and what left is found by its partner's number until it comes to an end.
func gathering(t *testing.T, open Opener) {
	s, id, cup := used(t, open)
	s.Record(Has("D-01", "TEA-500", 3))
	var now returns.Gathered
	scan := func(who store.OperatorID, n store.Qty, code string, want store.Code) {
		t.Helper()
		in := returns.CareScan{By: s.By(who, code), Of: now.Of, At: now.At, Goods: now.Goods}
		in.By.N = n
		out, err := returns.Gather(background, s.Store, in)
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q, not %q", code, got, want)
		}
		if err == nil {
			now = out
		}
	}
	sum := func(want store.Qty) {
		t.Helper()
		var n store.Qty
		for _, g := range now.Goods {
			n += g.N
		}
		if n != want {
			t.Errorf("%d are gathered, not %d: %+v", n, want, now)
		}
	}
	scan("201", 0, "bin:D-01", store.NoRight)
	scan("900", 0, "4006381333931", store.NotFound)
	scan("900", 0, "bin:H-01", store.NothingToDo)
	scan("900", 0, Tea, store.NotThere) // nobody sent these back
	scan("900", 3, Cup, store.BadQuantity)
	scan("900", 1, Cup, "")
	sum(1)
	scan("900", 0, "bin:D-01", "") // the rest of it
	sum(2)
	scan("900", 0, Cup, store.NotThere)
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: now.Of,
		Partner: "maker", No: "WX-1", Goods: now.Goods})
	s.Must(err)
	s.Stock(cup.From, "CUP-02", 0)
	now = returns.Gathered{}
	scan("900", 0, "WX-1", "")
	if now.Open != no {
		t.Errorf("WX-1 is %q", now.Open)
	}
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRefused}))
	scan("900", 0, "WX-1", store.NotFound)
	all, err := returns.Cares(background, s.Store)
	s.Must(err)
	of := Read(s, func(r *store.Reader) ([]store.Aftercare, error) { return r.AftercaresOf(id) })
	if len(all.Lies)+len(all.Open) != 0 || len(of) != 1 || of[0].State != store.CareRefused {
		t.Errorf("left are %+v, of the return %+v", all, of)
	}
	s.Whole(open)
}

// twoBins: an item that lies in two bins, by two dispositions, is not chosen silently, and
// what is to be put right lies in bins for defects before those where a person decides.
func twoBins(t *testing.T, open Opener) {
	s, _, cup := used(t, open)
	held := cup
	held.From = store.InBin("H-01")
	shelf := func(g store.CareGoods, as store.Disposition) {
		b := store.Batch{Item: "CUP-02"}
		of := []store.ShareBack{{Order: "1", Line: 1, N: 1}}
		s.came(g.RMA, "1", 1, "CUP-02", 1)
		s.Record(store.ReturnInspected{ID: store.EventID(as), RMA: g.RMA, Batch: b, N: 1, Of: of,
			From: returns.Stage, To: store.InTote("R-1"), Grade: "used", As: as, At: 1},
			store.ReturnShelved{Batch: b, N: 1, From: store.InTote("R-1"), To: g.From,
				Grade: "used", As: as, At: 1, Of: []store.OriginN{{Origin: g.Origin, N: 1}}})
	}
	shelf(held, store.VendorReturn)
	in := returns.CareScan{By: s.By("900", Cup)}
	out, err := returns.Gather(background, s.Store, in)
	s.Must(err)
	if !out.Either || len(out.Goods) != 0 {
		t.Errorf("of two dispositions: %+v", out)
	}
	in.Of, in.By = store.VendorReturn, s.By("900", Cup)
	if out, err = returns.Gather(background, s.Store, in); err != nil || len(out.Goods) != 1 {
		t.Errorf("%v, %+v", err, out)
	}
	s.Record(store.PlaceSaved{Bin: store.Bin{Place: held.From, Use: store.HoldUse, Walk: 1,
		Active: true}}) // it lies nearer
	to := Read(s, func(r *store.Reader) ([]store.Bin, error) {
		return r.BinsFor("CUP-02", store.Refurbish, 9)
	})
	if len(to) < 2 || to[0].Place != store.InBin("D-01") || to[1].Place != store.InBin("H-01") {
		t.Errorf("used cups go to %+v", to)
	}
}

// nobodysComeBackRepaired: goods of nobody known come back from their maker, and then their
// order is found. The return that they came with has none of them left.
func nobodysComeBackRepaired(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 2),
		Ordered("3", "CUP-02", 1), Has("B-07-01", "CUP-02", 9))
	c := s.aside(s.opened("P-3").Case, 1, Tea, store.NotOnReturn)
	s.grade(c.RMA, 1, Tea, "used", "R-1", "")
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:D-01", "")
	s.shelve(at, 0, Tea, "")
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{
		Of: store.Refurbish, Partner: "maker", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRepaired}))
	s.belongs(s.nobodys()[0], 1, "P-1", "")
	for _, g := range Read(s, func(r *store.Reader) ([]store.Goods, error) {
		return r.GoodsOf(c.RMA)
	}) {
		if g.Received != 0 || g.Inspected != 0 || g.Shelved != 0 {
			t.Errorf("the return they came with: %+v", g)
		}
	}
	s.Whole(open)
}

// aBinOfMany: a bin holds cups of more returns than a list has, and one for the supplier behind
// them. Which are meant is asked, and all of them are gathered.
func aBinOfMany(t *testing.T, open Opener) {
	s, _, cup := used(t, open)
	b := store.Batch{Item: "CUP-02"}
	shelf := func(id store.RMAID, as store.Disposition) {
		s.Record(store.ReturnReceived{RMA: id, Batch: b, N: 1, To: returns.Stage,
			Of: []store.ShareBack{{N: 1}}, At: 1, Aside: store.NotOrdered},
			store.ReturnInspected{ID: store.EventID(id), RMA: id, Batch: b, N: 1,
				Of: []store.ShareBack{{N: 1}}, From: returns.Stage, Before: store.Hold,
				To: store.InTote("R-1"), Grade: "used", As: as, At: 1},
			store.ReturnShelved{Batch: b, N: 1, From: store.InTote("R-1"), To: cup.From,
				Grade: "used", As: as, At: 1,
				Of: []store.OriginN{{Origin: store.Origin{RMA: id}, N: 1}}})
	}
	for i := range 210 {
		shelf(store.RMAID("X"+string(rune('a'+i/26))+string(rune('a'+i%26))), store.Refurbish)
	}
	shelf("V", store.VendorReturn)
	in := returns.CareScan{By: s.By("900", "bin:D-01")}
	out, err := returns.Gather(background, s.Store, in)
	s.Must(err)
	if !out.Either || len(out.Goods) != 0 {
		t.Errorf("of two dispositions: %v, %d gathered", out.Either, len(out.Goods))
	}
	for as, want := range map[store.Disposition]store.Qty{store.Refurbish: 210 + cup.N,
		store.VendorReturn: 1} {
		in := returns.CareScan{By: s.By("900", "bin:D-01"), Of: as}
		if out, err = returns.Gather(background, s.Store, in); err != nil || out.N != want {
			t.Errorf("%s: %v, %d of %d", as, err, out.N, want)
		}
	}
}
