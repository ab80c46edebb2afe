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
// sets, or one slip, n of m.
type Confirm struct {
	sh      *tui.Shell
	carrier store.CarrierID
	begun   bool // the first parcel has set the carrier
	slip    store.SlipID
	pending store.CartonID // waits for its waybill
	count   outbound.Count
}

// Open implements tui.Screen.
func (c *Confirm) Open() tea.Cmd {
	carrier, slip := c.carrier, c.slip
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Count, error) {
		return outbound.Progress(ctx, c.sh.Store, carrier, slip)
	}, func(n outbound.Count) tea.Cmd {
		c.count = n
		return nil
	})
}

// Scan implements tui.Screen.
func (c *Confirm) Scan(s scanner.Scan) tea.Cmd {
	in := outbound.ConfirmScan{By: c.sh.By(s), Carrier: c.carrier, Slip: c.slip, Pending: c.pending}
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Confirmed, error) {
		return outbound.Confirm(ctx, c.sh.Store, in)
	}, c.confirmed)
}

func (c *Confirm) confirmed(r outbound.Confirmed) tea.Cmd {
	t := c.sh.Text
	c.count, c.pending = r.Count, ""
	switch r.Did {
	case outbound.NotedScan:
		c.pending = r.Carton.ID
		c.sh.Note(t.ConfirmWaybill(r.Carton.ID))
	case outbound.OpenedSlip:
		c.slip, c.carrier = r.Slip.ID, r.Slip.Carrier
		c.sh.Tell(t.ConfirmSlip(r.Slip.ID))
	case outbound.ConfirmedIt:
		c.carrier, c.begun = r.Carrier, true
		c.sh.Tell(t.Confirmed(r.Carton.ID, r.Carton.Waybill),
			t.ConfirmCount(c.count.Done, c.count.Total))
	}
	return nil
}

// Refused implements tui.Refused: another terminal was faster.
func (c *Confirm) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.CartonGone {
		return c.Open()
	}
	return nil
}

// Key implements tui.Screen.
func (c *Confirm) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (c *Confirm) Keys() []tui.Binding {
	return []tui.Binding{
		{Key: "f6", Command: i18n.Done, Do: c.done},
		{Key: "esc", Command: i18n.Back, Do: c.back},
	}
}

// done ends the stream or the slip; what is still here is asked about first.
func (c *Confirm) done() tea.Cmd {
	left := len(c.count.Missing) + len(c.count.Open)
	if left == 0 {
		return c.leave()
	}
	return c.sh.Ask(tui.Question{Text: c.sh.Text.AskLeave(left), Yes: c.leave})
}

func (c *Confirm) leave() tea.Cmd {
	c.carrier, c.begun, c.slip, c.pending = "", false, "", ""
	c.sh.Note()
	return c.Open()
}

// back lets go of a parcel without its waybill, then of the stream or slip, then
// of the screen.
func (c *Confirm) back() tea.Cmd {
	if c.pending != "" {
		c.pending = ""
		c.sh.Note()
		return nil
	}
	if c.slip != "" || c.begun {
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
	case c.begun:
		title = t.ConfirmCarrier(c.carrier)
	}
	data := []string{th.Title.Render(component.Fit(title, w)),
		th.Big.Render(component.Fit(t.ConfirmCount(c.count.Done, c.count.Total), w))}
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
