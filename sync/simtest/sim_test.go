package simtest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"scanbay/store"
)

// number reads an environment variable.
func number(t *testing.T, name string, otherwise uint64) uint64 {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// play makes one run, and says what must never be. Without a plan it makes its own.
func play(t testing.TB, seed uint64, folder string, from dawn, plan []step) (w *world, made []step,
	wrong *violation) {
	w = newWorld(t, seed, folder, from)
	defer w.close()
	defer func() {
		if r := recover(); r != nil {
			v, known := r.(violation)
			if !known {
				panic(r)
			}
			wrong = &v
		}
	}()
	if made = plan; made == nil {
		made = planOf(w)
	}
	w.dice.Seed(seed, 3)
	w.run(made)
	return w, made, nil
}

// A tally is what many runs came to.
type tally struct {
	sync.Mutex
	dawn      dawn
	next, end uint64
	count     map[string]int
	failed    bool
}

// take gives the next seed, unless there is none.
func (y *tally) take() (seed uint64, more bool) {
	y.Lock()
	defer y.Unlock()
	seed, more = y.next, y.next < y.end
	y.next++
	return seed, more
}

// SCANBAY_SEED replays one seed, SCANBAY_SEEDS says how many are run from SCANBAY_FROM.
func TestNothingIsLostInAnyMess(t *testing.T) {
	from, n := number(t, "SCANBAY_FROM", 0), number(t, "SCANBAY_SEEDS", 60)
	if os.Getenv("SCANBAY_SEED") != "" {
		from, n = number(t, "SCANBAY_SEED", 0), 1
	}
	y := &tally{dawn: newDawn(t, t.TempDir()), next: from, end: from + n, count: map[string]int{}}
	var all sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		all.Go(func() { y.work(t, filepath.Join(t.TempDir(), fmt.Sprint(i)), n == 1) })
	}
	all.Wait()
	if n >= 60 && !y.failed && os.Getenv("SCANBAY_PLANTED") == "" {
		y.allHappened(t)
	}
	for _, what := range slices.Sorted(maps.Keys(y.count)) {
		t.Logf("%8d %s", y.count[what], what)
	}
}

// work makes runs until there are no more.
func (y *tally) work(t *testing.T, folder string, alone bool) {
	for seed, more := y.take(); more; seed, more = y.take() {
		w, plan, wrong := play(t, seed, folder, y.dawn, nil)
		y.Lock()
		for what, times := range w.count {
			y.count[what] += times
		}
		tell := wrong != nil && !y.failed // one is shrunk, the others are named
		y.failed = y.failed || wrong != nil
		if wrong != nil && os.Getenv("SCANBAY_PLANTED") != "" {
			y.next = y.end // caught
		}
		y.Unlock()
		if wrong != nil {
			t.Errorf("seed %d: %s", seed, wrong)
		}
		if tell {
			shortest(t, seed, folder, y.dawn, plan, *wrong)
		}
		if alone && wrong == nil {
			t.Log(strings.Join(w.trace, "\n"))
		}
	}
}

// shortest leaves steps out as long as the same goes wrong, and tells what is left.
func shortest(t *testing.T, seed uint64, folder string, from dawn, plan []step,
	wrong violation) {
	if os.Getenv("SCANBAY_PLANTED") != "" {
		return
	}
	trace := []string{}
	tries := 0
	for part := len(plan) / 2; part > 0; part /= 2 {
		for i := 0; i < len(plan) && tries < 300; {
			less := slices.Delete(slices.Clone(plan), i, min(i+part, len(plan)))
			w, _, still := play(t, seed, folder, from, less)
			if tries++; still != nil && still.rule == wrong.rule {
				plan, trace, wrong = less, w.trace, *still
			} else {
				i += part
			}
		}
	}
	t.Errorf("seed %d in %d steps: %s\n%s\nreplay: SCANBAY_SEED=%d go test -v "+
		"-run NothingIsLost ./sync/simtest", seed, len(plan), wrong, strings.Join(trace, "\n"),
		seed)
}

// mustHappen is what a simulation is for: each fault, and each way that is rarely gone.
var mustHappen = []string{
	"request lost", "request repeated", "request delayed", "late request", "answer lost",
	"meanwhile", "no line", "power cuts", "kills", "torn writes", "re-ordered writes",
	"dropped writes", "writes to a full disk", "failed syncs", "station went off",
	"central went off", "central went off while it answered", "went off on its way up",
	"rolled back", "cloned", "central restored", "central restored unsaid", "waits no longer",
	"clock", "lease expired", "forced release", "taken over", "revoked", "enrolled again",
	"contradicting put", "contradiction", "fact of tomorrow", "parked", "altered push",
	"person kept", "decided", "log: fork", "log: this station's log went two ways",
	"offer taken", "offer after its turn", "problem restored", "problem forked",
	"problem revoked", "picked twice", "discrepancy late_holder", "discrepancy picked_twice",
	"discrepancy below_zero", "promise given back", "alteration 0", "alteration 1",
	"alteration 2", "alteration 3",
}

// neverHere are kinds of facts that no run brings, and why.
var neverHere = map[string]string{
	"stop_eased":   "a short seldom crosses a cut of the same pieces: it has stories of its own",
	"goods_sorted": "no site of a run has a wall: it has stories of its own, and random days",
}

func (y *tally) allHappened(t *testing.T) {
	for _, what := range mustHappen {
		if y.count[what] == 0 {
			t.Errorf("never happened: %s", what)
		}
	}
	for _, kind := range store.EventKinds() {
		if _, known := neverHere[kind]; !known && y.count["kind "+kind] == 0 {
			t.Errorf("no run had a fact of kind %s", kind)
		}
	}
}

func TestTheSameSeedIsTheSameRun(t *testing.T) {
	from := newDawn(t, t.TempDir())
	for seed := range uint64(3) {
		a, _, _ := play(t, seed, t.TempDir(), from, nil)
		b, _, _ := play(t, seed, t.TempDir(), from, nil)
		if a.print() == b.print() {
			continue
		}
		for i := range min(len(a.trace), len(b.trace)) {
			if a.trace[i] != b.trace[i] {
				t.Fatalf("seed %d, line %d:\n%s\n%s", seed, i, a.trace[i], b.trace[i])
			}
		}
		t.Errorf("seed %d: %d lines and %d", seed, len(a.trace), len(b.trace))
	}
}
