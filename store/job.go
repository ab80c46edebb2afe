package store

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
func (r *Reader) ToPick(limit int) ([]Job, error) { return r.ToPickBy("", limit) }

// ToPickBy is ToPick with the slips that an operator holds before the others.
func (r *Reader) ToPickBy(operator OperatorID, limit int) ([]Job, error) {
	return all(r, (*Job).fields, `
		WITH open AS (
			SELECT x.slip, count(*) AS lines FROM line_sum x
			WHERE x.wh = ? AND x.want > x.picked + x.short GROUP BY x.slip)
		SELECT s.slip, s.carrier, s.priority, s.ship_by, o.lines,
			(SELECT CAST(sum(x.want) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip),
			(SELECT CAST(sum(x.picked + x.short) AS BIGINT) FROM line_sum x
				WHERE x.wh = s.wh AND x.slip = s.slip),`+jobHolder,
		r.s.id.Warehouse, operator, limit)
}

// jobHolder is the end of a list of slips to pick, open to be joined.
const jobHolder = `
			CASE WHEN l.held = 1 THEN l.operator ELSE '' END,
			CASE WHEN l.held = 1 THEN coalesce(p.name, '') ELSE '' END
		FROM open o
		JOIN slip s ON s.wh = ? AND s.slip = o.slip
		LEFT JOIN lease l ON l.wh = s.wh AND l.slip = s.slip
		LEFT JOIN operator p ON p.wh = l.wh AND p.operator = l.operator
		LEFT JOIN slip_state t ON t.wh = s.wh AND t.slip = s.slip
		WHERE coalesce(t.state, '') <> 'withdrawn'
		ORDER BY CASE WHEN l.held = 1 AND l.operator = ? THEN 0 ELSE 1 END,
			s.priority DESC, CASE WHEN s.ship_by = 0 THEN 1 ELSE 0 END, s.ship_by, s.slip
		LIMIT ?`

// ToPickIn is ToPickBy for who picks in one zone: the slips with something left to pick there,
// each with what the zone has of it. No zone is all of them.
func (r *Reader) ToPickIn(zone string, operator OperatorID, limit int) ([]Job, error) {
	if zone == "" {
		return r.ToPickBy(operator, limit)
	}
	return all(r, (*Job).fields, `
		WITH open AS (
			SELECT k.slip, count(*) AS tasks, CAST(sum(a.want) AS BIGINT) AS pieces,
				CAST(sum(a.picked + a.short) AS BIGINT) AS done
			FROM place z
			JOIN allocation a ON a.wh = z.wh AND a.place = z.place
				AND a.want > a.picked + a.short
			JOIN task k ON k.wh = a.wh AND k.task = a.task
			WHERE z.wh = ? AND z.zone = ? GROUP BY k.slip)
		SELECT s.slip, s.carrier, s.priority, s.ship_by, o.tasks, o.pieces, o.done,`+jobHolder,
		zone, r.s.id.Warehouse, operator, limit)
}

// ZoneWork is what is left to pick in a zone.
type ZoneWork struct {
	Zone  string
	Tasks int64
	Slips int64
}

// ZonesToPick reads the zones that goods are picked in, with what is left to pick in each.
func (r *Reader) ZonesToPick() ([]ZoneWork, error) {
	return all(r, func(z *ZoneWork) []any { return []any{&z.Zone, &z.Tasks, &z.Slips} }, `
		SELECT z.zone, count(k.task), count(DISTINCT k.slip) FROM place z
		LEFT JOIN allocation a ON a.wh = z.wh AND a.place = z.place
			AND a.want > a.picked + a.short
		LEFT JOIN task k ON k.wh = a.wh AND k.task = a.task AND NOT EXISTS (
			SELECT 1 FROM slip_state t
			WHERE t.wh = k.wh AND t.slip = k.slip AND t.state = 'withdrawn')
		WHERE z.wh = ? AND z.kind IN ('pick', 'storage') AND z.active = 1 AND z.zone <> ''
		GROUP BY z.zone ORDER BY z.zone`)
}

