package screens

import (
	"cmp"
	"context"
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

// Alerts shows a supervisor what they are to be warned of: first how the station is, then
// what nobody has seen, and then what somebody has.
type Alerts struct {
	sh    *tui.Shell
	all   []store.Alert
	loud  int                         // of them, when they were read
	names map[store.OperatorID]string // who has seen some
	read  bool
	at    cursor
}

func newAlerts(sh *tui.Shell) *Alerts { return &Alerts{sh: sh} }

// alertPatience is how long looking for alerts may take: a large site has many items.
const alertPatience = 30 * time.Second

// Open implements tui.Screen.
func (l *Alerts) Open() tea.Cmd {
	return l.reads(func(fresh []alertRow) []alertRow {
		seek(&l.at, l.rows(), fresh, alertRow.id)
		return fresh
	})
}

// reads reads the alerts, and has the rows put on the screen.
func (l *Alerts) reads(shown func(fresh []alertRow) []alertRow) tea.Cmd {
	type read struct {
		all   []store.Alert
		names map[store.OperatorID]string
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		if out.all, err = loudFirst(ctx, l.sh.Store); err != nil {
			return out, err
		}
		out.names = map[store.OperatorID]string{}
		return out, l.sh.Store.Read(ctx, func(r *store.Reader) error {
			for _, a := range out.all {
				if by := a.Seen.By; by != "" && out.names[by] == "" {
					o, err := r.Operator(by)
					if err != nil {
						return err
					}
					out.names[by] = o.Name
				}
			}
			return nil
		})
	}, func(r read) tea.Cmd {
		rows := shown(rowsOf(l.sh.Ills(), r.all))
		l.all, l.loud, l.names, l.read = nil, len(report.Loud(r.all)), r.names, true
		for _, row := range rows {
			if row.ill == nil {
				l.all = append(l.all, row.alert)
			}
		}
		l.at.keep(len(l.rows()))
		return nil
	})
}

// loudFirst reads the alerts, those last that somebody has seen.
func loudFirst(ctx context.Context, s *store.Store) (out []store.Alert, err error) {
	all, err := patiently(ctx, s)
	out = report.Loud(all)
	for _, a := range all {
		if a.Quiet() {
			out = append(out, a)
		}
	}
	return out, err
}

// patiently reads the alerts, for as long as that takes on a large site.
func patiently(ctx context.Context, s *store.Store) ([]store.Alert, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), alertPatience)
	defer cancel()
	return report.Alerts(ctx, s)
}

// News implements tui.Newsed.
func (l *Alerts) News() tea.Cmd {
	return l.reads(func(fresh []alertRow) []alertRow {
		return follow(&l.at, l.rows(), fresh, alertRow.id)
	})
}

// An alertRow is one thing to be warned of: how the station is, or an alert.
type alertRow struct {
	ill   *tui.Ill
	alert store.Alert
}

func (r alertRow) id() [2]string {
	if r.ill != nil {
		return [2]string{"", string(r.ill.Name)}
	}
	return [2]string{string(r.alert.Kind), r.alert.Ref}
}

func (l *Alerts) rows() []alertRow { return rowsOf(l.sh.Ills(), l.all) }

func rowsOf(ills []tui.Ill, all []store.Alert) (out []alertRow) {
	for i := range ills {
		out = append(out, alertRow{ill: &ills[i]})
	}
	for _, a := range all {
		out = append(out, alertRow{alert: a})
	}
	return out
}

// Scan implements tui.Screen: what is scanned is looked up.
func (l *Alerts) Scan(s scanner.Scan) tea.Cmd {
	next := &Look{sh: l.sh}
	return tea.Batch(l.sh.Push(next), next.Scan(s))
}

// Key implements tui.Screen.
func (l *Alerts) Key(k tea.KeyMsg) tea.Cmd {
	rows := l.rows()
	l.at.keep(len(rows))
	if k.Type == tea.KeyEnter && len(rows) > 0 && rows[l.at].ill == nil {
		return l.choose(rows[l.at].alert)
	}
	l.at.key(k, len(rows))
	return nil
}

// quietDays are for how long an alert can be quiet once it was seen.
var quietDays = []int{1, 7, 30}

