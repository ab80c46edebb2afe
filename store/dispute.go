package store

import "cmp"

// DiscrepancyOpened says that the authority found facts at odds with one another, or with
// the plan: nobody did wrong before a person has looked.
type DiscrepancyOpened struct{ Discrepancy }

func (DiscrepancyOpened) Kind() string              { return "discrepancy_opened" }
func (e DiscrepancyOpened) Ref() string             { return cmp.Or(string(e.Slip), e.About) }
func (e DiscrepancyOpened) apply(at Stamp) []Change { return e.Discrepancy.open(at) }

// A Touch is a sum that a fact changed, by how much, and the fact: a balance, what was
// picked for a line of a slip or has left, what came back of a line of an order, what of that lies
// somewhere, or what is promised of an item.
type Touch struct {
	By    *Envelope
	Place Place // of a balance
	Batch
	Slip  SlipID  // of a line
	Order OrderID // of a line that something came back of
	Line  int64
	N     Qty
	Left  Qty    // of a line of a slip, with customers
	Lies  *Lying // what came back and lies somewhere, where it is that; else nil
}

// Touches lists the balances, the picked lines, what came back and the promises that facts
// changed, whatever kinds they are of: what a new kind does to them is seen without naming it.
func Touches(facts []Envelope) (out []Touch) {
	for i := range facts {
		if e := known(&facts[i]); e != nil {
			out = touched(out, &facts[i], facts[i].changes(e))
		}
	}
	return out
}

func touched(out []Touch, by *Envelope, changes []Change) []Touch {
	for _, c := range changes {
		switch c.table {
		case &stock:
			out = append(out, Touch{By: by, Place: c.vals[0].(Place), N: c.vals[4].(Qty),
				Batch: Batch{c.vals[1].(SKU), c.vals[2].(Lot), c.vals[3].(Serial)}})
		case &reserved:
			out = append(out, Touch{By: by, Batch: Batch{Item: c.vals[0].(SKU)},
				N: c.vals[4].(Qty)})
		case &returned:
			out = append(out, Touch{By: by, Order: c.vals[0].(OrderID), Line: c.vals[1].(int64),
				N: c.vals[5].(Qty), Batch: Batch{c.vals[2].(SKU), c.vals[3].(Lot),
					c.vals[4].(Serial)}})
		case &returnStock:
			v := c.vals
			lies := Lying{Place: v[0].(Place), Batch: Batch{v[1].(SKU), v[2].(Lot), v[3].(Serial)},
				Origin: Origin{v[4].(RMAID), v[5].(OrderID), v[6].(int64)}, Grade: v[7].(string),
				As: v[8].(Disposition)}
			out = append(out, Touch{By: by, Batch: lies.Batch, N: v[9].(Qty), Lies: &lies})
		case &lineSums:
			picked, left := c.vals[3].(Qty), c.vals[6].(Qty)
			if picked != 0 || left != 0 {
				out = append(out, Touch{By: by, Slip: c.vals[0].(SlipID),
					Line: c.vals[1].(int64), N: picked, Left: left})
			}
		}
		out = touched(out, by, c.then)
	}
	return out
}

// HasDiscrepancy says whether a discrepancy was opened.
func (r *Reader) HasDiscrepancy(id DiscID) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM discrepancy WHERE wh = ? AND disc = ?`, id)
	return n > 0, err
}

// Dispute opens a discrepancy, once. All that is in it follows from the facts that refs
// name: a central server that was restored may open it again.
func (tx *Tx) Dispute(d Discrepancy, refs ...string) error {
	d.ID = NewDiscID(d.Of, refs...)
	known, err := tx.HasDiscrepancy(d.ID)
	if err != nil || known {
		return err
	}
	return tx.Record(DiscrepancyOpened{Discrepancy: d})
}

// Overdrawn is by how much more of an item is reserved than there is in places that may be
// sold from; 0 where there is enough.
func (r *Reader) Overdrawn(sku SKU) (Qty, error) {
	over, err := r.overdrawn([]SKU{sku})
	return over[sku], err
}

// Uncovered is what orders can reserve of an item no more once n fewer of it are in places
// that may be sold from: of the least urgent, and before others of those that are in no slip.
func (r *Reader) Uncovered(sku SKU, n Qty) (out []Promise, err error) {
	spare, err := r.count(`WITH w AS (SELECT CAST(? AS TEXT) AS wh, CAST(? AS TEXT) AS item)
		SELECT CAST(coalesce((SELECT sum(s.n) FROM stock s
				WHERE s.wh = w.wh AND s.item = w.item AND s.place >= 'bin/' AND s.place < 'bin0'
					AND (SELECT p.kind FROM place p WHERE p.wh = s.wh AND p.place = s.place)
						IN ('pick', 'storage')), 0)
			- coalesce((SELECT sum(v.want - v.used - v.short) FROM reservation v
				WHERE v.wh = w.wh AND v.item = w.item AND v.want > v.used + v.short), 0) AS BIGINT)
		FROM w`, sku)
	over := n - Qty(spare)
	if err != nil || over <= 0 {
		return nil, err
	}
	held, err := r.HeldOf(sku)
	for _, h := range held {
		if over <= 0 {
			break
		}
		out = append(out, Promise{Order: h.Order, Line: h.Line, Item: sku, N: -min(over, h.N)})
		over -= h.N
	}
	return out, err
}

// A Share is what an order line has reserved of an item, and not picked yet.
type Share struct {
	Order OrderID
	Line  int64
	N     Qty
}

// HeldOf reads who has an item reserved, the least urgent first, and what is in no slip
// before what is.
func (r *Reader) HeldOf(sku SKU) ([]Share, error) {
	return all(r, func(h *Share) []any { return []any{&h.Order, &h.Line, &h.N} }, `
		SELECT v.order_id, v.line, v.want - v.used - v.short FROM reservation v
		LEFT JOIN sales_order o ON o.wh = v.wh AND o.order_id = v.order_id
		WHERE v.wh = ? AND v.item = ? AND v.want > v.used + v.short
		ORDER BY CASE WHEN v.want > v.tasked THEN 0 ELSE 1 END, coalesce(o.priority, 0),
			coalesce(o.placed, 0) DESC, v.order_id DESC, v.line DESC`, sku)
}
