package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// traded is a site with what the test sent and had back.
func traded(t *testing.T, events ...store.Event) *storetest.Site {
	t.Helper()
	s := storetest.Open(t, func(ctx context.Context, path string) (*store.DB, error) {
		return sqlite.Open(ctx, path)
	}, "s1")
	s.Record(append(storetest.Warehouse(), events...)...)
	return s
}

func day(n int) time.Time { return storetest.Noon.AddDate(0, 0, n) }

// told are the rows of a report, as text.
func told(t *testing.T, s *storetest.Site, span report.Span, by store.ReturnsBy) (out []string) {
	t.Helper()
	a, err := report.Returns(t.Context(), s.Store, span, by)
	s.Must(err)
	tell := func(r report.ReturnsRow, rate float64) string {
		return fmt.Sprintf("%s %d/%d %.2f %v %v", r.Key, r.Back, r.Sent, rate, r.Reasons, r.Grades)
	}
	for _, r := range a.Rows {
		out = append(out, tell(r, a.Rate(r)))
	}
	return append(out, tell(a.All, a.All.Rate()))
}

func want(t *testing.T, what any, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%v: want -, got +:\n%s", what, diff)
	}
}

// order is an order of teas and cups to a province, by a channel and a carrier.
func order(id store.OrderID, province, channel string, carrier store.CarrierID,
	teas, cups int) store.OrderReceived {
	o := storetest.Ordered(id, "TEA-500", teas, "CUP-02", cups)
	o.Province, o.Channel, o.Carrier, o.Customer = province, channel, carrier, "C"+string(id[:1])
	return o
}

func sample() (out []store.Event) {
	cup := store.Item{SKU: "CUP-02", Name: "Cup", Category: "china", Supplier: "S1", Active: true}
	out = append(out, store.ItemSaved{Item: cup})
	out = append(out, storetest.Left(order("A1", "Zhejiang", "shop", "SF", 8, 2), day(-90))...)
	out = append(out, storetest.Left(order("A2", "Zhejiang", "phone", "ZTO", 10, 1), day(-20))...)
	out = append(out, storetest.Left(order("B3", "Guangdong", "shop", "SF", 5, 5), day(-10))...)
	for _, c := range []storetest.Came{
		{RMA: "T1", Order: "A1", Line: 1, Item: "TEA-500", N: 2, Reason: "quality", Grade: "sealed",
			At: day(-70)},
		{RMA: "T2", Order: "A2", Line: 2, Item: "CUP-02", N: 1, Reason: "broken", Grade: "damaged",
			At: day(-8)},
		{RMA: "T3", Order: "B3", Line: 2, Item: "CUP-02", N: 3, Reason: "quality", At: day(-4)},
		{RMA: "T4", Item: "CUP-02", N: 1, Grade: "opened", At: day(-3)},
	} {
		out = append(out, storetest.Back(c)...)
	}
	return out
}

