package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/returns"
)

// due reads what is, or was, to be given back for a return: what of it, and how it stands.
func (s *Site) due(id store.RMAID) (out []string) {
	s.Helper()
	for _, f := range Read(s, func(r *store.Reader) ([]store.Refunding, error) {
		return r.Refunds(id)
	}) {
		n := store.Qty(0)
		for _, l := range f.Lines {
			n += l.N
		}
		how := "due"
		switch {
		case f.Settled != 0 && f.Withdrawn != 0:
			how = "paid late"
		case f.Settled != 0:
			how = "paid"
		case f.Withdrawn != 0:
			how = "withdrawn"
		}
		out = append(out, n.String()+" for "+f.Amount.String()+" "+how)
	}
	slices.Sort(out)
	return out
}

// everyRefund is what was ever to be given back by some returns, by all that were approved
// where none are named, or by none.
func (s *Site) everyRefund(of ...store.RMAID) []store.Refunding {
	s.Helper()
	return Read(s, func(r *store.Reader) (out []store.Refunding, err error) {
		if len(of) == 0 {
			of, err = r.RMAsIn(store.RMAApproved)
		}
		for _, id := range append([]store.RMAID{""}, of...) {
			var more []store.Refunding
			if err == nil {
				more, err = r.Refunds(id)
			}
			out = append(out, more...)
		}
		return out, err
	})
}

// isDue fails the test unless that is due for a return, and nothing of it is left to weigh.
func (s *Site) isDue(id store.RMAID, want ...string) {
	s.Helper()
	s.Plan()
	if diff := cmp.Diff(want, s.due(id)); diff != "" {
		s.Errorf("due for %s, want -, got +:\n%s", id, diff)
	}
	before := len(s.log())
	s.Plan()
	if n := len(s.log()) - before; n != 0 {
		s.Errorf("%d facts, and nothing happened", n)
	}
}

// overpaid reads what is known of money that was given for nothing.
func (s *Site) overpaid() (out []store.Qty) {
	s.Helper()
	for _, d := range Read(s, (*store.Reader).Discrepancies) {
		if d.Of == store.Overpaid {
			out = append(out, d.N)
		}
	}
	return out
}

// settled says that the oldest refund of a return that stands so was paid.
func (s *Site) settled(id store.RMAID, no string, withdrawn bool) {
	s.Helper()
	for _, f := range Read(s, func(r *store.Reader) ([]store.Refunding, error) {
		return r.Refunds(id)
	}) {
		if f.Settled == 0 && (f.Withdrawn != 0) == withdrawn {
			s.Must(returns.SettleRefund(background, s.Store, boss, returns.Settling{Refund: f.ID,
				No: no}))
			return
		}
	}
	s.Errorf("%s: nothing to settle", id)
}

// left is that an order of one item went out, whether or not it was paid.
func (s *Site) left(o store.OrderReceived) {
	s.Helper()
	n := store.Qty(0)
	for _, l := range o.Lines {
		n += l.N
	}
	picked := Has("T-1", o.Lines[0].Item, n)
	picked.Place = store.InTote("T-1")
	s.Record(append([]store.Event{picked}, Left(o, Noon)...)...)
}

// uninspected takes the last grade of a return back.
func (s *Site) uninspected(id store.RMAID) {
	s.Helper()
	_, err := returns.Uninspect(background, s.Store, clerk, id)
	s.Must(err)
}

// paysAsFound: whether a grade pays is said when the goods are looked at: no other policy
// gives money for what was seen before, or takes it back.
func paysAsFound(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 4, yuan(110)))
	policy := func(grades string) {
		p := store.StandardPolicy
		p.Grades = grades
		s.Must(returns.SetPolicy(background, s.Store, boss, p))
	}
	policy("sealed")
	id := s.request(wanted("1", "TEA-500", 3, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 2, Tea, "")
	s.grade(id, 1, Tea, "sealed", "R-1", "")
	s.grade(id, 1, Tea, "damaged", "R-2", "")
	s.isDue(id, "1 for 25 due")
	policy("damaged")
	// Another piece lets the authority look at the return anew.
	s.receive(c, 0, Tea, "")
	s.grade(id, 1, Tea, "damaged", "R-2", "")
	s.isDue(id, "1 for 25 due", "1 for 25 due")
	s.Whole(open)
}

