package returns

import (
	"context"
	"time"

	"scanbay/store"
)

// Todo is the work on returns that waits at a station.
type Todo struct {
	Review   int            // returns for a supervisor
	Expected []store.Coming // approved, and not all here
	Parcels  []store.Parcel // arrived and not opened
	Inspect  []Piece
	Totes    []store.Place // of graded goods, to be put away
	Strays   []store.Stray
	Refunds  int // to be paid
}

// expected is how long a return is waited for: whoever has not sent it back by then keeps it.
const expected = 92 * 24 * time.Hour

// Work reads what waits.
func Work(ctx context.Context, s *store.Store) (Todo, error) {
	return store.Get(ctx, s, func(r *store.Reader) (t Todo, err error) {
		if t.Review, err = r.RMAsToReview(); err != nil {
			return t, err
		}
		if t.Expected, err = r.Coming(r.Now().Add(-expected).UnixMilli(), listMax); err != nil {
			return t, err
		}
		if t.Parcels, err = r.ParcelsWaiting(listMax); err != nil {
			return t, err
		}
		if t.Inspect, err = ToGrade(r, ""); err != nil {
			return t, err
		}
		graded, err := r.Graded(listMax)
		if err != nil {
			return t, err
		}
		for _, l := range graded {
			if n := len(t.Totes); n == 0 || t.Totes[n-1] != l.Place {
				t.Totes = append(t.Totes, l.Place)
			}
		}
		if t.Strays, err = r.Strays(); err != nil {
			return t, err
		}
		due, err := r.RefundsDue(listMax)
		t.Refunds = len(due)
		return t, err
	})
}

// Due reads the refunds that nobody has paid yet, the oldest first.
func Due(ctx context.Context, s *store.Store) ([]store.Refunding, error) {
	return store.Get(ctx, s, func(r *store.Reader) ([]store.Refunding, error) {
		return r.RefundsDue(listMax)
	})
}

// FindWaiting finds the return that a scanned label stands for, of those that wait for a
// person. It needs a supervisor; it refuses with NoRight, and as Reader.Find does.
func FindWaiting(ctx context.Context, s *store.Store, by store.Gesture) (id store.RMAID,
	err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.ReturnKind)
		if err != nil {
			return err
		}
		id = f.RMA
		return tx.Record(store.ScanNoted{About: string(id), Text: f.Code})
	})
	return id, err
}

// A Wish is what somebody scans who writes a request down: an order, with what of it may
// still come back, or an item, once or more.
type Wish struct {
	Order store.Order
	Rows  []Row
	Item  store.Item
	N     store.Qty // 0 for an order
}

// Wanted answers the scan of whoever writes a request down: an item, or an order by its
// number, slip, carton or waybill. It needs a receiver; it refuses with NoRight, NotSent,
// Ambiguous, BadQuantity, AskQuantity, and as Reader.Find does.
func Wanted(ctx context.Context, s *store.Store, by store.Gesture) (out Wish, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Wish{}
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.ItemKind, store.OrderKind, store.SlipKind,
			store.CartonKind, store.WaybillKind)
		if err != nil {
			return err
		}
		if f.Kind == store.ItemKind {
			if out.Item, err = tx.Item(f.Item.SKU); err == nil {
				out.N, err = tx.Pieces(by, f.Item)
			}
		} else {
			err = out.of(tx, f)
		}
		if err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: f.Ref(), Text: f.Code})
	})
	return out, err
}

// of reads what may come back of the order that a thing is of.
func (w *Wish) of(tx *store.Tx, f store.Found) (err error) {
	if f.Order == "" {
		if f.Order, err = onlyOrder(tx, f); err != nil {
			return err
		}
	}
	if w.Order, err = tx.Order(f.Order); err != nil {
		return err
	}
	now, err := look(&tx.Reader, Case{Order: f.Order})
	if err == nil && len(now.Rows) == 0 {
		err = &store.Refusal{Code: store.NotSent, Got: w.Order.PlatformNo}
	}
	w.Rows = now.Rows
	return err
}

// onlyOrder is the order that a slip, a carton or a waybill is for. It refuses with
// Ambiguous where there are several.
func onlyOrder(tx *store.Tx, f store.Found) (store.OrderID, error) {
	if f.Kind == store.CartonKind {
		box, err := tx.Carton(f.Carton)
		if err != nil {
			return "", err
		}
		f.Slip = box.Slip
	}
	all, err := tx.OrdersOn(f.Slip)
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "", &store.Refusal{Code: store.NotSent, Got: f.Code}
	case len(all) > 1:
		return "", &store.Refusal{Code: store.Ambiguous, Want: string(all[0]) + " / " +
			string(all[1]), Got: f.Code, Is: store.OrderKind}
	}
	return all[0], nil
}
