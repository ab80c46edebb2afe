package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jackc/pgx/v5"

	"scanbay/store"
)

// Migrations are the steps of the schema, by name: those of the other engine,
// word for word in PostgreSQL's words.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// migrating is the advisory lock of whoever brings a schema forward.
const migrating = 0x5ca9ba1

// Migrate brings a database's schema forward, one transaction a step. It fails
// with a store.Fault, Newer, on a schema of a newer program.
func Migrate(ctx context.Context, db *pgx.Conn) error {
	names, err := fs.Glob(Migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for done := 0; done < len(names); {
		if err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) (err error) {
			done, err = step(ctx, tx, names)
			return err
		}); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
	}
	return nil
}

// step makes the next step, if there is one, and says how many are made. Another
// server may be about the same.
func step(ctx context.Context, tx pgx.Tx, names []string) (made int, err error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, migrating); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx,
		`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)`); err != nil {
		return 0, err
	}
	rows, err := tx.Query(ctx, `SELECT name FROM migration`)
	if err != nil {
		return 0, err
	}
	done, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return 0, err
	}
	for _, d := range done {
		if !slices.Contains(names, d) {
			return 0, &store.Fault{Code: store.Newer, Path: tx.Conn().Config().Database,
				Err: fmt.Errorf("%s is of a newer program", d)}
		}
	}
	for _, name := range names {
		if !slices.Contains(done, name) {
			return len(done) + 1, run(ctx, tx, name)
		}
	}
	return len(done), nil
}

// run makes one step. The tables that it makes are nobody else's until it is committed.
func run(ctx context.Context, tx pgx.Tx, name string) error {
	text, err := Migrations.ReadFile(name)
	if err != nil {
		return err
	}
	before, err := unknown(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, string(text)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	after, err := unknown(ctx, tx)
	if err != nil {
		return err
	}
	for table, samples := range after {
		if _, old := before[table]; old {
			continue
		}
		var filled bool // by the step
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+`)`).Scan(&filled)
		if err == nil && !filled {
			_, err = tx.Exec(ctx, samples)
		}
		if err != nil {
			return fmt.Errorf("statistics of %s: %w", table, err)
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO migration (name) VALUES ($1)`, name)
	return err
}

// unknown gives the tables without statistics, each with what makes some from samples.
// Without them PostgreSQL takes any index that begins with the warehouse for as good as
// the right one, and keeps to it while a first push fills the table. The savepoint makes
// of the emptied table one whose size is not known, rather than one that is empty.
func unknown(ctx context.Context, tx pgx.Tx) (map[string]string, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.table_name, string_agg(CASE
				WHEN c.column_name IN ('wh', 'author') THEN '(i % 4)::text'
				WHEN c.data_type = 'text' THEN 'i::text'
				WHEN c.data_type = 'bigint' THEN 'i'
				ELSE 'convert_to(i::text, ''UTF8'')' END, ', ' ORDER BY c.ordinal_position)
		FROM information_schema.columns c
		WHERE c.table_schema = current_schema() AND c.table_name <> 'migration'
			AND NOT EXISTS (SELECT 1 FROM pg_stats s
				WHERE s.schemaname = c.table_schema AND s.tablename = c.table_name)
		GROUP BY c.table_name`)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	var table, values string
	_, err = pgx.ForEachRow(rows, []any{&table, &values}, func() error {
		out[table] = fmt.Sprintf(`INSERT INTO %s SELECT %s FROM generate_series(1, 1000) i
			ON CONFLICT DO NOTHING; ANALYZE %s; SAVEPOINT s; TRUNCATE %s; RELEASE s`,
			table, values, table, table)
		return nil
	})
	return out, err
}
