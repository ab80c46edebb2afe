package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// countedAt makes a site at path where two bins were counted today: one is as its book, of
// the other two pieces are lost; a third was found short.
func countedAt(t *testing.T, path string) {
	t.Helper()
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "S1")
		at := storetest.Noon.UnixMilli()
		s.Record(append(storetest.Warehouse(), storetest.Has("A-01-01", "TEA-500", 9),
			storetest.Has("A-01-02", "CUP-02", 4),
			store.VarianceRuled{First: "c1", Count: "c1", Place: "bin/A-01-01",
				State: store.VarianceNone, At: at},
			store.CountDone{Count: "c1", Place: "bin/A-01-01", At: at, Sure: true},
			store.CountDone{Count: "c2", Place: "bin/A-01-02", At: at, Sure: true},
			store.StockAdjusted{About: "c2", Count: "c2", Place: "bin/A-01-02",
				State: store.VarianceAdjusted, Cause: "lost", By: "900", And: "901",
				Worth: -2 * store.MoneyUnit, At: at, Lines: []store.Adjustment{{
					Place: "bin/A-01-02", Batch: store.Batch{Item: "CUP-02"}, N: -2}}},
			store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: "d1", Of: store.BelowZero,
				Place: "bin/B-07-01", Item: "CUP-02", N: 1, At: at}})...)
		by := s.By("101", "A-01-01")
		by.Raw, by.Source = []byte("SBBA-01-013"), "serial"
		s.Must(s.Write(t.Context(), by, func(tx *store.Tx) error {
			return tx.Record(store.ScanNoted{About: "c1", Text: "A-01-01"})
		}))
		s.Code(s.Refuse(t.Context(), s.By("101", "6900"), &store.Refusal{Code: store.NotFound,
			Got: "6900"}))
	})
}

// atShell runs a command in a language, on storetest's day.
func atShell(t *testing.T, lang string, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), append([]string{"--lang", lang}, args...),
		&console{Out: &out, Err: &out, Now: func() time.Time { return storetest.Noon }})
	return out.String(), code
}

func TestTheDayIsClosedAndFollowed(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	countedAt(t, db)
	got := &txtar.Archive{}
	for _, text := range languages() {
		for _, args := range []string{"close", "close --day 2026-02-28", "trail bin/A-01-02",
			"trail a-01-02", "trail 6900", "trail 900 --from 2026-03-01", "trail NOBODY",
			"trail 900 --to 2026-02-28"} {
			said, _ := atShell(t, text.Tag(), append(strings.Fields(args), "--db", db)...)
			got.Files = append(got.Files, txtar.File{Name: text.Tag() + " " + args,
				Data: []byte(said)})
		}
	}
	const path = "testdata/report/close.txtar"
	if *update {
		must(t, os.WriteFile(path, txtar.Format(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestATrailIsWrittenIntoAFile(t *testing.T) {
	folder := t.TempDir()
	db, file := filepath.Join(folder, "bay.db"), filepath.Join(folder, "cups.csv")
	countedAt(t, db)
	if said, code := atShell(t, "en", "trail", "CUP-02", "--csv", file, "--db", db); code != 0 {
		t.Fatal(said)
	}
	text, err := os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(text), "stock adjusted,lost") {
		t.Errorf("it says %s", text)
	}
	for _, bad := range []string{file, filepath.Join(folder, "cups.txt")} {
		if said, code := atShell(t, "en", "trail", "CUP-02", "--csv", bad, "--db", db); code == 0 {
			t.Errorf("%s: %s", bad, said)
		}
	}
}

// Given a printed end of a log, a row that somebody alters so that all of the chain follows
// from it is found: between which ends, and beside a copy, which row.
func TestAPrintedEndTellsWhatWasAltered(t *testing.T) {
	folder := t.TempDir()
	db, old := filepath.Join(folder, "bay.db"), filepath.Join(folder, "old.db")
	countedAt(t, db)
	copied, err := os.ReadFile(db)
	must(t, err)
	must(t, os.WriteFile(old, copied, 0o600))
	var first, last string
	s, err := sqlite.Open(t.Context(), db)
	must(t, err)
	open, err := store.New(t.Context(), s, "b", func() time.Time { return storetest.Noon })
	must(t, err)
	facts, err := store.Get(t.Context(), open, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("S1", 1, 0, 99)
	})
	must(t, err)
	n := len(facts)
	first = headText(store.Head{Author: "S1", Epoch: 1, Seq: 5, Hash: facts[4].Hash})
	last = headText(store.Head{Author: "S1", Epoch: 1, Seq: int64(n), Hash: facts[n-1].Hash})
	if said, code := atShell(t, "en", "verify", db, "--head", first, "--head", last); code != 0 {
		t.Fatal(said)
	}
	// Somebody was refused; now it reads as if it had been another.
	facts[n-1].Bytes = bytes.Replace(facts[n-1].Bytes, []byte(`"operator":"101"`),
		[]byte(`"operator":"102"`), 1)
	made := store.Retell(facts, -1, "")[n-1]
	must(t, open.Alter(t.Context(), fmt.Sprintf(
		"UPDATE event SET operator = '102', bytes = X'%s', hash = X'%s' WHERE seq = %d",
		hex.EncodeToString(made.Bytes), hex.EncodeToString(made.Hash), n)))
	must(t, open.Close())
	if said, code := atShell(t, "en", "verify", db); code != 0 {
		t.Errorf("the chain was made anew: %s", said)
	}
	said, code := atShell(t, "en", "verify", db, "--head", last, "--head", first)
	if want := fmt.Sprintf("a row from 6 to %d is not", n); code == 0 ||
		!strings.Contains(said, want) {
		t.Errorf("%d: %s", code, said)
	}
	said, code = atShell(t, "en", "verify", old, db)
	if want := fmt.Sprintf("apart: event S1 1.%d:", n); code == 0 || !strings.Contains(said, want) {
		t.Errorf("%d: %s", code, said)
	}
	for _, bad := range []string{"S1", "S1:1:x:0011223344556677", "S1:1:5:00", "S1:1:5:zz"} {
		if said, code := atShell(t, "en", "verify", db, "--head", bad); code == 0 {
			t.Errorf("%s is taken: %s", bad, said)
		}
	}
}

// A station's file lies beside its database, whatever was scanned, and replaces none.
func TestAStationsFileLiesBesideItsDatabase(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	countedAt(t, db)
	c := &console{Now: func() time.Time { return storetest.Noon }}
	s, err := look(t.Context(), db, c.Now)
	must(t, err)
	defer s.Close()
	st := &station{console: c, store: s}
	known := map[string]bool{}
	for _, name := range []string{"trail-A-01-01", "trail-A-01-01", "../../x\x00", "龙井",
		strings.Repeat("9", 4000)} {
		path, err := st.export(name, [][]string{{"a"}, {"b"}})
		must(t, err)
		if _, err := os.Stat(path); err != nil || known[path] ||
			filepath.Dir(path) != filepath.Dir(db) {
			t.Errorf("%s: %s %v", name, path, err)
		}
		known[path] = true
	}
}
