package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/scanner/evdev"
	"scanbay/scanner/hid"
	"scanbay/scanner/replay"
	"scanbay/scanner/serial"
	"scanbay/scanner/wedge"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// devices are the scanners and the scale of a station, beside its keyboard.
type devices struct {
	Serial []string `placeholder:"PATH[,BAUD][,PROTOCOL]" sep:"none" help:"Serial scanner."`
	Evdev  []string `placeholder:"PATH|ID" sep:"none" help:"Scanner that types, by VENDOR:PRODUCT."`
	HID    []string `name:"hid" placeholder:"PATH|ID" sep:"none" help:"Scanner in HID POS mode."`
	Replay string   `placeholder:"FILE" help:"Scan the labels in FILE, one a line."`
	Scale  string   `placeholder:"PATH[,BAUD][,PROTOCOL]" help:"Serial scale, one a station."`
}

// scanners are those as a database keeps them. A file of labels is none.
func (d devices) scanners() (out []store.Plugged) {
	for _, kind := range []struct {
		flag  string
		specs []string
	}{{"serial", d.Serial}, {"evdev", d.Evdev}, {"hid", d.HID}} {
		for _, spec := range kind.specs {
			out = append(out, store.Plugged{Flag: kind.flag, Spec: spec})
		}
	}
	return out
}

// weighing is the flag of a scale, as a database keeps it.
const weighing = "scale"

// plugged is the scanners, and the scale.
func (d devices) plugged() []store.Plugged {
	out := d.scanners()
	if d.Scale != "" {
		out = append(out, store.Plugged{Flag: weighing, Spec: d.Scale})
	}
	return out
}

// plug adds what a database kept: the scanners where none was named, and the scale likewise; but
// nothing of a port that is something else now.
func (d *devices) plug(kept []store.Plugged) {
	now := d.plugged()
	named := len(d.scanners()) > 0
	for _, p := range kept {
		switch {
		case slices.ContainsFunc(now, func(n store.Plugged) bool { return n.Path() == p.Path() }):
		case p.Flag == weighing:
			d.Scale = cmp.Or(d.Scale, p.Spec)
		case named:
		case p.Flag == "serial":
			d.Serial = append(d.Serial, p.Spec)
		case p.Flag == "evdev":
			d.Evdev = append(d.Evdev, p.Spec)
		case p.Flag == "hid":
			d.HID = append(d.HID, p.Spec)
		}
	}
}

// remember adds the devices that a station has when it is told of none. One that is gone is missed
// like one that was pulled out.
func (d *devices) remember(ctx context.Context, c *console, s *store.Store) error {
	for _, text := range d.Serial {
		if _, ok := serialPort(text); !ok {
			return complaint(c.words().NoSerial(text))
		}
	}
	if _, ok := scaleAt(d.Scale); d.Scale != "" && !ok {
		return complaint(c.words().NoScale(d.Scale))
	}
	kept, err := store.Get(ctx, s, (*store.Reader).Plugged)
	if err != nil {
		return err
	}
	d.plug(kept)
	return nil
}

// keep has a database keep other devices than before.
func keep(ctx context.Context, s *store.Store, now []store.Plugged) error {
	before, err := store.Get(ctx, s, (*store.Reader).Plugged)
	if err != nil || slices.Equal(before, now) {
		return err
	}
	return s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error { return tx.KeepPlugged(now...) })
}

// reader is what reads the frames of one scanner.
func (st *station) reader(source, port string) *scanner.Reader {
	return scanner.NewReader(scanner.Config{IDs: st.ids, Source: source, Port: port,
		Prefix: st.prefix, Now: st.Now})
}

// keyboard is the terminal's input, with the scans of a wedge taken out.
func (st *station) keyboard(tty *terminal) (*wedge.Tap, error) {
	return wedge.New(tty.in, st.reader("wedge", ""), st.Now)
}

// listen starts every scanner. Their scans come to the program one by one, each
// through the gate that knows a scanner's echo.
func (st *station) listen(ctx context.Context, keyboard *wedge.Tap) error {
	sources, err := st.sources()
	if err != nil {
		return err
	}
	gate, order := scanner.NewGate(scanner.EchoWindow), new(sync.Mutex)
	emit := func(s scanner.Scan) {
		order.Lock()
		defer order.Unlock()
		st.program.Send(tui.ScanMsg(gate.Pass(s)))
	}
	for _, source := range sources {
		st.start(func() {
			if err := source.Run(ctx, emit); err != nil {
				st.log.Error("scanner", "name", source.Name(), "err", err)
			}
		})
	}
	st.start(func() {
		if err := keyboard.Run(ctx, emit); err != nil && ctx.Err() == nil {
			st.log.Error("keyboard", "err", err)
		}
		st.stop(errHungUp) // without a keyboard nobody is there
	})
	return st.weigh(ctx)
}

