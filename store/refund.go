package store

import (
	"cmp"
	"strings"
)

// A RefundDue is money that is to go back to a customer, of one order: for goods that came
// back, or, without lines, because a supervisor gives it. The finance side pays it.
type RefundDue struct {
	ID       string       `json:"id"` // of what is for goods, it follows from what it is for
	RMA      RMAID        `json:"rma"`
	Order    OrderID      `json:"order"`
	Lines    []RefundLine `json:"lines"`
	Carriage Money        `json:"carriage,omitempty"` // kept
	Before   Money        `json:"before,omitempty"`   // given by hand for the same return
	Amount   Money        `json:"amount"`             // of the lines, less what is kept or given
	Currency string       `json:"currency,omitempty"`
	Note     string       `json:"note,omitempty"` // why somebody gives it
	By       OperatorID   `json:"by,omitempty"`   // who does
	At       int64        `json:"at"`
}

// A RefundLine is what is given back for N of a line of an order.
type RefundLine struct {
	Line int64 `json:"line"`
	N    Qty   `json:"n"`
	Paid Money `json:"paid"`          // for them
	Tax  Money `json:"tax,omitempty"` // of it
	Fee  Money `json:"fee,omitempty"` // kept of it
}

// What the authority is to see to, of money: a refund that nobody has paid, and whatever
// happened to a return, or to the money of an order, that may change what is due.
const (
	todoRefund todoKind = "refund"
	todoWeigh  todoKind = "weigh"
	todoPurse  todoKind = "purse"
)

// weigh has the authority look at what is due for a return, since something happened to it.
// Each of these things stands by itself: a station that is offline may tell of one after the
// authority has looked at another.
func weigh[ID ~string](at Stamp, rma RMAID, what ID, since int64) []Change {
	if rma == "" {
		return nil
	}
	return []Change{todoWeigh.begun(at, string(rma)+" "+string(what), since)}
}

// counts has the authority look at what goes back for an order, since money of it went
// another way. Each of these things stands by itself, as those that are weighed.
func counts(at Stamp, order OrderID, what string, since int64) []Change {
	if order == "" {
		return nil
	}
	return []Change{todoPurse.begun(at, string(order)+"\t"+what, since)}
}

func (RefundDue) Kind() string  { return "refund_due" }
func (e RefundDue) Ref() string { return cmp.Or(string(e.RMA), string(e.Order)) }
func (e RefundDue) apply(at Stamp) []Change {
	out := []Change{refunds.put(e.ID, e.RMA, e.Order, e.Carriage, e.Before, e.Amount, e.Currency,
		e.Note, e.By, e.At)}
	if e.Amount > 0 {
		out = append(out, todoRefund.begun(at, e.ID, e.At))
	}
	for _, l := range e.Lines {
		out = append(out, refundLines.put(e.ID, l.Line, l.N, l.Paid, l.Tax, l.Fee))
	}
	if len(e.Lines) > 0 {
		out = append(out, weigh(at, e.RMA, e.ID, e.At)...)
	}
	if len(e.Lines) == 0 {
		out = append(out, counts(at, e.Order, e.ID, e.At)...)
	}
	if e.RMA != "" {
		out = append(out, notice(at, e.RMA, NoticeRefund, e.At)...)
	}
	return out
}

// RefundSettled says that the finance side has given the money back.
type RefundSettled struct {
	Refund string     `json:"refund"`
	RMA    RMAID      `json:"rma"`
	Order  OrderID    `json:"order,omitempty"`
	No     string     `json:"no,omitempty"` // the payer's number of it
	Method string     `json:"method,omitempty"`
	Late   Bit        `json:"late,omitempty"` // it had been withdrawn
	By     OperatorID `json:"by,omitempty"`
	At     int64      `json:"at"`
}

func (RefundSettled) Kind() string  { return "refund_settled" }
func (e RefundSettled) Ref() string { return cmp.Or(string(e.RMA), e.Refund) }
func (e RefundSettled) apply(at Stamp) []Change {
	out := []Change{refundsSettled.raise(at, e.Refund, e.No, e.Method, e.By, e.At),
		todoRefund.done(at, e.Refund, e.At)}
	if e.RMA != "" {
		out = append(out, stepOf(at, e.RMA, StepRefunded, e.At))
	}
	if bool(e.Late) {
		out = append(out, weigh(at, e.RMA, "paid:"+e.Refund, e.At)...)
		out = append(out, counts(at, e.Order, "paid:"+e.Refund, e.At)...)
	}
	return out
}

