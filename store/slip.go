package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SlipState is where an outbound slip stands on the floor. It is derived from
// what was picked, packed and confirmed, so no fact can contradict it.
type SlipState string

// The states, in the order in which a slip comes to them.
const (
	SlipReleasedState SlipState = "released"
	SlipPicking       SlipState = "picking"
	SlipPicked        SlipState = "picked"
	SlipPacking       SlipState = "packing"
	SlipPacked        SlipState = "packed"
	SlipPartShipped   SlipState = "part_shipped"
	SlipShipped       SlipState = "shipped"
	SlipShort         SlipState = "short" // nothing of it was found
)

// A Slip is an outbound slip as the floor sees it. A slip can have hundreds of
// lines, so what a scan needs is read without them: Lines and Tasks are in the
// event that released it, and in what WholeSlip reads.
type Slip struct {
	ID       SlipID     `json:"id"`
	Carrier  CarrierID  `json:"carrier,omitempty"`
	Mode     Delivery   `json:"mode,omitempty"`
	Service  string     `json:"service,omitempty"`
	Priority int64      `json:"priority,omitempty"`
	ShipBy   int64      `json:"ship_by,omitempty"`
	Released int64      `json:"released"`
	Lines    []SlipLine `json:"lines"`
	Tasks    []PickTask `json:"tasks"`
	Waybills []Waybill  `json:"waybills,omitempty"`

	Sums    Sums     `json:"-"`
	Task    PickTask `json:"-"` // the task to walk to; zero when none is open
	Line    SlipLine `json:"-"` // that it is for
	Remarks []string `json:"-"` // the buyer's and the seller's; of a whole slip
	Lease   Lease    `json:"-"`
	At      Place    `json:"-"` // where the picker stands: the last bin scanned
	Current TaskID   `json:"-"` // the task that the picker is at, if it is still open
	Totes   []Place  `json:"-"`
	Cartons []Carton `json:"-"`
}

// Sums are what the lines of a slip come to.
type Sums struct {
	Lines, LinesDone                     int64
	Want, Picked, Short, Packed, Shipped Qty
	Unpacked                             Qty // picked, and in no carton
}

// A SlipLine asks for N of an item, for the lines of orders in Sources.
type SlipLine struct {
	Line    int64    `json:"line"`
	Item    SKU      `json:"item"`
	N       Qty      `json:"n"`
	Sources []Source `json:"sources"`

	Picked, Short, Packed, Shipped Qty    `json:"-"`
	About                          Item   `json:"-"`
	Code                           string `json:"-"` // a barcode of one piece
}

// A Source is the part of a slip's line that is for a line of an order.
type Source struct {
	Order OrderID `json:"order"`
	Line  int64   `json:"line"`
	N     Qty     `json:"n"`
}

// A PickTask asks for one batch of one item from one bin.
type PickTask struct {
	ID   TaskID `json:"id"`
	Line int64  `json:"line"`
	From Place  `json:"from"`
	Item SKU    `json:"item"`
	Lot  Lot    `json:"lot,omitempty"` // empty: any
	Want Qty    `json:"want"`

	Picked, Short Qty    `json:"-"` // sums, not a part of the fact
	Skipped       int64  `json:"-"`
	Walk          int64  `json:"-"`
	Expires       Date   `json:"-"`
	About         Item   `json:"-"`
	Code          string `json:"-"` // a barcode of one piece
}

// Left is what remains to be picked. Two stations that worked offline may have
// picked more than was wanted.
func (t PickTask) Left() Qty { return max(0, t.Want-t.Picked-t.Short) }

// State derives where the slip stands.
func (s Slip) State() SlipState {
	n := s.Sums
	open := slices.ContainsFunc(s.Cartons, Carton.Filling)
	switch toPick := s.Task.ID != ""; {
	case toPick && n.Picked+n.Short == 0 && !bool(s.Lease.Held):
		return SlipReleasedState
	case toPick:
		return SlipPicking
	case n.Picked == 0:
		return SlipShort
	case n.Shipped >= n.Picked:
		return SlipShipped
	case n.Shipped > 0:
		return SlipPartShipped
	case n.Packed == 0 && !open:
		return SlipPicked
	case n.Unpacked > 0 || open:
		return SlipPacking
	}
	return SlipPacked
}

