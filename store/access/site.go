package access

import (
	"context"

	"scanbay/store"
)

// Set sets what the site decides. It needs a supervisor; it refuses with NoRight, or
// with BadSetting, which says what would do.
func Set(ctx context.Context, s *store.Store, by store.Gesture, name store.Setting,
	value string) error {
	return set.Make(ctx, s, by, setting{name, value})
}

// Rulings lists what of access the authority does when somebody asks for it.
func Rulings() []store.WireRuling { return []store.WireRuling{set.Wire()} }

// A setting is what the site decides, and how.
type setting struct {
	Name  store.Setting `json:"name"`
	Value string        `json:"value"`
}

var set = store.Decree[setting]{Name: "access.set", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in setting) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if want, ok := in.Name.Valid(in.Value); !ok {
			return &store.Refusal{Code: store.BadSetting, Want: want, Got: in.Value}
		}
		return tx.Record(store.SettingSet{Name: in.Name, Value: in.Value})
	})
}}
