package simtest

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/storetest"
	"scanbay/sync/wire"
)

// A deed is a kind of thing that happens, and how often.
type deed struct {
	weight int
	name   string
	do     func(*world)
}

// deeds are all that happens in the mess.
var deeds = []deed{
	{450, "work", func(w *world) { w.some().work() }},
	{150, "push", func(w *world) { w.some().push() }},
	{150, "pull", func(w *world) { w.some().pull() }},
	{50, "arrive", (*world).arrive},
	{60, "office", (*world).office},
	{40, "returns", (*world).returnsDesk},
	{30, "counts", (*world).countsDesk},
	{60, "tick", (*world).tick},
	{10, "question", (*world).question},
	{20, "elsewhere", func(w *world) { w.hub.elsewhere() }},
	{15, "people", (*world).beside},
	{15, "setting", (*world).decide},
	{40, "late", (*world).lateRequest},
	{40, "cut", (*world).cut},
	{25, "crash", func(w *world) { w.some().crash(60) }},
	{20, "central crash", func(w *world) { w.hub.crash(200) }},
	{12, "disk full", (*world).fill},
	{12, "sync fails", (*world).failSync},
	{40, "room", (*world).room},
	{20, "image", (*world).image},
	{24, "roll back", (*world).roll},
	{10, "clone", func(w *world) { w.some().clone() }},
	{14, "restore", (*world).restore},
	{16, "wait no longer", (*world).endWait},
	{12, "clock", (*world).clock},
	{6, "idle", (*world).idle},
	{10, "revoke", (*world).revoke},
	{8, "contradict", func(w *world) { w.someOurs().contradict() }},
	{6, "tomorrow", (*world).tomorrow},
	{12, "alter", (*world).altered},
}

// A step is one deed, with its own chance: leaving it out leaves the others as they are.
type step struct {
	deed int
	seed uint64
}

// steps is how long the mess lasts.
const steps = 80

// planOf draws the steps of a run.
func planOf(w *world) (out []step) {
	total := 0
	for _, d := range deeds {
		total += d.weight
	}
	for range steps {
		k, at := w.IntN(total), 0
		for k >= deeds[at].weight {
			k -= deeds[at].weight
			at++
		}
		out = append(out, step{at, w.Uint64()})
	}
	return out
}

// run lets the mess happen, ends the faults, and looks at what is left.
func (w *world) run(plan []step) {
	w.begin()
	for _, s := range plan {
		w.dice.Seed(s.seed, 1)
		deeds[s.deed].do(w)
		w.mend()
	}
	w.dice.Seed(w.seed, 2)
	w.settle()
	w.check()
}

// mend starts machines again that went off.
func (w *world) mend() {
	if w.hub.off() {
		w.did("central went off")
		w.hub.reopen()
		w.hub.serve()
	}
	for _, n := range w.nodes {
		if n.off() {
			n.restart()
		}
	}
}

// arrive brings goods and an order.
func (w *world) arrive() {
	w.orders++
	if w.waits() {
		return
	}
	w.hub.guard(func() {
		storetest.Arrive(w.hub.site, w.Rand, store.OrderID(fmt.Sprintf("n%d", w.orders)))
	})
	w.always()
	w.did("arrive")
}

// office is a customer's wish, or a supervisor's, at central or at a station.
func (w *world) office() {
	if w.waits() {
		return
	}
	at := w.hub.machine
	if w.IntN(3) == 0 {
		at = w.someOurs().machine
	}
	w.hub.guard(func() {
		at.guard(func() { storetest.Office(w.hub.site, at.site, w.Rand) })
	})
	w.always()
	w.did("office", at.name)
}

// returnsDesk is about goods that come back.
func (w *world) returnsDesk() {
	if w.waits() {
		return
	}
	at := w.hub.machine
	if w.IntN(3) == 0 {
		at = w.someOurs().machine
	}
	w.hub.guard(func() {
		at.guard(func() { storetest.ReturnsDesk(w.hub.site, at.site, w.Rand) })
	})
	w.always()
	w.did("returns", at.name)
}

// countsDesk is about what people counted.
func (w *world) countsDesk() {
	if w.waits() {
		return
	}
	at := w.hub.machine
	if w.IntN(3) == 0 {
		at = w.someOurs().machine
	}
	w.hub.guard(func() {
		at.guard(func() { storetest.CountsDesk(w.hub.site, at.site, w.Rand) })
	})
	w.always()
	w.did("counts", at.name)
}

