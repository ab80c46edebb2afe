package storetest

import (
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
)

// aWall is a floor with a wall, and slips of orders that somebody has picked into one tote.
func aWall(t *testing.T, open Opener, events ...store.Event) (*Site, []store.SlipID) {
	t.Helper()
	s := floor(t, open, append([]store.Event{store.SettingSet{Name: store.PutWall, Value: "on"}},
		events...)...)
	var slips []store.SlipID
	for _, j := range Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPick(10) }) {
		slips = append(slips, j.Slip)
		s.take("101", j.Slip, "T-9")
	}
	return s, slips
}

// together makes a scan for the slips of a cart that share a tote.
func (s *Site) together(bin, code string, want store.Code, slips ...store.SlipID) outbound.Picked {
	s.Helper()
	var ins []outbound.PickScan
	for _, id := range slips {
		ins = append(ins, outbound.PickScan{By: s.By("101", code), Slip: id,
			Seen: s.seenAt(id, bin)})
	}
	out, err := outbound.PickTogether(background, s.Store, ins)
	if got := s.Code(err); got != want {
		s.Errorf("%s for %v: %q, not %q", code, slips, got, want)
	}
	return out
}

// Nothing is picked for any slip where one of them was stopped meanwhile. Where the bin has
// another lot for only some of them, what was picked is said, and the rest is scanned again.
func partlyTogether(t *testing.T, open Opener) {
	s, slips := aWall(t, open, store.SettingSet{Name: store.OtherLotBy, Value: "ask"},
		Has("A-01-01", "MILK", 5, "L1", "", "2026-06-01"), Ordered("1", "MILK", 2),
		Ordered("2", "MILK", 3))
	s.Record(Has("A-01-01", "MILK", 3, "L2", "", "2026-07-01"))
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	takes := func(lot string, n store.Qty, of []outbound.Seen, want store.Code) outbound.Picked {
		t.Helper()
		by := s.By("101", "MILK|"+lot)
		by.N, by.Yes = n, true
		out, err := outbound.PickTogether(background, s.Store, []outbound.PickScan{
			{By: by, Slip: slips[0], Seen: of[0], Override: outbound.Override{Reason: "1"}},
			{Slip: slips[1], Seen: of[1]}})
		if got := s.Code(err); got != want {
			t.Errorf("%d of %s: %q, not %q", n, lot, got, want)
		}
		return out
	}
	seen := func() []outbound.Seen {
		return []outbound.Seen{s.seenAt(slips[0], "A-01-01"), s.seenAt(slips[1], "A-01-01")}
	}
	was := seen()
	s.cut("2", 1, 1)
	takes("L1", 4, was, store.Intercepted)
	s.Stock("tote/T-9", "MILK", 0)
	was = seen()
	out := takes("L2", 4, was, "")
	if out.N != 2 || out.Left != 2 || !slices.Equal(out.Slips, slips[:1]) {
		t.Errorf("%d picked for %v, %d to go", out.N, out.Slips, out.Left)
	}
	s.Stock("tote/T-9", "MILK", 2)
	takes("L1", 2, was, store.SlipClosed)
	s.Stock("tote/T-9", "MILK", 2)
	s.together("A-01-01", "MILK|L1", "", slips[1])
	s.together("A-01-01", "MILK|L1", "", slips[1])
	s.Whole(open)
}

// sort makes a scan at the wall.
func (s *Site) sort(at *outbound.WallScan, n store.Qty, code string, want store.Code) (
	out outbound.AtWall) {
	s.Helper()
	in := *at
	yes := in.By.Yes
	in.By = s.By("102", code)
	in.By.N, in.By.Yes = n, yes
	out, err := outbound.Sort(background, s.Store, in)
	if got := s.Code(err); got != want {
		s.Errorf("%s at the wall: %q, not %q", code, got, want)
	}
	if want != "" {
		return out
	}
	*at = outbound.WallScan{From: out.From}
	if out.Did == outbound.NotedScan && out.Needs == "" {
		at.For, at.Held, at.N = out.Slip, in.By.Mark, out.N
		if in.For != "" {
			at.Held = in.Held
		}
	}
	return out
}

