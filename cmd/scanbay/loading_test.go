package main

import (
	"path/filepath"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/storetest"
)

func TestTheLoadingListIsPrinted(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	var on store.Handover
	siteAt(t, db, []store.Event{storetest.Has("A-01-01", "TEA-500", 9),
		storetest.Ordered("1", "TEA-500", 2), storetest.Ordered("2", "TEA-500", 3)},
		func(s *storetest.Site) {
			s.Plan()
			s.Through("101")
			box := s.Slip("CK26030100002").Cartons[0]
			s.Record(store.CartonWeighed{Slip: box.Slip, Carton: box.ID, Round: box.Round,
				Grams: 850})
			var err error
			on, err = outbound.OpenHandover(t.Context(), s.Store, store.Gesture{Operator: "101"},
				store.Handover{Carrier: "SF", Truck: "A1"})
			s.Must(err)
		})
	for _, x := range []struct {
		lang string
		args []string
		want []string
	}{
		{"zh", nil, []string{"交接单 2026-03-01 全部承运商", "运单号", "SF0000000000001",
			"共 2 件包裹，5 件商品", "0.85", "交货人签字", "接收人签字"}},
		{"en", []string{"--carrier", "SF"}, []string{"Loading list, 2026-03-01, SF",
			"2 parcels, 5 pieces", "Taken by"}},
		{"en", []string{"--carrier", "ZTO"}, []string{"0 parcels"}},
		{"en", []string{"--csv"}, []string{"handover,carrier,waybill,carton,slip,pieces,grams,at",
			",SF,SF0000000000002,CK26030100002-1-S1,CK26030100002,3,850,2026-03-01 12:00"}},
		{"en", []string{"--json"}, []string{`"waybill":"SF0000000000001"`}},
		{"en", []string{strings.ToLower(string(on.ID))}, []string{string(on.ID), "SF A1",
			"0 parcels"}},
	} {
		said, code := commanded(t, x.lang, append([]string{"loading", "--db", db}, x.args...)...)
		for _, want := range x.want {
			if code != 0 || !strings.Contains(said, want) {
				t.Errorf("%v: %d, no %q in\n%s", x.args, code, want, said)
			}
		}
	}
	if _, code := commanded(t, "en", "loading", "JJ0", "--db", db); code == 0 {
		t.Error("a list of no truck")
	}
}
