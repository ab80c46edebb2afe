package tui

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// operationTimeout bounds how long an operator can be kept waiting.
const operationTimeout = 5 * time.Second

// Shell is what every screen shares. There is one, held by pointer; it is used
// from the update loop only.
type Shell struct {
	Store     *store.Store
	Operator  store.Operator // who is signed in
	Text      i18n.Text
	Languages []i18n.Text // that F8 goes through
	Theme     theme.Theme
	Clock     Clock
	Hint      []string // more lines for the sign-in screen, such as a demo's badges

	// New fills in what is nil of these.
	Log    *slog.Logger
	Sound  func(theme.Sound)
	Settle func() // a person answered what was asked, or saw what must be seen
	Keyed  func(typed string) scanner.Scan
	Unsent func() (n int, alone bool) // events that central does not have yet

	IdleAfter time.Duration // 0 for never
	OnIdle    func() tea.Cmd
	LookUp    func() tea.Cmd // what is this? nil for a station that cannot say
	Doctor    func() tea.Cmd // of scanners; nil for a station that has none
	Print     func() tea.Cmd // what is to be printed; nil for a station that cannot

	// IsPrinter says whether text is an address of a printer; nil for a station that cannot print.
	IsPrinter func(text string) bool

	// Vouch has a second person of a role answer by PIN for what the operator does; nil
	// where nobody can.
	Vouch func(context.Context, store.Gesture, store.OperatorID, store.Role, string) (
		store.Operator, error)

	// Export writes rows into a new file that a spreadsheet reads, named after what it is of,
	// and says where it is; nil where there is no room for files.
	Export func(name string, rows [][]string) (path string, err error)

	stack   []Screen // the last is in front
	busy    bool
	waiting []tea.Cmd // operations asked for while one runs

	said     notice
	aside    error     // what the frame refused since a question or a must-see stands
	question *Question // nil for none
	open     bool      // the question is on the screen, and can be answered
	quiet    int       // counts inputs: a timer of an older count is void
	sheet    *sheet    // nil for none
	entry    *Entry    // nil for none
	typed    string
	scans    history
	ill      map[i18n.Condition]trouble
	scale    scale
	barcode  bool // a command barcode is being obeyed
}

// Push puts a screen in front.
func (sh *Shell) Push(s Screen) tea.Cmd {
	return sh.show(append(sh.stack, s))
}

// Pop goes back to the screen below, which is opened again. The first screen
// stays.
func (sh *Shell) Pop() tea.Cmd {
	return sh.show(sh.stack[:max(1, len(sh.stack)-1)])
}

// Replace puts a screen in the place of the one in front.
func (sh *Shell) Replace(s Screen) tea.Cmd {
	return sh.show(append(sh.stack[:len(sh.stack)-1], s))
}

// Reset leaves every screen for s, and what was last said with them, unless it
// must be seen.
func (sh *Shell) Reset(s Screen) tea.Cmd {
	if !sh.said.must {
		sh.said = notice{}
	}
	return sh.show([]Screen{s})
}

// show brings a stack to the front. What was asked or typed was the screen's
// before.
func (sh *Shell) show(stack []Screen) tea.Cmd {
	sh.settle()
	sh.stack = slices.Clip(stack)
	sh.question, sh.sheet, sh.entry, sh.typed, sh.aside = nil, nil, nil, "", nil
	return sh.front().Open()
}

func (sh *Shell) front() Screen { return sh.stack[len(sh.stack)-1] }

// Quit ends the program. Only a key can mean it: no barcode ends the day.
func (sh *Shell) Quit() tea.Cmd {
	if sh.barcode {
		return nil
	}
	return tea.Quit
}

func (sh *Shell) masked() bool {
	s, ok := sh.front().(Masked)
	return ok && s.Masked()
}

// By is who made a scan, and how, for the operation that answers it. A key is
// the zero scan. What a PIN was typed as goes into no record.
func (sh *Shell) By(s scanner.Scan) store.Gesture {
	if sh.masked() {
		s.Raw, s.Label = nil, scanner.Label{}
	}
	l := s.Label
	expires, _ := strconv.Atoi(l.Expires) // 0 for none; scanner checked the digits
	return store.Gesture{
		Operator: sh.Operator.ID, Scan: store.ScanID(s.ID), Raw: s.Raw, Source: s.Source,
		Mark: store.Mark{
			Text: l.Text, Kind: store.Kind(l.Kind), Code: l.Code,
			GTIN: store.GTIN(l.GTIN), SSCC: l.SSCC,
			Lot: store.Lot(l.Lot), Serial: store.Serial(l.Serial), Expires: store.Date(expires),
			Count: store.Qty(l.Count), Flaw: string(s.Bad),
		},
	}
}

// doneMsg carries an operation's outcome back to the update loop.
type doneMsg struct {
	then    func() tea.Cmd
	err     error
	unasked bool // by a person
}

// Do runs op off the update loop and then on it, once op has gone well. Until it
// is done the App holds back scans and keys, so each is answered in the order it
// was made; a second operation waits for the first. then may be nil.
func Do[T any](sh *Shell, op func(context.Context) (T, error), then func(T) tea.Cmd) tea.Cmd {
	run := func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), operationTimeout)
		defer cancel()
		v, err := op(ctx)
		return doneMsg{err: err, then: func() tea.Cmd {
			if then == nil {
				return nil
			}
			return then(v)
		}}
	}
	if sh.busy || len(sh.waiting) > 0 {
		sh.waiting = append(sh.waiting, run)
		return nil
	}
	sh.busy = true
	return run
}
