package screens

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// AskBack writes down what a customer at the counter, or on the phone, wants to send back.
type AskBack struct {
	form
	rma     store.RMA
	order   store.Order // zero where none is known
	goods   []returns.Row
	n       []store.Qty       // wanted back of each
	first   store.Discrepancy // that it begins with
	whose   store.OrderID     // whose goods that are
	reasons []store.Reason
}

func newAskBack(sh *tui.Shell) *AskBack {
	a := &AskBack{form: form{sh: sh}}
	a.reset()
	return a
}

// reset begins the next request.
func (a *AskBack) reset() {
	a.rma = store.RMA{How: store.AtShop, Wants: store.WantsRefund}
	a.order, a.goods, a.n, a.at = store.Order{}, nil, nil, 0
}

// Open implements tui.Screen.
func (a *AskBack) Open() tea.Cmd {
	return tui.Do(a.sh, func(ctx context.Context) ([]store.Reason, error) {
		return store.Get(ctx, a.sh.Store, reasonsOfReturns)
	}, func(reasons []store.Reason) tea.Cmd {
		a.reasons = reasons
		order := a.whose
		if a.whose = ""; order == "" {
			return nil
		}
		return a.Scan(a.sh.Keyed(string(order)))
	})
}

// Scan implements tui.Screen: a number of an order says what may come back, and an item is
// wanted back once more.
func (a *AskBack) Scan(s scanner.Scan) tea.Cmd {
	by := a.sh.By(s)
	return tui.Do(a.sh, func(ctx context.Context) (returns.Wish, error) {
		return returns.Wanted(ctx, a.sh.Store, by)
	}, func(x returns.Wish) tea.Cmd {
		if x.N > 0 {
			return a.more(returns.Row{Item: x.Item}, x.N)
		}
		a.of(x)
		return nil
	})
}

// of puts the request to an order. What was written down stays, and of the goods what the
// order had.
func (a *AskBack) of(x returns.Wish) {
	had := map[store.SKU]store.Qty{}
	for i, g := range a.goods {
		if a.order.ID == "" || a.order.ID == x.Order.ID {
			had[g.Item.SKU] = a.n[i]
		}
	}
	said := []string{a.sh.Text.BackOf(x.Order.PlatformNo)}
	for _, g := range a.goods {
		of := func(r returns.Row) bool { return r.Item.SKU == g.Item.SKU }
		if had[g.Item.SKU] > 0 && !slices.ContainsFunc(x.Rows, of) {
			said = append(said, a.sh.Text.NotOfOrder(g.Item.Title()))
		}
	}
	a.order, a.goods, a.n = x.Order, x.Rows, nil
	for _, r := range x.Rows {
		n := had[r.Item.SKU]
		if r.Item.SKU == a.first.Item {
			n = max(n, a.first.N)
		}
		a.n = append(a.n, min(n, r.Room))
	}
	a.first = store.Discrepancy{}
	a.at = 1 // what is asked next
	a.sh.Tell(said...)
}

// more wants n more of an item back: of the order that is open, or of none.
func (a *AskBack) more(r returns.Row, n store.Qty) tea.Cmd {
	i := slices.IndexFunc(a.goods, func(g returns.Row) bool { return g.Item.SKU == r.Item.SKU })
	if i < 0 && a.order.ID != "" {
		a.sh.Warn(&store.Refusal{Code: store.NotOnReturn, Want: a.order.PlatformNo,
			Got: r.Item.Title()})
		a.sh.Remedy(i18n.Text.OrderOfIt)
		return nil
	}
	if i < 0 {
		i = len(a.goods)
		a.goods, a.n = append(a.goods, r), append(a.n, 0)
	}
	a.at = cursor(len(a.fields()) + i)
	return a.count(i, a.n[i]+n)
}

// count wants n of a row's item back, as far as so many left.
func (a *AskBack) count(i int, n store.Qty) tea.Cmd {
	if room := a.goods[i].Room; a.order.ID != "" && n > room {
		a.sh.Warn(&store.Refusal{Code: store.OverSent, Want: room.String(), Got: n.String()})
		a.sh.Remedy(func(t i18n.Text) string { return t.BackMost(room) })
		return nil
	}
	a.n[i] = n
	a.sh.Note(a.sh.Text.BackLine(n, a.goods[i].Item.Title()))
	return nil
}

// fields are the rows of the request itself.
func (a *AskBack) fields() []string {
	return []string{"order", "reason", "wants", "how", "number", "proof", "note"}
}

