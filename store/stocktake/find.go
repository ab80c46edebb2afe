package stocktake

import (
	"context"
	"slices"

	"scanbay/store"
)

// Waiting says how many cases wait for a supervisor.
func Waiting(ctx context.Context, s *store.Store) (int, error) {
	return store.Get(ctx, s, func(r *store.Reader) (int, error) {
		open, err := r.CasesOpen()
		if err != nil {
			return 0, err
		}
		idle, err := uncountedAgain(r)
		if err != nil {
			return 0, err
		}
		held, err := r.OrdersIn(store.Held)
		if err != nil {
			return 0, err
		}
		back, err := r.RMAsToReview()
		return int(open) + len(idle) + len(held) + back, err
	})
}

// FindCases finds the cases that a scan is about: of a bin, an item, a slip, an order or a
// return. It refuses with NotThere where it is none of them, and as Reader.Find does.
func FindCases(ctx context.Context, s *store.Store, by store.Gesture, cases []Case) (at []int,
	err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		at = nil
		if _, err := tx.Find(by.Mark); !known(err) {
			return err
		}
		all, err := tx.Meanings(by.Mark)
		if err != nil {
			return err
		}
		for i, c := range cases {
			if slices.ContainsFunc(all, c.about) {
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			return &store.Refusal{Code: store.NotThere, Got: all[0].Code}
		}
		return tx.Record(store.ScanNoted{About: cases[at[0]].ID, Text: by.Mark.Text})
	})
	return at, err
}

// known says whether a code that nobody was to find stands for something.
func known(err error) bool {
	r, _ := store.RefusalOf(err)
	return r != nil && r.Code == store.WrongKind
}

// about says whether a case is about a thing.
func (c Case) about(f store.Found) bool {
	switch f.Kind {
	case store.ItemKind:
		return f.Item.SKU == c.Item
	case store.SlipKind, store.CartonKind, store.WaybillKind:
		return f.Slip == c.Slip && f.Slip != ""
	case store.OrderKind:
		return c.Kind == CaseOrder && string(f.Order) == c.ID
	case store.ReturnKind, store.ParcelKind:
		return f.RMA != "" && (string(f.RMA) == c.ID || string(f.RMA) == c.About) ||
			f.Code == c.About && c.About != ""
	}
	return f.Place != "" && f.Place == c.Place
}

// Match says which item a code is that nobody knew while it was counted: the one that the
// scan stands for. Needs asks for what the item lacks yet. It needs a supervisor; it refuses
// with NoRight, NotFound where the count has no such code, WrongItem where it was of another
// item alone, BadQuantity for several pieces of a serial, and as Reader.Find does.
func Match(ctx context.Context, s *store.Store, by store.Gesture, in store.CountID, code string) (
	k KnownCode, needs store.Code, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := may(tx, store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.ItemKind)
		if err != nil {
			return err
		}
		item, err := tx.Item(f.Item.SKU)
		if err != nil {
			return err
		}
		if err := fits(&tx.Reader, in, code, item); err != nil {
			return err
		}
		k.Code = code
		k.Item, needs = item.BatchOf(by.Mark)
		return tx.Record(store.ScanNoted{About: code, Text: by.Mark.Text, Needs: needs})
	})
	return k, needs, err
}

// fits refuses to take a code of a count for an item that it cannot be.
func fits(r *store.Reader, in store.CountID, code string, item store.Item) error {
	c, err := r.Count(in)
	if err != nil {
		return err
	}
	codes, err := r.CountCodes(in)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(codes, func(u store.CountedCode) bool { return u.Code == code })
	switch {
	case i < 0:
		return &store.Refusal{Code: store.NotFound, Got: code}
	case c.Item != "" && c.Item != item.SKU:
		return &store.Refusal{Code: store.WrongItem, Want: string(c.Item), Got: string(item.SKU)}
	case bool(item.Serials) && codes[i].N != 1:
		return &store.Refusal{Code: store.BadQuantity, Want: "1", Got: codes[i].N.String()}
	}
	return nil
}
