package screens_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

var toCount = press("end", "up", "up", "up", "enter")

// planned are bins that are to be counted: of a zone, and one for an item that is at odds.
func planned() []store.Event {
	at := storetest.Noon.UnixMilli()
	zone := store.CountPlan{ID: "PD26030100001", Why: store.CountZone, Note: "A", By: "900", At: at}
	for i, bin := range []string{"A-01-01", "A-01-02", "A-01-03"} {
		zone.Tasks = append(zone.Tasks, store.CountTask{ID: zone.ID.Task(i + 1),
			Place: store.InBin(bin)})
	}
	odd := store.CountPlan{ID: "PD26030100002", Why: store.CountException, At: at + 1}
	odd.Tasks = []store.CountTask{{ID: odd.ID.Task(1), Place: store.InBin("B-07-01"),
		Item: "CUP-02"}}
	return []store.Event{storetest.Has("A-01-01", "TEA-500", 12),
		storetest.Has("A-01-01", "CUP-02", 2), storetest.Has("A-01-02", "PHONE", 1, "", "I-1"),
		storetest.Has("A-01-03", "MILK", 3, "L1", "", "2027-01-01"),
		storetest.Has("B-07-01", "CUP-02", 9), store.CountPlanned{CountPlan: zone},
		store.CountPlanned{CountPlan: odd}}
}

// begunBy is a count of the first bin that somebody is making.
func begunBy(who store.OperatorID) store.CountBegun {
	return store.CountBegun{Count: store.Count{ID: "c1", Task: "PD26030100001.1",
		Place: store.InBin("A-01-01"), Operator: who, Station: "s1",
		At: storetest.Noon.UnixMilli()}}
}

