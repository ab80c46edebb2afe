package central

import (
	"encoding/json"
	"errors"
	"fmt"
	"github.com/klauspost/compress/gzip"
	"io"
	"os"
	"path/filepath"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// snapshotLife is how old a snapshot may be that another station begins with: what
// happened since, it pulls.
const snapshotLife = time.Minute

// answerSnapshot sends a database to begin with.
func (w *warehouse) answerSnapshot(a asked) error {
	path, err := w.snapshotFile(a)
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

// snapshotFile makes a snapshot, unless one is at hand that is new enough.
func (w *warehouse) snapshotFile(a asked) (string, error) {
	w.snapshot.Lock()
	defer w.snapshot.Unlock()
	name := filepath.Join(w.Folder, string(w.store.Identity().Warehouse)+".snapshot")
	var ask wire.SnapshotAsk
	if err := json.Unmarshal(a.body, &ask); len(a.body) > 0 && err != nil {
		return "", &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	}
	if w.Now().Sub(w.taken) < snapshotLife && !w.taken.IsZero() && ask.Rev <= w.through {
		return name + ".gz", nil
	}
	through, err := store.Get(a.ctx, w.store, (*store.Reader).Revision)
	if err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(w.Folder, ".snapshot-") // another server may use it too
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	plain := filepath.Join(folder, "plain")
	if err := w.Snapshot(a.ctx, w.store, plain); err != nil {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	if err := pack(plain, name+".gz"); err != nil {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	w.taken, w.through = w.Now(), through
	return name + ".gz", nil
}

// pack compresses a file. Readers of the one before keep it.
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
