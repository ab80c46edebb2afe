package screens

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Trail shows what happened to anything that is scanned or typed: who did what, where and
// when, and what was scanned, the last first.
type Trail struct {
	sh   *tui.Shell
	of   scanner.Scan // whose trail it is
	span int          // of reasonsSpans
	t    report.Trail
	read bool
	at   cursor
	one  bool // the selected fact is shown in full
	top  int  // the first line of that on the screen
}

// newTrail begins with all that ever happened.
func newTrail(sh *tui.Shell) *Trail { return &Trail{sh: sh, span: len(reasonsSpans) - 1} }

// Open implements tui.Screen.
func (l *Trail) Open() tea.Cmd { return nil }

// Scan implements tui.Screen.
func (l *Trail) Scan(s scanner.Scan) tea.Cmd {
	by, span := l.sh.By(s), l.days()
	return tui.Do(l.sh, func(ctx context.Context) (report.Trail, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reasonsPatience)
		defer cancel()
		return report.Follow(ctx, l.sh.Store, by, span)
	}, func(t report.Trail) tea.Cmd {
		l.of = s
		l.show(t)
		return nil
	})
}

func (l *Trail) show(t report.Trail) {
	l.t, l.read, l.at, l.one, l.top = t, true, 0, false, 0
	l.sh.Note()
}

// days are those that the trail is of.
func (l *Trail) days() report.Span {
	if days := reasonsSpans[l.span]; days > 0 {
		return report.Last(days, store.DateOf(l.sh.Store.Now()))
	}
	return report.Span{}
}

// again looks over another time.
func (l *Trail) again() tea.Cmd {
	mark, span := l.sh.By(l.of).Mark, l.days()
	return tui.Do(l.sh, func(ctx context.Context) (report.Trail, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reasonsPatience)
		defer cancel()
		return report.TrailOf(ctx, l.sh.Store, mark, span)
	}, func(t report.Trail) tea.Cmd {
		l.show(t)
		return nil
	})
}

// Key implements tui.Screen: Enter shows a fact in full, and the list again.
func (l *Trail) Key(k tea.KeyMsg) tea.Cmd {
	switch {
	case k.Type == tea.KeyEnter && len(l.t.Facts) > 0:
		l.one, l.top = !l.one, 0
	case !l.one:
		l.at.key(k, len(l.t.Facts))
	case k.Type == tea.KeyUp:
		l.top = max(0, l.top-1)
	case k.Type == tea.KeyDown:
		l.top++
	case k.Type == tea.KeyHome:
		l.top = 0
	}
	return nil
}

// Keys implements tui.Keyed.
func (l *Trail) Keys() (out []tui.Binding) {
	if l.one {
		out = append(out, tui.Binding{Key: "esc", Command: i18n.Back, Do: func() tea.Cmd {
			l.one = false
			return nil
		}})
	}
	if !l.read {
		return out
	}
	out = append(out, tui.Binding{Key: "f4", Command: i18n.Span, Do: l.choose})
	if l.sh.Export != nil && len(l.t.Facts) > 0 {
		out = append(out, tui.Binding{Key: "f6", Command: i18n.Export, Do: l.export})
	}
	return out
}

// choose asks over which time to look.
func (l *Trail) choose() tea.Cmd {
	return chooseSpan(l.sh, l.sh.Text.TrailWhich(), func(i int) tea.Cmd {
		l.span = i
		return l.again()
	})
}

// export writes the trail into a file.
func (l *Trail) export() tea.Cmd {
	rows, name := TrailTable(l.sh.Text, l.sh.Store.Zone(), l.t), "trail-"+l.of.Label.Text
	return tui.Do(l.sh, func(context.Context) (string, error) {
		return l.sh.Export(name, rows)
	}, func(path string) tea.Cmd {
		l.sh.Tell(l.sh.Text.TrailSaved(path))
		return nil
	})
}

// TrailTable is a trail as rows of a table, with a header.
func TrailTable(t i18n.Text, zone *time.Location, trail report.Trail) [][]string {
	rows, says := [][]string{t.TrailHeader()}, trailTeller(t, trail)
	for _, e := range trail.Facts {
		at := time.UnixMilli(e.At + e.Off).In(zone)
		rows = append(rows, []string{at.Format("2006-01-02 15:04:05"), t.Events()[e.Kind],
			says.detail(e), string(e.Operator), trail.People[e.Operator], string(e.Second),
			station(e), about(e, trail.Called), string(e.Raw), e.Source, string(e.Author),
			strconv.FormatInt(e.Epoch, 10), strconv.FormatInt(e.Seq, 10)})
	}
	return rows
}

