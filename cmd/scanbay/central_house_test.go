//go:build linux

package main

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"scanbay/store/sqlite"
)

// TestAHouseOfTwoWarehouses: central listens at one address of several, serves two
// warehouses from one database, and what is done to it is done to both.
func TestAHouseOfTwoWarehouses(t *testing.T) {
	h := &served{t: t, folder: t.TempDir(), url: "https://127.0.0.2:0"}
	db := filepath.Join(h.folder, "central.db")
	warehouse := func(name string) {
		h.args = []string{"--db", db, "--warehouse", name}
		h.start()
	}
	warehouse("HZ1")
	h.ask("stations", "list")
	h.stop(syscall.SIGTERM)
	warehouse("bj1")
	for _, lang := range languages() {
		said, code := runProgram(t, "--lang", lang.Tag(), "stations", "list", "--warehouse", "BJ9",
			"--admin", db+".admin")
		if want := wordsIn(lang).NoWarehouse("BJ9"); code != exitFailed ||
			said != "scanbay: "+want+"\n" {
			t.Errorf("an unknown warehouse: %d: %s, want %s", code, said, want)
		}
	}
	h.enroll("S1", filepath.Join(h.folder, "s1.db"), "--warehouse", "BJ1")
	served, alone := filepath.Join(h.folder, "1.db"), filepath.Join(h.folder, "2.db")
	h.do("backup", "--verify", "--db", db, served)
	h.stop(syscall.SIGTERM)
	h.do("backup", "--verify", "--db", db, alone)
	fresh := filepath.Join(h.folder, "restored.db")
	h.do("restore", alone, "--db", fresh)
	backed, err := sqlite.OpenReadOnly(t.Context(), fresh)
	must(t, err)
	all, err := storesOf(t.Context(), backed, time.Now)
	must(t, err)
	if len(all) != 2 || all[0].Identity().Warehouse != "BJ1" {
		t.Errorf("it has %d warehouses", len(all))
	}
	must(t, backed.Close())
}

// TestAKilledServerLeavesNoSnapshots: they hold who gets parcels, and what is kept of PINs.
func TestAKilledServerLeavesNoSnapshots(t *testing.T) {
	h := serve(t)
	h.enroll("S2", filepath.Join(h.folder, "s2.db"))
	h.stop(syscall.SIGKILL)
	left := func(pattern string) []string {
		names, err := filepath.Glob(filepath.Join(h.folder, pattern))
		must(t, err)
		return names
	}
	if len(left("*snapshots*")) == 0 {
		t.Fatal("it made no snapshot")
	}
	h.start()
	if names := left("*snapshots*/*"); len(names) > 0 {
		t.Errorf("it keeps %q", names)
	}
	h.stop(syscall.SIGTERM)
	if names := append(left("*snapshots*"), left("*import*")...); len(names) > 0 {
		t.Errorf("it left %q", names)
	}
}

// TestAServerEndsThoughSomebodyIsSlow: that is no failure.
func TestAServerEndsThoughSomebodyIsSlow(t *testing.T) {
	begun, late := make(chan bool), make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(begun)
		<-late
	}))
	go func() {
		if said, err := http.Get(server.URL); err == nil {
			_ = said.Body.Close()
		}
	}()
	<-begun
	if err := end(t.Context(), server.Config, time.Millisecond); err != nil {
		t.Error(err)
	}
	close(late)
}

func TestASecretIsWrittenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	stat := func() fs.FileInfo {
		info, err := os.Stat(path)
		must(t, err)
		return info
	}
	must(t, writeSecret(path, "a"))
	first := stat()
	if first.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", first.Mode())
	}
	must(t, writeSecret(path, "a"))
	if !os.SameFile(first, stat()) {
		t.Error("it is written though it is the same")
	}
	must(t, writeSecret(path, "b"))
	if names := inFolder(t, filepath.Dir(path)); readFile(t, path) != `"b"` || len(names) != 1 {
		t.Errorf("%s in %q", readFile(t, path), names)
	}
}

// TestNamesAreCapitals: central knows a warehouse and a station by capitals, and so do they
// themselves.
func TestNamesAreCapitals(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bay.db")
	for _, s := range []site{{Warehouse: "bj1", Station: "pack1"},
		{Warehouse: "x y", Station: "?"}} {
		s.DB, s.Zone = path, "Asia/Shanghai"
		opened, _, err := s.open(t.Context(), time.Now)
		must(t, err) // the second time they are those of the database
		if id := opened.Identity(); id.Warehouse != "BJ1" || id.Author != "PACK1" {
			t.Errorf("it is %+v", id)
		}
		must(t, opened.Close())
	}
	for _, lang := range languages() {
		for _, args := range [][]string{{"station", "--station", "pack 1"},
			{"station", "--warehouse", "仓"}, {"central", "--warehouse", "../x"}} {
			folder := t.TempDir()
			said, code := runProgram(t, append([]string{"--lang", lang.Tag(), args[0], "--db",
				filepath.Join(folder, "bay.db")}, args[1:]...)...)
			if want := wordsIn(lang).BadName(args[2]); code != exitFailed ||
				!strings.Contains(strings.ToLower(said), strings.ToLower(want)) {
				t.Errorf("%q: %d: %s, want %s", args, code, said, want)
			}
			if names := inFolder(t, folder); args[0] == "station" && len(names) > 0 {
				t.Errorf("%q left %q", args, names)
			}
		}
	}
}

// TestABackupOfNobodyIsNotRestored: what cannot be gone on with is not copied.
func TestABackupOfNobodyIsNotRestored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bay.db")
	db, err := sqlite.Open(t.Context(), path)
	must(t, errors.Join(err, db.Close()))
	fresh := filepath.Join(t.TempDir(), "new.db")
	if said, code := runProgram(t, "restore", path, "--db", fresh); code != exitFailed {
		t.Errorf("%d: %s", code, said)
	}
	if _, err := os.Stat(fresh); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it was restored all the same")
	}
}
