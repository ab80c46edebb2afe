package simtest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// seeds is how many runs a test makes; SCANBAY_SEEDS says otherwise, and SCANBAY_SEED
// replays one.
func seeds(t *testing.T) (from, n uint64) {
	if text := os.Getenv("SCANBAY_SEED"); text != "" {
		one, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return one, 1
	}
	n = 60
	if text := os.Getenv("SCANBAY_SEEDS"); text != "" {
		var err error
		if n, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	return 0, n
}

// play makes one run, and says what must never be.
func play(t testing.TB, seed uint64) (w *world, wrong string) {
	w = newWorld(t, seed)
	defer func() {
		if r := recover(); r != nil {
			v, known := r.(violation)
			if !known {
				panic(r)
			}
			wrong = string(v)
		}
		w.close()
	}()
	w.run()
	return w, ""
}

func TestNothingIsLostInAnyMess(t *testing.T) {
	from, n := seeds(t)
	total := map[string]int{}
	for seed := from; seed < from+n; seed++ {
		w, wrong := play(t, seed)
		for what, times := range w.count {
			total[what] += times
		}
		if wrong != "" {
			t.Errorf("seed %d: %s", seed, wrong)
			if n == 1 {
				t.Log(strings.Join(w.trace, "\n"))
			}
		}
	}
	for what, times := range total {
		t.Log(fmt.Sprintf("%7d %s", times, what))
	}
}
