package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Rows are rows of one table that an engine writes at once.
type Rows struct {
	Table   string
	Takes   string   // add, raise, put or once, as the folded table; append for the log
	Columns []string // wh, those of the key and then of the row
	Key     int      // how many columns the key has, wh included
	Rows    [][]any  // of string, int64 and []byte; nil in the log alone
	Fresh   [][]any  // of a once, the keys that were new: Bulk says so
}

// A Bulk writes rows of several tables on one of Write's connections, inside its
// transaction. Where a put finds a row that is known otherwise it fails with
// ErrContradiction, and may have written the others.
type Bulk func(ctx context.Context, conn *sql.Conn, tables ...*Rows) error

// bulkPays is how many facts are worth the trouble of being gathered.
const bulkPays = 20

// A gathering is what the changes of many facts come to, row by row.
type gathering struct {
	wh     string
	tables []*gathered // in the order in which they were first met
	once   []*gathered // and those that take a once, which go first
}

// A gathered table has each key once: the same puts are one, sums are added up, and of a
// register the highest stamp is left.
type gathered struct {
	*table
	width int // of the key, wh included
	rows  [][]any
	at    map[string]int // the row of a key
	then  [][]Change     // behind each row of a once
}

// add takes changes in. It fails with ErrContradiction.
func (g *gathering) add(changes []Change) error {
	for _, c := range changes {
		row := make([]any, len(c.vals)+1)
		row[0] = g.wh
		for i, v := range c.vals {
			var err error
			if row[i+1], err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
				return fmt.Errorf("fold %s: %w", c.table.name, err)
			}
		}
		if !g.of(c.table).add(row, c.then) {
			return fmt.Errorf("fold %s: %w", c.table.name, ErrContradiction)
		}
	}
	return nil
}

// of is what was gathered for a table.
func (g *gathering) of(t *table) *gathered {
	list := &g.tables
	if t.takes == "once" {
		list = &g.once
	}
	for _, have := range *list {
		if have.table == t {
			return have
		}
	}
	made := &gathered{table: t, width: t.keys() + 1, at: map[string]int{}}
	*list = append(*list, made)
	return made
}

// add takes one row in, and says whether it does not contradict another.
func (g *gathered) add(row []any, then []Change) bool {
	key := keyOf(row[1:g.width])
	i, known := g.at[key]
	if !known {
		g.at[key] = len(g.rows)
		g.rows, g.then = append(g.rows, row), append(g.then, then)
		return true
	}
	have, last := g.rows[i], len(row)-1
	switch g.takes {
	case "put":
		return slices.EqualFunc(have, row, func(a, b any) bool {
			x, isBytes := a.([]byte)
			if !isBytes {
				return a == b
			}
			y, _ := b.([]byte)
			return bytes.Equal(x, y)
		})
	case "add":
		for i := g.width; i < len(row); i++ {
			have[i] = have[i].(int64) + row[i].(int64)
		}
	case "raise":
		if bytes.Compare(row[last].([]byte), have[last].([]byte)) > 0 {
			g.rows[i] = row
		}
	}
	return true
}

// keyOf gives values as one string that no others give.
func keyOf(vals []any) string {
	var b []byte
	for _, v := range vals {
		switch v := v.(type) {
		case string:
			b = append(binary.AppendUvarint(b, uint64(len(v))), v...)
		case []byte:
			b = append(binary.AppendUvarint(b, uint64(len(v))), v...)
		case int64:
			b = binary.BigEndian.AppendUint64(b, uint64(v))
		}
	}
	return string(b)
}

// An atOnce is what is known beside the log where facts are taken at once.
type atOnce struct {
	before   map[EventID]*Envelope // facts that will be in the log
	answered map[ScanID]bool       // their scans
	held     map[EventID]bool      // the facts that are in it, under any number
}