func TestCount(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", append([]func(*tuitest.Driver){toCount}, more...)...)
	}
	in := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return at(append([]func(*tuitest.Driver){scan(binA1)}, more...)...)
	}
	again := func(code string) func(*tuitest.Driver) { // a scan that the device delivers again
		return func(d *tuitest.Driver) {
			m := tui.ScanMsg(scanner.Scan{ID: "again", Source: "serial", Raw: []byte(code),
				Label: scanner.Label{Text: code}})
			d.Send(m, m)
		}
	}
	twice, unknownTwice := again("TEA-500"), again("85123A")
	binA2, binA3 := own(scanner.BinLabel, "A-01-02"), own(scanner.BinLabel, "A-01-03")
	golden(t, "count", []tuitest.Step{
		{Name: "home", Do: as("101")},
		{Name: "start", Do: at()},
		{Name: "not_a_bin", Do: at(scan(tea))},
		{Name: "bin", Do: in()},
		{Name: "one", Do: in(scan(tea))},
		{Name: "quantity", Do: in(typed("11\n"))},
		{Name: "many", Do: in(typed("11\n"), scan(tea, cup))},
		{Name: "a_case", Do: in(scan(storetest.TeaCase, tea))},
		{Name: "a_lot", Do: in(typed("5000\n"), scan(tea))},
		{Name: "another_bin", Do: in(scan(tea, binB7))},
		{Name: "unknown_code", Do: in(scan(tea, "85123A"))},
		{Name: "as_unknown", Do: in(scan(tea), typed("3\n"), scan("85123A"), press("f2"))},
		{Name: "unknown_undone", Do: in(scan("85123A"), press("f2", "f3"))},
		{Name: "undone", Do: in(scan(tea, cup), press("f3"))},
		{Name: "nothing_to_undo", Do: in(press("f3"))},
		{Name: "anew", Do: in(scan(tea, cup, tea), press("f4"))},
		{Name: "counted_anew", Do: in(scan(tea, cup, tea), press("f4", "f2"))},
		{Name: "nothing_seen", Do: in(scan(binA1))},
		{Name: "not_all_seen", Do: in(scan(tea), press("f6"))},
		{Name: "not_done_yet", Do: in(scan(tea), press("f6", "f4"))},
		{Name: "the_rest_is_gone", Do: in(scan(tea, binA1, binA1))},
		{Name: "done", Do: in(typed("12\n"), scan(tea), typed("2\n"), scan(cup, binA1))},
		{Name: "leave", Do: in(scan(tea), press("esc"))},
		{Name: "later", Do: in(scan(tea), press("esc", "1"))},
		{Name: "gone_on_with", Do: in(scan(tea), press("esc", "1", "enter"))},
		{Name: "given_up", Do: in(scan(tea), press("esc", "2"))},
		{Name: "left_at_once", Do: in(press("esc"))},
		{Name: "serial", Do: at(scan(binA2, "PHONE"))},
		{Name: "serial_told", Do: at(scan(binA2, "PHONE", "I-1"))},
		{Name: "serial_twice", Do: at(scan(binA2, "PHONE", "I-1", "PHONE", "I-1"))},
		{Name: "lot", Do: at(scan(binA3, "MILK", "L1"))},
		{Name: "lot_told", Do: at(scan(binA3), typed("2\n"), scan("MILK", "L1"))},
		{Name: "only_one_item", Do: at(scan(binB7))},
		{Name: "another_item", Do: at(scan(binB7, tea))},
		{Name: "lot_first", Do: at(scan(binA3, "MILK", binA3))},
		{Name: "lot_first_by_key", Do: at(scan(binA3, "MILK"), press("f6"))},
		{Name: "lot_of_the_next", Do: at(scan(binA3, "MILK", "MILK"))},
		{Name: "lot_of_another", Do: at(scan(binA3, "MILK", tea, "L1"))},
		{Name: "lot_of_a_tote", Do: at(scan(binA3, "MILK", toteT1))},
		{Name: "serial_of_many", Do: at(scan(binA2), typed("2\n"), scan("PHONE"))},
		{Name: "serial_of_one", Do: at(scan(binA2), typed("2\n"), scan("PHONE", "PHONE", "I-1"))},
		{Name: "twice", Do: in(scan(cup), twice)},
		{Name: "unknown_twice", Do: in(scan(cup), unknownTwice, press("f2"))},
		{Name: "lot_let_go", Do: at(scan(binA2, "PHONE", "I-1", "PHONE"), press("f3"))},
		{Name: "item_first", Do: in(scan(tea), typed("5\n"), scan(binA1))},
		{Name: "item_first_by_key", Do: in(scan(tea), typed("5\n"), press("f6"))},
		{Name: "number_let_go", Do: in(scan(tea), typed("5\n"), press("f3"))},
		{Name: "unknown_left", Do: in(typed("5\n"), scan("85123A", cup))},
		{Name: "with_the_book", Do: as("900", toCount, scan(binA1, cup))},
	}, append(planned(), store.SettingSet{Name: store.CountBlind, Value: "staff"})...)
	golden(t, "count_none", []tuitest.Step{{Name: "start", Do: at()}})
}

// TestCountOfAnother: who counts a bin is said, and a supervisor can have another begin anew.
func TestCountOfAnother(t *testing.T) {
	at := func(id string, more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as(id, append([]func(*tuitest.Driver){toCount}, more...)...)
	}
	golden(t, "count_taken", []tuitest.Step{
		{Name: "start", Do: at("101")},
		{Name: "taken", Do: at("101", scan(binA1))},
		{Name: "no", Do: at("101", scan(binA1), press("f4"))},
		{Name: "badge", Do: at("101", scan(binA1), press("f2"))},
		{Name: "answered_for", Do: at("101", scan(binA1), press("f2"), typed("900\n1234\n"))},
		{Name: "supervisor", Do: at("900", scan(binA1))},
		{Name: "supervisor_yes", Do: at("900", scan(binA1), press("f2"))},
	}, append(planned(), begunBy("102"))...)
	there := begunBy("101")
	there.Station = "s2"
	golden(t, "count_elsewhere", []tuitest.Step{
		{Name: "asked", Do: at("101", scan(binA1))},
		{Name: "no", Do: at("101", scan(binA1), press("f4"))},
		{Name: "yes", Do: at("101", scan(binA1), press("f2"))},
	}, append(planned(), there)...)
}

