package main

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/postgres"
	"scanbay/store/postgres/pgtest"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// engines are what central may be on. Neither loses what it answered.
func engines(b *testing.B) map[string]storetest.Opener {
	return map[string]storetest.Opener{"sqlite": sqlite.Open,
		"postgres": func(ctx context.Context, _ string) (*store.DB, error) {
			return postgres.Open(ctx, pgtest.Durable(b).URL(b)+"&pool_max_conns=8")
		}}
}

const (
	pushRun    = 500 // facts in one push
	growWindow = 50_000
	growSmall  = 100_000
)

// BenchmarkGrown prints at what rate facts are taken once there are many of them, against
// that at 100,000: SCANBAY_BENCH_FACTS says how many.
func BenchmarkGrown(b *testing.B) {
	for name, open := range engines(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				small, large := grown(b, open)
				b.ReportMetric(small, "facts/s-at-100k")
				b.ReportMetric(large, "facts/s-grown")
				b.ReportMetric(small/large, "small/grown(≤1.2)")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// grown takes days until there are so many facts, and gives the rate of what stations push
// around the first 100,000 and at the end.
func grown(b *testing.B, open storetest.Opener) (small, large float64) {
	total := 300_000
	if text := os.Getenv("SCANBAY_BENCH_FACTS"); text != "" {
		var err error
		total, err = strconv.Atoi(text)
		must(b, err)
	}
	d := newDay(b)
	hub := storetest.OpenAs(b, open, storetest.Central, true)
	office, floor := teller{author: "office", at: "s001"}, teller{author: "s001", at: "s001"}
	var took [2]time.Duration
	var facts [2]int
	for n, round := 0, 0; n < total; round++ {
		for _, run := range office.tell(b, d, d.office, round, pushRun) {
			n += take(b, hub, false, run)
		}
		for _, run := range floor.tell(b, d, d.floor, round, pushRun) {
			start := time.Now()
			got := take(b, hub, true, run)
			n += got
			for i, at := range []int{growSmall + growWindow/2, total} {
				if n <= at && n > at-growWindow {
					took[i], facts[i] = took[i]+time.Since(start), facts[i]+got
				}
			}
		}
	}
	return float64(facts[0]) / took[0].Seconds(), float64(facts[1]) / took[1].Seconds()
}

// take is what central does with a run, in one transaction.
func take(b *testing.B, hub *storetest.Site, pushed bool, run store.Run) (fresh int) {
	must(b, hub.WriteMany(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
		by := tx.TakeRun
		if pushed {
			by = tx.TakePushed
		}
		got, err := by(run)
		if err != nil {
			return err
		}
		fresh = len(got)
		return order.Settle(tx, got)
	}))
	return fresh
}
