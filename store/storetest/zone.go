package storetest

import (
	"slices"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/outbound"
)

// ofZones are the stories of slips that go from zone to zone.
var ofZones = map[string]func(*testing.T, Opener){
	"ASlipGoesFromZoneToZone":       passedOn,
	"AZoneIsPickedByItsOwn":         ownZone,
	"ZonesArePickedAtTwoStations":   passedOnApart,
	"WhoIsAtACartIsAtAllOfIt":       atAllOfIt,
	"ThePlacesOfACartStay":          placesStay,
	"WhatIsTakenAlongBeginsAtABin":  claimedAnew,
	"AZoneSeesWhatIsToPickInItOnly": zonesToPick,
}

// A zonePicker is somebody who picks in one zone.
type zonePicker struct {
	*Site
	id   store.OperatorID
	zone string
}

// next asks for work in the zone.
func (z zonePicker) next(want store.SlipID) store.Slip {
	z.Helper()
	s, err := outbound.Next(background, z.Store, z.By(z.id, ""), z.zone)
	z.Must(err)
	if s.ID != want {
		z.Errorf("%s gets %q, not %q", z.id, s.ID, want)
	}
	return s
}

// seen is what the screen of the picker shows of a slip.
func (z zonePicker) seen(id store.SlipID) outbound.Seen {
	z.Helper()
	s, err := outbound.LookIn(background, z.Store, id, z.zone)
	z.Must(err)
	seen := outbound.See(s)
	seen.Zone = z.zone
	return seen
}

// picks makes a scan for a slip, where a tote may be asked for first.
func (z zonePicker) picks(id store.SlipID, asked store.Code, n store.Qty, code string,
	want store.Code) outbound.Picked {
	z.Helper()
	by := z.By(z.id, code)
	by.N = n
	out, err := outbound.Pick(background, z.Store, outbound.PickScan{By: by, Slip: id,
		Seen: z.seen(id), Asked: asked})
	if got := z.Code(err); got != want {
		z.Errorf("%s for %s in zone %s: %q, not %q", code, id, z.zone, got, want)
	}
	return out
}

// leaves has the picker leave a slip to others.
func (z zonePicker) leaves(id store.SlipID, want store.Code) {
	z.Helper()
	if got := z.Code(outbound.Leave(background, z.Store, z.By(z.id, ""), id)); got != want {
		z.Errorf("%s leaves %s: %q, not %q", z.id, id, got, want)
	}
}

// twoZones has tea in zone A and cups in zone B, and a slip for both, one for tea and one for
// cups.
func twoZones() []store.Event {
	return []store.Event{Has("A-01-01", "TEA-500", 20), Has("B-07-01", "CUP-02", 9),
		Ordered("1", "TEA-500", 2, "CUP-02", 1), Ordered("2", "TEA-500", 1),
		Ordered("3", "CUP-02", 1)}
}

// One picks in zone A and leaves the slip; the other goes on in zone B, with a tote of their
// own. At the packing table both totes come together.
func passedOn(t *testing.T, open Opener) {
	s := floor(t, open, twoZones()...)
	slips := s.slipsOf("1", "2", "3")
	both := slips[0]
	a, b := zonePicker{s, "101", "A"}, zonePicker{s, "102", "B"}
	a.next(both)
	a.picks(both, "", 0, "tote:T-1", "")
	b.next(slips[2]) // the first is in another's hands
	b.picks(slips[2], "", 0, "tote:T-9", "")
	a.picks(both, "", 0, "bin:A-01-01", "")
	out := a.picks(both, "", 2, Tea, "")
	if task, open := out.Slip.Next(); !open || task.Zone != "B" {
		t.Errorf("behind zone A: %+v", task)
	}
	a.picks(both, "", 0, "bin:B-07-01", store.ZoneDone)
	s.pack("", "tote:T-1", store.StillPicked)
	b.leaves(both, store.NotYours)
	a.leaves(both, "")
	a.leaves(both, store.NotYours)
	a.next(slips[1])

	b.picks(slips[2], "", 0, "bin:B-07-01", "")
	b.picks(slips[2], "", 1, Cup, "")
	if got := b.next(both); got.At != "" || got.Totes[0] != "tote/T-1" {
		t.Errorf("passed on: at %q, in %v", got.At, got.Totes)
	}
	_, err := outbound.Unpick(background, s.Store, s.By("102", ""), both, "B")
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("the pick of zone A is taken back: %q", got)
	}
	b.picks(both, store.ToteFirst, 0, "bin:B-07-01", store.ToteFirst)
	b.picks(both, store.ToteFirst, 0, "tote:T-9", store.ToteInUse)
	b.picks(both, store.ToteFirst, 0, "tote:T-1", "")
	b.picks(both, store.ToteFirst, 0, "tote:T-2", "")
	b.picks(both, "", 0, "bin:B-07-01", "")
	_, err = outbound.Pack(background, s.Store, outbound.PackScan{By: s.By("101", "tote:T-1")})
	if r, _ := store.RefusalOf(err); s.Code(err) != store.StillPicked || r.Want != "B" ||
		r.Got != "拣货二号 2/3" {
		t.Errorf("packing is opened: %v", err)
	}
	b.picks(both, "", 1, Cup, "")
	s.Stock("tote/T-1", "TEA-500", 2)
	s.Stock("tote/T-2", "CUP-02", 1)

	got := s.pack("", "tote:T-2", "")
	if len(got.Totes) != 2 || got.Tote != "tote/T-2" ||
		!slices.Equal(got.Totes[0].Items, []store.SKU{"TEA-500"}) {
		t.Errorf("at the table: %+v", got.Totes)
	}
	s.pack(both, "tote:T-9", store.WrongTote)
	if got := s.pack(both, "tote:T-1", ""); got.Did != outbound.ToteCame {
		t.Errorf("the other tote: %+v", got.Did)
	}
	s.pack(both, Cup, "")
	if got := s.pack(both, Tea, ""); len(got.Totes[1].Items) != 0 || len(got.Totes[0].Items) != 1 {
		t.Errorf("packed from: %+v", got.Totes)
	}
	s.pack(both, Tea, "")
	s.toPutBack(both, 0, store.SlipPacked)
	s.Whole(open)
}

