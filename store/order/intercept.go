package order

import (
	"context"
	"slices"

	"scanbay/store"
)

// A recall is what takes goods of an order back from the floor: slips that nobody began are
// withdrawn, and of the others the goods are stopped.
type recall struct {
	withdraw []store.Withdrawal
	stop     []store.Interception
}

// left is an order as it stands once the goods are taken back: what its slips hold of it, and
// what of that was picked.
func (r recall) left(o store.Order) store.Order {
	o.Lines = slices.Clone(o.Lines)
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, w := range r.withdraw {
			l.Tasked -= w.Of(o.ID, l.Line)
		}
		for _, s := range r.stop {
			n, held := s.Of(o.ID, l.Line)
			l.Tasked, l.Used = l.Tasked-n, l.Used-held
		}
	}
	return o
}

// stopped stops what the begun slips of an order hold more than is wanted of each of its
// lines: what was not picked first. What has left is not stopped.
func (r *recall) stopped(tx *store.Tx, o store.Order, wanted map[int64]store.Qty) error {
	over := map[int64]store.Qty{}
	for _, l := range r.left(o).Lines {
		if n := l.Tasked - l.Short - wanted[l.Line]; n > 0 {
			over[l.Line] = n
		}
	}
	if len(over) == 0 {
		return nil
	}
	ids, err := tx.LiveSlips(o.ID)
	if err != nil {
		return err
	}
	var slips []store.Slip
	for _, id := range ids {
		if slices.ContainsFunc(r.withdraw, func(w store.Withdrawal) bool { return w.Slip == id }) {
			continue
		}
		slip, err := tx.WholeSlip(id)
		if err != nil {
			return err
		}
		slips = append(slips, slip)
	}
	stops, was := make([]store.Interception, len(slips)), slips
	slips = copied(slips)
	for _, picked := range []bool{false, true} {
		for i := range slices.Backward(slips) { // the later slip is further from its end
			stop(&slips[i], o.ID, over, picked, &stops[i])
		}
	}
	for i, s := range stops {
		if len(s.Lines) == 0 {
			continue
		}
		s.Slip = slips[i].ID
		rebook(was[i], slips[i], &s)
		if s.Waybills, err = voided(tx, slips[i], s); err != nil {
			return err
		}
		r.stop = append(r.stop, s)
	}
	return nil
}

// stop takes of a slip's lines what is over of an order's, and lessens both: of what was not
// picked, or of what was.
func stop(slip *store.Slip, id store.OrderID, over map[int64]store.Qty, picked bool,
	out *store.Interception) {
	for i := range slip.Lines {
		l := &slip.Lines[i]
		for j := range l.Sources {
			src := &l.Sources[j]
			room := l.N - l.Short - l.Picked
			if picked {
				room = min(l.N-l.Short, l.Picked) - l.Shipped
			}
			n := min(over[src.Line], src.N, room)
			if src.Order != id || n <= 0 {
				continue
			}
			over[src.Line] -= n
			l.N, src.N = l.N-n, src.N-n
			out.Lines = add(out.Lines, store.StoppedLine{Line: l.Line, Item: l.Item, Order: id,
				Of: src.Line, N: n})
			s := &out.Lines[slices.IndexFunc(out.Lines, func(x store.StoppedLine) bool {
				return x.Line == l.Line && x.Order == id && x.Of == src.Line
			})]
			if picked {
				s.Held += n
				l.Picked -= n // for the next source
				continue
			}
			s.Tasks = append(s.Tasks, unpicked(slip, l.Line, n)...)
		}
	}
}

// copied are slips whose lines and tasks can be lessened.
func copied(all []store.Slip) (out []store.Slip) {
	for _, s := range all {
		s.Lines, s.Tasks = slices.Clone(s.Lines), slices.Clone(s.Tasks)
		for i := range s.Lines {
			s.Lines[i].Sources = slices.Clone(s.Lines[i].Sources)
		}
		out = append(out, s)
	}
	return out
}

