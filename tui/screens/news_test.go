package screens_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bubble "github.com/charmbracelet/bubbletea"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

// shared is a terminal on a warehouse where others work too.
type shared struct {
	*tuitest.Driver
	*storetest.Site
	t *testing.T
}

func sharedAt(t *testing.T, events ...store.Event) shared {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, events)
	d, s := stationAt(t, i18n.English{}, 80, 24, site)
	return shared{d, s, t}
}

// byHand is a warehouse where a supervisor is to release what is ordered.
func byHand(events ...store.Event) []store.Event {
	return append([]store.Event{store.SettingSet{Name: store.ReleaseBy, Value: "hand"},
		storetest.Has("A-01-01", "TEA-500", 40)}, events...)
}

var (
	boss  = store.Gesture{Operator: "900"}
	enter = bubble.KeyMsg{Type: bubble.KeyEnter}
)

func (s shared) shows(when string, want ...string) {
	s.t.Helper()
	for _, w := range want {
		if !strings.Contains(s.Screen(), w) {
			s.t.Errorf("%s: no %q in\n%s", when, w, s.Screen())
		}
	}
}

func (s shared) hides(when string, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.Screen(), text) {
			s.t.Errorf("%s: %q in\n%s", when, text, s.Screen())
		}
	}
}

// comes has another order come in.
func (s shared) comes(o store.OrderReceived) {
	s.Record(o)
	s.Plan()
}

// TestAKeyOpensTheDoorThatItWasMeantFor: whatever door comes or goes while it waits.
func TestAKeyOpensTheDoorThatItWasMeantFor(t *testing.T) {
	ctx := context.Background()
	come := func(s shared) { s.comes(storetest.Ordered("1", "TEA-500", 1)) }
	release := func(s shared) { s.Must(order.Unlock(ctx, s.Store, boss, "1")) }
	down := func(n int) []string { return slices.Repeat([]string{"down"}, n) }
	for name, c := range map[string]struct {
		first, then func(shared)
		on          []string // the keys to the door
		opens       string
	}{
		"another comes above it":     {nil, come, down(6), "Settings"},
		"another comes, to sign out": {nil, come, []string{"end"}, "badge"},
		"another comes below it":     {nil, come, nil, "Slips to pick: 0"},
		"another is done":            {come, release, down(7), "Settings"},
		"another is done, to go":     {come, release, []string{"end"}, "badge"},
		"it is done itself":          {come, release, down(5), "Orders to release: 0"},
	} {
		s := sharedAt(t, byHand()...)
		if c.first != nil {
			c.first(s)
		}
		as("900", press(c.on...))(s.Driver)
		c.then(s)
		s.Send(tui.NewsMsg{}, enter)
		s.shows(name, c.opens)
	}
}

// TestWhatOthersDoIsOnTheScreen: without a key, and under the same cursor.
func TestWhatOthersDoIsOnTheScreen(t *testing.T) {
	s := sharedAt(t, storetest.Has("A-01-01", "TEA-500", 40),
		storetest.Ordered("1", "TEA-500", 1), storetest.Ordered("2", "TEA-500", 2))
	urgent := func(order store.OrderID) {
		o := storetest.Ordered(order, "TEA-500", 3)
		o.ShipBy = storetest.Noon.UnixMilli()
		s.comes(o)
		s.Send(tui.NewsMsg{})
	}
	as("101")(s.Driver)
	s.shows("at first", "Pick         2")
	urgent("3")
	s.shows("one more", "Pick         3")

	press("enter", "end")(s.Driver) // in the list of slips, at the last
	slips := storetest.Read(s.Site, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(9)
	})
	last := string(slips[2].Slip)
	s.shows("the last", "> "+last)
	urgent("4")
	s.shows("another before it", "Slips to pick: 4", "> "+last)

	// What is taken away stays under the cursor, where a key may be on its way to it.
	_, err := outbound.Take(context.Background(), s.Store, store.Gesture{Operator: "102"},
		store.SlipID(last))
	s.Must(err)
	s.Send(tui.NewsMsg{})
	s.shows("taken by another", "> "+last)
	press("enter")(s.Driver)
	s.shows("too late", "has it, 0 of 2 picked")
	press("f4", "f4")(s.Driver)
	urgent("5") // while a number is typed
	s.shows("typing", "Take how many slips?", "Slips to pick: 4")
	press("esc")(s.Driver)
	s.shows("typed", "Slips to pick: 5")
	urgent("6")
	s.shows("afterwards", "Slips to pick: 6")
}

// A list of what others work at too: 1 and 2 are in it, and then 3.
type list struct {
	site       []store.Event
	open       []string // the keys to it from home
	title, row string   // without the number
	come, goes func(s shared, n string)
	act        []string // the keys for a row
	refused    string   // when it is gone
}

