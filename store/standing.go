package store

// A Standing is what is odd about what facts touched, as it stands behind them.
type Standing struct {
	Leases    map[SlipID]Lease
	Over      map[LineOf]SlipLine // of which more was picked than they ask for
	Unstopped map[LineOf]SlipLine // of which more has left than was not stopped
	Balances  map[BatchAt]Qty
	Overdrawn map[SKU]Qty // by how much more is reserved than may be sold
}

// A LineOf names a slip's line.
type LineOf struct {
	Slip SlipID
	Line int64
}

// A BatchAt is a batch in a place.
type BatchAt struct {
	Place Place
	Batch
}

// manyMax is how many keys a statement has room for. Where there are fewer, the last
// stands for the rest.
const manyMax = 40

// The keys of a statement are a table k, beside w with the warehouse. What they stand for
// is looked up by a subquery with one value, which engines make for each key by itself,
// whatever they believe of a table: a join they may turn round.
const (
	manyKeys = `WITH w AS (SELECT CAST(? AS TEXT) AS wh), k (id) AS (VALUES
	(?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?),
	(?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?), (?),
	(?), (?), (?), (?), (?), (?))`
	manyLines = `WITH w AS (SELECT CAST(? AS TEXT) AS wh), k (slip, line) AS (VALUES
	(?, CAST(? AS BIGINT)), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?),
	(?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?),
	(?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?),
	(?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?),
	(?, ?), (?, ?))`
	manySpots = `WITH w AS (SELECT CAST(? AS TEXT) AS wh), k (place, item, lot, serial) AS (VALUES
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?))`
)

// allOf runs q, whose arguments behind the warehouse are many keys, for each key once.
func allOf[K comparable, T any](r *Reader, keys []K, args func(K) []any, dest func(*T) []any,
	q string) (out []T, err error) {
	for len(keys) > 0 {
		var list []any
		for i := range manyMax {
			list = append(list, args(keys[min(i, len(keys)-1)])...)
		}
		rows, err := all(r, dest, q, list...)
		if err != nil {
			return nil, err
		}
		out, keys = append(out, rows...), keys[min(manyMax, len(keys)):]
	}
	return out, nil
}

func itself[K any](k K) []any { return []any{k} }

// keySet keeps keys in the order in which they come, each once.
type keySet[K comparable] struct {
	list []K
	has  map[K]bool
}

func (k *keySet[K]) add(key K) {
	if !k.has[key] {
		if k.has == nil {
			k.has = map[K]bool{}
		}
		k.has[key], k.list = true, append(k.list, key)
	}
}

// Standing reads what is odd about what facts touched: each key once, many at a time.
func (r *Reader) Standing(touches []Touch) (s Standing, err error) {
	var slips keySet[SlipID]
	var lines, gone keySet[LineOf]
	var spots keySet[BatchAt]
	var items keySet[SKU]
	for _, t := range touches {
		switch {
		case t.Order != "" || t.Lies != nil: // nothing here goes by it
		case t.Slip != "" && t.N == 0:
			gone.add(LineOf{t.Slip, t.Line})
		case t.Slip != "":
			slips.add(t.Slip)
			lines.add(LineOf{t.Slip, t.Line})
		case t.Place == "":
			if t.N > 0 {
				items.add(t.Item)
			}
		case t.Place[0] != '@':
			spots.add(BatchAt{t.Place, t.Batch})
			if t.N < 0 {
				items.add(t.Item)
			}
		}
	}
	if s.Leases, err = r.leasesOf(slips.list); err != nil {
		return s, err
	}
	if s.Over, err = r.overPicked(lines.list); err != nil {
		return s, err
	}
	if s.Unstopped, err = r.leftUnstopped(gone.list); err != nil {
		return s, err
	}
	if s.Balances, err = r.balancesOf(spots.list); err != nil {
		return s, err
	}
	s.Overdrawn, err = r.overdrawn(items.list)
	return s, err
}

func (r *Reader) leasesOf(slips []SlipID) (map[SlipID]Lease, error) {
	leases, err := allOf(r, slips, itself, (*Lease).fields, manyKeys+` SELECT k.id,
		coalesce((SELECT l.operator FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), ''),
		coalesce((SELECT l.station FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), ''),
		coalesce((SELECT l.token FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), 0),
		coalesce((SELECT l.held FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), 0),
		coalesce((SELECT l.at FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), 0),
		coalesce((SELECT l.ahead FROM lease l WHERE l.wh = w.wh AND l.slip = k.id), 0)
		FROM w CROSS JOIN k`)
	out := map[SlipID]Lease{}
	for _, l := range leases {
		out[l.Slip] = l
	}
	return out, err
}

