package store

import (
	"slices"
	"strings"
)

// A PackingRule says how goods are packed.
type PackingRule struct {
	Scope    string `json:"scope"`              // item:SKU, category:NAME, fragile or valuable
	Material string `json:"material,omitempty"` // as people call it
	Twice    Bit    `json:"twice,omitempty"`    // a box in a box
	Insured  Bit    `json:"insured,omitempty"`
	Signed   Bit    `json:"signed,omitempty"` // the customer is to sign
	Type     string `json:"type,omitempty"`   // of the carton
	Active   Bit    `json:"active"`
}

// The scopes of packing rules that are not of an item or a category.
const (
	FragileScope  = "fragile"
	ValuableScope = "valuable"
)

func (p *PackingRule) fields() []any {
	return []any{&p.Scope, &p.Material, &p.Twice, &p.Insured, &p.Signed, &p.Type, &p.Active}
}

// Valid says whether a rule makes sense, and else what would.
func (p *PackingRule) Valid() (want string, ok bool) {
	kind, name, _ := strings.Cut(p.Scope, ":")
	of := p.Scope == FragileScope || p.Scope == ValuableScope ||
		(kind == "item" || kind == "category") && name != ""
	says := p.Material != "" || bool(p.Twice || p.Insured || p.Signed) || p.Type != ""
	switch {
	case !of:
		return "item:SKU, category:NAME, fragile, valuable", false
	case bool(p.Active) && !says:
		return "material, double, insured, signed, type", false
	}
	return "", true
}

// about says whether a rule is of an item.
func (p *PackingRule) about(i Item) bool {
	switch p.Scope {
	case FragileScope:
		return bool(i.Fragile)
	case ValuableScope:
		return bool(i.Valuable)
	}
	return p.Scope == "item:"+string(i.SKU) || p.Scope == "category:"+i.Category
}

// PackingSet says that the authority wrote how goods are packed.
type PackingSet struct{ PackingRule }

func (PackingSet) Kind() string  { return "packing_set" }
func (e PackingSet) Ref() string { return e.Scope }
func (e PackingSet) apply(at Stamp) []Change {
	return []Change{packingRules.raise(at, e.PackingRule.fields()...)}
}

// PackingRules reads what the site has written, by scope.
func (r *Reader) PackingRules() ([]PackingRule, error) {
	return all(r, (*PackingRule).fields, `
		SELECT scope, material, twice, insured, signed, type, active FROM packing_rule
		WHERE wh = ? AND active = 1 ORDER BY scope`)
}

// PackingOf reads the rules of what a slip has, those of an item before the others.
func (r *Reader) PackingOf(id SlipID) (out []PackingRule, err error) {
	rules, err := r.PackingRules()
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	items, err := all(r, func(i *Item) []any {
		return []any{&i.SKU, &i.Category, &i.Fragile, &i.Valuable}
	}, `
		SELECT DISTINCT i.item, i.category, i.fragile, i.valuable FROM slip_line l
		JOIN item i ON i.wh = l.wh AND i.item = l.item WHERE l.wh = ? AND l.slip = ?`, id)
	for _, p := range rules {
		if slices.ContainsFunc(items, p.about) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b PackingRule) int {
		return strings.Index(b.Scope, "item:") - strings.Index(a.Scope, "item:")
	})
	return out, err
}
