package screens

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

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
	advice  []store.PackingRule
	next    string // the type of the next carton, where the packer chose none
	kinds   []store.CartonType
	reasons []store.Reason
	kind    string         // of the next carton; empty for the default
	box     store.CartonID // that is filled; empty for the last one
	shut    store.CartonID // that was closed, or scanned, and is to be weighed
	weigh   string         // what the site wants of closed cartons
	beside  bool           // the next piece goes into a new carton
	waiting []store.Job
	totes   []store.SlipTote // that the slip was picked into, where it is in several
	come    []store.Place    // of them, those that were scanned here
	lots    string           // what the site wants where another lot is scanned
	entry
	last    outbound.PackScan
	serials []store.Serial // of the tote, for Asks
	seen    store.Qty      // pieces of the slip that are stopped, as the packer was told
	told    bool           // of more of them: they are seen once the slip is read
}

// Open implements tui.Screen.
func (p *Pack) Open() tea.Cmd {
	type read struct {
		kinds   []store.CartonType
		reasons []store.Reason
		waiting outbound.Waiting
		at      outbound.Packing
		lots    string
		weigh   string
	}
	id := p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (out read, err error) {
		if out.waiting, err = outbound.Work(ctx, p.sh.Store, p.sh.Operator.ID); err != nil {
			return out, err
		}
		if out.at, err = outbound.AtTable(ctx, p.sh.Store, id); err != nil {
			return out, err
		}
		err = p.sh.Store.Read(ctx, func(r *store.Reader) error {
			if out.kinds, err = r.CartonTypes(); err != nil {
				return err
			}
			if out.lots, err = r.Setting(store.OtherLotBy); err != nil {
				return err
			}
			if out.weigh, err = r.Setting(store.WeighBy); err != nil {
				return err
			}
			out.reasons, err = r.Reasons(store.ShortReason)
			return err
		})
		return out, err
	}, func(r read) tea.Cmd {
		p.kinds, p.reasons, p.waiting = r.kinds, r.reasons, r.waiting.Pack
		p.lots, p.weigh = r.lots, r.weigh
		p.show(r.at)
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
	return p.answered(p.sh, s, func(by store.Gesture) tea.Cmd {
		by.N = p.n
		in := outbound.PackScan{By: by, Slip: p.slip.ID, Type: p.kind,
			Carton: p.box, Beside: p.beside, Seen: p.seen}
		if p.closed() {
			in.Slip, in.Carton, in.Beside = "", "", false // done: this scan opens the next one
		}
		return p.pack(in)
	})
}

// closed says whether the open slip has nothing left to pack, and no carton left to close.
func (p *Pack) closed() bool {
	return p.slip.ID != "" && p.slip.Sums.Unpacked == 0 &&
		!slices.ContainsFunc(p.slip.Cartons, store.Carton.Filling)
}

func (p *Pack) pack(in outbound.PackScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Pack(ctx, p.sh.Store, in)
	}, p.packed)
}

