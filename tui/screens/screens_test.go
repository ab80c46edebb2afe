package screens_test

import (
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/tuitest"
)

// teaAndCup is an order of twelve teas and a cup, with what the buyer asked for.
func teaAndCup() []store.Event {
	o := storetest.Ordered("1", "TEA-500", 12, "CUP-02", 1)
	o.BuyerRemark = "易碎，请多包一层"
	o.ShipBy = storetest.Noon.UnixMilli() + 3*3600_000
	return []store.Event{storetest.Has("A-01-01", "TEA-500", 40),
		storetest.Has("B-07-01", "CUP-02", 1), o}
}

var (
	pick   = []func(*tuitest.Driver){press("enter", "enter"), scan(toteT1)}
	picked = append(pick, scan(binA1), typed("12\n"), scan(tea, binB7, cup), press("f2"))
	packed = append(picked, press("esc", "esc", "down", "enter"), scan(toteT1),
		typed("12\n"), scan(tea, cup))
)

func then(before []func(*tuitest.Driver), more ...func(*tuitest.Driver)) []func(*tuitest.Driver) {
	return append(before[:len(before):len(before)], more...)
}

func TestSignIn(t *testing.T) {
	golden(t, "signin", []tuitest.Step{
		{Name: "start", Do: func(*tuitest.Driver) {}},
		{Name: "badge", Do: scan(own(scanner.OperatorLabel, "101"))},
		{Name: "typing_the_pin", Do: typed("101\n12")},
		{Name: "wrong_pin", Do: typed("101\n4321\n")},
		{Name: "nobody", Do: typed("555\n")},
		{Name: "no_pin_yet", Do: typed("102\n")},
		{Name: "not_a_badge", Do: scan(binA1)},
	})
}

func TestHome(t *testing.T) {
	golden(t, "home", []tuitest.Step{
		{Name: "picker", Do: as("101")},
		{Name: "supervisor", Do: as("900")},
		{Name: "help", Do: as("101", press("f1"))},
		{Name: "unknown_code", Do: as("101", scan("85123A"))},
		{Name: "signed_out", Do: as("101", press("f12"))},
	}, teaAndCup()...)
	golden(t, "home_empty", []tuitest.Step{{Name: "nothing", Do: as("101")},
		{Name: "no_slips", Do: as("101", press("enter"))}})
}

func TestPick(t *testing.T) {
	golden(t, "pick", []tuitest.Step{
		{Name: "slips", Do: as("101", press("enter"))},
		{Name: "tote_first", Do: as("101", press("enter", "enter"), scan(binA1))},
		{Name: "go_to_the_bin", Do: as("101", pick...)},
		{Name: "wrong_bin", Do: as("101", then(pick, scan(binB7))...)},
		{Name: "another_tote", Do: as("101", then(pick,
			scan(own(scanner.ToteLabel, "T-2")))...)},
		{Name: "at_the_bin", Do: as("101", then(pick, scan(binA1))...)},
		{Name: "one", Do: as("101", then(pick, scan(binA1, tea))...)},
		{Name: "wrong_item", Do: as("101", then(pick, scan(binA1, cup))...)},
		{Name: "dropped", Do: as("101", then(pick, scan(binA1),
			func(d *tuitest.Driver) { d.Burst(tea, cup, tea, tea) })...)},
		{Name: "typing", Do: as("101", then(pick, scan(binA1), typed("11"))...)},
		{Name: "quantity", Do: as("101", then(pick, scan(binA1), typed("11\n"))...)},
		{Name: "too_many", Do: as("101", then(pick, scan(binA1), typed("13\n"), scan(tea))...)},
		{Name: "above_the_ceiling", Do: as("101", then(pick, scan(binA1),
			typed("5000\n"), scan(tea))...)},
		{Name: "why_short", Do: as("101", then(pick, scan(binA1), press("f2"))...)},
		{Name: "shorted", Do: as("101", then(pick, scan(binA1), press("f2", "1"))...)},
		{Name: "skipped", Do: as("101", then(pick, press("f5"))...)},
		{Name: "undone", Do: as("101", then(pick, scan(binA1, tea), press("f3"))...)},
		{Name: "is_the_bin_empty", Do: as("101", then(pick, scan(binA1), typed("12\n"),
			scan(tea, binB7, cup))...)},
		{Name: "all_picked", Do: as("101", picked...)},
		{Name: "more", Do: as("101", then(pick, press("f9"))...)},
		{Name: "last_scans", Do: as("101", then(pick, scan(binB7, "A\x1d\x02B"), press("f7"))...)},
	}, teaAndCup()...)
}

