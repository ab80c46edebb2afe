package screens_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/stocktake"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/tuitest"
)

// inQueue opens the supervisor's queue.
var inQueue = press("home", "down", "down", "down", "down", "down", "down", "down",
	"enter")

// queued are cases of every kind: a bin of 20 that two counted to 18, while three more were
// put there, with two pieces of a code that nobody knows; a bin that was found short, a
// place below zero, and the held order and return of others.
func queued(two store.Money) []store.Event {
	at := storetest.Noon.UnixMilli()
	const minute = 60_000
	out := append(sold(), storetest.Ordered("9", "GONE", 1),
		storetest.Has("A-01-01", "TEA-500", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Two: two, Active: true}})
	bin, tea := store.InBin("A-01-01"), store.Batch{Item: "TEA-500"}
	looked := func(id, first store.CountID, who store.OperatorID, from int64, book store.Qty) {
		c := store.Count{ID: id, Place: bin, First: first, Operator: who, Station: "s1", At: from}
		line := store.CountLine{Batch: tea, N: 18 + book - 20, Low: book, High: book}
		out = append(out, store.CountBegun{Count: c, Book: []store.Booked{{Batch: tea, N: 20}}},
			store.ItemCounted{CountScan: store.CountScan{ID: store.EventID(id) + "-1", Count: id,
				Batch: tea, N: line.N, Book: book, Code: "6901234567892", At: from + minute}},
			store.ItemCounted{CountScan: store.CountScan{ID: store.EventID(id) + "-2", Count: id,
				N: 2, Code: "85123A", At: from + minute}})
		if book > 20 {
			out = append(out, store.ReturnShelved{Batch: tea, N: book - 20, From: "tote/R-9",
				To: bin, As: store.Restock, Of: []store.OriginN{{N: book - 20}}, At: from})
		}
		out = append(out, store.CountDone{Count: id, Place: bin, Lines: []store.CountLine{line},
			Unknown: []store.CountedCode{{Code: "85123A", N: 2}}, Sure: true,
			At: from + 2*minute})
	}
	looked("c1", "", "101", at-90*minute, 20)
	out = append(out, store.VarianceRuled{First: "c1", Count: "c1", Place: bin,
		State: store.VarianceRecount, At: at - 85*minute})
	looked("c2", "c1", "102", at-80*minute, 23)
	return append(out, store.VarianceRuled{First: "c1", Count: "c2", Place: bin,
		State: store.VarianceApproval, At: at - 75*minute, Why: []store.Finding{
			{Rule: stocktake.WhyMoved, Got: "TEA-500"}, {Rule: stocktake.WhyUnknown, Got: "85123A"},
			{Rule: stocktake.WhyDisagree}}},
		store.ItemShorted{Slip: "CK9", Disc: store.Discrepancy{ID: "d1", Of: store.ShortPick,
			Slip: "CK9", Place: "bin/B-07-01", Item: "CUP-02", N: 3, Reason: "not_found",
			Operator: "101", At: at - 3*24*60*minute}, Missing: []store.Loss{{
			Batch: store.Batch{Item: "CUP-02"}, N: 3}}, Item: "CUP-02", From: "bin/B-07-01", N: 3},
		store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: "d2", Of: store.BelowZero,
			Place: "bin/A-01-02", Item: "CUP-02", N: 1, Operator: "900", At: at - 30*minute}})
}

func TestQueue(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){inQueue}, more...)...)
	}
	golden(t, "queue", []tuitest.Step{
		{Name: "home", Do: as("900", press("home", "down", "down", "down", "down", "down", "down",
			"down"))},
		{Name: "all", Do: at()},
		{Name: "counts", Do: at(press("right"))},
		{Name: "returns", Do: at(press("left"))},
		{Name: "none_of_a_kind", Do: at(press("right", "right", "right"))},
		{Name: "by_value", Do: at(press("f5"))},
		{Name: "zones", Do: at(press("f6"))},
		{Name: "a_zone", Do: at(press("f6", "2"))},
		{Name: "of_a_bin", Do: at(scan(binA1))},
		{Name: "of_an_item", Do: at(scan(cup))},
		{Name: "of_an_item_again", Do: at(scan(cup, cup))},
		{Name: "of_none", Do: at(scan(own(scanner.BinLabel, "A-01-03")))},
		{Name: "unknown", Do: at(scan("NOBODY"))},
		{Name: "order", Do: at(scan("P-9"), press("enter"))},
		{Name: "return", Do: at(press("left", "enter"))},
		{Name: "keys", Do: at(press("f9"))},
	}, queued(0)...)
	golden(t, "queue_none", []tuitest.Step{{Name: "start", Do: at()}})
}