func (p *Pack) packed(r outbound.Packing) tea.Cmd {
	t := p.sh.Text
	if r.Did == "" { // it had its answer
		return p.look()
	}
	p.show(r)
	if r.Did == outbound.OpenedBox && r.Carton.Step == store.CartonSealedNow {
		p.shut = r.Carton.ID // its label came out: the next piece goes where it was to go
		p.sh.Tell(p.sticker(r)...)
		return nil
	}
	if r.Did == outbound.PackedItem && r.Carton.Type == p.kind {
		p.kind = "" // it was for this carton
	}
	if r.Did != outbound.NotedScan && r.Did != outbound.ToteCame {
		p.box, p.beside = r.Carton.ID, false
	}
	if r.Carton.Step == store.CartonSealedNow {
		p.box, p.shut = "", r.Carton.ID
	} else if r.Did == outbound.OpenedSlip {
		p.shut = ""
	}
	switch r.Did {
	case outbound.NotedScan:
		p.asked, p.pending, p.serials = r.Needs, p.last.By.Mark, r.Serials
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case outbound.ToteCame:
		p.come = append(p.come, r.Tote)
		p.sh.Tell(t.PackCame(r.Tote.Code()))
		return nil
	case outbound.OpenedSlip:
		p.come = []store.Place{r.Tote}
		p.seen = r.Slip.Stopped - r.Slip.Sums.Due // what is to be put back, the next scan tells
		p.sh.Tell(append([]string{t.PackTitle(r.Slip.ID)}, p.sticker(r)...)...)
	case outbound.OpenedBox:
		p.sh.Tell(append([]string{t.PackCarton(r.Carton.N, r.Carton.Type, false)},
			p.sticker(r)...)...)
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

// sticker says what belongs on a carton that was closed: its waybill, and the label that is
// being printed, or came out, as the scan shows.
func (p *Pack) sticker(r outbound.Packing) (out []string) {
	if r.Sealed && r.Carton.Waybill != "" {
		out = append(out, p.sh.Text.PackLabel(r.Carton.Waybill))
	}
	if r.Prints {
		out = append(out, p.sh.Text.PackPrints())
	}
	if r.Printed {
		out = append(out, p.sh.Text.PackPrinted(r.Carton.N))
	}
	return out
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
	case store.Intercepted:
		p.clear(false)
		if p.slip.ID == "" {
			return nil
		}
		p.told = true
		return p.look()
	case store.AskOtherLot:
		return p.askOtherLot(r)
	case store.AskExpired:
		return p.sh.Ask(overriding(p.sh, r, p.lots, p.override))
	case store.AskPartial:
		return p.sh.Ask(tui.Question{Text: t.AskPartial(r.Got),
			Yes: func() tea.Cmd { return p.finish(true) }})
	case store.CartonSealed:
		if r.Got == string(p.box) {
			p.box = "" // somebody else closed it
			return p.look()
		}
	}
	return nil
}

// override packs what was scanned all the same.
func (p *Pack) override(second store.OperatorID, why outbound.Override) tea.Cmd {
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the yes's
	again.By.Second, again.Override = second, why
	return p.pack(again)
}

// askOtherLot asks whether another lot is packed. One piece whose own label names the lot can
// be scanned again for a yes: what was in the air is gone by, since a question opens late.
func (p *Pack) askOtherLot(r *store.Refusal) tea.Cmd {
	q := overriding(p.sh, r, p.lots, p.override)
	boss := p.lots == "supervisor" && !p.sh.Operator.May(store.Supervisor)
	q.Text = p.sh.Text.AskPackLot(r.Got, r.Want, boss)
	by := p.last.By
	if one := max(by.N, by.Mark.Count) <= 1; one && p.asked == "" && !boss {
		q.Same = by.Mark.Text
	}
	return p.sh.Ask(q)
}

// look reads the open slip again.
func (p *Pack) look() tea.Cmd {
	id := p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.AtTable(ctx, p.sh.Store, id)
	}, func(r outbound.Packing) tea.Cmd {
		p.show(r)
		return nil
	})
}

// show takes what was read of a slip.
func (p *Pack) show(r outbound.Packing) {
	p.slip, p.lines, p.remarks = r.Slip, r.Lines, r.Remarks
	p.advice, p.next, p.totes = r.Advice, r.Next, r.Totes
	if p.told {
		p.seen, p.told = r.Slip.Stopped, false
	}
}

// Key implements tui.Screen.
func (p *Pack) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (p *Pack) Keys() []tui.Binding {
	if p.slip.ID == "" {
		return []tui.Binding{{Key: "f5", Command: i18n.Carton, Do: p.choose},
			{Command: i18n.Repack, Do: p.repack},
			{Key: "esc", Command: i18n.Back, Do: p.back}}
	}
	var keys []tui.Binding
	if p.slip.Sums.Unpacked > 0 {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Short, Do: p.short})
		keys = append(keys, p.number(p.sh)...)
	}
	if p.weighable().ID != "" {
		keys = append(keys, tui.Binding{Key: "f12", Command: i18n.Weigh, Do: p.askWeight})
	}
	return append(append(keys, []tui.Binding{
		{Key: "f3", Command: i18n.Undo, Do: p.undo},
		{Key: "f4", Command: i18n.Seal, Do: p.seal},
		{Key: "f5", Command: i18n.Carton, Do: p.choose},
		{Key: "f6", Command: i18n.Done, Do: func() tea.Cmd { return p.finish(false) }},
		{Command: i18n.Repack, Do: p.repack},
		{Key: "esc", Command: i18n.Back, Do: p.back},
	}...), putsBack(p.sh, p.slip, "")...)
}

// back lets go of what is asked for, then of the slip, then of the screen.
func (p *Pack) back() tea.Cmd {
	if p.clear(true) || p.beside {
		p.beside = false
		p.sh.Note()
		return nil
	}
	if p.slip.ID == "" {
		return p.sh.Pop()
	}
	p.leave()
	p.sh.Note()
	return p.Open()
}