// choose asks what is to become of an alert.
func (l *Alerts) choose(a store.Alert) tea.Cmd {
	t := l.sh.Text
	options := []string{t.AlertsLook()}
	for _, days := range quietDays {
		options = append(options, t.AlertsFor(days))
	}
	head := []string{t.Alert(a).Problem}
	return l.sh.Choose(tui.Choice{Title: t.AlertsAsk(), Head: head, Options: options,
		Pick: func(i int) tea.Cmd {
			if i == 0 {
				return l.Scan(l.sh.Keyed(subject(a)))
			}
			return l.seen(a, quietDays[i-1])
		}})
}

// subject is what is looked up of an alert.
func subject(a store.Alert) string {
	switch {
	case a.Kind == store.LateSlip:
		return a.Ref
	case a.Item != "":
		return string(a.Item)
	}
	return cmp.Or(a.Place.Code(), string(a.Slip), a.About)
}

// seen says that the operator has seen an alert.
func (l *Alerts) seen(a store.Alert, days int) tea.Cmd {
	by := l.sh.By(scanner.Scan{})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, report.Acknowledge(ctx, l.sh.Store, by, a, days)
	}, func(struct{}) tea.Cmd {
		l.sh.Note(l.sh.Text.AlertsSeen(days))
		return l.reads(func(fresh []alertRow) []alertRow { return fresh })
	})
}

// View implements tui.Screen: the list, and below it what is wrong with the selected one and
// what to do.
func (l *Alerts) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	rows := l.rows()
	l.at.keep(len(rows))
	n := l.loud + len(l.sh.Ills())
	data := []string{th.Title.Render(component.Fit(t.AlertsTitle(n), w))}
	hint := component.Wrap(t.AlertsHint(), w)
	for i := range hint {
		hint[i] = th.Quiet.Render(hint[i])
	}
	switch {
	case !l.read:
		data = append(data, t.ReasonsCounts())
	case len(rows) == 0:
		data = append(data, component.Wrap(t.AlertsNone(), w)...)
	default:
		const mark = 2 // of the list
		var lines []string
		for _, r := range rows {
			lines = append(lines, l.line(r, w-mark))
		}
		room := h - len(data) - len(hint)
		below := l.about(rows[l.at], w)
		below = below[:max(0, min(len(below), room-1))]
		data = append(data, component.List(th, lines, int(l.at), w, room-len(below))...)
		data = append(data, below...)
	}
	return component.Page(data, hint, w, h)
}

// line is an alert in few words, with how bad it is, or that somebody has seen it.
func (l *Alerts) line(r alertRow, w int) string {
	t := l.sh.Text
	if r.ill != nil {
		short, _, _ := i18n.Describe(t, r.ill.Name, "")
		return component.Pair(short, "!!!", w)
	}
	a := r.alert
	mark := strings.Repeat("!", int(a.Level))
	if a.Quiet() {
		mark = "ok"
	}
	about := i18n.AlertAbout(a)
	row := join(t.AlertKinds()[a.Kind], about)
	if most := w - 1 - len(mark); ansi.StringWidth(row) > most && ansi.StringWidth(about) <= most {
		row = about // a number stays whole
	}
	return component.Pair(row, mark, w)
}

// about is what is wrong, and what to do.
func (l *Alerts) about(r alertRow, w int) (out []string) {
	t := l.sh.Text
	if r.ill != nil {
		_, problem, remedy := i18n.Describe(t, r.ill.Name, r.ill.Detail)
		return append(component.Wrap(problem, w), component.Wrap(remedy, w)...)
	}
	said, a := t.Alert(r.alert), r.alert
	paragraphs := []string{said.Problem, said.Remedy}
	if a.Since != 0 {
		paragraphs = append(paragraphs, t.AlertSince(clockAt(l.sh.Store, a.Since)))
	}
	if a.Seen.By != "" {
		paragraphs = append(paragraphs, t.AlertBy(l.names[a.Seen.By],
			clockAt(l.sh.Store, a.Seen.Until)))
	}
	for _, p := range paragraphs {
		out = append(out, component.Wrap(p, w)...)
	}
	return out
}
