package stocktake

import (
	"context"
	"slices"

	"scanbay/store"
)

// SetPolicy writes how often a class of items is counted, and which difference needs nobody.
// It needs a supervisor; it refuses with NoRight, BadSetting, which says what would do, or
// NotFound for a class to be left out that nobody wrote.
func SetPolicy(ctx context.Context, s *store.Store, by store.Gesture, p store.CountPolicy) error {
	return setPolicy.Make(ctx, s, by, p)
}

var setPolicy = store.Decree[store.CountPolicy]{Name: "stocktake.set_policy", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, p store.CountPolicy) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if want, ok := p.Valid(); !ok {
			return nil, &store.Refusal{Code: store.BadSetting, Want: want, Got: p.Class}
		}
		all, err := tx.CountPolicies()
		if err == nil && !bool(p.Active) && !slices.ContainsFunc(all,
			func(x store.CountPolicy) bool { return x.Class == p.Class }) {
			err = &store.Refusal{Code: store.NotFound, Got: p.Class}
		}
		return store.CountPolicySet{CountPolicy: p}, err
	})
}}
