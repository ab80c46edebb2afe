package i18n

import (
	"strings"

	"scanbay/store"
)

// A language's words of how goods are packed.
type packingWords struct {
	fragile, valuable, colon, comma, twice, insured, signed, kind string
}

// say puts a rule in the words; of an item or a category it says which.
func (w packingWords) say(p store.PackingRule) string {
	_, what, of := strings.Cut(p.Scope, ":")
	switch {
	case p.Scope == store.FragileScope:
		what = w.fragile
	case !of:
		what = w.valuable
	}
	var out []string
	for _, x := range []struct {
		text string
		says bool
	}{{w.twice, bool(p.Twice)}, {p.Material, p.Material != ""}, {w.insured, bool(p.Insured)},
		{w.signed, bool(p.Signed)}, {w.kind + " " + p.Type, p.Type != ""}} {
		if x.says {
			out = append(out, x.text)
		}
	}
	return what + w.colon + strings.Join(out, w.comma)
}
