package screens

import (
	"cmp"
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Receive unpacks what came back, a case at a time: a return, or an order or a parcel of
// which nobody announced one. Without a case it asks for one.
type Receive struct {
	sh     *tui.Shell
	todo   returns.Todo
	second bool // another person is to inspect
	open   bool // there is a case
	took   bool // something was done with goods of it
	now    returns.Opened
	entry
	known []string // lots or serials that the next scan may bring
	last  receipt
	offer receipt // was refused, and can go another way; none where why is empty
}

// A receipt is a scan with what is to be done with it: where why is set, the goods go aside
// or back to who brought them, else they are received.
type receipt struct {
	returns.ReceiveScan
	why  store.Code
	away bool
}

// Open implements tui.Screen.
func (p *Receive) Open() tea.Cmd {
	type read struct {
		todo   returns.Todo
		second string
		now    returns.Opened
	}
	open, c := p.open, p.now.Case
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if out.second, err = store.Get(ctx, p.sh.Store, func(r *store.Reader) (string, error) {
			return r.Setting(store.ReturnSecond)
		}); err != nil {
			return out, err
		}
		if open {
			out.now, err = returns.Look(ctx, p.sh.Store, c)
			return out, err
		}
		out.todo, err = returns.Work(ctx, p.sh.Store)
		return out, err
	}, func(r read) tea.Cmd {
		p.todo, p.now, p.second = r.todo, r.now, r.second == "on"
		return nil
	})
}

// News implements tui.Newsed.
func (p *Receive) News() tea.Cmd { return p.Open() }

// Scan implements tui.Screen.
func (p *Receive) Scan(s scanner.Scan) tea.Cmd {
	p.offer = receipt{}
	if !p.open {
		return p.unpack(p.sh.By(s))
	}
	if cmd, ok := p.typed(p.sh, s); ok {
		return cmd
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		return p.receive(receipt{ReceiveScan: returns.ReceiveScan{By: by, Case: p.now.Case}})
	})
}

// unpack opens what a scan stands for.
func (p *Receive) unpack(by store.Gesture) tea.Cmd {
	return tui.Do(p.sh, func(ctx context.Context) (returns.Opened, error) {
		return returns.Open(ctx, p.sh.Store, by)
	}, p.opened)
}

// opened shows a case. One whose goods nobody is to take sounds wrong.
func (p *Receive) opened(o returns.Opened) tea.Cmd {
	p.open, p.took, p.now = true, false, o
	p.clear(true)
	if o.Closed() {
		p.sh.Warn(&store.Refusal{Code: store.ReturnClosed, Want: string(o.Decision.State),
			Got: string(o.RMA)})
		return nil
	}
	p.sh.Tell(p.title())
	return nil
}

// receive does with a scan what it says.
func (p *Receive) receive(in receipt) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (returns.Received, error) {
		switch {
		case in.away:
			return returns.TurnAway(ctx, p.sh.Store, in.ReceiveScan, in.why)
		case in.why != "":
			return returns.Aside(ctx, p.sh.Store, in.ReceiveScan, in.why)
		}
		return returns.Receive(ctx, p.sh.Store, in.ReceiveScan)
	}, p.received)
}

func (p *Receive) received(r returns.Received) tea.Cmd {
	t := p.sh.Text
	name := r.Item.Title()
	if name == "" {
		name = p.last.By.Mark.Text // of what nobody knows
	}
	switch {
	case r.Opens:
		return p.opened(r.Opened)
	case r.Needs != "":
		p.now, p.asked, p.pending, p.known = r.Opened, r.Needs, p.last.By.Mark, r.Known
		p.offer = p.last
		p.offer.why, p.offer.By.Scan = r.Needs, "" // where the piece has none
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case p.last.away:
		p.sh.Tell(t.HandedBack(r.N, name))
	case p.last.why != "":
		p.sh.Tell(t.PutAside(r.N, name))
	default:
		p.sh.Tell(t.ReceivedSome(r.N, name))
	}
	p.now, p.took, p.offer = r.Opened, true, receipt{}
	p.clear(true)
	return nil
}

// otherwise are the refusals of goods that are in somebody's hands all the same.
var otherwise = [...]store.Code{store.NotOnReturn, store.NotOrdered, store.OverSent,
	store.WrongLot, store.WrongSerial, store.ReturnClosed, store.NotFound}

// Refused implements tui.Refused: it asks where a yes is wanted, and offers what else can be
// done with the goods.
func (p *Receive) Refused(r *store.Refusal) tea.Cmd {
	t, again := p.sh.Text, p.last
	again.By.Scan = "" // the scan has had its answer: this is the key's
	switch r.Code {
	case store.AskQuantity:
		again.By.Yes = true
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return p.receive(again) }})
	case store.AskExtra:
		again.Extra = true
		return p.sh.Ask(tui.Question{Text: t.AskExtra(r.Got, r.Want),
			Yes: func() tea.Cmd { return p.receive(again) },
			No:  func() tea.Cmd { return p.instead(store.AskExtra) }})
	case store.WrongLot, store.WrongSerial:
		want := r.Want
		p.sh.Remedy(func(t i18n.Text) string { return t.WasSent(want) })
	}
	if p.open && p.last.why == "" && slices.Contains(otherwise[:], r.Code) {
		return p.instead(r.Code)
	}
	return nil
}

