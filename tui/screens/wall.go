package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// Wall sorts goods that were picked for several slips into one tote: the tote, then each piece,
// and the compartment that the screen says. Without an open tote it lists those that wait.
type Wall struct {
	sh    *tui.Shell
	read  bool
	waits []outbound.Unsorted
	now   outbound.AtWall
	hand  outbound.WallScan // a piece in hand, where it says for whom
	full  store.Place       // the compartment that was completed by the last scan
	entry
	last  outbound.WallScan
	moved []store.SlipID // that something was put down for, the last one last
}

func newWall(sh *tui.Shell) *Wall { return &Wall{sh: sh} }

// Open implements tui.Screen.
func (p *Wall) Open() tea.Cmd {
	from := p.now.From
	if from == "" {
		return tui.Do(p.sh, func(ctx context.Context) ([]outbound.Unsorted, error) {
			return outbound.ToSort(ctx, p.sh.Store)
		}, func(waits []outbound.Unsorted) tea.Cmd {
			p.waits, p.read = waits, true
			return nil
		})
	}
	return tui.Do(p.sh, func(ctx context.Context) (outbound.AtWall, error) {
		return outbound.Sorting(ctx, p.sh.Store, from)
	}, func(now outbound.AtWall) tea.Cmd {
		p.now.Rows, p.now.Left = now.Rows, now.Left
		return nil
	})
}

// News implements tui.Newsed.
func (p *Wall) News() tea.Cmd { return p.Open() }

// Scan implements tui.Screen.
func (p *Wall) Scan(s scanner.Scan) tea.Cmd {
	if p.now.From != "" && p.hand.For == "" {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		return p.sort(outbound.WallScan{By: by, From: p.now.From, For: p.hand.For,
			Held: p.hand.Held, N: p.hand.N})
	})
}

func (p *Wall) sort(in outbound.WallScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.AtWall, error) {
		return outbound.Sort(ctx, p.sh.Store, in)
	}, p.did)
}

// did says what a scan did.
func (p *Wall) did(r outbound.AtWall) tea.Cmd {
	t := p.sh.Text
	p.now, p.full = r, ""
	switch {
	case r.Did == outbound.BoundTote:
		p.sh.Tell(t.WallOpened(r.From.Code(), len(r.Rows), r.Left))
	case r.Needs != "":
		p.asked, p.pending = r.Needs, p.last.By.Mark
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case r.Did == outbound.NotedScan:
		held := p.last.By.Mark
		if p.last.For != "" {
			held = p.last.Held
		}
		p.hand = outbound.WallScan{For: r.Slip, Held: held, N: r.N}
		p.sh.Tell(t.ClusterHeld(r.N))
	default:
		return p.put(r)
	}
	p.clear(true)
	return nil
}

// put says that a piece was put down, and what is complete by that.
func (p *Wall) put(r outbound.AtWall) tea.Cmd {
	t := p.sh.Text
	p.moved = append(p.moved, r.Slip)
	said := []string{t.WallPut(r.N, r.Item.Title(), r.To.Code())}
	if r.Full {
		p.full = r.To
		said = append(said, t.WallFull(r.To.Code()))
	}
	if r.Left == 0 {
		said = append(said, t.WallDone(r.From.Code()))
	}
	p.sh.Tell(said...)
	if r.Full { // heard without a look
		p.sh.Sound(theme.Attention)
	}
	p.drop()
	if r.Left > 0 {
		return nil
	}
	p.now = outbound.AtWall{}
	return p.Open()
}

// drop lets go of what is in hand, and of what is asked for. It says whether there was anything.
func (p *Wall) drop() bool {
	held := p.hand.For != ""
	p.hand = outbound.WallScan{}
	return p.clear(true) || held
}

// Refused implements tui.Refused.
func (p *Wall) Refused(r *store.Refusal) tea.Cmd {
	t := p.sh.Text
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	yes := func() tea.Cmd { return p.sort(again) }
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want), Yes: yes})
	case store.WrongTote:
		if r.Want == "" || r.Got == p.now.From.Code() {
			return nil
		}
		return p.sh.Ask(tui.Question{Text: t.AskFullTote(r.Got, r.Want), Same: r.Got, Yes: yes})
	case store.Stale, store.Intercepted, store.NotPicked:
		p.drop()
		return p.Open()
	}
	return nil
}

