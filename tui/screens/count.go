package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/stocktake"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Count counts what lies in a bin: its label, then each item, and the label again. Without
// an open bin it asks for one, the next on the way first.
type Count struct {
	sh   *tui.Shell
	todo stocktake.Todo
	read bool
	open bool // a bin
	now  stocktake.Opened
	entry
	last   glance
	offer  bool              // the last scan was of a code that nobody knows
	unseen *[]stocktake.Rest // that the running operation comes upon
	rest   []stocktake.Rest  // that nobody saw when the count was to end
	ends   bool              // it is asked about
	top    int               // the first of them on the screen
}

// A glance is a scan of somebody who counts: of a code that nobody knows, where they say so.
type glance struct {
	store.Gesture
	unknown bool
}

func newCount(sh *tui.Shell) *Count { return &Count{sh: sh} }

// Open implements tui.Screen: a bin that the person has begun is gone on with.
func (p *Count) Open() tea.Cmd {
	type read struct {
		todo stocktake.Todo
		now  stocktake.Opened
	}
	open, id, who := p.open, p.now.ID, p.sh.Operator.ID
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if out.todo, err = stocktake.Work(ctx, p.sh.Store, who); err != nil {
			return out, err
		}
		if !open && len(out.todo.Open) > 0 {
			id = out.todo.Open[0]
		}
		if id != "" {
			out.now, err = stocktake.Look(ctx, p.sh.Store, id)
		}
		return out, err
	}, func(r read) tea.Cmd {
		p.todo, p.read = r.todo, true
		if p.now = r.now; !open && r.now.ID != "" {
			p.open = true
			p.sh.Note(p.sh.Text.CountOn(r.now.Place.Code()))
		}
		return nil
	})
}

// News implements tui.Newsed.
func (p *Count) News() tea.Cmd { return p.Open() }

// Scan implements tui.Screen.
func (p *Count) Scan(s scanner.Scan) tea.Cmd {
	p.ends = false
	p.offer = p.offer && s.ID == string(p.last.Scan) // which the scanner tells again
	if !p.open {
		return p.begin(p.sh.By(s))
	}
	if cmd, ok := p.typed(p.sh, s); ok {
		return cmd
	}
	if lack := p.lack(); lack != nil && s.Label.Kind == scanner.BinLabel {
		return refuse(p.sh, s, lack.Code, lack.Want)
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		return p.see(glance{Gesture: by})
	})
}

// lack is what keeps the bin from being done: the piece before still lacks its lot, its serial
// or its date, or a number was typed and nothing scanned behind it. Nil for nothing.
func (p *Count) lack() *store.Refusal {
	switch {
	case p.asked != "":
		return &store.Refusal{Code: p.asked}
	case p.n > 0:
		return &store.Refusal{Code: store.Incomplete, Want: string(store.ItemKind)}
	}
	return nil
}

// begin opens a bin.
func (p *Count) begin(by store.Gesture) tea.Cmd {
	p.last = glance{Gesture: by}
	return tui.Do(p.sh, func(ctx context.Context) (stocktake.Opened, error) {
		return stocktake.Begin(ctx, p.sh.Store, by)
	}, func(o stocktake.Opened) tea.Cmd {
		p.open, p.now, p.offer = true, o, false
		p.clear(true)
		p.sh.Tell(p.sh.Text.CountBin(o.Place.Code()))
		return nil
	})
}

// see takes what was seen.
func (p *Count) see(in glance) tea.Cmd {
	p.last = in
	id := p.now.ID
	return tui.Do(p.sh, func(ctx context.Context) (stocktake.Seen, error) {
		if in.unknown {
			return stocktake.CountUnknown(ctx, p.sh.Store, in.Gesture, id)
		}
		return stocktake.Scan(ctx, p.sh.Store, in.Gesture, id)
	}, p.seen)
}

func (p *Count) seen(r stocktake.Seen) tea.Cmd {
	p.now, p.offer = r.Opened, false
	if r.Needs != "" {
		p.asked, p.pending = r.Needs, p.last.Mark
		p.sh.Note(p.sh.Text.AskFor(r.Needs))
		return nil
	}
	p.clear(true)
	if r.Done {
		return p.done(false)
	}
	p.sh.Tell(p.sh.Text.Counted(r.N, p.named(r)))
	return nil
}

