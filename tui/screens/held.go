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

// Held shows a supervisor the orders that did not pass the review, with the
// reasons.
type Held struct {
	sh      *tui.Shell
	orders  []order.HeldOrder
	approve []store.Reason
	reject  []store.Reason
	read    bool
	at      cursor
}

// Open implements tui.Screen.
func (l *Held) Open() tea.Cmd {
	type read struct {
		orders          []order.HeldOrder
		approve, reject []store.Reason
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		if out.orders, err = order.Held(ctx, l.sh.Store); err != nil {
			return out, err
		}
		err = l.sh.Store.Read(ctx, func(r *store.Reader) error {
			if out.approve, err = r.Reasons(store.OverrideReason); err != nil {
				return err
			}
			out.reject, err = r.Reasons(store.HoldReason)
			return err
		})
		return out, err
	}, func(r read) tea.Cmd {
		l.orders, l.approve, l.reject, l.read = r.orders, r.approve, r.reject, true
		return nil
	})
}

// Scan implements tui.Screen: no label stands for a held order.
func (l *Held) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	return tui.Do(l.sh, func(ctx context.Context) (int, error) {
		return order.FindHeld(ctx, l.sh.Store, by, l.orders)
	}, func(i int) tea.Cmd {
		l.at = cursor(i)
		return nil
	})
}

// Key implements tui.Screen.
func (l *Held) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && len(l.orders) > 0 {
		o := l.orders[l.at]
		return l.sh.Push(lookAt(l.sh, store.Found{Kind: store.OrderKind, Code: o.PlatformNo,
			Order: o.ID}))
	}
	l.at.key(k, len(l.orders))
	return nil
}

// Keys implements tui.Keyed.
func (l *Held) Keys() []tui.Binding {
	if len(l.orders) == 0 {
		return nil
	}
	t := l.sh.Text
	return []tui.Binding{
		{Key: "f5", Command: i18n.Approve, Do: func() tea.Cmd {
			return l.because(t.ApproveTitle(), l.approve, order.Approve, t.Approved)
		}},
		{Key: "f6", Command: i18n.Reject, Do: func() tea.Cmd {
			return l.because(t.RejectTitle(), l.reject, order.Reject, t.Rejected)
		}},
	}
}

type decision func(context.Context, *store.Store, store.Gesture, store.OrderID, string) error

// because asks for a reason, and decides.
func (l *Held) because(title string, reasons []store.Reason, decide decision,
	say func(no string) string) tea.Cmd {
	o, by := l.orders[l.at], l.sh.By(scanner.Scan{Source: keyed})
	options := reasonNames(l.sh.Text, reasons)
	return l.sh.Choose(tui.Choice{Title: title, Options: options, Pick: func(i int) tea.Cmd {
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, decide(ctx, l.sh.Store, by, o.ID, reasons[i].Code)
		}, func(struct{}) tea.Cmd {
			l.sh.Tell(say(o.PlatformNo))
			return l.release(o.ID)
		})
	}})
}

// release makes a slip of what the decision reserved. It is an operation of its
// own: the decision stands, whatever becomes of this one.
func (l *Held) release(id store.OrderID) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, order.Release(ctx, l.sh.Store, id)
	}, func(struct{}) tea.Cmd { return l.Open() })
}

// Refused implements tui.Refused: another supervisor was faster.
func (l *Held) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.NotHeld {
		return l.Open()
	}
	return nil
}

// View implements tui.Screen: the orders, and why the selected one is held.
func (l *Held) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.HeldTitle(len(l.orders)), w))}
	if len(l.orders) == 0 {
		var todo []string
		if l.read {
			todo = component.Wrap(t.HeldNone(), w)
		}
		return component.Page(data, todo, w, h)
	}
	l.at.keep(len(l.orders))
	var rows []string
	for _, o := range l.orders {
		var n store.Qty
		for _, line := range o.Lines {
			n += line.N
		}
		rows = append(rows, t.HeldOrder(o.PlatformNo, len(o.Lines), n))
	}
	o, most := l.orders[l.at], max(3, h/2)
	why := l.why(o, w, true)
	if len(why) > most { // Enter shows all of it
		why = l.why(o, w, false)
	}
	why = why[:min(len(why), most)]
	data = append(data, component.List(th, rows, int(l.at), w, max(1, h-2-len(why)))...)
	return component.Page(append(data, why...), component.Wrap(t.HeldHint(), w), w, h)
}

// why is each reason for which an order is held, and what to do about it, and who
// bought it.
func (l *Held) why(o order.HeldOrder, w int, remedies bool) (out []string) {
	t := l.sh.Text
	for _, f := range o.Findings {
		problem, remedy := t.Finding(f)
		out = append(out, component.Wrap("- "+problem, w)...)
		if remedies {
			out = append(out, component.Wrap("  "+remedy, w)...)
		}
	}
	for _, q := range o.Asked {
		out = append(out, component.Wrap(t.CardQuestion(q), w)...)
	}
	return append(out, l.sh.Theme.Quiet.Render(component.Fit(join(o.Channel, o.Customer,
		o.Person.Name, masked(o.Person.Phone)), w)))
}

// masked is a phone number as it may be shown: 138****4417.
func masked(phone string) string {
	r := []rune(phone)
	if len(r) < 8 {
		return phone
	}
	return string(r[:3]) + "****" + string(r[len(r)-4:])
}
