package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A glass is as much of a terminal as Bubble Tea's renderer needs.
type glass struct {
	w, h, x, y int
	cells      [][]string
	rest       []byte // of a character or a sequence
	bells      int
	alternate  bool // screen
	hidden     bool // cursor
}

func newGlass(w, h int) glass {
	g := glass{w: w, h: h}
	for range h {
		g.cells = append(g.cells, make([]string, w))
	}
	return g
}

func (g *glass) text() string {
	var lines []string
	for _, row := range g.cells {
		line := ""
		for x := 0; x < len(row); x++ {
			if row[x] == "" {
				line += " "
				continue
			}
			line += row[x]
			x += ansi.StringWidth(row[x]) - 1
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.Join(lines, "\n")
}

func (g *glass) write(p []byte) {
	p = append(g.rest, p...)
	whole := len(p)
	for i := max(0, len(p)-utf8.UTFMax); i < len(p); i++ {
		if utf8.RuneStart(p[i]) && !utf8.FullRune(p[i:]) {
			whole = i
		}
	}
	p, late := p[:whole], p[whole:]
	var state byte
	for len(p) > 0 {
		seq, width, n, next := ansi.DecodeSequence(p, state, nil)
		if n == len(p) && p[0] == ansi.ESC && !strings.ContainsAny(string(p[n-1:]), "hlHJKm") {
			break // the rest of it is still to come
		}
		g.put(string(seq), width)
		p, state = p[n:], next
	}
	g.rest = slices.Concat(p, late)
}

func (g *glass) put(seq string, width int) {
	switch {
	case seq == "\a":
		g.bells++
	case seq == "\r":
		g.x = 0
	case seq == "\n":
		g.y = min(g.y+1, g.h-1)
	case seq == "\x1b[?1049h" || seq == "\x1b[?1049l":
		g.alternate = strings.HasSuffix(seq, "h")
	case seq == "\x1b[?25h" || seq == "\x1b[?25l":
		g.hidden = strings.HasSuffix(seq, "l")
	case seq == "\x1b[H":
		g.x, g.y = 0, 0
	case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "H"):
		row := 0
		for _, c := range strings.TrimPrefix(seq, "\x1b[") {
			if c < '0' || c > '9' {
				break
			}
			row = row*10 + int(c-'0')
		}
		g.x, g.y = 0, min(max(row, 1), g.h)-1
	case seq == "\x1b[K":
		clear(g.cells[g.y][min(g.x, g.w):])
	case seq == "\x1b[J":
		clear(g.cells[g.y][min(g.x, g.w):])
		for _, row := range g.cells[g.y+1:] {
			clear(row)
		}
	case seq == "\x1b[2J":
		for _, row := range g.cells {
			clear(row)
		}
	case width > 0 && g.x+width <= g.w:
		g.cells[g.y][g.x] = seq
		for x := g.x + 1; x < g.x+width; x++ {
			g.cells[g.y][x] = ""
		}
		g.x += width
	}
}
