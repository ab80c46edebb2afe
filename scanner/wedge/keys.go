package wedge

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A token is the shortest piece of a run that means something to a terminal.
type token struct {
	bytes []byte
	kind  kind
}

// A kind is what may be done with a token.
type kind int

const (
	junk    kind = iota // nothing that a person can have typed
	answer              // a whole sequence of the terminal's own; not for us
	command             // a key that is no character
	char                // a character
)

const (
	esc   = 0x1b
	del   = 0x7f
	enter = "\r"
)

// sequences are the keys that terminals send as more than one byte: xterm's, VT's,
// rxvt's and the Linux console's. They are all that is let through.
func sequences() []string {
	return []string{
		"\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", // arrows
		"\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD",
		"\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", // Home
		"\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", // End
		"\x1b[2~", "\x1b[3~", "\x1b[5~", "\x1b[6~", // Ins, Del, PgUp, PgDn
		"\x1b[Z",                               // Shift-Tab
		"\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", // F1 to F4
		"\x1b[11~", "\x1b[12~", "\x1b[13~", "\x1b[14~",
		"\x1b[[A", "\x1b[[B", "\x1b[[C", "\x1b[[D", "\x1b[[E", // F1 to F5
		"\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", // F5 to F8
		"\x1b[20~", "\x1b[21~", "\x1b[23~", "\x1b[24~", // F9 to F12
	}
}

// next takes the first token off a run that is not empty.
func next(run []byte) (t token, rest []byte) {
	n, k := 1, junk
	switch c := run[0]; {
	case bytes.HasPrefix(run, []byte("\r\n")):
		n, k = 2, command
	case c == esc:
		n, k = escaped(run)
	case c == del || c < ' ':
		if isKey(c) {
			k = command
		}
	default:
		r, size := utf8.DecodeRune(run)
		n = size
		if r != utf8.RuneError && unicode.IsPrint(r) {
			k = char
		}
	}
	return token{spelled(run[:n]), k}, run[n:]
}

// spelled gives keys that terminals spell in two ways the one that Bubble Tea
// knows. Line feed and Ctrl+H are taken for the Enter and Backspace they mostly are.
func spelled(key []byte) []byte {
	switch string(key) {
	case "\n", "\r\n":
		return []byte(enter)
	case "\x08":
		return []byte{del}
	case "\x1bOH":
		return []byte("\x1b[H")
	case "\x1bOF":
		return []byte("\x1b[F")
	}
	return key
}

// isKey tells the control characters that keys send from those that frame what
// scanners send: SOH to ACK never pass (ETX is Ctrl+C), nor do those above Ctrl+Z.
func isKey(c byte) bool { return c > 0x06 && c <= 0x1a || c == del }

// escaped measures what begins with ESC.
func escaped(run []byte) (n int, k kind) {
	for _, s := range sequences() {
		if bytes.HasPrefix(run, []byte(s)) {
			return len(s), command
		}
	}
	if len(run) == 1 || run[1] == esc {
		return 1, command // Esc itself
	}
	switch run[1] {
	case '[':
		return control(run)
	case ']', 'P', 'X', '^', '_':
		return text(run)
	}
	_, size := utf8.DecodeRune(run[1:])
	return 1 + size, junk // Alt and a key: no key of ours
}

// control measures a CSI sequence: ESC [ parameters final. A mouse report of the
// old kind has three bytes behind its final M.
func control(run []byte) (n int, k kind) {
	for i := 2; i < len(run); i++ {
		switch c := run[i]; {
		case c == 'M' && i == 2:
			return min(len(run), i+4), answer
		case 0x40 <= c && c <= 0x7e:
			return i + 1, answer
		case c < 0x20 || c > 0x7e:
			return i, junk
		}
	}
	return len(run), junk
}

// text measures an OSC, DCS, SOS, PM or APC, which end with BEL or ESC \.
func text(run []byte) (n int, k kind) {
	for i := 2; i < len(run); i++ {
		if run[i] == 0x07 {
			return i + 1, answer
		}
		if run[i] == '\\' && run[i-1] == esc {
			return i + 1, answer
		}
	}
	return len(run), junk
}

// isHeld reports whether a run is one command key again and again. Characters are
// left out: let through at once, they could be the first bytes of a slow label.
func isHeld(run []byte) bool {
	first, rest := next(run)
	if first.kind != command || len(rest) == 0 {
		return false
	}
	for len(rest) > 0 {
		var t token
		t, rest = next(rest)
		if !bytes.Equal(t.bytes, first.bytes) {
			return false
		}
	}
	return true
}
