package store

import (
	"fmt"
	"strconv"
	"strings"
)

// An RMAID is the number of a return: the authority's, or, for goods that came before
// anybody asked, the station's that opened the parcel.
type RMAID string

// An RMA is a return: what a customer wants to send back, or has sent.
type RMA struct {
	ID        RMAID       `json:"id"`
	Customer  string      `json:"customer,omitempty"`
	Recipient RecipientID `json:"recipient,omitempty"`
	Channel   string      `json:"channel,omitempty"` // of the orders
	How       ReturnHow   `json:"how,omitempty"`
	Wants     ReturnWants `json:"wants,omitempty"`
	Proof     string      `json:"proof,omitempty"`  // of purchase: an invoice's number or the like
	Source    string      `json:"source,omitempty"` // the platform's number of the request
	Note      string      `json:"note,omitempty"`
	Asked     Bit         `json:"asked"`  // false: the goods came unannounced
	Placed    int64       `json:"placed"` // milliseconds UTC
	Lines     []RMALine   `json:"lines,omitempty"`
}

// An RMALine announces N of an item, of a line of an order where one is known.
type RMALine struct {
	Line      int64   `json:"line"` // 1, 2, 3
	Item      SKU     `json:"item"`
	N         Qty     `json:"n"`
	Reason    string  `json:"reason,omitempty"` // of the ReturnReason ones
	Order     OrderID `json:"order,omitempty"`
	OrderLine int64   `json:"order_line,omitempty"`
	Note      string  `json:"note,omitempty"`
}

// A ReturnHow is how goods come back.
type ReturnHow string

// The ways back.
const (
	ByCourier ReturnHow = "courier" // the customer sends them
	ByPickUp  ReturnHow = "pickup"  // our carrier fetches them
	AtShop    ReturnHow = "shop"    // the customer stands at the counter
)

// ReturnHows lists the ways back.
var ReturnHows = []ReturnHow{ByCourier, ByPickUp, AtShop}

// A ReturnWants is what the customer wants for the goods.
type ReturnWants string

// The outcomes that a customer can want.
const (
	WantsRefund   ReturnWants = "refund"
	WantsExchange ReturnWants = "exchange"
	WantsRepair   ReturnWants = "repair"
)

// ReturnWantings lists what a customer can want.
var ReturnWantings = []ReturnWants{WantsRefund, WantsExchange, WantsRepair}

// An RMAState is the last word of the authority on a return. One that came unannounced,
// and on which nobody has decided, has none.
type RMAState string

// The states.
const (
	RMARequested RMAState = "requested" // the review has not seen it
	RMAHeld      RMAState = "held"      // a person decides
	RMAAsked     RMAState = "asked"     // the customer is to answer
	RMAApproved  RMAState = "approved"
	RMARejected  RMAState = "rejected"
	RMACancelled RMAState = "cancelled" // the customer keeps the goods
)

// RMAStates lists every state, for tests that must not miss one.
var RMAStates = []RMAState{RMARequested, RMAHeld, RMAAsked, RMAApproved, RMARejected,
	RMACancelled}

// A RMADecision is the last word on a return, with the terms that hold for it.
type RMADecision struct {
	State    RMAState
	Findings []Finding
	Note     string // a person's reason, the question, or the answer to it
	Operator OperatorID
	At       int64 // milliseconds UTC
	Came     Qty   // pieces of it that whoever decided knew to be here
	Terms
}

// Closed says whether nobody is to take the goods back.
func (d RMADecision) Closed() bool {
	return d.State == RMARejected || d.State == RMACancelled
}

// Terms are what is kept of a refund.
type Terms struct {
	Restocking int64 `json:"restocking,omitempty"` // per cent of what was paid for the goods
	Carriage   Money `json:"carriage,omitempty"`   // for the way back, once a return
}

func (a *RMA) fields() []any {
	return []any{&a.ID, &a.Customer, &a.Recipient, &a.Channel, &a.How, &a.Wants, &a.Proof,
		&a.Source, &a.Note, &a.Asked, &a.Placed}
}

const rmaColumns = `a.rma, a.customer, a.recipient, a.channel, a.how, a.wants, a.proof,
	a.source, a.note, a.asked, a.placed`

func (l *RMALine) fields() []any {
	return []any{&l.Line, &l.Item, &l.N, &l.Reason, &l.Order, &l.OrderLine, &l.Note}
}

