package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/order"
	"scanbay/tui/i18n"
)

type importCmd struct {
	Kind      string   `arg:"" enum:"items,bins,stock,operators,orders" help:"One of ${enum}."`
	Files     []string `arg:"" name:"file" help:"CSV or CSV.gz, headers in English or Chinese."`
	SalesOnly bool     `help:"Leave out rows of orders with a quantity or price of 0 or less."`
	site
}

// Help lists the columns of each kind of file, for scanbay import --help.
func (importCmd) Help() string {
	var b strings.Builder
	b.WriteString("The first row names the columns, in English or in Chinese, in any order. " +
		"A * is needed;\nstock and orders need a sku or a gtin. Amounts are in the order's " +
		"currency, lengths in mm,\nweights in g, dates as 2026-03-01.\n")
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

// Run takes files in, each whole or not at all, and plans what they make possible.
func (i importCmd) Run(ctx context.Context, c *console) (err error) {
	s, key, err := i.open(ctx, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	report, err := i.load(ctx, s, key)
	if err != nil {
		return err
	}
	printReport(c.Out, c.Text, report)
	if !report.OK() {
		return complaint(c.words().NotTaken(i.Files[len(report.Files)-1:]))
	}
	if report.Kind == intake.Orders || report.Kind == intake.Stock {
		return order.Plan(ctx, s)
	}
	return nil
}

func (i importCmd) load(ctx context.Context, s *store.Store, key access.Key) (
	intake.Report, error) {
	var files []intake.File
	for _, path := range i.Files {
		files = append(files, intake.OpenFile(path))
	}
	var options []intake.Option
	if i.SalesOnly {
		options = append(options, intake.Only(func(s intake.Sale) bool {
			return s.N > 0 && s.Price > 0
		}))
	}
	return intake.Load(ctx, s, key, intake.Kind(i.Kind), files, options...)
}

// printReport says what became of files.
func printReport(w io.Writer, t i18n.Text, r intake.Report) {
	for _, f := range r.Files {
		printFile(w, t, f)
	}
}

func printFile(w io.Writer, t i18n.Text, f intake.FileReport) {
	said := wordsIn(t)
	say := func(text string) { fmt.Fprintf(w, "%s: %s\n", f.Name, text) }
	if len(f.UnknownColumns) > 0 {
		say(said.Unused(strings.Join(f.UnknownColumns, ", ")))
	}
	switch {
	case f.Before:
		say(said.Before())
	case len(f.Problems) == 0:
		say(said.Taken(f.Rows, f.Taken, f.Same, f.Known, f.Skipped))
	}
	for _, p := range f.Problems {
		fmt.Fprintf(w, "%s: %s\n", where(p), reason(t, p))
	}
	if f.MoreProblems > 0 {
		say(said.More(f.MoreProblems))
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