// heldOf says which facts the log has.
func (tx *Tx) heldOf(envs []Envelope) (map[EventID]bool, error) {
	var wanted []EventID
	for i := range envs {
		wanted = append(wanted, envs[i].ID)
	}
	ids, err := allOf(&tx.Reader, wanted, itself, func(id *EventID) []any { return []any{id} },
		manyKeys+` SELECT k.id FROM w CROSS JOIN k
			WHERE (SELECT count(*) FROM event e WHERE e.wh = w.wh AND e.id = k.id) > 0`)
	out := map[EventID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// takeBulk appends facts to the log and folds them all at once, and gives those that
// count. Where one contradicts what is known it does nothing: they are to be taken one by
// one.
func (tx *Tx) takeBulk(b Run, envs []Envelope, facts []Fact, head *logEnd) (
	fresh []Envelope, done bool, err error) {
	g := &gathering{wh: string(tx.s.id.Warehouse)}
	log := make([]rawFact, len(envs))
	at := &atOnce{before: map[EventID]*Envelope{}, answered: map[ScanID]bool{}}
	if tx.writtenAgain(b.Epoch) {
		if at.held, err = tx.heldOf(envs); err != nil {
			return nil, false, err
		}
	}
	rev := tx.end.Rev
	for i := range envs {
		if tx.s.id.Authority {
			rev++
			facts[i].Rev = rev
		}
		var aside bool
		log[i], aside, err = tx.gather(g, b, &envs[i], facts[i], at)
		if errors.Is(err, ErrContradiction) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		if !aside {
			at.before[envs[i].ID] = &envs[i]
			at.answered[envs[i].Scan] = true
			fresh = append(fresh, envs[i])
		}
	}
	if done, err = tx.writeBulk(g, log); done {
		last := len(envs) - 1
		head.seq, head.hash, tx.end.Rev = envs[last].Seq, facts[last].Hash, rev
	}
	return fresh, done, err
}

// gather takes the changes of a fact in, and gives its row in the log; likewise append.
func (tx *Tx) gather(g *gathering, b Run, env *Envelope, f Fact, at *atOnce) (
	row rawFact, aside bool, err error) {
	row = rowOf(env, f)
	var changes []Change
	if env.event != nil {
		row.fold(env.event)
		changes = env.changes(env.event)
	}
	aside, err = tx.setsAside(b, env, env.event, changes, at)
	if err != nil || aside {
		return row.aside(), aside, err
	}
	if err := tx.answeredTwice(env, &row, at); err != nil {
		return row, false, err
	}
	return row, false, g.add(changes)
}

// writeBulk writes rows of the log and what was gathered of them, or nothing where that
// contradicts what is known.
func (tx *Tx) writeBulk(g *gathering, log []rawFact) (done bool, err error) {
	if _, err := tx.exec("SAVEPOINT bulk"); err != nil {
		return false, err
	}
	err = tx.flushGathered(g)
	if errors.Is(err, ErrContradiction) {
		_, err = tx.exec("ROLLBACK TO SAVEPOINT bulk")
		return false, err
	}
	if err == nil {
		err = tx.insertAll(log)
	}
	if err == nil {
		_, err = tx.exec("RELEASE SAVEPOINT bulk")
	}
	return err == nil, err
}

// flushGathered makes the changes of a gathering, those behind a once with the others.
func (tx *Tx) flushGathered(g *gathering) error {
	for len(g.once) > 0 {
		onces := g.once
		g.once = nil
		fresh, err := tx.flushTables(onces)
		if err != nil {
			return err
		}
		for _, then := range fresh {
			if err := g.add(then); err != nil {
				return err
			}
		}
	}
	_, err := tx.flushTables(g.tables)
	return err
}

// flushTables writes rows, and gives what is behind those of a once that are new.
func (tx *Tx) flushTables(of []*gathered) (then [][]Change, err error) {
	if tx.s.db.Bulk == nil {
		for _, t := range of {
			fresh, err := tx.flushRows(t)
			if err != nil {
				return nil, fmt.Errorf("fold %s: %w", t.name, err)
			}
			then = append(then, fresh...)
		}
		return then, nil
	}
	tables := make([]*Rows, len(of))
	for i, t := range of {
		tables[i] = &Rows{Table: t.name, Takes: t.takes, Key: t.width, Rows: t.rows,
			Columns: append([]string{"wh"}, t.columns()...)}
	}
	err = tx.s.db.Bulk(tx.ctx, tx.se.conn, tables...)
	for i, t := range of {
		for _, key := range tables[i].Fresh {
			then = append(then, t.then[t.at[keyOf(key)]])
		}
	}
	return then, err
}

// flushRows is flushTables for one table and engines that take statements row by row.
func (tx *Tx) flushRows(t *gathered) (then [][]Change, err error) {
	q := tx.s.upserts[t.name]
	for i, row := range t.rows {
		made, err := tx.exec(q, row...)
		if err != nil {
			return nil, err
		}
		switch {
		case made > 0 && t.takes == "once":
			then = append(then, t.then[i])
		case made == 0 && t.takes == "put":
			if n, err := tx.count(t.same(), row[1:]...); err != nil {
				return nil, err
			} else if n == 0 {
				return nil, ErrContradiction
			}
		}
	}
	return then, nil
}

// insertAll writes rows of the log.
func (tx *Tx) insertAll(log []rawFact) error {
	rows := make([][]any, len(log))
	for i := range log {
		rows[i] = tx.row(&log[i])
	}
	return tx.insertMany("event", eventNames, rows)
}

// rowsAtOnce is how many rows one statement inserts. SQLite takes half the time of as many
// statements; more rows gain little.
const rowsAtOnce = 100

// insertMany writes rows that are not there: wh, and then the columns.
func (tx *Tx) insertMany(name string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	columns = append([]string{"wh"}, columns...)
	if tx.s.db.Bulk != nil {
		return tx.s.db.Bulk(tx.ctx, tx.se.conn, &Rows{Table: name, Takes: "append",
			Columns: columns, Rows: rows})
	}
	one := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	insert := "INSERT INTO " + name + " (" + strings.Join(columns, ", ") + ") VALUES " + one
	many := insert + strings.Repeat(", "+one, rowsAtOnce-1)
	for ; len(rows) >= rowsAtOnce; rows = rows[rowsAtOnce:] {
		if _, err := tx.exec(many, slices.Concat(rows[:rowsAtOnce]...)...); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if _, err := tx.exec(insert, row...); err != nil {
			return err
		}
	}
	return nil
}
