package screens_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

// gone compares a screen as golden does, at a site where what was ordered has left, and then
// some things happened.
func gone(t *testing.T, name string, steps []tuitest.Step, then ...store.Event) {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site.db")
	left(t, site, then)
	err := tuitest.Golden{
		Path:  filepath.Join("testdata", name+".txtar"),
		Sizes: [][2]int{{20, 16}, {26, 12}, {80, 24}},
		Steps: steps,
		Start: func(text i18n.Text, w, h int) *tuitest.Driver {
			return station(t, text, w, h, site)
		},
	}.Compare(*update)
	if err != nil {
		t.Error(err)
	}
}

// left makes the site of gone at path.
func left(t *testing.T, path string, then []store.Event) {
	t.Helper()
	t.Run("site", func(t *testing.T) {
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "s1")
		o := storetest.Ordered("1", "TEA-500", 4, "CUP-02", 1)
		o.Customer = "C-88"
		s.Record(append(storetest.Warehouse(), storetest.Has("A-01-01", "TEA-500", 40),
			storetest.Has("B-07-01", "CUP-02", 9), storetest.Has("A-01-02", "PHONE", 1, "", "I-1"),
			storetest.Has("A-01-03", "MILK", 1, "L1", "", "2027-01-01"),
			storetest.Has("A-01-03", "MILK", 1, "L2", "", "2027-02-01"), o,
			storetest.Ordered("2", "CUP-02", 1))...)
		s.Plan()
		s.Through("900")
		s.Record(storetest.Ordered("3", "PHONE", 1, "MILK", 2))
		s.Plan()
		sendApart(s, "bin:A-01-02", "PHONE||I-1", "bin:A-01-03", "MILK|L1||2027-01-01",
			"MILK|L2||2027-02-01")
		s.Record(storetest.Ordered("4", "CUP-02", 1)) // nothing of it has left
		s.Record(then...)
		pin(t, s)
	})
}

// sendApart brings the slip that waits out of the door, by these scans of bins and items.
func sendApart(s *storetest.Site, codes ...string) {
	s.Helper()
	ctx := context.Background()
	jobs := storetest.Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPick(1) })
	id := jobs[0].Slip
	_, err := outbound.Take(ctx, s.Store, store.Gesture{Operator: "900"}, id)
	s.Must(err)
	for _, code := range append([]string{"tote:T-9"}, codes...) {
		if _, why := s.Pick("900", id, 0, code); why != "" {
			s.Fatalf("%s: %s", code, why)
		}
	}
	for _, code := range codes {
		if !strings.HasPrefix(code, "bin:") {
			_, err = outbound.Pack(ctx, s.Store, outbound.PackScan{By: s.By("900", code), Slip: id})
			s.Must(err)
		}
	}
	box := s.Slip(id).Cartons[0].ID
	_, err = outbound.Confirm(ctx, s.Store, outbound.ConfirmScan{Pending: box,
		By: s.By("900", "SF3100000000009")})
	s.Must(err)
}

// asked is a return of a tea and a cup, told to come by a waybill; and one that is rejected.
func asked() []store.Event {
	back := func(id store.RMAID, lines ...store.RMALine) store.Event {
		return store.ReturnRequested{RMA: store.RMA{ID: id, Asked: true, Customer: "C-88",
			Wants: store.WantsRefund, Placed: storetest.Noon.UnixMilli(), Lines: lines}}
	}
	decided := func(id store.RMAID, s store.RMAState, note string) store.Event {
		return store.ReturnDecided{RMA: id, State: s, Note: note, At: 2}
	}
	return []store.Event{
		back("TH26030100001", store.RMALine{Line: 1, Item: "TEA-500", N: 2, Order: "1",
			OrderLine: 1, Reason: "quality"}, store.RMALine{Line: 2, Item: "CUP-02", N: 1,
			Order: "1", OrderLine: 2}),
		decided("TH26030100001", store.RMAApproved, ""),
		store.ReturnShipped{RMA: "TH26030100001", Waybill: "YT7000000000001", At: 3},
		back("TH26030100002", store.RMALine{Line: 1, Item: "CUP-02", N: 1, Order: "2",
			OrderLine: 1}),
		decided("TH26030100002", store.RMARejected, "超过7天"),
	}
}

// arrived are a parcel of the return, and one that nobody knows.
func arrived() []store.Event {
	at := storetest.Noon.UnixMilli()
	return append(asked(), store.ParcelArrived{Parcel: store.Parcel{ID: "p1",
		Waybill: "YT7000000000001", Condition: store.Dented, RMA: "TH26030100001", Arrived: at}},
		store.ParcelArrived{Parcel: store.Parcel{ID: "p2", Waybill: "YT7000000000002",
			Condition: store.Intact, Arrived: at}})
}

