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

// Plans is where a supervisor has bins counted, and sees how far that has come: the plans,
// and of one of them the bins that are left.
type Plans struct {
	sh    *tui.Shell
	read  bool
	all   []store.CountProgress
	zones []string
	at    cursor
	scans store.Kind        // of what is to be counted; empty for an item or a bin
	in    store.CountPlanID // whose bins are on the screen; empty for the plans
	bins  []stocktake.Due   // of it
	on    cursor            // of bins
	reading
}

// Open implements tui.Screen. The cursor stays on its row.
func (l *Plans) Open() tea.Cmd {
	return l.look(func(all []store.CountProgress, bins []stocktake.Due) {
		seek(&l.at, l.all, all, planOf)
		seek(&l.on, l.bins, bins, taskOf)
		l.all, l.bins, l.read = all, bins, true
	})
}

// News implements tui.Newsed.
func (l *Plans) News() tea.Cmd {
	return l.look(func(all []store.CountProgress, bins []stocktake.Due) {
		l.all = follow(&l.at, l.all, all, planOf)
		l.bins = follow(&l.on, l.bins, bins, taskOf)
	})
}

func planOf(p store.CountProgress) store.CountPlanID { return p.Plan }

func taskOf(d stocktake.Due) store.CountTaskID { return d.ID }

func (l *Plans) look(then func([]store.CountProgress, []stocktake.Due)) tea.Cmd {
	type read struct {
		all   []store.CountProgress
		bins  []stocktake.Due
		zones []string
	}
	in := l.in
	return reads(l.sh, &l.reading, func(ctx context.Context) (out read, err error) {
		if out.all, out.bins, err = stocktake.Going(ctx, l.sh.Store, in); err != nil {
			return out, err
		}
		out.zones, err = store.Get(ctx, l.sh.Store, (*store.Reader).CountZones)
		return out, err
	}, func(r read) tea.Cmd {
		l.zones = r.zones
		then(r.all, r.bins)
		return nil
	})
}

// Scan implements tui.Screen: an item or a bin is to be counted; among the bins of a plan its
// label selects one.
func (l *Plans) Scan(s scanner.Scan) tea.Cmd {
	by, kinds := l.sh.By(s), []store.Kind{store.ItemKind, store.BinKind}
	switch {
	case l.in != "":
		kinds = kinds[1:]
	case l.scans != "":
		kinds = []store.Kind{l.scans}
	}
	return tui.Do(l.sh, func(ctx context.Context) (store.Found, error) {
		return stocktake.Meant(ctx, l.sh.Store, by, l.in, kinds...)
	}, func(f store.Found) tea.Cmd {
		if l.in == "" {
			return l.askFor(f)
		}
		for i, d := range l.bins {
			if d.Place == f.Place {
				l.on = cursor(i)
			}
		}
		return nil
	})
}

// askFor asks whether all bins of an item, or a bin, are to be counted.
func (l *Plans) askFor(f store.Found) tea.Cmd {
	w, what := stocktake.Wish{Why: store.CountBin, Place: f.Place}, f.Place.Code()
	q := tui.Question{Same: what}
	if f.Kind == store.ItemKind {
		w, what = stocktake.Wish{Why: store.CountItem, Item: f.Item.SKU}, string(f.Item.SKU)
		q.Same = ""
	}
	q.Text, q.Yes = l.sh.Text.AskPlan(what), func() tea.Cmd { return l.plan(w) }
	return l.sh.Ask(q)
}

// plan has bins counted, and says how many.
func (l *Plans) plan(w stocktake.Wish) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	l.scans = ""
	return tui.Do(l.sh, func(ctx context.Context) (stocktake.Planned, error) {
		return stocktake.Plan(ctx, l.sh.Store, by, w)
	}, func(p stocktake.Planned) tea.Cmd {
		l.sh.Tell(l.sh.Text.PlannedBins(p.Plan, p.Bins))
		return l.look(func(all []store.CountProgress, _ []stocktake.Due) {
			l.all, l.at = all, cursor(slices.IndexFunc(all, func(x store.CountProgress) bool {
				return x.Plan == p.Plan
			}))
		})
	})
}

// Refused implements tui.Refused.
func (l *Plans) Refused(r *store.Refusal) tea.Cmd {
	switch r.Code {
	case store.NothingToDo:
		l.sh.Remedy(i18n.Text.NoBinsFor)
	case store.NotThere:
		l.sh.Remedy(i18n.Text.NotOfPlan)
	}
	return l.again(r, l.Open)
}

// Key implements tui.Screen.
func (l *Plans) Key(k tea.KeyMsg) tea.Cmd {
	if l.in != "" {
		l.on.key(k, len(l.bins))
		return nil
	}
	l.at.keep(len(l.all))
	if k.Type == tea.KeyEnter && len(l.all) > 0 {
		l.in, l.on, l.bins, l.scans = l.all[l.at].Plan, 0, nil, ""
		l.sh.Note()
		return l.Open()
	}
	l.at.key(k, len(l.all))
	return nil
}

// Keys implements tui.Keyed.
func (l *Plans) Keys() []tui.Binding {
	back := tui.Binding{Key: "esc", Command: i18n.Back, Do: l.back}
	if l.in == "" {
		return []tui.Binding{{Key: "f5", Command: i18n.Plan, Do: l.choose}, back}
	}
	if len(l.bins) == 0 {
		return []tui.Binding{back}
	}
	return []tui.Binding{{Key: "f4", Command: i18n.Drop, Do: l.drop}, back}
}

