package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/tools/txtar"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// tradedAt makes a site at path that has sent things and had some back.
func tradedAt(t *testing.T, path string) {
	t.Helper()
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "s1")
		s.Record(append(storetest.Warehouse(), storetest.Traded()...)...)
	})
}

// reported runs a command in a language.
func reported(t *testing.T, lang string, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), append([]string{"--lang", lang, "report", "returns"}, args...),
		&console{Out: &out, Err: &out, Now: func() time.Time { return storetest.Noon }})
	return out.String(), code
}

func TestReturnsAreReported(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	tradedAt(t, db)
	got := &txtar.Archive{}
	for _, text := range languages() {
		for _, args := range []string{"", "--by season", "--by reason --from 2026-01-01",
			"--by region --from 2026-02-01 --to 2026/2/14", "--by carrier --from 2027-01-01"} {
			said, code := reported(t, text.Tag(), append(strings.Fields(args), "--db", db)...)
			if code != 0 {
				t.Errorf("%s ends with %d", args, code)
			}
			name := strings.TrimSpace(text.Tag() + " " + args)
			got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(said)})
		}
	}
	const path = "testdata/report/returns.txtar"
	if *update {
		must(t, os.WriteFile(path, txtar.Format(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestReturnsAreReportedInFiles(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "bay.db")
	tradedAt(t, db)
	asCSV, asXLSX := filepath.Join(folder, "r.csv"), filepath.Join(folder, "r.xlsx")
	for flag, path := range map[string]string{"--csv": asCSV, "--xlsx": asXLSX} {
		said, code := reported(t, "en", "--by", "region", flag, path, "--db", db)
		if code != 0 || !strings.Contains(said, path) {
			t.Fatalf("%d: %s", code, said)
		}
		if said, code := reported(t, "en", flag, path, "--db", db); code != exitFailed {
			t.Errorf("a file is overwritten: %s", said)
		}
	}
	text, err := os.ReadFile(asCSV)
	must(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	must(t, err)
	want := [][]string{{"region", "name", "sent", "returned", "rate", "main reason",
		"main condition", "said: quality", "said: wrong size", "said: not said",
		"found: new, sealed", "found: damaged", "found: not inspected", "found: opened, unused"},
		{"浙江省", "", "308", "35", "0.11364", "quality", "new, sealed", "17", "10", "8", "13", "8",
			"7", "7"}}
	if diff := cmp.Diff(want, rows[:2]); diff != "" || len(rows) != 4 {
		t.Errorf("%d rows: want -, got +:\n%s", len(rows), diff)
	}
	book, err := excelize.OpenFile(asXLSX)
	must(t, err)
	defer book.Close()
	sheet, err := book.GetRows("returns")
	must(t, err)
	if diff := cmp.Diff(rows[:2], sheet[:2]); diff != "" {
		t.Errorf("CSV -, XLSX +:\n%s", diff)
	}
	if kind, err := book.GetCellType("returns", "D2"); err != nil ||
		kind == excelize.CellTypeInlineString {
		t.Errorf("35 pieces are text: %v %v", kind, err)
	}
	for name, want := range map[string][]string{
		"reason by condition": {"quality", "6", "3", "5", "3"},
		"trend":               {"2025-12-07", "11", "0", "0"},
		"hours":               {"review", "5", "5", "20"},
	} {
		sheet, err := book.GetRows(name)
		must(t, err)
		if diff := cmp.Diff(want, sheet[1]); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", name, diff)
		}
	}
}

func TestAReportThatCannotBe(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "bay.db")
	tradedAt(t, db)
	for _, text := range languages() {
		w := wordsIn(text)
		for args, want := range map[string]string{
			"--from yesterday":                      w.NoDay("yesterday"),
			"--from 2026-03-02 --to 2026-03-01":     w.NoDay("2026-03-02 > 2026-03-01"),
			"--csv " + folder + "/report.txt":       w.NoReport(folder+"/report.txt", ".csv"),
			"--xlsx " + folder + "/report.csv":      w.NoReport(folder+"/report.csv", ".xlsx"),
			"--warehouse BJ9":                       w.WhichWarehouse("BJ9"),
			"--csv " + folder + "/no/such/file.csv": text.Faults()[store.Missing].Problem,
		} {
			said, code := reported(t, text.Tag(), append(strings.Fields(args), "--db", db)...)
			if code != exitFailed || !strings.Contains(said, want) {
				t.Errorf("%s ends with %d: %s", args, code, said)
			}
		}
		if said, code := reported(t, text.Tag(), "--db", folder+"/none.db"); code != exitFailed ||
			!strings.Contains(said, "none.db") {
			t.Errorf("no database: %d %s", code, said)
		}
	}
	if _, code := reported(t, "en", "--by", "colour", "--db", db); code != exitUsage {
		t.Error("returns are counted by colour")
	}
	if left, err := filepath.Glob(folder + "/report.*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
