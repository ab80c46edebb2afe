package scanner

import (
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner/gs1"
)

func TestTheTestLabelIsWhatItSays(t *testing.T) {
	elements, err := gs1.Parse(TestBody)
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

// A packet or a report says itself where it ends.
func TestWhatNeedsNoSuffix(t *testing.T) {
	if got := Examine(Frame{Raw: []byte("]C1" + TestBody)}); len(got) != 0 {
		t.Error(got)
	}
}

func TestScannersAreExamined(t *testing.T) {
	const cr, aim = "\r", "]C1"
	swap := func(old, new string) string { return strings.ReplaceAll(TestBody, old, new) }
	tests := []struct {
		name, sent string
		want       []Finding
	}{
		{"as it should be", aim + TestBody + cr, nil},
		{"in a Data Matrix, CR LF", "]d2" + TestBody + "\r\n", nil},
		{"STX and ETX", "\x02" + aim + TestBody + "\x03", nil},
		{"FNC1 in front as a separator", aim + gs1.GS + TestBody + cr, nil},
		{"without an identifier", TestBody + cr, []Finding{NoIdentifier}},
		{"without a suffix", aim + TestBody, []Finding{NoSuffix}},
		{"the separator is lost", aim + swap(gs1.GS, "") + cr, []Finding{SeparatorOff}},
		{"the separator is shown", aim + swap(gs1.GS, "{GS}") + cr, []Finding{SeparatorAs}},
		{"the separator by Alt and its number", aim + swap(gs1.GS, "\x1b0\x1b2\x1b9") + cr, nil},
		{"caps lock", "]c1" + swapCase(TestBody) + cr, []Finding{CapsOn}},
		{"all capitals", aim + strings.ToUpper(TestBody) + cr, []Finding{AllOneCase}},
		{"a French computer", layouts()[0].of(TestBody) + cr, []Finding{French, NoIdentifier}},
		{"a French computer, with shift",
			layouts()[0].of(strings.ToUpper(TestBody)) + cr,
			[]Finding{French, AllOneCase, NoIdentifier}},
		{"a German computer", layouts()[1].of(TestBody) + cr, []Finding{German, NoIdentifier}},
		{"a German computer, identifiers on", layouts()[1].of(aim+TestBody) + cr,
			[]Finding{German}},
		{"a French computer, identifiers on", layouts()[0].of(aim+TestBody) + cr,
			[]Finding{French}},
		{"a Spanish computer that drops the separator",
			separatorAs("")(layouts()[2].of(TestBody)) + cr,
			[]Finding{Spanish, SeparatorOff, NoIdentifier}},
		{"full-width forms", strings.Map(func(r rune) rune {
			if '!' <= r && r <= '~' {
				return r - '!' + '！'
			}
			return r
		}, TestBody) + cr, []Finding{FullWidth, NoIdentifier}},
		{"an input method", "0109501101530003173001011 0 上传 1 cr" + cr, []Finding{InputMethod}},
		{"something around it", "*" + TestBody + "*" + cr, []Finding{Framed}},
		{"twice", TestBody + cr + TestBody + cr, []Finding{ReadTwice, NoIdentifier}},
		{"twice in a line", TestBody + TestBody + cr, []Finding{ReadTwice}},
		{"a part of it", aim + TestBody[:30] + cr, []Finding{CutShort}},
		{"another label", "6901234567892\r", []Finding{OtherLabel}},
		{"another speed", "\xff\x80\xfe\x00\x81" + cr, []Finding{Garbled}},
	}
	for _, test := range tests {
		frames := NewFrames(SerialWindows()) // which say what has no end
		frames.Add([]byte(test.sent), time.Unix(0, 0))
		frame := frames.Flush()[0]
		if got := Examine(frame); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
