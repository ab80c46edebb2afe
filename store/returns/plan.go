package returns

import (
	"context"
	"errors"
	"fmt"
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
	err := s.Read(ctx, func(r *store.Reader) (err error) {
		if asked, err = r.RMAsIn(store.RMARequested); err != nil {
			return err
		}
		due, err = r.ReturnsDue(r.Now().Add(-dueFor).UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("plan returns: %w", err)
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

// outcome gives for what came back what its customer wants.
func outcome(ctx context.Context, s *store.Store, id store.RMAID) error {
	if err := Refund(ctx, s, id); err != nil {
		return err
	}
	return Exchange(ctx, s, id)
}