// named is what was counted, or taken back.
func (p *Count) named(r stocktake.Seen) string {
	if r.Code != "" {
		return p.sh.Text.UnknownCode(r.Code)
	}
	return r.Item.Title()
}

// Refused implements tui.Refused: it asks where a yes is wanted, and offers to count a code
// that nobody knows.
func (p *Count) Refused(r *store.Refusal) tea.Cmd {
	t, again := p.sh.Text, p.last
	again.Scan, again.Yes = "", true // the scan has had its answer: this is the key's
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return p.see(again) }})
	case store.AskRest:
		return p.askRest()
	case store.CountTaken:
		return p.askTaken(again.Gesture, r.Want, r.Got)
	case store.Incomplete:
		n := p.n
		p.sh.Remedy(func(t i18n.Text) string { return t.AskItems(n) })
	case store.BadQuantity:
		p.clear(true)
	case store.CountElse:
		return p.sh.Ask(tui.Question{Text: t.AskCountHere(r.Want, r.Got),
			Yes: func() tea.Cmd { return p.begin(again.Gesture) }})
	case store.WrongItem:
		want := r.Want
		p.sh.Remedy(func(t i18n.Text) string { return t.CountOnly(want) })
	case store.NotFound:
		if p.offer = p.open; p.offer {
			p.n = 0 // it is the key's now, and not of what is scanned next
			p.sh.Remedy(func(t i18n.Text) string { return t.CountUnknownHow() })
		}
	case store.Stale: // it is somebody else's by now
		p.shut()
		return p.Open()
	}
	return nil
}

// askRest asks whether what nobody saw is gone. The bin's own label is a yes.
func (p *Count) askRest() tea.Cmd {
	p.rest, p.ends, p.top = *p.unseen, true, 0
	t, bin := p.sh.Text, p.now.Place.Code()
	ask := t.AskRest(bin, len(p.rest))
	if p.now.Scans == 0 {
		ask = t.AskNothing(bin)
	}
	return p.sh.Ask(tui.Question{Text: ask, Same: bin, Turn: p.turn,
		Yes: func() tea.Cmd { return p.done(true) },
		No: func() tea.Cmd {
			p.ends = false
			return nil
		}})
}

// turn moves the list of what nobody saw by lines.
func (p *Count) turn(lines int) { p.top = max(0, min(p.top+lines, len(p.rest)-1)) }

// askTaken has a supervisor say whether somebody else's count goes over to this person.
func (p *Count) askTaken(again store.Gesture, who, bin string) tea.Cmd {
	boss := p.sh.Operator.May(store.Supervisor)
	yes := func() tea.Cmd {
		return p.sh.Push(newBeside(p.sh, store.Supervisor, func(o store.Operator) {
			again.Second = o.ID
			p.begin(again) // behind the opening of this screen
		}))
	}
	if boss {
		yes = func() tea.Cmd { return p.begin(again) }
	}
	return p.sh.Ask(tui.Question{Text: p.sh.Text.AskTakeCount(who, bin, !boss), Yes: yes})
}

// done ends the count of the bin.
func (p *Count) done(yes bool) tea.Cmd {
	by, id, unseen := p.sh.By(scanner.Scan{Source: keyed}), p.now.ID, new([]stocktake.Rest)
	by.Yes, p.unseen, p.rest, p.ends = yes, unseen, nil, false
	return tui.Do(p.sh, func(ctx context.Context) (_ struct{}, err error) {
		*unseen, err = stocktake.Done(ctx, p.sh.Store, by, id)
		return struct{}{}, err
	}, func(struct{}) tea.Cmd {
		p.sh.Tell(p.sh.Text.CountDone(p.now.Place.Code()))
		p.shut()
		return p.Open()
	})
}

// shut lets go of the bin on the screen.
func (p *Count) shut() {
	p.open, p.now, p.offer, p.rest, p.ends = false, stocktake.Opened{}, false, nil, false
	p.clear(true)
}

// Key implements tui.Screen.
func (p *Count) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Count) Keys() (keys []tui.Binding) {
	back := tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back}
	if !p.open {
		if p.sh.Operator.May(store.Supervisor) {
			keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Plan, Do: p.plan})
		}
		return append(keys, back)
	}
	if p.offer {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Unknown, Do: p.unknown})
	}
	keys = append(keys, tui.Binding{Key: "f6", Command: i18n.Done, Do: p.end},
		tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo},
		tui.Binding{Key: "f4", Command: i18n.Clear, Do: p.anew}, back)
	return append(keys, p.number(p.sh)...)
}

