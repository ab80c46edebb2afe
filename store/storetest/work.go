package storetest

import (
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
)

// Who asks for work is given what they are at, then what they took along, then the most urgent
// that nobody holds, and at last nothing; what another holds they do not get: case C19.
func nextJob(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 50), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 2), Ordered("3", "TEA-500", 2), Ordered("4", "TEA-500", 2),
		Ordered("5", "TEA-500", 99)) // held for its stock
	slips := s.slipsOf("1", "2", "3", "4")
	ask := func(want store.SlipID) {
		t.Helper()
		got, err := outbound.Next(background, s.Store, s.By("101", ""), "")
		if s.Must(err); got.ID != want {
			t.Errorf("next is %q, not %q", got.ID, want)
		}
	}
	s.holds("102", slips[0])
	ids, err := outbound.Claim(background, s.Store, s.By("101", ""), 1)
	if s.Must(err); len(ids) != 1 || ids[0] != slips[1] {
		t.Fatalf("taken along: %v", ids)
	}
	s.take("101", slips[2], "T-3")
	s.scan("101", slips[2], 0, "bin:A-01-01", "")
	s.scan("101", slips[2], 1, Tea, "")
	ask(slips[2])
	s.scan("101", slips[2], 1, Tea, "")
	ask(slips[1])
	s.holds("101", slips[1])
	s.picked("101", slips[1], "A-01-01", Tea)
	ask(slips[3])
	s.holds("101", slips[3])
	s.picked("101", slips[3], "A-01-01", Tea)
	ask("")
	_, err = outbound.Take(background, s.Store, s.By("101", ""), slips[0])
	if got := s.Code(err); got != store.SlipTaken {
		t.Errorf("another's slip is taken: %q", got)
	}
}

// Who asks for work at a station that has not heard of it yet goes on with the next slip where
// somebody was faster.
func nextBehindAnother(t *testing.T, open Opener) {
	hub, s, there := enrolledTwo(t, open, Has("A-01-01", "TEA-500", 50),
		Ordered("1", "TEA-500", 2), Ordered("2", "TEA-500", 2))
	meet(hub, s)
	meet(hub, there)
	first, err := outbound.Next(background, s.Store, s.By("101", ""), "")
	s.Must(err)
	second, err := outbound.Next(background, there.Store, there.By("102", ""), "")
	there.Must(err)
	if first.ID == second.ID || second.Lease.Operator != "102" {
		t.Errorf("%s and %s", first.ID, second.ID)
	}
}
