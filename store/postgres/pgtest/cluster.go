package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"scanbay/store/postgres"
)

// A Cluster is a server of our own, and its data.
type Cluster struct {
	bin, dir, settings string
	guard              *exec.Cmd
	guarded            io.Closer // until it is closed, or we are no more

	mu    sync.Mutex
	made  int
	files map[string]string // the database that stands for a path
	free  []string          // databases that stood for one
}

// Where a server's programs are, unless SCANBAY_PG_BIN says so.
var homes = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin", "/usr/local/bin"}

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
	return "", errNoServer
}

var errNoServer = errors.New("no PostgreSQL server: install one, or set SCANBAY_PG_BIN")

// settings are for a server whose data need not survive a crash: nothing is flushed.
const settings = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c scanbay.throwaway=on"

// migrated is the database that others are copied from.
const migrated = "migrated"

// begin makes a cluster and starts it.
func begin(settings string) (c *Cluster, err error) {
	c = &Cluster{settings: settings, files: map[string]string{}}
	if c.bin, err = find(); err != nil {
		return nil, err
	}
	// A socket's path is short; that of a test's own folder need not be.
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		return nil, err
	}
	if err := c.watch(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(c.dir))
	}
	err = c.run("initdb", "-D", "data", "-U", "scanbay", "-A", "trust", "-E", "UTF8",
		"--locale=C", "--no-sync", "--no-instructions")
	if err == nil {
		err = c.start()
	}
	if err == nil {
		err = c.template()
	}
	if err != nil {
		return nil, errors.Join(err, c.end())
	}
	return c, nil
}

// watch starts what ends the server and removes its data when we are no more, however
// we ended: its input is closed then.
func (c *Cluster) watch() (err error) {
	const script = `trap '' INT TERM HUP
		cat; "$0/pg_ctl" -D data -m immediate -s stop; rm -rf "$PWD"`
	c.guard = c.command("/bin/sh", "-c", script, c.bin)
	if err := demote(c.guard, c.dir); err != nil {
		return err
	}
	if c.guarded, err = c.guard.StdinPipe(); err != nil {
		return err
	}
	return c.guard.Start()
}

// end ends the server and removes its data.
func (c *Cluster) end() error {
	return errors.Join(c.guarded.Close(), c.guard.Wait())
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC", "HOME="+c.dir, "PWD="+c.dir)
	return cmd
}

// run runs one of the server's programs.
func (c *Cluster) run(name string, args ...string) error {
	cmd := c.command(filepath.Join(c.bin, name), args...)
	if err := demote(cmd, c.dir); err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.dir, "log")) // it may not have come so far
		return fmt.Errorf("%s: %w\n%s%s", name, err, out, log)
	}
	return nil
}

func (c *Cluster) start() error {
	return c.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-s", "-o",
		"-k "+c.dir+" -c listen_addresses= -c max_connections=200 "+c.settings, "start")
}

// Start starts the server again.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if err := c.start(); err != nil {
		t.Fatal(err)
	}
}

// Stop stops the server: fast, as an administrator does, or immediate, which is a crash.
func (c *Cluster) Stop(t testing.TB, mode string) {
	t.Helper()
	if err := c.run("pg_ctl", "-D", "data", "-m", mode, "-w", "-s", "stop"); err != nil {
		t.Fatal(err)
	}
}

// at is the URL of a database.
func (c *Cluster) at(name string) string {
	return "postgres://scanbay@/" + name + "?sslmode=disable&host=" + c.dir
}

// on does something on a connection to a database.
func (c *Cluster) on(name string, do func(context.Context, *pgx.Conn) error) error {
	ctx := context.Background()
	db, err := pgx.Connect(ctx, c.at(name))
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, db), db.Close(ctx))
}

// administer runs a statement that is about databases.
func (c *Cluster) administer(q string) error {
	return c.on("postgres", func(ctx context.Context, db *pgx.Conn) error {
		_, err := db.Exec(ctx, q)
		return err
	})
}

// template makes the database that is copied for each test.
func (c *Cluster) template() error {
	if err := c.administer("CREATE DATABASE " + migrated); err != nil {
		return err
	}
	return c.on(migrated, postgres.Migrate)
}

// create makes one more database, a copy of another.
func (c *Cluster) create(of string) (name string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.copyOf(of)
}

func (c *Cluster) copyOf(of string) (name string, err error) {
	c.made++
	name = fmt.Sprint("db", c.made)
	return name, c.administer("CREATE DATABASE " + name + " TEMPLATE " + of)
}

// file is the database that stands for a file. Those whose folder is gone are used
// again: to empty one takes less than to copy one.
func (c *Cluster) file(path string) (name string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name := c.files[path]; name != "" {
		return name, nil
	}
	for path, name := range c.files {
		if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := c.empty(name); err != nil {
			return "", err
		}
		delete(c.files, path)
		c.free = append(c.free, name)
	}
	if last := len(c.free) - 1; last >= 0 {
		name, c.free = c.free[last], c.free[:last]
	} else if name, err = c.copyOf(migrated); err != nil {
		return "", err
	}
	c.files[path] = name
	return name, nil
}

// empty deletes every row of a database but those of its version.
func (c *Cluster) empty(name string) error {
	var deletions string
	return c.on(name, func(ctx context.Context, db *pgx.Conn) error {
		err := db.QueryRow(ctx, `SELECT string_agg('DELETE FROM ' || tablename, '; ')
			FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'`).
			Scan(&deletions)
		if err == nil {
			_, err = db.Exec(ctx, deletions)
		}
		return err
	})
}

func drop(name string) string { return "DROP DATABASE " + name + " WITH (FORCE)" }
