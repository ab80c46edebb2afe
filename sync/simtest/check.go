package simtest

import (
	"context"
	"errors"
	"maps"
	"slices"

	"scanbay/store"
	"scanbay/store/storetest"
)

// check looks for what must never be.
func (w *world) check() {
	w.sameEverywhere()
	w.nothingLost()
	w.sound()
}

// sameEverywhere: every station's tables are central's, and nothing is unsent.
func (w *world) sameEverywhere() {
	want, err := store.Get(background, w.hub.store, (*store.Reader).Digest)
	if err != nil {
		w.fail("digest: %v", err)
	}
	for _, n := range w.nodes {
		unsent, err := store.Get(background, n.store, (*store.Reader).Unsent)
		if err != nil || unsent > 0 {
			w.fail("%s still has %d facts to send: %v", n.name, unsent, err)
		}
		have, err := store.Get(background, n.store, (*store.Reader).Digest)
		if err != nil || have != want {
			w.fail("%s has other tables than central: %v%s", n.name, err, w.differ(n))
		}
	}
}

// differ lists rows that a station and central do not both have.
func (w *world) differ(n *node) (out string) {
	here, err := store.Get(background, n.store, (*store.Reader).Rows)
	there, thereErr := store.Get(background, w.hub.store, (*store.Reader).Rows)
	if err = errors.Join(err, thereErr); err != nil {
		return err.Error()
	}
	for _, table := range slices.Sorted(maps.Keys(here)) {
		for _, row := range here[table] {
			if !slices.Contains(there[table], row) {
				out += "\n  here " + table + " " + row
			}
		}
		for _, row := range there[table] {
			if !slices.Contains(here[table], row) {
				out += "\n  central " + table + " " + row
			}
		}
	}
	return out
}

// nothingLost: central has the answer to every scan that was answered, once.
func (w *world) nothingLost() {
	for _, n := range w.nodes {
		for _, id := range n.done {
			if !w.hub.has(n.id, id) {
				w.fail("%s: the answer to scan %s is lost", n.name, id)
			}
		}
	}
}

// has says whether a machine has the answer to a scan of a station: in the station's own
// log, or where central gave it.
func (m *machine) has(station store.StationID, id store.ScanID) (has bool) {
	if err := m.store.Read(background, func(r *store.Reader) (err error) {
		if has, err = r.AnsweredBy(station, id); err == nil && !has {
			has, err = r.AnsweredBy(storetest.Central, id)
		}
		return err
	}); err != nil {
		m.w.fail("%s: %v", m.name, err)
	}
	return has
}

// sound: central's log and tables follow from one another.
func (w *world) sound() {
	fresh := newMachine(w, storetest.Central)
	defer fresh.end()
	fresh.open(w.hub.store.Identity())
	_, bad, err := store.Verify(context.Background(), w.hub.store, fresh.store)
	if err != nil {
		w.fail("verify: %v", err)
	}
	for _, v := range bad {
		if v.Rule == "negative" || v.Rule == "serial" || v.Rule == "contradiction" {
			continue // what the floor did all the same; there is a discrepancy of it
		}
		w.fail("central: %s", v)
	}
}
