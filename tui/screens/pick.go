package screens

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// barMax keeps the bar where the eye is on a wide screen.
const barMax = 30

// Pick walks one operator through a slip, bin by bin: the screen shows where to
// go and what to take, and each scan takes a piece, a case, or the quantity that
// was typed before it.
type Pick struct {
	sh   *tui.Shell
	slip store.Slip
	zone string // that the operator picks in; empty for all
	into bool   // the tote was scanned
	entry
	last    outbound.PickScan // for a question about it
	reasons []store.Reason
	remarks []string
	decoys  []string       // codes of the slip's items, for Asks
	serials []store.Serial // of the bin, likewise
	lots    string         // what the site wants where another lot is scanned
	stray   store.Mark     // of another item, that was scanned last
}

// Open implements tui.Screen.
func (p *Pick) Open() tea.Cmd {
	type read struct {
		slip    store.Slip
		reasons []store.Reason
		lots    string
	}
	id, zone := p.slip.ID, p.zone
	return tui.Do(p.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, p.sh.Store, func(r *store.Reader) (out read, err error) {
			if out.slip, err = r.WholeSlip(id); err != nil {
				return out, err
			}
			at, err := r.SlipIn(id, zone)
			if err != nil {
				return out, err
			}
			out.slip.Task, out.slip.Line, out.slip.Current = at.Task, at.Line, at.Current
			if out.lots, err = r.Setting(store.OtherLotBy); err != nil {
				return out, err
			}
			out.reasons, err = r.Reasons(store.ShortReason)
			return out, err
		})
	}, func(r read) tea.Cmd {
		p.slip, p.reasons, p.remarks, p.lots = r.slip, r.reasons, r.slip.Remarks, r.lots
		p.decoys = nil
		for _, l := range r.slip.Lines {
			p.decoys = append(p.decoys, l.Code)
		}
		return nil
	})
}

// Scan implements tui.Screen.
func (p *Pick) Scan(s scanner.Scan) tea.Cmd {
	_, open := p.slip.Next()
	if open && len(p.slip.Totes) > 0 && !p.passed() {
		if cmd, ok := p.typed(p.sh, s); ok {
			return cmd
		}
	}
	in := outbound.PickScan{By: p.sh.By(s), Slip: p.slip.ID, Seen: p.see(),
		Asked: p.asked, Pending: p.pending, Pieces: p.n}
	in.By.N = p.n
	if p.passed() {
		in.Asked = store.ToteFirst
	}
	return p.pick(in)
}

// see is what the screen shows of the slip.
func (p *Pick) see() outbound.Seen {
	seen := outbound.See(p.slip)
	seen.Zone = p.zone
	return seen
}

// passed says that another zone has begun the slip, and its tote is to be scanned first, or
// another.
func (p *Pick) passed() bool {
	return p.zone != "" && !p.into && len(p.slip.Totes) > 0 && p.slip.At == "" && !p.zoneDone()
}

// zoneDone says that what is left of the slip is for other zones.
func (p *Pick) zoneDone() bool {
	task, open := p.slip.Next()
	return open && p.zone != "" && task.Zone != p.zone
}

func (p *Pick) pick(in outbound.PickScan) tea.Cmd {
	p.last = in
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.Pick(ctx, p.sh.Store, in)
	}, p.picked)
}

// picked says what a scan did, and asks about the bin where the book has it empty.
func (p *Pick) picked(r outbound.Picked) tea.Cmd {
	t := p.sh.Text
	p.slip, p.stray = r.Slip, store.Mark{}
	switch r.Did {
	case outbound.BoundTote:
		p.into = true
		p.sh.Tell(t.ToteIs(r.Slip.Totes[0].Code()))
	case outbound.ReachedBin:
		p.sh.Tell(t.BinReached())
	case outbound.NotedScan:
		p.asked, p.pending, p.serials = r.Needs, r.Pending, r.Serials
		p.sh.Note(t.AskFor(r.Needs))
		return nil
	case outbound.PickedItem:
		p.sh.Tell(t.Picked(r.N, string(r.Task.Item), r.Left))
	}
	p.clear(r.Did == outbound.PickedItem)
	if r.Zero == nil {
		return nil
	}
	return askZero(p.sh, p.slip.ID, *r.Zero)
}

