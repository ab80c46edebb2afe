package storetest

import (
	"fmt"
	"testing"

	"scanbay/store"
	"scanbay/store/returns"
)

// damaged is the only piece, or one of some, that came back of tea for 25 each: it is on hold,
// and paid for all the same; the others are swapped.
func damaged(t *testing.T, open Opener, n store.Qty) (s *Site, id store.RMAID) {
	s = gone(t, open, Has("A-01-01", "TEA-500", 40), priced("1", 4, yuan(110)))
	p := store.StandardPolicy
	p.Grades = "sealed damaged"
	s.Must(returns.SetPolicy(background, s.Store, boss, p))
	id = s.request(wanted("1", "TEA-500", n, "quality"), "")
	s.receive(s.opened("return:"+string(id)).Case, n, Tea, "")
	for k := range n {
		s.grade(id, 1, Tea, []string{"damaged", "swapped"}[min(k, 1)], "R-1", "")
	}
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:H-01", "")
	for range n {
		at = s.shelve(at, 1, Tea, "")
	}
	s.isDue(id, "1 for 25 due")
	return s, id
}

// aReplacementPaysOnce: of two phones one is paid for; another comes in its place, as good as
// new. It pays for none that was swapped.
func aReplacementPaysOnce(t *testing.T, open Opener) {
	o := Ordered("1", "PHONE", 2)
	o.Lines[0].Price, o.Paid = yuan(100), yuan(200)
	s := phonesGone(t, open, o)
	id := s.request(wanted("1", "PHONE", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 0, "PHONE||I-1", "")
	s.receive(c, 0, "PHONE||I-2", "")
	s.grade(id, 1, "PHONE||I-1", "used", "R-1", "")
	s.grade(id, 1, "PHONE||I-2", "swapped", "R-2", "")
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:D-01", "")
	s.shelve(at, 0, "PHONE||I-1", "")
	s.isDue(id, "1 for 100 due")
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", No: "WX-1", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	end := &ending{s, returns.Closing{ID: no, As: store.CareReplaced}}
	end.scan(0, "PHONE||I-8", "")
	end.close("")
	s.grade(id, 1, "PHONE||I-8", "sealed", "R-3", "")
	s.isDue(id, "1 for 100 due")
	s.Whole(open)
}

// whatWentBackPaysForNothing: of two pieces the one that was paid for goes back to its customer.
// The other, which nothing is given for, does not stand for it.
func whatWentBackPaysForNothing(t *testing.T, open Opener) {
	s, id := damaged(t, open, 2)
	for _, x := range s.unwanted() {
		if x.Grade == "damaged" {
			s.sendsBack(x, 1, "", "")
		}
	}
	s.isDue(id, "1 for 25 withdrawn")
	s.Whole(open)
}

// whatCameAgainIsLookedAtAnew: a piece that was paid for goes back, and comes again, swapped.
func whatCameAgainIsLookedAtAnew(t *testing.T, open Opener) {
	s, id := damaged(t, open, 1)
	s.sendsBack(s.unwanted()[0], 1, "", "")
	s.isDue(id, "1 for 25 withdrawn")
	s.receive(s.opened("return:"+string(id)).Case, 1, Tea, "")
	s.grade(id, 1, Tea, "swapped", "R-3", "")
	s.isDue(id, "1 for 25 withdrawn")
	s.Whole(open)
}

// whatCameAgainAfterAll: goods of a rejected return go back, come again and are taken: it is
// how they are found then that counts.
func whatCameAgainAfterAll(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), priced("1", 4, yuan(110)))
	c := s.receive(s.opened("P-1").Case, 1, Tea, "").Opened.Case
	s.grade(c.RMA, 1, Tea, "sealed", "R-1", "")
	s.Must(returns.Reject(background, s.Store, boss, c.RMA, "other"))
	s.sendsBack(s.unwanted()[0], 1, "", "")
	s.aside(s.opened("return:"+string(c.RMA)).Case, 1, Tea, store.ReturnClosed)
	s.Must(returns.Approve(background, s.Store, boss, c.RMA, "other"))
	s.grade(c.RMA, 1, Tea, "swapped", "R-2", "")
	s.isDue(c.RMA)
	s.Whole(open)
}

// anOlderEndStands: what an older program ended cannot be told from other ends, and stands.
func anOlderEndStands(t *testing.T, open Opener) {
	s, _, _ := used(t, open)
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", No: "WX-1", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	a := Read(s, func(r *store.Reader) (store.Aftercare, error) { return r.Aftercare(no) })
	s.Record(store.AftercareClosed{ID: no, As: store.CareRepaired, To: returns.Stage,
		Goods: a.Goods, By: "900", At: s.Clock.Now().UnixMilli()})
	s.undoesCare(no, store.NothingUndo)
	s.Stock(returns.Stage, "CUP-02", 2)
	s.Whole(open)
}

