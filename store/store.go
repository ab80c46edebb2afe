package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// DB is an opened and migrated database: one connection writes, a pool reads.
// Begin starts a transaction that will write. Fold gives a driver's error its
// fault, where it has one; Unlock, where it is set, lets another process write.
type DB struct {
	Write, Read *sql.DB
	Readers     int // connections of the pool
	Begin       string
	Path        string
	Fold        func(error) error
	Unlock      func() error
}

// Identity says for whom a store records. It is kept in the database.
type Identity struct {
	Warehouse WarehouseID
	Author    StationID
	Prefix    string // two characters in numbers that this station mints
	Epoch     int64
	Zone      string // of the warehouse, such as Asia/Shanghai
	Authority bool   // it numbers the warehouse's facts: central, or a lone station
}

// A Store is one station's, or the central server's, record of the warehouse.
// It is safe for use by several goroutines; writes wait for each other.
type Store struct {
	db      DB
	id      Identity
	zone    *time.Location
	now     func() time.Time
	boot    string // 60 random bits, new at each opening
	upserts map[string]string
	events  atomic.Int64 // recorded since the opening
	behind  atomic.Bool  // an older program folded the log last
	writer  chan *session
	readers chan *session
}

// New returns a store over db, whose identity must have been set by Establish. boot
// is 60 random bits as text, new at each opening. A table that is not as folded
// says fails here, rather than at somebody's first pick.
func New(ctx context.Context, db DB, boot string, now func() time.Time) (*Store, error) {
	s := &Store{db: db, boot: boot, now: now, upserts: map[string]string{},
		writer: make(chan *session, 1), readers: make(chan *session, db.Readers)}
	var err error
	if s.id, err = identity(ctx, db); err != nil {
		return nil, s.fold(err)
	}
	if s.zone, err = time.LoadLocation(s.id.Zone); err != nil {
		return nil, fmt.Errorf("zone of the warehouse: %w", err)
	}
	w := newSession(db.Write, db.Begin)
	for _, t := range folded {
		s.upserts[t.name] = t.upsert()
		if _, err := w.stmt(ctx, t.upsert()); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", t.name, s.fold(err))
		}
	}
	s.writer <- w
	for range db.Readers {
		s.readers <- newSession(db.Read, "BEGIN")
	}
	if db.Write == db.Read {
		return s, nil // to look at only
	}
	return s, s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		return errors.Join(tx.unpark(), tx.refold())
	})
}

// Close waits for what runs, closes the database and lets go of its lock.
func (s *Store) Close() error {
	var err error
	for range cap(s.readers) {
		err = errors.Join(err, (<-s.readers).close())
	}
	err = errors.Join(err, (<-s.writer).close(), s.db.Read.Close(), s.db.Write.Close())
	if s.db.Unlock != nil {
		err = errors.Join(err, s.db.Unlock())
	}
	return err
}

// Identity says for whom the store records.
func (s *Store) Identity() Identity { return s.id }

// Path is the database's file.
func (s *Store) Path() string { return s.db.Path }

// Zone is the warehouse's zone.
func (s *Store) Zone() *time.Location { return s.zone }

// Now is the time in the warehouse's zone.
func (s *Store) Now() time.Time { return s.now().In(s.zone) }

// fold turns a driver's error into a fault, where it is one that people can do
// something about.
func (s *Store) fold(err error) error {
	if _, refused := RefusalOf(err); err == nil || refused || s.db.Fold == nil {
		return err
	}
	return s.db.Fold(err)
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
	se := <-s.writer
	defer func() { s.writer <- se }()
	if err := se.begin(ctx); err != nil {
		return err
	}
	tx := &Tx{Reader: Reader{ctx, se, s}, by: by, many: many}
	err := tx.unanswered()
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
	se := <-s.readers
	defer func() { s.readers <- se }()
	if err := se.begin(ctx); err != nil {
		return s.fold(err)
	}
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
	se := <-s.writer
	defer func() { s.writer <- se }()
	stmt, err := se.stmt(ctx, q)
	if err == nil {
		_, err = stmt.ExecContext(ctx)
	}
	return s.fold(err)
}

// Trace calls fn with every statement that writing operations run from now on,
// but for those that begin and end transactions; nil ends it.
func (s *Store) Trace(fn func(q string, args []any)) {
	se := <-s.writer
	se.trace = fn
	s.writer <- se
}
