package scale

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"scanbay/scanner"
)

// A Protocol is how a scale says what lies on it.
type Protocol string

// The protocols. A scale is to send without being told to, but for MTSICS, which is asked.
const (
	// XK3190 is the continuous form 0 of Yaohua's indicators, as in the manuals of the
	// XK3190-A9 and A26, and of the many that copy them.
	XK3190 Protocol = "xk3190"
	// A12 is a line of Yaohua's bench scales, as in the manual of the XK3190-A12(E), with its
	// check; older ones send it without.
	A12 Protocol = "a12"
	// MTSICS is level 0 of Mettler-Toledo's command set, as in its reference manuals.
	MTSICS Protocol = "mt-sics"
	// AND is the standard form of A&D's scales and indicators (EK-L, AD-4329), which CAS,
	// Dini Argeo, Kern and many others send alike.
	AND Protocol = "and"
)

// Protocols returns all of them, the default first.
func Protocols() []Protocol { return []Protocol{XK3190, A12, MTSICS, AND} }

// IsProtocol reports whether p is known.
func IsProtocol(p Protocol) bool { return slices.Contains(Protocols(), p) }

// A speech is what there is to know of a protocol.
type speech struct {
	ask  string // what a weight is asked with; empty for a scale that talks by itself
	mute bool   // it does not say whether the scale has settled
	text bool   // bit 8 says nothing: 7 bits and a parity are as long as 8, and read as them

	// cut takes the next telegram off what was heard: none while it has not ended. What
	// is in front of it, and belongs to none, is junk.
	cut func(heard []byte) (junk, telegram, rest []byte)
	// read says what a telegram says; unit is meant where it names none.
	read func(telegram []byte, unit string) scanner.Weight
}

func (p Protocol) speech() speech {
	switch p {
	case A12:
		return speech{mute: true, text: true, cut: line, read: readA12}
	case MTSICS:
		return speech{ask: "SI\r\n", text: true, cut: line, read: readSICS}
	case AND:
		return speech{text: true, cut: line, read: readAND}
	}
	return speech{mute: true, cut: packet, read: readXK3190}
}

const (
	stx = 0x02
	etx = 0x03

	// A packet of XK3190: STX, a sign, six digits, how many of them are decimals, two
	// characters of the check, ETX.
	packetSize = 12
	packetSign = 1
	packetPart = 8
	packetSum  = 9

	lineMax = 64 // more than any line with a weight has
)

// packet cuts off a packet of XK3190. STX may stand in one that was spoilt, so that the next
// is looked for right behind the first byte of what is none.
func packet(heard []byte) (junk, telegram, rest []byte) {
	for i, c := range heard {
		switch {
		case c != stx:
		case len(heard)-i < packetSize:
			return heard[:i], nil, heard[i:]
		case heard[i+packetSize-1] == etx:
			return heard[:i], heard[i : i+packetSize], heard[i+packetSize:]
		}
	}
	return heard, nil, nil
}

// line cuts off a line that says something.
func line(heard []byte) (junk, telegram, rest []byte) {
	heard = bytes.TrimLeft(heard, "\r\n")
	i := bytes.IndexAny(heard, "\r\n")
	switch {
	case i < 0 && len(heard) > lineMax:
		return heard, nil, nil
	case i < 0:
		return nil, nil, heard
	}
	return nil, heard[:i], heard[i+1:]
}

// check is Yaohua's: what is checked, taken together by XOR, as two digits.
func check(checked []byte) string {
	sum := byte(0)
	for _, c := range checked {
		sum ^= c
	}
	return fmt.Sprintf("%02X", sum)
}

// readXK3190 believes nothing that its check does not.
func readXK3190(packet []byte, unit string) scanner.Weight {
	switch {
	case len(packet) != packetSize || packet[0] != stx:
		return scanner.Weight{Bad: scanner.NoWeight}
	case check(packet[packetSign:packetSum]) != string(packet[packetSum:packetSize-1]):
		return scanner.Weight{Bad: scanner.BadSum}
	}
	decimals := int(packet[packetPart]) - '0'
	digits := string(packet[packetSign+1 : packetPart])
	if decimals < 0 || decimals > 4 || !strings.Contains("+-", string(packet[packetSign])) {
		return scanner.Weight{Bad: scanner.NoWeight}
	}
	at := len(digits) - decimals
	return weight(string(packet[packetSign]), digits[:at]+"."+digits[at:], unit, false)
}

