package screens_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// TestWhatOthersDoIsOnTheScreen: without a key, and under the same cursor.
func TestWhatOthersDoIsOnTheScreen(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, []store.Event{storetest.Has("A-01-01", "TEA-500", 40),
		storetest.Ordered("1", "TEA-500", 1), storetest.Ordered("2", "TEA-500", 2)})
	d, s := stationAt(t, i18n.English{}, 80, 24, site)
	shows := func(when string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(d.Screen(), w) {
				t.Errorf("%s: no %q in\n%s", when, w, d.Screen())
			}
		}
	}
	urgent := func(order store.OrderID) {
		o := storetest.Ordered(order, "TEA-500", 3)
		o.ShipBy = storetest.Noon.UnixMilli()
		s.Record(o)
		s.Plan()
		d.Send(tui.NewsMsg{})
	}
	as("101")(d)
	shows("at first", "Pick         2")
	urgent("3")
	shows("one more", "Pick         3")

	press("enter", "end")(d) // in the list of slips, at the last
	slips := storetest.Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPick(9) })
	last := string(slips[2].Slip)
	shows("the last", "> "+last)
	urgent("4")
	shows("another before it", "Slips to pick: 4", "> "+last)

	// What is taken away stays under the cursor, where a key may be on its way to it.
	_, err := outbound.Take(context.Background(), s.Store, store.Gesture{Operator: "102"},
		store.SlipID(last))
	s.Must(err)
	d.Send(tui.NewsMsg{})
	shows("taken by another", "> "+last)
	press("enter")(d)
	shows("too late", "is in work by")
	press("f4")(d)
	urgent("5") // while a number is typed
	shows("typing", "Take how many slips?", "Slips to pick: 4")
	press("esc")(d)
	urgent("6")
	shows("afterwards", "Slips to pick: 6")
}
