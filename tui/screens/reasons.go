package screens

import (
	"context"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Reasons shows a supervisor how much comes back and why: a page for each thing that
// returns are counted by, one for the trend, and one for how long returns take.
type Reasons struct {
	sh   *tui.Shell
	page int // of reasonsPages
	span int // of reasonsSpans
	at   cursor

	read     bool // the page that is shown
	returned report.Returned
	trend    []report.Moment
	weeks    bool
	waits    []report.Wait
}

// NewReasons begins with the items of the last quarter of a year.
func NewReasons(sh *tui.Shell) *Reasons { return &Reasons{sh: sh, span: 1} }

// reasonsSpans are the times to choose from, in days; 0 is all.
var reasonsSpans = []int{30, 90, 365, 0}

// reasonsPatience is how long counting may take: a year of a large site is millions of rows.
const reasonsPatience = time.Minute

// The pages behind those of store.ReturnsBys.
var (
	trendPage    = len(store.ReturnsBys)
	timesPage    = trendPage + 1
	reasonsPages = timesPage + 1
)

// Open implements tui.Screen.
func (l *Reasons) Open() tea.Cmd {
	type read struct {
		returned report.Returned
		trend    []report.Moment
		weeks    bool
		waits    []report.Wait
	}
	page, span := l.page, report.Span{}
	if days := reasonsSpans[l.span]; days > 0 {
		span = report.Last(days, store.DateOf(l.sh.Store.Now()))
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reasonsPatience)
		defer cancel()
		switch page {
		case trendPage:
			out.trend, out.weeks, err = report.Trend(ctx, l.sh.Store, span)
		case timesPage:
			out.waits, err = report.Waits(ctx, l.sh.Store, span)
		default:
			out.returned, err = report.Returns(ctx, l.sh.Store, span, store.ReturnsBys[page])
		}
		return out, err
	}, func(r read) tea.Cmd {
		l.returned, l.trend, l.weeks, l.waits, l.read = r.returned, r.trend, r.weeks, r.waits, true
		l.at.keep(len(l.returned.Rows))
		return nil
	})
}

// Scan implements tui.Screen: what is scanned is looked up.
func (l *Reasons) Scan(s scanner.Scan) tea.Cmd {
	next := &Look{sh: l.sh}
	return tea.Batch(l.sh.Push(next), next.Scan(s))
}

// Key implements tui.Screen.
func (l *Reasons) Key(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyLeft:
		return l.turn(reasonsPages - 1)
	case tea.KeyRight:
		return l.turn(1)
	case tea.KeyEnter:
		return l.choose()
	}
	l.at.key(k, len(l.returned.Rows))
	return nil
}

// turn goes on by so many pages, round and round.
func (l *Reasons) turn(n int) tea.Cmd {
	l.page, l.at, l.read = (l.page+n)%reasonsPages, 0, false
	return l.Open()
}

// choose asks over which time returns are counted.
func (l *Reasons) choose() tea.Cmd {
	return chooseSpan(l.sh, l.sh.Text.ReasonsWhich(), func(i int) tea.Cmd {
		l.span, l.at, l.read = i, 0, false
		return l.Open()
	})
}

// chooseSpan asks which of the spans is meant.
func chooseSpan(sh *tui.Shell, title string, pick func(i int) tea.Cmd) tea.Cmd {
	var options []string
	for _, days := range reasonsSpans {
		options = append(options, sh.Text.ReasonsSpan(days))
	}
	return sh.Choose(tui.Choice{Title: title, Options: options, Pick: pick})
}

// View implements tui.Screen.
func (l *Reasons) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	title, place := l.title(), strconv.Itoa(l.page+1)+"/"+strconv.Itoa(reasonsPages)
	if ansi.StringWidth(title+" "+place) > w {
		place = ""
	}
	data := []string{th.Title.Render(component.Pair(title, place, w))}
	hint := component.Wrap(t.ReasonsHint(), w)
	for i := range hint {
		hint[i] = th.Quiet.Render(hint[i])
	}
	room := h - len(data) - len(hint)
	span := t.ReasonsSpan(reasonsSpans[l.span])
	switch {
	case !l.read:
		data = append(data, component.Pair(span, t.ReasonsCounts(), w))
	case l.page == timesPage:
		data = append(data, l.drawTimes(span, w)...)
	case l.page == trendPage && len(l.trend) > 0:
		data = append(data, l.drawTrend(w, room)...)
	case l.page != trendPage && len(l.returned.Rows) > 0:
		data = append(data, l.drawRows(span, w, room)...)
	default:
		data = append(append(data, component.Fit(span, w)), component.Wrap(t.ReasonsNone(), w)...)
	}
	return component.Page(data, hint, w, h)
}

// narrowest is how wide a terminal is at least.
const narrowest = 20

func (l *Reasons) title() string {
	t := l.sh.Text
	switch l.page {
	case trendPage:
		return t.ReasonsTrend()
	case timesPage:
		return t.ReasonsTimes()
	}
	return t.ReasonsBy(t.ReturnsBys()[store.ReturnsBys[l.page]])
}

