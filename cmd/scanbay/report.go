package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/charmbracelet/x/ansi"
	"github.com/xuri/excelize/v2"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

type reportCmd struct {
	Returns  returnsReport  `cmd:"" help:"What comes back, why, and how long it takes."`
	Accuracy accuracyReport `cmd:"" help:"How right the book is, what is lost, how people scan."`
}

// A returnsReport tells of the returns of some days.
type returnsReport struct {
	By string `enum:"${returns_by}" default:"item" help:"${enum} (${default})."`
	days
	sheet
	placeAt
}

// Help tells what is counted.
func (returnsReport) Help() string {
	return "What came back is counted by the day on which it was received, what was sent by the " +
		"day on\nwhich the last carton of its slip left. The file holds a column for each reason " +
		"and each\ncondition; XLSX also reasons by condition, the trend, and how long returns took."
}

// Run prints a table of the returns, or writes it into a file.
func (r returnsReport) Run(ctx context.Context, c *console) error {
	span, err := r.span(c)
	if err != nil {
		return err
	}
	path, err := r.path(c)
	if err != nil {
		return err
	}
	return r.look(ctx, c, func(s *store.Store) error {
		told, err := tell(ctx, s, span, store.ReturnsBy(r.By))
		if err != nil {
			return err
		}
		if path == "" {
			return told.print(c, span)
		}
		return saved(path, told.pages(c), c)
	})
}

// saved writes pages into a file, and says so.
func saved(path string, pages []page, c *console) error {
	if err := savePages(path, pages, c); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Out, c.words().Reported(path))
	return err
}

// returnsBys are what can stand behind --by.
func returnsBys() kong.Vars {
	var names []string
	for _, by := range store.ReturnsBys {
		names = append(names, string(by))
	}
	return kong.Vars{"returns_by": strings.Join(names, ",")}
}

// A returnsTold is the whole of a report.
type returnsTold struct {
	report.Returned
	pairs []report.ReturnsRow // by reason, for the conditions of each
	trend []report.Moment
	weeks bool
	waits []report.Wait
}

func tell(ctx context.Context, s *store.Store, span report.Span, by store.ReturnsBy) (
	out returnsTold, err error) {
	if out.Returned, err = report.Returns(ctx, s, span, by); err != nil {
		return out, err
	}
	pairs, err := report.Returns(ctx, s, span, store.ReturnsByReason)
	if err != nil {
		return out, err
	}
	out.pairs = pairs.Rows
	if out.trend, out.weeks, err = report.Trend(ctx, s, span); err != nil {
		return out, err
	}
	out.waits, err = report.Waits(ctx, s, span)
	return out, err
}

// name is what a row is about.
func (r returnsTold) name(t i18n.Text, key string) string {
	switch {
	case r.By == store.ReturnsByReason:
		return i18n.AskedFor(t, r.Reasons, key)
	case r.By == store.ReturnsByGrade:
		return i18n.FoundAs(t, r.Grades, key)
	case key == "":
		return t.NotKnown()
	}
	return key
}

// sent is how much was sent of a row; empty where it is not of what was sent.
func (r returnsTold) sent(row report.ReturnsRow) string {
	if r.By == store.ReturnsByReason || r.By == store.ReturnsByGrade {
		return ""
	}
	return row.Sent.String()
}

// printMax is how many rows are printed: a file holds all of them.
const printMax = 40

