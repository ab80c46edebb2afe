package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/report"
)

type rehearseCmd struct {
	Files     []string `arg:"" name:"file" help:"Orders: CSV or CSV.gz, as import takes them."`
	Stock     string   `placeholder:"FILE" help:"Stock to open with, as import takes it."`
	Share     percent  `default:"98%" help:"Without --stock: so much of the demand (${default})."`
	Operators int      `default:"1" help:"How many people work, each at a terminal (${default})."`
	Pty       int      `placeholder:"N" help:"N of them at a real terminal and a serial line."`
	Errors    percent  `default:"0%" help:"How often they scan something wrong (${default})."`
	Missing   percent  `default:"0.5%" help:"How often a bin holds too little (${default})."`
	Orders    int      `placeholder:"N" help:"The first N orders alone."`
	Returns   bool     `xor:"acts" help:"Then what the files cancel comes back."`
	Counts    bool     `xor:"counts" help:"Last, what the files adjust vanishes, and is counted."`
	Seed      uint64   `default:"1" help:"Of what is left to chance (${default})."`
	Keep      string   `placeholder:"FOLDER" help:"Keep the database there."`
	Journal   string   `placeholder:"FILE" help:"Append the id of each answered scan to FILE."`
	JSON      bool     `help:"Say the figures as one JSON object."`
	withCentral
	sitting
}

// rehearsalFile is what a rehearsal's database is called.
const rehearsalFile = "rehearsal.db"

// wrongsShown is how much is said of what is not right: the first tells most.
const wrongsShown = 50

// A percent is a share, written 2% or 0.02.
type percent float64

// UnmarshalText reads a share.
func (p *percent) UnmarshalText(text []byte) error {
	digits, hundred := strings.CutSuffix(string(text), "%")
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || x < 0 {
		return fmt.Errorf("%q is no share: write 2%% or 0.02", text)
	}
	if hundred {
		x /= 100
	}
	*p = percent(x)
	return nil
}

// String is the share in per cent.
func (p percent) String() string {
	return strconv.FormatFloat(float64(p)*100, 'g', 6, 64) + "%"
}

// Help says what happens, for scanbay rehearse --help.
func (rehearseCmd) Help() string {
	return "A warehouse is laid out for the orders of the files, opened with stock that is " +
		"nearly\nenough, and emptied by people at terminals: they pick, pack and hand over, and " +
		"some of\nwhat they scan is wrong. Then everything is checked: the log, the tables, the " +
		"ledger,\nand what lies on the floor. It ends with 1 when something is not right.\n" +
		"With --returns, what the files cancel comes back before that: it is received,\n" +
		"inspected and put away. With --counts, what the files adjust (damaged, wet, thrown\n" +
		"away) vanishes last: the bins are counted, by another person again where that\n" +
		"differs, and a supervisor who did not count puts the book right."
}

// A rehearsal is a warehouse with orders, and people who work in it.
type rehearsal struct {
	rehearseCmd
	*console
	store   *store.Store
	key     access.Key
	ids     *scanner.IDs
	journal *journal // nil for none
	timed   io.Writer
	demand  *demand
	floor   *floor
	persons []*person
	working time.Duration

	vanished store.Qty
	causes   map[string]string // of what vanished, by bin
	right    report.AccuracyRow
}

// Run rehearses, and says what it came to.
func (cmd rehearseCmd) Run(ctx context.Context, c *console) (err error) {
	began := c.Now()
	r := &rehearsal{rehearseCmd: cmd, console: c, ids: scanner.NewIDs(newBoot())}
	switch {
	case cmd.At != "":
		return r.sit(ctx)
	case cmd.Central:
		return rehearseCentral(ctx, r)
	}
	if r.Operators < 1 || r.Pty > r.Operators {
		return complaint(c.words().NoSeats(r.Operators, r.Pty))
	}
	if err := r.read(); err != nil {
		return err
	}
	closing, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closing()) }()
	if err := r.layOut(ctx, r.key); err != nil {
		return r.puts(err)
	}
	if !r.JSON {
		for _, line := range c.words().Rehearses(r) {
			fmt.Fprintln(c.Out, line)
		}
	}
	if err := r.work(ctx); err != nil {
		return err
	}
	if r.Returns {
		if err := r.returnsAct(ctx); err != nil {
			return err
		}
	}
	if r.Counts {
		if err := r.countsAct(ctx); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return complaint(c.words().RehearsalStopped())
	}
	t, err := countLog(ctx, r.store)
	if err != nil {
		return err
	}
	wrongs, err := r.check(ctx, t)
	if err != nil {
		return err
	}
	if err := r.finish(ctx, t, len(wrongs), began); err != nil {
		return err
	}
	return r.say(t.figures, wrongs)
}

// read reads what is asked for.
func (r *rehearsal) read() (err error) {
	if r.demand, err = readDemand(r.Files, r.Orders); err != nil {
		return r.puts(err)
	}
	if r.Counts {
		r.demand.spares()
	}
	if len(r.demand.orders) == 0 {
		return complaint(r.words().NothingToRehearse())
	}
	return nil
}

