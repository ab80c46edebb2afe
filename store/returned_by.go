package store

// Returns are counted by when their goods were received, and what was sent by when the
// last carton of its slip left. A slip counts for its first order: several are on one
// slip only where they go to one recipient.

// A ReturnsBy is what returns are counted by.
type ReturnsBy string

// What returns are counted by.
const (
	ReturnsByItem     ReturnsBy = "item"
	ReturnsByCategory ReturnsBy = "category"
	ReturnsBySupplier ReturnsBy = "supplier"
	ReturnsByChannel  ReturnsBy = "channel"
	ReturnsByRegion   ReturnsBy = "region"   // the province that it was sent to
	ReturnsBySeason   ReturnsBy = "season"   // the quarter of the year
	ReturnsByCustomer ReturnsBy = "customer" // by number
	ReturnsByCarrier  ReturnsBy = "carrier"  // that took it there
	ReturnsByReason   ReturnsBy = "reason"   // what the customer said
	ReturnsByGrade    ReturnsBy = "grade"    // how it was found
)

// ReturnsBys lists what returns are counted by.
var ReturnsBys = []ReturnsBy{ReturnsByItem, ReturnsByCategory, ReturnsBySupplier,
	ReturnsByChannel, ReturnsByRegion, ReturnsBySeason, ReturnsByCustomer, ReturnsByCarrier,
	ReturnsByReason, ReturnsByGrade}

// A Tally is how many pieces there are of something.
type Tally struct {
	Of string
	N  Qty
}

func (t *Tally) fields() []any { return []any{&t.Of, &t.N} }

// goneSlips are the slips whose last carton left from one time to before another, with
// that time; sentSlips also how many pieces of each left, and for which order.
const (
	goneSlips = `
		WITH gone AS (
			SELECT c.wh AS wh, c.slip AS slip, max(s.at) AS at
			FROM carton_state s CROSS JOIN carton c
			WHERE s.wh = ? AND s.step = 2 AND s.at >= ? AND c.wh = s.wh AND c.carton = s.carton
			GROUP BY c.wh, c.slip HAVING max(s.at) < ?)`
	sentSlips = goneSlips + `, slips AS (
			SELECT g.wh AS wh, g.slip AS slip, g.at AS at, sum(x.n) AS n
			FROM gone g CROSS JOIN sent x WHERE x.wh = g.wh AND x.slip = g.slip
			GROUP BY g.wh, g.slip, g.at)`
	sentItems = goneSlips + `, items AS (
			SELECT x.wh AS wh, x.item AS item, sum(x.n) AS n
			FROM gone g CROSS JOIN sent x WHERE x.wh = g.wh AND x.slip = g.slip
			GROUP BY x.wh, x.item)`
	ofTheFirstOrder = `
		FROM slips g CROSS JOIN sales_order o
		WHERE o.wh = g.wh AND o.order_id = (
			SELECT min(q.order_id) FROM slip_source q WHERE q.wh = g.wh AND q.slip = g.slip)
		GROUP BY 1`
)

// SentBy counts what was sent from one time to before another, in milliseconds UTC. By
// season, reason or grade there is no such number.
func (r *Reader) SentBy(by ReturnsBy, from, to int64) ([]Tally, error) {
	switch by {
	case ReturnsByItem:
		return all(r, (*Tally).fields, sentItems+`
			SELECT item, CAST(n AS BIGINT) FROM items`, from, to)
	case ReturnsByCategory:
		return all(r, (*Tally).fields, sentItems+`
			SELECT coalesce(i.category, ''), CAST(sum(s.n) AS BIGINT) FROM items s
			LEFT JOIN item i ON i.wh = s.wh AND i.item = s.item GROUP BY 1`, from, to)
	case ReturnsBySupplier:
		return all(r, (*Tally).fields, sentItems+`
			SELECT coalesce(i.supplier, ''), CAST(sum(s.n) AS BIGINT) FROM items s
			LEFT JOIN item i ON i.wh = s.wh AND i.item = s.item GROUP BY 1`, from, to)
	case ReturnsByChannel:
		return all(r, (*Tally).fields, sentSlips+`
			SELECT o.channel, CAST(sum(g.n) AS BIGINT)`+ofTheFirstOrder, from, to)
	case ReturnsByRegion:
		return all(r, (*Tally).fields, sentSlips+`
			SELECT o.province, CAST(sum(g.n) AS BIGINT)`+ofTheFirstOrder, from, to)
	case ReturnsByCustomer:
		return all(r, (*Tally).fields, sentSlips+`
			SELECT o.customer, CAST(sum(g.n) AS BIGINT)`+ofTheFirstOrder, from, to)
	case ReturnsByCarrier:
		return all(r, (*Tally).fields, sentSlips+`
			SELECT p.carrier, CAST(sum(g.n) AS BIGINT) FROM slips g CROSS JOIN slip p
			WHERE p.wh = g.wh AND p.slip = g.slip GROUP BY 1`, from, to)
	}
	return nil, nil
}

// A SentAt is how much was sent, or came back, in the quarter of an hour that begins at a
// time: the days of every zone begin with one.
type SentAt struct {
	At int64 // milliseconds UTC
	N  Qty
}

func (s *SentAt) fields() []any { return []any{&s.At, &s.N} }

// SentAt counts what was sent from one time to before another, by when.
func (r *Reader) SentAt(from, to int64) ([]SentAt, error) {
	return all(r, (*SentAt).fields, sentSlips+`
		SELECT at / 900000 * 900000, CAST(sum(n) AS BIGINT) FROM slips GROUP BY 1 ORDER BY 1`,
		from, to)
}

// A Back is goods of one line that came back, with what they are counted by.
type Back struct {
	Origin
	About     Item // its number, names, category and supplier
	N         Qty
	Inspected Qty
	At        int64 // when the return's goods were received, the last time
	Channel   string
	Region    string
	Customer  string
}

