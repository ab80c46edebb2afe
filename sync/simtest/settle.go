package simtest

import (
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/sync/wire"
)

// settle ends the faults, and lets everybody meet until nothing is new to anybody.
func (w *world) settle() {
	w.expectForks()
	w.calm = true
	for _, m := range w.machines() {
		m.disk.CrashIn(0, false)
		if !m.off() {
			m.makeRoom()
		}
	}
	w.mend()
	for _, n := range w.nodes {
		n.makeRoom()
		n.cable.cut = false
		n.shows("after the mess")
	}
	w.hub.makeRoom()
	for _, late := range w.late {
		late()
	}
	w.late = nil
	for range 40 {
		if w.round() {
			return
		}
	}
	log := w.readLog()
	last := ""
	for _, env := range log[max(0, len(log)-6):] {
		last += fmt.Sprintf("\n  %s %s %s", env.Author, env.Kind, env.Body)
	}
	w.fail(theSame, "they do not settle:%.2000s", last)
}

// expectForks finds the stations of which two copies recorded different facts under the
// same numbers.
func (w *world) expectForks() {
	for _, a := range w.nodes {
		for _, b := range w.nodes {
			if a == b || a.wh != b.wh || a.id != b.id || a.off() || b.off() ||
				a.epoch() != b.epoch() {
				continue
			}
			ha, hb := a.head(a.store), b.head(b.store)
			if ha.Seq > hb.Seq || hb.Seq == 0 {
				continue
			}
			same, err := store.Get(background, b.store, func(r *store.Reader) (bool, error) {
				return r.HasHash(a.id, ha.Epoch, ha.Seq, ha.Hash)
			})
			if err == nil && !same {
				w.forked[a.name] = true
			}
		}
	}
}

// round lets everybody meet once, and says whether nothing was new.
func (w *world) round() bool {
	before, quiet := w.stand(), true
	for _, n := range w.nodes {
		if n.revoked {
			n.enrolAgain(false)
		}
		for more := true; more; {
			var err error
			if more, err = n.agent.Push(background); err != nil {
				w.did("push while calm", n.name, err)
				more, quiet = false, false
			}
		}
	}
	w.tick()
	for _, n := range w.nodes {
		if err := n.agent.Pull(background, 0); err != nil {
			w.did("pull while calm", n.name, err)
			quiet = false
			n.revoked = n.refused(err)
		}
	}
	return quiet && before == w.stand()
}

// stand is where everybody stands.
func (w *world) stand() (out string) {
	for _, m := range w.machines() {
		at, err := store.Get(background, m.store, (*store.Reader).Cursor)
		unsent, unsentErr := store.Get(background, m.store, (*store.Reader).Unsent)
		if err = errors.Join(err, unsentErr); err != nil {
			w.fail(works, "%s: %v", m.name, err)
		}
		out += fmt.Sprint(m.name, m.store.Identity().Epoch, at, unsent, " ")
	}
	return out
}

// refused says that central knows a station no more: it was restored to before it was
// enrolled again.
func (n *node) refused(err error) bool {
	var p *wire.Problem
	return errors.As(err, &p) && slices.Contains([]wire.ProblemCode{wire.Revoked, wire.Unknown,
		wire.NotSigned}, p.Code)
}
