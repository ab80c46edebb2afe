package central

import (
	"bytes"
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
		n, _, err = w.newsFor(ctx, st, ask.Epoch, ask.Cursor)
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
// same, and does no harm: the station compares both logs. So it does where central lacks
// what it acknowledged, or has another fact under a number than it told of.
func (w *warehouse) oneLog(ctx context.Context, st store.StationID, ask wire.PullAsk) error {
	return w.store.Read(ctx, func(r *store.Reader) error {
		seq, _, err := r.Head(st, ask.Epoch)
		if err == nil && seq > ask.Seq {
			err = &wire.Problem{Code: wire.Forked, Seq: seq}
		}
		if err != nil {
			return err
		}
		told, err := hasTold(r, st, ask.Stand)
		if err == nil && !told {
			err = &wire.Problem{Code: wire.Restored}
		}
		return err
	})
}

// hasTold says whether this database has what it told a station of.
func hasTold(r *store.Reader, st store.StationID, was wire.Stand) (bool, error) {
	if len(was.Sent) > 0 {
		same, err := r.HasHash(st, was.Epoch, was.Acked, was.Sent)
		if err != nil || !same {
			return false, err
		}
	}
	if len(was.Mark) == 0 {
		return true, nil
	}
	mark, err := r.Mark(was.Cursor.Rev)
	return bytes.Equal(mark, was.Mark), err
}

// newsFor reads what is new for a station. It fails with a Problem: Restored, where the
// station's cursor is of another incarnation; Revoked or NotSigned, where the station is
// not any more what it was when it asked.
func (w *warehouse) newsFor(ctx context.Context, st store.Station, epoch int64,
	from store.Cursor) (n store.News, more bool, err error) {
	err = w.store.Read(ctx, func(r *store.Reader) error {
		if err := still(r, st); err != nil {
			return err
		}
		now, err := r.Cursor()
		if err != nil {
			return err
		}
		if now.Incarnation != from.Incarnation || now.Rev < from.Rev {
			return &wire.Problem{Code: wire.Restored}
		}
		n.Cursor.Incarnation = now.Incarnation
		if n.Runs, n.Cursor.Rev, err = fitting(r, st.ID, epoch, from.Rev); err != nil {
			return err
		}
		if n.Mark, err = r.Mark(n.Cursor.Rev); err != nil {
			return err
		}
		more = n.Cursor.Rev < now.Rev
		if n.Aside, err = r.AsideOf(st.ID, epoch, from.Rev, n.Cursor.Rev); err != nil {
			return err
		}
		n.Recipients, n.PINs, err = r.Beside(from.Rev, n.Cursor.Rev)
		return err
	})
	return n, more, err
}

// still fails where a station was revoked, or another enrolled by its name.
func still(r *store.Reader, st store.Station) error {
	now, _, err := r.StationNamed(st.ID)
	switch {
	case err != nil:
		return err
	case !bool(now.Active):
		return &wire.Problem{Code: wire.Revoked}
	case !bytes.Equal(now.Key, st.Key):
		return &wire.Problem{Code: wire.NotSigned, Text: "enrolled anew"}
	}
	return nil
}

// fitting reads as many news as one answer carries.
func fitting(r *store.Reader, own store.StationID, epoch, rev int64) (runs []store.Run,
	through int64, err error) {
	for limit := newsMax; ; {
		if runs, through, err = r.News(own, epoch, rev, limit); err != nil {
			return nil, 0, err
		}
		var facts [][]byte
		for _, run := range runs {
			facts = append(facts, run.Facts...)
		}
		n := wire.Fitting(facts)
		if n == len(facts) {
			return runs, through, nil
		}
		limit = n
	}
}