// rebook books what was picked for a line of several orders anew once it was lessened: the
// first of them had it all. Where pieces were short, it stays as it is.
func rebook(was, now store.Slip, out *store.Interception) {
	for i, l := range was.Lines {
		if len(l.Sources) < 2 || l.Short > 0 || l.N == now.Lines[i].N {
			continue
		}
		before, after := booked(l), booked(now.Lines[i])
		for _, src := range l.Sources {
			of := store.Source{Order: src.Order, Line: src.Line}
			x := store.StoppedLine{Line: l.Line, Item: l.Item, Order: src.Order, Of: src.Line}
			at := slices.IndexFunc(out.Lines, func(o store.StoppedLine) bool {
				return o.Line == l.Line && o.Order == src.Order && o.Of == src.Line
			})
			if at < 0 && before[of] == after[of] {
				continue
			}
			if at < 0 {
				at, out.Lines = len(out.Lines), append(out.Lines, x)
			}
			out.Lines[at].Shift = before[of] - after[of] - out.Lines[at].Held
		}
	}
}

// booked is what of a line's picks each of its sources has, by the order's line.
func booked(l store.SlipLine) map[store.Source]store.Qty {
	out := map[store.Source]store.Qty{}
	for _, s := range (store.SlipLine{Sources: l.Sources}).Share(l.Picked) {
		out[store.Source{Order: s.Order, Line: s.Line}] += s.N
	}
	return out
}

// add adds a line to those that are there, or to the one that it is of.
func add(lines []store.StoppedLine, l store.StoppedLine) []store.StoppedLine {
	for i := range lines {
		if x := &lines[i]; x.Line == l.Line && x.Order == l.Order && x.Of == l.Of {
			x.N += l.N
			return lines
		}
	}
	return append(lines, l)
}

// unpicked takes n of what the tasks of a line still ask for, the last of the walk first.
func unpicked(slip *store.Slip, line int64, n store.Qty) (out []store.PickTask) {
	for i := range slices.Backward(slip.Tasks) {
		t := &slip.Tasks[i]
		part := min(n, t.Left())
		if t.Line != line || part <= 0 {
			continue
		}
		n -= part
		t.Want -= part
		less := *t
		less.Want, less.Picked, less.Short = part, 0, 0
		out = append(out, less)
	}
	return out
}

// netOf is what is wanted of each line of an order.
func netOf(o store.Order) map[int64]store.Qty {
	out := map[int64]store.Qty{}
	for _, l := range o.Lines {
		out[l.Line] = l.Net()
	}
	return out
}

// stopWhole stops all of a slip that has not left, with what its orders no longer reserve:
// what was picked is in no bin before it is back. It refuses with SlipClosed where nothing
// can be stopped.
func stopWhole(tx *store.Tx, id store.SlipID) (out []store.Interception, back []store.Promise,
	orders []store.OrderID, err error) {
	slip, err := tx.WholeSlip(id)
	if err != nil {
		return nil, nil, nil, err
	}
	if orders, err = tx.OrdersOn(id); err != nil {
		return nil, nil, nil, err
	}
	s, was := store.Interception{Slip: id}, slip
	slip = copied([]store.Slip{slip})[0]
	for _, picked := range []bool{false, true} {
		for _, order := range orders {
			over := map[int64]store.Qty{}
			for _, l := range slip.Lines {
				for _, src := range l.Sources {
					if src.Order == order {
						over[src.Line] += src.N
					}
				}
			}
			stop(&slip, order, over, picked, &s)
		}
	}
	if len(s.Lines) == 0 {
		return nil, nil, nil, &store.Refusal{Code: store.SlipClosed, Want: string(id)}
	}
	rebook(was, slip, &s)
	if s.Waybills, err = voided(tx, slip, s); err != nil {
		return nil, nil, nil, err
	}
	r := recall{stop: []store.Interception{s}}
	for _, order := range orders {
		o, err := tx.Order(order)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, l := range r.left(o).Lines {
			_, held := s.Of(order, l.Line)
			l.Want -= held
			p := l.Surplus(order, l.Tasked)
			if p.N -= held; p.N != 0 || p.Need != 0 {
				back = append(back, p)
			}
		}
	}
	return r.stop, back, orders, nil
}

// voided are the waybills of a slip of which nothing is to be sent any more. Where goods are to
// be put back, their parcel's number still says so to whoever scans it.
func voided(tx *store.Tx, slip store.Slip, s store.Interception) ([]store.Waybill, error) {
	if slices.ContainsFunc(slip.Lines, func(l store.SlipLine) bool { return l.N > l.Short }) ||
		slices.ContainsFunc(s.Lines, func(l store.StoppedLine) bool { return l.Held > 0 }) {
		return nil, nil
	}
	return tx.WaybillsOf(slip.ID)
}

