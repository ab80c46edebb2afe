//go:build linux

package main

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/storetest"
)

// BenchmarkNews prints how long it takes until a scan at one station is visible at another,
// by way of central.
func BenchmarkNews(b *testing.B) {
	for name, open := range engines(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				late := newsTake(b, open)
				b.ReportMetric(ms(p50(late)), "p50-ms")
				b.ReportMetric(ms(late[len(late)*95/100]), "p95-ms(≤150)")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// newsScans is how many scans are made, one every newsPause.
const (
	newsScans = 300
	newsPause = 25 * time.Millisecond // as people scan: one behind the other would measure a queue
)

// newsTake gives how long each scan took, the shortest first.
func newsTake(b *testing.B, open storetest.Opener) (late []time.Duration) {
	hub := storetest.OpenAs(b, open, storetest.Central, true)
	hub.Record(storetest.Warehouse()...)
	c := benchCentral(b, hub.Store)
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	all.Go(func() { c.central.Run(ctx) })
	from := c.station(b, "s001", http.DefaultTransport)
	to := c.station(b, "s002", http.DefaultTransport)
	for _, s := range []pushing{from, to} {
		all.Go(func() { s.agent.Run(ctx) })
	}
	for n := range int64(newsScans) {
		from.Record(store.ScanNoted{Text: "6901234567892"})
		made := time.Now()
		for there := int64(0); there <= n; time.Sleep(200 * time.Microsecond) { // as eyes would
			var err error
			there, err = store.Get(ctx, to.Store, func(r *store.Reader) (int64, error) {
				last, _, err := r.Head("s001", 1)
				return last, err
			})
			must(b, err)
		}
		late = append(late, time.Since(made))
		time.Sleep(newsPause)
	}
	slices.Sort(late)
	return late
}