// RefundWithdrawn says that what a refund was for is not as it was any more, or that who
// gave it takes it back: nobody is to pay it. Where somebody does all the same, it counts as
// paid.
type RefundWithdrawn struct {
	Refund string     `json:"refund"`
	RMA    RMAID      `json:"rma"`
	Order  OrderID    `json:"order,omitempty"`
	Reason string     `json:"reason,omitempty"`
	By     OperatorID `json:"by,omitempty"` // who takes it back
	At     int64      `json:"at"`
}

func (RefundWithdrawn) Kind() string  { return "refund_withdrawn" }
func (e RefundWithdrawn) Ref() string { return cmp.Or(string(e.RMA), string(e.Order)) }
func (e RefundWithdrawn) apply(at Stamp) []Change {
	out := []Change{refundsGone.raise(at, e.Refund, e.At), todoRefund.done(at, e.Refund, e.At)}
	if e.Reason != "" { // what is due may be more without it
		out = append(out, counts(at, e.Order, "gone:"+e.Refund, e.At)...)
	}
	return out
}

// MoneyCounted says that the authority has looked at what goes back for orders of which money
// had gone another way.
type MoneyCounted struct {
	Seen []string `json:"seen"` // as Reader.ToCount names it
	At   int64    `json:"at"`
}

func (MoneyCounted) Kind() string { return "money_counted" }

// Ref implements Event: it is of many orders.
func (MoneyCounted) Ref() string { return "" }
func (e MoneyCounted) apply(at Stamp) (out []Change) {
	for _, ref := range e.Seen {
		out = append(out, todoPurse.done(at, ref, e.At))
	}
	return out
}

// A Counting is an order of which money went another way since the authority looked at it.
type Counting struct {
	Order OrderID
	Seen  string // what did
}

// ToCount reads what happened to the money of orders, and was not looked at, the oldest first.
func (r *Reader) ToCount(limit int) (out []Counting, err error) {
	seen, err := ids[string](r, `SELECT ref FROM todo
		WHERE wh = ? AND kind = 'purse' AND open = 1 ORDER BY at, ref LIMIT ?`, limit)
	for _, ref := range seen {
		order, _, _ := strings.Cut(ref, "\t")
		out = append(out, Counting{OrderID(order), ref})
	}
	return out, err
}

// ReturnsOf reads the returns by which money of an order goes back, went, or waits until it
// is paid: of one that was paid, or that stands for goods.
func (r *Reader) ReturnsOf(order OrderID) ([]RMAID, error) {
	return ids[RMAID](r, `
		SELECT f.rma FROM refund f WHERE f.wh = ? AND f.order_id = ? AND f.rma <> ''
		UNION SELECT w.rma FROM refund_wait w WHERE w.wh = ? AND w.source = ? AND w.open = 1
		ORDER BY rma`, order, r.s.id.Warehouse, order)
}

// ReturnWeighed says that the authority has given what is due for all that it saw of a
// return, but for what waits until its customer has paid.
type ReturnWeighed struct {
	RMA   RMAID        `json:"rma"`
	Seen  []string     `json:"seen,omitempty"` // as Reader.ToWeigh names it
	Waits []RefundWait `json:"waits,omitempty"`
	At    int64        `json:"at"`
}

// A RefundWait is a refund of more than came for its order, of which not all was paid.
type RefundWait struct {
	RMA    RMAID   `json:"-"`
	Order  OrderID `json:"order"`
	Source OrderID `json:"source"` // that was paid; not the order, where that stands for goods
	Amount Money   `json:"amount"` // 0: it waits no more
	Room   Money   `json:"room"`   // that came for the source, and does not go back by it
	At     int64   `json:"-"`
}

