package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"scanbay/store"
	"scanbay/store/returns"
)

// clerk is at the counter.
var clerk = store.Gesture{Operator: "201"}

// yuan is money of whole units.
func yuan(n int) store.Money { return store.Money(n) * store.MoneyUnit }

// wanted is a request for pieces of an order.
func wanted(of store.OrderID, item store.SKU, n store.Qty, reason string) store.RMA {
	return store.RMA{Lines: []store.RMALine{{Order: of, Item: item, N: n, Reason: reason}}}
}

// request asks for a return and wants it refused with a code, or taken.
func (s *Site) request(a store.RMA, want store.Code) store.RMAID {
	s.Helper()
	id, err := returns.Request(background, s.Store, clerk, a)
	if got := s.Code(err); got != want {
		s.Errorf("%+v: %q, not %q", a.Lines, got, want)
	}
	return id
}

func (s *Site) returnState(id store.RMAID, want store.RMAState, rules ...returns.Rule) (
	d store.RMADecision) {
	s.Helper()
	d = Read(s, func(r *store.Reader) (store.RMADecision, error) { return r.RMADecision(id) })
	var broken []returns.Rule
	for _, f := range d.Findings {
		broken = append(broken, returns.Rule(f.Rule))
	}
	if d.State != want || !slices.Equal(broken, rules) {
		s.Errorf("%s is %q for %v, not %q for %v", id, d.State, broken, want, rules)
	}
	return d
}

// came is that pieces of a line of an order were received.
func (s *Site) came(id store.RMAID, of store.OrderID, line int64, item store.SKU, n store.Qty) {
	s.Helper()
	s.Record(store.ReturnReceived{RMA: id, Batch: store.Batch{Item: item}, N: n, To: returns.Stage,
		Of: []store.ShareBack{{Order: of, Line: line, N: n}}, At: s.Clock.Now().UnixMilli()})
}

// found is that pieces of a line of an order were graded.
func (s *Site) found(id store.RMAID, of store.OrderID, line int64, item store.SKU, n store.Qty,
	grade string, as store.Disposition) {
	s.Helper()
	at := s.Clock.Now().UnixMilli()
	pays := Read(s, func(r *store.Reader) (store.ReturnPolicy, error) {
		i, err := r.Item(item)
		if err != nil {
			return store.ReturnPolicy{}, err
		}
		return r.ReturnPolicy(i)
	}).Pays(grade, as)
	s.Must(s.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.Record(store.ReturnInspected{ID: tx.NextEvent(), RMA: id, N: n,
			Batch: store.Batch{Item: item}, From: returns.Stage, To: store.InTote("R-1"),
			Of: []store.ShareBack{{Order: of, Line: line, N: n}}, Grade: grade, As: as, At: at,
			Pays: new(store.Bit(pays))})
	}))
}

// refunds are what is to be given back for a return, all of it together.
func (s *Site) refunds(id store.RMAID) (n int, sum store.Money) {
	s.Helper()
	for _, f := range Read(s, func(r *store.Reader) ([]store.Refunding, error) {
		return r.Refunds(id)
	}) {
		n, sum = n+1, sum+f.Amount
	}
	return n, sum
}

// aRequest: Given an order of which six tea and a cup left, a return is taken for no more
// than that, whoever announced the rest; of an order, of several or of none.
func aRequest(t *testing.T, open Opener) {
	again := Ordered("2", "TEA-500", 1)
	again.Customer = "1"
	s := gone(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 4, "TEA-500", 2, "CUP-02", 1), again, Ordered("3", "TEA-500", 1))
	s.Record(Ordered("4", "TEA-500", 1))
	for _, c := range []struct {
		of     store.OrderID
		item   store.SKU
		n      store.Qty
		reason string
		want   store.Code
	}{
		{"1", "TEA-500", 0, "size", store.BadQuantity},
		{"1", "TEA-500", 9_000_000, "size", store.BadQuantity},
		{"1", "TEA-500", 1, "", store.Incomplete},
		{"1", "", 1, "size", store.Incomplete},
		{"9", "TEA-500", 1, "size", store.NotFound},
		{"", "NONE", 1, "size", store.NotFound},
		{"4", "TEA-500", 1, "size", store.NotSent},
		{"1", "MILK", 1, "size", store.NotOnReturn},
		{"1", "TEA-500", 7, "size", store.OverSent},
		{"1", "TEA-500", 5, "size", ""},
		{"1", "TEA-500", 2, "size", store.OverSent}, // another return announces five
		{"1", "TEA-500", 1, "size", ""},
		{"", "TEA-500", 99, "size", ""},
	} {
		s.request(wanted(c.of, c.item, c.n, c.reason), c.want)
	}
	s.request(store.RMA{}, store.Incomplete)
	s.request(store.RMA{How: "pigeon", Lines: wanted("1", "CUP-02", 1, "size").Lines},
		store.BadSetting)
	first := Read(s, func(r *store.Reader) ([]store.RMAID, error) { return r.RMAsOf("1") })[1]
	a := Read(s, func(r *store.Reader) (store.RMA, error) { return r.RMA(first) })
	if len(a.Lines) != 2 || a.Lines[0].N != 4 || a.Lines[1].OrderLine != 2 || a.Lines[1].N != 1 ||
		a.Customer != "1" || !bool(a.Asked) || a.Wants != store.WantsRefund {
		t.Errorf("taken as %+v", a)
	}
	both := wanted("1", "CUP-02", 1, "quality")
	both.Lines = append(both.Lines, wanted("2", "TEA-500", 1, "quality").Lines...)
	foreign := both
	foreign.Lines = append(slices.Clone(both.Lines), wanted("3", "TEA-500", 1, "size").Lines...)
	s.request(foreign, store.NotTogether)
	// The platform's number says whether it was taken before.
	both.Source = "R-77"
	id := s.request(both, "")
	if same := s.request(both, ""); same != id {
		t.Errorf("the same again is %s, not %s", same, id)
	}
	both.Lines[0].Reason = "size"
	s.request(both, store.AskedTwice)
	// What the customer keeps may be announced again.
	s.Must(returns.CancelReturn(background, s.Store, clerk, first, "customer"))
	s.request(wanted("1", "TEA-500", 5, "size"), "")
	s.Record(store.OperatorSaved{Operator: store.Operator{ID: "301", Roles: "picker",
		Active: true}})
	picker := store.Gesture{Operator: "301"}
	if _, err := returns.Request(background, s.Store, picker, both); s.Code(err) != store.NoRight {
		t.Errorf("a picker asks: %v", err)
	}
	s.Whole(open)
}

