package storetest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"scanbay/store"
)

// floorSteps is how many things people do in AnyFloor, unless SCANBAY_STEPS says
// otherwise; and how many of them, at least, in one warehouse.
const (
	floorSteps = 1000
	floorDay   = 100
)

// chance has rapid decide what a rand.Rand would: what it finds it can make smaller.
type chance struct{ *rapid.T }

func (c chance) Uint64() uint64 { return rapid.Uint64().Draw(c.T, "chance") }

// AnyFloor has random people, mostly right and sometimes wrong, pick, pack, weigh, load, count
// and take back in one warehouse, while an office cancels, changes and intercepts orders:
// whatever they do, no rule of the ledger breaks.
func AnyFloor(t *testing.T, open Opener) {
	steps := floorSteps
	if n, err := strconv.Atoi(os.Getenv("SCANBAY_STEPS")); err == nil {
		steps = n
	}
	done := 0
	rapid.Check(t, func(r *rapid.T) {
		if done >= steps {
			return
		}
		day := floorDay + rapid.IntRange(0, floorDay/2).Draw(r, "steps")
		done += day
		t.Run(fmt.Sprint(done), func(t *testing.T) {
			s := OpenAs(t, open, Central, true)
			ofStock(s, rand.New(chance{r}))
			people := []*Worker{{Site: s, Rand: rand.New(chance{r}), Operator: "101"},
				{Site: s, Rand: rand.New(chance{r}), Operator: "102"}}
			for _, w := range people {
				w.Zone = []string{"", "A", "B"}[w.IntN(3)]
			}
			desk := office{s, s, rand.New(chance{r})}
			for range day {
				if desk.IntN(6) == 0 {
					desk.step()
				}
				people[desk.IntN(len(people))].Step()
				s.Plan()
			}
			s.soundSlips()
			s.Whole(open)
		})
		if t.Failed() {
			r.Fatal("a rule is broken")
		}
	})
	if done < steps {
		t.Errorf("%d steps of %d", done, steps)
	}
	t.Logf("%d steps", done)
}

// soundSlips fails the test where a slip holds what cannot be.
func (s *Site) soundSlips() {
	s.Helper()
	for i := range 9 {
		for _, id := range Read(s, func(r *store.Reader) ([]store.SlipID, error) {
			return r.SlipsOf(store.OrderID(fmt.Sprint(i)))
		}) {
			slip := s.Slip(id)
			for _, l := range slip.Lines {
				if l.Shipped < 0 || l.Packed < l.Shipped || l.Picked < l.Packed || l.Short < 0 {
					s.Errorf("%s line %d: %d picked, %d packed, %d shipped, %d short", id, l.Line,
						l.Picked, l.Packed, l.Shipped, l.Short)
				}
			}
			if n := slip.Sums; n.Due < 0 || n.Unpacked < 0 || n.Due > n.Picked-n.Shipped {
				s.Errorf("%s: %+v", id, n)
			}
		}
	}
}
