package disk_test

import (
	"database/sql"
	"errors"
	"slices"
	"testing"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Who does not wait hears at once that another has the lock.
const (
	atOnce     = "?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_txlock=immediate"
	rollAtOnce = "?_pragma=journal_mode(delete)&_pragma=synchronous(full)"
)

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func begin(t *testing.T, db *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() }) // where the test has not ended it
	return tx
}

func end(t *testing.T, tx *sql.Tx) {
	t.Helper()
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestTwoWritersConflict(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	a, b := open(t, d, atOnce, 1), open(t, d, atOnce, 1)
	exec(t, b, insert, 1, 10)
	tx := begin(t, a)
	if _, err := b.Exec(insert, 2, 10); code(err) != lib.SQLITE_BUSY {
		t.Errorf("a second writer: %v", err)
	}
	end(t, tx)
	exec(t, b, insert, 2, 10)
	if _, err := a.Exec(insert, 2, 10); code(err) != lib.SQLITE_CONSTRAINT_PRIMARYKEY {
		t.Errorf("a row twice: %v", err)
	}
}

func TestASnapshotStands(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	write, read := open(t, d, full, 1), open(t, d, readOnly, 4)
	exec(t, write, insert, 1, 10)
	tx := begin(t, read)
	if n := number(t, tx, count); n != 1 {
		t.Errorf("%d rows", n)
	}
	exec(t, write, insert, 2, 10)
	if n := number(t, tx, count); n != 1 {
		t.Errorf("%d rows after another's commit", n)
	}
	if n := number(t, read, count); n != 2 {
		t.Errorf("%d rows on another connection", n)
	}
	end(t, tx)
	if n := number(t, read, count); n != 2 {
		t.Errorf("%d rows after the snapshot", n)
	}
}

// Who has read what is no longer so may not write on top of it.
func TestAnOldSnapshotDoesNotWrite(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	a, b := open(t, d, "?_pragma=journal_mode(wal)", 1), open(t, d, atOnce, 1)
	tx := begin(t, a)
	number(t, tx, count)
	exec(t, b, insert, 1, 10)
	if _, err := tx.Exec(insert, 2, 10); code(err) != lib.SQLITE_BUSY_SNAPSHOT {
		t.Errorf("it wrote: %v", err)
	}
}

func TestACheckpointWaitsForReaders(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	write, read := open(t, d, atOnce, 1), open(t, d, readOnly, 4)
	exec(t, write, insert, 1, 10)
	tx := begin(t, read)
	number(t, tx, count)
	exec(t, write, insert, 2, 9000)
	const truncate = `PRAGMA wal_checkpoint(truncate)`
	if busy := number3(t, write, truncate); busy[0] != 1 {
		t.Errorf("with a reader: %v", busy)
	}
	before := d.Image()
	end(t, tx)
	if busy := number3(t, write, truncate); busy[0] != 0 {
		t.Errorf("without: %v", busy)
	}
	after := d.Image()
	if len(before[file+"-wal"]) == 0 || len(after[file+"-wal"]) != 0 ||
		len(after[file]) <= len(before[file]) {
		t.Errorf("the WAL has %d and %d bytes, the database %d and %d",
			len(before[file+"-wal"]), len(after[file+"-wal"]), len(before[file]), len(after[file]))
	}
	if n := number(t, read, count); n != 2 || whole(read) != "ok" {
		t.Errorf("%d rows, %s", n, whole(read))
	}
}

func number3(t *testing.T, db *sql.DB, q string) (n [3]int) {
	t.Helper()
	if err := db.QueryRow(q).Scan(&n[0], &n[1], &n[2]); err != nil {
		t.Fatal(err)
	}
	return n
}

// The last to close takes the WAL away, unless it may only read; shared memory is not
// among the files.
func TestTheFilesOfADatabase(t *testing.T) {
	for _, writerLast := range []bool{true, false} {
		d := newDisk(t, 1)
		d.Load(template(t))
		write, read := open(t, d, full, 1), open(t, d, readOnly, 1)
		exec(t, write, insert, 1, 10)
		number(t, read, count)
		if got := names(d.Image()); !slices.Equal(got, []string{file, file + "-wal"}) {
			t.Errorf("at work: %q", got)
		}
		ends, left := []*sql.DB{read, write}, []string{file}
		if !writerLast {
			ends, left = []*sql.DB{write, read}, []string{file, file + "-wal"}
		}
		for _, db := range ends {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
		if got := names(d.Image()); !slices.Equal(got, left) {
			t.Errorf("writer last %v: %q", writerLast, got)
		}
	}
}

func names(image map[string][]byte) (out []string) {
	for name := range image {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Who takes a database for itself holds it between transactions, until it closes.
func TestALockEndsWithItsConnection(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	alone := open(t, d, "?_pragma=locking_mode(exclusive)&_pragma=journal_mode(delete)", 1)
	exec(t, alone, insert, 1, 10)
	other := open(t, d, "?_pragma=busy_timeout(1)", 1)
	if err := other.QueryRow(count).Scan(new(int)); code(err) != lib.SQLITE_BUSY {
		t.Errorf("beside it: %v", err)
	}
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}
	if n := number(t, other, count); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// Without a WAL a writer keeps readers off only to commit, and they it.
func TestLocksOfAJournal(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	a, b, c := open(t, d, rollAtOnce, 1), open(t, d, rollAtOnce, 1), open(t, d, rollAtOnce, 1)
	number(t, a, count) // the WAL is given up by one that is alone
	number(t, b, count)
	write, read := begin(t, a), begin(t, b)
	if _, err := write.Exec(insert, 1, 10); err != nil {
		t.Fatal(err)
	}
	if n := number(t, read, count); n != 0 {
		t.Errorf("%d rows before the commit", n)
	}
	if _, err := c.Exec(insert, 2, 10); code(err) != lib.SQLITE_BUSY {
		t.Errorf("a second writer: %v", err)
	}
	if _, err := write.Exec(`COMMIT`); code(err) != lib.SQLITE_BUSY {
		t.Errorf("a commit beside a reader: %v", err)
	}
	if _, err := c.Exec(count); code(err) != lib.SQLITE_BUSY {
		t.Errorf("a reader beside a commit: %v", err)
	}
	end(t, read)
	end(t, write)
	if n := number(t, c, count); n != 1 {
		t.Errorf("%d rows after the commit", n)
	}
}