// lookedAtAgain: goods that are looked at once more are paid for as they are now, whatever a
// policy says of how they were.
func lookedAtAgain(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 2, yuan(60)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 2, Tea, "")
	s.grade(id, 2, Tea, "damaged", "R-1", "")
	s.isDue(id)
	at := s.shelve(s.shelve(returns.Shelving{}, 0, "tote:R-1", ""), 0, "bin:H-01", "")
	s.shelve(at, 2, Tea, "")
	s.Stock(store.InBin("H-01"), "TEA-500", 2)
	p := store.StandardPolicy
	p.Grades = "damaged used"
	s.Must(returns.SetPolicy(background, s.Store, boss, p))
	s.grade(id, 1, Tea, "used", "R-2", "")
	s.isDue(id, "1 for 25 due")
	s.Whole(open)
}

// dueNoMore: what a refund was for is not as it was any more: it is withdrawn, or, where it
// was paid, a supervisor is told.
func dueNoMore(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 4, yuan(110)))
	id := s.request(wanted("1", "TEA-500", 3, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	s.isDue(id, "2 for 50 due")
	s.uninspected(id)
	s.isDue(id, "2 for 50 withdrawn")
	s.found(id, "1", 1, "TEA-500", 1, "swapped", store.Hold)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(id, "1 for 25 due", "2 for 50 withdrawn")
	s.uninspected(id)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock) // the same once more
	s.isDue(id, "1 for 25 due", "1 for 25 withdrawn", "2 for 50 withdrawn")
	s.settled(id, "W1", false)
	s.isDue(id, "1 for 25 paid", "1 for 25 withdrawn", "2 for 50 withdrawn")
	if n := s.overpaid(); len(n) != 0 {
		t.Errorf("nothing is odd: %v", n)
	}
	s.uninspected(id)
	s.isDue(id, "1 for 25 paid", "1 for 25 withdrawn", "2 for 50 withdrawn")
	if n := s.overpaid(); !slices.Equal(n, []store.Qty{1}) {
		t.Errorf("one was paid for nothing: %v", n)
	}
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	// Finance has paid what was withdrawn: it stays paid.
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(id, "1 for 25 due", "1 for 25 paid", "1 for 25 withdrawn", "2 for 50 withdrawn")
	s.settled(id, "W2", true)
	s.isDue(id, "1 for 25 paid", "1 for 25 withdrawn", "1 for 25 withdrawn", "2 for 50 paid late")
	if n := s.overpaid(); !slices.Equal(n, []store.Qty{1, 1}) {
		t.Errorf("three were paid for two: %v", n)
	}
	s.Whole(open)
}

// goodsGone: Given two tea that were paid for, of which one was received by mistake, its
// receipt and its grade go back, and with them what is due.
func goodsGone(t *testing.T, open Opener) {
	hub, s, _ := enrolled(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 5, yuan(135)),
		store.OperatorSaved{Operator: store.Operator{ID: "201", Roles: "receiver inspector",
			Active: true}})
	hub.Through("900")
	meet(hub, s)
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	for range 2 {
		s.came(id, "1", 1, "TEA-500", 1)
		s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	}
	meet(hub, s)
	hub.isDue(id, "2 for 50 due")
	// The station does not know of it yet, and is not the authority.
	s.uninspected(id)
	_, err := returns.Unreceive(background, s.Store, clerk, returns.Case{RMA: id})
	s.Must(err)
	meet(hub, s)
	hub.isDue(id, "1 for 25 due", "2 for 50 withdrawn")
	meet(hub, s)
	same(hub, s)
	hub.Whole(open)
}

