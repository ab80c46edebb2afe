package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui/component"
	"scanbay/tui/screens"
)

type trailCmd struct {
	Key string `arg:"" help:"Of an order, slip, item, bin, lot, serial, operator, waybill."`
	CSV string `name:"csv" placeholder:"FILE" help:"Write the table to FILE.csv."`
	days
	placeAt
}

// Help tells what a trail is.
func (trailCmd) Help() string {
	return "Every fact that names the thing is listed, the last first: when, what, by whom, " +
		"where, and what\nwas scanned. A fact is the record of one scan or decision. None is " +
		"ever altered or removed;\nscanbay verify finds where one was."
}

// Run prints what happened to a thing, or writes it into a file.
func (t trailCmd) Run(ctx context.Context, c *console) error {
	span, err := t.span(c)
	if err != nil {
		return err
	}
	if err := named(c, t.CSV, ".csv"); err != nil {
		return err
	}
	return t.look(ctx, c, func(s *store.Store) error {
		mark, err := t.mark(ctx, s)
		if err != nil {
			return err
		}
		trail, err := report.TrailOf(ctx, s, mark, span)
		if err != nil {
			return err
		}
		rows := screens.TrailTable(c.Text, s.Zone(), trail)
		switch {
		case len(trail.Facts) == 0:
			return complaint(c.words().NoTrail(t.Key))
		case t.CSV == "":
			return printTrail(c, trail, rows)
		}
		if err := writeRows(c, t.CSV, rows); err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.Out, c.words().Reported(t.CSV))
		return err
	})
}

// mark is what the key means, as if it had been typed at a station.
func (t trailCmd) mark(ctx context.Context, s *store.Store) (store.Mark, error) {
	prefix, err := store.Get(ctx, s, func(r *store.Reader) (string, error) {
		return r.Setting(store.LabelPrefix)
	})
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs(newBoot()), Prefix: prefix,
		Now: s.Now})
	l := reader.Keyed(t.Key).Label
	return store.Mark{Text: cmp.Or(l.Text, t.Key), Kind: store.Kind(l.Kind), Code: l.Code,
		GTIN: store.GTIN(l.GTIN), Lot: store.Lot(l.Lot), Serial: store.Serial(l.Serial)}, err
}

// printTrail writes the columns that fit a terminal: when, what, who, where, and what was
// scanned.
func printTrail(c *console, trail report.Trail, rows [][]string) error {
	out := make([][]string, len(rows))
	for i, row := range rows {
		who := strings.TrimSpace(row[3] + " " + row[4])
		if row[5] != "" {
			who += " + " + row[5]
		}
		out[i] = []string{row[0], row[1], row[2], who, row[6], row[8]}
	}
	out[0][3] = rows[0][3]
	lines := aligned(out)
	if trail.Cut {
		lines = append(lines, c.words().MoreTrail(len(trail.Facts)))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(c.Out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// aligned puts texts in columns, each from its left edge.
func aligned(rows [][]string) (out []string) {
	wide := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			wide[i] = max(wide[i], ansi.StringWidth(component.Clean(cell)))
		}
	}
	for _, row := range rows {
		var cells []string
		for i, cell := range row {
			cells = append(cells, component.Fit(cell, wide[i]))
		}
		out = append(out, strings.Join(cells, "  "))
	}
	return out
}

// writeRows writes a table into a new file.
func writeRows(c *console, path string, rows [][]string) error {
	list, err := newProblemList(path, c)
	if err != nil {
		return err
	}
	err = errors.Join(list.csv(rows), list.file.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(path)) // what is half there is worse than nothing
	}
	return err
}

// export writes rows into a new file beside the database, named after what they are of: what
// is scanned may hold anything, the name of a file not.
func (st *station) export(name string, rows [][]string) (string, error) {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return r
		}
		return '_'
	}, name)
	const longest = 80
	if runes := []rune(plain); len(runes) > longest {
		plain = string(runes[:longest])
	}
	at := st.Now().In(st.store.Zone()).Format("-20060102-150405")
	for n := 1; ; n++ {
		again := ""
		if n > 1 {
			again = "-" + strconv.Itoa(n)
		}
		path := filepath.Join(filepath.Dir(st.store.Path()), plain+at+again+".csv")
		err := writeRows(st.console, path, rows)
		if store.FaultOf(err).Code != store.Exists || err == nil {
			return path, err
		}
	}
}
