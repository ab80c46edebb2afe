package scanner

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"scanbay/scanner/gs1"
)

type reading struct {
	name, given string
	want        Label
}

func TestRetailLabels(t *testing.T) {
	const gtin = "06901234567892"
	readAll(t, []reading{
		{"EAN-13", "6901234567892", Label{Text: "6901234567892", GTIN: gtin}},
		{"EAN-8", "96385074", Label{Text: "96385074", GTIN: "00000096385074"}},
		{"UPC-A", "036000291452", Label{Text: "036000291452", GTIN: "00036000291452"}},
		{"ITF-14", "]I116901234567899",
			Label{Text: "16901234567899", AIM: "]I1", GTIN: "16901234567899"}},
		{"EAN-13 with AIM", "]E06901234567892",
			Label{Text: "6901234567892", AIM: "]E0", GTIN: gtin}},
		{"EAN-8 with AIM", "]E496385074",
			Label{Text: "96385074", AIM: "]E4", GTIN: "00000096385074"}},
		{"UPC-E with AIM", "]E008159005",
			Label{Text: "08159005", AIM: "]E0", GTIN: "00081000005905"}},
		{"EAN-13 with an add-on", "]E3690123456789212",
			Label{Text: "690123456789212", AIM: "]E3", GTIN: gtin}},
		{"Code 128 shelf label", "]C0A-01-02", Label{Text: "A-01-02", AIM: "]C0"}},
		{"Code 39", "]A0SF1234567890123", Label{Text: "SF1234567890123", AIM: "]A0"}},
		{"a wrong check digit is another code", "6901234567893", Label{Text: "6901234567893"}},
	})
}

func TestGS1Labels(t *testing.T) {
	const code = "0106901234567892"
	const gtin = "06901234567892"
	readAll(t, []reading{
		{"GTIN, expiry, lot, serial", "]C1" + code + "17261128" + "10L1\x1d21S9", Label{
			Text: code + "1726112810L1\x1d21S9", AIM: "]C1",
			GTIN: gtin, Expires: "20261128", Lot: "L1", Serial: "S9"}},
		{"best before where there is no expiry", "]d2" + code + "15270200" + "11260101", Label{
			Text: code + "1527020011260101", AIM: "]d2",
			GTIN: gtin, Expires: "20270228", Made: "20260101"}},
		{"a pallet", "]C100171934184118722988" + "02069012345678923724", Label{
			Text: "0017193418411872298802069012345678923724", AIM: "]C1",
			SSCC: "171934184118722988", GTIN: gtin, Count: 24}},
		{"EAN with what stands above it", "]E06901234567892|]e017261128" + "10L1\x1d21S9", Label{
			Text: "6901234567892|]e01726112810L1\x1d21S9", AIM: "]E0",
			GTIN: gtin, Expires: "20261128", Lot: "L1", Serial: "S9"}},
		{"EAN-8 with what stands above it", "]E496385074|]e010L1", Label{
			Text: "96385074|]e010L1", AIM: "]E4", GTIN: "00000096385074", Lot: "L1"}},
		{"variable count", "]e0" + code + "3012", Label{
			Text: code + "3012", AIM: "]e0", GTIN: gtin, Count: 12}},
		{"no AIM, but a separator", code + "10L1\x1d21S9", Label{
			Text: code + "10L1\x1d21S9", GTIN: gtin, Lot: "L1", Serial: "S9"}},
		{"no AIM, a separator in front", "\x1d" + code + "10L1", Label{
			Text: code + "10L1", GTIN: gtin, Lot: "L1"}},
		{"no AIM, nothing but a GTIN with its AI", code + "10L1", Label{
			Text: code + "10L1", GTIN: gtin, Lot: "L1"}},
		{"no AIM, an SSCC with its AI", "00171934184118722988", Label{
			Text: "00171934184118722988", SSCC: "171934184118722988"}},
		{"a separator typed as Alt and its number", code + "10L1\x1b0\x1b2\x1b921S9", Label{
			Text: code + "10L1\x1d21S9", GTIN: gtin, Lot: "L1", Serial: "S9"}},
		{"brackets", "(01)06901234567892(10)L1", Label{
			Text: "(01)06901234567892(10)L1", GTIN: gtin, Lot: "L1"}},
		{"a Digital Link", "]Q1https://id.gs1.org/01/06901234567892/10/L1?17=261128", Label{
			Text: "https://id.gs1.org/01/06901234567892/10/L1?17=261128", AIM: "]Q1", GTIN: gtin,
			Lot: "L1", Expires: "20261128"}},
		{"a link to something else", "]Q1https://example.com/p?id=3",
			Label{Text: "https://example.com/p?id=3", AIM: "]Q1"}},
		{"looks like GS1 and is not", "01069012345678924ABC",
			Label{Text: "01069012345678924ABC"}},
		{"brackets that are none", "(fragile)", Label{Text: "(fragile)"}},
	})
}

