package store

import (
	"encoding/json"
	"slices"
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

	Want, Used, Short Qty `json:"-"` // the reservation: promised, picked, not found
	Shipped           Qty `json:"-"`
}

// Owed is what no reservation stands for yet: it waits for stock.
func (l OrderLine) Owed() Qty { return max(0, l.N-(l.Want-l.Short)) }

// Open is what is reserved and not yet picked.
func (l OrderLine) Open() Qty { return max(0, l.Want-l.Used-l.Short) }

// Delivery is how an order goes to its customer.
type Delivery string

// The ways of delivery. The first two need a carrier's waybill.
const (
	Express  Delivery = "express"
	Freight  Delivery = "freight"
	PickUp   Delivery = "pickup"
	OwnFleet Delivery = "fleet"
)

// NeedsWaybill says whether a carrier takes it.
func (d Delivery) NeedsWaybill() bool { return d != PickUp && d != OwnFleet }

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
func (e OrderReceived) apply(Stamp) []Change {
	out := []Change{orders.put(e.Order.fields()...)}
	for _, l := range e.Lines {
		out = append(out, orderLines.put(e.ID, l.Line, l.Item, l.N, l.Price, l.Discount, l.Paid,
			l.Tax, l.Parent, l.Gift))
	}
	return out
}

// OrderState is what was decided on an order, and where it stands since.
type OrderState string

