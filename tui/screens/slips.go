package screens

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Slips lists the slips to pick, those in hand and then the most urgent, with who is at
// them.
type Slips struct {
	sh   *tui.Shell
	zone *string     // that the operator picks in, until they sign out; empty for all
	jobs []store.Job // on the screen
	work outbound.Waiting
	read bool
	at   cursor
}

// Open implements tui.Screen.
func (l *Slips) Open() tea.Cmd {
	return l.look(func(w outbound.Waiting) {
		l.jobs, l.read = w.Pick, true
		l.first()
	})
}

// first goes to the slip in hand, else to the first that nobody is at.
func (l *Slips) first() {
	l.at = 0
	for i, j := range l.jobs {
		if j.Holder == l.sh.Operator.ID {
			l.at = cursor(i)
			return
		}
	}
	for i, j := range l.jobs {
		if j.Holder == "" {
			l.at = cursor(i)
			return
		}
	}
}

// Scan implements tui.Screen.
func (l *Slips) Scan(s scanner.Scan) tea.Cmd { return l.take(l.sh.By(s), "") }

func (l *Slips) take(by store.Gesture, id store.SlipID) tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) (store.Slip, error) {
		return outbound.Take(ctx, l.sh.Store, by, id)
	}, func(s store.Slip) tea.Cmd {
		tellSlip(l.sh, s)
		return l.sh.Push(l.pick(s))
	})
}

// pick is the screen of a slip, in the zone of whoever picks.
func (l *Slips) pick(s store.Slip) *Pick { return &Pick{sh: l.sh, slip: s, zone: *l.zone} }

// tellSlip says which slip somebody is at now.
func tellSlip(sh *tui.Shell, s store.Slip) {
	said := []string{string(s.ID)}
	if s.Walk > 0 {
		said = append(said, sh.Text.CardWalk(s.Walk, s.Plain))
	}
	sh.Tell(said...)
}

// next goes to the slip that the system chooses.
func (l *Slips) next() tea.Cmd {
	return nextJob(l.sh, *l.zone, func(s store.Slip) tea.Cmd {
		if s.ID == "" {
			l.sh.Warn(&store.Refusal{Code: store.NothingToDo})
			return l.Open()
		}
		tellSlip(l.sh, s)
		return l.sh.Push(l.pick(s))
	})
}

func nextJob(sh *tui.Shell, zone string, then func(store.Slip) tea.Cmd) tea.Cmd {
	by := sh.By(scanner.Scan{Source: keyed})
	return tui.Do(sh, func(ctx context.Context) (store.Slip, error) {
		return outbound.Next(ctx, sh.Store, by, zone)
	}, then)
}

// Refused implements tui.Refused: somebody was faster, or is at the slip, which may be
// taken over from them.
func (l *Slips) Refused(r *store.Refusal) tea.Cmd {
	again := l.look(func(w outbound.Waiting) {
		seek(&l.at, l.jobs, w.Pick, slipOf)
		l.jobs = w.Pick
		l.at.keep(len(l.jobs))
	})
	if r.Code != store.SlipTaken {
		return again
	}
	return tea.Batch(again, l.askOver(store.SlipID(r.Want), r.Got))
}

// askOver asks whether a slip is taken over from whoever is at it, as the refusal names them:
// where the site wants that, a supervisor.
func (l *Slips) askOver(id store.SlipID, who string) tea.Cmd {
	type read struct {
		slip store.Slip
		by   string
	}
	return tui.Do(l.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, l.sh.Store, func(r *store.Reader) (out read, err error) {
			if out.slip, err = r.Slip(id); err != nil {
				return out, err
			}
			if err = heldBy(r, &out.slip.Lease, who); err == nil {
				out.by, err = r.Setting(store.TakeOverBy)
			}
			return out, err
		})
	}, func(r read) tea.Cmd {
		boss := r.by == "supervisor" && !l.sh.Operator.May(store.Supervisor)
		yes := func() tea.Cmd { return l.takeOver(r.slip, "") }
		if boss {
			yes = func() tea.Cmd {
				return l.sh.Push(newBeside(l.sh, store.Supervisor, func(o store.Operator) {
					l.takeOver(r.slip, o.ID) // behind the opening of this screen
				}))
			}
		}
		return l.sh.Ask(tui.Question{Text: l.sh.Text.AskTakeOver(r.slip.Lease.Who(),
			r.slip.Sums.Picked, r.slip.Sums.Want, boss), Yes: yes})
	})
}

