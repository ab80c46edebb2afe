package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/store/returns"
	"scanbay/store/shipping"
	"scanbay/store/stocktake"
)

// ofTheDock are those of parcels that leave, and of what becomes of them.
var ofTheDock = map[string]func(*testing.T, Opener){
	"ANumberThatIsNotTheCarriers": notTheCarriers,
	"AWaybillIsUsedOnce":          waybillOnce,
	"ParcelsOfOneWaybill":         parcelsOfOne,
	"ATruckIsLoaded":              loaded,
	"AParcelConfirmedByMistake":   confirmedByMistake,
	"APackageThatWasDelivered":    packageDelivered,
	"AParcelWithoutANumber":       withoutWaybill,
	"AParcelIsOnItsWay":           onItsWay,
	"WhatIsNotSignedForAsSent":    notSignedAsSent,
	"ABuyerIsToldOfEachStep":      buyerIsTold,
	"AStationTellsOfParcels":      tellsOfParcels,
}

// by gives an order a carrier.
func by(e store.OrderReceived, c store.CarrierID) store.OrderReceived {
	e.Carrier = c
	return e
}

// boxed is a sealed carton with the pieces of tea of an order's slip.
func (s *Site) boxed(order store.OrderID) store.Carton {
	s.Helper()
	slip := s.slipsOf(order)[0]
	s.pickAll("101", slip, "T-"+string(order))
	s.packAll("101", slip)
	return s.Slip(slip).Cartons[0]
}

func (s *Site) decides(name store.Setting, value string) {
	s.Helper()
	s.Must(access.Set(context.Background(), s.Store, store.Gesture{}, name, value))
}

// A number that the slip's carrier prints not is asked about, refused, or taken, as the site
// wants; where nobody knows the carrier's numbers, any is taken.
func notTheCarriers(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), by(Ordered("1", "TEA-500", 1), "SF"),
		by(Ordered("2", "TEA-500", 1), "ZTO"), by(Ordered("3", "TEA-500", 1), "OURS"))
	box := s.boxed("1")
	in := outbound.ConfirmScan{Pending: box.ID}
	s.decides(store.WaybillCheck, "refuse")
	s.confirm(in, "JT0006968326954", store.OtherWaybill)
	s.decides(store.WaybillCheck, "warn")
	s.confirm(in, "JT0006968326954", store.AskWaybill)
	before := len(s.log())
	in.By = s.By("101", "JT0006968326954")
	in.By.Yes = true
	_, err := outbound.Confirm(background, s.Store, in)
	if s.Must(err); len(s.log()) != before+1 {
		t.Errorf("%d facts", len(s.log())-before)
	}
	s.decides(store.WaybillCheck, "off")
	s.confirm(outbound.ConfirmScan{Pending: s.boxed("2").ID}, "SF3100000000001", "")
	s.decides(store.WaybillCheck, "refuse")
	s.confirm(outbound.ConfirmScan{Pending: s.boxed("3").ID}, "ANY-1234567", "")
	s.Whole(open)
}

// A parcel without a number stays here; or leaves once somebody said so, where the site lets it.
func withoutWaybill(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 1))
	box := s.boxed("1")
	leaves := func(spared bool, want store.Code) {
		t.Helper()
		s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.ID), "")
		in := outbound.ConfirmScan{By: s.By("101", ""), Pending: box.ID}
		in.By.Yes = true
		out, err := outbound.Confirm(background, s.Store, in)
		if got := s.Code(err); got != want {
			t.Errorf("without a number, spared %v: %q, not %q", spared, got, want)
		} else if want == "" && out.Did != outbound.ConfirmedIt {
			t.Errorf("it came to %q", out.Did)
		}
	}
	leaves(false, store.BadWaybill)
	s.decides(store.MissWaybill, "ask")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "", store.BadWaybill) // nobody said yes
	leaves(true, "")
	s.orderState("1", store.Shipped)
	s.Whole(open)
}

