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

// CareEnd is where a supervisor says of which goods that were sent off something came: of all
// that are still away, or of those that are scanned. Where others came in their place, each
// that has a serial or a lot is scanned.
type CareEnd struct {
	sh   *tui.Shell
	list *Care // where it was chosen
	of   store.Aftercare
	left []store.CareGoods
	in   returns.Closing
	entry
	before [][]returns.CareBack // each scan, for an undo
	last   returns.EndScan
	shown  bool // where it is plain which they are, the screen is not
}

// ends goes on with what came of goods that were sent off: of which, where that is not plain.
func (c *Care) ends(of store.Aftercare, as store.CareState) tea.Cmd {
	e := &CareEnd{sh: c.sh, list: c, of: of, left: of.Left(),
		in: returns.Closing{ID: of.ID, As: as}}
	if e.shown = pieces(e.left) > 1 || as == store.CareReplaced; !e.shown {
		return e.note()
	}
	c.sh.Note()
	return c.sh.Push(e)
}

// Open implements tui.Screen.
func (c *CareEnd) Open() tea.Cmd { return nil }

// Scan implements tui.Screen: a piece of the goods, or of what came in their place.
func (c *CareEnd) Scan(s scanner.Scan) tea.Cmd {
	if cmd, ok := c.typed(c.sh, s); ok {
		return cmd
	}
	return c.answered(c.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = c.n
		return c.add(returns.EndScan{By: by, Closing: c.in})
	})
}

func (c *CareEnd) add(in returns.EndScan) tea.Cmd {
	c.last = in
	return tui.Do(c.sh, func(ctx context.Context) (returns.Ending, error) {
		return returns.EndWith(ctx, c.sh.Store, in)
	}, func(e returns.Ending) tea.Cmd {
		t := c.sh.Text
		if e.Needs != "" {
			c.asked, c.pending = e.Needs, in.By.Mark
			c.sh.Note(t.AskFor(e.Needs))
			return nil
		}
		c.clear(true)
		c.before, c.in.Goods = append(c.before, c.in.Goods), e.Goods
		c.sh.Tell(t.CareOne(e.N, e.Item.Title()))
		if e.Left == 0 {
			return c.note()
		}
		return nil
	})
}

// Key implements tui.Screen: Enter says that it is all.
func (c *CareEnd) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter {
		return c.note()
	}
	return nil
}

// Keys implements tui.Keyed.
func (c *CareEnd) Keys() (out []tui.Binding) {
	if len(c.before) > 0 {
		out = append(out, tui.Binding{Key: "f3", Command: i18n.Undo, Do: c.undo})
	}
	out = append(out, c.number(c.sh)...)
	return append(out, tui.Binding{Key: "esc", Command: i18n.Back, Do: func() tea.Cmd {
		c.sh.Note()
		if c.clear(true) {
			return nil
		}
		return c.sh.Pop()
	}})
}

// undo forgets the last scan.
func (c *CareEnd) undo() tea.Cmd {
	last := len(c.before) - 1
	c.in.Goods, c.before = c.before[last], c.before[:last]
	c.clear(true)
	c.sh.Note()
	return nil
}

// note asks for a note, and takes it all down.
func (c *CareEnd) note() tea.Cmd {
	t := c.sh.Text
	return c.sh.Enter(tui.Entry{Title: t.CareNote(t.CareEnds()[c.in.As]),
		Take: func(note string) tea.Cmd {
			c.in.Note = note
			return c.end()
		}})
}

func (c *CareEnd) end() tea.Cmd {
	by, in, n := c.sh.By(scanner.Scan{Source: keyed}), c.in, c.meant()
	return tui.Do(c.sh, func(ctx context.Context) (store.Aftercare, error) {
		if err := returns.CloseCare(ctx, c.sh.Store, by, in); err != nil {
			return store.Aftercare{}, err
		}
		return store.Get(ctx, c.sh.Store, func(r *store.Reader) (store.Aftercare, error) {
			return r.Aftercare(in.ID)
		})
	}, func(now store.Aftercare) tea.Cmd {
		t := c.sh.Text
		said := []string{join(c.of.Partner, t.CareEnds()[in.As])}
		if in.As.Back() {
			said = append(said, t.CareBack(n))
		}
		if left := pieces(c.left) - n; left > 0 {
			said = append(said, t.CareLeft(left))
		}
		c.sh.Tell(said...)
		if c.list.ended = now; c.shown {
			return c.sh.Pop()
		}
		return c.list.Open()
	})
}

// scanned is how many of some goods were scanned; all goods' where none are named.
func (c *CareEnd) scanned(of ...store.CareGoods) (n store.Qty) {
	for _, g := range c.in.Goods {
		if len(of) == 0 || slices.ContainsFunc(of, g.Like) {
			n += g.CareGoods.N
		}
	}
	return n
}

// meant is how many it is said of: all, where none were scanned.
func (c *CareEnd) meant() store.Qty {
	if len(c.in.Goods) == 0 {
		return pieces(c.left)
	}
	return c.scanned()
}

// Refused implements tui.Refused.
func (c *CareEnd) Refused(r *store.Refusal) tea.Cmd {
	again := c.last
	again.By.Yes, again.By.Scan = true, ""
	switch r.Code {
	case store.AskQuantity:
		return c.sh.Ask(tui.Question{Text: c.sh.Text.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return c.add(again) }})
	case store.SerialNeeded, store.LotNeeded, store.ExpiryNeeded:
		if c.asked == "" {
			c.sh.Remedy(i18n.Text.CareEach)
		}
	case store.Stale:
		return c.sh.Pop()
	}
	return nil
}

// View implements tui.Screen.
func (c *CareEnd) View(w, h int) []string {
	t, th := c.sh.Text, c.sh.Theme
	data := []string{th.Title.Render(component.Fit(join(t.CareEnds()[c.in.As], c.of.Partner,
		c.of.No), w))}
	var rows []string
	at := 0
	for i, g := range c.left {
		n := g.N.String()
		if in := c.scanned(g); in > 0 {
			n, at = in.String()+"/"+n, i
		}
		const mark = 2 // of the list
		rows = append(rows, component.Pair(join(string(g.Item), string(g.Lot), string(g.Serial)), n,
			max(1, w-mark)))
	}
	ask := t.CareEnding(c.meant(), len(c.in.Goods) == 0, c.in.As == store.CareReplaced)
	switch {
	case c.asked != "":
		ask = t.AskFor(c.asked)
	case c.n > 0:
		ask = t.AskItems(c.n)
	}
	todo := component.Wrap(ask, w)
	room := max(1, min(len(rows), h-1-len(todo)))
	data = append(data, component.List(th, rows, at, w, room)...)
	return component.Page(data, todo, w, h)
}

// Asks implements tui.Asker.
func (c *CareEnd) Asks() (right, wrong string) {
	if len(c.left) > 0 {
		right = label(scanner.ItemLabel, string(c.left[0].Item))
	}
	return right, label(scanner.ToteLabel, "T-99")
}
