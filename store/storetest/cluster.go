package storetest

import (
	"slices"
	"strconv"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// ofCarts are the stories of slips that are picked in one walk, or taken along.
var ofCarts = map[string]func(*testing.T, Opener){
	"SlipsArePickedInOneWalk":        clustered,
	"ACartHasItsLimits":              cartLimits,
	"ACartTakesWhatIsOnTheWay":       cartOnTheWay,
	"AFullToteIsParked":              fullTote,
	"PiecesInHandAreCountedTogether": inHand,
	"OrdersAreReleasedInWaves":       waves,
	"SlipsAreTakenAlong":             claimed,
	"GoodsAreSortedAtAWall":          sortedAtTheWall,
	"APickTogetherIsPartlyRefused":   partlyTogether,
	"AHalfSortedSlipIsNotPacked":     halfSortedIsNotPacked,
	"ASortedToteIsTakenAgain":        takenBehindTheWall,
	"TwoTotesAreSortedOneByOne":      twoTotesAtTheWall,
	"AnotherLotIsSortedAsTaken":      otherLotAtTheWall,
	"AStoppedPieceIsNotSortedYet":    stoppedAtTheWall,
	"WhatNobodyWantsAtTheWall":       unwantedAtTheWall,
	"LotsAreSortedAsPlanned":         lotsAtTheWall,
	"ASortIsTakenBackOnce":           unsortedTwice,
}

// seenAt is what the screen of a cart shows of the first task in a bin of a slip.
func (s *Site) seenAt(id store.SlipID, bin string) outbound.Seen {
	s.Helper()
	slip := s.Slip(id)
	i := slices.IndexFunc(slip.Tasks, func(t store.PickTask) bool {
		return t.From.Code() == bin && t.Left() > 0
	})
	if i < 0 {
		s.Fatalf("%s asks for nothing in %s", id, bin)
	}
	t := slip.Tasks[i]
	return outbound.Seen{Task: t.ID, Done: t.Picked + t.Short, Stopped: slip.Stopped,
		Several: true}
}

// onCart makes a scan for a slip on a cart, and behind it the next where it is asked for.
func (s *Site) onCart(id store.SlipID, bin, code string, n store.Qty, want store.Code) (
	out outbound.Picked) {
	s.Helper()
	in := outbound.PickScan{By: s.By("101", code), Slip: id, Seen: s.seenAt(id, bin)}
	in.By.N = n
	out, err := outbound.Pick(background, s.Store, in)
	if got := s.Code(err); got != want {
		s.Errorf("%s for %s: %q, not %q", code, id, got, want)
	}
	return out
}

// into puts what is in hand for a slip into a tote.
func (s *Site) into(id store.SlipID, bin, code string, held outbound.Picked, want store.Code) (
	out outbound.Picked) {
	s.Helper()
	out, err := outbound.Pick(background, s.Store, outbound.PickScan{By: s.By("101", code),
		Slip: id, Seen: s.seenAt(id, bin), Asked: held.Needs, Pending: held.Pending,
		Pieces: held.N})
	if got := s.Code(err); got != want {
		s.Errorf("%s for %s in hand: %q, not %q", code, id, got, want)
	}
	return out
}

// aCart has somebody hold two slips for tea, the second for cups too.
func aCart(t *testing.T, open Opener) (*Site, []store.SlipID) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 2), Ordered("2", "TEA-500", 3, "CUP-02", 1))
	slips := s.slipsOf("1", "2")
	s.holds("101", slips...)
	return s, slips
}

