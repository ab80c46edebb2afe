package simtest

import (
	"context"
	"fmt"
	"log/slog"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/central"
)

// A hub is central, on its own machine, with two warehouses.
type hub struct {
	*machine
	server *central.Central
	backup map[string][]byte // an image of last night
}

func newHub(w *world) *hub {
	h := &hub{machine: newMachine(w, "central")}
	if w.dawn.hub != nil {
		h.disk.Load(w.dawn.hub)
		h.open()
		h.serve()
		return h
	}
	id := store.Identity{Warehouse: here, Author: storetest.Central, Prefix: "CE", Epoch: 1,
		Zone: zone, Authority: true, Central: true}
	other := id
	other.Warehouse = there
	h.open(id, other)
	h.site.Record(append(storetest.Warehouse(), storetest.ReturnPlaces()...)...)
	h.site.Record(store.SettingSet{Name: store.ZeroCheckAt, Value: "99"},
		store.SettingSet{Name: store.CountBusyBy, Value: "allow"},
		store.FileTaken{Hash: "f1", Of: "items", Name: "items.csv", Rows: 4},
		store.ReasonSet{Reason: store.Reason{Use: store.ShortReason, Code: "wet", Active: true}},
		storetest.Has("A-01-01", "TEA-500", 20), storetest.Has("A-01-02", "TEA-500", 20),
		storetest.Has("B-07-01", "CUP-02", 30),
		storetest.Has("A-01-03", "MILK", 9, "L1", "", "2027-01-01"),
		storetest.Has("A-01-02", "PHONE", 1, "", "I-1"))
	for i := range 3 { // these have left, and some of them will come back
		h.site.Record(storetest.Paid(storetest.Ordered(store.OrderID(fmt.Sprint("g", i)), "TEA-500",
			2, "CUP-02", 3)))
	}
	h.site.Plan()
	h.site.Through("900")
	h.site.Counted("Z-01", true)
	h.site.Counted("Z-02", false)
	for i := range 6 {
		h.site.Record(storetest.Paid(storetest.Ordered(store.OrderID(fmt.Sprint(i)), "TEA-500",
			1+w.IntN(6), "CUP-02", 1+w.IntN(3), "MILK", 1)))
	}
	h.site.Record(storetest.Ordered("phone", "PHONE", 1))
	h.site.Must(h.store.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.SetPIN(store.PIN{Operator: "101", Salt: []byte("salt"), Verifier: []byte("1")})
	}))
	h.site.Plan()
	h.elsewhere()
	h.serve()
	return h
}

// elsewhere is something that happens in the other warehouse.
func (h *hub) elsewhere() {
	h.guard(func() {
		h.site.Must(h.stores[1].WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
			return tx.Record(storetest.Has("Z-99-01", "ELSEWHERE", store.Qty(h.w.IntN(9))))
		}))
	})
}

// serve begins a server over the stores.
func (h *hub) serve() {
	h.server = central.New(central.Config{Stores: h.stores,
		Rulings: storetest.Rulings(), Plan: plan, Settle: settle, Now: h.clock.Now,
		Log: slog.New(journal{h.w}), Folder: h.w.folder, Snapshot: h.snapshot})
}

func plan(ctx context.Context, s *store.Store) error { return storetest.Plan(ctx, s) }

func settle(tx *store.Tx, facts []store.Envelope) error { return storetest.Settle(tx, facts) }

// snapshot writes what a station begins with.
func (h *hub) snapshot(ctx context.Context, from *store.Store, path string) error {
	return seedFile(ctx, from, path, h.clock.Now)
}

// of is the store of a warehouse.
func (h *hub) of(wh store.WarehouseID) *store.Store {
	for _, s := range h.stores {
		if s.Identity().Warehouse == wh {
			return s
		}
	}
	return nil
}