// question is about an order that nobody can fulfil.
func (w *world) question() {
	w.orders++
	if w.waits() {
		return
	}
	id, by := store.OrderID(fmt.Sprintf("n%d", w.orders)), store.Gesture{Operator: "900"}
	h := w.hub
	if h.guard(func() {
		h.site.Record(storetest.Ordered(id, "TEA-500", 1_000_000))
		h.site.Must(order.Review(background, h.store, id))
		h.site.Code(order.Ask(background, h.store, by, id, "大号没有货，换中号？"))
		h.site.Code(order.Answer(background, h.store, by, id, "不要了"))
		h.site.Code(order.Reject(background, h.store, by, id, "customer"))
	}) {
		w.did("question")
	}
	w.always()
}

// tick is what central does by itself.
func (w *world) tick() {
	w.hub.clock.Wait(time.Minute)
	if err := w.hub.server.Tick(background); err != nil && !w.hub.off() && !w.hub.excused {
		w.fail(works, "central: %v", err)
	}
	w.always()
	w.did("tick")
}

// beside is what travels beside the facts: a person, and a PIN.
func (w *world) beside() {
	id := store.RecipientID(fmt.Sprintf("R%d", len(w.trace)))
	p := store.PIN{Operator: "101", Salt: []byte("salt"), Verifier: fmt.Append(nil, w.Uint64())}
	if w.hub.guard(func() {
		w.hub.site.Must(w.hub.store.WriteMany(background, store.Gesture{},
			func(tx *store.Tx) error {
				if err := tx.KeepRecipient(store.Recipient{ID: id, Name: "张*"}); err != nil {
					return err
				}
				if err := tx.SetPIN(p); err != nil {
					return err
				}
				return tx.Record(store.SignedIn{Operator: "900"})
			}))
	}) {
		w.people = append(w.people, id)
		w.did("person kept")
	}
}

// decide raises a register at a station or at central, who then has it so: it had seen
// what others made of it.
func (w *world) decide() {
	m := w.hub.machine
	if w.IntN(3) > 0 {
		m = w.someOurs().machine
	}
	to := store.InBin([]string{"A-01-01", "A-01-02", "A-01-03", "B-07-01"}[w.IntN(4)])
	slips, err := store.Get(background, m.store, func(r *store.Reader) ([]store.SlipID, error) {
		return r.SlipsOf("0")
	})
	if err != nil || len(slips) == 0 || !m.guard(func() {
		m.site.Record(store.BinReached{Slip: slips[0], Place: to})
	}) {
		return
	}
	slip, err := store.Get(background, m.store, func(r *store.Reader) (store.Slip, error) {
		return r.Slip(slips[0])
	})
	if err != nil || slip.At != to {
		w.fail(showsItsOwn, "%s reached %s, and is at %s: %v", m.name, to, slip.At, err)
	}
	w.did("decided", m.name)
}

func (w *world) lateRequest() {
	if len(w.late) == 0 {
		return
	}
	i := w.IntN(len(w.late))
	late := w.late[i]
	w.late = slices.Delete(w.late, i, i+1)
	w.did("late request")
	late()
}

func (w *world) cut() {
	n := w.some()
	n.cable.cut = w.IntN(3) == 0
	w.did("cut", n.name, n.cable.cut)
}

func (m *machine) crash(within int) { m.disk.CrashIn(1+m.w.IntN(within), m.w.IntN(3) > 0) }

func (w *world) anyMachine() *machine {
	all := w.machines()
	return all[w.IntN(len(all))]
}

// fill leaves little room on a disk.
func (w *world) fill() {
	m := w.anyMachine()
	size := 0
	for _, b := range m.disk.Image() {
		size += len(b)
	}
	m.disk.FullAt(int64(size + w.IntN(40_000)))
	m.excused = true
	w.did("disk nearly full", m.name)
}

func (w *world) failSync() {
	m := w.anyMachine()
	m.disk.FailSync(1 + w.IntN(8))
	m.excused = true
	w.did("disk fails", m.name)
}

// room puts disks right.
func (w *world) room() {
	for _, m := range w.machines() {
		if m.excused && w.IntN(2) == 0 {
			m.makeRoom()
			w.did("room", m.name)
		}
	}
}

