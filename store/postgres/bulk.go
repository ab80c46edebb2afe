package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"scanbay/store"
)

// bulk writes rows at once: into the log by COPY, into folded tables by one statement
// each, to which they travel as an array a column. That takes less than COPY into a
// temporary table and a merge from there. The statements go in one round trip.
func bulk(ctx context.Context, on *sql.Conn, tables ...*store.Rows) error {
	return on.Raw(func(driver any) error {
		db := driver.(*conn).Conn.Conn()
		var batch pgx.Batch
		var known []*store.Rows // a put that found some of its rows there
		for _, r := range tables {
			if r.Takes == "append" {
				_, err := db.CopyFrom(ctx, pgx.Identifier{r.Table}, r.Columns,
					pgx.CopyFromRows(r.Rows))
				if err != nil {
					return err
				}
				continue
			}
			args, from := arrays(r)
			q := batch.Queue(merge(r)+from+conflict(r), args...)
			switch r.Takes {
			case "once":
				q.Query(func(rows pgx.Rows) (err error) {
					r.Fresh, err = pgx.CollectRows(rows, pgx.CollectableRow.Values)
					return err
				})
			case "put":
				q.Exec(func(tag pgconn.CommandTag) error {
					if tag.RowsAffected() < int64(len(r.Rows)) {
						known = append(known, r)
					}
					return nil
				})
			}
		}
		err := db.SendBatch(ctx, &batch).Close()
		for _, r := range known {
			if err == nil {
				err = same(ctx, db, r)
			}
		}
		return err
	})
}

// merge begins the statement that takes rows from somewhere.
func merge(r *store.Rows) string {
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT * FROM ", r.Table, strings.Join(r.Columns, ", "))
}

// conflict ends it: what becomes of a row that is there.
func conflict(r *store.Rows) string {
	key := strings.Join(r.Columns[:r.Key], ", ")
	q := " ON CONFLICT (" + key + ") DO "
	var set []string
	for _, c := range r.Columns[r.Key:] {
		switch r.Takes {
		case "add":
			set = append(set, fmt.Sprintf("%s = %s.%s + excluded.%s", c, r.Table, c, c))
		case "raise":
			set = append(set, c+" = excluded."+c)
		}
	}
	switch r.Takes {
	case "add":
		return q + "UPDATE SET " + strings.Join(set, ", ")
	case "raise":
		return q + "UPDATE SET " + strings.Join(set, ", ") + " WHERE excluded.stamp > " +
			r.Table + ".stamp"
	case "once":
		return q + "NOTHING RETURNING " + strings.Join(r.Columns[1:r.Key], ", ")
	}
	return q + "NOTHING"
}

// same fails with store.ErrContradiction unless every row is there as it should be.
func same(ctx context.Context, db *pgx.Conn, r *store.Rows) error {
	args, from := arrays(r)
	var n int
	err := db.QueryRow(ctx, fmt.Sprintf("SELECT count(*) FROM %s JOIN %s USING (%s)", r.Table, from,
		strings.Join(r.Columns, ", ")), args...).Scan(&n)
	if err == nil && n < len(r.Rows) {
		err = store.ErrContradiction
	}
	return err
}

// arrays gives a column of rows each, and what makes rows of them again.
func arrays(r *store.Rows) (args []any, from string) {
	var places []string
	for i := range r.Columns {
		kind := ""
		switch r.Rows[0][i].(type) {
		case int64:
			args, kind = append(args, column[int64](r.Rows, i)), "bigint"
		case []byte:
			args, kind = append(args, column[[]byte](r.Rows, i)), "bytea"
		default:
			args, kind = append(args, column[string](r.Rows, i)), "text"
		}
		places = append(places, fmt.Sprintf("$%d::%s[]", i+1, kind))
	}
	return args, fmt.Sprintf("unnest(%s) AS new (%s)", strings.Join(places, ", "),
		strings.Join(r.Columns, ", "))
}

func column[T any](rows [][]any, i int) []T {
	out := make([]T, len(rows))
	for n, row := range rows {
		out[n], _ = row[i].(T)
	}
	return out
}
