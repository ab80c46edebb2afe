package storetest

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// refolded: a database whose tables an older program folded is folded again from
// its log, and ends as it was.
func refolded(t *testing.T, open Opener) {
	path := filepath.Join(t.TempDir(), "bay.db")
	here := func(ctx context.Context, _ string) (*store.DB, error) { return open(ctx, path) }
	want := ""
	t.Run("before", func(t *testing.T) {
		s := floor(t, here, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
		want = Read(s, (*store.Reader).Digest)
		for _, q := range []string{`DELETE FROM reservation`, `UPDATE stock SET n = n + 1`,
			`UPDATE identity SET fold = 0`} {
			s.Must(s.Alter(background, q))
		}
	})
	s := Open(t, here, "s1")
	if Read(s, (*store.Reader).Digest) != want {
		t.Error("the tables are not what the log says")
	}
	s.Whole(open)
}

// priced is an order for tea at 25 a piece, with freight of 10, and paid so much.
func priced(id store.OrderID, n store.Qty, paid store.Money) store.OrderReceived {
	e := Ordered(id, "TEA-500", int(n))
	e.Lines[0].Price, e.Freight, e.Paid = 25*store.MoneyUnit, 10*store.MoneyUnit, paid
	return e
}

func (s *Site) decided(id store.OrderID, want store.OrderState, rules ...string) {
	s.Helper()
	d := Read(s, func(r *store.Reader) (store.Decision, error) { return r.Decision(id) })
	var broken []string
	for _, f := range d.Findings {
		broken = append(broken, f.Rule)
	}
	if d.State != want || len(broken) != len(rules) {
		s.Fatalf("order %s is %s for %v; want %s for %v", id, d.State, d.Findings, want, rules)
	}
	for i := range rules {
		if broken[i] != rules[i] {
			s.Errorf("order %s breaks %v, not %v", id, broken, rules)
		}
	}
}

// paidLater: a payment releases the hold that it was missing for, and nothing else.
func paidLater(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), priced("1", 2, 0), priced("2", 99, 0))
	s.decided("1", store.Held, "payment")
	s.decided("2", store.Held, "payment", "stock")
	pay := func(id store.OrderID, no string, of store.PaymentKind, sum store.Money) store.Code {
		return s.Code(order.Pay(background, s.Store, store.Gesture{Operator: "900"},
			store.Payment{Order: id, ID: no, Of: of, Amount: sum * store.MoneyUnit}))
	}
	for _, c := range []struct {
		id   store.OrderID
		no   string
		of   store.PaymentKind
		sum  store.Money
		code store.Code
		want store.OrderState
	}{
		{"1", "A", store.MoneyIn, 0, store.BadQuantity, store.Held},
		{"1", "A", store.MoneyIn, 20, "", store.Held},
		{"1", "A", store.MoneyIn, 20, "", store.Held}, // the same again
		{"1", "A", store.MoneyBack, 20, store.PaidTwice, store.Held},
		{"1", "B", store.MoneyBack, 20, "", store.Held},
		{"1", "C", store.MoneyIn, 60, "", store.Confirmed},
		{"2", "C", store.MoneyIn, 2485, "", store.Held},
		{"9", "C", store.MoneyIn, 1, store.NotFound, ""},
	} {
		if code := pay(c.id, c.no, c.of, c.sum); code != c.code {
			t.Errorf("%v: refused with %q", c, code)
		}
		d := Read(s, func(r *store.Reader) (store.Decision, error) { return r.Decision(c.id) })
		if d.State != c.want {
			t.Errorf("%v: it is %s for %v", c, d.State, d.Findings)
		}
	}
	s.decided("2", store.Held, "stock")
	s.orderState("1", store.Released)
	s.Record(Has("A-01-02", "TEA-500", 200))
	s.Plan()
	s.decided("2", store.Confirmed) // what the rules hold goes when they are met
	s.Whole(open)
}

