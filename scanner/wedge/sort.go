package wedge

import (
	"bytes"
	"time"

	"scanbay/scanner"
)

const (
	// shortest is how many bytes a burst has, its terminator included. Fewer, a
	// quick hand or a slow line may have brought together.
	shortest = 4

	stx = 0x02

	// lateEnter is how late the second half of a CR LF may come.
	lateEnter = 35 * time.Millisecond
)

// A verdict is what to do with a frame.
type verdict int

const (
	drop  verdict = iota // nobody's
	keys                 // a person's
	label                // a scanner's
)

// A sorter tells scanners from people, frame by frame.
type sorter struct {
	burst time.Time // when the last burst ended
}

// judge decides on one frame; for keys it also returns the bytes of each.
func (s *sorter) judge(f scanner.Frame) (verdict, [][]byte) {
	if isBurst(f) {
		s.burst = f.At
		return label, nil
	}
	t := split(f.Raw)
	if t.enters && f.From.Sub(s.burst) <= lateEnter {
		return drop, nil
	}
	if f.Bad == scanner.Partial && len(f.Raw) >= shortest && !t.typed(f.Pace) {
		s.burst = f.At
		return label, nil
	}
	return keys, t.keys
}

// isBurst reports whether only a scanner can have sent a frame.
func isBurst(f scanner.Frame) bool {
	if f.Bad == scanner.TooLong || f.Bad == "" && len(f.Raw) >= shortest {
		return true
	}
	raw := bytes.TrimLeft(f.Raw, "\r\n")
	if len(raw) < 2 {
		return false
	}
	return raw[0] == stx || raw[0] == ']' && len(raw) > 2 && isAIM(raw[1], raw[2])
}

func isAIM(letter, modifier byte) bool {
	letter |= 0x20
	return 'a' <= letter && letter <= 'z' && '0' <= modifier && modifier <= '9'
}

// pieces is a run taken apart, with what its tokens have in common.
type pieces struct {
	keys   [][]byte
	chars  int
	junk   int
	alike  bool // one token again and again
	enters bool // nothing but Enter
	beyond bool // all characters are outside ASCII
}

func split(run []byte) pieces {
	p := pieces{alike: true, enters: true, beyond: true}
	var first []byte
	for len(run) > 0 {
		var t token
		t, run = next(run)
		if first == nil {
			first = t.bytes
		}
		p.alike = p.alike && bytes.Equal(t.bytes, first)
		p.enters = p.enters && string(t.bytes) == enter
		switch t.kind {
		case char:
			p.chars++
			p.beyond = p.beyond && t.bytes[0] >= 0x80
		case junk:
			p.junk++
		}
		if t.kind == char || t.kind == command {
			p.keys = append(p.keys, t.bytes)
		}
	}
	return p
}

// typed reports whether an unfinished run is a person's after all: keys that are
// no characters (a wheel turns into arrows), a character held down, or words that
// an input method put in at once. A label that lost its end is none of these.
func (p pieces) typed(pace time.Duration) bool {
	switch {
	case p.chars == 0:
		return true
	case p.junk > 0:
		return false
	}
	return p.beyond || p.alike && pace >= scanner.HeldGap
}