// givenInPortions: a central server that was restored gave in one portion what it had given
// in two: the same pieces are paid for once, and no two orders have one number.
func givenInPortions(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 19), priced("1", 4, yuan(110)),
		priced("2", 4, yuan(110)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	s.isDue(id, "2 for 50 due")
	s.Record(store.RefundDue{ID: "old", RMA: id, Order: "1", Amount: yuan(25), At: Noon.UnixMilli(),
		Lines: []store.RefundLine{{Line: 1, N: 1, Paid: yuan(25)}}})
	// The latest goes, and what is left is given anew.
	s.isDue(id, "1 for 25 due", "1 for 25 due", "2 for 50 withdrawn")

	a := wanted("2", "TEA-500", 2, "size")
	a.Wants = store.WantsExchange
	swap := s.request(a, "")
	s.came(swap, "2", 1, "TEA-500", 2)
	s.found(swap, "2", 1, "TEA-500", 1, "opened", store.Restock)
	s.found(swap, "2", 1, "TEA-500", 1, "opened", store.Restock)
	s.Plan()
	old := Ordered("EXold", "TEA-500", 1)
	s.Record(store.ExchangeOrdered{RMA: swap, Source: "2", N: 1, Order: old.Order})
	s.Plan()
	if n := s.overpaid(); !slices.Equal(n, []store.Qty{1}) {
		t.Errorf("three go out for two: %v", n)
	}
	s.isDue(swap)
	s.Whole(open)
}

