package screens

import (
	"cmp"
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

// Refunds shows a supervisor what is to be given back to customers, takes down what the
// finance side has paid, and leads to where they give back themselves.
type Refunds struct {
	sh   *tui.Shell
	due  []owing
	n    int // that are to be paid
	read bool
	at   cursor
}

// owing is a refund that is to be paid, or that waits until its customer has.
type owing struct {
	store.Refunding
	waits bool
	room  store.Money // that came for the order and was not given back
}

func owed(in returns.Owing) (out []owing) {
	for _, f := range in.Due {
		out = append(out, owing{Refunding: f})
	}
	for _, w := range in.Waits {
		out = append(out, owing{store.Refunding{RefundDue: store.RefundDue{Order: w.Order,
			ID: string(w.RMA) + " " + string(w.Order), RMA: w.RMA, Amount: w.Amount}}, true,
			w.Room})
	}
	return out
}

// Open implements tui.Screen.
func (l *Refunds) Open() tea.Cmd {
	return l.look(func(due []owing) {
		seek(&l.at, l.due, due, refundOf)
		l.due, l.read = due, true
	})
}

// News implements tui.Newsed.
func (l *Refunds) News() tea.Cmd {
	return l.look(func(due []owing) { l.due = follow(&l.at, l.due, due, refundOf) })
}

func refundOf(f owing) string { return f.ID }

func (l *Refunds) look(then func([]owing)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) (returns.Owing, error) {
		return returns.Due(ctx, l.sh.Store)
	}, func(due returns.Owing) tea.Cmd {
		l.n = len(due.Due)
		then(owed(due))
		return nil
	})
}

// Scan implements tui.Screen: the label of a return selects what is due for it.
func (l *Refunds) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	var due []store.RMAID
	for _, f := range l.due {
		due = append(due, f.RMA)
	}
	return tui.Do(l.sh, func(ctx context.Context) (store.RMAID, error) {
		return returns.FindWaiting(ctx, l.sh.Store, by, due)
	}, func(id store.RMAID) tea.Cmd {
		i := slices.IndexFunc(l.due, func(f owing) bool { return f.RMA == id })
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
		f := l.due[l.at]
		if f.RMA == "" { // somebody gives it for none
			return l.sh.Push(lookAt(l.sh, store.Found{Kind: store.OrderKind, Code: string(f.Order),
				Order: f.Order}))
		}
		return l.sh.Push(lookAt(l.sh, store.Found{Kind: store.ReturnKind, Code: string(f.RMA),
			RMA: f.RMA}))
	}
	l.at.key(k, len(l.due))
	return nil
}

// Keys implements tui.Keyed.
func (l *Refunds) Keys() []tui.Binding {
	give := tui.Binding{Key: "f6", Command: i18n.Give, Do: func() tea.Cmd {
		return l.sh.Push(&GiveBack{sh: l.sh})
	}}
	if len(l.due) == 0 {
		return []tui.Binding{give}
	}
	l.at.keep(len(l.due))
	if f := l.due[l.at]; f.waits {
		give.Do = func() tea.Cmd { return l.sh.Push(&GiveBack{sh: l.sh, of: f.Order, rma: f.RMA}) }
		return []tui.Binding{give}
	}
	keys := []tui.Binding{{Key: "f5", Command: i18n.Settle, Do: l.settle}, give}
	if l.due[l.at].ByHand() {
		keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Withdraw, Do: l.withdraw})
	}
	return keys
}

// withdraw takes back what was given by hand, once somebody has said why and that they mean it.
func (l *Refunds) withdraw() tea.Cmd {
	l.at.keep(len(l.due))
	f, t := l.due[l.at], l.sh.Text
	about := cmp.Or(string(f.RMA), string(f.Order))
	return because(l.sh, store.ReturnReason, t.WhyNotGive(f.Amount), func(reason string) tea.Cmd {
		return l.sh.Ask(tui.Question{Text: t.AskNotGive(f.Amount, about), Yes: func() tea.Cmd {
			by := l.sh.By(scanner.Scan{Source: keyed})
			return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, returns.WithdrawRefund(ctx, l.sh.Store, by,
					returns.Withdrawing{Refund: f.ID, Reason: reason})
			}, func(struct{}) tea.Cmd {
				l.sh.Tell(t.CardWithdrawn(f.Amount), about)
				return l.Open()
			})
		}})
	})
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
			l.sh.Tell(t.CardRefund(f.Amount, true), cmp.Or(string(f.RMA), string(f.Order)))
			return l.Open()
		})
	}})
}

// Refused implements tui.Refused: somebody was faster.
func (l *Refunds) Refused(*store.Refusal) tea.Cmd { return l.Open() }

// View implements tui.Screen.
func (l *Refunds) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.RefundsTitle(l.n), w))}
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
		rows = append(rows, component.Pair(cmp.Or(string(f.RMA), string(f.Order)),
			f.Amount.String(), max(1, w-2)))
	}
	f := l.due[l.at]
	words := t.RefundAbout(f.RefundDue)
	if f.waits {
		words = t.RefundWaits(f.Order, f.room)
	}
	about := component.Wrap(words, w)
	data = append(data, component.List(th, rows, int(l.at), w, max(1, min(len(rows),
		h-2-len(about))))...)
	return component.Page(append(data, about...), component.Wrap(t.HeldHint(), w), w, h)
}