// One bin scan does for both slips; each piece goes into the tote of its own, and into no
// other.
func clustered(t *testing.T, open Opener) {
	s, slips := aCart(t, open)
	round, err := outbound.Rounded(background, s.Store, "101")
	s.Must(err)
	var bins []string
	for _, x := range round.Stops {
		bins = append(bins, x.Task.From.Code()+" "+string(round.Slips[x.At].ID))
	}
	if want := []string{"A-01-01 " + string(slips[0]), "A-01-01 " + string(slips[1]),
		"B-07-01 " + string(slips[1])}; !slices.Equal(bins, want) {
		t.Errorf("the walk is %v", bins)
	}
	s.onCart(slips[0], "A-01-01", Tea, 2, store.BinFirst)
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	held := s.onCart(slips[0], "A-01-01", Tea, 2, "")
	s.into(slips[0], "A-01-01", "tote:T-"+string(slips[1]), held, store.WrongTote)
	s.into(slips[0], "A-01-01", "bin:A-01-01", held, store.WrongKind)
	s.Stock("bin/A-01-01", "TEA-500", 20)
	s.into(slips[0], "A-01-01", "tote:T-"+string(slips[0]), held, "")
	s.Stock("tote/T-"+store.Place(slips[0]), "TEA-500", 2)
	held = s.onCart(slips[1], "A-01-01", Tea, 3, "") // the picker stands there
	s.into(slips[1], "A-01-01", "tote:T-"+string(slips[1]), held, "")
	s.onCart(slips[1], "B-07-01", Cup, 1, store.BinFirst)
	s.onCart(slips[1], "B-07-01", "bin:B-07-01", 0, "")
	held = s.onCart(slips[1], "B-07-01", Cup, 1, "")
	s.into(slips[1], "B-07-01", "tote:T-"+string(slips[1]), held, "")
	for _, id := range slips {
		if state := s.look(id).State(); state != store.SlipPicked {
			t.Errorf("%s is %s", id, state)
		}
	}
	s.Whole(open)
}

func inHand(t *testing.T, open Opener) {
	s, slips := aCart(t, open)
	s.onCart(slips[1], "A-01-01", "bin:A-01-01", 0, "")
	held := s.onCart(slips[1], "A-01-01", Tea, 0, "")
	held = s.into(slips[1], "A-01-01", Tea, held, "")
	s.into(slips[1], "A-01-01", TeaCase, held, store.OverPick)
	s.into(slips[1], "A-01-01", Cup, held, store.ToteNeeded)
	if held.N != 2 || held.Needs != store.ToteNeeded {
		t.Errorf("in hand: %+v", held)
	}
	s.into(slips[1], "A-01-01", "tote:T-"+string(slips[1]), held, "")
	s.Stock("tote/T-"+store.Place(slips[1]), "TEA-500", 2)
}

// loaded has somebody fill their cart.
func (s *Site) loaded(who store.OperatorID, want store.Code, slips ...store.SlipID) {
	s.Helper()
	ids, err := outbound.Load(background, s.Store, store.Gesture{Operator: who}, outbound.CartMax)
	if got := s.Code(err); got != want || !slices.Equal(ids, slips) {
		s.Errorf("%s loads %v, %q", who, ids, got)
	}
}

// A cart takes as many totes, and as much weight, as the site says; what is too heavy for any
// goes alone.
func cartLimits(t *testing.T, open Opener) {
	tea := store.Item{SKU: "TEA-500", Name: "Tea", Weight: 600, Active: true,
		Barcodes: []store.Barcode{{Code: Tea, N: 1}}}
	s := floor(t, open, store.ItemSaved{Item: tea}, Has("A-01-01", "TEA-500", 90),
		store.SettingSet{Name: store.CartTotes, Value: "3"},
		store.SettingSet{Name: store.CartWeight, Value: "2"},
		Ordered("1", "TEA-500", 9), Ordered("2", "TEA-500", 2), Ordered("3", "TEA-500", 1),
		Ordered("4", "TEA-500", 1), Ordered("5", "TEA-500", 1), Ordered("6", "TEA-500", 1))
	slip := s.slipsOf("1", "2", "3", "4", "5", "6")
	s.loaded("101", "", slip[0])
	s.loaded("101", store.NothingToDo)
	s.loaded("102", "", slip[1], slip[2])
	s.take("102", slip[3], "T-1")
	s.loaded("102", store.CartFull)
	s.loaded("103", store.UnknownOperator)
}

