package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/alecthomas/kong"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

type importCmd struct {
	errand
	Files  []string `arg:"" name:"file" help:"XLSX, CSV or CSV.gz; headers English or Chinese."`
	Report string   `placeholder:"FILE" help:"Write the problems to FILE.csv or FILE.xlsx."`
	site
	Central string `placeholder:"URL" help:"Have this central server take them in."`
	Admin   string `default:"central.db.admin" placeholder:"FILE" help:"Its secret (${default})."`
}

// importKinds tells kong the kinds of files that there are.
func importKinds() kong.Vars {
	var names []string
	for _, k := range intake.Kinds {
		names = append(names, string(k))
	}
	return kong.Vars{"kinds": strings.Join(names, ",")}
}

// columns are our names of columns, and the headers under which they stand.
type columns map[string]string

// An errand is what is to be done with files: by this program, or by the station
// that has the database open.
type errand struct {
	Kind      string  `arg:"" enum:"${kinds}" help:"One of ${enum}."`
	Map       columns `mapsep:"," placeholder:"FIELD=HEADER,..." help:"Our column, their header."`
	Source    string  `placeholder:"NAME" help:"Whose files; --map is remembered for each."`
	Sheet     string  `placeholder:"NAME" help:"Sheet of a workbook that has several."`
	KeepGood  bool    `help:"Take what is good of a file, and leave the rest out."`
	DryRun    bool    `help:"Say what would be taken, and record nothing."`
	SalesOnly bool    `help:"Leave out rows of orders with a quantity or price of 0 or less."`
}

// Help lists the columns of each kind of file, for scanbay import --help.
func (importCmd) Help() string {
	var b strings.Builder
	b.WriteString("The first row names the columns, in English or in Chinese, in any order. " +
		"A * is needed;\nstock, orders and returns need a sku or a gtin, signoffs a slip, " +
		"waybill or order, refunds a\nrefund or return. Amounts are in the order's currency, " +
		"lengths in mm, weights in g, dates as\n2026-03-01.\n\n" +
		"A file is taken whole or not at all. With --keep-good, whole items, bins, batches in a " +
		"bin,\noperators, orders or returns that have no problem are taken, the rest is named " +
		"and left out, and\nthe command still ends with 0: correct the file, or load what it " +
		"lacked, and import it again.\n--dry-run looks at each file by itself, as if those " +
		"before it had not " +
		"been taken.\n\n" +
		"While a station works, it takes the files in itself, when asked by this command in the " +
		"folder\nDATABASE.inbox; its scans wait meanwhile. " + importPace + "\n")
	for _, kind := range intake.Kinds {
		columns, err := intake.Columns(kind)
		if err != nil {
			continue // a kind is one of its own
		}
		var names []string
		for _, c := range columns {
			name := c.Name
			if c.Needs {
				name += "*"
			}
			if len(c.Also) > 0 {
				name += " (" + c.Also[0] + ")"
			}
			names = append(names, name)
		}
		fmt.Fprintf(&b, "\n%s: %s\n", kind, strings.Join(names, ", "))
	}
	return b.String()
}

// importPace says how long scans wait, as measured on two cores.
const importPace = "For 3,000 rows of orders that is a fifth of a second, and a\nsecond in " +
	"pieces while they are planned; for 100,000 rows of items ten seconds: load those\nwhen " +
	"nobody scans."

// Run takes files in, each whole or not at all, and plans what they make possible.
func (i importCmd) Run(ctx context.Context, c *console) (err error) {
	if err := i.check(c.words()); err != nil {
		return err
	}
	list, err := newProblemList(i.Report, c)
	if err != nil {
		return err
	}
	carry := i.carry
	if i.Central != "" {
		carry = i.carryThere
	}
	report, err := carry(ctx, c)
	printReport(c.Out, c.Text, report, i.DryRun)
	written, listErr := list.write(report, i.DryRun && err == nil)
	if written {
		fmt.Fprintln(c.Out, c.words().Listed(i.Report))
	}
	if err = errors.Join(err, listErr); err != nil {
		return err
	}
	if !report.OK() {
		return complaint(c.words().NotTaken(i.Files[len(report.Files)-1:]))
	}
	return nil
}

