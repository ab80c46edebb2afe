package wedge

import (
	"slices"
	"testing"
	"time"

	"scanbay/scanner"
)

// BenchmarkKeysToScan prints how long a scan takes from its last byte at the terminal until it
// comes out, without the window in which more might have come; and how late a plain timer of
// that window is, begun at the same moment: no scan can be sooner.
func BenchmarkKeysToScan(b *testing.B) {
	const labels = 500
	window := scanner.WedgeWindows().Quiet
	for b.Loop() {
		s := newStation(b)
		var over, timers []time.Duration
		for range labels {
			if err := s.send(ean + "\r"); err != nil {
				b.Fatal(err)
			}
			last, late := time.Now(), make(chan time.Duration, 1)
			time.AfterFunc(window, func() { late <- time.Since(last) - window })
			if _, err := s.scan(); err != nil {
				b.Fatal(err)
			}
			over = append(over, time.Since(last)-window)
			timers = append(timers, <-late)
		}
		slices.Sort(over)
		slices.Sort(timers)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		b.ReportMetric(ms(over[labels/2]), "p50-ms")
		b.ReportMetric(ms(over[labels*99/100]), "p99-ms(≤1)")
		b.ReportMetric(ms(timers[labels*99/100]), "timer-p99-ms")
	}
	b.ReportMetric(0, "ns/op")
}