// askZero asks whether a bin is empty that the book has so, or nearly.
func askZero(sh *tui.Shell, id store.SlipID, z outbound.Zero) tea.Cmd {
	said := func(empty bool) func() tea.Cmd {
		return func() tea.Cmd {
			by := sh.By(scanner.Scan{Source: keyed})
			return tui.Do(sh, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, outbound.CheckZero(ctx, sh.Store, by, id, z, empty)
			}, func(struct{}) tea.Cmd {
				sh.Tell(sh.Text.ZeroSaid(empty))
				return nil
			})
		}
	}
	return sh.Ask(tui.Question{Text: sh.Text.AskZero(z.Place.Code(), z.Book), Keep: true,
		Yes: said(true), No: said(false)})
}

// key is the gesture of a key.
func (p *Pick) key() store.Gesture { return p.sh.By(scanner.Scan{Source: keyed}) }

// Refused implements tui.Refused: it asks where a yes is wanted, and looks again
// where the slip is no longer what the screen shows.
func (p *Pick) Refused(r *store.Refusal) tea.Cmd {
	t := p.sh.Text
	text, same := []string(nil), ""
	p.stray = store.Mark{}
	switch r.Code {
	case store.WrongItem:
		p.stray = p.last.By.Mark
		return nil
	case store.AskQuantity:
		text = t.AskQuantity(r.Got, r.Want)
	case store.AskOverPick:
		text = t.AskOver(r.Got, r.Want)
	case store.AskOtherLot, store.AskExpired:
		return p.sh.Ask(overriding(p.sh, r, p.lots, p.override))
	case store.WrongTote:
		text, same = t.AskOtherTote(r.Got, r.Want), r.Got
		if p.slip.Sums.Picked > 0 {
			text = t.AskFullTote(r.Got, r.Want)
		}
	case store.NotYours:
		return p.sh.Pop()
	case store.CentralUnreachable: // it stays the picker's, who is not held up
		if p.zoneDone() {
			return p.sh.Pop()
		}
		return nil
	case store.Stale, store.SlipClosed, store.ZoneDone, store.Intercepted:
		p.clear(false)
		return p.Open()
	default:
		return nil
	}
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	return p.sh.Ask(tui.Question{Text: text, Same: same,
		Yes: func() tea.Cmd { return p.pick(again) }})
}

// override takes what was scanned all the same.
func (p *Pick) override(second store.OperatorID, why outbound.Override) tea.Cmd {
	again := p.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	again.By.Second, again.Override = second, why
	return p.pick(again)
}

// overriding asks whether another lot, or an expired piece, is taken all the same, and why: a
// supervisor, where lots, as the site has it, or the expiry takes one.
func overriding(sh *tui.Shell, r *store.Refusal, lots string,
	then func(store.OperatorID, outbound.Override) tea.Cmd) tui.Question {
	expired := r.Code == store.AskExpired
	boss := (expired || lots == "supervisor") && !sh.Operator.May(store.Supervisor)
	because := func(second store.OperatorID) tea.Cmd {
		return because(sh, store.OverrideReason, sh.Text.OverrideWhy(),
			func(reason string) tea.Cmd {
				return then(second, outbound.Override{Reason: reason, Expired: expired})
			})
	}
	q := tui.Question{Text: sh.Text.AskOtherLot(r.Got, r.Want, boss),
		Yes: func() tea.Cmd { return because("") }}
	if expired {
		q.Text = sh.Text.AskExpired(r.Got, r.Want, boss)
	}
	if boss {
		q.Yes = func() tea.Cmd {
			return sh.Push(newBeside(sh, store.Supervisor, func(o store.Operator) {
				because(o.ID) // behind the opening of this screen
			}))
		}
	}
	return q
}

