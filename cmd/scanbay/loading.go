package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui/component"
)

type loadingCmd struct {
	ID      string `arg:"" optional:"" help:"The number of the hand-over; else all of a day."`
	Day     string `placeholder:"DATE" help:"The day; today if not given."`
	Carrier string `help:"Of one carrier."`
	JSON    bool   `name:"json" xor:"as" help:"Print a JSON object a line."`
	CSV     bool   `name:"csv" xor:"as" help:"Print a table, with a header."`
	placeAt
}

// Help tells what the list is for.
func (loadingCmd) Help() string {
	return "The loading list, to be signed by both sides: each parcel with its waybill and its " +
		"pieces. What\nis not known, such as a weight, is left blank to be written by hand."
}

// A loadedRow is a parcel on the list.
type loadedRow struct {
	Handover store.HandoverID `json:"handover,omitempty"`
	Carrier  store.CarrierID  `json:"carrier"`
	Waybill  store.WaybillNo  `json:"waybill"`
	Carton   store.CartonID   `json:"carton"`
	Slip     store.SlipID     `json:"slip"`
	Pieces   int64            `json:"pieces"`
	Grams    int64            `json:"grams,omitempty"`
	At       string           `json:"at"`
}

// fields stand in the order of the header.
func (r loadedRow) fields() []string {
	return []string{string(r.Handover), string(r.Carrier), string(r.Waybill), string(r.Carton),
		string(r.Slip), fmt.Sprint(r.Pieces), r.weight("%.0f", 1), r.At}
}

// weight is the weight in so many grams, blank where it is not known.
func (r loadedRow) weight(form string, unit float64) string {
	if r.Grams == 0 {
		return ""
	}
	return fmt.Sprintf(form, float64(r.Grams)/unit)
}

func loadedHeader() []string {
	return []string{"handover", "carrier", "waybill", "carton", "slip", "pieces", "grams", "at"}
}

// Run prints the list.
func (l loadingCmd) Run(ctx context.Context, c *console) error {
	span, err := days{From: l.Day, To: l.Day}.span(c)
	if err != nil {
		return err
	}
	return l.look(ctx, c, func(s *store.Store) error {
		day := cmp.Or(span.From, store.DateOf(s.Now()))
		var list report.LoadingList
		if l.ID != "" {
			list, err = report.Loaded(ctx, s, store.HandoverID(strings.ToUpper(l.ID)))
		} else {
			list, err = report.LoadedOn(ctx, s, day, store.CarrierID(l.Carrier))
		}
		if err != nil {
			return err
		}
		return l.print(c, s, list, day)
	})
}

func (l loadingCmd) print(c *console, s *store.Store, list report.LoadingList,
	day store.Date) error {
	var rows []loadedRow
	for _, d := range list.Rows {
		rows = append(rows, loadedRow{Handover: d.Handover, Carrier: d.Carrier, Waybill: d.Waybill,
			Carton: d.Carton, Slip: d.Slip, Pieces: d.N, Grams: d.Grams,
			At: momentOf(s, d.At)})
	}
	switch {
	case l.JSON:
		enc := newJSON(c.Out)
		for _, r := range rows {
			if err := enc.Encode(r); err != nil {
				return err
			}
		}
		return nil
	case l.CSV:
		w := csv.NewWriter(c.Out)
		err := w.Write(loadedHeader())
		for _, r := range rows {
			cells := r.fields()
			for i := range cells {
				cells[i] = harmless(cells[i])
			}
			err = errors.Join(err, w.Write(cells))
		}
		w.Flush()
		return errors.Join(err, w.Error())
	}
	for _, line := range loadingLines(c, s, list, rows, day) {
		_, err := fmt.Fprintln(c.Out, strings.TrimRight(component.Clean(line), " "))
		if err != nil {
			return err
		}
	}
	return nil
}

// paperWide is how many characters stand on a line of paper.
const paperWide = 90

// loadingLines are the list as it is printed.
func loadingLines(c *console, s *store.Store, list report.LoadingList, rows []loadedRow,
	day store.Date) []string {
	t := c.Text
	out := []string{c.words().LoadedOn(day, string(list.Carrier))}
	if list.ID != "" {
		out = append([]string{t.ListTitle(list.ID)},
			t.ListHead(list.Handover, momentOf(s, list.Closed))...)
	}
	table := [][]string{c.words().LoadedHeader()}
	for i, r := range rows {
		table = append(table, []string{fmt.Sprint(i + 1), string(r.Waybill), string(r.Carton),
			string(r.Carrier), fmt.Sprint(r.Pieces), r.weight("%.2f", 1000)})
	}
	out = append(append(append(out, ""), component.Table(table, paperWide)...), "",
		t.ListSum(len(rows), list.Pieces), "")
	return append(out, t.ListSign(list.Signed)...)
}
