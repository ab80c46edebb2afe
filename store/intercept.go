package store

// An Interception stops goods of a slip that somebody began: what was not picked is free
// for another, and what was goes back to its bin.
type Interception struct {
	Slip     SlipID        `json:"slip"`
	Lines    []StoppedLine `json:"lines"`
	Waybills []Waybill     `json:"waybills,omitempty"` // of this slip, no longer
}

// A StoppedLine is N of a slip's line that are not to leave, for a line of an order. Held of
// them were picked, as far as the authority knew; Tasks asked for the others. Shift more were
// booked as picked for the order's line, and are for another order of the slip from now on.
type StoppedLine struct {
	Line  int64      `json:"line"`
	Item  SKU        `json:"item"`
	Order OrderID    `json:"order"`
	Of    int64      `json:"of"` // the order's line
	N     Qty        `json:"n"`
	Held  Qty        `json:"held,omitempty"`
	Shift Qty        `json:"shift,omitempty"`
	Tasks []PickTask `json:"tasks,omitempty"` // each with what it asks for no more
}

func (i Interception) changes(at Stamp) (out []Change) {
	for _, l := range i.Lines {
		out = append(out, slipStops.put(i.Slip, l.Line, l.Order, l.Of, l.N, l.Held, Qty(0),
			Qty(0)),
			lineSums.put(i.Slip, l.Line, -l.N, Qty(0), Qty(0), Qty(0), Qty(0)),
			sums{tasked: -l.N, used: -l.Held - l.Shift}.add(l.Item, l.Order, l.Of))
		for _, t := range l.Tasks {
			out = append(out,
				allocations.put(t.Item, t.From, t.Lot, t.ID, -t.Want, Qty(0), Qty(0)))
		}
	}
	for _, b := range i.Waybills {
		b.State = WaybillVoided
		out = append(out, b.raise(at))
	}
	return out
}

func intercepted(all []Interception, at Stamp) (out []Change) {
	for _, i := range all {
		out = append(out, i.changes(at)...)
	}
	return out
}

// Of is how much of a line of an order it stops, and how much fewer were picked for that.
func (i Interception) Of(order OrderID, line int64) (n, picked Qty) {
	for _, l := range i.Lines {
		if l.Order == order && l.Of == line {
			n, picked = n+l.N, picked+l.Held+l.Shift
		}
	}
	return n, picked
}

// StopEased says that somebody, who had not heard of it, was short of pieces that were stopped:
// they are short, and no more stopped. Where others stood in for them, those are.
type StopEased struct {
	Slip  SlipID      `json:"slip"`
	Lines []EasedLine `json:"lines"`
}

// An EasedLine is a line of a slip with what is stopped of it no more, for lines of orders, and
// by how much more, or less, its tasks ask for. Gone were in the tote, are looked for, and
// neither short nor to be put back.
type EasedLine struct {
	Line  int64      `json:"line"`
	Item  SKU        `json:"item"`
	For   []Source   `json:"for,omitempty"`
	Tasks []PickTask `json:"tasks,omitempty"`
	Gone  []Source   `json:"gone,omitempty"`
}

func (StopEased) Kind() string  { return "stop_eased" }
func (e StopEased) Ref() string { return string(e.Slip) }
func (e StopEased) apply(Stamp) (out []Change) {
	for _, l := range e.Lines {
		for _, f := range l.For {
			out = append(out,
				slipStops.put(e.Slip, l.Line, f.Order, f.Line, -f.N, Qty(0), Qty(0), Qty(0)),
				lineSums.put(e.Slip, l.Line, f.N, Qty(0), Qty(0), Qty(0), Qty(0)),
				sums{want: f.N, tasked: f.N}.add(l.Item, f.Order, f.Line))
		}
		for _, f := range l.Gone {
			out = append(out,
				slipStops.put(e.Slip, l.Line, f.Order, f.Line, Qty(0), Qty(0), f.N, Qty(0)),
				lineSums.put(e.Slip, l.Line, Qty(0), Qty(0), -f.N, Qty(0), Qty(0)),
				sums{used: f.N, short: -f.N}.add(l.Item, f.Order, f.Line))
		}
		for _, t := range l.Tasks {
			out = append(out, allocations.put(t.Item, t.From, t.Lot, t.ID, t.Want, Qty(0), Qty(0)))
		}
	}
	return out
}

