package storetest

import (
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
	if out := s.sort(at, 0, "tote:T-9", ""); out.Left() != 10 || len(out.Rows) != 3 {
		t.Errorf("%d to be sorted for %+v", out.Left(), out.Rows)
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
	s.sort(at, 0, "tote:T-9", "") // it was put back out of the compartment
	s.sort(at, 0, Tea, "")
	s.sort(at, 0, "tote:W-1", "")
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
