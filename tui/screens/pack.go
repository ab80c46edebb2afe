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
)

// Pack verifies each piece of a slip into its carton. Without an open slip it
// asks for one.
type Pack struct {
	sh      *tui.Shell
	slip    store.Slip // open when its ID is set
	lines   []store.SlipLine
	remarks []string
	kinds   []store.CartonType
	reasons []store.Reason
	kind    string // of the next carton; empty for the default
	waiting []store.Job
	entry
	last    outbound.PackScan
	serials []store.Serial // of the tote, for Asks
}

// Open implements tui.Screen.
func (p *Pack) Open() tea.Cmd {
	type read struct {
		kinds   []store.CartonType
		reasons []store.Reason
		waiting outbound.Waiting
	}
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if out.waiting, err = outbound.Work(ctx, p.sh.Store, p.sh.Operator.ID); err != nil {
			return out, err
		}
		err = p.sh.Store.Read(ctx, func(r *store.Reader) error {
			if out.kinds, err = r.CartonTypes(); err != nil {
				return err
			}
			out.reasons, err = r.Reasons(store.ShortReason)
			return err
		})
		return out, err
	}, func(r read) tea.Cmd {
		p.kinds, p.reasons, p.waiting = r.kinds, r.reasons, r.waiting.Pack
		return nil
	})
}

// Scan implements tui.Screen.
func (p *Pack) Scan(s scanner.Scan) tea.Cmd {
	if p.slip.ID != "" {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	in := outbound.PackScan{By: p.sh.By(s), Slip: p.slip.ID, Type: p.kind}
	in.By.N = p.n
	if p.asked != "" {
		in.By.Mark = p.complete(in.By.Mark)
	}
	if p.closed() {
		in.Slip = "" // the slip is done: this scan opens the next one
	}
	return p.pack(in)
}

// complete is the pending item scan with what it lacked, from the scan that was
// asked for.
func (p *Pack) complete(got store.Mark) store.Mark {
	out := p.pending
	switch p.asked {
	case store.SerialNeeded:
		if out.Serial = got.Serial; out.Serial == "" {
			out.Serial = store.Serial(got.Text)
		}
	case store.LotNeeded:
		if out.Lot = got.Lot; out.Lot == "" {
			out.Lot = store.Lot(got.Text)
		}
		out.Expires = max(out.Expires, got.Expires)
	}
	return out
}

// closed says whether the open slip has nothing left to pack.
func (p *Pack) closed() bool {
	return p.slip.ID != "" && p.slip.Sums.Unpacked == 0
}

func (p *Pack) pack(in outbound.PackScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Pack(ctx, p.sh.Store, in)
	}, p.packed)
}

func (p *Pack) packed(r outbound.Packing) tea.Cmd {
	t := p.sh.Text
	p.slip, p.lines, p.remarks = r.Slip, r.Lines, r.Remarks
	if r.Did == outbound.PackedItem && r.Carton.Type == p.kind {
		p.kind = "" // it was for this carton
	}
	switch r.Did {
	case outbound.NotedScan:
		p.asked, p.pending, p.serials = r.Needs, p.last.By.Mark, r.Serials
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case outbound.OpenedSlip:
		p.sh.Tell(t.PackTitle(r.Slip.ID))
	case outbound.OpenedBox:
		p.sh.Tell(t.PackCarton(r.Carton.N, r.Carton.Type, false))
	case outbound.PackedItem:
		said := []string{t.PackedOne(r.N, r.Item.Title())}
		if r.Sealed {
			said = append(said, t.PackSealed(r.Carton.ID))
		}
		p.sh.Tell(append(said, p.sticker(r)...)...)
	case outbound.SealedBox:
		p.sh.Tell(append([]string{t.PackSealed(r.Carton.ID)}, p.sticker(r)...)...)
	}
	p.clear(true)
	return nil
}

// sticker says which waybill belongs on a carton that was closed.
func (p *Pack) sticker(r outbound.Packing) []string {
	if !r.Sealed || r.Carton.Waybill == "" {
		return nil
	}
	return []string{p.sh.Text.PackLabel(r.Carton.Waybill)}
}

// Refused implements tui.Refused.
func (p *Pack) Refused(r *store.Refusal) tea.Cmd {
	t := p.sh.Text
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	switch r.Code {
	case store.AskQuantity:
		return p.sh.Ask(tui.Question{Text: t.AskQuantity(r.Got, r.Want),
			Yes: func() tea.Cmd { return p.pack(again) }})
	case store.AskPartial:
		return p.sh.Ask(tui.Question{Text: t.AskPartial(r.Got),
			Yes: func() tea.Cmd { return p.finish(true) }})
	}
	return nil
}

// Key implements tui.Screen.
func (p *Pack) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Pack) Keys() []tui.Binding {
	if p.slip.ID == "" {
		return []tui.Binding{{Key: "f5", Command: i18n.Carton, Do: p.choose},
			{Key: "esc", Command: i18n.Back, Do: p.back}}
	}
	var keys []tui.Binding
	if !p.closed() {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Short, Do: p.short})
	}
	return append(keys, []tui.Binding{
		{Key: "f3", Command: i18n.Undo, Do: p.undo},
		{Key: "f4", Command: i18n.Seal, Do: p.seal},
		{Key: "f5", Command: i18n.Carton, Do: p.choose},
		{Key: "f6", Command: i18n.Done, Do: func() tea.Cmd { return p.finish(false) }},
		{Key: "esc", Command: i18n.Back, Do: p.back},
	}...)
}

