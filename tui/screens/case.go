package screens

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/stocktake"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Case shows a supervisor what is known of a variance or a discrepancy, page by page, and
// takes their decision. Where they may not decide, another supervisor does it beside them.
type Case struct {
	sh     *tui.Shell
	queue  *Queue
	of     stocktake.Case
	e      stocktake.Evidence
	causes []store.Reason
	shorts []store.Reason // why a pick is short
	read   bool
	page   int
	top    int // the first line of it on the screen
	reading
	entry
	known  []stocktake.KnownCode                 // what unknown codes are
	refers func(second store.OperatorID) tea.Cmd // what was refused to this person, for another
}

func newCase(q *Queue, c stocktake.Case) *Case { return &Case{sh: q.sh, queue: q, of: c} }

// Open implements tui.Screen.
func (c *Case) Open() tea.Cmd { return c.look(func() tea.Cmd { return nil }) }

// News implements tui.Newsed.
func (c *Case) News() tea.Cmd { return c.Open() }

func (c *Case) look(then func() tea.Cmd) tea.Cmd {
	type read struct {
		stocktake.Evidence
		causes, shorts []store.Reason
	}
	return reads(c.sh, &c.reading, func(ctx context.Context) (out read, err error) {
		if out.Evidence, err = stocktake.Evident(ctx, c.sh.Store, c.of); err != nil {
			return out, err
		}
		return out, c.sh.Store.Read(ctx, func(r *store.Reader) (err error) {
			if out.causes, err = r.ReasonsOf(store.AdjustReason,
				store.OverrideReason); err != nil {
				return err
			}
			out.shorts, err = r.Reasons(store.ShortReason)
			return err
		})
	}, func(r read) tea.Cmd {
		if was, v := c.e.Variance, r.Variance; v.Count != was.Count || v.State != was.State {
			c.drop()
		}
		c.e, c.causes, c.shorts, c.read = r.Evidence, r.causes, r.shorts, true
		return then()
	})
}

// Scan implements tui.Screen: the item that an unknown code is, or else what another case is
// about, unless this one would lose what was said of its codes.
func (c *Case) Scan(s scanner.Scan) tea.Cmd {
	code := c.unmatched()
	switch {
	case len(code) > 0:
		return c.answered(c.sh, s, func(by store.Gesture) tea.Cmd {
			return c.match(by, code[0].Code)
		})
	case len(c.known) > 0:
		return refuse(c.sh, s, store.Unanswered, "F5/F4")
	}
	c.drop()
	cmd := c.sh.Pop()
	return tea.Batch(cmd, c.queue.Scan(s))
}

// match says which item a code is.
func (c *Case) match(by store.Gesture, code string) tea.Cmd {
	by.Second = c.queue.second
	type matched struct {
		stocktake.KnownCode
		needs store.Code
	}
	return tui.Do(c.sh, func(ctx context.Context) (m matched, err error) {
		m.KnownCode, m.needs, err = stocktake.Match(ctx, c.sh.Store, by, c.e.Variance.Count, code)
		return m, err
	}, func(m matched) tea.Cmd {
		c.drop()
		if m.needs != "" {
			c.asked, c.pending = m.needs, by.Mark
			c.sh.Note(c.sh.Text.AskFor(m.needs))
			return nil
		}
		c.clear(true)
		c.known = append(c.known, m.KnownCode)
		c.sh.Tell(c.sh.Text.CaseMatched(code, c.is(code)))
		return nil
	})
}

// drop lets go of what was refused: it is not what is on the screen any more.
func (c *Case) drop() {
	if c.refers != nil {
		c.refers = nil
		c.sh.Note()
	}
}

// last is the count that the variance goes by; nil for none.
func (c *Case) last() *stocktake.Counted {
	for i := range c.e.Counts {
		if c.e.Counts[i].ID == c.e.Variance.Count {
			return &c.e.Counts[i]
		}
	}
	return nil
}

// unmatched are the codes of the last count that nobody has said what they are.
func (c *Case) unmatched() (out []store.CountedCode) {
	last := c.last()
	if last == nil {
		return nil
	}
	for _, u := range last.Unknown {
		if c.is(u.Code) == "" {
			out = append(out, u)
		}
	}
	return out
}

// is what an unknown code was said to be.
func (c *Case) is(code string) string {
	for _, k := range c.known {
		if k.Code == code {
			return join(string(k.Item.Item), string(k.Item.Lot), string(k.Item.Serial))
		}
	}
	return ""
}

