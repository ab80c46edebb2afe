package outbound

import (
	"slices"

	"scanbay/store"
)

// A tallied piece is what a scan at the packing table is, by the totes of its slip.
type tallied struct {
	from    store.Place
	batch   store.Batch
	needs   store.Code // what the scan lacks to tell
	plan    store.Lot  // that the slip asked for, where the piece is of another
	expired store.Date // its last day, where a supervisor let it pass
}

// inTote finds the batch of n scanned pieces in the totes of their slip; or says what the scan
// lacks to tell. It refuses with WrongSerial, OverPack, WrongLot, or AskOtherLot.
func (in PackScan) inTote(tx *store.Tx, slip store.Slip, l store.SlipLine, n store.Qty) (
	out tallied, err error) {
	m := in.By.Mark
	needs := lacks(l.About, m)
	if needs == store.SerialNeeded {
		return tallied{needs: needs}, nil
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
			own, err := lots.have(&tx.Reader, x.Lot)
			switch {
			case err != nil:
				return out, err
			case x.N <= 0 || bool(l.About.Serials) && x.Serial != m.Serial:
			case !own && needs != "": // another customer's?
				return tallied{needs: needs}, nil
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
		err = in.mayChange(tx, slip, *other, out.plan)
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
	slip    store.SlipID
	item    store.SKU
	planned []store.Lot
	taken   []store.Taken
	looked  bool
}

func (s *slipLots) have(r *store.Reader, lot store.Lot) (_ bool, err error) {
	if s.planned == nil {
		if s.planned, err = r.PlannedLots(s.slip, s.item); err != nil {
			return false, err
		}
	}
	if slices.Contains(s.planned, lot) {
		return true, nil
	}
	if !s.looked {
		s.looked = true
		s.taken, err = r.TakenFor(s.slip, s.item)
	}
	return slices.ContainsFunc(s.taken, func(t store.Taken) bool { return t.Lot == lot }), err
}

// mayChange refuses with WrongLot to pack another lot than a slip's: where the site lets people
// choose and no other slip in the tote is to have it, with AskOtherLot, until they say yes.
func (in PackScan) mayChange(tx *store.Tx, slip store.Slip, x store.Balance,
	plan store.Lot) error {
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
		theirs, err := lots.have(&tx.Reader, x.Lot)
		if err != nil {
			return err
		}
		if id != slip.ID && theirs {
			return r
		}
	}
	return in.lot(tx, policy, r)
}

// lacks is what a label does not tell of its item: the serial, which tells all else, or the
// lot, or the date that stands for one.
func lacks(i store.Item, m store.Mark) store.Code {
	if bool(i.Serials) && m.Serial == "" {
		return store.SerialNeeded
	}
	_, needs := i.BatchOf(m)
	return needs
}

// fits says whether a label can be on a piece of a lot.
func fits(lot store.Lot, i store.Item, m store.Mark) bool {
	b, _ := i.BatchOf(m)
	return b.Lot == "" || b.Lot == lot
}
