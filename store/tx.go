package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A Tx reads and records, inside the function given to Write.
type Tx struct {
	Reader
	by       Gesture
	many     bool
	recorded bool
	cameOut  bool    // of the printer: the label that is scanned
	end      *ownEnd // of this store's own log, once it was read
	heads    map[logHead]*logEnd
	took     bool // facts of others
	boots    map[string]StationID
}

// A logEnd is where a log's next fact is appended.
type logEnd struct {
	seq  int64
	hash []byte
}

// An ownEnd is where this store's next fact is appended, and what it has seen.
type ownEnd struct {
	*logEnd
	Cursor
}

func (tx *Tx) readEnd() (err error) {
	if tx.end != nil {
		return nil
	}
	var e ownEnd
	if e.logEnd, err = tx.head(tx.s.id.Author, tx.s.epoch.Load()); err != nil {
		return err
	}
	if e.Cursor, err = tx.Cursor(); err == nil {
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
		WH: id.Warehouse, Author: id.Author, Epoch: tx.s.epoch.Load(), Seq: tx.end.seq + 1,
		ID: tx.NextEvent(), Kind: e.Kind(), V: 1,
		At: at.UnixMilli(), Day: DateOf(at),
		Operator: tx.by.Operator, Second: tx.by.Second,
		Scan: tx.by.Scan, Raw: tx.by.Raw, Source: tx.by.Source,
		Incarnation: tx.end.Incarnation, BasedOn: tx.end.Rev,
		Station: tx.by.Station, Body: body,
	}
	if off := tx.s.off.Load(); max(off, -off) > ClockMax.Milliseconds() {
		env.Off = off
	}
	tx.s.events.Add(1)
	b, err := json.Marshal(env)
	if err != nil {
		return err
	}
	if err := tx.recordable(&env, e, len(b)); err != nil {
		return fmt.Errorf("record %s: %w", e.Kind(), err)
	}
	f := Fact{Bytes: b, Hash: chain(tx.end.hash, b)}
	if _, err := tx.append(Run{}, &env, f, e); err != nil {
		return err
	}
	tx.end.seq, tx.end.hash = env.Seq, f.Hash
	return nil
}

// known is the event of a fact, if this program knows its kind and version.
func known(env *Envelope) Event {
	if env.event != nil {
		return env.event
	}
	e, err := Decode(env.Kind, env.Body)
	if err != nil || env.V != 1 {
		return nil
	}
	return e
}

// unpark folds the facts that an older program had to park: applying them late is
// right, since apply commutes. Of two that contradict each other the first stands, as
// everywhere.
func (tx *Tx) unpark() error {
	facts, err := all(&tx.Reader, (*Fact).columns, `
		SELECT coalesce(rev, 0), bytes, hash FROM event WHERE wh = ? AND parked = 1
		ORDER BY coalesce(rev, 0), author, epoch, seq`)
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
		row, changes := rowOf(&env, f), env.changes(e)
		row.fold(e)
		if env.keepable(e) != nil || keepable(changes) != nil {
			row = row.aside()
		} else if contradicts, err := tx.flushTaken(changes); err != nil {
			return err
		} else if contradicts {
			row.parked = isContradiction
		}
		if _, err := tx.exec(`UPDATE event SET parked = ?, ref = ? WHERE wh = ? AND id = ?`,
			row.parked, row.ref, env.WH, env.ID); err != nil {
			return err
		}
	}
	return nil
}

// How a fact is in the log. What is parked is not folded: this program does not know its
// kind, or it puts a row that is known otherwise, which a person must look at, or the
// authority sets it aside.
const (
	isFolded = iota
	isUnknown
	isContradiction
	isSetAside
)

// append writes a fact of a run to the log and folds it, and says whether anybody is ever
// to go by it. Without an event the fact is parked, until a program that knows its kind.
func (tx *Tx) append(b Run, env *Envelope, f Fact, e Event) (counts bool, err error) {
	if tx.s.id.Authority {
		tx.end.Rev++
		f.Rev = tx.end.Rev
	}
	row := rowOf(env, f)
	var changes []Change
	if e != nil {
		row.fold(e)
		changes = env.changes(e)
	}
	if b.Author == "" { // this store records it
		if err := tx.insert(row); err != nil {
			return false, err
		}
		return true, tx.flush(changes)
	}
	aside, err := tx.setsAside(b, env, e, changes, nil)
	if err != nil {
		return false, err
	}
	if aside {
		return false, tx.insert(row.aside())
	}
	if err := tx.answeredTwice(env, &row, nil); err != nil {
		return false, err
	}
	contradicts, err := tx.flushTaken(changes)
	if err != nil {
		return false, err
	}
	if contradicts {
		row.parked = isContradiction
	}
	return row.parked < isContradiction, tx.insert(row)
}

// answeredTwice keeps a second answer from the first one's place: a central server that was
// restored may be asked once more what it does not know that it answered. Somebody has
// seen either.
func (tx *Tx) answeredTwice(env *Envelope, row *rawFact, at *atOnce) error {
	if env.Station == "" || env.Scan == "" {
		return nil
	}
	if at != nil && at.answered[env.Scan] {
		row.scan = ""
		return nil
	}
	n, err := tx.count(`SELECT count(*) FROM event WHERE wh = ? AND author = ? AND scan = ?`,
		env.Author, env.Scan)
	if n > 0 {
		row.scan = ""
	}
	return err
}

// eventColumns are those of the log behind wh, in the order of rawFact's values.
const eventColumns = `author, epoch, seq, id, kind, ref, operator, at, scan, rev, parked, bytes,
	hash`

var eventNames = strings.Fields(strings.ReplaceAll(eventColumns, ",", " "))

// rowOf is a fact's row in the log: parked, until it is folded.
func rowOf(env *Envelope, f Fact) rawFact {
	return rawFact{author: env.Author, epoch: env.Epoch, seq: env.Seq, id: string(env.ID),
		kind: env.Kind, parked: isUnknown, operator: string(env.Operator), at: env.At,
		scan: string(env.Scan), rev: f.Rev, bytes: f.Bytes, hash: f.Hash}
}

// fold says that the row's changes are made.
func (f *rawFact) fold(e Event) { f.parked, f.ref = isFolded, e.Ref() }

// row gives the values of a row of the log, behind the warehouse.
func (tx *Tx) row(f *rawFact) []any {
	out := []any{string(tx.s.id.Warehouse), string(f.author), f.epoch, f.seq, f.id, f.kind, f.ref,
		f.operator, f.at, nil, nil, f.parked, f.bytes, f.hash}
	if f.scan != "" {
		out[9] = f.scan
	}
	if f.rev != 0 {
		out[10] = f.rev
	}
	return out
}

// insert writes a row of the log.
func (tx *Tx) insert(f rawFact) error {
	_, err := tx.exec(`INSERT INTO event (wh, `+eventColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, tx.row(&f)...)
	return err
}