func (ReturnWeighed) Kind() string  { return "return_weighed" }
func (e ReturnWeighed) Ref() string { return string(e.RMA) }
func (e ReturnWeighed) apply(at Stamp) (out []Change) {
	for _, ref := range e.Seen {
		out = append(out, todoWeigh.done(at, ref, e.At))
	}
	for _, w := range e.Waits {
		out = append(out, refundsWait.raise(at, e.RMA, w.Order, w.Source, w.Amount, w.Room,
			Bit(w.Amount > 0), e.At))
	}
	return out
}

func (w *RefundWait) fields() []any {
	return []any{&w.RMA, &w.Order, &w.Source, &w.Amount, &w.Room, &w.At}
}

const waitColumns = `rma, order_id, source, amount, room, at`

// RefundWaits reads what waits until its customer has paid and somebody may give something
// of, since some of what came is left, the first first.
func (r *Reader) RefundWaits(limit int) ([]RefundWait, error) {
	return all(r, (*RefundWait).fields, `SELECT `+waitColumns+` FROM refund_wait
		WHERE wh = ? AND open = 1 AND room > 0 ORDER BY at, rma, order_id LIMIT ?`, limit)
}

// RefundWaitsOf reads what of a return waits until its customer has paid, by its order.
func (r *Reader) RefundWaitsOf(id RMAID) ([]RefundWait, error) {
	return all(r, (*RefundWait).fields, `SELECT `+waitColumns+` FROM refund_wait
		WHERE wh = ? AND rma = ? AND open = 1 ORDER BY order_id`, id)
}

// A Weighing is a return to which something happened that may change what is due for it.
type Weighing struct {
	RMA  RMAID
	Seen []string // what did; none where it waits for money that has come or gone since
}

// ToWeigh reads what happened since a time to returns that the authority has not weighed
// since, the oldest first.
func (r *Reader) ToWeigh(since int64) (out []Weighing, err error) {
	seen, err := ids[string](r, `SELECT ref FROM todo
		WHERE wh = ? AND kind = 'weigh' AND open = 1 AND at > ? ORDER BY at, ref`, since)
	if err != nil {
		return nil, err
	}
	at := map[RMAID]int{}
	of := func(id RMAID) *Weighing {
		if _, known := at[id]; !known {
			at[id], out = len(out), append(out, Weighing{RMA: id})
		}
		return &out[at[id]]
	}
	for _, ref := range seen {
		if i := strings.LastIndexByte(ref, ' '); i > 0 {
			w := of(RMAID(ref[:i]))
			w.Seen = append(w.Seen, ref)
		}
	}
	waits, err := ids[RMAID](r, `
		SELECT w.rma FROM refund_wait w
		JOIN sales_order o ON o.wh = w.wh AND o.order_id = w.source
		WHERE w.wh = ? AND w.open = 1 AND w.room <> o.paid
			+ (SELECT coalesce(sum(CASE WHEN p.kind IN ('received', 'cod') THEN p.amount
				WHEN p.kind IN ('reversed', 'refunded') THEN -p.amount ELSE 0 END), 0)
				FROM payment p WHERE p.wh = w.wh AND p.order_id = w.source)
			- (SELECT coalesce(sum(f.amount), 0) FROM refund f
				WHERE f.wh = w.wh AND f.order_id = w.source AND `+live+`)
		ORDER BY w.at, w.rma`)
	for _, id := range waits {
		of(id)
	}
	return out, err
}

// ToWeighOf reads what happened to one return that the authority has not weighed since.
func (r *Reader) ToWeighOf(id RMAID) ([]string, error) {
	return ids[string](r, `SELECT ref FROM todo
		WHERE wh = ? AND kind = 'weigh' AND ref > ? AND ref < ? AND open = 1 ORDER BY ref`,
		string(id)+" ", string(id)+"!") // the next character
}

// undone is said by an event whose reversal is more than that of its sums.
type undone interface {
	undone(at Stamp, of EventID) []Change
}

func (e ReturnReceived) undone(at Stamp, of EventID) []Change {
	return weigh(at, e.RMA, "-"+of, e.At)
}

func (e ReturnInspected) undone(at Stamp, of EventID) []Change {
	return weigh(at, e.RMA, "-"+of, e.At)
}

