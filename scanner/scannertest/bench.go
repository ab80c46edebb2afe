// Package scannertest runs a scanner's source for a test, which sends the bytes.
package scannertest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"scanbay/scanner"
)

const (
	// EAN is a retail label.
	EAN = "6901234567892"

	// GTIN is the number on it, and on GS1.
	GTIN = "0" + EAN

	// GS1 is a label with separators, for the same item.
	GS1 = "]C1010690123456789217261128" + "10LOT7\x1d21SER9"

	// patience is how long a test waits for what must come; it is not waited for
	// otherwise.
	patience = 20 * time.Second
)

// A Bench is a source that runs.
type Bench struct {
	t      testing.TB
	Scans  chan scanner.Scan
	Status chan error
	stop   context.CancelFunc
	ran    chan error
}

// Run starts the source that begin returns, until the test ends.
func Run(
	t testing.TB, begin func(r *scanner.Reader, status func(string, error)) scanner.Source,
) *Bench {
	ctx, stop := context.WithCancel(context.Background())
	b := &Bench{
		t:      t,
		Scans:  make(chan scanner.Scan, 1024),
		Status: make(chan error, 8),
		stop:   stop,
		ran:    make(chan error, 1),
	}
	reader := scanner.NewReader(scanner.Config{
		IDs: scanner.NewIDs("boot"), Source: "bench", Port: "gun"})
	source := begin(reader, func(_ string, err error) { b.Status <- err })
	go func() { b.ran <- source.Run(ctx, func(s scanner.Scan) { b.Scans <- s }) }()
	t.Cleanup(b.End)
	return b
}

// End stops the source, and fails the test where it does not stop.
func (b *Bench) End() {
	b.stop()
	select {
	case err := <-b.ran:
		if b.ran <- err; err != nil {
			b.t.Error(err)
		}
	case <-time.After(patience):
		b.t.Error("Run goes on")
	}
}

// Next is the scan that comes next.
func (b *Bench) Next() (scanner.Scan, error) {
	select {
	case s := <-b.Scans:
		return s, nil
	case <-time.After(patience):
		return scanner.Scan{}, fmt.Errorf("no scan in %v", patience)
	}
}

// Well returns an error unless the scan that comes next is a good one of the item,
// and the only one.
func (b *Bench) Well() error {
	s, err := b.Next()
	if err == nil && (s.Bad != "" || s.Label.GTIN != GTIN || len(b.Scans) > 0) {
		err = fmt.Errorf("%+v, and %d more", s, len(b.Scans))
	}
	return err
}

// Lost waits until the source says that its device is lost, and why.
func (b *Bench) Lost() error {
	b.t.Helper()
	err := b.said()
	if err == nil {
		b.t.Error("found before it was lost")
	}
	return err
}

// Found waits until the source says that its device is there again.
func (b *Bench) Found() {
	b.t.Helper()
	if err := b.said(); err != nil {
		b.t.Error("still lost:", err)
	}
}

func (b *Bench) said() error {
	b.t.Helper()
	select {
	case err := <-b.Status:
		return err
	case <-time.After(patience):
		b.t.Fatal("no status")
		return nil
	}
}

// Sequences returns what drives a terminal or a program that obeys it.
func Sequences() []string {
	return []string{
		"\x1b[A", "\x1b[2J", "\x1b[200~", "\x1b[201~", "\x1b[<0;10;10M", "\x1b[M !!",
		"\x1b[?1;2c", "\x1b[24;80R", "\x1b]52;c;eA==\x07", "\x1b]0;x\x1b\\", "\x1bP1$r0m\x1b\\",
		"\x1b_x\x1b\\",
		"\x1bOP", "\x1b[11~", "\x1b[20~", "\x1b[21~", "\x1b[24~", "\x1b[15;5~", "\x1b[1;3D",
		"\x1b[3~", "\x1b[I", "\x1b[O",
		"\x1b", "\u009b31m", "\u202e", "\x03", "\x04\x1a", "\r\n\r", "\t\t",
	}
}

// Poison sends two labels with every byte, and every sequence of a terminal's, at every
// position, and each time a good label behind it: each is one scan or one rejection. Each
// position has a bench of its own, so that their quiet windows pass together.
func Poison(t *testing.T, begin func() (b *Bench, send func(label []byte) error)) {
	t.Helper()
	var all sync.WaitGroup
	for _, text := range []string{EAN, GS1} {
		for i := range len(text) {
			b, send := begin()
			all.Go(func() {
				for c := range 256 + len(Sequences()) {
					label := []byte(text)
					if c < 256 {
						label[i] = byte(c)
					} else {
						label = []byte(text[:i] + Sequences()[c-256] + text[i:])
					}
					if err := b.poison(send, label, text); err != nil {
						t.Errorf("%q: %v", label, err)
						return
					}
				}
			})
		}
	}
	all.Wait()
}

func (b *Bench) poison(send func([]byte) error, label []byte, text string) error {
	if err := send(label); err != nil {
		return err
	}
	if _, err := b.Next(); err != nil {
		return err
	}
	if err := send([]byte(text)); err != nil {
		return err
	}
	return b.Well()
}
