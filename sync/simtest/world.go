// Package simtest runs central and its stations against every mess that a warehouse can
// make of them, from one seed: production code on one goroutine, on disks that lose what
// was not synced, over a line that drops, repeats, delays and cuts. Afterwards everything
// must be there, once, and the same everywhere.
package simtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
)

var background = context.Background()

const (
	here  store.WarehouseID = "w1"
	there store.WarehouseID = "w2" // of which nothing may be heard here
	file                    = "/bay.db"
	zone                    = "Asia/Shanghai"
)

type testingTB = testing.TB

// A world is one run.
type world struct {
	testingTB
	*rand.Rand
	dice   *rand.PCG // behind it: each step has its own chance
	seed   uint64
	folder string // for snapshots
	dawn   dawn
	hub    *hub
	nodes  []*node
	late   []func() // requests that come once more, later
	calm   bool     // no faults any more
	boots  int
	orders int
	people []store.RecipientID
	leases map[store.SlipID]store.Lease
	older  bool            // central gave slips out again after it was restored
	forked map[string]bool // the stations whose logs went two ways: that must be loud
	count  map[string]int  // what happened
	trace  []string
}

func newWorld(t testing.TB, seed uint64, folder string, from dawn) *world {
	w := &world{testingTB: t, dice: rand.NewPCG(seed, 7), seed: seed, folder: folder,
		dawn: from, boots: from.boots, count: map[string]int{},
		leases: map[store.SlipID]store.Lease{},
		forked: map[string]bool{}, calm: true}
	w.Rand = rand.New(w.dice)
	return w
}

// begin sets central and its stations up.
func (w *world) begin() {
	if err := os.MkdirAll(w.folder, 0o700); err != nil {
		w.fail(works, "%v", err)
	}
	w.hub = newHub(w)
	for i, who := range []store.OperatorID{"101", "102", "101"} {
		w.nodes = append(w.nodes, newNode(w, here, store.StationID(fmt.Sprintf("s%d", i+1)), who))
	}
	// A station of the other warehouse, with the name and the number of one of ours.
	w.nodes = append(w.nodes, newNode(w, there, "s1", "101"))
	w.calm = false
}

// close gives everything back.
func (w *world) close() {
	for _, n := range w.nodes {
		n.end()
	}
	if w.hub != nil {
		w.hub.end()
	}
	if err := os.RemoveAll(w.folder); err != nil {
		w.Error(err)
	}
}

// did counts something that happened.
func (w *world) did(what string, args ...any) {
	w.count[what]++
	w.trace = append(w.trace, strings.TrimSpace(fmt.Sprintln(append([]any{what}, args...)...)))
}

// print is what a run comes to: the same seed gives the same.
func (w *world) print() string {
	sum := sha256.New()
	for _, line := range w.trace {
		fmt.Fprintln(sum, line)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func (w *world) boot() string {
	w.boots++
	return fmt.Sprintf("b%d", w.boots)
}

// chance is true once in n times, while there are faults.
func (w *world) chance(n int) bool { return !w.calm && w.IntN(n) == 0 }

// machines are all there are.
func (w *world) machines() []*machine {
	out := []*machine{w.hub.machine}
	for _, n := range w.nodes {
		out = append(out, n.machine)
	}
	return out
}

// ours are the stations of the warehouse where the work is.
func (w *world) ours() []*node {
	return slices.DeleteFunc(slices.Clone(w.nodes), func(n *node) bool { return n.wh != here })
}

// some is one of those.
func (w *world) some() *node { return w.nodes[w.IntN(len(w.nodes))] }

func (w *world) someOurs() *node {
	all := w.ours()
	return all[w.IntN(len(all))]
}

// A journal counts and keeps what programs log.
type journal struct{ *world }

// Enabled implements slog.Handler.
func (journal) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements slog.Handler. The time is left out.
func (j journal) Handle(_ context.Context, r slog.Record) error {
	args := []any{}
	r.Attrs(func(a slog.Attr) bool {
		args = append(args, a.String())
		return true
	})
	j.did("log: "+r.Message, args...)
	return nil
}

// WithAttrs implements slog.Handler.
func (j journal) WithAttrs([]slog.Attr) slog.Handler { return j }

// WithGroup implements slog.Handler.
func (j journal) WithGroup(string) slog.Handler { return j }
