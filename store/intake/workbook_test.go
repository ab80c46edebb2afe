package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// A book is a workbook that a test writes.
type book struct {
	*excelize.File
	t testing.TB
}

func newBook(t testing.TB) book { return book{excelize.NewFile(), t} }

func (b book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// put writes a cell in a number format; a raw text is written as the file has it.
func (b book) put(cell string, value any, numFmt string) {
	b.t.Helper()
	switch v := value.(type) {
	case raw:
		b.must(b.SetCellDefault("Sheet1", cell, string(v)))
	case formula:
		b.must(b.SetCellFormula("Sheet1", cell, string(v)))
	default:
		b.must(b.SetCellValue("Sheet1", cell, v))
	}
	style := &excelize.Style{CustomNumFmt: &numFmt}
	if numFmt == "" {
		style = &excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}}}
	}
	var id int
	if _, err := fmt.Sscan(numFmt, &id); err == nil && id > 0 {
		style = &excelize.Style{NumFmt: id}
	}
	n, err := b.NewStyle(style)
	b.must(err)
	b.must(b.SetCellStyle("Sheet1", cell, cell, n))
}

type (
	raw     string
	formula string
)

func (b book) bytes() []byte {
	b.t.Helper()
	var out bytes.Buffer
	b.must(b.Write(&out))
	return out.Bytes()
}

// table reads all rows of the sheet, with their lines.
func table(data []byte, sheet string) (out []string, p *Problem) {
	w, p := openWorkbook(data)
	if p != nil {
		return nil, p
	}
	part, p := w.choose(sheet)
	if p != nil {
		return nil, p
	}
	for r := range w.records(part) {
		if r.why != nil {
			return out, r.why
		}
		out = append(out, fmt.Sprintf("%d|%s", r.line, strings.Join(r.fields, "|")))
	}
	return out, nil
}

func TestACellIsReadAsPeopleSeeIt(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 30, 15, 0, time.UTC)
	cells := []struct {
		value  any
		format string
		want   string
	}{
		{"茶", "", "茶"}, {"007", "", "007"},
		{6901234567892, "", "6901234567892"}, {6901234567892, "0.00E+00", "6901234567892"},
		{raw("6.901234567892E12"), "", "6901234567892"}, {123, "00000", "00123"},
		{123456789012345, "", "123456789012345"},
		{raw("1234567890123456"), "", "1.23456789012346E+15"},
		{raw("1000000000000000"), "", "1.00000000000000E+15"},
		{raw("2.5499999999999998"), "#,##0.00", "2.55"}, {0.1 + 0.2, "", "0.3"},
		{0.00001, "", "0.00001"}, {-3, "#,##0;[Red]-#,##0", "-3"}, {0.25, "10", "0.25"},
		{true, "", "TRUE"}, {false, "", "FALSE"},
		{noon, "14", "2026-03-01 12:30:15"}, {46082, "14", "2026-03-01"},
		{46082, "31", "2026-03-01"}, {46082, "57", "2026-03-01"},
		{46082, `yyyy"年"m"月"d"日"`, "2026-03-01"}, {noon, "m/d/yy h:mm", "2026-03-01 12:30:15"},
		{46082, `[$-804]yyyy"年"m"月";@`, "2026-03-01"}, {0.5, "h:mm", "12:00:00"},
		{46082, `"days" 0`, "46082"}, {46082, "[Red]0", "46082"}, {46082, "", "46082"},
		{"by hand", "14", "by hand"}, {-1, "14", "-1"},
		{raw("1E+99"), "14", "1.00000000000000E+99"},
		{formula("1+1"), "", "#CALC!"}, {"a\nb", "", "a\nb"},
	}
	b := newBook(t)
	var want []string
	for i, c := range cells {
		b.put(fmt.Sprintf("A%d", i+1), c.value, c.format)
		want = append(want, fmt.Sprintf("%d|%s", i+1, c.want))
	}
	got, p := table(b.bytes(), "")
	if diff := cmp.Diff(want, got); diff != "" || p != nil {
		t.Errorf("%v\n%s", p, diff)
	}
}