// heldBy has a lease be of somebody by their name, where this station has not heard of that yet.
func heldBy(r *store.Reader, l *store.Lease, who string) error {
	if l.Who() == who {
		return nil
	}
	all, err := r.Operators()
	for _, o := range all {
		if o.Name == who || string(o.ID) == who {
			l.Operator, l.Name = o.ID, o.Name
		}
	}
	return err
}

// takeOver goes on with a slip as it was seen in another's hands.
func (l *Slips) takeOver(was store.Slip, second store.OperatorID) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	by.Second, by.Yes = second, true
	return tui.Do(l.sh, func(ctx context.Context) (store.Slip, error) {
		return outbound.TakeOver(ctx, l.sh.Store, by, was.ID, was.Lease.Operator)
	}, func(s store.Slip) tea.Cmd {
		var totes []string
		for _, tote := range s.Totes {
			totes = append(totes, tote.Code())
		}
		l.sh.Tell(l.sh.Text.TookOver(was.Lease.Who(), strings.Join(totes, " ")))
		return l.sh.Push(l.pick(s))
	})
}

// News implements tui.Newsed.
func (l *Slips) News() tea.Cmd {
	return l.look(func(w outbound.Waiting) { l.jobs = follow(&l.at, l.jobs, w.Pick, slipOf) })
}

func slipOf(j store.Job) store.SlipID { return j.Slip }

func (l *Slips) look(then func(outbound.Waiting)) tea.Cmd {
	zone := *l.zone
	return tui.Do(l.sh, func(ctx context.Context) (outbound.Waiting, error) {
		return outbound.WorkIn(ctx, l.sh.Store, l.sh.Operator.ID, zone)
	}, func(w outbound.Waiting) tea.Cmd {
		l.work = w
		then(w)
		return nil
	})
}

// Key implements tui.Screen.
func (l *Slips) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEnter && len(l.jobs) > 0 {
		return l.take(l.sh.By(scanner.Scan{Source: keyed}), l.jobs[l.at].Slip)
	}
	l.at.key(k, len(l.jobs))
	return nil
}

// Keys implements tui.Keyed. Only a supervisor frees what somebody else holds. Who picks in one
// zone takes one slip at a time: the others may wait for another zone.
func (l *Slips) Keys() []tui.Binding {
	var keys []tui.Binding
	if len(l.jobs) > 0 {
		keys = append(keys, tui.Binding{Key: "f2", Command: i18n.NextJob, Do: l.next})
	}
	if len(l.jobs) > 0 && *l.zone == "" {
		keys = append(keys, tui.Binding{Key: "f4", Command: i18n.Several, Do: l.several})
	}
	if *l.zone == "" {
		keys = append(keys, tui.Binding{Key: "f3", Command: i18n.Cart, Do: func() tea.Cmd {
			return l.sh.Push(&Cluster{sh: l.sh})
		}})
	}
	keys = append(keys, tui.Binding{Key: "f5", Command: i18n.Refresh, Do: l.Open})
	if l.sh.Operator.May(store.Supervisor) && l.here().Holder != "" {
		keys = append(keys, tui.Binding{Key: "f6", Command: i18n.Free, Do: l.free})
	}
	return append(keys, tui.Binding{Key: zoneKey, Command: i18n.Zone, Do: l.zones})
}

const zoneKey = "f12"

