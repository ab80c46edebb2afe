package store

import "fmt"

// A Batch is what the ledger tells apart in one place: an item, its lot and its
// serial.
type Batch struct {
	Item   SKU    `json:"item"`
	Lot    Lot    `json:"lot,omitempty"`
	Serial Serial `json:"serial,omitempty"`
}

// move is the double entry: what one place loses, another gains.
func move(b Batch, from, to Place, n Qty) []Change {
	return []Change{
		stock.put(from, b.Item, b.Lot, b.Serial, -n),
		stock.put(to, b.Item, b.Lot, b.Serial, n),
	}
}

// StockSet says that a place holds N of a batch where the book said Was: stock
// that a site begins with. What a count finds is not this.
type StockSet struct {
	Place Place `json:"place"`
	Batch
	Was     Qty  `json:"was"`
	N       Qty  `json:"n"`
	Made    Date `json:"made,omitempty"`
	Expires Date `json:"expires,omitempty"`
}

func (StockSet) Kind() string  { return "stock_set" }
func (e StockSet) Ref() string { return string(e.Item) }
func (e StockSet) apply(at Stamp) []Change {
	out := move(e.Batch, AtAdjustment, e.Place, e.N-e.Was)
	if e.Lot != "" {
		out = append(out, LotSeen{e.Item, e.Lot, e.Made, e.Expires}.raise(at))
	}
	return out
}

// A Balance is what the ledger holds of a batch in a place.
type Balance struct {
	Place Place
	Batch
	N       Qty
	Expires Date
}

func (b *Balance) fields() []any {
	return []any{&b.Place, &b.Item, &b.Lot, &b.Serial, &b.N, &b.Expires}
}

// Stock reads every balance that is not zero.
func (r *Reader) Stock() ([]Balance, error) {
	return all(r, (*Balance).fields, `
		SELECT s.place, s.item, s.lot, s.serial, s.n, coalesce(l.expires, 0) FROM stock s
		LEFT JOIN lot l ON l.wh = s.wh AND l.item = s.item AND l.lot = s.lot
		WHERE s.wh = ? AND s.n <> 0 ORDER BY s.place, s.item, s.lot, s.serial`)
}

// StockOf reads what every place of the warehouse holds of an item.
func (r *Reader) StockOf(sku SKU) ([]Balance, error) {
	return all(r, (*Balance).fields, `
		SELECT s.place, s.item, s.lot, s.serial, s.n, coalesce(l.expires, 0) FROM stock s
		LEFT JOIN lot l ON l.wh = s.wh AND l.item = s.item AND l.lot = s.lot
		WHERE s.wh = ? AND s.item = ? AND s.n <> 0 AND (s.place NOT LIKE '@%' OR s.serial <> '')
		ORDER BY s.place, s.lot, s.serial`, sku)
}

// Contents reads what a place holds of every batch.
func (r *Reader) Contents(p Place) ([]Balance, error) {
	return all(r, (*Balance).fields, `
		SELECT s.place, s.item, s.lot, s.serial, s.n, coalesce(l.expires, 0) FROM stock s
		LEFT JOIN lot l ON l.wh = s.wh AND l.item = s.item AND l.lot = s.lot
		WHERE s.wh = ? AND s.place = ? AND s.n <> 0 ORDER BY s.item, s.lot, s.serial`, p)
}

// Holding reads what a place holds of one item.
func (r *Reader) Holding(p Place, sku SKU) ([]Balance, error) {
	return all(r, (*Balance).fields, `
		SELECT s.place, s.item, s.lot, s.serial, s.n, coalesce(l.expires, 0) FROM stock s
		LEFT JOIN lot l ON l.wh = s.wh AND l.item = s.item AND l.lot = s.lot
		WHERE s.wh = ? AND s.place = ? AND s.item = ? AND s.n <> 0 ORDER BY s.lot, s.serial`,
		p, sku)
}

// SerialAt reads where the ledger has a serial: nowhere, or in one place unless
// somebody is wrong.
func (r *Reader) SerialAt(sku SKU, serial Serial) ([]Balance, error) {
	return all(r, (*Balance).fields, `
		SELECT place, item, lot, serial, n, 0 FROM stock
		WHERE wh = ? AND item = ? AND serial = ? AND serial <> '' AND n > 0 ORDER BY place`,
		sku, serial)
}

// Levels are what there is of an item in the places that may be sold from.
type Levels struct {
	OnHand    Qty // unexpired
	Reserved  Qty // for orders, not yet picked
	Available Qty
}

// Levels reads an item's levels. Goods that may not be shipped today do not count.
func (r *Reader) Levels(i Item) (l Levels, err error) {
	if _, err = r.one([]any{&l.OnHand}, `
		SELECT CAST(coalesce(sum(s.n), 0) AS BIGINT) FROM stock s
		JOIN place p ON p.wh = s.wh AND p.place = s.place
		LEFT JOIN lot l ON l.wh = s.wh AND l.item = s.item AND l.lot = s.lot
		WHERE s.wh = ? AND s.item = ? AND p.kind IN ('pick', 'storage') AND p.active = 1
			AND (coalesce(l.expires, 0) = 0 OR l.expires >= ?)`,
		i.SKU, i.shipLimit(r.Today())); err != nil {
		return l, err
	}
	_, err = r.one([]any{&l.Reserved}, `
		SELECT CAST(coalesce(sum(want - used - short), 0) AS BIGINT) FROM reservation
		WHERE wh = ? AND item = ? AND want > used + short`, i.SKU)
	l.Available = max(0, l.OnHand-l.Reserved)
	return l, err
}

