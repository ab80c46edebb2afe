package storetest

import (
	"context"
	"path/filepath"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// crossed: what happens to an order crosses what happens to it otherwise, or to those
// that share its parcel.
func crossed(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, Opener){
		"AMateIsNotLeftWithoutASlip":    crossedMate,
		"AMateOfAChangeIsNotLeft":       crossedMateChange,
		"ACancelledMateStaysCancelled":  crossedCancelledMate,
		"ThreeOrdersAreOneParcel":       crossedThree,
		"MaskedPeopleAreNotOne":         crossedMasked,
		"ASplitLeavesNoMateLocked":      crossedSplitMate,
		"OrdersOfOneSlipAreMergedAgain": crossedMergeAgain,
		"AThirdOrderIsMergedIn":         crossedMergeThird,
		"AnOrderIsNotMergedWithItself":  crossedMergeSelf,
		"ACancelledOrderStaysCancelled": crossedCancelled,
		"ACutWhileLeasedIsNotSent":      crossedCutLeased,
		"TwoChangesOfLines":             crossedTwoChanges,
		"PiecesAreThoseOnTheScreen":     crossedResize,
		"ACancelAfterARefundCuts":       crossedCancelAfterRefund,
		"AnAskedOrderWaits":             crossedAsked,
		"OneParcelHasOneWaybill":        crossedWaybills,
		"AnOlderOrderIsOwedStock":       crossedOldOwed,
		"AnOlderOrderIsCut":             crossedOldCut,
		"ACutStaysWithItsItem":          crossedCutLine,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

var boss = store.Gesture{Operator: "900"}

// live are the slips of an order.
func (s *Site) live(id store.OrderID) []store.SlipID {
	s.Helper()
	return Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.LiveSlips(id) })
}

func (s *Site) order(id store.OrderID) store.Order {
	s.Helper()
	return Read(s, func(r *store.Reader) (store.Order, error) { return r.Order(id) })
}

// oneParcel puts orders of one person on one slip.
func oneParcel(t *testing.T, open Opener, extra ...store.Event) (*Site, store.SlipID) {
	a, b := Ordered("1", "TEA-500", 6, "CUP-02", 2), Ordered("2", "TEA-500", 3)
	a.Customer, b.Customer = "C7", "C7"
	s := floor(t, open, append([]store.Event{Has("A-01-01", "TEA-500", 20),
		Has("B-07-01", "CUP-02", 9), a, b}, extra...)...)
	s.Must(order.Merge(background, s.Store, boss, []store.OrderID{"1", "2"}))
	return s, s.live("1")[0]
}

func crossedMate(t *testing.T, open Opener) {
	s, _ := oneParcel(t, open)
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 2}}}))
	s.orderState("1", store.Released)
	s.orderState("2", store.Released)
	if len(s.live("2")) != 1 {
		t.Errorf("order 2 has the slips %v", s.live("2"))
	}
}

func crossedMateChange(t *testing.T, open Opener) {
	s, _ := oneParcel(t, open)
	s.Must(order.Request(background, s.Store, boss, "1", order.Edit{Field: "seller_remark",
		Text: "轻放"}))
	s.Must(order.MakeChange(background, s.Store, boss, "1", 1, "customer"))
	s.orderState("1", store.Released)
	s.orderState("2", store.Released)
}

func crossedSplitMate(t *testing.T, open Opener) {
	s, _ := oneParcel(t, open)
	s.Must(order.Split(background, s.Store, boss, "1", []int64{2}))
	s.orderState("1", store.Released)
	s.Plan()
	s.orderState("2", store.Released)
}

func crossedMergeAgain(t *testing.T, open Opener) {
	s, _ := oneParcel(t, open)
	mates, err := order.Mates(background, s.Store, "1")
	s.Must(err)
	for _, m := range mates {
		if got := s.Code(order.Merge(background, s.Store, boss,
			[]store.OrderID{"1", m.ID})); got != "" {
			t.Errorf("what the screen offers is refused with %q", got)
		}
	}
	s.Plan()
	s.orderState("1", store.Released)
	s.orderState("2", store.Released)
}

func crossedMergeThird(t *testing.T, open Opener) {
	c := Ordered("3", "TEA-500", 1)
	c.Customer = "C7"
	s, _ := oneParcel(t, open, c)
	s.Must(order.Merge(background, s.Store, boss, []store.OrderID{"1", "3"}))
	s.Plan()
	s.orderState("1", store.Released)
	s.orderState("3", store.Released)
	s.orderState("2", store.Released)
}