// check finds what is wrong with the command itself.
func (e errand) check(said words) error {
	columns, err := intake.Columns(intake.Kind(e.Kind))
	var fields []string
	for _, c := range columns {
		fields = append(fields, c.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(e.Map)) {
		if !slices.Contains(fields, name) {
			return complaint(said.NoField(name, e.Kind, fields))
		}
	}
	return err
}

// carry has the files taken in: by this program, or by the station that has the
// database open.
func (i importCmd) carry(ctx context.Context, c *console) (out intake.Report, err error) {
	at := i.site
	if _, err := os.Stat(at.DB); i.DryRun && errors.Is(err, fs.ErrNotExist) {
		folder, err := os.MkdirTemp("", "scanbay-import-") // a dry run makes no database
		if err != nil {
			return out, err
		}
		defer func() { _ = os.RemoveAll(folder) }()
		at.DB = filepath.Join(folder, "scanbay.db")
	}
	s, key, err := at.open(ctx, c.Now)
	if err != nil && store.FaultOf(err).Code == store.Locked {
		return i.handOver(ctx, c)
	}
	if err != nil {
		return out, err
	}
	return i.load(ctx, c, s, key)
}

// load takes the files in, and closes the store.
func (i importCmd) load(ctx context.Context, c *console, s *store.Store, key access.Key) (
	out intake.Report, err error) {
	defer func() { err = errors.Join(err, s.Close()) }()
	var files []intake.File
	for _, path := range i.Files {
		files = append(files, intake.OpenFile(path))
	}
	meter := newMeter(c)
	defer meter.clear()
	return i.do(ctx, s, key, files, intake.Progress(meter.tell))
}

// do carries the errand out.
func (e errand) do(ctx context.Context, s *store.Store, key access.Key, files []intake.File,
	options ...intake.Option) (intake.Report, error) {
	options = append(options, intake.Mapped(e.Source, e.Map), intake.Sheet(e.Sheet))
	if e.KeepGood {
		options = append(options, intake.KeepGood())
	}
	if e.DryRun {
		options = append(options, intake.DryRun())
	}
	if e.SalesOnly {
		options = append(options, intake.Only(func(s intake.Sale) bool {
			return s.N > 0 && s.Price > 0
		}))
	}
	report, err := intake.Load(ctx, s, key, intake.Kind(e.Kind), files, options...)
	plans := slices.Contains([]intake.Kind{intake.Stock, intake.Orders, intake.Payments,
		intake.Cancellations, intake.Returns}, report.Kind)
	taken := slices.ContainsFunc(report.Files, func(f intake.FileReport) bool {
		return f.Taken > 0
	})
	if plans && taken && !e.DryRun {
		err = errors.Join(err, plan(ctx, s))
	}
	return report, err
}

// printReport says what became of files, or would have.
func printReport(w io.Writer, t i18n.Text, r intake.Report, dry bool) {
	for _, f := range r.Files {
		printFile(w, t, f, dry)
	}
}

func printFile(w io.Writer, t i18n.Text, f intake.FileReport, dry bool) {
	said := wordsIn(t)
	say := func(text string) { fmt.Fprintf(w, "%s: %s\n", f.Name, text) }
	if len(f.UnknownColumns) > 0 {
		say(said.Unused(strings.Join(f.UnknownColumns, ", ")))
	}
	if len(f.Remembered) > 0 {
		var columns []string
		for _, name := range slices.Sorted(maps.Keys(f.Remembered)) {
			columns = append(columns, name+"="+f.Remembered[name])
		}
		say(said.Remembered(strings.Join(columns, ",")))
	}
	for _, p := range f.Problems {
		fmt.Fprintf(w, "%s: %s\n", where(p), reason(t, p))
	}
	if f.MoreProblems > 0 {
		say(said.More(f.MoreProblems))
	}
	switch {
	case f.Before:
		say(said.Before())
	case len(f.Problems) == 0 || f.LeftOut > 0:
		say(said.Taken(f, dry))
	}
	if f.LeftOut > 0 {
		say(said.LeftOut(f.LeftOut))
	}
}

// where is file:line: column "value".
func where(p intake.Problem) string {
	out := p.File
	if p.Line > 0 {
		out += fmt.Sprintf(":%d", p.Line)
	}
	at := p.Column
	if p.Value != "" {
		at = strings.TrimSpace(fmt.Sprintf("%s %q", at, p.Value))
	}
	if at != "" {
		out += ": " + at
	}
	return out
}

// reason puts a problem in words, with its remedy.
func reason(t i18n.Text, p intake.Problem) string {
	return wordsIn(t).Trouble(i18n.Wrong(t, p))
}

// tellEvery is how often a line of progress is written, at most.
const tellEvery = 250 * time.Millisecond

// A meter rewrites a line that says how far an import has come. It says nothing
// where nobody sees a line rewritten.
type meter struct {
	console
	on   bool
	said time.Time
}

func newMeter(c *console) *meter {
	f, isFile := c.Err.(*os.File)
	return &meter{console: *c, on: isFile && term.IsTerminal(int(f.Fd())), said: c.Now()}
}

func (m *meter) tell(done, total int64) {
	if now := m.Now(); m.on && now.Sub(m.said) >= tellEvery {
		m.said = now
		fmt.Fprint(m.Err, "\r\x1b[K", m.words().Rows(done, total))
	}
}

// clear takes the line away.
func (m *meter) clear() {
	if m.on {
		fmt.Fprint(m.Err, "\r\x1b[K")
	}
}
