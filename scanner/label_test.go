package scanner

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOurLabelsComeBack(t *testing.T) {
	tests := []struct {
		kind Kind
		code string
	}{
		{BinLabel, "A-01-02.3/4"},
		{ToteLabel, "T0001"},
		{CartonLabel, "0"},
		{SlipLabel, "20261128-0007"},
		{OperatorLabel, "LI"},
		{CommandLabel, "SHORT"},
		{ItemLabel, "SKU-1/RED"},
		{StageLabel, "DOCK-3"},
	}
	for _, test := range tests {
		text := Encode(DefaultPrefix, test.kind, test.code)
		kind, code, ok := Decode(DefaultPrefix, text)
		if kind != test.kind || code != test.code || !ok {
			t.Errorf("%s: %s %s, %v; want %s %s", text, kind, code, ok, test.kind, test.code)
		}
		if _, _, ok := Decode("QX", text); ok {
			t.Errorf("%s is taken under another prefix", text)
		}
	}
}

// These are printed on walls: if this test fails, every label in the house is void.
func TestLabelsInUseStayValid(t *testing.T) {
	for _, text := range []string{"SBBA-01-021", "SBTT0001R", "SBXSHORTQ", "SBOLIM"} {
		if _, _, ok := Decode("SB", text); !ok {
			t.Error(text, "is not taken any more")
		}
	}
}

func TestNoOtherTextIsEncoded(t *testing.T) {
	for _, code := range []string{"", "a", "A B", "Ä", "A*", "A\r"} {
		if text := Encode(DefaultPrefix, BinLabel, code); text != "" {
			t.Errorf("%q gives %q", code, text)
		}
	}
	if text := Encode(DefaultPrefix, "shelf", "A"); text != "" {
		t.Errorf("an unknown kind gives %q", text)
	}
}

func TestCheckCharacterIsISO7064(t *testing.T) {
	if c := checkCharacter("G123489654321"); c != 'Y' {
		t.Errorf("%c, want Y", c)
	}
}

func TestEveryChangedLetterOrDigitIsFound(t *testing.T) {
	const all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
	for _, given := range []string{"A-01-02", "T0001", "Z", "20261128/0007.9"} {
		text := Encode(DefaultPrefix, BinLabel, given)
		for i := range len(text) {
			if strings.IndexByte(all, text[i]) < 0 {
				continue
			}
			for _, c := range all {
				wrong := text[:i] + string(c) + text[i+1:]
				if _, _, ok := Decode(DefaultPrefix, wrong); ok && wrong != text {
					t.Errorf("%s passes for %s", wrong, text)
				}
			}
		}
	}
}

func TestAnyCodeComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.StringMatching(`[A-Z0-9./-]{1,30}`).Draw(t, "code")
		kind, code, ok := Decode("WH", Encode("WH", ToteLabel, given))
		if kind != ToteLabel || code != given || !ok {
			t.Errorf("%q came back as %q", given, code)
		}
	})
}