// TestSlips: some are taken along to where there is no line, and come first.
func TestSlips(t *testing.T) {
	later, soon := storetest.Ordered("2", "CUP-02", 2), storetest.Ordered("3", "TEA-500", 3)
	later.ShipBy = storetest.Noon.UnixMilli() + 3*3600_000
	soon.ShipBy = storetest.Noon.UnixMilli() + 3600_000
	golden(t, "slips", []tuitest.Step{
		{Name: "list", Do: as("101", press("enter"))},
		{Name: "how_many", Do: as("101", press("enter", "f4"))},
		{Name: "taken", Do: as("101", press("enter", "f4"), typed("2\n"))},
		{Name: "no_number", Do: as("101", press("enter", "f4"), typed("two\n"))},
		{Name: "too_many", Do: as("101", press("enter", "f4"), typed("51\n"))},
		{Name: "none_is_free", Do: as("101", press("enter", "f4"), typed("9\n"), press("f4"),
			typed("9\n"))},
		{Name: "in_hand", Do: as("101", press("enter", "end", "enter", "esc"))},
	}, storetest.Has("A-01-01", "TEA-500", 40), storetest.Has("B-07-01", "CUP-02", 9),
		storetest.Ordered("1", "TEA-500", 12, "CUP-02", 1), later, soon)
}

// TestZones: who picks in one zone sees what is to be picked there, and passes the rest on.
func TestZones(t *testing.T) {
	inA := []func(*tuitest.Driver){press("enter", "f12", "2")}
	done := then(inA, press("f2"), scan(toteT1, binA1), typed("12\n"), scan(tea))
	golden(t, "zones", []tuitest.Step{
		{Name: "which", Do: as("101", press("enter", "f12"))},
		{Name: "list", Do: as("101", inA...)},
		{Name: "more", Do: as("101", then(inA, press("f9"))...)},
		{Name: "at_the_bin", Do: as("101", then(inA, press("f2"), scan(toteT1, binA1))...)},
		{Name: "done", Do: as("101", done...)},
		{Name: "not_here", Do: as("101", then(done, scan(binB7))...)},
		{Name: "passed_on", Do: as("101", then(done, press("enter"))...)},
		{Name: "nothing_left", Do: as("101", then(done, press("enter"), scan(
			own(scanner.ToteLabel, "T-3"), binA1), typed("2\n"), scan(tea), press("f2"))...)},
		{Name: "still_picked", Do: as("101", then(done, press("esc", "esc"), scan(toteT1))...)},
	}, storetest.Has("A-01-01", "TEA-500", 40), storetest.Has("B-07-01", "CUP-02", 9),
		storetest.Ordered("1", "TEA-500", 12, "CUP-02", 1), storetest.Ordered("2", "TEA-500", 2),
		storetest.Ordered("3", "CUP-02", 2))
}

// TestSeveralTotes: what was picked into several totes comes together at the packing table.
func TestSeveralTotes(t *testing.T) {
	other := own(scanner.ToteLabel, "T-2")
	both := then(pick, scan(binA1), typed("12\n"), scan(tea, other), press("f2"), scan(binB7, cup),
		press("f2", "esc", "esc"))
	golden(t, "totes", []tuitest.Step{
		{Name: "one_came", Do: as("101", then(both, scan(toteT1))...)},
		{Name: "another_slips", Do: as("101", then(both, scan(toteT1,
			own(scanner.ToteLabel, "T-9")))...)},
		{Name: "both_came", Do: as("101", then(both, scan(toteT1, other))...)},
		{Name: "into_another_carton", Do: as("101", then(both, scan(toteT1, cup), press("f5", "1"),
			scan(other, tea))...)},
		{Name: "one_is_missing", Do: as("101", then(both, scan(toteT1), typed("12\n"), scan(tea),
			press("f2"))...)},
	}, teaAndCup()...)
}

// TestALineOfManyPieces: how many are taken is never cut.
func TestALineOfManyPieces(t *testing.T) {
	golden(t, "pick_many", []tuitest.Step{
		{Name: "taken", Do: as("101", then(pick, scan(binA1), typed("74208\n"), scan(tea),
			press("f2"))...)},
	}, storetest.Has("A-01-01", "TEA-500", 80_000), storetest.Ordered("1", "TEA-500", 74_215))
}

