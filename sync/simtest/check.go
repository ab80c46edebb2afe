package simtest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/storetest"
)

// A rule is what must hold, by its number; 0 is that no program fails.
type rule int

const (
	works rule = iota
	nothingLost
	nothingTwice
	noGap
	inOrder
	hashes
	theSame
	folds
	sumsToZero
	promised
	oneHolder
	disputed
	showsItsOwn
	loud
	ofOthers
	altersFound
	waitsForNobody
	decidedOnce
)

// rules are what is written when one does not hold.
var rules = [...]string{
	works:          "a program fails",
	nothingLost:    "an answered scan is lost",
	nothingTwice:   "something is there twice",
	noGap:          "a fact is missing in a log",
	inOrder:        "a station's order is not kept",
	hashes:         "a hash does not follow",
	theSame:        "not everybody ends with the same",
	folds:          "tables do not follow from the log",
	sumsToZero:     "postings do not add up to zero",
	promised:       "more is reserved than on hand",
	oneHolder:      "a slip has two holders",
	disputed:       "a disagreement has no discrepancy",
	showsItsOwn:    "a station shows less than it answered",
	loud:           "a log went two ways, and nobody said so",
	ofOthers:       "a fact of another warehouse",
	altersFound:    "an altered log is not found out",
	waitsForNobody: "a push waits for another's bad fact",
	decidedOnce:    "a count is decided on twice, or by whoever made it",
}

// A violation is something that must never be.
type violation struct {
	rule
	what string
}

func (v violation) String() string {
	return fmt.Sprintf("(%d) %s: %s", v.rule, rules[v.rule], v.what)
}

// fail ends the run.
func (w *world) fail(r rule, format string, args ...any) {
	panic(violation{r, fmt.Sprintf(format, args...)})
}

// always looks for what must not be at any time.
func (w *world) always() {
	if w.hub.off() {
		return
	}
	if err := w.hub.store.Read(background, func(r *store.Reader) error {
		for _, item := range []store.SKU{"TEA-500", "CUP-02", "MILK", "PHONE"} {
			over, err := r.Overdrawn(item)
			if err != nil {
				return err
			}
			if over > 0 {
				w.fail(promised, "%d of %s", over, item)
			}
		}
		held, err := r.HeldLeases()
		for _, l := range held {
			was := w.leases[l.Slip]
			if l.Token < was.Token || l.Token == was.Token && !w.older &&
				(l.Operator != was.Operator || l.Station != was.Station) {
				w.fail(oneHolder, "%s: %+v after %+v", l.Slip, l, was)
			}
			w.leases[l.Slip] = l
		}
		return err
	}); err != nil && !w.hub.excused {
		w.fail(works, "central: %v", err)
	}
}

// check looks for what must not be when all is quiet.
func (w *world) check() {
	w.nobodyWaits()
	log := w.readLog()
	w.scansAreThere(log)
	w.once(log)
	w.counted(log)
	w.isLoud(log)
	w.noFalseAlarm()
	w.sameEverywhere()
	w.sameBeside()
	w.sound()
	w.findsAlterations(log)
	w.notes(log)
}

// nobodyWaits: whatever others sent, every station's facts are at central.
func (w *world) nobodyWaits() {
	for _, n := range w.nodes {
		if unsent, err := store.Get(background, n.store, (*store.Reader).Unsent); err != nil ||
			unsent > 0 {
			w.fail(waitsForNobody, "%s still has %d facts to send: %v", n.name, unsent, err)
		}
	}
}

// An entry is a fact in central's log. Nobody goes by one that is aside.
type entry struct {
	store.Envelope
	aside bool
}

// readLog is all of central's log, in its order.
func (w *world) readLog() (out []entry) {
	runs, err := store.Get(background, w.hub.store, func(r *store.Reader) ([]store.Run, error) {
		runs, _, err := r.News("", 0, 0, 1e6)
		return runs, err
	})
	for _, run := range runs {
		for _, b := range run.Facts {
			env, readErr := store.Fact{Bytes: b}.Envelope()
			err = errors.Join(err, readErr)
			out = append(out, entry{env, slices.Contains(run.Aside, env.Seq)})
		}
	}
	if err != nil {
		w.fail(works, "%v", err)
	}
	return out
}

