package screens

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// PutBack brings goods that were stopped back to their bins: a tote or a carton, the bin, and
// then each piece. Without an open one it lists them.
type PutBack struct {
	sh      *tui.Shell
	read    bool
	all     []outbound.DueGoods // that wait
	now     outbound.PuttingBack
	reasons []store.Reason
	entry
	last   outbound.PutBackScan
	before store.SlipID // that something was put back of, for an undo
}

func newPutBack(sh *tui.Shell) *PutBack { return &PutBack{sh: sh} }

// Open implements tui.Screen.
func (p *PutBack) Open() tea.Cmd {
	type read struct {
		all     []outbound.DueGoods
		now     outbound.PuttingBack
		reasons []store.Reason
	}
	from := p.now.From
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if out.reasons, err = store.Get(ctx, p.sh.Store, func(r *store.Reader) (
			[]store.Reason, error) {
			return r.Reasons(store.ShortReason)
		}); err != nil {
			return out, err
		}
		if from != "" {
			out.now, err = outbound.DueBack(ctx, p.sh.Store, from)
			return out, err
		}
		out.all, err = outbound.PutBacks(ctx, p.sh.Store)
		return out, err
	}, func(r read) tea.Cmd {
		p.reasons = r.reasons
		if from == "" {
			p.all, p.read = r.all, true
			return nil
		}
		r.now.At = p.now.At
		return p.at(r.now)
	})
}

// News implements tui.Newsed.
func (p *PutBack) News() tea.Cmd { return p.Open() }

// at shows where putting back stands. The bin is left where what is next belongs elsewhere.
func (p *PutBack) at(now outbound.PuttingBack) tea.Cmd {
	was := p.now
	if p.now = now; len(now.Rows) == 0 {
		p.now = outbound.PuttingBack{}
		return p.Open()
	}
	p.before = now.Rows[0].Slip
	next := now.Rows[0]
	if len(was.Rows) > 0 && (was.Rows[0].Slip != next.Slip || was.Rows[0].Line != next.Line) {
		p.now.At = ""
	}
	return nil
}

// Scan implements tui.Screen.
func (p *PutBack) Scan(s scanner.Scan) tea.Cmd {
	if p.now.At != "" {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		in := outbound.PutBackScan{By: by, From: p.now.From, At: p.now.At}
		if len(p.now.Rows) > 0 {
			in.For = p.now.Rows[0]
		}
		return p.put(in)
	})
}

func (p *PutBack) put(in outbound.PutBackScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.PuttingBack, error) {
		return outbound.PutBack(ctx, p.sh.Store, in)
	}, p.done)
}

func (p *PutBack) done(r outbound.PuttingBack) tea.Cmd {
	t := p.sh.Text
	switch {
	case r.Needs != "":
		p.asked, p.pending = r.Needs, p.last.By.Mark
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case r.N > 0:
		p.before = r.Slip
		p.said(r, t.PutBackOne(r.N, r.Item.Title(), r.At.Code()))
	case r.At == "":
		p.now = outbound.PuttingBack{}
		p.sh.Tell(t.PutBackFrom(r.From.Code(), !r.From.Is("tote")))
	default:
		p.sh.Tell(t.BinIs(r.At.Code()))
	}
	p.clear(true)
	return p.at(r)
}

// said tells what was done, and that nothing is left to be put back where that is so.
func (p *PutBack) said(r outbound.PuttingBack, text string) {
	said := []string{text}
	if len(r.Rows) == 0 {
		said = append(said, p.sh.Text.PutBackDone(r.From.Code()))
	}
	p.sh.Tell(said...)
}

// Refused implements tui.Refused.
func (p *PutBack) Refused(r *store.Refusal) tea.Cmd {
	t := p.sh.Text
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	yes := func() tea.Cmd { return p.put(again) }
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want), Yes: yes})
	case store.AskOtherBin:
		q := tui.Question{Text: t.AskPlace(r.Got, r.Want, ""), Yes: yes, No: p.Open}
		if read := p.last.By.Mark.Text; strings.Contains(read, r.Got) {
			q.Same = r.Got
		} else { // an item, for the bin that was reached: its label can be counted
			q.Text = t.AskPlace(r.Got, r.Want, read)
		}
		return p.sh.Ask(q)
	case store.NothingToDo, store.NotThere, store.Stale:
		p.clear(true)
		return p.Open()
	}
	return nil
}

// Key implements tui.Screen.
func (p *PutBack) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *PutBack) Keys() (keys []tui.Binding) {
	if len(p.now.Rows) > 0 {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Short, Do: p.short})
	}
	if p.before != "" {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo})
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: p.back})
}

// back lets go of what is asked for, then of the bin, the tote and the screen.
func (p *PutBack) back() tea.Cmd {
	p.sh.Note()
	switch {
	case p.clear(true):
		return nil
	case p.now.At != "":
		p.now.At = ""
		return nil
	case p.now.From != "":
		p.now = outbound.PuttingBack{}
		return p.Open()
	}
	return p.sh.Pop()
}