// cutBack: what is cancelled or refunded is not sent, and is free at once.
func cutBack(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 6, "CUP-02", 2), Ordered("2", "TEA-500", 3))
	cut := func(id store.OrderID, no string, refund bool, line int64, n store.Qty) store.Code {
		return s.Code(order.Cut(background, s.Store, store.Gesture{Operator: "900"},
			order.Cutback{Order: id, ID: no, Refund: refund,
				Lines: []store.Cut{{Line: line, N: n}}}))
	}
	s.Levels("TEA-500", 10, 9)
	if got := cut("1", "K1", false, 1, 7); got != store.CutTooMuch {
		t.Errorf("7 of 6: %q", got)
	}
	if got := cut("1", "K1", false, 1, 4); got != "" {
		t.Errorf("4 of 6: %q", got)
	}
	s.Levels("TEA-500", 10, 5)
	if got := cut("1", "K1", false, 1, 4); got != "" {
		t.Errorf("the same again: %q", got)
	}
	cut("1", "R1", true, 1, 4) // the money for what was cancelled
	s.Levels("TEA-500", 10, 5)
	slips := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.LiveSlips("1") })
	if len(slips) != 1 || s.Slip(slips[0]).Sums.Want != 4 {
		t.Fatalf("the order has the slips %v", slips)
	}
	// Once somebody picks, what is cut is stopped.
	s.take("101", slips[0], "T-1")
	s.scan("101", slips[0], 0, "bin:A-01-01", "")
	s.scan("101", slips[0], 1, Tea, "")
	cut("1", "K2", false, 1, 2)
	s.Levels("TEA-500", 9, 3)
	cut("2", "K3", false, 1, 3)
	s.orderState("2", store.Cancelled)
	s.Levels("TEA-500", 9, 0)
	s.Whole(open)
}

// changed: an order changes, and is reviewed anew; who picks it is asked for what it now is.
func changed(t *testing.T, open Opener) {
	first := Ordered("1", "TEA-500", 6, "CUP-02", 2)
	first.Waybill = "SF0000000000001"
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Has("B-07-01", "CUP-02", 9), first)
	old := s.only()
	by := store.Gesture{Operator: "900"}
	request := func(how func(*store.Order)) store.Code {
		return s.Code(s.Write(background, by, func(tx *store.Tx) error {
			to, err := tx.Order("1")
			s.Must(err)
			how(&to)
			e, err := order.RequestChange(tx, to, store.Recipient{}, "phone")
			if err != nil {
				return err
			}
			return tx.Record(e)
		}))
	}
	if got := request(func(*store.Order) {}); got != store.NoChange {
		t.Errorf("nothing changes: %q", got)
	}
	request(func(o *store.Order) { o.Province = "广东" })
	request(func(o *store.Order) {
		o.Lines[0].N = 8
		o.Lines = o.Lines[:1]
	})
	open2, err := order.OpenChanges(background, s.Store)
	s.Must(err)
	if len(open2) != 2 || len(open2[0].Diff) != 1 || len(open2[1].Diff) != 2 {
		t.Fatalf("asked for: %+v", open2)
	}
	s.Must(order.MakeChange(background, s.Store, by, "1", 1, "customer"))
	if got := s.Code(order.MakeChange(background, s.Store, by, "1", 1, "customer")); got !=
		store.ChangeGone {
		t.Errorf("made twice: %q", got)
	}
	now := s.only()
	o := Read(s, func(r *store.Reader) (store.Order, error) { return r.Order("1") })
	if now == old || o.Waybill != "" || len(s.Slip(now).Waybills) > 0 {
		t.Errorf("the parcel to another address keeps its waybill: %+v", s.Slip(now).Waybills)
	}
	s.Must(order.MakeChange(background, s.Store, by, "1", 2, "customer"))
	now = s.only()
	s.Levels("TEA-500", 10, 8)
	s.Levels("CUP-02", 9, 0)
	if got := s.Slip(old).State(); got != store.SlipWithdrawn {
		t.Errorf("the first slip is %s", got)
	}
	_, err = outbound.Take(background, s.Store, store.Gesture{Operator: "101"}, old)
	if got := s.Code(err); got != store.SlipClosed {
		t.Errorf("a withdrawn slip is taken: %q", got)
	}
	s.take("101", now, "T-1")
	if got := request(func(o *store.Order) { o.Lines[0].N = 1 }); got != "" {
		t.Errorf("changed while it is picked: %q", got)
	}
	s.Must(order.MakeChange(background, s.Store, by, "1", 3, "customer"))
	if n := s.look(now).Sums.Want; n != 1 {
		t.Errorf("whoever picks is asked for %d of 1", n)
	}
	s.Whole(open)
}

