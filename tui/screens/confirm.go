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

// Confirm hands parcels over: a stream of one carrier's, which the first parcel
// sets, a truck that is loaded, or one slip, n of m.
type Confirm struct {
	sh      *tui.Shell
	carrier store.CarrierID
	begun   bool // the first parcel has set the carrier
	slip    store.SlipID
	pending store.CartonID       // waits for its waybill
	spares  bool                 // it may leave without
	last    outbound.ConfirmScan // for a question about it
	count   outbound.Count

	gone   store.CartonID // that was scanned last of those that left
	dock   store.Place    // whose label was scanned
	truck  store.Handover // that is being loaded; zero for none
	signed string         // who takes its parcels
}

// Open implements tui.Screen.
func (c *Confirm) Open() tea.Cmd {
	in := outbound.ConfirmScan{Carrier: c.carrier, Slip: c.slip, On: c.truck.ID}
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Count, error) {
		return outbound.Progress(ctx, c.sh.Store, in)
	}, func(n outbound.Count) tea.Cmd {
		c.count = n
		return nil
	})
}

// Scan implements tui.Screen.
func (c *Confirm) Scan(s scanner.Scan) tea.Cmd {
	return c.confirm(outbound.ConfirmScan{By: c.sh.By(s), Carrier: c.carrier, Slip: c.slip,
		Pending: c.pending, On: c.truck.ID})
}

func (c *Confirm) confirm(in outbound.ConfirmScan) tea.Cmd {
	c.last = in
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Confirmed, error) {
		return outbound.Confirm(ctx, c.sh.Store, in)
	}, c.confirmed)
}

func (c *Confirm) confirmed(r outbound.Confirmed) tea.Cmd {
	t := c.sh.Text
	c.count, c.pending = r.Count, ""
	switch r.Did {
	case outbound.NotedScan:
		c.pending, c.spares = r.Carton.ID, r.Spares
		c.sh.Note(t.ConfirmWaybill(r.Carton.ID))
	case outbound.OpenedSlip:
		c.slip, c.carrier = r.Slip.ID, r.Carrier
		if c.truck.ID == "" {
			c.carrier = r.Slip.Carrier
		}
		c.sh.Tell(t.ConfirmSlip(r.Slip.ID))
	case outbound.ReachedDock:
		c.dock = r.Dock
		c.sh.Tell(t.LoadDock(r.Dock.Code()))
		if c.truck.ID == "" && c.slip == "" {
			return c.load()
		}
	case outbound.ConfirmedIt:
		c.carrier, c.begun = r.Carrier, true
		c.gone = r.Carton.ID
		c.sh.Tell(t.Confirmed(r.Carton.ID, r.Carton.Waybill), c.counted())
	}
	return nil
}

// Refused implements tui.Refused: another terminal was faster, or a yes is wanted.
func (c *Confirm) Refused(r *store.Refusal) tea.Cmd {
	switch r.Code {
	case store.CartonGone, store.OnTruck:
		if r.Is != store.SlipKind {
			c.gone = store.CartonID(r.Got)
		}
		return c.Open()
	case store.Stale: // somebody closed the truck
		c.forget()
		return c.Open()
	case store.AskDock:
		return c.sh.Ask(tui.Question{
			Text: c.sh.Text.AskDock(c.count.Done, r.Got),
			Yes:  func() tea.Cmd { return c.close(true) }})
	case store.AskWaybill:
		again := c.last
		again.By.Yes, again.By.Scan = true, "" // the scan has had its answer: this is the key's
		return c.sh.Ask(tui.Question{Text: c.sh.Text.AskWaybill(r.Got, store.CarrierID(r.Want)),
			Yes: func() tea.Cmd { return c.confirm(again) }})
	}
	return nil
}

// Key implements tui.Screen.
func (c *Confirm) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (c *Confirm) Keys() (out []tui.Binding) {
	if c.pending != "" && c.spares {
		out = append(out, tui.Binding{Key: "f2", Command: i18n.Without, Do: c.without})
	}
	return append(out, []tui.Binding{
		{Key: "f5", Command: i18n.Load, Do: c.load},
		{Key: "f6", Command: i18n.Done, Do: c.done},
		{Key: "f3", Command: i18n.NotGone, Do: c.takeBack},
		{Key: "esc", Command: i18n.Back, Do: c.back},
	}...)
}

// without lets the parcel leave that has no number.
func (c *Confirm) without() tea.Cmd {
	in := outbound.ConfirmScan{By: c.sh.By(scanner.Scan{Source: keyed}), Carrier: c.carrier,
		Slip: c.slip, Pending: c.pending, On: c.truck.ID}
	return c.sh.Ask(tui.Question{Text: c.sh.Text.AskWithout(c.pending), Yes: func() tea.Cmd {
		in.By.Yes = true
		return c.confirm(in)
	}})
}

