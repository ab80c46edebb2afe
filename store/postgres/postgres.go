// Package postgres opens the engine for a warehouse with several servers, and for
// several warehouses in one database.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"scanbay/store"
)

const (
	// The lock of the warehouse's row is what makes each statement behind it see what
	// the one before committed; at any other level some would look at an older view.
	begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
	view  = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	lock  = "SELECT wh FROM identity WHERE wh = ? FOR UPDATE"
)

// always is what every connection has, whatever the server, the role or the URL
// say: an answer is on the disk before it is given.
var always = map[string]string{"synchronous_commit": "on", "client_encoding": "UTF8",
	"timezone": "UTC", "plan_cache_mode": "force_generic_plan"}

// unlessSet is what a connection has where the URL does not say otherwise. A server
// that is cut off in the middle of a transaction must not hold its warehouse for long.
var unlessSet = map[string]string{"application_name": "scanbay", "lock_timeout": "30s",
	"idle_in_transaction_session_timeout": "60s"}

// connections is how many a process has at most, unless the URL has poolSize; one
// half writes and the other reads.
const (
	connections = 32
	poolSize    = "pool_max_conns"
)

// Open opens and migrates the database at a URL such as
// postgres://scanbay@host/bay?pool_max_conns=16. Where the URL has several hosts, it
// should have target_session_attrs=read-write too. It fails with a store.Fault: Newer,
// Missing or ReadOnly.
func Open(ctx context.Context, url string) (*store.DB, error) {
	cfg, half, err := configure(url)
	if err != nil {
		return nil, err
	}
	path := fmt.Sprintf("postgres://%s@%s:%d/%s", cfg.User, cfg.Host, cfg.Port, cfg.Database)
	if err := prepare(ctx, cfg); err != nil {
		return nil, fold(path, err)
	}
	pool := func() *sql.DB {
		db := sql.OpenDB(connector{stdlib.GetConnector(*cfg)})
		db.SetMaxOpenConns(half)
		return db
	}
	return &store.DB{Write: pool(), Read: pool(), Writers: half, Readers: half,
		Begin: begin, View: view, Lock: lock, Path: path, Bind: Rebind, Again: again, Bulk: bulk,
		Fold: func(err error) error { return fold(path, err) }}, nil
}

// configure reads a URL, and how many connections are to write and to read.
func configure(url string) (cfg *pgx.ConnConfig, half int, err error) {
	if cfg, err = pgx.ParseConfig(url); err != nil {
		return nil, 0, err
	}
	n := connections
	if text, ok := cfg.RuntimeParams[poolSize]; ok {
		delete(cfg.RuntimeParams, poolSize)
		if n, err = strconv.Atoi(text); err != nil || n < 2 {
			return nil, 0, fmt.Errorf("%s is %q: at least 2 are needed", poolSize, text)
		}
	}
	for name, value := range unlessSet {
		if _, ok := cfg.RuntimeParams[name]; !ok {
			cfg.RuntimeParams[name] = value
		}
	}
	for name, value := range always {
		cfg.RuntimeParams[name] = value
	}
	return cfg, n / 2, nil
}

// prepare makes sure that the database is fit for use and of this program's version.
func prepare(ctx context.Context, cfg *pgx.ConnConfig) (err error) {
	db, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close(ctx)) }()
	if err := fit(ctx, db); err != nil {
		return err
	}
	return Migrate(ctx, db)
}

// throwaway is set where what is written may be lost: by tests.
const throwaway = "scanbay.throwaway"

// fit refuses a database that alters text, or loses what it said it had written.
func fit(ctx context.Context, db *pgx.Conn) error {
	var encoding, durable, flushed, lossy string
	err := db.QueryRow(ctx, `SELECT current_setting('server_encoding'),
		current_setting('synchronous_commit'), coalesce(current_setting('fsync', true), 'on'),
		coalesce(current_setting($1, true), 'off')`, throwaway).
		Scan(&encoding, &durable, &flushed, &lossy)
	switch {
	case err != nil:
		return err
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s: make one with UTF8", encoding)
	case durable != "on" || flushed != "on" && lossy != "on":
		return fmt.Errorf("synchronous_commit is %s and fsync %s: an answer could be lost", durable,
			flushed)
	}
	return nil
}