// partlyPaid: what was not paid in full waits until it is; a person may give what was.
func partlyPaid(t *testing.T, open Opener) {
	s := gone(t, open)
	s.left(priced("1", 2, yuan(20)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	waits := func(want ...store.RefundWait) {
		t.Helper()
		s.isDue(id)
		out, err := returns.Due(background, s.Store)
		s.Must(err)
		for i := range out.Waits {
			out.Waits[i].At = 0
		}
		if diff := cmp.Diff(want, out.Waits); diff != "" {
			t.Errorf("waits, want -, got +:\n%s", diff)
		}
	}
	wait := store.RefundWait{RMA: id, Order: "1", Source: "1", Amount: yuan(50), Room: yuan(20)}
	waits(wait)
	pay := func(no string, n int) {
		s.Record(store.PaymentReceived{Payment: store.Payment{Order: "1", ID: no,
			Amount: yuan(n)}})
	}
	pay("a", 10)
	wait.Room = yuan(30)
	waits(wait)
	pay("b", 30)
	s.isDue(id, "2 for 50 due")
	out, err := returns.Due(background, s.Store)
	s.Must(err)
	if len(out.Waits) != 0 || len(out.Due) != 1 {
		t.Errorf("to be paid: %+v", out)
	}
	s.settled(id, "W", false)
	if out, err = returns.Due(background, s.Store); err != nil || len(out.Due) != 0 {
		t.Errorf("it was paid: %+v, %v", out, err)
	}
	s.Whole(open)
}

// byHand: a supervisor gives back what no policy does, and never more than was paid.
func byHand(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 2, yuan(60)))
	s.left(priced("2", 2, yuan(20)))
	id := s.request(wanted("1", "TEA-500", 1, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(id, "1 for 25 due")
	purse := func(code string, of store.RMAID, paid, given, left int) {
		t.Helper()
		p, err := returns.FindPurse(background, s.Store, s.By("900", code))
		s.Must(err)
		if p.RMA != of || p.Paid != yuan(paid) || p.Given != yuan(given) || p.Left != yuan(left) {
			t.Errorf("%s: %+v", code, p)
		}
	}
	purse("P-1", "", 60, 25, 35)
	purse("return:"+string(id), id, 60, 25, 35)
	for _, c := range []struct {
		by   store.Gesture
		in   returns.Giving
		want store.Code
	}{
		{clerk, returns.Giving{Order: "1", Amount: 1, Reason: "other"}, store.NoRight},
		{boss, returns.Giving{Order: "9", Amount: 1, Reason: "other"}, store.NotFound},
		{boss, returns.Giving{Order: "1", RMA: "9", Amount: 1, Reason: "other"}, store.NotFound},
		{boss, returns.Giving{Order: "1", Reason: "other"}, store.BadQuantity},
		{boss, returns.Giving{Order: "1", Amount: -1, Reason: "other"}, store.BadQuantity},
		{boss, returns.Giving{Order: "1", Amount: yuan(36), Reason: "other"}, store.OverPaid},
		{boss, returns.Giving{Order: "1", RMA: id, Amount: yuan(20), Reason: "other"}, ""},
		{boss, returns.Giving{Order: "1", Amount: yuan(16), Reason: "other"}, store.OverPaid},
		{boss, returns.Giving{Order: "1", Amount: yuan(15), Reason: "other"}, ""},
		{boss, returns.Giving{Order: "2", Amount: yuan(20), Reason: "other"}, ""},
	} {
		_, err := returns.GiveBack(background, s.Store, c.by, c.in)
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q, not %q", c.in, got, c.want)
		}
	}
	purse("P-1", "", 60, 60, 0)
	handTakenBack(s, id)
	purse("P-1", "", 60, 60, 0)
	s.isDue(id, "0 for 20 due", "1 for 25 due")
	// The other one comes: nothing of what was paid is left.
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(id, "0 for 20 due", "1 for 25 due")
	s.uninspected(id)
	s.uninspected(id)
	s.isDue(id, "0 for 20 due", "1 for 25 withdrawn")
	_, err := returns.FindPurse(background, s.Store, s.By("201", "P-1"))
	if got := s.Code(err); got != store.NoRight {
		t.Errorf("a clerk looks: %q", got)
	}
	s.Whole(open)
}

// handTakenBack: of what was given by hand, and of that alone, a supervisor takes back what nobody
// has paid, once.
func handTakenBack(s *Site, id store.RMAID) {
	s.Helper()
	s.left(priced("3", 2, yuan(60)))
	give := func() string {
		no, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: "3",
			Amount: yuan(60), Reason: "other"})
		s.Must(err)
		return no
	}
	var goods string
	for _, f := range s.everyRefund(id) {
		if len(f.Lines) > 0 {
			goods = f.ID
		}
	}
	gone := give()
	for _, c := range []struct {
		by         store.Gesture
		no, reason string
		want       store.Code
	}{
		{clerk, gone, "other", store.NoRight},
		{boss, "nothing", "other", store.NotFound},
		{boss, goods, "other", store.NothingToDo},
		{boss, gone, "other", ""},
		{boss, gone, "other", store.NothingToDo},
	} {
		err := returns.WithdrawRefund(background, s.Store, c.by, returns.Withdrawing{
			Refund: c.no, Reason: c.reason})
		if got := s.Code(err); got != c.want {
			s.Errorf("take %s back: %q, not %q", c.no, got, c.want)
		}
	}
	paid := give() // all may be given again
	s.Must(returns.SettleRefund(background, s.Store, boss, returns.Settling{Refund: paid}))
	err := returns.WithdrawRefund(background, s.Store, boss, returns.Withdrawing{Refund: paid,
		Reason: "other"})
	if got := s.Code(err); got != store.SettledBefore {
		s.Errorf("take back what was paid: %q", got)
	}
}

// exchangedBack: Given two tea for 25 each, one of which was exchanged, both come back: for
// the one that was sent in its place goes back what was paid for that.
func exchangedBack(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 2, yuan(60)))
	a := wanted("1", "TEA-500", 1, "size")
	a.Wants = store.WantsExchange
	back := func(a store.RMA) store.RMAID {
		t.Helper()
		id := s.request(a, "")
		s.came(id, a.Lines[0].Order, 1, "TEA-500", 1)
		s.found(id, a.Lines[0].Order, 1, "TEA-500", 1, "opened", store.Restock)
		s.Plan()
		return id
	}
	id := back(a)
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if len(made) != 1 {
		t.Fatalf("opened: %v", made)
	}
	s.left(store.OrderReceived{Order: s.order(made[0])})
	if _, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: made[0],
		Amount: yuan(61), Reason: "other"}); s.Code(err) != store.OverPaid {
		t.Errorf("more than was paid for what it stands for: %v", err)
	}
	s.isDue(back(wanted(made[0], "TEA-500", 1, "quality")), "1 for 25 due")
	s.isDue(back(wanted("1", "TEA-500", 1, "quality")), "1 for 25 due")
	p, err := returns.FindPurse(background, s.Store, s.By("900", string(made[0])))
	if err != nil || p.Paid != yuan(60) || p.Given != yuan(50) || p.Left != yuan(10) {
		t.Errorf("%+v, %v", p, err)
	}
	s.Whole(open)
}

