package returns

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/store/order"
)

// exchangeMethod is how an order is paid that stands for goods that came back.
const exchangeMethod = "exchange"

// exchangeDue is an order for the like of what came back by a return that wants other goods;
// and for what came back from being put right, where the customer wants that. Nothing is to
// be paid for it.
func exchangeDue(r *store.Reader, h haul, of store.OrderID) (store.Event, error) {
	var all []found
	switch h.Wants {
	case store.WantsExchange:
		all = h.of(of)
	case store.WantsRepair:
		back, err := repaired(r, h.RMA.ID, of)
		if err != nil {
			return nil, err
		}
		all = h.cameBack(back)
	}
	if len(all) == 0 {
		return nil, errNothing
	}
	e, err := h.exchange(r, of, all)
	return e, err
}

// reorder opens the orders that are due for a return, and lets them be reviewed and released.
func reorder(ctx context.Context, s *store.Store, id store.RMAID) error {
	made, err := due(exchangeDue).eachOrder(ctx, s, id)
	for _, e := range made {
		if e, is := e.(store.ExchangeOrdered); is && err == nil {
			err = order.Onward(ctx, s, e.Order.ID)
		}
	}
	return err
}

// exchange is the order for pieces of another, beyond those that one was opened for. Its
// number follows from the return's and from what it is, and its date is that of the last
// look: a central server that was restored opens it again as it was, or by another number.
func (h haul) exchange(r *store.Reader, of store.OrderID, all []found) (e store.ExchangeOrdered,
	err error) {
	sent, err := r.Exchanged(h.RMA.ID, of)
	if err != nil {
		return e, err
	}
	was, err := r.Order(of)
	if err != nil {
		return e, err
	}
	others, err := r.ExchangesOf(h.RMA.ID)
	if err != nil {
		return e, err
	}
	o := store.Order{Channel: was.Channel, Shop: was.Shop,
		Customer: was.Customer, Recipient: was.Recipient, Currency: was.Currency,
		PayMethod: exchangeMethod, Mode: was.Mode, Service: was.Service,
		FreightPayer: was.FreightPayer, Carrier: was.Carrier, Province: was.Province,
		Priority: was.Priority, Placed: h.last}
	said := fmt.Sprint(of, sent)
	for _, f := range all {
		before := min(sent[f.item], f.n)
		sent[f.item] -= before
		n := f.n - before
		if n <= 0 {
			continue
		}
		l := store.OrderLine{Line: int64(len(o.Lines) + 1), Item: f.item, N: n}
		if i := slices.IndexFunc(was.Lines, func(x store.OrderLine) bool {
			return x.Line == f.line
		}); i >= 0 {
			l.Price = was.Lines[i].Price
		}
		l.Discount = l.Price * store.Money(n) // nothing is due
		o.Lines = append(o.Lines, l)
		e.N += n
	}
	if e.N == 0 {
		return e, errNothing
	}
	o.ID = exchangeNo(h.RMA.ID, fmt.Sprint(said, o.Placed, o.Lines), others)
	o.PlatformNo = string(o.ID)
	// By its own number it is like no other: the goods were bought before.
	o.Content = store.Order{Customer: o.PlatformNo, Lines: o.Lines}.Fingerprint()
	e.RMA, e.Source, e.Order = h.RMA.ID, of, o
	return e, nil
}

// exchangeNo is the number of an order for what came back by a return, by what it says, and
// none of those that others have.
func exchangeNo(id store.RMAID, said string, others []store.OrderID) (no store.OrderID) {
	sum := sha256.Sum256([]byte(said))
	n := binary.BigEndian.Uint32(sum[:])
	for taken := true; taken; n++ {
		no = store.OrderID(fmt.Sprintf("EX%s-%04d", id, n%10_000))
		taken = slices.Contains(others, no)
	}
	return no
}

// repaired is what of an order came back from being put right, or others in its place.
func repaired(r *store.Reader, id store.RMAID, of store.OrderID) (out []found, err error) {
	all, err := r.AftercaresOf(id)
	for _, c := range all {
		for _, end := range c.Ends {
			if end.As != store.CareRepaired && end.As != store.CareReplaced {
				continue
			}
			for _, g := range end.Of {
				if g.RMA == id && g.Order == of {
					out = append(out, found{of, g.Line, g.Item, g.OriginN.N})
				}
			}
		}
	}
	return out, err
}

// cameBack is no more of each line than came back: a piece may be put right twice.
func (h haul) cameBack(all []found) (out []found) {
	came := map[found]store.Qty{}
	for _, g := range h.goods {
		came[found{g.Order, g.Line, g.Item, 0}] += g.Received
	}
	for _, f := range all {
		at := found{f.order, f.line, f.item, 0}
		if f.n = min(f.n, came[at]); f.n <= 0 {
			continue
		}
		came[at] -= f.n
		if i := slices.IndexFunc(out, func(x found) bool {
			return x.order == f.order && x.line == f.line && x.item == f.item
		}); i >= 0 {
			out[i].n += f.n
			continue
		}
		out = append(out, f)
	}
	return out
}

// Reship opens orders for the like of what came back by a return whose customer wants it put
// right or exchanged, of one order at a time, whether or not anybody recorded that it was.
// It needs a supervisor; it refuses with NoRight, NotFound, or NothingToDo where nothing is
// left to send.
func Reship(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID) error {
	return reship.Make(ctx, s, by, id)
}

var reship = store.Decree[store.RMAID]{Name: "returns.reship", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, id store.RMAID) error {
	var made store.OrderID
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		h, err := haulOf(&tx.Reader, id)
		if err != nil {
			return nil, err
		}
		for _, of := range h.orders() {
			if h.State != store.RMAApproved || h.Wants == store.WantsRefund || h.Wants == "" {
				break
			}
			e, err := h.exchange(&tx.Reader, of, h.looked(of))
			if e.By = by.Operator; err == nil {
				made = e.Order.ID
			}
			if err != errNothing {
				return e, err
			}
		}
		return nil, &store.Refusal{Code: store.NothingToDo, Got: string(id)}
	})
	if err != nil || made == "" {
		return err
	}
	return order.Onward(ctx, s, made)
}}