// Key implements tui.Screen.
func (c *Case) Key(k tea.KeyMsg) tea.Cmd {
	pages := len(c.pages())
	switch k.Type {
	case tea.KeyLeft:
		c.page, c.top = (c.page+pages-1)%pages, 0
	case tea.KeyRight:
		c.page, c.top = (c.page+1)%pages, 0
	case tea.KeyUp:
		c.top--
	case tea.KeyDown:
		c.top++
	case tea.KeyHome:
		c.top = 0
	}
	c.top = max(0, c.top)
	return nil
}

// Keys implements tui.Keyed: what fits the case.
func (c *Case) Keys() (out []tui.Binding) {
	defer func() { out = append(out, tui.Binding{Key: "esc", Command: i18n.Back, Do: c.back}) }()
	if !c.read {
		return nil
	}
	if c.refers != nil {
		out = append(out, tui.Binding{Key: "f2", Command: i18n.Override, Do: c.another})
	}
	add := func(key string, command i18n.Command, do func() tea.Cmd) {
		out = append(out, tui.Binding{Key: key, Command: command, Do: func() tea.Cmd {
			c.drop()
			return do()
		}})
	}
	if c.of.Kind == stocktake.CaseVariance {
		counted := c.e.Variance.State == store.VarianceApproval
		if counted {
			add("f5", i18n.Approve, c.approve)
		}
		add("f6", i18n.Reject, func() tea.Cmd {
			return c.because(c.sh.Text.CaseWhyStands(), stocktake.Reject, c.sh.Text.CaseStands)
		})
		if counted {
			add("f3", i18n.Recount, func() tea.Cmd {
				return c.because(c.sh.Text.CaseWhyAgain(), stocktake.CountAgain,
					c.sh.Text.CaseAgain)
			})
		}
		if c.asked != "" || len(c.known) > 0 {
			add("f4", i18n.Undo, c.undo)
		}
		return out
	}
	if len(c.e.Missing) > 0 {
		add("f5", i18n.Found, c.found)
		add("f6", i18n.WriteOff, func() tea.Cmd { return c.resolve(store.DiscWrittenOff, "") })
	} else {
		add("f5", i18n.Close, func() tea.Cmd { return c.resolve(store.DiscClosed, "") })
	}
	if c.of.Place.Is("bin") {
		add("f3", i18n.CountBin, c.count)
	}
	if len(c.cards()) > 0 {
		add("f4", i18n.Card, c.put)
	}
	if of := c.e.Disc.Of; len(c.e.Orders) > 0 && (of == store.SignOffDiff ||
		of == store.LostOnWay || of == store.DamagedOnWay) {
		add("f7", i18n.WantBack, c.wantBack)
	}
	return out
}

// undo lets go of what is half said, or else forgets what the last unknown code was said to be.
func (c *Case) undo() tea.Cmd {
	if !c.clear(true) {
		c.known = c.known[:len(c.known)-1]
	}
	c.sh.Note()
	return nil
}

// back lets go of what is half said, or else of the case.
func (c *Case) back() tea.Cmd {
	if c.clear(true) {
		c.sh.Note()
		return nil
	}
	c.drop()
	cmd := c.sh.Pop()
	c.sh.Note()
	return cmd
}

// approve asks for the cause, and puts the book right; first whether codes stay unknown.
func (c *Case) approve() tea.Cmd {
	n := len(c.unmatched())
	if n == 0 {
		return c.cause(c.adjust)
	}
	return c.sh.Ask(tui.Question{Text: c.sh.Text.CaseUnmatched(n),
		Yes: func() tea.Cmd { return c.cause(c.adjust) }})
}

// cause asks for the cause, and for a note where the cause says little.
func (c *Case) cause(then func(cause, note string) tea.Cmd) tea.Cmd {
	const says = "other"
	return because(c.sh, store.AdjustReason, c.sh.Text.CaseCause(), func(cause string) tea.Cmd {
		if cause != says {
			return then(cause, "")
		}
		return c.note(c.sh.Text.CaseNote(), func(note string) tea.Cmd { return then(cause, note) })
	})
}

// note has a note typed.
func (c *Case) note(title string, then func(note string) tea.Cmd) tea.Cmd {
	return c.sh.Enter(tui.Entry{Title: title, Take: func(note string) tea.Cmd {
		if note == "" {
			c.sh.Warn(&store.Refusal{Code: store.Incomplete, Want: "note"})
			return nil
		}
		return then(note)
	}})
}