func crossedMergeSelf(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20),
		store.SettingSet{Name: store.ReleaseBy, Value: "hand"}, Ordered("1", "TEA-500", 6))
	s.Code(order.Merge(background, s.Store, boss, []store.OrderID{"1", "1"}))
	s.Code(order.Unlock(background, s.Store, boss, "1"))
	if n := s.order("1").Lines[0].Tasked; n != 6 {
		t.Errorf("%d pieces of 6 are in slips", n)
	}
	if n := s.Slip(s.only()).Sums.Want; n != 6 {
		t.Errorf("the slip asks for %d of 6", n)
	}
}

// A picker takes the slip, the customer cancels, and the picker puts it back: nothing is left
// of it for a supervisor to withdraw.
func crossedCancelled(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 6}}}))
	s.orderState("1", store.Cancelled)
	s.Must(outbound.Free(background, s.Store, boss, slip))
	if got := s.Code(order.Withdraw(background, s.Store, boss, slip, "customer")); got !=
		store.SlipClosed {
		t.Errorf("a slip of nothing is withdrawn: %q", got)
	}
	s.orderState("1", store.Cancelled)
	s.Levels("TEA-500", 20, 0)
	s.Code(order.Unlock(background, s.Store, boss, "1"))
	s.Plan()
	if n := len(s.live("1")); n != 0 {
		t.Errorf("a cancelled order has %d slips, of %d pieces", n,
			s.Slip(s.live("1")[0]).Sums.Want)
	}
}

func crossedCutLeased(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 6))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 4}}}))
	s.Must(outbound.Free(background, s.Store, boss, slip))
	s.Must(order.Withdraw(background, s.Store, boss, slip, "customer"))
	s.Must(order.Unlock(background, s.Store, boss, "1"))
	s.Levels("TEA-500", 20, 2)
	if n := s.Slip(s.only()).Sums.Want; n != 2 {
		t.Errorf("the new slip asks for %d of 2", n)
	}
}

func crossedTwoChanges(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 6, "CUP-02", 4))
	s.Must(order.Request(background, s.Store, boss, "1",
		order.Edit{Field: "line", Line: 1, N: 2}))
	s.Must(order.Request(background, s.Store, boss, "1",
		order.Edit{Field: "line", Line: 2, N: 1}))
	s.Must(order.MakeChange(background, s.Store, boss, "1", 1, "customer"))
	s.Must(order.MakeChange(background, s.Store, boss, "1", 2, "customer"))
	o := s.order("1")
	if o.Lines[0].N != 2 || o.Lines[1].N != 1 {
		t.Errorf("both changes were made, and it has %d and %d pieces, not 2 and 1",
			o.Lines[0].N, o.Lines[1].N)
	}
}

func crossedResize(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 6))
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 2}}}))
	// The screen offers "TEA-500 x 4"; the customer wants 3.
	s.Must(order.Request(background, s.Store, boss, "1",
		order.Edit{Field: "line", Line: 1, N: 3}))
	s.Must(order.MakeChange(background, s.Store, boss, "1", 1, "customer"))
	if n := s.order("1").Lines[0].Net(); n != 3 {
		t.Errorf("%d pieces are sent, not 3", n)
	}
}

func crossedCancelAfterRefund(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 5))
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1", ID: "R1", Refund: true,
		Lines: []store.Cut{{Line: 1, N: 3}}}))
	l := s.order("1").Lines[0]
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: l.Net()}}}))
	if n := s.order("1").Lines[0].Net(); n != 0 {
		t.Errorf("all was cancelled, and %d are sent", n)
	}
	s.orderState("1", store.Cancelled)
}

func crossedAsked(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 2), Ordered("1", "TEA-500", 6))
	s.decided("1", store.Held, "stock")
	s.Must(order.Ask(background, s.Store, boss, "1", "只有 2 罐，换小罐？"))
	s.Record(Has("A-01-02", "TEA-500", 9))
	s.Plan()
	s.orderState("1", store.Held)
}

func crossedWaybills(t *testing.T, open Opener) {
	a, b, c := Ordered("1", "TEA-500", 1), Ordered("2", "TEA-500", 2), Ordered("3", "TEA-500", 3)
	a.Customer, b.Customer, c.Customer = "C7", "C7", "C7"
	b.Waybill, c.Waybill = "SF1", "SF2"
	s := floor(t, open, Has("A-01-01", "TEA-500", 20),
		store.SettingSet{Name: store.MergeOrders, Value: "auto"}, a, b, c)
	for _, slip := range s.live("1") {
		if len(Read(s, func(r *store.Reader) ([]store.Waybill, error) {
			return r.WaybillsOf(slip)
		})) > 1 {
			t.Errorf("slip %s is one parcel with two waybills", slip)
		}
	}
}

