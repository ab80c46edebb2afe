// Package tui is the terminal that an operator works at.
//
// App is the only Bubble Tea model. It routes what arrives to the screen in
// front and keeps scans in order; screens decide, components draw. What the
// screens share is the Shell; what they cannot be trusted with alone, each
// having to remember it, is done here: a question is not answered by a scan in
// the air, nothing is swallowed in silence, what must be seen is seen.
package tui

import (
	"errors"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// ScanMsg brings a scan from the scanner's goroutine into the update loop.
type ScanMsg scanner.Scan

// heldMax bounds how many scans and keys can wait for an operation. A person
// cannot get this far ahead; a jammed trigger can.
const heldMax = 32

// App is the program.
type App struct {
	sh   *Shell
	w, h int
	held []tea.Msg // waiting for the operation that runs
	lost []string  // inputs that nobody will answer: the banner counts them
	news bool      // what the screen shows may be out of date
	last time.Time // of the last input
}

// New returns the program with its first screen. What sh leaves out that only
// says something to somebody, or asks somebody, is silent.
func New(sh *Shell, first Screen) *App {
	if sh.Log == nil {
		sh.Log = slog.New(slog.DiscardHandler)
	}
	if sh.Sound == nil {
		sh.Sound = func(theme.Sound) {}
	}
	if sh.Settle == nil {
		sh.Settle = func() {}
	}
	if sh.Unsent == nil {
		sh.Unsent = func() (int, bool) { return 0, true }
	}
	if sh.Keyed == nil {
		sh.Keyed = func(typed string) scanner.Scan {
			return scanner.Scan{Source: "keyed", Raw: []byte(typed),
				Label: scanner.Label{Text: typed}}
		}
	}
	sh.stack = []Screen{first}
	sh.ill = map[i18n.Condition]trouble{}
	return &App{sh: sh, w: 80, h: 24, last: sh.Clock.Now()}
}

// Shell is what the screens of the App share.
func (a *App) Shell() *Shell { return a.sh }

// Asks is the label that the screen in front asks for, and one that it would
// refuse; both empty where it asks for none.
func (a *App) Asks() (right, wrong string) {
	if s, ok := a.sh.front().(Asker); ok {
		return s.Asks()
	}
	return "", ""
}

// Busy says whether an answer is still to come: an operation runs, or a question
// waits until input has been quiet.
func (a *App) Busy() bool {
	opens := a.sh.question != nil && !a.sh.open && !a.sh.said.must
	return a.sh.busy || len(a.held) > 0 || opens
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.sh.front().Open()}
	if a.sh.IdleAfter > 0 {
		cmds = append(cmds, a.sh.Clock.After(a.sh.IdleAfter, idleMsg{}))
	}
	return tea.Batch(cmds...)
}

// Update implements tea.Model. Ctrl+C is a key like any other: it is also the
// ETX of a scanner, and must not end the day.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case HealthMsg:
		return a, a.health(msg)
	case WeightMsg:
		a.sh.scale.says(scanner.Weight(msg))
	case NewsMsg:
		a.news = true
		return a, a.reread()
	case quietMsg:
		return a, a.quieted(msg)
	case idleMsg:
		return a, a.idle()
	case doneMsg:
		return a, a.done(msg)
	case ScanMsg, tea.KeyMsg:
		return a, a.arrive(msg)
	}
	return a, nil
}

// arrive answers an input, or holds it while an operation runs. It may have been the end
// of what the news waited for.
func (a *App) arrive(msg tea.Msg) tea.Cmd {
	a.last = a.sh.Clock.Now()
	hush := a.sh.hush()
	switch {
	case !a.sh.busy:
		a.lost = nil
		return tea.Batch(hush, a.input(msg), a.reread())
	case len(a.held) < heldMax:
		a.held = append(a.held, msg)
	default:
		a.drop(msg)
	}
	return hush
}

