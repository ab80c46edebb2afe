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

// Returns shows the work on returns that waits.
type Returns struct {
	sh   *tui.Shell
	todo returns.Todo
	read bool // todo was read
	at   cursor
}

// Open implements tui.Screen. The cursor stays on its door.
func (m *Returns) Open() tea.Cmd {
	return tui.Do(m.sh, func(ctx context.Context) (returns.Todo, error) {
		return returns.Work(ctx, m.sh.Store)
	}, func(t returns.Todo) tea.Cmd {
		m.todo, m.read = t, true
		return nil
	})
}

// News implements tui.Newsed.
func (m *Returns) News() tea.Cmd { return m.Open() }

// waits is how much work waits, or less than none where that was not read yet.
func (m *Returns) waits(n int) int {
	if !m.read {
		return -1
	}
	return n
}

// doors are the same at any time, whatever waits.
func (m *Returns) doors() (out []door) {
	t, who := m.sh.Text, m.sh.Operator
	to := func(s tui.Screen) func() tea.Cmd { return func() tea.Cmd { return m.sh.Push(s) } }
	if who.May(store.Receiver) {
		out = append(out,
			door{"receive", t.ReturnsReceive(m.waits(len(m.todo.Expected))),
				to(&Receive{sh: m.sh})},
			door{"arrive", t.ReturnsArrive(m.waits(len(m.todo.Parcels))), to(newArrive(m.sh))})
	}
	if who.May(store.Inspector) {
		out = append(out, door{"inspect", t.ReturnsInspect(m.waits(len(m.todo.Inspect))),
			to(newInspect(m.sh, ""))})
	}
	if who.May(store.Receiver) {
		out = append(out, door{"shelve", t.ReturnsPutAway(m.waits(len(m.todo.Totes))),
			to(newPutAway(m.sh))})
	}
	if who.May(store.Receiver) {
		out = append(out, door{"request", t.AskBackTitle(), to(newAskBack(m.sh))})
	}
	if who.May(store.Supervisor) {
		out = append(out,
			door{"review", t.ReturnsReview(m.waits(m.todo.Review)), to(newReviews(m.sh))},
			door{"refunds", t.ReturnsRefunds(m.waits(m.todo.Refunds)), to(&Refunds{sh: m.sh})},
			door{"care", t.ReturnsCare(m.waits(m.todo.Care)), to(newCare(m.sh))},
			door{"strays", t.ReturnsStrays(m.waits(m.todo.Lost)), to(&Strays{sh: m.sh})},
			door{"reasons", t.ReturnsReasons(), to(NewReasons(m.sh))})
	}
	return out
}

// Scan implements tui.Screen: what was scanned says which work is meant.
func (m *Returns) Scan(s scanner.Scan) tea.Cmd {
	by := m.sh.By(s)
	return tui.Do(m.sh, func(ctx context.Context) (store.Kind, error) {
		return store.Get(ctx, m.sh.Store, func(r *store.Reader) (store.Kind, error) {
			f, err := r.Find(by.Mark, store.ItemKind, store.ToteKind)
			if _, refused := store.RefusalOf(err); refused {
				return "", nil // it lies nowhere: it opens a return, or is refused there
			}
			return f.Kind, err
		})
	}, func(kind store.Kind) tea.Cmd {
		var next tui.Screen = &Receive{sh: m.sh}
		switch kind {
		case store.ItemKind:
			next = newInspect(m.sh, "")
		case store.ToteKind:
			next = newPutAway(m.sh)
		}
		return tea.Batch(m.sh.Push(next), next.Scan(s)) // the scan waits for Open
	})
}

// Key implements tui.Screen.
func (m *Returns) Key(k tea.KeyMsg) tea.Cmd {
	doors := m.doors()
	m.at.keep(len(doors))
	if k.Type == tea.KeyEnter {
		return doors[m.at].open()
	}
	m.at.key(k, len(doors))
	return nil
}

// Keys implements tui.Keyed.
func (m *Returns) Keys() []tui.Binding {
	return []tui.Binding{{Key: "f5", Command: i18n.Refresh, Do: m.Open}}
}

// View implements tui.Screen.
func (m *Returns) View(w, h int) []string {
	t, th := m.sh.Text, m.sh.Theme
	var rows []string
	for _, d := range m.doors() {
		rows = append(rows, d.name)
	}
	m.at.keep(len(rows))
	todo := component.Wrap(t.ReturnsScan(), w)
	room := max(1, min(len(rows), h-1-len(todo)))
	data := append([]string{th.Title.Render(component.Fit(t.ReturnsTitle(), w))},
		component.List(th, rows, int(m.at), w, room)...)
	return component.Page(data, todo, w, h)
}

// Asks implements tui.Asker: a return that is expected.
func (m *Returns) Asks() (right, wrong string) {
	for _, c := range m.todo.Expected {
		return label(scanner.ReturnLabel, string(c.RMA)), label(scanner.BinLabel, "Z-99-99")
	}
	return "", label(scanner.BinLabel, "Z-99-99")
}
