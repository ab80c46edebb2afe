//go:build linux

package main

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
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
	d.shows(said.PrintComes("", true))
	p.prints()
}
