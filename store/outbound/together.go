package outbound

import (
	"context"
	"errors"

	"scanbay/store"
)

// PickTogether is Pick for slips on a cart that are picked into one tote unsorted, all for the
// same goods in one bin: what the first of ins does not need of a scan is for those behind it, of
// which only the slip and what was seen of it count. It refuses with OverPick what is too much for
// all. Each has a pick of its own: where a later one is refused, out says what was picked before,
// and the rest is to be scanned again.
func PickTogether(ctx context.Context, s *store.Store, ins []PickScan) (out Picked, err error) {
	parts, left, err := share(ctx, s, ins)
	if err != nil {
		return out, err
	}
	var n store.Qty
	var slips []store.SlipID
	for i, part := range parts {
		in := ins[0]
		if i > 0 {
			in.Slip, in.Seen, in.By.Scan = ins[i].Slip, ins[i].Seen, ""
		}
		if in.part = part; len(parts) > 1 && part == 0 {
			continue
		}
		now, err := Pick(ctx, s, in)
		if _, refused := store.RefusalOf(err); refused && n > 0 {
			break
		}
		if out = now; err != nil {
			return out, err
		}
		n, slips = n+out.N, append(slips, in.Slip)
		if out.Did != PickedItem { // it is asked once what a piece lacks
			break
		}
	}
	if out.N, out.Slips = n, slips; out.Did == PickedItem {
		out.Left = max(0, left-n)
	}
	return out, nil
}

// ShareTote has a scanned tote be that of several slips on a cart, each by an event of its own.
// It refuses as Pick does, and then those before are in the tote.
func ShareTote(ctx context.Context, s *store.Store, ins []PickScan) (out Picked, err error) {
	for i, in := range ins {
		if in.By = ins[0].By; i > 0 {
			in.By.Scan = ""
		}
		if out, err = Pick(ctx, s, in); err != nil {
			break
		}
	}
	return out, err
}

// share is how much of a scan is for each slip, and how much they all want of the goods in the
// bin: one part, which says nothing, where all is for the first.
func share(ctx context.Context, s *store.Store, ins []PickScan) (parts []store.Qty,
	sum store.Qty, err error) {
	by := ins[0].By
	if ins[0].Asked != "" {
		by.Mark, by.N = ins[0].Pending, ins[0].Pieces
	}
	n := store.Qty(0)
	err = s.Read(ctx, func(r *store.Reader) error {
		for _, in := range ins {
			slip, err := r.SlipAt(in.Slip, in.Seen.Task)
			if err != nil {
				return err
			}
			parts = append(parts, slip.Task.Left())
			sum += slip.Task.Left()
		}
		f, err := r.Find(by.Mark, store.ItemKind, store.BinKind, store.ToteKind)
		if err == nil && f.Kind == store.ItemKind {
			n, err = r.Pieces(by, f.Item)
		}
		return err
	})
	if _, refused := store.RefusalOf(err); refused || err == nil && (len(ins) == 1 ||
		n <= parts[0]) {
		return []store.Qty{0}, sum, nil // whoever answers the scan says so
	}
	if err == nil && n > sum {
		err = s.Refuse(ctx, ins[0].By, &store.Refusal{Code: store.OverPick, Want: sum.String(),
			Got: n.String()})
	}
	if err != nil {
		return nil, 0, err
	}
	for i := range parts {
		parts[i] = min(parts[i], n)
		n -= parts[i]
	}
	err = asSeen(ctx, s, ins, parts)
	if errors.Is(err, store.ErrAnswered) {
		return []store.Qty{0}, sum, nil
	}
	return parts, sum, err
}

// asSeen refuses a scan, before anything is picked with it, where a slip that has a part in it is
// not what its picker saw.
func asSeen(ctx context.Context, s *store.Store, ins []PickScan, parts []store.Qty) error {
	return s.Write(ctx, ins[0].By, func(tx *store.Tx) error {
		for i, in := range ins {
			if i > 0 && parts[i] == 0 {
				continue
			}
			slip, err := mineAt(tx, in.Slip, in.Seen.Task)
			if err == nil {
				_, err = in.Seen.still(&tx.Reader, slip)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