// One walk for three slips, one tote, no sorting on the way; one case is for all. At the wall
// each piece is told its compartment, and a slip that is complete is packed from there.
func sortedAtTheWall(t *testing.T, open Opener) {
	late, soon := Ordered("1", "TEA-500", 2, "CUP-02", 1), Ordered("3", "TEA-500", 5)
	soon.ShipBy = Noon.UnixMilli() + 1
	s, slips := aWall(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9), late,
		Ordered("2", "TEA-500", 3), soon)
	ids := s.slipsOf("1", "2", "3")
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	s.together("A-01-01", TeaCase, store.OverPick, slips[0], slips[1])
	if out := s.together("A-01-01", TeaCase, "", slips...); out.N != 10 {
		t.Errorf("%d picked with one case", out.N)
	}
	s.Stock("tote/T-9", "TEA-500", 10)
	at := &outbound.WallScan{}
	s.sort(at, 0, Tea, store.ToteFirst)
	if out := s.sort(at, 0, "tote:T-9", ""); out.Left != 10 || len(out.Rows) != 3 {
		t.Errorf("%d to be sorted for %+v", out.Left, out.Rows)
	}
	s.sort(at, 0, Cup, store.NobodyWants)
	s.sort(at, 6, Tea, store.BadQuantity)
	s.onCart(ids[0], "B-07-01", "bin:B-07-01", 0, "")
	s.together("B-07-01", Cup, "", ids[0])
	s.packs(outbound.PackScan{}, "tote:T-9", store.SortFirst)

	if out := s.sort(at, 5, Tea, ""); out.Slip != ids[2] || out.To != "" {
		t.Errorf("the most urgent slip is %s, in %s", out.Slip, out.To)
	}
	s.sort(at, 0, Cup, store.ToteNeeded)
	s.sort(at, 0, "tote:T-9", store.WrongTote)
	if out := s.sort(at, 0, "tote:W-3", ""); !out.Full || out.To != "tote/W-3" {
		t.Errorf("the slip is not complete in its compartment: %+v", out)
	}
	if out := s.sort(at, 0, Tea, ""); out.Slip != ids[0] && out.Slip != ids[1] {
		t.Errorf("a piece is for %s", out.Slip)
	}
	s.sort(at, 0, "tote:W-3", store.ToteInUse)
	first := s.sort(at, 0, "tote:W-1", "").Slip
	if out := s.sort(at, 0, Tea, ""); out.Slip != first || out.To != "tote/W-1" {
		t.Errorf("what is begun is ended first: %+v", out)
	}
	s.sort(at, 0, "tote:W-4", store.WrongTote)
	at.By.Yes = true
	s.sort(at, 0, "tote:W-4", "") // the first is full
	s.packs(outbound.PackScan{}, "tote:W-3", "")
	s.intoCarton(ids[2], 5, Tea, "")
	s.Stock("tote/T-9", "TEA-500", 3)
	for left := store.Qty(4); left > 0; left-- {
		code := Tea
		if left == 4 {
			code = Cup
		}
		if out := s.sort(at, 0, code, ""); out.To == "" {
			s.sort(at, 0, "tote:W-5", "")
		} else {
			s.sort(at, 0, "tote:"+out.To.Code(), "")
		}
	}
	s.Stock("tote/T-9", "TEA-500", 0)
	s.sort(at, 0, "tote:T-9", store.NothingToDo)
	for _, id := range ids[:2] {
		s.intoCarton(id, map[bool]store.Qty{true: 3, false: 1}[id == ids[1]], Tea, "")
	}
	s.intoCarton(ids[0], 1, Tea, "")
	s.intoCarton(ids[0], 1, Cup, "")
	for _, id := range ids {
		s.toPutBack(id, 0, store.SlipPacked)
	}
	s.Whole(open)
}

// halfSorted is a wall where two of the three pieces of the first slip are in W-1, and the rest of
// it and the three of the second in the shared tote.
func halfSorted(t *testing.T, open Opener) (*Site, []store.SlipID, *outbound.WallScan) {
	t.Helper()
	s, slips := aWall(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 3),
		Ordered("2", "TEA-500", 3))
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	for i := range 6 {
		s.together("A-01-01", Tea, "", slips[i/3])
	}
	at := &outbound.WallScan{}
	s.sort(at, 0, "tote:T-9", "")
	if out := s.sort(at, 2, Tea, ""); out.Slip != slips[0] {
		t.Fatalf("two pieces are for %s", out.Slip)
	}
	s.sort(at, 0, "tote:W-1", "")
	return s, slips, at
}

