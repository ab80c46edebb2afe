package tui

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// The smallest terminals that every screen can be used on: a narrow one that is
// high, or a low one that is wide.
const (
	narrow, high = 20, 16
	wide, low    = 26, 12
)

// bannerMin keeps the rule where it is while little is said.
const bannerMin = 2

// View implements tea.Model: the screen, a rule, and the banner, which takes
// the lines it needs.
func (a *App) View() string {
	if a.w < narrow || a.h < low || a.w < wide && a.h < high {
		return a.tooSmall()
	}
	tone, banner := a.banner()
	h := a.h - 1 - len(banner)
	var lines []string
	if s := a.sh.sheet; s != nil {
		lines = a.sheetView(s, a.w, h)
	} else {
		lines = a.sh.front().View(a.w, h)
	}
	lines = append(lines, tone.Style(a.sh.Theme).Render(a.rule(tone.Rule())))
	return strings.Join(append(lines, banner...), "\n")
}

// bodyHeight is how many lines the screen in front has.
func (a *App) bodyHeight() int {
	_, banner := a.banner()
	return a.h - 1 - len(banner)
}

// tooSmall says what to do, on whatever there is. The work goes on behind it.
func (a *App) tooSmall() string {
	w, h := max(1, a.w), max(1, a.h)
	lines := component.Wrap(a.sh.Text.TooSmall(narrow, high), w)
	return strings.Join(component.Page(nil, lines, w, h), "\n")
}

// banner is what the station says: a notice or a question, what was refused
// beside it, what was dropped, and the keys that answer it.
func (a *App) banner() (component.Tone, []string) {
	sh, t := a.sh, a.sh.Text
	n, keys := sh.said, ""
	switch {
	case n.must:
		keys = t.Seen()
	case sh.question != nil && sh.open:
		n = notice{tone: component.Asked, said: sh.question.Text}
		keys = t.YesNo(sh.question.Same)
	case sh.entry != nil:
		n, keys = notice{tone: component.Asked, said: []string{sh.entry.Title}}, t.EntryHint()
		if hint := sh.offer().Hint; hint != "" {
			n.said = append(n.said, hint)
		}
	case sh.sheet != nil:
		n, keys = notice{}, sh.sheet.hint(t)
		if sh.sheet.asks {
			n.tone = component.Asked
		}
	}
	said := n.text(t)
	if troubles := a.troubles(); len(said) == 0 && sh.sheet == nil && len(troubles) > 0 {
		said = troubles[:2]
	}
	lines := component.Banner(sh.Theme, n.tone, said, a.w)
	if sh.aside != nil {
		problem, remedy := i18n.Explain(t, sh.aside)
		lines = append(lines, component.Banner(sh.Theme, component.Wrong,
			[]string{problem, remedy}, a.w)...)
	}
	if len(a.lost) > 0 {
		lines = append(lines, component.Banner(sh.Theme, component.Wrong,
			[]string{t.Dropped(len(a.lost), a.lost[0])}, a.w)...)
	}
	tone := n.tone
	if tone < component.Wrong && (sh.aside != nil || len(a.lost) > 0) {
		tone = component.Wrong
	}
	return tone, a.withKeys(lines, keys)
}

// withKeys puts the keys below what is said: those of an answer always, those of
// the screen where there is room. The banner leaves the screen a line at least.
func (a *App) withKeys(lines []string, keys string) []string {
	var below []string
	least := bannerMin
	switch {
	case keys != "":
		below = component.Wrap(keys, a.w)
	case a.h >= high:
		below = component.Wrap(a.hints(a.w), a.w)
		least++
	case len(lines) < bannerMin:
		below = component.Wrap(a.hints(a.w), a.w)
	}
	for len(lines)+len(below) < least {
		lines = append(lines, component.Fit("", a.w))
	}
	lines = lines[:max(0, min(len(lines), a.h-2-len(below)))]
	for _, line := range below {
		lines = append(lines, a.sh.Theme.Quiet.Render(line))
	}
	return lines
}

// label is how an input is told to people.
func (a *App) label(msg tea.Msg) string {
	if a.sh.masked() {
		return stars
	}
	text := ""
	switch msg := msg.(type) {
	case ScanMsg:
		text = cmp.Or(msg.Label.Text, string(msg.Raw))
	case tea.KeyMsg:
		text = keyName(msg.String())
	}
	const most = 40 // two of the narrowest lines
	return ansi.Truncate(component.Clean(text), most, "..")
}

// rule divides the screen from the banner. It holds what is being typed or the
// worst trouble, and how many events central does not have yet.
func (a *App) rule(fill string) string {
	sh := a.sh
	right := sh.Text.Alone()
	if n, alone := sh.Unsent(); !alone {
		right = sh.Text.Unsent(n)
	}
	left, right := fill, " "+right+" "+fill
	if ills := sh.Ills(); len(ills) > 0 {
		short, _, _ := i18n.Describe(sh.Text, ills[0].Name, "")
		left = fill + " " + short + " "
	}
	typing := sh.typed != "" || sh.entry != nil
	if typing {
		left = a.prompt() + " "
	}
	room := a.w - ansi.StringWidth(right)
	switch n := room - ansi.StringWidth(left); {
	case n >= 0:
		return left + strings.Repeat(fill, n) + right
	case typing:
		return component.Fit(a.prompt(), a.w)
	}
	return component.Fit(left, room) + right
}

// prompt is the line that is being typed; of a long one, its end.
func (a *App) prompt() string {
	typed := component.Clean(a.sh.typed + a.sh.offer().Text)
	if a.sh.masked() {
		typed = strings.Repeat("*", len([]rune(typed)))
	}
	const before, after = "> ", "_"
	room := a.w - len(before) - len(after)
	for ansi.StringWidth(typed) > room {
		typed = string([]rune(typed)[1:])
	}
	return before + typed + after
}
