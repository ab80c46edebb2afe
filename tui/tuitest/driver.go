// Package tuitest drives the App without a terminal, a clock on the wall or a
// goroutine: it follows every command of an input to its end. It needs no
// testing.T, so the scenarios that a customer runs are driven by it too.
package tuitest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/theme"
)

// Driver is an operator made of code.
type Driver struct {
	app    *tui.App
	read   func(raw []byte) scanner.Scan
	clock  *Clock
	w, h   int
	sounds []theme.Sound
	ended  bool
}

// Start opens the App, which tells its time by clock, at w by h cells. read is
// the scanner, as scanner.Reader reads a frame.
func Start(app *tui.App, read func(raw []byte) scanner.Scan, clock *Clock, w, h int) *Driver {
	d := &Driver{app: app, read: read, clock: clock, w: w, h: h}
	play := app.Shell().Sound
	app.Shell().Sound = func(s theme.Sound) {
		d.sounds = append(d.sounds, s)
		play(s)
	}
	d.Resize(w, h)
	d.run(app.Init())
	return d
}

// Scan pulls the trigger on each code, once the one before is answered and input
// has been quiet.
func (d *Driver) Scan(codes ...string) {
	for _, c := range codes {
		d.Burst(c)
	}
}

// Burst pulls the trigger on every code before the first is answered.
func (d *Driver) Burst(codes ...string) {
	var msgs []tea.Msg
	for _, c := range codes {
		msgs = append(msgs, tui.ScanMsg(d.read([]byte(c))))
	}
	d.Send(msgs...)
	d.Wait(tui.Quiet)
}

// Key presses one key: f2, esc, enter, up, or whatever tea.KeyMsg calls it.
func (d *Driver) Key(name string) {
	d.Send(key(name))
	d.Wait(tui.Quiet)
}

// Type types text by hand. A newline is Enter.
func (d *Driver) Type(text string) {
	for _, r := range text {
		if r == '\n' {
			d.Send(tea.KeyMsg{Type: tea.KeyEnter})
		} else {
			d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	d.Wait(tui.Quiet)
}

// Resize gives the terminal another size.
func (d *Driver) Resize(w, h int) {
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Wait lets time pass, and what was to happen meanwhile happen.
func (d *Driver) Wait(t time.Duration) {
	end := d.clock.Now().Add(t)
	for msg, due := d.clock.next(end); due; msg, due = d.clock.next(end) {
		d.Send(msg)
	}
}

// Lines is what the operator sees, without the blanks at the ends of lines. A
// screen that is larger than its terminal is a bug wherever it shows.
func (d *Driver) Lines() []string {
	lines := strings.Split(d.app.View(), "\n")
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > d.w || len(lines) != d.h {
			panic(fmt.Sprintf("tuitest: %d lines, %q of %d cells, on %d x %d cells",
				len(lines), line, w, d.w, d.h))
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// Screen is Lines as one text.
func (d *Driver) Screen() string { return strings.Join(d.Lines(), "\n") + "\n" }

// Sounds is what was heard since it was last asked.
func (d *Driver) Sounds() []theme.Sound {
	heard := d.sounds
	d.sounds = nil
	return heard
}

// Asks is the label that the screen asks for, and one that it would refuse.
func (d *Driver) Asks() (right, wrong string) { return d.app.Asks() }

// Ended says whether the App quit.
func (d *Driver) Ended() bool { return d.ended }

// Send gives the App every message before the first is answered, and follows what
// comes of them until it is idle.
func (d *Driver) Send(msgs ...tea.Msg) {
	var cmds []tea.Cmd
	for _, msg := range msgs {
		_, cmd := d.app.Update(msg)
		cmds = append(cmds, cmd)
	}
	d.run(tea.Batch(cmds...))
}

func (d *Driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		d.ended = true
	case tea.BatchMsg: // last first: Bubble Tea promises no order
		for _, c := range slices.Backward(msg) {
			d.run(c)
		}
	default:
		d.Send(msg)
	}
}

// key is the key that tea.KeyMsg gives this name.
func key(name string) tea.KeyMsg {
	if runes := []rune(name); len(runes) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes}
	}
	const lowest, highest = -128, 127
	for k := tea.KeyType(lowest); k <= highest; k++ {
		if k.String() == name {
			return tea.KeyMsg{Type: k}
		}
	}
	panic("tuitest: no key is called " + name)
}
