package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/store/stocktake"
)

// Warned is what somebody is to be warned of, of each kind: tea below its safety stock and
// cups at their reorder point, milk that expired and milk that will, a slip that is late and
// one that nearly is, a discrepancy of two days and a variance of a fortnight, and bins that
// nobody counted for a month.
func Warned() []store.Event {
	ago := func(hours int) int64 { return Noon.Add(-time.Duration(hours) * time.Hour).UnixMilli() }
	var out []store.Event
	for _, e := range Warehouse() {
		item, is := e.(store.ItemSaved)
		switch {
		case is && item.SKU == "TEA-500":
			item.Safety, item.Reorder = 30, 50
		case is && item.SKU == "CUP-02":
			item.Reorder = 12
		default:
			continue
		}
		out = append(out, item)
	}
	late, near, far := Paid(Ordered("1", "TEA-500", 4)), Paid(Ordered("2", "CUP-02", 2)),
		Paid(Ordered("3", "CUP-02", 1))
	late.ShipBy, near.ShipBy, far.ShipBy = ago(3), ago(-1), ago(-48)
	first := store.CountID("c-1")
	return append(out, Has("A-01-01", "TEA-500", 20), Has("A-01-02", "CUP-02", 15),
		Has("A-01-03", "MILK", 24, "L1", "", "2026-02-20"),
		Has("B-07-01", "MILK", 12, "L2", "", "2026-03-20"),
		Has("B-07-01", "MILK", 60, "L3", "", "2027-03-20"), late, near, far,
		store.DiscrepancyOpened{Discrepancy: store.Discrepancy{ID: "d-1", Of: store.ZeroCheck,
			Place: store.InBin("A-01-02"), Item: "CUP-02", N: 3, Operator: "101", At: ago(50)}},
		store.CountBegun{Count: store.Count{ID: first, Place: store.InBin("A-01-01"),
			Operator: "102", Station: "s1", At: ago(14*24 + 1)}},
		store.CountDone{Count: first, Place: store.InBin("A-01-01"), Sure: true, At: ago(14 * 24),
			Lines: []store.CountLine{{Batch: store.Batch{Item: "TEA-500"}, N: 18, Low: 20,
				High: 20}}},
		store.VarianceRuled{First: first, Count: first, Place: store.InBin("A-01-01"),
			State: store.VarianceApproval, At: ago(14 * 24)},
		store.CountPolicySet{CountPolicy: store.CountPolicy{Days: 15, Active: true}},
		store.CountPlanned{CountPlan: store.CountPlan{ID: "PD26012900001", Why: store.CountTurn,
			At: ago(31 * 24)}})
}

// warnings are alerts in few words.
func warnings(all []store.Alert) (out []string) {
	for _, a := range all {
		out = append(out, fmt.Sprintf("%d %s %s %d/%d", a.Level, a.Kind, a.Ref, a.N, a.Want))
	}
	slices.Sort(out)
	return out
}

// alerted compares what somebody is warned of with what they should be.
func (s *Site) alerted(loud bool, want ...string) []store.Alert {
	s.Helper()
	all, err := report.Alerts(background, s.Store)
	s.Must(err)
	if loud {
		all = report.Loud(all)
	}
	if diff := cmp.Diff(want, warnings(all)); diff != "" {
		s.Errorf("alerts: want -, got +:\n%s", diff)
	}
	return all
}

// Given a warehouse where something is wrong of each kind, there is an alert for each, as bad
// as it is.
func alerts(t *testing.T, open Opener) {
	s := floor(t, open)
	s.alerted(false)
	s.Record(Warned()...)
	s.Plan()
	slips := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("1") })
	near := Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf("2") })
	s.alerted(false, "1 expiring MILK/L2 12/0", "1 late_slip "+string(near[0])+" 2/0",
		"1 low_stock CUP-02 12/12", "2 discrepancy d-1 3/0",
		"2 late_slip "+string(slips[0])+" 4/0", "2 low_stock TEA-500 16/30",
		"2 uncounted none 3/15", "3 expiring MILK/L1 24/0", "3 variance c-1 0/0")

	for name, value := range map[store.Setting]string{store.ExpiryDays: "5", store.LateHours: "0",
		store.OldHours: "72"} {
		s.Record(store.SettingSet{Name: name, Value: value})
	}
	s.Record(store.CountPolicySet{CountPolicy: store.CountPolicy{Days: 0, Active: true}})
	s.alerted(false, "1 low_stock CUP-02 12/12", "2 late_slip "+string(slips[0])+" 4/0",
		"2 low_stock TEA-500 16/30", "2 variance c-1 0/0", "3 expiring MILK/L1 24/0")
	s.pickAll("101", slips[0], "T-1")
	s.packAll("101", slips[0])
	s.alerted(false, "1 low_stock CUP-02 12/12", "2 late_slip "+string(slips[0])+" 4/0",
		"2 low_stock TEA-500 16/30", "2 variance c-1 0/0", "3 expiring MILK/L1 24/0")
}

