package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
)

// A record is a row of a file as it stands there, before its columns are known.
type record struct {
	line   int
	fields []string
	merged []int    // fields filled from the cell above that they are merged with
	why    *Problem // the fields are not where they belong
}

// records are the rows of a file that are not blank, the header first.
type records iter.Seq[record]

// csvRecords reads text with the separator under which it has the most of the
// headers that known knows.
func csvRecords(text string, known func(header string) bool) records {
	most, comma := -1, ','
	for _, c := range ",;\t" {
		head, _ := newReader(text, c).Read() // what it cannot read, it does not know
		n := 0
		for _, h := range head {
			if known(h) {
				n++
			}
		}
		if n > most {
			most, comma = n, c
		}
	}
	return func(yield func(record) bool) {
		r := newReader(text, comma)
		for {
			from := r.InputOffset()
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			next := record{fields: fields}
			var quote *csv.ParseError
			if errors.As(err, &quote) {
				next = record{line: quote.StartLine, why: bad(BadQuote, ""),
					fields: strings.FieldsFunc(text[from:r.InputOffset()], func(r rune) bool {
						return r == comma || strings.ContainsRune("\"\r\n", r)
					})}
			} else {
				next.line, _ = r.FieldPos(0)
			}
			if !yield(next) {
				return
			}
		}
	}
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