const (
	told    = "YT7000000000001"
	nobodys = "YT7000000000002"
)

var (
	toReturns = press("end", "up", "up", "enter")
	toReceive = []func(*tuitest.Driver){toReturns, press("enter")}
	th1       = own(scanner.ReturnLabel, "TH26030100001")
	th2       = own(scanner.ReturnLabel, "TH26030100002")
)

func TestReceive(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		return as("101", then(toReceive, more...)...)
	}
	gone(t, "receive", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "item_first", Do: at(scan(tea))},
		{Name: "nothing_left", Do: at(scan("P-4"))},
		{Name: "open", Do: at(scan(told))},
		{Name: "one", Do: at(scan(told, tea))},
		{Name: "quantity", Do: at(scan(told), typed("2\n"))},
		{Name: "two", Do: at(scan(told), typed("2\n"), scan(tea))},
		{Name: "more_than_announced", Do: at(scan(th1), typed("3\n"), scan(tea))},
		{Name: "not_taken", Do: at(scan(th1), typed("3\n"), scan(tea), press("f4"))},
		{Name: "more_than_sent", Do: at(scan(th1), typed("5\n"), scan(tea))},
		{Name: "unknown_code", Do: at(scan(th1, "69-nobody-knows"))},
		{Name: "put_aside", Do: at(scan(th1, "69-nobody-knows"), press("f2"))},
		{Name: "handed_back", Do: at(scan(th1, "69-nobody-knows"), press("f4"))},
		{Name: "undone", Do: at(scan(th1, tea), press("f3"))},
		{Name: "not_handed_back", Do: at(scan(th1, "69-nobody-knows"), press("f4", "f3"))},
		{Name: "rejected_aside", Do: at(scan(th2, cup), press("f2"))},
		{Name: "all_here", Do: at(scan(th1, tea, tea, cup))},
		{Name: "empty", Do: at(scan(th1), press("f6"))},
		{Name: "was_empty", Do: at(scan(th1), press("f6", "f2"))},
		{Name: "rejected", Do: at(scan(th2))},
		{Name: "rejected_item", Do: at(scan(th2, cup))},
		{Name: "ownerless", Do: at(scan(nobodys))},
		{Name: "ownerless_item", Do: at(scan(nobodys, tea))},
		{Name: "ownerless_paper", Do: at(scan(nobodys, "P-1"))},
		{Name: "order", Do: at(scan("P-2"))},
		{Name: "not_on_it", Do: at(scan("P-2", tea))},
		{Name: "serial", Do: at(scan("P-3", "PHONE"))},
		{Name: "wrong_serial", Do: at(scan("P-3", "PHONE", "I-9"))},
		{Name: "lot", Do: at(scan("P-3", "MILK"))},
		{Name: "lot_of_the_next", Do: at(scan("P-3", "MILK", "MILK"))},
		{Name: "inspect", Do: at(scan("P-2", cup), press("f9"))},
	}, arrived()...)
}

func TestArrive(t *testing.T) {
	at := func(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
		to := []func(*tuitest.Driver){toReturns, press("down", "enter")}
		return as("101", then(to, more...)...)
	}
	gone(t, "arrive", []tuitest.Step{
		{Name: "start", Do: at()},
		{Name: "of_a_return", Do: at(scan(told))},
		{Name: "ownerless", Do: at(scan(told, nobodys))},
		{Name: "twice", Do: at(scan(told, told))},
		{Name: "no_waybill", Do: at(scan(binA1))},
		{Name: "how_it_looks", Do: at(press("f5"))},
		{Name: "wet", Do: at(press("f5", "3"))},
		{Name: "intact_again", Do: at(press("f5", "3"), scan(told))},
		{Name: "carrier", Do: at(press("f4"), typed("YTO"))},
		{Name: "undone", Do: at(scan(told), press("f3"))},
		{Name: "nothing_to_undo", Do: at(press("f3"))},
	}, asked()...)
}

