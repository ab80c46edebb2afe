package disk_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	_ "modernc.org/sqlite" // the driver registers itself

	"scanbay/sync/simtest/disk"
)

// What store/sqlite opens a database with.
const (
	full = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=foreign_keys(1)&_txlock=immediate"
	readOnly = "?_pragma=busy_timeout(5000)&mode=ro&_pragma=query_only(1)"
)

// Other ways to open it, which lose rows or take another path.
const (
	normal = "?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_txlock=immediate"
	off    = "?_pragma=journal_mode(wal)&_pragma=synchronous(off)&_txlock=immediate"
	roll   = "?_pragma=journal_mode(delete)&_pragma=synchronous(full)&_txlock=immediate"
	extra  = "?_pragma=journal_mode(delete)&_pragma=synchronous(extra)&_txlock=immediate"
)

const file = "/station/scanbay.db"

// disks is how many seeds a test tries: few in passing, many where SCANBAY_DISKS says so.
func disks(few int) uint64 {
	if n, err := strconv.Atoi(os.Getenv("SCANBAY_DISKS")); err == nil {
		return uint64(n)
	}
	return uint64(few)
}

func newDisk(t testing.TB, seed uint64) *disk.Disk {
	t.Helper()
	d := disk.New(seed)
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// open opens the database as params say, with so many connections at most, until the
// test is over or closes it.
func open(t testing.TB, d *disk.Disk, params string, conns int) *sql.DB {
	t.Helper()
	db := dial(t, d, params, conns)
	t.Cleanup(func() { _ = db.Close() }) // a crashed one says so
	return db
}

func dial(t testing.TB, d *disk.Disk, params string, conns int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+params+"&vfs="+d.Name())
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(conns)
	return db
}

