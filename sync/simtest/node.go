package simtest

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

// A node is a station: a machine, an agent, and somebody who works there.
type node struct {
	*machine
	wh      store.WarehouseID
	id      store.StationID
	key     ed25519.PrivateKey
	agent   *agent.Agent
	cable   *cable
	worker  *storetest.Worker
	who     store.OperatorID
	done    []store.ScanID // answered, in their order
	scans   int64
	old     map[string][]byte // an image that it may be restored to
	cloned  bool
	revoked bool
	busy    bool  // somebody waits for an answer
	behind  int64 // the epoch in which its disk is older than what it sent
}

func newNode(w *world, wh store.WarehouseID, id store.StationID, who store.OperatorID) *node {
	n := &node{machine: newMachine(w, fmt.Sprint(wh, ".", id)), wh: wh, id: id, who: who}
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, n.name)
	n.key = ed25519.NewKeyFromSeed(seed)
	n.cable = &cable{world: w, node: n}
	if was, known := w.dawn.nodes[n.name]; known {
		n.disk.Load(was.image)
		n.done, n.scans = slices.Clone(was.done), was.scans
		n.open()
	} else {
		given, err := n.enrol()
		n.must(err)
		n.open(n.identity(given))
	}
	n.start()
	return n
}

func (n *node) must(err error) {
	if err != nil {
		n.w.fail(works, "%s: %v", n.name, err)
	}
}

func (n *node) identity(given wire.EnrolAnswer) store.Identity {
	return store.Identity{Warehouse: n.wh, Author: n.id, Prefix: given.Prefix,
		Epoch: given.Epoch, Zone: zone}
}

// enrol asks central for a place, as a new station does.
func (n *node) enrol() (wire.EnrolAnswer, error) {
	code, err := central.NewCode(background, n.w.hub.of(n.wh), n.id, "ABCDEFGHJKLMNPQR")
	if err != nil {
		return wire.EnrolAnswer{}, err
	}
	return agent.Enrol(background, n.cable, "http://central", code,
		n.key.Public().(ed25519.PublicKey))
}

// start begins an agent over the store.
func (n *node) start() {
	n.agent = agent.New(agent.Config{Store: n.store, URL: "http://central", Key: n.key,
		Line: n.cable, Now: n.clock.Now, Boot: n.w.boot(), Log: slog.New(journal{n.w}),
		Seal: func(p store.PIN) store.PIN { return p },
		Base: func(ctx context.Context, packed []byte) (*store.Store, error) {
			return openBase(ctx, packed, n.clock.Now)
		},
	})
	n.store.RuledBy(n.agent)
	n.site.ScansOn(n.scans)
	n.worker = &storetest.Worker{Site: n.site, Rand: n.w.Rand, Operator: n.who}
}

// restart starts a station again that went off. All that it answered is there.
func (n *node) restart() {
	n.w.did("station went off", n.name)
	n.reopen()
	n.start()
	n.shows("after it started again")
}

// work is one thing that a person does at a station. What was answered is taken down.
func (n *node) work() {
	if n.busy {
		return
	}
	n.busy = true
	before, whole := n.scans, false
	if n.wh == here {
		whole = n.guard(func() {
			for range 1 + n.w.IntN(4) {
				n.worker.Step()
			}
		})
	} else {
		whole = n.guard(n.elsewhere)
	}
	n.busy = false
	n.scans = n.site.Scans()
	if !whole {
		return
	}
	for i := before + 1; i <= n.scans; i++ {
		n.done = append(n.done, store.ScanID(fmt.Sprintf("%s.%d", n.id, i)))
	}
	n.w.did("work", n.name, n.scans)
}

// elsewhere is work in the other warehouse.
func (n *node) elsewhere() {
	n.site.Record(store.SignedOut{Operator: "777"})
	n.site.Code(n.store.Refuse(background, n.site.By("777", "elsewhere"),
		&store.Refusal{Code: store.NotFound, Got: "elsewhere"}))
}

// push and pull are one exchange with central each.
func (n *node) push() {
	_, err := n.agent.Push(background)
	n.said("push", err)
}

func (n *node) pull() {
	n.said("pull", n.agent.Pull(background, 0))
}

// said takes down how an exchange went. What the station shows is not less than before.
func (n *node) said(what string, err error) {
	var p *wire.Problem
	switch {
	case err == nil:
		n.w.did(what, n.name)
	case errors.As(err, &p):
		n.w.did("problem "+string(p.Code), n.name, what)
	default:
		n.w.did("failed "+what, n.name, err)
	}
	if !n.off() && n.w.chance(4) {
		n.shows("after an exchange")
	}
}

// shows says whether a station has the answers that it gave.
func (n *node) shows(when string) {
	base, err := store.Get(background, n.store, (*store.Reader).HasBase)
	n.must(err)
	for _, id := range n.done {
		if n.epoch() == n.behind || n.has(n.id, id) {
			continue
		}
		// A snapshot may stand for it.
		hub := n.w.hub
		if !base || !hub.off() && !n.w.holds(hub.machine, hub.of(n.wh), n.id, id) {
			n.w.fail(showsItsOwn, "%s %s: the answer to scan %s is not there", n.name, when, id)
		}
	}
}

// has says whether a machine has the answer to a scan of a station: in the station's own
// log, or where central gave it.
func (m *machine) has(station store.StationID, id store.ScanID) (has bool) {
	return m.w.holds(m, m.store, station, id)
}

func (w *world) holds(m *machine, s *store.Store, station store.StationID, id store.ScanID) (
	has bool) {
	if err := s.Read(background, func(r *store.Reader) (err error) {
		if has, err = r.AnsweredBy(station, id); err == nil && !has {
			has, err = r.AnsweredBy(storetest.Central, id)
		}
		return err
	}); err != nil {
		w.fail(works, "%s: %v", m.name, err)
	}
	return has
}

// epoch is the log that a station writes.
func (n *node) epoch() int64 { return n.store.Identity().Epoch }

// head is where a store has the station's log end.
func (n *node) head(s *store.Store) (h store.Head) {
	h.Author, h.Epoch = n.id, n.epoch()
	if err := s.Read(background, func(r *store.Reader) (err error) {
		h.Seq, h.Hash, err = r.Head(h.Author, h.Epoch)
		return err
	}); err != nil {
		n.w.fail(works, "%s: %v", n.name, err)
	}
	return h
}

// moveIn begins on another machine what is enrolled anew: from a snapshot of central's.
func (n *node) moveIn(given wire.EnrolAnswer) error {
	path := filepath.Join(n.w.folder, "new.db")
	if err := n.w.hub.snapshot(background, n.w.hub.of(n.wh), path); err != nil {
		return err
	}
	plain, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n.shut()
	n.disk.Load(map[string][]byte{file: plain})
	n.disk.Reboot() // the old one may have gone off meanwhile
	db, err := sqlite.OpenOn(background, n.disk.Name(), file)
	if err == nil {
		err = errors.Join(store.Join(background, db, n.identity(given)), db.Close())
	}
	if err == nil {
		err = n.tryOpen()
	}
	return err
}