// The states. The first four are decided; the others follow from its slips.
const (
	Received    OrderState = "received"
	Held        OrderState = "held"
	Confirmed   OrderState = "confirmed" // locked: no edits, stock reserved
	Rejected    OrderState = "rejected"
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

// A Promise reserves N of an item for a line of an order.
type Promise struct {
	Order OrderID `json:"order"`
	Line  int64   `json:"line"`
	Item  SKU     `json:"item"`
	N     Qty     `json:"n"`
}

func (p Promise) change() Change {
	return reserved.put(p.Item, p.Order, p.Line, p.N, Qty(0), Qty(0))
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
}

func (OrderDecided) Kind() string  { return "order_decided" }
func (e OrderDecided) Ref() string { return string(e.Order) }
func (e OrderDecided) apply(at Stamp) []Change {
	out := []Change{orderStates.raise(at, e.Order, e.State, encodeFindings(e.Findings),
		e.Reason, e.By, e.At)}
	for _, p := range e.Promises {
		out = append(out, p.change())
	}
	return out
}

// StockReserved says that stock came for what confirmed orders were owed.
type StockReserved struct {
	Order    OrderID   `json:"order"`
	Promises []Promise `json:"promises"`
}

func (StockReserved) Kind() string  { return "stock_reserved" }
func (e StockReserved) Ref() string { return string(e.Order) }
func (e StockReserved) apply(Stamp) (out []Change) {
	for _, p := range e.Promises {
		out = append(out, p.change())
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
	o.Lines, err = all(r, func(l *OrderLine) []any {
		return []any{&l.Line, &l.Item, &l.N, &l.Price, &l.Discount, &l.Paid, &l.Tax, &l.Parent,
			&l.Gift, &l.Want, &l.Used, &l.Short, &l.Shipped}
	}, `
		SELECT l.line, l.item, l.qty, l.price, l.discount, l.paid, l.tax, l.parent, l.gift,
			coalesce(r.want, 0), coalesce(r.used, 0), coalesce(r.short, 0),
			(SELECT CAST(coalesce(sum(x.shipped), 0) AS BIGINT) FROM slip_source q
				JOIN line_sum x ON x.wh = q.wh AND x.slip = q.slip AND x.line = q.line
				WHERE q.wh = l.wh AND q.order_id = l.order_id AND q.order_line = l.line)
		FROM order_line l
		LEFT JOIN reservation r
			ON r.wh = l.wh AND r.item = l.item AND r.order_id = l.order_id AND r.line = l.line
		WHERE l.wh = ? AND l.order_id = ? ORDER BY l.line`, id)
	return o, err
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

// Decision reads the last word on an order; Received while there is none.
func (r *Reader) Decision(id OrderID) (d Decision, err error) {
	var findings string
	found, err := r.one([]any{&d.State, &findings, &d.Note, &d.Operator, &d.At}, `
		SELECT state, reasons, note, operator, at FROM order_state
		WHERE wh = ? AND order_id = ?`, id)
	if !found {
		d.State = Received
	}
	d.Findings = decodeFindings(findings)
	return d, err
}

// OrdersIn reads the orders on which the last word is state, the most urgent
// first.
func (r *Reader) OrdersIn(state OrderState) ([]OrderID, error) {
	if state == Received {
		return ids[OrderID](r, `
			SELECT o.order_id FROM sales_order o WHERE o.wh = ? AND NOT EXISTS (
				SELECT 1 FROM order_state s WHERE s.wh = o.wh AND s.order_id = o.order_id)
			ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
				o.placed, o.order_id`)
	}
	return ids[OrderID](r, `
		SELECT o.order_id FROM order_state s
		JOIN sales_order o ON o.wh = s.wh AND o.order_id = s.order_id
		WHERE s.wh = ? AND s.state = ?
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`, state)
}

// OrdersOwed reads the confirmed orders that wait for stock, the most urgent first.
func (r *Reader) OrdersOwed() ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM order_state s
		JOIN sales_order o ON o.wh = s.wh AND o.order_id = s.order_id
		WHERE s.wh = ? AND s.state = 'confirmed' AND EXISTS (
			SELECT 1 FROM order_line l LEFT JOIN reservation r
				ON r.wh = l.wh AND r.item = l.item AND r.order_id = l.order_id AND r.line = l.line
			WHERE l.wh = s.wh AND l.order_id = s.order_id
				AND l.qty > coalesce(r.want, 0) - coalesce(r.short, 0))
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`)
}

// OrdersToRelease reads the orders with a reservation that no task stands for,
// the most urgent first.
func (r *Reader) OrdersToRelease() ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM reservation v
		JOIN sales_order o ON o.wh = v.wh AND o.order_id = v.order_id
		WHERE v.wh = ? AND v.want > v.used + v.short AND v.want - v.used - v.short > (
			SELECT coalesce(sum(x.want - x.picked - x.short), 0) FROM slip_source q
			JOIN line_sum x ON x.wh = q.wh AND x.slip = q.slip AND x.line = q.line
			WHERE q.wh = v.wh AND q.order_id = v.order_id AND q.order_line = v.line
				AND x.want > x.picked + x.short)
		GROUP BY o.order_id, o.priority, o.ship_by, o.placed
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`)
}

// Twins reads earlier orders that look like the same bought twice: of one
// customer in one channel, with the same content, placed within the span in
// milliseconds, and not rejected.
func (r *Reader) Twins(o Order, within int64) ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM sales_order o
		LEFT JOIN order_state s ON s.wh = o.wh AND s.order_id = o.order_id
		WHERE o.wh = ? AND o.content = ? AND o.order_id < ? AND o.channel = ?
			AND o.customer = ? AND o.placed BETWEEN ? AND ?
			AND coalesce(s.state, 'received') <> 'rejected'
		ORDER BY o.order_id`,
		o.Content, o.ID, o.Channel, o.Customer, o.Placed-within, o.Placed+within)
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
		ordered, shipped = ordered+l.N, shipped+l.Shipped
	}
	switch {
	case shipped >= ordered:
		return Shipped, nil
	case shipped > 0:
		return PartShipped, nil
	}
	slips, err := r.SlipsOf(id)
	if err != nil || len(slips) == 0 {
		return Confirmed, err
	}
	steps := []OrderState{Packed, Picked, Picking, Released, Confirmed} // the least wins
	least := 0
	for _, id := range slips {
		s, err := r.Slip(id)
		if err != nil {
			return "", err
		}
		least = max(least, slices.Index(steps, s.State().asOrder()))
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
