package storetest

import (
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/outbound"
)

// ofDates are the stories of goods that expire.
var ofDates = map[string]func(*testing.T, Opener){
	"TheEarliestExpiryFirst":      earliestFirst,
	"GoodsOfTwoDatesAreToldApart": toldByDate,
	"OneDayIsTheLastEverywhere":   lastDay,
	"ASupervisorLetsItPass":       pastItsDay,
}

// juice expires and has no lots: its date stands for one.
var juice = store.ItemSaved{Item: store.Item{SKU: "JUICE", Name: "果汁 Juice", Spec: "1L",
	Cost: store.MoneyUnit, Expiries: true, Active: true}}

// Goods of two dates lie in one tote, in one carton, and back in a tote of another customer's.
// A label without a date has that asked for, and with it goes on: at the packing table, when
// goods come out of a carton again, and when they go back to their bin.
func toldByDate(t *testing.T, open Opener) {
	s := floor(t, open, juice, Has("A-01-01", "JUICE", 3, "EXP20260901", "", "2026-09-01"),
		Has("A-01-01", "JUICE", 3, "EXP20261201", "", "2026-12-01"), Ordered("1", "JUICE", 4),
		Ordered("2", "JUICE", 2), store.SettingSet{Name: store.SharedTote, Value: "any"})
	slips := s.slipsOf("1", "2") // the first has three of September and one of December
	for _, slip := range slips {
		s.take("101", slip, "T-1")
		s.scan("101", slip, 0, "bin:A-01-01", "")
		if slip == slips[0] {
			if out := s.scan("101", slip, 3, "JUICE", ""); out.Needs != store.ExpiryNeeded {
				t.Errorf("at the bin it needs %q", out.Needs)
			}
			s.scan("101", slip, 3, "JUICE|||2026-09-01", "")
		}
		task, _ := s.Slip(slip).Next()
		s.scan("101", slip, task.Left(), "JUICE|||2026-12-01", "")
	}
	in := outbound.PackScan{Slip: slips[1]}
	if out := s.packs(in, "JUICE", ""); out.Needs != store.ExpiryNeeded {
		t.Errorf("at the packing table it needs %q", out.Needs)
	}
	s.packs(in, "JUICE|||2026-09-01", store.WrongLot)
	s.packs(in, "JUICE|||2026-12-01", "")
	in.Slip = slips[0]
	s.packs(in, "JUICE|||2026-09-01", "")
	from := outbound.RepackScan{Slip: slips[0],
		From: s.packs(in, "JUICE|||2026-12-01", "").Carton.ID}
	if out := s.repack(from, "JUICE", ""); out.Needs != store.ExpiryNeeded {
		t.Errorf("out of its carton it needs %q", out.Needs)
	}
	s.repack(from, "JUICE|||2026-10-01", store.WrongLot)
	from.To = "tote/T-2"
	s.repack(from, "JUICE|||2026-12-01", "")

	s.cut("1", 1, 4)
	var now outbound.PuttingBack
	s.back(&now, 0, "tote:T-1", "")
	s.back(&now, 0, "bin:A-01-01", "")
	if s.back(&now, 0, "JUICE", ""); now.Needs != store.ExpiryNeeded {
		t.Errorf("on its way back it needs %q", now.Needs)
	}
	s.back(&now, 0, "JUICE|||2026-09-01", "")
	s.Stock("bin/A-01-01", "JUICE", 1)
	s.Whole(open)
}

