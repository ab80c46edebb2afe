package screens

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Refunds shows a supervisor what is to be given back to customers, and takes down what the
// finance side has paid.
type Refunds struct {
	sh   *tui.Shell
	due  []store.Refunding
	read bool
	at   cursor
}

// Open implements tui.Screen.
func (l *Refunds) Open() tea.Cmd {
	return l.look(func(due []store.Refunding) {
		seek(&l.at, l.due, due, refundOf)
		l.due, l.read = due, true
	})
}

// News implements tui.Newsed.
func (l *Refunds) News() tea.Cmd {
	return l.look(func(due []store.Refunding) { l.due = follow(&l.at, l.due, due, refundOf) })
}

func refundOf(f store.Refunding) string { return f.ID }

func (l *Refunds) look(then func([]store.Refunding)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]store.Refunding, error) {
		return returns.Due(ctx, l.sh.Store)
	}, func(due []store.Refunding) tea.Cmd {
		then(due)
		return nil
	})
}

// Scan implements tui.Screen: the label of a return selects what is due for it.
func (l *Refunds) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	return tui.Do(l.sh, func(ctx context.Context) (store.RMAID, error) {
		return returns.FindWaiting(ctx, l.sh.Store, by)
	}, func(id store.RMAID) tea.Cmd {
		i := slices.IndexFunc(l.due, func(f store.Refunding) bool { return f.RMA == id })
		if i >= 0 {
			l.at = cursor(i)
		}
		return nil
	})
}

// Key implements tui.Screen.
func (l *Refunds) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && len(l.due) > 0 {
		l.at.keep(len(l.due))
		return l.sh.Push(lookAt(l.sh, store.Found{Kind: store.ReturnKind,
			Code: string(l.due[l.at].RMA), RMA: l.due[l.at].RMA}))
	}
	l.at.key(k, len(l.due))
	return nil
}

// Keys implements tui.Keyed.
func (l *Refunds) Keys() []tui.Binding {
	if len(l.due) == 0 {
		return nil
	}
	return []tui.Binding{{Key: "f5", Command: i18n.Settle, Do: l.settle}}
}

// settle asks for the number of the payment, and takes it down.
func (l *Refunds) settle() tea.Cmd {
	l.at.keep(len(l.due))
	f, t := l.due[l.at], l.sh.Text
	return l.sh.Enter(tui.Entry{Title: t.RefundNo(f.Amount), Take: func(no string) tea.Cmd {
		by := l.sh.By(scanner.Scan{Source: keyed})
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, returns.SettleRefund(ctx, l.sh.Store, by,
				returns.Settling{Refund: f.ID, No: flat(no)})
		}, func(struct{}) tea.Cmd {
			l.sh.Tell(t.CardRefund(f.Amount, true), string(f.RMA))
			return l.Open()
		})
	}})
}

// Refused implements tui.Refused: somebody was faster.
func (l *Refunds) Refused(*store.Refusal) tea.Cmd { return l.Open() }

// View implements tui.Screen.
func (l *Refunds) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.RefundsTitle(len(l.due)), w))}
	if len(l.due) == 0 {
		var todo []string
		if l.read {
			todo = component.Wrap(t.RefundsNone(), w)
		}
		return component.Page(data, todo, w, h)
	}
	l.at.keep(len(l.due))
	var rows []string
	for _, f := range l.due {
		rows = append(rows, component.Pair(string(f.RMA), f.Amount.String(), max(1, w-2)))
	}
	f := l.due[l.at]
	about := component.Wrap(t.RefundAbout(f.RefundDue), w)
	data = append(data, component.List(th, rows, int(l.at), w, max(1, min(len(rows),
		h-2-len(about))))...)
	return component.Page(append(data, about...), component.Wrap(t.HeldHint(), w), w, h)
}
