package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/tools/txtar"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// siteAt makes the fixture's warehouse at path, where more happened.
func siteAt(t *testing.T, path string, events []store.Event, more func(*storetest.Site)) {
	t.Helper()
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "s1")
		s.Record(append(storetest.Warehouse(), events...)...)
		more(s)
	})
}

// commanded runs a command in a language, at noon.
func commanded(t *testing.T, lang string, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), append([]string{"--lang", lang}, args...),
		&console{Out: &out, Err: &out, Now: func() time.Time { return storetest.Noon }})
	return out.String(), code
}

func TestAlertsAreListed(t *testing.T) {
	db, none := filepath.Join(t.TempDir(), "bay.db"), filepath.Join(t.TempDir(), "none.db")
	siteAt(t, db, storetest.Warned(), (*storetest.Site).Plan)
	siteAt(t, none, nil, (*storetest.Site).Plan)
	got := &txtar.Archive{}
	for _, text := range languages() {
		for name, args := range map[string][]string{"alerts": nil, "csv": {"--csv"}} {
			said, code := commanded(t, text.Tag(), append([]string{"alerts", "--db", db},
				args...)...)
			if code != 0 {
				t.Errorf("%s ends with %d: %s", name, code, said)
			}
			got.Files = append(got.Files, txtar.File{Name: text.Tag() + " " + name,
				Data: []byte(said)})
		}
		said, code := commanded(t, text.Tag(), "alerts", "--db", none)
		if strings.TrimSpace(said) != text.AlertsNone() || code != 0 {
			t.Errorf("nothing: %d %s", code, said)
		}
	}
	sameFiles(t, "testdata/report/alerts.txtar", got)
}

// sameFiles compares an archive with the one that is kept.
func sameFiles(t *testing.T, path string, got *txtar.Archive) {
	t.Helper()
	slices.SortFunc(got.Files, func(a, b txtar.File) int { return cmp.Compare(a.Name, b.Name) })
	if *update {
		must(t, os.WriteFile(path, txtar.Format(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := gocmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("%s: want -, got +:\n%s", path, diff)
	}
}

func TestAccuracyIsReported(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "bay.db")
	siteAt(t, db, storetest.Audited(), storetest.Scanned)
	got := &txtar.Archive{}
	for _, text := range languages() {
		for _, args := range []string{"", "--by week", "--by cause --from 2026-02-15",
			"--by operator", "--from 2027-01-01"} {
			line := append([]string{"report", "accuracy", "--db", db}, strings.Fields(args)...)
			said, code := commanded(t, text.Tag(), line...)
			if code != 0 {
				t.Errorf("%s ends with %d: %s", args, code, said)
			}
			name := strings.TrimSpace(text.Tag() + " " + args)
			got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(said)})
		}
	}
	sameFiles(t, "testdata/report/accuracy.txtar", got)
}

func TestAccuracyIsReportedInFiles(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "bay.db")
	siteAt(t, db, storetest.Audited(), storetest.Scanned)
	asCSV, asXLSX := filepath.Join(folder, "r.csv"), filepath.Join(folder, "r.xlsx")
	for _, args := range [][]string{{"--by", "cause", "--csv", asCSV},
		{"--by", "operator", "--xlsx", asXLSX}} {
		said, code := commanded(t, "en", append([]string{"report", "accuracy", "--db", db},
			args...)...)
		if code != 0 || !strings.Contains(said, args[3]) {
			t.Fatalf("%d: %s", code, said)
		}
	}
	text, err := os.ReadFile(asCSV)
	must(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	must(t, err)
	want := [][]string{{"cause", "adjustments", "lost", "worth", "gained", "worth"},
		{"damaged or wet", "1", "10", "10", "0", "0"}}
	if diff := gocmp.Diff(want, rows[:2]); diff != "" || len(rows) != 5 {
		t.Errorf("%d rows: want -, got +:\n%s", len(rows), diff)
	}
	book, err := excelize.OpenFile(asXLSX)
	must(t, err)
	defer book.Close()
	for name, want := range map[string][]string{
		"operators": {"101", "拣货一号", "16", "2", "0.125", "12", "0.2", "60"},
		"zones":     {"A", "5", "2", "0.4", "15", "12", "0.8"},
		"causes":    want[1],
	} {
		sheet, err := book.GetRows(name)
		must(t, err)
		if diff := gocmp.Diff(want, sheet[1]); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", name, diff)
		}
	}
}