// ToPack reads the slips that are picked and not yet packed.
func (r *Reader) ToPack(limit int) ([]Job, error) {
	return all(r, (*Job).fields, `
		WITH open AS (
			SELECT x.slip, count(*) AS lines FROM line_sum x
			WHERE x.wh = ? AND x.picked > x.packed AND x.picked - `+due+` > x.packed
			GROUP BY x.slip)
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
	return all(r, (*Lease).fields, `
		SELECT slip, operator, station, token, held, at, ahead FROM lease
		WHERE wh = ? AND operator = ? AND station = ? AND held = 1 ORDER BY slip`,
		operator, r.s.id.Author)
}

// StandsAt is the bin that the holder of a lease was at last, for whichever slip that they hold
// where that is; empty for none.
func (r *Reader) StandsAt(l Lease) (p Place, err error) {
	_, err = r.one([]any{&p}, `
		SELECT w.place FROM lease l
		JOIN work w ON w.wh = l.wh AND w.slip = l.slip
		WHERE l.wh = ? AND l.operator = ? AND l.station = ? AND l.held = 1
		ORDER BY w.at DESC, w.stamp DESC LIMIT 1`, l.Operator, l.Station)
	return p, err
}

// SeenLast is when the holder of a lease last worked on any slip that they hold where that is:
// who picks several in one walk is at all of them.
func (r *Reader) SeenLast(l Lease) (at int64, err error) {
	_, err = r.one([]any{&at}, `
		SELECT coalesce(max(CASE WHEN coalesce(w.at, 0) > l.at THEN w.at ELSE l.at END), 0)
		FROM lease l
		LEFT JOIN work w ON w.wh = l.wh AND w.slip = l.slip
		WHERE l.wh = ? AND l.operator = ? AND l.station = ? AND l.held = 1`,
		l.Operator, l.Station)
	return at, err
}

// HeldLeases reads every lease that somebody holds.
func (r *Reader) HeldLeases() ([]Lease, error) {
	return all(r, (*Lease).fields, `
		SELECT slip, operator, station, token, held, at, ahead FROM lease
		WHERE wh = ? AND held = 1 ORDER BY slip`)
}

func (l *Lease) fields() []any {
	return []any{&l.Slip, &l.Operator, &l.Station, &l.Token, &l.Held, &l.At, &l.Ahead}
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

// HeldSlips reads the slips with something left to pick that an operator holds at a station.
func (r *Reader) HeldSlips(operator OperatorID, at StationID) ([]SlipID, error) {
	return ids[SlipID](r, `
		SELECT l.slip FROM lease l
		WHERE l.wh = ? AND l.operator = ? AND l.station = ? AND l.held = 1 AND EXISTS (
			SELECT 1 FROM line_sum x
			WHERE x.wh = l.wh AND x.slip = l.slip AND x.want > x.picked + x.short)
		ORDER BY l.slip`, operator, at)
}

// Cargo is how much a slip takes on a cart, and where it leads.
type Cargo struct {
	Slip   SlipID
	Weight int64 // grams of what is to be picked, as far as items tell
	Volume int64 // cubic millimetres
	Aisles []string
}

// CargoOf reads the cargo of a slip.
func (r *Reader) CargoOf(id SlipID) (b Cargo, err error) {
	b.Slip = id
	if _, err = r.one([]any{&b.Weight, &b.Volume}, `
		SELECT CAST(coalesce(sum(x.want * i.weight), 0) AS BIGINT),
			CAST(coalesce(sum(x.want * i.length * i.width * i.height), 0) AS BIGINT)
		FROM line_sum x
		JOIN slip_line l ON l.wh = x.wh AND l.slip = x.slip AND l.line = x.line
		JOIN item i ON i.wh = l.wh AND i.item = l.item
		WHERE x.wh = ? AND x.slip = ?`, id); err != nil {
		return b, err
	}
	b.Aisles, err = ids[string](r, `
		SELECT DISTINCT p.zone || '/' || p.aisle FROM task t
		JOIN place p ON p.wh = t.wh AND p.place = t.place
		WHERE t.wh = ? AND t.slip = ? ORDER BY 1`, id)
	return b, err
}