func TestDatesOfTheOtherEpoch(t *testing.T) {
	b := newBook(t)
	yes := true
	b.must(b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	b.put("A1", raw("44620"), "14")
	got, p := table(b.bytes(), "")
	if p != nil || got[0] != "1|2026-03-01" {
		t.Errorf("%q %v", got, p)
	}
}

// worn is a workbook of which one part is replaced, as another program might write
// it, or a hand break it.
func worn(t testing.TB, part, text string) []byte {
	t.Helper()
	b := newBook(t)
	b.put("A1", "sku", "")
	z, err := zip.NewReader(bytes.NewReader(b.bytes()), int64(len(b.bytes())))
	b.must(err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		b.must(err)
		data, err := io.ReadAll(r)
		b.must(err)
		if f.Name == part {
			data = []byte(text)
		}
		to, err := w.Create(f.Name)
		b.must(err)
		_, err = to.Write(data)
		b.must(err)
	}
	b.must(w.Close())
	return out.Bytes()
}

func TestASheetAsOtherProgramsWriteIt(t *testing.T) {
	const part = "xl/worksheets/sheet1.xml"
	for _, c := range []struct {
		name, xml string
		want      []string
		reason    ReasonCode
	}{
		{"without places", `<worksheet><sheetData><row><c t="str"><v>a</v></c><c/>` +
			`<c><v>1</v></c></row><row/><row><c t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r>` +
			`<rPh><t>x</t></rPh></is></c></row></sheetData></worksheet>`,
			[]string{"1|a||1", "3|bc||"}, ""},
		{"with a prefix", `<x:worksheet><x:sheetData><x:row r="5"><x:c r="B5" t="e">` +
			`<x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>`, []string{"5||#N/A"}, ""},
		{"merged", `<worksheet><sheetData><row r="1"><c t="str"><v>a</v></c><c t="str">` +
			`<v>b</v></c></row><row r="2"><c><v>1</v></c><c><v>2</v></c></row>` +
			`<row r="3"><c/><c><v>3</v></c></row><row r="4"><c/></row>` +
			`<row r="5"><c r="B5"><v>4</v></c></row></sheetData>` +
			`<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B5:C9"/></mergeCells>` +
			`</worksheet>`,
			[]string{"1|a|b", "2|1|2", "3|1|3", "5||4"}, ""},
		{"empty text", `<worksheet><sheetData><row><c t="str"><f>""</f><v></v></c><c><v>1</v></c>` +
			`</row></sheetData></worksheet>`, []string{"1||1"}, ""},
		{"cut in a row", `<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2`,
			[]string{"1|1"}, DamagedFile},
		{"cut between rows", `<worksheet><sheetData><row><c><v>1</v></c></row>`,
			[]string{"1|1"}, DamagedFile},
		{"bad character", `<worksheet><sheetData><row><c><v>1</v></c></row><row>` + "\x01" +
			`</row></sheetData></worksheet>`, []string{"1|1"}, DamagedFile},
		{"a text that is not there", `<worksheet><sheetData><row><c t="s"><v>99</v></c></row>` +
			`</sheetData></worksheet>`, nil, DamagedFile},
		{"a column beyond the last", `<worksheet><sheetData><row><c r="ZZZZ1"><v>9</v></c></row>` +
			`</sheetData></worksheet>`, nil, DamagedFile},
		{"what XML cannot hold", `<worksheet><sheetData><row><c t="str">` +
			`<v>_x0001__x005F_x0041_</v></c></row></sheetData></worksheet>`,
			[]string{"1|\x01_x0041_"}, ""},
		{"not worked out", `<worksheet><sheetData><row><c><f>1</f></c><c><f>1</f><v></v></c>` +
			`<c t="str"><f>1</f></c></row></sheetData></worksheet>`,
			[]string{"1|#CALC!|#CALC!|#CALC!"}, ""},
		{"no rows", `<worksheet></worksheet>`, nil, EmptyFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, p := table(worn(t, part, c.xml), "")
			reason := ReasonCode("")
			if p != nil {
				reason = p.Reason
			}
			if diff := cmp.Diff(c.want, got); diff != "" || reason != c.reason {
				t.Errorf("%v\n%s", p, diff)
			}
		})
	}
}

