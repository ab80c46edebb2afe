package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

// badNames are what would be formulas in a spreadsheet, or break its cells.
var badNames = []string{"=1+1", "+1", "-1", "@x", "＝1", "a\x1b[2Jb", "\"quoted\", text"}

func TestTheListOfProblems(t *testing.T) {
	var report intake.Report
	var want [][]string
	for i, name := range badNames {
		p := intake.Problem{File: "f.csv", Line: i + 2, Column: "qty", Value: name,
			Reason: intake.BadNumber}
		report.Files = append(report.Files, intake.FileReport{Problems: []intake.Problem{p}})
	}
	for _, text := range languages() {
		problem, remedy := i18n.Wrong(text, report.Files[0].Problems[0])
		want = [][]string{wordsIn(text).ListHeader()}
		for i, value := range []string{"=1+1", "+1", "-1", "@x", "＝1", "a[2Jb",
			"\"quoted\", text"} {
			want = append(want, []string{"f.csv", fmt.Sprint(i + 2), "qty", value, "bad_number",
				problem, remedy})
		}
		folder := t.TempDir()
		for _, name := range []string{"list.csv", "list.xlsx"} {
			path := filepath.Join(folder, name)
			l, err := newProblemList(path, &console{Text: text})
			must(t, err)
			if written, err := l.write(report, false); err != nil || !written {
				t.Errorf("%v, %v", written, err)
			}
			if diff := cmp.Diff(want, readList(t, path)); diff != "" {
				t.Errorf("%s:\n%s", name, diff)
			}
		}
	}
}

// readList reads a list as a spreadsheet does: what it would take for a formula
// fails.
func readList(t *testing.T, path string) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	if strings.HasSuffix(path, ".xlsx") {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		must(t, err)
		for i, name := range []string{"D2", "D3", "D4", "D5"} {
			code, err := f.GetCellFormula("Sheet1", name)
			kind, kindErr := f.GetCellType("Sheet1", name)
			must(t, err)
			must(t, kindErr)
			if code != "" || kind != excelize.CellTypeInlineString {
				t.Errorf("%s is a formula: %q %v", badNames[i], code, kind)
			}
		}
		rows, err = f.GetRows("Sheet1")
		must(t, err)
		return rows
	}
	text, marked := strings.CutPrefix(string(data), "\ufeff")
	if !marked || !strings.Contains(text, "\r\n") {
		t.Error("spreadsheets do not know it for UTF-8")
	}
	rows, err = csv.NewReader(strings.NewReader(text)).ReadAll()
	must(t, err)
	for _, row := range rows {
		plain, quoted := strings.CutPrefix(row[3], "'")
		if !quoted && strings.ContainsAny(row[3][:1], "=+-@") {
			t.Errorf("a formula: %q", row[3])
		}
		row[3] = plain
	}
	return rows
}

func TestAListIsAskedFor(t *testing.T) {
	folder := t.TempDir()
	db, items := filepath.Join(folder, "bay.db"), filepath.Join(folder, "items.csv")
	must(t, os.WriteFile(items, []byte("sku,name\nA,a\n"), 0o644))
	there := filepath.Join(folder, "there.csv")
	must(t, os.WriteFile(there, []byte("mine"), 0o644))
	list := filepath.Join(folder, "list.csv")
	for _, text := range languages() {
		for _, step := range []struct {
			args, said string
			code       int
			lists      bool
		}{
			{"--report " + filepath.Join(folder, "list.txt"),
				wordsIn(text).NoList(filepath.Join(folder, "list.txt")), exitFailed, false},
			{"--report " + there, text.Faults()[store.Exists].Problem, exitFailed, false},
			{"--report " + filepath.Join(folder, "none", "list.csv"),
				text.Faults()[store.Missing].Problem, exitFailed, false},
			{"--map colour=X", "colour", exitFailed, false},
			{"--dry-run --report " + list, wordsIn(text).Listed(list), 0, true},
		} {
			args := append([]string{"--lang", text.Tag(), "import", "items", items, "--db", db},
				strings.Fields(step.args)...)
			said, code := ordered(t, func(int) {}, args...)
			if code != step.code || !strings.Contains(said, step.said) {
				t.Errorf("%s: %d: %s", step.args, code, said)
			}
			if err := os.Remove(list); (err == nil) != step.lists {
				t.Errorf("%s: the list: %v", step.args, err)
			}
		}
		if _, err := os.Stat(db); err == nil {
			t.Error("a dry run made a database")
		}
	}
	if said, code := ordered(t, func(int) {}, "import", "items", items, "--db", db, "--report",
		list); code != 0 || strings.Contains(said, list) {
		t.Errorf("%d: %s", code, said)
	}
	if _, err := os.Stat(list); err == nil {
		t.Error("a list of nothing")
	}
	if text, err := os.ReadFile(there); err != nil || string(text) != "mine" {
		t.Errorf("%q %v", text, err)
	}
}

func TestProgressIsSaidNowAndThen(t *testing.T) {
	var out bytes.Buffer
	now := time.Now()
	m := &meter{on: true, said: now, console: console{Err: &out, Text: i18n.English{},
		Now: func() time.Time { return now }}}
	for i := range int64(1000) {
		m.tell(i, 1000)
		now = now.Add(time.Millisecond)
	}
	m.clear()
	want := "\r\x1b[K250 of 1000 rows\r\x1b[K500 of 1000 rows\r\x1b[K750 of 1000 rows\r\x1b[K"
	if out.String() != want {
		t.Errorf("%q", out.String())
	}
	if newMeter(&m.console).on {
		t.Error("a pipe is taken for a terminal")
	}
}

// BenchmarkImport prints how long scans wait while a station takes files in.
func BenchmarkImport(b *testing.B) {
	for _, of := range []struct {
		kind string
		rows int
		text func(n int) string
	}{
		{"orders", 3_000, func(n int) string {
			return fmt.Sprintf("SO-%d,SKU-%06d,%d,9.9,张*,138****0000,某路 1 号\n", n/3, n, 1+n%5)
		}},
		{"items", 100_000, func(n int) string {
			return fmt.Sprintf("SKU-%06d,商品名称 %d,红色 XL,服装,9.9,T%d,500\n", n, n, n)
		}},
	} {
		header := map[string]string{"orders": "订单号,sku,数量,单价,收件人,电话,地址\n",
			"items": "sku,名称,规格,类目,单价,条码,重量\n"}[of.kind]
		b.Run(of.kind, func(b *testing.B) {
			text := strings.Builder{}
			text.WriteString(header)
			for n := range of.rows {
				text.WriteString(of.text(n))
			}
			for b.Loop() {
				path := filepath.Join(b.TempDir(), "f.csv")
				must(b, os.WriteFile(path, []byte(text.String()), 0o644))
				s, key, err := site{DB: path + ".db", Warehouse: "W1", Station: "S1", Zone: "UTC"}.
					open(b.Context(), time.Now)
				must(b, err)
				r, err := errand{Kind: of.kind}.do(b.Context(), s, key,
					[]intake.File{intake.OpenFile(path)})
				must(b, err)
				if !r.OK() {
					b.Fatal(r.Files[0].Problems[0])
				}
				must(b, s.Close())
			}
		})
	}
}
