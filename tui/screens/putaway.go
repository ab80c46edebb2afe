package screens

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// PutAway empties totes of graded goods: a tote, the bin for what is next in it, and then
// each piece. Without an open tote it asks for one.
type PutAway struct {
	sh    *tui.Shell
	read  bool
	totes []graded         // that wait
	now   returns.Shelving // a tote is open where it has one
	entry
	last   returns.ShelfScan
	before store.Place // that was open last, for an undo
}

// A graded is a tote of goods for one disposition.
type graded struct {
	tote store.Place
	as   store.Disposition
	n    store.Qty
}

func newPutAway(sh *tui.Shell) *PutAway { return &PutAway{sh: sh} }

// Open implements tui.Screen.
func (p *PutAway) Open() tea.Cmd {
	const most = 200 // nobody reads further
	type read struct {
		totes []store.Lying
		now   returns.Shelving
	}
	tote := p.now.Tote
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if tote != "" {
			out.now, err = returns.InTote(ctx, p.sh.Store, tote)
			return out, err
		}
		out.totes, err = store.Get(ctx, p.sh.Store, func(r *store.Reader) ([]store.Lying, error) {
			return r.Graded(most)
		})
		return out, err
	}, func(r read) tea.Cmd {
		if tote == "" {
			p.totes, p.read = byTote(r.totes), true
			return nil
		}
		r.now.At = p.now.At
		return p.at(r.now)
	})
}

// News implements tui.Newsed.
func (p *PutAway) News() tea.Cmd { return p.Open() }

// byTote sums what lies in each tote.
func byTote(all []store.Lying) (out []graded) {
	for _, l := range all {
		if n := len(out); n == 0 || out[n-1].tote != l.Place {
			out = append(out, graded{tote: l.Place, as: l.As})
		}
		out[len(out)-1].n += l.N
	}
	return out
}

// at shows where putting away stands. The bin is left where what is next belongs elsewhere.
func (p *PutAway) at(now returns.Shelving) tea.Cmd {
	was := p.now
	p.now, p.before = now, now.Tote
	if len(now.Rows) == 0 {
		p.now = returns.Shelving{}
		return p.Open()
	}
	next := now.Rows[0]
	same := len(was.Rows) > 0 && was.Rows[0].Batch == next.Batch && was.Rows[0].As == next.As &&
		was.Rows[0].Grade == next.Grade
	if !same && (len(now.To) == 0 || now.To[0].Place != now.At) {
		p.now.At = ""
	}
	return nil
}

// Scan implements tui.Screen.
func (p *PutAway) Scan(s scanner.Scan) tea.Cmd {
	if p.now.At != "" {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		return p.shelve(returns.ShelfScan{By: by, Tote: p.now.Tote, At: p.now.At})
	})
}

func (p *PutAway) shelve(in returns.ShelfScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (returns.Shelving, error) {
		return returns.Shelve(ctx, p.sh.Store, in)
	}, p.shelved)
}

func (p *PutAway) shelved(r returns.Shelving) tea.Cmd {
	t := p.sh.Text
	switch {
	case r.Needs != "":
		p.asked, p.pending = r.Needs, p.last.By.Mark
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case r.N > 0:
		p.said(r, t.ShelvedOne(r.N, r.Item.Title(), r.At.Code()))
	case r.At == "":
		p.now = returns.Shelving{}
		p.sh.Tell(t.PutAwayTote(r.Tote.Code()))
	default:
		p.sh.Tell(t.BinIs(r.At.Code()))
		p.now = r // whichever it is, it was reached for what is next
	}
	p.clear(true)
	return p.at(r)
}

// said tells what was done, and that the tote is empty where it is.
func (p *PutAway) said(r returns.Shelving, text string) {
	said := []string{text}
	if len(r.Rows) == 0 {
		said = append(said, p.sh.Text.PutAwayEmpty(r.Tote.Code()))
	}
	p.sh.Tell(said...)
}

// Refused implements tui.Refused.
func (p *PutAway) Refused(r *store.Refusal) tea.Cmd {
	t := p.sh.Text
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	yes := func() tea.Cmd { return p.shelve(again) }
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want), Yes: yes})
	case store.AskOtherBin:
		// Somebody may have filled the bin that is on the screen: a no reads it anew.
		q := tui.Question{Text: t.AskPlace(r.Got, r.Want, ""), Yes: yes, No: p.Open}
		if read := p.last.By.Mark.Text; strings.Contains(read, r.Got) {
			q.Same = r.Got
		} else { // an item, for the bin that was reached: its label can be counted
			q.Text = t.AskPlace(r.Got, r.Want, read)
		}
		return p.sh.Ask(q)
	case store.FullBin:
		if want := r.Want; want != "" && want != "0" {
			p.sh.Remedy(func(t i18n.Text) string { return t.PutAwayRoom(want) })
		} else if p.now.At.Code() == r.Got {
			p.now.At = ""
		}
		return nil
	case store.NothingToDo, store.NotThere:
		if r.Code == store.NothingToDo {
			p.sh.Remedy(func(t i18n.Text) string { return t.PutAwayOther() })
		}
		p.clear(true)
		return p.Open()
	}
	return nil
}

// Key implements tui.Screen.
func (p *PutAway) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *PutAway) Keys() (keys []tui.Binding) {
	if p.scraps() {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Scrap, Do: p.scrap})
	}
	if p.before != "" {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo})
	}
	keys = append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back})
	if p.now.At != "" {
		keys = append(keys, p.number(p.sh)...)
	}
	return keys
}

// scraps says whether what is next is to be thrown away.
func (p *PutAway) scraps() bool {
	return len(p.now.Rows) > 0 && p.now.Rows[0].As == store.Scrap
}

