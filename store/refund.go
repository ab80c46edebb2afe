package store

// A RefundDue is money that is to go back to a customer for goods that came back, of one
// order. The finance side pays it.
type RefundDue struct {
	ID       string       `json:"id"` // follows from what it is for
	RMA      RMAID        `json:"rma"`
	Order    OrderID      `json:"order"`
	Lines    []RefundLine `json:"lines"`
	Carriage Money        `json:"carriage,omitempty"` // kept
	Amount   Money        `json:"amount"`             // of the lines, less what is kept
	Currency string       `json:"currency,omitempty"`
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

func (RefundDue) Kind() string  { return "refund_due" }
func (e RefundDue) Ref() string { return string(e.RMA) }
func (e RefundDue) apply(at Stamp) []Change {
	out := append(notice(at, e.RMA, NoticeRefund, e.At),
		refunds.put(e.ID, e.RMA, e.Order, e.Carriage, e.Amount, e.Currency, e.At))
	for _, l := range e.Lines {
		out = append(out, refundLines.put(e.ID, l.Line, l.N, l.Paid, l.Tax, l.Fee))
	}
	return out
}

// RefundSettled says that the finance side has given the money back.
type RefundSettled struct {
	Refund string     `json:"refund"`
	RMA    RMAID      `json:"rma"`
	No     string     `json:"no,omitempty"` // the payer's number of it
	Method string     `json:"method,omitempty"`
	By     OperatorID `json:"by,omitempty"`
	At     int64      `json:"at"`
}

func (RefundSettled) Kind() string  { return "refund_settled" }
func (e RefundSettled) Ref() string { return string(e.RMA) }
func (e RefundSettled) apply(at Stamp) []Change {
	return []Change{refundsSettled.raise(at, e.Refund, e.No, e.Method, e.By, e.At),
		stepOf(at, e.RMA, StepRefunded, e.At)}
}

// A Refunding is a refund, and whether it was settled.
type Refunding struct {
	RefundDue
	Settled int64  // milliseconds UTC; 0 for not yet
	No      string // the payer's number of it
}

// Refund reads a refund, without its lines. It refuses with NotFound.
func (r *Reader) Refund(id string) (f Refunding, err error) {
	found, err := r.one(f.fields(), `SELECT `+refundColumns+` FROM `+refundTables+`
		WHERE f.wh = ? AND f.refund = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: id}
	}
	return f, err
}

func (f *Refunding) fields() []any {
	return []any{&f.ID, &f.RMA, &f.Order, &f.Carriage, &f.Amount, &f.Currency, &f.At, &f.Settled,
		&f.No}
}

const (
	refundColumns = `f.refund, f.rma, f.order_id, f.carriage, f.amount, f.currency, f.at,
		coalesce(s.at, 0), coalesce(s.no, '')`
	refundTables = `refund f
		LEFT JOIN refund_settled s ON s.wh = f.wh AND s.refund = f.refund`
)

// Refunds reads what is to be given back for a return, the first first; for all returns
// where it is empty.
func (r *Reader) Refunds(id RMAID) ([]Refunding, error) {
	out, err := all(r, (*Refunding).fields, `SELECT `+refundColumns+` FROM `+refundTables+`
		WHERE f.wh = ? AND (f.rma = ? OR ? = '') ORDER BY f.at, f.refund`, id, id)
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

// RefundsDue reads the refunds that nobody has paid yet, the oldest first; one that came to
// nothing is none.
func (r *Reader) RefundsDue(limit int) ([]Refunding, error) {
	return all(r, func(f *Refunding) []any {
		return []any{&f.ID, &f.RMA, &f.Order, &f.Carriage, &f.Amount, &f.Currency, &f.At}
	}, `
		SELECT f.refund, f.rma, f.order_id, f.carriage, f.amount, f.currency, f.at FROM refund f
		WHERE f.wh = ? AND f.amount > 0 AND NOT EXISTS (
			SELECT 1 FROM refund_settled s WHERE s.wh = f.wh AND s.refund = f.refund)
		ORDER BY f.at, f.refund LIMIT ?`, limit)
}

// RefundedOf reads for how many of an order's lines money was to be given back before, and
// how much in all.
func (r *Reader) RefundedOf(order OrderID) (n map[int64]Qty, sum Money, err error) {
	type row struct {
		line int64
		n    Qty
	}
	rows, err := all(r, func(x *row) []any { return []any{&x.line, &x.n} }, `
		SELECT l.line, CAST(sum(l.n) AS BIGINT) FROM refund f
		JOIN refund_line l ON l.wh = f.wh AND l.refund = f.refund
		WHERE f.wh = ? AND f.order_id = ? GROUP BY l.line`, order)
	if err != nil {
		return nil, 0, err
	}
	n = map[int64]Qty{}
	for _, x := range rows {
		n[x.line] = x.n
	}
	_, err = r.one([]any{&sum}, `
		SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM refund
		WHERE wh = ? AND order_id = ?`, order)
	return n, sum, err
}

// ExchangeOrdered says that an order was opened for what is to go out in a return's place:
// other goods, or the customer's own when they are put right.
type ExchangeOrdered struct {
	RMA    RMAID   `json:"rma"`
	Source OrderID `json:"source"` // that the goods were of
	N      Qty     `json:"n"`      // pieces of them that it stands for
	Order  Order   `json:"order"`
}

func (ExchangeOrdered) Kind() string  { return "exchange_ordered" }
func (e ExchangeOrdered) Ref() string { return string(e.RMA) }
func (e ExchangeOrdered) apply(at Stamp) []Change {
	out := append(e.Order.raise(at),
		orderStates.raise(at, e.Order.ID, Received, "", "", "", e.Order.Placed))
	out = append(out, rmaOrders.put(e.RMA, e.Order.ID, e.Source, e.N))
	return append(out, notice(at, e.RMA, NoticeExchange, e.Order.Placed)...)
}

// ExchangesOf reads the orders that were opened for a return.
func (r *Reader) ExchangesOf(id RMAID) ([]OrderID, error) {
	return ids[OrderID](r, `SELECT order_id FROM rma_order WHERE wh = ? AND rma = ?
		ORDER BY order_id`, id)
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

// ReturnsDue reads the approved returns of which goods were looked at since a time, and of
// more of them than money was given for, or goods were sent for; the oldest first.
func (r *Reader) ReturnsDue(since int64) ([]RMAID, error) {
	return ids[RMAID](r, `
		WITH seen AS (SELECT DISTINCT i.wh, i.rma FROM inspection i WHERE i.wh = ? AND i.at > ?)
		SELECT a.rma FROM seen i
		JOIN rma_state s ON s.wh = i.wh AND s.rma = i.rma AND s.state = 'approved'
		JOIN rma a ON a.wh = i.wh AND a.rma = i.rma
		WHERE (SELECT coalesce(sum(g.inspected), 0) FROM rma_goods g
				WHERE g.wh = i.wh AND g.rma = i.rma AND g.order_id <> '')
			> (SELECT coalesce(sum(l.n), 0) FROM refund f
				JOIN refund_line l ON l.wh = f.wh AND l.refund = f.refund
				WHERE f.wh = i.wh AND f.rma = i.rma)
			+ (SELECT coalesce(sum(x.n), 0) FROM rma_order x
				WHERE x.wh = i.wh AND x.rma = i.rma)
		ORDER BY a.placed, a.rma`, since)
}

// ExchangeFor reads the return that an order was opened for; empty for none.
func (r *Reader) ExchangeFor(order OrderID) (id RMAID, err error) {
	_, err = r.one([]any{&id}, `SELECT rma FROM rma_order WHERE wh = ? AND order_id = ?`, order)
	return id, err
}
