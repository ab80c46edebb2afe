package store

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
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
	SlipShort         SlipState = "short"     // nothing of it was found
	SlipStopped       SlipState = "stopped"   // all that was picked of it is to be put back
	SlipWithdrawn     SlipState = "withdrawn" // nobody is to work on it any more
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
	Walk     int64      `json:"walk,omitempty"`  // its length in millimetres; 0 is not known
	Plain    int64      `json:"plain,omitempty"` // in the order of the bins' codes
	Lines    []SlipLine `json:"lines"`
	Tasks    []PickTask `json:"tasks"`
	Waybills []Waybill  `json:"waybills,omitempty"`

	Stopped Qty   `json:"-"` // pieces that were intercepted, picked or not, ever
	Due     []Due `json:"-"` // what of them is to be put back, by line

	Told    SlipState `json:"-"` // withdrawn, or empty
	Sums    Sums      `json:"-"`
	Task    PickTask  `json:"-"` // the task to walk to; zero when none is open
	Line    SlipLine  `json:"-"` // that it is for
	Remarks []string  `json:"-"` // the buyer's and the seller's; of a whole slip
	Lease   Lease     `json:"-"`
	At      Place     `json:"-"` // where the picker stands: the last bin scanned
	Current TaskID    `json:"-"` // the task that the picker is at, if it is still open
	Totes   []Place   `json:"-"` // that it is in, the one that is filled first
	Cartons []Carton  `json:"-"`
}

// Sums are what the lines of a slip come to.
type Sums struct {
	Lines, LinesDone                     int64
	Want, Picked, Short, Packed, Shipped Qty
	Unpacked                             Qty // picked, to be sent, and in no carton
	Due                                  Qty // to be put back
}