// Skip, short and undo stay in the zone; what a short asks for in another zone is that zone's.
func ownZone(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 2), Has("A-01-02", "CUP-02", 1),
		Has("B-07-01", "CUP-02", 9), Ordered("1", "TEA-500", 2, "CUP-02", 4))
	slip := s.only()
	a, b := zonePicker{s, "101", "A"}, zonePicker{s, "102", "B"}
	a.next(slip)
	a.picks(slip, "", 0, "tote:T-1", "")
	skip := func(want store.Code) {
		t.Helper()
		_, err := outbound.Skip(background, s.Store, s.By("101", ""), slip, a.seen(slip))
		if got := s.Code(err); got != want {
			t.Errorf("skip: %q, not %q", got, want)
		}
	}
	first := a.seen(slip).Task
	skip("")
	if a.seen(slip).Task == first {
		t.Error("it is not skipped")
	}
	skip("")
	if a.seen(slip).Task != first {
		t.Error("the walk leads out of the zone")
	}
	a.picks(slip, "", 0, "bin:A-01-01", "")
	a.picks(slip, "", 2, Tea, "")
	_, err := outbound.Unpick(background, s.Store, s.By("101", ""), slip, "A")
	s.Must(err)
	a.picks(slip, "", 0, "bin:A-01-01", "")
	a.picks(slip, "", 2, Tea, "")
	skip(store.LastLine)
	a.picks(slip, "", 0, "bin:A-01-02", "")
	out, err := outbound.Short(background, s.Store, s.By("101", ""), slip, a.seen(slip),
		"not_found")
	s.Must(err)
	if task, _ := out.Slip.Next(); task.Zone != "B" {
		t.Errorf("behind the short: %+v", task)
	}
	a.leaves(slip, "")
	a.next("")
	b.next(slip)
	b.picks(slip, store.ToteFirst, 0, "tote:T-1", "")
	for range 2 { // the short's, and its own
		b.picks(slip, "", 0, "bin:B-07-01", "")
		b.picks(slip, "", s.look(slip).Task.Left(), Cup, "")
	}
	s.Stock("tote/T-1", "CUP-02", 4)
	if state := s.look(slip).State(); state != store.SlipPicked {
		t.Errorf("it is %s", state)
	}
	s.Whole(open)
}

// At two stations of a central server: the second is given the slip once it was left, and not
// before; without a line nobody leaves it to anybody.
func passedOnApart(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, twoZones()...)
	meet(hub, s)
	meet(hub, there)
	slips := hub.slipsOf("1", "2", "3")
	both := slips[0]
	a, b := zonePicker{s, "101", "A"}, zonePicker{there, "102", "B"}
	a.next(both)
	a.picks(both, "", 0, "tote:T-1", "")
	s.tell(hub) // and not what is picked into it
	a.picks(both, "", 0, "bin:A-01-01", "")
	a.picks(both, "", 2, Tea, "")
	s.RuledBy(nil)
	a.leaves(both, store.CentralUnreachable)
	b.next(slips[2])
	s.RuledBy(&line{hub, s, func() bool { return true }, map[string]bool{}})
	a.leaves(both, "")
	meet(hub, there)
	b.picks(slips[2], "", 0, "tote:T-9", "")
	b.picks(slips[2], "", 0, "bin:B-07-01", "")
	b.picks(slips[2], "", 1, Cup, "")
	b.next(both)
	b.picks(both, store.ToteFirst, 0, "tote:T-2", "")
	b.picks(both, "", 0, "bin:B-07-01", "")
	b.picks(both, "", 1, Cup, "")
	for range 2 {
		meet(hub, there)
		meet(hub, s)
	}
	same(hub, s)
	same(hub, there)
	if got := hub.look(both); got.State() != store.SlipPicked || len(got.Totes) != 2 {
		t.Errorf("it is %s, in %v", got.State(), got.Totes)
	}
	hub.Whole(open)
}

