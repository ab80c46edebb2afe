package screens

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Cluster walks one operator through all the slips in hand at once, a tote each: the bin, the
// item, and the tote of the slip that it is for.
type Cluster struct {
	sh     *tui.Shell
	round  outbound.Round
	places []store.SlipID // on the cart
	one    bool           // tote is wanted for all slips that have none
	sort   bool           // some shared a tote: it goes to the wall
	off    []store.TaskID // that were put off
	at     store.Place    // the bin that was scanned last
	read   bool
	entry
	held    store.Qty // pieces in hand, for which the tote is asked
	last    outbound.PickScan
	picked  []store.SlipID // that something was picked for, the last one last
	reasons []store.Reason
	lots    string     // what the site wants where another lot is scanned
	stray   store.Mark // of another item, that was scanned last
}

// Open implements tui.Screen.
func (c *Cluster) Open() tea.Cmd {
	type read struct {
		round   outbound.Round
		reasons []store.Reason
		lots    string
	}
	who := c.sh.Operator.ID
	return tui.Do(c.sh, func(ctx context.Context) (out read, err error) {
		if out.round, err = outbound.Rounded(ctx, c.sh.Store, who); err != nil {
			return out, err
		}
		err = c.sh.Store.Read(ctx, func(r *store.Reader) error {
			if out.lots, err = r.Setting(store.OtherLotBy); err != nil {
				return err
			}
			out.reasons, err = r.Reasons(store.ShortReason)
			return err
		})
		return out, err
	}, func(r read) tea.Cmd {
		c.round, c.reasons, c.lots, c.read = r.round, r.reasons, r.lots, true
		c.stand(r.round.Places)
		c.sort = c.sort || len(r.round.Mixed) > 0
		return nil
	})
}

// stand takes the places of the slips on the cart. What another took away leaves its place
// empty for as long as the cart does not begin anew.
func (c *Cluster) stand(places []store.SlipID) {
	anew := len(places) > 0
	for _, id := range places {
		anew = anew && !slices.Contains(c.places, id)
	}
	if anew {
		c.places, c.sort = nil, false
	}
	for _, id := range places {
		if !slices.Contains(c.places, id) {
			c.places = append(c.places, id)
		}
	}
}

// News implements tui.Newsed.
func (c *Cluster) News() tea.Cmd { return c.Open() }

// place is the number of a slip's place on the cart, from 1.
func (c *Cluster) place(id store.SlipID) int { return slices.Index(c.places, id) + 1 }

// bare is the first slip on the cart without a tote, if there is one.
func (c *Cluster) bare() (s store.Slip, ok bool) {
	i := slices.IndexFunc(c.round.Slips, func(s store.Slip) bool { return len(s.Totes) == 0 })
	if i < 0 {
		return s, false
	}
	return c.round.Slips[i], true
}

// next is the task to walk to and its slip: those that were put off come last.
func (c *Cluster) next() (s store.Slip, t store.PickTask, ok bool) {
	if len(c.round.Stops) == 0 {
		return s, t, false
	}
	i := slices.IndexFunc(c.round.Stops, func(x outbound.Stop) bool {
		return !slices.Contains(c.off, x.Task.ID)
	})
	if i < 0 {
		i, c.off = 0, nil
	}
	x := c.round.Stops[i]
	s = c.round.Slips[x.At]
	j := slices.IndexFunc(s.Lines, func(l store.SlipLine) bool { return l.Line == x.Task.Line })
	t = x.Task
	t.About, t.Code = s.Lines[j].About, s.Lines[j].Code
	return s, t, true
}

// seen is what the screen shows of the task to walk to.
func (c *Cluster) seen(s store.Slip, t store.PickTask) outbound.Seen {
	return outbound.Seen{Task: t.ID, Done: t.Picked + t.Short, Stopped: s.Stopped, Several: true}
}

// Scan implements tui.Screen.
func (c *Cluster) Scan(s scanner.Scan) tea.Cmd {
	if slip, bare := c.bare(); bare {
		if c.one {
			return c.shareTote(c.sh.By(s), c.bares())
		}
		return c.pick(outbound.PickScan{By: c.sh.By(s), Slip: slip.ID, Seen: outbound.See(slip)})
	}
	slip, task, open := c.next()
	if !open {
		return refuse(c.sh, s, store.NothingToDo, "")
	}
	if cmd, ok := c.typed(c.sh, s); ok {
		return cmd
	}
	in := outbound.PickScan{By: c.sh.By(s), Slip: slip.ID, Seen: c.seen(slip, task),
		Asked: c.asked, Pending: c.pending, Pieces: c.n}
	if in.By.N = c.n; c.asked == store.ToteNeeded {
		in.By.N, in.Pieces = 0, c.held
		in.By.Yes, in.By.Second = c.last.By.Yes, c.last.By.Second // of the piece in hand
		in.Override = c.last.Override
	}
	return c.pick(in)
}

