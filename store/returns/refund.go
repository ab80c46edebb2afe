package returns

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
)

// A found is N pieces of a line of an order that came back by a return, and were found so
// that its customer gets something for them.
type found struct {
	order store.OrderID
	line  int64
	item  store.SKU
	n     store.Qty
}

// A haul is what came back by a return.
type haul struct {
	store.RMA
	store.RMADecision
	goods []store.Goods
	found []found // of orders, by order and line
	last  int64   // when anybody last looked at some of it
	open  bool    // some of it nobody has looked at
}

// haulOf reads what came back by a return. Of a piece that was looked at twice the last look
// counts.
func haulOf(r *store.Reader, id store.RMAID) (h haul, err error) {
	if h.RMA, err = r.RMA(id); err != nil {
		return h, err
	}
	if h.RMADecision, err = r.RMADecision(id); err != nil {
		return h, err
	}
	if h.goods, err = r.GoodsOf(id); err != nil {
		return h, err
	}
	for _, g := range h.goods {
		h.open = h.open || g.Received > g.Inspected
	}
	looks, err := r.Inspections(id)
	if err != nil {
		return h, err
	}
	for _, l := range looks {
		h.last = max(h.last, l.At)
		if l.Order == "" {
			continue // a person decides
		}
		p, err := policyOf(r, l.Item)
		if err != nil {
			return h, err
		}
		if p.Pays(l.Grade, l.As) {
			h.add(l, l.N)
		}
		if l.Had != "" && p.Pays(l.Had, l.HadAs) {
			h.add(l, -l.N)
		}
	}
	slices.SortFunc(h.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.line, b.line),
			cmp.Compare(a.item, b.item))
	})
	return h, nil
}

func (h *haul) add(l store.Inspection, n store.Qty) {
	i := slices.IndexFunc(h.found, func(f found) bool {
		return f.order == l.Order && f.line == l.Line && f.item == l.Item
	})
	if i < 0 {
		i, h.found = len(h.found), append(h.found, found{l.Order, l.Line, l.Item, 0})
	}
	h.found[i].n += n
}

// of is what of the haul is of an order.
func (h haul) of(order store.OrderID) []found {
	return slices.DeleteFunc(slices.Clone(h.found), func(f found) bool {
		return f.order != order || f.n <= 0
	})
}

// looked is all of the haul that is of an order and that somebody looked at.
func (h haul) looked(order store.OrderID) (out []found) {
	for _, g := range h.goods {
		if g.Order == order && g.Inspected > 0 {
			out = append(out, found{g.Order, g.Line, g.Item, g.Inspected})
		}
	}
	return out
}

// orders are those that the haul is of.
func (h haul) orders() (out []store.OrderID) {
	for _, g := range h.goods {
		if g.Order != "" && !slices.Contains(out, g.Order) {
			out = append(out, g.Order)
		}
	}
	return out
}

// A due is the fact of what is due for goods of an order that came back. It fails with
// errNothing.
type due func(*store.Reader, haul, store.OrderID) (store.Event, error)

// eachOrder records what is due for each order that a return's goods are of, one at a time:
// what is recorded for one counts for the next. Most often there is nothing, and nobody has
// to wait for that.
func eachOrder(ctx context.Context, s *store.Store, id store.RMAID, of due) (
	out []store.Event, err error) {
	if !s.Identity().Authority {
		return nil, nil
	}
	orders, err := store.Get(ctx, s, func(r *store.Reader) ([]store.OrderID, error) {
		return of.orders(r, id)
	})
	for _, order := range orders {
		if err != nil {
			break
		}
		err = unasked(ctx, s, func(tx *store.Tx) error {
			h, err := haulOf(&tx.Reader, id)
			if err != nil {
				return err
			}
			e, err := of(&tx.Reader, h, order)
			if err != nil {
				return err
			}
			out = append(out, e)
			return tx.Record(e)
		})
	}
	return out, err
}

// orders are those of a return for whose goods something is due. One that nobody knows is
// for a person.
func (of due) orders(r *store.Reader, id store.RMAID) (out []store.OrderID, err error) {
	h, err := haulOf(r, id)
	if err != nil || h.State != store.RMAApproved || h.open {
		return nil, err
	}
	for _, order := range h.orders() {
		_, err := of(r, h, order)
		if _, unknown := store.RefusalOf(err); unknown || errors.Is(err, errNothing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, order)
	}
	return out, nil
}

// Refund records what is to be given back for the goods of an approved return that wants
// money, once all of it that came was looked at.
func Refund(ctx context.Context, s *store.Store, id store.RMAID) error {
	_, err := eachOrder(ctx, s, id, func(r *store.Reader, h haul, order store.OrderID) (
		store.Event, error) {
		if h.Wants != store.WantsRefund && h.Wants != "" {
			return nil, errNothing
		}
		e, err := h.refund(r, order)
		return e, err
	})
	return err
}

