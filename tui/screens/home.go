package screens

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/report"
	"scanbay/store/returns"
	"scanbay/store/stocktake"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Home shows the work that waits.
type Home struct {
	sh     *tui.Shell
	out    func(idle bool) tea.Cmd
	work   outbound.Waiting
	back   int       // pieces of work on returns
	count  int       // bins to count
	cases  int       // that wait for a supervisor
	alerts int       // that nobody has seen
	heard  bool      // they were read
	warned time.Time // when that was begun: it takes long where there are many items
	read   bool      // work was read
	zone   string    // that the operator picks in, until they sign out; empty for all
	locked bool      // there were orders to release: their door stays, a key may be on its way
	at     cursor
}

// Open implements tui.Screen. The cursor stays on its door.
func (m *Home) Open() tea.Cmd {
	type read struct {
		outbound.Waiting
		back  returns.Todo
		count stocktake.Todo
		cases int
	}
	returned, counts, who := m.returned(), m.sh.Operator.May(store.Counter), m.sh.Operator.ID
	boss := m.sh.Operator.May(store.Supervisor)
	cmd := tui.Do(m.sh, func(ctx context.Context) (out read, err error) {
		out.Waiting, err = outbound.Work(ctx, m.sh.Store, m.sh.Operator.ID)
		if err == nil && returned {
			out.back, err = returns.Work(ctx, m.sh.Store)
		}
		if err == nil && counts {
			out.count, err = stocktake.Work(ctx, m.sh.Store, who)
		}
		if err == nil && boss {
			out.cases, err = stocktake.Waiting(ctx, m.sh.Store)
		}
		return out, err
	}, func(r read) tea.Cmd {
		was := m.doors()
		m.work, m.read, m.locked = r.Waiting, true, m.locked || r.Locked > 0
		m.count, m.cases = len(r.count.Due), r.cases
		m.back = len(r.back.Parcels) + len(r.back.Inspect) + len(r.back.Totes)
		seek(&m.at, was, m.doors(), func(d door) string { return d.id })
		return nil
	})
	return tea.Batch(cmd, m.warn())
}

// warn counts the alerts of a supervisor, behind the work: what takes long, or fails, keeps
// nobody from that.
func (m *Home) warn() tea.Cmd {
	now := m.sh.Clock.Now()
	if !m.sh.Operator.May(store.Supervisor) || now.Sub(m.warned) < alertsEvery {
		return nil
	}
	m.warned = now
	return tui.Do(m.sh, func(ctx context.Context) (int, error) {
		all, err := patiently(ctx, m.sh.Store)
		return len(report.Loud(all)), err
	}, func(loud int) tea.Cmd {
		m.alerts, m.heard = loud, true
		return nil
	})
}

// alertsEvery is how long the number of alerts stands before it is read anew.
const alertsEvery = time.Minute

// returned says whether the operator has anything to do with what comes back.
func (m *Home) returned() bool {
	who := m.sh.Operator
	return who.May(store.Receiver) || who.May(store.Inspector)
}

// News implements tui.Newsed.
func (m *Home) News() tea.Cmd { return m.Open() }

// A place to go from home.
type door struct {
	id   string
	name string // which may say how much waits behind it
	open func() tea.Cmd
}

// waits is how much work waits, or less than none where that was not read yet.
func (m *Home) waits(n int) int {
	if !m.read {
		return -1
	}
	return n
}

// warnings is how much a supervisor is to be warned of, as the screen of alerts counts it.
func (m *Home) warnings() int {
	if !m.heard {
		return -1
	}
	return m.alerts + len(m.sh.Ills())
}

func (m *Home) doors() []door {
	t := m.sh.Text
	to := func(s tui.Screen) func() tea.Cmd { return func() tea.Cmd { return m.sh.Push(s) } }
	out := []door{
		{"pick", t.HomePick(m.waits(len(m.work.Pick))), to(&Slips{sh: m.sh, zone: &m.zone})},
		{"pack", t.HomePack(m.waits(len(m.work.Pack))), to(&Pack{sh: m.sh})},
		{"confirm", t.HomeConfirm(m.waits(len(m.work.Confirm))), to(&Confirm{sh: m.sh})},
	}
	if who := m.sh.Operator; m.work.Wall && (who.May(store.Picker) || who.May(store.Packer)) {
		out = slices.Insert(out, 1, door{"wall", t.HomeWall(m.waits(m.work.Sort)),
			to(newWall(m.sh))})
	}
	if m.work.PutBack > 0 {
		out = append(out, door{"putback", t.HomePutBack(m.work.PutBack), to(newPutBack(m.sh))})
	}
	if m.sh.Operator.May(store.Supervisor) {
		out = append(out,
			door{"held", t.HomeHeld(m.waits(m.work.Held)), to(&Held{sh: m.sh, state: store.Held})},
			door{"changes", t.HomeChanges(m.waits(m.work.Changes)), to(&Changes{sh: m.sh})})
		if m.locked {
			out = append(out, door{"locked", t.HomeLocked(m.work.Locked),
				to(&Held{sh: m.sh, state: store.LockedOrder})})
		}
		out = append(out, door{"new", t.HomeNewOrder(), to(newOrder(m.sh))},
			door{"settings", t.HomeSettings(), to(newSettings(m.sh))},
			door{"queue", t.HomeQueue(m.waits(m.cases)), to(newQueue(m.sh))},
			door{"trail", t.HomeTrail(), to(newTrail(m.sh))},
			door{"alerts", t.HomeAlerts(m.warnings()), func() tea.Cmd {
				m.warned = time.Time{}
				return m.sh.Push(newAlerts(m.sh))
			}},
			door{"accuracy", t.HomeAccuracy(), to(NewAccuracy(m.sh))})
	}
	if m.sh.Operator.May(store.Counter) {
		out = append(out, door{"count", t.HomeCount(m.waits(m.count)), to(newCount(m.sh))})
	}
	if m.returned() {
		out = append(out, door{"returns", t.HomeReturns(m.waits(m.back)), to(&Returns{sh: m.sh})})
	}
	return append(out, door{"look", t.HomeLook(), to(&Look{sh: m.sh})},
		door{"out", t.HomeSignOut(), func() tea.Cmd { return m.out(false) }})
}

