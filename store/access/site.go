package access

import (
	"context"

	"scanbay/store"
)

// Set sets what the site decides. It needs a supervisor; it refuses with NoRight, or
// with BadSetting, which says what would do.
func Set(ctx context.Context, s *store.Store, by store.Gesture, name store.Setting,
	value string) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if want, ok := name.Valid(value); !ok {
			return &store.Refusal{Code: store.BadSetting, Want: want, Got: value}
		}
		return tx.Record(store.SettingSet{Name: name, Value: value})
	})
}
