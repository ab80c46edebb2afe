package screens

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Repack takes goods out of a carton again: back into a tote, or into another carton of the
// slip. The packing screen below closes the cartons.
type Repack struct {
	sh    *tui.Shell
	below *Pack
	slip  store.Slip
	from  store.Carton // chosen when its ID is set
	holds []outbound.Held
	to    store.Place // empty for the slip's tote
	kind  string      // of a new carton
	fresh bool        // the goods go into a new carton
	entry
	last outbound.RepackScan
}

// Open implements tui.Screen.
func (p *Repack) Open() tea.Cmd { return nil }

// Scan implements tui.Screen.
func (p *Repack) Scan(s scanner.Scan) tea.Cmd {
	if p.from.ID != "" {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		in := p.scan()
		by.N = p.n
		in.By = by
		return p.repack(in)
	})
}

// scan is where the goods come from and go, as the screen has it.
func (p *Repack) scan() outbound.RepackScan {
	return outbound.RepackScan{Slip: p.slip.ID, From: p.from.ID, To: p.to, Beside: p.fresh,
		Type: p.kind}
}

func (p *Repack) repack(in outbound.RepackScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Repacked, error) {
		return outbound.Repack(ctx, p.sh.Store, in)
	}, p.repacked)
}

func (p *Repack) repacked(r outbound.Repacked) tea.Cmd {
	t := p.sh.Text
	if r.Did == "" { // it had its answer
		return nil
	}
	p.slip, p.from, p.holds = r.Slip, r.From, r.Holds
	switch r.Did {
	case outbound.NotedScan:
		p.asked, p.pending = r.Needs, p.last.By.Mark
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case outbound.OpenedBox:
		p.sh.Tell(t.RepackFrom(r.From.N, r.From.Type))
	case outbound.ChosePlace:
		p.to, p.fresh = r.To, false
		p.sh.Tell(p.into())
	case outbound.MovedItem:
		p.to, p.fresh, p.kind = r.To, false, ""
		p.sh.Tell(t.Repacked(r.N, r.Item.Title()), p.into())
	}
	p.clear(true)
	return nil
}

// Refused implements tui.Refused.
func (p *Repack) Refused(r *store.Refusal) tea.Cmd {
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	yes := func() tea.Cmd { return p.repack(again) }
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: p.sh.Text.AskQuantity(r.Got, r.Want), Yes: yes})
	case store.AskReopen:
		return p.sh.Ask(tui.Question{Text: p.sh.Text.AskReopen(r.Got), Yes: yes,
			Same: cmp.Or(again.By.Mark.Code, again.By.Mark.Text)})
	case store.Stale, store.CartonGone:
		p.forget()
	}
	return nil
}

// forget lets go of the carton.
func (p *Repack) forget() {
	p.from, p.holds, p.to, p.fresh, p.kind = store.Carton{}, nil, "", false, ""
	p.clear(true)
}

// Key implements tui.Screen.
func (p *Repack) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Repack) Keys() []tui.Binding {
	back := tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back}
	if p.from.ID == "" {
		return []tui.Binding{back}
	}
	return []tui.Binding{
		{Key: "f2", Command: i18n.All, Do: p.all},
		{Key: "f3", Command: i18n.Undo, Do: p.undo},
		{Key: "f5", Command: i18n.Carton, Do: p.choose},
		back,
	}
}

// back lets go of what was typed or is asked for, then of the carton, then of the screen: the
// one below goes on with the slip.
func (p *Repack) back() tea.Cmd {
	p.sh.Note()
	switch {
	case p.clear(true):
		return nil
	case p.from.ID != "":
		p.forget()
		return nil
	}
	if p.slip.ID != "" {
		p.below.leave()
		p.below.slip.ID = p.slip.ID
		p.below.seen = p.slip.Stopped - p.slip.Sums.Due
	}
	return p.sh.Pop()
}

func (p *Repack) all() tea.Cmd {
	in := p.scan()
	in.By = p.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Repacked, error) {
		return outbound.RepackAll(ctx, p.sh.Store, in)
	}, p.repacked)
}

func (p *Repack) undo() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Repacked, error) {
		return outbound.UndoRepack(ctx, p.sh.Store, by, id)
	}, func(r outbound.Repacked) tea.Cmd {
		p.slip, p.from, p.holds = r.Slip, r.From, r.Holds
		p.clear(true)
		p.sh.Tell(p.sh.Text.UndoneRepack(r.N, r.From.N))
		return nil
	})
}

// choose has the goods go into a new carton, of a type.
func (p *Repack) choose() tea.Cmd {
	return p.below.types(func(kind string) {
		p.kind, p.fresh, p.to = kind, true, ""
		p.sh.Note(p.into())
	})
}

// into says where the goods go.
func (p *Repack) into() string {
	t := p.sh.Text
	if p.fresh {
		return t.RepackIntoNew(p.kind)
	}
	for _, c := range p.slip.Cartons {
		if store.InCarton(c.ID) == p.to {
			return t.RepackInto(c.N, c.Type)
		}
	}
	to := p.to
	if to == "" && len(p.slip.Totes) > 0 {
		to = p.slip.Totes[0]
	}
	if to == "" {
		return ""
	}
	return t.ToteIs(to.Code())
}

// View implements tui.Screen.
func (p *Repack) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.RepackTitle(p.slip.ID), w))}
	if p.from.ID == "" {
		for _, c := range p.slip.Cartons {
			if c.Holds > 0 {
				row := join(t.RepackHolds(c.Holds),
					t.PackCarton(c.N, c.Type, c.Step != store.CartonOpened))
				data = append(data, component.Fit(row, w))
			}
		}
		return component.Page(data, component.Wrap(t.RepackCarton(), w), w, h)
	}
	data = append(data, component.Fit(t.RepackFrom(p.from.N, p.from.Type), w),
		th.Big.Render(component.Fit(p.into(), w)))
	for _, x := range p.holds {
		data = append(data, component.Fit(join(x.N.String(), x.About.Title(), string(x.Lot),
			string(x.Serial)), w))
	}
	ask := t.RepackScan()
	switch {
	case p.asked != "":
		ask = t.AskFor(p.asked)
	case p.n > 0:
		ask = t.AskItems(p.n)
	}
	return component.Page(data, component.Wrap(ask, w), w, h)
}