// back lets go of what is asked for, then of the slip, then of the screen.
func (p *Pack) back() tea.Cmd {
	if p.clear(true) {
		p.sh.Note()
		return nil
	}
	if p.slip.ID == "" {
		return p.sh.Pop()
	}
	p.slip = store.Slip{}
	p.sh.Note()
	return p.Open()
}

// short says that what is still to be packed is not there, and why.
func (p *Pack) short() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.ShortTitle(p.slip.Sums.Unpacked),
		Options: reasonNames(p.sh.Text, p.reasons), Pick: func(i int) tea.Cmd {
			return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
				return outbound.Missed(ctx, p.sh.Store, by, id, p.reasons[i].Code)
			}, p.missed)
		}})
}

func (p *Pack) missed(r outbound.Packing) tea.Cmd {
	p.slip, p.lines, p.remarks = r.Slip, r.Lines, r.Remarks
	p.clear(true)
	said := []string{p.sh.Text.Shorted(r.N)}
	if r.Sealed {
		said = append(said, p.sh.Text.PackSealed(r.Carton.ID))
	}
	p.sh.Tell(append(said, p.sticker(r)...)...)
	return nil
}

func (p *Pack) undo() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Undone, error) {
		return outbound.Unpack(ctx, p.sh.Store, by, id)
	}, func(u outbound.Undone) tea.Cmd {
		p.slip, p.lines = u.Slip, u.Lines
		p.sh.Tell(p.sh.Text.UndonePack(u.N, u.Item.Title()))
		return nil
	})
}

func (p *Pack) seal() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Seal(ctx, p.sh.Store, by, id)
	}, p.packed)
}

// finish leaves the slip; what is not packed is asked about first.
func (p *Pack) finish(yes bool) tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	by.Yes = yes
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Finish(ctx, p.sh.Store, by, id)
	}, func(r outbound.Packing) tea.Cmd {
		if r.Carton.ID != "" {
			p.packed(r)
		}
		p.slip = store.Slip{}
		return p.Open()
	})
}

// choose sets the type of the next carton.
func (p *Pack) choose() tea.Cmd {
	var options []string
	for _, k := range p.kinds {
		options = append(options, join(k.Code, k.Name))
	}
	if len(options) == 0 {
		return nil
	}
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.PackNext(""), Options: options,
		Pick: func(i int) tea.Cmd {
			p.kind = p.kinds[i].Code
			p.sh.Note(p.sh.Text.PackNext(p.kind))
			return nil
		}})
}

// View implements tui.Screen.
func (p *Pack) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	if p.slip.ID == "" {
		data := []string{th.Title.Render(component.Fit(t.PackHome(), w)),
			component.Fit(t.PackWaiting(len(p.waiting)), w)}
		for _, j := range p.waiting {
			row := join(string(j.Slip), string(j.Carrier))
			data = append(data, th.Quiet.Render(component.Fit(row, w)))
		}
		return component.Page(data, component.Wrap(p.ask(), w), w, h)
	}
	data := []string{th.Title.Render(component.Fit(t.PackTitle(p.slip.ID), w))}
	data = append(data, th.Quiet.Render(component.Fit(p.carton(), w)))
	for _, r := range p.remarks {
		data = append(data, component.Wrap(t.Remark(r), w)...)
	}
	return component.Page(append(data, p.rows(w)...), component.Wrap(p.ask(), w), w, h)
}

// ask is what the packer is to do now.
func (p *Pack) ask() string {
	t := p.sh.Text
	switch {
	case p.asked != "":
		return t.AskFor(p.asked)
	case p.slip.ID == "":
		return t.PackOpen()
	case p.closed():
		return t.PackDone() + " " + t.PackOpen()
	case p.n > 0:
		return t.AskItems(p.n)
	}
	return t.PackScan()
}

// carton is the carton that the next piece goes into.
func (p *Pack) carton() string {
	t := p.sh.Text
	for _, c := range p.slip.Cartons {
		if c.Step == store.CartonOpened {
			return join(string(p.slip.Carrier), t.PackCarton(c.N, c.Type, false))
		}
	}
	if n := len(p.slip.Cartons); n > 0 && p.closed() {
		c := p.slip.Cartons[n-1]
		return join(string(p.slip.Carrier), t.PackCarton(c.N, c.Type, true))
	}
	kind := p.kind
	if kind == "" && len(p.kinds) > 0 {
		kind = p.kinds[0].Code
	}
	return join(string(p.slip.Carrier), t.PackNext(kind))
}

// rows show what is still to be packed first.
func (p *Pack) rows(w int) (out []string) {
	t, th := p.sh.Text, p.sh.Theme
	var done []string
	for _, l := range p.lines {
		if l.Picked == 0 {
			continue
		}
		row := component.Fit(join(t.PackLine(l.Packed, l.Picked), l.About.Title()), w)
		if l.Packed >= l.Picked {
			done = append(done, th.Quiet.Render(row))
		} else {
			out = append(out, row)
		}
	}
	return append(out, done...)
}

// Asks implements tui.Asker.
func (p *Pack) Asks() (right, wrong string) {
	wrong = "6900000000000"
	if p.slip.ID == "" || p.closed() {
		if len(p.waiting) > 0 {
			for _, j := range p.waiting {
				if j.Slip != p.slip.ID {
					return label(scanner.SlipLabel, string(j.Slip)), wrong
				}
			}
		}
		return "", wrong
	}
	for _, l := range p.lines {
		if l.Picked > l.Packed {
			if p.asked == store.SerialNeeded {
				for _, serial := range p.serials {
					right = string(serial)
				}
				return right, "NO-SUCH-SERIAL"
			}
			return plain(l.Code), wrong
		}
	}
	return "", wrong
}
