package screens_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/report"
	"scanbay/store/sqlite"
	"scanbay/store/stocktake"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/tuitest"
)

// toAlerts goes to the door behind those of a supervisor's cases.
func toAlerts(d *tuitest.Driver) {
	press(append(slices.Repeat([]string{"down"}, 9), "enter")...)(d)
}

func TestAlerts(t *testing.T) {
	golden(t, "alerts", []tuitest.Step{
		{Name: "home", Do: as("900")},
		{Name: "start", Do: as("900", toAlerts)},
		{Name: "next", Do: as("900", toAlerts, press("down"))},
		{Name: "last", Do: as("900", toAlerts, press("end"))},
		{Name: "low", Do: as("900", toAlerts, press("down", "down"))},
		{Name: "slip", Do: as("900", toAlerts, press("down", "down", "down"))},
		{Name: "choice", Do: as("900", toAlerts, press("enter"))},
		{Name: "looked_up", Do: as("900", toAlerts, press("enter", "1"))},
		{Name: "seen", Do: as("900", toAlerts, press("enter", "3"))},
		{Name: "who_has_seen", Do: as("900", toAlerts, press("enter", "3", "end"))},
		{Name: "home_knows", Do: as("900", toAlerts, press("enter", "3", "esc"))},
		{Name: "home_of_the_station", Do: as("900", func(d *tuitest.Driver) {
			d.Send(tui.HealthMsg{Name: i18n.DiskNearlyFull, Detail: "80 MB"})
			d.Wait(3 * time.Second)
			press(slices.Repeat([]string{"down"}, 9)...)(d)
		})},
		{Name: "station", Do: as("900", toAlerts, func(d *tuitest.Driver) {
			d.Send(tui.HealthMsg{Name: i18n.DiskNearlyFull, Detail: "80 MB"})
			d.Wait(3 * time.Second)
			press("home")(d)
		})},
	}, storetest.Warned()...)
	golden(t, "alerts_none", []tuitest.Step{{Name: "start", Do: as("900", toAlerts)}})
}

// An alert that is gone stays under the cursor, and what is chosen of it says so.
func TestAnAlertThatIsGone(t *testing.T) {
	s := sharedAt(t, storetest.Warned()...)
	as("900", toAlerts, press("down"))(s.Driver)
	all, err := report.Alerts(context.Background(), s.Store)
	s.Must(err)
	gone := i18n.English{}.Alert(report.Loud(all)[1]).Problem
	s.shows("before", gone)
	s.Must(stocktake.Approve(context.Background(), s.Store, store.Gesture{Operator: "901"},
		stocktake.Approval{First: "c-1", Cause: "lost"}))
	s.Send(tui.NewsMsg{})
	s.shows("gone", gone)
	press("enter")(s.Driver)
	s.shows("chosen", gone)
}

// A site whose alerts cannot be read has its work all the same.
func TestWorkDoesNotWaitForAlerts(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, storetest.Warned())
	d, open := stationAt(t, i18n.English{}, 80, 24, site)
	db, err := sql.Open("sqlite", open.Path())
	if err == nil {
		_, err = db.Exec("DROP TABLE alert_seen")
	}
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	as("900")(d)
	for _, want := range []string{"Pick         3", "Queue        2", "Count        2"} {
		if !strings.Contains(d.Screen(), want) {
			t.Errorf("no %q:\n%s", want, d.Screen())
		}
	}
}

// atAccuracy is a terminal that shows a supervisor how right the book is.
func atAccuracy(t *testing.T, text i18n.Text, w, h int, site string) *tuitest.Driver {
	t.Helper()
	d, _ := showing(t, text, w, h, site, func(sh *tui.Shell) tui.Screen {
		sh.Operator.ID, sh.Operator.Roles = "900", "supervisor"
		return screens.NewAccuracy(sh)
	})
	return d
}

func TestAccuracy(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.db")
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, site)
		}, "s1")
		s.Record(append(storetest.Warehouse(), storetest.Audited()...)...)
		storetest.Scanned(s)
	})
	err := tuitest.Golden{
		Path:  filepath.Join("testdata", "accuracy.txtar"),
		Sizes: [][2]int{{20, 16}, {26, 12}, {80, 24}},
		Steps: []tuitest.Step{
			{Name: "zones", Do: press()},
			{Name: "another_zone", Do: press("down")},
			{Name: "weeks", Do: press("right")},
			{Name: "causes", Do: press("right", "right")},
			{Name: "another_cause", Do: press("right", "right", "down")},
			{Name: "people", Do: press("left")},
			{Name: "which_time", Do: press("enter")},
			{Name: "a_month", Do: press("enter", "1")},
		},
		Start: func(text i18n.Text, w, h int) *tuitest.Driver {
			return atAccuracy(t, text, w, h, site)
		},
	}.Compare(*update)
	if err != nil {
		t.Error(err)
	}
}
