// Package pgtest gives tests a PostgreSQL of their own, and throws it away.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Where a server's programs are, unless SCANBAY_PG_BIN says so.
var homes = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin", "/usr/local/bin"}

// Open starts a cluster and connects to its empty database; both end with the
// test. Without a server's programs the test is skipped, unless the environment
// has SCANBAY_REQUIRE_POSTGRES: then it fails.
func Open(t testing.TB) *pgx.Conn {
	t.Helper()
	bin, err := find()
	if err != nil && os.Getenv("SCANBAY_REQUIRE_POSTGRES") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	db, err := start(t, bin)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func find() (string, error) {
	if bin := os.Getenv("SCANBAY_PG_BIN"); bin != "" {
		return bin, nil
	}
	for _, home := range homes {
		found, err := filepath.Glob(filepath.Join(home, "initdb"))
		if err != nil {
			return "", err
		}
		if len(found) > 0 {
			return filepath.Dir(slices.Max(found)), nil
		}
	}
	return "", errors.New("no PostgreSQL server: install one, or set SCANBAY_PG_BIN")
}

// start makes a cluster that is gone with the test. Nothing of it must survive a
// crash, so nothing is flushed.
func start(t testing.TB, bin string) (*pgx.Conn, error) {
	// A socket's path is short; that of t.TempDir need not be.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // the server is gone, or will be with us
	run := func(name string, args ...string) (*exec.Cmd, error) {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C", "TZ=UTC", "HOME="+dir)
		return cmd, demote(cmd, dir)
	}
	data := filepath.Join(dir, "data")
	initdb, err := run("initdb", "-D", data, "-U", "scanbay", "-A", "trust", "-E", "UTF8",
		"--locale=C", "--no-sync", "--no-instructions")
	if err != nil {
		return nil, err
	}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	server, err := run("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		if server.Process.Signal(os.Interrupt) == nil { // a fast shutdown
			<-ended
		}
	})
	return connect(t, dir, ended)
}

// connect waits for the server: until it answers, or is no more.
func connect(t testing.TB, dir string, ended chan error) (*pgx.Conn, error) {
	ctx := context.Background()
	for {
		db, err := pgx.Connect(ctx, "host="+dir+" user=scanbay dbname=postgres sslmode=disable")
		if err == nil {
			t.Cleanup(func() { _ = db.Close(ctx) }) // the server is thrown away behind it
			return db, nil
		}
		select {
		case err := <-ended:
			ended <- err
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return nil, fmt.Errorf("postgres: %w\n%s", err, log)
		case <-time.After(10 * time.Millisecond): // a server has no other way to say it is up
		}
	}
}
