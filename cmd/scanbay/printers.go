package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"scanbay/cmd/scanbay/printer"
	"scanbay/store"
	"scanbay/store/printing"
	"scanbay/tui/component"
)

type printersCmd struct {
	What    string `arg:"" optional:"" enum:"${printed}" default:"" help:"${prints}."`
	Address string `arg:"" optional:"" help:"${printers}, or none."`
	As      string `enum:",zpl,pdf,escpos" default:"" placeholder:"zpl" help:"pdf, escpos."`
	DPI     int    `name:"dpi" enum:"0,203,300,600" default:"0" placeholder:"300" help:"ZPL: 203."`
	Paper   string `enum:",4x6,a5,a4" default:"" placeholder:"a5" help:"Of papers: 4x6, a5, a4."`
	placeAt
}

// Help tells what comes out by itself.
func (printersCmd) Help() string {
	return "A carton's label is printed when it is closed, where there is a printer of carton;\n" +
		"the packing list with the last one, where there is one of packinglist; the list of a\n" +
		"truck when it leaves, where there is one of loading. All else is asked for, by F9 and\n" +
		"print, in the station; what has no printer of its own goes to that of all.\n" +
		"A station that works keeps its database to itself: there, F9, print, F4 does the same."
}

// printerPapers are what can have a printer.
func printerPapers() kong.Vars {
	names := []string{everything}
	for _, p := range store.Papers {
		names = append(names, string(p))
	}
	return kong.Vars{"printed": "," + strings.Join(names, ","), "prints": strings.Join(names, ", ")}
}

// Run lists where the station prints, or has it print elsewhere.
func (p printersCmd) Run(ctx context.Context, c *console) error {
	if p.What == "" {
		return p.look(ctx, c, func(s *store.Store) error { return p.list(ctx, c, s) })
	}
	to := store.Printer{Paper: store.Paper(scopeOf(p.What)), Address: p.Address, Tongue: p.As,
		DPI: int64(p.DPI), Sheet: p.Paper}
	switch {
	case p.Address == "none":
		to.Address = ""
	case !isPrinter(p.Address):
		return complaint(c.words().NoPrinter(p.Address, printer.Forms))
	}
	return p.work(ctx, c, func(s *store.Store) error {
		if err := printing.Set(ctx, s, store.Gesture{Source: "keyed"}, to); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.Out, p.What, p.Address)
		return err
	})
}

// list is the printers, a line each, and how much waits for them.
func (p printersCmd) list(ctx context.Context, c *console, s *store.Store) error {
	const wide = 12 // cells of a name
	var printers []store.Printer
	var waits []store.PrintJob
	err := s.Read(ctx, func(r *store.Reader) (err error) {
		if printers, err = r.Printers(); err == nil {
			waits, err = r.PrintJobsIn(store.PrintWaits, 1000)
		}
		return err
	})
	for _, at := range printers {
		if err != nil {
			return err
		}
		words := []string{component.Fit(cmp.Or(string(at.Paper), everything), wide), at.Address,
			at.Tongue, at.Sheet}
		if at.DPI != 0 {
			words = append(words, fmt.Sprint(at.DPI, " dpi"))
		}
		words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
		_, err = fmt.Fprintln(c.Out, strings.Join(words, " "))
	}
	if err == nil {
		_, err = fmt.Fprintln(c.Out, c.words().Printing(len(printers), len(waits)))
	}
	return err
}
