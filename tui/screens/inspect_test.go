package screens_test

import (
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/store/storetest"
	"scanbay/tui/tuitest"
)

// unpacked are goods of the return that wait to be graded: tea of which a customer
// complained, a phone in the place of the one that was sold, and milk of two lots.
func unpacked() []store.Event {
	came := func(sku store.SKU, n store.Qty, order store.OrderID, line int64, lot,
		serial string) store.Event {
		e := store.ReturnReceived{RMA: "TH26030100001", N: n, To: returns.Stage, At: 4,
			Batch: store.Batch{Item: sku, Lot: store.Lot(lot), Serial: store.Serial(serial)},
			Of:    []store.ShareBack{{Order: order, Line: line, N: n}}}
		if order == "" {
			e.Aside, e.To, e.Of = store.WrongSerial, returns.Kept, []store.ShareBack{{N: n}}
		}
		return e
	}
	return append(asked(), came("TEA-500", 3, "1", 1, "", ""), came("PHONE", 1, "", 0, "", "I-9"),
		came("MILK", 1, "3", 2, "L1", ""), came("MILK", 1, "3", 2, "L2", ""),
		store.OperatorSaved{Operator: store.Operator{ID: "101", Name: "质检一号", Active: true,
			Roles: "receiver inspector"}})
}

// listed are points to look at in every category.
func listed() store.Event {
	return store.ChecklistSet{Points: []store.Point{{En: "body", Zh: "瓶身"},
		{En: "lid", Zh: "盖"}, {En: "parts", Zh: "附件"}}}
}

var (
	toInspect = []func(*tuitest.Driver){toReturns, press("down", "down", "enter")}
	toPutAway = []func(*tuitest.Driver){toReturns, press("down", "down", "down", "enter")}
	toteR1    = own(scanner.ToteLabel, "R-1")
	toteR2    = own(scanner.ToteLabel, "R-2")
	toteR3    = own(scanner.ToteLabel, "R-3")
	binA2     = own(scanner.BinLabel, "A-01-02")
	binS1     = own(scanner.BinLabel, "S-01")
	binH1     = own(scanner.BinLabel, "H-01")
	badge900  = own(scanner.OperatorLabel, "900")
)

func TestInspect(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", then(toInspect, more...)...)
	}
	two := []func(*tuitest.Driver){typed("2\n"), scan(tea)}
	damaged := then(two, press("4"))
	other := then(damaged, press("f6", "3"))
	gone(t, "inspect", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "quantity", Do: at(typed("2\n"))},
		{Name: "nothing_there", Do: at(scan(cup))},
		{Name: "too_many", Do: at(typed("4\n"), scan(tea))},
		{Name: "grades", Do: at(two...)},
		{Name: "item_for_a_grade", Do: at(then(two, scan(tea))...)},
		{Name: "no_grade", Do: at(then(two, press("esc"))...)},
		{Name: "tote", Do: at(damaged...)},
		{Name: "item_for_a_tote", Do: at(then(damaged, scan(tea))...)},
		{Name: "how_many", Do: at(then(damaged, press("f5"))...)},
		{Name: "one", Do: at(then(damaged, press("f5"), typed("1\n"))...)},
		{Name: "too_many_of_them", Do: at(then(damaged, press("f5"), typed("9\n"))...)},
		{Name: "note", Do: at(then(damaged, press("f4"), typed("盖子裂了\n"))...)},
		{Name: "done", Do: at(then(damaged, scan(toteR1))...)},
		{Name: "as_before", Do: at(then(damaged, scan(toteR1, tea), press("5"))...)},
		{Name: "other_goods_in_it", Do: at(then(damaged, scan(toteR1, tea), press("1"),
			scan(toteR1))...)},
		{Name: "undone", Do: at(then(damaged, scan(toteR1), press("f3"))...)},
		{Name: "back", Do: at(then(damaged, press("esc", "esc"))...)},
		{Name: "lot", Do: at(scan("MILK"))},
		{Name: "lot_told", Do: at(scan("MILK", "L2"), press("2"))},
		{Name: "another_serial", Do: at(scan("PHONE"), press("6"))},
		{Name: "overrule", Do: at(then(damaged, press("f6"))...)},
		{Name: "who_answers", Do: at(other...)},
		{Name: "not_a_supervisor", Do: at(then(other, typed("101\n1234\n"))...)},
		{Name: "pin", Do: at(then(other, scan(badge900), typed("12"))...)},
		{Name: "wrong_pin", Do: at(then(other, scan(badge900), typed("4321\n"))...)},
		{Name: "overruled", Do: at(then(other, scan(badge900), typed("1234\n"))...)},
		{Name: "by_a_supervisor", Do: as("900", toReturns, scan(tea), press("4", "f6", "2"))},
		{Name: "more", Do: at(then(damaged, press("f9"))...)},
	}, unpacked()...)
}