// put writes the return and what it announces.
func (a RMA) put() []Change {
	out := []Change{rmas.put(a.fields()...)}
	for _, l := range a.Lines {
		out = append(out, rmaLines.put(append([]any{a.ID}, l.fields()...)...))
	}
	return out
}

// ReturnRequested says that a customer wants to send goods back.
type ReturnRequested struct{ RMA }

func (ReturnRequested) Kind() string  { return "return_requested" }
func (e ReturnRequested) Ref() string { return string(e.ID) }
func (e ReturnRequested) apply(at Stamp) []Change {
	return append(e.put(), rmaStates.raise(at, e.ID, RMARequested, "", "", "", e.Placed, int64(0),
		Money(0), Qty(0)), stepOf(at, e.ID, StepRequested, e.Placed))
}

// ReturnDecided says what the authority decided on a return, and on which terms.
type ReturnDecided struct {
	RMA      RMAID      `json:"rma"`
	State    RMAState   `json:"state"`
	Findings []Finding  `json:"findings,omitempty"`
	Note     string     `json:"note,omitempty"` // a person's reason, or the question
	By       OperatorID `json:"by,omitempty"`
	At       int64      `json:"at"`
	Came     Qty        `json:"came,omitempty"` // pieces of it that whoever decided knew to be here
	Terms
}

func (ReturnDecided) Kind() string  { return "return_decided" }
func (e ReturnDecided) Ref() string { return string(e.RMA) }
func (e ReturnDecided) apply(at Stamp) []Change {
	out := []Change{e.stands(at)}
	if e.State == RMAApproved {
		out = append(out, stepOf(at, e.RMA, StepApproved, e.At))
	}
	if what := noticeOf(e.State); what != "" {
		out = append(out, notice(at, e.RMA, what, e.At)...)
	}
	return append(out, todoDecide.done(at, e.RMA, e.At), todoClosed.done(at, e.RMA, e.At))
}

// stands is the decision as the last word on its return.
func (e ReturnDecided) stands(at Stamp) Change {
	return rmaStates.raise(at, e.RMA, e.State, encodeFindings(e.Findings), e.Note, e.By, e.At,
		e.Restocking, e.Carriage, e.Came)
}

// noticeOf is what a customer is told of a decision; empty for nothing.
func noticeOf(s RMAState) NoticeKind {
	switch s {
	case RMAApproved, RMARejected, RMAAsked:
		return NoticeKind("return_" + s)
	}
	return ""
}

// ReturnAnswered says what the customer answered: the review looks at the return anew.
type ReturnAnswered struct {
	RMA    RMAID      `json:"rma"`
	Answer string     `json:"answer"`
	By     OperatorID `json:"by,omitempty"`
	At     int64      `json:"at"`
}

func (ReturnAnswered) Kind() string  { return "return_answered" }
func (e ReturnAnswered) Ref() string { return string(e.RMA) }
func (e ReturnAnswered) apply(at Stamp) []Change {
	return []Change{rmaStates.raise(at, e.RMA, RMARequested, "", e.Answer, e.By, e.At, int64(0),
		Money(0), Qty(0))}
}

// ReturnShipped says by which parcel a customer sends goods back.
type ReturnShipped struct {
	RMA     RMAID     `json:"rma"`
	Waybill WaybillNo `json:"waybill"`
	Carrier CarrierID `json:"carrier,omitempty"`
	At      int64     `json:"at"`
}

func (ReturnShipped) Kind() string  { return "return_shipped" }
func (e ReturnShipped) Ref() string { return string(e.RMA) }
func (e ReturnShipped) apply(at Stamp) []Change {
	return []Change{rmaWaybills.raise(at, e.Waybill, e.RMA, e.Carrier)}
}

// A ReturnStep is a stage that a return comes to; the time from one to the next is what
// the customer waits.
type ReturnStep string

// The steps, in their order.
const (
	StepRequested ReturnStep = "requested"
	StepApproved  ReturnStep = "approved"
	StepArrived   ReturnStep = "arrived"
	StepReceived  ReturnStep = "received"
	StepInspected ReturnStep = "inspected"
	StepShelved   ReturnStep = "shelved"
	StepRefunded  ReturnStep = "refunded"
)

// ReturnSteps lists the steps, in their order.
var ReturnSteps = []ReturnStep{StepRequested, StepApproved, StepArrived, StepReceived,
	StepInspected, StepShelved, StepRefunded}

// stepOf keeps when a return came to a step, the last time.
func stepOf(at Stamp, id RMAID, step ReturnStep, ms int64) Change {
	return rmaSteps.raise(at, id, step, ms)
}