// upstream is that a platform gives money back for pieces of line 1 of an order.
func (s *Site) upstream(of store.OrderID, n store.Qty, sum int) {
	s.Helper()
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: of, ID: "U1", Refund: true,
		Amount: yuan(sum), Lines: []store.Cut{{Line: 1, N: n}}}))
}

// refundedUpstream: what a platform gives back after a refund fell due is not given twice,
// for goods that were sent in the place of others neither.
func refundedUpstream(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 19), priced("1", 2, yuan(60)),
		priced("2", 2, yuan(60)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	s.isDue(id, "2 for 50 due")
	s.upstream("1", 2, 60)
	s.isDue(id, "2 for 50 withdrawn")

	a := wanted("2", "TEA-500", 1, "size")
	a.Wants = store.WantsExchange
	swap := s.request(a, "")
	s.came(swap, "2", 1, "TEA-500", 1)
	s.found(swap, "2", 1, "TEA-500", 1, "opened", store.Restock)
	s.Plan()
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(swap) })
	if len(made) != 1 {
		t.Fatalf("opened: %v", made)
	}
	s.left(store.OrderReceived{Order: s.order(made[0])})
	back := s.request(wanted(made[0], "TEA-500", 1, "quality"), "")
	s.came(back, made[0], 1, "TEA-500", 1)
	s.found(back, made[0], 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(back, "1 for 25 due")
	s.upstream("2", 2, 50)
	s.isDue(back, "1 for 25 withdrawn") // of the ten that are left, none is for goods
	if n := s.overpaid(); len(n) != 0 {
		t.Errorf("nobody was paid: %v", n)
	}
	s.Whole(open)
}

// chargedBack: of a payment that failed after all nothing goes back, whoever gave it; what is
// due by itself goes first.
func chargedBack(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 2, yuan(60)))
	id := s.request(wanted("1", "TEA-500", 1, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.isDue(id, "1 for 25 due")
	_, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: "1",
		Amount: yuan(10), Reason: "other"})
	s.Must(err)
	fails := func(no string, n int, want ...store.Money) {
		t.Helper()
		s.Record(store.PaymentReversed{Payment: store.Payment{Order: "1", ID: no,
			Amount: yuan(n)}})
		s.Plan()
		out, err := returns.Due(background, s.Store)
		s.Must(err)
		var due []store.Money
		for _, f := range out.Due {
			due = append(due, f.Amount)
		}
		if !slices.Equal(due, want) {
			t.Errorf("%s: due %v, not %v", no, due, want)
		}
	}
	fails("a", 20, yuan(25), yuan(10))
	fails("b", 10, yuan(10))
	fails("c", 30)
	s.isDue(id, "1 for 25 withdrawn")
	s.Whole(open)
}

// paidTwice: where a platform gives back what was paid back already, a person is told how
// much of it is too much, once.
func paidTwice(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 19), priced("1", 2, yuan(60)),
		priced("2", 2, yuan(60)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	s.isDue(id, "2 for 50 due")
	s.settled(id, "W1", false)
	s.upstream("1", 2, 60)
	s.isDue(id, "2 for 50 paid")
	// Finance pays what was given by hand, and was withdrawn.
	no, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: "2",
		Amount: yuan(60), Reason: "other"})
	s.Must(err)
	s.upstream("2", 2, 50)
	s.Plan()
	s.Must(returns.SettleRefund(background, s.Store, boss, returns.Settling{Refund: no}))
	s.Plan()
	var told []string
	for _, d := range Read(s, (*store.Reader).Discrepancies) {
		told = append(told, string(d.Of)+" "+d.Note)
	}
	slices.Sort(told)
	if diff := cmp.Diff([]string{"overpaid 50", "overpaid 50"}, told); diff != "" {
		t.Errorf("told, want -, got +:\n%s", diff)
	}
	s.Whole(open)
}

