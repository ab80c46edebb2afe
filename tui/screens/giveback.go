package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
)

// GiveBack is where a supervisor gives money back for an order, by hand: the order or its
// return is scanned, then the amount is typed, and the reason chosen.
type GiveBack struct {
	sh    *tui.Shell
	of    store.OrderID // that it opens with; empty for none
	rma   store.RMAID   // that this is about
	purse *returns.Purse
}

// Open implements tui.Screen.
func (g *GiveBack) Open() tea.Cmd {
	if g.of == "" {
		return nil
	}
	return g.find(g.sh.By(g.sh.Keyed(string(g.of))), g.rma)
}

// Scan implements tui.Screen: a number of an order, of a return, or of what went out.
func (g *GiveBack) Scan(s scanner.Scan) tea.Cmd { return g.find(g.sh.By(s), "") }

func (g *GiveBack) find(by store.Gesture, rma store.RMAID) tea.Cmd {
	return tui.Do(g.sh, func(ctx context.Context) (returns.Purse, error) {
		return returns.FindPurse(ctx, g.sh.Store, by)
	}, func(p returns.Purse) tea.Cmd {
		if rma != "" {
			p.RMA = rma
		}
		g.purse = &p
		if p.Left == 0 {
			g.sh.Note(g.none())
			return nil
		}
		return g.ask()
	})
}

// none says why nothing can be given.
func (g *GiveBack) none() string {
	if g.purse.Paid <= 0 {
		return g.sh.Text.GiveUnpaid()
	}
	return g.sh.Text.GiveNothing()
}

// Key implements tui.Screen.
func (g *GiveBack) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && g.purse != nil && g.purse.Left > 0 {
		return g.ask()
	}
	return nil
}

// ask has the amount typed, and the reason chosen.
func (g *GiveBack) ask() tea.Cmd {
	p, t := *g.purse, g.sh.Text
	return g.sh.Enter(tui.Entry{Title: t.GiveHowMuch(p.Left), Take: func(text string) tea.Cmd {
		sum, ok := store.ParseMoney(flat(text))
		if !ok || sum <= 0 {
			g.sh.Note(t.BadAmount(text))
			return nil
		}
		return because(g.sh, store.ReturnReason, t.GiveWhy(sum), func(reason string) tea.Cmd {
			return g.sh.Ask(tui.Question{Text: t.AskGive(sum, p.Order.PlatformNo),
				Yes: func() tea.Cmd { return g.give(p, sum, reason) }})
		})
	}})
}

func (g *GiveBack) give(p returns.Purse, sum store.Money, reason string) tea.Cmd {
	by := g.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(g.sh, func(ctx context.Context) (string, error) {
		return returns.GiveBack(ctx, g.sh.Store, by, returns.Giving{Order: p.Order.ID, RMA: p.RMA,
			Amount: sum, Reason: reason})
	}, func(string) tea.Cmd {
		g.sh.Tell(g.sh.Text.GivenBack(sum, p.Order.PlatformNo))
		g.purse = nil
		return nil
	})
}

// View implements tui.Screen.
func (g *GiveBack) View(w, h int) []string {
	t, th := g.sh.Text, g.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.GiveTitle(), w))}
	if g.purse == nil {
		return component.Page(data, component.Wrap(t.GiveScan(), w), w, h)
	}
	p := g.purse
	data = append(data, component.Wrap(join(p.Order.PlatformNo, string(p.RMA)), w)...)
	for _, row := range []struct {
		name string
		sum  store.Money
	}{{t.GivePaid(), p.Paid}, {t.GiveGiven(), p.Given}, {t.GiveLeft(), p.Left}} {
		data = append(data, component.Pair(row.name, row.sum.String()+" "+p.Order.Currency, w))
	}
	hint := t.GiveHint()
	if p.Left <= 0 {
		hint = t.GiveScan()
	}
	return component.Page(data, component.Wrap(hint, w), w, h)
}
