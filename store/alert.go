package store

import "time"

// An AlertKind is what somebody is warned of.
type AlertKind string

// The kinds of alerts, by what they are about.
const (
	LowStock    AlertKind = "low_stock"   // an item
	Expiring    AlertKind = "expiring"    // a lot
	LateSlip    AlertKind = "late_slip"   // a slip
	Uncounted   AlertKind = "uncounted"   // the bins of a class
	OldVariance AlertKind = "variance"    // a count
	OldDisc     AlertKind = "discrepancy" //
)

// AlertKinds lists them, the ones first that wait least.
var AlertKinds = []AlertKind{LateSlip, LowStock, Expiring, OldDisc, OldVariance, Uncounted}

// NoClass is what an alert is about whose bins are of no class that has a policy.
const NoClass = "none"

// An AlertLevel is how bad it is. Whoever has seen an alert is warned again when it is worse.
type AlertLevel int64

// The levels.
const (
	AlertNear  AlertLevel = 1 // soon: by the reorder point, before the expiry or the time
	AlertNow   AlertLevel = 2 // below the safety stock, not to be shipped any more, late
	AlertWorst AlertLevel = 3 // none left, expired, late by a day, old by far
)

// An Alert is something that somebody is to do something about.
type Alert struct {
	Kind  AlertKind
	Ref   string // the item, slip and so on; with the kind it names the alert
	Level AlertLevel
	Item  SKU
	Title string // of the item
	Lot   Lot
	Place Place
	Of    string    // the kind of discrepancy
	Slip  SlipID    // that it is of
	About string    // the return or the parcel that it is of
	N     Qty       // that are available, lie there, or are to be picked; of bins, how many
	Want  Qty       // the safety stock, the reorder point, or the days between counts
	Ends  Date      // when it expires
	Since int64     // when it was due, or came up, in milliseconds UTC; 0 where nobody knows
	Seen  AlertSeen // by whom; nobody where it is empty
}

// Quiet says that somebody has seen the alert, and it neither is worse nor came up anew.
func (a Alert) Quiet() bool { return a.Seen.By != "" && a.Level <= a.Seen.Level && !a.anew() }

// anew says that the alert came up once more since somebody saw it: more goods came, and run
// low or expire again, or what was decided waits again.
func (a Alert) anew() bool {
	switch a.Kind {
	case LowStock, Expiring:
		return a.N > a.Seen.N
	case OldVariance, OldDisc:
		return a.Since > a.Seen.Since
	}
	return false
}

// An AlertSeen says who has seen an alert, how it then was, and until when it is quiet.
type AlertSeen struct {
	Level AlertLevel `json:"level"`
	N     Qty        `json:"n,omitempty"`
	Since int64      `json:"since,omitempty"`
	Until int64      `json:"until"` // milliseconds UTC
	By    OperatorID `json:"by"`
	At    int64      `json:"at"`
}

// AlertAcknowledged says that somebody has seen an alert.
type AlertAcknowledged struct {
	Of    AlertKind `json:"of"`
	About string    `json:"about"`
	AlertSeen
}

func (AlertAcknowledged) Kind() string  { return "alert_acknowledged" }
func (e AlertAcknowledged) Ref() string { return e.About }
func (e AlertAcknowledged) apply(at Stamp) []Change {
	return []Change{alertsSeen.raise(at, e.Of, e.About, e.Level, e.N, e.Since, e.Until, e.By, e.At)}
}

// AlertsSeen reads who has seen which alerts, as far as they are quiet now.
func (r *Reader) AlertsSeen() (map[AlertKind]map[string]AlertSeen, error) {
	out := map[AlertKind]map[string]AlertSeen{}
	rows, err := all(r, func(e *AlertAcknowledged) []any {
		return []any{&e.Of, &e.About, &e.Level, &e.N, &e.Since, &e.Until, &e.By, &e.At}
	}, `SELECT kind, ref, level, n, since, until, operator, at FROM alert_seen
		WHERE wh = ? AND until > ?`,
		r.Now().UnixMilli())
	for _, e := range rows {
		if out[e.Of] == nil {
			out[e.Of] = map[string]AlertSeen{}
		}
		out[e.Of][e.About] = e.AlertSeen
	}
	return out, err
}

