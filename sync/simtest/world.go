// Package simtest runs central and its stations against every mess that a warehouse can
// make of them, from one seed: production code on one goroutine, on disks that lose what
// was not synced, over a line that drops, repeats, delays and cuts. Afterwards everything
// must be there, once, and the same everywhere.
package simtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

var background = context.Background()

const (
	warehouse store.WarehouseID = "w1"
	file                        = "/bay.db"
	zone                        = "Asia/Shanghai"
)

// A world is one run.
type world struct {
	testing.TB
	*rand.Rand
	seed   uint64
	folder string // for snapshots
	hub    *hub
	nodes  []*node
	lines  []*cable
	late   []func() // requests that come once more, later
	calm   bool     // no faults any more
	boots  int
	orders int
	count  map[string]int // what happened
	trace  []string
	log    *slog.Logger
}

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{TB: t, Rand: rand.New(rand.NewPCG(seed, 7)), seed: seed, folder: t.TempDir(),
		count: map[string]int{}, calm: true}
	w.log = slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: untimed}))
	w.hub = newHub(w)
	for i := range 3 {
		w.nodes = append(w.nodes, newNode(w, store.StationID(fmt.Sprintf("s%d", i+1)),
			store.OperatorID([]string{"101", "102", "101"}[i])))
	}
	w.calm = false
	return w
}

// Write takes down what programs log.
func (w *world) Write(line []byte) (int, error) {
	w.trace = append(w.trace, "  "+string(bytes.TrimSpace(line)))
	return len(line), nil
}

// untimed leaves the time out: the same seed gives the same trace.
func untimed(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// close gives everything back.
func (w *world) close() {
	for _, n := range w.nodes {
		n.end()
	}
	w.hub.end()
}

// did counts something that happened.
func (w *world) did(what string, args ...any) {
	w.count[what]++
	w.trace = append(w.trace, fmt.Sprint(append([]any{what}, args...)...))
}

func (w *world) boot() string {
	w.boots++
	return fmt.Sprintf("b%d", w.boots)
}

// chance is true once in n times, while there are faults.
func (w *world) chance(n int) bool { return !w.calm && w.IntN(n) == 0 }

// A hub is central, on its own machine.
type hub struct {
	*machine
	server *central.Central
	backup map[string][]byte // an image of last night
}

func newHub(w *world) *hub {
	h := &hub{machine: newMachine(w, storetest.Central)}
	h.open(store.Identity{Warehouse: warehouse, Author: storetest.Central, Prefix: "CE", Epoch: 1,
		Zone: zone, Authority: true, Central: true})
	h.site.Record(storetest.Warehouse()...)
	h.site.Record(store.SettingSet{Name: store.ZeroCheckAt, Value: "99"},
		storetest.Has("A-01-01", "TEA-500", 20), storetest.Has("A-01-02", "TEA-500", 20),
		storetest.Has("B-07-01", "CUP-02", 30),
		storetest.Has("A-01-03", "MILK", 9, "L1", "", "2027-01-01"),
		storetest.Has("A-01-02", "PHONE", 1, "", "I-1"))
	for i := range 6 {
		h.site.Record(storetest.Ordered(store.OrderID(fmt.Sprint(i)), "TEA-500", 1+w.IntN(6),
			"CUP-02", 1+w.IntN(3), "MILK", 1))
	}
	h.site.Record(storetest.Ordered("phone", "PHONE", 1))
	h.site.Plan()
	h.serve()
	return h
}

// serve begins a server over the store.
func (h *hub) serve() {
	h.server = central.New(central.Config{Stores: []*store.Store{h.store},
		Rulings: storetest.Rulings(), Plan: plan, Settle: settle, Now: h.clock.Now,
		Log: h.w.log, Folder: h.w.folder, Snapshot: h.snapshot})
}

// snapshot writes what a station begins with.
func (h *hub) snapshot(ctx context.Context, from *store.Store, path string) error {
	return seedFile(ctx, from, path, h.clock.Now)
}

// A node is a station: a machine, an agent, and somebody who works there.
type node struct {
	*machine
	id     store.StationID
	key    ed25519.PrivateKey
	agent  *agent.Agent
	cable  *cable
	worker *storetest.Worker
	who    store.OperatorID
	done   []store.ScanID // answered, each in the order of the station
	scans  int64
	old    map[string][]byte // an image that it may be restored to
	cloned bool
}

func newNode(w *world, id store.StationID, who store.OperatorID) *node {
	n := &node{machine: newMachine(w, id), id: id, who: who}
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, fmt.Sprintf("%d %s", w.seed, id))
	n.key = ed25519.NewKeyFromSeed(seed)
	n.cable = &cable{world: w, name: id}
	given := n.enrol()
	n.open(store.Identity{Warehouse: warehouse, Author: id, Prefix: given.Prefix,
		Epoch: given.Epoch, Zone: zone})
	n.start()
	return n
}

// enrol asks central for a place, as scanbay enroll does.
func (n *node) enrol() wire.EnrolAnswer {
	code, err := central.NewCode(background, n.w.hub.store, n.id, "ABCDEFGHJKLMNPQR")
	n.w.hub.site.Must(err)
	given, err := agent.Enrol(background, n.cable, "http://central", code,
		n.key.Public().(ed25519.PublicKey))
	n.w.hub.site.Must(err)
	return given
}

// start begins an agent over the store.
func (n *node) start() {
	n.agent = agent.New(agent.Config{Store: n.store, URL: "http://central", Key: n.key,
		Line: n.cable, Now: n.clock.Now, Boot: n.w.boot(), Log: n.w.log,
		Seal: func(p store.PIN) store.PIN { return p },
		Base: func(ctx context.Context, packed []byte) (*store.Store, error) {
			return openBase(ctx, n.w.folder, packed, n.clock.Now)
		},
	})
	n.store.RuledBy(n.agent)
	n.site.ScansOn(n.scans)
	n.worker = &storetest.Worker{Site: n.site, Rand: n.w.Rand, Operator: n.who}
}

// A stopped is what ends a step of somebody whose machine went off.
type stopped struct{ why string }

// A ship is a test whose machines may go off in the middle of a step.
type ship struct {
	testing.TB
	*machine
}

// Fatal ends the step where the machine is off, or the test.
func (s ship) Fatal(args ...any) {
	err, _ := args[0].(error)
	if s.disk.Crashed() || s.excused || errors.Is(err, store.ErrAnswered) {
		panic(stopped{fmt.Sprint(args...)})
	}
	s.w.fail("%s: %s", s.name, fmt.Sprint(args...))
}

func (s ship) Helper() {}

// fail ends the run with what led there.
func (w *world) fail(format string, args ...any) {
	w.Helper()
	panic(violation(fmt.Sprintf(format, args...)))
}

// A violation is something that must never be.
type violation string

// now is when everything begins.
func (w *world) skew() time.Duration { return time.Duration(w.IntN(600)-300) * time.Second }
