package gs1

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const gtin = "0106901234567892"
	tests := []struct {
		name, given string
		want        []Element
		err         error
	}{
		{"SSCC", "00171934184118722988", []Element{{"00", "171934184118722988"}}, nil},
		{"GTIN, expiry, lot, serial", gtin + "17261128" + "10L1" + GS + "21S9",
			[]Element{{"01", "06901234567892"}, {"17", "261128"}, {"10", "L1"}, {"21", "S9"}}, nil},
		{"leading and trailing GS", GS + gtin + GS, []Element{{"01", "06901234567892"}}, nil},
		{"content and count", "02069012345678923724",
			[]Element{{"02", "06901234567892"}, {"37", "24"}}, nil},
		{"weight", "3103001250", []Element{{"3103", "001250"}}, nil},
		{"amount in a currency", "3912978123", []Element{{"3912", "978123"}}, nil},
		{"document with serial", "2539526064000028A1",
			[]Element{{"253", "9526064000028A1"}}, nil},
		{"document without serial", "2539526064000028", []Element{{"253", "9526064000028"}}, nil},
		{"production time without seconds", "800826112823", []Element{{"8008", "26112823"}}, nil},
		{"the same AI with the same value", gtin + gtin,
			[]Element{{"01", "06901234567892"}, {"01", "06901234567892"}}, nil},

		{"nothing", GS, nil, ErrEmpty},
		{"no AI", "ABC", nil, ErrUnknown},
		{"a free AI", "0412345678901234", nil, ErrUnknown},
		{"half an AI", "8", nil, ErrUnknown},
		{"two separators", "10A" + GS + GS + "21B", nil, ErrUnknown},
		{"GTIN too short", "010690123456789", nil, ErrLength},
		{"empty lot", "10" + GS + "21A", nil, ErrLength},
		{"lot too long", "10" + strings.Repeat("A", 21), nil, ErrLength},
		{"letter in a GTIN", "010690123456789A", nil, ErrCharacter},
		{"blank in a lot", "10A B", nil, ErrCharacter},
		{"wrong check digit", "0106901234567893", nil, ErrCheckDigit},
		{"month 13", "17261301", nil, ErrDate},
		{"30 February", "17260230", nil, ErrDate},
		{"day 00 of a production time", "800826110023", nil, ErrDate},
		{"piece 3 of 2", "8006069012345678920302", nil, ErrValue},
		{"two lots", "10A" + GS + "10B", nil, ErrRepeated},
		{"content beside an item", gtin + "020690123456789237" + "3", nil, ErrPair},
		{"a document that is signed, without a serial", "2539526064000028" + GS + "8030A", nil,
			ErrLength},
		{"a country that is none", "422999", nil, ErrValue},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse(test.given)
			if !errors.Is(err, test.err) || !slices.Equal(got, test.want) {
				t.Errorf("Parse(%q) = %v, %v; want %v, %v",
					test.given, got, err, test.want, test.err)
			}
		})
	}
}

func TestParseBracketed(t *testing.T) {
	tests := []struct {
		given string
		want  []Element
		err   error
	}{
		{"(01)06901234567892(10)L1", []Element{{"01", "06901234567892"}, {"10", "L1"}}, nil},
		{`(10)A\(b)C)(21)1`, []Element{{"10", "A(b)C)"}, {"21", "1"}}, nil},
		{"(10)A(b)C)(21)1", nil, ErrUnknown}, // who means a bracket, says so
		{"(01)6901234567892", nil, ErrLength},
		{"(04)1", nil, ErrUnknown},
		{"(note) fragile", nil, ErrUnknown},
		{"", nil, ErrBracket},
		{"01)1", nil, ErrBracket},
	}
	for _, test := range tests {
		got, err := ParseBracketed(test.given)
		if !errors.Is(err, test.err) || !slices.Equal(got, test.want) {
			t.Errorf("ParseBracketed(%q) = %v, %v; want %v, %v",
				test.given, got, err, test.want, test.err)
		}
	}
}

func TestDateHasTheNearestCentury(t *testing.T) {
	tests := []struct {
		yymmdd string
		year   int
		want   string
	}{
		{"261128", 2026, "20261128"},
		{"260200", 2026, "20260228"},
		{"280200", 2026, "20280229"},
		{"760101", 2026, "20760101"}, // fifty years ahead
		{"770101", 2026, "19770101"}, // fifty-one
		{"270101", 2076, "20270101"},
		{"260101", 2076, "21260101"},
		{"991231", 2049, "20991231"},
		{"261301", 2026, ""},
		{"26113", 2026, ""},
		{"26112x", 2026, ""},
	}
	for _, test := range tests {
		got, ok := Date(test.yymmdd, test.year)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("Date(%q, %d) = %q, want %q", test.yymmdd, test.year, got, test.want)
		}
	}
}

