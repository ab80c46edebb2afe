package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/report"
)

// An audit is a bin that was counted before Noon, and what became of it.
type audit struct {
	bin   string
	days  int // ago
	lines int64
	state store.VarianceState
	cause string
	off   store.Qty // of the first line
}

// audits are four weeks of counts, with one week that has none.
var audits = []audit{
	{"A-01-01", 25, 4, store.VarianceNone, "", 0},
	{"A-01-02", 25, 2, store.VarianceAdjusted, "lost", -3},
	{"B-07-01", 24, 1, store.VarianceSmall, "", -1},
	{"A-01-03", 10, 3, store.VarianceNone, "", 0},
	{"B-07-01", 9, 1, store.VarianceRejected, "", 0},
	{"A-01-01", 3, 4, store.VarianceAdjusted, "damaged", -10},
	{"A-01-02", 2, 2, store.VarianceAdjusted, "found", 2},
	{"A-01-03", 1, 3, store.VarianceRecount, "", 0},
}

// Audited is what was counted in the four weeks before Noon.
func Audited() (out []store.Event) {
	for i, a := range audits {
		at := Noon.AddDate(0, 0, -a.days).UnixMilli()
		id, place := store.CountID(fmt.Sprint("c-", i)), store.InBin(a.bin)
		out = append(out, store.CountBegun{Count: store.Count{ID: id, Place: place, Operator: "102",
			Station: "s1", At: at}})
		done := store.CountDone{Count: id, Place: place, All: a.lines, Sure: true, At: at}
		if a.off != 0 {
			done.Lines = []store.CountLine{{Batch: store.Batch{Item: "TEA-500"}, N: 20 + a.off,
				Low: 20, High: 20}}
		}
		out = append(out, done)
		if a.off == 0 {
			out = append(out, store.VarianceRuled{First: id, Count: id, Place: place,
				State: a.state, At: at})
			continue
		}
		out = append(out, store.StockAdjusted{About: string(id), Count: id, Place: place,
			State: a.state, Cause: a.cause, By: "900", At: at,
			Worth: store.MoneyUnit * store.Money(a.off),
			Lines: []store.Adjustment{{Place: place, Batch: store.Batch{Item: "TEA-500"},
				N: a.off}}})
	}
	return out
}

// Scanned has two people scan for a while: one picks 12 in 12 minutes, with two wrong scans
// and then a break, the other 3 in 6 minutes without.
func Scanned(s *Site) {
	s.Helper()
	scan := func(by store.OperatorID, e store.Event) {
		s.Must(s.Write(background, s.By(by, "x"), func(tx *store.Tx) error { return tx.Record(e) }))
	}
	pick := store.ItemPicked{Slip: "S-1", Task: "S-1.1.1", Line: 1, N: 1,
		Batch: store.Batch{Item: "TEA-500"}, From: store.InBin("A-01-01"), To: store.InTote("T-1")}
	scan("101", store.BinReached{Slip: "S-1", Task: "S-1.1.1", Place: store.InBin("A-01-01")})
	for i := range 12 {
		if i < 2 {
			s.Clock.Wait(30 * time.Second)
			scan("101", store.ScanRefused{Refusal: store.Refusal{Code: store.WrongItem}})
			s.Clock.Wait(30 * time.Second)
		} else {
			s.Clock.Wait(time.Minute)
		}
		scan("101", pick)
	}
	s.Clock.Wait(time.Hour)
	scan("101", store.ScanRefused{Refusal: store.Refusal{Code: store.NotFound}})
	scan("102", store.BinReached{Slip: "S-1", Task: "S-1.1.1", Place: store.InBin("A-01-01")})
	for range 3 {
		s.Clock.Wait(2 * time.Minute)
		scan("102", pick)
	}
}

// Given four weeks of counts, the book's accuracy is told by zone and week, and what was lost
// by cause; who scanned how, to a supervisor alone.
func accuracy(t *testing.T, open Opener) {
	s := floor(t, open)
	s.Record(Audited()...)
	zones, weeks, all, err := report.Accuracy(background, s.Store, report.Span{})
	s.Must(err)
	a, b := report.AccuracyRow{Zone: "A", Bins: 5, BinsRight: 2, Lines: 15, LinesRight: 12},
		report.AccuracyRow{Zone: "B", Bins: 2, BinsRight: 1, Lines: 2, LinesRight: 1}
	if diff := cmp.Diff([]report.AccuracyRow{a, b}, zones); diff != "" {
		t.Errorf("by zone: want -, got +:\n%s", diff)
	}
	want := []report.AccuracyRow{
		{Week: 20260202, Bins: 3, BinsRight: 1, Lines: 7, LinesRight: 5}, {Week: 20260209},
		{Week: 20260216, Bins: 2, BinsRight: 2, Lines: 4, LinesRight: 4},
		{Week: 20260223, Bins: 2, Lines: 6, LinesRight: 4}}
	if diff := cmp.Diff(want, weeks); diff != "" {
		t.Errorf("by week: want -, got +:\n%s", diff)
	}
	if all.Bins != 7 || all.BinsRight != 3 || all.LineRate() != 13.0/17 {
		t.Errorf("in all: %+v", all)
	}
	lost, err := report.Shrinkage(background, s.Store, report.Last(14, s.Today()))
	s.Must(err)
	if diff := cmp.Diff([]report.ShrinkageRow{
		{Cause: "damaged", Times: 1, Lost: 10, Less: 10 * store.MoneyUnit},
		{Cause: "found", Times: 1, Gained: 2, More: 2 * store.MoneyUnit}}, lost.Rows); diff != "" {
		t.Errorf("by cause: want -, got +:\n%s", diff)
	}
	if lost.All.Lost != 10 || lost.All.More != 2*store.MoneyUnit {
		t.Errorf("in all: %+v", lost.All)
	}
	s.people()
}

// people looks how the two scanned.
func (s *Site) people() {
	s.Helper()
	Scanned(s)
	_, err := report.People(background, s.Store, "101", report.Span{})
	if got := s.Code(err); got != store.NoRight {
		s.Errorf("a picker reads how others scan: %q", got)
	}
	got, err := report.People(background, s.Store, "900", report.Last(1, s.Today()))
	s.Must(err)
	want := []report.PersonRow{
		{Operator: "101", Name: "拣货一号", Scans: 16, Wrong: 2, Picks: 12, Picking: 12 * time.Minute},
		{Operator: "102", Name: "拣货二号", Scans: 4, Picks: 3, Picking: 6 * time.Minute}}
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("people: want -, got +:\n%s", diff)
	}
	yesterday := report.Span{From: 20260227, To: 20260228}
	if got, err := report.People(background, s.Store, "900", yesterday); err != nil || got != nil {
		s.Errorf("the day before: %v %v", got, err)
	}
}

// Today is the day of the site's clock.
func (s *Site) Today() store.Date { return store.DateOf(s.Clock.Now()) }
