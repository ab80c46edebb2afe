package store

import (
	"cmp"
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

// A Slip is an outbound slip as the floor sees it.
type Slip struct {
	ID       SlipID     `json:"id"`
	Carrier  CarrierID  `json:"carrier,omitempty"`
	Mode     Delivery   `json:"mode,omitempty"`
	Service  string     `json:"service,omitempty"`
	Priority int64      `json:"priority,omitempty"`
	ShipBy   int64      `json:"ship_by,omitempty"`
	Released int64      `json:"released"`
	Lines    []SlipLine `json:"lines"`
	Tasks    []PickTask `json:"tasks"` // read in walking order, skipped ones last
	Waybills []Waybill  `json:"waybills,omitempty"`

	Orders  []OrderID `json:"-"`
	Remarks []string  `json:"-"` // the buyer's and the seller's
	Lease   Lease     `json:"-"`
	At      Place     `json:"-"` // where the picker stands: the last bin scanned
	Current TaskID    `json:"-"` // the task that the picker is at, if it is still open
	Totes   []Place   `json:"-"`
	Cartons []Carton  `json:"-"`
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
	var left, picked, short, packed, shipped Qty
	for _, t := range s.Tasks {
		left += t.Left()
	}
	for _, l := range s.Lines {
		picked, short = picked+l.Picked, short+l.Short
		packed, shipped = packed+l.Packed, shipped+l.Shipped
	}
	open := slices.ContainsFunc(s.Cartons, func(c Carton) bool { return c.Step == CartonOpened })
	switch {
	case left > 0 && picked+short == 0 && !bool(s.Lease.Held):
		return SlipReleasedState
	case left > 0:
		return SlipPicking
	case picked == 0:
		return SlipShort
	case shipped >= picked:
		return SlipShipped
	case shipped > 0:
		return SlipPartShipped
	case packed == 0 && !open:
		return SlipPicked
	case packed < picked || open:
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
func (s Slip) Next() (PickTask, bool) {
	var first *PickTask
	for i, t := range s.Tasks {
		if t.Left() == 0 {
			continue
		}
		if t.ID == s.Current {
			return t, true
		}
		if first == nil {
			first = &s.Tasks[i]
		}
	}
	if first == nil {
		return PickTask{}, false
	}
	return *first, true
}

// Task finds a task by its id; a zero one when there is none.
func (s Slip) Task(id TaskID) (t PickTask) {
	if i := slices.IndexFunc(s.Tasks, func(t PickTask) bool { return t.ID == id }); i >= 0 {
		t = s.Tasks[i]
	}
	return t
}

// Line finds a line by its number; a zero one when there is none.
func (s Slip) Line(n int64) (l SlipLine) {
	if i := slices.IndexFunc(s.Lines, func(l SlipLine) bool { return l.Line == n }); i >= 0 {
		l = s.Lines[i]
	}
	return l
}

// Pieces is what the slip asks for in all, and what of it was picked or found
// short, and packed.
func (s Slip) Pieces() (want, done, packed Qty) {
	for _, l := range s.Lines {
		want, done, packed = want+l.N, done+l.Picked+l.Short, packed+l.Packed
	}
	return want, done, packed
}

// Unpacked is how many pieces are picked and in no carton.
func (s Slip) Unpacked() (n Qty) {
	for _, l := range s.Lines {
		n += max(0, l.Picked-l.Packed)
	}
	return n
}

// LinesDone counts the lines that need no more picking.
func (s Slip) LinesDone() (n int) {
	for _, l := range s.Lines {
		if l.Picked+l.Short >= l.N {
			n++
		}
	}
	return n
}

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
	Slip SlipID `json:"slip"`
	Tote Place  `json:"tote"`
}

func (ToteBound) Kind() string  { return "tote_bound" }
func (e ToteBound) Ref() string { return string(e.Slip) }
func (e ToteBound) apply(at Stamp) []Change {
	return []Change{slipTotes.raise(at, e.Slip, e.Tote, Bit(true))}
}

// Slip reads one slip with all that the floor must know. It refuses with NotFound.
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
	if err := r.slipLines(&s); err != nil {
		return s, err
	}
	if err := r.slipTasks(&s); err != nil {
		return s, err
	}
	if s.Totes, err = ids[Place](r, `
		SELECT tote FROM slip_tote WHERE wh = ? AND slip = ? AND bound = 1 ORDER BY tote`,
		id); err != nil {
		return s, err
	}
	if s.Cartons, err = r.cartonsOf(id); err != nil {
		return s, err
	}
	s.Waybills, err = r.WaybillsOf(id)
	return s, err
}

// slipLines reads the lines with their items, and the orders that they are for.
func (r *Reader) slipLines(s *Slip) error {
	type row struct {
		line          SlipLine
		src           Source
		buyer, seller string
	}
	rows, err := all(r, func(x *row) []any {
		l := &x.line
		return append(l.About.fields(), &l.Line, &l.N, &l.Picked, &l.Short, &l.Packed, &l.Shipped,
			&l.Code,
			&x.src.Order, &x.src.Line, &x.src.N, &x.buyer, &x.seller)
	}, `
		SELECT `+itemColumns+`, l.line, l.qty, x.picked, x.short, x.packed, x.shipped,
			coalesce((SELECT min(c.code) FROM item_code c WHERE c.wh = l.wh AND c.item = l.item
				AND c.qty = 1 AND c.active = 1), l.item),
			q.order_id, q.order_line, q.qty, o.buyer_remark, o.seller_remark
		FROM slip_line l
		JOIN item i ON i.wh = l.wh AND i.item = l.item
		JOIN line_sum x ON x.wh = l.wh AND x.slip = l.slip AND x.line = l.line
		JOIN slip_source q ON q.wh = l.wh AND q.slip = l.slip AND q.line = l.line
		JOIN sales_order o ON o.wh = q.wh AND o.order_id = q.order_id
		WHERE l.wh = ? AND l.slip = ? ORDER BY l.line, q.order_id, q.order_line`, s.ID)
	for _, x := range rows {
		if n := len(s.Lines); n == 0 || s.Lines[n-1].Line != x.line.Line {
			x.line.Item = x.line.About.SKU
			s.Lines = append(s.Lines, x.line)
		}
		last := &s.Lines[len(s.Lines)-1]
		last.Sources = append(last.Sources, x.src)
		if !slices.Contains(s.Orders, x.src.Order) {
			s.Orders = append(s.Orders, x.src.Order)
			for _, text := range []string{x.buyer, x.seller} {
				if text != "" {
					s.Remarks = append(s.Remarks, text)
				}
			}
		}
	}
	return err
}

// slipTasks reads the tasks: those skipped least often first, in walking order.
func (r *Reader) slipTasks(s *Slip) (err error) {
	s.Tasks, err = all(r, func(t *PickTask) []any {
		return []any{&t.ID, &t.Line, &t.From, &t.Item, &t.Lot, &t.Want, &t.Picked, &t.Short,
			&t.Skipped, &t.Walk, &t.Expires}
	}, `
		SELECT t.task, t.line, t.place, t.item, t.lot, t.want, a.picked, a.short,
			coalesce(k.n, 0), coalesce(p.walk, 0), coalesce(x.expires, 0)
		FROM task t
		JOIN allocation a ON a.wh = t.wh AND a.item = t.item AND a.place = t.place
			AND a.lot = t.lot AND a.task = t.task
		LEFT JOIN skip k ON k.wh = t.wh AND k.task = t.task
		LEFT JOIN place p ON p.wh = t.wh AND p.place = t.place
		LEFT JOIN lot x ON x.wh = t.wh AND x.item = t.item AND x.lot = t.lot
		WHERE t.wh = ? AND t.slip = ?`, s.ID)
	for i := range s.Tasks {
		line := s.Line(s.Tasks[i].Line)
		s.Tasks[i].About, s.Tasks[i].Code = line.About, line.Code
	}
	slices.SortFunc(s.Tasks, func(a, b PickTask) int {
		return cmp.Or(cmp.Compare(a.Skipped, b.Skipped), cmp.Compare(a.Walk, b.Walk),
			cmp.Compare(a.From, b.From), cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID))
	})
	return err
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

// HeldBy reads the leases that an operator holds.
func (r *Reader) HeldBy(operator OperatorID) ([]Lease, error) {
	return all(r, func(l *Lease) []any {
		return []any{&l.Slip, &l.Operator, &l.Station, &l.Token, &l.Held, &l.At}
	}, `
		SELECT slip, operator, station, token, held, at FROM lease
		WHERE wh = ? AND operator = ? AND held = 1 ORDER BY slip`, operator)
}

// NextSlipID is the authority's next number for a slip, such as CK26071800042.
func (r *Reader) NextSlipID() (SlipID, error) {
	no, err := r.next("CK", `SELECT coalesce(max(slip), '') FROM slip
		WHERE wh = ? AND slip BETWEEN ? AND ?`)
	return SlipID(no), err
}

// NextOrderID is the authority's next number for an order, such as SO26071800042.
func (r *Reader) NextOrderID() (OrderID, error) {
	no, err := r.next("SO", `SELECT coalesce(max(order_id), '') FROM sales_order
		WHERE wh = ? AND order_id BETWEEN ? AND ?`)
	return OrderID(no), err
}

// next is the number after the last one of the day, which q finds: five digits
// behind the day.
func (r *Reader) next(kind, q string) (string, error) {
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

// SingleOf finds the most urgent picked slip that is for one piece of an item;
// empty when there is none.
func (r *Reader) SingleOf(sku SKU) (id SlipID, err error) {
	_, err = r.one([]any{&id}, `
		SELECT s.slip FROM line_sum x
		JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
		JOIN slip s ON s.wh = x.wh AND s.slip = x.slip
		WHERE x.wh = ? AND x.picked > x.packed AND l.item = ? AND x.want = 1 AND NOT EXISTS (
			SELECT 1 FROM slip_line o WHERE o.wh = l.wh AND o.slip = l.slip AND o.line <> l.line)
		ORDER BY s.priority DESC, CASE WHEN s.ship_by = 0 THEN 1 ELSE 0 END, s.ship_by, s.slip
		LIMIT 1`, sku)
	return id, err
}

// Title is what the slip calls an item.
func (s Slip) Title(sku SKU) string {
	for _, l := range s.Lines {
		if l.Item == sku {
			return l.About.Title()
		}
	}
	return string(sku)
}