// asOrder is how far an order with slips in such a state has come.
func (s SlipState) asOrder() OrderState {
	switch s {
	case SlipReleasedState:
		return Released
	case SlipPicking:
		return Picking
	case SlipPicked, SlipPacking:
		return Picked
	case SlipShort:
		return Confirmed
	}
	return Packed
}

// Next is the task to walk to: the one the picker is at, else the first open one.
func (s Slip) Next() (PickTask, bool) { return s.Task, s.Task.ID != "" }

// Share splits n pieces over a line's sources, past those that were done before.
func (l SlipLine) Share(n Qty) (out []Source) {
	done := l.Picked + l.Short
	for i, src := range l.Sources {
		room := max(0, src.N-done)
		done = max(0, done-src.N)
		if i == len(l.Sources)-1 {
			room = n // what is too much has to go somewhere
		}
		if part := min(room, n); part > 0 {
			out = append(out, Source{src.Order, src.Line, part})
			n -= part
		}
	}
	return out
}

// Unshare splits n pieces that were picked over a line's sources, the last first.
func (l SlipLine) Unshare(n Qty) (out []Source) {
	room := l.Picked
	for i, src := range l.Sources {
		got := min(src.N, room)
		if i == len(l.Sources)-1 {
			got = room
		}
		room -= got
		out = append(out, Source{src.Order, src.Line, got})
	}
	for i := len(out) - 1; i >= 0; i-- {
		part := min(n, out[i].N)
		n, out[i].N = n-part, part
	}
	return slices.DeleteFunc(out, func(s Source) bool { return s.N == 0 })
}

// A Lease says who works on a slip. The highest token is the lease.
type Lease struct {
	Slip     SlipID     `json:"slip"`
	Operator OperatorID `json:"operator"`
	Station  StationID  `json:"station"`
	Token    int64      `json:"token"`
	Held     Bit        `json:"held"`
	At       int64      `json:"at"`

	Name string `json:"-"` // of the operator
	Seen int64  `json:"-"` // when the slip was last worked on
}

func (l Lease) raise(at Stamp) Change {
	return leases.raise(at.After(l.Token), l.Slip, l.Operator, l.Station, l.Token, l.Held, l.At)
}

// SlipReleased says that the authority handed a slip to the floor.
type SlipReleased struct{ Slip }

func (SlipReleased) Kind() string  { return "slip_released" }
func (e SlipReleased) Ref() string { return string(e.ID) }
func (e SlipReleased) apply(at Stamp) []Change {
	out := []Change{slips.put(e.ID, e.Carrier, e.Mode, e.Service, e.Priority, e.ShipBy, e.Released)}
	for _, l := range e.Lines {
		out = append(out, slipLines.put(e.ID, l.Line, l.Item, l.N),
			lineSums.put(e.ID, l.Line, l.N, Qty(0), Qty(0), Qty(0), Qty(0)))
		for _, s := range l.Sources {
			out = append(out, slipSources.put(e.ID, l.Line, s.Order, s.Line, s.N))
		}
	}
	for _, t := range e.Tasks {
		out = append(out, t.changes(e.ID)...)
	}
	for _, w := range e.Waybills {
		out = append(out, w.raise(at))
	}
	return out
}

func (t PickTask) changes(slip SlipID) []Change {
	return []Change{
		tasks.put(t.ID, slip, t.Line, t.From, t.Item, t.Lot, t.Want),
		allocations.put(t.Item, t.From, t.Lot, t.ID, t.Want, Qty(0), Qty(0)),
	}
}

// SlipStarted says that an operator works on a slip from now on.
type SlipStarted struct{ Lease }

func (SlipStarted) Kind() string              { return "slip_started" }
func (e SlipStarted) Ref() string             { return string(e.Slip) }
func (e SlipStarted) apply(at Stamp) []Change { return []Change{e.raise(at)} }

// SlipLeft says that an operator stopped working on a slip, or was stopped by By.
type SlipLeft struct {
	Lease
	By OperatorID `json:"by,omitempty"`
}

func (SlipLeft) Kind() string              { return "slip_left" }
func (e SlipLeft) Ref() string             { return string(e.Slip) }
func (e SlipLeft) apply(at Stamp) []Change { return []Change{e.raise(at)} }

// ToteBound says that what is picked for a slip goes into a tote.
type ToteBound struct {
	Slip    SlipID  `json:"slip"`
	Tote    Place   `json:"tote"`
	Instead []Place `json:"instead,omitempty"` // totes that were bound by mistake
}

