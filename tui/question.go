package tui

import (
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/tui/theme"
)

// Quiet is how long no scan and no key came before a question opens: what is in
// the air was not meant as its answer.
const Quiet = 300 * time.Millisecond

// A Question waits for F2, yes, or for F4 or Esc, no. Yes and No may be nil.
type Question struct {
	Text    []string
	Yes, No func() tea.Cmd
	Same    string // the label's text or code that is a yes too: of a bin, tote or carton
	Keep    bool   // another code is refused; else it takes the question's place

	// Turn moves what the screen shows of it by lines, with Up and Down; nil where all is shown.
	Turn func(lines int)
}

// quietMsg says that nothing came since the input of this count.
type quietMsg int

// Ask asks a question once input has been quiet.
func (sh *Shell) Ask(q Question) tea.Cmd {
	sh.question, sh.open, sh.aside = &q, false, nil
	return sh.hush()
}

// hush starts the quiet time again, if a question waits for it.
func (sh *Shell) hush() tea.Cmd {
	sh.quiet++
	if sh.question == nil || sh.open {
		return nil
	}
	return sh.Clock.After(Quiet, quietMsg(sh.quiet))
}

// quieted opens the question that waits. What must be seen is seen first, and F2
// for it starts the quiet time again.
func (a *App) quieted(msg quietMsg) tea.Cmd {
	sh := a.sh
	switch {
	case int(msg) != sh.quiet || sh.question == nil || sh.open || sh.said.must:
		return nil
	case sh.busy || len(a.held) > 0:
		return sh.hush()
	}
	sh.open = true
	sh.Sound(theme.Attention)
	return nil
}

// settle says that nobody waits any more for what was asked, where something was.
func (sh *Shell) settle() {
	if sh.question != nil || sh.sheet != nil && sh.sheet.asks {
		sh.Settle()
	}
}

// unask closes the question, and what was said around it.
func (sh *Shell) unask() {
	sh.question, sh.aside, sh.said = nil, nil, notice{}
	sh.Settle()
}

func (sh *Shell) answer(yes bool) tea.Cmd {
	do := sh.question.No
	if yes {
		do = sh.question.Yes
	}
	sh.unask()
	if do == nil {
		return nil
	}
	return do()
}

// A Choice is one of a few options, by its digit or by arrows and Enter. Esc
// chooses none; scans are refused until then.
type Choice struct {
	Title   string
	Head    []string // paragraphs above the options, as far as there is room
	Options []string
	Ends    []string // at the right of the options, never cut; nil for none
	Pick    func(i int) tea.Cmd
}

// Choose shows a choice.
func (sh *Shell) Choose(c Choice) tea.Cmd {
	rows := make([]string, len(c.Options))
	for i, option := range c.Options {
		rows[i] = strconv.Itoa(i+1) + " " + option
	}
	sh.aside = nil
	sh.sheet = &sheet{
		title: func() string { return c.Title }, rows: func() []string { return rows },
		head: func() []string { return c.Head }, ends: c.Ends, pick: c.Pick, asks: true,
	}
	return nil
}

// An Entry is a line of words that a person types, where a code would be a scan.
// Take gets it when Enter is pressed; Esc leaves it. What a scanner reads meanwhile
// is typed too: it answers nothing.
type Entry struct {
	Title  string
	Text   string // to begin with
	Number bool   // digits are typed by their barcodes too, and nothing else is scanned
	Take   func(text string) tea.Cmd

	// Live, if set, is asked for what stands there while nothing is typed. It is asked at each
	// drawing, and by Enter: where it offers nothing then, Enter is refused.
	Live func() Offer
}

// An Offer stands in the place of what would be typed, and is taken only by Enter.
type Offer struct {
	Text string
	Hint string         // what there is to say of it, or why there is none
	Take func() tea.Cmd // nil for none
}

// Enter asks for an entry.
func (sh *Shell) Enter(e Entry) tea.Cmd {
	sh.settle()
	sh.aside, sh.sheet, sh.question = nil, nil, nil
	sh.entry, sh.typed = &e, e.Text
	return nil
}

// leaveEntry asks no more.
func (sh *Shell) leaveEntry() { sh.entry, sh.typed, sh.aside = nil, "", nil }

// entered gives what was typed, or else is offered, to whoever asked for it; ok is false where
// there is neither.
func (sh *Shell) entered() (cmd tea.Cmd, ok bool) {
	e, text := sh.entry, strings.TrimSpace(sh.typed)
	take := func() tea.Cmd { return e.Take(text) }
	if e.Live != nil && sh.typed == "" {
		take = e.Live().Take
	}
	if take == nil {
		return nil, false
	}
	sh.entry, sh.typed, sh.said, sh.aside = nil, "", notice{}, nil
	return take(), true
}

// offer is what stands in the place of what is not typed.
func (sh *Shell) offer() Offer {
	if sh.entry == nil || sh.entry.Live == nil || sh.typed != "" {
		return Offer{}
	}
	return sh.entry.Live()
}
