package returns

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/store"
)

// countMax is at how many orders the authority looks at once.
const countMax = 200

// count looks at the orders of which money went another way than by a return: what nobody has
// paid of more than came is withdrawn, and the returns that this changes are weighed. One
// order that fails holds up no other.
func count(ctx context.Context, s *store.Store) (failed error) {
	if !s.Identity().Authority {
		return nil
	}
	for {
		todo, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Counting, error) {
			return r.ToCount(countMax)
		})
		if err != nil {
			return err
		}
		var seen []string
		for _, c := range todo {
			if err := countOf(ctx, s, c.Order); err != nil {
				failed = errors.Join(failed, fmt.Errorf("order %s: %w", c.Order, err))
				continue
			}
			seen = append(seen, c.Seen)
		}
		if len(seen) == 0 {
			return failed
		}
		err = unasked(ctx, s, func(tx *store.Tx) error {
			return tx.Record(store.MoneyCounted{Seen: seen, At: tx.Now().UnixMilli()})
		})
		if err = errors.Join(failed, err); err != nil || len(todo) < countMax {
			return err
		}
	}
}

// countOf does for one order what count does for all.
func countOf(ctx context.Context, s *store.Store, order store.OrderID) error {
	of, err := store.Get(ctx, s, func(r *store.Reader) (out []store.RMAID, err error) {
		p, err := purseOf(r, order)
		for _, id := range p.all {
			if err != nil {
				return nil, err
			}
			var more []store.RMAID
			more, err = r.ReturnsOf(id)
			out = append(out, more...)
		}
		return out, err
	})
	if _, unknown := store.RefusalOf(err); unknown {
		return nil
	}
	for did := store.Event(nil); err == nil; {
		did, err = follow(ctx, s, func(r *store.Reader) (store.Event, error) {
			return overdrawn(r, order)
		})
		if did == nil {
			break
		}
	}
	slices.Sort(of)
	for _, id := range slices.Compact(of) {
		if err != nil {
			return err
		}
		err = outcome(ctx, s, id)
	}
	return err
}

// overdrawn is what is to be recorded where more goes back for an order than came: that a
// refund is withdrawn that nobody has paid, or, where all were paid, what a supervisor has to
// look at. What is for goods goes first: what is left of it is due anew by itself. It fails
// with errNothing.
func overdrawn(r *store.Reader, order store.OrderID) (store.Event, error) {
	p, err := purseOf(r, order)
	if err != nil {
		return nil, err
	}
	over := p.given - max(0, p.came)
	if over <= 0 {
		return nil, errNothing
	}
	var all []store.Refunding
	for _, id := range p.all {
		more, err := r.RefundsOf(id)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	all = slices.DeleteFunc(all, func(f store.Refunding) bool {
		return !f.Live() || f.Amount <= 0
	})
	slices.SortStableFunc(all, func(a, b store.Refunding) int {
		if a.ByHand() != b.ByHand() {
			return map[bool]int{true: 1, false: -1}[a.ByHand()]
		}
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID))
	})
	var last int64
	for _, f := range all {
		if f.Settled == 0 {
			return store.RefundWithdrawn{Refund: f.ID, RMA: f.RMA, Order: f.Order,
				At: r.Now().UnixMilli()}, nil
		}
		last = max(last, f.Settled)
	}
	return dispute(r, store.Discrepancy{Of: store.Overpaid, About: string(p.ID), At: last,
		Note: strings.TrimSpace(over.String() + " " + p.Currency)},
		string(p.ID), fmt.Sprint(int64(over)))
}
