package access_test

import (
	"context"
	"testing"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// TestReasonsAreTheSites: a supervisor writes them, and they make sense.
func TestReasonsAreTheSites(t *testing.T) {
	s := storetest.Open(t, sqlite.Open, "s1")
	s.Record(storetest.Warehouse()...)
	good := store.Reason{Use: store.ReturnReason, Code: "smell", En: "smells", Zh: "有异味",
		Liable: "supplier", Active: true}
	with := func(how func(*store.Reason)) store.Reason {
		x := good
		how(&x)
		return x
	}
	for _, c := range []struct {
		by   store.OperatorID
		x    store.Reason
		want store.Code
	}{
		{"101", good, store.NoRight},
		{"900", with(func(x *store.Reason) { x.Use = "mood" }), store.BadSetting},
		{"900", with(func(x *store.Reason) { x.Code = "It smells" }), store.BadSetting},
		{"900", with(func(x *store.Reason) { x.Zh = "" }), store.BadSetting},
		{"900", with(func(x *store.Reason) { x.Liable = "nobody" }), store.BadSetting},
		{"900", good, ""},
		{"900", with(func(x *store.Reason) { x.Code, x.Liable = "heavy", "" }), ""},
		{"", with(func(x *store.Reason) { x.Code, x.Active = "heavy", false }), ""}, // a program
	} {
		err := access.SetReason(context.Background(), s.Store, store.Gesture{Operator: c.by}, c.x)
		if got := s.Code(err); got != c.want {
			t.Errorf("%s sets %+v: %q, not %q", c.by, c.x, got, c.want)
		}
	}
	all := storetest.Read(s, func(r *store.Reader) ([]store.Reason, error) {
		return r.Reasons(store.ReturnReason)
	})
	if len(all) != 1 || all[0] != good {
		t.Errorf("set: %+v", all)
	}
}
