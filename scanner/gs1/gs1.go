// Package gs1 reads what GS1 barcodes say: element strings with FNC1 or brackets, Digital Link
// URIs, and the numbers in them: GTIN, SSCC, lot, serial, dates, measures. It knows nothing of
// scanners or warehouses.
//
// It answers as GS1's own Barcode Syntax Engine does, but for four differences that a terminal
// needs: an application identifier without its companions is taken, as a label may be split
// over several barcodes (Companions tells); a URL in a QR code that is no Digital Link is plain
// text; the symbols that shelves and cases bear, Code 128, Code 39 and ITF-14 (]C0, ]A0, ]I1), are
// known; and a separator in front of everything is taken as nothing. Of a package type (AI 7041)
// it checks the shape alone.
package gs1

import (
	"errors"
	"fmt"
	"strings"
)

// GS is the group separator that stands for FNC1 in what a scanner sends.
const GS = "\x1d"

// What can be wrong with a code; Parse and its kin wrap them in an Error.
var (
	ErrEmpty      = errors.New("nothing in it")
	ErrUnknown    = errors.New("no such application identifier")
	ErrLength     = errors.New("wrong length")
	ErrCharacter  = errors.New("a character that is not allowed")
	ErrCheckDigit = errors.New("wrong check digit")
	ErrDate       = errors.New("no such date or time")
	ErrValue      = errors.New("not a possible value")
	ErrRepeated   = errors.New("repeated with another value: two labels in one read")
	ErrPair       = errors.New("must not stand beside another one of the label")
	ErrCompanion  = errors.New("does not stand alone")
	ErrBracket    = errors.New("not written as (AI)value")
	ErrLink       = errors.New("no Digital Link")
	ErrOrder      = errors.New("not where a Digital Link has it")
	ErrSymbol     = errors.New("no symbol of GS1")
)

// An Element is one application identifier with its value.
type Element struct {
	AI, Value string
}

// An Error says which application identifier is wrong; Err is one of the Err
// values of this package.
type Error struct {
	AI  string // the rest of the string where no AI could be found
	Err error
}

// Error implements error.
func (e *Error) Error() string {
	if e.AI == "" {
		return e.Err.Error()
	}
	return fmt.Sprintf("AI (%s): %v", e.AI, e.Err)
}

// Unwrap makes errors.Is see the cause.
func (e *Error) Unwrap() error { return e.Err }

// Options are what may be taken beyond the standard. The zero value takes nothing more.
type Options struct {
	UnknownAIs        bool // identifiers that the dictionary lacks
	UnknownAttributes bool // these as attributes of a Digital Link
	ShortGTINs        bool // in a Digital Link, without their leading zeros
}

// Parse reads an element string as a scanner sends it: no brackets, GS where the symbol has
// FNC1. One leading and one trailing GS are taken as nothing.
func Parse(s string) ([]Element, error) { return Append(nil, s) }

// Append is Parse into a slice that the caller may use again: it allocates nothing.
func Append(elements []Element, s string) ([]Element, error) {
	return Options{}.elements(elements, strings.TrimPrefix(s, GS), GS[0])
}

// Raw reads an element string with ^ for FNC1, which it begins with: else it is plain text, and
// holds no element.
func (o Options) Raw(elements []Element, s string) ([]Element, error) {
	s, begun := strings.CutPrefix(s, "^")
	if !begun {
		return elements, nil
	}
	return o.elements(elements, s, '^')
}

func (o Options) elements(elements []Element, s string, separator byte) ([]Element, error) {
	if s == "" {
		return nil, &Error{Err: ErrEmpty}
	}
	from := len(elements)
	for s != "" {
		r, ok := o.leading(s)
		if !ok {
			return nil, &Error{AI: s, Err: ErrUnknown}
		}
		ai := s[:r.digits]
		s = s[r.digits:]
		value := s
		if end := strings.IndexByte(s, separator); end >= 0 {
			value = s[:end]
		}
		n, err := r.match(value)
		if err != nil {
			return nil, &Error{AI: ai, Err: err}
		}
		elements = append(elements, Element{ai, s[:n]})
		switch s = s[n:]; {
		case s != "" && s[0] == separator:
			s = s[1:]
		case s != "" && !r.fixed:
			return nil, &Error{AI: ai, Err: ErrLength}
		}
	}
	if err := fit(elements[from:]); err != nil {
		return nil, err
	}
	return elements, nil
}

// ParseBracketed reads an element string as people write it: (01)…(10)…; a bracket that is a
// part of a value has a backslash before it.
func ParseBracketed(s string) ([]Element, error) { return Options{}.Bracketed(nil, s) }

// Bracketed is ParseBracketed into a slice that the caller may use again.
func (o Options) Bracketed(elements []Element, s string) ([]Element, error) {
	from := len(elements)
	for first := true; first || s != ""; first = false {
		ai, rest, ok := strings.Cut(s, ")")
		if !strings.HasPrefix(ai, "(") || !ok || rest == "" {
			return nil, &Error{Err: ErrBracket}
		}
		ai = ai[1:]
		r, known := o.named(ai)
		if !known {
			return nil, &Error{AI: ai, Err: ErrUnknown}
		}
		var value string
		value, s = cutValue(rest)
		if err := r.matchAll(value); err != nil {
			return nil, &Error{AI: ai, Err: err}
		}
		elements = append(elements, Element{ai, value})
	}
	if err := fit(elements[from:]); err != nil {
		return nil, err
	}
	return elements, nil
}

// cutValue cuts a value off before the next bracket that opens.
func cutValue(s string) (value, rest string) {
	end, escaped := len(s), false
	for i := range len(s) {
		switch {
		case s[i] != '(':
		case i > 0 && s[i-1] == '\\':
			escaped = true
		default:
			end = i
		}
		if end < len(s) {
			break
		}
	}
	value, rest = s[:end], s[end:]
	if escaped {
		value = strings.ReplaceAll(value, `\(`, "(")
	}
	return value, rest
}

// fit says whether elements can be one label's.
func fit(elements []Element) error {
	for i, e := range elements {
		for _, other := range elements[:i] {
			if other.AI == e.AI && other.Value != e.Value {
				return &Error{AI: e.AI, Err: ErrRepeated}
			}
		}
		r, _ := Options{}.named(e.AI)
		for _, ban := range r.bans {
			for _, other := range elements {
				if other.AI != e.AI && ban.fits(other.AI) {
					return &Error{AI: e.AI, Err: ErrPair}
				}
			}
		}
		if e.AI == digitalSignature {
			if err := signs(elements); err != nil {
				return err
			}
		}
	}
	return nil
}

const digitalSignature = "8030"

// signs says whether what is signed is one thing, which has a serial number.
func signs(elements []Element) error {
	const key, asset = 13, 14 // digits in front of the serial
	for _, e := range elements {
		switch least := len(e.Value); {
		case (e.AI == "253" || e.AI == "255") && least == key, e.AI == "8003" && least == asset:
			return &Error{AI: e.AI, Err: ErrLength}
		}
	}
	return nil
}

// Companions says which element lacks another one that must stand beside it, on the same
// barcode or the next: an Error with ErrCompanion, and what would do, such as "01,02".
func Companions(elements []Element) (want string, err error) {
	for _, e := range elements {
		r, _ := Options{}.named(e.AI)
		for _, need := range r.needs {
			if !need.met(e.AI, elements) {
				return need.text, &Error{AI: e.AI, Err: ErrCompanion}
			}
		}
	}
	return "", nil
}
