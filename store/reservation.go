package store

// sums is what a fact adds to the reservation of an item for a line of an order.
type sums struct{ need, want, tasked, used, short Qty }

func (n sums) add(item SKU, order OrderID, line int64) Change {
	return reserved.put(item, order, line, n.need, n.want, n.tasked, n.used, n.short)
}

// A Promise reserves N of an item for a line of a confirmed order, of the Need that
// it has. Below zero it gives them back.
type Promise struct {
	Order OrderID `json:"order"`
	Line  int64   `json:"line"`
	Item  SKU     `json:"item"`
	N     Qty     `json:"n"`
	Need  Qty     `json:"need,omitempty"`
}

func (p Promise) change() Change {
	return sums{need: p.Need, want: p.N}.add(p.Item, p.Order, p.Line)
}

func promised(all []Promise) (out []Change) {
	for _, p := range all {
		out = append(out, p.change())
	}
	return out
}

// StockReserved says that stock came for what confirmed orders were owed.
type StockReserved struct {
	Order    OrderID   `json:"order"`
	Promises []Promise `json:"promises"`
}

func (StockReserved) Kind() string           { return "stock_reserved" }
func (e StockReserved) Ref() string          { return string(e.Order) }
func (e StockReserved) apply(Stamp) []Change { return promised(e.Promises) }

// OrdersOwed reads the orders that wait for stock, the most urgent first.
func (r *Reader) OrdersOwed() ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM reservation v
		JOIN sales_order o ON o.wh = v.wh AND o.order_id = v.order_id
		WHERE v.wh = ? AND v.need > v.want - v.short
		GROUP BY o.order_id, o.priority, o.ship_by, o.placed
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`)
}

// OrdersCut reads the orders of which slips hold more than is still needed.
func (r *Reader) OrdersCut() ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT DISTINCT order_id FROM reservation
		WHERE wh = ? AND tasked > need + short AND tasked > used + short ORDER BY order_id`)
}

// OrdersToRelease reads the confirmed orders with a reservation that is in no slip
// yet, the most urgent first.
func (r *Reader) OrdersToRelease() ([]OrderID, error) {
	return ids[OrderID](r, `
		SELECT o.order_id FROM reservation v
		JOIN sales_order o ON o.wh = v.wh AND o.order_id = v.order_id
		JOIN order_state s ON s.wh = v.wh AND s.order_id = v.order_id AND s.state = 'confirmed'
		WHERE v.wh = ? AND v.want > v.tasked
		GROUP BY o.order_id, o.priority, o.ship_by, o.placed
		ORDER BY o.priority DESC, CASE WHEN o.ship_by = 0 THEN 1 ELSE 0 END, o.ship_by,
			o.placed, o.order_id`)
}