// Given goods that may not be sold, they do not keep an item from running low: those that are
// promised, those in a bin for defects, and those that expire too soon to be shipped.
func lowStock(t *testing.T, open Opener) {
	milk := store.Item{SKU: "MILK", Name: "milk", Lots: true, Expiries: true, Active: true,
		Safety: 10, StopDays: 30}
	cup := store.Item{SKU: "CUP-02", Name: "cup", Active: true, Safety: 10}
	gone := store.Item{SKU: "GONE", Name: "not sold any more", Safety: 10}
	s := floor(t, open, store.ItemSaved{Item: milk}, store.ItemSaved{Item: cup},
		store.ItemSaved{Item: gone},
		store.PlaceSaved{Bin: store.Bin{Place: store.InBin("D-1"), Use: store.DefectUse,
			Active: true}},
		Has("A-01-01", "MILK", 30, "L1", "", "2026-09-01"), Has("A-01-01", "CUP-02", 11))
	s.alerted(false)
	s.Record(Paid(Ordered("1", "CUP-02", 2)))
	s.Plan()
	s.alerted(false, "2 low_stock CUP-02 9/10")

	s.Record(store.StockSet{Place: store.InBin("A-01-01"), Batch: store.Batch{Item: "MILK",
		Lot: "L1"}, Was: 30, N: 9, Expires: 20260901},
		Has("D-1", "MILK", 50, "L1", "", "2026-09-01"),
		Has("A-01-02", "MILK", 40, "L2", "", "2026-03-15"))
	s.Record(store.SettingSet{Name: store.ExpiryDays, Value: "5"})
	s.alerted(false, "2 expiring MILK/L2 40/0", "2 low_stock CUP-02 9/10",
		"2 low_stock MILK 9/10")
	s.Record(Has("A-01-03", "MILK", 1, "L1", "", "2026-09-01"))
	s.alerted(false, "2 expiring MILK/L2 40/0", "2 low_stock CUP-02 9/10")
}

// Given an alert that a supervisor has seen, it is quiet until it is worse, or the time is
// over; a picker does not say so.
func alertsSeen(t *testing.T, open Opener) {
	cup := store.Item{SKU: "CUP-02", Name: "cup", Active: true, Safety: 4, Reorder: 10}
	s := floor(t, open, store.ItemSaved{Item: cup}, Has("A-01-02", "CUP-02", 8))
	near, worse := "1 low_stock CUP-02 8/10", "2 low_stock CUP-02 3/4"
	a := s.alerted(true, near)[0]
	for by, want := range map[store.OperatorID]store.Code{"101": store.NoRight, "900": ""} {
		if got := s.Code(report.Acknowledge(background, s.Store, s.By(by, ""), a, 7)); got != want {
			t.Errorf("%s: %q, not %q", by, got, want)
		}
	}
	for _, days := range []int{0, 31} {
		if got := s.Code(report.Acknowledge(background, s.Store, s.By("900", ""), a, days)); got !=
			store.BadSetting {
			t.Errorf("quiet for %d days: %q", days, got)
		}
	}
	s.alerted(true)
	if by := s.alerted(false, near)[0].Seen.By; by != "900" {
		t.Errorf("seen by %q", by)
	}
	s.Clock.Wait(7 * 24 * time.Hour)
	s.alerted(true, near)
	s.Must(report.Acknowledge(background, s.Store, s.By("900", ""), a, 7))
	s.alerted(true)
	s.Record(store.StockSet{Place: store.InBin("A-01-02"), Batch: store.Batch{Item: "CUP-02"},
		Was: 8, N: 3})
	s.alerted(true, worse)
}

// Given bins that are due every day, nobody is warned on the day on which they are, and
// whoever comes on the day behind it is.
func alertsByTheDay(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20),
		store.CountPolicySet{CountPolicy: store.CountPolicy{Days: 1, Active: true}})
	s.Must(stocktake.Onward(background, s.Store))
	s.counted("301", "A-01-01", 20, Tea)
	s.Clock.Wait(24 * time.Hour)
	s.Must(stocktake.Onward(background, s.Store))
	s.alerted(true)
	s.Clock.Wait(20 * time.Hour)
	s.alerted(true, "1 uncounted none 1/1")
}

// Given an alert that a supervisor has seen, it is told of again where goods came since and run
// low once more; where some were sold, it stays quiet.
func alertsAnew(t *testing.T, open Opener) {
	cup := store.Item{SKU: "CUP-02", Name: "cup", Active: true, Reorder: 10}
	s := floor(t, open, store.ItemSaved{Item: cup}, Has("A-01-02", "CUP-02", 8))
	s.Must(report.Acknowledge(background, s.Store, s.By("900", ""),
		s.alerted(true, "1 low_stock CUP-02 8/10")[0], 7))
	was := store.Qty(8)
	for _, step := range []struct {
		n    store.Qty
		loud []string
	}{{7, nil}, {50, nil}, {9, []string{"1 low_stock CUP-02 9/10"}}} {
		s.Record(store.StockSet{Place: store.InBin("A-01-02"), Batch: store.Batch{Item: "CUP-02"},
			Was: was, N: step.n})
		s.alerted(true, step.loud...)
		was = step.n
	}
}

// Given an old variance that a supervisor has seen, it is told of again where it was counted
// once more and waits again.
func varianceAnew(t *testing.T, open Opener) {
	s := counting(t, open, Has("A-01-01", "TEA-500", 20))
	first := s.bothSee("A-01-01", func(c stocktake.Opened) { s.see(c, 15, Tea, "") })
	s.Clock.Wait(72 * time.Hour)
	s.Must(report.Acknowledge(background, s.Store, s.By("900", ""),
		s.alerted(true, "2 variance "+string(first)+" 0/0")[0], 30))
	s.alerted(true)
	s.Must(stocktake.CountAgain(background, s.Store, s.By("900", ""), stocktake.Refused{
		First: first, Note: "once more"}))
	s.alerted(true)
	c := s.begin("303", "A-01-01", "")
	s.see(c, 15, Tea, "")
	s.done(c)
	s.variance(first, store.VarianceApproval)
	s.Clock.Wait(72 * time.Hour)
	s.alerted(true, "2 variance "+string(first)+" 0/0")
}