// Scan implements tui.Screen: what was scanned says which work is meant.
func (m *Home) Scan(s scanner.Scan) tea.Cmd {
	by := m.sh.By(s)
	type found struct {
		slip store.Slip
		what store.Found
		back bool
		sort []outbound.Unsorted
	}
	return tui.Do(m.sh, func(ctx context.Context) (f found, err error) {
		if f.back, err = cameBack(ctx, m.sh.Store, by.Mark); f.back || err != nil {
			return f, err
		}
		if f.slip, f.what, err = outbound.Route(ctx, m.sh.Store, by); err != nil {
			return f, err
		}
		f.sort, err = outbound.ToSort(ctx, m.sh.Store)
		return f, err
	}, func(f found) tea.Cmd {
		var next tui.Screen = &Receive{sh: m.sh}
		if !f.back {
			next = m.screenFor(f.slip, f.what.Kind)
		}
		if slices.ContainsFunc(f.sort, func(u outbound.Unsorted) bool {
			return f.what.Kind == store.ToteKind && u.Tote == f.what.Place
		}) {
			next = newWall(m.sh)
		}
		return tea.Batch(m.sh.Push(next), next.Scan(s)) // the scan waits for Open
	})
}

// cameBack says whether a mark stands for a return, or for a parcel of one.
func cameBack(ctx context.Context, s *store.Store, m store.Mark) (bool, error) {
	return store.Get(ctx, s, func(r *store.Reader) (bool, error) {
		_, err := r.Find(m, store.ReturnKind, store.ParcelKind)
		why, refused := store.RefusalOf(err)
		switch {
		case refused:
			return why.Code == store.Ambiguous, nil // of both: it is for the receiver
		case err != nil:
			return false, err
		}
		return true, nil
	})
}

func (m *Home) screenFor(slip store.Slip, kind store.Kind) tui.Screen {
	_, toPick := slip.Next()
	switch {
	case kind == store.CartonKind:
		return &Confirm{sh: m.sh}
	case kind == store.SlipKind && toPick:
		return &Slips{sh: m.sh, zone: &m.zone}
	case slip.State() == store.SlipStopped:
		return newPutBack(m.sh)
	case kind == store.ItemKind, kind == store.ToteKind, toPick, slip.Sums.Unpacked > 0:
		return &Pack{sh: m.sh}
	}
	return &Confirm{sh: m.sh}
}

// Key implements tui.Screen.
func (m *Home) Key(k tea.KeyMsg) tea.Cmd {
	doors := m.doors()
	m.at.keep(len(doors))
	if k.Type == tea.KeyEnter {
		return doors[m.at].open()
	}
	m.at.key(k, len(doors))
	return nil
}

// Keys implements tui.Keyed.
func (m *Home) Keys() []tui.Binding {
	out := []tui.Binding{
		{Key: "f5", Command: i18n.Refresh, Do: m.Open},
		{Key: "f12", Command: i18n.SignOut, Do: func() tea.Cmd { return m.out(false) }},
	}
	if !m.sh.Operator.May(store.Supervisor) {
		out = append(out, tui.Binding{Key: "f2", Command: i18n.Override, Do: m.override})
	}
	return out
}

// override lets a supervisor decide on one case at the station of a worker.
func (m *Home) override() tea.Cmd {
	return m.sh.Push(newBeside(m.sh, store.Supervisor, func(o store.Operator) {
		q := newQueue(m.sh)
		q.second = o.ID
		m.sh.Push(q) // waits for Open
	}))
}

// View implements tui.Screen.
func (m *Home) View(w, h int) []string {
	t, th := m.sh.Text, m.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.HomeTitle(m.sh.Operator.Name), w))}
	var rows []string
	for _, d := range m.doors() {
		rows = append(rows, d.name)
	}
	m.at.keep(len(rows))
	todo := component.Wrap(t.HomeScan(), w)
	idle := len(m.work.Pick)+len(m.work.Pack)+len(m.work.Confirm) == 0
	if m.read && idle {
		todo = append(component.Wrap(nothing(t, m.work), w), todo...)
	}
	room := max(1, min(len(rows), h-len(data)-len(todo)))
	data = append(data, component.List(th, rows, int(m.at), w, room)...)
	return component.Page(data, todo, w, h)
}

// Asks implements tui.Asker: the most urgent slip.
func (m *Home) Asks() (right, wrong string) {
	switch {
	case len(m.work.Pick) > 0:
		right = label(scanner.SlipLabel, string(m.work.Pick[0].Slip))
	case len(m.work.Pack) > 0:
		right = label(scanner.SlipLabel, string(m.work.Pack[0].Slip))
	case len(m.work.Confirm) > 0:
		right = label(scanner.CartonLabel, string(m.work.Confirm[0].ID))
	}
	return right, label(scanner.BinLabel, "Z-99-99")
}
