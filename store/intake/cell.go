package intake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A format is what a style makes of a number.
type format struct {
	date  bool
	width int // of a code that is filled up with noughts
}

// formatsOf reads what the styles of a workbook make of numbers.
func formatsOf(f *excelize.File) (out []format) {
	for i := 0; ; i++ {
		style, err := f.GetStyle(i)
		if err != nil {
			return out // there are no more
		}
		out = append(out, formatOf(style))
	}
}

func formatOf(s *excelize.Style) (out format) {
	if s.CustomNumFmt == nil {
		out.date = builtInDate(s.NumFmt)
		return out
	}
	code := *s.CustomNumFmt
	if strings.Trim(code, "0") == "" {
		out.width = len(code)
	}
	// What is in quotes or brackets is said, and means nothing.
	code = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.`).ReplaceAllString(code, "")
	out.date = strings.ContainsAny(strings.ToLower(code), "ymdhs")
	return out
}

// builtInDate says whether a format that every program knows is one of dates or
// times; from 27 on they are those of East Asia.
func builtInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 ||
		id >= 50 && id <= 58
}

const (
	columnsMax   = 16_384    // of a sheet
	daysMax      = 2_958_466 // from 1900 to the year 10000
	exactMax     = 1e15      // a spreadsheet rounds to 15 digits
	notWorkedOut = "#CALC!"  // a formula that no program has worked out yet
	digitsKept   = 15 - 1    // behind the point of 1.23E+10
)

// isError says whether a cell holds what spreadsheets put where a formula gives no
// value. They export it too.
func isError(text string) bool {
	return text != "" && text[0] == '#' && errorText.MatchString(text)
}

var errorText = regexp.MustCompile(`^#(N/A|[A-Z0-9/_]+[!?])$`)

// number is a number as people see it, but whole: a date as a date, a code with
// its noughts, an amount without the trace of binary fractions. One that was
// rounded on its way shows its exponent.
func (w *workbook) number(text string, style int) string {
	x, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return text
	}
	var f format
	if style >= 0 && style < len(w.formats) {
		f = w.formats[style]
	}
	if f.date && x >= 0 && x < daysMax {
		return w.date(x)
	}
	rounded := strconv.FormatFloat(x, 'E', digitsKept, 64)
	if math.Abs(x) >= exactMax {
		return rounded
	}
	x, _ = strconv.ParseFloat(rounded, 64) // it was written by FormatFloat
	out := strconv.FormatFloat(x, 'f', -1, 64)
	if f.width > len(out) && isDigits(out) {
		out = strings.Repeat("0", f.width-len(out)) + out
	}
	return out
}

