package postgres_test

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgtype"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/postgres/pgtest"
)

func TestRebind(t *testing.T) {
	for q, want := range map[string]string{
		"":                                 "",
		"SELECT 1":                         "SELECT 1",
		"a = ? AND b IN (?, ?)":            "a = $1 AND b IN ($2, $3)",
		"a = '?' AND b = ?":                "a = '?' AND b = $1",
		"a = 'it''s ?' AND b = ?":          "a = 'it''s ?' AND b = $1",
		`"odd?" = ? AND "q""?" = ?`:        `"odd?" = $1 AND "q""?" = $2`,
		"a = ? -- why?\nAND b = ?":         "a = $1 -- why?\nAND b = $2",
		"a /* ? ' */ = ?":                  "a /* ? ' */ = $1",
		"a - ? / ?":                        "a - $1 / $2",
		"a = '?":                           "a = '?",
		"a /* ?":                           "a /* ?",
		"a -- ?":                           "a -- ?",
		"货位 = ? AND b = '？?' AND c = ?":    "货位 = $1 AND b = '？?' AND c = $2",
		strings.Repeat("?", 11):            "$1$2$3$4$5$6$7$8$9$10$11",
		"a = '''?' AND b = ? AND c = ''''": "a = '''?' AND b = $1 AND c = ''''",
	} {
		if have := postgres.Rebind(q); have != want {
			t.Errorf("%q becomes %q, not %q", q, have, want)
		}
	}
}

// inPostgreSQL is how a migration of SQLite reads there.
var inPostgreSQL = map[string]string{"INTEGER": "BIGINT", "BLOB": "BYTEA",
	"TEXT": `TEXT COLLATE "C"`, "STRICT": ""}

// TestBothEnginesHaveOneSchema compares the migrations word for word.
func TestBothEnginesHaveOneSchema(t *testing.T) {
	sqlite := os.DirFS("../sqlite")
	names := func(files fs.FS) []string {
		out, err := fs.Glob(files, "migrations/*")
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if diff := cmp.Diff(names(sqlite), names(postgres.Migrations)); diff != "" {
		t.Fatal("there are others in SQLite -, in PostgreSQL +:\n", diff)
	}
	for _, name := range names(sqlite) {
		text := func(files fs.FS) string {
			b, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		var want []string
		for _, word := range words(text(sqlite)) {
			if there, other := inPostgreSQL[word]; other {
				want = append(want, strings.Fields(there)...)
			} else {
				want = append(want, word)
			}
		}
		if diff := cmp.Diff(want, words(text(postgres.Migrations))); diff != "" {
			t.Errorf("%s: SQLite's -, PostgreSQL's +:\n%s", name, diff)
		}
	}
}

// words are those of SQL without its comments; points and brackets stand alone.
func words(text string) (out []string) {
	for line := range strings.Lines(text) {
		code, _, _ := strings.Cut(line, "--")
		out = append(out, strings.Fields(strings.NewReplacer(",", " , ", ";", " ; ", "(", " ( ",
			")", " ) ").Replace(code))...)
	}
	return out
}

// TestPostgreSQLTakesTheSharedSQL migrates a real server and prepares on it every
// statement that the store runs.
func TestPostgreSQLTakesTheSharedSQL(t *testing.T) {
	ctx := context.Background()
	db := pgtest.Open(t)
	for range 2 { // the second time there is nothing to do
		if err := postgres.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	statements := shared(t)
	for _, q := range store.FoldStatements() {
		statements[q] = "store.FoldStatements"
	}
	if len(statements) < 150 {
		t.Errorf("only %d statements were found: the search has gone blind", len(statements))
	}
	t.Logf("%d statements", len(statements))
	for q, where := range statements {
		s, err := db.Prepare(ctx, "", postgres.Rebind(q))
		if err != nil {
			t.Errorf("%s: %v\n%s", where, err, q)
			continue
		}
		for _, f := range s.Fields {
			if f.DataTypeOID == pgtype.NumericOID {
				t.Errorf("%s: %s is numeric: CAST(... AS BIGINT)\n%s", where, f.Name, q)
			}
		}
	}
	if _, err := db.Exec(ctx,
		`INSERT INTO migration VALUES ('migrations/9999_of_tomorrow.sql')`); err != nil {
		t.Fatal(err)
	}
	if err := postgres.Migrate(ctx, db); store.FaultOf(err).Code != store.Newer {
		t.Error("a newer schema is not refused:", err)
	}
	// What walks through the warehouse walks by bytes, on either engine.
	var sorted []string
	if err := db.QueryRow(ctx, `SELECT array_agg(place ORDER BY place) FROM (
		SELECT place FROM place UNION VALUES ('bin/b'), ('bin/B'), ('bin/A-1'), ('bin/A1')) x`).
		Scan(&sorted); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(sorted) {
		t.Error("places are not sorted by bytes:", sorted)
	}
}
