package returns

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
		n := -l.Paid
		if bool(l.Pays) {
			n += l.N
		}
		h.add(l, n)
	}
	for i, f := range h.found {
		h.found[i].n = max(0, min(f.n, h.received(f)))
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

// received is how many came of what was found.
func (h haul) received(f found) (n store.Qty) {
	for _, g := range h.goods {
		if g.Order == f.order && g.Line == f.line && g.Item == f.item {
			n += g.Received
		}
	}
	return n
}

// paying says by the policy of now whether the customer gets something for goods that were
// found so, and for how many of them they would have by an earlier look.
func paying(r *store.Reader, e *store.ReturnInspected) error {
	p, err := policyOf(r, e.Item)
	if err != nil {
		return err
	}
	e.Pays = new(store.Bit(p.Pays(e.Grade, e.As)))
	if e.Graded == "" || e.RMA == "" {
		return nil
	}
	e.Paid, err = paidBy(r, e.RMA, e.Batch, e.Of, e.Graded, e.Before)
	return err
}

// paidBy is for how many of each share of goods that were found in a grade the customer gets
// something. Of what came in the place of others, the looks at those count.
func paidBy(r *store.Reader, id store.RMAID, b store.Batch, of []store.ShareBack, grade string,
	as store.Disposition) (out []store.Qty, err error) {
	looks, err := r.Inspections(id)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(looks, func(l store.Inspection) bool { return l.Batch == b }) {
		looks = slices.DeleteFunc(looks, func(l store.Inspection) bool { return l.Item != b.Item })
	} else {
		looks = slices.DeleteFunc(looks, func(l store.Inspection) bool { return l.Batch != b })
	}
	for _, o := range of {
		var paid store.Qty
		for _, l := range looks {
			if l.Order != o.Order || l.Line != o.Line {
				continue
			}
			if l.Grade == grade && l.As == as && bool(l.Pays) {
				paid += l.N
			}
			if l.Had == grade && l.HadAs == as {
				paid -= l.Paid
			}
		}
		out = append(out, max(0, min(o.N, paid)))
	}
	return out, nil
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
// what is recorded for one counts for the next.
func (of due) eachOrder(ctx context.Context, s *store.Store, id store.RMAID) (
	out []store.Event, err error) {
	orders, err := store.Get(ctx, s, func(r *store.Reader) ([]store.OrderID, error) {
		h, err := haulOf(r, id)
		return h.orders(), err
	})
	for _, order := range orders {
		if err != nil {
			break
		}
		var e store.Event
		e, err = follow(ctx, s, func(r *store.Reader) (store.Event, error) {
			h, err := haulOf(r, id)
			if err != nil {
				return nil, err
			}
			return of.unlessOpen(r, h, order)
		})
		if e != nil {
			out = append(out, e)
		}
	}
	return out, err
}

// unlessOpen is what is due once all that came was looked at. For an order that nobody knows,
// that is for a person to say.
func (of due) unlessOpen(r *store.Reader, h haul, order store.OrderID) (store.Event, error) {
	if h.State != store.RMAApproved || h.open {
		return nil, errNothing
	}
	e, err := of(r, h, order)
	if _, unknown := store.RefusalOf(err); unknown {
		return nil, errNothing
	}
	return e, err
}

// follow records what follows from facts, if anything does. Most often nothing does, and
// nobody has to wait for that.
func follow(ctx context.Context, s *store.Store, of func(*store.Reader) (store.Event, error)) (
	did store.Event, err error) {
	if _, err := store.Get(ctx, s, of); err != nil {
		return nil, unlessNothing(err)
	}
	err = unasked(ctx, s, func(tx *store.Tx) (err error) {
		if did, err = of(&tx.Reader); err == nil {
			err = tx.Record(did)
		}
		if err != nil {
			did = nil
		}
		return err
	})
	return did, err
}

// refundDue is what is to be given back for goods of a return that wants money.
func refundDue(r *store.Reader, h haul, order store.OrderID) (store.Event, error) {
	if h.Wants != store.WantsRefund && h.Wants != "" {
		return nil, errNothing
	}
	e, err := h.refund(r, order)
	return e, err
}

// waiting says that something is due, and waits until its customer has paid: there is
// nothing to record.
type waiting struct{ store.RefundWait }

func (w waiting) Error() string      { return "not paid: " + string(w.Source) }
func (waiting) Is(target error) bool { return target == errNothing }

// refund is what is due for the goods of an order, beyond what was before. All that is in it
// follows from what was recorded, and nothing from a clock: a central server that was
// restored records it again as it was. Never more goes back than was paid for the order.
func (h haul) refund(r *store.Reader, order store.OrderID) (e store.RefundDue, err error) {
	o, err := r.Order(order)
	if err != nil {
		return e, err
	}
	p, err := purseOf(r, order)
	if err != nil {
		return e, err
	}
	before, err := r.Refunds(h.RMA.ID)
	if err != nil {
		return e, err
	}
	e = store.RefundDue{RMA: h.RMA.ID, Order: order, Currency: p.Currency, At: h.last,
		Carriage: h.Carriage}
	had, gone := map[int64]store.Qty{}, 0
	for _, f := range before {
		if !f.Live() {
			gone++
			continue
		}
		e.Carriage -= f.Carriage
		if f.Order == order {
			e.Before += byHand(f)
		}
		for _, l := range f.Lines {
			if f.Order == order {
				had[l.Line] += l.N
			}
		}
	}
	given, _, err := r.RefundedOf(order)
	if err != nil {
		return e, err
	}
	back, err := r.Returned(order)
	if err != nil {
		return e, err
	}
	for _, f := range h.of(order) {
		l := h.line(p, o, f, had[f.line], given[f.line], back[f.line])
		if l.N > 0 {
			had[f.line] += l.N
			given[f.line] += l.N
			e.Lines = append(e.Lines, l)
			e.Amount += l.Paid - l.Fee
		}
	}
	if len(e.Lines) == 0 {
		return e, errNothing
	}
	e.Carriage = max(0, min(e.Carriage, e.Amount))
	e.Amount -= e.Carriage
	e.Before = max(0, min(e.Before, e.Amount))
	e.Amount -= e.Before
	if err := p.cover(&e); err != nil {
		return e, err
	}
	e.ID = refundID(e, had, gone)
	return e, nil
}

// byHand is what a refund gives by hand for a return, less what one for goods counts of that.
func byHand(f store.Refunding) store.Money {
	if f.ByHand() {
		return f.Amount
	}
	return -f.Before
}

// refundID follows from what a refund is for and what it comes to, from the pieces that its
// return has then been given something for, and from how often what it gave was withdrawn.
func refundID(e store.RefundDue, had map[int64]store.Qty, gone int) string {
	said, _ := json.Marshal(struct { // texts and numbers: it cannot fail
		Due  store.RefundDue
		Had  map[int64]store.Qty
		Gone int
	}{e, had, gone})
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:8])
}

