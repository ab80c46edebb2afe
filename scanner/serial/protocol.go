package serial

import (
	"slices"

	"scanbay/scanner"
)

// A Protocol is how a scanner talks on its line, and what it understands.
type Protocol string

// The protocols. But for SSI, labels come as plain bytes with an end, and the names
// differ in how the scanner is told to beep.
const (
	Plain     Protocol = "plain" // it is told nothing
	SSI       Protocol = "ssi"   // Zebra's packets, each of which is acknowledged
	Honeywell Protocol = "honeywell"
	Datalogic Protocol = "datalogic"
	Newland   Protocol = "newland" // it has no beep for hosts
)

// Protocols returns all of them.
func Protocols() []Protocol { return []Protocol{Plain, SSI, Honeywell, Datalogic, Newland} }

// IsProtocol reports whether p is known.
func IsProtocol(p Protocol) bool { return slices.Contains(Protocols(), p) }

// says is the bytes that tell a scanner of an answer: a beep or its green light for a
// right scan, several or a red one for a wrong one. What is settled makes no sound.
func (p Protocol) says(a scanner.Answer) []byte {
	wrong := a == scanner.Wrong
	switch {
	case p == SSI && wrong:
		return packet(opLEDOn, 1)
	case p == SSI:
		return packet(opLEDOff, 1)
	case a == scanner.Settled:
		return nil
	}
	switch p {
	case Honeywell:
		const beep = "\x16\x07\r"
		if wrong {
			return []byte(beep + beep + beep)
		}
		return []byte(beep)
	case Datalogic:
		if wrong {
			return []byte("F")
		}
		return []byte("B")
	}
	return nil
}
