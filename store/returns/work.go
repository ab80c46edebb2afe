package returns

import (
	"cmp"
	"context"
	"slices"
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
	Lost     int // strays, and goods that nobody takes back, or of which the order is not known
	Refunds  int // to be paid
	Care     int // kinds of goods to be sent off, and what was and is not back
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
		goods, err := Unwanted(r)
		if err != nil {
			return t, err
		}
		t.Lost = len(t.Strays)
		for _, p := range goods {
			if p.Lost() {
				t.Lost++
			}
		}
		due, err := r.RefundsDue(listMax)
		if err != nil {
			return t, err
		}
		t.Refunds = len(due)
		care, err := cares(r)
		t.Care = len(care.Lies) + len(care.Open)
		return t, err
	})
}

// FindWaiting finds the return that a scanned label stands for, of those that wait for a
// person: its own, or that of its parcel or its order. It needs a supervisor; it refuses with
// NoRight, NotThere for one that is none of them, Ambiguous, and as Reader.Find does.
func FindWaiting(ctx context.Context, s *store.Store, by store.Gesture, waiting []store.RMAID) (
	id store.RMAID, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		meant, err := returnsOf(tx, by.Mark)
		if err == nil && len(meant) == 0 {
			_, err = tx.Find(by.Mark, store.ReturnKind)
		}
		if err != nil {
			return err
		}
		var of []store.RMAID
		for _, x := range waiting {
			if slices.Contains(meant, x) && !slices.Contains(of, x) {
				of = append(of, x)
			}
		}
		if len(of) == 0 {
			return &store.Refusal{Code: store.NotThere, Got: cmp.Or(by.Mark.Code, by.Mark.Text)}
		}
		id = of[0]
		if err := several(of, by.Mark.Text, store.OrderKind); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: string(id), Text: by.Mark.Text})
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
	all, err := ordersOn(tx, f)
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
