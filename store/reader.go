package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
	args = append([]any{r.s.id.Warehouse}, args...)
	stmt, err := r.se.traced(r.ctx, q, args)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(r.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(dest(&v)...); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
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

// News reads the facts after revision rev that others than author recorded, in
// the order of their revisions.
func (r *Reader) News(author StationID, rev int64, limit int) ([]Fact, error) {
	return all(r, (*Fact).columns, `
		SELECT rev, bytes, hash FROM event
		WHERE wh = ? AND author <> ? AND rev > ? ORDER BY rev LIMIT ?`, author, rev, limit)
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

// Past reads the last facts that name a thing, the last first: up to limit of the
// depth last ones in the log. Those about it are found however old they are.
func (r *Reader) Past(ref string, limit, depth int) (out []Envelope, err error) {
	trail, err := r.Trail(ref)
	if err != nil || len(trail) >= limit {
		slices.Reverse(trail)
		return trail[:min(len(trail), limit)], err
	}
	rev, err := r.Revision()
	if err != nil {
		return nil, err
	}
	named := []byte(strconv.Quote(ref))
	for low := rev - int64(depth); rev > max(0, low) && len(out) < limit; rev -= pastBatch {
		facts, err := all(r, (*Fact).columns, `
			SELECT rev, bytes, hash FROM event WHERE wh = ? AND rev <= ? AND rev > ?
			ORDER BY rev DESC`, rev, rev-pastBatch)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			if len(out) == limit || !bytes.Contains(f.Bytes, named) {
				continue
			}
			env, err := f.Envelope()
			if err != nil {
				return nil, err
			}
			out = append(out, env)
		}
	}
	for _, env := range slices.Backward(trail) {
		if len(out) < limit && !slices.ContainsFunc(out, func(o Envelope) bool {
			return o.ID == env.ID
		}) {
			out = append(out, env)
		}
	}
	return out, nil
}

// pastBatch is how many facts are looked through at once.
const pastBatch = 1000

// Answered says whether the log holds the answer to a scan of this station.
func (r *Reader) Answered(scan ScanID) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM event WHERE wh = ? AND author = ? AND scan = ?`,
		r.s.id.Author, scan)
	return n > 0, err
}

// Revision is how far this store has seen the authority's numbering.
func (r *Reader) Revision() (rev int64, err error) {
	return r.count(`SELECT coalesce(max(rev), 0) FROM event WHERE wh = ?`)
}

// Head is the last number of an author's log up to seq, and its hash; 0 and
// nil when there is none.
func (r *Reader) Head(author StationID, epoch, seq int64) (last int64, hash []byte, err error) {
	_, err = r.one([]any{&last, &hash}, `
		SELECT seq, hash FROM event
		WHERE wh = ? AND author = ? AND epoch = ? AND seq <= ? ORDER BY seq DESC LIMIT 1`,
		author, epoch, seq)
	return last, hash, err
}

// rows reads a folded table as sorted lines of JSON, one a row. They are sorted
// here, since engines collate differently.
func (r *Reader) rows(t *table) (lines []string, err error) {
	all, err := all(r, func(row *[]any) (dest []any) {
		*row = make([]any, len(t.columns()))
		for i := range *row {
			dest = append(dest, &(*row)[i])
		}
		return dest
	}, t.read())
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
