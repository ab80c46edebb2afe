package order

import (
	"context"
	"regexp"
	"slices"

	"scanbay/store"
)

// params are what the parameter of each rule may be, and an example of it. A rule
// that is not here takes none.
var params = map[Rule]struct {
	such string
	like *regexp.Regexp
}{
	Complete:  {"lines", regexp.MustCompile(`^lines$`)},
	Quantity:  {"0-999999", regexp.MustCompile(`^[0-9]{1,6}$`)},
	Price:     {"0-999", regexp.MustCompile(`^[0-9]{1,3}$`)},
	Amount:    {"0.01", regexp.MustCompile(`^[0-9]{1,6}(\.[0-9]{1,4})?$`)},
	Payment:   {"monthly 月结", regexp.MustCompile(`.`)},
	Duplicate: {"0-99999", regexp.MustCompile(`^[0-9]{1,5}$`)},
	Policy: {"amount:50000 province:新疆,西藏 customer:C7",
		regexp.MustCompile(`^(amount:[0-9]+(\.[0-9]+)?|(province|customer):\S+| )+$`)},
	Mode: {"mode carrier", regexp.MustCompile(`^(mode|carrier|mode carrier|carrier mode)$`)},
}

// Param is what the parameter of a rule may be, or an example of it; empty where the
// rule takes none.
func (r Rule) Param() string { return params[r].such }

// SetRule switches a rule of the review for a channel, and sets its parameter; an
// empty one is the program's own. It needs a supervisor; it refuses with NoRight, or
// with BadSetting, which says what would do.
func SetRule(ctx context.Context, s *store.Store, by store.Gesture, e store.RuleSet) error {
	return setRule.Make(ctx, s, by, e)
}

var setRule = store.Decree[store.RuleSet]{Name: "order.set_rule", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, e store.RuleSet) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if !slices.Contains(Rules(), Rule(e.Rule)) {
			return &store.Refusal{Code: store.BadSetting, Got: e.Rule}
		}
		p, takes := params[Rule(e.Rule)]
		if e.Param != "" && (!takes || !p.like.MatchString(e.Param)) {
			return &store.Refusal{Code: store.BadSetting, Want: p.such, Got: e.Param}
		}
		return tx.Record(e)
	})
}}