func TestKeysThatAreNotTheScanners(t *testing.T) {
	label := Encode("SB", BinLabel, "A-01-02")
	for name, sent := range map[string]string{
		"caps lock": swapCase(label), "French": layouts()[0].of(label),
		"German":  layouts()[1].of(Encode("SB", BinLabel, "Y-01-02")),
		"Spanish": layouts()[2].of(label), "French digits": layouts()[0].of("6901234567892"),
	} {
		if got, flaw := decode([]byte(sent), "SB", 2026); flaw != Keyboard || got != (Label{}) {
			t.Errorf("%s, %q: %+v, %q", name, sent, got, flaw)
		}
	}
	typed := NewReader(Config{IDs: NewIDs("boot")}).Keyed(strings.ToLower(label))
	if typed.Bad != "" || typed.Label.Code != "A-01-02" {
		t.Errorf("typed without shift: %+v", typed)
	}
	for _, sent := range []string{"A-01-02", "sbb", "'?", "1Z5R89390357567127", "yz"} {
		if _, flaw := decode([]byte(sent), "SB", 2026); flaw != "" {
			t.Errorf("%q: %q", sent, flaw)
		}
	}
}

func TestOtherLabels(t *testing.T) {
	const gtin = "06901234567892"
	readAll(t, []reading{
		{"one of our bins", "SBBA-01-021",
			Label{Text: "SBBA-01-021", Kind: BinLabel, Code: "A-01-02"}},
		{"one of ours misread", "SBBA-01-031", Label{Text: "SBBA-01-031"}},
		{"full-width forms", "ＳＢＢＡ－０１－０２１　",
			Label{Text: "SBBA-01-021", Kind: BinLabel, Code: "A-01-02"}},
		{"blanks around", "  6901234567892 ", Label{Text: "6901234567892", GTIN: gtin}},
		{"a web address", "]Q1https://example.com/(01)",
			Label{Text: "https://example.com/(01)", AIM: "]Q1"}},
		{"Chinese in a QR code", "]Q1苹果 红", Label{Text: "苹果 红", AIM: "]Q1"}},
		{"older Chinese in a QR code", "]Q1" + gb18030("苹果 红"),
			Label{Text: "苹果 红", AIM: "]Q1"}},
	})
}

func readAll(t *testing.T, tests []reading) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			scan, ok := readerOfToday().Frame(Frame{Raw: []byte(test.given + "\r")})
			if !ok || scan.Bad != "" || scan.Label != test.want {
				t.Errorf("%q: %+v %q, want %+v", test.given, scan.Label, scan.Bad, test.want)
			}
		})
	}
}

func TestFlaws(t *testing.T) {
	const code = "]C10106901234567892"
	tests := []struct {
		name, given string
		want        Flaw
	}{
		{"a control character", "69012\x00", Control},
		{"Enter inside", "69012\r6901234", Control},
		{"an escape sequence", "\x1b[A6901234567892", Control},
		{"C1 control as UTF-8", "690\u009b31m", Control},
		{"text turned round", "SKU\u202e123", Control},
		{"nothing wide between", "SKU\u200b123", Control},
		{"bytes that are no text", "690\xff123", Control},
		{"older Chinese with a control character", "]Q1" + gb18030("苹果\x07"), Control},
		{"AIM identifier inside", "]E06901234567892]E06901234567892", Merged},
		{"EAN-13 twice", "69012345678926901234567892", Merged},
		{"EAN-8 twice", "9638507496385074", Merged},
		{"two lots", code + "10A\x1d10B", Merged},
		{"two GTINs without AIM", "01069012345678920116901234567899", Merged},
		{"Han characters for a code", "你好6789", Method},
		{"Han characters in Code 128", "]C0你好", Method},
		{"older Chinese without AIM", gb18030("苹果"), Method},
		{"GS1 that is none", code + "10", Syntax},
		{"a component above a broken number", "]E06901234567893|]e010L1", Syntax},
		{"a component that breaks the rules", "]E06901234567892|]e017269999", Syntax},
		{"a component and another label", "]E06901234567892|]e010L1]E06901234567892", Merged},
		{"a component with another number", "]E06901234567892|]e00100000096385074", Merged},
		{"a component behind no retail label", "]C0ABC|]e010L1", Merged},
		{"GS1 with a wrong check digit", "]e00106901234567893", Syntax},
		{"EAN-13 with a wrong check digit", "]E06901234567893", Syntax},
		{"an AIM identifier alone", "]C1", Partial},
		{"blanks", "   ", Partial},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			scan, ok := readerOfToday().Frame(Frame{Raw: []byte(test.given + "\r")})
			if !ok || scan.Bad != test.want || scan.Label != (Label{}) {
				t.Errorf("%q: %+v %q, want %q", test.given, scan.Label, scan.Bad, test.want)
			}
		})
	}
}

