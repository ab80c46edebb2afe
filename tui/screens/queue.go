package screens

import (
	"cmp"
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/stocktake"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Queue shows a supervisor all that waits for one: what counts found, what the floor found
// at odds, and the orders and returns that a person decides on.
type Queue struct {
	sh     *tui.Shell
	all    []stocktake.Case
	rows   []stocktake.Case // on the screen
	read   bool
	kind   int    // 0 for all, or of stocktake.CaseKinds and one more
	zone   string // empty for all
	worth  bool   // the dearest first, and else the oldest
	at     cursor
	last   string           // that was scanned
	second store.OperatorID // who answers for one action at the station of a worker
	reading
}

func newQueue(sh *tui.Shell) *Queue { return &Queue{sh: sh} }

// Open implements tui.Screen.
func (q *Queue) Open() tea.Cmd {
	return q.look(func(fresh []stocktake.Case) {
		seek(&q.at, q.rows, fresh, caseID)
		q.rows, q.read = fresh, true
	})
}

// News implements tui.Newsed.
func (q *Queue) News() tea.Cmd {
	return q.look(func(fresh []stocktake.Case) { q.rows = follow(&q.at, q.rows, fresh, caseID) })
}

func caseID(c stocktake.Case) string { return string(c.Kind) + " " + c.ID }

func (q *Queue) look(then func(fresh []stocktake.Case)) tea.Cmd {
	return reads(q.sh, &q.reading, func(ctx context.Context) ([]stocktake.Case, error) {
		return q.cases(ctx)
	}, func(all []stocktake.Case) tea.Cmd {
		q.all = all
		then(q.chosen(all))
		return nil
	})
}

// cases are all that wait; at a worker's station those that are decided on here.
func (q *Queue) cases(ctx context.Context) ([]stocktake.Case, error) {
	all, err := stocktake.Queue(ctx, q.sh.Store)
	return slices.DeleteFunc(all, func(c stocktake.Case) bool {
		return q.second != "" && (c.Kind == stocktake.CaseOrder || c.Kind == stocktake.CaseRMA)
	}), err
}

// chosen are the cases of the kind and the zone that are asked for, in their order.
func (q *Queue) chosen(all []stocktake.Case) []stocktake.Case {
	out := slices.DeleteFunc(slices.Clone(all), func(c stocktake.Case) bool {
		return q.kind > 0 && c.Kind != stocktake.CaseKinds[q.kind-1] ||
			q.zone != "" && c.Zone != q.zone
	})
	if q.worth {
		slices.SortStableFunc(out, func(a, b stocktake.Case) int {
			return cmp.Compare(b.Worth, a.Worth)
		})
	}
	return out
}

// choose shows other cases, with the cursor on the one that it is on, or on the first.
func (q *Queue) choose() tea.Cmd {
	rows := q.chosen(q.all)
	if !seek(&q.at, q.rows, rows, caseID) {
		q.at = 0
	}
	q.rows = rows
	q.sh.Note()
	return nil
}

// Scan implements tui.Screen: a scan goes to its case; the same again to its next one.
func (q *Queue) Scan(s scanner.Scan) tea.Cmd {
	by := q.sh.By(s)
	q.kind, q.zone = 0, ""
	q.choose()
	type found struct {
		all, rows []stocktake.Case
		at        []int
	}
	return tui.Do(q.sh, func(ctx context.Context) (f found, err error) {
		if f.all, err = q.cases(ctx); err != nil {
			return f, err
		}
		f.rows = q.chosen(f.all)
		f.at, err = stocktake.FindCases(ctx, q.sh.Store, by, f.rows)
		return f, err
	}, func(f found) tea.Cmd {
		seek(&q.at, q.rows, f.rows, caseID)
		q.all, q.rows = f.all, f.rows
		next := 0
		for i := range f.at {
			if q.last == by.Mark.Text && f.at[i] > int(q.at) {
				next = i
				break
			}
		}
		q.at, q.last = cursor(f.at[next]), by.Mark.Text
		return nil
	})
}

// Key implements tui.Screen.
func (q *Queue) Key(k tea.KeyMsg) tea.Cmd {
	kinds := len(stocktake.CaseKinds) + 1
	switch k.Type {
	case tea.KeyLeft:
		q.kind = (q.kind + kinds - 1) % kinds
		return q.choose()
	case tea.KeyRight:
		q.kind = (q.kind + 1) % kinds
		return q.choose()
	case tea.KeyEnter:
		if len(q.rows) > 0 {
			q.at.keep(len(q.rows))
			return q.open(q.rows[q.at])
		}
	}
	q.at.key(k, len(q.rows))
	return nil
}

// open shows a case where it is decided on.
func (q *Queue) open(c stocktake.Case) tea.Cmd {
	switch c.Kind {
	case stocktake.CaseOrder:
		return q.sh.Push(&Held{sh: q.sh, state: store.Held, first: store.OrderID(c.ID)})
	case stocktake.CaseRMA:
		return q.sh.Push(&Reviews{sh: q.sh, first: store.RMAID(c.ID)})
	}
	return q.sh.Push(newCase(q, c))
}

// Keys implements tui.Keyed.
func (q *Queue) Keys() []tui.Binding {
	out := []tui.Binding{{Key: "f5", Command: i18n.Sort, Do: func() tea.Cmd {
		q.worth = !q.worth
		return q.choose()
	}}}
	if len(q.zones()) > 0 {
		out = append(out, tui.Binding{Key: "f6", Command: i18n.Zone, Do: q.where})
	}
	return out
}

// zones are those that cases are of.
func (q *Queue) zones() (out []string) {
	for _, c := range q.all {
		if c.Zone != "" && !slices.Contains(out, c.Zone) {
			out = append(out, c.Zone)
		}
	}
	slices.Sort(out)
	return out
}

// where asks for a zone.
func (q *Queue) where() tea.Cmd {
	zones := q.zones()
	options := []string{q.sh.Text.QueueEverywhere()}
	for _, z := range zones {
		options = append(options, q.sh.Text.Zone(z))
	}
	return q.sh.Choose(tui.Choice{Title: q.sh.Text.QueueZones(), Options: options,
		Pick: func(i int) tea.Cmd {
			q.zone = ""
			if i > 0 {
				q.zone = zones[i-1]
			}
			return q.choose()
		}})
}

// Refused implements tui.Refused: another supervisor was faster.
func (q *Queue) Refused(r *store.Refusal) tea.Cmd { return q.again(r, q.Open) }

// View implements tui.Screen: the cases, and what the selected one is about.
func (q *Queue) View(w, h int) []string {
	t, th := q.sh.Text, q.sh.Theme
	which := t.QueueAll()
	if q.kind > 0 {
		which = t.CaseKinds()[stocktake.CaseKinds[q.kind-1]]
	}
	head := []string{th.Title.Render(component.Pair(t.QueueTitle(len(q.rows)), which, w))}
	if q.zone != "" || q.worth {
		zone := t.QueueEverywhere()
		if q.zone != "" {
			zone = t.Zone(q.zone)
		}
		head = append(head, component.Pair(zone, t.QueueSorted(q.worth), w))
	}
	if len(q.rows) == 0 {
		var todo []string
		switch {
		case q.read && len(q.all) == 0:
			todo = component.Wrap(t.QueueNone(), w)
		case q.read:
			todo = component.Wrap(t.QueueNothing(), w)
		}
		return component.Page(head, todo, w, h)
	}
	q.at.keep(len(q.rows))
	const mark = 2 // of the list
	var rows []string
	for _, c := range q.rows {
		rows = append(rows, q.row(c, w-mark))
	}
	about := component.Paragraphs(w, q.about(q.rows[q.at])...)
	about = about[:min(len(about), max(3, h/2))]
	room := max(2, h-len(head)-len(about))
	data := append(head, component.List(th, rows, int(q.at), w, min(room, len(rows)))...)
	var hint []string
	if len(data)+len(about) < h {
		hint = []string{th.Quiet.Render(component.Fit(t.QueueHint(), w))}
	}
	return component.Page(append(data, about...), hint, w, h)
}

// row is a case on a line: where or what, how many, and how old.
func (q *Queue) row(c stocktake.Case, w int) string {
	t, n, worth := q.sh.Text, someQty(c.N), ""
	age := t.Waited(max(0, q.sh.Store.Now().UnixMilli()-c.Since))
	what := called(c)
	if w > 2*narrowest {
		what = join(what, t.CaseKinds()[c.Kind])
		worth = t.QueueWorth(c.Worth)
	}
	return component.Pair(join(what, n), join(worth, age), w)
}

// someQty is a number of pieces; none is empty.
func someQty(n store.Qty) string {
	if n == 0 {
		return ""
	}
	return n.String()
}

// called is what people call the thing that a case is about.
func called(c stocktake.Case) string {
	switch {
	case c.Kind == stocktake.CaseOrder || c.Kind == stocktake.CaseRMA:
		return cmp.Or(c.No, c.ID)
	case c.Place.Is("bin"):
		return c.Place.Code()
	case c.Slip != "":
		return string(c.Slip)
	}
	return cmp.Or(c.About, string(c.Item), c.Place.Code())
}

// about says what a case is about, and why it waits.
func (q *Queue) about(c stocktake.Case) (out []string) {
	t := q.sh.Text
	why := join(t.CaseKinds()[c.Kind], caseWhy(t, c))
	out = append(out, why, join(string(c.Item), someQty(c.N), t.QueueWorth(c.Worth)))
	if by := join(string(c.Slip), cmp.Or(c.Name, string(c.By))); by != "" {
		out = append(out, by)
	}
	return out
}

// caseWhy says why a case waits.
func caseWhy(t i18n.Text, c stocktake.Case) string {
	switch {
	case c.Of == "":
		return ""
	case c.Kind == stocktake.CaseVariance:
		return t.VarianceWhy(store.Finding{Rule: c.Of})
	case c.Kind == stocktake.CaseOrder:
		return t.Rules()[order.Rule(c.Of)].Name
	case c.Kind == stocktake.CaseRMA:
		problem, _ := t.ReturnFinding(store.Finding{Rule: c.Of})
		return problem
	}
	return t.Discrepancies()[store.DiscKind(c.Of)]
}
