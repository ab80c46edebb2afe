package central

import (
	"bytes"

	"scanbay/store"
	"scanbay/sync/wire"
)

// answerOffer takes anybody's facts, central's own included, from a station that has not
// had its turn since central was restored. When every station has said that it has no
// more, planning opens.
func (w *warehouse) answerOffer(a asked) error {
	var ask wire.OfferAsk
	if err := wire.Decode(bytes.NewReader(a.body), &ask, func() []*store.Run {
		return []*store.Run{&ask.Run}
	}); err != nil {
		return err
	}
	var out wire.OfferAnswer
	err := w.store.WriteMany(a.ctx, store.Gesture{}, func(tx *store.Tx) error {
		out = wire.OfferAnswer{}
		var err error
		if out.Closed, err = w.turnOver(tx, a.from, ask.Run); err != nil {
			return err
		}
		if out.Closed {
			return w.late(tx, a.from, ask.Run)
		}
		for _, p := range ask.Recipients {
			if err := tx.KeepOffered(p); err != nil {
				return err
			}
		}
		if len(ask.Run.Facts) > 0 {
			take := tx.TakeRun
			if ask.Forked {
				take = tx.Adopt
			}
			fresh, err := take(ask.Run)
			if err != nil {
				return err
			}
			out.Fresh = len(fresh)
			if err := w.Settle(tx, fresh); err != nil {
				return err
			}
		}
		if ask.Done {
			if out.Odd, err = tx.HasContradiction(); err != nil {
				return err
			}
			return tx.Reported(a.from.ID)
		}
		return nil
	})
	if p := badRun(err); p != nil {
		return p
	}
	if err != nil {
		return err
	}
	w.metrics.facts.Add(float64(out.Fresh))
	if ask.Done {
		w.replan() // the wait may be over
	}
	return a.json(out)
}

// late keeps, and nobody goes by, what comes when its turn is over: of two copies of a
// station one told before what it holds, and this is the other. Somebody saw it. What it
// recorded itself it sends again, in an epoch of its own.
func (w *warehouse) late(tx *store.Tx, from store.Station, run store.Run) error {
	at, err := tx.Cursor()
	site := w.store.Identity()
	if err != nil || at.Incarnation == 1 || len(run.Facts) == 0 || run.Author == from.ID ||
		run.Author == site.Author && run.Epoch >= site.Epoch {
		return err
	}
	run.Aside = nil
	for seq := run.From; seq <= run.Last(); seq++ {
		run.Aside = append(run.Aside, seq)
	}
	_, err = tx.Adopt(run)
	return err
}

// turnOver says that nobody goes any more by what a station holds of others: central was
// never restored, the station has told it, or was enrolled when nobody waited for it. What
// central records by now, no station can offer.
func (w *warehouse) turnOver(tx *store.Tx, from store.Station, run store.Run) (bool, error) {
	at, err := tx.Cursor()
	if err != nil {
		return false, err
	}
	restoring, err := tx.Restoring()
	if err != nil {
		return false, err
	}
	site := w.store.Identity()
	if at.Incarnation == 1 || !restoring && from.At > at.Incarnation ||
		run.Author == site.Author && run.Epoch >= site.Epoch {
		return true, nil
	}
	return tx.HasReported(from.ID)
}
