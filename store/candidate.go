package store

// A Candidate is a bin that may be counted, with what speaks for it.
type Candidate struct {
	Place Place
	Zone  string
	Walk  int64
	Last  int64  // when all of it, or the item, was counted, milliseconds UTC; 0 never
	Lines int64  // that the book has there
	Worth Money  // of it, at cost
	Class string // the highest of what lies there; empty for none
}

// Candidates reads the bins that goods are sold from and that nobody is to count yet: those
// of a zone, with an item or at a place where these are not empty, in walking order.
func (r *Reader) Candidates(zone string, sku SKU, p Place) ([]Candidate, error) {
	return all(r, func(c *Candidate) []any {
		return []any{&c.Place, &c.Zone, &c.Walk, &c.Last, &c.Lines, &c.Worth, &c.Class}
	}, `
		WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS TEXT) AS item)
		SELECT p.place, p.zone, p.walk, coalesce((SELECT max(d.at) FROM count_done d
				WHERE d.wh = p.wh AND d.place = p.place AND d.item IN ('', w.item)), 0),
			count(s.n),
			CAST(coalesce(sum(s.n * i.cost), 0) AS BIGINT), coalesce(min(c.class), '')
		FROM w JOIN place p ON p.wh = w.wh
		LEFT JOIN stock s ON s.wh = p.wh AND s.place = p.place AND s.n <> 0
		LEFT JOIN item i ON i.wh = s.wh AND i.item = s.item
		LEFT JOIN item_class c ON c.wh = s.wh AND c.item = s.item
		WHERE p.kind IN ('pick', 'storage') AND p.active = 1
			AND (p.zone = ? OR ? = '') AND (p.place = ? OR ? = '')
			AND (w.item = '' OR EXISTS (SELECT 1 FROM stock x
				WHERE x.wh = p.wh AND x.place = p.place AND x.item = w.item AND x.n <> 0))
			AND NOT EXISTS (SELECT 1 FROM count_task k
				JOIN todo t ON t.wh = k.wh AND t.kind = 'count' AND t.ref = k.task AND t.open = 1
				WHERE k.wh = p.wh AND k.place = p.place AND k.item IN ('', w.item))
		GROUP BY p.wh, p.place, p.zone, p.walk, w.item ORDER BY p.walk, p.place`,
		sku, zone, zone, p, p)
}

// TouchedSince reads when something last moved in or out of bins, since a time. That a bin's
// book was put right moved nothing.
func (r *Reader) TouchedSince(at int64) (map[Place]int64, error) {
	out := map[Place]int64{}
	err := each(r, (*Fact).columns, func(f Fact) error {
		env, err := f.Envelope()
		if err != nil {
			return err
		}
		for _, t := range Touches([]Envelope{env}) {
			if t.Place.Is("bin") {
				out[t.Place] = max(out[t.Place], env.At)
			}
		}
		return nil
	}, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND at >= ? AND parked = 0 AND kind <> 'stock_adjusted'`, at)
	return out, err
}

// ExceptionsUncounted reads the open discrepancies of bins that no count was planned for.
func (r *Reader) ExceptionsUncounted(limit int) ([]Discrepancy, error) {
	return all(r, (*Discrepancy).fields, `SELECT `+discColumns+` FROM todo t
		JOIN discrepancy d ON d.wh = t.wh AND d.disc = t.ref
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'discrepancy' AND d.place LIKE 'bin/%'
			AND d.item <> '' AND NOT EXISTS (
				SELECT 1 FROM count_task k WHERE k.wh = d.wh AND k.disc = d.disc)
		ORDER BY d.place, d.item, t.at LIMIT ?`, limit)
}

// SoldSince reads what left of each item, at its price, on slips of which a carton left since
// a time.
func (r *Reader) SoldSince(at int64) (out []Sold, err error) {
	return all(r, func(s *Sold) []any { return []any{&s.Item, &s.N, &s.Worth, &s.Class} }, `
		SELECT i.item, CAST(coalesce(x.n, 0) AS BIGINT),
			CAST(coalesce(x.n, 0) * i.price AS BIGINT), coalesce(c.class, '')
		FROM item i
		LEFT JOIN (SELECT s.wh, s.item, sum(s.n) AS n
			FROM (SELECT DISTINCT k.wh, k.slip FROM carton_state q CROSS JOIN carton k
				WHERE q.wh = ? AND q.step = 2 AND q.at >= ? AND k.wh = q.wh
					AND k.carton = q.carton) g
			CROSS JOIN sent s WHERE s.wh = g.wh AND s.slip = g.slip GROUP BY s.wh, s.item) x
			ON x.wh = i.wh AND x.item = i.item
		LEFT JOIN item_class c ON c.wh = i.wh AND c.item = i.item
		WHERE i.wh = ? ORDER BY 3 DESC, i.item`, at, r.s.id.Warehouse)
}

// A Sold item is what it sold for, and its class so far.
type Sold struct {
	Item  SKU
	N     Qty
	Worth Money
	Class string
}

// PlannedSince says whether the authority planned the counts of a day by itself, since a time.
func (r *Reader) PlannedSince(at int64) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM count_plan
		WHERE wh = ? AND at >= ? AND why = 'turn'`, at)
	return n > 0, err
}
