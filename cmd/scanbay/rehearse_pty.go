//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

const (
	workplaceWidth, workplaceHeight = 80, 24

	// noAnswer is how long a person waits for one, before giving up.
	noAnswer = 20 * time.Second
	// handsNeed is how long it takes to scan another piece.
	handsNeed = scanner.EchoWindow + 30*time.Millisecond
)

// A workplace is a seat at a station: a terminal, and a scanner on a serial line.
type workplace struct {
	station *station
	tty     *os.File
	gun     *os.File
	ended   chan error
	begun   chan struct{} // closed with the program's first message
	once    sync.Once
	files   []io.Closer
	pulled  time.Time // the trigger, when its answer is still to be seen
	shot    time.Time // the last label
	last    string
	times   []time.Duration

	mu      sync.Mutex
	glass   glass
	inputs  int           // scans and keys that came to the App
	stirred chan struct{} // closed when something happens next
}

// workplace starts a station on a pseudo-terminal, with a scanner on another.
func (r *rehearsal) workplace(ctx context.Context, text i18n.Text) (seat, error) {
	w := &workplace{ended: make(chan error, 1), begun: make(chan struct{}),
		glass: newGlass(workplaceWidth, workplaceHeight), stirred: make(chan struct{})}
	screen, err := w.plug(&w.tty)
	if err != nil {
		return nil, err
	}
	port, err := w.plug(&w.gun)
	if err != nil {
		return nil, err
	}
	size := &pty.Winsize{Rows: workplaceHeight, Cols: workplaceWidth}
	if err := pty.Setsize(screen, size); err != nil {
		return nil, err
	}
	at := *r.console
	at.Text = text
	w.station = &station{console: &at, store: r.store, key: r.key,
		devices: devices{Serial: []string{port.Name()}}, log: slog.New(slog.DiscardHandler)}
	w.station.filters = []filter{w.filter}
	if r.journal != nil {
		w.station.filters = append(w.station.filters, r.journal.watch().filter)
	}
	ctx, w.station.stop = context.WithCancelCause(ctx)
	if err := w.station.settle(ctx); err != nil {
		return nil, err
	}
	terminal, err := openTerminal(screen, screen)
	if err != nil {
		return nil, err
	}
	go w.watch()
	go func() { w.ended <- w.station.work(ctx, terminal) }()
	select {
	case <-w.begun:
		return w, nil
	case err := <-w.ended:
		return nil, errors.Join(err, errHungUp)
	}
}

// plug makes a line, and returns the program's end of it.
func (w *workplace) plug(end **os.File) (other *os.File, err error) {
	if *end, other, err = pty.Open(); err == nil {
		w.files = append(w.files, *end, other)
	}
	return other, err
}

// A question about the App, for its goroutine.
type askMsg chan state

// A state is what the App says of itself.
type state struct {
	asks string // the label that its screen asks for
	view string
	busy bool
}

// filter counts what arrives, and answers what the person wants to know.
func (w *workplace) filter(m tea.Model, msg tea.Msg) tea.Msg {
	w.once.Do(func() { close(w.begun) })
	app, ok := m.(*tui.App)
	if ask, asked := msg.(askMsg); asked && ok {
		asks, _ := app.Asks()
		ask <- state{asks, app.View(), app.Busy()}
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch msg.(type) {
	case tui.ScanMsg, tea.KeyMsg:
		w.inputs++
	}
	w.stirs()
	return msg
}

// stirs tells the person that something happened. The lock is held.
func (w *workplace) stirs() {
	close(w.stirred)
	w.stirred = make(chan struct{})
}

// watch draws what the terminal is sent.
func (w *workplace) watch() {
	buf := make([]byte, 1<<16)
	for {
		n, err := w.tty.Read(buf)
		w.mu.Lock()
		w.glass.write(buf[:n])
		w.stirs()
		w.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// until waits for something to be so. Nothing is so for ever: the person says what
// was waited for.
func (w *workplace) until(what string, so func() bool) {
	late := time.After(noAnswer)
	for {
		w.mu.Lock()
		stirred := w.stirred
		w.mu.Unlock()
		if so() {
			return
		}
		select {
		case <-stirred:
		case <-late:
			panic("waited for " + what)
		}
	}
}

// send writes bytes to a line, which are so many inputs to the App.
func (w *workplace) send(to io.Writer, text string, inputs int) {
	w.mu.Lock()
	all := w.inputs + inputs
	w.mu.Unlock()
	if _, err := io.WriteString(to, text); err != nil {
		panic(err) // the person says so
	}
	w.until("the terminal to take "+text, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.inputs >= all
	})
}

func (w *workplace) scan(labels ...string) {
	if labels[0] == w.last { // no hand is as fast as an echo
		time.Sleep(time.Until(w.shot.Add(handsNeed)))
	}
	w.pulled, w.last = time.Now(), labels[0]
	defer func() { w.shot = time.Now() }()
	for _, label := range labels {
		w.send(w.gun, label+"\r", 1)
	}
}

// The keys as a terminal sends them.
const (
	functionKeys = "\x1bOP \x1bOQ \x1bOR \x1bOS \x1b[15~ \x1b[17~ \x1b[18~ \x1b[19~ \x1b[20~ " +
		"\x1b[21~ \x1b[23~ \x1b[24~"
	keyNames = "f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12"
)

func (w *workplace) press(key string) {
	bytes := map[string]string{"enter": "\r", "esc": "\x1b", "up": "\x1b[A",
		"down": "\x1b[B"}[key]
	codes := strings.Fields(functionKeys)
	for i, name := range strings.Fields(keyNames) {
		if name == key {
			bytes = codes[i]
		}
	}
	if bytes == "" {
		bytes = key // a digit
	}
	w.send(w.tty, bytes, 1)
}

// enter types slower than any scanner does.
func (w *workplace) enter(text string) {
	for i := range text {
		w.send(w.tty, text[i:i+1], 1)
	}
	w.press("enter")
}

// look waits until all is answered, and the terminal shows what the App does.
func (w *workplace) look() (screen, asks string) {
	var is state
	w.until("an answer", func() bool {
		is = w.ask()
		return !is.busy
	})
	wanted := trimmed(ansi.Strip(is.view))
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("%v; it shows\n%s\n", r, screen))
		}
	}()
	w.until("the terminal to show\n"+wanted, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		screen = w.glass.text()
		return trimmed(screen) == wanted
	})
	if !w.pulled.IsZero() {
		w.times, w.pulled = append(w.times, time.Since(w.pulled)), time.Time{}
	}
	return screen, is.asks
}

// trimmed is a screen without the blanks at the ends of its lines.
func trimmed(screen string) string {
	lines := strings.Split(screen, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func (w *workplace) ask() state {
	ask := make(askMsg, 1)
	w.station.program.Send(ask)
	select {
	case is := <-ask:
		return is
	case err := <-w.ended:
		w.ended <- err
		panic(errors.Join(errHungUp, err))
	}
}

func (w *workplace) took() []time.Duration { return w.times }

func (w *workplace) leave() error {
	w.station.stop(nil)
	err := <-w.ended
	w.station.running.Wait()
	for _, f := range w.files {
		err = errors.Join(err, f.Close())
	}
	return err
}