// lists are all that are read again by themselves.
func lists() map[string]list {
	ctx := context.Background()
	has := storetest.Has("A-01-01", "TEA-500", 40)
	one := func(n string) store.OrderReceived {
		return storetest.Ordered(store.OrderID(n), "TEA-500", 1)
	}
	lacking := func(n string) store.OrderReceived {
		return storetest.Ordered(store.OrderID(n), "TEA-500", 1, "GONE", 1)
	}
	down := func(n int) []string { return slices.Repeat([]string{"down"}, n) }
	return map[string]list{
		"slips": {[]store.Event{has}, nil, "Slips to pick: ", "CK2603010000",
			func(s shared, n string) { s.comes(one(n)) },
			func(s shared, n string) {
				id := store.SlipID("CK2603010000" + n)
				s.Must(order.Withdraw(ctx, s.Store, boss, id, "customer"))
			}, []string{"enter"}, "is closed"},
		"held": {[]store.Event{has}, down(3), "Held orders: ", "P-",
			func(s shared, n string) { s.comes(lacking(n)) },
			func(s shared, n string) {
				s.Must(order.Approve(ctx, s.Store, boss, store.OrderID(n), "part"))
			}, []string{"f5", "1"}, "was decided before"},
		"locked": {byHand(), down(5), "Orders to release: ", "P-",
			func(s shared, n string) { s.comes(one(n)) },
			func(s shared, n string) { s.Must(order.Unlock(ctx, s.Store, boss, store.OrderID(n))) },
			[]string{"f5"}, "Not possible for order P-2"},
		"changes": {[]store.Event{has, one("1"), one("2"), one("3")}, down(4),
			"Changes asked for: ", "P-",
			func(s shared, n string) {
				s.Must(order.Request(ctx, s.Store, boss, store.OrderID(n),
					order.Edit{Field: "seller_remark", Text: "x"}))
			},
			func(s shared, n string) {
				s.Must(order.RefuseChange(ctx, s.Store, boss, store.OrderID(n), 1, "customer"))
			}, []string{"f5", "1"}, "was decided on"},
	}
}

// TestARowThatIsGoneKeepsNothingElse from the screen. It stays while the cursor is on it: a
// key that is on its way is for that row, and refused.
func TestARowThatIsGoneKeepsNothingElse(t *testing.T) {
	for name, l := range lists() {
		s := sharedAt(t, l.site...)
		row := func(n string) string { return "  " + l.row + n }
		at := func(n string) string { return "> " + l.row + n }
		l.come(s, "1")
		l.come(s, "2")
		as("900", press(append(l.open, "enter", "end")...))(s.Driver)
		s.shows(name, l.title+"2", row("1"), at("2"))
		l.goes(s, "2")
		s.Send(tui.NewsMsg{})
		s.shows(name+": gone", l.title+"1", row("1"), at("2"))
		l.come(s, "3")
		s.Send(tui.NewsMsg{})
		s.shows(name+": another", l.title+"2", row("1"), at("2"), row("3"))
		press(l.act...)(s.Driver)
		s.shows(name+": too late", l.refused, l.title+"2", row("1"), at("3"))
		l.goes(s, "3")
		s.Send(tui.NewsMsg{})
		press("up")(s.Driver)
		s.shows(name+": left", at("1"), row("3"))
		s.Send(tui.NewsMsg{})
		s.shows(name+": dropped", l.title+"1", at("1"))
		s.hides(name+": dropped", row("3"))
		l.goes(s, "1")
		s.Send(tui.NewsMsg{})
		s.shows(name+": the last", l.title+"0", at("1"))
	}
}

// TestComingBackIsToTheRowThatWasLeft: a key behind Esc is for that.
func TestComingBackIsToTheRowThatWasLeft(t *testing.T) {
	s := sharedAt(t, storetest.Ordered("1", "GONE", 1), storetest.Ordered("2", "GONE", 1))
	as("900", press("down", "down", "down", "enter", "end"))(s.Driver)
	s.shows("the last", "> P-2")
	press("enter")(s.Driver) // all of it
	urgent := storetest.Ordered("3", "GONE", 1)
	urgent.ShipBy = storetest.Noon.UnixMilli()
	s.comes(urgent)
	press("esc")(s.Driver)
	s.shows("back", "Held orders: 3", "> P-2", "  P-3")
	if strings.Index(s.Screen(), "P-3") > strings.Index(s.Screen(), "P-2") {
		t.Errorf("what is urgent is not above it:\n%s", s.Screen())
	}
}

// TestSigningInHearsNoNews: neither the badge nor the PIN.
func TestSigningInHearsNoNews(t *testing.T) {
	s := sharedAt(t, teaAndCup()...)
	for _, typed := range []string{"", "10", "1\n", "12"} {
		s.Type(typed)
		was := s.Screen()
		s.comes(storetest.Ordered(store.OrderID("x"+typed), "TEA-500", 1))
		s.Send(tui.NewsMsg{})
		if s.Screen() != was {
			t.Errorf("the screen was\n%sand is\n%s", was, s.Screen())
		}
	}
	s.Type("34\n")
	s.shows("signed in", "Pick         5", "Hello")
}
