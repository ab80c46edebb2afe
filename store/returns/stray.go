package returns

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// A Resolving says what became of something that came back and that nobody knew, or of some
// of it: where it is an item of ours, which, and where it lies, if not where it was kept.
type Resolving struct {
	Stray       store.EventID  `json:"stray"`
	As          store.StrayEnd `json:"as"`
	store.Batch                // of what is known
	N           store.Qty      `json:"n,omitempty"` // 0: as many as are left
	To          store.Place    `json:"to,omitempty"`
}

// ResolveStray ends what was put aside as unknown, or a part of it. It needs a supervisor; it
// refuses with NoRight, BadSetting, NotFound, BadQuantity, LotNeeded, ExpiryNeeded,
// SerialNeeded, SerialTwice, WrongPlace, ToteInUse or GradeTote for a tote of other goods, and
// with WrongLot or WrongSerial for one that such an item does not have.
func ResolveStray(ctx context.Context, s *store.Store, by store.Gesture, in Resolving) error {
	return resolveStray.Make(ctx, s, by, in)
}

var resolveStray = store.Decree[Resolving]{Name: "returns.resolve_stray", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in Resolving) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if !slices.Contains(store.StrayEnds, in.As) {
			return nil, &store.Refusal{Code: store.BadSetting, Want: words(store.StrayEnds),
				Got: string(in.As)}
		}
		all, err := tx.Strays()
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(all, func(x store.Stray) bool { return x.ID == in.Stray })
		if i < 0 {
			return nil, &store.Refusal{Code: store.NotFound, Got: string(in.Stray)}
		}
		left := all[i].N
		e := store.StrayResolved{Stray: in.Stray, RMA: all[i].RMA, As: in.As, By: by.Operator,
			N: cmp.Or(in.N, left), Keeper: all[i].Operator, At: tx.Now().UnixMilli()}
		if e.N <= 0 || e.N > left {
			return nil, beyond(e.N, left)
		}
		e.Part = e.N < left
		if in.As != store.StrayKnown {
			return e, nil
		}
		e.Batch, e.To = in.Batch, cmp.Or(in.To, all[i].Place)
		if err := storable(tx, e); err != nil {
			return nil, err
		}
		err = withReturn(tx, &e, all[i].Parcel)
		return e, err
	})
}}

// withReturn has goods of a parcel of nobody known be of a return, as others are that came in
// it: the parcel's label then means them.
func withReturn(tx *store.Tx, e *store.StrayResolved, parcel string) error {
	if e.RMA != "" || parcel == "" {
		return nil
	}
	p, err := tx.Parcel(parcel)
	if err != nil {
		return err
	}
	told, err := tx.RMAsWithWaybill(p.Waybill)
	switch {
	case err != nil:
		return err
	case p.RMA != "":
		e.RMA = p.RMA
		return nil
	case len(told) == 1:
		e.RMA = told[0]
		return nil
	}
	opens := store.RMA{How: store.ByCourier, Placed: e.At}
	opens.ID, err = tx.NextRMAID()
	e.RMA, e.Opens, e.Waybill = opens.ID, &opens, p.Waybill
	return err
}

// storable refuses goods that the ledger cannot hold as they are, or not there.
func storable(tx *store.Tx, e store.StrayResolved) error {
	i, err := tx.Item(e.Item)
	if err != nil {
		return err
	}
	if err := holdable(tx, i, e.Batch, e.N, store.AtCustomer); err != nil {
		return err
	}
	return unsold(tx, e.To)
}

// unsold refuses a place that goods are sold from or leave from, or that is none of ours:
// nobody has looked at them.
func unsold(tx *store.Tx, p store.Place) error {
	switch {
	case p == Stage || p == Kept:
		return nil
	case p.Is("tote"):
		return toteFor(tx, store.Found{Place: p, Code: p.Code()}, store.Hold)
	}
	b, err := tx.Bin(p)
	_, unknown := store.RefusalOf(err)
	if unknown || err == nil && !p.Is("stage") && !(p.Is("bin") && store.Hold.Suits(b.Use)) {
		err = &store.Refusal{Code: store.WrongPlace, Got: p.Code()}
	}
	return err
}
