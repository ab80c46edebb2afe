package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// An accuracyReport tells how right the book was in some days.
type accuracyReport struct {
	By string `enum:"zone,week,cause,operator" default:"zone" help:"${enum} (${default})."`
	days
	sheet
	placeAt
}

// Help tells what is counted.
func (accuracyReport) Help() string {
	return "By zone or week: of the bins that were counted, and of their lines, how many were as " +
		"their book.\nBy cause: what adjustments took and brought; what was missing and found " +
		"again is taken off what\nthey brought. By operator: scans of another thing than was " +
		"asked for, and picks an hour, from\nscan to scan without the pauses; XLSX holds that " +
		"only where it is asked for."
}

// Run prints a table, or writes it into a file.
func (r accuracyReport) Run(ctx context.Context, c *console) error {
	span, err := r.span(c)
	if err != nil {
		return err
	}
	path, err := r.path(c)
	if err != nil {
		return err
	}
	return r.look(ctx, c, func(s *store.Store) error {
		told := accuracyTold{by: r.By}
		if err := told.read(ctx, s, span); err != nil {
			return err
		}
		if path == "" {
			return told.print(c, span)
		}
		return saved(path, told.pages(c), c)
	})
}

// An accuracyTold is the whole of a report.
type accuracyTold struct {
	by           string
	zones, weeks []report.AccuracyRow
	all          report.AccuracyRow
	shrunk       report.Shrunken
	people       []report.PersonRow // where they are asked for
}

func (r *accuracyTold) read(ctx context.Context, s *store.Store, span report.Span) (err error) {
	if r.zones, r.weeks, r.all, err = report.Accuracy(ctx, s, span); err != nil {
		return err
	}
	if r.shrunk, err = report.Shrinkage(ctx, s, span); err == nil && r.by == "operator" {
		r.people, err = report.People(ctx, s, "", span)
	}
	return err
}

// pages are all that a file holds, the table that is asked for first.
func (r *accuracyTold) pages(c *console) []page {
	names := c.words().AccuracyPages()
	out := map[string]page{"zone": {names[0], r.counted(c, r.zones)},
		"week": {names[1], r.counted(c, r.weeks)}, "cause": {names[2], r.causes(c)},
		"operator": {names[3], r.persons(c)}}
	list := []page{out[r.by]}
	for _, by := range []string{"zone", "week", "cause"} {
		if by != r.by {
			list = append(list, out[by])
		}
	}
	return list
}

func (r *accuracyTold) counted(c *console, rows []report.AccuracyRow) [][]any {
	out := [][]any{{}}
	for _, text := range c.words().AccuracyHeader(len(rows) > 0 && rows[0].Week != 0) {
		out[0] = append(out[0], text)
	}
	for _, x := range rows {
		name := x.Zone
		switch {
		case x.Week != 0:
			name = x.Week.String()
		case name == "":
			name = c.Text.Zone(name)
		}
		out = append(out, []any{name, x.Bins, x.BinsRight, rated(x.Rate()), x.Lines, x.LinesRight,
			rated(x.LineRate())})
	}
	return out
}

func (r *accuracyTold) causes(c *console) [][]any {
	out := [][]any{{}}
	for _, text := range c.words().ShrinkageHeader() {
		out[0] = append(out[0], text)
	}
	for _, x := range r.shrunk.Rows {
		out = append(out, []any{i18n.CauseOf(c.Text, r.shrunk.Causes, x.Cause), x.Times,
			int64(x.Lost), amount(x.Less), int64(x.Gained), amount(x.More)})
	}
	return out
}

// amount is money for a file.
func amount(m store.Money) float64 { return float64(m) / float64(store.MoneyUnit) }

func (r *accuracyTold) persons(c *console) [][]any {
	out := [][]any{{}}
	for _, text := range c.words().PeopleHeader() {
		out[0] = append(out[0], text)
	}
	for _, p := range r.people {
		pace := any("")
		if n := p.PicksAnHour(); n >= 0 {
			pace = rounded(n)
		}
		out = append(out, []any{string(p.Operator), p.Name, p.Scans, p.Wrong, rated(p.Errs()),
			p.Picks, rounded(p.Picking.Hours()), pace})
	}
	return out
}

// print writes what is read at a glance: the first rows, and the weeks as a plot.
func (r *accuracyTold) print(c *console, span report.Span) error {
	w := c.words()
	out := []string{w.AccuracyOf(span.From, span.To, r.all.BinsRight, r.all.Bins,
		i18n.Percent(r.all.Rate())), ""}
	rows := r.printed(c)
	out = append(out, inColumns(rows[:min(len(rows), printMax+1)])...)
	if more := len(rows) - 1 - printMax; more > 0 {
		out = append(out, w.MoreReturns(more))
	}
	if r.by == "week" && len(r.weeks) > 0 {
		const wide, high = 78, 5
		var rates []float64
		for _, x := range r.weeks[len(r.weeks)-component.Drawn(len(r.weeks), wide):] {
			rates = append(rates, x.Rate())
		}
		out = append(append(out, ""), component.Columns(rates, wide, high)...)
	}
	for _, line := range out {
		if _, err := fmt.Fprintln(c.Out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// printed are the rows of the table that is asked for, as people read them.
func (r *accuracyTold) printed(c *console) (out [][]string) {
	t, w, n := c.Text, c.words(), func(n int64) string { return strconv.FormatInt(n, 10) }
	switch r.by {
	case "cause":
		out = append(out, w.ShrinkageHeader())
		for _, x := range r.shrunk.Rows {
			out = append(out, []string{i18n.CauseOf(t, r.shrunk.Causes, x.Cause), n(x.Times),
				x.Lost.String(), x.Less.String(), x.Gained.String(), x.More.String()})
		}
	case "operator":
		out = append(out, w.PeopleHeader())
		for _, p := range r.people {
			out = append(out, []string{string(p.Operator), p.Name, n(p.Scans), n(p.Wrong),
				i18n.Percent(p.Errs()), n(p.Picks), t.Hours(p.Picking.Round(time.Minute)),
				i18n.PerHour(p.PicksAnHour())})
		}
	default:
		rows := r.zones
		if r.by == "week" {
			rows = r.weeks
		}
		out = append(out, w.AccuracyHeader(r.by == "week"))
		for _, x := range rows {
			name := t.Zone(x.Zone)
			if x.Week != 0 {
				name = x.Week.String()
			}
			out = append(out, []string{name, n(x.Bins), n(x.BinsRight), i18n.Percent(x.Rate()),
				n(x.Lines), n(x.LinesRight), i18n.Percent(x.LineRate())})
		}
	}
	return out
}
