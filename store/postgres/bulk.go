package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"scanbay/store"
)

// bulk writes rows at once: into the log by COPY, into a folded table by one statement,
// to which they travel as an array a column. That takes less than COPY into a temporary
// table and a merge from there.
func bulk(ctx context.Context, on *sql.Conn, r store.Rows) (fresh [][]any, err error) {
	err = on.Raw(func(driver any) error {
		db := driver.(*conn).Conn.Conn()
		if r.Takes == "append" {
			_, err := db.CopyFrom(ctx, pgx.Identifier{r.Table}, r.Columns, pgx.CopyFromRows(r.Rows))
			return err
		}
		args, from := arrays(r)
		q := merge(r) + from
		if r.Takes == "once" {
			rows, err := db.Query(ctx, q+conflict(r), args...)
			if err == nil {
				fresh, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) ([]any, error) {
					return row.Values()
				})
			}
			return err
		}
		tag, err := db.Exec(ctx, q+conflict(r), args...)
		if err == nil && r.Takes == "put" && tag.RowsAffected() < int64(len(r.Rows)) {
			err = same(ctx, db, r, args, from)
		}
		return err
	})
	return fresh, err
}

// merge begins the statement that takes rows from somewhere.
func merge(r store.Rows) string {
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT * FROM ", r.Table, strings.Join(r.Columns, ", "))
}

// conflict ends it: what becomes of a row that is there.
func conflict(r store.Rows) string {
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
func same(ctx context.Context, db *pgx.Conn, r store.Rows, args []any, from string) error {
	var n int
	err := db.QueryRow(ctx, fmt.Sprintf("SELECT count(*) FROM %s JOIN %s USING (%s)", r.Table, from,
		strings.Join(r.Columns, ", ")), args...).Scan(&n)
	if err == nil && n < len(r.Rows) {
		err = store.ErrContradiction
	}
	return err
}

// arrays gives a column of rows each, and what makes rows of them again.
func arrays(r store.Rows) (args []any, from string) {
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
