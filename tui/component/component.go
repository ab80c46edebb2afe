// Package component draws the parts that screens are made of. A component is a
// function from values to lines: it keeps no state and knows no workflow.
//
// Every text passes Clean, so whatever a label or a name holds, a line stays one
// line, and steers nothing.
package component

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"scanbay/tui/theme"
)

// Page is h lines: data from the top, what to do at the foot. Where there is
// not room for both, data gives way.
func Page(data, todo []string, w, h int) []string {
	h = max(0, h)
	todo = todo[:min(len(todo), h)]
	room := h - len(todo)
	page := append(make([]string, 0, h), data[:min(len(data), room)]...)
	for len(page) < room {
		page = append(page, Fit("", w))
	}
	return append(page, todo...)
}

// Bar shows done of total over w cells.
func Bar(done, total, w int) string {
	w = max(0, w)
	full := min(w, max(0, w*done/max(1, total)))
	return strings.Repeat("#", full) + strings.Repeat(".", w-full)
}

// List shows rows over h lines of w cells, the one at marked and always in view.
func List(th theme.Theme, rows []string, at, w, h int) []string {
	const mark, blank = "> ", "  "
	h = max(0, h)
	top := min(max(0, at-h/2), max(0, len(rows)-h))
	var lines []string
	for i, row := range rows[top:min(len(rows), top+h)] {
		if top+i == at {
			lines = append(lines, th.Selected.Render(Fit(mark+row, w)))
		} else {
			lines = append(lines, Fit(blank+row, w))
		}
	}
	return Page(lines, nil, w, h)
}

// A Tone is how something is said. It shows in a mark and in the rule above, so
// that a mono screen tells right from wrong as well.
type Tone byte

// The tones.
const (
	None  Tone = iota // neither right nor wrong
	Good              // done
	Wrong             // refused
	Asked             // a question
	Must              // must be seen before anything else
)

// Mark is drawn before what is said.
func (t Tone) Mark() string { return [...]string{"", "ok ", "x ", "? ", "! "}[t] }

// Rule is the cell that the rule above what is said is drawn with.
func (t Tone) Rule() string { return "--x?!"[t : t+1] }

// Style is the tone's colour.
func (t Tone) Style(th theme.Theme) lipgloss.Style {
	return [...]lipgloss.Style{th.Plain, th.Good, th.Bad, th.Ask, th.Ask}[t]
}

// Banner says what just happened in the tone's colour, and below what to do now.
func Banner(th theme.Theme, tone Tone, said []string, w int) []string {
	mark, style := tone.Mark(), tone.Style(th)
	var lines []string
	for _, s := range said {
		if s == "" {
			continue
		}
		for _, line := range Wrap(mark+s, w) {
			lines = append(lines, style.Render(line))
		}
		mark, style = "", th.Plain
	}
	return lines
}
