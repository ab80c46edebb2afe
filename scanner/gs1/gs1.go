// Package gs1 reads GS1 element strings and the numbers in them: GTIN, SSCC, lot,
// serial, dates, counts. It knows nothing of scanners or warehouses.
package gs1

import (
	"errors"
	"fmt"
	"strings"
)

// GS is the group separator that stands for FNC1 in what a scanner sends.
const GS = "\x1d"

// What can be wrong with an element string; Parse wraps them in an Error.
var (
	ErrEmpty      = errors.New("nothing in it")
	ErrUnknown    = errors.New("no such application identifier")
	ErrLength     = errors.New("wrong length")
	ErrCharacter  = errors.New("a character that is not allowed")
	ErrCheckDigit = errors.New("wrong check digit")
	ErrDate       = errors.New("no such date or time")
	ErrValue      = errors.New("not a possible value")
	ErrRepeated   = errors.New("repeated with another value: two labels in one read")
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
func (e *Error) Error() string { return fmt.Sprintf("AI (%s): %v", e.AI, e.Err) }

// Unwrap makes errors.Is see the cause.
func (e *Error) Unwrap() error { return e.Err }

// Parse reads an element string as a scanner sends it: no brackets, GS where the
// symbol has FNC1. One leading and one trailing GS are taken as nothing. Which AIs
// must stand together is not asked: a label may be split over several barcodes.
func Parse(s string) ([]Element, error) { return Append(nil, s) }

// Append is Parse into a slice the caller may use again.
func Append(elements []Element, s string) ([]Element, error) {
	s = strings.TrimPrefix(s, GS)
	if s == "" {
		return nil, &Error{Err: ErrEmpty}
	}
	for s != "" {
		ai, ok := leadingAI(s)
		if !ok {
			return nil, &Error{AI: s, Err: ErrUnknown}
		}
		s = s[len(ai):]
		r := rules.rules[ai]
		var value string
		if r.fixed > 0 {
			n := min(r.fixed, len(s))
			value, s = s[:n], strings.TrimPrefix(s[n:], GS)
		} else {
			value, s, _ = strings.Cut(s, GS)
		}
		var err error
		if elements, err = add(elements, ai, value); err != nil {
			return nil, err
		}
	}
	return elements, nil
}

// ParseBracketed reads an element string as people write it: (01)…(10)….
func ParseBracketed(s string) ([]Element, error) {
	var elements []Element
	ai, s, ok := cutBracket(s)
	if !ok {
		return nil, &Error{AI: s, Err: ErrUnknown}
	}
	for ai != "" {
		// A bracket may be part of a value: only one around digits ends it.
		end, next := len(s), ""
		rest := ""
		for i := range len(s) {
			if n, r, ok := cutBracket(s[i:]); ok {
				end, next, rest = i, n, r
				break
			}
		}
		if _, known := rules.rules[ai]; !known {
			return nil, &Error{AI: ai, Err: ErrUnknown}
		}
		var err error
		if elements, err = add(elements, ai, s[:end]); err != nil {
			return nil, err
		}
		ai, s = next, rest
	}
	return elements, nil
}

// cutBracket takes a leading (AI) off.
func cutBracket(s string) (ai, rest string, ok bool) {
	if !strings.HasPrefix(s, "(") {
		return "", s, false
	}
	ai, rest, ok = strings.Cut(s[1:], ")")
	return ai, rest, ok && 2 <= len(ai) && len(ai) <= 4 && isDigits(ai)
}

func leadingAI(s string) (ai string, ok bool) {
	if len(s) < 2 || !isDigits(s[:2]) {
		return "", false
	}
	n := rules.digits[10*int(s[0]-'0')+int(s[1]-'0')]
	if n == 0 || len(s) < n {
		return "", false
	}
	_, ok = rules.rules[s[:n]]
	return s[:n], ok
}

func add(elements []Element, ai, value string) ([]Element, error) {
	if err := rules.rules[ai].match(value); err != nil {
		return nil, &Error{AI: ai, Err: err}
	}
	for _, e := range elements {
		if e.AI == ai && e.Value != value {
			return nil, &Error{AI: ai, Err: ErrRepeated}
		}
	}
	return append(elements, Element{ai, value}), nil
}

func (r rule) match(value string) error {
	for _, p := range r.parts {
		if value == "" && p.optional {
			break
		}
		if len(value) < p.min {
			return ErrLength
		}
		n := min(len(value), p.max)
		if !p.set.holds(value[:n]) {
			return ErrCharacter
		}
		for _, check := range p.checks {
			if err := check(value[:n]); err != nil {
				return err
			}
		}
		value = value[n:]
	}
	if value != "" {
		return ErrLength
	}
	return nil
}

// Date returns the date of an AI such as 17 as yyyymmdd: the century is the one
// that puts it within fifty years of year, day 00 is the last day of its month.
func Date(yymmdd string, year int) (yyyymmdd string, ok bool) {
	if len(yymmdd) != 6 || !isDigits(yymmdd) || !isDay(yymmdd, true) {
		return "", false
	}
	y, month, day := splitDate(yymmdd)
	century := year - year%100
	switch ahead := y - year%100; {
	case ahead >= 51:
		century -= 100
	case ahead <= -50:
		century += 100
	}
	if day == 0 {
		day = daysIn(century+y, month)
	}
	return fmt.Sprintf("%04d%02d%02d", century+y, month, day), true
}
