package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"scanbay/store"
)

// networkFigures are what a rehearsal with central came to.
type networkFigures struct {
	Stations      int                    `json:"stations"`
	Orders        int                    `json:"orders"`
	Slips         int                    `json:"slips"`
	Lines         int                    `json:"lines"`
	Pieces        store.Qty              `json:"pieces"`
	Events        int                    `json:"events"`
	Scans         int                    `json:"scans"` // answered, by the journals
	Refused       int                    `json:"refused"`
	Shorts        int                    `json:"shorts"`
	StationKills  int                    `json:"station_kills"`
	CentralKills  int                    `json:"central_kills"`
	Line          map[lineFault]int      `json:"line"`
	Discrepancies map[store.DiscKind]int `json:"discrepancies"`
	P50           float64                `json:"scan_ms_p50"`
	P99           float64                `json:"scan_ms_p99"`
	Seconds       float64                `json:"seconds"`
	WorkSeconds   float64                `json:"work_seconds"`
	Violations    int                    `json:"violations"`
}

// sum verifies every database and all of them together, and counts.
func (n *network) sum(ctx context.Context) (f networkFigures, err error) {
	f = networkFigures{Stations: n.Stations, Line: n.line.count(),
		Discrepancies: map[store.DiscKind]int{}, WorkSeconds: n.working.Seconds(),
		CentralKills: n.central.kills}
	var took []time.Duration
	journal := n.Journal
	if journal == "" {
		journal = filepath.Join(n.Keep, "journal")
	}
	central := n.Database
	if central == "" {
		central = filepath.Join(n.Keep, centralFile)
	}
	v := verifyCmd{Files: []string{central}, Journal: journal}
	var ids []byte
	for i, p := range n.stations {
		f.StationKills += p.kills
		v.Files = append(v.Files, n.db(i))
		noted, err := os.ReadFile(n.db(i) + ".journal")
		if err != nil {
			return f, err
		}
		ids = append(ids, noted...)
		times, err := readTimes(n.db(i) + ".times")
		if err != nil {
			return f, err
		}
		took = append(took, times...)
	}
	f.P50, f.P99 = quantile(took, 500), quantile(took, 990)
	f.Scans = bytes.Count(ids, []byte("\n"))
	if err := os.WriteFile(journal, ids, 0o600); err != nil {
		return f, err
	}
	var said bytes.Buffer
	quiet := &console{Out: &said, Err: &said, Text: n.Text, Now: n.Now}
	if err := v.Run(ctx, quiet); err != nil {
		n.wrongs = append(n.wrongs, strings.TrimSpace(said.String()), err.Error())
	}
	all, err := v.open(ctx, quiet, central)
	for _, s := range all { // there is one warehouse
		err = errors.Join(err, n.count(ctx, s, &f), s.Close())
	}
	f.Violations = len(n.wrongs)
	return f, err
}

// count counts what is in central's log, and looks whether it comes out even.
func (n *network) count(ctx context.Context, s *store.Store, f *networkFigures) error {
	t := newTally()
	err := s.Read(ctx, func(r *store.Reader) error {
		for rev := int64(0); ; {
			runs, through, err := r.News("", 0, rev, logBatch)
			if err != nil || len(runs) == 0 {
				return err
			}
			for _, run := range runs {
				for _, b := range run.Facts {
					env, err := store.Fact{Bytes: b}.Envelope()
					if err == nil {
						err = t.count(env)
					}
					if err != nil {
						return err
					}
				}
			}
			rev = through
		}
	})
	if err != nil {
		return err
	}
	uneven := t.unequal()
	slices.Sort(uneven)
	n.wrongs = append(n.wrongs, uneven...)
	f.Orders, f.Slips, f.Lines, f.Pieces = t.Orders, t.Slips, t.Lines, t.Pieces
	f.Events, f.Refused, f.Shorts = t.Events, t.Refused, t.Shorts
	found, err := store.Get(ctx, s, (*store.Reader).Discrepancies)
	for _, d := range found {
		f.Discrepancies[d.Of]++
	}
	return err
}

// readTimes reads how long scans took, in microseconds, one a line.
func readTimes(path string) (out []time.Duration, err error) {
	text, err := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		var us int64
		if _, err := fmt.Sscan(line, &us); err == nil { // the last may be cut short
			out = append(out, time.Duration(us)*time.Microsecond)
		}
	}
	return out, err
}

// say prints the figures, and what is not right.
func (n *network) say(f networkFigures) error {
	out := n.console.Out
	if n.JSON {
		if err := json.NewEncoder(out).Encode(f); err != nil {
			return err
		}
		out = n.console.Err
	} else {
		for _, row := range n.words().RehearsedCentral(f) {
			fmt.Fprintf(out, "%12s  %s\n", row[1], row[0])
		}
	}
	for _, w := range n.wrongs[:min(len(n.wrongs), wrongsShown)] {
		fmt.Fprintln(out, w)
	}
	if len(n.wrongs) > 0 {
		return complaint(n.words().NotRehearsed(len(n.wrongs)))
	}
	return nil
}

// counts are numbers by name, in one line.
func counts[K ~string](of map[K]int) string {
	var all []string
	for k, n := range of {
		all = append(all, fmt.Sprintf("%s %d", k, n))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// networkRows are the figures of the table, each with its name.
func networkRows(f networkFigures, names [17]string) (out [][2]string) {
	for i, value := range []any{f.Stations, f.Orders, f.Slips, f.Lines, f.Pieces, f.Events,
		f.Scans, f.Refused, f.Shorts, f.StationKills, f.CentralKills, counts(f.Line),
		counts(f.Discrepancies), f.P50, f.P99, fmt.Sprintf("%.1f", f.Seconds),
		f.Violations} {
		out = append(out, [2]string{names[i], fmt.Sprint(value)})
	}
	return out
}