// back lets go of what is to be scanned, then of the plan, then of the screen.
func (l *Plans) back() tea.Cmd {
	switch {
	case l.scans != "":
		l.scans = ""
		return nil
	case l.in != "":
		l.in, l.bins = "", nil
		return l.Open()
	}
	return l.sh.Pop()
}

// choose asks why bins are to be counted, and then for what that needs.
func (l *Plans) choose() tea.Cmd {
	whys, t := stocktake.ByHand(), l.sh.Text
	var options []string
	for _, why := range whys {
		options = append(options, t.PlanWhys()[why])
	}
	return l.sh.Choose(tui.Choice{Title: t.PlanWhy(), Options: options,
		Pick: func(i int) tea.Cmd { return l.because(whys[i]) }})
}

func (l *Plans) because(why store.CountWhy) tea.Cmd {
	t, w := l.sh.Text, stocktake.Wish{Why: why}
	switch why {
	case store.CountABC:
		return l.oneOf(t.PlanClass(), store.Classes, func(class string) tea.Cmd {
			w.Class = class
			return l.plan(w)
		})
	case store.CountZone:
		return l.oneOf(t.PlanZone(), l.zones, func(zone string) tea.Cmd {
			w.Zone = zone
			return l.plan(w)
		})
	case store.CountDue, store.CountTouched:
		return l.number(t.PlanDays(why), daysMost, func(n int64) tea.Cmd {
			w.Days = n
			return l.plan(w)
		})
	case store.CountRandom, store.CountValue:
		return l.number(t.PlanShare(why), shareMost, func(n int64) tea.Cmd {
			w.Share = n
			return l.plan(w)
		})
	case store.CountItem, store.CountBin:
		l.scans = store.BinKind
		if why == store.CountItem {
			l.scans = store.ItemKind
		}
		l.sh.Note()
		return nil
	}
	return l.plan(w)
}

// oneOf has one of some words chosen.
func (l *Plans) oneOf(title string, words []string, then func(string) tea.Cmd) tea.Cmd {
	return l.sh.Choose(tui.Choice{Title: title, Options: words,
		Pick: func(i int) tea.Cmd { return then(words[i]) }})
}

// What a number of a plan is at most.
const (
	daysMost  = 3650
	shareMost = 100 // per cent
)

// number has a number from 1 typed.
func (l *Plans) number(title string, most int64, then func(int64) tea.Cmd) tea.Cmd {
	return l.sh.Enter(tui.Entry{Title: title, Take: func(text string) tea.Cmd {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 || n > most {
			want := "1-" + strconv.FormatInt(most, 10)
			l.sh.Warn(&store.Refusal{Code: store.BadQuantity, Want: want, Got: text})
			return nil
		}
		return then(n)
	}})
}

// drop takes the selected bin off the list, with a reason.
func (l *Plans) drop() tea.Cmd {
	l.on.keep(len(l.bins))
	by, d := l.sh.By(scanner.Scan{Source: keyed}), l.bins[l.on]
	bin := d.Place.Code()
	return l.sh.Enter(tui.Entry{Title: l.sh.Text.DropWhy(bin), Take: func(text string) tea.Cmd {
		return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, stocktake.Drop(ctx, l.sh.Store, by, d.ID, text)
		}, func(struct{}) tea.Cmd {
			l.sh.Tell(l.sh.Text.BinDropped(bin))
			return l.Open()
		})
	}})
}

// View implements tui.Screen.
func (l *Plans) View(w, h int) []string {
	if l.in != "" {
		return l.left(w, h)
	}
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.PlansTitle(len(l.all)), w))}
	ask := t.PlansHint()
	if l.scans != "" {
		ask = t.PlanScan(l.scans)
	}
	todo := component.Wrap(ask, w)
	if l.read && len(l.all) == 0 {
		data = append(data, component.Wrap(t.PlansNone(), w)...)
	}
	l.at.keep(len(l.all))
	var rows []string
	var about []string
	for i, p := range l.all {
		const mark = 2 // of the list
		rows = append(rows, component.Pair(string(p.Plan), t.PlanDone(p.Bins-p.Left, p.Bins),
			w-mark))
		if i == int(l.at) {
			about = component.Wrap(join(t.CountWhys()[p.Why], p.Note), w)
		}
	}
	room := max(1, min(len(rows), h-len(data)-len(todo)-len(about)))
	data = append(data, component.List(th, rows, int(l.at), w, room)...)
	for _, line := range about {
		data = append(data, th.Quiet.Render(line))
	}
	return component.Page(data, todo, w, h)
}

// left lists the bins of a plan that nobody has counted.
func (l *Plans) left(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Pair(string(l.in), t.PlanLeft(len(l.bins)),
		w))}
	l.on.keep(len(l.bins))
	var rows []string
	for _, d := range l.bins {
		row := join(d.Place.Code(), string(d.Item))
		if d.Holder != "" {
			row = join(row, t.CountAt(cmp.Or(d.Name, string(d.Holder))))
		}
		rows = append(rows, row)
	}
	var todo []string
	if len(rows) > 0 {
		todo = component.Wrap(t.PlanBins(), w)
	}
	room := max(1, h-len(data)-len(todo))
	data = append(data, component.List(th, rows, int(l.on), w, min(room, max(1, len(rows))))...)
	return component.Page(data, todo, w, h)
}

// Asks implements tui.Asker.
func (l *Plans) Asks() (right, wrong string) {
	wrong = label(scanner.ToteLabel, "T-99")
	for _, d := range l.bins {
		right = label(scanner.BinLabel, d.Place.Code())
	}
	return right, wrong
}
