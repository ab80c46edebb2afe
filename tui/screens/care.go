package screens

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Care is where a supervisor sends goods off that are to be put right or go back to their
// supplier, and says what came of it. What is to leave is gathered first: all of a bin by
// scanning it, or pieces.
type Care struct {
	sh   *tui.Shell
	all  returns.Caring
	read bool
	at   cursor // over what lies in bins, and then what was sent off
	entry
	now    returns.Gathered
	before []returns.Gathered // each scan, for an undo
	last   returns.CareScan
	off    bool            // what was gathered is being sent
	ended  store.Aftercare // of which something was said last, here
}

func newCare(sh *tui.Shell) *Care { return &Care{sh: sh} }

// A careRow is a row of the list: goods in a bin, or what was sent off.
type careRow struct {
	from  store.Place
	batch store.Batch
	grade string
	as    store.Disposition
	id    string
}

func (c *Care) rows(all returns.Caring) (out []careRow) {
	for _, l := range all.Lies {
		out = append(out, careRow{l.From, l.Batch, l.Grade, l.As, ""})
	}
	for _, o := range away(all) {
		out = append(out, careRow{id: o.ID})
	}
	return out
}

// away is what was sent off: what is still away first, and then what came to an end lately.
func away(all returns.Caring) []store.Aftercare { return slices.Concat(all.Open, all.Ended) }

// Open implements tui.Screen.
func (c *Care) Open() tea.Cmd {
	return tui.Do(c.sh, func(ctx context.Context) (returns.Caring, error) {
		return returns.Cares(ctx, c.sh.Store)
	}, func(all returns.Caring) tea.Cmd {
		seek(&c.at, c.rows(c.all), c.rows(all), func(r careRow) careRow { return r })
		c.all, c.read = all, true
		return nil
	})
}

// News implements tui.Newsed.
func (c *Care) News() tea.Cmd { return c.Open() }

// Scan implements tui.Screen: a bin, or pieces, are gathered; the partner's number of what
// was sent off selects it.
func (c *Care) Scan(s scanner.Scan) tea.Cmd {
	if cmd, ok := c.typed(c.sh, s); ok {
		return cmd
	}
	return c.answered(c.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = c.n
		return c.gather(c.scan(by))
	})
}

func (c *Care) scan(by store.Gesture) returns.CareScan {
	return returns.CareScan{By: by, Of: c.now.Of, At: c.now.At, Goods: c.now.Goods}
}

func (c *Care) gather(in returns.CareScan) tea.Cmd {
	c.last = in
	return tui.Do(c.sh, func(ctx context.Context) (returns.Gathered, error) {
		return returns.Gather(ctx, c.sh.Store, in)
	}, c.gathered)
}

func (c *Care) gathered(g returns.Gathered) tea.Cmd {
	t := c.sh.Text
	switch {
	case g.Sent != nil:
		return c.found(*g.Sent)
	case g.Either:
		return c.which()
	case g.Needs != "":
		c.asked, c.pending = g.Needs, c.last.By.Mark
		c.sh.Note(t.AskFor(g.Needs))
		return nil
	}
	c.clear(true)
	c.take(g)
	if g.Item.SKU == "" {
		c.sh.Tell(t.CareBin(g.At.Code(), c.sum()))
		return nil
	}
	c.sh.Tell(t.CareOne(g.N, g.Item.Title()), t.CareSum(c.sum(), g.Of))
	return nil
}

// take goes on from what was gathered, and keeps what was before.
func (c *Care) take(g returns.Gathered) {
	c.before, c.now = append(c.before, c.now), g
	for i, l := range c.all.Lies {
		if last := len(g.Goods) - 1; last >= 0 && l.In(g.Goods[last:]) > 0 {
			c.at = cursor(i)
		}
	}
}

// found selects what was sent off by its partner's number, and asks what came of it.
func (c *Care) found(o store.Aftercare) tea.Cmd {
	c.clear(true)
	c.sh.Note()
	for i, r := range c.rows(c.all) {
		if r.id == o.ID {
			c.at = cursor(i)
		}
	}
	return c.what(o)
}

// leaves are the dispositions that goods leave by.
var leaves = [...]store.Disposition{store.Refurbish, store.VendorReturn}

// which asks which of the goods of a bin are meant.
func (c *Care) which() tea.Cmd {
	again := c.last
	again.By.Scan = "" // the scan has had its answer: this is the key's
	var options []string
	for _, as := range leaves {
		options = append(options, c.sh.Text.Dispositions()[as])
	}
	return c.sh.Choose(tui.Choice{Title: c.sh.Text.CareWhich(), Options: options,
		Pick: func(i int) tea.Cmd {
			again.Of = leaves[i]
			return c.gather(again)
		}})
}

// sum is how many pieces were gathered.
func (c *Care) sum() (n store.Qty) {
	for _, g := range c.now.Goods {
		n += g.N
	}
	return n
}

