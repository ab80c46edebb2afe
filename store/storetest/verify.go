package storetest

import (
	"bytes"
	"context"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"scanbay/store"
)

// verifyNames alters one row at a time behind the store's back, and expects it
// named.
func verifyNames(t *testing.T, open Opener) {
	for _, c := range []struct{ rule, where, q string }{
		{"chain", "event s1 1.5", `UPDATE event SET hash = bytes WHERE seq = 5`},
		{"chain", "event s1 1.6", `UPDATE event
			SET bytes = (SELECT bytes FROM event WHERE seq = 5) WHERE seq = 6`},
		{"gap", "event s1 1.8", `DELETE FROM event WHERE seq = 7`},
		{"envelope", "event s1 1.9", `UPDATE event SET kind = 'item_picked' WHERE seq = 9`},
		{"envelope", "event s1 1.9", `UPDATE event SET operator = '101' WHERE seq = 9`},
		{"envelope", "event s1 1.9", `UPDATE event SET at = 1 WHERE seq = 9`},
		{"envelope", "event s1 1.9", `UPDATE event SET ref = 'bin/A' WHERE seq = 9`},
		{"envelope", "event s1 1.10", `UPDATE event SET rev = rev + 1000 WHERE seq = 9`},
		{"fold", "stock", `UPDATE stock SET n = n + 1 WHERE place = 'bin/A-01-01'`},
		{"balance", "TEA-500", `UPDATE stock SET n = n + 1 WHERE place = 'bin/A-01-01'`},
		{"fold", "place", `DELETE FROM place WHERE place = 'bin/A-01-02'`},
		{"reserved", "TEA-500", `UPDATE reservation SET want = 99`},
		{"negative", "bin/A-01-01 TEA-500", `UPDATE stock SET n = -1 WHERE place = 'bin/A-01-01'`},
	} {
		path := filepath.Join(t.TempDir(), "bay.db")
		s := floor(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return open(ctx, path)
		}, Has("A-01-01", "TEA-500", 5), Ordered("1", "TEA-500", 3))
		s.Must(s.Alter(background, c.q))
		fresh := Open(t, open, "s1")
		_, bad, err := store.Verify(background, s.Store, fresh.Store)
		s.Must(err)
		found := false
		for _, v := range bad {
			found = found || v.Rule == c.rule && strings.HasPrefix(v.Where, c.where)
		}
		if !found {
			t.Errorf("%s: not named among %v", c.q, bad)
		}
	}
}

// keptElsewhere: what is altered up to a head that was written down is found, between which
// heads it is, and against another copy which row.
func keptElsewhere(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 5))
	copied := Open(t, open, "s2")
	heads := map[int64]store.Head{}
	facts := Read(s, func(r *store.Reader) ([]store.Fact, error) { return r.Log("s1", 1, 0, 99) })
	for i, f := range facts {
		seq := int64(i + 1)
		heads[seq] = store.Head{Author: "s1", Epoch: 1, Seq: seq, Hash: f.Hash[:8]}
	}
	s.Must(copied.told(facts))
	for _, c := range []struct {
		alter string
		heads []int64
		want  string
	}{
		{"", []int64{3, 9}, ""},
		{"UPDATE event SET hash = bytes WHERE seq = 5 AND author = 's1'", []int64{4}, ""},
		{"", []int64{5, 3}, "a row from 4 to 5 is not what it was"},
		{"DELETE FROM event WHERE seq > 8 AND author = 's1'", []int64{9}, "it ends at 8"},
	} {
		if c.alter != "" {
			s.Must(s.Alter(background, c.alter))
		}
		var kept []store.Head
		for _, seq := range c.heads {
			kept = append(kept, heads[seq])
		}
		bad, err := store.Kept(background, s.Store, kept)
		s.Must(err)
		if c.want == "" && len(bad) == 0 {
			continue
		}
		if len(bad) != 1 || c.want == "" || !strings.HasPrefix(bad[0].What, c.want) {
			t.Errorf("%q %v: %v", c.alter, c.heads, bad)
		}
	}
	s.Must(s.Alter(background, "UPDATE event SET hash = bytes WHERE seq > 5 AND author = 's1'"))
	bad, err := store.Apart(background, copied.Store, s.Store)
	s.Must(err)
	if len(bad) != 1 || bad[0].Where != "event s1 1.5" {
		t.Errorf("apart: %v", bad)
	}
}

// chained: a hash stands for all facts before it, so that none can be exchanged.
func chained(t *testing.T, _ Opener) {
	a, b, c := []byte(`{"seq":1}`), []byte(`{"seq":"one"}`), []byte(`{"seq":2}`)
	one := store.Retell([]store.Fact{{Bytes: a}, {Bytes: c}}, -1, "")
	other := store.Retell([]store.Fact{{Bytes: b}, {Bytes: c}}, -1, "")
	if bytes.Equal(one[1].Hash, other[1].Hash) {
		t.Error("the second hash is the same, whatever came first")
	}
}

// goldenBytes: what the first version wrote is read for ever.
func goldenBytes(t *testing.T, open Opener) {
	const first = `{"wh":"w1","author":"s9","epoch":1,"seq":1,"id":"b.1",` +
		`"kind":"stock_set","v":1,` +
		`"at":1772337600000,"day":20260301,"incarnation":1,"based_on":0,"body":` +
		`{"place":"bin/A-01-01","item":"TEA-500","was":0,"n":7}}`
	const hash = "9ffc1e9d"
	s := Open(t, open, "s1")
	sum := store.Retell([]store.Fact{{Bytes: []byte(first)}}, -1, "")
	if got := hex.EncodeToString(sum[0].Hash[:4]); got != hash {
		t.Errorf("the hash of the first fact is %s", got)
	}
	s.Must(s.told(sum))
	s.Stock("bin/A-01-01", "TEA-500", 7)
}
