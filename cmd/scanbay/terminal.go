package main

import (
	"context"
	"os"
	"strconv"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"

	"scanbay/tui/theme"
)

// A terminal is the keyboard and the screen in raw mode. Bubble Tea and the bell
// write to it in turn. It is a file to Bubble Tea, which then follows its size.
type terminal struct {
	in, out *os.File
	before  *term.State
	writing sync.Mutex
}

func openTerminal(in, out *os.File) (*terminal, error) {
	if !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return nil, errNoTerminal
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, err
	}
	return &terminal{in: in, out: out, before: before}, nil
}

// restore gives the terminal back as it was.
func (t *terminal) restore() error { return term.Restore(int(t.in.Fd()), t.before) }

func (t *terminal) Write(p []byte) (int, error) {
	t.writing.Lock()
	defer t.writing.Unlock()
	return t.out.Write(p)
}

func (t *terminal) Read(p []byte) (int, error) { return t.in.Read(p) }

func (t *terminal) Fd() uintptr { return t.out.Fd() }

// size is what the terminal says of itself; zero where it says nothing.
func (t *terminal) size() (size tea.WindowSizeMsg) {
	size.Width, size.Height, _ = term.GetSize(int(t.Fd()))
	return size
}

// Close does nothing: the terminal is the shell's.
func (t *terminal) Close() error { return nil }

const (
	// soundsMax is how many sounds may wait: a jammed trigger must not ring on.
	soundsMax = 4
	// betweenSounds is what tells the bells of one sound from those of the next.
	betweenSounds = 150 * time.Millisecond
)

// ring plays sounds with the only bell that a terminal has, until ctx ends.
func (t *terminal) ring(ctx context.Context, sounds <-chan theme.Sound) {
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-sounds:
			began := time.Now()
			for _, at := range s.Bells() {
				pause(ctx, time.Until(began.Add(at)))
				_, _ = t.Write([]byte("\a"))
			}
			pause(ctx, betweenSounds)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// A filter sees each message before the App does, on the App's goroutine. What it
// returns takes the message's place.
type filter func(tea.Model, tea.Msg) tea.Msg

// chain is one filter after the other.
func chain(filters ...filter) filter {
	return func(m tea.Model, msg tea.Msg) tea.Msg {
		for _, f := range filters {
			if msg != nil {
				msg = f(m, msg)
			}
		}
		return msg
	}
}

// sized gives a terminal that does not know its size, as on a serial line, the one
// of its environment, or else the one that most have.
func sized(_ tea.Model, msg tea.Msg) tea.Msg {
	size, ok := msg.(tea.WindowSizeMsg)
	if !ok || size.Width > 0 && size.Height > 0 {
		return msg
	}
	size = tea.WindowSizeMsg{Width: 80, Height: 24}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		size.Width = n
	}
	if n, err := strconv.Atoi(os.Getenv("LINES")); err == nil && n > 0 {
		size.Height = n
	}
	return size
}
