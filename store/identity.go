package store

import (
	"context"
	"errors"
	"fmt"
)

// Identity says for whom a store records. It is kept in the database.
type Identity struct {
	Warehouse WarehouseID
	Author    StationID
	Prefix    string // two characters in numbers that this station mints
	Epoch     int64  // of the log that it writes
	Zone      string // of the warehouse, such as Asia/Shanghai
	Authority bool   // it numbers the warehouse's facts: central, or a lone station
	Central   bool   // stations are enrolled with it
}

// ErrNoIdentity says that a database was never told for whom it records.
var ErrNoIdentity = errors.New("the database has no identity")

// Establish gives a fresh database its identity; one that has its own keeps it.
func Establish(ctx context.Context, db *DB, id Identity) error {
	ids, err := Identities(ctx, db)
	if err != nil {
		return err
	}
	for _, known := range ids {
		if known.Warehouse == id.Warehouse || !id.Central {
			return nil
		}
	}
	return db.alter(ctx, `
		INSERT INTO identity (wh, author, prefix, epoch, zone, authority, central, fold)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id.Warehouse, id.Author, id.Prefix, id.Epoch, id.Zone, Bit(id.Authority),
		Bit(id.Central), foldVersion)
}

// Identities reads for whom a database records: one for each warehouse.
func Identities(ctx context.Context, db *DB) (out []Identity, err error) {
	db.start()
	se := db.writers.take()
	defer func() { db.writers.give(se) }()
	stmt, err := se.stmt(ctx, `
		SELECT wh, author, prefix, epoch, zone, authority, central FROM identity ORDER BY wh`)
	if err != nil {
		return nil, db.fold(err)
	}
	rows, err := stmt.QueryContext(ctx)
	if err != nil {
		return nil, db.fold(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id Identity
		var authority, central Bit
		if err := rows.Scan(&id.Warehouse, &id.Author, &id.Prefix, &id.Epoch, &id.Zone, &authority,
			&central); err != nil {
			return nil, db.fold(err)
		}
		id.Authority, id.Central = bool(authority), bool(central)
		out = append(out, id)
	}
	return out, db.fold(rows.Err())
}

func onlyIdentity(ctx context.Context, db *DB) (id Identity, err error) {
	ids, err := Identities(ctx, db)
	switch {
	case err != nil:
		return id, err
	case len(ids) == 0:
		return id, ErrNoIdentity
	case len(ids) > 1:
		return id, fmt.Errorf("the database is of %d warehouses", len(ids))
	}
	return ids[0], nil
}

// Join makes a snapshot of central's a station's database: from now on it records for the
// station.
func Join(ctx context.Context, db *DB, id Identity) error {
	return db.alter(ctx, `UPDATE identity SET author = ?, prefix = ?, epoch = ?, authority = 0,
		central = 0, acked = 0 WHERE wh = ?`, id.Author, id.Prefix, id.Epoch, id.Warehouse)
}

// GiveUp makes a lone station's database one of a station that is enrolled: central has
// all its facts, under the numbers that it gave them.
func (s *Store) GiveUp(ctx context.Context) error {
	err := s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		now, err := tx.Cursor()
		if err != nil {
			return err
		}
		seq, _, err := tx.Head(s.id.Author, s.epoch.Load())
		if err != nil {
			return err
		}
		_, err = tx.exec(`UPDATE identity SET authority = 0, cursor = ?, acked = ? WHERE wh = ?`,
			now.Rev, seq, s.id.Warehouse)
		return err
	})
	if err == nil {
		s.id.Authority = false
	}
	return err
}

// Backed keeps up to where central's facts are in a verified backup: a station that
// begins anew is given the facts behind it, and can give them back.
func (s *Store) Backed(ctx context.Context, at Cursor) error {
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE identity SET backed = ?
			WHERE wh = ? AND incarnation = ? AND backed < ?`,
			at.Rev, s.id.Warehouse, at.Incarnation, at.Rev)
		return err
	})
}