func TestReturnsAreCountedByWhatTheyCameOf(t *testing.T) {
	s := traded(t, sample()...)
	all := " 7/31 0.23 [{quality 5} { 1} {broken 1}] [{ 3} {sealed 2} {damaged 1} {opened 1}]"
	cups := "[{quality 3} { 1} {broken 1}] [{ 3} {damaged 1} {opened 1}]"
	teas := "[{quality 2}] [{sealed 2}]"
	of := map[string]string{"T1": teas, "T2": "[{broken 1}] [{damaged 1}]",
		"T3": "[{quality 3}] [{ 3}]", "T4": "[{ 1}] [{opened 1}]"}
	for by, rows := range map[store.ReturnsBy][]string{
		store.ReturnsByItem: {"CUP-02 5/8 0.62 " + cups, "TEA-500 2/23 0.09 " + teas},
		store.ReturnsByCategory: {"china 5/8 0.62 " + cups,
			" 2/23 0.09 " + teas},
		store.ReturnsBySupplier: {"S1 5/8 0.62 " + cups, " 2/23 0.09 " + teas},
		store.ReturnsByChannel: {
			"shop 5/20 0.25 [{quality 5}] [{ 3} {sealed 2}]",
			"phone 1/11 0.09 " + of["T2"], " 1/0 -1.00 " + of["T4"]},
		store.ReturnsByRegion: {"Guangdong 3/10 0.30 " + of["T3"],
			"Zhejiang 3/21 0.14 [{quality 2} {broken 1}] [{sealed 2} {damaged 1}]",
			" 1/0 -1.00 " + of["T4"]},
		store.ReturnsByCustomer: {"CB 3/10 0.30 " + of["T3"],
			"CA 3/21 0.14 [{quality 2} {broken 1}] [{sealed 2} {damaged 1}]",
			" 1/0 -1.00 " + of["T4"]},
		store.ReturnsByCarrier: {"SF 5/20 0.25 [{quality 5}] [{ 3} {sealed 2}]",
			"ZTO 1/11 0.09 " + of["T2"], " 1/0 -1.00 " + of["T4"]},
		store.ReturnsBySeason: {"2025Q4 2/10 0.20 " + teas, "2026Q1 5/21 0.24 " + cups},
		store.ReturnsByReason: {"quality 5/0 0.71 [{quality 5}] [{ 3} {sealed 2}]",
			" 1/0 0.14 [{ 1}] [{opened 1}]", "broken 1/0 0.14 [{broken 1}] [{damaged 1}]"},
		store.ReturnsByGrade: {" 3/0 0.43 [{quality 3}] [{ 3}]",
			"sealed 2/0 0.29 [{quality 2}] [{sealed 2}]",
			"damaged 1/0 0.14 [{broken 1}] [{damaged 1}]",
			"opened 1/0 0.14 [{ 1}] [{opened 1}]"},
	} {
		want(t, by, told(t, s, report.Span{}, by), append(rows, all))
	}
}

// TestASpanIsOfWholeDays: its days are those of the warehouse's zone, and both its ends are
// in it.
func TestASpanIsOfWholeDays(t *testing.T) {
	midnight := time.Date(2026, 2, 10, 0, 0, 0, 0, storetest.Noon.Location())
	var events []store.Event
	for i, at := range []time.Time{midnight.Add(-time.Millisecond), midnight,
		midnight.Add(24*time.Hour - time.Millisecond), midnight.Add(24 * time.Hour)} {
		id := store.OrderID(rune('A' + i))
		events = append(events, storetest.Left(order(id, "", "", "", 1<<i, 1<<i), at)...)
		events = append(events, storetest.Back(storetest.Came{RMA: store.RMAID(id), Order: id,
			Line: 1, Item: "TEA-500", N: 1 << i, Reason: "quality", At: at})...)
	}
	s := traded(t, events...)
	for span, n := range map[report.Span][2]store.Qty{
		{}:                             {15, 30},
		{From: 20260210}:               {14, 28},
		{To: 20260210}:                 {7, 14},
		{From: 20260210, To: 20260210}: {6, 12},
		{From: 20260212}:               {0, 0},
	} {
		a, err := report.Returns(t.Context(), s.Store, span, store.ReturnsByItem)
		s.Must(err)
		if a.All.Back != n[0] || a.All.Sent != n[1] {
			t.Errorf("%v: %d of %d, want %v", span, a.All.Back, a.All.Sent, n)
		}
	}
	if got := report.Last(30, 20260301); got != (report.Span{From: 20260131, To: 20260301}) {
		t.Errorf("thirty days are %v", got)
	}
}