// A waybill is one parcel's for ever: not another slip's, not on another day, and not another
// order's for which it was bought.
func waybillOnce(t *testing.T, open Opener) {
	bought := Ordered("3", "TEA-500", 99) // held for its stock
	bought.Waybill = "SF3100000000003"
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 1),
		Ordered("2", "TEA-500", 1), bought)
	s.confirm(outbound.ConfirmScan{Pending: s.boxed("1").ID}, "SF3100000000001", "")
	s.Clock.Wait(40 * 24 * time.Hour)
	two := s.boxed("2")
	s.confirm(outbound.ConfirmScan{Pending: two.ID}, "SF3100000000001", store.WaybillTwice)
	s.confirm(outbound.ConfirmScan{Pending: two.ID}, "SF3100000000003", store.WaybillTwice)
	s.confirm(outbound.ConfirmScan{Pending: two.ID}, "SF3100000000002", "")
	s.Whole(open)
}

// The parcels of one waybill have labels of their own, n of m: each is found by its own, those
// of one slip share the number, and nobody else's parcel has it.
func parcelsOfOne(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), by(Ordered("1", "TEA-500", 2), "JD"),
		by(Ordered("2", "TEA-500", 1), "JD"))
	slip := s.slipsOf("1")[0]
	s.pickAll("101", slip, "T-1")
	first := s.pack(slip, "TEA-500", "")
	_, err := outbound.Seal(background, s.Store, store.Gesture{Operator: "101"}, slip, "")
	s.Must(err)
	second := s.pack(slip, "TEA-500", "")
	label := func(c store.CartonID, code string, want store.Code) {
		t.Helper()
		s.confirm(outbound.ConfirmScan{Pending: c}, code, want)
	}
	label(first.Carton.ID, "JDVA11408814483-1-2-", "")
	label(second.Carton.ID, "JDVA11408814483N1S2H7", store.WaybillTwice)
	label(s.boxed("2").ID, "JDVA11408814483-2-2-", store.WaybillTwice)
	label(second.Carton.ID, "JDVA11408814483N2S2H7", "")
	s.confirm(outbound.ConfirmScan{}, "JDVA11408814483-2-2-A1", store.CartonGone)
	all := Read(s, func(r *store.Reader) ([]store.Waybill, error) {
		return r.WaybillsByNo("JDVA11408814483")
	})
	if len(all) != 2 || all[0].No != "JDVA11408814483-1-2" || all[1].Carton != second.Carton.ID {
		t.Errorf("%+v", all)
	}
	s.Whole(open)
}

// loads confirms a carton on a truck, with the next waybill.
func (s *Site) loads(on store.Handover, c store.CartonID, no string, want store.Code) {
	s.Helper()
	in := outbound.ConfirmScan{On: on.ID, Carrier: on.Carrier}
	if no == "" {
		s.confirm(in, "carton:"+string(c), want)
		return
	}
	in.Pending = c
	s.confirm(in, no, want)
}

// A truck takes parcels of its carrier, each once; what stays on the dock is asked about and
// goes with the next one, and each has its list.
func loaded(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), by(Ordered("1", "TEA-500", 2), "SF"),
		by(Ordered("2", "TEA-500", 1), "SF"), by(Ordered("3", "TEA-500", 1), "ZTO"),
		by(Ordered("4", "TEA-500", 1), "SF"))
	one, two, other := s.boxed("1"), s.boxed("2"), s.boxed("3")
	packer := func() store.Gesture { return store.Gesture{Operator: "101"} }
	first, err := outbound.OpenHandover(background, s.Store, packer(), store.Handover{
		Carrier: "SF", Dock: "dock/D1", Truck: " 粤b 12345"})
	if s.Must(err); first.Truck != "粤B12345" {
		t.Errorf("%+v", first)
	}
	s.loads(first, one.ID, "SF3100000000001", "")
	s.loads(first, one.ID, "", store.OnTruck)
	s.loads(first, other.ID, "", store.WrongCarrier)
	s.confirm(outbound.ConfirmScan{On: first.ID, Carrier: "SF"}, "carton:nobody", store.NotFound)
	closes := func(id store.HandoverID, yes bool, want store.Code) {
		t.Helper()
		by := packer()
		by.Yes = yes
		_, err := outbound.CloseHandover(background, s.Store, by, id, "王师傅")
		if got := s.Code(err); got != want {
			t.Errorf("closed: %q, not %q", got, want)
		}
	}
	closes(first.ID, false, store.AskDock)
	closes(first.ID, true, "")
	closes(first.ID, true, store.Stale)
	s.loads(first, two.ID, "SF3100000000002", store.Stale)
	s.Clock.Wait(time.Minute)
	next, err := outbound.OpenHandover(background, s.Store, packer(), store.Handover{Carrier: "SF"})
	s.Must(err)
	s.loads(next, one.ID, "", store.CartonGone) // on the other
	s.loads(next, two.ID, "SF3100000000002", "")
	closes(next.ID, false, "")
	list, err := report.Loaded(background, s.Store, first.ID)
	if s.Must(err); len(list.Rows) != 1 || list.Pieces != 2 || list.Signed != "王师傅" ||
		list.Rows[0].Waybill != "SF3100000000001" || list.Closed == 0 {
		t.Errorf("%+v", list)
	}
	day, err := report.LoadedOn(background, s.Store, store.DateOf(s.Now()), "SF")
	if s.Must(err); len(day.Rows) != 2 || day.Pieces != 3 {
		t.Errorf("%+v", day)
	}
	s.Whole(open)
}

