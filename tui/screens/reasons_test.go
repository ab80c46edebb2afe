package screens_test

import (
	"path/filepath"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/tuitest"
)

// atReasons is a terminal on a copy of a site that shows why things come back.
func atReasons(t *testing.T, text i18n.Text, w, h int, site string) *tuitest.Driver {
	t.Helper()
	d, _ := showing(t, text, w, h, site, func(sh *tui.Shell) tui.Screen {
		return screens.NewReasons(sh)
	})
	return d
}

func TestReasons(t *testing.T) {
	lists := map[string]struct {
		events []store.Event
		steps  []tuitest.Step
	}{
		"reasons": {storetest.Traded(), []tuitest.Step{
			{Name: "item", Do: press()},
			{Name: "another_item", Do: press("down")},
			{Name: "category", Do: press("right")},
			{Name: "region", Do: press("right", "right", "right", "right", "down")},
			{Name: "season", Do: press("right", "right", "right", "right", "right")},
			{Name: "customer", Do: press("left", "left", "left", "left", "left", "left")},
			{Name: "reason", Do: press("left", "left", "left", "left")},
			{Name: "condition", Do: press("left", "left", "left")},
			{Name: "trend", Do: press("left", "left")},
			{Name: "trend_of_a_month", Do: press("left", "left", "enter", "1")},
			{Name: "times", Do: press("left")},
			{Name: "which_time", Do: press("enter")},
			{Name: "a_month", Do: press("enter", "1")},
		}},
		"reasons_none": {nil, []tuitest.Step{{Name: "nothing", Do: press()},
			{Name: "trend", Do: press("left", "left")}, {Name: "times", Do: press("left")}}},
	}
	for name, list := range lists {
		site := filepath.Join(t.TempDir(), "site.db")
		build(t, site, list.events)
		err := tuitest.Golden{
			Path:  filepath.Join("testdata", name+".txtar"),
			Sizes: [][2]int{{20, 16}, {26, 12}, {80, 24}},
			Steps: list.steps,
			Start: func(text i18n.Text, w, h int) *tuitest.Driver {
				return atReasons(t, text, w, h, site)
			},
		}.Compare(*update)
		if err != nil {
			t.Error(err)
		}
	}
}

// TestWhatIsScannedAtTheReasonsIsLookedUp: the way back leads to the page that was open.
func TestWhatIsScannedAtTheReasonsIsLookedUp(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, storetest.Traded())
	d := atReasons(t, i18n.English{}, 80, 24, site)
	d.Key("right")
	before := d.Screen()
	d.Scan(tea)
	if !strings.Contains(d.Screen(), "West Lake Longjing") || d.Screen() == before {
		t.Errorf("it is not looked up:\n%s", d.Screen())
	}
	d.Key("esc")
	if got := d.Screen(); !strings.Contains(got, "Returns by category") {
		t.Errorf("the way back leads to\n%s", got)
	}
}
