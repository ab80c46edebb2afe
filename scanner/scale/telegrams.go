package scale

import (
	"time"

	"scanbay/scanner"
)

const (
	// within is the longest pause inside a telegram: what comes later begins another.
	within = 500 * time.Millisecond

	// junkMax is how many bytes of no telegram there are before that is said. A few are
	// the rest of one whose beginning was missed.
	junkMax = 64
)

// telegrams puts what a scale sends together. It implements scanner.Assembler.
type telegrams struct {
	speech
	buf, junk   []byte
	done        []scanner.Frame
	last, heard time.Time // a byte; a telegram, or so much else
	silent      bool      // that was said
}

func newTelegrams(s speech, now time.Time) *telegrams {
	return &telegrams{speech: s, last: now, heard: now}
}

// Add implements scanner.Assembler.
func (t *telegrams) Add(chunk []byte, at time.Time) {
	if at.Sub(t.last) > within {
		t.buf = nil
	}
	if len(chunk) > 0 {
		t.last = at
	}
	for _, c := range chunk {
		if t.text {
			c &= 0x7f
		}
		t.buf = append(t.buf, c)
	}
	for {
		junk, telegram, rest := t.cut(t.buf)
		t.junk, t.buf = append(t.junk, junk...), rest
		if telegram == nil {
			break
		}
		t.say(telegram, at)
	}
	if len(t.junk) >= junkMax {
		t.say(t.junk[:junkMax], at)
	}
}

// say is one telegram, or what was none for long.
func (t *telegrams) say(raw []byte, at time.Time) {
	raw = append([]byte(nil), raw...) // what is heard next must not change it
	t.done = append(t.done, scanner.Frame{Raw: raw, From: at, At: at})
	t.junk, t.heard, t.silent = nil, at, false
}

// Due implements scanner.Assembler.
func (t *telegrams) Due() (at time.Time, ok bool) {
	return t.heard.Add(scanner.WeightLasts), !t.silent
}

// Poll implements scanner.Assembler.
func (t *telegrams) Poll(now time.Time) []scanner.Frame {
	if due, waits := t.Due(); waits && !now.Before(due) {
		t.silent = true
		t.done = append(t.done, scanner.Frame{At: now, Bad: scanner.Silent})
	}
	done := t.done
	t.done = nil
	return done
}

// Flush implements scanner.Assembler. What is cut off by an unplugging is no weight.
func (t *telegrams) Flush() []scanner.Frame { return nil }
