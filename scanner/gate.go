package scanner

import (
	"bytes"
	"time"
)

// EchoWindow is how soon the same read again is the scanner's doing: no hand
// scans two pieces so fast.
const EchoWindow = 120 * time.Millisecond

// A Gate marks what a scanner sends twice for one pull of the trigger. It is for
// one goroutine.
type Gate struct {
	window time.Duration
	last   map[string]Scan // by port
}

// NewGate returns a gate with the given window, normally EchoWindow.
func NewGate(window time.Duration) *Gate {
	return &Gate{window: window, last: make(map[string]Scan)}
}

// Pass returns s, marked as Echo when it is the same read from the same port as
// the one before it within the window. The window begins anew with each echo, so
// that a scanner stuck on a label counts once.
func (g *Gate) Pass(s Scan) Scan {
	if s.Bad != "" {
		return s
	}
	port := s.Source + " " + s.Port
	before, seen := g.last[port]
	g.last[port] = s
	if seen && bytes.Equal(before.Raw, s.Raw) && s.At.Sub(before.At) <= g.window {
		s.Bad = Echo
	}
	return s
}