// back lets go of what is asked for, then of the bin, the tote and the screen.
func (p *PutAway) back() tea.Cmd {
	p.sh.Note()
	switch {
	case p.clear(true):
		return nil
	case p.now.At != "":
		p.now.At = ""
		return nil
	case p.now.Tote != "":
		p.now = returns.Shelving{}
		return p.Open()
	}
	return p.sh.Pop()
}

func (p *PutAway) scrap() tea.Cmd {
	by, tote, next := p.sh.By(scanner.Scan{Source: keyed}), p.now.Tote, p.now.Rows[0]
	return p.sh.Ask(tui.Question{Text: p.sh.Text.AskScrap(next.N, next.Item.Title()),
		Yes: func() tea.Cmd {
			return tui.Do(p.sh, func(ctx context.Context) (returns.Shelving, error) {
				return returns.ThrowAway(ctx, p.sh.Store, by, tote)
			}, func(r returns.Shelving) tea.Cmd {
				p.clear(true)
				p.said(r, p.sh.Text.Scrapped(r.N, r.Item.Title()))
				return p.at(r)
			})
		}})
}

func (p *PutAway) undo() tea.Cmd {
	by, tote := p.sh.By(scanner.Scan{Source: keyed}), p.before
	return tui.Do(p.sh, func(ctx context.Context) (returns.Shelving, error) {
		return returns.Unshelve(ctx, p.sh.Store, by, tote)
	}, func(r returns.Shelving) tea.Cmd {
		p.clear(true)
		p.sh.Tell(p.sh.Text.UndonePutAway(r.N, r.Item.Title(), r.Tote.Code()))
		r.At = p.now.At
		return p.at(r)
	})
}

// View implements tui.Screen.
func (p *PutAway) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	todo := component.Paragraphs(w, p.ask()...)
	if p.now.Tote == "" {
		data := []string{th.Title.Render(component.Fit(t.PutAwayTitle(len(p.totes)), w))}
		if p.read && len(p.totes) == 0 {
			data = append(data, component.Wrap(t.PutAwayNone(), w)...)
		}
		for _, g := range p.totes {
			row := t.PutAwayRow(g.tote.Code(), t.DispositionShort()[g.as], g.n)
			data = append(data, th.Quiet.Render(component.Fit(row, w)))
		}
		return component.Page(data, todo, w, h)
	}
	data := []string{th.Title.Render(component.Fit(t.PutAwayTote(p.now.Tote.Code()), w))}
	if len(p.now.Rows) == 0 {
		return component.Page(data, todo, w, h)
	}
	next := p.now.Rows[0]
	if bin := p.bin(); bin != "" {
		data = append(data, th.Big.Render(component.Fit(t.PickBin(bin, p.now.At != ""), w)))
		if big := component.Big(th, bin, w, h); len(big) > 1 {
			data = append(data, big...)
		}
	}
	data = append(data, component.Wrap(next.Item.Title(), w)...)
	as := t.PutAwayAs(next.N, t.Dispositions()[next.As])
	for _, line := range component.Wrap(as, w) {
		data = append(data, th.Big.Render(line))
	}
	if next.Lot != "" {
		data = append(data, component.Fit(t.PickLot(string(next.Lot), ""), w))
	}
	if next.Serial != "" {
		data = append(data, component.Fit(t.InspectSerial(next.Serial, ""), w))
	}
	if next.As != store.Restock && p.now.At == "" {
		use := next.As.Home()
		if len(p.now.To) > 0 {
			use = p.now.To[0].Use
		}
		data = append(data, component.Fit(t.PutAwayHome(use), w))
	}
	for _, l := range p.now.Rows[1:] {
		data = append(data, th.Quiet.Render(component.Fit(join(l.N.String(), l.Item.Title()), w)))
	}
	return component.Page(data, todo, w, h)
}

// bin is where the goods go: the bin that was reached, or the one to go to.
func (p *PutAway) bin() string {
	switch {
	case p.now.At != "":
		return p.now.At.Code()
	case len(p.now.To) > 0:
		return p.now.To[0].Place.Code()
	}
	return ""
}

// ask is what is to be done now.
func (p *PutAway) ask() []string {
	t := p.sh.Text
	switch {
	case p.now.Tote == "" || len(p.now.Rows) == 0:
		return []string{t.PutAwayScan()}
	case p.asked != "":
		return []string{t.AskFor(p.asked)}
	case p.n > 0:
		return []string{t.AskItems(p.n)}
	case p.now.At != "":
		return []string{t.AskItem()}
	}
	todo := []string{t.PutAwayAnyBin(t.Dispositions()[p.now.Rows[0].As])}
	if bin := p.bin(); bin != "" {
		todo[0] = t.PutAwayBin(bin)
	}
	if p.scraps() {
		todo = append(todo, t.PutAwayScrap())
	}
	return todo
}

// Asks implements tui.Asker.
func (p *PutAway) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	switch {
	case p.now.Tote == "" && len(p.totes) > 0:
		right = label(scanner.ToteLabel, p.totes[0].tote.Code())
	case len(p.now.Rows) == 0:
	case p.now.At != "":
		next := p.now.Rows[0]
		i := slices.IndexFunc([]string{string(next.Serial), string(next.Lot)},
			func(s string) bool { return s != "" })
		if p.asked != "" && i >= 0 {
			return []string{string(next.Serial), string(next.Lot)}[i], wrong
		}
		right = label(scanner.ItemLabel, string(next.Batch.Item))
	case len(p.now.To) > 0:
		right = label(scanner.BinLabel, p.now.To[0].Place.Code())
	}
	return right, wrong
}
