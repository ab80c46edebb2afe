package outbound

import (
	"context"
	"fmt"

	"scanbay/store"
)

// Missed says that what is still to be packed of a slip is not in its tote, or
// not fit to be sent, and why. It is being looked for; the orders are short of it,
// and are owed it again. What was packed can leave. It needs a packer; it refuses
// with NoRight, NotPicked, AllPacked or CartonGone.
func Missed(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	reason string) (out Packing, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		slip, err := unpacked(tx, id)
		if err != nil {
			return err
		}
		now := tx.Now().UnixMilli()
		e := store.GoodsMissed{Slip: id, Reason: reason, Disc: store.Discrepancy{
			ID: store.NewDiscID(store.PackMiss, string(tx.NextEvent())), Of: store.PackMiss,
			Slip: id, N: slip.Sums.Unpacked, Reason: reason, Operator: by.Operator, At: now}}
		if e.Goods, err = missing(tx, slip); err != nil {
			return err
		}
		e.Disc.Note = fmt.Sprint(len(e.Goods), " batches")
		if c, one := onlyFilled(slip); one {
			e.Seals, e.Waybill = seal(tx, slip, c)
			out.Carton, out.Sealed = c, true
		}
		out.Did, out.N, out.Slip = NotedScan, slip.Sums.Unpacked, slip
		if err := tx.Record(e); err != nil {
			return err
		}
		if err := out.print(tx); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

// missing is what the totes of a slip should hold of it.
func missing(tx *store.Tx, slip store.Slip) (out []store.MissedOne, err error) {
	whole, err := tx.WholeSlip(slip.ID)
	if err != nil {
		return nil, err
	}
	taken := map[store.Balance]store.Qty{}
	for _, l := range whole.Lines {
		lots := slipLots{slip: slip.ID, item: l.Item}
		left := toPack(slip, l)
		for _, tote := range slip.Totes {
			held, err := tx.Holding(tote, l.Item)
			if err != nil {
				return nil, err
			}
			for _, x := range held {
				n := min(left, x.N-taken[x])
				own, err := lots.have(&tx.Reader, x.Lot)
				if err != nil {
					return nil, err
				}
				if n <= 0 || !own {
					continue
				}
				out = append(out, store.MissedOne{Line: l.Line, Batch: x.Batch, From: tote, N: n,
					For: l.Unshare(n)})
				taken[x] += n
				left, l.Picked = left-n, l.Picked-n
			}
		}
	}
	return out, nil
}