// twoBinsComeBackTogether: like cups of two bins come back; one has gone on, and the end stands.
func twoBinsComeBackTogether(t *testing.T, open Opener) {
	s := gone(t, open, Has("B-07-01", "CUP-02", 9), Ordered("1", "CUP-02", 3))
	id := s.request(wanted("1", "CUP-02", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 2, Cup, "")
	s.grade(id, 2, Cup, "used", "R-1", "")
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:D-01", "")
	at = s.shelve(at, 1, Cup, "")
	at.At = store.InBin("H-01")
	s.shelve(at, 1, Cup, "")
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", No: "WX-1", Places: []store.Place{"bin/D-01", "bin/H-01"}})
	s.Must(err)
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRepaired}))
	s.Stock(returns.Stage, "CUP-02", 2)
	s.grade(id, 1, Cup, "sealed", "R-2", "")
	s.undoesCare(no, store.NothingUndo)
	s.Stock(returns.Stage, "CUP-02", 1)
	s.Whole(open)
}

// thePhoneThatIsAway: what is at its maker does not come as another piece.
func thePhoneThatIsAway(t *testing.T, open Opener) {
	s, _, no := phones(t, open)
	end := &ending{s, returns.Closing{ID: no, As: store.CareReplaced}}
	end.scan(0, "PHONE||I-2", store.SerialTwice)
	rest := &ending{s, returns.Closing{ID: no, As: store.CareRefused}}
	rest.close("")
	at := Read(s, func(r *store.Reader) ([]store.Balance, error) {
		return r.SerialAt("PHONE", "I-2")
	})
	if len(at) != 1 || at[0].Place != returns.Stage || at[0].N != 1 {
		t.Errorf("I-2 is in %+v", at)
	}
	s.Whole(open)
}

// aStrayIsNotAtItsMaker: what is at its maker is no stray here.
func aStrayIsNotAtItsMaker(t *testing.T, open Opener) {
	s, _, no := phones(t, open)
	s.Record(store.StrayKept{Stray: store.Stray{ID: "a", Code: "4006381333931", N: 1,
		Place: returns.Kept, At: 1}})
	err := returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: "a",
		As: store.StrayKnown, Batch: store.Batch{Item: "PHONE", Serial: "I-1"}, N: 1})
	if got := s.Code(err); got != store.SerialTwice {
		t.Errorf("at its maker, and a stray: %q", got)
	}
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRepaired}))
	s.Whole(open)
}

// repairedAfterAllNot: like ones go out for repaired phones, which then were not repaired: a
// supervisor is told.
func repairedAfterAllNot(t *testing.T, open Opener) {
	s, id, no := phones(t, open)
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareRepaired}))
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if over := s.overpaid(); len(made) != 1 || len(over) != 0 {
		t.Errorf("repaired: %v go out, %v too many", made, over)
	}
	s.undoesCare(no, "")
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareCredited}))
	if over := s.overpaid(); len(over) != 1 {
		t.Errorf("not repaired: %v too many", over)
	}
	s.Whole(open)
}

// behindManyOnHold: what is to be sent back is not lost behind all that is on hold.
func behindManyOnHold(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Paid(Ordered("9", "TEA-500", 3)))
	for i := range 201 {
		s.Record(store.ReturnReceived{RMA: store.RMAID(fmt.Sprintf("X%03d", i)), N: 1, At: 1,
			Batch: store.Batch{Item: "CUP-02"}, To: returns.Kept, Aside: store.NotOrdered,
			Of: []store.ShareBack{{Order: "1", Line: 1, N: 1}}})
	}
	id := s.request(wanted("9", "TEA-500", 2, "no reason of ours"), "")
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	c := s.opened("return:" + string(id)).Case
	s.aside(c, 2, Tea, store.ReturnClosed)
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	work, err := returns.Work(background, s.Store)
	s.Must(err)
	if work.Lost != 1 {
		t.Errorf("lost %d", work.Lost)
	}
}

// aStrangersCupIsNotTheTea: a stranger's cup goes back; the tea is waited for as before.
func aStrangersCupIsNotTheTea(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), priced("1", 4, yuan(110)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 1, Tea, "")
	s.aside(c, 1, Cup, store.NotOnReturn)
	coming := func() {
		t.Helper()
		all := Read(s, func(r *store.Reader) ([]store.Coming, error) { return r.Coming(0, 9) })
		if len(all) != 1 || all[0].N != 1 {
			t.Errorf("still to come: %+v", all)
		}
	}
	coming()
	s.sendsBack(s.unwanted()[0], 1, "", "")
	coming()
	s.Whole(open)
}

// ofUnknownExpiry: milk of a lot that nobody knows comes for another: it is not sold.
func ofUnknownExpiry(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-03", "MILK", 9, "L1", "", "2027-01-01"), Ordered("1", "MILK", 2))
	id := s.request(wanted("1", "MILK", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 2, "MILK|L1||2027-01-01", "")
	s.grade(id, 2, "MILK", "used", "R-1", "")
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:D-01", "")
	s.shelve(at, 2, "MILK", "")
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", No: "WX-1", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	end := &ending{s, returns.Closing{ID: no, As: store.CareReplaced}}
	end.scan(1, "MILK|L7||2026-01-01", "")
	end.scan(1, "MILK|L7||2026-01-01", "")
	end.close("")
	s.grade(id, 2, "MILK", "sealed", "R-3", "")
	for _, l := range Read(s, func(r *store.Reader) ([]store.Lying, error) {
		return r.LyingIn(store.InTote("R-3"))
	}) {
		if l.As != store.Hold {
			t.Errorf("milk of %s: %s", l.Lot, l.As)
		}
	}
	s.Whole(open)
}
