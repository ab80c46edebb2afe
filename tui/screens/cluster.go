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
	places []store.SlipID // on the cart, as long as this screen is open
	off    []store.TaskID // that were put off
	at     store.Place    // the bin that was scanned last
	read   bool
	entry
	held    store.Qty // pieces in hand, for which the tote is asked
	last    outbound.PickScan
	picked  store.SlipID // that something was picked for last
	reasons []store.Reason
	lots    string // what the site wants where another lot is scanned
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
		for _, s := range r.round.Slips {
			if !slices.Contains(c.places, s.ID) {
				c.places = append(c.places, s.ID)
			}
		}
		return nil
	})
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
	}
	return c.pick(in)
}

func (c *Cluster) pick(in outbound.PickScan) tea.Cmd {
	c.last = in
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Picked, error) {
		return outbound.Pick(ctx, c.sh.Store, in)
	}, c.did)
}

// did says what a scan did.
func (c *Cluster) did(r outbound.Picked) tea.Cmd {
	t := c.sh.Text
	switch r.Did {
	case outbound.BoundTote:
		c.sh.Tell(t.ClusterInto(c.place(r.Slip.ID), r.Slip.Totes[0].Code()))
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
		c.picked = r.Slip.ID
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
	switch r.Code {
	case store.AskQuantity:
		text = t.AskQuantity(r.Got, r.Want)
	case store.AskOverPick:
		text = t.AskOver(r.Got, r.Want)
	case store.WrongTote:
		if c.asked == store.ToteNeeded {
			return nil // another slip's, or nobody's
		}
		text, same = t.AskFullTote(r.Got, r.Want), r.Got
	case store.AskOtherLot:
		return c.askOtherLot(r)
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
	return c.sh.Ask(tui.Question{Text: text, Same: same,
		Yes: func() tea.Cmd { return c.pick(again) }})
}

// askOtherLot asks whether another lot is picked: where the site wants that, a supervisor.
func (c *Cluster) askOtherLot(r *store.Refusal) tea.Cmd {
	again := c.last
	again.By.Yes, again.By.Scan = true, ""
	boss, yes := agrees(c.sh, c.lots, func(second store.OperatorID) tea.Cmd {
		again.By.Second = second
		return c.pick(again)
	})
	return c.sh.Ask(tui.Question{Text: c.sh.Text.AskOtherLot(r.Got, r.Want, boss), Yes: yes})
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
	if len(c.round.Stops) > 0 {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.Short, Do: c.short})
	}
	if c.picked != "" {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Undo, Do: c.undo})
	}
	keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Fill, Do: c.load})
	if len(c.round.Stops) > 1 {
		keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Skip, Do: c.skip})
	}
	return append(keys, tui.Binding{Key: "esc", Command: i18n.Back, Do: c.back})
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
	by, id := c.key(), c.picked
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Undone, error) {
		return outbound.Unpick(ctx, c.sh.Store, by, id)
	}, func(u outbound.Undone) tea.Cmd {
		c.clear(true)
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
		return t.ClusterTote(c.place(slip.ID), slip.ID)
	}
	slip, task, open := c.next()
	switch {
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
	data = append(data, th.Big.Render(component.Fit(t.PickCount(task.Want, task.Picked), w)),
		th.Big.Render(component.Fit(t.ClusterInto(c.place(slip.ID), slip.Totes[0].Code()), w)))
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
