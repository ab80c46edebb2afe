package central

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// A slip whose holder pushes, through this server or another over the same database, is
// not freed; it is when nobody heard of them for the idle time.
func TestALeaseLivesByWhatAnyServerHears(t *testing.T) {
	ctx := context.Background()
	hub := storetest.OpenAs(t, sqlite.Open, storetest.Central, true)
	hub.Record(append(storetest.Warehouse(), storetest.Has("A-01-01", "TEA-500", 9),
		storetest.Ordered("1", "TEA-500", 2))...)
	hub.Plan()
	c := New(Config{Stores: []*store.Store{hub.Store}, Plan: order.Plan, Settle: order.Settle,
		Now: hub.Clock.Now, Log: slog.New(slog.DiscardHandler)})
	w := c.warehouses["w1"]
	ids, err := outbound.Claim(ctx, hub.Store, store.Gesture{Operator: "101", Station: "S1"}, 1)
	hub.Must(err)
	s1 := storetest.OpenAs(t, sqlite.Open, "S1", false)
	told, err := w.look(ctx, 0)
	hub.Must(err)
	for _, held := range []bool{true, false} {
		hub.Clock.Wait(11 * time.Hour)
		if held {
			s1.Record(store.ScanNoted{Text: "still here"})
			run := storetest.Read(s1, func(r *store.Reader) (store.Run, error) {
				return r.Run("S1", 1, 0, 9)
			})
			hub.Must(hub.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
				_, err := tx.TakePushed(run) // as the other server does
				return err
			}))
			_, err := w.look(ctx, told.Rev)
			hub.Must(err)
			hub.Clock.Wait(11 * time.Hour)
		}
		hub.Must(c.Tick(ctx))
		if now := hub.Slip(ids[0]).Lease.Held; bool(now) != held {
			t.Errorf("it is held: %v, and should be: %v", now, held)
		}
	}
}
