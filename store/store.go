package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// A Store is one station's, or the central server's, record of the warehouse.
// It is safe for use by several goroutines; writes wait for each other.
type Store struct {
	db      *DB
	id      Identity
	zone    *time.Location
	now     func() time.Time
	boot    string // 60 random bits, new at each opening
	upserts map[string]string
	events  atomic.Int64  // recorded since the opening
	behind  atomic.Bool   // an older program folded the log last
	epoch   atomic.Int64  // of the log that it writes: central may give another
	off     atomic.Int64  // milliseconds that the clock is behind central's
	turn    sync.Mutex    // whose it is to write to the warehouse
	wrote   chan struct{} // told after every commit that recorded something

	authority Authority // of an enrolled station; nil while there is none
}

// New returns a store over db, whose identity must have been set by Establish. boot
// is 60 random bits as text, new at each opening. A table that is not as folded
// says fails here, rather than at somebody's first pick.
func New(ctx context.Context, db *DB, boot string, now func() time.Time) (*Store, error) {
	id, err := onlyIdentity(ctx, db)
	if err != nil {
		return nil, db.fold(err)
	}
	return newStore(ctx, db, id, boot, now)
}

// Of is New for one of several warehouses in a database.
func Of(ctx context.Context, db *DB, wh WarehouseID, boot string, now func() time.Time) (
	*Store, error) {
	ids, err := Identities(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if id.Warehouse == wh {
			return newStore(ctx, db, id, boot, now)
		}
	}
	return nil, fmt.Errorf("warehouse %s: %w", wh, ErrNoIdentity)
}

func newStore(ctx context.Context, db *DB, id Identity, boot string, now func() time.Time) (
	s *Store, err error) {
	s = &Store{db: db, id: id, boot: boot, now: now, upserts: map[string]string{},
		wrote: make(chan struct{}, 1)}
	s.epoch.Store(id.Epoch)
	if s.zone, err = time.LoadLocation(s.id.Zone); err != nil {
		return nil, fmt.Errorf("zone of the warehouse: %w", err)
	}
	db.start()
	se := db.writers.take()
	for i := range folded {
		q := folded[i].upsert()
		s.upserts[folded[i].name] = q
		if _, prepareErr := se.stmt(ctx, q); prepareErr != nil {
			err = errors.Join(err, fmt.Errorf("prepare %s: %w", folded[i].name, s.fold(prepareErr)))
		}
	}
	db.writers.give(se)
	if err != nil || db.Write == db.Read {
		return s, err // to look at only
	}
	return s, s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		return errors.Join(tx.unpark(), tx.refold())
	})
}

// Close waits for what runs, closes the database and lets go of its lock.
func (s *Store) Close() error { return s.db.Close() }

// Identity says for whom the store records.
func (s *Store) Identity() Identity {
	id := s.id
	id.Epoch = s.epoch.Load()
	return id
}

// Wrote is told after something was recorded, by this store or by another that it took.
func (s *Store) Wrote() <-chan struct{} { return s.wrote }

// Path is the database's file.
func (s *Store) Path() string { return s.db.Path }

// Zone is the warehouse's zone.
func (s *Store) Zone() *time.Location { return s.zone }

// Now is the time in the warehouse's zone.
func (s *Store) Now() time.Time { return s.now().In(s.zone) }

// ClockMax is how far a clock may be off: beyond it, what people read on a record is wrong.
const ClockMax = 2 * time.Minute

// ClockIsOff says how far central's clock is from this one: facts are flagged with it
// beyond ClockMax.
func (s *Store) ClockIsOff(by time.Duration) { s.off.Store(by.Milliseconds()) }

// fold turns a driver's error into a fault, where it is one that people can do
// something about.
func (s *Store) fold(err error) error {
	if _, refused := RefusalOf(err); refused {
		return err
	}
	return s.db.fold(err)
}

// ErrAnswered says that this scan has its answer already: the device sent it
// again, or the first commit was in doubt.
var ErrAnswered = errors.New("scan answered before")

