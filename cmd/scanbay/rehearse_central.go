package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// withCentral are the flags of a rehearsal with several stations.
type withCentral struct {
	Stations int    `placeholder:"N" and:"stations" help:"N stations, each with its --operators."`
	Central  bool   `and:"stations" xor:"acts,counts" help:"Of a central server, on a bad line."`
	Kills    int    `placeholder:"K" help:"Kill central K times, and stations as often."`
	Database string `placeholder:"URL" help:"PostgreSQL for central."`
}

const (
	killEvery  = 1500 * time.Millisecond // at most
	downFor    = 700 * time.Millisecond  // at most
	quietFor   = 1200 * time.Millisecond // and the day is over
	stuckFor   = time.Minute
	enrolTries = 40 // on a bad line
	lookEvery  = 50 * time.Millisecond
)

// centralFile is what central's database is called, or what lies beside it.
const centralFile = "central.db"

// A network is a central server and its stations, each a process of its own, with a bad
// line between them. What lies on the floor is known to each station for itself: that two
// stations agree about it is not checked.
type network struct {
	*rehearsal
	program  string
	url      string // of central, as administrators reach it
	line     *badLine
	central  *process
	stations []*process

	mu     sync.Mutex
	chance *rand.Rand
	told   []sitSaid // what each station said last
	moved  time.Time // when that was something new
	wrongs []string
}

// rehearseCentral rehearses with central and several stations.
func rehearseCentral(ctx context.Context, r *rehearsal) (err error) {
	began := r.Now()
	if r.Stations < 1 || r.Operators < 1 || r.Pty > 0 {
		return complaint(r.words().NoStations())
	}
	n := &network{rehearsal: r, chance: rand.New(rand.NewPCG(r.Seed, 1))}
	if n.program, err = os.Executable(); err != nil {
		return err
	}
	if r.Keep == "" {
		if r.Keep, err = os.MkdirTemp("", "scanbay-rehearse-"); err != nil {
			return err
		}
		defer os.RemoveAll(r.Keep)
	}
	ctx, stop := context.WithCancel(ctx)
	defer func() {
		stop()
		for _, p := range append(n.stations, n.central) {
			if p != nil && p.gone != nil { // it was begun
				<-p.gone
			}
		}
		if n.line != nil {
			err = errors.Join(err, n.line.close())
		}
	}()
	for _, step := range []func(context.Context) error{n.open, n.serve, n.enrol, n.work} {
		if err := step(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return complaint(r.words().RehearsalStopped())
		}
	}
	f, err := n.sum(ctx)
	if ctx.Err() != nil {
		return complaint(r.words().RehearsalStopped())
	}
	if err != nil {
		return err
	}
	f.Seconds = r.Now().Sub(began).Seconds()
	return n.say(f)
}

// open lays the warehouse out with one station that stands alone.
func (n *network) open(ctx context.Context) error {
	r := n.rehearsal
	if err := r.read(); err != nil {
		return err
	}
	each, journal := r.Operators, r.Journal
	r.Operators, r.Journal = each*r.Stations, n.db(0)+".journal"
	closing, err := r.open(ctx)
	if err != nil {
		return err
	}
	if err := r.layOut(ctx, r.key); err != nil {
		return errors.Join(r.puts(err), closing())
	}
	if !r.JSON {
		for _, line := range r.words().Rehearses(r) {
			fmt.Fprintln(r.console.Out, line)
		}
	}
	r.decide(ctx)
	for _, p := range r.persons {
		n.wrongs = append(n.wrongs, p.wrongs...)
	}
	people := filepath.Join(r.Keep, "operators.csv")
	t := r.people()
	t.Flush()
	err = os.WriteFile(people, []byte(t.Builder.String()), 0o600)
	r.Operators, r.Journal = each, journal
	return errors.Join(err, closing())
}

// db is the database of a station; the first is the one that stood alone.
func (n *network) db(station int) string {
	if station == 0 {
		return filepath.Join(n.Keep, rehearsalFile)
	}
	return filepath.Join(n.Keep, stationNo(station)+".db")
}

func stationNo(i int) string { return fmt.Sprint("S", i+1) }

// do runs this program to its end, and gives what it said.
func (n *network) do(ctx context.Context, args ...string) (string, error) {
	var out, trouble bytes.Buffer
	cmd := exec.CommandContext(ctx, n.program, args...)
	cmd.Stdout, cmd.Stderr = &out, &trouble
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", args[0], err, trouble.String())
	}
	return out.String(), nil
}

// ask is do with the right of an administrator of central.
func (n *network) ask(ctx context.Context, args ...string) (string, error) {
	return n.do(ctx, append(args, "--central", n.url, "--admin",
		filepath.Join(n.Keep, centralFile+".admin"))...)
}