func (r *Reader) overPicked(lines []LineOf) (map[LineOf]SlipLine, error) {
	over, err := allOf(r, lines, func(l LineOf) []any { return []any{l.Slip, l.Line} },
		func(l *LineOf) []any { return []any{&l.Slip, &l.Line} }, manyLines+`
		SELECT k.slip, k.line FROM w CROSS JOIN k WHERE
			(SELECT x.picked FROM line_sum x
				WHERE x.wh = w.wh AND x.slip = k.slip AND x.line = k.line) >
			(SELECT l.qty FROM slip_line l
				WHERE l.wh = w.wh AND l.slip = k.slip AND l.line = k.line)`)
	out := map[LineOf]SlipLine{}
	for _, at := range over {
		if err != nil {
			break
		}
		var l SlipLine
		if l, err = r.SlipLine(at.Slip, at.Line); l.Picked > l.N+l.Stopped { // it is known in full
			out[at] = l
		}
	}
	return out, err
}

// leftUnstopped reads the lines of which more has left than was not stopped.
func (r *Reader) leftUnstopped(lines []LineOf) (map[LineOf]SlipLine, error) {
	halted, err := allOf(r, lines, func(l LineOf) []any { return []any{l.Slip, l.Line} },
		func(l *LineOf) []any { return []any{&l.Slip, &l.Line} }, manyLines+`
		SELECT k.slip, k.line FROM w CROSS JOIN k WHERE EXISTS (SELECT 1 FROM slip_stop x
			WHERE x.wh = w.wh AND x.slip = k.slip AND x.line = k.line)`)
	out := map[LineOf]SlipLine{}
	for _, at := range halted {
		if err != nil {
			break
		}
		var l SlipLine
		if l, err = r.SlipLine(at.Slip, at.Line); l.Stopped > 0 && l.Shipped > l.N {
			out[at] = l
		}
	}
	return out, err
}

// batchAndQty is a balance.
type batchAndQty struct {
	BatchAt
	n Qty
}

func (r *Reader) balancesOf(spots []BatchAt) (map[BatchAt]Qty, error) {
	rows, err := allOf(r, spots, func(s BatchAt) []any {
		return []any{s.Place, s.Item, s.Lot, s.Serial}
	}, func(b *batchAndQty) []any {
		return []any{&b.Place, &b.Item, &b.Lot, &b.Serial, &b.n}
	}, manySpots+` SELECT k.place, k.item, k.lot, k.serial, coalesce((SELECT s.n FROM stock s
			WHERE s.wh = w.wh AND s.place = k.place AND s.item = k.item AND s.lot = k.lot
				AND s.serial = k.serial), 0)
		FROM w CROSS JOIN k`)
	out := map[BatchAt]Qty{}
	for _, b := range rows {
		out[b.BatchAt] = b.n
	}
	return out, err
}

type skuAndQty struct {
	sku SKU
	n   Qty
}

// overdrawn reads of which items more is reserved than there is in places that may be
// sold from. These are bins: what an item left behind in cartons and totes is not read.
func (r *Reader) overdrawn(items []SKU) (map[SKU]Qty, error) {
	rows, err := allOf(r, items, itself, func(v *skuAndQty) []any {
		return []any{&v.sku, &v.n}
	}, manyKeys+` SELECT o.item, CAST(o.n - coalesce((SELECT sum(s.n) FROM stock s
			WHERE s.wh = o.wh AND s.item = o.item AND s.place >= 'bin/' AND s.place < 'bin0'
				AND (SELECT p.kind FROM place p WHERE p.wh = s.wh AND p.place = s.place)
					IN ('pick', 'storage')), 0) AS BIGINT)
		FROM (SELECT w.wh AS wh, k.id AS item, (
				SELECT sum(v.want - v.used - v.short) FROM reservation v
				WHERE v.wh = w.wh AND v.item = k.id AND v.want > v.used + v.short) AS n
			FROM w CROSS JOIN k) o
		WHERE o.n > 0`)
	out := map[SKU]Qty{}
	for _, v := range rows {
		out[v.sku] = max(0, v.n)
	}
	return out, err
}
