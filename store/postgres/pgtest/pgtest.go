// Package pgtest gives tests a PostgreSQL of their own, and throws it away.
package pgtest

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"scanbay/store"
	"scanbay/store/postgres"
)

// shared is one cluster for all tests of a process, and ends with it.
var shared = sync.OnceValues(func() (*Cluster, error) { return begin(settings) })

// Shared is the cluster that all tests of a process have. It does not survive a crash,
// but it is quick. Without a server's programs the test is skipped, unless the
// environment has SCANBAY_REQUIRE_POSTGRES: then it fails.
func Shared(t testing.TB) *Cluster {
	t.Helper()
	c, err := shared()
	must(t, err)
	return c
}

// Durable makes a cluster that survives a crash, to be stopped and started. It ends
// with the test.
func Durable(t testing.TB) *Cluster {
	t.Helper()
	c, err := begin("")
	must(t, err)
	t.Cleanup(func() {
		if err := c.end(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errNoServer) && os.Getenv("SCANBAY_REQUIRE_POSTGRES") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// URL makes a database of this program's version. It goes with the test, and so do
// those who are connected to it.
func (c *Cluster) URL(t testing.TB) string {
	t.Helper()
	return c.fresh(t, migrated)
}

// Empty makes a database with nothing in it, and connects to it. Both go with the test.
func (c *Cluster) Empty(t testing.TB) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	db, err := pgx.Connect(ctx, c.fresh(t, "template0"))
	must(t, err)
	t.Cleanup(func() { must(t, db.Close(ctx)) })
	return db
}

func (c *Cluster) fresh(t testing.TB, of string) string {
	t.Helper()
	name, err := c.create(of)
	must(t, err)
	t.Cleanup(func() { must(t, c.administer(drop(name))) })
	return c.at(name)
}

// Open connects to an empty database of the shared cluster.
func Open(t testing.TB) *pgx.Conn {
	t.Helper()
	return Shared(t).Empty(t)
}

// URL makes a database of this program's version in the shared cluster.
func URL(t testing.TB) string {
	t.Helper()
	return Shared(t).URL(t)
}

// Opener opens databases of the shared cluster as if they were files: one for each
// path, of this program's version, for as long as the path's folder is there.
func Opener(t testing.TB) func(ctx context.Context, path string) (*store.DB, error) {
	t.Helper()
	c := Shared(t)
	return func(ctx context.Context, path string) (*store.DB, error) {
		name, err := c.file(path)
		if err != nil {
			return nil, err
		}
		return postgres.Open(ctx, c.at(name)+"&pool_max_conns=8")
	}
}
