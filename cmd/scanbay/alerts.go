package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"time"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

type alertsCmd struct {
	All bool `help:"Those too that somebody has seen."`
	CSV bool `name:"csv" help:"Print a table, with a header."`
	placeAt
}

// Help tells what a program reads.
func (alertsCmd) Help() string {
	return "Late slips, goods that run low or expire, discrepancies and variances that nobody " +
		"decided on,\nand bins that nobody counted: what a supervisor is warned of at a station. " +
		"A monitoring system\nreads --csv: kind and ref name an alert, level is 1 (soon), 2 " +
		"(now) or 3 (worst). What\nsomebody has seen is left out until it is worse, or its " +
		"time is over."
}

// Run prints the alerts.
func (a alertsCmd) Run(ctx context.Context, c *console) error {
	return a.look(ctx, c, func(s *store.Store) error {
		list, err := report.Alerts(ctx, s)
		if err != nil {
			return err
		}
		if !a.All {
			list = report.Loud(list)
		}
		return a.print(c, s, list)
	})
}

// alertHeader names the columns of a table of alerts.
func alertHeader() []string {
	return []string{"kind", "level", "ref", "item", "name", "lot", "place", "n", "limit", "expires",
		"since", "seen_by", "quiet_until", "problem", "remedy"}
}

// alertCells are an alert's row, in the order of the header.
func alertCells(t i18n.Text, s *store.Store, a store.Alert) []string {
	said, ends := t.Alert(a), ""
	if a.Ends != 0 {
		ends = a.Ends.String()
	}
	return []string{string(a.Kind), fmt.Sprint(a.Level), a.Ref, string(a.Item), a.Title,
		string(a.Lot), a.Place.Code(), a.N.String(), a.Want.String(), ends, momentOf(s, a.Since),
		string(a.Seen.By), momentOf(s, a.Seen.Until), said.Problem, said.Remedy}
}

// momentOf is a time in the warehouse's zone; empty for none.
func momentOf(s *store.Store, ms int64) string { return instant(s.Zone(), ms) }

func instant(zone *time.Location, ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).In(zone).Format("2006-01-02 15:04")
}

func (a alertsCmd) print(c *console, s *store.Store, list []store.Alert) error {
	if a.CSV {
		w := csv.NewWriter(c.Out)
		err := w.Write(alertHeader())
		for _, x := range list {
			row := alertCells(c.Text, s, x)
			for i := range row {
				row[i] = harmless(row[i])
			}
			err = errors.Join(err, w.Write(row))
		}
		w.Flush()
		return errors.Join(err, w.Error())
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(c.Out, c.Text.AlertsNone())
		return err
	}
	t := c.Text
	for _, x := range list {
		said := t.Alert(x)
		_, err := fmt.Fprintf(c.Out, "%s  %s  %s\n  %s %s\n", t.AlertLevels()[x.Level],
			t.AlertKinds()[x.Kind], component.Clean(i18n.AlertAbout(x)),
			component.Clean(said.Problem), said.Remedy)
		if err != nil {
			return err
		}
	}
	return nil
}