// A slip is packed once all of it is in its compartment: else the piece that still lies in the
// shared tote would be missed.
func halfSortedIsNotPacked(t *testing.T, open Opener) {
	s, slips, at := halfSorted(t, open)
	for _, code := range []string{"tote:T-9", "tote:W-1", "slip:" + string(slips[0])} {
		s.packs(outbound.PackScan{}, code, store.SortFirst)
	}
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-1", "")
	s.packs(outbound.PackScan{}, "tote:W-1", "")
	s.intoCarton(slips[0], 3, Tea, "")
	s.toPutBack(slips[0], 0, store.SlipPacked)
	s.Whole(open)
}

// toSort compares the totes that wait for the wall.
func (s *Site) toSort(want ...store.Place) {
	s.Helper()
	var is []store.Place
	waits, err := outbound.ToSort(background, s.Store)
	s.Must(err)
	for _, u := range waits {
		is = append(is, u.Tote)
	}
	if !slices.Equal(is, want) {
		s.Errorf("%v wait for the wall, not %v", is, want)
	}
}

// A tote that was sorted and then taken by another slip alone is that one's.
func takenBehindTheWall(t *testing.T, open Opener) {
	s, slips, at := halfSorted(t, open)
	s.toSort("tote/T-9")
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-1", "")
	s.sort(at, 3, Tea, "")
	s.sort(at, 0, "tote:W-2", "")
	s.toSort()
	s.Record(Ordered("3", "TEA-500", 2))
	s.Plan()
	next := s.slipsOf("3")[0]
	s.take("101", next, "T-9")
	s.scan("101", next, 0, "bin:A-01-01", "")
	s.scan("101", next, 2, Tea, "")
	s.toSort()
	_, err := outbound.Unsort(background, s.Store, store.Gesture{Operator: "102"}, slips[1])
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("a piece is put among those of another slip: %q", got)
	}
	s.sort(at, 0, "tote:T-9", store.NothingToDo)
	s.packs(outbound.PackScan{}, "tote:T-9", "")
	s.packs(outbound.PackScan{}, "tote:W-2", "")
	s.intoCarton(slips[1], 3, Tea, "")
	s.Whole(open)
}

// Two slips filled a tote and went on in another: each is sorted by itself, and what lies in the
// other is not looked for.
func twoTotesAtTheWall(t *testing.T, open Opener) {
	s, slips := aWall(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 2))
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	s.together("A-01-01", Tea, "", slips...)
	by := s.By("101", "tote:T-8")
	by.Yes = true
	_, err := outbound.ShareTote(background, s.Store, []outbound.PickScan{
		{By: by, Slip: slips[0], Seen: outbound.See(s.look(slips[0]))},
		{Slip: slips[1], Seen: outbound.See(s.look(slips[1]))}})
	s.Must(err)
	for _, id := range []store.SlipID{slips[0], slips[1], slips[1]} {
		s.together("A-01-01", Tea, "", id)
	}
	at := &outbound.WallScan{}
	left := func(n store.Qty, code string) {
		t.Helper()
		if out := s.sort(at, 0, code, ""); out.Left != n {
			t.Errorf("%d to be sorted behind %s, not %d", out.Left, code, n)
		}
	}
	left(1, "tote:T-9")
	left(1, Tea)
	left(0, "tote:W-1")
	s.toSort("tote/T-8")
	s.sort(&outbound.WallScan{}, 0, "tote:T-9", store.NothingToDo)
	left(3, "tote:T-8")
	s.Whole(open)
}

// What is stopped of a slip that is partly sorted is the piece that nobody has sorted yet; of what
// is in the compartment, no more than is stopped beyond that.
func stoppedAtTheWall(t *testing.T, open Opener) {
	s, slips, _ := halfSorted(t, open)
	in := func(tote string, n store.Qty) {
		t.Helper()
		out, err := outbound.DueBack(background, s.Store, store.Place("tote/"+tote))
		s.Must(err)
		var is store.Qty
		for _, d := range out.Rows {
			is += d.N
		}
		if is != n {
			t.Errorf("%d are to be put back out of %s, not %d", is, tote, n)
		}
	}
	s.cut("1", 1, 1)
	in("W-1", 0)
	in("T-9", 1)
	s.packs(outbound.PackScan{}, "tote:W-1", "") // what is stopped stays out
	s.cut("1", 1, 1)
	in("W-1", 1)
	in("T-9", 1)
	now := outbound.PuttingBack{}
	s.back(&now, 0, "slip:"+string(slips[0]), "")
	s.back(&now, 0, "bin:A-01-01", "")
	s.back(&now, 0, Tea, "")
	s.Stock("tote/T-9", "TEA-500", 3)
	s.Whole(open)
}