func (c *Case) adjust(cause, note string) tea.Cmd {
	in := stocktake.Approval{First: store.CountID(c.of.ID), Count: c.e.Variance.Count,
		Cause: cause, Note: note, Known: c.known}
	t := c.sh.Text
	return c.decide(func(ctx context.Context, by store.Gesture) error {
		return stocktake.Approve(ctx, c.sh.Store, by, in)
	}, func() tea.Cmd {
		if c.e.Variance.State.Ended() {
			return c.leave(t.CaseAdjusted(called(c.of)))
		}
		return c.stay(t.CaseFirst())
	})
}

// because asks why, and lets the book stand, or has the bin counted again.
func (c *Case) because(title string, do func(context.Context, *store.Store, store.Gesture,
	stocktake.Refused) error, said func(string) string) tea.Cmd {
	return c.note(title, func(note string) tea.Cmd {
		return c.decide(func(ctx context.Context, by store.Gesture) error {
			return do(ctx, c.sh.Store, by, stocktake.Refused{First: store.CountID(c.of.ID),
				Note: note})
		}, func() tea.Cmd { return c.leave(said(called(c.of))) })
	})
}

// found has the goods lie where they were missed: where that is no bin, somebody says in which.
func (c *Case) found() tea.Cmd {
	if c.of.Place.Is("bin") {
		return c.resolve(store.DiscFound, "")
	}
	return c.sh.Enter(tui.Entry{Title: c.sh.Text.CaseFoundIn(), Take: func(text string) tea.Cmd {
		by := c.sh.By(c.sh.Keyed(text))
		return tui.Do(c.sh, func(ctx context.Context) (f store.Found, err error) {
			f, err = store.Get(ctx, c.sh.Store, func(r *store.Reader) (store.Found, error) {
				return r.Find(by.Mark, store.BinKind)
			})
			return f, err
		}, func(f store.Found) tea.Cmd { return c.resolve(store.DiscFound, f.Place) })
	}})
}

// resolve ends a discrepancy. What was found lies in the bin to, where it was missed in none.
func (c *Case) resolve(as store.DiscEnd, to store.Place) tea.Cmd {
	return c.cause(func(cause, note string) tea.Cmd {
		return c.decide(func(ctx context.Context, by store.Gesture) error {
			return stocktake.Resolve(ctx, c.sh.Store, by, stocktake.Resolving{
				Disc: store.DiscID(c.of.ID), As: as, Cause: cause, Note: note, To: to})
		}, func() tea.Cmd {
			if c.e.End == "" {
				return c.stay(c.sh.Text.CaseFirst())
			}
			return c.leave(c.sh.Text.CaseEnded(called(c.of), as))
		})
	})
}

// count has the bin counted.
func (c *Case) count() tea.Cmd {
	return c.decide(func(ctx context.Context, by store.Gesture) error {
		_, err := stocktake.Plan(ctx, c.sh.Store, by, stocktake.Wish{Why: store.CountBin,
			Place: c.of.Place})
		return err
	}, func() tea.Cmd { return c.stay(c.sh.Text.CasePlanned(c.of.Place.Code())) })
}

// decide does what a supervisor decided, reads the case anew, and goes on. While it is
// refused to them, it is kept for another.
func (c *Case) decide(do func(context.Context, store.Gesture) error,
	then func() tea.Cmd) tea.Cmd {
	c.refers = func(second store.OperatorID) tea.Cmd {
		by := c.sh.By(scanner.Scan{Source: keyed})
		by.Second = cmp.Or(second, c.queue.second)
		return tui.Do(c.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, do(ctx, by)
		}, func(struct{}) tea.Cmd {
			c.refers = nil
			return c.look(then)
		})
	}
	return c.refers("")
}

// another has a second supervisor decide what was refused to the first, unless the case has
// changed meanwhile.
func (c *Case) another() tea.Cmd {
	return c.sh.Push(newBeside(c.sh, store.Supervisor, func(o store.Operator) {
		tui.Do(c.sh, func(context.Context) (struct{}, error) {
			return struct{}{}, nil // waits for Open
		}, func(struct{}) tea.Cmd {
			if c.refers == nil {
				c.sh.Warn(&store.Refusal{Code: store.Stale, Want: called(c.of)})
				return nil
			}
			return c.refers(o.ID)
		})
	}))
}

// leave goes back to the queue, and says what came of the case. Who decided at a worker's
// station did so once: there it goes on to the worker's own screen.
func (c *Case) leave(said string) tea.Cmd {
	cmd := c.sh.Pop()
	if c.queue.second != "" {
		cmd = tea.Batch(cmd, c.sh.Pop())
	}
	c.sh.Tell(said)
	return cmd
}

