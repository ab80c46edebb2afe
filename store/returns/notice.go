package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// Pending reads what customers are to be told of, the oldest first.
func Pending(ctx context.Context, s *store.Store, limit int) ([]store.Notice, error) {
	return store.Get(ctx, s, func(r *store.Reader) ([]store.Notice, error) {
		return r.Notices(limit)
	})
}

// Sent keeps that a customer was told of something. It needs a supervisor, or nobody: a
// program; it refuses with NoRight, or with NotFound for what nobody is to be told of.
func Sent(ctx context.Context, s *store.Store, by store.Gesture, n store.Notice) error {
	return sent.Make(ctx, s, by, n)
}

var sent = store.Decree[store.Notice]{Name: "returns.sent", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, n store.Notice) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if !slices.Contains(store.NoticeKinds, n.Of) {
			return nil, &store.Refusal{Code: store.NotFound, Got: n.Ref}
		}
		if err := noticed(tx, n); err != nil {
			return nil, err
		}
		return store.NoticeSent{About: n.Ref, Of: n.Of, Since: n.At, At: tx.Now().UnixMilli()}, nil
	})
}}

// noticed refuses with NotFound a notice of what there is not.
func noticed(tx *store.Tx, n store.Notice) (err error) {
	switch {
	case n.Of == store.NoticeConfirmed:
		_, err = tx.Order(store.OrderID(n.Ref))
	case n.Of.OfOrder():
		_, err = tx.Slip(store.SlipID(n.Ref))
	default:
		_, err = tx.RMA(store.RMAID(n.Ref))
	}
	return err
}
