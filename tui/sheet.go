package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// A sheet lies over the screen in front until Esc takes it away. So does a scan,
// which is work, unless the sheet is there to be answered.
type sheet struct {
	title func() string
	head  func() []string // paragraphs above the rows
	rows  func() []string
	ends  []string            // at the right of the rows, never cut
	pick  func(i int) tea.Cmd // nil where the rows are only read
	asks  bool                // a Choice
	at    int                 // the row that is selected, or the line that is on top
}

// help lists the keys of this screen and of every screen.
func (a *App) help() tea.Cmd {
	a.sh.sheet = &sheet{title: a.named(i18n.Help), rows: func() []string {
		rows := a.keyRows(a.keys())
		t := a.sh.Text
		return append(append(rows, t.Seen()+"  "+t.YesNo("")), t.Help()...)
	}}
	return nil
}

// lastScans lists what was scanned, and what came of it.
func (a *App) lastScans() tea.Cmd {
	a.sh.sheet = &sheet{title: a.named(i18n.Scans), rows: func() []string {
		return a.sh.scans.rows(a.sh.Text)
	}}
	return nil
}

// more lists the commands of this screen, below what is wrong with the station.
func (a *App) more() tea.Cmd {
	var keys []Binding
	for _, b := range a.keys() {
		if b.Command != "" && b.Command != i18n.More {
			keys = append(keys, b)
		}
	}
	a.sh.sheet = &sheet{
		title: a.named(i18n.More), head: a.troubles,
		rows: func() []string { return a.keyRows(keys) },
		pick: func(i int) tea.Cmd { return keys[i].Do() },
	}
	return nil
}

// language goes on to the next language, at once.
func (a *App) language() tea.Cmd {
	for i, t := range a.sh.Languages {
		if t.Tag() == a.sh.Text.Tag() {
			a.sh.Text = a.sh.Languages[(i+1)%len(a.sh.Languages)]
			break
		}
	}
	return nil
}

func (a *App) named(c i18n.Command) func() string {
	return func() string { return a.sh.Text.Commands()[c] }
}

func (a *App) keyRows(keys []Binding) []string {
	var rows []string
	for _, b := range keys {
		if b.Command != "" {
			row := keyName(b.Key) + " " + a.sh.Text.Commands()[b.Command]
			rows = append(rows, strings.TrimSpace(row))
		}
	}
	return rows
}

// hint says how the sheet is used.
func (s *sheet) hint(t i18n.Text) string {
	switch {
	case s.asks:
		return t.ChooseHint()
	case s.pick != nil:
		return t.PickHint()
	}
	return t.ScrollHint()
}

// lines is what there is to read at w cells, where nothing is to be chosen.
func (s *sheet) lines(w int) []string { return component.Paragraphs(w, s.rows()...) }

// sheetKey moves on the sheet, or picks from it; ok is false for a key that is not
// for the sheet.
func (a *App) sheetKey(s *sheet, key string) (cmd tea.Cmd, ok bool) {
	page := max(1, a.bodyHeight()-1)
	last := len(s.rows()) - 1
	if s.pick == nil {
		last = len(s.lines(a.w)) - page
	}
	digit := len(key) == 1 && key >= "1" && key <= "9" && s.asks
	switch {
	case key == "esc":
		a.sh.sheet = nil
		if s.asks {
			a.sh.Settle()
		}
		return nil, true
	case key == "up":
		s.at--
	case key == "down":
		s.at++
	case key == "pgup":
		s.at -= page
	case key == "pgdown":
		s.at += page
	case digit && int(key[0]-'1') <= last:
		return a.pick(s, int(key[0]-'1')), true
	case key == "enter" && s.pick != nil && last >= 0:
		return a.pick(s, s.at), true
	default:
		return nil, false
	}
	s.at = max(0, min(s.at, last))
	return nil, true
}

func (a *App) pick(s *sheet, i int) tea.Cmd {
	a.sh.sheet, a.sh.aside = nil, nil
	if s.asks {
		a.sh.Settle()
	}
	return s.pick(i)
}

// sheetView draws the sheet in the screen's place.
func (a *App) sheetView(s *sheet, w, h int) []string {
	th := a.sh.Theme
	var head []string
	if s.head != nil {
		head = component.Paragraphs(w, s.head()...)
	}
	room := max(1, h-1-len(head))
	if s.pick != nil {
		rows := slices.Clone(s.rows())
		if s.asks { // what is to be chosen comes first
			head = head[:max(0, min(len(head), h-1-len(rows)))]
			room = max(1, h-1-len(head))
		}
		for i := range s.ends {
			const mark = 2 // of the list
			rows[i] = component.Pair(rows[i], s.ends[i], w-mark)
		}
		title := component.Pair(s.title(), fmt.Sprintf("%d/%d", s.at+1, len(rows)), w)
		return component.Page(append([]string{th.Title.Render(title)}, head...),
			component.List(th, rows, s.at, w, room), w, h)
	}
	lines := s.lines(w)
	top := max(0, min(s.at, len(lines)-room))
	end := min(len(lines), top+room)
	title := component.Pair(s.title(), fmt.Sprintf("%d-%d/%d", top+1, end, len(lines)), w)
	return component.Page(append([]string{th.Title.Render(title)}, lines[top:end]...), nil, w, h)
}
