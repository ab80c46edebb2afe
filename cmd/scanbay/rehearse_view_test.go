package main

import (
	"testing"

	"scanbay/tui/i18n"
)

// TestANumberThatIsCut: on a narrow screen the end of a number may be missing.
func TestANumberThatIsCut(t *testing.T) {
	for _, c := range []struct {
		text  i18n.Text
		lines []string
		want  string
		whole bool
	}{
		{i18n.Chinese{}, []string{"拣 12 件  已拣 0", "......"}, "12 0", true},
		{i18n.Chinese{}, []string{"拣 1261 件  已拣 1..", "##...."}, "1261 1", false},
		{i18n.English{}, []string{"Take 74215, have 7..", "##...."}, "74215 7", false},
		{i18n.English{}, []string{"RACK 7", "Take 12, have 10", "####.."}, "12 10", true},
		{i18n.English{}, []string{"Take 12"}, "", false},
	} {
		p, want := passageOf(c.lines), phrasesOf(c.text).want
		got := ""
		if n, ok := want.in(p); ok {
			got = n[0] + " " + n[1]
		}
		if got != c.want || want.whole(p) != c.whole {
			t.Errorf("%q: %q, whole %v", c.lines, got, want.whole(p))
		}
	}
}

// TestWordsAreFoundWhereverTheyWrap: codes and numbers stay whole.
func TestWordsAreFoundWhereverTheyWrap(t *testing.T) {
	ask := phraseOf(i18n.English{}.AskItems(sampleNo), aNumber)
	p := passageOf([]string{"21777", "4 x: scan", "item"})
	if n, ok := ask.in(p); !ok || n[0] != "4" {
		t.Errorf("%q, %v", n, ok)
	}
	if _, ok := ask.in(passageOf([]string{"scan item"})); ok {
		t.Error("found where it is not")
	}
}
