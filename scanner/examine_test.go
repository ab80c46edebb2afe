package scanner

import (
	"slices"
	"strings"
	"testing"

	"scanbay/scanner/gs1"
)

func TestTheTestLabelIsWhatItSays(t *testing.T) {
	elements, err := gs1.Parse(testBody)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, e := range elements {
		said += "(" + e.AI + ")" + e.Value
	}
	if said != TestCode {
		t.Errorf("%s, not %s", said, TestCode)
	}
}

func TestScannersAreExamined(t *testing.T) {
	const cr, aim = "\r", "]C1"
	swap := func(old, new string) string { return strings.ReplaceAll(testBody, old, new) }
	tests := []struct {
		name, sent string
		want       []Finding
	}{
		{"as it should be", aim + testBody + cr, nil},
		{"in a Data Matrix, CR LF", "]d2" + testBody + "\r\n", nil},
		{"STX and ETX", "\x02" + aim + testBody + "\x03", nil},
		{"FNC1 in front as a separator", aim + gs1.GS + testBody + cr, nil},
		{"without an identifier", testBody + cr, []Finding{NoIdentifier}},
		{"without a suffix", aim + testBody, []Finding{NoSuffix}},
		{"the separator is lost", aim + swap(gs1.GS, "") + cr, []Finding{SeparatorOff}},
		{"the separator is shown", aim + swap(gs1.GS, "{GS}") + cr, []Finding{SeparatorAs}},
		{"the separator by Alt and its number", aim + swap(gs1.GS, "\x1b0\x1b2\x1b9") + cr, nil},
		{"caps lock", "]c1" + swapCase(testBody) + cr, []Finding{CapsOn}},
		{"all capitals", aim + strings.ToUpper(testBody) + cr, []Finding{AllOneCase}},
		{"a French computer", layouts()[0].of(testBody) + cr, []Finding{French, NoIdentifier}},
		{"a French computer, with shift",
			layouts()[0].of(strings.ToUpper(testBody)) + cr,
			[]Finding{French, AllOneCase, NoIdentifier}},
		{"a German computer", layouts()[1].of(testBody) + cr, []Finding{German, NoIdentifier}},
		{"a Spanish computer that drops the separator",
			separatorAs("")(layouts()[2].of(testBody)) + cr,
			[]Finding{Spanish, SeparatorOff, NoIdentifier}},
		{"full-width forms", strings.Map(func(r rune) rune {
			if '!' <= r && r <= '~' {
				return r - '!' + '！'
			}
			return r
		}, testBody) + cr, []Finding{FullWidth, NoIdentifier}},
		{"an input method", "0109501101530003173001011 0 上传 1 cr" + cr, []Finding{InputMethod}},
		{"something around it", "*" + testBody + "*" + cr, []Finding{Framed}},
		{"twice", testBody + cr + testBody + cr, []Finding{Garbled}},
		{"twice in a line", testBody + testBody + cr, []Finding{ReadTwice}},
		{"a part of it", aim + testBody[:30] + cr, []Finding{CutShort}},
		{"another label", "6901234567892\r", []Finding{OtherLabel}},
		{"another speed", "\xff\x80\xfe\x00\x81" + cr, []Finding{Garbled}},
	}
	for _, test := range tests {
		if got := Examine(Frame{Raw: []byte(test.sent)}); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