// Key implements tui.Screen.
func (p *Pick) Key(k tea.KeyMsg) tea.Cmd {
	_, open := p.slip.Next()
	switch {
	case k.Type != tea.KeyEnter:
	case p.zoneDone():
		return p.passOn(p.next)
	case !open:
		return p.sh.Pop()
	}
	return nil
}

// Keys implements tui.Keyed.
func (p *Pick) Keys() []tui.Binding {
	if _, open := p.slip.Next(); !open {
		return append(putsBack(p.sh, p.slip, "f4"),
			tui.Binding{Key: "f2", Command: i18n.NextJob, Do: p.next},
			tui.Binding{Key: "f3", Command: i18n.Undo, Do: p.undo})
	}
	if p.zoneDone() {
		return []tui.Binding{
			{Key: "f2", Command: i18n.NextJob, Do: func() tea.Cmd { return p.passOn(p.next) }},
			{Key: "f3", Command: i18n.Undo, Do: p.undo},
			{Key: "esc", Command: i18n.Back, Do: func() tea.Cmd { return p.passOn(p.sh.Pop) }},
		}
	}
	keys := []tui.Binding{
		{Key: "f2", Command: i18n.Short, Do: p.short},
		{Key: "f3", Command: i18n.Undo, Do: p.undo},
		{Key: "f5", Command: i18n.Skip, Do: p.skip},
		{Key: "esc", Command: i18n.Back, Do: p.back},
	}
	if len(p.slip.Totes) > 0 {
		keys = append(keys, p.number(p.sh)...)
	}
	if task, _ := p.slip.Next(); p.slip.At == task.From {
		keys = append(keys, tui.Binding{Key: "f12", Command: i18n.Surplus, Do: func() tea.Cmd {
			return foundMore(p.sh, p.slip.ID, p.see(), task.About, p.stray)
		}})
	}
	return keys
}

// foundMore asks how many of an item lie in the bin beside what the book has there: of the
// task's, or of a stray one that was scanned.
func foundMore(sh *tui.Shell, id store.SlipID, seen outbound.Seen, item store.Item,
	stray store.Mark) tea.Cmd {
	by := sh.By(scanner.Scan{Source: keyed})
	by.Mark = stray
	title := sh.Text.AskSurplus(cmp.Or(stray.Text, item.Title()))
	return sh.Enter(tui.Entry{Title: title, Number: true,
		Take: func(text string) tea.Cmd {
			n, _ := strconv.ParseInt(text, 10, 64) // none is refused
			return tui.Do(sh, func(ctx context.Context) (store.Item, error) {
				return outbound.Surplus(ctx, sh.Store, by, id, seen, store.Qty(n))
			}, func(i store.Item) tea.Cmd {
				sh.Tell(sh.Text.SurplusSaid(store.Qty(n), i.Title()))
				return nil
			})
		}})
}

// putsBack is the command to where goods of a slip are put back, where there are any.
func putsBack(sh *tui.Shell, s store.Slip, key string) []tui.Binding {
	if s.Sums.Due == 0 {
		return nil
	}
	return []tui.Binding{{Key: key, Command: i18n.PutBack, Do: func() tea.Cmd {
		next := newPutBack(sh)
		return tea.Batch(sh.Push(next), next.Scan(scanner.Scan{Source: keyed, // waits for Open
			Label: scanner.Label{Kind: scanner.SlipLabel, Code: string(s.ID),
				Text: label(scanner.SlipLabel, string(s.ID))}}))
	}}}
}

// next goes on with the slip that the system chooses, or to the list, which says why there is
// none.
func (p *Pick) next() tea.Cmd {
	return nextJob(p.sh, p.zone, func(s store.Slip) tea.Cmd {
		if s.ID == "" {
			return p.sh.Pop()
		}
		tellSlip(p.sh, s)
		return p.sh.Replace(&Pick{sh: p.sh, slip: s, zone: p.zone})
	})
}

// passOn leaves the slip to the next zone, and goes on.
func (p *Pick) passOn(then func() tea.Cmd) tea.Cmd {
	by, id := p.key(), p.slip.ID
	return tui.Do(p.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, outbound.Leave(ctx, p.sh.Store, by, id)
	}, func(struct{}) tea.Cmd {
		p.sh.Tell(p.sh.Text.ZonePassed(id))
		return then()
	})
}