func (p *Count) plan() tea.Cmd { return p.sh.Push(&Plans{sh: p.sh}) }

// end ends the count of the bin, unless something is still to come of what was scanned.
func (p *Count) end() tea.Cmd {
	if lack := p.lack(); lack != nil {
		p.sh.Warn(lack)
		return p.Refused(lack)
	}
	return p.done(false)
}

// unknown counts the code that was refused.
func (p *Count) unknown() tea.Cmd {
	in := p.last
	in.Scan, in.unknown = "", true
	return p.see(in)
}

// undo lets go of what is half done, or else takes the last scan back.
func (p *Count) undo() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.now.ID
	p.offer = false
	if p.clear(true) {
		p.sh.Note()
		return nil
	}
	return tui.Do(p.sh, func(ctx context.Context) (stocktake.Seen, error) {
		return stocktake.Undo(ctx, p.sh.Store, by, id)
	}, func(r stocktake.Seen) tea.Cmd {
		p.now = r.Opened
		p.clear(true)
		p.sh.Tell(p.sh.Text.Uncounted(r.N, p.named(r)))
		return nil
	})
}

// anew begins anew with the item that was scanned last.
func (p *Count) anew() tea.Cmd {
	p.offer = false
	if len(p.now.Rows) == 0 || p.now.Rows[0].N == 0 {
		p.sh.Warn(&store.Refusal{Code: store.NothingUndo})
		return nil
	}
	by, id, item := p.sh.By(scanner.Scan{Source: keyed}), p.now.ID, p.now.Rows[0].Item
	var n store.Qty
	for _, r := range p.now.Rows {
		if r.Item.SKU == item.SKU {
			n += r.N
		}
	}
	return p.sh.Ask(tui.Question{Text: p.sh.Text.AskClear(n, item.Title()), Yes: func() tea.Cmd {
		return tui.Do(p.sh, func(ctx context.Context) (stocktake.Seen, error) {
			return stocktake.Clear(ctx, p.sh.Store, by, id, item.SKU)
		}, func(r stocktake.Seen) tea.Cmd {
			p.now = r.Opened
			p.clear(true)
			p.sh.Tell(p.sh.Text.CountCleared(r.N, item.Title()))
			return nil
		})
	}})
}

// back lets go of what is offered or asked for, then of the bin, then of the screen. A bin in
// which something was counted is kept open for later, or given up.
func (p *Count) back() tea.Cmd {
	held := p.clear(true) || p.offer
	p.offer = false
	switch {
	case held:
		p.sh.Note()
		return nil
	case !p.open:
		return p.sh.Pop()
	case p.now.Scans == 0:
		return p.leave()
	}
	t := p.sh.Text
	words := t.LeaveCounts()
	return p.sh.Choose(tui.Choice{Title: t.LeaveCount(p.now.Place.Code()), Options: words[:],
		Pick: func(i int) tea.Cmd { return []func() tea.Cmd{p.sh.Pop, p.leave}[i]() }})
}

// leave gives the bin up.
func (p *Count) leave() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.now.ID
	return tui.Do(p.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, stocktake.Leave(ctx, p.sh.Store, by, id)
	}, func(struct{}) tea.Cmd {
		p.sh.Tell(p.sh.Text.CountLeft(p.now.Place.Code()))
		p.shut()
		return p.Open()
	})
}

// Asks implements tui.Asker: in a bin it is the bin's label, since nobody sees the book, until
// that has told what was not seen yet.
func (p *Count) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	next, ok := p.next()
	switch {
	case p.open && p.asked != "":
		for _, r := range p.rest[:min(1, len(p.rest))] {
			right = string(r.Batch.Lot) + string(r.Batch.Serial)
		}
	case p.open && p.ends:
		right = label(scanner.ItemLabel, string(p.rest[0].Item.SKU))
	case p.open:
		right = label(scanner.BinLabel, p.now.Place.Code())
	case ok:
		right = label(scanner.BinLabel, next.Place.Code())
	}
	return right, wrong
}

