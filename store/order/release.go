package order

import (
	"context"
	"errors"
	"fmt"

	"scanbay/store"
)

// Plan does what the authority does by itself: it reviews what came in, reserves
// what confirmed orders are owed, and releases slips, the most urgent first. It
// takes up where an earlier one was cut off.
func Plan(ctx context.Context, s *store.Store) error {
	for _, step := range []struct {
		list func(*store.Reader) ([]store.OrderID, error)
		do   func(context.Context, *store.Store, store.OrderID) error
	}{
		{received, Review},
		{(*store.Reader).OrdersOwed, Reserve},
		{(*store.Reader).OrdersToRelease, Release},
	} {
		ids, err := store.Get(ctx, s, step.list)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		for _, id := range ids {
			if err := step.do(ctx, s, id); err != nil {
				return fmt.Errorf("plan %s: %w", id, err)
			}
		}
	}
	return nil
}

func received(r *store.Reader) ([]store.OrderID, error) { return r.OrdersIn(store.Received) }

// errNothing says that there is nothing to record: the transaction is given up.
var errNothing = errors.New("nothing to record")

// Reserve promises stock that came meanwhile to what a confirmed order is owed.
func Reserve(ctx context.Context, s *store.Store, id store.OrderID) error {
	err := s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		e := store.StockReserved{Order: id}
		if e.Promises, err = promises(tx, o); err != nil {
			return err
		}
		if len(e.Promises) == 0 {
			return errNothing
		}
		return tx.Record(e)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// Release turns what is reserved for an order, and in no slip yet, into a slip:
// the earliest expiry first, then in walking order. Where only a part is there,
// the slip is for that part.
func Release(ctx context.Context, s *store.Store, id store.OrderID) error {
	err := s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		slip := store.Slip{Carrier: o.Carrier, Mode: o.Mode, Service: o.Service,
			Priority: o.Priority, ShipBy: o.ShipBy, Released: tx.Now().UnixMilli()}
		if slip.ID, err = tx.NextSlipID(); err != nil {
			return err
		}
		if err := allocate(tx, o, &slip); err != nil {
			return err
		}
		if len(slip.Lines) == 0 {
			return errNothing
		}
		if err := carry(tx, o, &slip); err != nil {
			return err
		}
		return tx.Record(store.SlipReleased{Slip: slip})
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// allocate fills a slip with what is reserved for an order and in no task yet.
func allocate(tx *store.Tx, o store.Order, slip *store.Slip) error {
	tasked, err := tx.Tasked(o.ID)
	if err != nil {
		return err
	}
	spots := map[store.SKU][]store.Spot{}
	for _, l := range o.Lines {
		need := l.Open() - tasked[l.Line]
		if need <= 0 {
			continue
		}
		if spots[l.Item] == nil {
			i, err := tx.Item(l.Item)
			if err != nil {
				return err
			}
			if spots[l.Item], err = tx.Spots(i); err != nil {
				return err
			}
		}
		line := store.SlipLine{Line: int64(len(slip.Lines) + 1), Item: l.Item}
		tasks := store.Allot(spots[l.Item], l.Item, line.Line, need,
			fmt.Sprintf("%s.%d.", slip.ID, line.Line))
		for _, t := range tasks {
			line.N += t.Want
		}
		if line.N == 0 {
			continue
		}
		line.Sources = []store.Source{{Order: o.ID, Line: l.Line, N: line.N}}
		slip.Lines, slip.Tasks = append(slip.Lines, line), append(slip.Tasks, tasks...)
	}
	return nil
}

// carry gives a slip the waybill that was bought with its order: one waybill is
// one parcel, so only the order's first slip has it.
func carry(tx *store.Tx, o store.Order, slip *store.Slip) error {
	if o.Waybill == "" {
		return nil
	}
	given, err := tx.WaybillsByNo(o.Waybill)
	if err != nil || len(given) > 0 {
		return err
	}
	slip.Waybills = []store.Waybill{{No: o.Waybill, Slip: slip.ID, Carrier: o.Carrier,
		State: store.WaybillAssigned}}
	return nil
}
