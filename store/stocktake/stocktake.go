// Package stocktake counts what lies in bins, compares it with the book as it was at that
// moment, and puts the book right when a person who did not count has found that so. What
// the floor found at odds with the plan waits there for a supervisor, too.
package stocktake

import (
	"cmp"
	"context"
	"errors"

	"scanbay/store"
)

// Rulings lists what the authority does about counts when somebody asks for it.
func Rulings() []store.WireRuling {
	return []store.WireRuling{plan.Wire(), drop.Wire(), approve.Wire(), reject.Wire(),
		again.Wire(), resolve.Wire(), setPolicy.Wire()}
}

// errNothing says that there is nothing to record: the transaction is given up.
var errNothing = errors.New("nothing to record")

func unlessNothing(err error) error {
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// decider is who decides: the second person of a gesture, who answers for what the first
// does at their station.
func decider(by store.Gesture) store.OperatorID { return cmp.Or(by.Second, by.Operator) }

// may refuses with NoRight where whoever decides has not the role. A second person, who gave
// their badge and PIN, answers for what the first does.
func may(tx *store.Tx, role store.Role) error {
	by := tx.By()
	if by.Second == "" {
		return tx.May(role)
	}
	if _, err := tx.Operator(by.Operator); err != nil {
		return err
	}
	o, err := tx.Operator(by.Second)
	if err == nil && !o.May(role) {
		err = &store.Refusal{Code: store.NoRight, Want: string(role), Got: o.Name}
	}
	return err
}

// record has a person with a role record what event makes of a request.
func record(ctx context.Context, s *store.Store, by store.Gesture, role store.Role,
	event func(*store.Tx) (store.Event, error)) error {
	return unlessNothing(s.Write(ctx, by, func(tx *store.Tx) error {
		if err := may(tx, role); err != nil {
			return err
		}
		e, err := event(tx)
		if err != nil {
			return err
		}
		return tx.Record(e)
	}))
}