// Orders as the version before confirmed them: no need is in the facts.
func crossedOld(t *testing.T, open Opener, has, want store.Qty) *Site {
	s := Open(t, open, "s1")
	s.Record(Warehouse()...)
	s.Record(Has("A-01-01", "TEA-500", has), Ordered("1", "TEA-500", int(want)))
	e := store.OrderDecided{Order: "1", State: store.Confirmed, At: Noon.UnixMilli()}
	if has > 0 {
		e.Promises = []store.Promise{{Order: "1", Line: 1, Item: "TEA-500", N: min(has, want)}}
	}
	s.Record(e)
	s.Plan()
	return s
}

func crossedOldOwed(t *testing.T, open Opener) {
	path := filepath.Join(t.TempDir(), "bay.db")
	here := func(ctx context.Context, _ string) (*store.DB, error) { return open(ctx, path) }
	t.Run("before", func(t *testing.T) {
		s := crossedOld(t, here, 2, 6)
		s.Record(Has("A-01-02", "TEA-500", 9))
		s.Must(s.Alter(background, `UPDATE identity SET fold = 0`))
	})
	s := Open(t, here, "s1")
	if !s.Behind() {
		t.Error("an older program folded it, and nobody says so")
	}
	s.Plan()
	s.Levels("TEA-500", 11, 6)
	if s.Behind() {
		t.Error("planning does not catch up")
	}
	s.Whole(open)
}

func crossedOldCut(t *testing.T, open Opener) {
	s := crossedOld(t, open, 9, 6)
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 1, N: 6}}}))
	s.orderState("1", store.Cancelled)
	s.Levels("TEA-500", 9, 0)
}

func crossedCutLine(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 6, "CUP-02", 3))
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "1",
		Lines: []store.Cut{{Line: 2, N: 2}}}))
	change := func(n int64, how func(*store.Order)) {
		s.Must(s.Write(background, boss, func(tx *store.Tx) error {
			to, err := tx.Order("1")
			s.Must(err)
			how(&to)
			e, err := order.RequestChange(tx, to, store.Recipient{}, "import")
			s.Must(err)
			return tx.Record(e)
		}))
		s.Must(order.MakeChange(background, s.Store, boss, "1", n, "customer"))
	}
	change(1, func(o *store.Order) { o.Lines = o.Lines[:1] })
	change(2, func(o *store.Order) {
		o.Lines = append(o.Lines, store.OrderLine{Item: "MILK", N: 3})
	})
	o := s.order("1")
	if l := o.Lines[len(o.Lines)-1]; l.Item == "MILK" && l.Net() != 3 {
		t.Errorf("3 milks are asked for, and %d are to be sent: %+v", l.Net(), l)
	}
}

// Two buyers whom a platform masks alike are two people.
func crossedMasked(t *testing.T, open Opener) {
	s := Open(t, open, "s1")
	s.Record(Warehouse()...)
	s.Record(Has("A-01-01", "TEA-500", 20),
		store.SettingSet{Name: store.MergeOrders, Value: "auto"})
	for _, id := range []store.OrderID{"1", "2"} {
		o := Ordered(id, "TEA-500", 1)
		o.Customer, o.Recipient = "C"+string(id), store.RecipientID("R"+id)
		s.Must(s.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
			return tx.KeepRecipient(store.Recipient{ID: o.Recipient, Name: "张*",
				Phone: "138****0001", Address: "杭州市**路"})
		}))
		s.Record(o)
	}
	s.Plan()
	if s.live("1")[0] == s.live("2")[0] {
		t.Error("the goods of C1 and C2 are in one parcel")
	}
}

// A picker has the merged slip, order 2 is cancelled, the picker leaves, and the
// supervisor splits order 1.
func crossedCancelledMate(t *testing.T, open Opener) {
	s, slip := oneParcel(t, open)
	s.take("101", slip, "T-1")
	s.Must(order.Cut(background, s.Store, boss, order.Cutback{Order: "2",
		Lines: []store.Cut{{Line: 1, N: 3}}}))
	s.orderState("2", store.Cancelled)
	s.Must(outbound.Free(background, s.Store, boss, slip))
	s.Must(order.Split(background, s.Store, boss, "1", []int64{2}))
	s.orderState("2", store.Cancelled)
	for _, id := range s.live("2") {
		t.Errorf("cancelled order 2 has the slip %s of %d pieces", id, s.Slip(id).Sums.Want)
	}
}

func crossedThree(t *testing.T, open Opener) {
	c := Ordered("3", "TEA-500", 1)
	c.Customer = "C7"
	s, _ := oneParcel(t, open, c)
	s.Must(order.Merge(background, s.Store, boss, []store.OrderID{"1", "3"}))
	if s.live("1")[0] != s.live("3")[0] || s.live("1")[0] != s.live("2")[0] {
		t.Errorf("1 %v, 2 %v, 3 %v", s.live("1"), s.live("2"), s.live("3"))
	}
}
