//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/postgres/pgtest"
)

// A campaign is a rehearsal with central that runs as its own program.
type campaign struct {
	t     *testing.T
	home  string
	cmd   *exec.Cmd
	out   bytes.Buffer
	err   bytes.Buffer
	ended chan error
}

// rehearseAway begins a rehearsal with central.
func rehearseAway(t *testing.T, args ...string) *campaign {
	t.Helper()
	c := &campaign{t: t, home: t.TempDir(), ended: make(chan error, 1)}
	c.cmd = exec.Command(program(t), append([]string{"--lang=en", "rehearse", december,
		"--central", "--json", "--errors=3%", "--missing=1%", "--keep", c.home}, args...)...)
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.err
	must(t, c.cmd.Start())
	go func() { c.ended <- c.cmd.Wait() }()
	t.Cleanup(func() { _ = c.cmd.Process.Signal(syscall.SIGTERM) })
	return c
}

// until waits until a file has so many lines.
func (c *campaign) until(path string, least int) {
	c.t.Helper()
	for lines(c.t, path) < least {
		select {
		case err := <-c.ended:
			c.t.Fatalf("it ended before it was to crash: %v\n%s", err, c.err.String())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// figures are what it came to, when it has ended.
func (c *campaign) figures(err error) (f networkFigures) {
	c.t.Helper()
	if err != nil {
		c.t.Fatalf("%v\n%s%s", err, c.out.String(), c.err.String())
	}
	must(c.t, json.Unmarshal(c.out.Bytes(), &f))
	c.t.Logf("%+v", f)
	return f
}

// check looks whether all was there that is to go wrong.
func (f networkFigures) check(t *testing.T, stations, kills int) {
	t.Helper()
	if f.Stations != stations || f.StationKills < kills || f.CentralKills < kills ||
		f.Violations != 0 || f.Scans == 0 || f.Slips == 0 || f.Pieces == 0 || len(f.Line) == 0 {
		t.Errorf("%+v", f)
	}
}

// TestStationsAndCentralAreKilled: real processes on a bad line. Every answered scan is
// in a log, and every database is in order, by itself and with central's.
func TestStationsAndCentralAreKilled(t *testing.T) {
	stations, kills, orders := 3, 2, 10
	if n := asked(); n > 0 {
		stations, kills, orders = 8, n, 80
	}
	c := rehearseAway(t, "--stations", strconv.Itoa(stations), "--kills", strconv.Itoa(kills),
		"--orders", strconv.Itoa(orders))
	c.figures(<-c.ended).check(t, stations, kills)
	said, code := runProgram(t, "--lang=en", "verify", filepath.Join(c.home, centralFile),
		filepath.Join(c.home, rehearsalFile), "--journal", filepath.Join(c.home, "journal"))
	if code != 0 || !strings.Contains(said, "all in the log") {
		t.Errorf("%d: %s", code, said)
	}
	if n := c.ruled(); n == 0 {
		t.Error("no scan that central answered is in a journal")
	}
}

// ruled counts the scans of the journals that central answered.
func (c *campaign) ruled() (n int) {
	c.t.Helper()
	journal, err := os.ReadFile(filepath.Join(c.home, "journal"))
	must(c.t, err)
	s, err := look(c.t.Context(), filepath.Join(c.home, centralFile), time.Now)
	must(c.t, err)
	defer s.Close()
	must(c.t, s.Read(c.t.Context(), func(r *store.Reader) error {
		for id := range strings.FieldsSeq(string(journal)) {
			is, err := r.AnsweredBy(centralName, store.ScanID(id))
			if err != nil {
				return err
			}
			if is {
				n++
			}
		}
		return nil
	}))
	return n
}

// asked is how often SCANBAY_KILLS wants each side killed; 0 for in passing. A network
// takes longer than a station.
func asked() int {
	n, err := strconv.Atoi(os.Getenv("SCANBAY_KILLS"))
	if err != nil {
		return 0
	}
	return max(30, n/10)
}

// TestPostgreSQLCrashesUnderCentral is the same where PostgreSQL has central's database,
// and crashes too.
func TestPostgreSQLCrashesUnderCentral(t *testing.T) {
	kills := asked()
	if kills == 0 {
		t.Skip("SCANBAY_KILLS asks for it")
	}
	// Of the stations one may have little to do: the crashes come with its first scans.
	const stations, crashes, between, seed = 8, 6, 15, 7
	server := pgtest.Durable(t)
	c := rehearseAway(t, "--stations", strconv.Itoa(stations), "--kills", strconv.Itoa(kills),
		"--orders=80", "--database", server.URL(t))
	chance := rand.New(rand.NewPCG(seed, seed))
	first := filepath.Join(c.home, rehearsalFile+".journal")
	for i := range crashes {
		c.until(first, 1+(i+1)*between)
		time.Sleep(time.Duration(chance.IntN(200)) * time.Millisecond) // anywhere
		server.Stop(t, "immediate")
		time.Sleep(time.Duration(chance.IntN(1000)) * time.Millisecond)
		server.Start(t)
	}
	c.figures(<-c.ended).check(t, stations, kills)
}

// TestARehearsalWithCentralSeesWhatIsWrong: a check that finds nothing must be able to.
func TestARehearsalWithCentralSeesWhatIsWrong(t *testing.T) {
	n := &network{rehearsal: &rehearsal{console: &console{Now: time.Now}},
		told: make([]sitSaid, 2)}
	n.hear(1, "no JSON")
	n.waitFor(t.Context(), func() bool { return false })
	if len(n.wrongs) != 2 || !strings.Contains(n.wrongs[0], "S2: no JSON") ||
		!strings.Contains(n.wrongs[1], "nothing moves") {
		t.Errorf("%q", n.wrongs)
	}
	p := &process{program: program(t), args: []string{"verify", filepath.Join(t.TempDir(), "none")},
		said: func(string) {}, down: func() time.Duration { return 0 }, gone: make(chan struct{})}
	if p.once(t.Context()); len(p.odds()) != 1 || !strings.Contains(p.odds()[0], "verify ended") {
		t.Errorf("%q", p.odds())
	}
}

func TestWhoSitsAtNoStation(t *testing.T) {
	for _, args := range [][]string{{"--central", "--stations=0"},
		{"--central", "--stations=2", "--pty=1"}, {"--stations=2"}} {
		said, code := runProgram(t, append([]string{"--lang=en", "rehearse", december}, args...)...)
		if code == 0 || !strings.Contains(said, "--stations") {
			t.Errorf("%s: %d\n%s", args, code, said)
		}
	}
}
