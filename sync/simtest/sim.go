package simtest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/wire"
)

// steps is how long the mess lasts.
const steps = 120

// run lets the mess happen, ends the faults, and looks at what is left.
func (w *world) run() {
	for range steps {
		w.step()
	}
	w.settle()
	w.check()
}

// step is one thing that happens.
func (w *world) step() {
	n := w.nodes[w.IntN(len(w.nodes))]
	switch k := w.IntN(100); {
	case k < 45:
		n.work()
	case k < 70:
		n.talk()
	case k < 76:
		w.arrive()
	case k < 82:
		w.tick()
	case k < 86 && len(w.late) > 0:
		i := w.IntN(len(w.late))
		late := w.late[i]
		w.late = append(w.late[:i], w.late[i+1:]...)
		w.did("late request")
		late()
	case k < 90:
		n.cable.cut = !n.cable.cut
		w.did("cut", n.name, n.cable.cut)
	case k < 93:
		n.disk.CrashIn(1+w.IntN(60), w.IntN(3) > 0)
	case k < 95:
		w.hub.disk.CrashIn(1+w.IntN(200), w.IntN(3) > 0)
	case k < 96:
		n.old = n.disk.Image()
	case k < 97:
		n.roll()
	case k < 98:
		w.clone(n)
	case k < 99:
		w.restore()
	default:
		n.clock.Wait(time.Duration(w.IntN(40)) * time.Minute)
	}
	w.mend()
}

// mend starts machines again that went off.
func (w *world) mend() {
	if w.hub.disk.Crashed() {
		w.did("central crashed")
		w.hub.reopen()
		w.hub.serve()
	}
	for _, n := range w.nodes {
		if n.disk.Crashed() {
			w.did("station crashed", n.name)
			n.reopen()
			n.start()
		}
	}
}

// guard runs what a machine that goes off may cut short.
func (m *machine) guard(do func()) (whole bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, off := r.(stopped); !off {
				panic(r)
			}
		}
	}()
	do()
	return !m.disk.Crashed()
}

// work is one thing that a person does at a station. What was answered is taken down.
func (n *node) work() {
	before := n.site.Scans()
	n.scans = before
	if n.guard(n.worker.Step) {
		for i := before + 1; i <= n.site.Scans(); i++ {
			n.done = append(n.done, store.ScanID(fmt.Sprintf("%s.%d", n.id, i)))
		}
		n.w.did("work")
	}
	n.scans = n.site.Scans()
}

// talk is one exchange with central.
func (n *node) talk() {
	if n.w.IntN(2) == 0 {
		_, err := n.agent.Push(background)
		n.said("push", err)
		return
	}
	n.said("pull", n.agent.Pull(background, 0))
}

// said takes down how an exchange went.
func (n *node) said(what string, err error) {
	var p *wire.Problem
	switch {
	case err == nil:
		n.w.did(what, n.name)
	case errors.As(err, &p):
		n.w.did("problem "+string(p.Code), n.name)
	default:
		n.w.did("failed "+what, n.name, err)
	}
}

// arrive brings goods, an order, a customer's wish.
func (w *world) arrive() {
	w.orders++
	w.hub.guard(func() {
		storetest.Arrive(w.hub.site, w.Rand, store.OrderID(fmt.Sprintf("n%d", w.orders)))
		storetest.Office(w.hub.site, w.hub.site, w.Rand)
	})
	w.did("arrive")
}

// tick is what central does by itself.
func (w *world) tick() {
	w.hub.clock.Wait(time.Minute)
	if err := w.hub.server.Tick(background); err != nil && !w.hub.disk.Crashed() {
		w.fail("central: %v", err)
	}
	w.did("tick")
}

// roll puts an older image of its disk into a station. What it recorded since, and
// central has not, was lost by whoever did that.
func (n *node) roll() {
	if n.old == nil || n.cloned {
		return
	}
	n.w.did("rolled back", n.name)
	n.disk.Load(n.old)
	n.old = nil
	n.reopen()
	n.start()
	n.w.forget()
}

// forget crosses out what nobody holds any more, after somebody put an old disk in.
func (w *world) forget() {
	for _, n := range w.nodes {
		n.done = slices.DeleteFunc(n.done, func(id store.ScanID) bool {
			return !slices.ContainsFunc(w.machines(), func(m *machine) bool {
				return m.has(n.id, id)
			})
		})
	}
}

// restore puts last night's backup in central's place. Whoever does it may say so, or not.
func (w *world) restore() {
	if w.hub.backup == nil {
		w.hub.backup = w.hub.disk.Image()
		return
	}
	w.hub.disk.Load(w.hub.backup)
	w.hub.backup = nil
	w.hub.reopen()
	if w.IntN(2) == 0 {
		w.did("central restored")
		at, err := store.Get(background, w.hub.store, (*store.Reader).Revision)
		w.hub.site.Must(err)
		w.hub.site.Must(w.hub.store.Restored(background, at))
	} else {
		w.did("central restored unsaid")
	}
	w.hub.serve()
	w.forget()
}

// clone starts a copy of a station's disk on another machine.
func (w *world) clone(n *node) {
	if len(w.nodes) > 3 || n.cloned {
		return
	}
	w.did("cloned", n.name)
	c := &node{machine: newMachine(w, n.name), id: n.id, key: n.key, who: n.who, cloned: true,
		scans: n.scans + 1000} // its scanners are others
	n.cloned = true
	c.cable = &cable{world: w, name: n.name}
	c.disk.Load(n.disk.Image())
	c.open(store.Identity{})
	c.start()
	w.nodes = append(w.nodes, c)
}

// settle ends the faults, and lets everybody meet until nothing is new to anybody.
func (w *world) settle() {
	w.calm = true
	for _, n := range w.nodes {
		n.disk.CrashIn(0, false)
		n.cable.cut = false
	}
	w.hub.disk.CrashIn(0, false)
	w.mend()
	for _, late := range w.late {
		late()
	}
	w.late = nil
	for range 40 {
		if w.round() {
			return
		}
	}
	w.fail("they do not settle")
}

// round lets everybody meet once, and says whether nothing was new.
func (w *world) round() bool {
	before := w.stand()
	for _, n := range w.nodes {
		for more := true; more; {
			var err error
			if more, err = n.agent.Push(background); err != nil {
				w.did("push while calm", n.name, err)
				more = false
			}
		}
	}
	w.tick()
	for _, n := range w.nodes {
		if err := n.agent.Pull(background, 0); err != nil {
			w.did("pull while calm", n.name, err)
		}
	}
	return before == w.stand()
}

// stand is where everybody stands.
func (w *world) stand() (out string) {
	for _, m := range w.machines() {
		at, err := store.Get(background, m.store, (*store.Reader).Cursor)
		unsent, unsentErr := store.Get(background, m.store, (*store.Reader).Unsent)
		if err = errors.Join(err, unsentErr); err != nil {
			w.fail("%s: %v", m.name, err)
		}
		out += fmt.Sprint(m.name, m.store.Identity().Epoch, at, unsent, " ")
	}
	return out
}

func (w *world) machines() []*machine {
	out := []*machine{w.hub.machine}
	for _, n := range w.nodes {
		out = append(out, n.machine)
	}
	return out
}