// puts puts in words that a file cannot be read.
func (r *rehearsal) puts(err error) error {
	var name errNoTable
	if errors.As(err, &name) {
		return complaint(r.words().NoTable(string(name)))
	}
	return err
}

// open makes the database, in a folder of its own or where it is to be kept.
func (r *rehearsal) open(ctx context.Context) (closing func() error, err error) {
	folder := r.Keep
	remove := func() error { return nil }
	if folder == "" {
		if folder, err = os.MkdirTemp("", "scanbay-rehearse-"); err != nil {
			return nil, err
		}
		remove = func() error { return os.RemoveAll(folder) }
	} else if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, &store.Fault{Code: store.ReadOnly, Path: folder, Err: err}
	}
	path := filepath.Join(folder, rehearsalFile)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, &store.Fault{Code: store.Exists, Path: path, Err: fs.ErrExist}
	}
	at := site{DB: path, Warehouse: "REHEARSAL", Station: "S1", Zone: "Asia/Shanghai"}
	if r.store, r.key, err = at.open(ctx, r.Now); err != nil {
		return nil, errors.Join(err, remove())
	}
	if r.Journal != "" {
		if r.journal, err = openJournal(r.Journal, r.store); err != nil {
			return nil, errors.Join(err, r.store.Close(), remove())
		}
	}
	return func() error {
		if r.journal != nil {
			r.journal.close()
		}
		return errors.Join(r.store.Close(), remove())
	}, nil
}

// work lets the supervisor decide on what is held, and then the operators work.
func (r *rehearsal) work(ctx context.Context) error {
	began := r.Now()
	defer func() { r.working = r.Now().Sub(began) }()
	r.decide(ctx)
	var people []*person
	for i := range r.Operators {
		at := seat(nil)
		if i < r.Pty {
			var err error
			if at, err = r.workplace(ctx, languageOf(i)); err != nil {
				return err
			}
		} else {
			at = r.handheld(operatorNo(i), languageOf(i))
		}
		people = append(people, r.person(operatorNo(i), i, at))
	}
	stop := r.progress()
	var all sync.WaitGroup
	for _, p := range people {
		all.Go(func() { p.work(ctx) })
	}
	all.Wait()
	stop()
	var err error
	for _, p := range people {
		err = errors.Join(err, p.leave())
	}
	return err
}

// decide lets the supervisor decide on what is held.
func (r *rehearsal) decide(ctx context.Context) {
	boss := r.person(supervisorIs, 0, r.handheld(supervisorIs, languageOf(0)))
	boss.rates = rates{}
	boss.work(ctx)
}

func (r *rehearsal) person(number string, i int, at seat) *person {
	p := &person{seat: at, number: number, text: languageOf(i), phrases: phrasesOf(languageOf(i)),
		floor: r.floor, chance: rand.New(rand.NewPCG(r.Seed, uint64(i))),
		rates: rates{float64(r.Errors), float64(r.Missing)}}
	_, p.steady = at.(*handheld)
	r.persons = append(r.persons, p)
	return p
}

// finish fills in the figures that are not in the log.
func (r *rehearsal) finish(ctx context.Context, t *tally, wrongs int, began time.Time) error {
	found, err := store.Get(ctx, r.store, (*store.Reader).Discrepancies)
	t.Discrepancies, t.Violations = len(found), wrongs
	var handhelds, terminals []time.Duration
	for i, p := range r.persons {
		t.Mistakes += p.mistakes
		if i > 0 && i <= r.Pty { // the first is the supervisor
			terminals = append(terminals, p.took()...)
		} else {
			handhelds = append(handhelds, p.took()...)
		}
	}
	t.counted(r)
	t.P50, t.P99 = quantile(handhelds, 500), quantile(handhelds, 990)
	t.TerminalP50 = quantile(terminals, 500)
	t.Skipped = r.demand.skipped
	t.NoCustomer = len(r.demand.orders) - len(r.demand.customers)
	t.WorkSeconds = r.working.Seconds()
	t.Seconds = r.Now().Sub(began).Seconds()
	return err
}

// say prints the figures, and what is not right.
func (r *rehearsal) say(f figures, wrongs []string) error {
	out := r.console.Out
	if r.JSON {
		enc := json.NewEncoder(out)
		if err := enc.Encode(f); err != nil {
			return err
		}
		out = r.console.Err
	} else {
		for _, row := range slices.Concat(r.words().Rehearsed(f),
			r.words().RehearsedBack(f.backFigures), r.words().RehearsedCounts(f.countFigures)) {
			fmt.Fprintf(out, "%12s  %s\n", row[1], row[0])
		}
	}
	for _, w := range wrongs[:min(len(wrongs), wrongsShown)] {
		fmt.Fprintln(out, w)
	}
	if r.Keep != "" && !r.JSON {
		fmt.Fprintln(out, filepath.Join(r.Keep, rehearsalFile))
	}
	if len(wrongs) > 0 {
		return complaint(r.words().NotRehearsed(len(wrongs)))
	}
	return nil
}
