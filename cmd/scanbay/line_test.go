//go:build linux

package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"scanbay/scanner"
)

const lineScans = 300

// BenchmarkLine prints how long an operator waits: from the last byte on the
// serial line to the answer on the terminal.
func BenchmarkLine(b *testing.B) {
	for b.Loop() {
		gun := filepath.Join(b.TempDir(), "gun")
		bay, cable := newBay(b), plug(b, gun)
		d := sit(b, 80, 24, "--lang=en", "station", "--db", bay.db, "--serial", gun)
		d.shows(says.SignInBadge())
		d.signIn("101", bayPIN)
		for _, step := range []struct{ label, want string }{
			{ownLabel(scanner.SlipLabel, string(bay.slip)), says.AskTote()},
			{ownLabel(scanner.ToteLabel, bayTote), says.AskBin(bayBin)},
			{ownLabel(scanner.BinLabel, bayBin), says.PickBin(bayBin, true)},
		} {
			cable.scan(step.label)
			d.shows(step.want)
		}
		var took []time.Duration
		for n := range lineScans {
			began := time.Now()
			cable.scan(piece(fmt.Sprint(n)))
			d.shows(have(n + 1))
			took = append(took, d.lastRead().Sub(began))
			time.Sleep(time.Duration(n%17) * time.Millisecond) // not in step with the frames
		}
		slices.Sort(took)
		b.ReportMetric(ms(took[len(took)/2]), "line-p50-ms(≤8)")
		b.ReportMetric(ms(took[len(took)*99/100]), "line-p99-ms(≤16)")
	}
	b.ReportMetric(0, "ns/op")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
