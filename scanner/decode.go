package scanner

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"scanbay/scanner/gs1"
)

// IDs numbers the scans of one opening of the program, for all its scanners.
type IDs struct {
	boot string
	n    atomic.Int64
}

// NewIDs returns a counter for one opening of the program; boot must never have
// been used before.
func NewIDs(boot string) *IDs { return &IDs{boot: boot} }

// Next returns a new <boot>.<n>, with n from 1.
func (i *IDs) Next() string {
	return i.boot + "." + strconv.FormatInt(i.n.Add(1), 10)
}

// Config is what a Reader needs to know of its scanner.
type Config struct {
	IDs    *IDs
	Source string // for Scan.Source
	Port   string // for Scan.Port
	Prefix string // of our own labels; empty means DefaultPrefix
	Now    func() time.Time
}

// A Reader turns the frames of one scanner into scans. Its methods may be called
// from several goroutines.
type Reader struct {
	config Config
}

// NewReader returns a Reader. Without a clock it uses time.Now.
func NewReader(c Config) *Reader {
	if c.Prefix == "" {
		c.Prefix = DefaultPrefix
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Reader{c}
}

// Frame returns the one scan that a frame is; ok is false when there is nothing
// between the framing, as when a scanner powers up and sends a bare Enter. A frame
// without a time is of now.
func (r *Reader) Frame(f Frame) (s Scan, ok bool) {
	if f.Bad == "" && len(unframe(f.Raw)) == 0 {
		return Scan{}, false
	}
	if f.At.IsZero() {
		f.At = r.config.Now()
	}
	return r.scan(r.config.Source, f), true
}

// Keyed returns the scan that text typed by a person means: the same decoding,
// under the source "keyed".
func (r *Reader) Keyed(text string) Scan {
	// Who types one of our labels need not hold shift.
	if upper := strings.ToUpper(text); upper != text {
		if _, _, ours := Decode(r.config.Prefix, upper); ours {
			text = upper
		}
	}
	return r.scan("keyed", Frame{Raw: []byte(text), At: r.config.Now()})
}

func (r *Reader) scan(source string, f Frame) Scan {
	s := Scan{
		ID:     r.config.IDs.Next(),
		Source: source,
		Port:   r.config.Port,
		Raw:    bytes.Clone(f.Raw),
		At:     f.At,
		Bad:    f.Bad,
	}
	if s.Bad == "" {
		s.Label, s.Bad = decode(unframe(f.Raw), r.config.Prefix, f.At.Year())
	}
	return s
}

// decode reads what stands between the framing. A bad read has no label: nobody
// should act on a part of it.
func decode(body []byte, prefix string, year int) (Label, Flaw) {
	text, ok := toText(altGS(body))
	if !ok {
		return Label{}, Control
	}
	aim, text := cutAIM(strings.Trim(text, " "))
	leading := strings.HasPrefix(text, gs1.GS)
	text = strings.Trim(strings.TrimPrefix(text, gs1.GS), " ")
	switch {
	case text == "":
		return Label{}, Partial
	case gs1.IsComposite(aim, text):
		return composite(aim, text, year)
	case isMerged(text):
		return Label{}, Merged
	case hasHan(text) && !strings.HasPrefix(aim, "]Q") && !strings.HasPrefix(aim, "]d"):
		return Label{}, Method
	}
	label := Label{Text: text, AIM: aim}
	if kind, code, ok := Decode(prefix, text); ok {
		label.Kind, label.Code = kind, code
		return label, ""
	}
	if turned(prefix, text) {
		return Label{}, Keyboard
	}
	flaw := label.readNumbers(leading, year)
	if flaw != "" {
		return Label{}, flaw
	}
	return label, ""
}

// composite reads a retail label with a component above it, which a scanner sends as one.
func composite(aim, text string, year int) (Label, Flaw) {
	said, err := gs1.Options{}.Scan(nil, aim+text)
	switch {
	case errors.Is(err, gs1.ErrRepeated) || strings.Count(text, "]") > 1:
		return Label{}, Merged
	case err != nil:
		return Label{}, Syntax
	}
	label := Label{Text: text, AIM: aim}
	label.take(said.Elements, year)
	if label.GTIN != "" && label.GTIN != said.GTIN {
		return Label{}, Merged
	}
	label.GTIN = said.GTIN
	return label, ""
}

// toText returns body as text, with full-width forms as ASCII; ok is false when it
// is no text, or holds characters that nobody can see.
func toText(body []byte) (text string, ok bool) {
	if utf8.Valid(body) {
		text = string(body)
	} else {
		// Bytes that are no UTF-8 are Chinese text of an older encoding, or noise.
		b, err := simplifiedchinese.GB18030.NewDecoder().Bytes(body)
		if text = string(b); err != nil || !hasHan(text) {
			return "", false
		}
	}
	text = strings.Map(halfWidth, text)
	return text, !strings.ContainsFunc(text, isHidden)
}

func halfWidth(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	}
	return r
}

