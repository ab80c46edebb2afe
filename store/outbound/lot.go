package outbound

import (
	"slices"

	"scanbay/store"
)

// A tallied piece is what a scan at the packing table is, by the totes of its slip.
type tallied struct {
	from  store.Place
	batch store.Batch
	needs store.Code // what the scan lacks to tell
	plan  store.Lot  // that the slip asked for, where the piece is of another
}

// inTote finds the batch of a scanned piece in the totes of its slip; or says what the scan
// lacks to tell. It refuses with WrongSerial, OverPack, WrongLot, or AskOtherLot.
func inTote(tx *store.Tx, slip store.Slip, l store.SlipLine, m store.Mark, n store.Qty) (
	out tallied, err error) {
	if bool(l.About.Serials) && m.Serial == "" {
		return tallied{needs: store.SerialNeeded}, nil
	}
	lots := slipLots{slip: slip.ID, item: l.Item}
	var most store.Qty
	var other *store.Balance
	for _, tote := range slip.Totes {
		held, err := tx.Holding(tote, l.Item)
		if err != nil {
			return out, err
		}
		for _, x := range held {
			own, err := lots.have(tx, x.Lot)
			switch {
			case err != nil:
				return out, err
			case x.N <= 0 || bool(l.About.Serials) && x.Serial != m.Serial:
			case !own && unnamed(m, l.About): // another customer's?
				return tallied{needs: store.LotNeeded}, nil
			case !fits(x.Lot, l.About, m):
			case !own && x.N >= n:
				other = &x
			case own && out.from == "" && x.N >= n:
				out.from, out.batch = tote, x.Batch
			case own:
				most = max(most, x.N)
			}
		}
	}
	switch {
	case out.from != "":
		return out, nil
	case most > 0: // fewer of one lot than were counted at once
		err = &store.Refusal{Code: store.OverPack, Want: most.String(), Got: n.String()}
	case other != nil && len(lots.planned) > 0:
		out = tallied{from: other.Place, batch: other.Batch, plan: lots.planned[0]}
		err = mayChange(tx, slip, *other, out.plan)
	case bool(l.About.Serials):
		err = &store.Refusal{Code: store.WrongSerial, Want: string(l.Item), Got: string(m.Serial)}
	default:
		err = &store.Refusal{Code: store.WrongLot, Want: string(l.Item), Got: string(m.Lot)}
	}
	return out, err
}

// slipLots are the lots of an item that a slip's tasks asked for, and those that somebody took
// for it instead, which is looked up once it matters.
type slipLots struct {
	slip           store.SlipID
	item           store.SKU
	planned, taken []store.Lot
	looked         bool
}

func (s *slipLots) have(tx *store.Tx, lot store.Lot) (_ bool, err error) {
	if s.planned == nil {
		if s.planned, err = tx.PlannedLots(s.slip, s.item); err != nil {
			return false, err
		}
	}
	if slices.Contains(s.planned, lot) {
		return true, nil
	}
	if !s.looked {
		s.looked = true
		s.taken, err = tx.TakenLots(s.slip, s.item)
	}
	return slices.Contains(s.taken, lot), err
}

// mayChange refuses with WrongLot to pack another lot than a slip's: where the site lets people
// choose and no other slip in the tote is to have it, with AskOtherLot, until they say yes.
func mayChange(tx *store.Tx, slip store.Slip, x store.Balance, plan store.Lot) error {
	r := &store.Refusal{Code: store.WrongLot, Want: string(plan), Got: string(x.Lot)}
	policy, err := tx.Setting(store.OtherLotBy)
	if err != nil {
		return err
	}
	if policy == "block" {
		return r
	}
	back, err := tx.LyingIn(x.Place)
	if err != nil {
		return err
	}
	if len(back) > 0 { // what came back is not to go out with it
		return r
	}
	slips, err := tx.SlipsIn(x.Place)
	if err != nil {
		return err
	}
	for _, id := range slips {
		lots := slipLots{slip: id, item: x.Item}
		theirs, err := lots.have(tx, x.Lot)
		if err != nil {
			return err
		}
		if id != slip.ID && theirs {
			return r
		}
	}
	return agreed(tx, policy, r)
}

// unnamed says whether a label lacks the lot that its item has.
func unnamed(m store.Mark, i store.Item) bool {
	return m.Lot == "" && bool(i.Lots) || m.Expires == 0 && bool(i.Expiries) && !bool(i.Lots)
}

// fits says whether a label can be on a piece of a lot.
func fits(lot store.Lot, i store.Item, m store.Mark) bool {
	switch {
	case unnamed(m, i):
		return true
	case bool(i.Lots):
		return lot == m.Lot
	case bool(i.Expiries):
		return lot == store.LotOfExpiry(m.Expires)
	}
	return true
}