// leave lets go of the slip.
func (p *Pack) leave() {
	p.slip, p.box, p.shut, p.beside = store.Slip{}, "", "", false
	p.seen, p.told, p.come = 0, false, nil
}

// weighable is the closed carton that is to be weighed: the one that was closed or scanned
// last; none where the site weighs none.
func (p *Pack) weighable() (out store.Carton) {
	for _, c := range p.slip.Cartons {
		if c.Step == store.CartonSealedNow && c.ID == p.shut {
			out = c
		}
	}
	if p.weigh == "off" {
		return store.Carton{}
	}
	return out
}

// askWeight asks what a closed carton weighs, and offers what the scale shows.
func (p *Pack) askWeight() tea.Cmd {
	c := p.weighable()
	shown := func(grams int64) tea.Cmd { return p.setWeight(c, grams, scale) }
	return p.sh.Enter(tui.Entry{Title: p.sh.Text.WeighAsk(c.N), Number: true,
		Live: p.sh.Weighing(string(c.ID), shown), Take: func(text string) tea.Cmd {
			grams, ok := weight(text)
			if !ok {
				return refuse(p.sh, scanner.Scan{Source: keyed, Label: scanner.Label{Text: text}},
					store.BadQuantity, "1250 / 1.25kg")
			}
			return p.setWeight(c, grams, keyed)
		}})
}

func (p *Pack) setWeight(c store.Carton, grams int64, source string) tea.Cmd {
	by := p.sh.By(scanner.Scan{Source: source})
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Weighed, error) {
		return outbound.Weigh(ctx, p.sh.Store, by, c.ID, grams)
	}, func(w outbound.Weighed) tea.Cmd {
		if source == keyed {
			p.sh.Weighed(string(c.ID), w.Grams)
		}
		if w.Off {
			p.sh.Warn(&store.Refusal{Code: store.WeightStop, Got: string(c.ID),
				Want: strconv.FormatInt(w.Want, 10)})
			return nil
		}
		p.shut = ""
		p.sh.Tell(p.sh.Text.WeighedNow(c.N, w.Grams, w.Want))
		return nil
	})
}

// short says that what is still to be packed is not there, and why.
func (p *Pack) short() tea.Cmd {
	by, id := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID
	var head []string
	if in := p.holding(func(l store.SlipLine) bool { return p.left(l) > 0 }); len(in) > 0 {
		head = []string{p.sh.Text.PackIn(in)}
	}
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.ShortTitle(p.slip.Sums.Unpacked), Head: head,
		Options: reasonNames(p.sh.Text, p.reasons), Pick: func(i int) tea.Cmd {
			return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
				return outbound.Missed(ctx, p.sh.Store, by, id, p.reasons[i].Code)
			}, p.missed)
		}})
}

func (p *Pack) missed(r outbound.Packing) tea.Cmd {
	p.show(r)
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
		if len(p.totes) > 1 { // it lies in one of them again
			return p.look()
		}
		return nil
	})
}

func (p *Pack) seal() tea.Cmd {
	by, id, box := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID, p.box
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Seal(ctx, p.sh.Store, by, id, box)
	}, p.packed)
}

// finish leaves the slip, once its cartons are closed; what is not packed is asked about
// first.
func (p *Pack) finish(yes bool) tea.Cmd {
	by, id, box := p.sh.By(scanner.Scan{Source: keyed}), p.slip.ID, p.box
	by.Yes = yes
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Packing, error) {
		return outbound.Finish(ctx, p.sh.Store, by, id, box)
	}, func(r outbound.Packing) tea.Cmd {
		if r.Carton.ID != "" {
			p.packed(r)
		}
		if slices.ContainsFunc(r.Slip.Cartons, store.Carton.Filling) {
			return nil // the next one is to be closed
		}
		p.leave()
		return p.Open()
	})
}

// repack takes goods out of a carton again.
func (p *Pack) repack() tea.Cmd {
	p.clear(true)
	return p.sh.Push(&Repack{sh: p.sh, below: p, slip: p.slip})
}

// choose sets the type of the next carton, and has the next piece go into it.
func (p *Pack) choose() tea.Cmd {
	return p.types(func(kind string) {
		p.kind, p.beside = kind, p.slip.ID != ""
		p.sh.Note(p.sh.Text.PackNext(kind))
	})
}