// Key implements tui.Screen: Enter gathers a row, or asks what came of one.
func (c *Care) Key(k tea.KeyMsg) tea.Cmd {
	n := len(c.rows(c.all))
	c.at.keep(n)
	switch {
	case k.Type != tea.KeyEnter:
		c.at.key(k, n)
	case n == 0:
	case int(c.at) >= len(c.all.Lies):
		return c.what(away(c.all)[int(c.at)-len(c.all.Lies)])
	default:
		c.row(c.all.Lies[c.at])
	}
	return nil
}

// row gathers all of a row. What leaves together leaves by one disposition.
func (c *Care) row(l returns.Leaving) {
	t, now := c.sh.Text, c.now
	if len(now.Goods) > 0 && now.Of != l.As {
		c.sh.Note(t.CareOther(now.Of))
		return
	}
	now.Of, now.Goods = l.As, slices.DeleteFunc(slices.Clone(now.Goods),
		func(g store.CareGoods) bool { return l.In([]store.CareGoods{g}) > 0 })
	now.Goods = append(now.Goods, l.All()...)
	c.take(now)
	c.sh.Tell(t.CareOne(l.N, l.Item.Title()), t.CareSum(c.sum(), l.As))
}

// Keys implements tui.Keyed.
func (c *Care) Keys() (out []tui.Binding) {
	if len(c.now.Goods) > 0 {
		out = append(out, tui.Binding{Key: "f5", Command: i18n.SendOff, Do: c.partner})
	}
	switch {
	case len(c.before) > 0:
		out = append(out, tui.Binding{Key: "f3", Command: i18n.Undo, Do: c.undo})
	case c.ended.ID != "":
		out = append(out, tui.Binding{Key: "f3", Command: i18n.Undo,
			Do: func() tea.Cmd { return c.takeBack(c.ended) }})
	}
	out = append(out, c.number(c.sh)...)
	return append(out, tui.Binding{Key: "esc", Command: i18n.Back, Do: c.back})
}

// undo forgets what was gathered last.
func (c *Care) undo() tea.Cmd {
	last := len(c.before) - 1
	at := c.now.At // pieces of the bin may be meant, where all of it was too much
	c.now, c.before = c.before[last], c.before[:last]
	c.now.At = at
	c.clear(true)
	c.sh.Note(c.sh.Text.CareSum(c.sum(), c.now.Of))
	return nil
}

// back lets go of what is asked for, then of what was gathered, then of the screen.
func (c *Care) back() tea.Cmd {
	switch {
	case c.clear(true):
	case len(c.now.Goods) > 0:
		c.now, c.before = returns.Gathered{}, nil
	default:
		return c.sh.Pop()
	}
	c.sh.Note()
	return nil
}

// partner asks who gets the goods: their supplier is proposed, where they have one.
func (c *Care) partner() tea.Cmd {
	var known []string
	for _, g := range c.now.Goods {
		for _, l := range c.all.Lies {
			if l.Batch == g.Batch && !slices.Contains(known, l.Item.Supplier) {
				known = append(known, l.Item.Supplier)
			}
		}
	}
	text := ""
	if len(known) == 1 {
		text = known[0]
	}
	t := c.sh.Text
	return c.sh.Enter(tui.Entry{Title: t.CarePartner(c.sum(), c.now.Of), Text: text,
		Take: func(partner string) tea.Cmd {
			if partner == "" {
				c.sh.Note(t.CareNobody())
				return nil
			}
			return c.sh.Enter(tui.Entry{Title: t.CareNo(partner),
				Take: func(no string) tea.Cmd { return c.send(partner, flat(no)) }})
		}})
}

func (c *Care) send(partner, no string) tea.Cmd {
	by, n := c.sh.By(scanner.Scan{Source: keyed}), c.sum()
	in := returns.SendingOff{Of: c.now.Of, Partner: partner, No: no, Goods: c.now.Goods}
	c.off = true
	return tui.Do(c.sh, func(ctx context.Context) (string, error) {
		return returns.SendOff(ctx, c.sh.Store, by, in)
	}, func(string) tea.Cmd {
		c.now, c.before, c.off = returns.Gathered{}, nil, false
		c.sh.Tell(c.sh.Text.CareSent(n, partner))
		return c.Open()
	})
}

// what asks what came of goods that were sent off, or whether what was said last is so.
func (c *Care) what(o store.Aftercare) tea.Cmd {
	t, open := c.sh.Text, o.State() == store.CareOpen
	var options []string
	for _, end := range store.CareEnds {
		if open {
			options = append(options, t.CareEnds()[end])
		}
	}
	head := c.goods(o)
	if last := o.Last(); last.As != "" {
		head = append([]string{t.CareEnds()[last.As] + " " + clockAt(c.sh.Store, last.At)}, head...)
		options = append(options, t.CareTakeBack())
	}
	return c.sh.Choose(tui.Choice{Title: join(o.Partner, o.No), Head: head, Options: options,
		Pick: func(i int) tea.Cmd {
			if i == len(options)-1 && o.Last().As != "" {
				return c.takeBack(o)
			}
			return c.ends(o, store.CareEnds[i])
		}})
}

