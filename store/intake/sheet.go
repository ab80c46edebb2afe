package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A column is one that a kind of file may have.
type column struct {
	name string // in English; problems say it where the file lacks the column
	also string // other headers, with blanks between
	read reader // nil: the column is known, and not read
	is   trait
}

// A trait is what holds for a column.
type trait uint8

const (
	may   trait = 0
	must  trait = 1 // no row without it
	many  trait = 2 // rows of one thing differ in it
	first trait = 4 // rows of one thing may differ in it: the first counts
)

// units may stand behind the header of a measure: length (mm), 重量(克).
var units = map[string]string{"length": "mm 毫米", "width": "mm 毫米", "height": "mm 毫米",
	"weight": "g 克"}

// names are all headers of a column.
func (c column) names() []string { return append([]string{c.name}, strings.Fields(c.also)...) }

// index finds a column by its normed header.
func index(columns []column) map[string]int {
	out := map[string]int{}
	for i, c := range columns {
		for _, name := range c.names() {
			out[norm(name)] = i
			for _, unit := range strings.Fields(units[c.name]) {
				out[norm(name+"("+unit+")")] = i
				out[norm(name+unit)] = i
			}
		}
	}
	return out
}

// A sheet is a file as rows under known columns.
type sheet struct {
	form
	zone   *time.Location
	line   int      // of the header
	header []string // as in the file
	at     []int    // where a column stands in the file; -1: nowhere
	rows   []row
}

// A row is a line of a sheet. A bad one is only looked through for problems.
type row struct {
	line   int
	fields []string
	bad    bool
}

// has says whether the file has a column.
func (s *sheet) has(name string) bool { return s.at[s.column(name)] >= 0 }

func (s *sheet) column(name string) int {
	i := slices.IndexFunc(s.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		panic("intake: no column is named " + name)
	}
	return i
}

// cell is the text of a column in a row; empty where the file lacks it.
func (s *sheet) cell(r row, i int) string {
	if s.at[i] < 0 {
		return ""
	}
	return trim(r.fields[s.at[i]])
}

// value reads a cell; nil when it is empty.
func (s *sheet) value(r row, i int) (any, *Problem) {
	text := s.cell(r, i)
	if text == "" || s.columns[i].read == nil {
		return nil, nil
	}
	return s.columns[i].read(text, s.zone)
}

// fill sets fields, which stand in the order of the columns, to what a row says.
// A field whose column the file lacks stays as it is; an empty cell empties it.
func (s *sheet) fill(r row, fields []any) {
	for i, field := range fields {
		if field == nil || s.at[i] < 0 {
			continue
		}
		to := reflect.ValueOf(field).Elem()
		if v, p := s.value(r, i); v != nil && p == nil {
			to.Set(reflect.ValueOf(v).Convert(to.Type()))
		} else {
			to.SetZero()
		}
	}
}

// headerOf is the name of a column as the file writes it.
func (s *sheet) headerOf(i int) string {
	if s.at == nil || s.at[i] < 0 {
		return s.columns[i].name
	}
	return shown(s.header[s.at[i]])
}

// open finds the header, and by it what parts the fields.
func (s *sheet) open(text string) (*csv.Reader, *Problem) {
	known, most, comma := index(s.columns), 0, ','
	for _, c := range ",;\t" {
		head, err := newReader(text, c).Read()
		if errors.Is(err, io.EOF) {
			return nil, bad(EmptyFile, "")
		}
		n := 0
		for _, h := range head {
			if _, ok := known[norm(h)]; ok {
				n++
			}
		}
		if n > most {
			most, comma = n, c
		}
	}
	r := newReader(text, comma)
	head, err := r.Read()
	if err != nil || most == 0 {
		return nil, bad(NotATable, strings.Join(s.needed(), ", "))
	}
	s.line, _ = r.FieldPos(0)
	s.header = head[:filled(head)]
	return r, nil
}

func newReader(text string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	return r
}

// filled is how many fields there are up to the last that is not empty.
func filled(fields []string) int {
	n := len(fields)
	for n > 0 && trim(fields[n-1]) == "" {
		n--
	}
	return n
}

// needed lists the columns that a file must have.
func (s *sheet) needed() (out []string) {
	for _, c := range s.columns {
		if c.is&must != 0 {
			out = append(out, c.name)
		}
	}
	return out
}

