package component

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes text that came from data harmless and of a known width: a label
// or a name can neither steer the terminal nor turn a line around.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		out.WriteString(clean(r))
	}
	return out.String()
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// clean is what to draw for r. The punctuation that names are full of, and that
// some terminals draw one cell wide and some two, is drawn in ASCII.
func clean(r rune) string {
	switch r {
	case '“', '”', '″':
		return `"`
	case '‘', '’', '′':
		return "'"
	case '—', '–', '‑', '−':
		return "-"
	case '×':
		return "x"
	case '·', '•':
		return "."
	case '…':
		return ".."
	case '±':
		return "+-"
	case '℃':
		return "C"
	case '→':
		return ">"
	}
	switch {
	case r == utf8.RuneError: // a byte that is no text, too
		return "?"
	case unicode.IsSpace(r):
		return " "
	case unicode.In(r, unicode.Cc, unicode.Cf) || ansi.StringWidth(string(r)) == 0:
		return ""
	case unicode.In(r, unicode.Co, unicode.Cs) || r&0xfffe == 0xfffe:
		return "?"
	case r >= 0x1f000 && r < 0x20000: // emoji
		return ""
	}
	return string(r)
}
