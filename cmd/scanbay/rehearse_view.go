package main

import (
	"regexp"
	"strings"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// A view is what a person sees of a terminal.
type view struct {
	screen string
	lines  []string // above the rule
	body   passage
	banner passage // below it
	tone   component.Tone
	asks   string // the label that the screen asks for
}

// see reads a screen.
func see(t i18n.Text, screen, asks string) view {
	v := view{screen: screen, asks: asks}
	all := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	at := len(all)
	for i, line := range all {
		for tone := component.Good; tone <= component.Must; tone++ {
			if strings.HasSuffix(line, " "+t.Alone()+" "+tone.Rule()) {
				at, v.tone = i, tone
			}
		}
	}
	v.lines = all[:at]
	v.body, v.banner = passageOf(v.lines), passageOf(all[min(at+1, len(all)):])
	return v
}

// A passage is a part of a screen without its blanks. Words wrap anywhere, but for
// codes and numbers.
type passage struct {
	solid string
	lines string // the same, with its ends of lines
}

func passageOf(lines []string) passage {
	rows := make([]string, len(lines))
	for i, line := range lines {
		rows[i] = solid(line)
	}
	return passage{strings.Join(rows, ""), strings.Join(rows, "\n")}
}

// solid is a text without its blanks.
func solid(text string) string { return strings.Join(strings.Fields(text), "") }

// A phrase is a text of the catalogue, where other values may stand for the samples.
type phrase struct {
	parts []string // between them
	re    *regexp.Regexp
}

// phraseOf is the phrase of a text with those of the samples that are in it, in their
// order.
func phraseOf(text string, samples ...string) phrase {
	rest, expr, f := solid(text), "", phrase{}
	for _, s := range samples {
		part, after, found := strings.Cut(rest, s)
		if !found {
			continue
		}
		f.parts, rest = append(f.parts, part), after
		expr += broken(part) + "(" + likeOf(s) + ")" + `\n*`
	}
	f.parts = append(f.parts, rest)
	f.re = regexp.MustCompile(expr + broken(rest))
	return f
}

// broken finds a text that is broken into lines.
func broken(text string) string {
	expr := ""
	for _, r := range text {
		expr += regexp.QuoteMeta(string(r)) + `\n*`
	}
	return expr
}

// in finds the phrase, and says what stands for the samples; ok says that it is there.
func (f phrase) in(p passage) (values []string, ok bool) {
	for _, part := range f.parts {
		if !strings.Contains(p.solid, part) {
			return nil, false
		}
	}
	if len(f.parts) == 1 {
		return nil, true
	}
	m := f.re.FindStringSubmatch(p.lines)
	if m == nil {
		return nil, false
	}
	return m[1:], true
}

// on says whether the phrase is on a passage.
func (f phrase) on(p passage) bool {
	_, ok := f.in(p)
	return ok
}

// The samples of phrases.
const (
	aNumber  = "7771"
	another  = "8882"
	aCode    = "Z-77-7"
	otherNo  = 8882
	sampleNo = 7771
)

func likeOf(sample string) string {
	if sample == aCode {
		return `[0-9A-Z][0-9A-Z.-]*`
	}
	return `\d+`
}

// phrases are what a person reads out of a screen, beside the prompts.
type phrases struct {
	held, want, count, zero, sealed, packed, gone, twice, toGo, stands, away phrase
	backPhrases
	countPhrases
}

func phrasesOf(t i18n.Text) phrases {
	away, _ := i18n.Explain(t, &store.Refusal{Code: store.CentralUnreachable})
	twice, _ := t.Finding(store.Finding{Rule: string(order.Duplicate), Got: aCode})
	return phrases{
		held:   phraseOf(t.SlipsHeld(aCode), aCode),
		want:   phraseOf(t.PickWant(sampleNo, otherNo), aNumber, another),
		count:  phraseOf(t.PickCount(sampleNo, otherNo), aNumber, another),
		zero:   phraseOf(t.AskZero(aCode, 0)[0], aCode),
		sealed: phraseOf(t.PackSealed(aCode), aCode),
		packed: phraseOf(t.PackDone()),
		gone:   phraseOf(t.Confirmed(aCode, ""), aCode),
		toGo:   phraseOf(t.HomeConfirm(sampleNo), aNumber),
		twice:  phraseOf(twice, aCode),
		stands: phraseOf(t.PickBin(aCode, true), aCode),
		away:   phraseOf(away),

		backPhrases:  backPhrasesOf(t),
		countPhrases: countPhrasesOf(t),
	}
}
