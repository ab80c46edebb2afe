package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Changes shows a supervisor the changes of orders that were asked for, with what
// each would do.
type Changes struct {
	sh   *tui.Shell
	all  []order.Requested // on the screen
	n    int               // that wait
	read bool
	at   cursor
}

// Open implements tui.Screen.
func (l *Changes) Open() tea.Cmd {
	return l.look(func(all []order.Requested) {
		seek(&l.at, l.all, all, changeOf)
		l.all, l.read = all, true
	})
}

// News implements tui.Newsed.
func (l *Changes) News() tea.Cmd {
	return l.look(func(all []order.Requested) { l.all = follow(&l.at, l.all, all, changeOf) })
}

// A change is one of an order's, by its number.
type change struct {
	of store.OrderID
	n  int64
}

func changeOf(c order.Requested) change { return change{c.OrderChange.Order, c.N} }

func (l *Changes) look(then func([]order.Requested)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]order.Requested, error) {
		return order.OpenChanges(ctx, l.sh.Store)
	}, func(all []order.Requested) tea.Cmd {
		l.n = len(all)
		then(all)
		return nil
	})
}

// Scan implements tui.Screen: what is scanned is looked up.
func (l *Changes) Scan(s scanner.Scan) tea.Cmd {
	next := &Look{sh: l.sh}
	return tea.Batch(l.sh.Push(next), next.Scan(s))
}

// Key implements tui.Screen.
func (l *Changes) Key(k tea.KeyMsg) tea.Cmd {
	l.at.key(k, len(l.all))
	return nil
}

// Keys implements tui.Keyed.
func (l *Changes) Keys() []tui.Binding {
	if len(l.all) == 0 {
		return nil
	}
	t := l.sh.Text
	return []tui.Binding{
		{Key: "f5", Command: i18n.Approve, Do: func() tea.Cmd {
			return l.because(t.ApproveTitle(), store.OverrideReason, order.MakeChange, t.MadeNow)
		}},
		{Key: "f6", Command: i18n.Reject, Do: func() tea.Cmd {
			return l.because(t.RejectTitle(), store.HoldReason, order.RefuseChange, t.RefusedNow)
		}},
	}
}

type changeDecision func(context.Context, *store.Store, store.Gesture, store.OrderID, int64,
	string) error

func (l *Changes) because(title string, use store.ReasonUse, decide changeDecision,
	say func(no string) string) tea.Cmd {
	l.at.keep(len(l.all))
	c, by := l.all[l.at], l.sh.By(scanner.Scan{Source: keyed})
	return because(l.sh, use, title, func(reason string) tea.Cmd {
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, decide(ctx, l.sh.Store, by, c.OrderChange.Order, c.N, reason)
		}, func(struct{}) tea.Cmd {
			l.sh.Tell(say(c.Order.PlatformNo))
			return l.Open()
		})
	})
}

// Refused implements tui.Refused: another supervisor was faster, or a picker.
func (l *Changes) Refused(*store.Refusal) tea.Cmd { return l.Open() }

// View implements tui.Screen: the changes, and what the selected one does.
func (l *Changes) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.ChangesTitle(l.n), w))}
	if len(l.all) == 0 {
		var todo []string
		if l.read {
			todo = component.Wrap(t.ChangesNone(), w)
		}
		return component.Page(data, todo, w, h)
	}
	l.at.keep(len(l.all))
	var rows, what []string
	for _, c := range l.all {
		rows = append(rows, t.ChangeRow(c.Order.PlatformNo, len(c.Diff)))
	}
	for _, d := range l.all[l.at].Diff {
		if d.What == "phone" {
			d.Was, d.Will = store.Masked(d.Was), store.Masked(d.Will)
		}
		if d.What == "ship_by" {
			d.Was, d.Will = clockText(l.sh.Store, d.Was), clockText(l.sh.Store, d.Will)
		}
		what = append(what, component.Wrap("- "+t.ChangeOne(d), w)...)
	}
	what = what[:min(len(what), max(3, h/2))]
	data = append(data, component.List(th, rows, int(l.at), w, max(1, h-2-len(what)))...)
	return component.Page(append(data, what...), component.Wrap(t.ChangesHint(), w), w, h)
}
