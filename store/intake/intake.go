// Package intake takes data in from tables that people and other systems write:
// items, bins, stock, operators and orders, as CSV in English or Chinese. A file
// is taken whole or not at all, and every problem in it is named with its line.
package intake

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
)

// A Kind is what the rows of a file are.
type Kind string

// The kinds of files.
const (
	Items     Kind = "items"
	Bins      Kind = "bins"
	Stock     Kind = "stock"
	Operators Kind = "operators"
	Orders    Kind = "orders"
)

// Kinds lists every kind, in the order in which a new site loads them.
var Kinds = []Kind{Items, Bins, Stock, Operators, Orders}

// A form is what is known of a kind of file.
type form struct {
	columns []column
	either  []string                // each row has one of these columns
	spare   func(*taking, row) bool // the row is left out
	take    func(*taking) error
}

func formOf(kind Kind) (form, error) {
	switch kind {
	case Items:
		return form{columns: itemColumns, take: (*taking).items}, nil
	case Bins:
		return form{columns: binColumns, take: (*taking).bins}, nil
	case Stock:
		return form{columns: stockColumns, either: itemNames, take: (*taking).stock}, nil
	case Operators:
		return form{columns: operatorColumns, take: (*taking).operators}, nil
	case Orders:
		return form{columns: orderColumns, either: itemNames, spare: (*taking).noSale,
			take: (*taking).orders}, nil
	}
	return form{}, fmt.Errorf("no kind of file is named %q", kind)
}

// A File is where a table is read from. Name is what reports call it.
type File struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// OpenFile is the file at path. Opening it fails with a store.Fault: Missing or
// ReadOnly.
func OpenFile(path string) File {
	return File{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &store.Fault{Code: store.Missing, Path: path, Err: err}
		}
		if errors.Is(err, fs.ErrPermission) {
			return nil, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
		}
		return f, err
	}}
}

// A Report says what became of files. Those behind the first one with problems
// were not looked at, and are not in it.
type Report struct {
	Kind  Kind
	Files []FileReport
}

// OK says whether every file was taken, or had been before.
func (r Report) OK() bool {
	return len(r.Files) == 0 || len(r.Files[len(r.Files)-1].Problems) == 0
}

// A FileReport says what became of one file. Rows and Skipped count rows; Taken,
// Same and Known count items, bins, batches in a bin, operators or orders.
type FileReport struct {
	Name           string
	Rows           int64
	Taken          int64 // recorded
	Same           int64 // equal to what was known
	Known          int64 // orders that had come before
	Skipped        int64 // rows that Only left out
	Before         bool  // this file was taken before: nothing was done
	UnknownColumns []string
	Problems       []Problem // the first problemsMax; any of them, and nothing was taken
	MoreProblems   int64
}

// problemsMax is how many problems of a file are kept; the others are counted.
const problemsMax = 1000

// An Option changes how Load works.
type Option func(*loader)

// By says who loads: a supervisor, and for operators an administrator; Load else
// refuses with NoRight. Without it the program loads by itself.
func By(operator store.OperatorID) Option {
	return func(l *loader) { l.by.Operator = operator }
}

// NewID makes the ids of recipients; the default is random. They must be unique
// and say nothing of the person.
func NewID(id func() string) Option { return func(l *loader) { l.newID = id } }

// Only leaves out the rows of orders that keep says no to, and counts them. It
// sees numbers as the file has them: below zero for what was no sale.
func Only(keep func(Sale) bool) Option { return func(l *loader) { l.only = keep } }

type loader struct {
	store *store.Store
	key   access.Key
	kind  Kind
	by    store.Gesture
	newID func() string
	only  func(Sale) bool
}

