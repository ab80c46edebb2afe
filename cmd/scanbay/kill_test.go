//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
)

const (
	killsInPassing = 3 // SCANBAY_KILLS asks for more
	scansALife     = 12
)

// TestAKillLosesNoAnswer kills a station again and again while an operator scans.
// What the operator saw an answer to is in the log, and the database is in order;
// the next station goes on where the last one was.
func TestAKillLosesNoAnswer(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("SCANBAY_KILLS"))
	if err != nil {
		kills = killsInPassing
	}
	const seed = 7
	chance := rand.New(rand.NewPCG(seed, seed))
	o := &operator{t: t, bay: newBay(t), gun: filepath.Join(t.TempDir(), "gun"),
		notes: filepath.Join(t.TempDir(), "journal")}
	for life := range kills {
		d := o.begin()
		for range 1 + chance.IntN(scansALife) {
			o.pick(d, life)
		}
		// One more, whose answer nobody waits for: it may be there or not.
		o.cable.scan(piece(fmt.Sprintf("%d-last", life)))
		// The kill falls anywhere: before the scan is read, in its commit, after it.
		time.Sleep(time.Duration(chance.IntN(30)) * time.Millisecond)
		if err := d.end(syscall.SIGKILL); err == nil {
			t.Fatal("it was not killed")
		}
		o.check()
	}
	t.Logf("%d kills, %d answered scans", kills, len(o.seen))
}

// An operator works through stations that are killed.
type operator struct {
	t     *testing.T
	bay   bay
	gun   string
	cable *cable
	notes string   // the stations' journal
	seen  []string // the labels whose answers were on the screen
	have  int      // pieces, as the last screen said
}

// begin starts a station, and goes on with the slip.
func (o *operator) begin() *desk {
	_ = os.Remove(o.gun)
	o.cable = plug(o.t, o.gun) // nothing that was in the air waits in it
	d := sit(o.t, 80, 24, "--lang=en", "station", "--db", o.bay.db, "--serial", o.gun,
		"--journal", o.notes)
	d.shows(says.SignInBadge())
	o.cable.scan("101")
	d.shows("PIN")
	d.enterPIN(bayPIN)
	d.shows(says.HomeScan())
	o.cable.scan(ownLabel(scanner.SlipLabel, string(o.bay.slip)))
	if o.seen == nil {
		d.shows(says.AskTote())
		o.cable.scan(ownLabel(scanner.ToteLabel, bayTote))
		d.shows(says.AskBin(bayBin))
		o.cable.scan(ownLabel(scanner.BinLabel, bayBin))
	}
	d.shows(says.PickBin(bayBin, true)) // the picker still stands there
	o.have = d.had()
	return d
}

// pick scans one piece, and waits for its answer.
func (o *operator) pick(d *desk, life int) {
	label := piece(fmt.Sprintf("%d-%d", life, len(o.seen)))
	o.cable.scan(label)
	o.have++
	d.shows(have(o.have))
	o.seen = append(o.seen, label)
}

// had is how many pieces the screen says are picked.
func (d *desk) had() int {
	d.t.Helper()
	n, front := 0, strings.TrimSuffix(have(0), "0")
	d.until(front, func(screen string) bool {
		_, rest, found := strings.Cut(screen, front)
		_, err := fmt.Sscan(rest, &n)
		return found && err == nil
	})
	return n
}

// check looks for every answered scan in the log, and lets the program verify it.
func (o *operator) check() {
	o.t.Helper()
	out, err := exec.Command(program(o.t), "--lang=en", "verify", o.bay.db,
		"--journal", o.notes).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all in the log") {
		o.t.Fatalf("%v: %s", err, out)
	}
	s, err := look(context.Background(), o.bay.db, time.Now)
	must(o.t, err)
	defer s.Close()
	facts, err := store.Get(context.Background(), s, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("S1", 1, 0, 1<<20)
	})
	must(o.t, err)
	var raws [][]byte
	for _, f := range facts {
		env, err := f.Envelope()
		must(o.t, err)
		raws = append(raws, bytes.TrimRight(env.Raw, "\r"))
	}
	log := string(bytes.Join(raws, []byte("\n"))) + "\n"
	for _, label := range o.seen {
		if !strings.Contains(log, label+"\n") {
			o.t.Errorf("the answered scan %s is not in the log", label)
		}
	}
	journal, err := os.ReadFile(o.notes)
	must(o.t, err)
	if n := bytes.Count(journal, []byte("\n")); n < len(o.seen) {
		o.t.Errorf("%d scans in the journal, %d were answered", n, len(o.seen))
	}
}