// A PickTask asks for one batch of one item from one bin.
type PickTask struct {
	ID   TaskID `json:"id"`
	Line int64  `json:"line"`
	From Place  `json:"from"`
	Item SKU    `json:"item"`
	Lot  Lot    `json:"lot,omitempty"` // empty: any
	Want Qty    `json:"want"`
	Walk int64  `json:"walk,omitempty"` // its turn on the walk; 0 is by the bin's

	Picked, Short Qty    `json:"-"` // sums, not a part of the fact
	Skipped       int64  `json:"-"`
	Expires       Date   `json:"-"`
	Zone          string `json:"-"` // of its bin
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
	case s.Told != "":
		return s.Told
	case toPick && n.Picked+n.Short == 0 && !bool(s.Lease.Held):
		return SlipReleasedState
	case toPick:
		return SlipPicking
	case n.Want == 0 && n.Picked == 0:
		return SlipWithdrawn
	case n.Picked == 0:
		return SlipShort
	case n.Due > 0 && n.Due == n.Picked:
		return SlipStopped
	case n.Shipped >= n.Picked-n.Due:
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

// A Lease says who works on a slip. The highest token is the lease.
type Lease struct {
	Slip     SlipID     `json:"slip"`
	Operator OperatorID `json:"operator"`
	Station  StationID  `json:"station"`
	Token    int64      `json:"token"`
	Held     Bit        `json:"held"`
	At       int64      `json:"at"`
	Ahead    Bit        `json:"ahead,omitempty"` // taken along, to where there is no line

	Name string `json:"-"` // of the operator
	Seen int64  `json:"-"` // when the slip was last worked on
}

// Who is what the operator is called; else their number.
func (l Lease) Who() string { return cmp.Or(l.Name, string(l.Operator)) }

func (l Lease) raise(at Stamp) Change {
	return leases.raise(at.After(l.Token), l.Slip, l.Operator, l.Station, l.Token, l.Held, l.At,
		l.Ahead)
}

// aheadMax is how long a slip stays taken that was taken along.
const aheadMax = 12 * time.Hour

// Lasts is how long a lease lasts of somebody who is not heard of, where work in hand
// lasts for the idle time.
func (l Lease) Lasts(idle time.Duration) time.Duration {
	if bool(l.Ahead) {
		return max(idle, aheadMax)
	}
	return idle
}

// SlipReleased says that the authority handed a slip to the floor.
type SlipReleased struct{ Slip }

func (SlipReleased) Kind() string  { return "slip_released" }
func (e SlipReleased) Ref() string { return string(e.ID) }
func (e SlipReleased) apply(at Stamp) []Change {
	out := []Change{slips.put(e.ID, e.Carrier, e.Mode, e.Service, e.Priority, e.ShipBy,
		e.Released, e.Walk, e.Plain)}
	for _, l := range e.Lines {
		out = append(out, slipLines.put(e.ID, l.Line, l.Item, l.N),
			lineSums.put(e.ID, l.Line, l.N, Qty(0), Qty(0), Qty(0), Qty(0)))
		for _, s := range l.Sources {
			out = append(out, slipSources.put(e.ID, l.Line, s.Order, s.Line, s.N),
				sums{tasked: s.N}.add(l.Item, s.Order, s.Line))
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
		tasks.put(t.ID, slip, t.Line, t.From, t.Item, t.Lot, t.Want, t.Walk),
		allocations.put(t.Item, t.From, t.Lot, t.ID, t.Want, Qty(0), Qty(0)),
	}
}

// SlipStarted says that an operator works on a slip from now on. From is who did before,
// where that was another: whoever goes on stands elsewhere.
type SlipStarted struct {
	Lease
	From OperatorID `json:"from,omitempty"`
	Over Bit        `json:"over,omitempty"` // it was taken over: they were still at it
}

func (SlipStarted) Kind() string  { return "slip_started" }
func (e SlipStarted) Ref() string { return string(e.Slip) }
func (e SlipStarted) apply(at Stamp) []Change {
	out := []Change{e.raise(at)}
	if e.From != "" {
		out = append(out, works.raise(at, e.Slip, TaskID(""), Place(""), e.At))
	}
	return out
}

// SlipsClaimed says that an operator took slips along, to pick where there is no line.
type SlipsClaimed struct {
	Operator OperatorID `json:"operator"`
	Leases   []Lease    `json:"leases"`
	Anew     []SlipID   `json:"anew,omitempty"` // of them, those that another worked on before
}

func (SlipsClaimed) Kind() string  { return "slips_claimed" }
func (e SlipsClaimed) Ref() string { return string(e.Operator) }
func (e SlipsClaimed) apply(at Stamp) (out []Change) {
	for _, l := range e.Leases {
		out = append(out, l.raise(at))
		if slices.Contains(e.Anew, l.Slip) { // whoever goes on stands elsewhere
			out = append(out, works.raise(at, l.Slip, TaskID(""), Place(""), l.At))
		}
	}
	return out
}

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
func (r *Reader) Slip(id SlipID) (Slip, error) { return r.SlipAt(id, "") }

// SlipAt is Slip for whoever is at a task of it, where that is open: several slips that are
// picked in one walk have an order of their own.
func (r *Reader) SlipAt(id SlipID, task TaskID) (s Slip, err error) {
	s.ID = id
	found, err := r.one([]any{&s.Carrier, &s.Mode, &s.Service, &s.Priority, &s.ShipBy,
		&s.Released, &s.Walk, &s.Plain, &s.Told, &s.Lease.Operator, &s.Lease.Station,
		&s.Lease.Token, &s.Lease.Held,
		&s.Lease.At, &s.Lease.Ahead, &s.Lease.Name, &s.Current, &s.At, &s.Lease.Seen}, `
		SELECT s.carrier, s.mode, s.service, s.priority, s.ship_by, s.released,
			s.walk, s.plain, coalesce(t.state, ''),
			coalesce(l.operator, ''), coalesce(l.station, ''), coalesce(l.token, 0),
			coalesce(l.held, 0), coalesce(l.at, 0), coalesce(l.ahead, 0), coalesce(o.name, ''),
			coalesce(w.task, ''), coalesce(w.place, ''), coalesce(w.at, 0)
		FROM slip s
		LEFT JOIN lease l ON l.wh = s.wh AND l.slip = s.slip
		LEFT JOIN slip_state t ON t.wh = s.wh AND t.slip = s.slip
		LEFT JOIN operator o ON o.wh = l.wh AND o.operator = l.operator
		LEFT JOIN work w ON w.wh = s.wh AND w.slip = s.slip
		WHERE s.wh = ? AND s.slip = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	if err != nil {
		return s, err
	}
	s.Current = cmp.Or(task, s.Current)
	s.Lease.Slip = id
	s.Lease.Seen = max(s.Lease.Seen, s.Lease.At)
	if err := r.sums(&s); err != nil {
		return s, err
	}
	if err := r.stops(&s); err != nil {
		return s, err
	}
	if s.Told != SlipWithdrawn {
		if err := r.next(&s); err != nil {
			return s, err
		}
	}
	if s.Totes, err = ids[Place](r, `
		SELECT tote FROM slip_tote WHERE wh = ? AND slip = ? AND bound = 1
		ORDER BY stamp DESC, tote`,
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

// taskColumns need the tables of taskTables: an open task with its zone and the expiry of its lot.
const taskColumns = `t.task, t.line, t.place, t.item, t.lot, a.want, t.walk, a.picked, a.short,
	coalesce(x.expires, 0), coalesce(p.zone, '')`

const taskTables = `allocation a
	JOIN task t ON t.wh = a.wh AND t.task = a.task
	LEFT JOIN place p ON p.wh = t.wh AND p.place = t.place
	LEFT JOIN lot x ON x.wh = t.wh AND x.item = t.item AND x.lot = t.lot`

// taskOrder is how the open tasks of a slip follow one another.
const taskOrder = `ORDER BY coalesce(k.n, 0), t.walk, coalesce(p.walk, 0), t.place, t.line, t.task
	LIMIT 1`

// next reads the task to walk to: the one the picker is at, else the one skipped
// least often that comes first in walking order.
func (r *Reader) next(s *Slip) (err error) {
	t, open := &s.Task, false
	fields := []any{&t.ID, &t.Line, &t.From, &t.Item, &t.Lot, &t.Want, &t.Walk, &t.Picked,
		&t.Short, &t.Expires, &t.Zone}
	if s.Current != "" { // a slip can have hundreds of others
		open, err = r.one(fields, `SELECT `+taskColumns+` FROM `+taskTables+`
			WHERE a.wh = ? AND a.task = ? AND t.slip = ? AND a.want > a.picked + a.short`,
			s.Current, s.ID)
	}
	if err == nil && !open {
		from, to := s.ID.within()
		open, err = r.one(fields, `SELECT `+taskColumns+` FROM `+taskTables+`
			LEFT JOIN skip k ON k.wh = t.wh AND k.task = t.task
			WHERE a.wh = ? AND a.task > ? AND a.task < ? AND a.want > a.picked + a.short
			`+taskOrder, from, to)
	}
	if err != nil || !open {
		return err
	}
	s.Line, err = r.SlipLine(s.ID, t.Line)
	t.About, t.Code = s.Line.About, s.Line.Code
	return err
}

// SlipIn is Slip for whoever picks it in one zone: at a task there, where one is open, else at
// one of another zone. No zone is all of them.
func (r *Reader) SlipIn(id SlipID, zone string) (Slip, error) {
	s, err := r.Slip(id)
	if err != nil || zone == "" || s.Task.ID == "" || s.Task.Zone == zone {
		return s, err
	}
	var task TaskID
	from, to := id.within()
	open, err := r.one([]any{&task}, `SELECT a.task FROM `+taskTables+`
		LEFT JOIN skip k ON k.wh = t.wh AND k.task = t.task
		WHERE a.wh = ? AND a.task > ? AND a.task < ? AND a.want > a.picked + a.short
			AND p.zone = ? `+taskOrder, from, to, zone)
	if err != nil || !open {
		return s, err
	}
	return r.SlipAt(id, task)
}

// OpenTasks counts the open tasks of a slip, in one zone or, with none, in all; and the most
// often that any of its tasks was skipped.
func (r *Reader) OpenTasks(id SlipID, zone string) (open, skipped int64, err error) {
	from, to := id.within()
	if open, err = r.count(`SELECT count(*) FROM `+taskTables+`
		WHERE a.wh = ? AND a.task > ? AND a.task < ? AND a.want > a.picked + a.short
			AND (CAST(? AS TEXT) = '' OR p.zone = ?)`, from, to, zone, zone); err != nil {
		return 0, 0, err
	}
	skipped, err = r.count(`SELECT coalesce(max(n), 0) FROM skip
		WHERE wh = ? AND task > ? AND task < ?`, from, to)
	return open, skipped, err
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
		return []any{&t.ID, &t.Line, &t.From, &t.Item, &t.Lot, &t.Want, &t.Walk, &t.Picked,
			&t.Short, &t.Expires, &t.Zone}
	}, `
		SELECT `+taskColumns+`
		FROM task t
		JOIN allocation a ON a.wh = t.wh AND a.item = t.item AND a.place = t.place
			AND a.lot = t.lot AND a.task = t.task
		LEFT JOIN place p ON p.wh = t.wh AND p.place = t.place
		LEFT JOIN lot x ON x.wh = t.wh AND x.item = t.item AND x.lot = t.lot
		WHERE t.wh = ? AND t.slip = ?
		ORDER BY t.walk, coalesce(p.walk, 0), t.place, t.line, t.task`, id); err != nil {
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

// OrdersOn reads the orders that a slip is for.
func (r *Reader) OrdersOn(slip SlipID) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT DISTINCT order_id FROM slip_source
		WHERE wh = ? AND slip = ? ORDER BY order_id`, slip)
}

// OrdersWith reads the orders that a waybill was bought with.
func (r *Reader) OrdersWith(no WaybillNo) ([]OrderID, error) {
	return ids[OrderID](r, `SELECT order_id FROM sales_order
		WHERE wh = ? AND waybill = ? AND waybill <> '' ORDER BY order_id`, no)
}

// LiveSlips reads the slips that were made for an order, and neither withdrawn nor stopped.
func (r *Reader) LiveSlips(order OrderID) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT DISTINCT q.slip FROM slip_source q
		LEFT JOIN slip_state t ON t.wh = q.wh AND t.slip = q.slip
		WHERE q.wh = ? AND q.order_id = ? AND coalesce(t.state, '') <> 'withdrawn'
			AND `+kept+` > 0
		ORDER BY q.slip`, order)
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
// behind the day. A central server that was restored leaves out as many as it may have
// given to others in what it lost.
func (r *Reader) nextNo(kind, q string) (string, error) {
	prefix := kind + r.Today().compact()[2:]
	from := (r.s.epoch.Load() - 1) % 10 * 10_000
	var last string
	if _, err := r.one([]any{&last}, q, fmt.Sprintf("%s%05d", prefix, from),
		prefix+"99999"); err != nil {
		return "", err
	}
	n := int(from)
	if last != "" {
		n, _ = strconv.Atoi(strings.TrimPrefix(last, prefix)) // we wrote it
	}
	if n == 99999 {
		return "", fmt.Errorf("more than %d numbers %s in one day", n, prefix)
	}
	return fmt.Sprintf("%s%05d", prefix, n+1), nil
}

// PlannedLots reads the lots of an item that a slip's tasks asked for.
func (r *Reader) PlannedLots(id SlipID, sku SKU) ([]Lot, error) {
	return ids[Lot](r, `SELECT DISTINCT lot FROM task WHERE wh = ? AND slip = ? AND item = ?
		ORDER BY lot`, id, sku)
}

// PickedBy reads who picked for a slip what was not put back.
func (r *Reader) PickedBy(id SlipID) ([]OperatorID, error) {
	return ids[OperatorID](r, `
		SELECT DISTINCT e.operator FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind = 'item_picked' AND NOT EXISTS (
			SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.operator`, id)
}

// Taken is a lot that was picked or packed for a slip; Expired is its last day, where a supervisor
// let that pass. N is how many more pieces wait to be packed by that: below zero for packed ones.
type Taken struct {
	Lot     Lot
	Expired Date
	N       Qty
}

// TakenFor reads what was picked or packed of an item for a slip, and not put back.
func (r *Reader) TakenFor(id SlipID, sku SKU) (out []Taken, err error) {
	facts, err := all(r, (*Fact).columns, `
		SELECT coalesce(e.rev, 0), e.bytes, e.hash FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind IN ('item_picked', 'item_packed')
			AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.at, e.author, e.epoch, e.seq`, id)
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		switch e := known(&env).(type) {
		case ItemPicked:
			if e.Item == sku {
				out = append(out, Taken{e.Lot, e.Expired, e.N})
			}
		case ItemPacked:
			if e.Item == sku {
				out = append(out, Taken{e.Lot, e.Expired, -e.N})
			}
		}
	}
	return out, err
}

// A SlipTote is a tote of a slip, and which of the items that are still to be packed lie in it.
type SlipTote struct {
	Tote  Place
	Items []SKU
}

// TotesOf reads the totes that goods of a slip are picked into.
func (r *Reader) TotesOf(id SlipID) (out []SlipTote, err error) {
	type row struct {
		tote Place
		item SKU
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.tote, &x.item} }, `
		SELECT DISTINCT t.tote, coalesce(k.item, '') FROM slip_tote t
		LEFT JOIN stock k ON k.wh = t.wh AND k.place = t.tote AND k.n > 0 AND k.item IN (
			SELECT l.item FROM line_sum x
			JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
			WHERE x.wh = t.wh AND x.slip = t.slip AND x.picked > x.packed)
		WHERE t.wh = ? AND t.slip = ? AND t.bound = 1 ORDER BY t.tote, 2`, id)
	for _, x := range rows {
		if n := len(out); n == 0 || out[n-1].Tote != x.tote {
			out = append(out, SlipTote{Tote: x.tote})
		}
		if t := &out[len(out)-1]; x.item != "" {
			t.Items = append(t.Items, x.item)
		}
	}
	return out, err
}

// LeaseOf reads who works on a slip, or did last; a zero lease when nobody ever did.
func (r *Reader) LeaseOf(id SlipID) (l Lease, err error) {
	_, err = r.one(l.fields(), `
		SELECT slip, operator, station, token, held, at, ahead FROM lease
		WHERE wh = ? AND slip = ?`, id)
	return l, err
}