// Two returns wait with tea: a piece is of one of them.
func TestInspectOfTwoReturns(t *testing.T) {
	other := store.ReturnReceived{RMA: "TH26030100009", N: 1, To: returns.Stage, At: 5,
		Opens: &store.RMA{ID: "TH26030100009", Placed: 5}, Batch: store.Batch{Item: "TEA-500"},
		Of: []store.ShareBack{{Order: "1", Line: 1, N: 1}}}
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", then(toInspect, more...)...)
	}
	th9 := own(scanner.ReturnLabel, "TH26030100009")
	gone(t, "inspect_two", []tuitest.Step{
		{Name: "which", Do: at(scan(tea))},
		{Name: "that_one", Do: at(scan(tea, th9))},
		{Name: "return_first", Do: at(scan(th9))},
		{Name: "then_item", Do: at(scan(th9, tea))},
		{Name: "its_last", Do: at(scan(th9, tea), press("1"), scan(toteR1))},
		{Name: "not_of_it", Do: at(scan(th9, "MILK"))},
		{Name: "order_of_both", Do: at(scan("P-1"))},
		{Name: "back", Do: at(scan(th9), press("esc"))},
	}, append(unpacked(), other)...)
}

func TestInspectByAChecklist(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", then(toInspect, more...)...)
	}
	gone(t, "inspect_checklist", []tuitest.Step{
		{Name: "first", Do: at(scan(tea))},
		{Name: "second", Do: at(scan(tea), press("f2"))},
		{Name: "scanned", Do: at(scan(tea), press("f2"), scan(tea))},
		{Name: "by_a_command", Do: at(scan(tea), scan(own(scanner.CommandLabel, "YES")))},
		{Name: "back", Do: at(scan(tea), press("f2", "f4", "esc"))},
		{Name: "tote", Do: at(scan(tea), press("f2", "f2", "f4", "4"))},
		{Name: "another_phone", Do: at(scan("PHONE"), press("f2", "f2", "f4", "6", "f4"),
			typed("屏幕有划痕，配件不是原装\n"))},
		{Name: "done", Do: at(scan(tea), press("f2", "f2", "f4", "4"), scan(toteR1))},
	}, append(unpacked(), listed())...)
	gone(t, "inspect_none", []tuitest.Step{{Name: "start", Do: as("900", toReturns,
		press("down", "down", "enter"))}})
}

func TestPutAway(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", then(toPutAway, more...)...)
	}
	open := []func(*tuitest.Driver){scan(toteR1)}
	milk := then(open, scan(binA2))
	second := then(milk, scan("MILK"))
	gone(t, "putaway", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "tote_first", Do: at(scan(binA1))},
		{Name: "no_such_goods", Do: at(scan(toteT1))},
		{Name: "open", Do: at(open...)},
		{Name: "bin_first", Do: at(then(open, scan("MILK"))...)},
		{Name: "wrong_place", Do: at(then(open, scan(binH1))...)},
		{Name: "another_bin", Do: at(then(open, scan(binS1))...)},
		{Name: "that_bin", Do: at(then(open, scan(binS1, binS1))...)},
		{Name: "at_the_bin", Do: at(milk...)},
		{Name: "another_item_here", Do: at(then(milk, scan(tea))...)},
		{Name: "next", Do: at(second...)},
		{Name: "quantity", Do: at(then(second, scan(binA1), typed("2\n"))...)},
		{Name: "one", Do: at(then(second, scan(binA1, tea))...)},
		{Name: "too_many", Do: at(then(second, scan(binA1), typed("3\n"), scan(tea))...)},
		{Name: "empty", Do: at(scan(toteR2, binH1, tea))},
		{Name: "undone", Do: at(scan(toteR2, binH1, tea), press("f3"))},
		{Name: "scraps", Do: at(scan(toteR3))},
		{Name: "scrap", Do: as("900", toReturns, scan(toteR3),
			press("f2"))},
		{Name: "scrapped", Do: as("900", toReturns, scan(toteR3),
			press("f2", "f2"))},
		{Name: "not_a_supervisor", Do: at(scan(toteR3),
			press("f2", "f2"))},
	}, append(gradedGoods(), shelves()...)...)
	gone(t, "putaway_no_bin", []tuitest.Step{{Name: "open", Do: at(scan(toteR2))}},
		gradedGoods()...)
	gone(t, "putaway_none", []tuitest.Step{{Name: "start", Do: at()}}, store.OperatorSaved{
		Operator: store.Operator{ID: "101", Name: "上架一号", Active: true,
			Roles: "receiver inspector"}})
}

// shelves are where goods lie that came back.
func shelves() []store.Event {
	bin := func(code string, use store.Use) store.Event {
		return store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code), Use: use, Zone: "R",
			Walk: 90, Active: true}}
	}
	return []store.Event{bin("H-01", store.HoldUse), bin("S-01", store.StorageUse)}
}

// gradedGoods lie in three totes: to be sold again, to be held, and for nothing.
func gradedGoods() []store.Event {
	found := func(sku store.SKU, n store.Qty, order store.OrderID, line int64, lot, grade string,
		as store.Disposition, tote string) store.Event {
		return store.ReturnInspected{ID: store.EventID("i" + tote + lot), RMA: "TH26030100001",
			N: n, Batch: store.Batch{Item: sku, Lot: store.Lot(lot)}, From: returns.Stage,
			Of: []store.ShareBack{{Order: order, Line: line, N: n}}, To: store.InTote(tote),
			Grade: grade, As: as, At: storetest.Noon.UnixMilli()}
	}
	return append(unpacked(), found("TEA-500", 2, "1", 1, "", "sealed", store.Restock, "R-1"),
		found("MILK", 1, "3", 2, "L1", "sealed", store.Restock, "R-1"),
		found("TEA-500", 1, "1", 1, "", "damaged", store.Hold, "R-2"),
		found("MILK", 1, "3", 2, "L2", "used", store.Scrap, "R-3"))
}
