package returns

import (
	"cmp"
	"fmt"
	"slices"

	"scanbay/store"
)

// excess is what is to be recorded where more was given for what came back by a return than
// is due: that a refund is withdrawn that nobody has paid, the latest first, or, where that
// is not enough, what a supervisor has to look at. It fails with errNothing.
func (h haul) excess(r *store.Reader) (store.Event, error) {
	all, err := r.Refunds(h.RMA.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f store.Refunding) bool { return !f.Live() })
	given := map[store.OrderID]store.Money{} // by hand, and counted of no refund for goods
	for _, f := range all {
		given[f.Order] += byHand(f)
	}
	all = slices.DeleteFunc(all, func(f store.Refunding) bool { return len(f.Lines) == 0 })
	over := h.over(all)
	for _, f := range slices.Backward(all) {
		if f.Settled != 0 {
			continue
		}
		much, err := overspent(r, f)
		if err != nil {
			return nil, err
		}
		much = much || f.Before > 0 && given[f.Order] < 0
		if much || slices.ContainsFunc(f.Lines, func(l store.RefundLine) bool {
			return over[spot{f.Order, l.Line}] > 0
		}) {
			return store.RefundWithdrawn{Refund: f.ID, RMA: h.RMA.ID, Order: f.Order,
				At: r.Now().UnixMilli()}, nil
		}
	}
	slices.SortStableFunc(all, func(a, b store.Refunding) int {
		return cmp.Compare(b.Settled, a.Settled)
	})
	for _, f := range all { // of one line, the last that was paid stands for all
		for _, l := range f.Lines {
			n := over[spot{f.Order, l.Line}]
			if n <= 0 || f.Settled == 0 {
				continue
			}
			delete(over, spot{f.Order, l.Line})
			e, err := dispute(r, store.Discrepancy{Of: store.Overpaid, N: n,
				Item: h.itemOf(f.Order, l.Line), About: string(h.RMA.ID),
				Note: string(f.Order), At: f.Settled}, f.ID, fmt.Sprint(l.Line, n, f.Settled))
			if err != errNothing {
				return e, err
			}
		}
	}
	return h.sentTwice(r)
}

// A spot is a line of an order.
type spot struct {
	order store.OrderID
	line  int64
}

// over is for how many more pieces than were found some refunds are, by their lines.
func (h haul) over(all []store.Refunding) map[spot]store.Qty {
	out := map[spot]store.Qty{}
	for _, f := range all {
		for _, l := range f.Lines {
			out[spot{f.Order, l.Line}] += l.N
		}
	}
	for _, f := range h.found {
		if at := (spot{f.order, f.line}); out[at] > 0 {
			out[at] -= f.n
		}
	}
	return out
}

func (h haul) itemOf(order store.OrderID, line int64) store.SKU {
	for _, g := range h.goods {
		if g.Order == order && g.Line == line {
			return g.Item
		}
	}
	return ""
}

// overspent says whether more goes back for an order than was paid, where a refund has a part
// in that.
func overspent(r *store.Reader, f store.Refunding) (bool, error) {
	if f.Amount == 0 {
		return false, nil
	}
	p, err := purseOf(r, f.Order)
	if _, unknown := store.RefusalOf(err); unknown {
		return false, nil
	}
	return p.given > max(0, p.came), err
}

// dispute is a discrepancy, unless it was opened before.
func dispute(r *store.Reader, d store.Discrepancy, refs ...string) (store.Event, error) {
	d.ID = store.NewDiscID(d.Of, refs...)
	known, err := r.HasDiscrepancy(d.ID)
	if err == nil && known {
		err = errNothing
	}
	return store.DiscrepancyOpened{Discrepancy: d}, err
}

// sentTwice is what a supervisor has to look at where orders stand for more goods than were
// looked at, or those that were due for an exchange for more than pay: some of them may have
// left.
func (h haul) sentTwice(r *store.Reader) (store.Event, error) {
	ids, err := r.ExchangesOf(h.RMA.ID)
	if err != nil {
		return nil, err
	}
	var all, due []store.Order
	for _, id := range ids {
		o, err := r.Order(id)
		if err != nil {
			return nil, err
		}
		state, err := r.OrderState(id)
		if err != nil {
			return nil, err
		}
		if state == store.Cancelled {
			continue
		}
		by, err := r.ExchangedBy(h.RMA.ID, id)
		if err != nil {
			return nil, err
		}
		if all = append(all, o); by == "" {
			due = append(due, o)
		}
	}
	pays, err := h.exchangeable(r)
	if err != nil {
		return nil, err
	}
	if h.Wants == store.WantsExchange || h.Wants == store.WantsRepair {
		over := map[store.SKU]store.Qty{}
		for _, f := range pays {
			over[f.item] -= max(0, f.n)
		}
		if e, err := h.sentMore(r, due, over); err != errNothing {
			return e, err
		}
	}
	over := map[store.SKU]store.Qty{}
	for _, g := range h.goods {
		over[g.Item] -= max(0, g.Inspected)
	}
	return h.sentMore(r, all, over)
}

// exchangeable is what of the haul the like of goes out for by itself.
func (h haul) exchangeable(r *store.Reader) ([]found, error) {
	if h.Wants != store.WantsRepair {
		return h.found, nil
	}
	var all []found
	for _, of := range h.orders() {
		back, err := repaired(r, h.RMA.ID, of)
		if err != nil {
			return nil, err
		}
		all = append(all, back...)
	}
	return h.cameBack(all), nil
}

// sentMore is that some orders are for more pieces than there is anything for, of which over
// says less than nothing.
func (h haul) sentMore(r *store.Reader, all []store.Order, over map[store.SKU]store.Qty) (
	store.Event, error) {
	for _, o := range all {
		for _, l := range o.Lines {
			over[l.Item] += l.Net()
		}
	}
	slices.SortFunc(all, func(a, b store.Order) int {
		return cmp.Or(cmp.Compare(b.Placed, a.Placed), cmp.Compare(b.ID, a.ID))
	})
	for _, o := range all {
		for _, l := range o.Lines {
			n := over[l.Item]
			if n <= 0 {
				continue
			}
			delete(over, l.Item)
			e, err := dispute(r, store.Discrepancy{Of: store.Overpaid, Item: l.Item, N: n,
				About: string(h.RMA.ID), Note: string(o.ID), At: o.Placed},
				string(o.ID), string(l.Item), fmt.Sprint(n))
			if err != errNothing {
				return e, err
			}
		}
	}
	return nil, errNothing
}
