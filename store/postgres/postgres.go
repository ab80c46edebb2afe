// Package postgres is the second engine, for a warehouse with several servers.
// It has the schema and the way of SQL to it; nothing opens it yet. Its tests
// keep the shared SQL fit for it.
package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

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
	if _, err := db.Exec(ctx,
		`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)`); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for _, name := range names {
		err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error { return step(ctx, tx, names, name) })
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// step makes one step, unless it was made before: another server may have.
func step(ctx context.Context, tx pgx.Tx, names []string, name string) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, migrating); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT name FROM migration`)
	if err != nil {
		return err
	}
	done, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, d := range done {
		if !slices.Contains(names, d) {
			return &store.Fault{Code: store.Newer, Err: fmt.Errorf("%s is of a newer program", d)}
		}
	}
	if slices.Contains(done, name) {
		return nil
	}
	text, err := Migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, string(text)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO migration (name) VALUES ($1)`, name)
	return err
}

// Rebind numbers the placeholders of shared SQL: ? becomes $1, $2 and on, but not
// in strings, quoted names and comments.
func Rebind(q string) string {
	var out strings.Builder
	n := 0
	for q != "" {
		size := 1
		switch {
		case q[0] == '?':
			n++
			fmt.Fprintf(&out, "$%d", n)
			q = q[1:]
			continue
		case q[0] == '\'' || q[0] == '"':
			size = past(q[1:], q[:1]) + 1
		case strings.HasPrefix(q, "--"):
			size = past(q, "\n")
		case strings.HasPrefix(q, "/*"):
			size = past(q[2:], "*/") + 2
		}
		out.WriteString(q[:size])
		q = q[size:]
	}
	return out.String()
}

// past is where q goes on behind the first end; at its own end without one.
func past(q, end string) int {
	if i := strings.Index(q, end); i >= 0 {
		return i + len(end)
	}
	return len(q)
}
