// Package intake takes data in from tables that people and other systems write:
// items, bins, stock, operators, orders and what becomes of them, returns, as CSV or XLSX
// in English or Chinese. A file is taken whole or not at all, unless asked for what is
// good of it, and every problem in it is named with its line.
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
	"iter"
	"maps"
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

	Payments      Kind = "payments"
	Cancellations Kind = "cancellations"
	Layouts       Kind = "layouts"

	Returns  Kind = "returns"  // requests to send goods back
	SignOffs Kind = "signoffs" // what customers signed for
	Refunds  Kind = "refunds"  // that were paid

	Shipments Kind = "shipments" // what carriers say of parcels on their way
)

// Kinds lists every kind, in the order in which a new site loads them.
var Kinds = []Kind{Items, Bins, Layouts, Stock, Operators, Orders, Payments, Cancellations,
	Shipments, SignOffs, Returns, Refunds}

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
	case Payments:
		return form{columns: paymentColumns, take: (*taking).payments}, nil
	case Cancellations:
		return form{columns: cancelColumns, take: (*taking).cancellations}, nil
	case Layouts:
		return form{columns: layoutColumns, take: (*taking).layouts}, nil
	case Returns:
		return form{columns: returnColumns, either: itemNames, take: (*taking).returns}, nil
	case SignOffs:
		return form{columns: signoffColumns, either: signedNames,
			take: (*taking).signoffs}, nil
	case Shipments:
		return form{columns: shipmentColumns, take: (*taking).shipments}, nil
	case Refunds:
		return form{columns: refundColumns, either: refundNames, take: (*taking).refunds}, nil
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
	return File{Name: shown(filepath.Base(path)), Open: func() (io.ReadCloser, error) {
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

// OK says whether every file was taken, as far as that was asked for, or had been
// before.
func (r Report) OK() bool {
	return !slices.ContainsFunc(r.Files, func(f FileReport) bool {
		return len(f.Problems) > 0 && f.LeftOut == 0
	})
}

// A FileReport says what became of one file. Rows and Skipped count rows; Taken,
// Same and Known count items, bins, batches in a bin, operators or orders.
type FileReport struct {
	Name           string
	Rows           int64
	Taken          int64 // recorded
	Same           int64 // equal to what was known
	Known          int64 // orders and what is told of them that had come before
	Asked          int64 // orders that had come before otherwise: a change is asked for
	Skipped        int64 // rows that Only left out
	LeftOut        int64 // rows that KeepGood left out, for the problems of their things
	Before         bool  // this file was taken before: nothing was done
	UnknownColumns []string
	Remembered     map[string]string // columns under the headers of Mapped, from another time
	Problems       []Problem         // the first problemsMax; any, and nothing or part was taken
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

// Mapped says under which headers columns stand in the files of a source: our name
// of a column to theirs. It is remembered with the first file that is taken; with no
// columns, what is remembered of the source holds.
func Mapped(source string, columns map[string]string) Option {
	return func(l *loader) { l.source, l.mapped = source, columns }
}

// Sheet names the sheet of a workbook that is read; it must be there.
func Sheet(name string) Option { return func(l *loader) { l.sheetName = name } }

// KeepGood takes what has no problem and leaves the rest out, by whole items, bins,
// batches in a bin, operators or orders. A file that was taken in part counts as not
// taken: with what it lacked, it can be taken again.
func KeepGood() Option { return func(l *loader) { l.keepGood = true } }

// DryRun does everything but to record.
func DryRun() Option { return func(l *loader) { l.dryRun = true } }

// Progress is told of rows: how many of how many are done, or, while the total is 0,
// how many are read.
func Progress(tell func(done, total int64)) Option { return func(l *loader) { l.tell = tell } }

type loader struct {
	store     *store.Store
	key       access.Key
	kind      Kind
	by        store.Gesture
	newID     func() string
	only      func(Sale) bool
	source    string
	mapped    map[string]string
	sheetName string
	keepGood  bool
	dryRun    bool
	tell      func(done, total int64)
}

// Load takes files of one kind, each in a transaction of its own, and stops
// behind the first that cannot be taken: its problems are in the report. The key is
// for the PINs of operators. An error is By's refusal, or an accident; the report is
// of the files before it.
func Load(ctx context.Context, s *store.Store, key access.Key, kind Kind, files []File,
	options ...Option) (Report, error) {
	l := loader{store: s, key: key, kind: kind, newID: rand.Text,
		by: store.Gesture{Source: "import"}, tell: func(int64, int64) {}}
	for _, option := range options {
		option(&l)
	}
	out := Report{Kind: kind}
	as, err := formOf(kind)
	if err != nil {
		return out, err
	}
	for name := range l.mapped {
		if (&sheet{form: as}).find(name) < 0 {
			return out, fmt.Errorf("no column of %s is named %q", kind, name)
		}
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
	tx      *store.Tx // from when the file is parsed
	codes   map[string][]store.Coded
	spoilt  map[int]bool // lines with problems
	renamed map[string]string
}

// What gives a transaction up.
var (
	errProblems = errors.New("the file has problems")
	errDryRun   = errors.New("nothing is to be recorded")
)

// attemptsMax is how often what is good of a file is tried again: leaving one thing
// out may be what is wrong with another.
const attemptsMax = 8

func (l loader) load(ctx context.Context, f File, as form) (FileReport, error) {
	t := &taking{loader: l, sheet: newSheet(as, l.store.Zone()),
		FileReport: FileReport{Name: f.Name}, codes: map[string][]store.Coded{},
		spoilt: map[int]bool{}, renamed: maps.Clone(l.mapped)}
	data, p, err := unpack(f)
	if err == nil && t.mapped == nil {
		t.renamed, err = store.Get(ctx, t.store, func(r *store.Reader) (map[string]string, error) {
			return r.SourceMap(string(t.kind), t.source)
		})
	}
	if err != nil {
		return t.FileReport, err
	}
	if p == nil {
		p = t.read(data)
	}
	if p != nil {
		t.note(*p)
		return t.FileReport, nil
	}
	if t.mapped == nil {
		t.Remembered = t.renamed
	}
	sum := l.hash(data, t.renamed)
	for range attemptsMax {
		err = l.store.WriteMany(ctx, l.by, func(tx *store.Tx) error {
			t.tx = tx
			return t.run(sum)
		})
		if !errors.Is(err, errProblems) || !t.leave() {
			break
		}
	}
	slices.SortStableFunc(t.Problems, func(a, b Problem) int { return a.Line - b.Line })
	switch {
	case errors.Is(err, errProblems):
		t.Taken, t.Same, t.Known, t.Asked, t.LeftOut, err = 0, 0, 0, 0, 0, nil
	case errors.Is(err, errDryRun):
		err = nil
	}
	return t.FileReport, err
}

// leave marks the rows that turned out to have problems, so that the next attempt
// leaves their things out. It says whether there is one.
func (t *taking) leave() (more bool) {
	for i := range t.rows {
		if r := &t.rows[i]; t.spoilt[r.line] && !r.bad {
			r.bad, more = true, true
		}
	}
	return more && t.keepGood && t.legible
}

// hash is one of a file's content, as a file of its kind that is read in this way.
// Operators have PINs: without the device's key their hash could be tried for them.
func (l loader) hash(data []byte, renamed map[string]string) string {
	var h hash.Hash = sha256.New()
	if l.kind == Operators {
		h = hmac.New(sha256.New, l.key)
	}
	fmt.Fprintf(h, "%s\x00", l.kind)
	if l.sheetName != "" || len(renamed) > 0 {
		fmt.Fprintf(h, "%q %q\x00", l.sheetName, renamed)
	}
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
	if !t.legible {
		return errProblems
	}
	known := t.problems()
	if known == 0 {
		if err := t.record(sum); err != nil {
			return err
		}
	}
	t.Taken, t.Same, t.Known, t.Asked, t.LeftOut = 0, 0, 0, 0, t.tornRows
	if err := t.take(t); err != nil {
		return err
	}
	if t.problems() > known || known > 0 && !t.keepGood {
		return errProblems
	}
	if known > 0 && t.Taken+t.Asked > 0 {
		// Not under its own hash: with what it lacked, the file can be taken again.
		if err := t.record(sum + "." + string(t.tx.NextEvent())); err != nil {
			return err
		}
	}
	if t.dryRun {
		return errDryRun
	}
	return nil
}

// record records that the file is taken, and what its columns are called.
func (t *taking) record(sum string) error {
	err := t.tx.Record(store.FileTaken{Hash: sum, Of: string(t.kind), Name: t.Name, Rows: t.Rows})
	if err != nil || t.mapped == nil {
		return err
	}
	known, err := t.tx.SourceMap(string(t.kind), t.source)
	if err != nil || maps.Equal(known, t.mapped) {
		return err
	}
	return t.tx.Record(store.SourceMapped{Of: string(t.kind), Source: t.source,
		Columns: t.mapped})
}

// problems is how many there are so far.
func (t *taking) problems() int64 { return int64(len(t.Problems)) + t.MoreProblems }

// note keeps a problem, or counts it.
func (t *taking) note(p Problem) {
	t.spoilt[p.Line] = true
	if len(t.Problems) == problemsMax {
		t.MoreProblems++
		return
	}
	p.File = t.Name
	t.Problems = append(t.Problems, p)
}

// each goes through the things of a file, and tells of their rows.
func (t *taking) each(things [][]row) iter.Seq[[]row] {
	return func(yield func([]row) bool) {
		done := int64(0)
		for _, rows := range things {
			if !yield(rows) {
				return
			}
			done += int64(len(rows))
			t.tell(done, int64(len(t.rows)))
		}
	}
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
