package storetest

import (
	"fmt"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/stocktake"
)

func (s *Site) weigh(carton store.CartonID, grams int64, want store.Code) outbound.Weighed {
	s.Helper()
	out, err := outbound.Weigh(background, s.Store, store.Gesture{Operator: "101"}, carton, grams)
	if got := s.Code(err); got != want {
		s.Errorf("%s weighs %d: %q, want %q", carton, grams, got, want)
	}
	return out
}

// weighed are tea and cups, of which the tea's weight is verified, and a carton of 200 g.
func weighed() []store.Event {
	tea := store.Item{SKU: "TEA-500", Name: "龙井茶", Weight: 550, Weighed: true, Active: true,
		Barcodes: []store.Barcode{{Code: Tea, N: 1}, {Code: TeaCase, N: 10}}}
	box := store.CartonType{Code: "B1", Tare: 200, Active: true}
	return []store.Event{store.ItemSaved{Item: tea}, store.CartonTypeSet{CartonType: box}}
}

// A carton that does not weigh what is in it is stopped, and a supervisor's case, until it is
// weighed again and right, or somebody has looked into it.
func cartonWeighed(t *testing.T, open Opener) {
	s := floor(t, open, append(weighed(), Has("A-01-01", "TEA-500", 40),
		Has("B-07-01", "CUP-02", 9), Ordered("1", "TEA-500", 4), Ordered("2", "TEA-500", 1),
		Ordered("3", "TEA-500", 1, "CUP-02", 1))...)
	slips := s.picks(teaAndCups, "1", "2", "3")
	s.pack(slips[0], Tea, "")
	open1 := s.look(slips[0]).Cartons[0].ID
	s.weigh(open1, 2000, store.CartonOpen)
	s.weigh("no such", 2000, store.NotFound)
	one := s.packedOf(slips[0])
	s.weigh(one.ID, 0, store.BadQuantity)
	s.weigh(one.ID, 6901234567892, store.BadQuantity)
	if out := s.weigh(one.ID, 2280, ""); out.Off || out.Want != 2400 { // 5 per cent are 120
		t.Errorf("2280 g is off %t, not %d g", out.Off, out.Want)
	}
	if out := s.weigh(one.ID, 2279, ""); !out.Off {
		t.Error("2279 g is right")
	}
	s.weigh(one.ID, 2600, "")
	cases := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
		return r.DiscrepanciesOpen(9)
	})
	if len(cases) != 1 || cases[0].Of != store.WeightOff || cases[0].Note != "grams 2279/2400" {
		t.Errorf("cases: %+v", cases)
	}
	label := "carton:" + string(one.ID)
	s.confirm(outbound.ConfirmScan{}, label, store.WeightStop)
	s.repack(outbound.RepackScan{By: store.Gesture{Yes: true}}, label, "")
	s.seal(slips[0], "", "")
	s.confirm(outbound.ConfirmScan{}, label, store.WeightStop) // nobody weighed it since
	s.weigh(one.ID, 2400, "")
	if n := Read(s, (*store.Reader).CasesOpen); n != 0 {
		t.Errorf("%d cases once it was right", n)
	}
	s.confirm(outbound.ConfirmScan{Pending: one.ID}, "SF3100000000001", "")
	s.weigh(one.ID, 2400, store.CartonGone)

	two := s.packedOf(slips[1])
	s.weigh(two.ID, 900, "") // 750; 50 g is more than 5 per cent
	err := stocktake.Resolve(background, s.Store, store.Gesture{Operator: "900"},
		stocktake.Resolving{Disc: Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
			return r.DiscrepanciesOpen(9)
		})[0].ID, As: store.DiscClosed, Cause: "checked"})
	s.Must(err)
	s.confirm(outbound.ConfirmScan{Pending: two.ID}, "SF3100000000002", "")

	three := s.packedOf(slips[2])
	if out := s.weigh(three.ID, 5000, ""); out.Off || out.Want != 0 {
		t.Errorf("a cup of unknown weight: %+v", out)
	}
	s.Whole(open)
}

// Where the site has each carton weighed, none leaves that was not since it was closed.
func weighFirst(t *testing.T, open Opener) {
	s := floor(t, open, append(weighed(), Has("A-01-01", "TEA-500", 40),
		Ordered("1", "TEA-500", 1), store.SettingSet{Name: store.WeighBy, Value: "must"})...)
	slip := s.picks(teaAndCups, "1")[0]
	box := s.packedOf(slip)
	label := "carton:" + string(box.ID)
	s.confirm(outbound.ConfirmScan{}, label, store.WeighFirst)
	s.weigh(box.ID, 750, "")
	s.repack(outbound.RepackScan{By: store.Gesture{Yes: true}}, label, "")
	s.seal(slip, "", "")
	s.confirm(outbound.ConfirmScan{}, label, store.WeighFirst)
	s.weigh(box.ID, 750, "")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	s.Whole(open)
}

// The first cartons that hold one item alone teach what it weighs: the middle one of them.
func weightLearned(t *testing.T, open Opener) {
	events := append(weighed(), Has("B-07-01", "CUP-02", 40))
	var orders []store.OrderID
	for i := range 5 {
		orders = append(orders, store.OrderID(fmt.Sprint(i)))
		events = append(events, Ordered(orders[i], "CUP-02", i+1))
	}
	s := floor(t, open, events...)
	slips := s.picks(teaAndCups, orders...)
	for i, grams := range []int64{500, 820, 1090, 1400, 1900} { // 300, 310, 296, 300 a piece
		box := s.packedOf(slips[i])
		out := s.weigh(box.ID, grams, "")
		want := int64(0)
		if i > 2 {
			want = 200 + 300*int64(i+1)
		}
		if out.Want != want || out.Off != (i == 4) {
			t.Errorf("%d cups weigh %d: %+v, want %d", i+1, grams, out, want)
		}
	}
	s.Whole(open)
}
