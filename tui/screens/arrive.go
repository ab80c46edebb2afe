package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Arrive registers parcels that came back, waybill after waybill, before anybody opens them.
type Arrive struct {
	sh    *tui.Shell
	next  returns.Arrival   // of the parcel that is scanned next; the carrier stays
	came  []store.Parcel    // here and now, the last first
	known []store.WaybillNo // that are expected, for Asks
}

func newArrive(sh *tui.Shell) *Arrive {
	return &Arrive{sh: sh, next: returns.Arrival{Condition: store.Intact}}
}

// Open implements tui.Screen.
func (a *Arrive) Open() tea.Cmd {
	return tui.Do(a.sh, func(ctx context.Context) (returns.Todo, error) {
		return returns.Work(ctx, a.sh.Store)
	}, func(t returns.Todo) tea.Cmd {
		a.known = nil
		for _, c := range t.Expected {
			if c.Waybill != "" {
				a.known = append(a.known, c.Waybill)
			}
		}
		return nil
	})
}

// Scan implements tui.Screen.
func (a *Arrive) Scan(s scanner.Scan) tea.Cmd {
	by, in := a.sh.By(s), a.next
	return tui.Do(a.sh, func(ctx context.Context) (store.Parcel, error) {
		return returns.Arrive(ctx, a.sh.Store, by, in)
	}, func(p store.Parcel) tea.Cmd {
		t := a.sh.Text
		a.next.Condition = store.Intact // each parcel is looked at anew
		a.came = append([]store.Parcel{p}, a.came...)
		if p.RMA == "" {
			a.sh.Tell(t.Arrived(p.Waybill), t.ArrivedNobodys())
			return nil
		}
		a.sh.Tell(t.Arrived(p.Waybill), t.ReceiveReturn(p.RMA))
		return nil
	})
}

// Refused implements tui.Refused.
func (a *Arrive) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.WaybillTwice {
		a.sh.Remedy(func(t i18n.Text) string { return t.ArrivedBefore() })
	}
	return nil
}

// Key implements tui.Screen.
func (a *Arrive) Key(tea.KeyMsg) tea.Cmd { return nil }

// Keys implements tui.Keyed.
func (a *Arrive) Keys() []tui.Binding {
	return []tui.Binding{
		{Key: "f5", Command: i18n.Outside, Do: a.look},
		{Key: "f4", Command: i18n.Carrier, Do: a.by},
		{Key: "f3", Command: i18n.Undo, Do: a.undo},
		{Key: "esc", Command: i18n.Back, Do: a.sh.Pop},
	}
}

// look says how the parcel looks that is scanned next.
func (a *Arrive) look() tea.Cmd {
	var options []string
	for _, c := range store.Conditions {
		options = append(options, a.sh.Text.ParcelConditions()[c])
	}
	return a.sh.Choose(tui.Choice{Title: a.sh.Text.ArriveWhich(), Options: options,
		Pick: func(i int) tea.Cmd {
			a.next.Condition = store.Conditions[i]
			a.sh.Note()
			return nil
		}})
}

// by says who brought them.
func (a *Arrive) by() tea.Cmd {
	return a.sh.Enter(tui.Entry{Title: a.sh.Text.ArriveBy(), Text: string(a.next.Carrier),
		Take: func(text string) tea.Cmd {
			a.next.Carrier = store.CarrierID(text)
			return nil
		}})
}

// undo takes back the last parcel that was registered here and now.
func (a *Arrive) undo() tea.Cmd {
	if len(a.came) == 0 {
		a.sh.Warn(&store.Refusal{Code: store.NothingUndo})
		return nil
	}
	by, last := a.sh.By(scanner.Scan{Source: keyed}), a.came[0]
	return tui.Do(a.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, returns.Unarrive(ctx, a.sh.Store, by, last)
	}, func(struct{}) tea.Cmd {
		a.came = a.came[1:]
		a.sh.Tell(a.sh.Text.Unarrived(last.Waybill))
		return nil
	})
}

// View implements tui.Screen: what was registered is listed, the last first.
func (a *Arrive) View(w, h int) []string {
	t, th := a.sh.Text, a.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.ArriveTitle(len(a.came)), w))}
	looks := component.Fit(join(t.BoxLooks(a.next.Condition), string(a.next.Carrier)), w)
	if a.next.Condition != store.Intact {
		looks = th.Big.Render(looks)
	}
	data = append(data, looks)
	for _, p := range a.came {
		data = append(data, th.Quiet.Render(component.Fit(parcelRow(t, p), w)))
	}
	return component.Page(data, component.Wrap(t.ArriveScan(), w), w, h)
}

// Asks implements tui.Asker.
func (a *Arrive) Asks() (right, wrong string) {
	for _, no := range a.known {
		right = string(no)
	}
	return right, label(scanner.BinLabel, "A-01-01")
}
