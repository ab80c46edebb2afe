//go:build linux

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/sqlite"
)

// TestARestoredStationKnowsItsPINs: a station whose disk is an older one begins anew from
// central's tables, and its people sign in as before.
func TestARestoredStationKnowsItsPINs(t *testing.T) {
	h := serve(t)
	db := h.enroll("S2", filepath.Join(h.folder, "s2.db"))
	old, err := os.ReadFile(db)
	must(t, err)
	station := func() *desk { return sit(t, 60, 20, "--lang=en", "station", "--db", db) }
	d := station()
	d.signIn("102", "1234")
	d.shows("unsent 0")
	must(t, d.end(syscall.SIGTERM))
	for _, name := range []string{db + "-wal", db + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	before := epochOf(t, db)
	must(t, os.WriteFile(db, old, 0o600))
	d = station()
	for late := time.Now().Add(patience); epochOf(t, db) == before; {
		if time.Now().After(late) {
			t.Fatal("it does not begin anew")
		}
	}
	d.signIn("102", "1234")
	d.shows("Pick")
	must(t, d.end(syscall.SIGTERM))
	h.stop(syscall.SIGTERM)
	h.do("verify", filepath.Join(h.folder, "central.db"), db)
}

func epochOf(t *testing.T, path string) int64 {
	t.Helper()
	db, err := sqlite.OpenReadOnly(t.Context(), path)
	must(t, err)
	ids, err := store.Identities(t.Context(), db)
	must(t, errors.Join(err, db.Close()))
	return ids[0].Epoch
}
