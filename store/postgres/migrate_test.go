package postgres_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"scanbay/store/postgres/pgtest"
)

// TestAnEmptyTableIsSearchedAsAFullOne: a plan that was made before there were rows is
// kept while a first push brings thousands.
func TestAnEmptyTableIsSearchedAsAFullOne(t *testing.T) {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, pgtest.URL(t)+"&plan_cache_mode=force_generic_plan")
	must(t, err)
	defer db.Close(ctx)
	const q = `SELECT hash FROM event WHERE wh = $1 AND author = $2 AND epoch = $3 AND seq = $4`
	_, err = db.Exec(ctx, "PREPARE q AS "+q)
	must(t, err)
	plan := column(t, db, "EXPLAIN (COSTS OFF) EXECUTE q ('w', 'a', 1, 1)")
	if len(plan) != 2 || !strings.Contains(plan[0], "event_pkey") ||
		!strings.Contains(plan[1], "seq = $4") {
		t.Errorf("%s is done so: %q", q, plan)
	}
	tables := column(t, db, `SELECT tablename FROM pg_tables
		WHERE schemaname = 'public' AND tablename <> 'migration'`)
	for _, table := range tables {
		if left := column(t, db, "SELECT wh FROM "+table); len(left) > 0 {
			t.Errorf("%d samples are left in %s", len(left), table)
		}
	}
	if len(tables) < 40 {
		t.Errorf("only %d tables", len(tables))
	}
}

func column(t *testing.T, db *pgx.Conn, q string) []string {
	t.Helper()
	rows, err := db.Query(context.Background(), q, pgx.QueryExecModeSimpleProtocol)
	must(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	return out
}
