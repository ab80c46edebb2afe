package screens

import (
	"context"
	"strconv"
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

// Accuracy shows how right the book is, what is lost and why, and to supervisors how people
// scan: a page for each.
type Accuracy struct {
	sh   *tui.Shell
	page int // of pages
	span int // of reasonsSpans
	at   cursor

	read   bool // the page that is shown
	zones  []report.AccuracyRow
	weeks  []report.AccuracyRow
	all    report.AccuracyRow
	shrunk report.Shrunken
	people []report.PersonRow
}

// The pages.
const (
	zonesPage = iota
	weeksPage
	causesPage
	peoplePage
)

// NewAccuracy begins with the zones in the last quarter of a year.
func NewAccuracy(sh *tui.Shell) *Accuracy { return &Accuracy{sh: sh, span: 1} }

// pages is how many there are for the operator: of persons only a supervisor reads.
func (l *Accuracy) pages() int {
	if l.sh.Operator.May(store.Supervisor) {
		return peoplePage + 1
	}
	return peoplePage
}

// Open implements tui.Screen.
func (l *Accuracy) Open() tea.Cmd {
	read := *l
	span := report.Span{}
	if days := reasonsSpans[l.span]; days > 0 {
		span = report.Last(days, store.DateOf(l.sh.Store.Now()))
	}
	return tui.Do(l.sh, func(ctx context.Context) (Accuracy, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reasonsPatience)
		defer cancel()
		return read, read.reads(ctx, span)
	}, func(r Accuracy) tea.Cmd {
		l.zones, l.weeks, l.all = r.zones, r.weeks, r.all
		l.shrunk, l.people, l.read = r.shrunk, r.people, true
		l.at.keep(l.rows())
		return nil
	})
}

// reads reads what the page is about.
func (l *Accuracy) reads(ctx context.Context, span report.Span) (err error) {
	switch l.page {
	case causesPage:
		l.shrunk, err = report.Shrinkage(ctx, l.sh.Store, span)
	case peoplePage:
		l.people, err = report.People(ctx, l.sh.Store, l.sh.Operator.ID, span)
	default:
		l.zones, l.weeks, l.all, err = report.Accuracy(ctx, l.sh.Store, span)
	}
	return err
}

// Scan implements tui.Screen: what is scanned is looked up.
func (l *Accuracy) Scan(s scanner.Scan) tea.Cmd {
	next := &Look{sh: l.sh}
	return tea.Batch(l.sh.Push(next), next.Scan(s))
}

// Key implements tui.Screen.
func (l *Accuracy) Key(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyLeft:
		return l.turn(l.pages() - 1)
	case tea.KeyRight:
		return l.turn(1)
	case tea.KeyEnter:
		return l.choose()
	}
	l.at.key(k, l.rows())
	return nil
}

// rows is how many the list of the page has.
func (l *Accuracy) rows() int {
	switch l.page {
	case zonesPage:
		return len(l.zones)
	case causesPage:
		return len(l.shrunk.Rows)
	case peoplePage:
		return len(l.people)
	}
	return 0
}

// turn goes on by so many pages, round and round.
func (l *Accuracy) turn(n int) tea.Cmd {
	l.page, l.at, l.read = (l.page+n)%l.pages(), 0, false
	return l.Open()
}

// choose asks which time is meant.
func (l *Accuracy) choose() tea.Cmd {
	return chooseSpan(l.sh, l.sh.Text.ReasonsWhich(), func(i int) tea.Cmd {
		l.span, l.at, l.read = i, 0, false
		return l.Open()
	})
}

// View implements tui.Screen.
func (l *Accuracy) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	title := []string{t.AccuracyZones(), t.AccuracyWeeks(), t.AccuracyCauses(),
		t.AccuracyPeople()}[l.page]
	place := strconv.Itoa(l.page+1) + "/" + strconv.Itoa(l.pages())
	if ansi.StringWidth(title+" "+place) > w {
		place = ""
	}
	data := []string{th.Title.Render(component.Pair(title, place, w))}
	hint := component.Wrap(t.ReasonsHint(), w)
	for i := range hint {
		hint[i] = th.Quiet.Render(hint[i])
	}
	span := t.ReasonsSpan(reasonsSpans[l.span])
	if !l.read {
		data = append(data, component.Pair(span, t.ReasonsCounts(), w))
		return component.Page(data, hint, w, h)
	}
	draw := []func(string, int, int) []string{l.drawZones, l.drawWeeks, l.drawCauses,
		l.drawPeople}[l.page]
	data = append(data, draw(span, w, h-len(data)-len(hint))...)
	return component.Page(data, hint, w, h)
}

// nothing says that there is nothing to show.
func (l *Accuracy) nothing(span, why string, w int) []string {
	return append([]string{component.Fit(span, w)}, component.Wrap(why, w)...)
}

// listed draws rows in the room that is left below a head and above what is said of the
// selected one.
func (l *Accuracy) listed(head string, rows, below []string, w, h int) []string {
	l.at.keep(len(rows))
	below = below[:max(0, min(len(below), h-2))]
	list := component.List(l.sh.Theme, rows, int(l.at), w, h-1-len(below))
	return append(append([]string{head}, list...), below...)
}

