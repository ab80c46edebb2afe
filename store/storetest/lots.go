package storetest

import (
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
)

// because compares who agreed to what was taken for a slip against the plan, and why.
func (s *Site) because(slip store.SlipID, want ...string) {
	s.Helper()
	var got []string
	for _, env := range Read(s, func(r *store.Reader) ([]store.Envelope, error) {
		return r.Trail(string(slip))
	}) {
		e, err := store.Decode(env.Kind, env.Body)
		s.Must(err)
		reason := ""
		switch e := e.(type) {
		case store.ItemPicked:
			reason = e.Reason
		case store.ItemPacked:
			reason = e.Reason
		}
		if reason != "" {
			got = append(got, string(env.Second)+"/"+reason)
		}
	}
	if !slices.Equal(got, want) {
		s.Errorf("of %s somebody said %q, not %q", slip, got, want)
	}
}

// Who agreed to another lot did not agree to more of it than was asked for.
func moreOfOtherLot(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 3, "L1", "", "2027-01-01"),
		Has("A-01-01", "MILK", 9, "L2", "", "2027-02-01"), Ordered("1", "MILK", 3),
		store.SettingSet{Name: store.OtherLotBy, Value: "ask"},
		store.SettingSet{Name: store.OverPickPolicy, Value: "ask"})
	slip := s.only()
	s.holds("101", slip)
	s.scan("101", slip, 0, "bin:A-01-01", "")
	in := outbound.PickScan{By: s.By("101", "MILK|L2"), Slip: slip,
		Seen: outbound.See(s.Slip(slip)), Override: outbound.Override{Reason: "checked"}}
	in.By.N, in.By.Yes = 5, true
	_, err := outbound.Pick(background, s.Store, in)
	if got := s.Code(err); got != store.OverPick {
		t.Errorf("five of it: %q", got)
	}
	in.By.N = 3
	_, err = outbound.Pick(background, s.Store, in)
	s.Must(err)
	s.Whole(open)
}

// Another lot than planned that lies in the bin is picked where the site lets people choose: with
// a yes, or a supervisor's; what others are promised of it is not, and the planned lot is free.
func otherLot(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "MILK", 6, "L1", "", "2027-01-01"),
		Has("A-01-01", "MILK", 5, "L2", "", "2027-02-01"), Ordered("1", "MILK", 4),
		Ordered("2", "MILK", 4))
	mine, theirs := s.slipsOf("1")[0], s.slipsOf("2")[0] // of whom two are of L2
	s.holds("101", mine)
	s.scan("101", mine, 0, "bin:A-01-01", "")
	const other = "MILK|L2"
	why := outbound.Override{Reason: "checked"}
	pick := func(n store.Qty, yes bool, second store.OperatorID, want store.Code) {
		t.Helper()
		by := s.By("101", other)
		by.N, by.Yes, by.Second = n, yes, second
		_, err := outbound.Pick(background, s.Store, outbound.PickScan{By: by, Slip: mine,
			Seen: outbound.See(s.Slip(mine)), Override: why})
		if got := s.Code(err); got != want {
			t.Errorf("%d, yes %t, beside %q: %q, not %q", n, yes, second, got, want)
		}
	}
	pick(1, true, "", store.WrongLot)
	s.Record(store.SettingSet{Name: store.OtherLotBy, Value: "ask"})
	pick(1, false, "", store.AskOtherLot)
	pick(4, true, "", store.WrongLot) // three are nobody's
	why.Reason = ""
	pick(1, true, "", store.AskOtherLot) // nobody said why
	why.Reason = "checked"
	pick(1, true, "", "")
	s.Record(store.SettingSet{Name: store.OtherLotBy, Value: "supervisor"})
	pick(1, true, "", store.AskOtherLot)
	pick(1, true, "102", store.AskOtherLot)
	pick(1, true, "900", "")
	s.because(mine, "/checked", "900/checked")
	s.Stock("bin/A-01-01", "MILK", 9)
	s.scan("101", mine, 2, "MILK|L1", "")
	s.next(mine, "", 0)
	s.holds("102", theirs)
	for {
		task, open := s.Slip(theirs).Next()
		if !open {
			break
		}
		s.picked("102", theirs, "A-01-01", "MILK|"+string(task.Lot))
	}
	s.Stock("bin/A-01-01", "MILK", 3)
	s.Levels("MILK", 3, 0)
	s.Whole(open)
}
