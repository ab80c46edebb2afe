package intake

import (
	"bytes"
	"fmt"
	"maps"
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

	legible  bool            // to the end
	torn     map[string]bool // cells of rows that could not be told apart
	tornRows int64
}

func newSheet(as form, zone *time.Location) sheet {
	return sheet{form: as, zone: zone, torn: map[string]bool{}}
}

// A row is a line of a sheet, its cells in the order of the columns. A bad one is
// only looked through for problems.
type row struct {
	line  int
	cells []string
	bad   bool
}

// has says whether the file has a column.
func (s *sheet) has(name string) bool { return s.at[s.column(name)] >= 0 }

func (s *sheet) column(name string) int {
	i := s.find(name)
	if i < 0 {
		panic("intake: no column is named " + name)
	}
	return i
}

func (s *sheet) find(name string) int {
	return slices.IndexFunc(s.columns, func(c column) bool { return c.name == name })
}

// cell is the text of a column in a row; empty where the file lacks it.
func (s *sheet) cell(r row, i int) string { return r.cells[i] }

// value reads a cell; nil when it is empty.
func (s *sheet) value(r row, i int) (any, *Problem) {
	text := s.cell(r, i)
	if text == "" || s.columns[i].read == nil {
		return nil, nil
	}
	if isError(text) {
		return nil, bad(FormulaError, "")
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

// needed lists the columns that a file must have.
func (s *sheet) needed() (out []string) {
	for _, c := range s.columns {
		if c.is&must != 0 {
			out = append(out, c.name)
		}
	}
	return out
}

// read reads a file: a workbook, or text.
func (t *taking) read(data []byte) *Problem {
	switch {
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return closed(data)
	case bytes.HasPrefix(data, []byte(zipMagic)):
		w, p := openWorkbook(data)
		if p != nil {
			return p
		}
		part, p := w.choose(t.sheetName)
		if p != nil {
			return p
		}
		t.parse(w.records(part))
	default:
		known := index(t.columns)
		t.parse(csvRecords(decode(data), func(header string) bool {
			_, ours := known[norm(header)]
			return ours || slices.ContainsFunc(slices.Collect(maps.Values(t.renamed)),
				func(theirs string) bool { return norm(theirs) == norm(header) })
		}))
	}
	return nil
}

// parse reads records into the sheet of one file, with all the problems that can
// be seen without the store.
func (t *taking) parse(records records) {
	for r := range records {
		switch {
		case t.header == nil && r.why != nil:
			t.note(Problem{Line: r.line, Reason: r.why.Reason})
			return
		case t.header == nil && filled(r.fields) == 0:
		case t.header == nil:
			t.line, t.header = r.line, slices.Clone(r.fields[:filled(r.fields)])
			if !t.match() {
				return
			}
		case r.why != nil && r.why.Reason != BadQuote:
			t.note(Problem{Line: r.line, Reason: r.why.Reason})
			return
		case r.why != nil:
			t.Rows++
			t.tear(r.fields)
			t.note(Problem{Line: r.line, Reason: r.why.Reason})
		default:
			t.add(r)
		}
		t.tell(t.Rows, 0)
	}
	if t.Rows == 0 {
		t.note(*bad(EmptyFile, ""))
	}
	t.legible = t.Rows > 0
}

// tear notes a row whose cells are not where they belong. Things that it may be
// about are not whole.
func (t *taking) tear(cells []string) {
	for _, c := range cells {
		if v, _ := code(trim(c), t.zone); v != "" {
			t.torn[v.(string)] = true
		}
	}
	t.tornRows++
}

// match finds where the columns stand, and says whether rows can be read.
func (t *taking) match() bool {
	t.at = slices.Repeat([]int{-1}, len(t.columns))
	mapped := t.followMap()
	known, matched := index(t.columns), len(mapped)
	for i, h := range t.header {
		c, ok := known[norm(h)]
		switch {
		case mapped[i]:
		case norm(h) == "":
		case !ok || t.renamed[t.columns[c].name] != "":
			t.UnknownColumns = append(t.UnknownColumns, shown(strings.TrimSpace(h)))
		case t.columns[c].read != nil && t.at[c] >= 0:
			t.note(Problem{Line: t.line, Column: shown(h), Reason: DuplicateColumn,
				Value: shown(h), Want: shown(t.header[t.at[c]])})
			matched++
		default:
			t.at[c] = i
			matched++
		}
	}
	if matched == 0 && len(t.Problems) == 0 {
		t.header, t.at, t.UnknownColumns = nil, nil, nil
		t.note(*bad(NotATable, strings.Join(t.needed(), ", ")))
		return false
	}
	for _, c := range t.columns {
		if c.is&must != 0 && !t.says(c.name) {
			t.lacks(c.name)
		}
	}
	if alike := t.either; alike != nil && !slices.ContainsFunc(alike, t.says) {
		t.lacks(alike...)
	}
	return len(t.Problems) == 0
}

// says says whether the file has a column, or was said to have it.
func (t *taking) says(name string) bool { return t.has(name) || t.renamed[name] != "" }

// followMap finds the columns that stand under other headers than their own, and
// says which headers these are. Headers that were asked for must be there; those that
// are remembered hold together, or not at all.
func (t *taking) followMap() map[int]bool {
	taken := map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(t.renamed)) {
		same := func(h string) bool { return norm(h) == norm(t.renamed[name]) }
		i := slices.IndexFunc(t.header, same)
		switch {
		case i < 0 && t.mapped == nil:
			t.renamed, t.at = nil, slices.Repeat([]int{-1}, len(t.columns))
			return nil
		case i < 0:
			t.note(Problem{Line: t.line, Column: name, Value: shown(t.renamed[name]),
				Reason: NoSuchHeader, Want: list(t.header)})
		case slices.ContainsFunc(t.header[i+1:], same):
			t.note(Problem{Line: t.line, Column: name, Value: shown(t.renamed[name]),
				Reason: DuplicateColumn, Want: shown(t.header[i])})
		default:
			t.at[t.column(name)], taken[i] = i, true
		}
	}
	return taken
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
func (t *taking) add(r record) {
	n := filled(r.fields)
	if n == 0 {
		return
	}
	t.Rows++
	if n > len(t.header) || len(r.fields) < len(t.header) {
		t.tear(r.fields)
		t.note(Problem{Line: r.line, Reason: RaggedRow, Value: strconv.Itoa(len(r.fields)),
			Want: strconv.Itoa(len(t.header))})
		return
	}
	x := row{line: r.line, cells: make([]string, len(t.columns))}
	for i, at := range t.at {
		if at >= 0 {
			x.cells[i] = trim(r.fields[at])
		}
	}
	if t.spare != nil && t.spare(t, x) {
		t.Skipped++
		return
	}
	x.bad = t.look(x, r.merged)
	t.rows = append(t.rows, x)
}

// look notes what is wrong with a row by itself, and says whether anything is.
func (t *taking) look(r row, merged []int) (spoilt bool) {
	wrong := func(name string, p Problem) {
		spoilt = true
		t.problem(r, name, p.Reason, p.Want)
	}
	for i, c := range t.columns {
		v, p := t.value(r, i)
		switch {
		case c.is&many != 0 && c.read != nil && slices.Contains(merged, t.at[i]):
			p = bad(MergedCell, "")
		case v == nil && p == nil && c.is&must != 0:
			p = bad(MissingValue, "")
		}
		if p != nil {
			wrong(c.name, *p)
		}
	}
	if t.either != nil && !slices.ContainsFunc(t.either, func(name string) bool {
		return t.cell(r, t.column(name)) != ""
	}) {
		wrong(t.either[0], *bad(MissingValue, ""))
	}
	return spoilt
}

// group gathers the rows with the same values of the columns, in the order of
// the first. It leaves out what has a bad row: half of a thing is none. The last
// of the columns is the thing's own name.
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
	own := t.column(names[len(names)-1])
	return slices.DeleteFunc(out, func(rows []row) bool {
		name, _ := t.value(rows[0], own)
		text, _ := name.(string)
		if t.torn[text] || slices.ContainsFunc(rows, func(r row) bool { return r.bad }) {
			t.LeftOut += int64(len(rows))
			return true
		}
		return false
	})
}

// single is group for things that have one row each.
func (t *taking) single(name string) [][]row {
	things := t.group(name)
	for _, rows := range things {
		for _, again := range rows[1:] {
			t.problem(again, name, DuplicateRow, strconv.Itoa(rows[0].line))
		}
	}
	return things
}

// merge lays the rows of one thing on one another: what one leaves empty,
// another fills in, and what two say differently is a contradiction. Columns in
// which rows may differ are empty in what it gives.
func (t *taking) merge(rows []row) row {
	out := row{line: rows[0].line, cells: make([]string, len(t.columns))}
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
				have, out.cells[i] = v, r.cells[i]
			case c.is&first == 0:
				t.problem(r, c.name, Contradiction, shown(out.cells[i]))
			}
		}
	}
	return out
}