// TestCountOfMany: what nobody saw is told to be more than there is room for.
func TestCountOfMany(t *testing.T) {
	var all []store.Event
	for i := range 30 {
		sku := store.SKU(fmt.Sprintf("CUP-%d", 10+i))
		all = append(all, store.ItemSaved{Item: store.Item{SKU: sku, Name: "青花瓷杯 Cup",
			Spec: string(sku), Active: true}}, storetest.Has("A-01-01", sku, 1))
	}
	golden(t, "count_many", []tuitest.Step{
		{Name: "not_seen", Do: as("101", toCount, scan(binA1, binA1))},
		{Name: "further", Each: true, Do: as("101", toCount, scan(binA1, binA1),
			press("down", "down"))},
		{Name: "last", Each: true, Do: as("101", toCount, scan(binA1, binA1),
			press(slices.Repeat([]string{"down"}, 40)...))},
		{Name: "back", Each: true, Do: as("101", toCount, scan(binA1, binA1),
			press("down", "down", "down", "up", "up", "up", "up", "down"))},
	}, all...)
}

func TestPlans(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){toCount, press("f5")}, more...)...)
	}
	golden(t, "plans", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "why", Do: at(press("f5"))},
		{Name: "class", Do: at(press("f5", "1"))},
		{Name: "no_such_bin", Do: at(press("f5", "1", "1"))},
		{Name: "share", Do: at(press("f5", "2"))},
		{Name: "dearest", Do: at(press("f5", "2"), typed("50\n"))},
		{Name: "days", Do: at(press("f5", "3"), typed("7\n"))},
		{Name: "no_number", Do: at(press("f5", "3"), typed("soon\n"))},
		{Name: "days_too_many", Do: at(press("f5", "3"), typed("200000\n"))},
		{Name: "share_too_large", Do: at(press("f5", "7"), typed("150\n"))},
		{Name: "zone", Do: at(press("f5", "4"))},
		{Name: "zone_planned", Do: at(press("f5", "4", "2"))},
		{Name: "item", Do: at(press("f5", "5"))},
		{Name: "item_scanned", Do: at(press("f5", "5"), scan(tea))},
		{Name: "a_bin_for_an_item", Do: at(press("f5", "5"), scan(binB7))},
		{Name: "bin_scanned", Do: at(scan(binB7))},
		{Name: "bin_planned", Do: at(scan(binB7, binB7))},
		{Name: "bins", Do: at(press("enter"))},
		{Name: "drop", Do: at(press("enter"), scan(own(scanner.BinLabel, "A-01-02")),
			press("f4"))},
		{Name: "no_reason", Do: at(press("enter", "f4"), typed("\n"))},
		{Name: "dropped", Do: at(press("enter", "f4"), typed("blocked\n"))},
		{Name: "none_of_them", Do: at(press("enter"), scan(binB7))},
	}, planned()[:6]...)
	golden(t, "plans_begun", []tuitest.Step{{Name: "bins", Do: at(press("enter"))}},
		append(planned()[:6], begunBy("102"))...)
	golden(t, "plans_none", []tuitest.Step{{Name: "start", Do: at()}})
}

// TestWhatIsAskedForCounts: scans of what the screen asks for bring every bin to its end, one
// piece of each batch, without anything said to be gone.
func TestWhatIsAskedForCounts(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, planned())
	d, s := stationAt(t, i18n.English{}, 80, 24, site)
	as("101", toCount)(d)
	const most = 40 // scans
	for range most {
		if right, _ := d.Asks(); right != "" {
			d.Scan(right)
		}
	}
	left := storetest.Read(s, func(r *store.Reader) ([]store.DueCount, error) {
		return r.CountsDue(9)
	})
	for _, d := range left {
		if !d.Again() {
			t.Errorf("%s was not counted", d.Place)
		}
	}
	if len(left) != 3 {
		t.Errorf("%d recounts", len(left))
	}
}
