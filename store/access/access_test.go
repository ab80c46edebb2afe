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
