package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A purse is what was paid for an order, and what goes back of it. Of an order that stands
// for goods that came back, what was paid is what was for those.
type purse struct {
	store.Order             // that was paid
	paid        store.Money // for it, and not by a payment that failed
	came        store.Money // of that, what no platform gave back
	own         store.Money // that goes back, or went, by the order itself
	given       store.Money // by that, and by all that stand for goods of it
	used        map[int64]store.Qty
	all         []store.OrderID // it, and those
}

// purseOf reads the purse of an order. What money was given for of a line, or of what stands
// for pieces of it, is used up.
func purseOf(r *store.Reader, id store.OrderID) (p purse, err error) {
	for seen := []store.OrderID{}; !slices.Contains(seen, id); {
		seen = append(seen, id)
		source, err := r.SourceOf(id)
		if err != nil {
			return p, err
		}
		if source != "" {
			id = source
		}
	}
	if p.Order, err = r.Order(id); err != nil {
		return p, err
	}
	if p.came, err = r.PaidFor(p.Order); err != nil {
		return p, err
	}
	all, err := r.Payments(id)
	p.paid = p.came
	for _, x := range all {
		if x.Of == store.Refund {
			p.paid += x.Amount
		}
	}
	if err != nil {
		return p, err
	}
	p.used = map[int64]store.Qty{}
	for _, l := range p.Lines {
		p.used[l.Line] = upstream(l)
	}
	return p, p.spend(r, []store.OrderID{id})
}

// spend counts what goes back by an order, and by all that stand for goods of it.
func (p *purse) spend(r *store.Reader, all []store.OrderID) error {
	for i := 0; i < len(all); i++ {
		n, sum, err := r.RefundedOf(all[i])
		if err != nil {
			return err
		}
		p.given += sum
		o := p.Order
		if i == 0 {
			p.own = sum
		} else if o, err = r.Order(all[i]); err != nil {
			return err
		}
		for at, l := range o.Lines {
			for _, x := range p.split(o, at, n[l.Line]) {
				p.used[p.Lines[x.at].Line] += x.n
			}
		}
		more, err := r.ExchangesFor(all[i])
		if err != nil {
			return err
		}
		for _, id := range more {
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	p.all = all
	return nil
}

// A spending is N pieces of a line that was paid.
type spending struct {
	at int
	n  store.Qty
}

// split is which lines were paid for n pieces of one of an order, or of one that stands for
// goods of it. For those, what is used up of a line leaves the rest to the next of its item,
// what was given away comes last, and for more than all of them nothing was paid.
func (p purse) split(o store.Order, at int, n store.Qty) (out []spending) {
	if o.ID == p.Order.ID {
		return []spending{{at, n}}
	}
	for _, paid := range []bool{true, false} {
		for i, l := range p.Lines {
			if l.Item != o.Lines[at].Item || (paidFor(p.Order, i) > 0) != paid {
				continue
			}
			if k := min(n, l.N-p.used[l.Line]); k > 0 {
				out = append(out, spending{i, k})
				n -= k
			}
		}
	}
	return out
}

// left is what may still go back.
func (p purse) left() store.Money { return max(0, p.came-p.given) }

// cover lets a refund come to no more than is left. Where not all was paid for the order, it
// fails with waiting for the rest.
func (p purse) cover(e *store.RefundDue) error {
	switch left := p.left(); {
	case e.Amount <= left:
	case p.paid < p.Due():
		return waiting{store.RefundWait{RMA: e.RMA, Order: e.Order, Source: p.ID,
			Amount: e.Amount, Room: p.came - p.own}}
	case left == 0:
		return errNothing
	default:
		e.Amount = left
	}
	return nil
}

// upstream is how many pieces of what left of a line a platform gave money for.
func upstream(l store.OrderLine) store.Qty { return max(0, l.Refunded-max(0, l.N-l.Shipped)) }

// A Purse is what was paid for an order, and what goes back of that.
type Purse struct {
	Order store.Order // as it was scanned
	RMA   store.RMAID // that was scanned; empty for none
	Paid  store.Money // for it, or for what it stands for, and kept by no platform's refund
	Given store.Money // that went back, or is to
	Left  store.Money // that may
}

// FindPurse finds the order that a scan stands for, by its own number, its slip's, a
// carton's, its waybill's or its return's, and what may go back for it. It needs a
// supervisor; it refuses with NoRight, NotOrdered for a return of no order, Ambiguous for
// several orders, and as Reader.Find does.
func FindPurse(ctx context.Context, s *store.Store, by store.Gesture) (out Purse, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Purse{}
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.OrderKind, store.ReturnKind, store.SlipKind,
			store.CartonKind, store.WaybillKind)
		if err != nil {
			return err
		}
		out.RMA = f.RMA
		switch {
		case f.Kind == store.ReturnKind:
			f.Order, err = orderOfReturn(&tx.Reader, f.RMA)
		case f.Order == "":
			f.Order, err = onlyOrder(tx, f)
		}
		if err != nil {
			return err
		}
		p, err := purseOf(&tx.Reader, f.Order)
		if err != nil {
			return err
		}
		if out.Order, err = tx.Order(f.Order); err != nil {
			return err
		}
		out.Paid, out.Given, out.Left = p.came, p.given, p.left()
		return tx.Record(store.ScanNoted{About: string(f.Order), Text: f.Code})
	})
	return out, err
}

// orderOfReturn is the one order that a return is of, by what was asked for or came.
func orderOfReturn(r *store.Reader, id store.RMAID) (store.OrderID, error) {
	a, err := r.RMA(id)
	if err != nil {
		return "", err
	}
	goods, err := r.GoodsOf(id)
	if err != nil {
		return "", err
	}
	var all []store.OrderID
	add := func(order store.OrderID) {
		if order != "" && !slices.Contains(all, order) {
			all = append(all, order)
		}
	}
	for _, l := range a.Lines {
		add(l.Order)
	}
	for _, g := range goods {
		add(g.Order)
	}
	switch len(all) {
	case 0:
		return "", &store.Refusal{Code: store.NotOrdered, Got: string(id)}
	case 1:
		return all[0], nil
	}
	return "", &store.Refusal{Code: store.Ambiguous, Want: string(all[0]) + " / " +
		string(all[1]), Got: string(id), Is: store.OrderKind}
}

// Owing is what is to be given back.
type Owing struct {
	Due   []store.Refunding
	Waits []store.RefundWait // until their customers have paid
}

// Due reads the refunds that nobody has paid yet, and those that wait for their customers,
// the oldest first.
func Due(ctx context.Context, s *store.Store) (Owing, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out Owing, err error) {
		if out.Due, err = r.RefundsDue(listMax); err != nil {
			return out, err
		}
		out.Waits, err = r.RefundWaits(listMax)
		return out, err
	})
}