// sources is every scanner of the station.
func (st *station) sources() (out []scanner.Source, err error) {
	health := &scannerHealth{send: st.program.Send}
	out, st.tellers, err = st.devices.sources(st.console, st.reader,
		func(name string, err error) {
			st.log.Info("scanner", "name", name, "err", err)
			health.report(name, err)
		})
	return out, err
}

// sources is every scanner, each under a name of its own, and those that are told the answers.
func (d devices) sources(c *console, reader func(source, port string) *scanner.Reader,
	status func(name string, err error)) (out []scanner.Source,
	tellers map[string]scanner.Teller, err error) {
	names := map[string]int{}
	named := func(path string) string {
		name := filepath.Base(path)
		if names[name]++; names[name] > 1 {
			return fmt.Sprint(name, " ", names[name])
		}
		return name
	}
	tellers = map[string]scanner.Teller{}
	for _, text := range d.Serial {
		port, ok := serialPort(text)
		if !ok {
			return nil, nil, complaint(c.words().NoSerial(text))
		}
		port.Name, port.Status = named(port.Path), status
		port.Reader = reader("serial", port.Name)
		source := serial.New(port)
		tellers[port.Name] = source
		out = append(out, source)
	}
	for _, where := range d.Evdev {
		name := named(where)
		out = append(out, evdev.New(scanner.USB{Where: where, Name: name, Status: status,
			Reader: reader("evdev", name)}))
	}
	for _, where := range d.HID {
		name := named(where)
		out = append(out, hid.New(scanner.USB{Where: where, Name: name, Status: status,
			Reader: reader("hid", name)}))
	}
	if d.Replay == "" {
		return out, tellers, nil
	}
	text, err := os.ReadFile(d.Replay)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, &store.Fault{Code: store.Missing, Path: d.Replay, Err: err}
	}
	if err != nil {
		return nil, nil, err
	}
	source, err := replay.New(string(text), reader("replay", ""), nil)
	if err != nil {
		return nil, nil, complaint(d.Replay + ": " + err.Error())
	}
	return append(out, source), tellers, nil
}

// serialPort reads PATH and, in any order, a baud rate and a protocol.
func serialPort(text string) (c serial.Config, ok bool) {
	var protocol serial.Protocol
	c.Path, c.Baud, ok = lineAt(text, func(word string) bool {
		before := protocol
		protocol = serial.Protocol(word)
		return before == "" && serial.IsProtocol(protocol)
	})
	if ok {
		c.Protocol = protocol
	}
	return c, ok
}

// lineAt reads the path of a serial line and, in any order, its baud rate and the words that take
// knows; ok is false where there is anything else, or a thing twice.
func lineAt(text string, take func(word string) bool) (path string, baud int, ok bool) {
	path, text, _ = strings.Cut(text, ",")
	for text != "" {
		var word string
		word, text, _ = strings.Cut(text, ",")
		n, err := strconv.Atoi(word)
		switch {
		case err == nil && n > 0 && baud == 0:
			baud = n
		case !take(word):
			return "", 0, false
		}
	}
	return path, baud, path != ""
}

// tell lets the scanner whose scan is being answered know the answer.
func (st *station) tell(port string, s theme.Sound) {
	teller, ok := st.tellers[port]
	if !ok {
		return
	}
	st.waiting = slices.DeleteFunc(st.waiting, func(t scanner.Teller) bool { return t == teller })
	if s == theme.Right {
		teller.Tell(scanner.Right)
		return
	}
	st.waiting = append(st.waiting, teller)
	teller.Tell(scanner.Wrong)
}

// settled lets the scanners that were told of something wrong know that a key answered it.
func (st *station) settled() {
	for _, teller := range st.waiting {
		teller.Tell(scanner.Settled)
	}
	st.waiting = nil
}

// A scannerHealth knows which scanners are lost, and tells the program.
type scannerHealth struct {
	send func(tea.Msg)
	mu   sync.Mutex
	lost []lostScanner
}

type lostScanner struct {
	name   string
	denied bool // the system does not let us read it
}

func (h *scannerHealth) report(name string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lost = slices.DeleteFunc(h.lost, func(l lostScanner) bool { return l.name == name })
	if err != nil {
		h.lost = append(h.lost, lostScanner{name, errors.Is(err, fs.ErrPermission)})
	}
	for condition, denied := range map[i18n.Condition]bool{
		i18n.ScannerLost: false, i18n.ScannerDenied: true} {
		var names []string
		for _, l := range h.lost {
			if l.denied == denied {
				names = append(names, l.name)
			}
		}
		h.send(tui.HealthMsg{Name: condition, OK: len(names) == 0,
			Detail: strings.Join(names, ", ")})
	}
}
