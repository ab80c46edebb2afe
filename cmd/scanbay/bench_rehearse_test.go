package main

import (
	"fmt"
	"testing"
)

// benchOrders are enough for a steady rate, and for long slips among them.
const benchOrders = 80

// BenchmarkRehearsal prints how many scans a second are answered: by one operator,
// and by eight over one store.
func BenchmarkRehearsal(b *testing.B) {
	for b.Loop() {
		for _, people := range []int{1, 8} {
			f, said, code := rehearsed(b, fmt.Sprintf("--orders=%d", benchOrders),
				fmt.Sprintf("--operators=%d", people), "--errors=2%")
			if code != 0 {
				b.Fatal(said)
			}
			b.ReportMetric(float64(f.Scans)/f.WorkSeconds, fmt.Sprintf("scans/s-%d", people))
			b.ReportMetric(f.P50, fmt.Sprintf("p50-ms-%d", people))
			b.ReportMetric(f.P99, fmt.Sprintf("p99-ms-%d", people))
		}
	}
	b.ReportMetric(0, "ns/op")
}
