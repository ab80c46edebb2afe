package order

import (
	"context"

	"scanbay/store"
)

// A HeldOrder waits for a supervisor.
type HeldOrder struct {
	store.Order
	store.Decision
	Person store.Recipient
	Asked  []store.Question
	Came   store.Money // for it, so far
}

// Held reads the orders that wait for a supervisor, the most urgent first: of store.Held
// those to decide on, of store.LockedOrder those to release.
func Held(ctx context.Context, s *store.Store, state store.OrderState) ([]HeldOrder, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []HeldOrder, err error) {
		ids, err := r.OrdersIn(state)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			h := HeldOrder{}
			if h.Decision, err = r.Decision(id); err != nil {
				return nil, err
			}
			if h.Order, err = r.Order(id); err != nil {
				return nil, err
			}
			if h.Person, err = r.Recipient(h.Recipient); err != nil {
				return nil, err
			}
			if h.Asked, err = r.Questions(id); err != nil {
				return nil, err
			}
			if h.Came, err = r.PaidFor(h.Order); err != nil {
				return nil, err
			}
			out = append(out, h)
		}
		return out, nil
	})
}

// FindHeld finds the held order that a scan, or a typed number, is about. It
// refuses with NotFound, WrongKind or NotHeld.
func FindHeld(ctx context.Context, s *store.Store, by store.Gesture, held []HeldOrder) (
	at int, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		f, err := tx.Find(by.Mark, store.OrderKind)
		if err != nil {
			return err
		}
		for i, o := range held {
			if o.ID == f.Order {
				at = i
				return tx.Record(store.ScanNoted{About: string(o.ID), Text: f.Code})
			}
		}
		return &store.Refusal{Code: store.NotHeld, Want: f.Code}
	})
	return at, err
}
