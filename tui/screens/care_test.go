package screens_test

import (
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/tuitest"
)

// graded are goods of two orders that came back and lie in bins: cups to be put right, teas
// for their supplier, and a cup that was sent off three days ago.
func graded() []store.Event {
	cups := storetest.Paid(storetest.Ordered("1", "CUP-02", 4))
	teas := storetest.Paid(storetest.Ordered("2", "TEA-500", 3))
	at := storetest.Noon.UnixMilli()
	out := append(storetest.Left(cups, storetest.Noon), storetest.Left(teas, storetest.Noon)...)
	for _, e := range storetest.Warehouse() {
		if tea, is := e.(store.ItemSaved); is && tea.SKU == "TEA-500" {
			tea.Supplier = "杭州茶厂"
			out = append(out, tea)
		}
	}
	for _, code := range []string{"D-01", "D-02"} {
		out = append(out, store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code),
			Use: store.DefectUse, Active: true}})
	}
	back := func(id store.RMAID, of store.OrderID, sku store.SKU, n store.Qty,
		wants store.ReturnWants) {
		out = append(out, store.ReturnRequested{RMA: store.RMA{ID: id, Asked: true, Placed: at,
			Wants: wants, Lines: []store.RMALine{{Line: 1, Item: sku, N: n, Order: of,
				OrderLine: 1}}}},
			store.ReturnDecided{RMA: id, State: store.RMAApproved, At: at},
			store.ReturnReceived{RMA: id, Batch: store.Batch{Item: sku}, N: n,
				Of: []store.ShareBack{{Order: of, Line: 1, N: n}}, To: "stage/returns", At: at})
	}
	shelve := func(id store.RMAID, of store.OrderID, sku store.SKU, n store.Qty, bin string,
		grade string, as store.Disposition) {
		b := store.Batch{Item: sku}
		out = append(out, store.ReturnInspected{ID: store.EventID(string(id) + bin), RMA: id,
			Batch: b, N: n, Of: []store.ShareBack{{Order: of, Line: 1, N: n}},
			From: "stage/returns", To: "tote/R-1", Grade: grade, As: as, At: at},
			store.ReturnShelved{Batch: b, N: n, From: "tote/R-1", To: store.InBin(bin),
				Grade: grade, As: as, At: at, Of: []store.OriginN{{N: n,
					Origin: store.Origin{RMA: id, Order: of, Line: 1}}}})
	}
	back("TH1", "1", "CUP-02", 4, store.WantsRepair)
	shelve("TH1", "1", "CUP-02", 3, "D-01", "used", store.Refurbish)
	shelve("TH1", "1", "CUP-02", 1, "D-02", "used", store.Refurbish)
	back("TH2", "2", "TEA-500", 3, store.WantsRefund)
	shelve("TH2", "2", "TEA-500", 3, "D-01", "damaged", store.VendorReturn)
	return append(out, store.AftercareOpened{Aftercare: store.Aftercare{ID: "c1",
		Of: store.Refurbish, Partner: "修理部", No: "WX-77", At: at - 3*24*3600_000,
		Goods: []store.CareGoods{{Batch: store.Batch{Item: "CUP-02"}, From: "bin/D-02",
			Grade: "used", As: store.Refurbish, OriginN: store.OriginN{Origin: store.Origin{
				RMA: "TH1", Order: "1", Line: 1}, N: 1}}}}})
}

func TestCare(t *testing.T) {
	care := atDoor(7)
	binD1, binD2 := own(scanner.BinLabel, "D-01"), own(scanner.BinLabel, "D-02")
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){care}, more...)...)
	}
	sent := []func(*tuitest.Driver){typed("2\n"), scan(cup), press("f5"), typed("修理部\n"),
		typed("WX-78\n")}
	golden(t, "care", []tuitest.Step{
		{Name: "list", Do: at()},
		{Name: "which_of_a_bin", Do: at(scan(binD1))},
		{Name: "a_bin", Do: at(scan(binD1), press("2"))},
		{Name: "pieces", Do: at(typed("2\n"), scan(cup))},
		{Name: "too_many", Do: at(typed("4\n"), scan(cup))},
		{Name: "undone", Do: at(scan(cup), press("f3"))},
		{Name: "a_row", Do: at(press("down", "enter"))},
		{Name: "not_together", Do: at(press("enter", "down", "enter"))},
		{Name: "not_there", Do: at(scan(binD2))},
		{Name: "who", Do: at(scan(cup), press("f5"))},
		{Name: "its_supplier", Do: at(scan(tea), press("f5"))},
		{Name: "nobody", Do: at(scan(cup), press("f5", "enter"))},
		{Name: "number", Do: at(scan(cup), press("f5"), typed("修理部\n"))},
		{Name: "sent", Do: at(sent...)},
		{Name: "an_open_one", Do: at(press("end"))},
		{Name: "what_came_of_it", Do: at(scan("WX-77"))},
		{Name: "note", Do: at(scan("WX-77"), press("1"))},
		{Name: "repaired", Do: at(scan("WX-77"), press("1"), typed("换了把手\n"))},
		{Name: "credited", Do: at(scan("WX-77"), press("3", "enter"))},
		{Name: "taken_back", Do: at(scan("WX-77"), press("3", "enter", "f3"))},
		{Name: "known", Do: at(scan("WX-77"), press("3", "enter"), scan("WX-77"))},
		{Name: "known_taken_back", Do: at(scan("WX-77"), press("3", "enter"), scan("WX-77"),
			press("1"))},
		{Name: "others_came", Do: at(scan("WX-77"), press("2"))},
		{Name: "of_which", Do: at(then(sent, scan("WX-78"), press("1"))...)},
		{Name: "one_of_them", Do: at(then(sent, scan("WX-78"), press("1"), scan(cup))...)},
		{Name: "not_one_of_them", Do: at(then(sent, scan("WX-78"), press("1"), scan(tea))...)},
		{Name: "more_than_away", Do: at(then(sent, scan("WX-78"), press("1"), typed("3\n"),
			scan(cup))...)},
		{Name: "not_that_one", Do: at(then(sent, scan("WX-78"), press("1"), scan(cup),
			press("f3"))...)},
		{Name: "one_is_repaired", Do: at(then(sent, scan("WX-78"), press("1"), scan(cup),
			press("enter", "enter"))...)},
		{Name: "keys", Do: at(scan(cup), press("f9"))},
	}, graded()...)
	golden(t, "care_none", []tuitest.Step{{Name: "start", Do: at()}})
}