// back lets go of a quantity or of what is asked for, before it leaves the slip.
func (p *Pick) back() tea.Cmd {
	if p.clear(true) {
		p.sh.Note()
		return nil
	}
	return p.sh.Pop()
}

func (p *Pick) short() tea.Cmd {
	task, _ := p.slip.Next()
	if p.slip.At != task.From {
		return p.shortFor("") // the operation says which bin to scan
	}
	return p.sh.Choose(tui.Choice{Title: p.sh.Text.ShortTitle(task.Left()),
		Options: reasonNames(p.sh.Text, p.reasons),
		Pick:    func(i int) tea.Cmd { return p.shortFor(p.reasons[i].Code) }})
}

func (p *Pick) shortFor(reason string) tea.Cmd {
	by, id, seen := p.key(), p.slip.ID, p.see()
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.Short(ctx, p.sh.Store, by, id, seen, reason)
	}, func(r outbound.Picked) tea.Cmd {
		p.slip = r.Slip
		p.clear(true)
		said := []string{p.sh.Text.Shorted(r.N)}
		if next, open := p.slip.Next(); open && next.Line == r.Task.Line && !p.zoneDone() {
			said = append(said, p.sh.Text.ShortNext(next.From.Code()))
		}
		if r.Others > 0 {
			said = append(said, p.sh.Text.ShortAlso(r.Others))
		}
		p.sh.Tell(said...)
		return nil
	})
}

func (p *Pick) skip() tea.Cmd {
	by, id, seen := p.key(), p.slip.ID, p.see()
	return tui.Do(p.sh, func(ctx context.Context) (store.Slip, error) {
		return outbound.Skip(ctx, p.sh.Store, by, id, seen)
	}, func(s store.Slip) tea.Cmd {
		p.slip = s
		p.clear(true)
		p.sh.Tell(p.sh.Text.Skipped())
		return nil
	})
}

func (p *Pick) undo() tea.Cmd {
	by, id, zone := p.key(), p.slip.ID, p.zone
	return tui.Do(p.sh, func(ctx context.Context) (outbound.Undone, error) {
		return outbound.Unpick(ctx, p.sh.Store, by, id, zone)
	}, func(u outbound.Undone) tea.Cmd {
		p.slip = u.Slip
		p.sh.Tell(p.sh.Text.UndonePick(u.N, u.Item.Title()))
		return nil
	})
}

// ask is what the picker is to do now.
func (p *Pick) ask() []string {
	t := p.sh.Text
	task, open := p.slip.Next()
	switch {
	case !open:
		tote := ""
		if len(p.slip.Cartons) == 0 && len(p.slip.Totes) > 0 && p.slip.State() != store.SlipShort {
			tote = p.totes()
		}
		if p.slip.Sums.Due > 0 {
			return []string{t.PutBackDue(p.slip.Sums.Due), t.PickNext()}
		}
		return []string{t.PickDone(tote), t.PickNext()}
	case p.zoneDone():
		return []string{t.ZonePassOn(p.zone, p.totes(), task.Zone), t.PickNext()}
	case p.passed():
		return []string{t.AskPassed(p.slip.Totes[0].Code())}
	case p.asked != "":
		return []string{t.AskFor(p.asked)}
	case len(p.slip.Totes) == 0:
		return []string{t.AskTote()}
	case p.slip.At != task.From:
		return []string{t.AskBin(task.From.Code())}
	case p.n > 0:
		return []string{t.AskItems(p.n)}
	}
	return []string{t.AskItem()}
}

