package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/scanner/replay"
	"scanbay/scanner/serial"
	"scanbay/scanner/wedge"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// devices are the scanners of a station, beside its keyboard.
type devices struct {
	Serial []string `placeholder:"PATH[,BAUD]" sep:"none" help:"Scanner on a serial port."`
	Replay string   `placeholder:"FILE" help:"Scan the labels in FILE, one a line."`
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
	return nil
}

func (st *station) sources() ([]scanner.Source, error) {
	var out []scanner.Source
	health := &scannerHealth{send: st.program.Send}
	for _, text := range st.Serial {
		path, baud, ok := serialPort(text)
		if !ok {
			return nil, complaint(st.words().NoSerial(text))
		}
		out = append(out, serial.New(serial.Config{Path: path, Baud: baud,
			Reader: st.reader("serial", filepath.Base(path)),
			Status: func(name string, err error) {
				st.log.Info("scanner", "name", name, "err", err)
				health.report(name, err)
			}}))
	}
	if st.Replay == "" {
		return out, nil
	}
	text, err := os.ReadFile(st.Replay)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &store.Fault{Code: store.Missing, Path: st.Replay, Err: err}
	}
	if err != nil {
		return nil, err
	}
	source, err := replay.New(string(text), st.reader("replay", ""), nil)
	if err != nil {
		return nil, complaint(st.Replay + ": " + err.Error())
	}
	return append(out, source), nil
}

// serialPort reads PATH or PATH,BAUD.
func serialPort(text string) (path string, baud int, ok bool) {
	path, rate, given := strings.Cut(text, ",")
	if given {
		n, err := strconv.Atoi(rate)
		if err != nil || n <= 0 {
			return "", 0, false
		}
		baud = n
	}
	return path, baud, path != ""
}

// A scannerHealth knows which scanners are lost, and tells the program.
type scannerHealth struct {
	send func(tea.Msg)
	mu   sync.Mutex
	lost []string
}

func (h *scannerHealth) report(name string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	name = filepath.Base(name)
	h.lost = slices.DeleteFunc(h.lost, func(s string) bool { return s == name })
	if err != nil {
		h.lost = append(h.lost, name)
	}
	h.send(tui.HealthMsg{Name: i18n.ScannerLost, OK: len(h.lost) == 0,
		Detail: strings.Join(h.lost, ", ")})
}