// policiesDecide: Given policies for tea, for cups and for all, what they decide is decided
// with its reasons and terms, and the rest waits for a person.
func policiesDecide(t *testing.T, open Opener) {
	var events []store.Event
	for i := range 12 {
		o := Ordered(store.OrderID(fmt.Sprintf("%02d", i)), "TEA-500", 2, "CUP-02", 1)
		o.Lines[0].Price, o.Lines[1].Price = yuan(100), yuan(30)
		o.Lines[0].Paid, o.Lines[1].Paid, o.Paid = yuan(180), yuan(30), yuan(210)
		o.Lines[0].Discount = yuan(20)
		events = append(events, o)
	}
	s := gone(t, open, append(events, Has("A-01-01", "TEA-500", 40),
		Has("B-07-01", "CUP-02", 40))...)
	policy := func(scope string, how func(*store.ReturnPolicy)) {
		p := store.StandardPolicy
		p.Scope, p.Restocking, p.Carriage = scope, 10, yuan(8)
		how(&p)
		s.Must(returns.SetPolicy(background, s.Store, boss, p))
	}
	policy("", func(p *store.ReturnPolicy) { p.Proof = true })
	policy("item:TEA-500", func(p *store.ReturnPolicy) { p.Above = yuan(150) })
	policy("item:CUP-02", func(p *store.ReturnPolicy) { p.Restocking, p.Bearer = 20, store.WeBear })
	s.Clock.Wait(31 * 24 * time.Hour)
	now := s.Clock.Now()
	signed := func(of store.OrderID, days int) {
		s.Must(returns.SignOff(background, s.Store, boss, returns.SigningOff{Order: of,
			At: now.AddDate(0, 0, -days).UnixMilli()}))
	}
	tea := func(of store.OrderID, n store.Qty, reason string) store.RMA {
		return wanted(of, "TEA-500", n, reason)
	}
	check := func(a store.RMA, want store.RMAState, rules ...returns.Rule) store.RMADecision {
		t.Helper()
		return s.returnState(s.request(a, ""), want, rules...)
	}
	// Not signed for, or seven days ago: approved; the costs are the customer's, or ours.
	if d := check(tea("00", 1, "size"), store.RMAApproved); d.Restocking != 10 ||
		d.Carriage != yuan(8) {
		t.Errorf("it was the customer's choice: %+v", d.Terms)
	}
	signed("01", 7)
	if d := check(tea("01", 1, "quality"), store.RMAApproved); d.Terms != (store.Terms{}) {
		t.Errorf("it was our fault: %+v", d.Terms)
	}
	if d := check(wanted("02", "CUP-02", 1, "size"), store.RMAApproved); d.Terms !=
		(store.Terms{}) {
		t.Errorf("we bear it: %+v", d.Terms)
	}
	mixed := tea("03", 1, "quality")
	mixed.Lines = append(mixed.Lines, tea("03", 1, "unwanted").Lines...)
	policy("item:TEA-500", func(*store.ReturnPolicy) {})
	if d := check(mixed, store.RMAApproved); d.Restocking != 10 {
		t.Errorf("one line is the customer's: %+v", d.Terms)
	}
	policy("item:TEA-500", func(p *store.ReturnPolicy) { p.Above = yuan(150) })
	signed("04", 8)
	if d := check(tea("04", 1, "size"), store.RMARejected, returns.DaysRule); d.Findings[0] !=
		(store.Finding{Rule: "days", Line: 1, Want: "<= 7", Got: "8"}) {
		t.Errorf("too late: %+v", d.Findings)
	}
	signed("05", 8)
	check(tea("05", 2, "size"), store.RMAHeld, returns.DaysRule, returns.AmountRule)
	check(tea("06", 2, "size"), store.RMAHeld, returns.AmountRule)
	check(tea("07", 1, "whim"), store.RMAHeld, returns.ReasonRule)
	check(wanted("", "MILK", 1, "size"), store.RMAHeld, returns.OrderRule, returns.ProofRule)
	proved := wanted("", "MILK", 1, "size")
	proved.Proof = "invoice 7"
	check(proved, store.RMAHeld, returns.OrderRule)
	policy("item:TEA-500", func(p *store.ReturnPolicy) { p.Final, p.Days = true, 0 })
	check(tea("08", 1, "quality"), store.RMARejected, returns.FinalRule)
	s.Whole(open)
}

// peopleDecide: what the policies leave to people, people decide, once.
func peopleDecide(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 9))
	s.Must(returns.SetPolicy(background, s.Store, boss, store.ReturnPolicy{Scope: "item:MILK",
		Final: true, Bearer: store.WeBear, Active: true}))
	held := func() store.RMAID { return s.request(wanted("", "TEA-500", 1, "size"), "") }
	is := func(what string, err error, want store.Code) {
		t.Helper()
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q, not %q", what, got, want)
		}
	}
	id := held()
	is("a clerk approves", returns.Approve(background, s.Store, clerk, id, "ok"), store.NoRight)
	is("no question", returns.AnswerFor(background, s.Store, clerk, id, "?"), store.NoQuestion)
	s.Must(returns.AskCustomer(background, s.Store, boss, id, "订单号是多少？"))
	s.returnState(id, store.RMAAsked, returns.OrderRule)
	s.Plan() // it waits for the answer
	s.Must(returns.AnswerFor(background, s.Store, clerk, id, "忘了"))
	if d := s.returnState(id, store.RMAHeld, returns.OrderRule); d.Note != "忘了" {
		t.Errorf("the answer is lost: %q", d.Note)
	}
	list, err := returns.Waiting(background, s.Store)
	s.Must(err)
	if len(list) != 1 || list[0].ID != id || list[0].Items[0].SKU != "TEA-500" {
		t.Errorf("waiting: %+v", list)
	}
	s.Must(returns.Approve(background, s.Store, boss, id, "goodwill"))
	s.returnState(id, store.RMAApproved, returns.OrderRule)
	is("twice", returns.Approve(background, s.Store, boss, id, "ok"), store.ReturnDecide)
	is("after all", returns.Reject(background, s.Store, boss, id, "no"), store.ReturnDecide)
	s.Must(returns.Tell(background, s.Store, clerk, id, "YT7700000000001", "YTO"))
	s.Must(returns.Tell(background, s.Store, clerk, id, "YT7700000000001", "YTO"))
	is("no number", returns.Tell(background, s.Store, clerk, id, "?", ""), store.BadWaybill)
	s.came(id, "", 0, "TEA-500", 1)
	is("it came", returns.CancelReturn(background, s.Store, clerk, id, "x"), store.ReturnDecide)
	no := held()
	s.Must(returns.Reject(background, s.Store, boss, no, "no proof"))
	is("a no of a person stays", returns.Approve(background, s.Store, boss, no, "ok"),
		store.ReturnClosed)
	is("nothing to send", returns.Tell(background, s.Store, clerk, no, "YT7700000000002", ""),
		store.ReturnClosed)
	final := s.request(wanted("", "MILK", 1, "size"), "")
	s.Must(returns.Reject(background, s.Store, boss, final, "final"))
	kept := held()
	s.Must(returns.CancelReturn(background, s.Store, clerk, kept, "keeps it"))
	is("it is kept", returns.AskCustomer(background, s.Store, boss, kept, "?"), store.ReturnClosed)
	is("nobody knows it", returns.Approve(background, s.Store, boss, "TH0", "x"), store.NotFound)
	// What came unannounced is nobody's decision yet.
	s.Record(store.ReturnReceived{RMA: "TH-S1-1", Opens: &store.RMA{ID: "TH-S1-1", Placed: 1},
		Batch: store.Batch{Item: "TEA-500"}, N: 1, To: returns.Stage, At: 1,
		Of: []store.ShareBack{{Order: "1", Line: 1, N: 1}}})
	list, err = returns.Waiting(background, s.Store)
	s.Must(err)
	if len(list) != 1 || list[0].ID != "TH-S1-1" || len(list[0].Goods) != 1 {
		t.Errorf("waiting: %+v", list)
	}
	s.Must(returns.Approve(background, s.Store, boss, "TH-S1-1", "ok"))
	s.returnState("TH-S1-1", store.RMAApproved)
	s.Whole(open)
}

