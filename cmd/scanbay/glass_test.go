package main

import "testing"

// TestAGlassIsWrittenInPieces: a terminal is read in pieces, which may end anywhere.
func TestAGlassIsWrittenInPieces(t *testing.T) {
	const sent = "\x1b[?1049h\x1b[H货位 A-01\x1b[K\r\nF9更多\x1b[2;1Hok\x1b[K"
	for cut := range len(sent) {
		g := newGlass(12, 2)
		g.write([]byte(sent[:cut]))
		g.write([]byte(sent[cut:]))
		if got := g.text(); got != "货位 A-01\nok" || !g.alternate {
			t.Errorf("cut at %d: %q", cut, got)
		}
	}
}
