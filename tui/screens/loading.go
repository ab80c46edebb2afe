package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/component"
)

// load asks which truck is loaded: one that is being loaded, or a new one for a carrier whose
// parcels wait.
func (c *Confirm) load() tea.Cmd {
	return tui.Do(c.sh, func(ctx context.Context) (outbound.Loading, error) {
		return outbound.Loadings(ctx, c.sh.Store)
	}, func(l outbound.Loading) tea.Cmd {
		var options []string
		for _, h := range l.Open {
			options = append(options, c.sh.Text.LoadOpen(h))
		}
		for _, p := range l.Waits {
			options = append(options, c.sh.Text.LoadNew(p.Carrier, p.N))
		}
		if len(options) == 0 {
			c.sh.Note(c.sh.Text.ConfirmAll())
			return nil
		}
		return c.sh.Choose(tui.Choice{Title: c.sh.Text.LoadWhich(), Options: options,
			Pick: func(i int) tea.Cmd {
				if i < len(l.Open) {
					return c.onto(l.Open[i])
				}
				return c.plate(l.Waits[i-len(l.Open)].Carrier)
			}})
	})
}

// plate asks for the plate of a truck, and begins to load it.
func (c *Confirm) plate(carrier store.CarrierID) tea.Cmd {
	h := store.Handover{Carrier: carrier, Dock: c.dock}
	return c.sh.Enter(tui.Entry{Title: c.sh.Text.LoadTruck(), Take: func(text string) tea.Cmd {
		h.Truck = text
		by := c.sh.By(scanner.Scan{Source: keyed})
		return tui.Do(c.sh, func(ctx context.Context) (store.Handover, error) {
			return outbound.OpenHandover(ctx, c.sh.Store, by, h)
		}, c.onto)
	}})
}

// onto goes on with a truck.
func (c *Confirm) onto(h store.Handover) tea.Cmd {
	c.truck, c.carrier, c.begun, c.slip, c.pending = h, h.Carrier, true, "", ""
	c.sh.Tell(c.sh.Text.LoadBegun(h))
	return c.Open()
}

// sign asks who takes what was loaded, and closes the truck.
func (c *Confirm) sign() tea.Cmd {
	return c.sh.Enter(tui.Entry{Title: c.sh.Text.LoadSigned(), Take: func(text string) tea.Cmd {
		c.signed = text
		return c.close(false)
	}})
}

func (c *Confirm) close(yes bool) tea.Cmd {
	by, id, signed := c.sh.By(scanner.Scan{Source: keyed}), c.truck.ID, c.signed
	by.Yes = yes
	return tui.Do(c.sh, func(ctx context.Context) (store.Handover, error) {
		return outbound.CloseHandover(ctx, c.sh.Store, by, id, signed)
	}, func(h store.Handover) tea.Cmd {
		c.forget()
		c.sh.Tell(c.sh.Text.LoadLeft(h))
		return c.sh.Push(&LoadingList{sh: c.sh, id: h.ID})
	})
}

// LoadingList shows what was handed over with a truck.
type LoadingList struct {
	sh   *tui.Shell
	id   store.HandoverID
	list report.LoadingList
	top  int
}

// Open implements tui.Screen.
func (l *LoadingList) Open() tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) (report.LoadingList, error) {
		return report.Loaded(ctx, l.sh.Store, l.id)
	}, func(list report.LoadingList) tea.Cmd {
		l.list = list
		return nil
	})
}

// Scan implements tui.Screen: no label stands for a row of paper.
func (l *LoadingList) Scan(s scanner.Scan) tea.Cmd { return noLabel(l.sh, s) }

// Key implements tui.Screen: the list is longer than a screen.
func (l *LoadingList) Key(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyUp, tea.KeyPgUp:
		l.top--
	case tea.KeyDown, tea.KeyPgDown:
		l.top++
	case tea.KeyEnter:
		return l.sh.Pop()
	}
	return nil
}

// View implements tui.Screen.
func (l *LoadingList) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	text := append(t.ListHead(l.list.Handover, clockAt(l.sh.Store, l.list.Closed)),
		t.ListSum(len(l.list.Rows), l.list.Pieces))
	for _, d := range l.list.Rows {
		text = append(text, t.ListRow(d.Waybill, d.Carton, d.N))
	}
	lines := component.Paragraphs(w, append(text, t.ListSign(l.list.Signed)...)...)
	var head []string
	for _, line := range component.Wrap(t.ListTitle(l.id), w) {
		head = append(head, th.Title.Render(line))
	}
	l.top = max(0, min(l.top, len(lines)-(h-len(head))))
	return component.Page(append(head, lines[l.top:]...), nil, w, h)
}