// personOverPolicy: what the policies rejected by themselves, a person may approve.
func personOverPolicy(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 1))
	p := store.StandardPolicy
	p.Final = true
	s.Must(returns.SetPolicy(background, s.Store, boss, p))
	id := s.request(wanted("1", "TEA-500", 1, "quality"), "")
	s.returnState(id, store.RMARejected, returns.FinalRule)
	s.Must(returns.Approve(background, s.Store, boss, id, "it is broken"))
	s.returnState(id, store.RMAApproved, returns.FinalRule)
}

// moneyBack: Given four tea for 99.99 and a freight of 10, of which the customer sends back
// all in two visits and bears a tenth, what was paid for the tea goes back, less that.
func moneyBack(t *testing.T, open Opener) {
	o := Ordered("1", "TEA-500", 4)
	o.Lines[0].Price, o.Lines[0].Paid, o.Lines[0].Tax = yuan(25), 99_9900, 11_5000
	o.Freight, o.Paid = yuan(10), 109_9900
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), o)
	p := store.StandardPolicy
	p.Restocking, p.Carriage, p.Grades = 10, yuan(8), "sealed opened"
	s.Must(returns.SetPolicy(background, s.Store, boss, p))
	id := s.request(wanted("1", "TEA-500", 4, "unwanted"), "")
	s.came(id, "1", 1, "TEA-500", 3)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.Plan()
	if n, _ := s.refunds(id); n != 0 {
		t.Error("two of three nobody has looked at")
	}
	s.found(id, "1", 1, "TEA-500", 1, "sealed", store.Restock)
	s.found(id, "1", 1, "TEA-500", 1, "used", store.Refurbish)
	s.Plan()
	before := len(s.log())
	s.Plan()
	if n := len(s.log()) - before; n != 0 {
		t.Errorf("%d facts, and nothing happened", n)
	}
	all := Read(s, func(r *store.Reader) ([]store.Refunding, error) { return r.Refunds(id) })
	if len(all) != 1 {
		t.Fatalf("refunds: %+v", all)
	}
	// Two of four are 49.99, whole hundredths, of which 4.99 stays here, and the carriage.
	want := store.RefundLine{Line: 1, N: 2, Paid: 49_9900, Tax: 5_7500, Fee: 4_9900}
	if f := all[0]; f.Lines[0] != want || f.Carriage != yuan(8) || f.Amount != 37_0000 {
		t.Errorf("due: %+v", f)
	}
	// The used one is looked at again, and the last one comes.
	at := s.Clock.Now().UnixMilli()
	s.Record(store.ReturnInspected{ID: "again", RMA: id, Batch: store.Batch{Item: "TEA-500"}, N: 1,
		Of: []store.ShareBack{{Order: "1", Line: 1, N: 1}}, From: store.InTote("R-1"),
		Graded: "used", Before: store.Refurbish, To: store.InTote("R-2"), Grade: "opened",
		As: store.Restock, At: at, Pays: new(store.Bit(true)), Paid: []store.Qty{0}})
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "sealed", store.Restock)
	s.Plan()
	all = Read(s, func(r *store.Reader) ([]store.Refunding, error) { return r.Refunds(id) })
	want = store.RefundLine{Line: 1, N: 2, Paid: 50_0000, Tax: 5_7500, Fee: yuan(5)}
	if len(all) != 2 || all[1].Lines[0] != want || all[1].Carriage != 0 ||
		all[1].Amount != yuan(45) {
		t.Errorf("due: %+v", all)
	}
	settle := func(no string) store.Code {
		return s.Code(returns.SettleRefund(background, s.Store, boss, returns.Settling{
			Refund: all[0].ID, No: no}))
	}
	for _, c := range []struct {
		no   string
		want store.Code
	}{{"W1", ""}, {"W1", ""}, {"W2", store.SettledBefore}, {"", store.SettledBefore}} {
		if got := settle(c.no); got != c.want {
			t.Errorf("settled by %q: %q, not %q", c.no, got, c.want)
		}
	}
	err := returns.SettleRefund(background, s.Store, boss, returns.Settling{Refund: "x"})
	if got := s.Code(err); got != store.NotFound {
		t.Errorf("nobody knows it: %q", got)
	}
	s.Whole(open)
}

// whoIsPaid: no money goes back that did not come, that a platform gave back, or for goods on
// which a person is to decide.
func whoIsPaid(t *testing.T, open Opener) {
	unpaid, upstream, cod := priced("1", 2, 0), priced("2", 2, yuan(60)), priced("3", 2, 0)
	cod.COD = yuan(60)
	unpaid.PayMethod = "monthly"
	s := gone(t, open, Has("A-01-01", "TEA-500", 20), unpaid, upstream, cod,
		Ordered("4", "TEA-500", 1))
	back := func(of store.OrderID, n store.Qty, grade string, as store.Disposition) store.RMAID {
		id := s.request(wanted(of, "TEA-500", n, "quality"), "")
		s.came(id, of, 1, "TEA-500", n)
		s.found(id, of, 1, "TEA-500", n, grade, as)
		s.Plan()
		return id
	}
	sum := func(what string, id store.RMAID, n int, want store.Money) {
		t.Helper()
		if got, sum := s.refunds(id); got != n || sum != want {
			t.Errorf("%s: %d refunds of %s, not %d of %s", what, got, sum, n, want)
		}
	}
	sum("not paid yet", back("1", 1, "opened", store.Restock), 0, 0)
	door := back("3", 1, "opened", store.Restock)
	sum("the carrier has it", door, 0, 0)
	s.Record(store.CODCollected{Payment: store.Payment{Order: "3", ID: "C", Amount: yuan(60)}})
	s.Plan()
	sum("it came", door, 1, yuan(25))
	s.Record(store.RefundedUpstream{Cutting: store.Cutting{Order: "2", ID: "U",
		Lines: []store.Cut{{Line: 1, N: 1}}}, Amount: yuan(25)})
	one := back("2", 1, "opened", store.Restock)
	sum("the platform gave it back", one, 0, 0)
	other := back("2", 1, "opened", store.Restock)
	n, a := s.refunds(one)
	m, b := s.refunds(other)
	if n+m != 1 || a+b != yuan(25) {
		t.Errorf("of two, one of which the platform paid: %d refunds of %s", n+m, a+b)
	}
	sum("a gift", back("4", 1, "opened", store.Restock), 1, 0)
	sum("swapped", back("3", 1, "swapped", store.Hold), 0, 0)
	// A refund of what was not signed for, nor asked for, is a person's to give.
	id := s.request(wanted("", "TEA-500", 1, "quality"), "")
	s.Must(returns.Approve(background, s.Store, boss, id, "ok"))
	s.came(id, "", 0, "TEA-500", 1)
	s.found(id, "", 0, "TEA-500", 1, "opened", store.Restock)
	s.Plan()
	sum("of no order", id, 0, 0)
	s.Whole(open)
}

