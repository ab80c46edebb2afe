package central

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/klauspost/compress/gzip"
	"io"
	"os"
	"path/filepath"

	"scanbay/store"
	"scanbay/sync/wire"
)

// snapshotBehind is how many facts a snapshot may lack that another station begins with:
// those it pulls.
const snapshotBehind = 5000

// Expect says that a station will begin with a snapshot soon: making one takes longer than
// sending it.
func (c *Central) Expect(wh store.WarehouseID) {
	select {
	case c.warehouses[wh].expected <- struct{}{}:
	default:
	}
}

// prepare makes snapshots for stations that are expected.
func (w *warehouse) prepare(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.expected:
		}
		if _, err := w.snapshotFile(ctx, 0); err != nil && ctx.Err() == nil {
			w.Log.Error("snapshot", "warehouse", w.store.Identity().Warehouse, "err", err)
		}
	}
}

// answerSnapshot sends a database to begin with.
func (w *warehouse) answerSnapshot(a asked) error {
	var ask wire.SnapshotAsk
	if err := json.Unmarshal(a.body, &ask); len(a.body) > 0 && err != nil {
		return &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	}
	path, err := w.snapshotFile(a.ctx, ask.Rev)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	a.w.Header().Set("Content-Type", "application/gzip")
	_, err = io.Copy(a.w, f)
	if err != nil && a.ctx.Err() == nil {
		w.Log.Error("snapshot", "err", err) // the answer has begun: it is too late to say so
	}
	return nil
}

// snapshotFile makes a snapshot with all that was numbered up to rev, unless one is at hand
// that lacks little.
func (w *warehouse) snapshotFile(ctx context.Context, rev int64) (string, error) {
	w.snapshot.Lock()
	defer w.snapshot.Unlock()
	now, err := store.Get(ctx, w.store, (*store.Reader).Cursor)
	if err != nil {
		return "", err
	}
	if w.packed != "" && now.Incarnation == w.through.Incarnation && rev <= w.through.Rev &&
		now.Rev-w.through.Rev <= snapshotBehind {
		return w.packed, nil
	}
	folder, err := os.MkdirTemp(w.Folder, ".snapshot-") // another server may use it too
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	plain := filepath.Join(folder, "plain")
	if err := w.Snapshot(ctx, w.store, plain); err != nil {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	packed := filepath.Join(w.Folder, fmt.Sprintf("%s.%d.%d.snapshot.gz",
		w.store.Identity().Warehouse, now.Incarnation, now.Rev))
	if err := pack(plain, packed); err != nil {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	_ = os.Remove(w.packed) // who reads it keeps it; where that cannot be, it stays
	w.packed, w.through = packed, now
	return packed, nil
}

// pack compresses a file.
func pack(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.CreateTemp(filepath.Dir(to), ".snapshot-*")
	if err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err == nil {
		_, err = io.Copy(z, in)
		err = errors.Join(err, z.Close())
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	return os.Rename(out.Name(), to)
}