// stay says what came of a step that leaves the case open.
func (c *Case) stay(said string) tea.Cmd {
	if c.queue.second != "" {
		return c.leave(said)
	}
	c.sh.Tell(said)
	return nil
}

// Refused implements tui.Refused.
func (c *Case) Refused(r *store.Refusal) tea.Cmd {
	switch r.Code {
	case store.OwnWork, store.ApprovedOne, store.NoRight:
		if c.refers != nil {
			c.sh.Remedy(i18n.Text.CaseOther)
			return nil
		}
	case store.NothingToDo:
		c.sh.Remedy(i18n.Text.CaseListed)
	case store.Unanswered:
		c.sh.Remedy(i18n.Text.CaseKnown)
	case store.BadQuantity:
		c.sh.Remedy(i18n.Text.CaseSerials)
	}
	c.refers = nil
	return c.reading.again(r, c.Open)
}

// cards are where what the case is about is put right: of the orders on its slip, of the
// return, or of the bin.
func (c *Case) cards() (out []store.Found) {
	for _, id := range c.e.Orders {
		out = append(out, store.Found{Kind: store.OrderKind, Code: string(id), Order: id})
	}
	switch {
	case len(out) > 0:
	case c.of.Slip != "":
		out = []store.Found{{Kind: store.SlipKind, Code: string(c.of.Slip), Slip: c.of.Slip}}
	case c.e.RMA != "":
		out = []store.Found{{Kind: store.ReturnKind, Code: string(c.e.RMA), RMA: c.e.RMA}}
	case c.of.Place.Is("bin"):
		out = []store.Found{{Kind: store.BinKind, Code: c.of.Place.Code(), Place: c.of.Place}}
	}
	return out
}

// put shows the card; of several, one that is chosen.
func (c *Case) put() tea.Cmd {
	cards := c.cards()
	show := func(i int) tea.Cmd { return c.sh.Push(lookAt(c.sh, cards[i])) }
	if len(cards) == 1 {
		return show(0)
	}
	var options []string
	for _, f := range cards {
		options = append(options, f.Code)
	}
	return c.sh.Choose(tui.Choice{Title: called(c.of), Options: options, Pick: show})
}

// wantBack writes down what a customer wants for what did not come as it left.
func (c *Case) wantBack() tea.Cmd {
	a := newAskBack(c.sh)
	a.first, a.whose = c.e.Disc, c.e.Orders[0]
	return c.sh.Push(a)
}

// A casePage is a page of what is known.
type casePage struct {
	name  string
	lines func(*told)
}

// told gathers the lines of a page: what must be read whole, and names, which are cut.
type told struct {
	w   int
	out []string
}

func (p *told) say(texts ...string) {
	p.out = append(p.out, component.Paragraphs(p.w, texts...)...)
}

func (p *told) name(text string) { p.out = append(p.out, component.Fit(text, p.w)) }

func (c *Case) pages() []casePage {
	t := c.sh.Text
	first := casePage{t.CaseSummary(), c.reported}
	if c.of.Kind == stocktake.CaseVariance {
		first.lines = c.summary
	}
	out := []casePage{first}
	for i, x := range c.e.Counts {
		out = append(out, casePage{t.CaseCount(i + 1), func(p *told) { c.counted(p, x) }})
	}
	says := teller{Text: t, people: c.e.People, causes: c.causes}
	return append(out, casePage{t.CaseTimeline(), func(p *told) {
		for _, e := range c.e.Trail {
			p.say(says.line(c.sh.Store, e))
		}
	}})
}

// summary is the book beside all counts.
func (c *Case) summary(p *told) {
	t := c.sh.Text
	for _, b := range c.batches() {
		p.name(c.batch(b))
		for i, x := range c.e.Counts {
			round := t.CaseCount(i + 1)
			j := slices.IndexFunc(x.Lines, func(l store.CountLine) bool { return l.Batch == b })
			if j < 0 {
				p.say(join(round, t.CaseAsBook()))
				continue
			}
			l := x.Lines[j]
			n, _ := l.Off()
			p.say(join(round, t.CaseLine(l.Low, l.High, l.N, n)))
		}
	}
	if last := c.last(); last != nil {
		c.codes(p, last.Unknown)
	}
	p.say(t.QueueWorth(c.of.Worth))
	c.approved(p)
	why := c.e.Variance.Why
	if c.e.Variance.State == store.VarianceRecount {
		why = append(slices.Clip(why), store.Finding{Rule: stocktake.WhyWaits})
	}
	for _, f := range why {
		p.say("- " + t.VarianceWhy(f))
	}
}

