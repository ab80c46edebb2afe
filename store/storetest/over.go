package storetest

import (
	"math/rand/v2"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
)

// Over is a site over a store that a simulation opened itself.
func Over(t testing.TB, s *store.Store, clock *Clock) *Site {
	return &Site{Store: s, TB: t, Clock: clock, name: s.Identity().Author}
}

// Scans is how many scans were made at the site.
func (s *Site) Scans() int64 { return s.scans.Load() }

// ScansOn lets the numbers of scans go on behind those that were made before.
func (s *Site) ScansOn(n int64) { s.scans.Store(n) }

// Office lets an order change as customers and supervisors want it, at any site of the
// hub's warehouse.
func Office(hub, at *Site, r *rand.Rand) {
	office{hub, at, r}.step()
}

// ReturnsDesk is a random supervisor who does something about returns, at the hub or at a
// station; now and then a cup of some orders comes back there to the end.
func ReturnsDesk(hub, at *Site, r *rand.Rand) {
	o := office{hub, at, r}
	for range 3 {
		o.returnStep()
	}
	o.endStrays(boss)
	if r.IntN(4) == 0 {
		o.allBack("g0", "g1", "g2", "0", "1")
	}
}

// Arrive brings stock and an order to the hub, and approves what waits.
func Arrive(hub *Site, r *rand.Rand, id store.OrderID) {
	hub.Record(Has("A-01-02", "TEA-500", store.Qty(r.IntN(50))),
		Ordered(id, "TEA-500", 1+r.IntN(6), "CUP-02", 1+r.IntN(3), "MILK", 1))
	for _, held := range Read(hub, func(r *store.Reader) ([]store.OrderID, error) {
		return r.OrdersIn(store.Held)
	}) {
		hub.Code(order.Approve(background, hub.Store, store.Gesture{Operator: "900"}, held, "part"))
	}
}
