package main

import (
	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// toCount is what a person does who counts.
const toCount duty = "count"

// The moments at which a person errs there.
const (
	onCount moment = "count" // which bin
	onSeen  moment = "seen"  // what lies in it
)

// A counting is what a person counts, and has seen of it.
type counting struct {
	act    bool   // it is the last act
	none   bool   // nothing was left to count
	bin    string // that is open
	only   string // the item that alone is counted there
	listed bool   // what lies there was looked at
	left   []some // of that, not yet scanned
}

// countPrompts are what the terminal can say where somebody counts.
func (p *person) countPrompts() (out []prompt) {
	t := p.text
	body := func(v view) passage {
		if !p.bins.act {
			return passage{}
		}
		return v.body
	}
	out = append(out, prompt{body, phraseOf(t.CountNone()), p.nothingToCount},
		prompt{body, phraseOf(t.CountBegin()), p.walksToCount})
	for _, says := range []string{t.CountEmpty(), t.CountScan(), t.CountUnknown()} {
		out = append(out, prompt{body, phraseOf(says), p.sees})
	}
	return out
}

func (p *person) nothingToCount(view, []string) {
	p.bins.none = true
	p.press("esc")
}

// walksToCount scans the next bin of the list. Where somebody else has begun it, the list is
// of before.
func (p *person) walksToCount(v view, _ []string) {
	c := &p.bins
	if p.letsGo(v) || v.asks == "" {
		c.none = c.none || v.asks == "" // others count what is left
		p.press("esc")
		return
	}
	if p.errs(v, onCount) {
		return
	}
	_, bin, _ := scanner.Decode(scanner.DefaultPrefix, v.asks)
	*c = counting{act: true, bin: bin}
	p.hand, p.offered = nil, true
	p.scan(v.asks)
}

// sees scans what lies in the bin, one item after the other, and then the bin again. A person
// who errs overlooks some pieces: each as many as nobody else does.
func (p *person) sees(v view, _ []string) {
	c := &p.bins
	p.offered = false
	if !c.listed {
		if said, ok := p.phrases.only.in(v.body); ok {
			c.only = said[0]
		}
		c.left, c.listed = p.floor.lies(c.bin, c.only), true
		if n := p.overlooks(); n > 0 && len(c.left) > 0 && c.left[0].n >= n {
			p.mistakes++
			if c.left[0].n -= n; c.left[0].n == 0 {
				c.left = c.left[1:]
			}
		}
	}
	switch {
	case p.errs(v, onSeen):
	case len(c.left) > 0:
		next := c.left[0]
		p.counts(next.sku, next.n, func(what label, times store.Qty) {
			if c.left[0].n -= what.n * times; c.left[0].n == 0 {
				c.left = c.left[1:]
			}
		})
	default:
		p.floor.known(c.bin, c.only)
		p.scan(own(scanner.BinLabel, c.bin))
	}
}

// overlooks is how many pieces a person does not see; mostly none.
func (p *person) overlooks() store.Qty {
	if p.chance.Float64() >= p.rates.errors {
		return 0
	}
	return number(p.number) - firstOperator + 1
}

// countPhrases are what a person reads out of the screens of counts, beside the prompts.
type countPhrases struct{ only, taken phrase }

func countPhrasesOf(t i18n.Text) countPhrases {
	return countPhrases{only: phraseOf(t.CountOnly(aCode), aCode),
		taken: phraseOf(t.AskTakeCount(aCode, aCode, true)[0], aCode, aCode)}
}