// Load takes files of one kind, each in a transaction of its own, and stops
// behind the first one with problems: they are in the report. The key is for the
// PINs of operators. An error is By's refusal, or an accident.
func Load(ctx context.Context, s *store.Store, key access.Key, kind Kind, files []File,
	options ...Option) (Report, error) {
	l := loader{store: s, key: key, kind: kind, newID: rand.Text,
		by: store.Gesture{Source: "import"}}
	for _, option := range options {
		option(&l)
	}
	out := Report{Kind: kind}
	as, err := formOf(kind)
	if err != nil {
		return out, err
	}
	for _, f := range files {
		r, err := l.load(ctx, f, as)
		if err != nil {
			return out, fmt.Errorf("%s: %w", f.Name, err)
		}
		out.Files = append(out.Files, r)
		if !out.OK() {
			break
		}
	}
	return out, nil
}

// A taking is one file on its way in.
type taking struct {
	loader
	sheet
	FileReport
	tx    *store.Tx // from when the file is parsed
	codes map[string][]store.Coded
}

// errProblems gives a transaction up.
var errProblems = errors.New("the file has problems")

func (l loader) load(ctx context.Context, f File, as form) (FileReport, error) {
	t := &taking{loader: l, sheet: sheet{form: as, zone: l.store.Zone()},
		FileReport: FileReport{Name: f.Name}, codes: map[string][]store.Coded{}}
	data, p, err := unpack(f)
	if err != nil {
		return t.FileReport, err
	}
	if p != nil {
		t.note(*p)
		return t.FileReport, nil
	}
	t.parse(decode(data))
	sum := l.hash(data)
	err = l.store.WriteMany(ctx, l.by, func(tx *store.Tx) error {
		t.tx = tx
		return t.run(sum)
	})
	if errors.Is(err, errProblems) {
		t.Taken, t.Same, t.Known, err = 0, 0, 0, nil
		slices.SortStableFunc(t.Problems, func(a, b Problem) int { return a.Line - b.Line })
	}
	return t.FileReport, err
}

// hash is one of a file's content, as a file of its kind. Operators have PINs:
// without the device's key their hash could be tried for them.
func (l loader) hash(data []byte) string {
	var h hash.Hash = sha256.New()
	if l.kind == Operators {
		h = hmac.New(sha256.New, l.key)
	}
	h.Write([]byte(l.kind + "\x00"))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

func (t *taking) run(sum string) error {
	role := store.Supervisor
	if t.kind == Operators {
		role = store.Administrator
	}
	if err := t.tx.May(role); err != nil {
		return err
	}
	of, err := t.tx.TakenFile(sum)
	if err != nil {
		return err
	}
	if of != "" {
		t.Before, t.Problems, t.MoreProblems = true, nil, 0
		return nil
	}
	if err := t.tx.Record(store.FileTaken{Hash: sum, Of: string(t.kind), Name: t.Name,
		Rows: t.Rows}); err != nil {
		return err
	}
	if err := t.take(t); err != nil {
		return err
	}
	if len(t.Problems) > 0 {
		return errProblems
	}
	return nil
}

// note keeps a problem, or counts it.
func (t *taking) note(p Problem) {
	if len(t.Problems) == problemsMax {
		t.MoreProblems++
		return
	}
	p.File = t.Name
	t.Problems = append(t.Problems, p)
}

// problem notes what is wrong with a cell.
func (t *taking) problem(r row, name string, code ReasonCode, want string) {
	i := t.column(name)
	value := shown(t.cell(r, i))
	if name == "pin" && value != "" {
		value = "****"
	}
	t.note(Problem{Line: r.line, Column: t.headerOf(i), Value: value, Reason: code, Want: want})
}

// unknown takes a refusal for something that is not there yet.
func unknown(err error) (bool, error) {
	if _, refused := store.RefusalOf(err); refused {
		return true, nil
	}
	return false, err
}

// A Column is one that a kind of file may have: its header in English, the others
// by which it is known, and whether a file needs it.
type Column struct {
	Name  string
	Also  []string
	Needs bool
}

// Columns lists what Load reads of a kind of file.
func Columns(kind Kind) (out []Column, err error) {
	as, err := formOf(kind)
	for _, c := range as.columns {
		if c.read != nil {
			out = append(out, Column{c.name, strings.Fields(c.also), c.is&must != 0})
		}
	}
	return out, err
}