// done ends the stream or the slip; what is still here is asked about first.
func (c *Confirm) done() tea.Cmd {
	if c.truck.ID != "" && c.slip == "" {
		return c.sign()
	}
	left := len(c.count.Missing) + len(c.count.Open)
	if left == 0 {
		return c.leave()
	}
	return c.sh.Ask(tui.Question{Text: c.sh.Text.AskLeave(left), Yes: c.leave})
}

func (c *Confirm) leave() tea.Cmd {
	if c.slip != "" && c.truck.ID != "" { // the truck is loaded on
		c.slip, c.pending = "", ""
	} else {
		c.forget()
	}
	c.sh.Note()
	return c.Open()
}

// forget begins anew.
func (c *Confirm) forget() {
	c.carrier, c.begun, c.slip, c.pending = "", false, "", ""
	c.truck, c.dock = store.Handover{}, ""
}

// counted is how far it has come.
func (c *Confirm) counted() string {
	if c.truck.ID != "" && c.slip == "" {
		return c.sh.Text.LoadCount(c.count.Done, len(c.count.Missing))
	}
	return c.sh.Text.ConfirmCount(c.count.Done, c.count.Total)
}

// back lets go of a parcel without its waybill, then of the stream, slip or truck, then
// of the screen.
func (c *Confirm) back() tea.Cmd {
	if c.pending != "" {
		c.pending = ""
		c.sh.Note()
		return nil
	}
	switch {
	case c.truck.ID != "" && c.slip == "": // it is gone on with later
		return c.leave()
	case c.slip != "" || c.begun:
		return c.done()
	}
	return c.sh.Pop()
}

// View implements tui.Screen: what is still here is listed.
func (c *Confirm) View(w, h int) []string {
	t, th := c.sh.Text, c.sh.Theme
	title := t.ConfirmTitle()
	switch {
	case c.slip != "":
		title = t.ConfirmSlip(c.slip)
	case c.truck.ID != "":
		title = t.LoadTitle(c.truck)
	case c.begun:
		title = t.ConfirmCarrier(c.carrier)
	}
	data := []string{th.Title.Render(component.Fit(title, w)),
		th.Big.Render(component.Fit(c.counted(), w))}
	if c.count.Behind > 0 {
		data = append(data, component.Fit(t.ConfirmBehind(c.count.Behind), w))
	}
	missing := append(append([]store.Carton(nil), c.count.Missing...), c.count.Open...)
	if len(missing) > 0 {
		data = append(data, component.Fit(t.ConfirmMissing(len(missing)), w))
	} else {
		data = append(data, component.Wrap(t.ConfirmAll(), w)...)
	}
	for _, m := range missing {
		carrier := string(m.Carrier)
		if carrier == "" {
			carrier = t.NoCarrier()
		}
		row := join(string(m.ID), carrier, string(m.Waybill))
		data = append(data, th.Quiet.Render(component.Fit(row, w)))
	}
	todo := t.ConfirmScan()
	if c.pending != "" {
		todo = t.ConfirmWaybill(c.pending)
	}
	return component.Page(data, component.Wrap(todo, w), w, h)
}

// takeBack takes back that a parcel left, by a supervisor.
func (c *Confirm) takeBack() tea.Cmd {
	id, by := c.gone, c.sh.By(scanner.Scan{Source: keyed})
	if id == "" {
		c.sh.Note(c.sh.Text.TakeWhich())
		return nil
	}
	take := func() tea.Cmd {
		return tui.Do(c.sh, func(ctx context.Context) (store.Carton, error) {
			return outbound.TakeBack(ctx, c.sh.Store, by, id)
		}, func(store.Carton) tea.Cmd {
			c.gone = ""
			c.sh.Tell(c.sh.Text.TookBack(id))
			return c.Open()
		})
	}
	yes := take
	if !c.sh.Operator.May(store.Supervisor) {
		yes = func() tea.Cmd {
			return c.sh.Push(newBeside(c.sh, store.Supervisor, func(o store.Operator) {
				by.Second = o.ID
				take() // behind the opening of this screen
			}))
		}
	}
	return c.sh.Ask(tui.Question{Text: c.sh.Text.AskTakeBack(id), Yes: yes})
}

// Asks implements tui.Asker.
func (c *Confirm) Asks() (right, wrong string) {
	wrong = label(scanner.ToteLabel, "T-99")
	if c.pending != "" {
		return waybillFor(c.pending), wrong
	}
	for _, m := range c.count.Missing {
		if !c.begun || m.Carrier == c.carrier {
			return label(scanner.CartonLabel, string(m.ID)), wrong
		}
	}
	return "", wrong
}

// waybillFor makes up a number for a parcel: the digits of its carton's.
func waybillFor(id store.CartonID) string {
	digits := ""
	for _, r := range string(id) {
		if r >= '0' && r <= '9' {
			digits += string(r)
		}
	}
	return "SF" + digits
}
