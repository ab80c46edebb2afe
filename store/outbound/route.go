package outbound

import (
	"context"

	"scanbay/store"
)

// Route finds the work that a scan away from any work is about: a slip, by its
// label, its tote, its carton or a waybill, with the state it is in. It records a
// refusal only: what the scan does is up to the work that it opens.
func Route(ctx context.Context, s *store.Store, by store.Gesture) (
	slip store.Slip, f store.Found, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = tx.Find(by.Mark, store.SlipKind, store.ToteKind, store.CartonKind,
			store.WaybillKind, store.ItemKind); err != nil {
			return err
		}
		switch f.Kind {
		case store.ItemKind:
			return nil
		case store.CartonKind:
			c, err := tx.Carton(f.Carton)
			if err != nil {
				return err
			}
			f.Slip = c.Slip
		case store.ToteKind:
			slips, err := tx.SlipsIn(f.Place)
			if err != nil {
				return err
			}
			if len(slips) == 0 {
				return &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.ToteKind}
			}
			f.Slip = slips[0]
		}
		slip, err = tx.Slip(f.Slip)
		return err
	})
	return slip, f, err
}