// takenBack: a decision is taken back while nothing came of it.
func takenBack(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 6))
	by := store.Gesture{Operator: "900"}
	slip := s.only()
	if got := s.Code(order.TakeBack(background, s.Store, by, "1", "customer")); got !=
		store.Downstream {
		t.Errorf("a slip was made of it: %q", got)
	}
	s.Must(order.Withdraw(background, s.Store, by, slip, "customer"))
	s.orderState("1", store.LockedOrder)
	s.Levels("TEA-500", 10, 6)
	s.Plan()
	s.orderState("1", store.LockedOrder) // it waits for a person
	s.Must(order.TakeBack(background, s.Store, by, "1", "customer"))
	s.Levels("TEA-500", 10, 0)
	s.Plan()
	s.orderState("1", store.Held) // and so does this one
	s.Must(order.Approve(background, s.Store, by, "1", "checked"))
	s.Plan()
	s.orderState("1", store.Released)
	s.take("101", s.only(), "T-1")
	got := s.Code(order.Withdraw(background, s.Store, by, s.only(), "customer"))
	if got != store.AskIntercept {
		t.Errorf("somebody works on it: %q", got)
	}
	s.Whole(open)
}

// parcels: an order can be two slips, and orders of one person one.
func parcels(t *testing.T, open Opener) {
	s, one := oneParcel(t, open)
	all := []store.OrderID{"1", "2"}
	if live := s.live("2"); len(s.live("1")) != 1 || len(live) != 1 || live[0] != one {
		t.Fatalf("merged into %v and %v", s.live("1"), live)
	}
	got := s.Code(order.Split(background, s.Store, boss, "1", []int64{1, 2}))
	if got != store.OneSlip {
		t.Errorf("all of it: %q", got)
	}
	// What becomes of one of them withdraws the slip: the other gets its own at once.
	s.Must(order.Split(background, s.Store, boss, "1", []int64{2}))
	if a, b := s.live("1"), s.live("2"); len(a) != 2 || len(b) != 1 || slices.Contains(a, b[0]) {
		t.Errorf("split into %v, and the other has %v", a, b)
	}
	mates, err := order.Mates(background, s.Store, "1")
	s.Must(err)
	if len(mates) != 1 || mates[0].ID != "2" {
		t.Errorf("it could go with %v", mates)
	}
	s.Must(order.Merge(background, s.Store, boss, all))
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 2, N: 1}}}))
	if a, b := s.live("1"), s.live("2"); len(a) != 1 || len(b) != 1 || a[0] == b[0] {
		t.Errorf("after a cut: %v and %v", a, b)
	}
	s.Whole(open)
}

// shared: what is picked of a line for two orders is the first's, and then the other's.
func shared(t *testing.T, open Opener) {
	s, id := oneParcel(t, open)
	slip := s.Slip(id)
	if len(slip.Lines) != 2 || slip.Lines[0].N != 9 || len(slip.Lines[0].Sources) != 2 {
		t.Errorf("its lines are %+v", slip.Lines)
	}
	s.Levels("TEA-500", 20, 9)
	s.take("101", id, "T-1")
	s.scan("101", id, 0, "bin:A-01-01", "")
	s.scan("101", id, 7, Tea, "")
	s.Levels("TEA-500", 13, 2)
	if n := s.order("2").Lines[0].Used; n != 1 {
		t.Errorf("of the second order %d are picked", n)
	}
	s.scan("101", id, 2, Tea, "")
	s.scan("101", id, 0, "bin:B-07-01", "")
	s.scan("101", id, 2, Cup, "")
	for range 9 {
		s.pack(id, Tea, "")
	}
	s.pack(id, Cup, "")
	box := string(s.pack(id, Cup, "").Carton.ID)
	s.confirm(outbound.ConfirmScan{}, "carton:"+box, "")
	s.confirm(outbound.ConfirmScan{Pending: store.CartonID(box)}, "SF3100000000001", "")
	for id, want := range map[store.OrderID]store.Qty{"1": 6, "2": 3} {
		s.orderState(id, store.Shipped)
		if n := s.order(id).Lines[0].Shipped; n != want {
			t.Errorf("of order %s %d are out", id, n)
		}
	}
	s.Whole(open)
}

