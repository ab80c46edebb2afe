package main

import (
	"strings"
	"testing"

	"scanbay/tui/i18n"
)

// TestHowManyAreWanted: a narrow screen says it shorter.
func TestHowManyAreWanted(t *testing.T) {
	for _, c := range []struct {
		text        i18n.Text
		lines       []string
		want, count string
	}{
		{i18n.Chinese{}, []string{"拣 12 件  已拣 0", "......"}, "12 0", ""},
		{i18n.Chinese{}, []string{"拣74215 已74208", "##...."}, "", "74215 74208"},
		{i18n.English{}, []string{"RACK 7", "Take 12, have 10", "####.."}, "12 10", "12 10"},
		{i18n.English{}, []string{"74215, have 74208", "##...."}, "", "74215 74208"},
		{i18n.English{}, []string{"Take 12"}, "", ""},
	} {
		p, phrases := passageOf(c.lines), phrasesOf(c.text)
		want, _ := phrases.want.in(p)
		count, _ := phrases.count.in(p)
		if strings.Join(want, " ") != c.want || strings.Join(count, " ") != c.count {
			t.Errorf("%q: %q, %q", c.lines, want, count)
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