// restoredOffice: what the authority gives by itself is the same, byte for byte, whenever it
// gives it: a central server that was restored gives it again.
func restoredOffice(t *testing.T, open Opener) {
	given := func(later time.Duration) (out []store.Event) {
		s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 4, yuan(110)))
		a := wanted("1", "TEA-500", 2, "size")
		a.Wants = store.WantsExchange
		for _, id := range []store.RMAID{s.request(wanted("1", "TEA-500", 2, "size"), ""),
			s.request(a, "")} {
			s.Record(store.ReturnReceived{RMA: id, Batch: store.Batch{Item: "TEA-500"}, N: 2,
				To: returns.Stage, Of: []store.ShareBack{{Order: "1", Line: 1, N: 2}}, At: 5000},
				store.ReturnInspected{ID: store.EventID("look-" + id), RMA: id, N: 2,
					Batch: store.Batch{Item: "TEA-500"}, From: returns.Stage, At: 6000,
					To: store.InTote("R-1"), Grade: "sealed", As: store.Restock,
					Of: []store.ShareBack{{Order: "1", Line: 1, N: 2}}})
			s.Clock.Wait(later)
			s.Must(returns.Onward(background, s.Store, id))
		}
		for _, f := range s.log() {
			env, err := f.Envelope()
			s.Must(err)
			if env.Kind == "refund_due" || env.Kind == "exchange_ordered" {
				e, err := store.Decode(env.Kind, env.Body)
				s.Must(err)
				out = append(out, e)
			}
		}
		return out
	}
	now, later := given(0), given(40*time.Hour)
	if diff := cmp.Diff(now, later); len(now) != 2 || diff != "" {
		t.Errorf("%d facts; now -, later +:\n%s", len(now), diff)
	}
}

// otherGoods: Given an exchange of two tea, once they were looked at two others go out, for
// nothing, once.
func otherGoods(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 3, yuan(85)))
	a := wanted("1", "TEA-500", 2, "size")
	a.Wants = store.WantsExchange
	id := s.request(a, "")
	s.came(id, "1", 1, "TEA-500", 2)
	s.found(id, "1", 1, "TEA-500", 1, "opened", store.Restock)
	s.Plan()
	orders := func() []store.OrderID {
		return Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	}
	if n := len(orders()); n != 0 {
		t.Error("one nobody has looked at, and an order is opened")
	}
	s.found(id, "1", 1, "TEA-500", 1, "sealed", store.Restock)
	s.Plan()
	s.Plan()
	made := orders()
	if len(made) != 1 {
		t.Fatalf("opened: %v", made)
	}
	o := s.order(made[0])
	if o.Due() != 0 || len(o.Lines) != 1 || o.Lines[0].N != 2 || o.Customer != "1" ||
		o.Carrier != "SF" || o.PayMethod != "exchange" {
		t.Errorf("opened: %+v", o)
	}
	s.orderState(o.ID, store.Released) // the review has nothing against it
	if n, _ := s.refunds(id); n != 0 {
		t.Error("money goes back too")
	}
	// A third one comes along, and has its own order, of another number.
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "sealed", store.Restock)
	s.Plan()
	if made = orders(); len(made) != 2 || s.order(made[1]).Lines[0].N != 1 {
		t.Errorf("opened: %v", made)
	}
	s.orderState(made[1], store.Released)
	s.Whole(open)
}

// used is a floor with two used cups of an order in a bin, whose customer wants them put
// right, and what they are.
func used(t *testing.T, open Opener) (s *Site, id store.RMAID, cups store.CareGoods) {
	s = gone(t, open, Has("B-07-01", "CUP-02", 9), Ordered("1", "CUP-02", 3))
	a := wanted("1", "CUP-02", 2, "quality")
	a.Wants = store.WantsRepair
	id = s.request(a, "")
	s.came(id, "1", 1, "CUP-02", 2)
	s.found(id, "1", 1, "CUP-02", 2, "used", store.Refurbish)
	cups = store.CareGoods{Batch: store.Batch{Item: "CUP-02"}, From: store.InBin("D-01"),
		Grade: "used", OriginN: store.OriginN{Origin: store.Origin{RMA: id, Order: "1", Line: 1},
			N: 2}}
	s.Record(store.ReturnShelved{Batch: cups.Batch, N: 2, From: store.InTote("R-1"),
		To: cups.From, Grade: "used", As: store.Refurbish, Of: []store.OriginN{cups.OriginN},
		At: s.Clock.Now().UnixMilli()})
	s.Plan()
	return s, id, cups
}

// whatIsSentOff: what lies in a bin and is to be put right is sent off, and nothing else.
func whatIsSentOff(t *testing.T, open Opener) {
	s, _, cup := used(t, open)
	for _, c := range []struct {
		of      store.Disposition
		partner string
		place   store.Place
		n       store.Qty
		want    store.Code
	}{
		{store.Scrap, "maker", cup.From, 0, store.BadSetting},
		{store.Refurbish, "", cup.From, 0, store.Incomplete},
		{store.VendorReturn, "maker", cup.From, 0, store.NotThere},
		{store.Refurbish, "maker", returns.Stage, 0, store.WrongPlace},
		{store.Refurbish, "maker", "", 3, store.NotThere},
		{store.Refurbish, "maker", "", -1, store.BadQuantity},
		{store.Refurbish, "maker", "", 2, ""},
		{store.Refurbish, "maker", cup.From, 0, store.NotThere},
	} {
		in := returns.SendingOff{Of: c.of, Partner: c.partner}
		if c.place != "" {
			in.Places = []store.Place{c.place}
		}
		if cup.N = c.n; c.n != 0 {
			in.Goods = []store.CareGoods{cup}
		}
		_, err := returns.SendOff(background, s.Store, boss, in)
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q, not %q", c, got, c.want)
		}
	}
	s.Stock(cup.From, "CUP-02", 0)
	s.Whole(open)
}

