package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Held shows a supervisor the orders that did not pass the review, with the
// reasons, or those that are to be released by hand.
type Held struct {
	sh     *tui.Shell
	state  store.OrderState  // store.Held or store.LockedOrder
	orders []order.HeldOrder // on the screen
	n      int               // that wait
	read   bool
	at     cursor
	first  store.OrderID // that the cursor begins on
}

// Open implements tui.Screen.
func (l *Held) Open() tea.Cmd {
	return l.look(func(orders []order.HeldOrder) {
		seek(&l.at, l.orders, orders, heldOf)
		l.orders, l.read = orders, true
		l.first = begin(&l.at, orders, heldOf, l.first)
	})
}

// News implements tui.Newsed.
func (l *Held) News() tea.Cmd {
	return l.look(func(orders []order.HeldOrder) {
		l.orders = follow(&l.at, l.orders, orders, heldOf)
	})
}

func heldOf(o order.HeldOrder) store.OrderID { return o.ID }

func (l *Held) look(then func([]order.HeldOrder)) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]order.HeldOrder, error) {
		return order.Held(ctx, l.sh.Store, l.state)
	}, func(orders []order.HeldOrder) tea.Cmd {
		l.n = len(orders)
		then(orders)
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

// Keys implements tui.Keyed: what can be done about the selected order.
func (l *Held) Keys() []tui.Binding {
	if len(l.orders) == 0 {
		return nil
	}
	l.at.keep(len(l.orders))
	o := l.orders[l.at]
	keys := (&deciding{sh: l.sh, again: l.Open, OrderCard: report.OrderCard{Order: o.Order,
		Decision: o.Decision, Person: o.Person, Asked: o.Asked, Paid: o.Came}}).keys()
	if l.state == store.LockedOrder {
		keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Wave, Do: l.wave})
	}
	return keys
}

// wave asks for orders that go together, and releases them.
func (l *Held) wave() tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]order.Wave, error) {
		return order.Waves(ctx, l.sh.Store)
	}, func(waves []order.Wave) tea.Cmd {
		t := l.sh.Text
		if len(waves) == 0 {
			l.sh.Note(t.WaveNone())
			return nil
		}
		var options []string
		for _, w := range waves {
			of := w.Of
			if w.By == store.WaveCutOff {
				of = clockText(l.sh.Store, of)
			}
			options = append(options, t.WaveRow(w.By, of, w.N))
		}
		return l.sh.Choose(tui.Choice{Title: t.WaveTitle(), Options: options,
			Pick: func(i int) tea.Cmd { return l.release(waves[i]) }})
	})
}

func (l *Held) release(w order.Wave) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (int, error) {
		return order.ReleaseWave(ctx, l.sh.Store, by, w)
	}, func(n int) tea.Cmd {
		l.sh.Tell(l.sh.Text.WaveReleased(n))
		return l.Open()
	})
}

// Refused implements tui.Refused: another supervisor was faster.
func (l *Held) Refused(*store.Refusal) tea.Cmd { return l.Open() }

// View implements tui.Screen: the orders, and why the selected one is held.
func (l *Held) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(l.title(), w))}
	if len(l.orders) == 0 {
		var todo []string
		if l.read {
			todo = component.Wrap(l.none(), w)
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

func (l *Held) title() string {
	if l.state == store.LockedOrder {
		return l.sh.Text.LockedTitle(l.n)
	}
	return l.sh.Text.HeldTitle(l.n)
}

func (l *Held) none() string {
	if l.state == store.LockedOrder {
		return l.sh.Text.LockedNone()
	}
	return l.sh.Text.HeldNone()
}

// why is each reason for which an order is held, and what to do about it, and who
// bought it.
func (l *Held) why(o order.HeldOrder, w int, remedies bool) (out []string) {
	t := l.sh.Text
	for _, f := range o.Findings {
		if l.state != store.Held {
			break // a supervisor has decided on them
		}
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
		o.Person.Name, store.Masked(o.Person.Phone)), w)))
}