func (ToteBound) Kind() string  { return "tote_bound" }
func (e ToteBound) Ref() string { return string(e.Slip) }
func (e ToteBound) apply(at Stamp) []Change {
	out := []Change{slipTotes.raise(at, e.Slip, e.Tote, Bit(true))}
	for _, tote := range e.Instead {
		out = append(out, slipTotes.raise(at, e.Slip, tote, Bit(false)))
	}
	return out
}

// Slip reads of one slip what a scan needs; its cartons and waybills once nothing
// is left to pick. It refuses with NotFound.
func (r *Reader) Slip(id SlipID) (s Slip, err error) {
	s.ID = id
	found, err := r.one([]any{&s.Carrier, &s.Mode, &s.Service, &s.Priority, &s.ShipBy,
		&s.Released, &s.Lease.Operator, &s.Lease.Station, &s.Lease.Token, &s.Lease.Held,
		&s.Lease.At, &s.Lease.Name, &s.Current, &s.At, &s.Lease.Seen}, `
		SELECT s.carrier, s.mode, s.service, s.priority, s.ship_by, s.released,
			coalesce(l.operator, ''), coalesce(l.station, ''), coalesce(l.token, 0),
			coalesce(l.held, 0), coalesce(l.at, 0), coalesce(o.name, ''),
			coalesce(w.task, ''), coalesce(w.place, ''), coalesce(w.at, 0)
		FROM slip s
		LEFT JOIN lease l ON l.wh = s.wh AND l.slip = s.slip
		LEFT JOIN operator o ON o.wh = l.wh AND o.operator = l.operator
		LEFT JOIN work w ON w.wh = s.wh AND w.slip = s.slip
		WHERE s.wh = ? AND s.slip = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	if err != nil {
		return s, err
	}
	s.Lease.Slip = id
	s.Lease.Seen = max(s.Lease.Seen, s.Lease.At)
	if err := r.sums(&s); err != nil {
		return s, err
	}
	if err := r.next(&s); err != nil {
		return s, err
	}
	if s.Totes, err = ids[Place](r, `
		SELECT tote FROM slip_tote WHERE wh = ? AND slip = ? AND bound = 1 ORDER BY tote`,
		id); err != nil {
		return s, err
	}
	if s.Task.ID != "" {
		return s, nil // nobody packs what is still being picked
	}
	if s.Cartons, err = r.CartonsOf(id); err != nil {
		return s, err
	}
	s.Waybills, err = r.WaybillsOf(id)
	return s, err
}

func (r *Reader) sums(s *Slip) error {
	n := &s.Sums
	_, err := r.one([]any{&n.Lines, &n.LinesDone, &n.Want, &n.Picked, &n.Short, &n.Packed,
		&n.Shipped, &n.Unpacked}, `
		SELECT count(*), CAST(sum(CASE WHEN want > picked + short THEN 0 ELSE 1 END) AS BIGINT),
			CAST(sum(want) AS BIGINT), CAST(sum(picked) AS BIGINT), CAST(sum(short) AS BIGINT),
			CAST(sum(packed) AS BIGINT), CAST(sum(shipped) AS BIGINT),
			CAST(sum(CASE WHEN picked > packed THEN picked - packed ELSE 0 END) AS BIGINT)
		FROM line_sum WHERE wh = ? AND slip = ?`, s.ID)
	return err
}

// within are the bounds of a slip's task ids: they all begin with it and a dot.
func (id SlipID) within() (from, to TaskID) { return TaskID(id + "."), TaskID(id + "/") }

// next reads the task to walk to: the one the picker is at, else the one skipped
// least often that comes first in walking order.
func (r *Reader) next(s *Slip) error {
	from, to := s.ID.within()
	t := &s.Task
	open, err := r.one([]any{&t.ID, &t.Line, &t.From, &t.Item, &t.Lot, &t.Want, &t.Picked,
		&t.Short, &t.Expires}, `
		SELECT t.task, t.line, t.place, t.item, t.lot, t.want, a.picked, a.short,
			coalesce(x.expires, 0)
		FROM allocation a
		JOIN task t ON t.wh = a.wh AND t.task = a.task
		LEFT JOIN skip k ON k.wh = t.wh AND k.task = t.task
		LEFT JOIN place p ON p.wh = t.wh AND p.place = t.place
		LEFT JOIN lot x ON x.wh = t.wh AND x.item = t.item AND x.lot = t.lot
		WHERE a.wh = ? AND a.task > ? AND a.task < ? AND a.want > a.picked + a.short
		ORDER BY CASE WHEN t.task = ? THEN 0 ELSE 1 END, coalesce(k.n, 0), coalesce(p.walk, 0),
			t.place, t.line, t.task
		LIMIT 1`, from, to, s.Current)
	if err != nil || !open {
		return err
	}
	s.Line, err = r.SlipLine(s.ID, t.Line)
	t.About, t.Code = s.Line.About, s.Line.Code
	return err
}

// SlipLine reads one line of a slip; a zero one when there is none.
func (r *Reader) SlipLine(id SlipID, line int64) (l SlipLine, err error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND l.line = ? ORDER BY q.order_id, q.order_line`, id, line)
	if err == nil && len(rows) > 0 {
		l = gather(rows)[0]
	}
	return l, err
}