// pick answers a scan for a slip, and for those behind it that share its tote.
func (c *Cluster) pick(in outbound.PickScan) tea.Cmd {
	c.last = in
	ins := []outbound.PickScan{in}
	if _, bare := c.bare(); !bare {
		for _, x := range c.alike() {
			s := c.round.Slips[x.At]
			if in := (outbound.PickScan{Slip: s.ID, Seen: c.seen(s, x.Task)}); s.ID != c.last.Slip {
				ins = append(ins, in)
			}
		}
	}
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.PickTogether(ctx, c.sh.Store, ins)
	}, c.did)
}

// alike are the tasks of slips that share a tote, for the same goods as the one to walk to; that
// one first.
func (c *Cluster) alike() (out []outbound.Stop) {
	slip, task, _ := c.next()
	for _, x := range c.round.Stops {
		t := x.Task
		same := t.From == task.From && t.Item == task.Item && t.Lot == task.Lot
		if same && c.share(slip, c.round.Slips[x.At]) && !slices.Contains(c.off, t.ID) {
			out = append(out, x)
		}
	}
	return out
}

// share says whether the goods of two slips on the cart go into one tote.
func (c *Cluster) share(a, b store.Slip) bool {
	return slices.Contains(c.round.Mixed, a.ID) && slices.Contains(c.round.Mixed, b.ID) &&
		a.Totes[0] == b.Totes[0]
}

// bares are the slips on the cart without a tote.
func (c *Cluster) bares() (out []store.Slip) {
	for _, s := range c.round.Slips {
		if len(s.Totes) == 0 {
			out = append(out, s)
		}
	}
	return out
}

// mixed are the slips on the cart that share the tote of the one to walk to, with that one.
func (c *Cluster) mixed() (out []store.Slip) {
	slip, _, _ := c.next()
	for _, s := range c.round.Slips {
		if c.share(slip, s) {
			out = append(out, s)
		}
	}
	return out
}

// shareTote has a tote be that of slips.
func (c *Cluster) shareTote(by store.Gesture, slips []store.Slip) tea.Cmd {
	var ins []outbound.PickScan
	for _, s := range slips {
		ins = append(ins, outbound.PickScan{By: by, Slip: s.ID, Seen: outbound.See(s)})
	}
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.ShareTote(ctx, c.sh.Store, ins)
	}, func(r outbound.Picked) tea.Cmd {
		cmd := c.did(r)
		c.one = false
		return cmd
	})
}

// did says what a scan did.
func (c *Cluster) did(r outbound.Picked) tea.Cmd {
	t := c.sh.Text
	c.stray = store.Mark{}
	switch r.Did {
	case outbound.BoundTote:
		c.sh.Tell(c.into(r.Slip))
	case outbound.ReachedBin:
		c.at = r.Task.From
		c.sh.Tell(t.BinReached())
	case outbound.NotedScan:
		c.asked, c.pending = r.Needs, r.Pending
		if c.held = 0; r.Needs == store.ToteNeeded {
			c.held = r.N
			c.sh.Tell(t.ClusterHeld(r.N))
			return nil
		}
		c.sh.Note(t.AskFor(r.Needs))
		return nil
	case outbound.PickedItem:
		c.picked = append(c.picked, r.Slips...)
		c.sh.Tell(t.Picked(r.N, string(r.Task.Item), r.Left))
	}
	c.clear(r.Did == outbound.PickedItem)
	if r.Zero == nil {
		return c.Open()
	}
	return tea.Batch(askZero(c.sh, r.Slip.ID, *r.Zero), c.Open())
}

func (c *Cluster) key() store.Gesture { return c.sh.By(scanner.Scan{Source: keyed}) }

// Refused implements tui.Refused: it asks where a yes is wanted, and looks again where a slip
// is no longer what the screen shows.
func (c *Cluster) Refused(r *store.Refusal) tea.Cmd {
	t := c.sh.Text
	text, same := []string(nil), ""
	c.stray = store.Mark{}
	switch r.Code {
	case store.WrongItem:
		c.stray = c.last.By.Mark
		return nil
	case store.AskQuantity:
		text = t.AskQuantity(r.Got, r.Want)
	case store.AskOverPick:
		text = t.AskOver(r.Got, r.Want)
	case store.WrongTote:
		if c.asked == store.ToteNeeded {
			return nil // another slip's, or nobody's
		}
		text, same = t.AskFullTote(r.Got, r.Want), r.Got
	case store.AskOtherLot, store.AskExpired:
		return c.sh.Ask(overriding(c.sh, r, c.lots, c.override))
	case store.BinFirst:
		c.at = ""
		return nil
	case store.NotYours, store.Stale, store.SlipClosed, store.Intercepted:
		c.clear(true)
		return c.Open()
	default:
		return nil
	}
	again := c.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	yes := func() tea.Cmd { return c.pick(again) }
	if r.Code == store.WrongTote && slices.Contains(c.round.Mixed, again.Slip) {
		yes = func() tea.Cmd { return c.shareTote(again.By, c.mixed()) }
	}
	return c.sh.Ask(tui.Question{Text: text, Same: same, Yes: yes})
}

