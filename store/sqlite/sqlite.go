// Package sqlite opens the embedded database: one file, one writing process.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver registers itself

	"scanbay/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	writer = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=foreign_keys(1)&_txlock=immediate"
	reader  = "?_pragma=busy_timeout(5000)&mode=ro&_pragma=query_only(1)"
	readers = 4
)

// Open opens and migrates the database file at path, which is made where there
// is none, and keeps other processes from writing to it. It fails with a
// store.Fault: Locked, Newer, Damaged, ReadOnly or DiskFull.
func Open(ctx context.Context, path string) (db *store.DB, err error) {
	unlock, err := lock(path)
	if err != nil {
		return db, err
	}
	if db, err = open(ctx, path); err != nil {
		return nil, errors.Join(fold(path, err), unlock())
	}
	db.Unlock = unlock
	return db, nil
}

func open(ctx context.Context, path string) (db *store.DB, err error) {
	if err := whole(path); err != nil {
		return db, err
	}
	return OpenOn(ctx, "", path)
}

// OpenOn opens and migrates a database on a VFS by its name; empty is the system's.
// Nothing keeps other processes from it: it is for disks that no other process has.
func OpenOn(ctx context.Context, vfs, path string) (db *store.DB, err error) {
	on := ""
	if vfs != "" {
		on = "&vfs=" + vfs
	}
	db = &store.DB{Path: path, Writers: 1, Readers: readers,
		Begin: "BEGIN IMMEDIATE", View: "BEGIN",
		Fold: func(err error) error { return fold(path, err) }}
	if err := prepare(ctx, path, on); err != nil {
		return db, err
	}
	if db.Write, err = sql.Open("sqlite", uri(path)+writer+on); err != nil {
		return db, err
	}
	db.Write.SetMaxOpenConns(1)
	if db.Read, err = sql.Open("sqlite", uri(path)+reader+on); err != nil {
		return db, errors.Join(err, db.Write.Close())
	}
	db.Read.SetMaxOpenConns(readers)
	return db, nil
}

// OpenReadOnly opens a database to look at, beside a program that writes to it.
// It must be of this program's version: it fails with a store.Fault, Newer or Older.
func OpenReadOnly(ctx context.Context, path string) (db *store.DB, err error) {
	db, behind, err := openToCopy(ctx, path)
	if err == nil && behind > 0 {
		err = errors.Join(&store.Fault{Code: store.Older, Path: path,
			Err: fmt.Errorf("%d steps behind this program", behind)}, db.Read.Close())
	}
	return db, err
}

// openToCopy is OpenReadOnly for a database of an older program too, of which it says
// how many steps it is behind.
func openToCopy(ctx context.Context, path string) (db *store.DB, behind int, err error) {
	db = &store.DB{Path: path, Writers: 1, Readers: readers, Begin: "BEGIN", View: "BEGIN",
		Fold: func(err error) error { return fold(path, err) }}
	if _, err := os.Stat(path); err != nil {
		return db, 0, &store.Fault{Code: store.Missing, Path: path, Err: err}
	}
	if err := whole(path); err != nil {
		return db, 0, err
	}
	if db.Read, err = sql.Open("sqlite", uri(path)+reader); err != nil {
		return db, 0, fold(path, err)
	}
	db.Read.SetMaxOpenConns(readers + 1) // and the one that elsewhere writes
	db.Write = db.Read
	done, names, err := version(ctx, db.Read)
	if err == nil && done > len(names) {
		err = &store.Fault{Code: store.Newer, Path: path,
			Err: fmt.Errorf("version %d, this program knows %d", done, len(names))}
	}
	if err != nil {
		return db, 0, errors.Join(fold(path, err), db.Read.Close())
	}
	return db, len(names) - done, nil
}

func uri(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// prepare makes sure that the file is one of ours, durable, and of this program's
// version. It has a connection of its own: statistics are read when one opens.
func prepare(ctx context.Context, path, on string) (err error) {
	db, err := sql.Open("sqlite", uri(path)+writer+on)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	var durable int
	if err := db.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&durable); err != nil {
		return err
	}
	var journal string
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&journal); err != nil {
		return err
	}
	if durable != 2 || journal != "wal" {
		return fmt.Errorf("synchronous is %d and the journal %s: an answer could be lost",
			durable, journal)
	}
	done, names, err := version(ctx, db)
	if err != nil {
		return err
	}
	switch {
	case done > len(names):
		return &store.Fault{Code: store.Newer, Path: path,
			Err: fmt.Errorf("version %d, this program knows %d", done, len(names))}
	case done == len(names):
		return nil
	case done > 0:
		if err := copyOf(ctx, db, fmt.Sprintf("%s.v%d", path, done)); err != nil {
			return err
		}
	}
	if err := migrate(ctx, db, names, done); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statistics)
	return err
}