// Key implements tui.Screen.
func (p *Wall) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Wall) Keys() (keys []tui.Binding) {
	if len(p.moved) > 0 {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo})
	}
	if p.now.From != "" && p.hand.For == "" {
		keys = append(keys, p.number(p.sh)...)
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back})
}

// back lets go of what is in hand, then of the tote and the screen.
func (p *Wall) back() tea.Cmd {
	p.sh.Note()
	switch {
	case p.drop():
		return nil
	case p.now.From != "":
		p.now, p.full = outbound.AtWall{}, ""
		return p.Open()
	}
	return p.sh.Pop()
}

func (p *Wall) undo() tea.Cmd {
	by, slip := p.sh.By(scanner.Scan{Source: keyed}), p.moved[len(p.moved)-1]
	return tui.Do(p.sh, func(ctx context.Context) (outbound.AtWall, error) {
		return outbound.Unsort(ctx, p.sh.Store, by, slip)
	}, func(r outbound.AtWall) tea.Cmd {
		p.drop()
		p.moved, p.full = p.moved[:len(p.moved)-1], ""
		p.sh.Tell(p.sh.Text.WallUndone(r.N, r.Item.Title(), r.From.Code()))
		p.now = outbound.AtWall{From: r.From, Rows: r.Rows, Left: r.Left}
		return nil
	})
}

// ask is what is to be done now.
func (p *Wall) ask() string {
	t := p.sh.Text
	switch {
	case p.now.From == "":
		return t.WallTotes()
	case p.asked != "":
		return t.AskFor(p.asked)
	case p.hand.For != "" && p.now.To == "":
		return t.WallEmpty(p.hand.N, p.hand.For)
	case p.hand.For != "":
		return t.WallInto(p.hand.N, p.now.To.Code())
	case p.n > 0:
		return t.AskItems(p.n)
	}
	return t.AskItem()
}

// View implements tui.Screen.
func (p *Wall) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	todo := component.Wrap(p.ask(), w)
	if p.now.From == "" {
		data := []string{th.Title.Render(component.Fit(t.WallHome(len(p.waits)), w))}
		if p.read && len(p.waits) == 0 {
			data = append(data, component.Wrap(t.WallNone(), w)...)
		}
		for _, u := range p.waits {
			data = append(data, component.Fit(t.WallTote(u.Tote.Code(), u.Slips, u.N), w))
		}
		return component.Page(data, todo, w, h)
	}
	data := []string{th.Title.Render(component.Fit(
		t.WallTitle(p.now.From.Code(), p.now.Left), w))}
	switch {
	case p.hand.For != "":
		if p.now.To != "" {
			data = append(data, component.Big(th, p.now.To.Code(), w, h)...)
		}
		data = append(data, component.Wrap(p.now.Item.Title(), w)...)
	case p.full != "":
		for _, line := range component.Wrap(t.WallFull(p.full.Code()), w) {
			data = append(data, th.Big.Render(component.Fit(line, w)))
		}
	}
	for _, c := range p.now.Rows {
		if c.Of == 0 { // somebody still picks for it
			continue
		}
		row := component.Fit(t.WallRow(c.To.Code(), c.Slip, c.N, c.Of), w)
		if c.Slip == p.hand.For {
			row = th.Selected.Render(row)
		}
		data = append(data, row)
	}
	return component.Page(data, todo, w, h)
}

// Asks implements tui.Asker.
func (p *Wall) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	switch {
	case p.now.From == "" && len(p.waits) > 0:
		right = label(scanner.ToteLabel, p.waits[0].Tote.Code())
	case p.hand.For != "" && p.now.To != "":
		right = label(scanner.ToteLabel, p.now.To.Code())
	case p.hand.For != "":
		right = label(scanner.ToteLabel, "W-"+string(p.hand.For)[len(p.hand.For)-3:])
	}
	return right, wrong
}