// isHidden is true for control characters other than GS, and for the invisible
// ones that reorder text on a screen.
func isHidden(r rune) bool {
	return r == utf8.RuneError || r != '\x1d' && unicode.In(r, unicode.Cc, unicode.Cf)
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// cutAIM takes a leading AIM symbology identifier such as ]C1 off.
func cutAIM(text string) (aim, rest string) {
	if len(text) < 3 || text[0] != ']' {
		return "", text
	}
	letter, modifier := text[1]|0x20, text[2]
	if letter < 'a' || 'z' < letter || !isModifier(modifier) {
		return "", text
	}
	return text[:3], text[3:]
}

func isModifier(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'F'
}

// isMerged reports whether text is two labels: a second AIM identifier inside, or
// one retail number twice.
func isMerged(text string) bool {
	for _, aim := range knownAIMs() {
		if strings.Contains(text, aim) {
			return true
		}
	}
	half := len(text) / 2
	return text[:half] == text[half:] && gs1.ValidGTIN(text[:half])
}

// knownAIMs are the identifiers that goods and parcels bear. Others inside a text
// may be chance.
func knownAIMs() [19]string {
	return [...]string{
		"]A0", "]C0", "]C1", "]C2", "]E0", "]E3", "]E4", "]I0", "]I1", "]F0", "]G0",
		"]Q1", "]Q3", "]d1", "]d2", "]e0", "]J1", "]L2", "]X0",
	}
}

// gs1AIMs are the identifiers of symbols that hold a GS1 element string.
func gs1AIMs() []string { return []string{"]C1", "]e0", "]d2", "]Q3", "]J1"} }

// readNumbers fills in what a GS1 or retail label says. A text that only looks
// like GS1 and is not stays plain text.
func (l *Label) readNumbers(leadingGS bool, year int) Flaw {
	surely := slices.Contains(gs1AIMs(), l.AIM)
	var elements []gs1.Element
	var err error
	switch {
	case strings.HasPrefix(l.Text, "("):
		elements, err = gs1.ParseBracketed(l.Text)
	case gs1.IsLink(l.Text):
		elements, err = gs1.ParseLink(l.Text)
	case surely || leadingGS || strings.Contains(l.Text, gs1.GS) ||
		l.AIM == "" && looksLikeGS1(l.Text):
		elements, err = gs1.Parse(l.Text)
	default:
		return l.readRetail()
	}
	switch {
	case errors.Is(err, gs1.ErrRepeated):
		return Merged
	case err != nil && surely:
		return Syntax
	case err != nil:
		return l.readRetail()
	}
	l.take(elements, year)
	return ""
}

// looksLikeGS1 is for scanners that send no AIM identifier: a GTIN with more, or
// an SSCC, each with the right check digit behind its AI.
func looksLikeGS1(text string) bool {
	switch {
	case len(text) >= 16 && text[:2] == "01":
		return gs1.ValidGTIN(text[2:16])
	case len(text) == 20 && text[:2] == "00":
		return gs1.ValidSSCC(text[2:])
	}
	return false
}

// take copies what the warehouse asks for from the elements.
func (l *Label) take(elements []gs1.Element, year int) {
	of := func(ais ...string) string {
		for _, ai := range ais {
			for _, e := range elements {
				if e.AI == ai {
					return e.Value
				}
			}
		}
		return ""
	}
	l.SSCC = of("00")
	l.GTIN = of("01", "02", "03")
	l.Lot = of("10")
	l.Serial = of("21")
	l.Expires, _ = gs1.Date(of("17", "15"), year)
	l.Made, _ = gs1.Date(of("11"), year)
	// At most eight digits, checked by the parser.
	l.Count, _ = strconv.ParseInt(of("37", "30"), 10, 64)
}

// readRetail reads EAN, UPC and ITF-14. Where the AIM identifier says retail, a
// wrong check digit is a broken read; elsewhere digits may be anything.
func (l *Label) readRetail() Flaw {
	digits, must := l.Text, false
	switch n := len(digits); {
	case l.AIM == "]E0" && n == 8:
		if upc, ok := gs1.ExpandUPCE(digits); ok {
			digits = upc
		}
		must = true
	case l.AIM == "]E0", l.AIM == "]E4":
		must = true
	case l.AIM == "]E3" && (n == 15 || n == 18):
		digits, must = digits[:13], true // an add-on of 2 or 5 digits follows
	}
	gtin, ok := gs1.GTIN14(digits)
	if !ok && must {
		return Syntax
	}
	l.GTIN = gtin
	return ""
}
