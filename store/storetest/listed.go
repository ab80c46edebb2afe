package storetest

import (
	"fmt"
	"testing"

	"scanbay/store"
)

// listed has labels printed for a zone and for a range of codes, in the order of the walk; what
// is not used any more has none.
func listed(t *testing.T, open Opener) {
	s := Open(t, open, "s1")
	s.Record(Warehouse()...)
	s.Record(store.PlaceSaved{Bin: store.Bin{Place: "dock/D2", Use: store.DockUse, Active: true}},
		store.PlaceSaved{Bin: store.Bin{Place: store.InBin("A-01-02"), Use: store.PickUse,
			Zone: "A", Walk: 9}})
	for _, x := range []struct{ kind, zone, from, to, want string }{
		{"bin", "", "", "", "[A-01-01 A-01-03 B-07-01]"},
		{"bin", "A", "", "", "[A-01-01 A-01-03]"},
		{"bin", "", "A-01-02", "A-01-99", "[A-01-03]"},
		{"bin", "", "A-01-03", "", "[A-01-03 B-07-01]"},
		{"dock", "", "", "", "[D2]"},
		{"stage", "", "", "", "[]"},
	} {
		codes := []string{}
		for _, b := range Read(s, func(r *store.Reader) ([]store.Bin, error) {
			return r.PlacesOf(x.kind, x.zone, x.from, x.to)
		}) {
			codes = append(codes, b.Place.Code())
		}
		if got := fmt.Sprint(codes); got != x.want {
			t.Errorf("%+v: %s", x, got)
		}
	}
	for bounds, want := range map[[2]string]string{{}: "[CUP-02 MILK PHONE TEA-500]",
		{"M", "PHONE"}: "[MILK PHONE]", {"Q", ""}: "[TEA-500]"} {
		if got := fmt.Sprint(Read(s, func(r *store.Reader) ([]store.SKU, error) {
			return r.SKUs(bounds[0], bounds[1])
		})); got != want {
			t.Errorf("%q: %s", bounds, got)
		}
	}
}