// instead offers what else can be done with the goods that were refused.
func (p *Receive) instead(why store.Code) tea.Cmd {
	p.offer = p.last
	p.offer.why, p.offer.By.Scan = why, ""
	if why == store.ReturnClosed { // since it was opened
		return p.Open()
	}
	return nil
}

// Key implements tui.Screen.
func (p *Receive) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Receive) Keys() (keys []tui.Binding) {
	if !p.open {
		return []tui.Binding{{Key: "f4", Command: i18n.Arrive, Do: p.arrive},
			{Key: "esc", Command: i18n.Back, Do: p.back}}
	}
	if p.offer.why != "" {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.PutAside, Do: p.aside},
			tui.Binding{Key: "f4", Command: i18n.HandBack, Do: p.handBack})
	}
	keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo})
	if p.mayInspect() {
		keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Inspect, Do: p.inspect})
	}
	keys = append(keys, tui.Binding{Key: "f6", Command: i18n.Done, Do: p.done},
		tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back})
	return append(keys, p.number(p.sh)...)
}

func (p *Receive) aside() tea.Cmd { return p.receive(p.offer) }

func (p *Receive) handBack() tea.Cmd {
	in := p.offer
	in.away = true
	return p.receive(in)
}

func (p *Receive) arrive() tea.Cmd { return p.sh.Push(newArrive(p.sh)) }

// mayInspect says whether who receives goods goes on to grade them, and some wait for it.
func (p *Receive) mayInspect() bool {
	waits := func(r returns.Row) bool { return r.Received+r.Aside > r.Inspected }
	return !p.second && p.now.RMA != "" && p.sh.Operator.May(store.Inspector) &&
		slices.ContainsFunc(p.now.Rows, waits)
}

func (p *Receive) inspect() tea.Cmd { return p.sh.Push(newInspect(p.sh, p.now.RMA)) }

func (p *Receive) undo() tea.Cmd {
	by, c := p.sh.By(scanner.Scan{Source: keyed}), p.now.Case
	p.offer = receipt{}
	return tui.Do(p.sh, func(ctx context.Context) (returns.Undone, error) {
		return returns.Unreceive(ctx, p.sh.Store, by, c)
	}, func(u returns.Undone) tea.Cmd {
		said, what := p.sh.Text.Unreceived, cmp.Or(u.Item.Title(), u.Code)
		if u.Away {
			said = p.sh.Text.NotHandedBack
		}
		p.clear(true)
		p.sh.Tell(said(u.N, what))
		return p.Open()
	})
}

// done ends the case. Where nothing came of it, it asks whether there was nothing in it.
func (p *Receive) done() tea.Cmd {
	came := func(r returns.Row) bool { return r.Received+r.Away+r.Aside > 0 }
	if p.took || slices.ContainsFunc(p.now.Rows, came) || p.now.Closed() {
		return p.leave()
	}
	return p.sh.Ask(tui.Question{Text: p.sh.Text.AskEmpty(), Yes: p.empty, No: p.leave})
}

func (p *Receive) empty() tea.Cmd {
	by, c := p.sh.By(scanner.Scan{Source: keyed}), p.now.Case
	return tui.Do(p.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.Empty(ctx, p.sh.Store, by, c)
	}, func(struct{}) tea.Cmd {
		cmd := p.leave()
		p.sh.Tell(p.sh.Text.SaidEmpty())
		return cmd
	})
}

func (p *Receive) leave() tea.Cmd {
	p.open, p.now, p.offer = false, returns.Opened{}, receipt{}
	p.clear(true)
	p.sh.Note()
	return p.Open()
}

// back lets go of what is offered or asked for, then of the case, then of the screen.
func (p *Receive) back() tea.Cmd {
	held := p.clear(true) || p.offer.why != ""
	p.offer = receipt{}
	switch {
	case held:
		p.sh.Note()
		return nil
	case p.open:
		return p.leave()
	}
	return p.sh.Pop()
}

// Asks implements tui.Asker.
func (p *Receive) Asks() (right, wrong string) {
	wrong = label(scanner.ToteLabel, "T-99")
	switch {
	case p.asked != "":
		for _, known := range p.known {
			right = known
		}
		return right, wrong
	case !p.open:
		for _, c := range p.todo.Expected {
			return label(scanner.ReturnLabel, string(c.RMA)), wrong
		}
		return "", wrong
	}
	for _, r := range p.now.Rows {
		if r.Announced > r.Received+r.Away && r.Room > 0 {
			return label(scanner.ItemLabel, string(r.Item.SKU)), wrong
		}
	}
	return "", wrong
}