// next is the first bin that nobody else counts.
func (p *Count) next() (d stocktake.Due, ok bool) {
	for _, d := range p.todo.Due {
		if d.Holder == "" {
			return d, true
		}
	}
	return d, false
}

// View implements tui.Screen.
func (p *Count) View(w, h int) []string {
	if !p.open {
		return p.list(w, h)
	}
	todo := component.Wrap(p.ask(), w)
	if p.ends {
		return component.Page(p.missing(w, h), nil, w, h)
	}
	return component.Page(p.bin(w), todo, w, h)
}

// list is what waits: the next bin large, with why, and the others in walking order.
func (p *Count) list(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.CountTitle(len(p.todo.Due)), w))}
	todo := component.Wrap(t.CountBegin(), w)
	if p.read && len(p.todo.Due) == 0 {
		data = append(data, component.Wrap(t.CountNone(), w)...)
	}
	next, ok := p.next()
	if ok {
		bin := next.Place.Code()
		data = append(data, th.Big.Render(component.Fit(t.PickBin(bin, false), w)))
		if big := component.Big(th, bin, w, h); len(big) > 1 {
			data = append(data, big...)
		}
		data = append(data, component.Fit(p.why(next), w))
	}
	for _, d := range p.todo.Due {
		if ok && d.ID == next.ID {
			continue
		}
		about := p.why(d)
		if d.Holder != "" {
			about = t.CountAt(d.Name)
		}
		data = append(data, th.Quiet.Render(component.Fit(join(d.Place.Code(), about), w)))
	}
	return component.Page(data, todo, w, h)
}

// why is why a bin is to be counted, and what of it.
func (p *Count) why(d stocktake.Due) string {
	t := p.sh.Text
	why := t.CountWhys()[d.Why]
	if d.Again() {
		why = join(why, t.CountRound(d.Round))
	}
	if d.Item != "" {
		why = join(why, t.CountOnly(d.Only.Title()))
	}
	return why
}

// bin is what was seen so far in the bin that is open, the last first.
func (p *Count) bin(w int) []string {
	t, th := p.sh.Text, p.sh.Theme
	var n store.Qty
	var rows []string
	for _, c := range p.now.Unknown {
		n += c.N
		rows = append(rows, component.Fit(t.CountCode(c.N, c.Code), w))
	}
	for _, r := range p.now.Rows {
		n += r.N
		count := r.N.String()
		if p.now.Book {
			count = t.CountNumber(r.N, r.Book)
		}
		rows = append(rows, component.Pair(r.Item.Title(), count, w))
		if b := r.Batch; b.Lot != "" || b.Serial != "" {
			lot := "  " + t.CountLot(string(b.Lot), string(b.Serial))
			rows = append(rows, th.Quiet.Render(component.Fit(lot, w)))
		}
	}
	data := []string{th.Title.Render(component.Pair(p.now.Place.Code(), t.Pieces(n), w))}
	about := ""
	if p.now.First != "" {
		about = join(t.CountWhys()[store.CountAgain], t.CountRound(p.now.Again))
	}
	if p.now.Item != "" {
		about = join(about, t.CountOnly(string(p.now.Item)))
	}
	if about != "" {
		data = append(data, component.Fit(about, w))
	}
	return append(data, rows...)
}

// missing lists what the book has and nobody saw: as much as there is room for, from where
// somebody turned it to.
func (p *Count) missing(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.RestTitle(p.now.Place.Code()), w))}
	p.top = max(0, min(p.top, len(p.rest)-(h-len(data))))
	for i, r := range p.rest[p.top:] {
		if left := len(p.rest) - p.top - i; left > 1 && len(data) == h-1 {
			return append(data, component.Fit(t.RestMore(left), w))
		}
		lot := string(r.Batch.Lot) + string(r.Batch.Serial)
		data = append(data, component.Pair(r.Item.Title(), lot, w))
	}
	return data
}

// ask is what is to be done now.
func (p *Count) ask() string {
	t := p.sh.Text
	switch {
	case p.asked != "":
		return t.AskFor(p.asked)
	case p.offer:
		return t.CountUnknown()
	case p.n > 0:
		return t.AskItems(p.n)
	case p.now.Scans == 0:
		return t.CountEmpty()
	}
	return t.CountScan()
}