// TestWhatDoesNotCount: what was taken back, a look that another took the place of, and
// goods that were sent and came back again.
func TestWhatDoesNotCount(t *testing.T) {
	events := storetest.Left(order("A1", "", "", "SF", 4, 1), day(-9))
	at := func(h int) int64 { return day(-5).Add(time.Duration(h) * time.Hour).UnixMilli() }
	tea := store.Batch{Item: "TEA-500"}
	of := []store.ShareBack{{Order: "A1", Line: 1, N: 3}}
	events = append(events,
		store.ReturnRequested{RMA: store.RMA{ID: "T1", Asked: true, Placed: at(0),
			Lines: []store.RMALine{
				{Line: 1, Item: "TEA-500", N: 1, Reason: "size", Order: "A1", OrderLine: 1},
				{Line: 2, Item: "TEA-500", N: 1, Reason: "quality"}}}},
		store.ReturnReceived{RMA: "T1", Batch: tea, N: 3, Of: of, To: "stage/r", At: at(1)})
	look := func(id store.EventID, n store.Qty, grade, had string, h int) store.ReturnInspected {
		return store.ReturnInspected{ID: id, RMA: "T1", Batch: tea, N: n, Grade: grade, Graded: had,
			Of: []store.ShareBack{{Order: "A1", Line: 1, N: n}}, From: "stage/r", To: "tote/R",
			At: at(h)}
	}
	wrong := look("Q1", 2, "used", "", 2)
	events = append(events, wrong, look("Q2", 3, "sealed", "", 3),
		look("Q3", 1, "damaged", "sealed", 4))
	s := traded(t, events...)
	s.Record(undone(t, s, "return_inspected", "Q1"))
	want(t, "item", told(t, s, report.Span{}, store.ReturnsByItem)[:1], []string{
		"TEA-500 3/4 0.75 [{ 1} {quality 1} {size 1}] [{sealed 2} {damaged 1}]"})
	s.Record(undone(t, s, "return_received", "T1"))
	if got := told(t, s, report.Span{}, store.ReturnsByItem); len(got) != 1 {
		t.Errorf("what was not received after all is counted: %q", got)
	}
}

// undone takes the first fact of a kind back, whose own number is of.
func undone(t *testing.T, s *storetest.Site, kind string, of store.EventID) store.Event {
	t.Helper()
	for _, env := range storetest.Read(s, func(r *store.Reader) ([]store.Envelope, error) {
		return r.Trail("T1")
	}) {
		if env.Kind == kind {
			return store.Reversed{Of: of, Was: env.Kind, Body: env.Body, About: "T1"}
		}
	}
	t.Fatalf("no %s", kind)
	return nil
}

func TestTheTrendLeavesNoDayOut(t *testing.T) {
	s := traded(t, sample()...)
	tell := func(span report.Span) (out []string) {
		all, weeks, err := report.Trend(t.Context(), s.Store, span)
		s.Must(err)
		out = append(out, fmt.Sprint(len(all), weeks))
		for _, m := range all {
			if m.Sent+m.Back > 0 {
				out = append(out, fmt.Sprintf("%s %d/%d", m.Begins, m.Back, m.Sent))
			}
		}
		return out
	}
	want(t, "days", tell(report.Span{From: 20260214, To: 20260227}), []string{"14 false",
		"2026-02-19 0/10", "2026-02-21 1/0", "2026-02-25 3/0", "2026-02-26 1/0"})
	want(t, "weeks", tell(report.Span{}), []string{"13 true", "2025-12-01 0/10",
		"2025-12-15 2/0", "2026-02-09 0/11", "2026-02-16 1/10", "2026-02-23 4/0"})
	want(t, "nothing", tell(report.Span{From: 20270101}), []string{"0 false"})
}

func TestHowLongReturnsTake(t *testing.T) {
	s := traded(t, sample()...)
	all, err := report.Waits(t.Context(), s.Store, report.Span{})
	s.Must(err)
	var got []string
	for _, x := range all {
		got = append(got, fmt.Sprintf("%s-%s %d %s %s", x.From, x.To, x.N,
			time.Duration(x.Half)*time.Millisecond, time.Duration(x.Most)*time.Millisecond))
	}
	want(t, "waits", got, []string{"requested-approved 3 5h0m0s 5h0m0s",
		"approved-arrived 3 42h30m0s 42h30m0s", "arrived-received 3 30m0s 30m0s",
		"received-inspected 3 1h0m0s 1h0m0s", "inspected-shelved 3 2h0m0s 2h0m0s",
		"requested-shelved 2 51h0m0s 51h0m0s"})
}
