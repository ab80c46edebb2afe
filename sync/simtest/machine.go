package simtest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/simtest/disk"
)

func plan(ctx context.Context, s *store.Store) error { return order.Plan(ctx, s) }

func settle(tx *store.Tx, facts []store.Envelope) error { return order.Settle(tx, facts) }

// A machine is a disk and a store on it.
type machine struct {
	w       *world
	name    store.StationID
	disk    *disk.Disk
	store   *store.Store
	site    *storetest.Site
	clock   *storetest.Clock
	excused bool // the disk may refuse: it is full, or fails
}

func newMachine(w *world, name store.StationID) *machine {
	m := &machine{w: w, name: name, disk: disk.New(w.Uint64()), clock: &storetest.Clock{}}
	m.clock.Wait(w.skew())
	m.disk.Load(template())
	return m
}

// template is a disk with a migrated database on it.
var template = sync.OnceValue(func() map[string][]byte {
	d := disk.New(0)
	db, err := sqlite.OpenOn(background, d.Name(), file)
	if err = errors.Join(err, db.Close()); err != nil {
		panic(err)
	}
	return d.Image()
})

// open opens the store; a fresh one is told for whom it records.
func (m *machine) open(id store.Identity) {
	if err := m.tryOpen(id); err != nil {
		m.w.fail("%s does not open: %v", m.name, err)
	}
}

func (m *machine) tryOpen(id store.Identity) error {
	db, err := sqlite.OpenOn(background, m.disk.Name(), file)
	if err != nil {
		return err
	}
	if err := store.Establish(background, db, id); err != nil {
		return errors.Join(err, db.Close())
	}
	s, err := store.New(background, db, m.w.boot(), m.clock.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	m.store, m.site = s, storetest.Over(ship{m.w.TB, m}, s, m.clock)
	return nil
}

// reopen starts a machine again that went off.
func (m *machine) reopen() {
	_ = m.store.Close() // of before: nothing of it is to work
	m.disk.Reboot()
	m.disk.CrashIn(0, false)
	m.open(store.Identity{})
}

func (m *machine) end() {
	_ = m.store.Close()
	if err := m.disk.Close(); err != nil {
		m.w.Error(err)
	}
}

// seedFile writes a snapshot.
func seedFile(ctx context.Context, from *store.Store, path string, now func() time.Time) error {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	id := from.Identity()
	id.Authority, id.Central = false, false
	if err := store.Establish(ctx, db, id); err != nil {
		return errors.Join(err, db.Close())
	}
	s, err := store.New(ctx, db, "snapshot", now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.Seed(ctx, from), s.Close())
}

// openBase opens a snapshot.
func openBase(ctx context.Context, folder string, packed []byte, now func() time.Time) (
	*store.Store, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "base.db")
	for _, old := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.RemoveAll(old); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(path, plain, 0o600); err != nil {
		return nil, err
	}
	db, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	return store.New(ctx, db, "base", now)
}