func (a *App) input(msg tea.Msg) tea.Cmd {
	a.sh.scans.inHand = false
	if s, ok := msg.(ScanMsg); ok {
		return a.scan(scanner.Scan(s))
	}
	return a.key(msg.(tea.KeyMsg))
}

// done lets the screen take the outcome, then runs the operation that waits, or
// answers what was held.
func (a *App) done(msg doneMsg) tea.Cmd {
	a.sh.busy = false
	var cmds []tea.Cmd
	switch {
	case msg.err == nil:
		cmds = append(cmds, msg.then())
	case msg.unasked: // what is held does not depend on it
		a.sh.Log.Error("news", "err", msg.err)
		defer func() { a.news = true }() // read after the next input, not at once again
	default:
		cmds = append(cmds, a.failed(msg.err))
	}
	for !a.sh.busy {
		switch {
		case len(a.sh.waiting) > 0:
			cmds = append(cmds, a.sh.waiting[0])
			a.sh.waiting, a.sh.busy = a.sh.waiting[1:], true
		case len(a.held) > 0:
			next := a.held[0]
			a.held = a.held[1:]
			cmds = append(cmds, a.input(next))
		default:
			return tea.Batch(append(cmds, a.reread())...)
		}
	}
	return tea.Batch(cmds...)
}

// failed says why, and hands a refusal to the screen. What was held behind it
// took it for a success: it is dropped, keys too.
func (a *App) failed(err error) tea.Cmd {
	a.sh.Warn(err)
	if errors.Is(err, store.ErrAnswered) {
		return nil // it had its answer: what is held behind it is right
	}
	a.drop(a.held...)
	a.held = nil
	r, refused := store.RefusalOf(err)
	if s, ok := a.sh.front().(Refused); ok && refused {
		return s.Refused(r)
	}
	return nil
}

// drop counts inputs that nobody will answer. The oldest is the one to go on from.
func (a *App) drop(msgs ...tea.Msg) {
	for _, msg := range msgs {
		a.lost = append(a.lost, a.label(msg))
		if s, ok := msg.(ScanMsg); ok {
			a.sh.scans.add(scanner.Scan(s), a.last, a.sh.masked(), dropped)
			a.sh.scans.inHand = false
		}
	}
	if len(msgs) > 0 {
		a.sh.Sound(theme.Attention)
	}
}

// NewsMsg says that the record which this station shares moved on: by what central told
// it or, at a station that is alone, by whatever was recorded; or that something was printed.
type NewsMsg struct{}

// reread has the screen in front show what is new, unless a person is in the middle of
// something: then it waits for the end of that.
func (a *App) reread() tea.Cmd {
	sh := a.sh
	if !a.news || sh.busy || sh.masked() ||
		sh.question != nil || sh.entry != nil || sh.sheet != nil {
		return nil
	}
	a.news = false
	if s, ok := sh.front().(Newsed); ok {
		return unasked(s.News())
	}
	return nil
}

// unasked is an operation that no person waits for, so nobody hears of it where it fails.
func unasked(op tea.Cmd) tea.Cmd {
	if op == nil {
		return nil
	}
	return func() tea.Msg {
		msg := op()
		if done, ok := msg.(doneMsg); ok {
			done.unasked = true
			return done
		}
		return msg
	}
}

// idleMsg asks whether anybody is still there.
type idleMsg struct{}

// idle ends the work of a person who went away, once.
func (a *App) idle() tea.Cmd {
	left := a.sh.IdleAfter - a.sh.Clock.Now().Sub(a.last)
	switch {
	case left > 0:
		return a.sh.Clock.After(left, idleMsg{})
	case a.sh.busy:
		return a.sh.Clock.After(operationTimeout, idleMsg{})
	}
	a.last = a.sh.Clock.Now()
	again := a.sh.Clock.After(a.sh.IdleAfter, idleMsg{})
	if a.sh.OnIdle == nil {
		return again
	}
	return tea.Batch(again, a.sh.OnIdle())
}