// ease puts right what was stopped of slips of which somebody said meanwhile, without having
// heard, that it was short: an order is not owed again what nobody wants.
func ease(ctx context.Context, s *store.Store,
	of func(*store.Reader) ([]store.SlipID, error)) error {
	ids, err := store.Get(ctx, s, of)
	for _, id := range ids {
		if err != nil {
			break
		}
		err = unasked(ctx, s, func(tx *store.Tx) error {
			slip, err := tx.WholeSlip(id)
			if err != nil {
				return err
			}
			e := store.StopEased{Slip: id}
			for _, l := range slip.Lines {
				eased, err := easing(tx, slip, l)
				if err != nil {
					return err
				}
				if len(eased.Tasks)+len(eased.For)+len(eased.Gone) > 0 {
					e.Lines = append(e.Lines, eased)
				}
			}
			if len(e.Lines) == 0 {
				return errNothing
			}
			return tx.Record(e)
		})
	}
	return err
}

// crossed reads the slips to be eased for an order.
func crossed(id store.OrderID) func(*store.Reader) ([]store.SlipID, error) {
	return func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsCrossed(id) }
}

// An owedStop is what was stopped for a line of an order, which is owed so much again.
type owedStop struct {
	store.Stop
	owed store.Qty
}

// easing is what is eased of a line: each task that is short of more than it still asked for
// asks for that again; open tasks that stood in for it ask for less, and of the rest is stopped
// no more what its order is owed. So it is with what was stopped in a tote and missed there.
func easing(tx *store.Tx, slip store.Slip, l store.SlipLine) (out store.EasedLine, err error) {
	out = store.EasedLine{Line: l.Line, Item: l.Item}
	stops, err := owedStops(tx, slip.ID, l.Line)
	if err != nil {
		return out, err
	}
	var room, over, open store.Qty
	for _, s := range stops {
		room += max(0, s.N-s.Held)
	}
	slip = copied([]store.Slip{slip})[0]
	for _, t := range slip.Tasks {
		if t.Line == l.Line {
			open, over = open+t.Left(), over+overShort(t)
		}
	}
	over = min(over, room)
	instead := min(over, max(0, open-max(0, l.N-l.Picked-l.Short)))
	freed := unstop(stops, over-instead, &out)
	asks := instead + freed
	for _, t := range slip.Tasks {
		if n := min(asks, overShort(t)); t.Line == l.Line && n > 0 {
			asks -= n
			t.Want = n
			out.Tasks = append(out.Tasks, t)
		}
	}
	for _, t := range unpicked(&slip, l.Line, instead) {
		t.Want = -t.Want
		out.Tasks = append(out.Tasks, t)
	}
	if l.Short == 0 {
		return out, nil
	}
	missed := l.Picked + l.Short - l.N - freed
	for i := range stops {
		s := &stops[i]
		if n := min(missed, s.owed, s.Held, s.N-s.Back); n > 0 {
			out.Gone = append(out.Gone, store.Source{Order: s.Order, Line: s.Of, N: n})
			missed, s.owed, s.Back = missed-n, s.owed-n, s.Back+n
		}
	}
	unstop(stops, missed, &out) // of which the authority had not heard that it was picked
	return out, nil
}

// overShort is how much a task is short of beyond what it asks for.
func overShort(t store.PickTask) store.Qty {
	return max(0, min(t.Short, t.Picked+t.Short-t.Want))
}

// unstop has up to n that nobody had picked be stopped no more, as far as orders are owed them.
func unstop(stops []owedStop, n store.Qty, out *store.EasedLine) (freed store.Qty) {
	for i := range stops {
		s := &stops[i]
		part := min(n-freed, s.owed, s.N-max(s.Held, s.Back))
		if part <= 0 {
			continue
		}
		out.For = append(out.For, store.Source{Order: s.Order, Line: s.Of, N: part})
		freed, s.owed, s.N = freed+part, s.owed-part, s.N-part
	}
	return freed
}

func owedStops(tx *store.Tx, slip store.SlipID, line int64) (out []owedStop, err error) {
	stops, err := tx.StopsOf(slip, line)
	for _, s := range stops {
		if err != nil {
			return nil, err
		}
		var o store.Order
		o, err = tx.Order(s.Order)
		for _, l := range o.Lines {
			if l.Line == s.Of {
				out = append(out, owedStop{s, l.Owed()})
			}
		}
	}
	return out, err
}
