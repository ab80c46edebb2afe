package access

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"scanbay/store"
)

// Set sets what the site decides. It needs a supervisor; it refuses with NoRight, or
// with BadSetting, which says what would do.
func Set(ctx context.Context, s *store.Store, by store.Gesture, name store.Setting,
	value string) error {
	return set.Make(ctx, s, by, setting{name, value})
}

// Rulings lists what of access the authority does when somebody asks for it.
func Rulings() []store.WireRuling { return []store.WireRuling{set.Wire(), setReason.Wire()} }

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

// ReasonUses lists where reasons are asked for.
var ReasonUses = []store.ReasonUse{store.ShortReason, store.HoldReason, store.ReturnReason,
	store.AdjustReason, store.OverrideReason}

// Liables lists who can be liable by a reason.
var Liables = []string{"warehouse", "carrier", "supplier", "customer"}

// SetReason writes a reason. The first one of a use that the site writes stands in the place
// of all the standard ones. It needs a supervisor; it refuses with NoRight, or with
// BadSetting, which says what would do.
func SetReason(ctx context.Context, s *store.Store, by store.Gesture, x store.Reason) error {
	return setReason.Make(ctx, s, by, x)
}

var setReason = store.Decree[store.Reason]{Name: "access.set_reason", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, x store.Reason) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if want, got := sensible(x); want != "" {
			return &store.Refusal{Code: store.BadSetting, Want: want, Got: got}
		}
		return tx.Record(store.ReasonSet{Reason: x})
	})
}}

var reasonCode = regexp.MustCompile(`^[a-z0-9_]{1,20}$`)

// sensible says what would do for the first word of a reason that makes no sense; empty
// where all do.
func sensible(x store.Reason) (want, got string) {
	switch {
	case !slices.Contains(ReasonUses, x.Use):
		var uses []string
		for _, u := range ReasonUses {
			uses = append(uses, string(u))
		}
		return strings.Join(uses, ", "), string(x.Use)
	case !reasonCode.MatchString(x.Code):
		return "a-z, 0-9, _", x.Code
	case x.En == "" || x.Zh == "":
		return "en, zh", x.Code
	case x.Liable != "" && !slices.Contains(Liables, x.Liable):
		return strings.Join(Liables, ", "), x.Liable
	}
	return "", ""
}