// types asks which type of carton is wanted.
func (p *Pack) types(then func(kind string)) tea.Cmd {
	var options []string
	for _, k := range p.kinds {
		options = append(options, join(k.Code, k.Name))
	}
	if len(options) == 0 {
		return nil
	}
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.PackNext(""), Options: options,
		Pick: func(i int) tea.Cmd {
			then(p.kinds[i].Code)
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
	if len(p.totes) > 1 {
		data = append(data, component.Wrap(p.gathered(), w)...)
	}
	if n := p.slip.Sums.Due; n > 0 {
		data = append(data, component.Wrap(t.PutBackDue(n), w)...)
	}
	for _, a := range p.advice {
		data = append(data, component.Wrap(t.PackAdvice(a), w)...)
	}
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
	case p.shut != "" && p.weighable().ID != "" && (p.closed() || p.weigh == "must"):
		return t.PackWeigh(p.weighable().N)
	case p.closed():
		return t.PackDone() + " " + t.PackOpen()
	case p.slip.Sums.Unpacked == 0:
		return t.PackClose()
	case p.n > 0:
		return t.AskItems(p.n)
	}
	return t.PackScan()
}

// carton is the carton that the next piece goes into.
func (p *Pack) carton() string {
	t := p.sh.Text
	if c, ok := p.filled(); ok && !p.beside {
		if n := len(p.parcels()); n > 1 {
			return join(string(p.slip.Carrier), t.PackCartonOf(c.N, n, c.Type))
		}
		return join(string(p.slip.Carrier), t.PackCarton(c.N, c.Type, false))
	}
	if n := len(p.slip.Cartons); n > 0 && p.closed() {
		c := p.slip.Cartons[n-1]
		return join(string(p.slip.Carrier), t.PackCarton(c.N, c.Type, true))
	}
	kind := cmp.Or(p.kind, p.next)
	if kind == "" && len(p.kinds) > 0 {
		kind = p.kinds[0].Code
	}
	return join(string(p.slip.Carrier), t.PackNext(kind))
}

// filled is the open carton that the next piece goes into, unless a new one is wanted.
func (p *Pack) filled() (store.Carton, bool) {
	if c, ok := outbound.Filled(p.slip, p.box); ok {
		return c, true
	}
	for _, c := range p.slip.Cartons {
		if c.Step == store.CartonOpened { // it was emptied
			return c, true
		}
	}
	return store.Carton{}, false
}

// parcels are the cartons of the slip but those that were emptied.
func (p *Pack) parcels() (out []store.Carton) {
	for _, c := range p.slip.Cartons {
		if c.Step != store.CartonOpened || c.Holds > 0 || c.ID == p.box {
			out = append(out, c)
		}
	}
	return out
}

// gathered says which totes of the slip stand at the table, or are empty, and which are to come.
func (p *Pack) gathered() string {
	t := p.sh.Text
	var missing []string
	for _, tote := range p.totes {
		if len(tote.Items) > 0 && !slices.Contains(p.come, tote.Tote) {
			missing = append(missing, tote.Tote.Code())
		}
	}
	return t.PackTotes(len(p.totes)-len(missing), len(p.totes), missing)
}

// left is how many pieces of a line are still to be packed.
func (p *Pack) left(l store.SlipLine) store.Qty {
	return l.Picked - p.slip.DueOf(l.Line).N - l.Packed
}

// holding are the totes that pieces of some lines lie in, where the slip is in several.
func (p *Pack) holding(of func(store.SlipLine) bool) (out []string) {
	for _, tote := range p.totes {
		if len(p.totes) > 1 && slices.ContainsFunc(p.lines, func(l store.SlipLine) bool {
			return of(l) && slices.Contains(tote.Items, l.Item)
		}) {
			out = append(out, tote.Tote.Code())
		}
	}
	return out
}

// rows show what is still to be packed first.
func (p *Pack) rows(w int) (out []string) {
	t, th := p.sh.Text, p.sh.Theme
	var done []string
	for _, l := range p.lines {
		if l.Picked == 0 {
			continue
		}
		want := l.Picked - p.slip.DueOf(l.Line).N
		in := strings.Join(p.holding(func(o store.SlipLine) bool {
			return o.Line == l.Line && l.Packed < want
		}), " ")
		row := component.Fit(join(t.PackLine(l.Packed, want), in, l.About.Title()), w)
		if l.Packed >= want {
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
		if l.Picked-p.slip.DueOf(l.Line).N > l.Packed {
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
