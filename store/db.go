package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
)

// DB is an opened and migrated database, of one warehouse or of several. Connections
// of Write write, connections of Read read; where both are the same, nothing writes.
type DB struct {
	Write, Read      *sql.DB
	Writers, Readers int    // connections of each
	Begin, View      string // what begins a transaction that writes, and one that reads
	Path             string // the file or the address, without secrets

	// Lock keeps other servers from writing to the warehouse, its only argument, until
	// the transaction ends; empty where no other can.
	Lock string
	// Bind makes shared SQL the driver's; nil where they are the same.
	Bind func(q string) string
	// Fold gives a driver's error its fault, where it has one.
	Fold func(error) error
	// Again says that a transaction failed because of others, and is to be run again.
	Again func(error) bool
	// Bulk writes many rows at once; nil where a statement a row is as good.
	Bulk Bulk
	// BulkFrom is how many facts are taken so; 0 for what pays. It is for tests.
	BulkFrom int
	// Unlock lets another process write, once the database is closed.
	Unlock func() error

	once             sync.Once
	closed           atomic.Bool
	writers, readers *pool
}

// start makes the sessions that stores take turns with.
func (db *DB) start() {
	db.once.Do(func() {
		db.writers, db.readers = newPool(db.Writers), newPool(db.Readers)
		for range db.Writers {
			db.writers.give(&session{db: db, pool: db.Write, start: db.Begin, lock: db.Lock})
		}
		for range db.Readers {
			db.readers.give(&session{db: db, pool: db.Read, start: db.View})
		}
	})
}

// Close waits for what runs, closes the database and lets go of its lock. A second time
// it does nothing: several stores may have had it.
func (db *DB) Close() error {
	db.start()
	if db.closed.Swap(true) {
		return nil
	}
	var err error
	for range db.Readers {
		err = errors.Join(err, db.readers.take().close())
	}
	for range db.Writers {
		err = errors.Join(err, db.writers.take().close())
	}
	err = errors.Join(err, db.Read.Close(), db.Write.Close())
	if db.Unlock != nil {
		err = errors.Join(err, db.Unlock())
	}
	return err
}

// alter runs a statement by itself, past any store.
func (db *DB) alter(ctx context.Context, q string, args ...any) error {
	db.start()
	se := db.writers.take()
	defer func() { db.writers.give(se) }()
	stmt, err := se.stmt(ctx, q)
	if err == nil {
		_, err = stmt.ExecContext(ctx, args...)
	}
	return db.fold(err)
}

func (db *DB) fold(err error) error {
	if err == nil || db.Fold == nil {
		return err
	}
	return db.Fold(err)
}

func (db *DB) bind(q string) string {
	if db.Bind == nil {
		return q
	}
	return db.Bind(q)
}

// bulkFrom is from how many facts on they are taken at once.
func (db *DB) bulkFrom() int {
	if db.BulkFrom > 0 {
		return db.BulkFrom
	}
	return bulkPays
}