// putRight: Given two used cups whose customer wants them repaired, they leave for their
// maker; one comes back to the stage, and the customer gets one.
func putRight(t *testing.T, open Opener) {
	s, id, cup := used(t, open)
	send := func(in returns.SendingOff) string {
		in.Of, in.Partner = store.Refurbish, "maker"
		no, err := returns.SendOff(background, s.Store, boss, in)
		s.Must(err)
		return no
	}
	cup.N = 1
	one := send(returns.SendingOff{Goods: []store.CareGoods{cup}})
	two := send(returns.SendingOff{Places: []store.Place{cup.From}})
	for _, c := range []struct {
		id   string
		as   store.CareState
		want store.Code
	}{
		{"none", store.CareRepaired, store.NotFound}, {one, store.CareOpen, store.BadSetting},
		{one, store.CareRepaired, ""}, {one, store.CareRefused, store.Stale},
		{two, store.CareCredited, ""},
	} {
		err := returns.CloseCare(background, s.Store, boss, returns.Closing{ID: c.id, As: c.as})
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	s.Stock(returns.Stage, "CUP-02", 1)
	made := Read(s, func(r *store.Reader) ([]store.OrderID, error) { return r.ExchangesOf(id) })
	if len(made) != 1 || s.order(made[0]).Lines[0].N != 1 {
		t.Fatalf("the repaired one goes out by %v", made)
	}
	// The other was credited; a person sends one all the same, and no third.
	s.Must(returns.Reship(background, s.Store, boss, id))
	if got := s.Code(returns.Reship(background, s.Store, boss, id)); got != store.NothingToDo {
		t.Errorf("a third one: %q", got)
	}
	s.Whole(open)
}

// strangers: what nobody knew is an item of ours after all, or leaves.
func strangers(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9))
	hold := store.InBin("H-01")
	for _, id := range []store.EventID{"a", "b", "c"} {
		s.Record(store.StrayKept{Stray: store.Stray{ID: id, Code: "4006381333931", N: 2,
			Place: hold, At: 1}})
	}
	tea, milk := store.Batch{Item: "TEA-500"}, store.Batch{Item: "MILK"}
	phone := store.Batch{Item: "PHONE"}
	for _, c := range []struct {
		id   store.EventID
		as   store.StrayEnd
		what store.Batch
		n    store.Qty
		to   store.Place
		want store.Code
	}{
		{"z", store.StrayThrown, tea, 0, "", store.NotFound},
		{"a", "eaten", tea, 0, "", store.BadSetting},
		{"a", store.StrayKnown, store.Batch{Item: "NONE"}, 0, "", store.NotFound},
		{"a", store.StrayKnown, milk, 0, "", store.LotNeeded},
		{"a", store.StrayKnown, phone, 1, "", store.SerialNeeded},
		{"a", store.StrayKnown, phone, 2, "", store.BadQuantity},
		{"a", store.StrayKnown, tea, -1, "", store.BadQuantity},
		{"a", store.StrayKnown, tea, 2, "bin/A-01-01", store.WrongPlace}, // it would be sold
		{"a", store.StrayKnown, tea, 2, store.AtScrap, store.WrongPlace},
		{"a", store.StrayKnown, tea, 0, "", ""},
		{"a", store.StrayKnown, tea, 0, "", store.NotFound},
		{"b", store.StrayBack, tea, 0, "", ""},
		{"c", store.StrayThrown, store.Batch{}, 0, "", ""},
	} {
		err := returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: c.id,
			As: c.as, Batch: c.what, N: c.n, To: c.to})
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	s.Stock(hold, "TEA-500", 2)
	s.Levels("TEA-500", 9, 0)
	if n := len(Read(s, (*store.Reader).Strays)); n != 0 {
		t.Errorf("%d are left", n)
	}
	s.Whole(open)
}

// signedFor: a customer signs for a slip, a parcel or an order, in full or not.
func signedFor(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 5),
		Ordered("2", "TEA-500", 1))
	s.Record(Ordered("3", "TEA-500", 1))
	slip := s.live("1")[0]
	line := func(signed, short, over, damaged store.Qty) []store.SignedLine {
		return []store.SignedLine{{Line: 1, Signed: signed, Short: short, Over: over,
			Damaged: damaged}}
	}
	when := Noon.Add(time.Hour).UnixMilli()
	for _, c := range []struct {
		in   returns.SigningOff
		want store.Code
	}{
		{returns.SigningOff{}, store.NotFound},
		{returns.SigningOff{Slip: "CK0"}, store.NotFound},
		{returns.SigningOff{Waybill: "SF0"}, store.NotFound},
		{returns.SigningOff{Order: "9"}, store.NotFound},
		{returns.SigningOff{Order: "3"}, store.NotSent},
		{returns.SigningOff{Slip: slip, Lines: line(6, 0, 0, 0)}, store.BadQuantity},
		{returns.SigningOff{Slip: slip, Lines: line(4, 2, 0, 0)}, store.BadQuantity},
		{returns.SigningOff{Slip: slip, Lines: line(-1, 1, 0, 0)}, store.BadQuantity},
		{returns.SigningOff{Slip: slip, Lines: line(4, 1, 0, 5)}, store.BadQuantity},
		{returns.SigningOff{Order: "1", At: Noon.AddDate(0, 0, -1).UnixMilli()},
			store.BadSetting}, // before it left
		{returns.SigningOff{Order: "1", At: Noon.AddDate(0, 0, 1).UnixMilli()}, store.BadSetting},
		{returns.SigningOff{Slip: slip, At: when, Lines: line(4, 1, 0, 1)}, ""},
	} {
		if got := s.Code(returns.SignOff(background, s.Store, boss, c.in)); got != c.want {
			t.Errorf("%+v: %q, not %q", c.in, got, c.want)
		}
	}
	at := func(of store.OrderID) int64 {
		return Read(s, func(r *store.Reader) (int64, error) { return r.SignedFor(of, 1) })
	}
	if at("1") != when || at("2") != 0 {
		t.Errorf("signed for at %d and %d", at("1"), at("2"))
	}
	waybill := Read(s, func(r *store.Reader) ([]store.Waybill, error) {
		return r.WaybillsOf(s.live("2")[0])
	})[0]
	before := len(s.log())
	for range 2 { // told twice, it is told once: the days to return it do not begin anew
		s.Must(returns.SignOff(background, s.Store, boss, returns.SigningOff{Waybill: waybill.No}))
	}
	if n := len(s.log()) - before; n != 1 || at("2") == 0 {
		t.Errorf("%d facts, at %d", n, at("2"))
	}
	err := returns.SignOff(background, s.Store, clerk, returns.SigningOff{Slip: slip})
	if got := s.Code(err); got != store.NoRight {
		t.Errorf("a clerk: %q", got)
	}
	s.Whole(open)
}

