package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/store/stocktake"
	"scanbay/tui/i18n"
)

type closeCmd struct {
	Day string `placeholder:"DATE" help:"The day; today if not given."`
	placeAt
}

// Help tells what the close is for.
func (closeCmd) Help() string {
	return "What was counted, adjusted and scanned on the day, what still waits, and where each " +
		"log ends.\nPrint it, and keep the paper: what is altered in the database later, up to " +
		"those ends, is found by\nscanbay verify FILE --head AUTHOR:EPOCH:NUMBER:HASH, whoever " +
		"altered it."
}

// A closing is a day as it is printed.
type closing struct {
	report.Day
	of      store.Identity
	at      string
	open    map[stocktake.CaseKind]int
	reasons []store.Reason
}

// Run prints the close of a day.
func (d closeCmd) Run(ctx context.Context, c *console) error {
	span, err := days{From: d.Day, To: d.Day}.span(c)
	if err != nil {
		return err
	}
	return d.look(ctx, c, func(s *store.Store) error {
		day, err := closeOf(ctx, s, cmp.Or(span.From, store.DateOf(s.Now())))
		if err != nil {
			return err
		}
		for _, line := range day.lines(c) {
			if _, err := fmt.Fprintln(c.Out, strings.TrimRight(line, " ")); err != nil {
				return err
			}
		}
		return nil
	})
}

func closeOf(ctx context.Context, s *store.Store, date store.Date) (out closing, err error) {
	out.of, out.at, out.open = s.Identity(), s.Now().Format("2006-01-02 15:04"),
		map[stocktake.CaseKind]int{}
	if out.Day, err = report.DayOf(ctx, s, date); err != nil {
		return out, err
	}
	cases, err := stocktake.Queue(ctx, s)
	for _, x := range cases {
		out.open[x.Kind]++
	}
	if err != nil {
		return out, err
	}
	out.reasons, err = store.Get(ctx, s, func(r *store.Reader) ([]store.Reason, error) {
		return r.Reasons(store.AdjustReason)
	})
	return out, err
}

// lines are the close as it is printed.
func (d closing) lines(c *console) []string {
	t, w := c.Text, c.words()
	head := w.CloseRows()
	var states, ends, open, scans, refused []string
	for _, s := range store.VarianceStates {
		states = tallied(states, t.VarianceStates()[s], d.Variances[s])
	}
	for _, e := range store.DiscEnds {
		ends = tallied(ends, t.DiscEnds()[e], d.Resolved[e])
	}
	for _, k := range stocktake.CaseKinds {
		open = tallied(open, t.CaseKinds()[k], d.open[k])
	}
	for _, x := range d.Scans {
		scans = tallied(scans, cmp.Or(t.Events()[x.Of], x.Of), x.N)
	}
	for _, x := range d.Refused {
		problem, _ := i18n.Explain(t, &store.Refusal{Code: store.Code(x.Of)})
		refused = tallied(refused, strings.Join(strings.Fields(problem), " "), x.N)
	}
	out := []string{w.CloseTitle(d.Date, string(d.of.Warehouse), d.at), "",
		head.Counts + w.CloseCounts(d.Counted, d.Exact), head.Variances + commas(states),
		head.Adjusted + commas(d.adjusted(t, w)), head.Resolved + commas(ends),
		head.Open + commas(open), head.Scans + commas(scans), head.Refused + commas(refused),
		head.Facts + strconv.Itoa(d.Facts), "", w.CloseHeads()}
	for _, h := range d.Heads {
		out = append(out, "  "+headText(h))
	}
	return append(out, "", w.CloseSigned())
}

// adjusted is what was put right, cause by cause.
func (d closing) adjusted(t i18n.Text, w words) (out []string) {
	for _, a := range d.Adjusted {
		cause := w.CloseTolerated()
		if a.Cause != "" {
			cause = i18n.AskedFor(t, d.reasons, a.Cause)
		}
		out = append(out, fmt.Sprintf("%s +%d -%d (%s)", cause, a.Gained, a.Lost, a.Worth))
	}
	return out
}

// tallied adds how often there was something, if ever.
func tallied(to []string, of string, n int) []string {
	if n == 0 {
		return to
	}
	return append(to, of+" "+strconv.Itoa(n))
}

func commas(of []string) string {
	if len(of) == 0 {
		return "-"
	}
	return strings.Join(of, ", ")
}

// headDigits are those of a hash that are printed: nobody finds another with as many alike.
const headDigits = 32

// headText is where a log ends, as verify --head takes it.
func headText(h store.Head) string {
	sum := hex.EncodeToString(h.Hash)
	return fmt.Sprintf("%s:%d:%d:%s", h.Author, h.Epoch, h.Seq, sum[:min(len(sum), headDigits)])
}

// headLeast is how many digits of a hash somebody has to type.
const headLeast = 16

// headsOf reads heads as they were printed.
func headsOf(c *console, texts []string) (out []store.Head, err error) {
	for _, text := range texts {
		parts := strings.Split(strings.TrimSpace(text), ":")
		if len(parts) != 4 {
			return nil, complaint(c.words().NoHead(text))
		}
		h := store.Head{Author: store.StationID(parts[0])}
		sum := strings.ToLower(parts[3])
		var bad [3]error
		h.Epoch, bad[0] = strconv.ParseInt(parts[1], 10, 64)
		h.Seq, bad[1] = strconv.ParseInt(parts[2], 10, 64)
		h.Hash, bad[2] = hex.DecodeString(sum)
		if errors.Join(bad[:]...) != nil || len(sum) < headLeast || h.Seq < 1 {
			return nil, complaint(c.words().NoHead(text))
		}
		out = append(out, h)
	}
	return out, nil
}