// override takes what was scanned all the same.
func (c *Cluster) override(second store.OperatorID, why outbound.Override) tea.Cmd {
	again := c.last
	again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
	again.By.Second, again.Override = second, why
	return c.pick(again)
}

// Key implements tui.Screen.
func (c *Cluster) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && len(c.round.Stops) == 0 {
		return c.sh.Pop()
	}
	return nil
}

// Keys implements tui.Keyed.
func (c *Cluster) Keys() (keys []tui.Binding) {
	if c.round.Wall && len(c.bares()) > 1 {
		keys = append(keys, tui.Binding{Key: "f6", Command: i18n.OneTote, Do: c.oneTote})
	}
	if len(c.round.Stops) > 0 {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Short, Do: c.short})
	}
	if len(c.picked) > 0 {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: c.undo})
	}
	keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Fill, Do: c.load})
	if len(c.round.Stops) > 1 {
		keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Skip, Do: c.skip})
	}
	if slip, task, open := c.next(); open && c.at == task.From {
		keys = append(keys, tui.Binding{Key: "f12", Command: i18n.Surplus, Do: func() tea.Cmd {
			return foundMore(c.sh, slip.ID, c.seen(slip, task), task.About, c.stray)
		}})
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: c.back})
}

// oneTote has all slips without a tote share the next, or not.
func (c *Cluster) oneTote() tea.Cmd {
	c.one = !c.one
	c.sh.Note()
	return nil
}

// load fills the cart.
func (c *Cluster) load() tea.Cmd {
	by := c.key()
	return tui.Do(c.sh, func(ctx context.Context) ([]store.SlipID, error) {
		return outbound.Load(ctx, c.sh.Store, by, outbound.CartMax)
	}, func(ids []store.SlipID) tea.Cmd {
		c.sh.Tell(c.sh.Text.ClusterLoaded(len(ids)))
		return c.Open()
	})
}

// skip puts a task off until the others are done: what is left cannot be.
func (c *Cluster) skip() tea.Cmd {
	_, task, open := c.next()
	if !open {
		return nil
	}
	c.clear(true)
	c.off = append(c.off, task.ID)
	c.sh.Tell(c.sh.Text.Skipped())
	return nil
}

func (c *Cluster) short() tea.Cmd {
	_, task, open := c.next()
	if !open {
		return nil
	}
	if c.at != task.From {
		return c.shortFor("") // the operation says which bin to scan
	}
	return c.sh.Choose(tui.Choice{Title: c.sh.Text.ShortTitle(task.Left()),
		Options: reasonNames(c.sh.Text, c.reasons),
		Pick:    func(i int) tea.Cmd { return c.shortFor(c.reasons[i].Code) }})
}

func (c *Cluster) shortFor(reason string) tea.Cmd {
	slip, task, _ := c.next()
	by, seen := c.key(), c.seen(slip, task)
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.Short(ctx, c.sh.Store, by, slip.ID, seen, reason)
	}, func(r outbound.Picked) tea.Cmd {
		c.clear(true)
		c.at = "" // what is next may lie elsewhere
		said := []string{c.sh.Text.Shorted(r.N)}
		if r.Others > 0 {
			said = append(said, c.sh.Text.ShortAlso(r.Others))
		}
		c.sh.Tell(said...)
		return c.Open()
	})
}

func (c *Cluster) undo() tea.Cmd {
	by, id := c.key(), c.picked[len(c.picked)-1]
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Undone, error) {
		return outbound.Unpick(ctx, c.sh.Store, by, id, "")
	}, func(u outbound.Undone) tea.Cmd {
		c.clear(true)
		c.picked = c.picked[:len(c.picked)-1]
		c.sh.Tell(c.sh.Text.UndonePick(u.N, u.Item.Title()))
		return c.Open()
	})
}

// back lets go of what is in hand, before it leaves the cart.
func (c *Cluster) back() tea.Cmd {
	if c.clear(true) {
		c.sh.Note()
		return nil
	}
	return c.sh.Pop()
}

