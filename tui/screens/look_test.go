package screens_test

import (
	"path/filepath"
	"strings"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

func TestLook(t *testing.T) {
	order := typed("P-1\n")
	ask := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("900", append([]func(*tuitest.Driver){press("f11"), order}, more...)...)
	}
	golden(t, "look", []tuitest.Step{
		{Name: "ask", Do: as("101", press("f11"))},
		{Name: "item", Do: as("101", press("f11"), scan(tea))},
		{Name: "further", Each: true, Do: as("101", press("f11"), scan(tea),
			press("down", "down", "down"))},
		{Name: "bin", Do: as("101", press("f11"), scan(binA1))},
		{Name: "slip", Do: as("101", press("f11"), scan(own(scanner.SlipLabel, slip)))},
		{Name: "order", Do: as("101", press("f11"), order)},
		{Name: "many", Do: as("101", press("f11"), typed("TEA-500\n"))},
		{Name: "nobody_knows", Do: as("101", press("f11"), scan("85123A"))},
		{Name: "what_a_supervisor_can", Do: ask(press("f9"))},
		{Name: "withdraw", Do: ask(press("f6"))},
		{Name: "withdrawn", Do: ask(press("f6", "1"))},
		{Name: "change_what", Do: ask(scan(own(scanner.CommandLabel, "CHANGE")))},
		{Name: "change_to", Do: ask(scan(own(scanner.CommandLabel, "CHANGE")), press("3"),
			typed("赵*"))},
		{Name: "change_mode", Do: ask(scan(own(scanner.CommandLabel, "CHANGE")), press("6"))},
		{Name: "cancel_how_many", Do: ask(scan(own(scanner.CommandLabel, "CANCEL")), press("1"),
			typed("3"))},
		{Name: "cancelled", Do: ask(scan(own(scanner.CommandLabel, "CANCEL")), press("1"),
			typed("3\n"))},
	}, append(teaAndCup(), storetest.Has("A-01-03", "MILK", 1, "TEA-500"))...)
}

func TestChanges(t *testing.T) {
	asked := []func(*tuitest.Driver){press("f11"), typed("P-1\n"),
		scan(own(scanner.CommandLabel, "CHANGE")), press("1"), typed("上海市浦东新区\n"), press("esc"),
		press("down", "down", "down", "down", "enter")}
	golden(t, "changes", []tuitest.Step{
		{Name: "none", Do: as("900", press("down", "down", "down", "down", "enter"))},
		{Name: "asked", Do: as("900", asked...)},
		{Name: "made", Do: as("900", then(asked, press("f5", "1"))...)},
		{Name: "refused", Do: as("900", then(asked, press("f6", "1"))...)},
	}, append(teaAndCup(), storetest.Ordered("2", "TEA-500", 1))...)
}

// TestThePaymentAskedForIsWhatIsDue holds wherever the order is looked at.
func TestThePaymentAskedForIsWhatIsDue(t *testing.T) {
	o := storetest.Ordered("1", "TEA-500", 4)
	o.Lines[0].Price, o.Paid = 25*store.MoneyUnit, 60*store.MoneyUnit
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, []store.Event{storetest.Has("A-01-01", "TEA-500", 40), o})
	for name, at := range map[string][]func(*tuitest.Driver){
		"held": {press("down", "down", "down", "enter")},
		"look": {press("f11"), typed("P-1\n")},
	} {
		d := station(t, i18n.English{}, 80, 24, site)
		as("900", append(at, scan(own(scanner.CommandLabel, "PAY")))...)(d)
		if !strings.Contains(d.Screen(), "40 is due") {
			t.Errorf("%s: 60 of 100 are paid:\n%s", name, d.Screen())
		}
	}
}

func TestOrdersToReleaseByHand(t *testing.T) {
	golden(t, "locked", []tuitest.Step{
		{Name: "home", Do: as("900")},
		{Name: "list", Do: as("900", press("down", "down", "down", "down", "down", "enter"))},
		{Name: "released", Do: as("900", press("down", "down", "down", "down", "down", "enter",
			"f5"))},
	}, append([]store.Event{store.SettingSet{Name: store.ReleaseBy, Value: "hand"}},
		teaAndCup()...)...)
}