// View implements tui.Screen.
func (p *Receive) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	todo := component.Wrap(p.ask(), w)
	if !p.open {
		return component.Page(p.waiting(w), todo, w, h)
	}
	data := []string{th.Title.Render(component.Fit(p.title(), w))}
	if p.now.Closed() {
		for _, line := range component.Wrap(t.ReceiveClosed(p.now.Decision.State), w) {
			data = append(data, th.Bad.Render(line))
		}
		if note := p.now.Decision.Note; note != "" {
			data = append(data, component.Wrap(t.Remark(note), w)...)
		}
	}
	who := join(p.now.Customer, p.now.Person.Name)
	if who != "" {
		data = append(data, component.Fit(t.ReceiveWho(who, p.now.Return.Wants), w))
	}
	if box := p.now.Box; box.ID != "" {
		data = append(data, component.Wrap(string(box.Waybill), w)...)
		looks := component.Fit(t.BoxLooks(box.Condition), w)
		if box.Condition == store.Intact {
			looks = th.Quiet.Render(looks)
		}
		data = append(data, looks)
	}
	return component.Page(append(data, p.rows(w, h-len(data)-len(todo))...), todo, w, h)
}

// title is the number by which a case is known.
func (p *Receive) title() string {
	switch {
	case p.now.RMA != "":
		return p.sh.Text.ReceiveReturn(p.now.RMA)
	case p.now.No != "":
		return p.sh.Text.ReceiveOrder(p.now.No)
	}
	return p.sh.Text.Ownerless()
}

// waiting lists what is expected, and which parcels nobody has opened: those that are here
// first.
func (p *Receive) waiting(w int) []string {
	t, th := p.sh.Text, p.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.ReceiveTitle(), w)),
		component.Fit(t.ParcelsHere(len(p.todo.Parcels)), w)}
	for _, b := range p.todo.Parcels {
		data = append(data, th.Quiet.Render(component.Fit(parcelRow(t, b), w)))
	}
	data = append(data, component.Fit(t.ReceiveComing(len(p.todo.Expected)), w))
	for _, c := range p.todo.Expected {
		row := join(t.ComingRow(c.RMA, c.N), string(c.Waybill))
		data = append(data, th.Quiet.Render(component.Fit(row, w)))
	}
	return data
}

// parcelRow is a parcel in a list: its number, and what is known of it.
func parcelRow(t i18n.Text, b store.Parcel) string {
	looks := ""
	if b.Condition != store.Intact {
		looks = t.ParcelConditions()[b.Condition]
	}
	if b.RMA == "" {
		return join(string(b.Waybill), looks, t.Ownerless())
	}
	return join(string(b.Waybill), looks, string(b.RMA))
}

// ask is what the receiver is to do now.
func (p *Receive) ask() string {
	t := p.sh.Text
	switch {
	case !p.open:
		return t.ReceiveOpen()
	case p.asked != "":
		return t.AskFor(p.asked) + t.ElseOtherwise()
	case p.offer.why != "":
		return t.Otherwise()
	case p.n > 0:
		return t.AskItems(p.n)
	case p.now.Closed():
		return t.ReceiveNone()
	case p.now.RMA == "" && p.now.Order == "":
		return t.ReceiveNobodys()
	case bool(p.now.Return.Asked) && p.now.Complete():
		return t.ReceiveAll(p.mayInspect())
	}
	return t.ReceiveScan(p.mayInspect())
}

// rows show what is still to come first. Where there is room, each has a line for its name.
func (p *Receive) rows(w, h int) (out []string) {
	const indent, wide = "  ", 2 * narrowest // where name and numbers are read on one line
	t, th := p.sh.Text, p.sh.Theme
	var done []string
	for _, r := range p.now.Rows {
		room := r.Room
		if p.now.Closed() {
			room = -1
		}
		count, name := t.ReceiveRow(r.Received, r.Announced, room), r.Item.Title()
		apart := w < wide && 2*len(p.now.Rows) <= h
		if w < wide && !apart || ansi.StringWidth(count)+len(indent) > w {
			count = t.ReceiveCount(r.Received, r.Announced, room)
		}
		if r.Aside > 0 {
			count = t.ReceiveAside(r.Received, r.Announced, r.Aside)
		}
		lines := []string{component.Fit(join(count, name), w)}
		if apart {
			lines = []string{component.Fit(name, w), component.Fit(indent+count, w)}
		}
		if r.Received+r.Away < max(r.Announced, 1) {
			out = append(out, lines...)
			continue
		}
		for _, line := range lines {
			done = append(done, th.Quiet.Render(line))
		}
	}
	return append(out, done...)
}