const listMark = 2 // cells in front of a row

// drawZones draws a bar for each zone: how many of its bins the book had right.
func (l *Accuracy) drawZones(span string, w, h int) []string {
	t := l.sh.Text
	if l.all.Bins == 0 {
		return l.nothing(span, t.AccuracyNone(), w)
	}
	const parts = 1000
	var bars []component.BarRow
	for _, z := range l.zones {
		bars = append(bars, component.BarRow{Name: t.Zone(z.Zone), N: int64(z.Rate() * parts),
			Said: i18n.Percent(z.Rate())})
	}
	l.at.keep(len(bars))
	z := l.zones[l.at]
	below := append(component.Wrap(join(t.Zone(z.Zone), t.AccuracySum(z.BinsRight, z.Bins)), w),
		component.Wrap(t.AccuracyLines(z.LinesRight, z.Lines), w)...)
	sum := join(t.AccuracySum(l.all.BinsRight, l.all.Bins), i18n.Percent(l.all.Rate()))
	return l.listed(component.Pair(span, sum, w), component.Bars(bars, w-listMark), below, w, h)
}

// drawWeeks plots the bins that the book had right, and the lines, below the first week and
// the last.
func (l *Accuracy) drawWeeks(span string, w, h int) []string {
	const words, least, most = 3, 1, 6 // lines
	t := l.sh.Text
	if len(l.weeks) == 0 {
		return l.nothing(span, t.AccuracyNone(), w)
	}
	shown := l.weeks[len(l.weeks)-component.Drawn(len(l.weeks), w):]
	var bins, lines []float64
	lowBins, lowLines := 1.0, 1.0
	for _, x := range shown {
		bins, lines = append(bins, x.Rate()), append(lines, x.LineRate())
		if x.Bins > 0 {
			lowBins = min(lowBins, x.Rate())
		}
		if x.Lines > 0 {
			lowLines = min(lowLines, x.LineRate())
		}
	}
	room := max(least, min(most, (h-words)/2))
	day := func(d store.Date) string { return d.String()[len("20"):] }
	out := []string{component.Pair(day(shown[0].Week), day(shown[len(shown)-1].Week), w),
		component.Fit(t.AccuracyBins(i18n.Percent(lowBins)), w)}
	out = append(out, component.Columns(bins, w, room)...)
	out = append(out, component.Fit(t.AccuracyByLine(i18n.Percent(lowLines)), w))
	return append(out, component.Columns(lines, w, room)...)
}

// drawCauses draws a bar for what each cause took, and below what the selected one did.
func (l *Accuracy) drawCauses(span string, w, h int) []string {
	t := l.sh.Text
	if len(l.shrunk.Rows) == 0 {
		return l.nothing(span, t.AccuracyNone(), w)
	}
	var bars []component.BarRow
	for _, r := range l.shrunk.Rows {
		bars = append(bars, component.BarRow{Name: i18n.CauseOf(t, l.shrunk.Causes, r.Cause),
			N: int64(r.Less), Said: r.Less.String()})
	}
	l.at.keep(len(bars))
	r := l.shrunk.Rows[l.at]
	below := append(component.Wrap(t.ShrinkageLost(r.Lost, r.Less, r.Times), w),
		component.Wrap(t.ShrinkageGained(r.Gained, r.More), w)...)
	head := component.Pair(span, t.ShrinkageSum(l.shrunk.All.More, l.shrunk.All.Less), w)
	return l.listed(head, component.Bars(bars, w-listMark), below, w, h)
}

// drawPeople is a table of how each person scanned.
func (l *Accuracy) drawPeople(span string, w, h int) []string {
	t := l.sh.Text
	if len(l.people) == 0 {
		return l.nothing(span, t.AccuracyNoScans(), w)
	}
	table := [][]string{append([]string{span}, t.PeopleTable()...)}
	for _, p := range l.people {
		table = append(table, personCells(t, p))
	}
	lines := component.Table(table, w-listMark)
	l.at.keep(len(l.people))
	p := l.people[l.at]
	below := component.Wrap(t.PersonDid(p.Wrong, p.Scans, p.Picks, hours(t, p)), w)
	if how := component.Wrap(t.PeopleHow(), w); len(how)+len(below)+len(lines) <= h {
		below = append(below, how...)
	}
	return l.listed("  "+lines[0], lines[1:], below, w, h)
}

// personCells are a row of how people scan.
func personCells(t i18n.Text, p report.PersonRow) []string {
	name := p.Name
	if name == "" {
		name = string(p.Operator)
	}
	return []string{name, i18n.PerHour(p.PicksAnHour()), i18n.Percent(p.Errs()),
		strconv.FormatInt(p.Scans, 10), strconv.FormatInt(p.Picks, 10),
		hours(t, p)}
}

func hours(t i18n.Text, p report.PersonRow) string { return t.Hours(p.Picking.Round(time.Minute)) }
