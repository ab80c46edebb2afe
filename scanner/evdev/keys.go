package evdev

import (
	"unicode"
	"unicode/utf8"
)

// The keys that are more than what is printed on them.
const (
	keyEnter      = 28
	keyLeftCtrl   = 29
	keyLeftShift  = 42
	keyRightShift = 54
	keyLeftAlt    = 56
	keyCapsLock   = 58
	keyNumLock    = 69
	keyScrollLock = 70
	keyRightCtrl  = 97
	keyRightAlt   = 100
	keyLeftMeta   = 125
	keyRightMeta  = 126

	// lastKey is below the buttons of mice and the like.
	lastKey = 0xff
)

// unknown is what a key gives that no label has. A control character, so that the
// label is refused and not read without it.
const unknown = 0

// row is keys that lie beside each other, from a code on, as a US keyboard has them.
type row struct {
	first          uint16
	plain, shifted string
}

// rows is the layout that scanners take for granted. The number pad gives digits,
// whatever its lock says.
func rows() []row {
	return []row{
		{1, "\x1b", "\x1b"},
		{2, "1234567890-=\x7f\t", "!@#$%^&*()_+\x7f\t"},
		{16, "qwertyuiop[]\r", "QWERTYUIOP{}\r"},
		{30, "asdfghjkl;'`", `ASDFGHJKL:"~`},
		{43, `\zxcvbnm,./`, "|ZXCVBNM<>?"},
		{55, "*", "*"},
		{57, " ", " "},
		{71, "789-456+1230.", "789-456+1230."},
		{86, `\`, "|"},
		{96, "\r", "\r"},
		{98, "/", "/"},
		{117, "=", "="},
		{121, ",", ","},
	}
}

// character is what a key gives, alone or with Shift.
func character(code uint16, shift bool) byte {
	for _, r := range rows() {
		if i := int(code) - int(r.first); i >= 0 && i < len(r.plain) {
			if shift {
				return r.shifted[i]
			}
			return r.plain[i]
		}
	}
	return unknown
}

// control is what a character becomes under Ctrl, as terminals have it.
func control(c byte) byte {
	const digits = "\x00\x1b\x1c\x1d\x1e\x1f\x7f" // from 2 to 8
	switch {
	case '2' <= c && c <= '8':
		return digits[c-'2']
	case c == '-' || c == '/':
		return 0x1f
	case c == '?':
		return 0x7f
	case c >= '@' && c < 0x7f:
		return c & 0x1f
	}
	return c
}

// keys is which keys are down, and what is being spelled while Alt is.
type keys struct {
	down    [keyRightMeta + 1]bool // of those that change others
	spelled int                    // digits since Alt went down
	number  int
}

// turn appends to typed what it means that a key goes down (1) or up (0). A key held
// down (2) is no scanner's doing.
func (k *keys) turn(typed []byte, code uint16, value int32) []byte {
	switch code {
	case keyCapsLock, keyNumLock, keyScrollLock:
		return typed
	case keyLeftAlt, keyRightAlt:
		if value == 2 {
			return typed
		}
		k.down[code] = value == 1
		if k.alt() || k.spelled == 0 {
			return typed
		}
		typed = k.spell(typed)
		k.spelled, k.number = 0, 0
		return typed
	case keyLeftCtrl, keyRightCtrl, keyLeftShift, keyRightShift, keyLeftMeta, keyRightMeta:
		k.down[code] = value != 0
		return typed
	}
	if value != 1 || code > lastKey {
		return typed
	}
	c := character(code, k.down[keyLeftShift] || k.down[keyRightShift])
	switch {
	case k.alt() && '0' <= c && c <= '9':
		k.spelled++
		k.number = min(10*k.number+int(c-'0'), unicode.MaxRune+1)
		return typed
	case k.alt(), k.down[keyLeftMeta], k.down[keyRightMeta]:
		c = unknown
	case k.down[keyLeftCtrl] || k.down[keyRightCtrl]:
		c = control(c)
	}
	return append(typed, c)
}

func (k *keys) alt() bool { return k.down[keyLeftAlt] || k.down[keyRightAlt] }

// spell appends the character whose number was typed: a byte, or beyond those the
// character that Unicode gives the number to.
func (k *keys) spell(typed []byte) []byte {
	switch {
	case k.number <= 0xff:
		return append(typed, byte(k.number))
	case k.number > unicode.MaxRune:
		return append(typed, unknown)
	}
	return utf8.AppendRune(typed, rune(k.number))
}