// Write runs fn in one transaction. What fn records is logged and folded
// together, or not at all. A refusal of what a person did is recorded, with what
// local tables keep of it, and returned.
func (s *Store) Write(ctx context.Context, by Gesture, fn func(*Tx) error) error {
	return s.fold(s.write(ctx, by, false, fn))
}

// WriteMany is Write for the rows of a file: fn may record any number of facts
// that do not depend on one another. They are taken together or not at all.
func (s *Store) WriteMany(ctx context.Context, by Gesture, fn func(*Tx) error) error {
	return s.fold(s.write(ctx, by, true, fn))
}

func (s *Store) write(ctx context.Context, by Gesture, many bool, fn func(*Tx) error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	se := s.db.writers.take()
	defer func() { s.db.writers.give(se) }()
	for tries := 1; ; tries++ {
		err := s.attempt(ctx, se, by, many, fn)
		if err == nil || tries == againMax || s.db.Again == nil || !s.db.Again(err) {
			return err
		}
	}
}

// againMax is how often a transaction is run that the engine says is to be run again.
const againMax = 8

// attempt runs one transaction.
func (s *Store) attempt(ctx context.Context, se *session, by Gesture, many bool,
	fn func(*Tx) error) error {
	if err := se.begin(ctx, s.id.Warehouse); err != nil {
		return errors.Join(err, se.rollback())
	}
	defer se.rollbackPanic()
	tx := &Tx{Reader: Reader{ctx, se, s}, by: by, many: many}
	err := tx.unanswered()
	if err == nil {
		err = tx.sawPrinted()
	}
	if err == nil {
		err = fn(tx)
	}
	refusal, refused := RefusalOf(err)
	if refused && tx.recorded {
		err, refused = fmt.Errorf("refused after recording: %v", err), false
	}
	if refused && (by.Scan != "" || by.Operator != "") {
		err = tx.Record(ScanRefused{Refusal: *refusal, Text: by.Mark.Text})
	}
	if err == nil {
		// A commit that is cut off may have happened: it is not cut off.
		err = se.end(context.WithoutCancel(ctx), "COMMIT")
	}
	if err != nil {
		return errors.Join(err, se.rollback())
	}
	if tx.recorded || tx.took {
		select {
		case s.wrote <- struct{}{}:
		default: // it is told already
		}
	}
	if refused {
		return refusal
	}
	return nil
}

// Refuse records that a scan was refused before any operation saw it, and
// returns the refusal.
func (s *Store) Refuse(ctx context.Context, by Gesture, r *Refusal) error {
	return s.Write(ctx, by, func(*Tx) error { return r })
}

// Read runs fn on one unchanging view of the warehouse, beside the writer.
func (s *Store) Read(ctx context.Context, fn func(*Reader) error) error {
	se := s.db.readers.take()
	defer func() { s.db.readers.give(se) }()
	if err := se.begin(ctx, ""); err != nil {
		return s.fold(errors.Join(err, se.rollback()))
	}
	defer se.rollbackPanic()
	err := fn(&Reader{ctx, se, s})
	return s.fold(errors.Join(err, se.rollback()))
}

// Get is Read for one value.
func Get[T any](ctx context.Context, s *Store, fn func(*Reader) (T, error)) (out T, err error) {
	err = s.Read(ctx, func(r *Reader) error {
		out, err = fn(r)
		return err
	})
	return out, err
}

// Alter runs a statement on the writing connection, past log and fold: what
// somebody with the file in hand could do. It is for tests and scenarios.
func (s *Store) Alter(ctx context.Context, q string) error {
	return s.db.alter(ctx, q)
}

// Trace calls fn with every statement that writing operations run from now on,
// but for those that begin and end transactions; nil ends it.
func (s *Store) Trace(fn func(q string, args []any)) {
	se := s.db.writers.take()
	se.trace = fn
	s.db.writers.give(se)
}