// inCase opens the case that a bin has in the queue.
func inCase(bin string, more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
	return as("900", append([]func(*tuitest.Driver){inQueue, scan(own(scanner.BinLabel, bin)),
		press("enter")}, more...)...)
}

// oneMore has the recount see a piece of another code that nobody knows.
func oneMore(events []store.Event) []store.Event {
	for i, e := range events {
		if x, ok := e.(store.CountDone); ok && x.Count == "c2" {
			x.Unknown = append(x.Unknown, store.CountedCode{Code: "99999X", N: 1})
			events[i] = x
		}
	}
	return events
}

func TestCase(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return inCase("A-01-01", more...)
	}
	golden(t, "case", []tuitest.Step{
		{Name: "summary", Do: at()},
		{Name: "more", Each: true, Do: at(press("down", "down", "down"))},
		{Name: "first_count", Do: at(press("right"))},
		{Name: "recount", Do: at(press("right", "right"))},
		{Name: "timeline", Do: at(press("left"))},
		{Name: "matched", Do: at(scan(cup))},
		{Name: "serials", Do: at(typed("PHONE\n"))},
		{Name: "undone", Do: at(scan(cup), press("f4"))},
		{Name: "codes_stay", Do: at(press("f5"))},
		{Name: "cause", Do: at(scan(cup), press("f5"))},
		{Name: "approved", Do: at(scan(cup), press("f5", "1"))},
		{Name: "another_cause", Do: at(scan(cup), press("f5", "9"))},
		{Name: "why_again", Do: at(press("f3"))},
		{Name: "counted_again", Do: at(press("f3"), typed("再看看\n"))},
		{Name: "book_stands", Do: at(press("f6"), typed("账是对的\n"))},
		{Name: "no_reason", Do: at(press("f6"), typed("\n"))},
		{Name: "no_reason_again", Do: at(press("f3"), typed("\n"))},
		{Name: "nothing_to_match", Do: at(scan(cup, cup))},
		{Name: "keys", Do: at(scan(cup), press("f9"))},
	}, queued(0)...)
	serial := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return at(append([]func(*tuitest.Driver){scan(cup), typed("PHONE\n")}, more...)...)
	}
	golden(t, "case_serial", []tuitest.Step{
		{Name: "needed", Do: serial()},
		{Name: "told", Do: serial(scan("I-9"))},
		{Name: "next_piece", Do: serial(typed("PHONE\n"))},
		{Name: "bin", Do: serial(scan(binB7))},
		{Name: "let_go", Do: serial(press("f4"))},
		{Name: "left_alone", Do: serial(press("esc"))},
		{Name: "left", Do: serial(press("esc", "esc"))},
		{Name: "keys", Do: serial(press("f9"))},
	}, oneMore(queued(0))...)
	beside := then([]func(*tuitest.Driver){scan(cup), press("f5", "1", "f5", "1")}, press("f2"))
	golden(t, "case_two", []tuitest.Step{
		{Name: "first", Do: at(scan(cup), press("f5", "1"))},
		{Name: "same_person", Do: at(scan(cup), press("f5", "1", "f5", "1"))},
		{Name: "not_any_more", Do: at(scan(cup), press("f5", "1", "f5", "1", "f4", "f2"))},
		{Name: "instead", Do: at(scan(cup), press("f5", "1", "f5", "1", "f3", "esc"))},
		{Name: "badge", Do: at(beside...)},
		{Name: "both", Do: at(then(beside, typed("901\n1234\n"))...)},
	}, queued(1)...)
}

// A bin that nobody comes to count once more waits for a supervisor, who may let the book stand.
func TestARecountThatNobodyMakes(t *testing.T) {
	at := storetest.Noon.Add(-30 * time.Hour).UnixMilli()
	bin := store.InBin("A-01-01")
	golden(t, "case_waits", []tuitest.Step{
		{Name: "queue", Do: as("900", inQueue)},
		{Name: "case", Do: inCase("A-01-01")},
		{Name: "keys", Do: inCase("A-01-01", press("f9"))},
		{Name: "book_stands", Do: inCase("A-01-01", press("f6"), typed("库位停用\n"))},
	}, append(sold(), storetest.Has("A-01-01", "TEA-500", 20),
		store.CountBegun{Count: store.Count{ID: "c1", Place: bin, Operator: "101", Station: "s1",
			At: at}, Book: []store.Booked{{Batch: store.Batch{Item: "TEA-500"}, N: 20}}},
		store.CountDone{Count: "c1", Place: bin, Sure: true, At: at, Lines: []store.CountLine{{
			Batch: store.Batch{Item: "TEA-500"}, N: 18, Low: 20, High: 20}}},
		store.VarianceRuled{First: "c1", Count: "c1", Place: bin, State: store.VarianceRecount,
			At: at, Why: []store.Finding{{Rule: stocktake.WhyOff, Got: "TEA-500"}},
			Again: &store.CountPlan{ID: "PD26011400001", Why: store.CountAgain, At: at,
				Tasks: []store.CountTask{{ID: "PD26011400001.1", Place: bin, Round: 2,
					First: "c1"}}}})...)
}