// refund is what is due for the goods of an order, beyond what was before. All that is in it
// follows from what was recorded, and nothing from a clock: a central server that was
// restored records it again as it was. Never more goes back than was paid for the order.
// What was not paid yet waits until it is.
func (h haul) refund(r *store.Reader, order store.OrderID) (e store.RefundDue, err error) {
	o, err := r.Order(order)
	if err != nil {
		return e, err
	}
	before, err := r.Refunds(h.RMA.ID)
	if err != nil {
		return e, err
	}
	e = store.RefundDue{RMA: h.RMA.ID, Order: order, Currency: o.Currency, At: h.last}
	e.Carriage = h.Carriage
	had := map[int64]store.Qty{}
	for _, f := range before {
		e.Carriage -= f.Carriage
		for _, l := range f.Lines {
			if f.Order == order {
				had[l.Line] += l.N
			}
		}
	}
	given, paid, err := r.RefundedOf(order)
	if err != nil {
		return e, err
	}
	back, err := r.Returned(order)
	if err != nil {
		return e, err
	}
	refs := []string{string(e.RMA), string(order)}
	for _, f := range h.of(order) {
		l := h.line(o, f, had[f.line], given[f.line], back[f.line])
		if l.N > 0 {
			had[f.line] += l.N
			given[f.line] += l.N
			e.Lines = append(e.Lines, l)
			refs = append(refs, fmt.Sprint(l.Line), had[f.line].String())
			e.Amount += l.Paid - l.Fee
		}
	}
	if len(e.Lines) == 0 {
		return e, errNothing
	}
	e.Carriage = max(0, min(e.Carriage, e.Amount))
	e.Amount -= e.Carriage
	came, err := r.PaidFor(o)
	if err != nil {
		return e, err
	}
	if e.Amount > 0 && came <= paid {
		return e, errNothing
	}
	e.Amount = min(e.Amount, max(0, came-paid))
	e.ID = refundID(refs)
	return e, nil
}

// refundID follows from what a refund is for.
func refundID(refs []string) string {
	sum := sha256.Sum256(fmt.Append(nil, refs))
	return hex.EncodeToString(sum[:8])
}

// line is what is due for pieces of a line of an order, of which had were counted by this
// return before, and given by any: for no more than left and came back, less those that the
// platform gave money for.
func (h haul) line(o store.Order, f found, had, given, back store.Qty) (out store.RefundLine) {
	at := slices.IndexFunc(o.Lines, func(l store.OrderLine) bool { return l.Line == f.line })
	if at < 0 {
		return out
	}
	l := o.Lines[at]
	upstream := max(0, l.Refunded-max(0, l.N-l.Shipped)) // of what left
	given += upstream
	out = store.RefundLine{Line: f.line, N: min(f.n-had, min(back, l.Shipped)-given)}
	if out.N <= 0 {
		return store.RefundLine{}
	}
	out.Paid = between(paidFor(o, at), given, out.N, l.N)
	out.Tax = min(out.Paid, between(l.Tax, given, out.N, l.N))
	out.Fee = whole(ratio(out.Paid, min(h.Restocking, 100), 100))
	return out
}

// A Settling says that a refund was paid.
type Settling struct {
	Refund string `json:"refund"`
	No     string `json:"no,omitempty"` // the payer's number of it
	Method string `json:"method,omitempty"`
	At     int64  `json:"at,omitempty"` // milliseconds UTC; 0 for now
}

// SettleRefund keeps that a refund was paid. It needs a supervisor; it refuses with NoRight,
// NotFound or SettledBefore. What was settled by the same number is not recorded again.
func SettleRefund(ctx context.Context, s *store.Store, by store.Gesture, in Settling) error {
	return settleRefund.Make(ctx, s, by, in)
}

var settleRefund = store.Decree[Settling]{Name: "returns.settle_refund", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in Settling) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		return SettledOf(tx, in)
	})
}}

// SettledOf is the fact that a settled refund is. It fails with ErrKnown where it was settled
// by the same number, and refuses as SettleRefund does.
func SettledOf(tx *store.Tx, in Settling) (store.Event, error) {
	f, err := tx.Refund(in.Refund)
	if err != nil {
		return nil, err
	}
	if f.Settled != 0 {
		if in.No != "" && in.No == f.No {
			return nil, ErrKnown
		}
		return nil, &store.Refusal{Code: store.SettledBefore, Want: f.No, Got: string(f.RMA)}
	}
	if in.At == 0 {
		in.At = tx.Now().UnixMilli()
	}
	return store.RefundSettled{Refund: f.ID, RMA: f.RMA, No: in.No, Method: in.Method,
		By: tx.By().Operator, At: in.At}, nil
}