// What was stopped of a slip goes to no compartment, nor does what nobody asked for. The tote is
// free once it is empty, though nothing was packed yet; only who walks the round fills it
// meanwhile.
func unwantedAtTheWall(t *testing.T, open Opener) {
	s, slips := aWall(t, open, Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 2), Ordered("2", "TEA-500", 1, "CUP-02", 1))
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	s.together("A-01-01", Tea, "", slips...)
	s.together("A-01-01", Tea, "", slips...)
	at := &outbound.WallScan{}
	s.sort(at, 0, "tote:T-9", "")
	s.together("A-01-01", Tea, "", slips[1])
	s.cut("1", 1, 1)
	s.sort(at, 2, Tea, store.BadQuantity)
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-1", "")
	s.sort(at, 0, Tea, store.NotPicked)
	s.onCart(slips[1], "B-07-01", "bin:B-07-01", 0, "")
	s.together("B-07-01", Cup, "", slips[1])
	s.sort(at, 2, Tea, store.BadQuantity)
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-2", "")
	s.sort(at, 0, Tea, store.Intercepted)
	s.sort(at, 0, "PHONE", store.NobodyWants)
	s.sort(at, 0, Cup, "")
	s.sort(at, 0, "tote:W-2", "")
	s.Record(Ordered("3", "CUP-02", 2), Ordered("4", "CUP-02", 1))
	s.Plan()
	more := s.slipsOf("3", "4")
	takes := func(by store.OperatorID, id store.SlipID, want store.Code) {
		t.Helper()
		_, err := outbound.Take(background, s.Store, store.Gesture{Operator: by}, id)
		s.Must(err)
		s.scan(by, id, 0, "tote:T-9", want)
	}
	takes("101", more[0], store.ToteInUse) // a stopped piece lies there
	now := outbound.PuttingBack{}
	s.back(&now, 0, "slip:"+string(slips[0]), "")
	s.back(&now, 0, "bin:A-01-01", "")
	s.back(&now, 0, Tea, "")
	s.Stock("tote/T-9", "TEA-500", 0)
	s.sort(at, 0, "tote:T-9", store.NothingToDo)
	s.scan("101", more[0], 0, "tote:T-9", "")
	takes("102", more[1], store.ToteInUse)
	s.packs(outbound.PackScan{}, "tote:T-9", store.NotPicked)
	s.packs(outbound.PackScan{}, "tote:W-1", "")
	s.intoCarton(slips[0], 1, Tea, "")
	s.intoCarton(slips[1], 1, Tea, "")
	s.intoCarton(slips[1], 1, Cup, "")
	s.toPutBack(slips[0], 0, store.SlipPacked)
	s.toPutBack(slips[1], 0, store.SlipPacked)
	s.Whole(open)
}

// A piece goes to the slip that planned its lot, though another is nearer to its end; a serial
// is asked for.
func lotsAtTheWall(t *testing.T, open Opener) {
	s, slips := aWall(t, open, Has("A-01-01", "MILK", 1, "L1", "", "2026-06-01"),
		Has("A-01-02", "MILK", 2, "L2", "", "2026-07-01"), Has("A-01-03", "PHONE", 1, "", "I-1"),
		Ordered("1", "MILK", 2), Ordered("2", "MILK", 1, "PHONE", 1))
	for _, x := range []struct {
		slip      int
		bin, code string
	}{{0, "A-01-01", "MILK|L1"}, {0, "A-01-02", "MILK|L2"}, {1, "A-01-02", "MILK|L2"},
		{1, "A-01-03", "PHONE||I-1"}} {
		s.onCart(slips[x.slip], x.bin, "bin:"+x.bin, 0, "")
		s.together(x.bin, x.code, "", slips[x.slip])
	}
	at := &outbound.WallScan{}
	s.sort(at, 0, "tote:T-9", "")
	if out := s.sort(at, 0, "MILK", ""); out.Needs != store.LotNeeded {
		t.Errorf("two lots in the tote, and it needs %q", out.Needs)
	}
	s.sort(at, 0, "MILK|L3", store.WrongLot)
	want := func(code string, slip int, to string) {
		t.Helper()
		if out := s.sort(at, 0, code, ""); out.Slip != slips[slip] {
			t.Errorf("%s is for %s", code, out.Slip)
		}
		s.sort(at, 0, "tote:"+to, "")
	}
	want("MILK|L2", 0, "W-1")
	want("MILK|L2", 1, "W-2")
	if out := s.sort(at, 0, "PHONE", ""); out.Needs != store.SerialNeeded {
		t.Errorf("a phone needs %q", out.Needs)
	}
	want("PHONE||I-1", 1, "W-2")
	want("MILK|L1", 0, "W-1")
	s.Stock("tote/W-1", "MILK", 2)
	s.Whole(open)
}

