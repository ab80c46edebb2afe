package scanner

import (
	"bytes"
	"strings"
	"unicode"

	"scanbay/scanner/gs1"
)

// TestCode is what the test label for scanners says, as its element string is written: capitals
// and small letters, the signs that keyboards have in different places, and a separator.
const TestCode = "(01)09501101530003(17)300101(10)SCANBAY-1(21)a-Z_9"

// TestBody is TestCode as a symbol that begins with FNC1 holds it.
const TestBody = "010950110153000317300101" + "10SCANBAY-1" + gs1.GS + "21a-Z_9"

// A Finding is what is wrong with how a scanner is set up, or how this computer takes it.
type Finding string

// The findings, each with its own cure. None means that the test label was read as it is.
const (
	OtherLabel   Finding = "other"  // it is not the test label
	CutShort     Finding = "short"  // only a part of it came
	NoSuffix     Finding = "suffix" // nothing says where the label ends
	SeparatorOff Finding = "lost"   // the separator is left out
	SeparatorAs  Finding = "shown"  // the separator comes as something else
	CapsOn       Finding = "caps"   // capitals and small letters are swapped
	AllOneCase   Finding = "case"   // the scanner changes the case
	French       Finding = "french" // the computer takes its keys for another layout
	German       Finding = "german"
	Spanish      Finding = "spanish"
	FullWidth    Finding = "width"   // an input method widens what is typed
	InputMethod  Finding = "method"  // an input method eats letters
	Framed       Finding = "framed"  // something is put around the label
	NoIdentifier Finding = "aim"     // no AIM identifier: good, and better with one
	Garbled      Finding = "garbled" // bytes that are no text: another speed of the line
	ReadTwice    Finding = "twice"   // one pull of the trigger, two labels
)

// Findings lists every finding, for tests that must not miss one.
func Findings() [16]Finding {
	return [...]Finding{OtherLabel, CutShort, NoSuffix, SeparatorOff, SeparatorAs, CapsOn,
		AllOneCase, French, German, Spanish, FullWidth, InputMethod, Framed, NoIdentifier, Garbled,
		ReadTwice}
}

// Examine says what is wrong where a scanner sent f for the test label: the worst first.
func Examine(f Frame) (out []Finding) {
	body := unframe(f.Raw)
	for _, end := range []string{"\r\n", "\r", "\n"} {
		if first, again, two := bytes.Cut(body, []byte(end)); two && bytes.Equal(first, again) {
			return append([]Finding{ReadTwice}, Examine(Frame{Raw: append(first, '\r')})...)
		}
	}
	if f.Bad == Partial && !terminated(f.Raw) {
		out = append(out, NoSuffix)
	}
	text, ok := toText(altGS(body))
	if !ok {
		return append([]Finding{Garbled}, out...)
	}
	if strings.ContainsFunc(string(body), isFullWidth) {
		out = append(out, FullWidth)
	}
	for _, way := range distortions() {
		before, after, found := strings.Cut(text, way.of(TestBody))
		if !found {
			continue
		}
		out = append(out, way.findings...)
		aim, rest := cutAIM(before)
		for _, known := range knownAIMs() {
			if before == way.of(known) {
				aim, rest = known, ""
			}
		}
		switch {
		case strings.Contains(after, way.of(TestBody)):
			return append([]Finding{ReadTwice}, out...)
		case strings.Trim(rest+after, gs1.GS) != "":
			return append(out, Framed)
		case aim == "":
			return append(out, NoIdentifier)
		}
		return out
	}
	_, text = cutAIM(text)
	switch {
	case hasHan(text):
		return append([]Finding{InputMethod}, out...)
	case f.Bad == Partial, len(text) > aimMin && strings.Contains(TestBody, text):
		return []Finding{CutShort}
	}
	return append([]Finding{OtherLabel}, out...)
}

// aimMin is from how many characters on a part of the label is known for one.
const aimMin = 6

func isFullWidth(r rune) bool { return halfWidth(r) != r }

// altGS puts the separator back that a scanner types as Alt and its number: 29, 029 or 0029.
func altGS(body []byte) []byte {
	for _, typed := range []string{"\x1b0\x1b0\x1b2\x1b9", "\x1b0\x1b2\x1b9", "\x1b2\x1b9"} {
		body = bytes.ReplaceAll(body, []byte(typed), []byte(gs1.GS))
	}
	return body
}

// A distortion is a way in which the test label can arrive.
type distortion struct {
	findings []Finding
	of       func(string) string
	american func(string) string // back from a layout
}

func distortions() (out []distortion) {
	separators := []distortion{{of: same},
		{findings: []Finding{SeparatorOff}, of: separatorAs("")}}
	for _, shown := range []string{"^]", "{GS}", "<GS>", "[GS]", "␝", "|", "~", "^", "#", "@", " ",
		"~d029", "\\x1d", "\\F", "]", "$"} {
		separators = append(separators, distortion{findings: []Finding{SeparatorAs},
			of: separatorAs(shown)})
	}
	one := []Finding{AllOneCase}
	cases := []distortion{{of: same}, {findings: []Finding{CapsOn}, of: swapCase},
		{findings: one, of: strings.ToUpper}, {findings: one, of: strings.ToLower}}
	for _, layout := range append([]distortion{{of: same}}, layouts()...) {
		for _, letters := range cases {
			for _, separator := range separators {
				all := append(append(append([]Finding(nil), layout.findings...),
					letters.findings...), separator.findings...)
				out = append(out, distortion{findings: all, of: func(s string) string {
					return separator.of(layout.of(letters.of(s)))
				}})
			}
		}
	}
	return out
}

func same(s string) string { return s }

func separatorAs(text string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, gs1.GS, text) }
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// turned says whether a text is one of our labels, or the digits of a retail one, as another
// keyboard or caps lock has them.
func turned(prefix, text string) bool {
	for _, layout := range append(layouts(), distortion{american: same}) {
		back := layout.american(text)
		for _, s := range []string{back, swapCase(back)} {
			if _, _, ours := Decode(prefix, s); ours && s != text {
				return true
			}
			if s != text && gs1.ValidGTIN(s) {
				return true
			}
		}
	}
	return false
}

// layouts are what keys of an American keyboard, which scanners play, say on others.
func layouts() []distortion {
	var out []distortion
	for _, x := range []struct {
		as              Finding
		american, other string
	}{
		{French, "0123456789qwazQWAZ-_]", `à&é"'(-è_çazqwAZQW)°$`},
		{German, "yzYZ-_]", "zyZYß?+"},
		{Spanish, "-_]", "'?+"},
	} {
		out = append(out, distortion{[]Finding{x.as}, keyed(x.american, x.other),
			keyed(x.other, x.american)})
	}
	return out
}

// keyed replaces each character of american by the one in its place.
func keyed(american, other string) func(string) string {
	var pairs []string
	there := []rune(other)
	for i, r := range []rune(american) {
		pairs = append(pairs, string(r), string(there[i]))
	}
	return strings.NewReplacer(pairs...).Replace
}