// serve has central take the warehouse over, and serve it.
func (n *network) serve(ctx context.Context) error {
	args := []string{"central", "--db", filepath.Join(n.Keep, centralFile), "--warehouse",
		"REHEARSAL"}
	if n.Database != "" {
		args = append(args, "--database", n.Database)
	}
	if _, err := n.do(ctx, append(args, "--adopt", n.db(0))...); err != nil {
		return err
	}
	at, err := freePort()
	if err != nil {
		return err
	}
	serves := make(chan struct{})
	var once sync.Once
	n.central = &process{program: n.program, args: append(args, "--listen", at),
		down: n.away, waits: n.Database != "", said: func(line string) {
			if line != "{}" {
				once.Do(func() { close(serves) })
			}
		}}
	n.central.begin(ctx)
	select {
	case <-serves:
	case <-time.After(stuckFor):
		return fmt.Errorf("central does not serve: %v", n.central.odds())
	}
	n.url = "https://" + at
	people := filepath.Join(n.Keep, "operators.csv")
	if _, err := n.ask(ctx, "import", "operators", people); err != nil {
		return err
	}
	n.line, err = openLine(at, n.Seed)
	return err
}

// enrol takes the stations in through the line, and seats their people.
func (n *network) enrol(ctx context.Context) error {
	n.told = make([]sitSaid, n.Stations)
	for i := range n.Stations {
		if err := n.enrolOne(ctx, i); err != nil {
			return err
		}
		args := []string{"rehearse", "--at", n.db(i), "--first", fmt.Sprint(i * n.Operators),
			"--operators", fmt.Sprint(n.Operators), "--errors", n.Errors.String(),
			"--missing", n.Missing.String(), "--orders", fmt.Sprint(n.Orders),
			"--seed", fmt.Sprint(n.Seed)}
		n.stations = append(n.stations, &process{program: n.program,
			args: append(args, n.Files...), down: n.away,
			said: func(line string) { n.hear(i, line) }})
	}
	for _, p := range n.stations {
		p.begin(ctx)
	}
	return nil
}

// enrolOne takes a station in, with another code for each attempt.
func (n *network) enrolOne(ctx context.Context, i int) error {
	for tries := 1; ; tries++ {
		said, err := n.ask(ctx, "stations", "add", stationNo(i))
		words := strings.Fields(said)
		if err == nil {
			_, err = n.do(ctx, "enroll", "https://"+n.line.address(), words[len(words)-1],
				"--db", n.db(i))
		}
		if err == nil || tries == enrolTries || ctx.Err() != nil {
			return err
		}
		pause(ctx, n.away())
	}
}

// away is how long somebody is.
func (n *network) away() time.Duration { return n.upTo(downFor) }

func (n *network) upTo(most time.Duration) time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	return time.Duration(n.chance.Int64N(int64(most)))
}

// hear takes what a station says of itself.
func (n *network) hear(i int, line string) {
	var s sitSaid
	if json.Unmarshal([]byte(line), &s) != nil {
		s.Wrong = line
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.Wrong != "" {
		n.wrongs = append(n.wrongs, stationNo(i)+": "+s.Wrong)
		return
	}
	if s != n.told[i] {
		n.told[i], n.moved = s, n.Now()
	}
}

// work lets people work while processes are killed, until nothing is left to do. Then the
// line is mended, and each station is to know all that the others did.
func (n *network) work(ctx context.Context) error {
	began := n.Now()
	n.mu.Lock()
	n.moved = began
	n.mu.Unlock()
	n.kill(ctx)
	n.waitFor(ctx, func() bool {
		for _, s := range n.told {
			if !s.Rests || s.Left > 0 {
				return false
			}
		}
		return true
	})
	n.line.heal()
	n.waitFor(ctx, func() bool {
		for _, s := range n.told {
			if !s.Rests || s.Left > 0 || s.Unsent > 0 || s.Rev != n.told[0].Rev {
				return false
			}
		}
		return n.Now().Sub(n.moved) > quietFor
	})
	n.working = n.Now().Sub(began)
	for _, p := range append(n.stations, n.central) {
		p.end()
		n.wrongs = append(n.wrongs, p.odds()...)
	}
	return nil
}

// kill ends processes as a power cut does, central and a station in turn.
func (n *network) kill(ctx context.Context) {
	for i := 0; i < 2*n.Kills && ctx.Err() == nil; {
		pause(ctx, n.upTo(killEvery))
		victim := n.central
		if i%2 == 0 {
			victim = n.stations[int(n.upTo(time.Duration(len(n.stations))))]
		}
		if victim.kill() {
			i++
		}
	}
}

// waitFor waits until something is so, or nothing moves any more, which is wrong.
func (n *network) waitFor(ctx context.Context, so func() bool) {
	for ; ctx.Err() == nil; pause(ctx, lookEvery) {
		n.mu.Lock()
		is, stuck := so(), n.Now().Sub(n.moved) > stuckFor
		if stuck && !is {
			n.wrongs = append(n.wrongs, fmt.Sprintf("nothing moves: %+v", n.told))
		}
		n.mu.Unlock()
		if is || stuck {
			return
		}
	}
}
