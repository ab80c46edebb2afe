package store

// GoodsSorted says that N of a batch, which were picked for several slips into one tote, went to
// the compartment of one of them: a tote that is the slip's from then on. Instead are those that
// were taken for it by mistake.
type GoodsSorted struct {
	Slip SlipID `json:"slip"`
	Batch
	From    Place   `json:"from"`
	To      Place   `json:"to"`
	N       Qty     `json:"n"`
	Code    string  `json:"code,omitempty"`
	Instead []Place `json:"instead,omitempty"`
}

func (GoodsSorted) Kind() string  { return "goods_sorted" }
func (e GoodsSorted) Ref() string { return string(e.Slip) }
func (e GoodsSorted) apply(at Stamp) []Change {
	out := append(move(e.Batch, e.From, e.To, e.N),
		slipTotes.raise(at, e.Slip, e.To, Bit(true)))
	for _, tote := range e.Instead {
		out = append(out, slipTotes.raise(at, e.Slip, tote, Bit(false)))
	}
	return out
}

// plausible: a station sorts goods from one tote into another.
func (e GoodsSorted) plausible() bool {
	return e.N > 0 && e.From.Is("tote") && e.To.Is("tote") && e.From != e.To
}

// Loose reads what of a slip is picked and in no carton, by its items.
func (r *Reader) Loose(id SlipID) (map[SKU]Qty, error) {
	type row struct {
		item SKU
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.item, &x.n} }, `
		SELECT l.item, CAST(sum(x.picked - x.packed) AS BIGINT) FROM line_sum x
		JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
		WHERE x.wh = ? AND x.slip = ? AND x.picked > x.packed
		GROUP BY l.item ORDER BY l.item`, id)
	out := map[SKU]Qty{}
	for _, x := range rows {
		out[x.item] = x.n
	}
	return out, err
}

// SharedTotes reads the totes that hold something, and are those of several slips with goods in
// no carton.
func (r *Reader) SharedTotes(limit int) ([]Place, error) {
	return ids[Place](r, `
		WITH loose AS (
			SELECT DISTINCT x.slip FROM line_sum x WHERE x.wh = ? AND x.picked > x.packed)
		SELECT b.tote FROM loose o
		JOIN slip_tote b ON b.wh = ? AND b.slip = o.slip AND b.bound = 1
		WHERE EXISTS (SELECT 1 FROM stock k WHERE k.wh = b.wh AND k.place = b.tote AND k.n > 0)
		GROUP BY b.tote HAVING count(*) > 1 ORDER BY b.tote LIMIT ?`, r.s.id.Warehouse, limit)
}

// CameAfter reads the slips that took a tote behind the last time that goods of a slip went into
// one of its own.
func (r *Reader) CameAfter(tote Place, id SlipID, own Place) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT b.slip FROM slip_tote x
		JOIN slip_tote b ON b.wh = x.wh AND b.slip <> x.slip AND b.bound = 1
			AND b.stamp > x.stamp
		WHERE x.wh = ? AND x.slip = ? AND x.tote = ? AND b.tote = ? ORDER BY b.slip`,
		id, own, tote)
}