// ask is what the picker is to do now.
func (c *Cluster) ask() string {
	t := c.sh.Text
	if slip, bare := c.bare(); bare {
		if c.one {
			return t.ClusterAll(len(c.bares()))
		}
		return t.ClusterTote(c.place(slip.ID), slip.ID)
	}
	slip, task, open := c.next()
	switch {
	case !open && c.sort:
		return t.ClusterSort()
	case !open && len(c.places) > 0:
		return t.ClusterDone()
	case !open:
		return t.ClusterNone()
	case c.asked == store.ToteNeeded:
		return t.ClusterPut(c.held, c.place(slip.ID), slip.Totes[0].Code())
	case c.asked != "":
		return t.AskFor(c.asked)
	case c.at != task.From:
		return t.AskBin(task.From.Code())
	case c.n > 0:
		return t.AskItems(c.n)
	}
	return t.AskItem()
}

// View implements tui.Screen.
func (c *Cluster) View(w, h int) []string {
	t, th := c.sh.Text, c.sh.Theme
	todo := component.Wrap(c.ask(), w)
	data := []string{th.Title.Render(component.Fit(
		t.ClusterTitle(len(c.round.Slips), len(c.round.Stops)), w))}
	slip, task, open := c.next()
	_, bare := c.bare()
	switch {
	case !c.read || !open:
		return component.Page(data, todo, w, h)
	case bare:
		return component.Page(append(data, c.slips(w)...), todo, w, h)
	}
	data = append(data, th.Big.Render(component.Fit(
		t.PickBin(task.From.Code(), c.at == task.From), w)))
	if big := component.Big(th, task.From.Code(), w, h); len(big) > 1 {
		data = append(data, big...)
	}
	data = append(data, component.Wrap(join(task.About.Spec, task.About.Name), w)...)
	data = append(data, th.Big.Render(component.Fit(c.count(task), w)),
		th.Big.Render(component.Fit(c.into(slip), w)))
	if task.Lot != "" {
		data = append(data, component.Fit(t.PickLot(string(task.Lot), task.Expires.String()), w))
	}
	data = append(data, component.Fit(t.PickCode(plain(task.Code)), w),
		th.Quiet.Render(component.Fit(join(string(slip.ID), string(slip.Carrier)), w)))
	if n := len(c.off); n > 0 {
		data = append(data, th.Quiet.Render(component.Fit(t.ClusterBack(n), w)))
	}
	if c.round.Walk > 0 {
		walk := t.ClusterWalk(c.round.Walk, c.round.Plain)
		data = append(data, th.Quiet.Render(component.Fit(walk, w)))
	}
	return component.Page(data, todo, w, h)
}

// count is how much is to be taken, for all slips that share the tote.
func (c *Cluster) count(task store.PickTask) string {
	n, all := store.Qty(0), c.alike()
	for _, x := range all {
		n += x.Task.Left()
	}
	if len(all) > 1 {
		return c.sh.Text.ClusterSum(n, len(all))
	}
	return c.sh.Text.PickCount(task.Want, task.Picked)
}

// into is where the goods of a slip go.
func (c *Cluster) into(s store.Slip) string {
	tote := s.Totes[0].Code()
	if len(c.places) > 1 && (c.one || slices.Contains(c.round.Mixed, s.ID)) {
		return c.sh.Text.ToteIs(tote)
	}
	return c.sh.Text.ClusterInto(c.place(s.ID), tote)
}

// slips are those on the cart with their totes.
func (c *Cluster) slips(w int) (out []string) {
	for _, s := range c.round.Slips {
		tote := "-"
		if len(s.Totes) > 0 {
			tote = s.Totes[0].Code()
		}
		row := join(store.Qty(c.place(s.ID)).String(), string(s.ID), tote)
		out = append(out, component.Fit(row, w))
	}
	return out
}

// Asks implements tui.Asker.
func (c *Cluster) Asks() (right, wrong string) {
	wrong = label(scanner.BinLabel, "Z-99-99")
	if slip, bare := c.bare(); bare {
		return label(scanner.ToteLabel, "T-"+string(slip.ID)[len(slip.ID)-3:]), wrong
	}
	slip, task, open := c.next()
	switch {
	case !open:
		return "", wrong
	case c.asked == store.ToteNeeded:
		return label(scanner.ToteLabel, slip.Totes[0].Code()), label(scanner.ToteLabel, "T-99")
	case c.asked == store.LotNeeded:
		return string(task.Lot), "NO-SUCH-LOT"
	case c.at != task.From:
		return label(scanner.BinLabel, task.From.Code()), wrong
	}
	return plain(task.Code), "6900000000000"
}
