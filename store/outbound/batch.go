package outbound

import (
	"slices"

	"scanbay/store"
)

// A taken piece is what a scan at a bin is, of the batches that the bin holds.
type taken struct {
	store.Batch
	book    store.Serial // that the bin gives up for it; none where it never had any recorded
	needs   store.Code   // what the scan lacks to tell
	expired store.Date   // its last day, where a supervisor let it pass
}

// batchFor is the batch that a scanned piece is, of those that its bin holds; or
// what the scan lacks to tell.
func (in PickScan) batchFor(tx *store.Tx, t store.PickTask, n store.Qty,
	held []store.Balance) (out taken, err error) {
	m, i := in.By.Mark, t.About
	out.Item = t.Item
	out.Lot, out.needs, err = in.lotFor(tx, t, n, held)
	if err != nil || out.needs != "" {
		return out, err
	}
	expires := m.Expires
	if expires == 0 {
		if expires, err = tx.ExpiryOf(t.Item, out.Lot); err != nil {
			return out, err
		}
	}
	if bool(i.Expiries) && expires == 0 {
		out.needs = store.ExpiryNeeded
		return out, nil
	}
	out.expired, err = in.fresh(tx, in.Slip, i, out.Lot, expires)
	if err != nil || !bool(i.Serials) {
		return out, err
	}
	if m.Serial == "" {
		out.needs = store.SerialNeeded
		return out, nil
	}
	out.Serial = m.Serial
	out.book, err = serialFor(tx, t, out.Batch, held)
	return out, err
}

// lotFor is the lot of a scanned piece: the one on its label, the task's, or the
// only one in the bin. It refuses with WrongLot, or AskOtherLot.
func (in PickScan) lotFor(tx *store.Tx, t store.PickTask, n store.Qty, held []store.Balance) (
	store.Lot, store.Code, error) {
	m := in.By.Mark
	var there []store.Lot
	for _, b := range held {
		if b.N > 0 && !slices.Contains(there, b.Lot) {
			there = append(there, b.Lot)
		}
	}
	lot := m.Lot
	if !bool(t.About.Lots) { // what the label calls a lot is nothing that the book knows
		if lot = ""; bool(t.About.Expiries) && m.Expires != 0 {
			lot = store.LotOfExpiry(m.Expires)
		}
	}
	unlabelled := t.Lot == "" && slices.Contains(there, "") // stock from before lots were kept
	switch {
	case unlabelled && !slices.Contains(there, lot):
		return "", "", nil
	case lot != "":
		if lot != t.Lot && (t.Lot != "" || !slices.Contains(there, lot)) {
			return lot, "", in.otherLot(tx, t, lot, n, held)
		}
		return lot, "", nil
	case len(there) > 1 && bool(t.About.Lots || t.About.Expiries):
		return "", t.About.Lacks(store.Batch{}), nil
	case unlabelled:
		return "", "", nil
	case bool(t.About.Lots) && (t.Lot == "" || len(there) == 1 && there[0] != t.Lot):
		return "", store.LotNeeded, nil
	}
	return t.Lot, "", nil
}

// otherLot refuses with WrongLot to pick n of another lot than the task's; where the site lets
// people choose and the bin has as many that nobody is promised, with AskOtherLot, until they
// say yes, or a supervisor does for them.
func (in PickScan) otherLot(tx *store.Tx, t store.PickTask, lot store.Lot, n store.Qty,
	held []store.Balance) error {
	r := &store.Refusal{Code: store.WrongLot, Want: string(t.Lot), Got: string(lot)}
	policy, err := tx.Setting(store.OtherLotBy)
	if err != nil {
		return err
	}
	if policy == "block" || t.Lot == "" {
		return r
	}
	free, err := tx.Allocated(t.From, store.Batch{Item: t.Item, Lot: lot}, t.ID)
	if err != nil {
		return err
	}
	free = -free
	for _, b := range held {
		if b.Lot == lot {
			free += b.N
		}
	}
	if free < n {
		return r
	}
	return in.lot(tx, policy, r)
}

// serials are those that places hold by the book.
func serials(held []store.Balance) (out []store.Serial) {
	for _, b := range held {
		if b.N > 0 && b.Serial != "" {
			out = append(out, b.Serial)
		}
	}
	return out
}

// serialFor sees whether a serial may leave a bin: it is there by the book, or
// the bin's serials were never recorded and this one is nowhere else. It refuses
// with SerialTwice or WrongSerial.
func serialFor(tx *store.Tx, t store.PickTask, piece store.Batch, held []store.Balance) (
	store.Serial, error) {
	serial, unnamed := piece.Serial, false
	for _, b := range held {
		if b.Lot != piece.Lot || b.N <= 0 {
			continue
		}
		if b.Serial == serial {
			return serial, nil
		}
		unnamed = unnamed || b.Serial == ""
	}
	known, err := tx.SerialAt(t.Item, serial)
	if err != nil {
		return "", err
	}
	if len(known) > 0 && known[0].Place == t.From {
		return "", &store.Refusal{Code: store.WrongLot, Want: string(piece.Lot),
			Got: string(known[0].Lot)}
	}
	if len(known) > 0 {
		return "", &store.Refusal{Code: store.SerialTwice, Want: known[0].Place.Code(),
			Got: string(serial)}
	}
	if !unnamed {
		return "", &store.Refusal{Code: store.WrongSerial, Want: t.From.Code(), Got: string(serial)}
	}
	return "", nil
}
