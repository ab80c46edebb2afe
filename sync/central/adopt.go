package central

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"scanbay/store"
)

// adoptBatch is how many facts are taken over at once.
const adoptBatch = 1000

// ErrOther says that central has recorded, or taken over, something else.
var ErrOther = errors.New("central has facts that are not in this database")

// begun says whether all that central has is what it took of a database before.
func begun(ctx context.Context, to, from *store.Store) error {
	rev, err := store.Get(ctx, to, (*store.Reader).Revision)
	if err != nil || rev == 0 {
		return err
	}
	mark := func(r *store.Reader) ([]byte, error) { return r.Mark(rev) }
	have, err := store.Get(ctx, to, mark)
	theirs, fromErr := store.Get(ctx, from, mark)
	if err = errors.Join(err, fromErr); err == nil && !bytes.Equal(have, theirs) {
		err = ErrOther
	}
	return err
}

// Adopt takes all that a lone station recorded into central's empty store, under the same
// numbers. It takes up where an earlier one was cut off.
// It fails with ErrOther where central's facts are not those of the station.
func Adopt(ctx context.Context, to, from *store.Store) error {
	if err := begun(ctx, to, from); err != nil {
		return err
	}
	for {
		at, err := store.Get(ctx, to, (*store.Reader).Revision)
		if err != nil {
			return err
		}
		var n store.News
		if err := from.Read(ctx, func(r *store.Reader) (err error) {
			if n.Runs, n.Cursor.Rev, err = r.News("", 0, at, adoptBatch); err == nil {
				n.Recipients, _, err = r.Beside(at, n.Cursor.Rev)
			}
			return err
		}); err != nil {
			return err
		}
		if len(n.Runs) == 0 {
			return nil
		}
		if err := to.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
			for _, p := range n.Recipients {
				if err := tx.KeepRecipient(p); err != nil {
					return err
				}
			}
			for _, run := range n.Runs {
				if _, err := tx.TakeRun(run); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return fmt.Errorf("adopt after %d: %w", at, err)
		}
	}
}