func (b *Back) fields() []any {
	return []any{&b.RMA, &b.Order, &b.Line, &b.About.SKU, &b.N, &b.Inspected, &b.At, &b.About.Name,
		&b.About.Short, &b.About.Spec, &b.About.Category, &b.About.Supplier, &b.Channel, &b.Region,
		&b.Customer}
}

// receivedReturns are the returns whose goods were received from one time to before
// another; more tables are joined to it.
const (
	receivedReturns = ` FROM rma_step t CROSS JOIN `
	receivedWithin  = ` WHERE t.wh = ? AND t.step = 'received' AND t.at >= ? AND t.at < ?`
)

// Backs reads what came back from one time to before another, the first first.
func (r *Reader) Backs(from, to int64) ([]Back, error) {
	return all(r, (*Back).fields, `
		SELECT g.rma, g.order_id, g.line, g.item, g.received, g.inspected, t.at,
			coalesce(i.name, ''), coalesce(i.short, ''), coalesce(i.spec, ''),
			coalesce(i.category, ''), coalesce(i.supplier, ''),
			coalesce(o.channel, a.channel, ''), coalesce(o.province, ''),
			coalesce(o.customer, a.customer, '')`+receivedReturns+`rma_goods g
		LEFT JOIN rma a ON a.wh = g.wh AND a.rma = g.rma
		LEFT JOIN item i ON i.wh = g.wh AND i.item = g.item
		LEFT JOIN sales_order o ON o.wh = g.wh AND o.order_id = g.order_id`+
		receivedWithin+` AND g.wh = t.wh AND g.rma = t.rma AND g.received > 0
		ORDER BY t.at, g.rma, g.order_id, g.line, g.item`, from, to)
}

// BackAt counts what came back from one time to before another, by when, as SentAt does.
func (r *Reader) BackAt(from, to int64) ([]SentAt, error) {
	return all(r, (*SentAt).fields, `
		SELECT t.at / 900000 * 900000, CAST(sum(g.received) AS BIGINT)`+
		receivedReturns+`rma_goods g`+receivedWithin+` AND g.wh = t.wh AND g.rma = t.rma
			AND g.received > 0
		GROUP BY 1 ORDER BY 1`, from, to)
}

// A Carried is who took the goods of a line of an order to where they came back from.
type Carried struct {
	Order   OrderID
	Line    int64
	Carrier CarrierID
}

// CarriersOfBacks reads who had taken away what came back from one time to before another;
// of several slips of a line, the first's.
func (r *Reader) CarriersOfBacks(from, to int64) ([]Carried, error) {
	return all(r, func(c *Carried) []any { return []any{&c.Order, &c.Line, &c.Carrier} }, `
		SELECT g.order_id, g.line, coalesce((
			SELECT p.carrier FROM slip_source q CROSS JOIN slip p
			WHERE q.wh = g.wh AND q.order_id = g.order_id AND q.order_line = g.line
				AND p.wh = q.wh AND p.slip = q.slip ORDER BY q.slip LIMIT 1), '')`+
		receivedReturns+`rma_goods g`+receivedWithin+` AND g.wh = t.wh AND g.rma = t.rma
			AND g.received > 0 AND g.order_id <> ''`, from, to)
}

// An Announced is what a return that came was asked for, or was found to be.
type Announced struct {
	Origin
	Item SKU
	N    Qty
	As   string // the reason, or the grade
}

func (a *Announced) fields() []any {
	return []any{&a.RMA, &a.Order, &a.Line, &a.Item, &a.N, &a.As}
}

// ReasonsAsked reads why customers wanted to send back what came from one time to before
// another.
func (r *Reader) ReasonsAsked(from, to int64) ([]Announced, error) {
	return all(r, (*Announced).fields, `
		SELECT l.rma, l.order_id, l.order_line, l.item, l.qty, l.reason`+
		receivedReturns+`rma_line l`+receivedWithin+` AND l.wh = t.wh AND l.rma = t.rma
		ORDER BY l.rma, l.line`, from, to)
}

// GradesFound reads how what came from one time to before another was found. What was taken
// back is not among it, nor a look that another took the place of.
func (r *Reader) GradesFound(from, to int64) ([]Announced, error) {
	return all(r, (*Announced).fields, `
		SELECT i.rma, i.order_id, i.line, i.item, CAST(sum(i.n * z.sign) AS BIGINT),
			CASE WHEN z.sign = 1 THEN i.grade ELSE i.had END`+receivedReturns+`inspection i
		CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) z`+receivedWithin+`
			AND i.wh = t.wh AND i.rma = t.rma AND (z.sign = 1 OR i.had <> '') AND NOT EXISTS (
				SELECT 1 FROM reversed v WHERE v.wh = i.wh AND v.event = i.inspection)
		GROUP BY i.rma, i.order_id, i.line, i.item, 6 HAVING sum(i.n * z.sign) > 0
		ORDER BY i.rma, i.order_id, i.line, i.item, 6`, from, to)
}

// A StepTime is when a return came to a step.
type StepTime struct {
	RMA  RMAID
	Step ReturnStep
	At   int64 // milliseconds UTC
}

// StepTimes reads when the returns whose goods were received from one time to before
// another came to all their steps.
func (r *Reader) StepTimes(from, to int64) ([]StepTime, error) {
	return all(r, func(s *StepTime) []any { return []any{&s.RMA, &s.Step, &s.At} }, `
		SELECT x.rma, x.step, x.at`+receivedReturns+`rma_step x`+receivedWithin+`
			AND x.wh = t.wh AND x.rma = t.rma ORDER BY x.rma, x.step`, from, to)
}