// trimmed: a slip that is at hand when its order is cut asks for less at once; and a hold that
// still holds is no news.
func trimmed(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 10), Ordered("1", "TEA-500", 6),
		Ordered("2", "TEA-500", 99))
	slip := s.only()
	s.take("101", slip, "T-1")
	by := store.Gesture{Operator: "900"}
	s.Must(order.Cut(background, s.Store, by, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 4}}}))
	s.Plan()
	if live := s.live("1"); len(live) != 1 || live[0] != slip {
		t.Errorf("somebody is at it, and it is withdrawn: %v", live)
	}
	if n := s.look(slip).Task.Left(); n != 2 {
		t.Errorf("two are wanted, not %d", n)
	}
	s.Levels("TEA-500", 10, 2)
	s.Plan() // the other order now lacks fewer
	before := len(s.log())
	s.Plan()
	if n := len(s.log()) - before; n != 0 {
		t.Errorf("%d facts of no news", n)
	}
	s.Whole(open)
}

// walked: a slip is picked in the shortest walk, which is not that of its bins'
// codes; heavy goods come first where the site says so.
func walked(t *testing.T, open Opener) {
	s := Open(t, open, "s1")
	s.Record(Warehouse()...)
	s.Record(store.LayoutSet{Layout: store.Layout{Zone: "R", Pitch: 3000, Bay: 1000, Bays: 10,
		Blocks: 1, Sides: 1}})
	var lines []any
	for i, at := range []string{"01-10", "02-01", "03-10", "04-01", "02-10", "03-01"} {
		sku := "I-" + at
		e := store.ItemSaved{Item: store.Item{SKU: store.SKU(sku), Name: sku, Active: true}}
		if at == "04-01" {
			e.Item.Weight = 20_000
		}
		s.Record(e, store.PlaceSaved{Bin: store.Bin{Place: store.InBin(at), Use: store.PickUse,
			Zone: "R", Aisle: at[:2], Bay: at[3:], Walk: int64(i + 9), Active: true}},
			Has(at, store.SKU(sku), 9))
		lines = append(lines, sku, 1)
	}
	s.Record(store.PlaceSaved{Bin: store.Bin{Place: store.InBin("00-01"), Use: store.PickUse,
		Zone: "R", Aisle: "00", Bay: "1", Active: true}})
	way := func(id store.OrderID) (slip store.Slip, out []string) {
		s.Record(Ordered(id, lines...))
		s.Plan()
		slip = s.Slip(Read(s, func(r *store.Reader) ([]store.SlipID, error) {
			return r.LiveSlips(id)
		})[0])
		for _, task := range slip.Tasks {
			out = append(out, task.From.Code())
		}
		if slip.Task.From.Code() != out[0] {
			t.Errorf("the picker is sent to %s, and %s is first", slip.Task.From.Code(), out[0])
		}
		return slip, out
	}
	slip, out := way("1")
	if out[0] != "01-10" && out[len(out)-1] != "01-10" || slip.Walk >= slip.Plain {
		t.Errorf("%d mm by %v, in the order of the codes %d mm", slip.Walk, out, slip.Plain)
	}
	s.Record(store.SettingSet{Name: store.HeavyFrom, Value: "15000"})
	if heavy, out := way("2"); out[0] != "04-01" || heavy.Walk < slip.Walk {
		t.Errorf("the heavy one is not first, or it is no detour: %v, %d mm", out, heavy.Walk)
	}
	s.Whole(open)
}