// scansAreThere: central has the answer to every scan that was answered, once, and in the
// order in which the station gave them.
func (w *world) scansAreThere(log []entry) {
	at := map[string]int{}
	for i, env := range log {
		if env.Scan != "" {
			at[fmt.Sprint(env.Author, " ", env.Scan)] = i
		}
	}
	for _, n := range w.nodes {
		last := -1
		for _, id := range n.done {
			if n.wh != here {
				if !w.holds(w.hub.machine, w.hub.of(n.wh), n.id, id) {
					w.fail(nothingLost, "%s: the answer to scan %s", n.name, id)
				}
				continue
			}
			i, own := at[fmt.Sprint(n.id, " ", id)]
			_, given := at[fmt.Sprint(storetest.Central, " ", id)]
			switch {
			case !own && !given:
				w.fail(nothingLost, "%s: the answer to scan %s", n.name, id)
			case own && last >= 0 && i < last && log[i].Epoch == log[last].Epoch:
				w.fail(inOrder, "%s: the answer to scan %s", n.name, id)
			case own:
				last = i
			}
		}
	}
}

// once: no fact is in the log twice, under whatever number or name.
func (w *world) once(log []entry) {
	ids, bodies := map[store.EventID]bool{}, map[string]store.EventID{}
	last := map[string]int64{}
	for _, env := range log {
		what := fmt.Sprint(env.Author, env.Kind, env.At, env.Operator, env.Scan, string(env.Body))
		if other, known := bodies[what]; !env.aside && (known || ids[env.ID]) {
			w.fail(nothingTwice, "%s of %s, or %s", env.ID, env.Author, other)
		} else if !env.aside {
			bodies[what], ids[env.ID] = env.ID, true
		}
		of := fmt.Sprint(env.Author, env.Epoch)
		if env.Seq < last[of]+1 {
			w.fail(inOrder, "%s %d.%d", env.Author, env.Epoch, env.Seq)
		} else if env.Seq > last[of]+1 {
			w.fail(noGap, "%s %d.%d", env.Author, env.Epoch, env.Seq)
		}
		last[of] = env.Seq
	}
}

// counted: what a count found is put right once, unless central forgot that it was, and by
// nobody who counted.
func (w *world) counted(log []entry) {
	right, by := map[string]bool{}, map[string]string{}
	for _, env := range log {
		e, err := store.Decode(env.Kind, env.Body)
		if err != nil || env.aside {
			continue
		}
		switch e := e.(type) {
		case store.CountBegun:
			first := cmp.Or(e.First, e.ID)
			by[string(first)] += " " + string(e.Operator) + " "
		case store.StockAdjusted:
			own := e.By != "" && strings.Contains(by[e.About], " "+string(e.By)+" ")
			if own || right[e.About] && !w.older {
				w.fail(decidedOnce, "%s by %s, counted by%s", e.About, e.By, by[e.About])
			}
			right[e.About] = true
		}
	}
}

// noFalseAlarm: central shuts planning, and asks everybody, only when it was put back.
func (w *world) noFalseAlarm() {
	const alarm = "log: this database is older than what stations have seen: it was restored"
	if w.count[alarm] > 0 && !w.older {
		w.fail(works, "central was taken for an older one, which it is not")
	}
}

// isLoud: of every log that went two ways central has a fact that says so.
func (w *world) isLoud(log []entry) {
	said := map[string]bool{}
	for _, env := range log {
		e, err := store.Decode(env.Kind, env.Body)
		if is, ok := e.(store.StationEnrolled); err == nil && ok && is.Reason != "" {
			said[fmt.Sprint(env.WH, ".", is.ID)] = true
		}
	}
	for name := range w.forked {
		of, _, _ := strings.Cut(name, "'")
		if !said[of] && strings.HasPrefix(of, string(here)) {
			w.fail(loud, "%s", name)
		}
	}
}

// sameEverywhere: every station's tables are central's.
func (w *world) sameEverywhere() {
	for _, n := range w.nodes {
		hub := w.hub.of(n.wh)
		want, err := store.Get(background, hub, (*store.Reader).Digest)
		have, hereErr := store.Get(background, n.store, (*store.Reader).Digest)
		if err = errors.Join(err, hereErr); err != nil {
			w.fail(works, "%s: %v", n.name, err)
		}
		if have == want {
			continue
		}
		if rows := w.differ(n.store, hub); rows != "" {
			w.fail(theSame, "%s and central%.2000s", n.name, rows)
		}
	}
}

