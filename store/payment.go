package store

// A Payment is money that came for an order, or went back.
type Payment struct {
	Order  OrderID     `json:"order"`
	ID     string      `json:"id"` // the payer's number of it; the same again is no other
	Amount Money       `json:"amount"`
	Method string      `json:"method,omitempty"`
	By     OperatorID  `json:"by,omitempty"`
	At     int64       `json:"at"`
	Of     PaymentKind `json:"-"`
}

// A PaymentKind is which way the money went.
type PaymentKind string

// The kinds of payments.
const (
	MoneyIn   PaymentKind = "received"
	MoneyBack PaymentKind = "reversed" // a payment that failed after all
	CODMoney  PaymentKind = "cod"      // collected at the door
	Refund    PaymentKind = "refunded" // by the platform, often before the goods
)

// PaymentKinds lists every kind of payment, for tests that must not miss one.
var PaymentKinds = []PaymentKind{MoneyIn, MoneyBack, CODMoney, Refund}

func (p Payment) put(kind PaymentKind) Change {
	return payments.put(p.Order, p.ID, kind, p.Amount, p.Method, p.By, p.At)
}

// PaymentReceived says that an order was paid, or a part of it.
type PaymentReceived struct{ Payment }

func (PaymentReceived) Kind() string           { return "payment_received" }
func (e PaymentReceived) Ref() string          { return string(e.Order) }
func (e PaymentReceived) apply(Stamp) []Change { return []Change{e.put(MoneyIn)} }

// PaymentReversed says that money for an order went back to where it came from.
type PaymentReversed struct{ Payment }

func (PaymentReversed) Kind() string  { return "payment_reversed" }
func (e PaymentReversed) Ref() string { return string(e.Order) }
func (e PaymentReversed) apply(at Stamp) []Change {
	return append(counts(at, e.Order, e.ID, e.At), e.put(MoneyBack))
}

// CODCollected says that a carrier was paid at the door.
type CODCollected struct{ Payment }

func (CODCollected) Kind() string           { return "cod_collected" }
func (e CODCollected) Ref() string          { return string(e.Order) }
func (e CODCollected) apply(Stamp) []Change { return []Change{e.put(CODMoney)} }

// A Cut is what is no longer wanted of a line of an order.
type Cut struct {
	Line int64 `json:"line"`
	N    Qty   `json:"n"`
	Seen Qty   `json:"-"` // pieces that a person saw of it; 0 for nobody
}

// A Cutting cuts lines of an order: what was reserved for them is given back, and what is
// being worked on is stopped. Ends says that nothing is left of it.
type Cutting struct {
	Order    OrderID      `json:"order"`
	ID       string       `json:"id"` // the platform's number; the same again is no other
	Lines    []Cut        `json:"lines,omitempty"`
	Reason   string       `json:"reason,omitempty"`
	By       OperatorID   `json:"by,omitempty"`
	At       int64        `json:"at"`
	Promises []Promise    `json:"promises,omitempty"`
	Withdraw []Withdrawal `json:"withdraw,omitempty"`
	Ends     bool         `json:"ends,omitempty"`

	Stop []Interception `json:"stop,omitempty"` // of slips that somebody began
}

func (c Cutting) changes(at Stamp) []Change {
	out := append(promised(c.Promises), withdrawn(c.Withdraw, at)...)
	out = append(out, intercepted(c.Stop, at)...)
	if c.Ends {
		out = append(out, orderStates.raise(at, c.Order, Cancelled, "", c.Reason, c.By, c.At))
	}
	return out
}

// OrderCancelled says that a customer withdrew lines of an order.
type OrderCancelled struct{ Cutting }

func (OrderCancelled) Kind() string  { return "order_cancelled" }
func (e OrderCancelled) Ref() string { return string(e.Order) }
func (e OrderCancelled) apply(at Stamp) []Change {
	out := append(e.changes(at), counts(at, e.Order, e.ID, e.At)...)
	for _, l := range e.Lines {
		out = append(out, orderCuts.put(e.Order, l.Line, l.N, Qty(0)))
	}
	return append(out, Payment{Order: e.Order, ID: e.ID, By: e.By, At: e.At}.put(Cancellation))
}

// Cancellation is no money: under it the number of one is remembered.
const Cancellation PaymentKind = "cancelled"

// RefundedUpstream says that a platform gave a customer the money back, for lines
// or for no line at all.
type RefundedUpstream struct {
	Cutting
	Amount Money `json:"amount,omitempty"`
}

func (RefundedUpstream) Kind() string  { return "refunded_upstream" }
func (e RefundedUpstream) Ref() string { return string(e.Order) }
func (e RefundedUpstream) apply(at Stamp) []Change {
	out := append(e.changes(at), counts(at, e.Order, e.ID, e.At)...)
	for _, l := range e.Lines {
		out = append(out, orderCuts.put(e.Order, l.Line, Qty(0), l.N))
	}
	return append(out,
		Payment{Order: e.Order, ID: e.ID, Amount: e.Amount, By: e.By, At: e.At}.put(Refund))
}

func (p *Payment) fields() []any {
	return []any{&p.Order, &p.ID, &p.Of, &p.Amount, &p.Method, &p.By, &p.At}
}

// Payments reads the money that came for an order and went back, oldest first.
func (r *Reader) Payments(order OrderID) ([]Payment, error) {
	return all(r, (*Payment).fields, `
		SELECT order_id, payment, kind, amount, method, operator, at FROM payment
		WHERE wh = ? AND order_id = ? AND kind <> 'cancelled' ORDER BY at, payment`, order)
}

// Settled reads what a payment, a refund or a cancellation of this number was
// taken as, and for how much; empty when it was not.
func (r *Reader) Settled(order OrderID, id string) (of PaymentKind, sum Money, err error) {
	_, err = r.one([]any{&of, &sum}, `
		SELECT kind, amount FROM payment WHERE wh = ? AND order_id = ? AND payment = ?`, order, id)
	return of, sum, err
}

// PaidFor is the money that came for an order and stayed: with the order itself,
// and since.
func (r *Reader) PaidFor(o Order) (Money, error) {
	all, err := r.Payments(o.ID)
	sum := o.Paid
	for _, p := range all {
		switch p.Of {
		case MoneyIn, CODMoney:
			sum += p.Amount
		case MoneyBack, Refund:
			sum -= p.Amount
		}
	}
	return sum, err
}

// Due is what an order comes to: its lines as far as they are still wanted, less
// what it is reduced by, and the freight. A tax that is not in the prices comes on
// top where the lines say what they were paid with it.
func (o Order) Due() (sum Money) {
	for _, l := range o.Lines {
		line := l.Price*Money(l.N) - l.Discount
		if l.Paid != 0 {
			line = l.Paid
		}
		if l.N > 0 {
			sum += line * Money(l.Net()) / Money(l.N)
		}
	}
	if sum == 0 {
		return 0
	}
	if !o.paidByLine() {
		sum -= o.Discount
	}
	return max(0, sum+o.Freight)
}

// paidByLine says whether the lines have their share of the order's discount.
func (o Order) paidByLine() bool {
	for _, l := range o.Lines {
		if l.Paid != 0 {
			return true
		}
	}
	return false
}

// Taxes are what an order says of taxes, in all.
func (o Order) Taxes() (sum Money) {
	for _, l := range o.Lines {
		sum += l.Tax
	}
	return sum + o.Tax
}
