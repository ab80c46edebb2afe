//go:build linux

package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/printing"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// A labelPrinter is a printer on the network.
type labelPrinter struct {
	t    testing.TB
	l    net.Listener
	jobs chan []byte
}

func (p *labelPrinter) switchOn(at string) {
	p.t.Helper()
	var err error
	p.l, err = net.Listen("tcp", at)
	must(p.t, err)
	p.t.Cleanup(p.switchOff)
	go func() {
		for {
			conn, err := p.l.Accept()
			if err != nil {
				return
			}
			job, _ := io.ReadAll(conn)
			_ = conn.Close()
			p.jobs <- job
		}
	}()
}

func (p *labelPrinter) switchOff() { _ = p.l.Close() }

// prints waits for a label.
func (p *labelPrinter) prints() []byte {
	p.t.Helper()
	select {
	case job := <-p.jobs:
		if !bytes.HasPrefix(job, []byte("^XA")) || !bytes.HasSuffix(bytes.TrimSpace(job),
			[]byte("^XZ")) {
			p.t.Errorf("no label: %.40q", job)
		}
		return job
	case <-time.After(patience):
		p.t.Fatal("nothing was printed")
		return nil
	}
}

// TestLabelsWaitForTheirPrinter: a supervisor names a printer at the station, and labels come out
// of it. One that is asked for while it is off waits, the station says so, and prints it when it
// is on again, although the station was killed meanwhile.
func TestLabelsWaitForTheirPrinter(t *testing.T) {
	const f4 = "\x1bOS"
	said := i18n.Chinese{} // the supervisor's language
	of := func(kind scanner.Kind, code string) string {
		return scanner.Encode(scanner.DefaultPrefix, kind, code) + "\r"
	}
	print := of(scanner.CommandLabel, i18n.Print.Label())
	p := &labelPrinter{t: t, jobs: make(chan []byte, 9)}
	p.switchOn("127.0.0.1:0")
	at, folder := p.l.Addr().String(), t.TempDir()
	d := sit(t, 80, 24, "--lang=zh", "demo", "--keep", folder)
	d.shows(said.SignInBadge())
	d.signIn("900", "9000")
	d.send(print)
	d.shows(said.PrintUnset())
	d.send(f4)
	d.shows(said.PrinterWhich())
	d.send("6")
	d.shows(said.PrinterAsk(said.PrinterRest()))
	for i := range len("tcp:" + at) {
		d.send(("tcp:" + at)[i : i+1])
		d.shows(("tcp:" + at)[:i+1] + "_")
	}
	d.send("\r")
	d.shows(said.PrinterSet(said.PrinterRest(), "tcp:"+at))
	d.send(of(scanner.ToteLabel, "T-1"))
	d.shows(said.PrintComes("", false))
	p.prints()
	d.shows("T-1 " + said.PrintStates()[store.PrintSent])

	p.switchOff()
	d.send(of(scanner.ToteLabel, "T-2"))
	d.shows("T-2 " + said.PrintStates()[store.PrintWaits])
	d.shows(said.PrintTroubles()[store.PrinterSilent].Problem)
	d.shows(said.Conditions()[i18n.PrinterDown].Short + " -") // the rule has it
	_ = d.cmd.Process.Kill()

	p.switchOn(at)
	d = sit(t, 80, 24, "--lang=zh", "demo", "--keep", folder)
	d.shows(said.SignInBadge())
	p.prints()
	d.signIn("900", "9000")
	d.send(print)
	d.shows("T-2 " + said.PrintStates()[store.PrintSent])
	d.send(of(scanner.ToteLabel, "T-2"))
	d.shows(said.PrintCame("T-2"))
	d.send(of(scanner.ToteLabel, "T-3"))
	p.prints()

	p.switchOff()
	d.send(of(scanner.ToteLabel, "T-4"))
	d.shows(said.Conditions()[i18n.PrinterDown].Short + " -")
	p.switchOn(at)
	p.prints() // nobody has to do anything
	d.until("an end of it", func(screen string) bool {
		return !contains(screen, said.Conditions()[i18n.PrinterDown].Short+" -")
	})
}

// A loud log tells of each line.
type loud struct {
	slog.Handler
	lines chan string
}

func (l loud) Handle(_ context.Context, r slog.Record) error {
	l.lines <- r.Message
	return nil
}

// TestALabelIsPrintedOnceThoughNothingCanBeSaved: the printer has taken a label, and the disk
// does not take that it has. It is not sent again, and once there is room it is known.
func TestALabelIsPrintedOnceThoughNothingCanBeSaved(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	s, _, err := site{DB: filepath.Join(t.TempDir(), "s.db"), Warehouse: "W1", Station: "S1",
		Zone: "UTC"}.open(ctx, time.Now)
	must(t, err)
	p := &labelPrinter{t: t, jobs: make(chan []byte, 9)}
	p.switchOn("127.0.0.1:0")
	must(t, printing.Set(ctx, s, store.Gesture{}, store.Printer{Address: "tcp:" +
		p.l.Addr().String()}))
	_, err = printing.Ask(ctx, s, store.Gesture{}, store.PrintJob{Paper: store.TotePaper,
		Ref: "T-1", Copies: 1})
	must(t, err)
	must(t, s.Alter(ctx, `CREATE TRIGGER full BEFORE UPDATE ON print_job
		BEGIN SELECT RAISE(FAIL, 'no room'); END`))

	log := loud{slog.NewTextHandler(io.Discard, nil), make(chan string, 99)}
	kept := make(chan bool, 9)
	q := newPrintQueue(s, i18n.English{}, scanner.DefaultPrefix, slog.New(log), func(msg tea.Msg) {
		if _, is := msg.(tui.NewsMsg); is {
			kept <- true
		}
	})
	var running sync.WaitGroup
	running.Go(func() { q.run(ctx, running.Go) })
	p.prints()
	for range 2 { // the queue has gone round several times meanwhile
		<-log.lines
	}
	must(t, s.Alter(ctx, `DROP TRIGGER full`))
	<-kept
	stop()
	running.Wait()
	sent, err := store.Get(t.Context(), s, func(r *store.Reader) ([]store.PrintJob, error) {
		return r.PrintJobsIn(store.PrintSent, 9)
	})
	must(t, err)
	if len(p.jobs) > 0 || len(sent) != 1 {
		t.Errorf("printed %d times, %d jobs are known to be sent", 1+len(p.jobs), len(sent))
	}
	must(t, s.Close())
}