// OpenTasks counts the open tasks of a slip, and the most often that any of its
// tasks was skipped.
func (r *Reader) OpenTasks(id SlipID) (open, skipped int64, err error) {
	from, to := id.within()
	if open, err = r.count(`SELECT count(*) FROM allocation
		WHERE wh = ? AND task > ? AND task < ? AND want > picked + short`, from, to); err != nil {
		return 0, 0, err
	}
	skipped, err = r.count(`SELECT coalesce(max(n), 0) FROM skip
		WHERE wh = ? AND task > ? AND task < ?`, from, to)
	return open, skipped, err
}

// lineRow is a line with one of its sources.
type lineRow struct {
	line SlipLine
	src  Source
}

func (x *lineRow) fields() []any {
	l := &x.line
	return append(l.About.fields(), &l.Line, &l.N, &l.Picked, &l.Short, &l.Packed, &l.Shipped,
		&l.Code, &x.src.Order, &x.src.Line, &x.src.N)
}

// lineColumns need the tables i item, l slip_line, x line_sum and q slip_source.
const lineColumns = itemColumns + `, l.line, l.qty, x.picked, x.short, x.packed, x.shipped,
	coalesce((SELECT min(c.code) FROM item_code c WHERE c.wh = l.wh AND c.item = l.item
		AND c.qty = 1 AND c.active = 1), l.item),
	q.order_id, q.order_line, q.qty`

const lineTables = `slip_line l
	JOIN item i ON i.wh = l.wh AND i.item = l.item
	JOIN line_sum x ON x.wh = l.wh AND x.slip = l.slip AND x.line = l.line
	JOIN slip_source q ON q.wh = l.wh AND q.slip = l.slip AND q.line = l.line`

// SlipLines reads the lines of a slip for one item.
func (r *Reader) SlipLines(id SlipID, sku SKU) ([]SlipLine, error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND l.item = ?
		ORDER BY l.line, q.order_id, q.order_line`, id, sku)
	return gather(rows), err
}

// SlipLinesToPack reads the first lines of a slip, those with something still to
// be packed before the others.
func (r *Reader) SlipLinesToPack(id SlipID, limit int) ([]SlipLine, error) {
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? AND x.picked > 0
		ORDER BY CASE WHEN x.picked > x.packed THEN 0 ELSE 1 END, l.line, q.order_id, q.order_line
		LIMIT ?`, id, limit)
	return gather(rows), err
}

// gather puts the sources of a line together.
func gather(rows []lineRow) (out []SlipLine) {
	for _, x := range rows {
		if n := len(out); n == 0 || out[n-1].Line != x.line.Line {
			x.line.Item = x.line.About.SKU
			out = append(out, x.line)
		}
		last := &out[len(out)-1]
		last.Sources = append(last.Sources, x.src)
	}
	return out
}

