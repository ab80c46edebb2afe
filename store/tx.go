package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// A Tx reads and records, inside the function given to Write.
type Tx struct {
	Reader
	by       Gesture
	many     bool
	recorded bool
	end      *logEnd // of this store's own log, once it was read
}

// A logEnd is where the next fact is appended.
type logEnd struct {
	seq, rev int64
	hash     []byte
}

func (tx *Tx) readEnd() (err error) {
	if tx.end != nil {
		return nil
	}
	var e logEnd
	id := tx.s.id
	if e.seq, e.hash, err = tx.Head(id.Author, id.Epoch, math.MaxInt64); err != nil {
		return err
	}
	if e.rev, err = tx.Revision(); err == nil {
		tx.end = &e
	}
	return err
}

// By is who made the gesture, and how.
func (tx *Tx) By() Gesture { return tx.by }

// exec runs one changing statement and says how many rows it changed.
func (tx *Tx) exec(q string, args ...any) (int64, error) {
	stmt, err := tx.se.traced(tx.ctx, q, args)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// unanswered fails when the scan has its answer already.
func (tx *Tx) unanswered() error {
	if tx.by.Scan == "" {
		return nil
	}
	n, err := tx.count(`SELECT count(*) FROM event WHERE wh = ? AND author = ? AND scan = ?`,
		tx.s.id.Author, tx.by.Scan)
	if err == nil && n > 0 {
		err = ErrAnswered
	}
	return err
}

// NextEvent is the id that the next recorded event will have, for an event that
// mints ids from its own.
func (tx *Tx) NextEvent() EventID {
	return EventID(tx.s.boot + "." + strconv.FormatInt(tx.s.events.Load()+1, 10))
}

// Record appends e to this store's log and folds it. One operation records one
// event: two could be parted on their way.
func (tx *Tx) Record(e Event) error {
	if tx.recorded && !tx.many {
		return fmt.Errorf("record %s: a second event in one operation", e.Kind())
	}
	tx.recorded = true
	body, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode %s: %w", e.Kind(), err)
	}
	id := tx.s.id
	if err := tx.readEnd(); err != nil {
		return err
	}
	at := tx.s.Now()
	env := Envelope{
		WH: id.Warehouse, Author: id.Author, Epoch: id.Epoch, Seq: tx.end.seq + 1,
		ID: tx.NextEvent(), Kind: e.Kind(), V: 1,
		At: at.UnixMilli(), Day: DateOf(at),
		Operator: tx.by.Operator, Second: tx.by.Second,
		Scan: tx.by.Scan, Raw: tx.by.Raw, Source: tx.by.Source,
		Incarnation: 1, BasedOn: tx.end.rev, Body: body,
	}
	tx.s.events.Add(1)
	b, err := json.Marshal(env)
	if err != nil {
		return err
	}
	f := Fact{Bytes: b, Hash: chain(tx.end.hash, b)}
	if err := tx.append(&env, f, e, tx.end.rev); err != nil {
		return err
	}
	tx.end.seq, tx.end.hash = env.Seq, f.Hash
	if id.Authority {
		tx.end.rev++
	}
	return nil
}

// Take appends facts that others recorded, and folds them. It passes over what
// it holds, and what comes after a gap, to be asked for again.
func (s *Store) Take(ctx context.Context, facts []Fact) error {
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		for _, f := range facts {
			if err := tx.take(f); err != nil {
				return fmt.Errorf("take: %w", err)
			}
		}
		return nil
	})
}

// take is the way of another's fact into the log and the folded tables.
func (tx *Tx) take(f Fact) error {
	env, err := f.Envelope()
	if err != nil {
		return err
	}
	last, hash, err := tx.Head(env.Author, env.Epoch, env.Seq)
	if err != nil || last < env.Seq-1 {
		return err
	}
	if last < env.Seq {
		hash = chain(hash, f.Bytes)
	}
	if env.WH != tx.s.id.Warehouse || !bytes.Equal(f.Hash, hash) {
		return fmt.Errorf("%w: %s %s %d.%d", ErrFork, env.WH, env.Author, env.Epoch, env.Seq)
	}
	if last == env.Seq {
		return nil
	}
	rev, err := tx.Revision()
	if err != nil {
		return err
	}
	return tx.append(&env, f, known(&env), rev)
}

// known is the event of a fact, if this program knows its kind and version.
func known(env *Envelope) Event {
	e, err := Decode(env.Kind, env.Body)
	if err != nil || env.V != 1 {
		return nil
	}
	return e
}

// unpark folds the facts that an older program had to park: applying them late is
// right, since apply commutes.
func (tx *Tx) unpark() error {
	facts, err := all(&tx.Reader, (*Fact).columns, `
		SELECT coalesce(rev, 0), bytes, hash FROM event WHERE wh = ? AND parked = 1`)
	if err != nil {
		return err
	}
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return err
		}
		e := known(&env)
		if e == nil {
			continue
		}
		if err := tx.flush(e.apply(env.Stamp())); err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE event SET parked = 0, ref = ? WHERE wh = ? AND id = ?`,
			e.Ref(), env.WH, env.ID); err != nil {
			return err
		}
	}
	return nil
}

// append writes a fact to the log and folds it. Without an event the fact is
// parked, until a program that knows its kind.
func (tx *Tx) append(env *Envelope, f Fact, e Event, rev int64) error {
	if tx.s.id.Authority {
		f.Rev = rev + 1
	}
	parked, ref, changes := 1, "", []Change(nil)
	if e != nil {
		parked, ref, changes = 0, e.Ref(), e.apply(env.Stamp())
	}
	if _, err := tx.exec(`
		INSERT INTO event (wh, author, epoch, seq, id, kind, ref, operator, at, scan, rev, parked,
			bytes, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		env.WH, env.Author, env.Epoch, env.Seq, env.ID, env.Kind, ref, env.Operator, env.At,
		sql.NullString{String: string(env.Scan), Valid: env.Scan != ""},
		sql.NullInt64{Int64: f.Rev, Valid: f.Rev != 0}, parked, f.Bytes, f.Hash); err != nil {
		return err
	}
	return tx.flush(changes)
}