// drawRows draws what came back of all, a bar for each row, and below what was said and
// found of the selected one: the most frequent, as many as there is room for. A name that
// its row cuts stands there whole.
func (l *Reasons) drawRows(span string, w, h int) []string {
	const mark = 2 // of the list
	all, n := l.returned.All, len(l.returned.Rows)
	sum := l.sh.Text.ReasonsSum(all.Back, all.Sent)
	if w > 2*narrowest {
		sum = join(sum, i18n.Percent(all.Rate()))
	}
	l.at.keep(n)
	var bars []component.BarRow
	for _, r := range l.returned.Rows {
		bars = append(bars, component.BarRow{Name: l.name(r), N: int64(r.Back),
			Said: join(r.Back.String(), i18n.Percent(l.returned.Rate(r)))})
	}
	h--
	rows, room := component.Bars(bars, w-mark), max(h/2, h-n)
	selected, head := l.returned.Rows[l.at], []string(nil)
	if whole := component.Clean(l.name(selected)); !strings.HasPrefix(rows[l.at], whole) ||
		l.returned.By == store.ReturnsByItem {
		head = []string{component.Fit(whole, w)}
	}
	below := append(head, l.about(selected, reasonsMax, w)...)
	for most := reasonsMax - 1; most > 0 && len(below) > room; most-- {
		below = append(head[:len(head):len(head)], l.about(selected, most, w)...)
	}
	below = below[:min(len(below), room)]
	list := component.List(l.sh.Theme, rows, int(l.at), w, h-len(below))
	return append(append([]string{component.Pair(span, sum, w)}, list...), below...)
}

// reasonsMax is how many reasons or grades are told of a row.
const reasonsMax = 9

// name is what a row is about.
func (l *Reasons) name(r report.ReturnsRow) string {
	t := l.sh.Text
	switch {
	case l.returned.By == store.ReturnsByReason:
		return l.reason(r.Key)
	case l.returned.By == store.ReturnsByGrade:
		return l.grade(r.Key)
	case r.Key == "":
		return t.NotKnown()
	}
	return join(r.Name, r.Key)
}

// about is what was said and found of a row, the most frequent.
func (l *Reasons) about(r report.ReturnsRow, most, w int) (out []string) {
	t := l.sh.Text
	tell := func(say func(string) string, of []store.Tally, name func(string) string) {
		var list []string
		for _, x := range of[:min(len(of), most)] {
			list = append(list, join(name(x.Of), x.N.String()))
		}
		if len(list) > 0 {
			out = append(out, component.Wrap(say(strings.Join(list, ", ")), w)...)
		}
	}
	if l.returned.By != store.ReturnsByReason {
		tell(t.ReasonsSaid, r.Reasons, l.reason)
	}
	if l.returned.By != store.ReturnsByGrade {
		tell(t.ReasonsFound, r.Grades, l.grade)
	}
	return out
}

func (l *Reasons) reason(code string) string {
	return i18n.AskedFor(l.sh.Text, l.returned.Reasons, code)
}

func (l *Reasons) grade(code string) string {
	return i18n.FoundAs(l.sh.Text, l.returned.Grades, code)
}

// drawTrend plots the pieces that came back, and their rate, below the first day and the
// last.
func (l *Reasons) drawTrend(w, h int) []string {
	const words, least, most = 3, 1, 6 // lines
	t := l.sh.Text
	shown := l.trend[len(l.trend)-component.Drawn(len(l.trend), w):]
	var pieces, rates []float64
	top, high := store.Qty(0), 0.0
	for _, m := range shown {
		pieces, rates = append(pieces, float64(m.Back)), append(rates, m.Rate())
		top, high = max(top, m.Back), max(high, m.Rate())
	}
	room := max(least, min(most, (h-words)/2))
	day := func(d store.Date) string { return d.String()[len("20"):] }
	out := []string{component.Pair(day(shown[0].Begins), day(shown[len(shown)-1].Begins), w),
		component.Fit(t.ReasonsBack(top, l.weeks), w)}
	out = append(out, component.Columns(pieces, w, room)...)
	out = append(out, component.Fit(t.ReasonsRate(i18n.Percent(high)), w))
	return append(out, component.Columns(rates, w, room)...)
}

// drawTimes is a table of how long returns took from step to step.
func (l *Reasons) drawTimes(span string, w int) []string {
	t := l.sh.Text
	table := [][]string{append([]string{span}, t.ReasonsTable()...)}
	for _, x := range l.waits {
		name := t.ReturnSteps()[x.To]
		if x.From == store.StepRequested && x.To == store.StepShelved {
			name = t.ReturnSteps()[""]
		}
		row := []string{name, "-", "-", "0"}
		if x.N > 0 {
			row = []string{name, t.Waited(x.Half), t.Waited(x.Most), strconv.Itoa(x.N)}
		}
		table = append(table, row)
	}
	return component.Table(table, w)
}
