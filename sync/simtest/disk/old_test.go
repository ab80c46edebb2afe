package disk_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"scanbay/sync/simtest/disk"
)

// What was open before a crash, or before an image was loaded, fails in all it does,
// also in the middle of a transaction, and leaves the new files alone.
func TestWhatWasOpenIsDead(t *testing.T) {
	start := template(t)
	for name, strike := range map[string]func(*disk.Disk){
		"power": func(d *disk.Disk) { d.Crash(true); d.Reboot() },
		"kill":  func(d *disk.Disk) { d.Crash(false); d.Reboot() },
		"load":  func(d *disk.Disk) { d.Load(start) },
	} {
		d := newDisk(t, 1)
		d.Load(start)
		old := open(t, d, full, 1)
		conn, err := old.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{`BEGIN IMMEDIATE`, `INSERT INTO scan VALUES (99, 'dead')`} {
			if _, err := conn.ExecContext(context.Background(), q); err != nil {
				t.Fatal(err)
			}
		}
		strike(d)
		now := open(t, d, full, 1) // no lock of the dead is in its way
		exec(t, now, insert, 1, 10)
		before := d.Image()
		for _, q := range []string{`COMMIT`, `SELECT * FROM scan`, `PRAGMA user_version = 3`,
			`PRAGMA wal_checkpoint(truncate)`} {
			if _, err := conn.ExecContext(context.Background(), q); err == nil {
				t.Errorf("%s: %s works", name, q)
			}
		}
		_, _ = conn.Close(), old.Close() // dead
		for file, b := range d.Image() {
			if !bytes.Equal(b, before[file]) {
				t.Errorf("%s: the dead wrote to %s", name, file)
			}
		}
		if n := number(t, now, count); n != 1 || whole(now) != "ok" {
			t.Errorf("%s: %d rows, %s", name, n, whole(now))
		}
	}
}

func TestNothingOpensUntilReboot(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	d.Crash(true)
	db := open(t, d, full, 1)
	if err := db.Ping(); err == nil || !d.Crashed() {
		t.Error("it opens")
	}
	d.Reboot()
	if n := number(t, db, count); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// Disks that began with one image do not see each other's writes.
func TestAnImageIsShared(t *testing.T) {
	start := template(t)
	before := bytes.Clone(start[file])
	for seed := range uint64(3) {
		d := newDisk(t, seed)
		d.Load(start)
		db := open(t, d, full, 1)
		exec(t, db, insert, seed, 9000)
		exec(t, db, `PRAGMA wal_checkpoint(truncate)`)
		if n := number(t, db, count); n != 1 {
			t.Errorf("%d rows on disk %d", n, seed)
		}
		clone := newDisk(t, 9)
		clone.Load(d.Image())
		exec(t, db, insert, 100, 10)
		if n := number(t, open(t, clone, full, 1), count); n != 1 {
			t.Errorf("%d rows on the clone", n)
		}
	}
	if !bytes.Equal(start[file], before) {
		t.Error("the image changed")
	}
}

// A copy made by SQLite is a file beside the database, and outlives the power.
func TestACopyAndTemporaryFiles(t *testing.T) {
	d := newDisk(t, 1)
	d.Load(template(t))
	db := open(t, d, full, 1)
	for _, q := range []string{`PRAGMA temp_store = file`, `PRAGMA cache_size = 4`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 500)
			INSERT INTO scan SELECT i, randomblob(500) FROM n`,
		`CREATE INDEX raw ON scan (raw)`, `VACUUM`, `VACUUM INTO '/station/copy.db'`} {
		exec(t, db, q)
	}
	d.Crash(true)
	_ = db.Close()
	d.Reboot()
	d.Load(map[string][]byte{file: d.Image()["/station/copy.db"]})
	db = open(t, d, full, 1)
	if n := number(t, db, count); n != 500 || whole(db) != "ok" {
		t.Errorf("%d rows, %s", n, whole(db))
	}
}

func TestTheClock(t *testing.T) {
	d := newDisk(t, 1)
	at := time.Date(2026, 3, 1, 4, 5, 6, 0, time.UTC)
	d.SetClock(func() time.Time { return at })
	db := open(t, d, full, 1)
	for range 2 {
		var said string
		if err := db.QueryRow(`SELECT datetime('now')`).Scan(&said); err != nil ||
			said != at.Format(time.DateTime) {
			t.Errorf("%s: %v", said, err)
		}
		at = at.Add(time.Hour)
	}
}

func TestADiskInUseIsNotClosed(t *testing.T) {
	d := disk.New(1)
	db := open(t, d, full, 1)
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	if d.Close() == nil {
		t.Error("closed under a database")
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if d.Close() == nil {
		t.Error("closed twice")
	}
}

// A leak of one record alone would be 8 MB a round.
func TestDisksAreGivenBack(t *testing.T) {
	if _, err := os.Stat(statm); err != nil {
		t.Skip("this system does not tell what a process takes")
	}
	start := template(t)
	used := func(d *disk.Disk) {
		db := dial(t, d, full, 1)
		number(t, db, count)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cycles := func(n int) {
		for i := range n {
			d := disk.New(uint64(i))
			d.Load(start)
			if i%50 == 0 {
				used(d)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	least := math.MaxInt // the runtime's own tables grow too, but not each time
	for range 3 {
		before := resident(t)
		cycles(20_000)
		least = min(least, resident(t)-before)
	}
	if least > 2<<20 {
		t.Errorf("at least %d KB more each time", least>>10)
	}
}

const statm = "/proc/self/statm"

func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	debug.FreeOSMemory()
	text, err := os.ReadFile(statm)
	if err != nil {
		t.Fatal(err)
	}
	var size, pages int
	if _, err := fmt.Fscan(strings.NewReader(string(text)), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