// Behind the most urgent slip, those come along that are on the way.
func cartOnTheWay(t *testing.T, open Opener) {
	s := floor(t, open, store.SettingSet{Name: store.CartTotes, Value: "2"},
		store.PlaceSaved{Bin: store.Bin{Place: "bin/C-01", Use: store.PickUse, Zone: "C",
			Aisle: "01", Walk: 9, Active: true}},
		Has("A-01-01", "TEA-500", 20), Has("C-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 1), Ordered("2", "CUP-02", 1), Ordered("3", "TEA-500", 1))
	slip := s.slipsOf("1", "2", "3")
	s.loaded("101", "", slip[0], slip[2])
}

// The tote is full: a yes parks it, and the slip goes on in another; both are packed.
func fullTote(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 6),
		Ordered("2", "CUP-02", 1), Has("B-07-01", "CUP-02", 9))
	slips := s.slipsOf("1", "2")
	slip := slips[0]
	s.take("101", slip, "T-1")
	s.take("102", slips[1], "T-3")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 2, Tea, "")
	s.scan("101", slip, 0, "tote:T-2", store.WrongTote)
	bind := func(code string, want store.Code) {
		t.Helper()
		by := s.By("101", code)
		by.Yes = true
		_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: by, Slip: slip,
			Seen: outbound.See(s.look(slip))})
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
	bind("tote:T-3", store.ToteInUse)
	bind("tote:T-2", "")
	s.scan("101", slip, 3, Tea, "")
	s.scan("101", slip, 0, "tote:T-1", "") // it was not so full
	s.scan("101", slip, 1, Tea, "")
	s.Stock("tote/T-1", "TEA-500", 3)
	s.Stock("tote/T-2", "TEA-500", 3)
	s.intoCarton(slip, 3, Tea, "")
	s.intoCarton(slip, 3, Tea, "")
	s.toPutBack(slip, 0, store.SlipPacked)
	s.Whole(open)
}

// A supervisor releases what goes by one carrier, then what is due before the next cut-off,
// and then what lies in one zone; nothing else.
func waves(t *testing.T, open Opener) {
	var orders []store.Event
	for i, by := range []string{"SF", "SF", "ZTO", "ZTO", "YTO", "YTO"} {
		o := Ordered(store.OrderID(rune('1'+i)), []string{"TEA-500", "CUP-02"}[i%2], 1)
		if o.Carrier = store.CarrierID(by); i < 4 {
			o.ShipBy = Noon.UnixMilli() + int64(i/3)
		}
		orders = append(orders, o)
	}
	s := floor(t, open, append([]store.Event{store.SettingSet{Name: store.ReleaseBy,
		Value: "hand"}, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9)}, orders...)...)
	release := func(by store.WaveBy, of string, want int) {
		t.Helper()
		n, err := order.ReleaseWave(background, s.Store, boss, order.Wave{By: by, Of: of})
		if code := s.Code(err); n != want || (code == "") != (want > 0) {
			t.Errorf("%s %s: %d released, %q", by, of, n, code)
		}
	}
	all, err := order.Waves(background, s.Store)
	s.Must(err)
	if len(all) != 7 || all[0].N != 3 || all[0].By != store.WaveCutOff {
		t.Errorf("the waves are %+v", all)
	}
	release(store.WaveCarrier, "SF", 2)
	release(store.WaveCarrier, "SF", 0)
	release(store.WaveCutOff, strconv.FormatInt(Noon.UnixMilli(), 10), 1)
	release(store.WaveZone, "B", 2)
	for i, want := range []store.OrderState{store.Released, store.Released, store.Released,
		store.Released, store.LockedOrder, store.Released} {
		s.orderState(store.OrderID(rune('1'+i)), want)
	}
	s.Whole(open)
}