// expiredLook is for how many days after it expired a lot is looked at: no table says which
// of all lots ever still lie somewhere.
const expiredLook = 365

// What may run low: of how many there are in bins, and in how many of those nothing is for
// sale or promised, a site's tables tell fast. Which lots may still be shipped, Levels tells.
const (
	lowColumns = `SELECT i.item, i.name, i.short, i.spec, i.stop_days, i.safety, i.reorder`
	lowInBins  = ` coalesce((SELECT sum(s.n) FROM stock s
		WHERE s.wh = i.wh AND s.item = i.item AND s.place >= 'bin/' AND s.place < 'bin0'), 0)`
	lowBound = ` CASE WHEN i.reorder >= i.safety THEN i.reorder ELSE i.safety - 1 END`
	lowOff   = `
		WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS BIGINT) AS past,
			CAST(? AS BIGINT) AS day),
		off AS (
			SELECT x.item, sum(x.n) AS n FROM (
				SELECT v.item, v.want - v.used - v.short AS n FROM w
				JOIN reservation v ON v.wh = w.wh WHERE v.want > v.used + v.short
				UNION ALL SELECT s.item, s.n FROM w JOIN place p ON p.wh = w.wh
				CROSS JOIN stock s
				WHERE s.wh = p.wh AND s.place = p.place AND p.place >= 'bin/' AND p.place < 'bin0'
					AND (p.kind NOT IN ('pick', 'storage') OR p.active = 0)
				UNION ALL SELECT s.item, s.n FROM w JOIN lot l ON l.wh = w.wh
				CROSS JOIN stock s
				WHERE l.expires > 0 AND l.expires BETWEEN w.past AND w.day AND s.wh = l.wh
					AND s.item = l.item AND s.lot = l.lot
					AND s.place >= 'bin/' AND s.place < 'bin0') x
			GROUP BY x.item)`
)