func (w *world) image() {
	n := w.some()
	n.old = n.disk.Image()
	w.did("image", n.name)
}

// roll puts an older image of its disk into a station. What it recorded since, and nobody
// else has, was lost by whoever did that.
func (w *world) roll() {
	n := w.some()
	if n.old == nil || n.cloned {
		return
	}
	w.did("rolled back", n.name)
	n.disk.Load(n.old)
	n.old = nil
	n.makeRoom()
	n.disk.CrashIn(0, false)
	n.reopen()
	n.start()
	if n.head(w.hub.of(n.wh)).Seq > n.head(n.store).Seq {
		w.forked[n.name] = true
		n.behind = n.epoch()
	}
	w.forget()
	if slices.ContainsFunc(n.done, func(id store.ScanID) bool { return !n.has(n.id, id) }) {
		n.behind = n.epoch() // central gave the answer, and the disk does not know it yet
	}
}

// forget crosses out what nobody holds any more, after somebody put an old disk in.
func (w *world) forget() {
	for _, n := range w.nodes {
		n.done = slices.DeleteFunc(n.done, func(id store.ScanID) bool {
			for _, other := range w.nodes {
				if other.wh == n.wh && other.has(n.id, id) {
					return false
				}
			}
			return !w.holds(w.hub.machine, w.hub.of(n.wh), n.id, id)
		})
	}
}

// clone starts a copy of a station's disk on another machine.
func (n *node) clone() {
	w := n.w
	if len(w.nodes) > 4 || n.cloned || n.revoked {
		return
	}
	w.did("cloned", n.name)
	c := &node{machine: newMachine(w, n.name+"'"), wh: n.wh, id: n.id, key: n.key, who: n.who,
		cloned: true, scans: n.scans + 1000} // its scanners are others
	n.cloned = true
	c.cable = &cable{world: w, node: c}
	c.disk.Load(n.disk.Image())
	c.open()
	c.start()
	w.nodes = append(w.nodes, c)
}

// restore puts last night's backup in central's place. Whoever does it may say so, or not.
func (w *world) restore() {
	if w.hub.backup == nil {
		w.hub.backup = w.hub.disk.Image()
		w.did("backup")
		return
	}
	w.restored(w.IntN(2) == 0)
}

func (w *world) restored(said bool) {
	h := w.hub
	h.disk.Load(h.backup)
	h.backup = nil
	h.makeRoom()
	h.disk.CrashIn(0, false)
	h.reopen()
	if said {
		w.did("central restored")
		for _, s := range h.stores {
			at, err := store.Get(background, s, (*store.Reader).Revision)
			h.site.Must(err)
			h.site.Must(s.Restored(background, at))
		}
	} else {
		w.did("central restored unsaid")
		w.older = true
	}
	h.serve()
	clear(w.leases)
	clear(w.forked) // the other half may be lost, and then nobody can know
	w.forget()
}

// waits says whether central waits for what stations hold: then nobody decides there.
func (w *world) waits() bool {
	waits, err := store.Get(background, w.hub.store, (*store.Reader).Restoring)
	return err != nil || waits
}

// endWait is a supervisor who does not wait for the stations any longer.
func (w *world) endWait() {
	if !w.waits() {
		return
	}
	if w.hub.guard(func() {
		w.hub.site.Must(w.hub.store.WriteMany(background, store.Gesture{}, (*store.Tx).EndWait))
	}) {
		w.did("waits no longer")
		w.older = true
	}
}

// clock puts a clock wrong, or right.
func (w *world) clock() {
	m := w.anyMachine()
	by := time.Duration(w.IntN(80)-40) * time.Minute
	m.clock.Wait(by)
	w.did("clock", m.name, by)
}

// idle lets so much time pass that leases end.
func (w *world) idle() {
	w.hub.clock.Wait(35 * time.Minute)
	w.did("idle")
	w.tick()
}