// line is what is due for pieces of a line of an order, of which had were counted by this
// return before, and given by any: for no more than left and came back, less those that the
// platform gave money for.
func (h haul) line(p purse, o store.Order, f found, had, given, back store.Qty) (
	out store.RefundLine) {
	at := slices.IndexFunc(o.Lines, func(l store.OrderLine) bool { return l.Line == f.line })
	if at < 0 {
		return out
	}
	l := o.Lines[at]
	out = store.RefundLine{Line: f.line,
		N: min(f.n-had, min(back, l.Shipped)-given-upstream(l))}
	if out.N <= 0 {
		return store.RefundLine{}
	}
	if slices.ContainsFunc(p.Lines, func(x store.OrderLine) bool { return x.Item == l.Item }) {
		out = p.pay(out, p.split(o, at, out.N))
	}
	if out.N == 0 {
		return store.RefundLine{}
	}
	out.Fee = whole(ratio(out.Paid, min(h.Restocking, 100), 100))
	return out
}

// pay makes a line one of what was paid for some pieces, and uses them up.
func (p purse) pay(out store.RefundLine, of []spending) store.RefundLine {
	out.N = 0
	for _, x := range of {
		l := p.Lines[x.at]
		k := max(0, min(p.used[l.Line], l.N-x.n))
		paid := between(paidFor(p.Order, x.at), k, x.n, l.N)
		out.N, out.Paid = out.N+x.n, out.Paid+paid
		out.Tax += min(paid, between(l.Tax, k, x.n, l.N))
		p.used[l.Line] += x.n
	}
	return out
}

// A Settling says that a refund was paid.
type Settling struct {
	Refund string `json:"refund"`
	No     string `json:"no,omitempty"` // the payer's number of it
	Method string `json:"method,omitempty"`
	At     int64  `json:"at,omitempty"` // milliseconds UTC; 0 for now
}

// SettleRefund keeps that a refund was paid, also one that was withdrawn. It needs a
// supervisor; it refuses with NoRight, NotFound or SettledBefore. What was settled by the
// same number is not recorded again.
func SettleRefund(ctx context.Context, s *store.Store, by store.Gesture, in Settling) error {
	return settleRefund.Make(ctx, s, by, in)
}

var settleRefund = store.Decree[Settling]{Name: "returns.settle_refund", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in Settling) error {
	var late store.RefundSettled
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		e, err := SettledOf(tx, in)
		if e, is := e.(store.RefundSettled); is && bool(e.Late) {
			late = e
		}
		return e, err
	})
	if err == nil && late.RMA != "" {
		err = Onward(ctx, s, late.RMA)
	}
	if err == nil && late.Refund != "" {
		err = count(ctx, s)
	}
	return err
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
		return nil, &store.Refusal{Code: store.SettledBefore, Want: f.No,
			Got: cmp.Or(string(f.RMA), string(f.Order))}
	}
	if in.At == 0 {
		in.At = tx.Now().UnixMilli()
	}
	return store.RefundSettled{Refund: f.ID, RMA: f.RMA, No: in.No, Method: in.Method,
		Order: f.Order, Late: f.Withdrawn != 0, By: tx.By().Operator, At: in.At}, nil
}