// A Spot is where a batch can still be taken from.
type Spot struct {
	Place   Place
	Lot     Lot
	N       Qty // on hand and not allocated to a task
	Expires Date
	walk    int64
}

// Spots reads where an item can be taken from, the earliest expiry first and
// then in walking order.
func (r *Reader) Spots(i Item) ([]Spot, error) {
	return all(r, func(s *Spot) []any {
		return []any{&s.Place, &s.Lot, &s.Expires, &s.walk, &s.N}
	}, `
		WITH held AS (
			SELECT s.place, s.lot, sum(s.n) AS n FROM stock s
			WHERE s.wh = ? AND s.item = ? GROUP BY s.place, s.lot),
		taken AS (
			SELECT a.place, a.lot, sum(a.want - a.picked - a.short) AS n FROM allocation a
			WHERE a.wh = ? AND a.item = ? AND a.want > a.picked + a.short
			GROUP BY a.place, a.lot)
		SELECT h.place, h.lot, coalesce(l.expires, 0), p.walk,
			CAST(h.n - coalesce(t.n, 0) AS BIGINT)
		FROM held h
		CROSS JOIN place p
		LEFT JOIN taken t ON t.place = h.place AND t.lot = h.lot
		LEFT JOIN lot l ON l.wh = ? AND l.item = ? AND l.lot = h.lot
		WHERE p.wh = ? AND p.place = h.place AND p.kind IN ('pick', 'storage') AND p.active = 1
			AND h.n - coalesce(t.n, 0) > 0
			AND (coalesce(l.expires, 0) = 0 OR l.expires >= ?)
		ORDER BY CASE WHEN coalesce(l.expires, 0) = 0 THEN 99999999 ELSE l.expires END,
			p.walk, h.place, h.lot`,
		i.SKU, r.s.id.Warehouse, i.SKU, r.s.id.Warehouse, i.SKU, r.s.id.Warehouse,
		i.shipLimit(r.Today()))
}

// Allot makes tasks for up to n of an item from what the spots still hold, which
// it lessens. The tasks' ids are numbered behind stem.
func Allot(spots []Spot, sku SKU, line int64, n Qty, stem string) (out []PickTask) {
	for i := range spots {
		got := min(n, spots[i].N)
		if got <= 0 {
			continue
		}
		out = append(out, PickTask{ID: TaskID(fmt.Sprint(stem, len(out)+1)), Line: line,
			From: spots[i].Place, Item: sku, Lot: spots[i].Lot, Want: got})
		spots[i].N -= got
		n -= got
	}
	return out
}

// Allocated reads how much of a batch in a place is promised to open tasks other
// than one.
func (r *Reader) Allocated(p Place, b Batch, but TaskID) (n Qty, err error) {
	_, err = r.one([]any{&n}, `
		SELECT CAST(coalesce(sum(want - picked - short), 0) AS BIGINT) FROM allocation
		WHERE wh = ? AND item = ? AND place = ? AND lot = ? AND task <> ?
			AND want > picked + short`, b.Item, p, b.Lot, but)
	return n, err
}

// A HeldTask is an open task of a slip that somebody holds.
type HeldTask struct {
	Slip SlipID
	Task TaskID
	Line int64
	Walk int64
	Left Qty
}

// HeldTasks reads the open tasks but one that take a batch out of a place, of slips that the
// holder of a lease holds where that is.
func (r *Reader) HeldTasks(p Place, b Batch, but TaskID, l Lease) ([]HeldTask, error) {
	return all(r, func(t *HeldTask) []any {
		return []any{&t.Slip, &t.Task, &t.Line, &t.Walk, &t.Left}
	}, `
		SELECT k.slip, k.task, k.line, k.walk, a.want - a.picked - a.short FROM allocation a
		JOIN task k ON k.wh = a.wh AND k.task = a.task
		JOIN lease l ON l.wh = k.wh AND l.slip = k.slip AND l.held = 1
		WHERE a.wh = ? AND a.item = ? AND a.place = ? AND a.lot = ? AND a.task <> ?
			AND a.want > a.picked + a.short AND l.operator = ? AND l.station = ?
		ORDER BY k.slip, k.task`, b.Item, p, b.Lot, but, l.Operator, l.Station)
}

// AllocatedIn reads how much of an item in a place is promised to open tasks.
func (r *Reader) AllocatedIn(p Place, sku SKU) (n Qty, err error) {
	_, err = r.one([]any{&n}, `
		SELECT CAST(coalesce(sum(want - picked - short), 0) AS BIGINT) FROM allocation
		WHERE wh = ? AND item = ? AND place = ? AND want > picked + short`, sku, p)
	return n, err
}

// ExpiryOf is when a lot expires; 0 when it does not, or nobody knows.
func (r *Reader) ExpiryOf(sku SKU, lot Lot) (d Date, err error) {
	_, err = r.one([]any{&d}, `SELECT expires FROM lot WHERE wh = ? AND item = ? AND lot = ?`,
		sku, lot)
	return d, err
}