// revoke takes a station out, or enrols it again: with what it has, or a new machine.
func (w *world) revoke() {
	n := w.some()
	if i := slices.IndexFunc(w.nodes, func(n *node) bool { return n.revoked }); i >= 0 {
		n = w.nodes[i]
		n.enrolAgain(w.IntN(2) == 0 && !n.cloned)
		return
	}
	n.revoked = w.hub.guard(func() {
		s := w.hub.of(n.wh)
		w.hub.site.Must(s.Write(background, store.Gesture{}, func(tx *store.Tx) error {
			st, _, err := tx.StationNamed(n.id)
			if err != nil {
				return err
			}
			st.Active = false
			return tx.Record(store.StationRevoked{Station: st})
		}))
	})
	w.did("revoked", n.name)
}

// enrolAgain enrols a station that was revoked. On a new machine it begins from a
// snapshot: what the old one had not sent was thrown away with it.
func (n *node) enrolAgain(anew bool) {
	given, err := n.enrol()
	if err != nil {
		n.w.did("not enrolled", n.name, err)
		return
	}
	n.revoked = false
	n.w.did("enrolled again", n.name, anew)
	if !anew {
		return
	}
	n.makeRoom()
	n.disk.CrashIn(0, false)
	n.old = nil
	if err := n.moveIn(given); err != nil && !n.w.hub.excused && !n.w.hub.off() {
		n.w.fail(works, "%s moves in: %v", n.name, err)
	} else if err != nil {
		n.disk.Load(template())
		n.open(n.identity(given))
	}
	n.behind = n.epoch() // others may hold what central lost of it
	delete(n.w.forked, n.name)
	n.start()
	n.w.forget()
}

// contradict records a row at a station that others may know otherwise.
func (n *node) contradict() {
	w := n.w
	known, err := store.Get(background, n.store, func(r *store.Reader) (bool, error) {
		return r.HasDiscrepancy(bad)
	})
	if err != nil || known {
		return
	}
	if n.guard(func() {
		n.site.Record(store.BinChecked{Place: store.InBin("A-01-01"), Disc: &store.Discrepancy{
			ID: bad, Of: store.ZeroCheck, N: store.Qty(w.IntN(1e9))}},
			store.SignedOut{Operator: n.who})
	}) {
		w.did("contradicting put", n.name)
	}
}

// bad is the id of a row that stations do not agree on.
const bad = "bad"

// tomorrow makes a station's last fact one that only a program of tomorrow knows.
func (w *world) tomorrow() {
	n := w.someOurs()
	if !n.guard(func() { n.site.Record(store.SignedOut{Operator: n.who}) }) {
		return
	}
	log, err := store.Get(background, n.store, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(n.id, n.epoch(), 0, 1e6)
	})
	n.must(err)
	last := len(log) - 1
	f := store.Retell(log, last, "drone_landed")[last]
	if err := n.store.Alter(background, fmt.Sprintf(`UPDATE event SET kind = 'drone_landed',
		parked = 1, bytes = x'%x', hash = x'%x' WHERE author = '%s' AND epoch = %d AND seq = %d`,
		f.Bytes, f.Hash, n.id, n.epoch(), last+1)); err != nil && !n.off() && !n.excused {
		n.must(err)
	}
	w.did("fact of tomorrow", n.name)
}

// altered pushes facts of a station's that somebody changed on their way. They are not
// taken.
func (w *world) altered() {
	n := w.some()
	if n.cable.cut || w.hub.off() {
		return
	}
	run, err := store.Get(background, n.store, func(r *store.Reader) (store.Run, error) {
		acked, err := r.Acked()
		if err != nil {
			return store.Run{}, err
		}
		return r.Run(n.id, n.epoch(), acked, 10)
	})
	if err != nil || len(run.Facts) == 0 {
		return
	}
	i := w.IntN(len(run.Facts))
	was := run.Facts[i]
	run.Facts[i] = bytes.Replace(was, []byte(`"operator":"10`), []byte(`"operator":"90`), 1)
	if bytes.Equal(was, run.Facts[i]) {
		return
	}
	var body bytes.Buffer
	n.must(wire.Encode(&body, wire.PushAsk{Run: run}, run))
	r, err := http.NewRequestWithContext(background, http.MethodPost,
		"http://central"+wire.PushPath, nil)
	n.must(err)
	wire.Sign(r, n.wh, n.id, n.key, w.hub.clock.Now(), body.Bytes())
	answer, err := n.cable.deliver(r, body.Bytes())
	if err == nil && answer.StatusCode == http.StatusOK {
		w.fail(hashes, "%s: altered facts are taken", n.name)
	}
	w.did("altered push", n.name)
}
