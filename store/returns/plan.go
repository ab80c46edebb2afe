package returns

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// dueFor is how long after somebody looked at goods the authority gives their customer by
// itself what they stand for. What nothing came of for so long, a person looks at.
const dueFor = 92 * 24 * time.Hour

// Plan does what the authority does by itself: it reviews the returns that were asked for,
// and gives for what came back what its customers want. It takes up where an earlier one
// was cut off.
func Plan(ctx context.Context, s *store.Store) error {
	var asked, due []store.RMAID
	var weigh []store.Weighing
	err := s.Read(ctx, func(r *store.Reader) (err error) {
		if asked, err = r.RMAsIn(store.RMARequested); err != nil {
			return err
		}
		weigh, err = r.ToWeigh(r.Now().Add(-dueFor).UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("plan returns: %w", err)
	}
	for _, w := range weigh {
		due = append(due, w.RMA)
	}
	each := func(ids []store.RMAID, do func(context.Context, *store.Store, store.RMAID) error) {
		for _, id := range ids { // nobody waits for another's
			if failed := do(ctx, s, id); failed != nil {
				err = errors.Join(err, fmt.Errorf("plan %s: %w", id, failed))
			}
		}
	}
	each(asked, Review)
	each(due, outcome)
	if failed := count(ctx, s); failed != nil {
		err = errors.Join(err, fmt.Errorf("plan refunds: %w", failed))
	}
	return err
}

// Onward does for one return what Plan does for all.
func Onward(ctx context.Context, s *store.Store, id store.RMAID) error {
	err := Review(ctx, s, id)
	if err == nil {
		err = outcome(ctx, s, id)
	}
	if err != nil {
		return fmt.Errorf("return %s: %w", id, err)
	}
	return nil
}

// outcome gives for what came back what its customer wants, and withdraws what was given for
// more than that. A return that nobody approved yet, or that nobody knows, stays as it is.
func outcome(ctx context.Context, s *store.Store, id store.RMAID) error {
	d, err := store.Get(ctx, s, func(r *store.Reader) (store.RMADecision, error) {
		return r.RMADecision(id)
	})
	if err != nil || d.State != store.RMAApproved || !s.Identity().Authority {
		return err
	}
	if err := withdraw(ctx, s, id); err != nil {
		return err
	}
	if _, err := due(refundDue).eachOrder(ctx, s, id); err != nil {
		return err
	}
	if err := reorder(ctx, s, id); err != nil {
		return err
	}
	_, err = follow(ctx, s, func(r *store.Reader) (store.Event, error) { return weighed(r, id) })
	return err
}

// withdraw takes back, one after the other, what was given for more than came back.
func withdraw(ctx context.Context, s *store.Store, id store.RMAID) error {
	for {
		did, err := follow(ctx, s, func(r *store.Reader) (store.Event, error) {
			h, err := haulOf(r, id)
			if err != nil {
				return nil, err
			}
			return h.excess(r)
		})
		if err != nil || did == nil {
			return err
		}
	}
}

// weighed says that all is given that is due for a return. It fails with errNothing where
// that was said of all that happened to it, or where it is not so: something happened since.
func weighed(r *store.Reader, id store.RMAID) (store.Event, error) {
	e := store.ReturnWeighed{RMA: id, At: r.Now().UnixMilli()}
	var err error
	if e.Seen, err = r.ToWeighOf(id); err != nil {
		return nil, err
	}
	before, err := r.RefundWaitsOf(id)
	if err != nil {
		return nil, err
	}
	h, err := haulOf(r, id)
	if err != nil {
		return nil, err
	}
	if h.State != store.RMAApproved || h.open {
		return nil, errNothing
	}
	waits, done, err := h.waits(r)
	if err != nil || !done {
		return nil, cmp.Or(err, errNothing)
	}
	for _, w := range before {
		if !slices.ContainsFunc(waits, func(x store.RefundWait) bool {
			return x.Order == w.Order
		}) {
			waits = append(waits, store.RefundWait{Order: w.Order, Source: w.Source})
		}
	}
	for _, w := range waits {
		if !slices.ContainsFunc(before, func(x store.RefundWait) bool {
			return x.Order == w.Order && x.Source == w.Source && x.Amount == w.Amount &&
				x.Room == w.Room
		}) {
			e.Waits = append(e.Waits, w)
		}
	}
	if len(e.Seen)+len(e.Waits) == 0 {
		return nil, errNothing
	}
	return e, nil
}

// waits is what of a return waits until its customer has paid. It is not done where something
// is due that waits for nothing.
func (h haul) waits(r *store.Reader) (out []store.RefundWait, done bool, err error) {
	for _, order := range h.orders() {
		for _, of := range []due{refundDue, exchangeDue} {
			_, err := of.unlessOpen(r, h, order)
			var w waiting
			switch {
			case errors.As(err, &w):
				out = append(out, w.RefundWait)
			case !errors.Is(err, errNothing):
				return nil, false, err
			}
		}
	}
	_, err = h.excess(r)
	return out, errors.Is(err, errNothing), unlessNothing(err)
}