// statistics tell SQLite what it cannot guess: that every row has the same wh,
// which leads each index, so that it alone selects nothing. Without them it scans
// whole tables.
const statistics = `
	ANALYZE;
	DELETE FROM sqlite_stat1;
	INSERT INTO sqlite_stat1 (tbl, idx, stat)
	SELECT m.name, l.name, n || (
		SELECT group_concat(CASE WHEN x.seqno = 0 THEN ' ' || n
			WHEN l."unique" = 1 AND x.seqno = (SELECT max(seqno) FROM pragma_index_info(l.name))
				THEN ' 1'
			WHEN x.seqno = 1 THEN ' 100' WHEN x.seqno = 2 THEN ' 10' ELSE ' 5' END, '')
		FROM pragma_index_info(l.name) x)
	FROM sqlite_schema m, pragma_index_list(m.name) l,
		(SELECT 0 AS part, '1000000' AS n UNION SELECT 1, '1000') p
	WHERE m.type = 'table' AND p.part = l.partial;
`

// version is how far the schema has come, and the steps that there are.
func version(ctx context.Context, db *sql.DB) (done int, names []string, err error) {
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&done); err != nil {
		return 0, nil, err
	}
	names, err = fs.Glob(migrations, "migrations/*.sql")
	return done, names, err
}

// migrate brings the schema forward, one transaction a step.
func migrate(ctx context.Context, db *sql.DB, names []string, done int) error {
	for i, name := range names[done:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		step := fmt.Sprintf("BEGIN; %s; PRAGMA user_version = %d; COMMIT", text, done+i+1)
		if _, err := db.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// copyOf writes a whole copy of the database, while work goes on. It does not
// overwrite.
func copyOf(ctx context.Context, db *sql.DB, to string) error {
	if _, err := os.Stat(to); err == nil {
		return nil // an earlier attempt made it
	}
	_, err := db.ExecContext(ctx, `VACUUM INTO ?`, to)
	return err
}

// Backup writes a whole and checked copy of the database at path into a new file,
// also while a station works on it, and of an older program's.
func Backup(ctx context.Context, path, to string) error {
	if _, err := os.Stat(to); err == nil {
		return &store.Fault{Code: store.Exists, Path: to, Err: fs.ErrExist}
	}
	db, _, err := openToCopy(ctx, path)
	if err != nil {
		return err
	}
	defer db.Read.Close()
	// A name of its own until it is whole: a backup cut short must not look like one.
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fold(to, err)
	}
	if err := vacuumInto(ctx, db.Read, part); err != nil {
		_ = os.Remove(part) // it may not have come so far
		return fold(to, err)
	}
	if err := Check(ctx, part); err != nil {
		return err
	}
	if err := flush(part); err != nil {
		return fold(to, err)
	}
	if err := os.Rename(part, to); err != nil {
		return fold(to, err)
	}
	return flush(filepath.Dir(to))
}

// vacuumInto copies through one connection, which may write into the copy. The
// database itself is open to read alone.
func vacuumInto(ctx context.Context, db *sql.DB, to string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM INTO ?`, to)
	return err
}

// Check looks through every page of the file.
func Check(ctx context.Context, path string) error {
	db, _, err := openToCopy(ctx, path)
	if err != nil {
		return err
	}
	defer db.Read.Close()
	var said string
	err = db.Read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said)
	if err == nil && said != "ok" {
		err = &store.Fault{Code: store.Damaged, Path: path, Err: errors.New(said)}
	}
	return fold(path, err)
}

// Full is the statement that makes a database as full as a disk with room for no
// more than its pages; Room gives the room back. They are for tests and scenarios.
const (
	Full = "PRAGMA max_page_count = 1"
	Room = "PRAGMA max_page_count = 4294967294"
)

// flush puts a file, or the names in a folder, on the disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(ignoreUnsupported(f.Sync()), f.Close())
}
