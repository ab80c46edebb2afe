package central

import (
	"context"
	"errors"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// rule carries an operation out for a station, and tells what came of it together with
// all that is new: the station shows nothing that it does not have.
func (w *warehouse) rule(ctx context.Context, st store.Station, ask wire.RuleAsk) (
	a wire.RuleAnswer, err error) {
	ruling, known := w.rulings[ask.Name]
	if !known {
		return a, &wire.Problem{Code: wire.NoSuchRuling, Text: ask.Name}
	}
	if err := w.ownScan(ctx, st.ID, ask.By.Scan); err != nil {
		return a, err
	}
	restoring, err := store.Get(ctx, w.store, (*store.Reader).Restoring)
	if err != nil {
		return a, err
	}
	if restoring {
		a.Refusal = &store.Refusal{Code: store.CentralUnreachable}
	} else {
		ask.By.Station = st.ID
		a.Out, err = ruling.Do(ctx, w.store, ask.By, ask.In)
		w.replan()
	}
	refusal, refused := store.RefusalOf(err)
	switch {
	case refused:
		a.Refusal = refusal
	case errors.Is(err, store.ErrAnswered): // the answer to it was lost on its way
		a.Before = true
		if a.Refusal, err = w.refused(ctx, ask.By.Scan); err != nil {
			return a, err
		}
	case errors.Is(err, store.ErrAltered):
		return a, &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	case err != nil:
		return a, err
	}
	a.News, a.More, err = w.newsFor(ctx, st, ask.Epoch, ask.Cursor)
	return a, err
}

// ownScan fails unless the id of what a station asks is its own: with another's it could
// learn what that one was answered, or have it believe that it was answered.
func (w *warehouse) ownScan(ctx context.Context, st store.StationID, scan store.ScanID) error {
	if !strings.Contains(string(scan), ".") {
		return &wire.Problem{Code: wire.BadRequest, Text: "a ruling without an id"}
	}
	return w.store.Read(ctx, func(r *store.Reader) error {
		asker, known, err := r.AskerOf(scan)
		if err == nil && known && asker != st {
			err = &wire.Problem{Code: wire.BadRequest, Text: "another's scan"}
		}
		return err
	})
}

// refused is what central refused something with that it is asked for again.
func (w *warehouse) refused(ctx context.Context, scan store.ScanID) (*store.Refusal, error) {
	return store.Get(ctx, w.store, func(r *store.Reader) (*store.Refusal, error) {
		return r.RefusedWith(scan)
	})
}

// expire frees slips whose holder's station was not heard of for the idle time. It is
// reckoned on this process's clock, and begins anew when it starts.
func (w *warehouse) expire(ctx context.Context) error {
	var idle int64
	var held []store.Lease
	if err := w.store.Read(ctx, func(r *store.Reader) (err error) {
		if idle, err = r.Number(store.IdleMinutes); err == nil {
			held, err = r.HeldLeases()
		}
		return err
	}); err != nil {
		return err
	}
	now := w.Now()
	for _, l := range held {
		w.mu.Lock()
		heard := w.heard[l.Station]
		w.mu.Unlock()
		if heard.Before(w.started) {
			heard = w.started
		}
		if taken := time.UnixMilli(l.At); taken.After(heard) {
			heard = taken // central's own clock wrote it
		}
		if now.Sub(heard) < l.Lasts(time.Duration(idle)*time.Minute) {
			continue
		}
		if err := w.store.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
			slip, err := tx.Slip(l.Slip)
			if err != nil || slip.Lease.Token != l.Token || !bool(slip.Lease.Held) {
				return err // somebody took it meanwhile
			}
			left := l
			left.Token, left.Held, left.At = l.Token+1, false, now.UnixMilli()
			return tx.Record(store.SlipLeft{Lease: left})
		}); err != nil {
			return err
		}
	}
	return nil
}