// differ lists rows that two stores do not both have.
func (w *world) differ(a, b *store.Store) (out string) {
	have, err := store.Get(background, a, (*store.Reader).Rows)
	want, wantErr := store.Get(background, b, (*store.Reader).Rows)
	if err = errors.Join(err, wantErr); err != nil {
		return err.Error()
	}
	for _, table := range slices.Sorted(maps.Keys(have)) {
		for _, row := range have[table] {
			if !slices.Contains(want[table], row) {
				out += "\n  here " + table + " " + row
			}
		}
		for _, row := range want[table] {
			if !slices.Contains(have[table], row) {
				out += "\n  central " + table + " " + row
			}
		}
	}
	return out
}

// sameBeside: what travels beside the facts is the same everywhere.
func (w *world) sameBeside() {
	for _, n := range w.ours() {
		for _, id := range w.people {
			read := func(r *store.Reader) (store.Recipient, error) { return r.Recipient(id) }
			a, err := store.Get(background, n.store, read)
			b, hubErr := store.Get(background, w.hub.store, read)
			if err = errors.Join(err, hubErr); err != nil || a != b {
				w.fail(theSame, "%s: recipient %s is %q, at central %q (%v)", n.name, id, a.Name,
					b.Name, err)
			}
		}
		read := func(r *store.Reader) (store.PIN, error) { return r.PIN("101") }
		a, _ := store.Get(background, n.store, read) // a zero one where there is none
		b, _ := store.Get(background, w.hub.store, read)
		if !bytes.Equal(a.Verifier, b.Verifier) {
			w.fail(theSame, "%s: the PIN is %s, at central %s", n.name, a.Verifier, b.Verifier)
		}
	}
}

// of says which rule a finding of Verify is about; 0 for what the floor did all the same.
var of = map[string]rule{"chain": hashes, "gap": noGap, "envelope": hashes, "fold": folds,
	"balance": sumsToZero, "reserved": promised}

// sound: central's log and tables follow from one another, and what cannot be has a
// discrepancy.
func (w *world) sound() {
	known, err := store.Get(background, w.hub.store, (*store.Reader).Discrepancies)
	if err != nil {
		w.fail(works, "%v", err)
	}
	is := func(kind store.DiscKind, where string) bool {
		return slices.ContainsFunc(known, func(d store.Discrepancy) bool {
			return d.Of == kind && strings.Contains(where, string(d.Item)) &&
				(kind == store.SerialAgain || strings.HasPrefix(where, string(d.Place)+" "))
		})
	}
	for _, v := range w.verify(w.hub.machine) {
		switch v.Rule {
		case "negative":
			if !is(store.BelowZero, v.Where) {
				w.fail(disputed, "%s", v)
			}
		case "serial":
			if !is(store.SerialAgain, v.Where) && !is(store.BelowZero, v.Where) {
				w.fail(disputed, "%s", v)
			}
		case "parked", "contradiction", "aside":
			w.did(v.Rule)
		default:
			w.fail(of[v.Rule], "central: %s", v)
		}
	}
	w.overPicked(known)
}

// overPicked: where more was picked than asked for, there is a discrepancy.
func (w *world) overPicked(known []store.Discrepancy) {
	for i := range 6 + w.orders {
		order := store.OrderID(fmt.Sprint(i))
		if i >= 6 {
			order = store.OrderID(fmt.Sprintf("n%d", i-5))
		}
		slips, err := store.Get(background, w.hub.store,
			func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf(order) })
		for _, id := range slips {
			slip, slipErr := store.Get(background, w.hub.store,
				func(r *store.Reader) (store.Slip, error) { return r.WholeSlip(id) })
			err = errors.Join(err, slipErr)
			for _, l := range slip.Lines {
				asked := l.N + l.Stopped
				if l.Picked > asked && !slices.ContainsFunc(known, func(d store.Discrepancy) bool {
					return d.Of == store.PickedTwice && d.Slip == id && d.Item == l.Item
				}) {
					w.fail(disputed, "%s: %d of %d %s are picked", id, l.Picked, asked, l.Item)
				}
				if l.Picked > asked {
					w.did("picked twice")
				}
			}
		}
		if err != nil {
			w.fail(works, "%v", err)
		}
	}
}

// verify looks through the store of a machine.
func (w *world) verify(m *machine) []store.Violation {
	fresh := newMachine(w, "fresh")
	defer fresh.end()
	fresh.open(m.store.Identity())
	_, found, err := store.Verify(background, m.store, fresh.store)
	if err != nil {
		w.fail(works, "verify: %v", err)
	}
	return found
}