// Goods are good through their day, and not on the next: for what orders reserve, at the bin, at
// the packing table and at the dock alike.
func lastDay(t *testing.T, open Opener) {
	const code = "JUICE|||2026-03-02"
	steps := []func(*Site, store.Code){
		func(s *Site, want store.Code) {
			s.Record(Ordered("1", "JUICE", 1))
			s.Plan()
			n := store.Qty(1)
			if want != "" {
				n = 0
			}
			s.Levels("JUICE", n, n)
		},
		func(s *Site, want store.Code) {
			slip := s.slipsOf("1")[0]
			s.holds("101", slip)
			s.scan("101", slip, 0, "bin:A-01-01", "")
			s.scan("101", slip, 0, code, want)
		},
		func(s *Site, want store.Code) {
			s.pack(s.slipsOf("1")[0], "JUICE", want)
		},
		func(s *Site, want store.Code) {
			if want == store.Expired {
				want = store.ExpiredIn
			}
			s.leaves(s.look(s.slipsOf("1")[0]).Cartons[0].ID, "SF3100000000001", want)
		},
	}
	for days, want := range []store.Code{"", "", store.Expired} {
		for late := range steps {
			s := floor(t, open, juice, Has("A-01-01", "JUICE", 1, "EXP20260302", "", "2026-03-02"))
			for _, step := range steps[:late] {
				step(s, "")
			}
			s.Clock.Wait(time.Duration(days) * 24 * time.Hour)
			if steps[late](s, want); t.Failed() {
				t.Fatalf("in step %d, %d days later", late, days)
			}
		}
	}
}

// Where the site has a supervisor decide, what is past its day goes out with their badge and a
// reason, which are kept; whoever packs it and the dock do not ask again. What expired since,
// and nobody answered for, stays.
func pastItsDay(t *testing.T, open Opener) {
	s := floor(t, open, juice, Has("A-01-01", "JUICE", 3, "EXP20260302", "", "2026-03-02"),
		Ordered("1", "JUICE", 2), Ordered("2", "JUICE", 1))
	slips := s.slipsOf("1", "2")
	s.holds("101", slips...)
	s.picked("101", slips[1], "A-01-01", "JUICE")
	s.Clock.Wait(48 * time.Hour)
	s.scan("101", slips[0], 0, "bin:A-01-01", "")
	in := outbound.PickScan{Slip: slips[0], Seen: outbound.See(s.Slip(slips[0]))}
	pick := func(yes bool, second store.OperatorID, want store.Code) {
		t.Helper()
		in.By, in.Seen = s.By("101", "JUICE"), outbound.See(s.Slip(slips[0]))
		in.By.Yes, in.By.Second = yes, second
		_, err := outbound.Pick(background, s.Store, in)
		if got := s.Code(err); got != want {
			t.Errorf("yes %t, beside %q, %+v: %q, not %q", yes, second, in.Override, got, want)
		}
	}
	pick(true, "900", store.Expired)
	s.Record(store.SettingSet{Name: store.ExpiredBy, Value: "supervisor"})
	pick(true, "900", store.AskExpired)
	in.Reason = "customer"
	pick(true, "900", store.AskExpired) // they agreed to another lot
	in.Expired = true
	pick(false, "900", store.AskExpired)
	pick(true, "", store.AskExpired)
	pick(true, "102", store.AskExpired)
	pick(true, "900", "")
	in.Override = outbound.Override{}
	pick(false, "", "") // they said so of the slip
	s.because(slips[0], "900/customer")
	s.Record(store.SettingSet{Name: store.ExpiredBy, Value: "block"})
	s.pack(slips[0], "JUICE", "")
	s.pack(slips[0], "JUICE", "")
	s.leaves(s.look(slips[0]).Cartons[0].ID, "SF3100000000001", "")

	s.pack(slips[1], "JUICE", store.Expired)
	s.Record(store.SettingSet{Name: store.ExpiredBy, Value: "supervisor"})
	s.pack(slips[1], "JUICE", store.AskExpired)
	by := s.By("101", "JUICE")
	by.Yes, by.Second = true, "900"
	_, err := outbound.Pack(background, s.Store, outbound.PackScan{By: by, Slip: slips[1],
		Override: outbound.Override{Reason: "checked", Expired: true}})
	s.Must(err)
	s.because(slips[1], "900/checked")
	s.leaves(s.look(slips[1]).Cartons[0].ID, "SF3100000000002", "")
	s.orderState("2", store.Shipped)
	s.Whole(open)
}