// zones asks in which zone the operator picks from now on.
func (l *Slips) zones() tea.Cmd {
	t := l.sh.Text
	return tui.Do(l.sh, func(ctx context.Context) ([]store.ZoneWork, error) {
		return store.Get(ctx, l.sh.Store, (*store.Reader).ZonesToPick)
	}, func(zones []store.ZoneWork) tea.Cmd {
		in, names, ends := []string{""}, []string{t.SlipsAllZones()}, []string{""}
		for _, z := range zones {
			in, names = append(in, z.Zone), append(names, t.PickZone(z.Zone))
			ends = append(ends, strconv.FormatInt(z.Tasks, 10))
		}
		return l.sh.Choose(tui.Choice{Title: t.SlipsZones(), Options: names, Ends: ends,
			Pick: func(i int) tea.Cmd {
				*l.zone = in[i]
				l.sh.Tell(t.SlipsZoneNow(in[i]))
				return l.Open()
			}})
	})
}

// several asks how many slips to take along, and takes the most urgent.
func (l *Slips) several() tea.Cmd {
	t := l.sh.Text
	return l.sh.Enter(tui.Entry{Title: t.SlipsMany(), Number: true,
		Take: func(text string) tea.Cmd {
			n, ok := wholeNumber(text)
			if !ok {
				l.sh.Note(t.SlipsMany())
				return nil
			}
			return l.claim(int(n))
		}})
}

// claim takes so many slips along.
func (l *Slips) claim(n int) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) ([]store.SlipID, error) {
		return outbound.Claim(ctx, l.sh.Store, by, n)
	}, func(taken []store.SlipID) tea.Cmd {
		l.sh.Tell(l.sh.Text.SlipsTaken(len(taken)))
		return l.Open()
	})
}

// here is the job that is selected; none where there is none.
func (l *Slips) here() (j store.Job) {
	if l.at.keep(len(l.jobs)); len(l.jobs) > 0 {
		j = l.jobs[l.at]
	}
	return j
}

// free asks whether a slip is taken away from whoever is at it.
func (l *Slips) free() tea.Cmd {
	j := l.here()
	return l.sh.Ask(tui.Question{
		Text: l.sh.Text.AskFree(cmp.Or(j.Name, string(j.Holder)), j.Done, j.Pieces),
		Yes:  func() tea.Cmd { return l.freed(j.Slip) }})
}

func (l *Slips) freed(id store.SlipID) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, outbound.Free(ctx, l.sh.Store, by, id)
	}, func(struct{}) tea.Cmd {
		l.sh.Tell(l.sh.Text.SlipsFreed(id))
		return l.Open()
	})
}

// View implements tui.Screen: two rows a slip.
func (l *Slips) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	title, none := t.SlipsTitle(len(l.work.Pick)), nothing(t, l.work)
	if zone := *l.zone; zone != "" {
		title = t.SlipsZone(zone, len(l.work.Pick))
		none = t.SlipsZoneNone(zone, strings.ToUpper(zoneKey))
	}
	data := []string{th.Title.Render(component.Fit(title, w))}
	if l.read && len(l.jobs) == 0 {
		return component.Page(data, component.Wrap(none, w), w, h)
	}
	l.at.keep(len(l.jobs))
	todo := component.Wrap(t.SlipsHint(), w)
	room := max(1, (h-len(data)-len(todo))/2)
	top := min(max(0, int(l.at)-room/2), max(0, len(l.jobs)-room))
	for i := top; i < min(len(l.jobs), top+room); i++ {
		j := l.jobs[i]
		about, mark := t.SlipsRow(j.Lines, j.Pieces, j.Carrier, clockAt(l.sh.Store, j.ShipBy)), "  "
		switch j.Holder {
		case "":
		case l.sh.Operator.ID:
			mark = "* "
		default:
			about = t.SlipsHeld(j.Name)
		}
		data = append(data, l.row(string(j.Slip), i, w),
			th.Quiet.Render(component.Fit(mark+about, w)))
	}
	return component.Page(data, todo, w, h)
}

func (l *Slips) row(text string, i, w int) string {
	if i == int(l.at) {
		return l.sh.Theme.Selected.Render(component.Fit("> "+text, w))
	}
	return component.Fit("  "+text, w)
}

// Asks implements tui.Asker.
func (l *Slips) Asks() (right, wrong string) {
	if len(l.jobs) > 0 {
		right = label(scanner.SlipLabel, string(l.jobs[l.at].Slip))
	}
	return right, label(scanner.ToteLabel, "T-99")
}