// Who confirmed the wrong parcel has a supervisor take that back: it is sealed, with its goods
// and its waybill, and leaves again; not once the customer has it.
func confirmedByMistake(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 2))
	box := s.boxed("1")
	truck, err := outbound.OpenHandover(background, s.Store, store.Gesture{Operator: "101"},
		store.Handover{Carrier: "SF"})
	s.Must(err)
	back := func(who, second store.OperatorID, want store.Code) {
		t.Helper()
		_, err := outbound.TakeBack(background, s.Store, store.Gesture{Operator: who,
			Second: second}, box.ID)
		if got := s.Code(err); got != want {
			t.Errorf("taken back: %q, not %q", got, want)
		}
	}
	back("101", "900", store.NothingUndo)
	s.loads(truck, box.ID, "SF3100000000001", "")
	s.orderState("1", store.Shipped)
	back("101", "", store.NoRight)
	back("101", "102", store.NoRight)
	back("101", "900", "")
	s.orderState("1", store.Packed)
	s.Stock(store.AtCustomer, "TEA-500", 0)
	s.Stock(store.InCarton(box.ID), "TEA-500", 2)
	list, err := report.Loaded(background, s.Store, truck.ID)
	if s.Must(err); len(list.Rows) != 0 {
		t.Errorf("on the truck: %+v", list.Rows)
	}
	back("101", "900", store.NothingUndo)
	s.loads(truck, box.ID, "", "") // its waybill is still its own
	s.orderState("1", store.Shipped)
	s.Stock(store.AtCustomer, "TEA-500", 2)
	s.Must(returns.SignOff(background, s.Store, store.Gesture{Operator: "900"},
		returns.SigningOff{Slip: box.Slip}))
	back("101", "900", store.SignedBefore)
	s.Whole(open)
}

// What is said of a waybill is said of each of its packages: none of them is here after all.
func packageDelivered(t *testing.T, open Opener) {
	o := Ordered("1", "TEA-500", 2)
	o.Carrier = "JD"
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), o)
	box := s.boxed("1")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "JDVA00000000001-1-2-", "")
	s.Must(shipping.Track(background, s.Store, store.Gesture{Operator: "900"}, store.Tracking{
		Waybill: "JDVA00000000001", State: store.ShipLost}))
	if all := Read(s, (*store.Reader).Discrepancies); len(all) != 1 || all[0].N != 2 {
		t.Errorf("lost: %+v", all)
	}
	s.Must(shipping.Track(background, s.Store, store.Gesture{Operator: "900"}, store.Tracking{
		Waybill: "JDVA00000000001", State: store.ShipDelivered}))
	_, err := outbound.TakeBack(background, s.Store, store.Gesture{Operator: "101",
		Second: "900"}, box.ID)
	if got := s.Code(err); got != store.SignedBefore {
		t.Errorf("taken back: %q", got)
	}
	s.Whole(open)
}