func TestReturns(t *testing.T) {
	stray := store.StrayKept{Stray: store.Stray{ID: "x1", RMA: "TH26030100001",
		Code: "69-nobody-knows", N: 1, Place: "hold/returns", At: storetest.Noon.UnixMilli()}}
	gone(t, "returns", []tuitest.Step{
		{Name: "receiver", Do: as("101", toReturns)},
		{Name: "supervisor", Do: as("900", toReturns)},
		{Name: "from_home", Do: as("101", scan(th1))},
		{Name: "by_its_parcel", Do: as("101", scan(told))},
		{Name: "scanned", Do: as("101", toReturns, scan("P-2"))},
	}, append(arrived(), stray)...)
	toStrays := []func(*tuitest.Driver){toReturns, press("end", "up", "enter")}
	gone(t, "strays", []tuitest.Step{
		{Name: "start", Do: as("900", toStrays...)},
		{Name: "what", Do: as("900", then(toStrays, press("enter"))...)},
		{Name: "which", Do: as("900", then(toStrays, press("enter", "1"))...)},
		{Name: "known", Do: as("900", then(toStrays, press("enter", "1"), scan(cup))...)},
		{Name: "thrown", Do: as("900", then(toStrays, press("enter", "3"))...)},
	}, append(asked(), stray)...)
	alike := func(id store.EventID, n store.Qty) store.StrayKept {
		return store.StrayKept{Stray: store.Stray{ID: id, Code: "69-nobody-knows", N: n,
			Place: "hold/returns", At: storetest.Noon.UnixMilli()}}
	}
	gone(t, "strays_alike", []tuitest.Step{
		{Name: "which_of_two", Do: as("900", then(toStrays, scan("69-nobody-knows"))...)},
		{Name: "the_second", Do: as("900", then(toStrays, scan("69-nobody-knows"), press("2"))...)},
	}, append(asked(), alike("x1", 1), alike("x2", 4))...)
	many := store.StrayKept{Stray: store.Stray{ID: "x2", Code: "4006381333931", N: 3,
		Place: "hold/returns", At: storetest.Noon.UnixMilli()}}
	known := then(toStrays, scan("4006381333931"), press("1"))
	teas := then(toStrays, scan(tea))
	gone(t, "strays_many", []tuitest.Step{
		{Name: "start", Do: as("900", toStrays...)},
		{Name: "which", Do: as("900", known...)},
		{Name: "how_many", Do: as("900", then(known, press("f5"))...)},
		{Name: "two", Do: as("900", then(known, press("f5", "backspace"), typed("2\n"))...)},
		{Name: "two_of_them", Do: as("900", then(known, press("f5", "backspace"), typed("2\n"),
			scan(cup))...)},
		{Name: "too_many", Do: as("900", then(known, press("f5", "backspace"), typed("4\n"))...)},
		{Name: "lot", Do: as("900", then(known, scan("MILK"))...)},
		{Name: "lot_told", Do: as("900", then(known, scan("MILK", "L7"))...)},
		{Name: "serial", Do: as("900", then(known, scan("PHONE"))...)},
		{Name: "serial_told", Do: as("900", then(known, scan("PHONE", "I-7"))...)},
		{Name: "one_thrown", Do: as("900", then(toStrays, press("enter", "3", "backspace"),
			typed("1\n"))...)},
		{Name: "none_of_these", Do: as("900", then(toStrays, scan(cup))...)},
		{Name: "whose", Do: as("900", teas...)},
		{Name: "of_an_order", Do: as("900", then(teas, press("f5", "backspace"), typed("1\n"),
			scan("P-1"))...)},
		{Name: "of_the_wrong_one", Do: as("900", then(teas, press("f5", "backspace"), typed("4\n"),
			scan("P-1"), press("f5", "backspace"), typed("1\n"), scan("P-3"))...)},
		{Name: "not_of_it", Do: as("900", then(teas, scan("P-2"))...)},
		{Name: "too_many_for_it", Do: as("900", then(teas, scan("P-1"))...)},
	}, append(asked(), many, store.ReturnReceived{RMA: "TH3", N: 5, At: storetest.Noon.UnixMilli(),
		Opens: &store.RMA{ID: "TH3", Placed: storetest.Noon.UnixMilli()},
		Batch: store.Batch{Item: "TEA-500"}, Of: []store.ShareBack{{N: 5}}, To: "hold/returns",
		Aside: store.NotOrdered})...)
}

func TestGoodsAreSentBack(t *testing.T) {
	toStrays := []func(*tuitest.Driver){toReturns, press("end", "up", "enter")}
	back := then(toStrays, press("enter"))
	gone(t, "strays_back", []tuitest.Step{
		{Name: "start", Do: as("900", toStrays...)},
		{Name: "chosen", Do: as("900", back...)},
		{Name: "keys", Do: as("900", then(back, press("f9"))...)},
		{Name: "by_what", Do: as("900", then(back, press("f4"))...)},
		{Name: "no_waybill", Do: as("900", then(back, press("f4"), typed("x\n"))...)},
		{Name: "sent", Do: as("900", then(back, press("f4"), scan("SF3100000000009"),
			press("enter"))...)},
		{Name: "one_by_hand", Do: as("900", then(back, press("f5", "backspace"), typed("1\n"),
			press("f4", "enter"))...)},
	}, append(asked(), store.ReturnReceived{RMA: "TH26030100002", N: 2,
		Batch: store.Batch{Item: "CUP-02"}, Of: []store.ShareBack{{Order: "2", Line: 1, N: 2}},
		To: "hold/returns", At: storetest.Noon.UnixMilli(), Aside: store.ReturnClosed})...)
}