// parse reads text into the sheet of one file, with all the problems that can be
// seen without the store.
func (t *taking) parse(text string) {
	r, p := t.open(text)
	if p != nil {
		t.note(*p)
		return
	}
	if !t.match() {
		return
	}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var quote *csv.ParseError
		if errors.As(err, &quote) {
			t.Rows++
			t.note(Problem{Line: quote.StartLine, Reason: BadQuote})
			continue
		}
		line, _ := r.FieldPos(0)
		t.add(row{line: line, fields: fields})
	}
	if t.Rows == 0 {
		t.note(*bad(EmptyFile, ""))
	}
}

// match finds where the columns stand, and says whether rows can be read.
func (t *taking) match() bool {
	known := index(t.columns)
	t.at = slices.Repeat([]int{-1}, len(t.columns))
	for i, h := range t.header {
		c, ok := known[norm(h)]
		switch {
		case !ok && norm(h) != "":
			t.UnknownColumns = append(t.UnknownColumns, shown(strings.TrimSpace(h)))
		case ok && t.columns[c].read != nil && t.at[c] >= 0:
			t.note(Problem{Line: t.line, Column: shown(h), Reason: DuplicateColumn,
				Value: shown(h), Want: shown(t.header[t.at[c]])})
		case ok:
			t.at[c] = i
		}
	}
	for i, c := range t.columns {
		if c.is&must != 0 && t.at[i] < 0 {
			t.lacks(c.name)
		}
	}
	if alike := t.either; alike != nil && !slices.ContainsFunc(alike, t.has) {
		t.lacks(alike...)
	}
	return len(t.Problems) == 0
}

// lacks notes that a file has none of the columns.
func (t *taking) lacks(names ...string) {
	var want []string
	for _, name := range names {
		want = append(want, t.columns[t.column(name)].names()...)
	}
	t.note(Problem{Line: t.line, Column: names[0], Reason: MissingColumn,
		Want: strings.Join(want, ", ")})
}

// add takes a row in, unless it is empty or left out.
func (t *taking) add(r row) {
	n := filled(r.fields)
	if n == 0 {
		return
	}
	t.Rows++
	if n > len(t.header) || len(r.fields) < len(t.header) {
		t.note(Problem{Line: r.line, Reason: RaggedRow, Value: strconv.Itoa(len(r.fields)),
			Want: strconv.Itoa(len(t.header))})
		return
	}
	if t.spare != nil && t.spare(t, r) {
		t.Skipped++
		return
	}
	for i, c := range t.columns {
		v, p := t.value(r, i)
		if v == nil && c.is&must != 0 {
			p = bad(MissingValue, "")
		}
		if p != nil {
			r.bad = true
			t.problem(r, c.name, p.Reason, p.Want)
		}
	}
	if t.either != nil && !slices.ContainsFunc(t.either, func(name string) bool {
		return t.cell(r, t.column(name)) != ""
	}) {
		r.bad = true
		t.problem(r, t.either[0], MissingValue, "")
	}
	t.rows = append(t.rows, r)
}

// group gathers the rows with the same values of the columns, in the order of
// the first. It leaves out what has a bad row: half of a thing is none.
func (t *taking) group(names ...string) (out [][]row) {
	at := map[string]int{}
	for _, r := range t.rows {
		key := ""
		for _, name := range names {
			v, _ := t.value(r, t.column(name))
			key += fmt.Sprint(v) + "\x00"
		}
		i, seen := at[key]
		if !seen {
			i = len(out)
			at[key], out = i, append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return slices.DeleteFunc(out, func(rows []row) bool {
		return slices.ContainsFunc(rows, func(r row) bool { return r.bad })
	})
}

// single is group for things that have one row each.
func (t *taking) single(name string) (out []row) {
	for _, rows := range t.group(name) {
		for _, again := range rows[1:] {
			t.problem(again, name, DuplicateRow, strconv.Itoa(rows[0].line))
		}
		out = append(out, rows[0])
	}
	return out
}

// merge lays the rows of one thing on one another: what one leaves empty,
// another fills in, and what two say differently is a contradiction. Columns in
// which rows may differ are empty in what it gives.
func (t *taking) merge(rows []row) row {
	out := row{line: rows[0].line, fields: make([]string, len(t.header))}
	for i, c := range t.columns {
		if c.is&many != 0 || t.at[i] < 0 || c.read == nil {
			continue
		}
		var have any
		for _, r := range rows {
			v, _ := t.value(r, i)
			switch {
			case v == nil || v == have:
			case have == nil:
				have, out.fields[t.at[i]] = v, r.fields[t.at[i]]
			case c.is&first == 0:
				t.problem(r, c.name, Contradiction, shown(trim(out.fields[t.at[i]])))
			}
		}
	}
	return out
}