// LowStock reads the active items of which fewer are available than their safety stock, or
// no more than their reorder point.
func (r *Reader) LowStock(limit int) (out []Alert, err error) {
	low, err := all(r, (*Item).lowFields, lowColumns+` FROM item i
		WHERE i.wh = ? AND i.safety + i.reorder > 0 AND i.active = 1 AND`+lowInBins+` <=`+lowBound+`
		ORDER BY i.item LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	stop, err := r.stopDays()
	if err != nil {
		return nil, err
	}
	more, err := all(r, (*Item).lowFields, lowOff+lowColumns+` FROM w CROSS JOIN off o
		CROSS JOIN item i
		WHERE i.wh = w.wh AND i.item = o.item AND i.safety + i.reorder > 0
			AND i.active = 1 AND`+lowInBins+` - o.n <=`+lowBound+` ORDER BY i.item LIMIT ?`,
		r.daysOn(-expiredLook), r.daysOn(int(stop)), limit)
	if err != nil {
		return nil, err
	}
	seen := map[SKU]bool{}
	for _, i := range append(low, more...) {
		if seen[i.SKU] || len(out) >= limit {
			continue
		}
		seen[i.SKU] = true
		l, err := r.Levels(i)
		if err != nil {
			return nil, err
		}
		if a, low := i.runsLow(l.OnHand - l.Reserved); low {
			out = append(out, a)
		}
	}
	return out, nil
}

// stopDays is for how many days an item is not shipped before it expires, at most.
func (r *Reader) stopDays() (int64, error) {
	return r.count(`SELECT coalesce(max(stop_days), 0) FROM item WHERE wh = ? AND stop_days > 0`)
}

// daysOn is the day so many days on; before today where it is below zero.
func (r *Reader) daysOn(days int) Date { return DateOf(r.Today().Time(utc).AddDate(0, 0, days)) }

func (i *Item) lowFields() []any {
	return []any{&i.SKU, &i.Name, &i.Short, &i.Spec, &i.StopDays, &i.Safety, &i.Reorder}
}

// runsLow is the alert of an item of which n are available, if there is reason for one.
func (i *Item) runsLow(n Qty) (a Alert, low bool) {
	a = Alert{Kind: LowStock, Ref: string(i.SKU), Level: AlertNear, Item: i.SKU,
		Title: i.Title(), N: max(0, n), Want: i.Reorder}
	if n < i.Safety {
		a.Level, a.Want = AlertNow, i.Safety
	}
	if n <= 0 {
		a.Level = AlertWorst
	}
	return a, n < i.Safety || n <= i.Reorder
}

// lotFields are what is read of a lot that lies somewhere, and of its item.
func (a *Alert) lotFields(i *Item) []any {
	return []any{&a.Item, &a.Lot, &a.Ends, &i.Name, &i.Short, &i.Spec, &i.StopDays, &a.Place, &a.N}
}

// ExpiringLots reads the lots that lie where goods are sold from, and expire within so many
// days or may not be shipped any more, the earliest first.
func (r *Reader) ExpiringLots(days int64, limit int) (out []Alert, err error) {
	stop, err := r.stopDays()
	if err != nil {
		return nil, err
	}
	type lying struct {
		Alert
		of Item
	}
	all, err := all(r, func(l *lying) []any { return l.lotFields(&l.of) }, `
		WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS BIGINT) AS past,
			CAST(? AS BIGINT) AS day)
		SELECT l.item, l.lot, l.expires, i.name, i.short, i.spec, i.stop_days, min(s.place),
			CAST(sum(s.n) AS BIGINT)
		FROM w JOIN lot l ON l.wh = w.wh
		CROSS JOIN stock s
		JOIN place p ON p.wh = s.wh AND p.place = s.place
		JOIN item i ON i.wh = s.wh AND i.item = s.item
		WHERE l.expires > 0 AND l.expires BETWEEN w.past AND w.day AND s.wh = l.wh
			AND s.item = l.item AND s.lot = l.lot AND s.n > 0
			AND p.kind IN ('pick', 'storage') AND p.active = 1
		GROUP BY l.item, l.lot, l.expires, i.name, i.short, i.spec, i.stop_days
		ORDER BY l.expires, l.item, l.lot LIMIT ?`,
		r.daysOn(-expiredLook), r.daysOn(int(max(days, stop))), limit)
	soon, today := r.daysOn(int(days)), r.Today()
	for _, l := range all {
		a := l.Alert
		a.Kind, a.Ref, a.Title, a.Level = Expiring, string(a.Item)+"/"+string(a.Lot), l.of.Title(),
			AlertNear
		switch {
		case a.Ends < today:
			a.Level = AlertWorst
		case l.of.Expired(a.Ends, today):
			a.Level = AlertNow
		case a.Ends > soon:
			continue
		}
		out = append(out, a)
	}
	return out, err
}

// LateSlips reads the slips that have not left and are late, or will be at a time, the
// latest first.
func (r *Reader) LateSlips(soon int64, limit int) ([]Alert, error) {
	out, err := all(r, func(a *Alert) []any { return []any{&a.Ref, &a.Since, &a.N} }, `
		WITH w AS (SELECT CAST(? AS TEXT) AS wh),
		left_over AS (
			SELECT x.slip FROM w JOIN line_sum x ON x.wh = w.wh WHERE x.want > x.picked + x.short
			UNION SELECT x.slip FROM w JOIN line_sum x ON x.wh = w.wh WHERE x.picked > x.packed
				AND x.want > x.short + x.shipped
			UNION SELECT c.slip FROM w JOIN carton_state q ON q.wh = w.wh
			JOIN carton c ON c.wh = q.wh AND c.carton = q.carton WHERE q.step = 1)
		SELECT s.slip, s.ship_by, CAST(coalesce((SELECT sum(x.want - x.short - x.shipped)
			FROM line_sum x WHERE x.wh = s.wh AND x.slip = s.slip), 0) AS BIGINT)
		FROM w CROSS JOIN left_over o
		JOIN slip s ON s.wh = w.wh AND s.slip = o.slip
		LEFT JOIN slip_state t ON t.wh = s.wh AND t.slip = s.slip
		WHERE s.ship_by > 0 AND s.ship_by <= ? AND coalesce(t.state, '') <> 'withdrawn'
		ORDER BY s.ship_by, s.slip LIMIT ?`, soon, limit)
	now := r.Now().UnixMilli()
	for i := range out {
		a := &out[i]
		a.Kind, a.Level = LateSlip, AlertNear
		if now > a.Since {
			a.Level = AlertNow
		}
		if now > a.Since+day.Milliseconds() {
			a.Level = AlertWorst
		}
	}
	return out, err
}

const day = 24 * time.Hour

// OldWork reads what has waited for a person since before a time: variances, or
// discrepancies; the oldest first.
func (r *Reader) OldWork(kind AlertKind, before int64, limit int) ([]Alert, error) {
	if kind == OldVariance {
		return all(r, func(a *Alert) []any {
			a.Kind = kind
			return []any{&a.Ref, &a.Since, &a.Place}
		}, `SELECT t.ref, t.at, v.place FROM todo t
			JOIN variance v ON v.wh = t.wh AND v.first = t.ref
			WHERE t.wh = ? AND t.open = 1 AND t.kind = 'variance' AND t.at <= ?
			ORDER BY t.at, t.ref LIMIT ?`, before, limit)
	}
	return all(r, func(a *Alert) []any {
		a.Kind = kind
		return []any{&a.Ref, &a.Since, &a.Of, &a.Place, &a.Item, &a.N, &a.Slip, &a.About}
	}, `SELECT t.ref, t.at, d.kind, d.place, d.item, d.n, d.slip, d.about FROM todo t
		JOIN discrepancy d ON d.wh = t.wh AND d.disc = t.ref
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'discrepancy' AND t.at <= ?
		ORDER BY t.at, t.ref LIMIT ?`, before, limit)
}

// An OldBin is a bin that was not counted for long: since it was, or since the site began to
// count by time.
type OldBin struct {
	Place Place
	Class string // the highest of what lies there
	Last  int64  // milliseconds UTC
}

// OldBins reads the bins with goods for sale that were last counted before a time, the
// oldest first; none while the site does not count by time.
func (r *Reader) OldBins(before int64, limit int) ([]OldBin, error) {
	var begun int64
	counts, err := r.one([]any{&begun}, `SELECT at FROM count_plan
		WHERE wh = ? AND why = 'turn' ORDER BY at LIMIT 1`)
	if err != nil || !counts {
		return nil, err
	}
	return all(r, func(b *OldBin) []any { return []any{&b.Place, &b.Last, &b.Class} }, `
		SELECT b.place, b.last, coalesce((SELECT min(c.class) FROM stock s
			JOIN item_class c ON c.wh = s.wh AND c.item = s.item
			WHERE s.wh = b.wh AND s.place = b.place AND s.n <> 0), '')
		FROM (WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS BIGINT) AS begun)
			SELECT p.wh, p.place, coalesce((SELECT max(d.at) FROM count_done d
				WHERE d.wh = p.wh AND d.place = p.place AND d.item = '' AND d.at > w.begun),
				w.begun) AS last
			FROM w JOIN place p ON p.wh = w.wh
			WHERE p.kind IN ('pick', 'storage') AND p.active = 1) b
		WHERE b.last <= ? AND EXISTS (
			SELECT 1 FROM stock s WHERE s.wh = b.wh AND s.place = b.place AND s.n <> 0)
		ORDER BY b.last, b.place LIMIT ?`, begun, before, limit)
}
