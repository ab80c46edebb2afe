package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// A Screen is one page of work. The App calls it from the update loop only, so
// it needs no lock; it does no I/O of its own, and gives that to Do.
type Screen interface {
	// Open is called whenever the screen comes to the front.
	Open() tea.Cmd
	// Scan answers a good scan, or a code that was typed. It is called only
	// while no operation is running and no question waits.
	Scan(scanner.Scan) tea.Cmd
	// Key answers a key that neither the App nor a binding took. Likewise.
	Key(tea.KeyMsg) tea.Cmd
	// View draws the screen as exactly h lines of at most w cells.
	View(w, h int) []string
}

// Keyed is a screen with commands of its own. Help, the sheet of commands, the
// row of keys and the command barcodes all come from what it lists.
type Keyed interface {
	Keys() []Binding
}

// A Binding is a command with the key that gives it. Printable keys cannot be
// bound: a wedge scanner types them.
type Binding struct {
	Key     string // as tea.KeyMsg names it: f2, esc; empty for none
	Command i18n.Command
	Do      func() tea.Cmd
}

// Examiner is a screen that looks at scanners: it gets whatever they send, good or bad, but for
// commands.
type Examiner interface {
	Examine(scanner.Scan) tea.Cmd
}

// Masked is a screen where a PIN is typed: it is drawn as stars, and forgotten.
type Masked interface {
	Masked() bool
}

// Asker is a screen that knows which label it asks for, and one that it would
// refuse; scripted operators ask it.
type Asker interface {
	Asks() (right, wrong string)
}

// Newsed is a screen that shows what others change. News reads it again with Do, says
// nothing, and leaves the person where they are: a key may be on its way.
type Newsed interface {
	News() tea.Cmd
}

// Refused is a screen that wants to know that its operation was refused, after
// the banner says so: what it shows may be out of date, or it may have to ask.
type Refused interface {
	Refused(*store.Refusal) tea.Cmd
}
