package outbound

import (
	"context"
	"slices"

	"scanbay/store"
)

// Undone is a scan that was taken back.
type Undone struct {
	Item  store.Item
	N     store.Qty
	Slip  store.Slip
	Lines []store.SlipLine // of a slip that is packed, as in Packing
}

// Unpick takes back the last pick of a slip that the operator holds, whoever made
// it: a reversal, never a deletion. It refuses with NotYours, BinFrozen, and NothingUndo
// when there is none, the goods have gone on since, or who picks in one zone did not pick last.
func Unpick(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	zone string) (out Undone, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		slip, err := mine(tx, id)
		if err != nil {
			return err
		}
		was, e, err := last[store.ItemPicked](tx, id)
		if err != nil {
			return err
		}
		if due := slip.DueOf(was.Line); due.N > 0 { // it would be asked for again
			return stopped(&tx.Reader, slip, due.N)
		}
		if err := tx.NotFrozen(was.From); err != nil {
			return err
		}
		if err := inZone(tx, was, zone); err != nil {
			return err
		}
		line, err := tx.SlipLine(id, was.Line)
		if err != nil {
			return err
		}
		// In a tote that slips share, another's piece may lie where this one lay.
		there, err := holds(tx, was.To, was.Batch, was.N)
		if err == nil && (!there || line.Picked-line.Packed < was.N) {
			err = &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		if err != nil {
			return err
		}
		out.Item, out.N = line.About, was.N
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Slip, err = tx.SlipIn(id, zone)
		return err
	})
	return out, err
}

// inZone refuses with NothingUndo what was picked elsewhere than in a zone: it goes back to a bin
// that somebody else stands at. No zone is all of them.
func inZone(tx *store.Tx, was store.ItemPicked, zone string) error {
	if zone == "" {
		return nil
	}
	b, err := tx.Bin(was.From)
	if err == nil && b.Zone != zone {
		err = &store.Refusal{Code: store.NothingUndo, Want: string(was.Slip)}
	}
	return err
}

// Unpack takes back the last piece, or pieces, that were packed for a slip; a
// carton that was closed by it is open again. It needs a packer; it refuses with
// NoRight, and with NothingUndo when there is none, or the carton has left.
func Unpack(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out Undone, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		was, e, err := last[store.ItemPacked](tx, id)
		if err != nil {
			return err
		}
		c, err := tx.Carton(was.Carton)
		if err != nil {
			return err
		}
		there, err := holds(tx, store.InCarton(was.Carton), was.Batch, was.N)
		if err == nil && (!there || c.Step == store.CartonShipped) {
			err = &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		if err != nil {
			return err
		}
		if c.Step == store.CartonSealedNow {
			step := reopened(tx, c)
			e.Reopen = &step
		}
		line, err := tx.SlipLine(id, was.Line)
		if err != nil {
			return err
		}
		out.Item, out.N = line.About, was.N
		if err := tx.Record(e); err != nil {
			return err
		}
		if out.Slip, err = tx.Slip(id); err == nil {
			out.Lines, err = tx.SlipLinesToPack(id, linesMax)
		}
		return err
	})
	return out, err
}

// TakeBack takes back that a carton left, which is still here: it is sealed again, with its
// goods and its waybill. It needs a packer, and a supervisor, who may be the same or by.Second;
// it refuses with NoRight, NotFound, NothingUndo where it has not left, and SignedBefore where
// its customer signed for it, it was delivered, or a return of its order is known.
func TakeBack(ctx context.Context, s *store.Store, by store.Gesture, id store.CartonID) (
	c store.Carton, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		if err := supervised(tx); err != nil {
			return err
		}
		if c, err = tx.Carton(id); err != nil {
			return err
		}
		if c.Step != store.CartonShipped {
			return &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		was, e, err := tx.Confirmation(c)
		if err != nil {
			return err
		}
		if err := notSigned(tx, was); err != nil {
			return err
		}
		e.Reopen = &store.CartonStep{Carton: id, Step: store.CartonSealedNow, Round: was.Round + 1,
			Operator: by.Operator, At: tx.Now().UnixMilli()}
		if err := tx.Record(e); err != nil {
			return err
		}
		c, err = tx.Carton(id)
		return err
	})
	return c, err
}

// notSigned refuses with SignedBefore what a customer has, or sends back.
func notSigned(tx *store.Tx, was store.CartonConfirmed) error {
	signed, _, err := tx.SignOff(was.Slip)
	if err != nil {
		return err
	}
	for _, g := range was.Goods {
		if slices.ContainsFunc(signed, func(l store.SignedLine) bool { return l.Line == g.Line }) {
			return &store.Refusal{Code: store.SignedBefore, Got: string(was.Carton)}
		}
	}
	moves, err := tx.TrackingOf(was.Slip)
	if err != nil {
		return err
	}
	c, err := tx.Carton(was.Carton)
	if err != nil {
		return err
	}
	of, _, _ := c.Waybill.Package()
	if slices.ContainsFunc(moves, func(m store.Tracking) bool {
		return m.State == store.ShipDelivered && (m.Waybill == c.Waybill || m.Waybill == of)
	}) {
		return &store.Refusal{Code: store.SignedBefore, Want: string(c.Waybill),
			Got: string(was.Carton)}
	}
	orders, err := tx.OrdersOn(was.Slip)
	for _, id := range orders {
		if err != nil {
			return err
		}
		var back []store.RMAID
		if back, err = tx.RMAsOf(id); err == nil && len(back) > 0 {
			err = &store.Refusal{Code: store.SignedBefore, Want: string(back[0]),
				Got: string(was.Carton)}
		}
	}
	return err
}

// last is the last scan of a kind on a slip, and the event that takes it back. It
// refuses with NothingUndo when there is none.
func last[E store.Event](tx *store.Tx, id store.SlipID) (was E, e store.Reversed, err error) {
	event, e, err := tx.LastOf(string(id), was.Kind())
	if err != nil {
		return was, e, err
	}
	return event.(E), e, nil
}

func holds(tx *store.Tx, p store.Place, b store.Batch, n store.Qty) (bool, error) {
	held, err := tx.Holding(p, b.Item)
	for _, x := range held {
		if x.Batch == b && x.N >= n {
			return true, err
		}
	}
	return false, err
}