// dockStep is what happens at the dock beside the scans of parcels: a truck comes, or leaves,
// or a parcel is taken back. It gives the scan that is next.
func (w *Worker) dockStep(c store.Carton) (in outbound.ConfirmScan) {
	by := store.Gesture{Operator: w.Operator}
	day := w.Store.Now().Add(-time.Hour).UnixMilli()
	open := Read(w.Site, func(r *store.Reader) ([]store.Handover, error) {
		return r.HandoversOpen(day)
	})
	switch n := w.IntN(6); {
	case len(open) == 0 && n < 4:
		_, err := outbound.OpenHandover(background, w.Store, by,
			store.Handover{Carrier: c.Carrier, Dock: "dock/D1"})
		w.Code(err)
	case len(open) > 0 && n < 2:
		by.Yes = w.IntN(3) > 0
		_, err := outbound.CloseHandover(background, w.Store, by, open[0].ID, "")
		w.Code(err)
	case len(open) > 0:
		in.On, in.Carrier = open[0].ID, open[0].Carrier
	}
	if w.IntN(4) == 0 {
		by.Second = "900"
		for _, c := range Read(w.Site, func(r *store.Reader) ([]store.Carton, error) {
			return r.CartonsOf(c.Slip)
		}) {
			_, err := outbound.TakeBack(background, w.Store, by, c.ID)
			w.Code(err)
		}
	}
	return in
}

// What a carrier says of a parcel is kept once; a loss waits for a supervisor, once, whatever
// is said of it again. Nothing is said of what has not left.
func onItsWay(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 3))
	box := s.boxed("1")
	track := func(m store.Tracking, want store.Code) {
		t.Helper()
		err := shipping.Track(background, s.Store, store.Gesture{Operator: "900"}, m)
		if got := s.Code(err); got != want {
			t.Errorf("%+v: %q, not %q", m, got, want)
		}
	}
	lost := store.Tracking{Waybill: "SF3100000000001", State: store.ShipLost,
		At: Noon.Add(time.Hour).UnixMilli(), Place: "武汉"}
	track(lost, store.NotFound)
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	before := len(s.log())
	track(lost, "")
	track(lost, "")
	if n := len(s.log()) - before; n != 1 {
		t.Errorf("said twice, %d facts", n)
	}
	track(store.Tracking{Waybill: lost.Waybill, State: "gone"}, store.BadSetting)
	track(store.Tracking{Waybill: lost.Waybill, State: store.ShipLost,
		At: Noon.Add(999 * time.Hour).UnixMilli()}, store.BadSetting)
	track(store.Tracking{Waybill: lost.Waybill, State: store.ShipLost, Note: "确认"}, "")
	track(store.Tracking{Waybill: lost.Waybill, State: store.ShipDelayed}, "")
	all := Read(s, (*store.Reader).Discrepancies)
	if len(all) != 1 || all[0].Of != store.LostOnWay || all[0].N != 3 || all[0].Item != "TEA-500" {
		t.Errorf("%+v", all)
	}
	said := Read(s, func(r *store.Reader) ([]store.Tracking, error) {
		return r.TrackingOf(box.Slip)
	})
	if len(said) != 3 || said[2].Place != "武汉" {
		t.Errorf("%+v", said)
	}
	s.Whole(open)
}

// Lines that were not signed for as they left wait for a supervisor, each as one case; a
// corrected sign-off ends it.
func notSignedAsSent(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 5))
	box := s.boxed("1")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	sign := func(signed, short, damaged store.Qty, open int) {
		t.Helper()
		s.Must(returns.SignOff(background, s.Store, store.Gesture{Operator: "900"},
			returns.SigningOff{Slip: box.Slip, Lines: []store.SignedLine{{Line: 1, Signed: signed,
				Short: short, Damaged: damaged}}}))
		s.Clock.Wait(time.Minute)
		got := Read(s, func(r *store.Reader) ([]store.Discrepancy, error) {
			return r.DiscrepanciesOpen(9)
		})
		if len(got) != open || open == 1 && (got[0].Of != store.SignOffDiff ||
			got[0].N != short+damaged) {
			t.Errorf("%d -%d !%d: %+v", signed, short, damaged, got)
		}
	}
	sign(4, 1, 2, 1)
	sign(4, 1, 2, 1)
	sign(4, 1, 0, 1)
	sign(5, 0, 0, 0)
	sign(5, 0, 1, 1)
	cases, err := stocktake.Queue(background, s.Store)
	if s.Must(err); len(cases) != 1 || cases[0].Kind != stocktake.CaseOutbound {
		t.Errorf("%+v", cases)
	}
	s.Whole(open)
}