// short says that what is next is not there, or not fit to be sold.
func (p *PutBack) short() tea.Cmd {
	next := p.now.Rows[0]
	return tui.Do(p.sh, func(ctx context.Context) ([]store.Balance, error) {
		return outbound.BatchesDue(ctx, p.sh.Store, next)
	}, func(of []store.Balance) tea.Cmd {
		if len(of) < 2 {
			return p.missed(next, store.Balance{N: next.N})
		}
		var options []string
		for _, b := range of {
			options = append(options, join(string(b.Serial), string(b.Lot)))
		}
		return p.sh.Choose(tui.Choice{Title: p.sh.Text.PutBackWhich(), Options: options,
			Pick: func(i int) tea.Cmd { return p.missed(next, of[i]) }})
	})
}

// missed asks why a batch of what is next is not there.
func (p *PutBack) missed(next outbound.DueGoods, of store.Balance) tea.Cmd {
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.ShortTitle(min(next.N, of.N)),
		Options: reasonNames(p.sh.Text, p.reasons),
		Pick: func(i int) tea.Cmd {
			by, reason := p.sh.By(scanner.Scan{Source: keyed}), p.reasons[i].Code
			return tui.Do(p.sh, func(ctx context.Context) (outbound.PuttingBack, error) {
				return outbound.PutBackMissed(ctx, p.sh.Store, by, next, of.Batch, reason)
			}, func(r outbound.PuttingBack) tea.Cmd {
				p.clear(true)
				p.said(r, p.sh.Text.Shorted(r.N))
				return p.at(r)
			})
		}})
}

func (p *PutBack) undo() tea.Cmd {
	by, slip := p.sh.By(scanner.Scan{Source: keyed}), p.before
	return tui.Do(p.sh, func(ctx context.Context) (outbound.PuttingBack, error) {
		return outbound.TakeUp(ctx, p.sh.Store, by, slip)
	}, func(r outbound.PuttingBack) tea.Cmd {
		p.clear(true)
		p.sh.Tell(p.sh.Text.PutBackUndone(r.N, r.Item.Title(), r.From.Code()))
		r.At = p.now.At
		return p.at(r)
	})
}

// View implements tui.Screen.
func (p *PutBack) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	todo := component.Wrap(p.ask(), w)
	if len(p.now.Rows) == 0 {
		data := []string{th.Title.Render(component.Fit(t.PutBackTitle(len(p.all)), w))}
		if p.read && len(p.all) == 0 {
			data = append(data, component.Wrap(t.PutBackNone(), w)...)
		}
		for _, d := range p.all {
			row := t.PutBackRow(d.From.Code(), d.N, home(d))
			data = append(data, component.Fit(row, w),
				th.Quiet.Render(component.Fit("  "+d.Item.Title(), w)))
		}
		return component.Page(data, todo, w, h)
	}
	next := p.now.Rows[0]
	data := []string{th.Title.Render(component.Fit(
		t.PutBackFrom(p.now.From.Code(), !p.now.From.Is("tote")), w))}
	if bin := p.bin(); bin != "" {
		data = append(data, th.Big.Render(component.Fit(t.PickBin(bin, p.now.At != ""), w)))
		if big := component.Big(th, bin, w, h); len(big) > 1 {
			data = append(data, big...)
		}
	}
	data = append(data, component.Wrap(next.Item.Title(), w)...)
	data = append(data, th.Big.Render(component.Fit(t.PutBackWant(next.N), w)),
		component.Fit(string(next.Slip), w))
	for _, d := range p.now.Rows[1:] {
		row := component.Fit(join(d.N.String(), d.Item.Title()), w)
		data = append(data, th.Quiet.Render(row))
	}
	return component.Page(data, todo, w, h)
}

// home is the bin that goods came from first; empty where nobody knows.
func home(d outbound.DueGoods) string {
	if len(d.Home) == 0 {
		return ""
	}
	return d.Home[0].Code()
}

// bin is where the goods go: the bin that was reached, or the one to go to.
func (p *PutBack) bin() string {
	if p.now.At != "" {
		return p.now.At.Code()
	}
	return home(p.now.Rows[0])
}

// ask is what is to be done now.
func (p *PutBack) ask() string {
	t := p.sh.Text
	switch {
	case len(p.now.Rows) == 0:
		return t.PutBackScan()
	case p.asked != "":
		return t.AskFor(p.asked)
	case p.n > 0:
		return t.AskItems(p.n)
	case p.now.At != "":
		return t.AskItem()
	case p.bin() == "":
		return t.PutBackAnyBin()
	}
	return t.PutAwayBin(p.bin())
}

// Asks implements tui.Asker.
func (p *PutBack) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	switch {
	case len(p.now.Rows) == 0 && len(p.all) > 0:
		right = label(scanner.SlipLabel, string(p.all[0].Slip))
	case len(p.now.Rows) == 0:
	case p.now.At != "":
		right = label(scanner.ItemLabel, string(p.now.Rows[0].Item.SKU))
	case p.bin() != "":
		right = label(scanner.BinLabel, p.bin())
	}
	return right, wrong
}