func (a *AskBack) value(field string) string {
	t := a.sh.Text
	switch field {
	case "order":
		return a.order.PlatformNo
	case "reason":
		for _, r := range a.reasons {
			if len(a.rma.Lines) > 0 && r.Code == a.rma.Lines[0].Reason {
				return t.Reason(r)
			}
		}
		return ""
	case "wants":
		return t.ReturnWants()[a.rma.Wants]
	case "how":
		return t.ReturnHows()[a.rma.How]
	case "number":
		return a.rma.Source
	case "proof":
		return a.rma.Proof
	}
	return a.rma.Note
}

func (a *AskBack) rows() (out []row) {
	t := a.sh.Text
	for _, field := range a.fields() {
		about := t.AskBackRows()[field]
		out = append(out, row{about.Name, a.value(field), about.About,
			func() tea.Cmd { return a.edit(field, about.Name) }})
	}
	for i, g := range a.goods {
		value := a.n[i].String()
		if a.order.ID != "" {
			value += "/" + g.Room.String()
		}
		out = append(out, row{value, g.Item.Title(), t.BackAbout(),
			func() tea.Cmd { return a.pieces(i) }})
	}
	return out
}

// pieces asks how many of an item are to come back.
func (a *AskBack) pieces(i int) tea.Cmd {
	g := a.goods[i]
	return a.ask(g.Item.Title(), a.n[i].String(), func(text string) tea.Cmd {
		n, ok := wholeNumber(text)
		if !ok {
			a.sh.Note(a.sh.Text.HowMany(g.Room))
			return nil
		}
		return a.count(i, n)
	})
}

// edit asks for the value of a field.
func (a *AskBack) edit(field, called string) tea.Cmd {
	t := a.sh.Text
	choose := func(options []string, set func(i int)) tea.Cmd {
		return a.sh.Choose(tui.Choice{Title: called, Options: options, Pick: func(i int) tea.Cmd {
			set(i)
			a.at++
			return nil
		}})
	}
	switch field {
	case "reason":
		return choose(reasonNames(t, a.reasons), func(i int) {
			a.rma.Lines = []store.RMALine{{Reason: a.reasons[i].Code}}
		})
	case "wants":
		var names []string
		for _, x := range store.ReturnWantings {
			names = append(names, t.ReturnWants()[x])
		}
		return choose(names, func(i int) { a.rma.Wants = store.ReturnWantings[i] })
	case "how":
		var names []string
		for _, x := range store.ReturnHows {
			names = append(names, t.ReturnHows()[x])
		}
		return choose(names, func(i int) { a.rma.How = store.ReturnHows[i] })
	}
	return a.ask(called, a.value(field), func(text string) tea.Cmd {
		switch field {
		case "order":
			return a.Scan(a.sh.Keyed(flat(text)))
		case "number":
			a.rma.Source = flat(text)
		case "proof":
			a.rma.Proof = text
		default:
			a.rma.Note = text
		}
		a.at++
		return nil
	})
}

// Key implements tui.Screen.
func (a *AskBack) Key(k tea.KeyMsg) tea.Cmd { return a.key(k, a.rows()) }

// Keys implements tui.Keyed.
func (a *AskBack) Keys() []tui.Binding {
	return []tui.Binding{{Key: "f6", Command: i18n.Save, Do: a.save}}
}

// save asks for the return. What is wrong with it is said, and nothing of it is lost.
func (a *AskBack) save() tea.Cmd {
	by, want := a.sh.By(scanner.Scan{Source: keyed}), a.rma
	want.Lines = nil
	for i, g := range a.goods {
		if a.n[i] == 0 {
			continue
		}
		l := store.RMALine{Item: g.Item.SKU, N: a.n[i], Order: a.order.ID}
		if len(a.rma.Lines) > 0 {
			l.Reason = a.rma.Lines[0].Reason
		}
		want.Lines = append(want.Lines, l)
	}
	return tui.Do(a.sh, func(ctx context.Context) (store.RMAID, error) {
		return returns.Request(ctx, a.sh.Store, by, want)
	}, func(id store.RMAID) tea.Cmd {
		a.reset()
		a.sh.Tell(a.sh.Text.BackAsked(id))
		return nil
	})
}

// View implements tui.Screen.
func (a *AskBack) View(w, h int) []string {
	t := a.sh.Text
	return a.view(t.AskBackTitle(), t.AskBackHint(), a.rows(), w, h)
}
