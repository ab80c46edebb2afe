package screens_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/tuitest"
)

// shows has the scale show a weight.
func shows(grams int64, stable bool, bad scanner.Flaw) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) {
		at := storetest.Noon.Add(time.Hour) // however long the steps before it took
		d.Send(tui.WeightMsg{Grams: grams, Stable: stable, Bad: bad, At: at})
	}
}

// TestWeighing: what the scale shows is offered to the packer once it has settled.
func TestWeighing(t *testing.T) {
	at := then(packed, shows(0, true, ""), press("f12"))
	golden(t, "weighing", []tuitest.Step{
		{Name: "empty", Do: as("101", at...)},
		{Name: "moves", Do: as("101", then(at, shows(900, false, ""))...)},
		{Name: "offered", Do: as("101", then(at, shows(8450, true, ""))...)},
		{Name: "typed", Do: as("101", then(at, shows(8450, true, ""), typed("83"))...)},
		{Name: "silent", Do: as("101", then(at, shows(0, false, scanner.Silent),
			press("enter"))...)},
		{Name: "weighed", Do: as("101", then(at, shows(8450, true, ""), press("enter"))...)},
	}, weighed()...)
}

func weighed() []store.Event {
	return append(teaAndCup(), store.SettingSet{Name: store.WeighBy, Value: "must"})
}

// TestTheRecordSaysHowItWasWeighed: by the scale, or by hand.
func TestTheRecordSaysHowItWasWeighed(t *testing.T) {
	s := sharedAt(t, weighed()...)
	as("101", then(packed, shows(0, true, ""), press("f12"), shows(8450, true, ""),
		press("enter"), scan(own(scanner.CartonLabel, slip+"-1-S1")), press("f12"),
		typed("8460\n"))...)(s.Driver)
	events, err := store.Get(context.Background(), s.Store,
		func(r *store.Reader) ([]store.Envelope, error) { return r.Trail(slip) })
	s.Must(err)
	var sources []string
	for _, e := range events {
		if e.Kind == "carton_weighed" {
			sources = append(sources, e.Source)
		}
	}
	if !slices.Equal(sources, []string{"scale", "keyed"}) {
		t.Errorf("weighed by %q", sources)
	}
}