// SlipsCrossed reads the slips of which goods were short that had been stopped, so that their
// order, or with none any, is owed again what nobody wants.
func (r *Reader) SlipsCrossed(order OrderID) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT k.slip FROM reservation v
		JOIN slip_source q ON q.wh = v.wh AND q.order_id = v.order_id AND q.order_line = v.line
		JOIN slip_stop k ON k.wh = q.wh AND k.slip = q.slip AND k.line = q.line
			AND k.order_id = q.order_id AND k.order_line = q.order_line AND k.n > k.back
		JOIN line_sum x ON x.wh = k.wh AND x.slip = k.slip AND x.line = k.line
			AND x.short > 0 AND x.picked + x.short > x.want
		WHERE v.wh = ? AND v.need > v.want - v.short AND (v.order_id = ? OR CAST(? AS TEXT) = '')
		ORDER BY k.slip`, order, order)
}

// SlipsInVain reads the slips with open tasks that stand in for pieces that were short, and
// stopped before.
func (r *Reader) SlipsInVain() ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT k.slip FROM allocation o
		JOIN task p ON p.wh = o.wh AND p.task = o.task
		JOIN slip_stop k ON k.wh = p.wh AND k.slip = p.slip AND k.line = p.line AND k.n > k.back
		JOIN task t ON t.wh = k.wh AND t.slip = k.slip AND t.line = k.line
		JOIN allocation a ON a.wh = t.wh AND a.item = t.item AND a.place = t.place
			AND a.lot = t.lot AND a.task = t.task
			AND a.short > 0 AND a.picked + a.short > a.want
		WHERE o.wh = ? AND o.want > o.picked + o.short ORDER BY k.slip`)
}

// GoodsPutBack says that N of a batch, which were stopped, went from a tote or a carton to
// where they came from; or that they are looked for, as Disc says. Boxed of them were packed.
// Step is of the closed carton that they were in: it is another parcel, or, open, none any more.
type GoodsPutBack struct {
	Slip SlipID `json:"slip"`
	Line int64  `json:"line"`
	Batch
	From  Place        `json:"from"`
	To    Place        `json:"to"`
	N     Qty          `json:"n"`
	Boxed Qty          `json:"boxed,omitempty"`
	For   []StopBack   `json:"for"`
	Step  *CartonStep  `json:"step,omitempty"`
	Code  string       `json:"code,omitempty"`
	Disc  *Discrepancy `json:"disc,omitempty"`
}

// A StopBack is how much of what was stopped for a line of an order is back. Unused of it
// were picked after the authority had stopped it.
type StopBack struct {
	Order  OrderID `json:"order"`
	Of     int64   `json:"of"`
	N      Qty     `json:"n"`
	Unused Qty     `json:"unused,omitempty"`
}

func (GoodsPutBack) Kind() string  { return "goods_put_back" }
func (e GoodsPutBack) Ref() string { return string(e.Slip) }
func (e GoodsPutBack) apply(at Stamp) []Change {
	out := append(move(e.Batch, e.From, e.To, e.N),
		lineSums.put(e.Slip, e.Line, Qty(0), -e.N, Qty(0), -e.Boxed, Qty(0)))
	for _, f := range e.For {
		out = append(out, slipStops.put(e.Slip, e.Line, f.Order, f.Of, Qty(0), Qty(0), f.N,
			f.Unused),
			sums{used: -f.Unused}.add(e.Item, f.Order, f.Of))
	}
	if e.Step != nil {
		out = append(out, e.Step.raise(at))
	}
	if e.Disc != nil {
		out = append(out, e.Disc.open(at)...)
	}
	return out
}

// Emptied says whether nothing was left in the carton.
func (e GoodsPutBack) Emptied() bool { return e.Step != nil && e.Step.Step == CartonOpened }

// plausible: a station puts goods back into a bin, or has them looked for.
func (e GoodsPutBack) plausible() bool {
	sum := Qty(0)
	for _, f := range e.For {
		if f.N <= 0 || f.Unused < 0 || f.Unused > f.N {
			return false
		}
		sum += f.N
	}
	from, to := e.From.Is("tote") || e.From.Is("carton"), e.To.Is("bin") || e.To == AtMissing
	return e.N > 0 && sum <= e.N && e.Boxed >= 0 && e.Boxed <= e.N && from && to
}

// A Due is what was stopped of a line of a slip, and is still in totes and cartons.
type Due struct {
	Line   int64
	Item   SKU
	N      Qty // to be put back
	Packed Qty // of them, in cartons that have not left
}