func TestPack(t *testing.T) {
	golden(t, "pack", []tuitest.Step{
		{Name: "start", Do: as("101", then(picked, press("esc", "esc", "down", "enter"))...)},
		{Name: "open", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1))...)},
		{Name: "one", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1, tea))...)},
		{Name: "not_on_the_slip", Do: as("101", then(picked, press("esc", "esc"),
			scan(toteT1, "MILK"))...)},
		{Name: "too_many", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1),
			typed("13\n"), scan(tea))...)},
		{Name: "second_carton", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1, tea),
			press("f4"))...)},
		{Name: "something_left", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1, tea),
			press("f6"))...)},
		{Name: "closed", Do: as("101", packed...)},
		{Name: "sealed_carton", Do: as("101", then(picked, press("esc", "esc"), scan(toteT1, tea),
			press("f4"), scan(own(scanner.CartonLabel, slip+"-1-S1")))...)},
	}, teaAndCup()...)
}

func TestRepack(t *testing.T) {
	box := own(scanner.CartonLabel, slip+"-1-S1")
	begun := then(packed, scan(own(scanner.CommandLabel, "REPACK")))
	opened := then(begun, scan(box), press("f2"))
	golden(t, "repack", []tuitest.Step{
		{Name: "start", Do: as("101", begun...)},
		{Name: "closed", Do: as("101", then(begun, scan(box))...)},
		{Name: "opened", Do: as("101", then(opened, scan(tea))...)},
		{Name: "not_there", Do: as("101", then(opened, scan("MILK"))...)},
		{Name: "new_carton", Do: as("101", then(opened, press("f5", "1"), typed("5\n"))...)},
		{Name: "all", Do: as("101", then(opened, press("f2"))...)},
		{Name: "undone", Do: as("101", then(opened, press("f2", "f3"))...)},
	}, teaAndCup()...)
}

func TestWall(t *testing.T) {
	bulk := own(scanner.ToteLabel, "T-9")
	bins := scan(bulk, binA1, tea, tea, tea, binB7, cup)
	at := then([]func(*tuitest.Driver){press("enter", "f3", "f4", "f6")}, bins,
		press("esc", "esc", "down", "enter"))
	first := own(scanner.ToteLabel, "W-01")
	put := then(at, scan(bulk, tea, first))
	golden(t, "wall", []tuitest.Step{
		{Name: "totes", Do: as("101", at...)},
		{Name: "begun", Do: as("101", then(at, scan(bulk))...)},
		{Name: "empty_one", Do: as("101", then(at, scan(bulk, tea))...)},
		{Name: "complete", Do: as("101", put...)},
		{Name: "into", Do: as("101", then(put, scan(tea, own(scanner.ToteLabel, "W-02"), cup))...)},
		{Name: "nobody", Do: as("101", then(put, scan("MILK"))...)},
		{Name: "undone", Do: as("101", then(put, press("f3"))...)},
		{Name: "keys", Do: as("101", then(put, press("f9"))...)},
	}, store.SettingSet{Name: store.PutWall, Value: "on"},
		storetest.Has("A-01-01", "TEA-500", 20), storetest.Has("B-07-01", "CUP-02", 9),
		storetest.Ordered("1", "TEA-500", 1), storetest.Ordered("2", "TEA-500", 2, "CUP-02", 1))
}

func TestConfirm(t *testing.T) {
	dock := then(packed, press("esc", "esc", "down", "enter"))
	parcel := own(scanner.CartonLabel, slip+"-1-S1")
	golden(t, "confirm", []tuitest.Step{
		{Name: "start", Do: as("101", dock...)},
		{Name: "waybill", Do: as("101", then(dock, scan(parcel))...)},
		{Name: "not_a_waybill", Do: as("101", then(dock, scan(parcel, binA1))...)},
		{Name: "out", Do: as("101", then(dock, scan(parcel, "SF3100000000001"))...)},
		{Name: "twice", Do: as("101", then(dock, scan(parcel, "SF3100000000001", parcel))...)},
		{Name: "by_slip", Do: as("101", then(dock, scan(own(scanner.SlipLabel, slip)))...)},
		{Name: "leave", Do: as("101", then(dock, scan(own(scanner.SlipLabel, slip)),
			press("f6"))...)},
	}, teaAndCup()...)
}

func TestHeld(t *testing.T) {
	held := []store.Event{storetest.Has("A-01-01", "TEA-500", 4),
		storetest.Ordered("1", "TEA-500", 4), storetest.Ordered("2", "TEA-500", 4, "GONE", 1)}
	golden(t, "held", []tuitest.Step{
		{Name: "start", Do: as("900", press("down", "down", "down", "enter"))},
		{Name: "why", Do: as("900", press("down", "down", "down", "enter", "f5"))},
		{Name: "approved", Do: as("900", press("down", "down", "down", "enter", "f5", "1"))},
		{Name: "rejected", Do: as("900", press("down", "down", "down", "enter", "f6", "2"))},
	}, held...)
}

