package component

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Fit cuts or pads one line of data to exactly w cells, a wide character being
// two. It takes plain text: styles go around it.
func Fit(s string, w int) string {
	tail := ".."
	if w <= len(tail) {
		tail = ""
	}
	s = ansi.Truncate(Clean(s), max(0, w), tail)
	return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
}

// Pair is one line of w cells: left from the left edge, right at the right one.
// Where there is not room for both, left is cut.
func Pair(left, right string, w int) string {
	right = strings.TrimRight(Fit(right, min(w, ansi.StringWidth(Clean(right)))), " ")
	room := w - ansi.StringWidth(right)
	if right != "" && room > 0 {
		room--
		right = " " + right
	}
	return Fit(left, room) + right
}

// Wrap breaks what the operator must read into lines of exactly w cells.
// Chinese breaks anywhere but before its punctuation. A word, and so a code, is
// cut only where it is wider than a line.
func Wrap(s string, w int) []string {
	w = max(1, w)
	var lines []string
	line, used, gap := "", 0, 0
	flush := func() {
		lines = append(lines, Fit(line, w))
		line, used, gap = "", 0, 0
	}
	for _, word := range words(Clean(s)) {
		if word == " " {
			gap = min(used, gap+1) // none at the start of a line
			continue
		}
		need := ansi.StringWidth(word)
		if used > 0 && used+gap+need > w {
			flush()
		}
		for ; need > w; need = ansi.StringWidth(word) {
			head := ansi.Truncate(word, w, "")
			if head == "" { // a wide character on a line of one cell
				break
			}
			line, word = head, strings.TrimPrefix(word, head)
			flush()
		}
		line += strings.Repeat(" ", gap) + word
		used, gap = used+gap+need, 0
	}
	if used > 0 || lines == nil {
		flush()
	}
	return lines
}

// words splits text into what stays together: a run of narrow characters, a wide
// character with the punctuation that closes it, a blank.
func words(s string) []string {
	var out []string
	open := false // the last word may grow
	for _, r := range s {
		wide := ansi.StringWidth(string(r)) > 1
		closing := wide && unicode.IsPunct(r) && !unicode.In(r, unicode.Ps, unicode.Pi)
		if len(out) > 0 && out[len(out)-1] != " " && (closing || open && !wide && r != ' ') {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		open = !wide && r != ' '
	}
	return out
}

// Paragraphs wraps each text on lines of its own.
func Paragraphs(w int, texts ...string) []string {
	var lines []string
	for _, s := range texts {
		lines = append(lines, Wrap(s, w)...)
	}
	return lines
}