// takeBack has goods be away as before what was said of them last.
func (c *Care) takeBack(o store.Aftercare) tea.Cmd {
	by := c.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(c.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.UndoCare(ctx, c.sh.Store, by,
			returns.CareUndo{ID: o.ID, End: o.Last().ID})
	}, func(struct{}) tea.Cmd {
		c.ended = store.Aftercare{}
		c.sh.Tell(c.sh.Text.CareAway())
		return c.Open()
	})
}

// Refused implements tui.Refused: somebody was faster, or the scan was too much.
func (c *Care) Refused(r *store.Refusal) tea.Cmd {
	again := c.last
	again.By.Yes, again.By.Scan = true, ""
	off := c.off
	c.off = false
	switch {
	case off && r.Code == store.NotThere: // what was gathered is not what lies there
		c.now, c.before = returns.Gathered{}, nil
	case r.Code == store.AskQuantity:
		return c.sh.Ask(tui.Question{Text: c.sh.Text.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return c.gather(again) }})
	case r.Code == store.Ambiguous && r.Is == store.BinKind:
		c.sh.Remedy(func(t i18n.Text) string { return t.CareBinFirst(r.Want) })
	case r.Code == store.NothingToDo:
		c.sh.Remedy(func(t i18n.Text) string { return t.CareOtherBin() })
	}
	return c.Open()
}

// pieces is how many goods are.
func pieces(of []store.CareGoods) (n store.Qty) {
	for _, g := range of {
		n += g.OriginN.N
	}
	return n
}

// goods says what was sent off and is still away; all, where nothing is.
func (c *Care) goods(o store.Aftercare) (out []string) {
	sum := map[store.SKU]store.Qty{}
	var skus []store.SKU
	of := o.Left()
	if len(of) == 0 {
		of = o.Goods
	}
	for _, g := range of {
		if sum[g.Item] == 0 {
			skus = append(skus, g.Item)
		}
		sum[g.Item] += g.OriginN.N
	}
	for _, sku := range skus {
		out = append(out, c.sh.Text.ReviewLine(sum[sku], string(sku)))
	}
	return out
}

// View implements tui.Screen.
func (c *Care) View(w, h int) []string {
	t, th := c.sh.Text, c.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.CareTitle(len(c.all.Lies),
		len(c.all.Open)), w))}
	const mark = 2 // of the list
	var rows []string
	for _, l := range c.all.Lies {
		n := l.N.String()
		if in := l.In(c.now.Goods); in > 0 {
			n = in.String() + "/" + n
		}
		rows = append(rows, component.Pair(join(l.From.Code(), l.Item.Title()), n, max(1, w-mark)))
	}
	for _, o := range away(c.all) {
		how := t.CareAge(c.days(o))
		if as := o.State(); as != store.CareOpen {
			how = t.CareEnds()[as]
		}
		rows = append(rows, component.Pair(join(o.Partner, o.No), how, max(1, w-mark)))
	}
	if len(rows) == 0 {
		var todo []string
		if c.read {
			todo = component.Wrap(t.CareNone(), w)
		}
		return component.Page(data, todo, w, h)
	}
	c.at.keep(len(rows))
	todo := component.Wrap(c.ask(), w)
	about := c.about(w)
	const least = 3 // rows in view
	about = about[:min(len(about), max(1, h-1-len(todo)-min(least, len(rows))))]
	room := max(1, min(len(rows), h-1-len(todo)-len(about)))
	data = append(data, component.List(th, rows, int(c.at), w, room)...)
	return component.Page(append(data, about...), todo, w, h)
}

// about is what there is to know of the selected row.
func (c *Care) about(w int) (out []string) {
	t := c.sh.Text
	if i := int(c.at) - len(c.all.Lies); i >= 0 {
		o := away(c.all)[i]
		return component.Paragraphs(w, append([]string{t.CareWhen(t.Dispositions()[o.Of],
			clockAt(c.sh.Store, o.At))}, c.goods(o)...)...)
	}
	l := c.all.Lies[c.at]
	return component.Paragraphs(w, join(l.From.Code(), t.Dispositions()[l.As],
		i18n.FoundAs(t, c.all.Grades, l.Grade), string(l.Lot), string(l.Serial)), l.Item.Title())
}

// ask is what is to be done now.
func (c *Care) ask() string {
	t := c.sh.Text
	switch {
	case c.asked != "":
		return t.AskFor(c.asked)
	case c.n > 0:
		return t.AskItems(c.n)
	case len(c.now.Goods) > 0:
		return t.CareReady(c.sum(), c.now.Of)
	case int(c.at) >= len(c.all.Lies):
		return t.CareHintOpen()
	}
	return t.CareHint()
}

// days is how long ago goods were sent off.
func (c *Care) days(o store.Aftercare) int {
	return int(c.sh.Store.Now().Sub(time.UnixMilli(o.At)) / (24 * time.Hour))
}

// Asks implements tui.Asker.
func (c *Care) Asks() (right, wrong string) {
	for _, l := range c.all.Lies {
		return label(scanner.BinLabel, l.From.Code()), label(scanner.BinLabel, "Z-99-99")
	}
	return "", label(scanner.BinLabel, "Z-99-99")
}