// print writes what is read at a glance: the first rows, the trend, and the times.
func (r returnsTold) print(c *console, span report.Span) error {
	t, w := c.Text, c.words()
	head := w.ReturnsHeader()
	rows := [][]string{append([]string{t.ReturnsBys()[r.By]}, head[1:]...)}
	for _, row := range r.Rows[:min(len(r.Rows), printMax)] {
		about := row.Name
		if about == "" {
			about = r.name(t, row.Key)
		} else {
			about += " " + row.Key
		}
		most := func(of []store.Tally, name string) string { return fmt.Sprint(name, " ", of[0].N) }
		cells := []string{about, r.sent(row), row.Back.String(), i18n.Percent(r.Rate(row)), "", ""}
		if len(row.Reasons) > 0 {
			cells[4] = most(row.Reasons, i18n.AskedFor(t, r.Reasons, row.Reasons[0].Of))
			cells[5] = most(row.Grades, i18n.FoundAs(t, r.Grades, row.Grades[0].Of))
		}
		rows = append(rows, cells)
	}
	out := []string{w.ReturnsOf(span.From, span.To, r.All.Back, r.All.Sent,
		i18n.Percent(r.All.Rate()))}
	if r.All.Back == 0 {
		_, err := fmt.Fprintln(c.Out, out[0])
		return err
	}
	out = append(append(out, ""), inColumns(rows)...)
	if more := len(r.Rows) - printMax; more > 0 {
		out = append(out, w.MoreReturns(more))
	}
	out = append(append(append(out, ""), r.plot(t)...), "")
	out = append(out, inColumns(r.times(t))...)
	for _, line := range out {
		if _, err := fmt.Fprintln(c.Out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// inColumns puts rows in columns, however wide that is; the first has its bounds.
func inColumns(rows [][]string) []string {
	const firstMax = 40
	wide := len(rows[0]) - 1 // the gaps
	for i := range rows[0] {
		most := 0
		for _, row := range rows {
			if i == 0 && ansi.StringWidth(component.Clean(row[0])) > firstMax {
				row[0] = component.Fit(row[0], firstMax)
			}
			most = max(most, ansi.StringWidth(component.Clean(row[i])))
		}
		wide += most
	}
	return component.Table(rows, wide)
}

// plot draws the trend.
func (r returnsTold) plot(t i18n.Text) []string {
	const wide, high = 78, 5
	shown := r.trend[len(r.trend)-component.Drawn(len(r.trend), wide):]
	var pieces []float64
	var top store.Qty
	for _, m := range shown {
		pieces, top = append(pieces, float64(m.Back)), max(top, m.Back)
	}
	out := append([]string{t.ReasonsBack(top, r.weeks)}, component.Columns(pieces, wide, high)...)
	return append(out, fmt.Sprint(shown[0].Begins, " - ", shown[len(shown)-1].Begins))
}

// times are how long returns took, as people read it.
func (r returnsTold) times(t i18n.Text) [][]string {
	rows := [][]string{append([]string{t.ReasonsTimes()}, t.ReasonsTable()...)}
	for _, x := range r.waits {
		row := []string{waitName(t, x), "-", "-", "0"}
		if x.N > 0 {
			row = []string{row[0], t.Waited(x.Half), t.Waited(x.Most), strconv.Itoa(x.N)}
		}
		rows = append(rows, row)
	}
	return rows
}

// waitName is what a wait ends with; of the whole, a word for that.
func waitName(t i18n.Text, x report.Wait) string {
	if x.From == store.StepRequested && x.To == store.StepShelved {
		return t.ReturnSteps()[""]
	}
	return t.ReturnSteps()[x.To]
}

// A page is a table of a file: texts and numbers.
type page struct {
	name string
	rows [][]any
}

// pages are all that a file holds, the table first.
func (r returnsTold) pages(c *console) []page {
	t, w := c.Text, c.words()
	names := w.ReturnsPages()
	return []page{{names[0], r.rows(c)}, {names[1], r.matrix(t)}, {names[2], r.moments(w)},
		{names[3], r.waiting(c)}}
}

// rows are the table with a column for each reason and each condition that there is.
func (r returnsTold) rows(c *console) [][]any {
	t, w := c.Text, c.words()
	head := []any{t.ReturnsBys()[r.By]}
	for _, text := range w.ReturnsHeader() {
		head = append(head, text)
	}
	for _, x := range r.All.Reasons {
		head = append(head, w.ReturnsSaid(i18n.AskedFor(t, r.Reasons, x.Of)))
	}
	for _, x := range r.All.Grades {
		head = append(head, w.ReturnsFound(i18n.FoundAs(t, r.Grades, x.Of)))
	}
	out := [][]any{head}
	for _, row := range r.Rows {
		cells := []any{r.name(t, row.Key), row.Name, int64(row.Sent), int64(row.Back),
			rated(r.Rate(row)), "", ""}
		if r.sent(row) == "" {
			cells[2] = ""
		}
		if len(row.Reasons) > 0 {
			cells[5] = i18n.AskedFor(t, r.Reasons, row.Reasons[0].Of)
			cells[6] = i18n.FoundAs(t, r.Grades, row.Grades[0].Of)
		}
		for _, x := range r.All.Reasons {
			cells = append(cells, piecesOf(row.Reasons, x.Of))
		}
		for _, x := range r.All.Grades {
			cells = append(cells, piecesOf(row.Grades, x.Of))
		}
		out = append(out, cells)
	}
	return out
}

// rated is a rate for a file; empty for none.
func rated(rate float64) any {
	if rate < 0 {
		return ""
	}
	const parts = 1e5
	return math.Round(rate*parts) / parts
}

func piecesOf(tallies []store.Tally, of string) int64 {
	for _, x := range tallies {
		if x.Of == of {
			return int64(x.N)
		}
	}
	return 0
}

// matrix are the conditions of what was sent back for each reason.
func (r returnsTold) matrix(t i18n.Text) [][]any {
	head := []any{t.ReturnsBys()[store.ReturnsByReason]}
	for _, x := range r.All.Grades {
		head = append(head, i18n.FoundAs(t, r.Grades, x.Of))
	}
	out := [][]any{head}
	for _, row := range r.pairs {
		cells := []any{i18n.AskedFor(t, r.Reasons, row.Key)}
		for _, x := range r.All.Grades {
			cells = append(cells, piecesOf(row.Grades, x.Of))
		}
		out = append(out, cells)
	}
	return out
}

func (r returnsTold) moments(w words) [][]any {
	head := w.ReturnsHeader()
	out := [][]any{{w.ReturnsBegin(r.weeks), head[1], head[2], head[3]}}
	for _, m := range r.trend {
		out = append(out, []any{m.Begins.String(), int64(m.Sent), int64(m.Back), rated(m.Rate())})
	}
	return out
}

// waiting are how long returns took, in hours.
func (r returnsTold) waiting(c *console) [][]any {
	const hour = 3600_000
	head := []any{c.words().ReturnsHours()}
	for _, text := range c.Text.ReasonsTable() {
		head = append(head, text)
	}
	out := [][]any{head}
	for _, x := range r.waits {
		out = append(out, []any{waitName(c.Text, x), rounded(float64(x.Half) / hour),
			rounded(float64(x.Most) / hour), int64(x.N)})
	}
	return out
}

// savePages writes pages into a new file: all into a workbook, else the first.
func savePages(path string, pages []page, c *console) (err error) {
	file, err := newProblemList(path, c)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.file.Close()); err != nil {
			_ = os.Remove(path) // what is half there is worse than nothing
			err = &store.Fault{Code: store.FaultOf(err).Code, Path: path, Err: err}
		}
	}()
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return workbook(file.file, pages)
	}
	var rows [][]string
	for _, row := range pages[0].rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = fmt.Sprint(cell)
		}
		rows = append(rows, cells)
	}
	return file.csv(rows)
}

// workbook writes pages as the sheets of a workbook.
func workbook(to *os.File, pages []page) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	for i, p := range pages {
		if i == 0 {
			err = f.SetSheetName("Sheet1", p.name)
		} else {
			_, err = f.NewSheet(p.name)
		}
		if err != nil {
			return err
		}
		if err := sheetOf(f, p); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(to)
	return err
}

// sheetOf fills a sheet: texts are no formulas, and numbers are numbers.
func sheetOf(f *excelize.File, p page) error {
	w, err := f.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	for i, row := range p.rows {
		for j, cell := range row {
			if text, is := cell.(string); is {
				row[j] = printable(text)
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = w.SetRow(at, row)
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}
