package storetest

import (
	"testing"

	"scanbay/scanner/gs1"
	"scanbay/store"
	"scanbay/store/outbound"
)

// Where the company has a prefix, cartons are numbered by it, each station with numbers of its own.
// A scan of such a number is of the carton; a number of somebody else is of none.
func cartonsHaveSSCCs(t *testing.T, open Opener) {
	s := floor(t, open, store.SettingSet{Name: store.GS1Prefix, Value: "6901234567"},
		Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 3))
	slip := s.picks(teaAndCups, "1")[0]
	s.packs(outbound.PackScan{}, "tote:T-"+string(slip), "")
	s.packs(outbound.PackScan{Slip: slip}, Tea, "")
	first := s.seal(slip, "", "").Carton.ID
	s.packs(outbound.PackScan{Slip: slip}, Tea, "")
	second := s.seal(slip, "", "").Carton.ID
	// S1 is number 1009 of 1296; a company of ten digits leaves seven, which are 7716 a station.
	for id, body := range map[store.CartonID]string{first: "76901234567785445",
		second: "76901234567785446"} {
		if !gs1.ValidSSCC(string(id)) || string(id[:len(body)]) != body {
			t.Errorf("carton %s, want %s and its check digit", id, body)
		}
	}
	scan := func(sscc store.CartonID) store.Code {
		by := s.By("101", "00"+string(sscc))
		by.Mark.SSCC = string(sscc)
		_, err := outbound.Pack(background, s.Store, outbound.PackScan{By: by})
		return s.Code(err)
	}
	if got := scan(first); got != "" {
		t.Errorf("its own carton: %q", got)
	}
	if got := scan("106141411234567897"); got != store.NotFound {
		t.Errorf("somebody else's: %q", got)
	}
	// The last of its numbers is used, and packing goes on with ours.
	body := "76901234567793159" // 7793159 is 1010 * 7716 less one
	check, _ := gs1.CheckDigit(body)
	last := store.Carton{ID: store.CartonID(body + string(check)), Slip: slip, Type: "B1", N: 9}
	s.Record(store.ItemPacked{Slip: slip, Line: 1, Carton: last.ID, Opens: &last,
		Seals: &store.CartonStep{Carton: last.ID, Step: store.CartonSealedNow}})
	out := s.packs(outbound.PackScan{Slip: slip}, Tea, "")
	if c := out.Carton.ID; c != store.CartonID(string(slip)+"-10-S1") {
		t.Errorf("beyond the last: %s", c)
	}
}
