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
		if out.Closed, err = tx.HasReported(a.from.ID); err != nil || out.Closed {
			return err
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
	return a.json(out)
}
