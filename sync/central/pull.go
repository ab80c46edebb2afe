package central

import (
	"context"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

const (
	// newsMax is how many facts a station is told at once: taking them must not make its
	// scans wait.
	newsMax = 500
	waitMax = 30 * time.Second
	// gather is how long what happens is gathered before stations are told of it.
	gather = 20 * time.Millisecond
)

// pull waits until there is something new for a station, and tells it.
func (w *warehouse) pull(ctx context.Context, st store.Station, ask wire.PullAsk) (
	n store.News, err error) {
	if err := w.oneLog(ctx, st.ID, ask); err != nil {
		return n, err
	}
	late := time.NewTimer(min(time.Duration(ask.Wait)*time.Millisecond, waitMax))
	defer late.Stop()
	for {
		changed := w.news()
		n, _, err = w.newsFor(ctx, st.ID, ask.Epoch, ask.Cursor)
		if err != nil || len(n.Runs) > 0 || n.Cursor != ask.Cursor || ask.Wait <= 0 {
			return n, err
		}
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-late.C:
			return n, nil
		case <-changed:
		}
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-time.After(gather):
		}
	}
}

// oneLog notices that central has more of a station's log than the station itself: a copy
// of it works elsewhere, or its disk is an older one. A push that was faster looks the
// same, and does no harm: the station compares both logs.
func (w *warehouse) oneLog(ctx context.Context, st store.StationID, ask wire.PullAsk) error {
	return w.store.Read(ctx, func(r *store.Reader) error {
		seq, _, err := r.Head(st, ask.Epoch)
		if err == nil && seq > ask.Seq {
			err = &wire.Problem{Code: wire.Forked, Seq: seq}
		}
		return err
	})
}

// newsFor reads what is new for a station. It fails with a Problem, Restored, where the
// station's cursor is of another incarnation.
func (w *warehouse) newsFor(ctx context.Context, st store.StationID, epoch int64,
	from store.Cursor) (n store.News, more bool, err error) {
	err = w.store.Read(ctx, func(r *store.Reader) error {
		now, err := r.Cursor()
		if err != nil {
			return err
		}
		if now.Incarnation != from.Incarnation || now.Rev < from.Rev {
			return &wire.Problem{Code: wire.Restored}
		}
		n.Cursor.Incarnation = now.Incarnation
		if n.Runs, n.Cursor.Rev, err = r.News(st, epoch, from.Rev, newsMax); err != nil {
			return err
		}
		more = n.Cursor.Rev < now.Rev
		n.Recipients, n.PINs, err = r.Beside(from.Rev, n.Cursor.Rev)
		return err
	})
	return n, more, err
}
