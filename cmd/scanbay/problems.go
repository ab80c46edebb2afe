package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

// A problemList is a table of the problems of an import, for whoever corrects the
// files: CSV or XLSX, by its name.
type problemList struct {
	path string
	text i18n.Text
	file *os.File
}

// newProblemList makes sure of the file before anything is imported. Without a path
// there is no list.
func newProblemList(path string, c *console) (*problemList, error) {
	if path == "" {
		return &problemList{}, nil
	}
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".csv" && ext != ".xlsx" {
		return nil, complaint(c.words().NoList(path))
	}
	f, err := newFile(path)
	if err != nil {
		return nil, err
	}
	return &problemList{path: path, text: c.Text, file: f}, nil
}

// newFile makes a file, and overwrites none.
func newFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	code := store.ReadOnly
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, fs.ErrExist):
		code = store.Exists
	case errors.Is(err, fs.ErrNotExist):
		code = store.Missing
	}
	return nil, &store.Fault{Code: code, Path: path, Err: err}
}

// write fills the list and says so. Where there are no problems, and nobody wants
// to see that, there is no list.
func (l *problemList) write(r intake.Report, always bool) (written bool, err error) {
	if l.file == nil {
		return false, nil
	}
	rows := [][]string{wordsIn(l.text).ListHeader()}
	for _, f := range r.Files {
		for _, p := range f.Problems {
			problem, remedy := i18n.Wrong(l.text, p)
			line := ""
			if p.Line > 0 {
				line = strconv.Itoa(p.Line)
			}
			rows = append(rows, []string{p.File, line, p.Column, p.Value, string(p.Reason),
				problem, remedy})
		}
		if f.MoreProblems > 0 {
			rows = append(rows, []string{f.Name, "", "", "", "",
				wordsIn(l.text).More(f.MoreProblems), ""})
		}
	}
	if len(rows) == 1 && !always {
		return false, errors.Join(l.file.Close(), os.Remove(l.path))
	}
	fill := l.csv
	if strings.EqualFold(filepath.Ext(l.path), ".xlsx") {
		fill = l.xlsx
	}
	return true, errors.Join(fill(rows), l.file.Close())
}

// csv writes the rows for a spreadsheet: it knows UTF-8 by the mark in front.
func (l *problemList) csv(rows [][]string) error {
	if _, err := fmt.Fprint(l.file, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(l.file)
	w.UseCRLF = true
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// harmless is text that no spreadsheet takes for a formula.
func harmless(text string) string {
	text = printable(text)
	if text != "" && strings.ContainsAny(width.Fold.String(text)[:1], "=+-@") {
		return "'" + text
	}
	return text
}

// printable is text without what no cell may hold, or what turns the text around it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, text)
}

// newJSON writes values a line each, as what reads them needs them; a terminal that shows them
// is not steered by them.
func newJSON(w io.Writer) *json.Encoder { return json.NewEncoder(spelled{w}) }

// spelled is a writer of JSON that spells out what is not to be seen.
type spelled struct{ io.Writer }

// Write implements io.Writer. An encoder gives it a whole value.
func (w spelled) Write(p []byte) (int, error) {
	unseen := func(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) }
	if !bytes.ContainsFunc(p, unseen) {
		return w.Writer.Write(p)
	}
	var out []byte
	for _, r := range string(p) {
		if !unseen(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			out = fmt.Appendf(out, `\u%04x`, unit)
		}
	}
	if _, err := w.Writer.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// xlsx writes the rows as cells of text, which are no formulas.
func (l *problemList) xlsx(rows [][]string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = printable(text)
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = w.SetRow(at, cells)
		}
		if err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(l.file)
	return err
}
