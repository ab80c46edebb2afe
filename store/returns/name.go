package returns

import (
	"context"

	"scanbay/store"
)

// A Naming is what a scan says of something that nobody knew.
type Naming struct {
	Item store.Item
	store.Batch
	Needs store.Code // LotNeeded, ExpiryNeeded or SerialNeeded: the next scan is to say
}

// Name reads which item of ours a scanned label is, for ResolveStray. It needs a supervisor;
// it refuses with NoRight, and as Reader.Find does.
func Name(ctx context.Context, s *store.Store, by store.Gesture) (out Naming, err error) {
	return out, unlessNothing(s.Write(ctx, by, func(tx *store.Tx) error {
		out = Naming{}
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.ItemKind)
		if err != nil {
			return err
		}
		if out.Item, err = tx.Item(f.Item.SKU); err != nil {
			return err
		}
		out.Batch = batchAsRead(out.Item, by.Mark)
		if out.Needs = lacks(out.Item, out.Batch); out.Needs == "" {
			return errNothing // what becomes of it says more
		}
		return tx.Record(store.ScanNoted{About: by.Mark.Text, Text: by.Mark.Text,
			Needs: out.Needs})
	}))
}

// lacks is what the ledger has to know of a piece and a batch does not say.
func lacks(i store.Item, b store.Batch) store.Code {
	switch {
	case bool(i.Serials) && b.Serial == "":
		return store.SerialNeeded
	case bool(i.Lots) && b.Lot == "":
		return store.LotNeeded
	case bool(i.Expiries) && b.Lot == "":
		return store.ExpiryNeeded
	}
	return ""
}