// Where the site wants it, a buyer is told that the order is confirmed, shipped, late and
// delivered, each until it was sent; what is not so any more is not told.
func buyerIsTold(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("0", "TEA-500", 1))
	told := func(want ...store.NoticeKind) {
		t.Helper()
		all, err := returns.Pending(background, s.Store, 9)
		s.Must(err)
		var got []store.NoticeKind
		for _, n := range all {
			got = append(got, n.Of)
			if n.Customer != "1" {
				t.Errorf("%+v", n)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("told %v, not %v", got, want)
		}
	}
	told()
	s.decides(store.OrderNotices, "on")
	s.Record(Ordered("1", "TEA-500", 2))
	s.Plan()
	told(store.NoticeConfirmed)
	s.Must(returns.Sent(background, s.Store, store.Gesture{Operator: "900"}, store.Notice{
		Ref: "1", Of: store.NoticeConfirmed, At: s.Now().UnixMilli()}))
	told()
	box := s.boxed("1")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	told(store.NoticeShipped)
	_, err := outbound.TakeBack(background, s.Store, store.Gesture{Operator: "101",
		Second: "900"}, box.ID)
	s.Must(err)
	told()
	s.Clock.Wait(time.Minute)
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.ID), "")
	told(store.NoticeShipped)
	for _, state := range []store.ShipmentState{store.ShipTransit, store.ShipDelayed,
		store.ShipDelivered} {
		s.Clock.Wait(time.Minute)
		s.Must(shipping.Track(background, s.Store, store.Gesture{Operator: "900"},
			store.Tracking{Waybill: "SF3100000000001", State: state}))
	}
	told(store.NoticeShipped, store.NoticeDelayed, store.NoticeDelivered)
	s.Whole(open)
}

// What is said of a parcel at a station is the authority's to keep.
func tellsOfParcels(t *testing.T, open Opener) {
	hub, s, l := enrolled(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	box := hub.boxed("1")
	hub.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	meet(hub, s)
	s.Must(shipping.Track(background, s.Store, boss, store.Tracking{Waybill: "SF3100000000001",
		State: store.ShipDamaged}))
	for _, r := range shipping.Rulings() {
		if !l.made[r.Name] {
			t.Errorf("%s was not asked for", r.Name)
		}
	}
	meet(hub, s)
	same(hub, s)
	if n := len(Read(hub, (*store.Reader).Discrepancies)); n != 1 {
		t.Errorf("%d discrepancies", n)
	}
	hub.Whole(open)
}

// onItsWay is a truck that comes and leaves, and what its carrier says of an order's parcels.
func (o office) onItsWay(by store.Gesture, order store.OrderID) {
	h, err := outbound.OpenHandover(background, o.Store, by, store.Handover{})
	if o.Code(err) == "" {
		by.Yes = true
		_, err = outbound.CloseHandover(background, o.Store, by, h.ID, "")
		o.Code(err)
	}
	for _, id := range Read(o.Site, func(r *store.Reader) ([]store.SlipID, error) {
		return r.SlipsOf(order)
	}) {
		for i, w := range Read(o.Site, func(r *store.Reader) ([]store.Waybill, error) {
			return r.WaybillsOf(id)
		}) {
			state := store.ShipmentStates[(i+len(id)+len(order))%len(store.ShipmentStates)]
			o.Code(shipping.Track(background, o.Store, by, store.Tracking{Waybill: w.No,
				State: state}))
		}
	}
}