// WholeSlip reads a slip with its lines, its tasks in walking order, and what the
// customers remarked. It refuses with NotFound.
func (r *Reader) WholeSlip(id SlipID) (Slip, error) {
	s, err := r.Slip(id)
	if err != nil {
		return s, err
	}
	rows, err := all(r, (*lineRow).fields, `SELECT `+lineColumns+` FROM `+lineTables+`
		WHERE l.wh = ? AND l.slip = ? ORDER BY l.line, q.order_id, q.order_line`, id)
	if err != nil {
		return s, err
	}
	s.Lines = gather(rows)
	if s.Tasks, err = all(r, func(t *PickTask) []any {
		return []any{&t.ID, &t.Line, &t.From, &t.Item, &t.Lot, &t.Want, &t.Picked, &t.Short}
	}, `
		SELECT t.task, t.line, t.place, t.item, t.lot, t.want, a.picked, a.short
		FROM task t
		JOIN allocation a ON a.wh = t.wh AND a.item = t.item AND a.place = t.place
			AND a.lot = t.lot AND a.task = t.task
		LEFT JOIN place p ON p.wh = t.wh AND p.place = t.place
		WHERE t.wh = ? AND t.slip = ?
		ORDER BY coalesce(p.walk, 0), t.place, t.line, t.task`, id); err != nil {
		return s, err
	}
	s.Remarks, err = r.Remarks(id)
	return s, err
}

// Remarks reads what the buyers and sellers of a slip's orders remarked.
func (r *Reader) Remarks(id SlipID) (out []string, err error) {
	type row struct{ buyer, seller string }
	rows, err := all(r, func(x *row) []any { return []any{&x.buyer, &x.seller} }, `
		SELECT o.buyer_remark, o.seller_remark FROM sales_order o
		WHERE o.wh = ? AND o.order_id IN (
			SELECT order_id FROM slip_source WHERE wh = ? AND slip = ?)
			AND (o.buyer_remark <> '' OR o.seller_remark <> '')
		ORDER BY o.order_id`, r.s.id.Warehouse, id)
	for _, x := range rows {
		for _, text := range []string{x.buyer, x.seller} {
			if text != "" {
				out = append(out, text)
			}
		}
	}
	return out, err
}

// AnySlip says whether a slip was ever released.
func (r *Reader) AnySlip() (bool, error) {
	var id SlipID
	return r.one([]any{&id}, `SELECT slip FROM slip WHERE wh = ? LIMIT 1`)
}

