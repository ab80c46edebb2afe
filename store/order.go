package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An Order is a sales order as it came in. What was decided on it, and how far
// it has come, is beside it: OrderState.
type Order struct {
	ID           OrderID     `json:"id"`
	Channel      string      `json:"channel,omitempty"`
	Shop         string      `json:"shop,omitempty"`
	PlatformNo   string      `json:"platform_no"`
	Customer     string      `json:"customer,omitempty"` // the customer's number
	Recipient    RecipientID `json:"recipient,omitempty"`
	BuyerRemark  string      `json:"buyer_remark,omitempty"`
	SellerRemark string      `json:"seller_remark,omitempty"`
	Currency     string      `json:"currency,omitempty"`
	Freight      Money       `json:"freight,omitempty"`
	Discount     Money       `json:"discount,omitempty"`
	Tax          Money       `json:"tax,omitempty"`
	PayMethod    string      `json:"pay_method,omitempty"`
	Paid         Money       `json:"paid,omitempty"`
	COD          Money       `json:"cod,omitempty"`
	Mode         Delivery    `json:"mode,omitempty"`
	Service      string      `json:"service,omitempty"`
	FreightPayer string      `json:"freight_payer,omitempty"` // sender, receiver or monthly
	Carrier      CarrierID   `json:"carrier,omitempty"`
	Waybill      WaybillNo   `json:"waybill,omitempty"` // bought before picking
	Province     string      `json:"province,omitempty"`
	Priority     int64       `json:"priority,omitempty"` // the highest is first
	Placed       int64       `json:"placed,omitempty"`   // milliseconds UTC
	ShipBy       int64       `json:"ship_by,omitempty"`  // milliseconds UTC; the cut-off
	Content      string      `json:"content"`            // a hash: the same order again is no other
	Lines        []OrderLine `json:"lines"`
}

// An OrderLine asks for N of an item.
type OrderLine struct {
	Line     int64 `json:"line"` // 1, 2, 3
	Item     SKU   `json:"item"`
	N        Qty   `json:"n"`
	Price    Money `json:"price,omitempty"`    // by the list, a unit
	Discount Money `json:"discount,omitempty"` // its share, of the line
	Paid     Money `json:"paid,omitempty"`     // of the line
	Tax      Money `json:"tax,omitempty"`      // of the line
	Parent   int64 `json:"parent,omitempty"`   // the kit's line
	Gift     Bit   `json:"gift,omitempty"`

	Cancelled, Refunded Qty `json:"-"` // what the customer no longer wants of it
	Need, Want, Tasked  Qty `json:"-"` // of its reservation: to be reserved, reserved, in slips
	Used, Short         Qty `json:"-"` // of what is reserved: picked, not found
	Shipped             Qty `json:"-"`
}

// Net is what is to be sent. What was cancelled and then refunded is one cut.
func (l OrderLine) Net() Qty { return max(0, l.N-max(l.Cancelled, l.Refunded)) }

// Owed is what no reservation stands for yet: it waits for stock.
func (l OrderLine) Owed() Qty { return max(0, l.Net()-(l.Want-l.Short)) }

// Free is what is reserved, still wanted, and in no slip yet.
func (l OrderLine) Free() Qty {
	return max(0, min(l.Want-l.Tasked, l.Net()-(l.Tasked-l.Short)))
}

// Surplus is the promise that gives back what a line no longer needs, where slips
// hold so much of it.
func (l OrderLine) Surplus(order OrderID, inSlips Qty) Promise {
	keep := max(l.Net(), inSlips-l.Short)
	return Promise{Order: order, Line: l.Line, Item: l.Item, N: min(0, keep-(l.Want-l.Short)),
		Need: min(0, l.Net()-l.Need)}
}

// Delivery is how an order goes to its customer.
type Delivery string

// The ways of delivery. The first two need a carrier's waybill.
const (
	Express  Delivery = "express"
	Freight  Delivery = "freight"
	PickUp   Delivery = "pickup"
	OwnFleet Delivery = "fleet"
)

// Deliveries lists the ways of delivery.
var Deliveries = []Delivery{Express, Freight, PickUp, OwnFleet}

// NeedsWaybill says whether a carrier takes it.
func (d Delivery) NeedsWaybill() bool { return d != PickUp && d != OwnFleet }