func trailTeller(t i18n.Text, trail report.Trail) teller {
	return teller{Text: t, people: trail.People, causes: trail.Causes}
}

// station is where somebody did it: who asked the author for it, or the author.
func station(e store.Envelope) string {
	if e.Station != "" {
		return string(e.Station)
	}
	return string(e.Author)
}

// about is what a fact is about, as people call it.
func about(e store.Envelope, called map[string]string) string {
	is, err := store.Decode(e.Kind, e.Body)
	if err != nil {
		return ""
	}
	return cmp.Or(called[is.Ref()], strings.TrimPrefix(is.Ref(), "bin/"))
}

// View implements tui.Screen.
func (l *Trail) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	if !l.read {
		title := th.Title.Render(component.Fit(t.TrailTitle(), w))
		return component.Page([]string{title}, component.Wrap(t.TrailAsk(), w), w, h)
	}
	facts := l.t.Facts
	head := []string{th.Title.Render(component.Pair(t.TrailOf(l.name()), strconv.Itoa(len(facts)),
		w))}
	if len(facts) == 0 {
		return component.Page(append(head, component.Fit(t.ReasonsSpan(reasonsSpans[l.span]), w)),
			component.Wrap(t.TrailNone(), w), w, h)
	}
	l.at.keep(len(facts))
	if l.one {
		lines := component.Paragraphs(w, l.full(facts[l.at])...)
		l.top = max(0, min(l.top, len(lines)-(h-1)))
		return component.Page(append(head, lines[l.top:]...), nil, w, h)
	}
	if l.t.Cut || l.span < len(reasonsSpans)-1 {
		first := ""
		if l.t.Cut {
			first = t.TrailFirst(len(facts))
		}
		head = append(head, component.Pair(t.ReasonsSpan(reasonsSpans[l.span]), first, w))
	}
	says := trailTeller(t, l.t)
	whole := component.Wrap(says.line(l.sh.Store, facts[l.at]), w)
	whole = whole[:min(len(whole), max(2, h/3))]
	hint := []string{th.Quiet.Render(component.Fit(t.TrailHint(), w))}
	room := max(1, h-len(head)-len(whole)-len(hint))
	var rows []string
	for _, e := range facts {
		rows = append(rows, join(clockAt(l.sh.Store, e.At+e.Off), says.fact(e)))
	}
	data := append(head, component.List(th, rows, int(l.at), w, min(room, len(rows)))...)
	return component.Page(append(data, whole...), hint, w, h)
}

// name is what people call the thing.
func (l *Trail) name() string {
	if len(l.t.Found) == 0 {
		return l.of.Label.Text
	}
	f := l.t.Found[0]
	return join(l.sh.Text.Kinds()[f.Kind], f.Code)
}

// full is all that is known of a fact.
func (l *Trail) full(e store.Envelope) (out []string) {
	t := l.sh.Text
	names := t.TrailFields()
	say := func(name, value string) {
		if value != "" {
			out = append(out, t.TrailPair(name, value))
		}
	}
	at := time.UnixMilli(e.At + e.Off).In(l.sh.Store.Zone())
	say(names.At, at.Format("2006-01-02 15:04:05"))
	if e.Off != 0 {
		say(names.Off, (time.Duration(e.Off) * time.Millisecond).Round(time.Second).String())
	}
	say(names.Who, join(string(e.Operator), l.t.People[e.Operator]))
	say(names.Second, join(string(e.Second), l.t.People[e.Second]))
	say(names.Where, station(e))
	say(names.What, join(t.Events()[e.Kind], trailTeller(t, l.t).detail(e)))
	say(names.About, about(e, l.t.Called))
	say(names.Raw, string(e.Raw))
	say(names.By, e.Source)
	say(names.Number, join(string(e.Author), strconv.FormatInt(e.Epoch, 10)+"."+
		strconv.FormatInt(e.Seq, 10)))
	if e.BasedOn > 0 {
		say(names.Knew, strconv.FormatInt(e.BasedOn, 10))
	}
	return append(out, string(e.Body))
}