func TestKeyedTextIsReadTheSameWay(t *testing.T) {
	r := readerOfToday()
	scan := r.Keyed("SBBA-01-021")
	if scan.Source != "keyed" || scan.Label.Kind != BinLabel || scan.Port != "bench" {
		t.Errorf("%+v", scan)
	}
	if scan := r.Keyed(" "); scan.Bad != Partial {
		t.Errorf("a blank: %+v", scan)
	}
}

func TestReadersOfOneOpeningShareTheirNumbers(t *testing.T) {
	ids := NewIDs("k3")
	a := NewReader(Config{IDs: ids, Source: "serial"})
	b := NewReader(Config{IDs: ids, Source: "wedge"})
	got := a.Keyed("1").ID + " " + b.Keyed("1").ID + " " + a.Keyed("1").ID
	if got != "k3.1 k3.2 k3.3" {
		t.Error(got)
	}
}

func TestTheRawBytesAreTheScansOwn(t *testing.T) {
	raw := []byte(ean + "\r")
	scan, _ := readerOfToday().Frame(Frame{Raw: raw})
	raw[0] = 'x'
	if string(scan.Raw) != ean+"\r" {
		t.Errorf("%q", scan.Raw)
	}
}

func TestEchoes(t *testing.T) {
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		after     time.Duration
		raw, port string
		bad, want Flaw
	}{
		{0, ean, "A", "", ""},
		{100 * time.Millisecond, ean, "A", "", Echo},
		{100 * time.Millisecond, ean, "A", "", Echo}, // 200 ms after the first
		{100 * time.Millisecond, ean, "B", "", ""},   // another scanner, another piece
		{121 * time.Millisecond, ean, "A", "", ""},   // a hand
		{10 * time.Millisecond, "other", "A", "", ""},
		{10 * time.Millisecond, ean, "A", "", ""},
		{10 * time.Millisecond, ean, "A", Partial, Partial},
		{10 * time.Millisecond, ean, "A", "", Echo},
	}
	gate := NewGate(EchoWindow)
	for i, test := range tests {
		at = at.Add(test.after)
		scan := Scan{Port: test.port, Raw: []byte(test.raw), At: at, Bad: test.bad}
		if got := gate.Pass(scan); got.Bad != test.want {
			t.Errorf("scan %d: %q, want %q", i, got.Bad, test.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{ean, gs1Text, "\x02]Q3(01)\x03", "ＳＢ", "]E3690123456789212"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		scan, ok := readerOfToday().Frame(Frame{Raw: raw})
		l := scan.Label
		switch {
		case !ok && len(unframe(raw)) > 0:
			t.Fatalf("%q is swallowed", raw)
		case scan.Bad != "" && l != (Label{}):
			t.Fatalf("%q is %s and has the label %+v", raw, scan.Bad, l)
		case l.GTIN != "" && !gs1.ValidGTIN(l.GTIN), l.SSCC != "" && !gs1.ValidSSCC(l.SSCC):
			t.Fatalf("%q: %+v", raw, l)
		case !utf8.ValidString(l.Text),
			strings.ContainsFunc(strings.ReplaceAll(l.Text, gs1.GS, ""), unicode.IsControl):
			t.Fatalf("%q: %q is no text", raw, l.Text)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	r := readerOfToday()
	for b.Loop() {
		r.Frame(Frame{Raw: []byte(gs1Text)})
	}
}

func readerOfToday() *Reader {
	return testReader(time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC))
}

func gb18030(text string) string {
	s, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return s
}