// exchangedTwoLines: Given two lines of one tea each, for 25 and for 30, that were exchanged:
// for what was sent in their place goes back what was paid for both.
func exchangedTwoLines(t *testing.T, open Opener) {
	o := Ordered("1", "TEA-500", 1, "TEA-500", 1)
	o.Lines[0].Price, o.Lines[1].Price, o.Paid = yuan(25), yuan(30), yuan(55)
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), o)
	a := wanted("1", "TEA-500", 2, "size")
	a.Wants = store.WantsExchange
	id := s.request(a, "")
	for line := range int64(2) {
		s.came(id, "1", line+1, "TEA-500", 1)
		s.found(id, "1", line+1, "TEA-500", 1, "opened", store.Restock)
	}
	s.Plan()
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if len(made) != 1 {
		t.Fatalf("opened: %v", made)
	}
	x := s.order(made[0])
	s.left(store.OrderReceived{Order: x})
	back := s.request(wanted(x.ID, "TEA-500", 2, "quality"), "")
	for _, l := range x.Lines {
		s.came(back, x.ID, l.Line, "TEA-500", l.N)
		s.found(back, x.ID, l.Line, "TEA-500", l.N, "opened", store.Restock)
	}
	s.isDue(back, "2 for 55 due")
	s.Whole(open)
}

// handCounts: what was given by hand for a return counts of what that is due: nothing waits
// where all that came was given, and for the rest that is paid then goes back the rest.
func handCounts(t *testing.T, open Opener) {
	s := gone(t, open)
	s.left(priced("1", 2, yuan(20)))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 2, "opened", store.Restock)
	s.Plan()
	waits := func(want int) {
		t.Helper()
		out, err := returns.Due(background, s.Store)
		s.Must(err)
		if len(out.Waits) != want {
			t.Errorf("%d wait: %+v", want, out.Waits)
		}
	}
	waits(1)
	no, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: "1", RMA: id,
		Amount: yuan(20), Reason: "other"})
	s.Must(err)
	s.isDue(id, "0 for 20 due")
	waits(0)
	s.Record(store.PaymentReceived{Payment: store.Payment{Order: "1", ID: "b",
		Amount: yuan(40)}})
	s.isDue(id, "0 for 20 due", "2 for 30 due")
	waits(0)
	// What was given goes no more: it is due for the goods.
	s.Must(returns.WithdrawRefund(background, s.Store, boss, returns.Withdrawing{Refund: no,
		Reason: "other"}))
	s.isDue(id, "0 for 20 withdrawn", "2 for 30 withdrawn", "2 for 50 due")
	s.Whole(open)
}

// exchangedForNothing: goods that an exchange went out for were graded anew, so that they pay
// nothing: a person is told, but not of what a supervisor sends all the same.
func exchangedForNothing(t *testing.T, open Opener) {
	hub, s, _ := enrolled(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 5, yuan(135)),
		store.OperatorSaved{Operator: store.Operator{ID: "201", Roles: "receiver inspector",
			Active: true}})
	hub.Through("900")
	meet(hub, s)
	a := wanted("1", "TEA-500", 2, "quality")
	a.Wants = store.WantsExchange
	id := s.request(a, "")
	swapped := func(want ...store.Qty) {
		t.Helper()
		s.found(id, "1", 1, "TEA-500", 1, "swapped", store.Hold)
		meet(hub, s)
		hub.Plan()
		if n := hub.overpaid(); !slices.Equal(n, want) {
			t.Errorf("told of %v, not %v", n, want)
		}
	}
	s.came(id, "1", 1, "TEA-500", 2)
	swapped()
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	meet(hub, s)
	hub.Plan()
	s.uninspected(id)
	swapped(1)
	s.Must(returns.Reship(background, hub.Store, boss, id))
	hub.Plan()
	if n := hub.overpaid(); !slices.Equal(n, []store.Qty{1}) {
		t.Errorf("told of what a supervisor sent: %v", n)
	}
	hub.Whole(open)
}