// SlipsOf reads the slips that were made for an order.
func (r *Reader) SlipsOf(order OrderID) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT slip FROM slip_source WHERE wh = ? AND order_id = ? ORDER BY slip`, order)
}

// A Job is a slip on a list of work.
type Job struct {
	Slip     SlipID
	Carrier  CarrierID
	Priority int64
	ShipBy   int64
	Lines    int64
	Pieces   Qty
	Done     Qty
	Holder   OperatorID // empty when nobody works on it
	Name     string
}

func (j *Job) fields() []any {
	return []any{&j.Slip, &j.Carrier, &j.Priority, &j.ShipBy, &j.Lines, &j.Pieces, &j.Done,
		&j.Holder, &j.Name}
}

// ToPick reads the slips with something left to pick: the highest priority first,
// then the earliest cut-off.
func (r *Reader) ToPick(limit int) ([]Job, error) {
	return all(r, (*Job).fields, `
		WITH open AS (
			SELECT x.slip, count(*) AS lines FROM line_sum x
			WHERE x.wh = ? AND x.want > x.picked + x.short GROUP BY x.slip)
		SELECT s.slip, s.carrier, s.priority, s.ship_by, o.lines,
			(SELECT CAST(sum(x.want) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip),
			(SELECT CAST(sum(x.picked + x.short) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip),
			CASE WHEN l.held = 1 THEN l.operator ELSE '' END,
			CASE WHEN l.held = 1 THEN coalesce(p.name, '') ELSE '' END
		FROM open o
		JOIN slip s ON s.wh = ? AND s.slip = o.slip
		LEFT JOIN lease l ON l.wh = s.wh AND l.slip = s.slip
		LEFT JOIN operator p ON p.wh = l.wh AND p.operator = l.operator
		ORDER BY s.priority DESC, CASE WHEN s.ship_by = 0 THEN 1 ELSE 0 END, s.ship_by, s.slip
		LIMIT ?`, r.s.id.Warehouse, limit)
}

// ToPack reads the slips that are picked and not yet packed.
func (r *Reader) ToPack(limit int) ([]Job, error) {
	return all(r, (*Job).fields, `
		WITH open AS (
			SELECT x.slip, count(*) AS lines FROM line_sum x
			WHERE x.wh = ? AND x.picked > x.packed GROUP BY x.slip)
		SELECT s.slip, s.carrier, s.priority, s.ship_by, o.lines,
			(SELECT CAST(sum(x.picked) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip),
			(SELECT CAST(sum(x.packed) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip), '', ''
		FROM open o
		JOIN slip s ON s.wh = ? AND s.slip = o.slip
		WHERE NOT EXISTS (SELECT 1 FROM line_sum x WHERE x.wh = s.wh AND x.slip = s.slip
			AND x.want > x.picked + x.short)
		ORDER BY s.priority DESC, CASE WHEN s.ship_by = 0 THEN 1 ELSE 0 END, s.ship_by, s.slip
		LIMIT ?`, r.s.id.Warehouse, limit)
}

// SlipsIn reads the slips that a tote stands for, as far as they hold something
// in it or are still to be picked.
func (r *Reader) SlipsIn(tote Place) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT b.slip FROM slip_tote b
		JOIN line_sum x ON x.wh = b.wh AND x.slip = b.slip
		WHERE b.wh = ? AND b.tote = ? AND b.bound = 1
			AND (x.picked > x.packed OR x.want > x.picked + x.short)
		ORDER BY b.slip`, tote)
}

// HeldBy reads the leases that an operator holds at this station.
func (r *Reader) HeldBy(operator OperatorID) ([]Lease, error) {
	return all(r, func(l *Lease) []any {
		return []any{&l.Slip, &l.Operator, &l.Station, &l.Token, &l.Held, &l.At}
	}, `
		SELECT slip, operator, station, token, held, at FROM lease
		WHERE wh = ? AND operator = ? AND station = ? AND held = 1 ORDER BY slip`,
		operator, r.s.id.Author)
}

// NextSlipID is the authority's next number for a slip, such as CK26071800042.
func (r *Reader) NextSlipID() (SlipID, error) {
	no, err := r.nextNo("CK", `SELECT coalesce(max(slip), '') FROM slip
		WHERE wh = ? AND slip BETWEEN ? AND ?`)
	return SlipID(no), err
}

// NextOrderID is the authority's next number for an order, such as SO26071800042.
func (r *Reader) NextOrderID() (OrderID, error) {
	no, err := r.nextNo("SO", `SELECT coalesce(max(order_id), '') FROM sales_order
		WHERE wh = ? AND order_id BETWEEN ? AND ?`)
	return OrderID(no), err
}

// nextNo is the number after the last one of the day, which q finds: five digits
// behind the day.
func (r *Reader) nextNo(kind, q string) (string, error) {
	prefix := kind + r.Today().compact()[2:]
	var last string
	if _, err := r.one([]any{&last}, q, prefix, prefix+"99999"); err != nil {
		return "", err
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(last, prefix)) // 0 for the first of the day
	if n == 99999 {
		return "", fmt.Errorf("more than %d numbers %s in one day", n, prefix)
	}
	return fmt.Sprintf("%s%05d", prefix, n+1), nil
}

// Tasked reads how much of each line of an order is in slips and still to be
// picked.
func (r *Reader) Tasked(order OrderID) (map[int64]Qty, error) {
	type row struct {
		line int64
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.line, &x.n} }, `
		SELECT q.order_line, CAST(sum(x.want - x.picked - x.short) AS BIGINT) FROM slip_source q
		JOIN line_sum x ON x.wh = q.wh AND x.slip = q.slip AND x.line = q.line
		WHERE q.wh = ? AND q.order_id = ? AND x.want > x.picked + x.short
		GROUP BY q.order_line`, order)
	out := map[int64]Qty{}
	for _, x := range rows {
		out[x.line] = x.n
	}
	return out, err
}

// PlannedLots reads the lots of an item that a slip's tasks asked for.
func (r *Reader) PlannedLots(id SlipID, sku SKU) ([]Lot, error) {
	return ids[Lot](r, `SELECT DISTINCT lot FROM task WHERE wh = ? AND slip = ? AND item = ?
		ORDER BY lot`, id, sku)
}

// SinglesOf finds the picked slips that are for one piece of an item, the most
// urgent first.
func (r *Reader) SinglesOf(sku SKU) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT s.slip FROM line_sum x
		JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
		JOIN slip s ON s.wh = x.wh AND s.slip = x.slip
		WHERE x.wh = ? AND x.picked > x.packed AND l.item = ? AND x.want = 1 AND NOT EXISTS (
			SELECT 1 FROM slip_line o WHERE o.wh = l.wh AND o.slip = l.slip AND o.line <> l.line)
		ORDER BY s.priority DESC, CASE WHEN s.ship_by = 0 THEN 1 ELSE 0 END, s.ship_by, s.slip`,
		sku)
}
