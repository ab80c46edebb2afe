package simtest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/simtest/disk"
)

// A machine is a disk, with a store on it for each warehouse.
type machine struct {
	w       *world
	name    string
	disk    *disk.Disk
	stores  []*store.Store
	store   *store.Store // the first
	site    *storetest.Site
	clock   *storetest.Clock
	excused bool // the disk may refuse: it is full, or fails
}

func newMachine(w *world, name string) *machine {
	m := &machine{w: w, name: name, disk: disk.New(w.Uint64()), clock: &storetest.Clock{}}
	m.clock.Wait(time.Duration(w.IntN(600_000)-300_000) * time.Millisecond)
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

// open opens the stores; a fresh one is told for whom it records.
func (m *machine) open(ids ...store.Identity) {
	if err := m.tryOpen(ids...); err != nil {
		m.w.fail(works, "%s does not open: %v", m.name, err)
	}
}

func (m *machine) tryOpen(ids ...store.Identity) error {
	m.stores = nil
	db, err := sqlite.OpenOn(background, m.disk.Name(), file)
	if err != nil {
		return err
	}
	for _, id := range ids {
		err = errors.Join(err, store.Establish(background, db, id))
	}
	known, idErr := store.Identities(background, db)
	if err = errors.Join(err, idErr); err != nil {
		return errors.Join(err, db.Close())
	}
	for _, id := range known {
		s, err := store.Of(background, db, id.Warehouse, m.w.boot(), m.clock.Now)
		if err != nil {
			m.stores = nil
			return errors.Join(err, db.Close())
		}
		m.stores = append(m.stores, s)
	}
	m.store = m.stores[0]
	m.site = storetest.Over(ship{m.w.testingTB, m}, m.store, m.clock)
	return nil
}

// shut closes the stores: nothing of before a crash is to work.
func (m *machine) shut() {
	if len(m.stores) > 0 {
		_ = m.stores[0].Close() // they share a database, which may be off
	}
}

// reopen starts a machine again that went off; it may go off once more on its way up.
func (m *machine) reopen() {
	m.shut()
	if m.w.chance(3) {
		m.disk.Reboot()
		m.disk.CrashIn(1+m.w.IntN(12), m.w.IntN(2) == 0)
		if err := m.tryOpen(); err == nil && !m.disk.Crashed() {
			m.disk.CrashIn(0, false)
			return
		}
		m.w.did("went off on its way up", m.name)
		m.shut()
	}
	m.disk.Reboot()
	m.disk.CrashIn(0, false)
	if m.excused {
		m.makeRoom()
	}
	m.open()
}

// makeRoom puts a disk right that was full, or failed.
func (m *machine) makeRoom() {
	m.disk.FullAt(0)
	m.disk.FailSync(0)
	m.excused = false
}

func (m *machine) end() {
	m.shut()
	if err := m.disk.Close(); err != nil {
		m.w.Error(err)
	}
}

// off says whether the machine went off.
func (m *machine) off() bool { return m.disk.Crashed() }

// guard runs what a machine that goes off, or whose disk fails, may cut short.
func (m *machine) guard(do func()) (whole bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, off := r.(stopped); !off {
				panic(r)
			}
			m.w.did("cut short", m.name)
		}
	}()
	do()
	return !m.off()
}

// A stopped is what ends a step of somebody whose machine went off.
type stopped struct{}

// A ship is a test whose machines may go off in the middle of a step.
type ship struct {
	testingTB
	*machine
}

// Fatal ends the step where the machine is off, or the run.
func (s ship) Fatal(args ...any) {
	err, _ := args[0].(error)
	if s.off() || s.excused || errors.Is(err, store.ErrAnswered) {
		panic(stopped{})
	}
	s.w.fail(works, "%s: %v", s.name, args)
}

func (s ship) Helper() {}

// seedFile writes a snapshot: on a disk in memory first, which is faster.
func seedFile(ctx context.Context, from *store.Store, path string, now func() time.Time) error {
	d := disk.New(0)
	d.Load(template())
	db, err := sqlite.OpenOn(ctx, d.Name(), file)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	db.Unlock = d.Close
	id := from.Identity()
	id.Authority, id.Central = false, false
	if err := store.Establish(ctx, db, id); err != nil {
		return errors.Join(err, db.Close())
	}
	s, err := store.New(ctx, db, "snapshot", now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = s.Seed(ctx, from)
	image := d.Image()
	db.Unlock = func() error {
		image = d.Image() // the log of changes is in the file by now
		return d.Close()
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	return os.WriteFile(path, image[file], 0o600)
}

// openBase opens a snapshot.
func openBase(ctx context.Context, packed []byte, now func() time.Time) (*store.Store, error) {
	plain, err := unpack(packed)
	if err != nil {
		return nil, err
	}
	d := disk.New(0)
	d.Load(map[string][]byte{file: plain})
	db, err := sqlite.OpenOn(ctx, d.Name(), file)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	db.Unlock = d.Close
	return store.New(ctx, db, "base", now)
}

func unpack(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