// The doors of a supervisor, from the top.
var (
	toNewOrder = press("down", "down", "down", "down", "down", "enter")
	toSettings = press("down", "down", "down", "down", "down", "down", "enter")
)

func TestSettings(t *testing.T) {
	prefix := press("down", "down", "down", "enter")
	rules := []func(*tuitest.Driver){toSettings, press("end", "enter")}
	golden(t, "settings", []tuitest.Step{
		{Name: "start", Do: as("900", toSettings)},
		{Name: "choice", Do: as("900", toSettings, press("enter"))},
		{Name: "chosen", Do: as("900", toSettings, press("enter", "2"))},
		{Name: "typing", Do: as("900", toSettings, prefix, press("backspace"), typed("X"))},
		{Name: "typed", Do: as("900", toSettings, prefix, press("backspace"), typed("X\n"))},
		{Name: "bad_value", Do: as("900", toSettings, prefix, typed("!\n"))},
		{Name: "last", Do: as("900", toSettings, press("end"))},
		{Name: "channels", Do: as("900", rules...)},
		{Name: "rules", Do: as("900", then(rules, press("1"))...)},
		{Name: "long_value", Do: as("900", then(rules, press("1"), press("down", "down", "down",
			"down", "down"))...)},
		{Name: "rule", Do: as("900", then(rules, press("2"),
			press("end", "up", "up", "enter"))...)},
		{Name: "rule_off", Do: as("900", then(rules, press("2"), press("end", "up", "up", "enter",
			"2"))...)},
		{Name: "bad_param", Do: as("900", then(rules, press("2"), press("down", "down", "down",
			"enter", "3"), typed("x\n"))...)},
		{Name: "not_a_setting", Do: as("900", toSettings, scan(binA1))},
	}, append(teaAndCup(), ofChannel("shop"))...)
}

func ofChannel(channel string) store.OrderReceived {
	o := storetest.Ordered("2", "TEA-500", 1)
	o.Channel = channel
	return o
}

// written fills in rows from the phone on, with Enter for each.
func written(phone, name, address string) []func(*tuitest.Driver) {
	return []func(*tuitest.Driver){toNewOrder, press("enter"), typed(phone + "\n"),
		press("enter"), typed(name + "\n"), press("enter"), typed(address + "\n")}
}

func TestNewOrder(t *testing.T) {
	tea25 := store.ItemSaved{Item: store.Item{SKU: "TEA-500", Name: "龙井茶 West Lake Longjing",
		Spec: "500g 罐装", Price: 25 * store.MoneyUnit, Active: true}}
	person := written("13800004417", "张*", "杭州市西湖区文三路 138 号 2 幢 501")
	ordered := then(person, scan(tea), typed("3\n"))
	golden(t, "neworder", []tuitest.Step{
		{Name: "start", Do: as("900", toNewOrder)},
		{Name: "phone", Do: as("900", toNewOrder, press("enter"), typed("138"))},
		{Name: "not_a_phone", Do: as("900", toNewOrder, press("enter"), typed("138\n"))},
		{Name: "person", Do: as("900", then(person, press("up"))...)},
		{Name: "payment", Do: as("900", toNewOrder, press("down", "down", "down", "down", "down",
			"down", "down", "enter"))},
		{Name: "at_the_door", Do: as("900", then(ordered, press("up", "up", "enter", "2"))...)},
		{Name: "bad_amount", Do: as("900", then(ordered, press("up", "up", "enter", "2", "enter"),
			typed("x\n"))...)},
		{Name: "unknown_item", Do: as("900", toNewOrder, typed("NOTEA\n"))},
		{Name: "line", Do: as("900", ordered...)},
		{Name: "no_quantity", Do: as("900", then(ordered, typed("0\n"))...)},
		{Name: "a_lot", Do: as("900", then(ordered, typed("5000\n"))...)},
		{Name: "change_the_line", Do: as("900", then(ordered, press("enter"))...)},
		{Name: "deleted", Do: as("900", then(ordered, press("enter", "2"))...)},
		{Name: "incomplete", Do: as("900", toNewOrder, scan(tea), press("f5"))},
		{Name: "leave", Do: as("900", then(ordered, press("esc"))...)},
		{Name: "held", Do: as("900", then(ordered, press("f5"))...)},
		{Name: "released", Do: as("900", then(ordered, press("up", "up", "enter", "2", "f5"))...)},
		{Name: "known", Do: as("900", then(ordered, press("f5", "enter", "enter"),
			typed("13800004417\n"))...)},
		{Name: "taken", Do: as("900", then(ordered, press("f5", "enter", "enter"),
			typed("13800004417\n"), press("f2"))...)},
	}, append(teaAndCup(), tea25)...)
}
