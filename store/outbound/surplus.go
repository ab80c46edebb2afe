package outbound

import (
	"context"
	"fmt"

	"scanbay/store"
)

// surplusMax is more than anybody finds too much in one bin.
const surplusMax = 999_999

// Surplus says that n more lie in the bin that the picker of a slip is at than they should: of
// the task's item, or of the one that by.Mark is of. No stock moves: a count of the bin is
// asked for, and brings them into the book. It refuses with NotYours, SlipClosed, Stale,
// BinFirst, BadQuantity, and as Reader.Find does.
func Surplus(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID, seen Seen,
	n store.Qty) (item store.Item, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		_, task, err := atBin(tx, id, seen)
		if err != nil {
			return err
		}
		item = task.About
		if by.Mark.Text != "" {
			f, err := tx.Find(by.Mark, store.ItemKind)
			if err != nil {
				return err
			}
			if item, err = tx.Item(f.Item.SKU); err != nil {
				return err
			}
		}
		if n < 1 || n > surplusMax {
			return &store.Refusal{Code: store.BadQuantity, Want: fmt.Sprint("1-", surplusMax),
				Got: n.String()}
		}
		return tx.Record(store.SurplusFound{Slip: id, Place: task.From, Item: item.SKU, N: n,
			Disc: store.Discrepancy{ID: store.NewDiscID(store.Surplus, string(tx.NextEvent())),
				Of: store.Surplus, Slip: id, Place: task.From, Item: item.SKU, N: n,
				Operator: by.Operator, At: tx.Now().UnixMilli()}})
	})
	return item, err
}