// At a worker's station a supervisor decides on one case, by badge and PIN; then it is the
// worker's again.
func TestASupervisorDecidesAtAWorkersStation(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", append([]func(*tuitest.Driver){press("f2"), typed("900\n1234\n")},
			more...)...)
	}
	short := []func(*tuitest.Driver){scan(own(scanner.BinLabel, "B-07-01")), press("enter")}
	golden(t, "case_beside", []tuitest.Step{
		{Name: "badge", Do: as("101", press("f2"))},
		{Name: "worker", Do: as("101", press("f2"), typed("101\n1234\n"))},
		{Name: "queue", Do: at()},
		{Name: "case", Do: at(short...)},
		{Name: "decided", Do: at(then(short, press("f6", "1"))...)},
		{Name: "once", Do: at(then(short, press("f6", "1", "f5"))...)},
		{Name: "left", Do: at(press("esc"))},
	}, queued(0)...)
}

// Goods worth more than one may decide on are written off by two.
func TestACaseIsWrittenOffByTwo(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return inCase("B-07-01", more...)
	}
	golden(t, "case_off_by_two", []tuitest.Step{
		{Name: "first", Do: at(press("f6", "1"))},
		{Name: "same_person", Do: at(press("f6", "1", "f6", "1"))},
		{Name: "both", Do: at(press("f6", "1", "f6", "1", "f2"), typed("901\n1234\n"))},
	}, queued(1)...)
}

func TestCaseOfADiscrepancy(t *testing.T) {
	short := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return inCase("B-07-01", more...)
	}
	below := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return inCase("A-01-02", more...)
	}
	golden(t, "case_discrepancy", []tuitest.Step{
		{Name: "short", Do: short()},
		{Name: "timeline", Do: short(press("right"))},
		{Name: "found", Do: short(press("f5", "1"))},
		{Name: "written_off", Do: short(press("f6", "1"))},
		{Name: "counted", Do: short(press("f3"))},
		{Name: "counted_already", Do: short(press("f3", "f3"))},
		{Name: "keys", Do: short(press("f9"))},
		{Name: "below_zero", Do: below()},
		{Name: "card", Do: below(press("f4"))},
		{Name: "own_work", Do: below(press("f5", "8"))},
		{Name: "badge", Do: below(press("f5", "8", "f2"))},
		{Name: "another", Do: below(press("f5", "8", "f2"), typed("901\n1234\n"))},
		{Name: "another_bin", Do: below(scan(binA1))},
	}, queued(0)...)
	tote := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){inQueue, scan(toteT1), press("enter")},
			more...)...)
	}
	golden(t, "case_tote", []tuitest.Step{
		{Name: "missed", Do: tote()},
		{Name: "found_where", Do: tote(press("f5"))},
		{Name: "no_bin", Do: tote(press("f5"), typed("CUP-02\n"))},
		{Name: "in_a_bin", Do: tote(press("f5"), scan(binB7), press("enter"))},
		{Name: "found", Do: tote(press("f5"), scan(binB7), press("enter", "1"))},
		{Name: "keys", Do: tote(press("f9"))},
	}, append(sold(), store.ItemShorted{Slip: "CK9", Disc: store.Discrepancy{ID: "d1",
		Of: store.PackMiss, Slip: "CK9", Place: "tote/T-1", Item: "CUP-02", N: 3,
		Reason: "not_found", Note: "missing 3", Operator: "101",
		At: storetest.Noon.UnixMilli() - 60_000}, Missing: []store.Loss{{
		Batch: store.Batch{Item: "CUP-02"}, N: 3}}, Item: "CUP-02", From: "tote/T-1", N: 3})...)
}

// What cannot be read is not read for ever.
func TestACaseThatCannotBeRead(t *testing.T) {
	s := sharedAt(t, queued(0)...)
	inCase("A-01-01")(s.Driver)
	s.Must(s.Alter(context.Background(), `DELETE FROM variance`))
	press("f6")(s.Driver)
	s.Type("the book is right\n")
	s.shows("refused", "Unknown code c1")
}