// returnsAreSet: policies, grades and checklists are a supervisor's, and make sense.
func returnsAreSet(t *testing.T, open Opener) {
	s := gone(t, open)
	good := store.StandardPolicy
	with := func(how func(*store.ReturnPolicy)) store.ReturnPolicy {
		p := good
		how(&p)
		return p
	}
	for i, p := range []store.ReturnPolicy{
		{}, with(func(p *store.ReturnPolicy) { p.Scope = "brand:X" }),
		with(func(p *store.ReturnPolicy) { p.Days = -1 }),
		with(func(p *store.ReturnPolicy) { p.Restocking = 101 }),
		with(func(p *store.ReturnPolicy) { p.Carriage = -1 }),
		with(func(p *store.ReturnPolicy) { p.Grades = "sealed shiny" }),
	} {
		if got := s.Code(returns.SetPolicy(background, s.Store, boss, p)); got != store.BadSetting {
			t.Errorf("policy %d: %q", i, got)
		}
	}
	err := returns.SetPolicy(background, s.Store, boss, with(func(p *store.ReturnPolicy) {
		p.Scope = "item:NONE"
	}))
	if got := s.Code(err); got != store.NotFound {
		t.Errorf("no such item: %q", got)
	}
	if got := s.Code(returns.SetPolicy(background, s.Store, clerk, good)); got != store.NoRight {
		t.Errorf("a clerk: %q", got)
	}
	for i, g := range []store.Grade{{}, {Code: "A B", En: "a", Zh: "甲", As: store.Restock, N: 1},
		{Code: "a", En: "a", Zh: "甲", As: "sell", N: 1},
		{Code: "a", En: "a", Zh: "甲", As: store.Restock, N: 10}} {
		if got := s.Code(returns.SetGrade(background, s.Store, boss, g)); got != store.BadSetting {
			t.Errorf("grade %d: %q", i, got)
		}
	}
	s.Must(returns.SetGrade(background, s.Store, boss, store.Grade{Code: "a", En: "a", Zh: "甲",
		As: store.Restock, N: 1, Active: true}))
	for i, c := range []store.ChecklistSet{{}, {Points: []store.Point{{En: "lid"}}},
		{Points: make([]store.Point, 13)}} {
		if got := s.Code(returns.SetChecklist(background, s.Store, boss, c)); got !=
			store.BadSetting {
			t.Errorf("checklist %d: %q", i, got)
		}
	}
	s.Must(returns.SetChecklist(background, s.Store, boss, store.ChecklistSet{Category: "cups",
		Points: []store.Point{{En: "lid", Zh: "盖"}}}))
	if got := Read(s, func(r *store.Reader) ([]store.Point, error) {
		return r.Checklist("cups")
	}); len(got) != 1 || len(Read(s, (*store.Reader).Grades)) != 1 {
		t.Errorf("set: %+v", got)
	}
	s.Whole(open)
}

// customerIsTold: each step queues a notice, and one that was sent is told no more.
func customerIsTold(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 2, yuan(60)))
	id := s.request(wanted("1", "TEA-500", 1, "quality"), "")
	s.came(id, "1", 1, "TEA-500", 1)
	s.found(id, "1", 1, "TEA-500", 1, "sealed", store.Restock)
	s.Plan()
	var told []string
	for {
		all, err := returns.Pending(background, s.Store, 1)
		s.Must(err)
		if len(all) == 0 {
			break
		}
		told = append(told, string(all[0].Of))
		s.Must(returns.Sent(background, s.Store, store.Gesture{}, all[0]))
	}
	if got := strings.Join(told, " "); got != "return_approved return_received return_refund" {
		t.Errorf("told of %s", got)
	}
	err := returns.Sent(background, s.Store, store.Gesture{}, store.Notice{Ref: string(id)})
	if got := s.Code(err); got != store.NotFound {
		t.Errorf("of nothing: %q", got)
	}
	s.Whole(open)
}

// backTwice: Given two tea that left, and two stations without a line that take both back,
// the authority opens what is odd about it, once.
func backTwice(t *testing.T, open Opener) {
	hub := OpenAs(t, open, Central, true)
	s1, s2 := OpenAs(t, open, "s1", false), OpenAs(t, open, "s2", false)
	hub.Record(append(Warehouse(), Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))...)
	hub.Plan()
	hub.Through("900")
	meet(hub, s1)
	meet(hub, s2)
	for _, s := range []*Site{s1, s2} {
		s.came(store.RMAID("TH-"+s.name), "1", 1, "TEA-500", 2)
		meet(hub, s)
		meet(hub, s)
	}
	var odd []store.Discrepancy
	for _, d := range Read(hub, (*store.Reader).Discrepancies) {
		if d.Of == store.BackTwice {
			odd = append(odd, d)
		}
	}
	if len(odd) != 1 || odd[0].N != 2 || odd[0].Note != "1" || odd[0].Item != "TEA-500" {
		t.Errorf("odd: %+v", odd)
	}
	hub.Whole(open)
}

// returnsAreAsked: whatever a person decides on returns at a station, the authority carries
// out.
func returnsAreAsked(t *testing.T, open Opener) {
	hub, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 9), priced("1", 5, yuan(135)),
		store.OperatorSaved{Operator: store.Operator{ID: "201", Name: "退货一号",
			Roles: "receiver inspector", Active: true}},
		store.PlaceSaved{Bin: store.Bin{Place: store.InBin("D-01"), Use: store.DefectUse,
			Active: true}})
	hub.Through("900")
	meet(hub, s)
	s.Must(returns.SetPolicy(background, s.Store, boss, store.StandardPolicy))
	s.Must(returns.SetGrade(background, s.Store, boss, store.Grade{Code: "ok", En: "ok", Zh: "好",
		As: store.Refurbish, N: 1, Active: true}))
	s.Must(returns.SetChecklist(background, s.Store, boss, store.ChecklistSet{
		Points: []store.Point{{En: "lid", Zh: "盖"}}}))
	s.Must(returns.SignOff(background, s.Store, boss, returns.SigningOff{Order: "1"}))
	held := func() store.RMAID { return s.request(wanted("", "TEA-500", 1, "size"), "") }
	id := held()
	s.Must(returns.AskCustomer(background, s.Store, boss, id, "?"))
	s.Must(returns.AnswerFor(background, s.Store, clerk, id, "!"))
	s.Must(returns.Approve(background, s.Store, boss, id, "ok"))
	s.Must(returns.Tell(background, s.Store, clerk, id, "YT7700000000001", ""))
	s.Must(returns.Reject(background, s.Store, boss, held(), "no"))
	s.Must(returns.CancelReturn(background, s.Store, clerk, held(), "no"))
	s.returnState(id, store.RMAApproved, returns.OrderRule)
	money, repair := s.comeBack()
	s.tell(hub)
	hub.Plan()
	meet(hub, s)
	due := Read(s, func(r *store.Reader) ([]store.Refunding, error) { return r.Refunds(money) })
	if len(due) != 1 || due[0].Amount != yuan(25) {
		t.Fatalf("due: %+v", due)
	}
	s.Must(returns.SettleRefund(background, s.Store, boss, returns.Settling{Refund: due[0].ID}))
	given, err := returns.GiveBack(background, s.Store, boss, returns.Giving{Order: "1",
		Amount: yuan(1), Reason: "other"})
	s.Must(err)
	s.Must(returns.WithdrawRefund(background, s.Store, boss, returns.Withdrawing{Refund: given,
		Reason: "other"}))
	s.Must(returns.Reship(background, s.Store, boss, repair))
	no, err := returns.SendOff(background, s.Store, boss, returns.SendingOff{Of: store.Refurbish,
		Partner: "maker", Places: []store.Place{store.InBin("D-01")}})
	s.Must(err)
	s.Must(returns.CloseCare(background, s.Store, boss, returns.Closing{ID: no,
		As: store.CareCredited}))
	s.undoesCare(no, "")
	s.Must(returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: "x",
		As: store.StrayKnown, Batch: store.Batch{Item: "TEA-500"}}))
	s.belongs(s.nobodys()[0], 1, "P-1", "")
	s.sendsBack(s.unwanted()[0], 1, "", "")
	notices, err := returns.Pending(background, s.Store, 9)
	s.Must(err)
	s.Must(returns.Sent(background, s.Store, boss, notices[0]))
	for _, r := range returns.Rulings() {
		if !l.made[r.Name] {
			t.Errorf("%s was not asked for", r.Name)
		}
	}
	meet(hub, s)
	same(hub, s)
	hub.Whole(open)
	// An answer that was lost: asked again, central says what it said before.
	s.RuledBy(lost{l})
	by := s.By("201", "x")
	id, err = returns.Request(background, s.Store, by, wanted("1", "TEA-500", 1, "size"))
	if s.Code(err) != "" || id == "" {
		t.Errorf("an answer is lost: %s, %v", id, err)
	}
}