// Fingerprint is the same for orders of one customer for the same goods at the same
// prices: it finds what was bought twice by mistake.
func (o Order) Fingerprint() string {
	var lines []string
	for _, l := range o.Lines {
		lines = append(lines, fmt.Sprintf("%s\x00%d\x00%d", l.Item, l.N, l.Price))
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(o.Customer + "\n" + strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

func (o *Order) fields() []any {
	return []any{&o.ID, &o.Channel, &o.Shop, &o.PlatformNo, &o.Customer, &o.Recipient,
		&o.BuyerRemark, &o.SellerRemark, &o.Currency, &o.Freight, &o.Discount, &o.Tax,
		&o.PayMethod, &o.Paid, &o.COD, &o.Mode, &o.Service, &o.FreightPayer, &o.Carrier,
		&o.Waybill, &o.Province, &o.Priority, &o.Placed, &o.ShipBy, &o.Content}
}

const orderColumns = `o.order_id, o.channel, o.shop, o.platform_no, o.customer, o.recipient,
	o.buyer_remark, o.seller_remark, o.currency, o.freight, o.discount, o.tax,
	o.pay_method, o.paid, o.cod, o.mode, o.service, o.freight_payer, o.carrier,
	o.waybill, o.province, o.priority, o.placed, o.ship_by, o.content`

// OrderReceived says that a sales order came in.
type OrderReceived struct{ Order }

func (OrderReceived) Kind() string  { return "order_received" }
func (e OrderReceived) Ref() string { return string(e.ID) }
func (e OrderReceived) apply(at Stamp) []Change {
	return append(e.Order.raise(at), orderStates.raise(at, e.ID, Received, "", "", "", e.Placed))
}

// raise writes the order as it is from now on, with its lines.
func (o Order) raise(at Stamp) []Change {
	out := []Change{orders.raise(at, o.fields()...)}
	for _, l := range o.Lines {
		out = append(out, orderLines.raise(at, o.ID, l.Line, l.Item, l.N, l.Price, l.Discount,
			l.Paid, l.Tax, l.Parent, l.Gift))
	}
	return out
}

// OrderState is what was decided on an order, and where it stands since.
type OrderState string

// The states. Those up to Cancelled are decided; the others follow from its slips.
const (
	Received    OrderState = "received"
	Held        OrderState = "held"
	Confirmed   OrderState = "confirmed" // stock is reserved, slips are released by themselves
	LockedOrder OrderState = "locked"    // stock is reserved, a supervisor releases it
	Rejected    OrderState = "rejected"
	Cancelled   OrderState = "cancelled" // nothing of it is wanted any more
	Released    OrderState = "released"
	Picking     OrderState = "picking"
	Picked      OrderState = "picked"
	Packed      OrderState = "packed"
	PartShipped OrderState = "part_shipped"
	Shipped     OrderState = "shipped"
)

// A Finding is one reason why an order does not pass a rule of the review.
type Finding struct {
	Rule string `json:"rule"`
	Line int64  `json:"line,omitempty"`
	Want string `json:"want,omitempty"`
	Got  string `json:"got,omitempty"`
}

// A Decision is the last word of the authority on an order.
type Decision struct {
	State    OrderState
	Findings []Finding
	Note     string
	Operator OperatorID
	At       int64 // milliseconds UTC
}

// OrderDecided says what the authority decided on an order, and what it reserved.
type OrderDecided struct {
	Order    OrderID    `json:"order"`
	State    OrderState `json:"state"`
	Findings []Finding  `json:"findings,omitempty"`
	Reason   string     `json:"reason,omitempty"` // a person's
	By       OperatorID `json:"by,omitempty"`
	At       int64      `json:"at"`
	Promises []Promise  `json:"promises,omitempty"`
	Tell     Bit        `json:"tell,omitempty"` // the customer
}

func (OrderDecided) Kind() string  { return "order_decided" }
func (e OrderDecided) Ref() string { return string(e.Order) }
func (e OrderDecided) apply(at Stamp) []Change {
	out := append(promised(e.Promises), orderStates.raise(at, e.Order, e.State,
		encodeFindings(e.Findings), e.Reason, e.By, e.At))
	if e.Tell {
		out = append(out, notice(at, e.Order, NoticeConfirmed, e.At)...)
	}
	return out
}

// Order reads an order with its lines, by its own number. It refuses with NotFound.
func (r *Reader) Order(id OrderID) (o Order, err error) {
	found, err := r.one(o.fields(),
		`SELECT `+orderColumns+` FROM sales_order o WHERE o.wh = ? AND o.order_id = ?`, id)
	if err == nil && !found {
		err = &Refusal{Code: NotFound, Got: string(id)}
	}
	if err != nil {
		return o, err
	}
	if o.Lines, err = all(r, (*OrderLine).fields, `
		SELECT l.line, l.item, l.qty, l.price, l.discount, l.paid, l.tax, l.parent, l.gift,
			coalesce(c.cancelled, 0), coalesce(c.refunded, 0), coalesce(r.need, 0),
			coalesce(r.want, 0), coalesce(r.tasked, 0), coalesce(r.used, 0), coalesce(r.short, 0)
		FROM order_line l
		LEFT JOIN order_cut c ON c.wh = l.wh AND c.order_id = l.order_id AND c.line = l.line
		LEFT JOIN reservation r
			ON r.wh = l.wh AND r.item = l.item AND r.order_id = l.order_id AND r.line = l.line
		WHERE l.wh = ? AND l.order_id = ? AND l.qty > 0 ORDER BY l.line`, id); err != nil {
		return o, err
	}
	return o, r.shipped(&o)
}

func (l *OrderLine) fields() []any {
	return []any{&l.Line, &l.Item, &l.N, &l.Price, &l.Discount, &l.Paid, &l.Tax, &l.Parent,
		&l.Gift, &l.Cancelled, &l.Refunded, &l.Need, &l.Want, &l.Tasked, &l.Used, &l.Short}
}

// shipped reads how much of each line has left. A line of a slip that is for
// several orders is theirs in the order of their numbers.
func (r *Reader) shipped(o *Order) error {
	type part struct {
		line                      int64
		n, shipped, before, after Qty
	}
	parts, err := all(r, func(p *part) []any {
		return []any{&p.line, &p.n, &p.shipped, &p.before, &p.after}
	}, `
		SELECT q.order_line, `+kept+`, x.shipped,
			(SELECT CAST(coalesce(sum(p.qty - coalesce(k.n, 0)), 0) AS BIGINT) FROM slip_source p
				LEFT JOIN slip_stop k ON k.wh = p.wh AND k.slip = p.slip AND k.line = p.line
					AND k.order_id = p.order_id AND k.order_line = p.order_line
				WHERE p.wh = q.wh AND p.slip = q.slip AND p.line = q.line
					AND (p.order_id < q.order_id
						OR p.order_id = q.order_id AND p.order_line < q.order_line)),
			(SELECT count(*) FROM slip_source p
				WHERE p.wh = q.wh AND p.slip = q.slip AND p.line = q.line
					AND (p.order_id > q.order_id
						OR p.order_id = q.order_id AND p.order_line > q.order_line))
		FROM slip_source q
		JOIN line_sum x ON x.wh = q.wh AND x.slip = q.slip AND x.line = q.line
		WHERE q.wh = ? AND q.order_id = ? AND x.shipped > 0`, o.ID)
	for _, p := range parts {
		n := max(0, p.shipped-p.before)
		if p.after > 0 {
			n = min(n, p.n)
		}
		for i := range o.Lines {
			if o.Lines[i].Line == p.line {
				o.Lines[i].Shipped += n
			}
		}
	}
	return err
}

// LastLine is the highest number that a line of an order ever had.
func (r *Reader) LastLine(id OrderID) (int64, error) {
	return r.count(`
		SELECT coalesce(max(line), 0) FROM order_line WHERE wh = ? AND order_id = ?`, id)
}

// OrderByPlatform finds an order by the number that its platform gave it.
func (r *Reader) OrderByPlatform(channel, shop, no string) (id OrderID, content string, err error) {
	_, err = r.one([]any{&id, &content}, `
		SELECT order_id, content FROM sales_order
		WHERE wh = ? AND channel = ? AND shop = ? AND platform_no = ?`, channel, shop, no)
	return id, content, err
}

// OrdersByNo finds orders by either number.
func (r *Reader) OrdersByNo(no string) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT order_id FROM sales_order WHERE wh = ? AND platform_no = ?
		UNION SELECT order_id FROM sales_order WHERE wh = ? AND order_id = ?`,
		no, r.s.id.Warehouse, no)
}

// Decision reads the last word on an order; none where there is no such order.
func (r *Reader) Decision(id OrderID) (d Decision, err error) {
	var findings string
	_, err = r.one([]any{&d.State, &findings, &d.Note, &d.Operator, &d.At}, `
		SELECT state, reasons, note, operator, at FROM order_state
		WHERE wh = ? AND order_id = ?`, id)
	d.Findings = decodeFindings(findings)
	return d, err
}

// OrdersIn reads the orders on which the last word is state, the most urgent
// first.
func (r *Reader) OrdersIn(state OrderState) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM order_state s
		JOIN sales_order o ON o.wh = s.wh AND o.order_id = s.order_id
		WHERE s.wh = ? AND s.state = ?
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`, state)
}

// Twins reads earlier orders that look like the same bought twice: of one
// customer, phone or masked person in one channel, with the same content, placed
// within the span in milliseconds, and neither rejected nor cancelled.
func (r *Reader) Twins(o Order, p Recipient, within int64) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM sales_order o
		JOIN order_state s ON s.wh = o.wh AND s.order_id = o.order_id
		LEFT JOIN recipient p ON p.wh = o.wh AND p.recipient = o.recipient
		WHERE o.wh = ? AND o.content = ? AND o.order_id < ? AND o.channel = ?
			AND (o.customer <> '' AND o.customer = ? OR p.phone <> '' AND p.phone = ?
				OR p.token <> '' AND p.token = ?)
			AND o.placed BETWEEN ? AND ? AND s.state NOT IN ('rejected', 'cancelled')
		ORDER BY o.order_id`,
		o.Content, o.ID, o.Channel, o.Customer, p.Phone, p.Token, o.Placed-within, o.Placed+within)
}

// OrdersOf reads the orders of a customer's number, the last first.
func (r *Reader) OrdersOf(customer string, limit int) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT order_id FROM sales_order WHERE wh = ? AND customer = ? AND customer <> ''
		ORDER BY placed DESC, order_id DESC LIMIT ?`, customer, limit)
}