// findsAlterations: somebody alters a copy of central's log, and is found out.
func (w *world) findsAlterations(log []entry) {
	copied := newMachine(w, "copied")
	defer copied.end()
	copied.disk.Load(w.hub.disk.Image())
	copied.open()
	env := log[w.IntN(len(log))]
	at := fmt.Sprintf("author = '%s' AND epoch = %d AND seq", env.Author, env.Epoch)
	where := fmt.Sprintf("event %s %d.%d", env.Author, env.Epoch, env.Seq)
	var q string
	how := w.IntN(4)
	switch how {
	case 0:
		q = fmt.Sprintf(`UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"v":1,',
			'"v": 1,') AS BLOB) WHERE %s = %d`, at, env.Seq)
	case 1:
		q = fmt.Sprintf(`UPDATE event SET hash = zeroblob(32) WHERE %s = %d`, at, env.Seq)
	case 2: // the one behind takes its place
		q = fmt.Sprintf(`UPDATE event SET bytes = coalesce((SELECT bytes FROM event
			WHERE wh = 'w1' AND %s = %d), CAST(bytes || x'20' AS BLOB)) WHERE %s = %d`,
			at, env.Seq+1, at, env.Seq)
	case 3:
		q = fmt.Sprintf(`DELETE FROM event WHERE %s >= %d`, at, env.Seq)
		if w.IntN(2) == 0 {
			q = fmt.Sprintf(`DELETE FROM event WHERE %s = %d`, at, env.Seq)
		}
	}
	if err := copied.store.Alter(background, q+" AND wh = 'w1'"); err != nil {
		w.fail(works, "%v", err)
	}
	w.did(fmt.Sprint("alteration ", how))
	if slices.ContainsFunc(w.verify(copied), func(v store.Violation) bool {
		return v.Where == where || v.Rule == "gap" &&
			v.Where == fmt.Sprintf("event %s %d.%d", env.Author, env.Epoch, env.Seq+1)
	}) {
		return
	}
	// What is cut off at the end is found by a head that is held elsewhere.
	if head := w.headElsewhere(env); how < 3 || w.has(copied, head) {
		w.fail(altersFound, "%s: %s", where, q)
	}
}

// headElsewhere is where a log ends as stations have it, its author's own included.
func (w *world) headElsewhere(env entry) (out store.Head) {
	for _, n := range w.ours() {
		heads, err := store.Get(background, n.store, (*store.Reader).Heads)
		n.must(err)
		for _, h := range heads {
			if h.Author == env.Author && h.Epoch == env.Epoch && h.Seq > out.Seq {
				out = h
			}
		}
	}
	return out
}

// has says whether a machine's log has a head, or one behind it.
func (w *world) has(m *machine, h store.Head) bool {
	same, err := store.Get(background, m.store, func(r *store.Reader) (bool, error) {
		return r.HasHash(h.Author, h.Epoch, h.Seq, h.Hash)
	})
	if err != nil {
		w.fail(works, "%v", err)
	}
	return same
}

// notes counts what the log tells of rare things, and what the disks do.
func (w *world) notes(log []entry) {
	for _, env := range log {
		w.did("kind " + env.Kind)
		if e, err := store.Decode(env.Kind, env.Body); err == nil {
			switch e := e.(type) {
			case store.SlipStarted:
				if bool(e.Over) {
					w.did("taken over")
				}
			case store.SlipLeft:
				if e.By != "" {
					w.did("forced release")
				} else if env.Author == storetest.Central {
					w.did("lease expired")
				}
			case store.DiscrepancyOpened:
				w.did("discrepancy " + string(e.Of))
			case store.StockReserved:
				if slices.ContainsFunc(e.Promises, func(p store.Promise) bool { return p.N < 0 }) {
					w.did("promise given back")
				}
			}
		}
	}
	for _, m := range w.machines() {
		s := m.disk.Stats()
		for what, n := range map[string]int{"power cuts": s.PowerCuts, "kills": s.Kills,
			"torn writes": s.Torn, "re-ordered writes": s.Reordered, "dropped writes": s.Dropped,
			"writes to a full disk": s.Full, "failed syncs": s.FailedSyncs} {
			w.count[what] += n
		}
	}
}
