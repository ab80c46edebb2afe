package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
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
	if now.Sent == nil || now.Sent.ID != no || now.Sent.State() != store.CareOpen {
		t.Errorf("WX-1 is %+v", now.Sent)
	}
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRefused}))
	scan("900", 0, "WX-1", "")
	if now.Sent.State() != store.CareRefused {
		t.Errorf("WX-1 is %+v", now.Sent)
	}
	all, err := returns.Cares(background, s.Store)
	s.Must(err)
	of := Read(s, func(r *store.Reader) ([]store.Aftercare, error) { return r.AftercaresOf(id) })
	if len(all.Lies)+len(all.Open) != 0 || len(of) != 1 || of[0].State() != store.CareRefused {
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

// phonesGone is a floor that two phones left for an order; a third lies on its shelf.
func phonesGone(t *testing.T, open Opener, o store.OrderReceived) *Site {
	s := gone(t, open, Has("A-01-02", "PHONE", 1, "", "I-1"),
		Has("A-01-02", "PHONE", 1, "", "I-2"), Has("A-01-02", "PHONE", 1, "", "I-3"))
	s.Record(o)
	s.Plan()
	slip := s.only()
	s.take("900", slip, "T-1")
	for _, code := range []string{"bin:A-01-02", "PHONE||I-1", "PHONE||I-2"} {
		s.scan("900", slip, 0, code, "")
	}
	s.pack(slip, "PHONE||I-1", "")
	box := s.pack(slip, "PHONE||I-2", "").Carton
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.ID), "")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	return s
}

// phones are two that came back by a return, used, whose customer wants them repaired; they
// are at their maker, as no says.
func phones(t *testing.T, open Opener) (s *Site, id store.RMAID, no string) {
	s = phonesGone(t, open, Ordered("1", "PHONE", 2))
	a := wanted("1", "PHONE", 2, "quality")
	a.Wants = store.WantsRepair
	id = s.request(a, "")
	c := s.opened("return:" + string(id)).Case
	at := returns.Shelving{}
	for _, phone := range []string{"PHONE||I-1", "PHONE||I-2"} {
		s.receive(c, 0, phone, "")
		s.grade(id, 1, phone, "used", "R-1", "")
	}
	at = s.shelve(at, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:D-01", "")
	at = s.shelve(at, 0, "PHONE||I-1", "")
	s.shelve(at, 0, "PHONE||I-2", "")
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", No: "WX-1", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	return s, id, no
}

// ending is what came of goods that were sent off, scan by scan.
type ending struct {
	*Site
	returns.Closing
}

// scan scans a piece, and wants it refused with a code, or to lack one, or taken.
func (e *ending) scan(n store.Qty, code string, want store.Code) {
	e.Helper()
	in := returns.EndScan{By: e.By("900", code), Closing: e.Closing}
	in.By.N = n
	out, err := returns.EndWith(background, e.Store, in)
	got := e.Code(err)
	if err == nil {
		got = out.Needs
	}
	if got != want {
		e.Errorf("%s: %q, not %q", code, got, want)
	}
	if err == nil && out.Needs == "" {
		e.Goods = out.Goods
	}
}

func (e *ending) close(want store.Code) {
	e.Helper()
	err := returns.CloseCare(background, e.Store, boss, e.Closing)
	if got := e.Code(err); got != want {
		e.Errorf("%s of %d: %q, not %q", e.As, len(e.Goods), got, want)
	}
}

// undoesCare takes back what was said of goods last, and wants it refused with a code, or done.
func (s *Site) undoesCare(no string, want store.Code) {
	s.Helper()
	was := Read(s, func(r *store.Reader) (store.Aftercare, error) { return r.Aftercare(no) })
	err := returns.UndoCare(background, s.Store, boss, returns.CareUndo{ID: no,
		End: was.Last().ID})
	if got := s.Code(err); got != want {
		s.Errorf("%s of %s taken back: %q, not %q", was.Last().As, was.No, got, want)
	}
}

// othersCameInTheirPlace: Given two phones at their maker, When others come for them, Then
// each is scanned, and it is they that are looked at once more, and that the customer gets
// like ones for.
func othersCameInTheirPlace(t *testing.T, open Opener) {
	s, id, no := phones(t, open)
	end := &ending{s, returns.Closing{ID: no, As: store.CareReplaced}}
	end.close(store.SerialNeeded)
	end.scan(0, "PHONE", store.SerialNeeded)
	end.scan(0, Tea, store.NotThere)
	end.scan(0, "PHONE||I-3", store.SerialTwice) // it is on our shelf
	end.scan(0, "PHONE||I-8", "")
	end.scan(0, "PHONE||I-8", store.SerialTwice)
	end.scan(2, "PHONE||I-9", store.BadQuantity)
	end.scan(0, "PHONE||I-9", "")
	end.scan(0, "PHONE||I-7", store.NotThere) // no third was sent off
	end.close("")
	end.close(store.Stale)
	s.grade(id, 1, "PHONE||I-1", "sealed", "R-2", store.NotThere)
	s.grade(id, 1, "PHONE||I-9", "sealed", "R-2", "")
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if len(made) != 1 || s.order(made[0]).Lines[0].N != 2 {
		t.Errorf("they go out by %v", made)
	}
	s.Whole(open)
}

// oneByOne: of two phones at their maker one comes back repaired, and the other is paid for.
// What was said by mistake is taken back while the goods lie where it left them.
func oneByOne(t *testing.T, open Opener) {
	s, id, no := phones(t, open)
	left := func(want int, of store.CareState) {
		t.Helper()
		got := Read(s, func(r *store.Reader) (store.Aftercare, error) { return r.Aftercare(no) })
		open := Read(s, func(r *store.Reader) ([]store.Aftercare, error) {
			return r.Aftercares(9)
		})
		if len(got.Left()) != want || got.State() != of || len(open) != min(1, want) {
			t.Errorf("away are %+v, not %d: %s, %d open", got.Left(), want, got.State(), len(open))
		}
	}
	one := &ending{s, returns.Closing{ID: no, As: store.CareRepaired}}
	one.scan(0, "PHONE", store.SerialNeeded)
	one.scan(0, "PHONE||I-3", store.NotThere)
	one.scan(0, "PHONE||I-2", "")
	one.scan(0, "PHONE||I-2", store.NotThere)
	one.close("")
	left(1, store.CareOpen)
	s.Stock(returns.Stage, "PHONE", 1)
	other := &ending{s, returns.Closing{ID: no, As: store.CareRefused}}
	other.close("") // the rest
	left(0, store.CareRefused)
	s.undoesCare(no, "")
	left(1, store.CareOpen)
	s.Stock(returns.Stage, "PHONE", 1)
	other.As = store.CareCredited
	other.close("")
	left(0, store.CareCredited)
	s.undoesCare(no, "")
	s.grade(id, 1, "PHONE||I-2", "sealed", "R-2", "")
	s.undoesCare(no, store.NothingUndo) // the first is looked at
	left(1, store.CareOpen)
	other.close("")
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if len(made) != 1 || s.order(made[0]).Lines[0].N != 1 {
		t.Errorf("the repaired one goes out by %v", made)
	}
	s.Whole(open)
}