// LastTo finds the last order of a person with this phone number; empty for none.
func (r *Reader) LastTo(phone string) (id OrderID, err error) {
	_, err = r.one([]any{&id}, `
		SELECT o.order_id FROM sales_order o
		WHERE o.wh = ? AND o.recipient IN (
			SELECT p.recipient FROM recipient p
			WHERE p.wh = ? AND p.tail = ? AND p.phone = ? AND p.phone <> '')
		ORDER BY o.placed DESC, o.order_id DESC LIMIT 1`,
		r.s.id.Warehouse, Recipient{Phone: phone}.tail(), phone)
	return id, err
}

// OrdersWithWaybill reads the orders that a waybill was bought with.
func (r *Reader) OrdersWithWaybill(no WaybillNo) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT order_id FROM sales_order WHERE wh = ? AND waybill = ? AND waybill <> ''
		ORDER BY order_id`, no)
}

// Mates reads the other orders of a person whose goods could go with an order's: with
// something reserved that nobody picked, of one way of delivery, carrier and service.
// Where the order names nobody, they are those of its customer's number.
func (r *Reader) Mates(o Order, p Recipient) ([]OrderID, error) {
	wh := r.s.id.Warehouse
	return ids[OrderID](r, `
		WITH same AS (
			SELECT o.order_id FROM recipient p
			JOIN sales_order o ON o.wh = p.wh AND o.recipient = p.recipient
			WHERE p.wh = ? AND p.tail = ? AND p.phone = ? AND p.name = ? AND p.address = ?
				AND p.token = ?
			UNION
			SELECT o.order_id FROM sales_order o
			WHERE o.wh = ? AND o.customer = ? AND o.customer <> '' AND o.recipient = '')
		SELECT m.order_id FROM same x
		CROSS JOIN sales_order m
		JOIN order_state s ON s.wh = m.wh AND s.order_id = m.order_id
			AND s.state IN ('confirmed', 'locked')
		WHERE m.wh = ? AND m.order_id = x.order_id AND m.order_id <> ? AND m.channel = ?
			AND m.shop = ? AND m.mode = ? AND m.carrier = ? AND m.service = ?
			AND m.freight_payer = ? AND EXISTS (
				SELECT 1 FROM order_line l JOIN reservation v ON v.wh = l.wh AND v.item = l.item
					AND v.order_id = l.order_id AND v.line = l.line
				WHERE l.wh = m.wh AND l.order_id = m.order_id AND v.want > v.used + v.short)
		ORDER BY m.order_id`,
		p.tail(), p.Phone, p.Name, p.Address, p.Token, wh, o.Customer,
		wh, o.ID, o.Channel, o.Shop, o.Mode, o.Carrier, o.Service, o.FreightPayer)
}

// OrderState derives where an order stands.
func (r *Reader) OrderState(id OrderID) (OrderState, error) {
	d, err := r.Decision(id)
	if err != nil || d.State != Confirmed {
		return d.State, err
	}
	o, err := r.Order(id)
	if err != nil {
		return "", err
	}
	var ordered, shipped Qty
	for _, l := range o.Lines {
		ordered, shipped = ordered+l.Net(), shipped+l.Shipped
	}
	switch {
	case shipped > 0 && shipped >= ordered:
		return Shipped, nil
	case shipped > 0:
		return PartShipped, nil
	}
	slips, err := r.SlipsOf(id)
	if err != nil || len(slips) == 0 {
		return Confirmed, err
	}
	steps := []OrderState{Packed, Picked, Picking, Released, Confirmed} // the least wins
	least, live := 0, false
	for _, id := range slips {
		s, err := r.Slip(id)
		if err != nil {
			return "", err
		}
		if state := s.State(); state != SlipWithdrawn && state != SlipStopped {
			least = max(least, slices.Index(steps, state.asOrder()))
			live = true
		}
	}
	if !live {
		return Confirmed, nil
	}
	return steps[least], nil
}

func encodeFindings(f []Finding) string {
	if len(f) == 0 {
		return ""
	}
	b, _ := json.Marshal(f) // strings and numbers: it cannot fail
	return string(b)
}

func decodeFindings(text string) (f []Finding) {
	_ = json.Unmarshal([]byte(text), &f) // written above; none when it is empty
	return f
}
