package screens

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/tui"
	"scanbay/tui/component"
)

// A row of a form has a name, a value, and a sentence on what it means. Enter edits
// the selected one.
type row struct {
	name, value, about string
	edit               func() tea.Cmd
}

// A form is rows that a person fills in, one at a time: it needs no key but the
// arrows, Enter and Esc.
type form struct {
	sh *tui.Shell
	at cursor
}

// key moves over the rows, or edits one.
func (f *form) key(k tea.KeyMsg, rows []row) tea.Cmd {
	f.at.keep(len(rows))
	if k.Type == tea.KeyEnter && len(rows) > 0 {
		return rows[f.at].edit()
	}
	f.at.key(k, len(rows))
	return nil
}

// rowsMin is how many rows stay in view, whatever has to be said below them.
const rowsMin = 2

// view draws the rows under a title, and below what the selected one means and how to
// go on. Where there is not room for all, the first of these to go is the hint; a
// sentence stays whole, or goes.
func (f *form) view(title, hint string, rows []row, w, h int) []string {
	th, t := f.sh.Theme, f.sh.Text
	head := th.Title.Render(component.Fit(title, w))
	if len(rows) == 0 { // they are being read
		return component.Page([]string{head}, nil, w, h)
	}
	f.at.keep(len(rows))
	names := 0
	for _, r := range rows {
		names = max(names, ansi.StringWidth(r.name))
	}
	names = min(names, w/2)
	var lines []string
	for _, r := range rows {
		lines = append(lines, component.Fit(r.name, names)+" "+r.value)
	}
	const mark = 3 // of the list, and the blank behind the name
	selected := rows[f.at]
	var full string
	if names+mark+ansi.StringWidth(selected.value) > w {
		full = t.FormFull(selected.value)
	}
	room := h - 1
	below := map[string][]string{}
	for _, text := range []string{full, selected.about, hint} {
		if text == "" {
			continue
		}
		if said := component.Wrap(text, w); room-len(said) >= rowsMin {
			below[text], room = said, room-len(said)
		}
	}
	data := append([]string{head}, component.List(th, lines, int(f.at), w, max(1, room))...)
	foot := append(below[full], below[selected.about]...)
	for _, line := range below[hint] {
		foot = append(foot, th.Quiet.Render(line))
	}
	return component.Page(data, foot, w, h)
}

// ask has a person type the value of a row.
func (f *form) ask(name, value string, take func(text string) tea.Cmd) tea.Cmd {
	return f.sh.Enter(tui.Entry{Title: f.sh.Text.FormAsk(name), Text: value, Take: take})
}

// flat is a text without blanks at its ends, and without those in between that a
// person parts the digits of a number with.
func flat(text string) string { return strings.Join(strings.Fields(text), "") }