// template is a database that has the table and nothing in it.
func template(t testing.TB) map[string][]byte {
	t.Helper()
	d := newDisk(t, 0)
	db := open(t, d, full, 1)
	exec(t, db, `CREATE TABLE scan (i INTEGER PRIMARY KEY, raw BLOB)`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return d.Image()
}

func exec(t testing.TB, db *sql.DB, q string, args ...any) {
	t.Helper()
	if _, err := db.Exec(q, args...); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
}

func number(t testing.TB, db interface {
	QueryRow(string, ...any) *sql.Row
}, q string) (n int) {
	t.Helper()
	if err := db.QueryRow(q).Scan(&n); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}

const (
	insert = `INSERT INTO scan VALUES (?, zeroblob(?))`
	count  = `SELECT count(*) FROM scan`
)

// whole says what is wrong with the database, or "ok".
func whole(db *sql.DB) string {
	var said string
	if err := db.QueryRow(`PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return err.Error()
	}
	return said
}

// A life is what became of the rows that a station answered before a crash.
type life struct {
	answered, found int
	whole           string
}

func (l life) bad() string {
	switch {
	case l.whole != "ok":
		return l.whole
	case l.found < l.answered:
		return fmt.Sprintf("%d of %d are left", l.found, l.answered)
	case l.found > l.answered+1:
		return fmt.Sprintf("%d of %d answered", l.found, l.answered)
	}
	return ""
}

// live works until a crash among the next changes, comes back, and looks. A reader,
// where there is one, sees what is answered and nothing else.
func live(t *testing.T, d *disk.Disk, params string, power bool, seed uint64) (l life) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	write, read := open(t, d, params, 1), open(t, d, readOnly, 4)
	if r.IntN(2) == 0 { // else the WAL never gets into the database
		exec(t, write, `PRAGMA wal_autocheckpoint = 8`)
	}
	l.answered = number(t, write, count)
	d.CrashIn(1+r.IntN(150), power)
	for !d.Crashed() {
		if _, err := write.Exec(insert, l.answered+1, r.IntN(9000)); err != nil {
			break
		}
		l.answered++
		var seen int
		err := read.QueryRow(count).Scan(&seen)
		if !d.Crashed() && (err != nil || seen != l.answered) {
			t.Errorf("seed %d: a reader sees %d of %d: %v", seed, seen, l.answered, err)
		}
	}
	_, _ = write.Close(), read.Close() // dead
	d.Reboot()
	again := open(t, d, params, 1)
	defer again.Close()
	if l.whole = whole(again); l.whole == "ok" {
		if err := again.QueryRow(count).Scan(&l.found); err != nil {
			l.whole = err.Error()
		}
	}
	return l
}

// lives tries seeds of two crashes each, and says in how many something was wrong.
func lives(t *testing.T, params string, power bool, seeds uint64) (bad int, first string) {
	t.Helper()
	start := template(t)
	for seed := range seeds {
		d := newDisk(t, seed)
		d.Load(start)
		for n := range uint64(2) {
			if what := live(t, d, params, power, seed*2+n).bad(); what != "" {
				if bad++; bad == 1 {
					first = fmt.Sprintf("seed %d: %s", seed, what)
				}
				break
			}
		}
	}
	return bad, first
}

func TestWhatProductionAnswersOutlivesThePower(t *testing.T) {
	for name, params := range map[string]string{"wal, full": full, "journal, extra": extra} {
		if bad, first := lives(t, params, true, disks(80)); bad > 0 {
			t.Errorf("%s: %d seeds: %s", name, bad, first)
		}
	}
}

// A test that finds nothing wrong with these would find nothing wrong with anything.
// With a journal, FULL leaves its deletion to the folder, which only EXTRA syncs.
func TestLessThanFullLoses(t *testing.T) {
	for name, params := range map[string]string{"wal, normal": normal, "wal, off": off,
		"journal, full": roll} {
		if bad, _ := lives(t, params, true, 40); bad == 0 {
			t.Errorf("%s: nothing is lost", name)
		}
	}
}

func TestAKillLosesNothing(t *testing.T) {
	for name, params := range map[string]string{"full": full, "off": off, "journal": roll} {
		if bad, first := lives(t, params, false, disks(30)); bad > 0 {
			t.Errorf("%s: %d seeds: %s", name, bad, first)
		}
	}
}

func TestALyingSyncLoses(t *testing.T) {
	start, bad, lies := template(t), 0, 0
	for seed := range uint64(30) {
		d := newDisk(t, seed)
		d.Load(start)
		d.LieSync(true)
		if live(t, d, full, true, seed).bad() != "" {
			bad++
		}
		lies += d.Stats().LyingSyncs
	}
	if bad == 0 || lies == 0 {
		t.Errorf("%d of 30 lost something by %d lies", bad, lies)
	}
}

func TestEveryFaultHappens(t *testing.T) {
	var sum disk.Stats
	start := template(t)
	for seed := range uint64(20) {
		d := newDisk(t, seed)
		d.Load(start)
		live(t, d, roll, true, seed)
		live(t, d, off, true, seed)
		s := d.Stats()
		sum.Kept += s.Kept
		sum.Dropped += s.Dropped
		sum.Torn += s.Torn
		sum.Reordered += s.Reordered
		sum.Undone += s.Undone
		if s.PowerCuts != 2 || s.Kills != 0 || s.Writes == 0 || s.Changes <= s.Writes+s.Syncs {
			t.Errorf("%+v", s)
		}
	}
	if min(sum.Kept, sum.Dropped, sum.Torn, sum.Reordered, sum.Undone) == 0 {
		t.Errorf("%+v", sum)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	d := newDisk(t, 1)
	db := open(t, d, full, 1)
	exec(t, db, `CREATE TABLE scan (i INTEGER PRIMARY KEY, raw BLOB)`)
	exec(t, db, insert, 1, 3000)
	d.FullAt(200_000)
	n := 1
	var err error
	for ; err == nil; n++ {
		_, err = db.Exec(insert, n+1, 3000)
	}
	n-- // the last one was refused
	if n < 10 || d.Stats().Full == 0 {
		t.Errorf("full after %d rows: %v, %+v", n, err, d.Stats())
	}
	if got := number(t, db, count); got != n || whole(db) != "ok" {
		t.Errorf("%d rows of %d, %s", got, n, whole(db))
	}
	size := 0
	for _, b := range d.Image() {
		size += len(b)
	}
	if size != 200_000 { // all that there is room for, but no row in half
		t.Errorf("%d bytes", size)
	}
	d.FullAt(0)
	exec(t, db, insert, n+1, 3000)
	d.Crash(true)
	_ = db.Close()
	d.Reboot()
	db = open(t, d, full, 1)
	if got := number(t, db, count); got != n+1 || whole(db) != "ok" {
		t.Errorf("%d rows of %d, %s", got, n+1, whole(db))
	}
}

// A commit whose sync fails is not answered; those before it and after it are there.
func TestAFailedSyncIsNoCommit(t *testing.T) {
	start, dropped := template(t), 0
	for seed := range disks(40) {
		d := newDisk(t, seed)
		d.Load(start)
		db := open(t, d, full, 1)
		d.FailSync(1 + int(seed%12))
		refused := 0
		for i := 1; i <= 12; i++ {
			if _, err := db.Exec(insert, i, 2000); err != nil {
				refused = i
			}
		}
		if d.Stats().FailedSyncs != 1 || refused == 0 {
			t.Fatalf("seed %d: row %d, %+v", seed, refused, d.Stats())
		}
		dropped += d.Stats().Dropped
		d.Crash(true)
		_ = db.Close()
		d.Reboot()
		db = open(t, d, full, 1)
		if got := number(t, db, count); got != 11 || whole(db) != "ok" {
			t.Errorf("seed %d: %d rows, %s", seed, got, whole(db))
		}
	}
	if dropped == 0 {
		t.Error("a failed sync drops nothing")
	}
}

// One machine, one day: what the disk does, its bytes included, is set by the seed.
func TestTheSameSeedIsTheSameDisk(t *testing.T) {
	defer disk.Seed(0)
	var before map[string][]byte
	for again := range 2 {
		disk.Seed(7)
		d := newDisk(t, 7)
		db := open(t, d, full, 1)
		exec(t, db, `CREATE TABLE scan (i INTEGER PRIMARY KEY, raw BLOB)`)
		d.CrashIn(80, true)
		for i := 1; !d.Crashed(); i++ {
			_, _ = db.Exec(insert, i, 900*i) // the last is cut
		}
		_ = db.Close()
		image := d.Image()
		if again == 0 {
			before = image
			continue
		}
		if len(image) != 2 || len(before) != 2 {
			t.Errorf("%d and %d files", len(before), len(image))
		}
		for name := range before {
			if string(image[name]) != string(before[name]) {
				t.Errorf("%s is another", name)
			}
		}
	}
}

// Readers and a writer beside each other, and the power goes at any time.
func TestManyGoroutines(t *testing.T) {
	start := template(t)
	for seed := range uint64(4) {
		d := newDisk(t, seed)
		d.Load(start)
		write, read := open(t, d, full, 1), open(t, d, readOnly, 4)
		exec(t, write, `PRAGMA wal_autocheckpoint = 16`)
		d.CrashIn(150, true)
		ended := make(chan error)
		for range 4 {
			go func() { ended <- watch(d, read) }()
		}
		answered := 0
		for !d.Crashed() {
			if _, err := write.Exec(insert, answered+1, 500); err == nil {
				answered++
			}
		}
		for range 4 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		_, _ = write.Close(), read.Close() // dead
		d.Reboot()
		again := open(t, d, full, 1)
		if n := number(t, again, count); n < answered || whole(again) != "ok" {
			t.Errorf("seed %d: %d of %d, %s", seed, n, answered, whole(again))
		}
	}
}

// watch reads until the crash: no row that was seen goes away, and none is missing.
func watch(d *disk.Disk, read *sql.DB) error {
	for seen := 0; !d.Crashed(); {
		var n, last int
		err := read.QueryRowContext(context.Background(),
			`SELECT count(*), coalesce(max(i), 0) FROM scan`).Scan(&n, &last)
		switch {
		case d.Crashed():
			return nil
		case err != nil:
			return err
		case n != last || n < seen:
			return errors.New(fmt.Sprint("a reader sees ", n, " up to ", last, " after ", seen))
		}
		seen = n
	}
	return nil
}