// several is graded, where what was sent off is back in its bin: cups lie in two.
func several() []store.Event {
	all := graded()
	return all[:len(all)-1]
}

func TestCareAsksForTheBin(t *testing.T) {
	binD2 := own(scanner.BinLabel, "D-02")
	golden(t, "care_bins", []tuitest.Step{
		{Name: "which_bin", Do: as("900", atDoor(7), scan(cup))},
		{Name: "all_of_it", Do: as("900", atDoor(7), scan(binD2))},
		{Name: "from_there", Do: as("900", atDoor(7), scan(binD2), press("f3"), scan(cup))},
	}, several()...)
}

func TestLookAtAReturn(t *testing.T) {
	at := func(who string, no string, more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as(who, append([]func(*tuitest.Driver){press("f11"), scan(no)}, more...)...)
	}
	coming := store.ReturnRequested{RMA: store.RMA{ID: "TH9", Asked: true, Wants: store.WantsRefund,
		Placed: storetest.Noon.UnixMilli(), Lines: []store.RMALine{{Line: 1, Item: "TEA-500",
			N: 1}}}}
	golden(t, "look_return", []tuitest.Step{
		{Name: "came", Do: at("900", "TH1")},
		{Name: "keys", Do: at("900", "TH1", press("f9"))},
		{Name: "sent_again", Do: at("900", "TH1", press("f5"))},
		{Name: "nothing_left", Do: at("900", "TH1", press("f5", "f5"))},
		{Name: "coming", Do: at("101", "TH9")},
		{Name: "which_parcel", Do: at("101", "TH9", press("f4"))},
		{Name: "no_waybill", Do: at("101", "TH9", press("f4"), scan(binA1))},
		{Name: "which_carrier", Do: at("101", "TH9", press("f4"), scan("YT7000000000009"))},
		{Name: "told", Do: at("101", "TH9", press("f4"), scan("YT7000000000009"), typed("YTO\n"))},
		{Name: "why_cancelled", Do: at("101", "TH9", press("f6"))},
		{Name: "cancelled", Do: at("101", "TH9", press("f6", "1"))},
	}, append(several(), coming, store.ReturnDecided{RMA: "TH9", State: store.RMAApproved,
		At: storetest.Noon.UnixMilli()})...)
}

func TestSigned(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){press("f11"), typed("P-1\n"), press("f4")},
			more...)...)
	}
	short := []func(*tuitest.Driver){scan(tea), typed("1\n")}
	both := append(short, typed("2\n"))
	gone(t, "signed", []tuitest.Step{
		{Name: "order", Do: as("900", press("f11"), typed("P-1\n"))},
		{Name: "form", Do: at()},
		{Name: "before_it_left", Do: at(press("enter"), func(d *tuitest.Driver) {
			for range len("2026-03-01") {
				d.Key("backspace")
			}
		}, typed("2026-02-27\n"))},
		{Name: "not_yet", Do: at(press("enter"), func(d *tuitest.Driver) {
			for range len("2026-03-01") {
				d.Key("backspace")
			}
		}, typed("2027-02-27\n"))},
		{Name: "how_many_short", Do: at(scan(tea))},
		{Name: "how_many_damaged", Do: at(short...)},
		{Name: "both", Do: at(both...)},
		{Name: "too_many", Do: at(scan(tea), typed("5\n"))},
		{Name: "as_it_was", Do: at(then(both, scan(tea), typed("\n\n"))...)},
		{Name: "not_of_it", Do: at(scan("MILK"))},
		{Name: "saved", Do: at(then(both, press("f6"))...)},
		{Name: "again", Do: at(then(both, press("f6", "f4"))...)},
	})
}
