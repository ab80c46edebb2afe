package outbound

import (
	"slices"

	"scanbay/store"
)

// batchFor is the batch that a scanned piece is, of those that its bin holds; or
// what the scan lacks to tell. Book is the serial that the book gives up for it:
// none where the bin's serials were never recorded.
func batchFor(tx *store.Tx, t store.PickTask, m store.Mark, n store.Qty, held []store.Balance) (
	b store.Batch, book store.Serial, needs store.Code, err error) {
	b = store.Batch{Item: t.Item}
	i := t.About
	if b.Lot, needs, err = lotFor(tx, t, m, n, held); err != nil || needs != "" {
		return b, "", needs, err
	}
	expires := m.Expires
	if expires == 0 {
		if expires, err = tx.ExpiryOf(t.Item, b.Lot); err != nil {
			return b, "", "", err
		}
	}
	if bool(i.Expiries) && expires == 0 {
		return b, "", store.ExpiryNeeded, nil
	}
	if i.Expired(expires, tx.Today()) {
		return b, "", "", &store.Refusal{Code: store.Expired, Want: tx.Today().String(),
			Got: expires.String()}
	}
	if !bool(i.Serials) {
		return b, "", "", nil
	}
	if m.Serial == "" {
		return b, "", store.SerialNeeded, nil
	}
	b.Serial = m.Serial
	book, err = serialFor(tx, t, b, held)
	return b, book, "", err
}

// lotFor is the lot of a scanned piece: the one on its label, the task's, or the
// only one in the bin. It refuses with WrongLot, or AskOtherLot.
func lotFor(tx *store.Tx, t store.PickTask, m store.Mark, n store.Qty, held []store.Balance) (
	store.Lot, store.Code, error) {
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
			return lot, "", otherLot(tx, t, lot, n, held)
		}
		return lot, "", nil
	case len(there) > 1 && bool(t.About.Lots):
		return "", store.LotNeeded, nil
	case len(there) > 1 && bool(t.About.Expiries):
		return "", store.ExpiryNeeded, nil
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
func otherLot(tx *store.Tx, t store.PickTask, lot store.Lot, n store.Qty,
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
	return agreed(tx, policy, r)
}

// agreed refuses with AskOtherLot to take another lot, until whoever scanned it says yes or,
// where the site wants that, a supervisor does for them.
func agreed(tx *store.Tx, policy string, r *store.Refusal) error {
	r.Code = store.AskOtherLot
	if !tx.By().Yes {
		return r
	}
	if policy == "ask" {
		return nil
	}
	o, err := vouches(tx)
	if err != nil || o.May(store.Supervisor) {
		return err
	}
	return r
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
