package gs1

import (
	"errors"
	"strings"
)

// A Reading is what a barcode says, as a scanner with AIM identifiers on sends it.
type Reading struct {
	Elements []Element
	GTIN     string // 14 digits, of a retail symbol or of a case
	Text     string // what it says, where that is nothing of GS1's
}

// Symbols that say nothing of what they hold, in front of what they read.
const (
	code39      = "]A0"
	code128     = "]C0"
	itfChecked  = "]I1"
	ean13       = "]E0"
	ean8        = "]E4"
	composite   = "|]e0" // what stands beside a retail symbol
	aimLength   = 3
	ean13Digits = 13
	upcDigits   = 12 // of a UPC-A, as some scanners send it
	ean8Digits  = 8
)

// elementSymbols hold element strings.
func elementSymbols() [5]string { return [...]string{"]C1", "]e0", "]d2", "]Q3", "]J1"} }

// textSymbols hold text, which may be a Digital Link.
func textSymbols() [3]string { return [...]string{"]Q1", "]d1", "]J0"} }

// Scan reads what a scanner sends: an AIM symbology identifier such as ]C1, and what the symbol
// holds. It appends to elements, which may be used again.
func (o Options) Scan(elements []Element, s string) (out Reading, err error) {
	if len(s) < aimLength || s[0] != ']' {
		return out, &Error{Err: ErrSymbol}
	}
	aim, body := s[:aimLength], s[aimLength:]
	for _, symbol := range elementSymbols() {
		if aim == symbol {
			body = strings.TrimPrefix(body, GS)
			out.Elements, err = o.elements(elements, body, GS[0])
			return out, err
		}
	}
	for _, symbol := range textSymbols() {
		if aim != symbol {
			continue
		}
		out.Text = body
		if IsLink(body) {
			out.Elements, err = o.Link(elements, body)
			if errors.Is(err, ErrLink) {
				return out, nil
			}
		}
		return out, err
	}
	switch aim {
	case ean13:
		return o.retail(elements, body, ean13Digits)
	case ean8:
		return o.retail(elements, body, ean8Digits)
	case code39, code128, itfChecked:
		out.Text = body
		if aim == itfChecked && len(body) == gtinDigits {
			out.GTIN, _ = GTIN14(body)
		}
		return out, nil
	}
	return out, &Error{Err: ErrSymbol}
}

// IsComposite reports whether what stands behind an AIM identifier is one label of two symbols: a
// retail number, and the component above it.
func IsComposite(aim, s string) bool {
	number, _, both := strings.Cut(s, composite)
	return both && (aim == ean13 && (len(number) == ean13Digits || len(number) == upcDigits) ||
		aim == ean8 && len(number) == ean8Digits)
}

// retail reads an EAN or UPC, and the composite component that may stand above it.
func (o Options) retail(elements []Element, s string, digits int) (out Reading, err error) {
	number, beside, both := strings.Cut(s, composite)
	if both && digits == ean13Digits && len(number) == upcDigits {
		number = "0" + number // a UPC-A, whose first digit scanners leave out
	}
	switch {
	case len(number) != digits:
		return out, &Error{Err: ErrLength}
	case !isDigits(number):
		return out, &Error{Err: ErrCharacter}
	}
	var right bool
	if out.GTIN, right = GTIN14(number); !right {
		return out, &Error{Err: ErrCheckDigit}
	}
	if both {
		out.Elements, err = o.elements(elements, beside, GS[0])
	}
	return out, err
}
