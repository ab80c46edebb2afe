package outbound

import (
	"context"
	"slices"

	"scanbay/store"
)

// SetPacking writes how goods are packed. It needs a supervisor; it refuses with NoRight,
// BadSetting, which says what would do, or NotFound for a rule to be left out that nobody wrote.
func SetPacking(ctx context.Context, s *store.Store, by store.Gesture, p store.PackingRule) error {
	return setPacking.Make(ctx, s, by, p)
}

var setPacking = store.Decree[store.PackingRule]{Name: "outbound.set_packing", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, p store.PackingRule) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if want, ok := p.Valid(); !ok {
			return &store.Refusal{Code: store.BadSetting, Want: want, Got: p.Scope}
		}
		all, err := tx.PackingRules()
		if err != nil {
			return err
		}
		if !bool(p.Active) && !slices.ContainsFunc(all, func(x store.PackingRule) bool {
			return x.Scope == p.Scope
		}) {
			return &store.Refusal{Code: store.NotFound, Got: p.Scope}
		}
		return tx.Record(store.PackingSet{PackingRule: p})
	})
}}

// proposed is the type of a slip's next carton: the one that the site wants for its goods, else
// the smallest that holds what is not packed yet, else the first.
func proposed(r *store.Reader, slip store.Slip) (string, error) {
	kinds, err := r.CartonTypes()
	if err != nil || len(kinds) == 0 {
		return "", err
	}
	rules, err := r.PackingOf(slip.ID)
	if err != nil {
		return "", err
	}
	for _, p := range rules {
		if p.Type != "" && slices.ContainsFunc(kinds, func(k store.CartonType) bool {
			return k.Code == p.Type
		}) {
			return p.Type, nil
		}
	}
	c, known := content{}, slices.ContainsFunc(kinds, func(k store.CartonType) bool {
		return k.Length > 0
	})
	if known {
		c, known, err = contentOf(r, slip)
	}
	best := kinds[0]
	found := false
	for _, k := range kinds {
		if known && c.fits(k) && (!found || volume(k) < volume(best)) {
			best, found = k, true
		}
	}
	return best.Code, err
}

func volume(k store.CartonType) int64 { return k.Length * k.Width * k.Height }

// A content is what a carton is to hold.
type content struct {
	volume int64    // cubic millimetres
	grams  int64    // 0 where nobody knows
	edges  [3]int64 // of its largest pieces, the shortest first
}

// contentOf is what is not packed yet of a slip; not known where a measure of an item is not,
// or there are more lines than anybody packs into one carton.
func contentOf(r *store.Reader, slip store.Slip) (c content, known bool, err error) {
	lines, err := r.SlipLinesToPack(slip.ID, linesMax)
	if err != nil || len(lines) == linesMax {
		return c, false, err
	}
	var mg int64
	weighed := true
	for _, l := range lines {
		n, i := int64(toPack(slip, l)), l.About
		if n == 0 {
			continue
		}
		edges := []int64{i.Length, i.Width, i.Height}
		slices.Sort(edges)
		if edges[0] <= 0 {
			return c, false, nil
		}
		c.volume += n * i.Length * i.Width * i.Height
		for k := range edges {
			c.edges[k] = max(c.edges[k], edges[k])
		}
		one, err := r.WeightOf(i, "")
		if err != nil {
			return c, false, err
		}
		mg, weighed = mg+n*one, weighed && one > 0
	}
	if weighed {
		c.grams = (mg + 999) / 1000
	}
	return c, true, nil
}

// fits says whether a type of carton holds a content: its room, its longest piece, and its
// weight where the type bears only so much.
func (c content) fits(k store.CartonType) bool {
	edges := []int64{k.Length, k.Width, k.Height}
	slices.Sort(edges)
	for i := range edges {
		if edges[i] < c.edges[i] {
			return false
		}
	}
	heavy := k.WeightMax > 0 && (c.grams == 0 || c.grams > k.WeightMax)
	return !heavy && volume(k) >= c.volume
}