// due is how much of x, a line_sum, was stopped and is to be put back.
const due = `(SELECT CAST(CASE
		WHEN x.picked + x.short <= x.want THEN 0
		WHEN x.picked + x.short - x.want < coalesce(sum(k.n - k.back), 0)
			THEN x.picked + x.short - x.want
		ELSE coalesce(sum(k.n - k.back), 0) END AS BIGINT)
	FROM slip_stop k WHERE k.wh = x.wh AND k.slip = x.slip AND k.line = x.line)`

// kept is how much of q, a slip_source, is not stopped.
const kept = `(q.qty - coalesce((SELECT k.n FROM slip_stop k
	WHERE k.wh = q.wh AND k.slip = q.slip AND k.line = q.line
		AND k.order_id = q.order_id AND k.order_line = q.order_line), 0))`

// stops reads what was stopped of a slip, and what of that is to be put back. Most slips
// have none.
func (r *Reader) stops(s *Slip) error {
	type row struct {
		Due
		n, loose, shipped Qty
	}
	rows, err := all(r, func(x *row) []any {
		return []any{&x.Line, &x.Item, &x.n, &x.N, &x.loose, &x.shipped}
	}, `
		SELECT x.line, l.item,
			(SELECT CAST(sum(k.n) AS BIGINT) FROM slip_stop k
				WHERE k.wh = x.wh AND k.slip = x.slip AND k.line = x.line),
			`+due+`, x.picked - x.packed, x.packed - x.shipped
		FROM line_sum x
		JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
		WHERE x.wh = ? AND x.slip = ? AND x.line IN (
			SELECT k.line FROM slip_stop k WHERE k.wh = ? AND k.slip = ?)
		ORDER BY x.line`, s.ID, r.s.id.Warehouse, s.ID)
	for _, x := range rows {
		loose := max(0, x.loose)
		d := x.Due
		d.N = min(d.N, loose+max(0, x.shipped)) // what has left is not put back
		d.Packed = max(0, d.N-loose)
		s.Stopped += x.n
		s.Sums.Due += d.N
		s.Sums.Unpacked -= d.N - d.Packed
		if d.N > 0 {
			s.Due = append(s.Due, d)
		}
	}
	return err
}

// DueOf is what is to be put back of a line of the slip.
func (s Slip) DueOf(line int64) (out Due) {
	for _, d := range s.Due {
		if d.Line == line {
			out = d
		}
	}
	return out
}

// SlipsToPutBack reads the slips with goods in totes or cartons that were stopped.
func (r *Reader) SlipsToPutBack(limit int) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT s.slip FROM slip_stop s
		JOIN line_sum x ON x.wh = s.wh AND x.slip = s.slip AND x.line = s.line
		WHERE s.wh = ? AND s.n > s.back AND x.picked > x.shipped AND `+due+` > 0
		ORDER BY s.slip LIMIT ?`, limit)
}

// StopsOf reads what was stopped of a line of a slip, for each line of an order: how much is
// stopped, and how much of that is back.
func (r *Reader) StopsOf(id SlipID, line int64) ([]Stop, error) {
	return all(r, func(s *Stop) []any {
		return []any{&s.Order, &s.Of, &s.N, &s.Held, &s.Back, &s.Unused}
	}, `
		SELECT order_id, order_line, n, held, back, unused FROM slip_stop
		WHERE wh = ? AND slip = ? AND line = ? ORDER BY order_id, order_line`, id, line)
}

// A Stop is how much of a slip's line is stopped for a line of an order.
type Stop struct {
	Order                 OrderID
	Of                    int64
	N, Held, Back, Unused Qty
}

// Spread shares n pieces that are put back over stops.
func Spread(stops []Stop, n Qty) (out []StopBack) {
	for _, s := range stops {
		part := min(n, s.N-s.Back)
		if part <= 0 {
			continue
		}
		n -= part
		unused := min(part, max(0, s.Back+part-s.Held-s.Unused))
		out = append(out, StopBack{s.Order, s.Of, part, unused})
	}
	return out
}

// PickedFrom reads the bins that a line of a slip was picked from.
func (r *Reader) PickedFrom(id SlipID, line int64) ([]Place, error) {
	return ids[Place](r, `
		SELECT t.place FROM task t
		JOIN allocation a ON a.wh = t.wh AND a.item = t.item AND a.place = t.place
			AND a.lot = t.lot AND a.task = t.task
		WHERE t.wh = ? AND t.slip = ? AND t.line = ? AND a.picked > 0
		GROUP BY t.place ORDER BY max(a.picked) DESC, t.place`, id, line)
}