func TestOfSeveralSheetsOneIsMeant(t *testing.T) {
	b := newBook(t)
	for _, name := range []string{"说明", "Orders", "lists"} {
		_, err := b.NewSheet(name)
		b.must(err)
	}
	b.must(b.SetCellValue("Orders", "B2", "here"))
	b.must(b.SetCellValue("lists", "A1", "hidden"))
	b.must(b.SetSheetVisible("lists", false))
	for _, c := range []struct {
		sheet, want string
		p           *Problem
	}{
		{"", "2||here", nil}, {" orders", "2||here", nil}, {"lists", "1|hidden", nil},
		{"Order", "", &Problem{Value: "Order", Reason: WhichSheet, Want: "Sheet1, 说明, Orders"}},
	} {
		got, p := table(b.bytes(), c.sheet)
		if strings.Join(got, "\n") != c.want || !cmp.Equal(p, c.p) {
			t.Errorf("%q: %q %v", c.sheet, got, p)
		}
	}
	b.must(b.SetCellValue("说明", "A1", "read me"))
	_, p := table(b.bytes(), "")
	if want := bad(WhichSheet, "说明, Orders"); !cmp.Equal(p, want) {
		t.Errorf("%v, want %v", p, want)
	}
}

func TestAWorkbookThatIsCutIsDamaged(t *testing.T) {
	b := newBook(t)
	for i := range 50 {
		b.put(fmt.Sprintf("A%d", i+1), fmt.Sprint("text ", i), "")
	}
	whole := b.bytes()
	for n := len(zipMagic); n < len(whole); n += 97 {
		if _, p := table(whole[:n], ""); p == nil || p.Reason != DamagedFile {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(whole), p)
		}
	}
}

// FuzzWorkbook reads workbooks with a byte altered: each ends in rows or in words.
func FuzzWorkbook(f *testing.F) {
	b := newBook(f)
	b.put("A1", "sku", "")
	b.put("A2", 46082, "14")
	whole := b.bytes()
	for at := 0; at < len(whole); at += 31 {
		f.Add(at, byte(0x55))
	}
	f.Fuzz(func(t *testing.T, at int, with byte) {
		data := bytes.Clone(whole)
		data[max(at, -at)%len(data)] ^= with
		if got, p := table(data, ""); p == nil && len(got) == 0 {
			t.Errorf("neither rows nor a problem: %q", got)
		}
	})
}

func TestWhatWouldUnpackToTooMuch(t *testing.T) {
	packed := func(parts int, size uint64) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for i := range parts {
			_, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprint("xl/", i), Method: zip.Deflate,
				UncompressedSize64: size})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, data := range map[string][]byte{"one part": packed(1, 1<<40),
		"all parts": packed(100, unzippedMax/50), "past all numbers": packed(3, 1<<63),
		"so many parts": packed(partsMax+1, 0)} {
		if _, p := openWorkbook(data); p == nil || p.Reason != TooLarge {
			t.Errorf("%s: %v", name, p)
		}
	}
	if _, p := openWorkbook(packed(3, 10)); p == nil || p.Reason != NotATable {
		t.Errorf("a zip of something else: %v", p)
	}
}

func TestWhatIsNoWorkbookAnyMore(t *testing.T) {
	b := newBook(t)
	b.put("A1", "sku", "")
	var out bytes.Buffer
	b.must(b.Write(&out, excelize.Options{Password: "secret"}))
	tk := &taking{}
	if p := tk.read(out.Bytes()); p == nil || p.Reason != Password {
		t.Errorf("with a password: %v", p)
	}
	if p := tk.read([]byte(oleMagic + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k")); p == nil ||
		p.Reason != OldFormat {
		t.Errorf("of another time: %v", p)
	}
}
