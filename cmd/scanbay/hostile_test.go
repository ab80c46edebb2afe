package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

// hostile sets a clipboard, clears a screen and turns text round, wherever it is obeyed.
const hostile = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\u009b2J\u202eb"

// wordColumns hold what somebody wrote, in any table.
func wordColumns() []string {
	return []string{"name", "short", "spec", "category", "brand", "supplier", "unit", "en", "zh",
		"customer", "buyer_remark", "seller_remark", "shop", "service", "province", "platform_no",
		"city", "address", "phone", "postcode", "country", "note", "lot", "serial", "waybill",
		"question", "answer", "partner", "no", "source", "truck", "dock", "signed", "code",
		"carrier"}
}

// spoil puts hostile text into every column of words of a database.
func spoil(t *testing.T, path string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	rows, err := db.Read.Query(`SELECT m.name, c.name FROM sqlite_schema m
		JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'`)
	must(t, err)
	var columns [][2]string
	for rows.Next() {
		var at [2]string
		must(t, rows.Scan(&at[0], &at[1]))
		columns = append(columns, at)
	}
	must(t, errors.Join(rows.Err(), rows.Close()))
	found := map[string]bool{}
	for _, at := range columns {
		if at[0] == "setting" || !slices.Contains(wordColumns(), at[1]) {
			continue
		}
		_, err := db.Write.Exec(fmt.Sprintf(`UPDATE %s SET %[2]s = %[2]s || ?`, at[0], at[1]),
			hostile)
		must(t, err)
		found[at[1]] = true
	}
	if len(found) != len(wordColumns()) {
		t.Errorf("columns of words: %v of %v", found, wordColumns())
	}
}

// steers is what a text holds that is not to be seen.
func steers(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || unicode.IsSpace(r) && r < ' ' || r == '\ufeff' {
			return -1
		}
		return r
	}, text)
}

// TestNoStoredTextSteersATerminal: people walk at random through a warehouse that is full of
// hostile names, in every language.
func TestNoStoredTextSteersATerminal(t *testing.T) {
	folder := t.TempDir()
	s, _, err := openDemo(t.Context(), folder, time.Now)
	must(t, err)
	must(t, errors.Join(plan(t.Context(), s), s.Close()))
	spoil(t, filepath.Join(folder, "demo", "scanbay.db"))
	s, key, err := openDemo(t.Context(), folder, time.Now)
	must(t, err)
	defer func() { must(t, s.Close()) }()
	clock := tuitest.NewClock(time.Now())
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("walk"), Source: "serial",
		Now: clock.Now})
	people := []string{"900\n9000\n", "101\n1234\n", "102\n1234\n"}
	for _, text := range languages() {
		sh := &tui.Shell{Store: s, Text: text, Languages: languages(), Theme: theme.Plain(),
			Clock: clock, Keyed: reader.Keyed}
		d := tuitest.Start(tui.New(sh, screens.New(sh, key)), func(raw []byte) scanner.Scan {
			scan, _ := reader.Frame(scanner.Frame{Raw: raw})
			return scan
		}, clock, 80, 24)
		chance, seen := rand.New(rand.NewPCG(1, 2)), map[string]bool{}
		for range 2500 {
			if strings.Contains(d.Screen(), text.SignInBadge()) {
				d.Type(people[chance.IntN(len(people))])
			}
			step(d, chance)
			screen := d.Screen()
			if seen[screen] = true; steers(screen) != "" {
				t.Fatalf("%q is drawn:\n%s", steers(screen), screen)
			}
		}
		named := 0
		for screen := range seen {
			if strings.Contains(screen, steerless) {
				named++
			}
		}
		if t.Logf("%d screens, %d with such names", len(seen), named); named == 0 {
			t.Error("the names are not seen")
		}
	}
}

// steerless is what is left of hostile where it does no harm.
const steerless = "]52;c;ZXZpbA==[2J2Jb"

// step is a key, or a scan of what the screen asks for, or of what it would refuse.
func step(d *tuitest.Driver, chance *rand.Rand) {
	keys := []string{"down", "up", "enter", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f9", "f11",
		"f12", "pgdown", "right", "left", "esc", "1", "2"}
	right, wrong := d.Asks()
	switch n := chance.IntN(len(keys) + 8); {
	case n < len(keys):
		d.Key(keys[n])
	case n == len(keys):
		d.Scan(wrong)
	default:
		d.Scan(right)
	}
}

// TestNoStoredTextSteersAPrintOrAFile: what is printed, and what a spreadsheet reads, holds
// names and nothing that obeys them.
func TestNoStoredTextSteersAPrintOrAFile(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "bay.db")
	tradedAt(t, db)
	refusedAt(t, db)
	spoil(t, db)
	names := 0
	for i, line := range []string{"report returns", "report returns --by reason",
		"report returns --by grade", "report returns --by customer", "report returns --by region",
		"report returns --by carrier", "report returns --by supplier", "report accuracy",
		"report accuracy --by cause", "report accuracy --by operator", "alerts", "alerts --csv",
		"trail 101", "trail TEA-500", "count list", "close", "loading", "loading --csv",
		"loading --json", "notices", "notices --csv", "notices --json",
	} {
		for _, file := range []string{"", "csv", "xlsx"} {
			args := append([]string{"--lang=zh"}, strings.Fields(line)...)
			path := filepath.Join(folder, fmt.Sprint(i, ".", file))
			switch {
			case file == "":
			case !strings.HasPrefix(line, "report") && (file != "csv" ||
				!strings.HasPrefix(line, "trail")):
				continue
			default:
				args = append(args, "--"+file, path)
			}
			var out bytes.Buffer
			code := run(t.Context(), append(args, "--db", db), &console{Out: &out, Err: &out,
				Now: func() time.Time { return storetest.Noon }})
			said := out.String()
			if file != "" && code == 0 {
				said += cells(t, path)
			}
			if odd := steers(said); code != 0 || odd != "" {
				t.Errorf("%s %s: %d, holds %q:\n%s", line, file, code, odd, said)
			}
			names += strings.Count(said, steerless)
		}
	}
	if t.Logf("%d such names", names); names == 0 {
		t.Error("the names are not there")
	}
}

// refusedAt has a label of hostile text refused.
func refusedAt(t *testing.T, path string) {
	t.Helper()
	s, _, err := site{DB: path}.open(t.Context(), func() time.Time { return storetest.Noon })
	must(t, err)
	err = s.Refuse(t.Context(), store.Gesture{Operator: "101", Scan: "x.1", Raw: []byte(hostile),
		Source: hostile, Mark: store.Mark{Text: hostile}},
		&store.Refusal{Code: store.WrongItem, Want: hostile, Got: hostile})
	if _, refused := store.RefusalOf(err); !refused {
		t.Fatal(err)
	}
	must(t, s.Close())
}

// cells is all that a file of a spreadsheet holds.
func cells(t *testing.T, path string) string {
	t.Helper()
	if strings.HasSuffix(path, ".csv") {
		return readFile(t, path)
	}
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	var out []string
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		must(t, err)
		out = append(out, slices.Concat(rows...)...)
	}
	return strings.Join(out, "\n")
}