// date is a number of days as text.
func (w *workbook) date(days float64) string {
	t, err := excelize.ExcelDateToTime(days, w.from04)
	switch {
	case err != nil:
		return strconv.FormatFloat(days, 'f', -1, 64)
	case days < 1:
		return t.Format(time.TimeOnly)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// A cell is one on its way in.
type cell struct {
	column  int    // from 0
	kind    string // s: the number of a shared text; b, e, d, str, inlineStr; else a number
	style   int
	formula bool
	valued  bool // there is a text, if an empty one
	text    []byte
	reading bool // its text
	spoken  bool // the text is how another is spoken
}

// A sheetReader reads the rows of one sheet.
type sheetReader struct {
	book *workbook
	xml  *xml.Decoder
	record
	cell
	width int                // of the first row
	spans map[corner]int     // the last line that a cell is merged with
	above map[int]mergedCell // by column, as far as read
}

// A corner is the first cell of those that are merged.
type corner struct{ line, column int }

// A mergedCell says what the cells below it say, to the line until.
type mergedCell struct {
	text  string
	until int
}

// errSheet says that a sheet is not what it should be.
var errSheet = errors.New("not a sheet")

// records reads the rows of a sheet that are not blank. One that ends too early
// ends in a record that says why. The fields are the reader's: they hold until the
// next record.
func (w *workbook) records(part string) records {
	return func(yield func(record) bool) {
		r := &sheetReader{book: w, xml: w.decoder(part), spans: spans(w.data(part)),
			above: map[int]mergedCell{}}
		for {
			err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(record{line: r.line, why: bad(DamagedFile, "")})
				return
			}
			if filled(r.fields) == 0 {
				continue
			}
			r.spread()
			if !yield(r.record) {
				return
			}
		}
	}
}

// next reads a row. It ends with io.EOF behind the last.
func (r *sheetReader) next() error {
	r.fields, r.merged = r.fields[:0], nil
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return fmt.Errorf("before the end of the rows: %v", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = r.begin(t)
		case xml.CharData:
			if r.reading {
				r.text = append(r.text, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				return nil
			case "sheetData", "worksheet", "chartsheet", "dialogsheet", "macrosheet":
				return io.EOF
			}
			err = r.end(t.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) begin(t xml.StartElement) (err error) {
	switch t.Name.Local {
	case "row":
		r.line, r.column = r.line+1, -1
		if n := attribute(t, "r"); n != "" {
			r.line, err = strconv.Atoi(n)
		}
	case "c":
		r.cell = cell{column: r.column + 1, kind: attribute(t, "t"), text: r.text[:0]}
		if n := attribute(t, "s"); n != "" {
			if r.style, err = strconv.Atoi(n); err != nil {
				return err
			}
		}
		if at := attribute(t, "r"); at != "" {
			r.column, _, err = excelize.CellNameToCoordinates(at)
			r.column-- // it counts from 1
		}
	case "f":
		r.formula = true
	case "rPh":
		r.spoken = true
	case "v", "t":
		r.reading, r.valued = !r.spoken, true
	}
	return err
}

func (r *sheetReader) end(name string) error {
	switch name {
	case "rPh":
		r.spoken = false
	case "v", "t":
		r.reading = false
	case "c":
		text, err := r.says()
		if err != nil || text == "" {
			return err
		}
		if r.column < 0 || r.column >= columnsMax {
			return errSheet
		}
		r.widen(r.column + 1)
		r.fields[r.column] = text
	}
	return nil
}

func (r *sheetReader) widen(width int) {
	for len(r.fields) < width {
		r.fields = append(r.fields, "")
	}
}

// says is what the cell says, as text.
func (r *sheetReader) says() (string, error) {
	text := string(r.text)
	if text == "" {
		if r.formula && !(r.valued && r.kind == "str") {
			return notWorkedOut, nil
		}
		return "", nil
	}
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || i < 0 || i >= len(r.book.strings) {
			return "", errSheet
		}
		return r.book.strings[i], nil
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(text)], nil
	case "str", "inlineStr":
		return unescape(text), nil
	case "e", "d":
		return text, nil
	}
	return r.book.number(text, r.style), nil
}

// spread fills the cells that are merged with one above, and gives every row the
// fields of the first.
func (r *sheetReader) spread() {
	if r.width == 0 {
		r.width = len(r.fields)
	}
	r.widen(r.width)
	if len(r.spans) == 0 {
		return
	}
	for i, text := range r.fields {
		if until, begins := r.spans[corner{r.line, i}]; begins {
			r.above[i] = mergedCell{text, until}
			continue
		}
		if over := r.above[i]; text == "" && over.text != "" && over.until >= r.line {
			r.fields[i], r.merged = over.text, append(r.merged, i)
		}
	}
}

var mergeCell = regexp.MustCompile(`<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+):([A-Z]+\d+)"`)

// spans reads which cells are merged with those below them. It stands behind the
// rows, which need it.
func spans(sheet []byte) map[corner]int {
	out := map[corner]int{}
	sheet = sheet[max(0, bytes.LastIndex(sheet, []byte("sheetData"))):]
	for _, ref := range mergeCell.FindAllSubmatch(sheet, -1) {
		column, line, err := excelize.CellNameToCoordinates(string(ref[1]))
		_, until, err2 := excelize.CellNameToCoordinates(string(ref[2]))
		if err == nil && err2 == nil && until > line {
			out[corner{line, column - 1}] = until
		}
	}
	return out
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