func TestOneNumberInFourForms(t *testing.T) {
	tests := []struct{ given, want string }{
		{"96385074", "00000096385074"},
		{"036000291452", "00036000291452"},
		{"6901234567892", "06901234567892"},
		{"16901234567899", "16901234567899"},
		{"6901234567893", ""},
		{"690123456789", ""},
		{"69012345678x2", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got, ok := GTIN14(test.given); got != test.want || ok != (test.want != "") {
			t.Errorf("GTIN14(%q) = %q, want %q", test.given, got, test.want)
		}
	}
}

func TestExpandUPCE(t *testing.T) {
	tests := []struct{ given, want string }{
		{"08159005", "081000005905"},
		{"08301604", "083000000164"},
		{"01234531", "012300000451"}, // last digit 3
		{"01234543", "012340000053"}, // last digit 4
		{"01234565", "012345000065"}, // last digit 5 to 9
		{"08159004", ""},             // wrong check digit
		{"28159005", ""},             // no such number system
		{"0815900", ""},
	}
	for _, test := range tests {
		got, ok := ExpandUPCE(test.given)
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("ExpandUPCE(%q) = %q, %v; want %q", test.given, got, ok, test.want)
		}
	}
}

func TestEveryWrongDigitIsFound(t *testing.T) {
	const sscc = "171934184118722988"
	if !ValidSSCC(sscc) {
		t.Fatal(sscc, "is not valid")
	}
	for i := range len(sscc) {
		for c := byte('0'); c <= '9'; c++ {
			if wrong := sscc[:i] + string(c) + sscc[i+1:]; wrong != sscc && ValidSSCC(wrong) {
				t.Error(wrong, "passes for", sscc)
			}
		}
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	elements := make([]Element, 0, 8)
	for _, scan := range []string{
		"]C101069012345678921726112810L1" + GS + "21S9", "]C100171934184118722988",
		"]Q1https://id.gs1.org/01/06901234567892/10/L1?17=261128",
	} {
		if allocs := testing.AllocsPerRun(100, func() {
			if _, err := (Options{}).Scan(elements, scan); err != nil {
				t.Fatal(err)
			}
		}); allocs != 0 {
			t.Errorf("%q: %v allocations", scan, allocs)
		}
	}
}

func TestCompanions(t *testing.T) {
	for given, want := range map[string]string{
		"(01)06901234567892(10)L1": "", "(10)L1": "01,02,03,8006,8026",
		"(02)06901234567892(37)1": "00", "(8030)A(01)06901234567892": "00,01+21,253,255,8003," +
			"8004,8006+21,8010+8011,8017,8018",
	} {
		elements, err := ParseBracketed(given)
		if err != nil {
			t.Fatal(given, err)
		}
		if got, err := Companions(elements); got != want || err == nil != (want == "") {
			t.Errorf("%s wants %q (%v), not %q", given, got, err, want)
		}
	}
}

// What the vectors do not ask: coupons, and codes of a kind of which they have one.
func TestValuesThatFewHave(t *testing.T) {
	for given, right := range map[string]bool{
		"(8110)106141416543213150110120":               true,
		"(8110)106141416543213150110320":               true,
		"(8110)106141416543213150610120":               false, // no such requirement
		"(8110)10614141654321315011012":                false, // one digit too few
		"(8110)1061414165432131501101203260101":        true,
		"(8110)1061414165432131501101203261301":        false, // month 13
		"(8110)10614141654321315011012032601014260102": false, // begins behind its end
		"(8110)10614141654321315011012042601013260102": false, // fields out of order
		"(8112)0106141416543210000001":                 true,
		"(8112)01061414165432100000001":                false,
		"(8112)2106141416543210000001":                 false,
		"(7041)PX":                                     true, "(7041)201": true, "(7041)20": false,
		"(7041)px":  false,
		"(7258)1/2": true, "(7258)2/1": false, "(7258)0/1": false,
		"(4309)18000000003600000000": true, "(4309)18000000013600000000": false,
		"(4300)A%20B": true, "(4300)A%2": false,
		"(8011)0": true, "(8011)01": false, "(7250)20260229": false, "(7250)20240229": true,
	} {
		if _, err := ParseBracketed(given); err == nil != right {
			t.Errorf("%s: %v", given, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", GS, "0106901234567892", "10A\x1d21B", "(01)1", "39",
		"https://a/01/06901234567892/21/%2f?17=261128&x", "8110106141416543213150110120"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := Options{UnknownAIs: true, UnknownAttributes: true, ShortGTINs: true}
		for _, o := range []Options{{}, all} {
			_, _ = o.Bracketed(nil, s)
			_, _ = o.Link(nil, s)
			_, _ = o.Link(nil, "https://a/"+s)
			_, _ = o.Raw(nil, s)
			_, _ = o.Scan(nil, s)
			_, _ = o.Scan(nil, "]E0"+s)
		}
		elements, err := Parse(s)
		if err != nil {
			var typed *Error
			if !errors.As(err, &typed) || elements != nil {
				t.Fatalf("%q: %v, %v", s, elements, err)
			}
			return
		}
		// What was parsed, written again with a separator everywhere, is the same.
		var again strings.Builder
		for _, e := range elements {
			fmt.Fprint(&again, e.AI, e.Value, GS)
		}
		if same, err := Parse(again.String()); err != nil || !slices.Equal(same, elements) {
			t.Fatalf("%q: %v, then %v, %v", s, elements, same, err)
		}
	})
}
