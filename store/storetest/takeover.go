package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/outbound"
)

// A slip that another is at is taken over as the site wants it: after a question, or with a
// supervisor beside. Both are named, what was picked stays in its tote, the new picker goes
// through the bin first, and who lost it books nothing any more.
func takenOver(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 4),
		store.OperatorSaved{Operator: store.Operator{ID: "103", Roles: "packer", Active: true}})
	slip := s.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 1, Tea, "")
	over := func(who, second, from store.OperatorID, want store.Code) store.Slip {
		t.Helper()
		out, err := outbound.TakeOver(background, s.Store,
			store.Gesture{Operator: who, Second: second}, slip, from)
		if got := s.Code(err); got != want {
			t.Errorf("%s takes it over from %s beside %q: %q, not %q", who, from, second, got, want)
		}
		return out
	}
	over("103", "900", "101", store.NoRight) // no picker
	over("102", "", "101", store.NoRight)
	over("102", "103", "101", store.NoRight)
	over("102", "900", "103", store.SlipTaken) // it was seen in another's hands
	over("102", "900", "", store.SlipTaken)
	out := over("102", "900", "101", "")
	if l := out.Lease; l.Operator != "102" || out.Totes[0] != "tote/T-1" || out.At != "" {
		t.Errorf("taken over: %+v, totes %v, at %q", l, out.Totes, out.At)
	}
	last := s.last()
	if got := last.People(); got[0] != "102" || got[1] != "900" || got[2] != "101" {
		t.Errorf("it names %v", got)
	}
	s.scan("101", slip, 1, Tea, store.NotYours)
	s.scan("102", slip, 1, Tea, store.BinFirst)
	s.scan("102", slip, 0, "tote:T-2", store.WrongTote)
	s.scan("102", slip, 0, "bin:A-01-01", "")
	s.scan("102", slip, 1, Tea, "")
	s.Stock("tote/T-1", "TEA-500", 2)
	s.Must(access.Set(background, s.Store, boss, store.TakeOverBy, "ask"))
	over("101", "", "102", "")
	over("900", "", "101", "") // a supervisor who picks
	s.Must(outbound.Free(background, s.Store, store.Gesture{Operator: "900"}, slip))
	over("101", "", "900", "") // nobody has it any more
	if got := s.last().People(); got[2] != "900" {
		t.Errorf("behind a supervisor's force: %v", got)
	}
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 2, Tea, "")
	s.Stock("tote/T-1", "TEA-500", 4)
	over("102", "900", "101", store.SlipClosed)
	s.Whole(open)
}

// last is the last fact of its own.
func (s *Site) last() *store.Envelope {
	s.Helper()
	all := s.log()
	env, err := all[len(all)-1].Envelope()
	s.Must(err)
	return &env
}

// Two stations, each with a line to the hub: what one picked, the other goes on with; the
// first hears of it, and books nothing from then on. Without a line nobody takes anything
// over, and what is in hand goes on.
func takenOverApart(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 9),
		Ordered("1", "TEA-500", 4))
	meet(hub, s)
	meet(hub, there)
	slip := hub.only()
	s.take("101", slip, "T-1")
	s.scan("101", slip, 0, "bin:A-01-01", "")
	s.scan("101", slip, 1, Tea, "")
	s.tell(hub)
	by := there.By("102", "slip:"+string(slip))
	_, err := outbound.Take(background, there.Store, by, "")
	if r, _ := store.RefusalOf(err); there.Code(err) != store.SlipTaken || r.Got != "拣货一号" {
		t.Fatalf("it is in work: %v", err)
	}
	seen := there.Slip(slip)
	if seen.Lease.Operator != "101" || seen.Sums.Picked != 1 {
		t.Errorf("the other station sees %+v, %d picked", seen.Lease, seen.Sums.Picked)
	}
	with := store.Gesture{Operator: "102", Second: "900", Yes: true}
	there.RuledBy(nil)
	_, err = outbound.TakeOver(background, there.Store, with, slip, "101")
	if got := there.Code(err); got != store.CentralUnreachable {
		t.Errorf("without a line: %q", got)
	}
	enrol(hub, there, func() bool { return true })
	got, err := outbound.TakeOver(background, there.Store, with, slip, "101")
	there.Must(err)
	if l := got.Lease; l.Operator != "102" || l.Station != "s2" || got.Sums.Picked != 1 ||
		got.Totes[0] != "tote/T-1" {
		t.Errorf("taken over: %+v with %d in %v", l, got.Sums.Picked, got.Totes)
	}
	s.hear(hub)
	out, err := outbound.Pick(background, s.Store, outbound.PickScan{By: s.By("101", Tea),
		Slip: slip, Seen: outbound.See(s.Slip(slip))})
	if r, _ := store.RefusalOf(err); s.Code(err) != store.NotYours || r.Got != "拣货二号" {
		t.Errorf("who lost it scans: %+v, %v", out.Did, err)
	}
	there.scan("102", slip, 0, "bin:A-01-01", "")
	there.scan("102", slip, 3, Tea, "")
	for range 2 {
		meet(hub, there)
		meet(hub, s)
	}
	same(hub, s)
	same(hub, there)
	hub.Stock("tote/T-1", "TEA-500", 4)
	hub.Stock("bin/A-01-01", "TEA-500", 5)
	hub.Whole(open)
}
