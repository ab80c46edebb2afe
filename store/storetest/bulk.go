package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
)

// From opens databases that write so many facts at once.
func From(open Opener, facts int) Opener {
	return func(ctx context.Context, path string) (*store.DB, error) {
		db, err := open(ctx, path)
		if err == nil {
			db.BulkFrom = facts
		}
		return db, err
	}
}

// InBulk runs what is about taking facts, where even one is taken as many are.
func InBulk(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, Opener){
		"AKindKnownTodayIsUnparked": unparked,
		"AForkIsLoud":               fork,
		"AKindOfTomorrowIsParked":   parked,
		"AnyCausalOrderEndsEqual": func(t *testing.T, open Opener) {
			anyOrderOf(t, open, 7, map[string]bool{})
		},
	} {
		t.Run(name, func(t *testing.T) { test(t, From(open, 1)) })
	}
}

// manyAsOne takes random logs at once, and fact by fact: the same counts and is parked,
// the same rows come of it, and the authority finds the same odd.
func manyAsOne(t *testing.T, open Opener) {
	all := map[string]int{}
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 2))
		one := OpenAs(t, From(open, math.MaxInt), Central, true)
		many := OpenAs(t, From(open, 1), Central, true)
		authors := []*author{{name: "s1"}, {name: "s2"}, {name: "s3"}}
		for range 5 {
			var runs []store.Run
			for range 1 + r.IntN(3) {
				runs = append(runs, authors[r.IntN(3)].some(t, r))
			}
			if a, b := one.takeAll(runs), many.takeAll(runs); !slices.Equal(a, b) {
				t.Errorf("seed %d: %v count one by one, %v at once", seed, a, b)
			}
		}
		if diff := cmp.Diff(one.kept(open, all), many.kept(open, all)); diff != "" {
			t.Errorf("seed %d: one by one -, at once +:\n%s", seed, diff)
		}
	}
	for _, what := range []string{"aside", "parked", "contradiction",
		string(store.BelowZero), string(store.SerialAgain)} {
		if all[what] == 0 {
			t.Errorf("in no log there is %s: %v", what, all)
		}
	}
}

// kept is all that a store keeps of what it took. It counts what is wrong.
func (s *Site) kept(open Opener, count map[string]int) map[string][]string {
	s.Helper()
	out := Read(s, (*store.Reader).Rows)
	_, bad, err := store.Verify(background, s.Store, OpenAs(s.TB, open, Central, true).Store)
	s.Must(err)
	for _, v := range bad {
		out["violations"] = append(out["violations"], v.String())
		count[v.Rule]++
	}
	for _, d := range Read(s, (*store.Reader).Discrepancies) {
		count[string(d.Of)]++
	}
	for _, f := range numbered(s) {
		out["event"] = append(out["event"], fmt.Sprintf("%d %x %s", f.Rev, f.Hash, f.Bytes))
	}
	return out
}

// takeAll takes runs in one transaction, as a central server does: of one author only
// what a station may say. It gives the facts that count.
func (s *Site) takeAll(runs []store.Run) (counts []store.EventID) {
	s.Helper()
	s.Must(s.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		var fresh []store.Envelope
		for _, run := range runs {
			take := tx.TakeRun
			if run.Author == "s3" {
				take = tx.TakePushed
			}
			got, err := take(run)
			if err != nil {
				return err
			}
			fresh = append(fresh, got...)
		}
		for _, env := range fresh {
			counts = append(counts, env.ID)
		}
		return s.settle(tx, fresh)
	}))
	return counts
}

// An author writes a log that no station would: what it says is at odds with itself.
type author struct {
	name store.StationID
	hash []byte
	past []store.Envelope
}

// some writes a few facts more.
func (a *author) some(t *testing.T, r *rand.Rand) store.Run {
	from := len(a.past)
	for range 1 + r.IntN(25) {
		n := len(a.past)
		e := odd(r)
		if n > 0 && r.IntN(5) == 0 {
			was := a.past[max(0, n-1-r.IntN(60))]
			e = store.Reversed{Of: was.ID, Was: was.Kind, Body: was.Body}
		}
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		env := store.Envelope{WH: "w1", Author: a.name, Epoch: 1, Seq: int64(n + 1), V: 1,
			ID: store.EventID(fmt.Sprintf("%s.%d", a.name, n+1)), Kind: e.Kind(), Body: body,
			BasedOn: int64(r.IntN(3)), Operator: "101"}
		if r.IntN(40) == 0 {
			env.Kind = "drone_landed"
		}
		a.past = append(a.past, env)
	}
	run, err := store.Chained(a.hash, a.past[from:]...)
	if err != nil {
		t.Fatal(err)
	}
	a.hash = run.Hash
	return run
}

// odd is a fact that changes what others change: each kind of change, and few keys.
func odd(r *rand.Rand) store.Event {
	n := r.IntN(60)
	bin, id := fmt.Sprint("A-", n%3), fmt.Sprint("I-", n%4)
	switch r.IntN(7) {
	case 0:
		return store.PaymentReceived{Payment: store.Payment{Order: "1", ID: fmt.Sprint(n % 30),
			Amount: store.Money(1 + r.IntN(4)/3)}}
	case 1:
		return store.SettingSet{Name: store.Setting(fmt.Sprint(n % 5)), Value: fmt.Sprint(n)}
	case 2:
		return store.ScanNoted{Text: "?"}
	case 3:
		return Has(bin, "PHONE", store.Qty(n%5-1), "", id)
	}
	batch := store.Batch{Item: "PHONE", Serial: store.Serial(id)}
	return store.ItemPicked{Slip: "CK1", Task: store.TaskID(fmt.Sprint(n % 7)), Line: 1,
		Batch: batch, Book: batch.Serial, From: store.InBin(bin), To: store.InTote(id), N: 1,
		For: []store.Source{{Order: "1", Line: 1, N: 1}}, At: int64(n)}
}
