package simtest

import (
	"testing"

	"scanbay/store"
)

// A dawn is how things are when a mess begins: some work is done, in peace. All runs
// begin with the same one.
type dawn struct {
	boots int
	hub   map[string][]byte
	nodes map[string]asleep
}

// asleep is a station as it was left.
type asleep struct {
	image map[string][]byte
	done  []store.ScanID
	scans int64
}

// newDawn works from nothing until then.
func newDawn(t testing.TB, folder string) (d dawn) {
	w := newWorld(t, 0, folder, dawn{})
	defer w.close()
	defer func() {
		switch r := recover().(type) {
		case nil:
		case violation:
			t.Fatalf("before it begins: %s", r)
		default:
			panic(r)
		}
	}()
	w.begin()
	w.calm = true
	for i := range 24 {
		for _, n := range w.nodes {
			n.work()
			n.push()
			n.pull()
		}
		if i%8 == 0 {
			w.tick()
		}
	}
	d = dawn{hub: w.hub.disk.Image(), nodes: map[string]asleep{}}
	for _, n := range w.nodes {
		d.nodes[n.name] = asleep{n.disk.Image(), n.done, n.scans}
	}
	d.boots = w.boots
	return d
}