// comeBack has goods of an order come back to a station, of a return that wants money and of
// one that wants them put right, and something that nobody knows.
func (s *Site) comeBack() (money, repair store.RMAID) {
	s.Helper()
	fix := wanted("1", "TEA-500", 1, "quality")
	fix.Wants = store.WantsRepair
	money, repair = s.request(wanted("1", "TEA-500", 1, "quality"), ""), s.request(fix, "")
	for _, id := range []store.RMAID{money, repair} {
		s.came(id, "1", 1, "TEA-500", 1)
		s.found(id, "1", 1, "TEA-500", 1, "ok", store.Refurbish)
		s.Record(store.ReturnShelved{Batch: store.Batch{Item: "TEA-500"}, N: 1,
			From: store.InTote("R-1"), To: store.InBin("D-01"), Grade: "ok", As: store.Refurbish,
			Of: []store.OriginN{{Origin: store.Origin{RMA: id, Order: "1", Line: 1}, N: 1}},
			At: s.Clock.Now().UnixMilli()})
	}
	s.Record(store.StrayKept{Stray: store.Stray{ID: "x", Code: "?", N: 1, Place: returns.Stage}})
	return money, repair
}

// allBack has a cup each of some orders come back to the hub, and gives their customers what
// they want, to the end.
func (o office) allBack(orders ...store.OrderID) {
	o.hub.Helper()
	for i, of := range orders {
		a := wanted(of, "CUP-02", 1, "quality")
		a.Wants = store.ReturnWantings[i%2]
		id, err := returns.Request(background, o.hub.Store, boss, a)
		if o.hub.Code(err) != "" {
			continue
		}
		o.hub.Code(returns.Approve(background, o.hub.Store, boss, id, "ok"))
		o.hub.came(id, of, 2, "CUP-02", 1)
		o.hub.found(id, of, 2, "CUP-02", 1, "opened", store.Restock)
		o.hub.Must(returns.Onward(background, o.hub.Store, id))
		_, err = returns.Uninspect(background, o.hub.Store, boss, id)
		o.hub.Code(err)
		o.hub.found(id, of, 2, "CUP-02", 1, "used", store.Refurbish)
		o.hub.Record(store.ReturnShelved{Batch: store.Batch{Item: "CUP-02"}, N: 1,
			From: store.InTote("R-1"), To: store.InBin("D-01"), Grade: "used", As: store.Refurbish,
			Of: []store.OriginN{{Origin: store.Origin{RMA: id, Order: of, Line: 2}, N: 1}},
			At: o.hub.Clock.Now().UnixMilli()})
	}
	o.hub.Record(store.StrayKept{Stray: store.Stray{ID: "last", Code: "?", N: 1,
		Place: returns.Stage}})
	o.endStrays(boss)
	o.hub.Must(returns.Plan(background, o.hub.Store))
	for range 2 { // what was sent off before comes back, and then what was now
		o.sendAway(boss)
	}
	o.payBack(boss)
}

// neverMoreThanPaid: whatever comes back in whatever turn, is looked at, paid, or given back
// by a platform, no more goes back than was paid, and for no more pieces than left.
func neverMoreThanPaid(t *testing.T, open Opener) {
	s := gone(t, open)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		id := store.OrderID(fmt.Sprint("R", n))
		s.randomSale(rt, id)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			s.randomReturn(rt, id)
		}
		sum := store.Money(0)
		for _, of := range s.family(id) {
			o := s.order(of)
			pieces := Read(s, func(r *store.Reader) (map[int64]store.Qty, error) {
				n, _, err := r.RefundedOf(of)
				return n, err
			})
			sum += s.given(rt, of)
			for _, l := range o.Lines {
				if n := pieces[l.Line]; n > l.Shipped {
					rt.Errorf("money for %d of %d", n, l.Shipped)
				}
			}
		}
		if paid := Read(s, func(r *store.Reader) (store.Money, error) {
			return r.PaidFor(s.order(id))
		}); sum > max(0, paid) {
			rt.Errorf("%s goes back of %s", sum, paid)
		}
	})
}

// family is an order, and all that stand for goods of it.
func (s *Site) family(id store.OrderID) []store.OrderID {
	out := []store.OrderID{id}
	for i := 0; i < len(out); i++ {
		out = append(out, Read(s, func(r *store.Reader) ([]store.OrderID, error) {
			return r.ExchangesFor(out[i])
		})...)
	}
	return out
}

// given is what goes back for an order, and what went. It fails the test where that makes no
// sense.
func (s *Site) given(rt *rapid.T, id store.OrderID) (sum store.Money) {
	kept := map[store.RMAID]store.Money{}
	n, owed := map[store.RMAID]store.Qty{}, map[store.RMAID]bool{}
	for _, f := range s.everyRefund(s.returnsOf(id)...) {
		if f.Order != id || !f.Live() {
			continue
		}
		sum += f.Amount
		kept[f.RMA] += f.Carriage
		lines := -f.Carriage
		for _, l := range f.Lines {
			lines += l.Paid - l.Fee
			n[f.RMA] += l.N
			owed[f.RMA] = owed[f.RMA] || f.Settled == 0
			if min(l.Paid, l.Tax, l.Fee) < 0 || l.Fee > l.Paid || l.Tax > l.Paid {
				rt.Errorf("not of what was paid: %+v", l)
			}
		}
		if f.Amount < 0 || len(f.Lines) > 0 && f.Amount > lines {
			rt.Errorf("%s of %+v", f.Amount, f.Lines)
		}
	}
	for rma, carriage := range kept {
		if rma == "" {
			continue
		}
		if d := s.returnState(rma, store.RMAApproved); carriage < 0 || carriage > d.Carriage {
			rt.Errorf("the carriage is kept twice: %s", carriage)
		}
		for _, g := range Read(s, func(r *store.Reader) ([]store.Goods, error) {
			return r.GoodsOf(rma)
		}) {
			n[rma] -= g.Inspected
		}
		if n[rma] > 0 && owed[rma] {
			rt.Errorf("%s: money for %d more than were looked at", rma, n[rma])
		}
	}
	return sum
}