// RMA reads a return with what it announces. It refuses with NotFound.
func (r *Reader) RMA(id RMAID) (a RMA, err error) {
	found, err := r.one(a.fields(),
		`SELECT `+rmaColumns+` FROM rma a WHERE a.wh = ? AND a.rma = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	if err != nil {
		return a, err
	}
	a.Lines, err = all(r, (*RMALine).fields, `
		SELECT line, item, qty, reason, order_id, order_line, note FROM rma_line
		WHERE wh = ? AND rma = ? ORDER BY line`, id)
	return a, err
}

// RMADecision reads the last word on a return; none where nobody has decided.
func (r *Reader) RMADecision(id RMAID) (d RMADecision, err error) {
	var findings string
	_, err = r.one([]any{&d.State, &findings, &d.Note, &d.Operator, &d.At, &d.Restocking,
		&d.Carriage, &d.Came}, `
		SELECT state, findings, note, operator, at, restocking, carriage, came FROM rma_state
		WHERE wh = ? AND rma = ?`, id)
	d.Findings = decodeFindings(findings)
	return d, err
}

// RMAsIn reads the returns on which the last word is state, the oldest first.
func (r *Reader) RMAsIn(state RMAState) ([]RMAID, error) {
	return ids[RMAID](r, `
		SELECT a.rma FROM rma_state s JOIN rma a ON a.wh = s.wh AND a.rma = s.rma
		WHERE s.wh = ? AND s.state = ? ORDER BY a.placed, a.rma`, state)
}

// RMAsUndecided reads the returns that came unannounced, and that nobody has decided on,
// the oldest first.
func (r *Reader) RMAsUndecided() ([]RMAID, error) {
	return ids[RMAID](r, `
		SELECT t.ref FROM todo t
		WHERE t.wh = ? AND t.open = 1 AND t.kind = 'rma_decide' AND EXISTS (
			SELECT 1 FROM rma_goods g
			WHERE g.wh = t.wh AND g.rma = t.ref AND g.received > 0)
		ORDER BY t.at, t.ref`)
}

// tellsWithin is how long it takes at most, in milliseconds, until every station knows what was
// decided, and has told what it did before.
const tellsWithin = 31 * 24 * 3600_000

// RMAsCameClosed reads the returns that nobody was to take back any more, and of which more
// came than whoever decided so knew of: whoever took them in knew it, or had not heard yet.
func (r *Reader) RMAsCameClosed() ([]RMAID, error) {
	wh := r.s.id.Warehouse
	return ids[RMAID](r, `
		SELECT c.rma FROM (
			SELECT s.wh, s.rma, s.at, s.came FROM rma_state s
			WHERE s.wh = ? AND s.state IN ('rejected', 'cancelled') AND s.at >= ?
			UNION SELECT s.wh, s.rma, s.at, s.came FROM todo t
			JOIN rma_state s ON s.wh = t.wh AND s.rma = t.ref
			WHERE t.wh = ? AND t.open = 1 AND t.kind = 'came_closed'
				AND s.state IN ('rejected', 'cancelled')) c
		WHERE c.came < (
			SELECT sum(g.received) FROM rma_goods g WHERE g.wh = c.wh AND g.rma = c.rma)
		ORDER BY c.at, c.rma`, r.Now().UnixMilli()-tellsWithin, wh)
}

// RMAsToReview counts the returns that wait for a person.
func (r *Reader) RMAsToReview() (int, error) {
	n, err := r.count(`SELECT count(*) FROM rma_state WHERE wh = ? AND state IN ('held', 'asked')`)
	if err != nil {
		return 0, err
	}
	came, err := r.RMAsUndecided()
	if err != nil {
		return 0, err
	}
	closed, err := r.RMAsCameClosed()
	return int(n) + len(came) + len(closed), err
}

// A Coming is an approved return of which goods are still to come.
type Coming struct {
	RMA      RMAID
	Customer string
	Item     SKU // the first
	N        Qty // still to come
	Waybill  WaybillNo
}

// Coming reads the approved returns of which not all came, of those that were asked for
// since a time, the oldest first.
func (r *Reader) Coming(since int64, limit int) ([]Coming, error) {
	return all(r, func(c *Coming) []any {
		return []any{&c.RMA, &c.Customer, &c.Item, &c.N, &c.Waybill}
	}, `
		WITH want AS (
			SELECT l.wh, l.rma, min(l.item) AS item, sum(l.qty) AS n, max(l.order_id) AS orders
			FROM rma a
			JOIN rma_state s ON s.wh = a.wh AND s.rma = a.rma AND s.state = 'approved'
			JOIN rma_line l ON l.wh = s.wh AND l.rma = s.rma
			WHERE a.wh = ? AND a.placed >= ? GROUP BY l.wh, l.rma),
		came AS (
			SELECT w.rma, sum(CASE WHEN g.order_id <> '' OR w.orders = '' THEN g.received ELSE 0 END
				+ CASE WHEN g.order_id <> '' OR EXISTS (SELECT 1 FROM rma_line y
					WHERE y.wh = g.wh AND y.rma = g.rma AND y.item = g.item) THEN g.away ELSE 0 END
				) AS n FROM want w
			JOIN rma_goods g ON g.wh = w.wh AND g.rma = w.rma GROUP BY w.rma)
		SELECT a.rma, a.customer, w.item, CAST(w.n - coalesce(c.n, 0) AS BIGINT), coalesce((
			SELECT min(b.waybill) FROM rma_waybill b WHERE b.wh = a.wh AND b.rma = a.rma), '')
		FROM want w JOIN rma a ON a.wh = w.wh AND a.rma = w.rma
		LEFT JOIN came c ON c.rma = w.rma
		WHERE w.n > coalesce(c.n, 0) ORDER BY a.placed, a.rma LIMIT ?`, since, limit)
}

// RMAsOf reads the returns of an order, announced or not, the last first.
func (r *Reader) RMAsOf(order OrderID) ([]RMAID, error) {
	wh := r.s.id.Warehouse
	return ids[RMAID](r, `
		SELECT rma FROM rma_line WHERE wh = ? AND order_id = ?
		UNION SELECT rma FROM rma_goods WHERE wh = ? AND order_id = ? AND rma <> ''
		ORDER BY rma DESC`, order, wh, order)
}

// RMABySource finds the return that a platform gave a number; empty for none.
func (r *Reader) RMABySource(channel, source string) (id RMAID, err error) {
	_, err = r.one([]any{&id}, `
		SELECT rma FROM rma WHERE wh = ? AND channel = ? AND source = ? AND source <> ''`,
		channel, source)
	return id, err
}

// RMAsWithWaybill reads the returns that a parcel's waybill was told for.
func (r *Reader) RMAsWithWaybill(no WaybillNo) ([]RMAID, error) {
	return ids[RMAID](r, `SELECT rma FROM rma_waybill WHERE wh = ? AND waybill = ? ORDER BY rma`,
		no)
}

// WaybillsOfRMA reads the parcels that a return was told to come by.
func (r *Reader) WaybillsOfRMA(id RMAID) ([]WaybillNo, error) {
	return ids[WaybillNo](r, `
		SELECT waybill FROM rma_waybill WHERE wh = ? AND rma = ? ORDER BY waybill`, id)
}

// ReturnTimes reads when a return came to its steps, in milliseconds UTC.
func (r *Reader) ReturnTimes(id RMAID) (map[ReturnStep]int64, error) {
	type row struct {
		step ReturnStep
		at   int64
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.step, &x.at} },
		`SELECT step, at FROM rma_step WHERE wh = ? AND rma = ?`, id)
	out := map[ReturnStep]int64{}
	for _, x := range rows {
		out[x.step] = x.at
	}
	return out, err
}

// NextRMAID is the authority's next number for a return, such as TH26071800042.
func (r *Reader) NextRMAID() (RMAID, error) {
	no, err := r.nextNo("TH", `SELECT coalesce(max(rma), '') FROM rma
		WHERE wh = ? AND rma BETWEEN ? AND ?`)
	return RMAID(no), err
}

// FloorRMAID is the next number for a return that this station opens by itself, such as
// TH260718-S1-3: its two characters keep it apart from those of others, and in another
// epoch it counts on from another thousand.
func (r *Reader) FloorRMAID() (RMAID, error) {
	prefix := "TH" + r.Today().compact()[2:] + "-" + r.s.id.Prefix + "-"
	known, err := ids[string](r, `SELECT rma FROM rma WHERE wh = ? AND rma BETWEEN ? AND ?`,
		prefix, prefix+"z")
	last := (r.s.epoch.Load() - 1) % 10 * 1000
	for _, id := range known {
		n, _ := strconv.ParseInt(strings.TrimPrefix(id, prefix), 10, 64) // a station wrote it
		last = max(last, n)
	}
	return RMAID(fmt.Sprint(prefix, last+1)), err
}
