package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Reader reads one warehouse, inside the function given to Read or Write.
type Reader struct {
	ctx context.Context
	se  *session
	s   *Store
}

// Now is the time in the warehouse's zone.
func (r *Reader) Now() time.Time { return r.s.Now() }

// Today is the day in the warehouse's zone.
func (r *Reader) Today() Date { return DateOf(r.s.Now()) }

// Station is the author of what this store records.
func (r *Reader) Station() Identity { return r.s.id }

// all reads every row of q into a T, at whose fields dest points. The first
// argument of q is the warehouse.
func all[T any](r *Reader, dest func(*T) []any, q string, args ...any) (out []T, err error) {
	err = each(r, dest, func(v T) error {
		out = append(out, v)
		return nil
	}, q, args...)
	return out, err
}

// each is all for rows that are too many to be held, until one fails.
func each[T any](r *Reader, dest func(*T) []any, do func(T) error, q string, args ...any) error {
	args = append([]any{r.s.id.Warehouse}, args...)
	stmt, err := r.se.traced(r.ctx, q, args)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(r.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(dest(&v)...); err != nil {
			return err
		}
		if err := do(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the only row of q, and says whether there was one.
func (r *Reader) one(dest []any, q string, args ...any) (bool, error) {
	args = append([]any{r.s.id.Warehouse}, args...)
	stmt, err := r.se.traced(r.ctx, q, args)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(r.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// count reads the number that q gives.
func (r *Reader) count(q string, args ...any) (n int64, err error) {
	_, err = r.one([]any{&n}, q, args...)
	return n, err
}

// ids reads a column of strings.
func ids[T ~string](r *Reader, q string, args ...any) ([]T, error) {
	return all(r, func(v *T) []any { return []any{v} }, q, args...)
}

// Log reads an author's facts after number seq, in its order.
func (r *Reader) Log(author StationID, epoch, seq int64, limit int) ([]Fact, error) {
	return all(r, (*Fact).columns, `
		SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND author = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
		author, epoch, seq, limit)
}

func (f *Fact) columns() []any { return []any{&f.Rev, &f.Bytes, &f.Hash} }

// Trail reads the facts about one slip, order or the like, oldest first.
func (r *Reader) Trail(ref string) (out []Envelope, err error) {
	facts, err := all(r, (*Fact).columns, `
		SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND ref = ? ORDER BY at, author, epoch, seq`, ref)
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		out = append(out, env)
	}
	return out, err
}

// Answered says whether the log holds the answer to a scan of this station.
func (r *Reader) Answered(scan ScanID) (bool, error) { return r.AnsweredBy(r.s.id.Author, scan) }

// AnsweredByAny says whether anybody's log holds the answer to a scan: central answers
// some for its stations.
func (r *Reader) AnsweredByAny(scan ScanID) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM event e WHERE e.wh = ? AND e.scan = ? AND e.author IN (
		SELECT s.station FROM station s WHERE s.wh = e.wh UNION ALL
		SELECT i.author FROM identity i WHERE i.wh = e.wh UNION ALL SELECT 'central')`, scan)
	return n > 0, err
}

// AnsweredBy says whether the log of an author holds the answer to a scan.
func (r *Reader) AnsweredBy(author StationID, scan ScanID) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM event WHERE wh = ? AND author = ? AND scan = ?`,
		author, scan)
	return n > 0, err
}

// Head is the last number of an author's log, and its hash; 0 and nil when there is
// none.
func (r *Reader) Head(author StationID, epoch int64) (last int64, hash []byte, err error) {
	found, err := r.one([]any{&last, &hash}, `
		SELECT seq, hash FROM event
		WHERE wh = ? AND author = ? AND epoch = ? ORDER BY seq DESC LIMIT 1`, author, epoch)
	if err != nil || found {
		return last, hash, err
	}
	_, err = r.one([]any{&last, &hash}, `
		SELECT seq, hash FROM base_head WHERE wh = ? AND author = ? AND epoch = ?`, author, epoch)
	return last, hash, err
}

// values reads a folded table.
func (r *Reader) values(t *table) ([][]any, error) { return all(r, t.dest, t.read()) }

// dest makes a row to read into.
func (t *table) dest(row *[]any) (dest []any) {
	*row = make([]any, len(t.columns()))
	for i := range *row {
		dest = append(dest, &(*row)[i])
	}
	return dest
}

// rows reads a folded table as sorted lines of JSON, one a row. They are sorted
// here, since engines collate differently.
func (r *Reader) rows(t *table) (lines []string, err error) {
	all, err := r.values(t)
	if err != nil {
		return nil, err
	}
	for _, row := range all {
		b, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		lines = append(lines, string(b))
	}
	slices.Sort(lines)
	return lines, nil
}

// RefusedWith is the refusal that this store answered a scan with; nil where it did not
// refuse.
func (r *Reader) RefusedWith(scan ScanID) (*Refusal, error) {
	env, known, err := r.AnswerTo(scan)
	if err != nil || !known {
		return nil, err
	}
	e, err := Decode(env.Kind, env.Body)
	if was, refused := e.(ScanRefused); refused {
		return &was.Refusal, err
	}
	return nil, err
}

// Rows reads every folded table as sorted lines of JSON, by the table's name.
func (r *Reader) Rows() (map[string][]string, error) {
	out := map[string][]string{}
	for i := range folded {
		lines, err := r.rows(&folded[i])
		if err != nil {
			return nil, err
		}
		out[folded[i].name] = lines
	}
	return out, nil
}

// Digest is one hash over the rows of every folded table.
func (r *Reader) Digest() (string, error) {
	h := sha256.New()
	for i := range folded {
		lines, err := r.rows(&folded[i])
		if err != nil {
			return "", err
		}
		fmt.Fprintln(h, folded[i].name, lines)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// LastOf is the last event of a kind about a slip or the like, of whoever at this station,
// that was not taken back before, and the event that takes it back. It refuses with
// NothingUndo when there is none.
func (r *Reader) LastOf(ref, kind string) (was Event, e Reversed, err error) {
	var fact Fact
	found, err := r.one([]any{&fact.Bytes}, `
		SELECT e.bytes FROM event e
		WHERE e.wh = ? AND e.ref = ? AND e.kind = ? AND e.author = ?
			AND NOT EXISTS (SELECT 1 FROM reversed v WHERE v.wh = e.wh AND v.event = e.id)
		ORDER BY e.epoch DESC, e.seq DESC LIMIT 1`, ref, kind, r.s.id.Author)
	if err == nil && !found {
		err = &Refusal{Code: NothingUndo, Want: ref}
	}
	if err != nil {
		return nil, e, err
	}
	return fact.back(ref)
}

// back is the event of a fact, and the one that takes it back.
func (f Fact) back(ref string) (was Event, e Reversed, err error) {
	env, err := f.Envelope()
	if err != nil {
		return nil, e, err
	}
	was, err = Decode(env.Kind, env.Body)
	return was, Reversed{Of: env.ID, Was: env.Kind, Body: env.Body, About: ref}, err
}