// Who picks one slip of a cart is not idle at another of it.
func atAllOfIt(t *testing.T, open Opener) {
	s, slips := aCart(t, open)
	take := func(id store.SlipID, want store.Code) {
		t.Helper()
		_, err := outbound.Take(background, s.Store, s.By("102", ""), id)
		if got := s.Code(err); got != want {
			t.Errorf("%s is taken: %q, not %q", id, got, want)
		}
	}
	s.Clock.Wait(20 * time.Minute)
	s.onCart(slips[0], "A-01-01", "bin:A-01-01", 0, "")
	s.Clock.Wait(20 * time.Minute)
	take(slips[1], store.SlipTaken)
	s.Clock.Wait(10 * time.Minute)
	take(slips[1], "")
}

// A slip of a cart that is done keeps its place, and the others theirs; what is loaded meanwhile
// comes behind, and a cart that is begun anew begins at one.
func placesStay(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20),
		store.SettingSet{Name: store.CartTotes, Value: "3"}, Ordered("1", "TEA-500", 1),
		Ordered("2", "TEA-500", 1), Ordered("3", "TEA-500", 1), Ordered("4", "TEA-500", 1))
	slip := s.slipsOf("1", "2", "3", "4")
	places := func(want ...store.SlipID) {
		t.Helper()
		round, err := outbound.Rounded(background, s.Store, "101")
		if s.Must(err); !slices.Equal(round.Places, want) {
			t.Errorf("the places are %v, not %v", round.Places, want)
		}
	}
	pick := func(id store.SlipID) {
		t.Helper()
		s.scan("101", id, 0, "tote:T-"+string(id), "")
		s.picked("101", id, "A-01-01", Tea)
	}
	load := func(want ...store.SlipID) {
		t.Helper()
		ids, err := outbound.Load(background, s.Store, s.By("101", ""), 2)
		if s.Must(err); !slices.Equal(ids, want) {
			t.Errorf("loaded: %v", ids)
		}
	}
	places()
	load(slip[0], slip[1])
	places(slip[0], slip[1])
	pick(slip[0])
	places(slip[0], slip[1])
	load(slip[2], slip[3])
	places(slip...)
	pick(slip[1])
	pick(slip[2])
	places(slip...)
	pick(slip[3])
	places()
	s.Record(Ordered("5", "TEA-500", 1))
	s.Plan()
	load(s.slipsOf("5")...)
	places(s.slipsOf("5")...)
}

// Who takes along what another began stands at no bin of it.
func claimedAnew(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 20), Ordered("1", "TEA-500", 2))
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 1, Tea, "")
	s.Must(access.SignOut(background, s.Store, "101", false))
	_, err := outbound.Claim(background, s.Store, s.By("102", ""), 1)
	s.Must(err)
	if at := s.look(slip).At; at != "" {
		t.Errorf("they stand at %s", at)
	}
	s.scan("102", slip, 1, Tea, store.BinFirst)
	s.Whole(open)
}

// A zone's list has what is left to pick there, and nothing of what was withdrawn.
func zonesToPick(t *testing.T, open Opener) {
	s := floor(t, open, twoZones()...)
	slips := s.slipsOf("1", "2", "3")
	zones := func(want ...store.ZoneWork) {
		t.Helper()
		got := Read(s, (*store.Reader).ZonesToPick)
		if !slices.Equal(got, want) {
			t.Errorf("the zones are %+v", got)
		}
	}
	jobs := func(zone string, want ...store.SlipID) {
		t.Helper()
		var got []store.SlipID
		for _, j := range Read(s, func(r *store.Reader) ([]store.Job, error) {
			return r.ToPickIn(zone, "101", 9)
		}) {
			got = append(got, j.Slip)
		}
		if !slices.Equal(got, want) {
			t.Errorf("zone %q has %v", zone, got)
		}
	}
	b := store.ZoneWork{Zone: "B", Tasks: 2, Slips: 2}
	zones(store.ZoneWork{Zone: "A", Tasks: 2, Slips: 2}, b)
	jobs("A", slips[0], slips[1])
	jobs("B", slips[0], slips[2])
	jobs("", slips...)
	s.holds("101", slips[1])
	jobs("A", slips[1], slips[0])
	s.picked("101", slips[1], "A-01-01", Tea)
	jobs("A", slips[0])
	zones(store.ZoneWork{Zone: "A", Tasks: 1, Slips: 1}, b)
}