// The picker took another lot for the first slip: that is its piece, and the lot that both had
// planned is the second's.
func otherLotAtTheWall(t *testing.T, open Opener) {
	s, slips := aWall(t, open, store.SettingSet{Name: store.OtherLotBy, Value: "ask"},
		Has("A-01-01", "MILK", 2, "L1", "", "2026-06-01"), Ordered("1", "MILK", 1),
		Ordered("2", "MILK", 1))
	s.Record(Has("A-01-01", "MILK", 1, "L2", "", "2026-07-01"))
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	by := s.By("101", "MILK|L2")
	by.Yes = true
	_, err := outbound.PickTogether(background, s.Store, []outbound.PickScan{{By: by,
		Slip: slips[0], Seen: s.seenAt(slips[0], "A-01-01"),
		Override: outbound.Override{Reason: "1"}}})
	s.Must(err)
	s.together("A-01-01", "MILK|L1", "", slips[1])
	at := &outbound.WallScan{}
	s.sort(at, 0, "tote:T-9", "")
	for i, code := range []string{"MILK|L1", "MILK|L2"} {
		if out := s.sort(at, 0, code, ""); out.Slip != slips[1-i] {
			t.Errorf("%s is for %s", code, out.Slip)
		}
		s.sort(at, 0, "tote:W-"+string(rune('1'+i)), "")
	}
	s.toSort()
	s.Whole(open)
}

// Somebody takes a piece out of its compartment again, while at another station it is packed, or
// the slip's other piece is put there: all databases end equal, and no piece is lost.
func unsortedTwice(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, store.SettingSet{Name: store.PutWall, Value: "on"},
		Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2), Ordered("2", "TEA-500", 3))
	slips := s.slipsOf("1", "2")
	for _, id := range slips {
		s.take("101", id, "T-9")
	}
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	s.together("A-01-01", Tea, "", slips...)
	by := s.By("101", Tea)
	by.N = 4
	_, err := outbound.PickTogether(background, s.Store, []outbound.PickScan{
		{By: by, Slip: slips[0], Seen: s.seenAt(slips[0], "A-01-01")},
		{Slip: slips[1], Seen: s.seenAt(slips[1], "A-01-01")}})
	s.Must(err)
	at := &outbound.WallScan{}
	s.sort(at, 0, "tote:T-9", "")
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-1", "")
	for range 2 {
		meet(hub, s)
		meet(hub, there)
	}
	undo := func(want store.Code) {
		t.Helper()
		_, err := outbound.Unsort(background, s.Store, store.Gesture{Operator: "102"}, slips[0])
		if got := s.Code(err); got != want {
			t.Errorf("taken back: %q, not %q", got, want)
		}
	}
	undo("")
	undo(store.NothingUndo)
	s.Stock("tote/T-9", "TEA-500", 5)
	other := &outbound.WallScan{From: "tote/T-9"}
	there.sort(other, 0, Tea, "")
	there.sort(other, 0, "tote:W-1", "")
	there.intoCarton(slips[0], 2, Tea, "")
	for range 2 {
		meet(hub, s)
		meet(hub, there)
	}
	same(hub, s)
	same(hub, there)
	hub.Stock("tote/T-9", "TEA-500", 4)
	hub.Stock("tote/W-1", "TEA-500", -1)
	hub.Stock(store.InCarton(hub.Slip(slips[0]).Cartons[0].ID), "TEA-500", 2)
}