// View implements tui.Screen. The data stand in the order in which they give
// way on a small screen, the last first.
func (p *Pick) View(w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	todo := component.Paragraphs(w, p.ask()...)
	data := []string{th.Title.Render(component.Fit(p.title(w), w))}
	task, open := p.slip.Next()
	if !open || p.zoneDone() {
		return component.Page(data, todo, w, h)
	}
	at := p.slip.At == task.From
	data = append(data, p.bin(task.From.Code(), at, w, h)...)
	data = append(data, component.Wrap(join(task.About.Spec, task.About.Name), w)...)
	done := t.PickWant(task.Want, task.Picked)
	if ansi.StringWidth(done) > w {
		done = t.PickCount(task.Want, task.Picked)
	}
	data = append(data, th.Big.Render(component.Fit(done, w)),
		component.Fit(component.Bar(int(task.Picked), int(task.Want), min(w, barMax)), w))
	if task.Lot != "" {
		data = append(data, component.Fit(t.PickLot(string(task.Lot), task.Expires.String()), w))
	}
	data = append(data, component.Fit(t.PickCode(plain(task.Code)), w))
	for _, r := range p.remarks {
		data = append(data, component.Wrap(t.Remark(r), w)...)
	}
	if len(p.slip.Totes) > 0 {
		data = append(data, th.Quiet.Render(component.Fit(t.ToteIs(p.slip.Totes[0].Code()), w)))
	}
	by := clockAt(p.sh.Store, p.slip.ShipBy)
	if by != "" {
		by = t.ShipBy(by)
	}
	data = append(data, th.Quiet.Render(component.Fit(join(string(p.slip.Carrier), by), w)),
		th.Quiet.Render(component.Fit(string(task.Item), w)))
	return component.Page(data, todo, w, h)
}

// title names the slip, and the zone where the operator picks in one, for which the lines give way.
func (p *Pick) title(w int) string {
	t := p.sh.Text
	title := t.PickTitle(p.slip.ID, int(p.slip.Sums.LinesDone), int(p.slip.Sums.Lines))
	if p.zone == "" {
		return title
	}
	if all := join(title, t.PickZone(p.zone)); ansi.StringWidth(all) <= w {
		return all
	}
	return join(string(p.slip.ID), t.PickZone(p.zone))
}

// totes are those of the slip, the one that is filled first; of who picks in one zone all that
// were passed on.
func (p *Pick) totes() string {
	var out []string
	for i, tote := range p.slip.Totes {
		if i == 0 || p.zone != "" {
			out = append(out, tote.Code())
		}
	}
	return strings.Join(out, " ")
}

// bin is the bin's code, in large letters where there is room for them.
func (p *Pick) bin(code string, at bool, w, h int) []string {
	t, th := p.sh.Text, p.sh.Theme
	line := th.Big.Render(component.Fit(t.PickBin(code, at), w))
	if big := component.Big(th, code, w, h); len(big) > 1 {
		return append([]string{line}, big...)
	}
	return []string{line}
}

// join puts what there is on one line.
func join(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// plain is a GTIN as it is printed: the zeros in front are not.
func plain(code string) string {
	if len(code) == 14 && code[0] == '0' {
		return code[1:]
	}
	return code
}

// Asks implements tui.Asker.
func (p *Pick) Asks() (right, wrong string) {
	task, open := p.slip.Next()
	wrong = label(scanner.BinLabel, "Z-99-99")
	switch {
	case !open:
		return "", wrong
	case p.asked == store.LotNeeded:
		return string(task.Lot), "NO-SUCH-LOT"
	case p.asked == store.SerialNeeded:
		if len(p.serials) == 0 { // the book knows none: any will do
			return fmt.Sprintf("SN-%s-%d", task.ID, task.Picked), plain(task.Code)
		}
		return string(p.serials[0]), plain(task.Code)
	case p.asked == store.ExpiryNeeded:
		return task.Expires.String(), "yesterday"
	case p.zoneDone():
		return "", wrong
	case p.passed():
		return label(scanner.ToteLabel, p.slip.Totes[0].Code()), wrong
	case len(p.slip.Totes) == 0:
		return label(scanner.ToteLabel, "T-"+string(p.slip.ID)[len(p.slip.ID)-3:]), wrong
	case p.slip.At != task.From:
		return label(scanner.BinLabel, task.From.Code()), wrong
	}
	for _, code := range p.decoys {
		if code != task.Code {
			return plain(task.Code), plain(code)
		}
	}
	return plain(task.Code), "6900000000000"
}