func (s *Site) returnsOf(id store.OrderID) []store.RMAID {
	return Read(s, func(r *store.Reader) ([]store.RMAID, error) { return r.RMAsOf(id) })
}

// randomSale is an order that left, was paid somehow, and is taken back on some terms.
func (s *Site) randomSale(rt *rapid.T, id store.OrderID) {
	money := func(name string) store.Money {
		return store.Money(rapid.Int64Range(0, 99_9999).Draw(rt, name))
	}
	o := Ordered(id, "TEA-500", rapid.IntRange(1, 7).Draw(rt, "tea"),
		"CUP-02", rapid.IntRange(1, 3).Draw(rt, "cups"))
	for i := range o.Lines {
		l := &o.Lines[i]
		l.Price = money("price")
		if rapid.Bool().Draw(rt, "by line") {
			l.Paid = money("line")
			l.Tax = l.Paid / 8
		}
	}
	o.Discount, o.Freight = money("off")/9, money("freight")/9
	o.Paid = min(o.Due(), money("paid")*3)
	s.Record(Left(o, Noon)...)
	p := store.StandardPolicy
	p.Bearer = store.CustomerBears
	p.Restocking, p.Carriage = rapid.Int64Range(0, 100).Draw(rt, "fee"), money("carriage")/9
	s.Must(returns.SetPolicy(background, s.Store, boss, p))
}

// randomReturn is some of it that comes back, is looked at, or not any more, or money that
// goes either way.
func (s *Site) randomReturn(rt *rapid.T, sold store.OrderID) {
	all := s.family(sold)
	of := rapid.SampledFrom([]store.OrderID{sold, all[len(all)-1]}).Draw(rt, "order")
	o := s.order(of)
	if of != sold && o.Lines[0].Shipped == 0 {
		s.Record(Left(store.OrderReceived{Order: o}, Noon)[1:]...)
		o = s.order(of)
	}
	l := rapid.SampledFrom(o.Lines).Draw(rt, "line")
	no := fmt.Sprint("X", s.Clock.Now().UnixMilli())
	ids := Read(s, func(r *store.Reader) ([]store.RMAID, error) { return r.RMAsOf(of) })
	switch what := rapid.IntRange(0, 11).Draw(rt, "what"); {
	case what == 0:
		s.Record(store.PaymentReceived{Payment: store.Payment{Order: sold, ID: no,
			Amount: store.Money(rapid.Int64Range(1, 50_0000).Draw(rt, "in"))}})
	case what == 1 && of == sold:
		e := store.RefundedUpstream{Cutting: store.Cutting{Order: of, ID: no}}
		if n := rapid.Int64Range(0, int64(l.N-l.Refunded)).Draw(rt, "upstream"); n > 0 {
			e.Lines = []store.Cut{{Line: l.Line, N: store.Qty(n)}}
		}
		// What a platform gives back after it was due, nobody could foresee.
		if s.givenInAll(rt, sold) == 0 {
			e.Amount = store.Money(rapid.Int64Range(0, 20_0000).Draw(rt, "out"))
		}
		s.Record(e)
	case what == 2 || what == 3:
		p, err := returns.FindPurse(background, s.Store, s.By("900", o.PlatformNo))
		s.Must(err)
		gift := rapid.SampledFrom([]store.Money{1, p.Left / 2, p.Left, p.Left + 1, p.Paid})
		_, err = returns.GiveBack(background, s.Store, boss, returns.Giving{Order: of,
			Amount: gift.Draw(rt, "gift"), Reason: "other"})
		s.Code(err)
	case what == 4:
		p := store.StandardPolicy
		p.Grades = rapid.SampledFrom([]string{"", "opened", "damaged"}).Draw(rt, "pays")
		p.Bearer, p.Restocking = store.CustomerBears, rapid.Int64Range(0, 100).Draw(rt, "fee")
		s.Must(returns.SetPolicy(background, s.Store, boss, p))
	case what < 8 && len(ids) > 0:
		s.randomChange(rt, rapid.SampledFrom(ids).Draw(rt, "return"), what)
	case what >= 8:
		s.randomGoods(rt, of, l)
	}
	for _, of := range s.family(sold) {
		for _, id := range Read(s, func(r *store.Reader) ([]store.RMAID, error) {
			return r.RMAsOf(of)
		}) {
			s.Must(returns.Onward(background, s.Store, id))
		}
	}
}

// givenInAll is what goes back for an order and for all that stand for goods of it.
func (s *Site) givenInAll(rt *rapid.T, sold store.OrderID) (sum store.Money) {
	for _, of := range s.family(sold) {
		sum += s.given(rt, of)
	}
	return sum
}

// randomGoods come back of a line, and somebody looks at them.
func (s *Site) randomGoods(rt *rapid.T, of store.OrderID, l store.OrderLine) {
	n := store.Qty(rapid.IntRange(1, 4).Draw(rt, "n"))
	a := wanted(of, l.Item, n, "size")
	a.Wants = rapid.SampledFrom([]store.ReturnWants{store.WantsRefund, store.WantsRefund,
		store.WantsExchange}).Draw(rt, "wants")
	id, err := returns.Request(background, s.Store, clerk, a)
	if s.Code(err) != "" {
		return
	}
	back := store.Qty(rapid.IntRange(1, int(n)).Draw(rt, "back"))
	s.came(id, of, l.Line, l.Item, back)
	s.found(id, of, l.Line, l.Item, back, "opened", store.Restock)
}

// randomChange takes a grade back and looks again, takes a receipt back, or pays what is due
// for a return, or was.
func (s *Site) randomChange(rt *rapid.T, id store.RMAID, what int) {
	switch what {
	case 5:
		for _, f := range Read(s, func(r *store.Reader) ([]store.Refunding, error) {
			return r.Refunds(id)
		}) {
			// What finance pays all the same, nobody can take back.
			if f.Live() && rapid.Bool().Draw(rt, "paid") {
				s.Code(returns.SettleRefund(background, s.Store, boss,
					returns.Settling{Refund: f.ID}))
			}
		}
	case 6:
		_, err := returns.Uninspect(background, s.Store, clerk, id)
		if s.Code(err) != "" || rapid.Bool().Draw(rt, "gone") {
			_, err = returns.Unreceive(background, s.Store, clerk, returns.Case{RMA: id})
			s.Code(err)
		}
	case 7:
		for _, p := range Read(s, func(r *store.Reader) ([]returns.Piece, error) {
			return returns.ToGrade(r, id)
		}) {
			if of := p.Of[0]; p.Grade == "" {
				s.found(id, of.Order, of.Line, p.Batch.Item, of.N,
					rapid.SampledFrom([]string{"opened", "damaged"}).Draw(rt, "grade"), store.Hold)
			}
		}
	}
}