// approved are the first of two approvals.
func (c *Case) approved(p *told) {
	for _, a := range c.e.Approved {
		p.say(c.sh.Text.CaseApproved(c.who(a.By), i18n.AskedFor(c.sh.Text, c.causes, a.Cause)))
	}
}

func (c *Case) codes(p *told, codes []store.CountedCode) {
	for _, u := range codes {
		p.say(c.sh.Text.CaseCode(u.Code, u.N, c.is(u.Code)))
	}
}

// batches are those of which any count says otherwise than the book.
func (c *Case) batches() (out []store.Batch) {
	for _, x := range c.e.Counts {
		for _, l := range x.Lines {
			if n, _ := l.Off(); n != 0 && !slices.Contains(out, l.Batch) {
				out = append(out, l.Batch)
			}
		}
	}
	return out
}

// batch is what people call a batch.
func (c *Case) batch(b store.Batch) string {
	item := c.e.Items[b.Item]
	return join(string(b.Lot), string(b.Serial), item.Title(), string(b.Item))
}

// who is what people are called, by their numbers.
func (c *Case) who(id store.OperatorID) string { return name(c.e.People, id) }

// reported is what is known of a discrepancy.
func (c *Case) reported(p *told) {
	t, d := c.sh.Text, c.e.Disc
	p.say(join(t.Discrepancies()[d.Of], someQty(d.N)))
	if d.Item != "" {
		p.name(c.batch(store.Batch{Item: d.Item, Lot: d.Lot}))
	}
	for _, m := range c.e.Missing {
		p.say(t.CaseMissing(m.N, c.batch(m.Batch)))
	}
	if text := join(string(d.Slip), d.About, d.Place.Code(), c.why(d.Reason),
		i18n.NoteOf(t, d.Note)); text != "" {
		p.say(text)
	}
	at := clockAt(c.sh.Store, d.At)
	if d.Operator != "" {
		at = t.CaseTold(c.who(d.Operator), at)
	}
	p.say(at)
	c.approved(p)
}

// why is the reason that somebody gave for a short pick.
func (c *Case) why(code string) string {
	if code == "" {
		return ""
	}
	return i18n.AskedFor(c.sh.Text, c.shorts, code)
}

// counted is one person's count.
func (c *Case) counted(p *told, x stocktake.Counted) {
	t := c.sh.Text
	p.say(t.CaseBy(c.who(x.Operator), clockAt(c.sh.Store, max(x.At, x.Done))), string(x.Station))
	for _, l := range x.Lines {
		n, _ := l.Off()
		p.name(c.batch(l.Batch))
		p.say(t.CaseLine(l.Low, l.High, l.N, n))
	}
	c.codes(p, x.Unknown)
	if len(x.Lines)+len(x.Unknown) == 0 {
		p.say(t.CaseAsBook())
	}
	if len(x.Moves) > 0 {
		p.say(t.CaseMoved())
	}
	for _, m := range x.Moves {
		p.say(t.CaseMove(m.N, join(string(m.Item), clockAt(c.sh.Store, m.At),
			t.Events()[m.Kind], c.who(m.Operator), m.Ref), m.Unseen))
	}
	if x.Knew > 0 {
		p.say(t.CaseKnew(x.Knew))
	}
}

// View implements tui.Screen.
func (c *Case) View(w, h int) []string {
	t, th := c.sh.Text, c.sh.Theme
	pages := c.pages()
	c.page = min(c.page, len(pages)-1)
	p := pages[c.page]
	place := strconv.Itoa(c.page+1) + "/" + strconv.Itoa(len(pages))
	head := []string{th.Title.Render(component.Pair(join(called(c.of), p.name), place, w))}
	if !c.read {
		return component.Page(head, nil, w, h)
	}
	var todo []string
	switch left := c.unmatched(); {
	case c.asked != "":
		todo = component.Wrap(t.AskFor(c.asked), w)
	case len(left) > 0 && c.of.Kind == stocktake.CaseVariance:
		todo = component.Wrap(t.CaseScan(left[0].Code), w)
	}
	page := told{w: w}
	p.lines(&page)
	lines := page.out
	room := max(1, h-1-len(todo))
	if todo == nil && len(lines) < room {
		todo = []string{th.Quiet.Render(component.Fit(t.CaseHint(), w))}
	}
	c.top = max(0, min(c.top, len(lines)-room))
	return component.Page(append(head, lines[c.top:]...), todo, w, h)
}