// What another approves is what the screen shows: not what was refused of a count before.
func TestWhatAnotherApprovesIsOnTheScreen(t *testing.T) {
	s := sharedAt(t, queued(1)...)
	inCase("A-01-01", scan(cup), press("f5", "1", "f5", "1"))(s.Driver)
	s.shows("refused", "F2")
	at := storetest.Noon.UnixMilli()
	s.Record(store.VarianceRuled{First: "c1", Count: "c1", Place: "bin/A-01-01",
		State: store.VarianceApproval, At: at})
	s.Send(tui.NewsMsg{})
	s.hides("another count", "F2")
}

// inTrail opens the audit trail.
var inTrail = press("home", "down", "down", "down", "down", "down", "down", "down", "down",
	"enter")

func TestTrail(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){inTrail}, more...)...)
	}
	golden(t, "trail", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "bin", Do: at(scan(binA1))},
		{Name: "person", Do: at(typed("101\n"))},
		{Name: "order", Do: at(typed("P-1\n"))},
		{Name: "unknown_code", Do: at(scan("85123A"))},
		{Name: "nothing", Do: at(scan("NOBODY"))},
		{Name: "in_full", Do: at(scan(binA1), press("end", "up", "enter"))},
		{Name: "more", Do: at(scan(binA1), press("end", "up", "enter", "down", "down"))},
		{Name: "list_again", Do: at(scan(binA1), press("end", "up", "enter", "esc"))},
		{Name: "time", Do: at(scan(binA1), press("f4"))},
		{Name: "last_days", Do: at(scan(binA1), press("f4", "1"))},
		{Name: "keys", Do: at(scan(binA1), press("f9"))},
		{Name: "adjusted", Do: inCase("A-01-01", scan(cup), press("f5", "1", "esc"), inTrail,
			scan(binA1))},
		{Name: "found", Do: inCase("B-07-01", press("f5", "7", "esc"), inTrail,
			scan(binB7))},
	}, queued(0)...)
}

// A trail is written into a file where the station has room for one.
func TestATrailIsExported(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, append(queued(0), store.DiscResolved{Disc: "d1", As: store.DiscClosed,
		By: "900", At: storetest.Noon.UnixMilli()}))
	var name string
	var rows [][]string
	about := map[string]string{} // by event
	d, _ := showing(t, i18n.English{}, 80, 24, site, func(sh *tui.Shell) tui.Screen {
		sh.Export = func(of string, table [][]string) (string, error) {
			name, rows = of, table
			for _, row := range rows {
				about[row[1]] = row[7]
			}
			return "there.csv", nil
		}
		return screens.New(sh, key)
	})
	as("900", inTrail, typed("85123A\n"), press("f6"))(d)
	if name != "trail-85123A" || len(rows) != 6 || len(rows[0]) != len(rows[1]) {
		t.Errorf("%s: %q", name, rows)
	}
	if !strings.Contains(d.Screen(), "there.csv") {
		t.Error(d.Screen())
	}
	d.Type("900\n")
	d.Key("f6")
	for event, want := range map[store.Event]string{store.ItemCounted{}: "A-01-01",
		store.DiscResolved{}: "B-07-01"} {
		if got := about[i18n.English{}.Events()[event.Kind()]]; got != want {
			t.Errorf("%s is about %q, not %q", event.Kind(), got, want)
		}
	}
}

// What came back empty is called by its return, or by its waybill.
func TestAnEmptyParcelHasAName(t *testing.T) {
	at := storetest.Noon.Add(-72 * time.Hour).UnixMilli()
	events := append(sold(), store.ParcelArrived{Parcel: store.Parcel{ID: "p1",
		Waybill: "YT7000000000001", Arrived: at}},
		store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: "d1", Of: store.NoGoods,
			About: "YT7000000000001", Operator: "101", At: at}},
		store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: "d2", Of: store.NoGoods,
			Operator: "101", At: at}})
	queue := []func(*tuitest.Driver){inQueue, typed("YT7000000000001\n")}
	golden(t, "parcel_empty", []tuitest.Step{
		{Name: "alert", Do: as("900", toAlerts)},
		{Name: "looked_up", Do: as("900", toAlerts, press("enter", "1"))},
		{Name: "queue", Do: as("900", queue...)},
		{Name: "case", Do: as("900", then(queue, press("enter"))...)},
		{Name: "timeline", Do: as("900", then(queue, press("enter", "right"))...)},
		{Name: "nameless", Do: as("900", inQueue, press("home", "down", "enter", "right"))},
	}, events...)
}