// a12 is a line with a weight: WG004.139kg3D with its check, or ww004.139kg; G and w are
// gross, N and n net. OL and LO are in the place of the unit where there is too much, or less
// than nothing.
var a12 = regexp.MustCompile(`^(?:(?:W[GN]|w[wn])(-?)([0-9]+(?:\.[0-9]*)?) *([a-z]+)|` +
	` +(OL|LO))([0-9A-F]{2})?$`)

func readA12(line []byte, _ string) scanner.Weight {
	m := a12.FindStringSubmatch(string(line))
	switch {
	case m == nil || line[0] != 'w' && m[5] == "":
		return scanner.Weight{Bad: scanner.NoWeight}
	case m[5] != "" && check(line[:len(line)-2]) != m[5]:
		return scanner.Weight{Bad: scanner.BadSum}
	case m[4] == "OL":
		return scanner.Weight{Bad: scanner.Overload}
	case m[4] == "LO":
		return scanner.Weight{Bad: scanner.Negative}
	}
	w := weight(m[1], m[2], m[3], false)
	w.Net = bytes.ContainsAny(line[:2], "Nn")
	return w
}

// sics is an answer with a weight: S S     100.00 g, and D where the scale moves.
var sics = regexp.MustCompile(`^S ([SD]) +([+-]?) *([0-9]+(?:\.[0-9]+)?) +([A-Za-z]+)$`)

func readSICS(line []byte, _ string) scanner.Weight {
	text := strings.TrimRight(string(line), " ")
	if m := sics.FindStringSubmatch(text); m != nil {
		return weight(m[2], m[3], m[4], m[1] == "S")
	}
	switch text {
	case "S I":
		return scanner.Weight{Bad: scanner.Unsettled}
	case "S +":
		return scanner.Weight{Bad: scanner.Overload}
	case "S -":
		return scanner.Weight{Bad: scanner.Negative}
	}
	return scanner.Weight{Bad: scanner.NoWeight} // ES, EL and ET too
}

// and is a line with a weight: ST,+00123.45  g or ST,GS,+ 12.345kg, and US where the scale
// moves. Tares (TR, PT) are no weights of goods.
var and = regexp.MustCompile(`^(ST|US)(?:,(?:GS|(NT)|G[ ~]?|(N)[ ~]?))?, *([+-]?) *` +
	`([0-9]+(?:\.[0-9]+)?) *,? *([A-Za-z]+)$`)

func readAND(line []byte, _ string) scanner.Weight {
	text := strings.TrimRight(string(line), " ")
	if m := and.FindStringSubmatch(text); m != nil {
		w := weight(m[4], m[5], m[6], m[1] == "ST")
		w.Net = m[2]+m[3] != ""
		return w
	}
	switch head, rest, _ := strings.Cut(text, ","); {
	case head == "UL" || head == "OL" && strings.Contains(rest, "-"):
		return scanner.Weight{Bad: scanner.Negative}
	case head == "OL":
		return scanner.Weight{Bad: scanner.Overload}
	}
	return scanner.Weight{Bad: scanner.NoWeight}
}

// weight is digits of a unit, as a scale shows them.
func weight(sign, digits, unit string, stable bool) scanner.Weight {
	grams, ok := Grams(digits, unit)
	switch {
	case !ok:
		return scanner.Weight{Bad: scanner.NoWeight}
	case sign == "-" && grams > 0:
		return scanner.Weight{Grams: -grams, Bad: scanner.Negative}
	}
	return scanner.Weight{Grams: grams, Stable: stable}
}

// perUnit is what a unit weighs in grams, as a fraction.
func perUnit(unit string) (n, of int64) {
	const pound = 45_359_237 // hundred-thousandths of a gram
	switch strings.ToLower(unit) {
	case "g":
		return 1, 1
	case "kg":
		return 1000, 1
	case "t":
		return 1_000_000, 1
	case "lb":
		return pound, 100_000
	case "oz":
		return pound, 16 * 100_000
	}
	return 0, 0
}

// IsUnit reports whether a weight in it can be told in grams: g, kg, t, lb or oz.
func IsUnit(unit string) bool {
	n, _ := perUnit(unit)
	return n > 0
}

// digitsMax is more than any scale shows, and keeps what is reckoned below 2^63.
const digitsMax = 9

// Grams is a number with or without decimals, of a unit, in grams rounded half up.
func Grams(number, unit string) (grams int64, ok bool) {
	whole, part, _ := strings.Cut(number, ".")
	times, of := perUnit(unit)
	n, err := strconv.ParseUint(whole+part, 10, 63)
	if err != nil || len(whole+part) > digitsMax || times == 0 {
		return 0, false
	}
	for range part {
		of *= 10
	}
	return (2*int64(n)*times + of) / (2 * of), true
}
