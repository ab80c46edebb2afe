package returns

import (
	"context"
	"slices"
	"strings"

	"scanbay/store"
)

// SetPolicy writes what the site takes back of an item, of a category or of all, and on
// which terms. It needs a supervisor; it refuses with NoRight, NotFound for an item that
// nobody knows, or BadSetting, which says what would do.
func SetPolicy(ctx context.Context, s *store.Store, by store.Gesture, p store.ReturnPolicy) error {
	return setPolicy.Make(ctx, s, by, p)
}

var setPolicy = store.Decree[store.ReturnPolicy]{Name: "returns.set_policy", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, p store.ReturnPolicy) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if want, ok := p.Valid(); !ok {
			return nil, &store.Refusal{Code: store.BadSetting, Want: want, Got: p.Scope}
		}
		if sku, item := strings.CutPrefix(p.Scope, "item:"); item {
			if _, err := tx.Item(store.SKU(sku)); err != nil {
				return nil, err
			}
		}
		grades, err := tx.Grades()
		if err != nil {
			return nil, err
		}
		for _, code := range strings.Fields(p.Grades) {
			if !slices.ContainsFunc(grades, func(g store.Grade) bool { return g.Code == code }) {
				return nil, &store.Refusal{Code: store.BadSetting, Want: codes(grades), Got: code}
			}
		}
		return store.ReturnPolicySet{ReturnPolicy: p}, nil
	})
}}

// SetGrade writes a grade. The first one that the site writes stands in the place of all the
// standard ones. It needs a supervisor; it refuses with NoRight, or with BadSetting, which
// says what would do.
func SetGrade(ctx context.Context, s *store.Store, by store.Gesture, g store.Grade) error {
	return setGrade.Make(ctx, s, by, g)
}

var setGrade = store.Decree[store.Grade]{Name: "returns.set_grade", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, g store.Grade) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if want, ok := g.Valid(); !ok {
			return nil, &store.Refusal{Code: store.BadSetting, Want: want, Got: g.Code}
		}
		return store.GradeSet{Grade: g}, nil
	})
}}

// SetChecklist writes what is to be looked at in a category of items, and in an empty one in
// all that have no list. It needs a supervisor; it refuses with NoRight, or with BadSetting
// for a list that is none or too long, or a point without words.
func SetChecklist(ctx context.Context, s *store.Store, by store.Gesture,
	c store.ChecklistSet) error {
	return setChecklist.Make(ctx, s, by, c)
}

// pointsMax is how many things anybody looks at in one piece.
const pointsMax = 12

var setChecklist = store.Decree[store.ChecklistSet]{Name: "returns.set_checklist", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, c store.ChecklistSet) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if c.Points == nil || len(c.Points) > pointsMax {
			return nil, &store.Refusal{Code: store.BadSetting, Want: "1-12", Got: c.Category}
		}
		for _, p := range c.Points {
			if p.En == "" || p.Zh == "" {
				return nil, &store.Refusal{Code: store.BadSetting, Want: "en, zh", Got: c.Category}
			}
		}
		return c, nil
	})
}}

// codes lists grades by their codes.
func codes(all []store.Grade) string {
	var out []string
	for _, g := range all {
		out = append(out, g.Code)
	}
	return strings.Join(out, ", ")
}

// words lists what something may be.
func words[T ~string](all []T) string {
	var out []string
	for _, w := range all {
		out = append(out, string(w))
	}
	return strings.Join(out, ", ")
}
