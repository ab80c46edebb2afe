package access_test

import (
	"context"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// Somebody types the PIN at the badge prompt, or a slow line delivers it in one
// piece, like a scan: the log is for ever, and must not have it.
func TestAPINThatComesTooEarlyIsInNoRecord(t *testing.T) {
	for _, source := range []string{"keyed", "wedge"} {
		s := storetest.Open(t, sqlite.Open, "s1")
		s.Record(storetest.Warehouse()...)
		by := s.By("", "471147")
		by.Source = source
		_, err := access.Who(context.Background(), s.Store, by)
		if got := s.Code(err); got != store.UnknownOperator {
			t.Errorf("%s: %q", source, got)
		}
		facts := storetest.Read(s, func(r *store.Reader) ([]store.Fact, error) {
			return r.Log("s1", 1, 0, 1000)
		})
		last := string(facts[len(facts)-1].Bytes)
		if !strings.Contains(last, "scan_refused") {
			t.Errorf("%s: the refusal is not recorded: %s", source, last)
		}
		for _, trace := range []string{"471147", "NDcxMTQ3"} { // as text, and as JSON has bytes
			if strings.Contains(last, trace) {
				t.Errorf("%s: %s", source, last)
			}
		}
	}
}

// A supervisor answers by PIN for what somebody else does: nobody is signed in by it, their
// PIN is in no record, and whoever is none cannot.
func TestASecondPersonAnswersByPIN(t *testing.T) {
	s := storetest.Open(t, sqlite.Open, "s1")
	s.Record(storetest.Warehouse()...)
	key := access.Key(make([]byte, 32))
	s.Must(s.Write(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
		_, err := key.SetPIN(tx, "101", "1234")
		if err == nil {
			_, err = key.SetPIN(tx, "900", "471147")
		}
		return err
	}))
	for _, c := range []struct {
		who  store.OperatorID
		pin  string
		want store.Code
	}{{"101", "1234", store.NoRight}, {"900", "4711", store.WrongPIN}, {"900", "471147", ""}} {
		o, err := key.Vouch(context.Background(), s.Store, store.Gesture{Operator: "101"}, c.who,
			store.Supervisor, c.pin)
		if got := s.Code(err); got != c.want || o.ID != c.who {
			t.Errorf("%s with %s: %q", c.who, c.pin, got)
		}
	}
	for _, f := range storetest.Read(s, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("s1", 1, 0, 1000)
	}) {
		if text := string(f.Bytes); strings.Contains(text, "signed_in") ||
			strings.Contains(text, "471147") {
			t.Errorf("it is on record: %s", text)
		}
	}
}