// A Refunding is a refund, and what became of it.
type Refunding struct {
	RefundDue
	Settled   int64  // milliseconds UTC; 0 for not yet
	No        string // the payer's number of it
	Withdrawn int64  // milliseconds UTC; 0 for not
}

// ByHand says whether a person gives it, for a reason, and not a policy for goods.
func (f Refunding) ByHand() bool { return f.Note != "" }

// Live says whether the refund is to be paid, or was.
func (f Refunding) Live() bool { return f.Withdrawn == 0 || f.Settled != 0 }

// Owed says whether somebody is to pay it.
func (f Refunding) Owed() bool { return f.Withdrawn == 0 && f.Settled == 0 && f.Amount > 0 }

// Refund reads a refund, without its lines. It refuses with NotFound.
func (r *Reader) Refund(id string) (f Refunding, err error) {
	found, err := r.one(f.fields(), `SELECT `+refundColumns+` FROM refund f `+refundEnds+`
		WHERE f.wh = ? AND f.refund = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: id}
	}
	return f, err
}

func (f *Refunding) fields() []any {
	return []any{&f.ID, &f.RMA, &f.Order, &f.Carriage, &f.Before, &f.Amount, &f.Currency,
		&f.Note, &f.By, &f.At, &f.Settled, &f.No, &f.Withdrawn}
}

const (
	refundColumns = `f.refund, f.rma, f.order_id, f.carriage, f.given_before, f.amount,
		f.currency, f.note, f.operator, f.at, coalesce(s.at, 0), coalesce(s.no, ''),
		coalesce(x.at, 0)`
	refundEnds = `LEFT JOIN refund_settled s ON s.wh = f.wh AND s.refund = f.refund
		LEFT JOIN refund_withdrawn x ON x.wh = f.wh AND x.refund = f.refund`

	// live is what Refunding.Live says, of refund f.
	live = `NOT EXISTS (
		SELECT 1 FROM refund_withdrawn x WHERE x.wh = f.wh AND x.refund = f.refund AND NOT EXISTS (
			SELECT 1 FROM refund_settled s WHERE s.wh = f.wh AND s.refund = f.refund))`
)

// Refunds reads what is, or was, to be given back for a return, the first first; for none
// where it is empty.
func (r *Reader) Refunds(id RMAID) ([]Refunding, error) {
	out, err := all(r, (*Refunding).fields, `SELECT `+refundColumns+` FROM refund f `+refundEnds+`
		WHERE f.wh = ? AND f.rma = ? ORDER BY f.at, f.refund`, id)
	for i := range out {
		if err != nil {
			return nil, err
		}
		out[i].Lines, err = all(r, func(l *RefundLine) []any {
			return []any{&l.Line, &l.N, &l.Paid, &l.Tax, &l.Fee}
		}, `SELECT line, n, paid, tax, fee FROM refund_line
			WHERE wh = ? AND refund = ? ORDER BY line`, out[i].ID)
	}
	return out, err
}

// RefundsOf reads what is, or was, to be given back by an order, the first first, without
// its lines.
func (r *Reader) RefundsOf(order OrderID) ([]Refunding, error) {
	return all(r, (*Refunding).fields, `SELECT `+refundColumns+` FROM refund f `+refundEnds+`
		WHERE f.wh = ? AND f.order_id = ? ORDER BY f.at, f.refund`, order)
}

// RefundsDue reads the refunds that nobody has paid yet, the oldest first, without their
// lines; one that came to nothing is none.
func (r *Reader) RefundsDue(limit int) ([]Refunding, error) {
	return all(r, (*Refunding).fields, `SELECT `+refundColumns+` FROM todo t
		JOIN refund f ON f.wh = t.wh AND f.refund = t.ref `+refundEnds+`
		WHERE t.wh = ? AND t.kind = 'refund' AND t.open = 1 AND s.at IS NULL AND x.at IS NULL
		ORDER BY t.at, t.ref LIMIT ?`, limit)
}

// RefundedOf reads for how many of an order's lines money goes back, or went, and how much
// in all.
func (r *Reader) RefundedOf(order OrderID) (n map[int64]Qty, sum Money, err error) {
	type row struct {
		line int64
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.line, &x.n} }, `
		SELECT l.line, CAST(sum(l.n) AS BIGINT) FROM refund f
		JOIN refund_line l ON l.wh = f.wh AND l.refund = f.refund
		WHERE f.wh = ? AND f.order_id = ? AND `+live+` GROUP BY l.line`, order)
	if err != nil {
		return nil, 0, err
	}
	n = map[int64]Qty{}
	for _, x := range rows {
		n[x.line] = x.n
	}
	_, err = r.one([]any{&sum}, `
		SELECT CAST(coalesce(sum(f.amount), 0) AS BIGINT) FROM refund f
		WHERE f.wh = ? AND f.order_id = ? AND `+live, order)
	return n, sum, err
}

// ExchangeOrdered says that an order was opened for what is to go out in a return's place:
// other goods, or the customer's own when they are put right.
type ExchangeOrdered struct {
	RMA    RMAID   `json:"rma"`
	Source OrderID `json:"source"` // that the goods were of
	N      Qty     `json:"n"`      // pieces of them that it stands for
	Order  Order   `json:"order"`

	By OperatorID `json:"by,omitempty"` // who sends them, whether or not any are due
}

func (ExchangeOrdered) Kind() string  { return "exchange_ordered" }
func (e ExchangeOrdered) Ref() string { return string(e.RMA) }
func (e ExchangeOrdered) apply(at Stamp) []Change {
	out := append(e.Order.raise(at),
		orderStates.raise(at, e.Order.ID, Received, "", "", "", e.Order.Placed))
	out = append(append(out, rmaOrders.put(e.RMA, e.Order.ID, e.Source, e.N, e.By)),
		weigh(at, e.RMA, e.Order.ID, e.Order.Placed)...)
	return append(out, notice(at, e.RMA, NoticeExchange, e.Order.Placed)...)
}

// ExchangesOf reads the orders that were opened for a return, the first first.
func (r *Reader) ExchangesOf(id RMAID) ([]OrderID, error) {
	return ids[OrderID](r, `SELECT x.order_id FROM rma_order x
		LEFT JOIN sales_order o ON o.wh = x.wh AND o.order_id = x.order_id
		WHERE x.wh = ? AND x.rma = ? ORDER BY o.placed, x.order_id`, id)
}

// ExchangedBy reads who opened an order for a return; empty where that was due.
func (r *Reader) ExchangedBy(id RMAID, order OrderID) (by OperatorID, err error) {
	_, err = r.one([]any{&by}, `
		SELECT operator FROM rma_order WHERE wh = ? AND rma = ? AND order_id = ?`, id, order)
	return by, err
}

// Exchanged reads how many pieces of each item orders were opened for, by a return, in the
// place of those of an order.
func (r *Reader) Exchanged(id RMAID, source OrderID) (map[SKU]Qty, error) {
	type row struct {
		item SKU
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.item, &x.n} }, `
		SELECT l.item, CAST(sum(l.qty) AS BIGINT) FROM rma_order x
		JOIN order_line l ON l.wh = x.wh AND l.order_id = x.order_id
		WHERE x.wh = ? AND x.rma = ? AND x.source = ? GROUP BY l.item`, id, source)
	out := map[SKU]Qty{}
	for _, x := range rows {
		out[x.item] = x.n
	}
	return out, err
}

// ExchangeFor reads the return that an order was opened for; empty for none.
func (r *Reader) ExchangeFor(order OrderID) (id RMAID, err error) {
	_, err = r.one([]any{&id}, `SELECT rma FROM rma_order WHERE wh = ? AND order_id = ?`, order)
	return id, err
}

// SourceOf reads the order that an order stands for goods of; empty for none.
func (r *Reader) SourceOf(order OrderID) (id OrderID, err error) {
	_, err = r.one([]any{&id}, `
		SELECT source FROM rma_order WHERE wh = ? AND order_id = ? ORDER BY rma LIMIT 1`, order)
	return id, err
}

// ExchangesFor reads the orders that stand for goods of an order.
func (r *Reader) ExchangesFor(source OrderID) ([]OrderID, error) {
	return ids[OrderID](r, `SELECT order_id FROM rma_order WHERE wh = ? AND source = ?
		ORDER BY order_id`, source)
}
