// Package returns takes goods back. The authority's side of it takes requests in, reviews
// them by the site's policies, and says what a customer gets for what came: money, other
// goods, or their own put right. The floor's side receives the goods, grades them, and
// brings them to their place.
package returns

import (
	"context"
	"errors"

	"scanbay/store"
)

// Rulings lists what the authority does about returns when somebody asks for it. What it
// does by itself, nobody asks for: Plan.
func Rulings() []store.WireRuling {
	return []store.WireRuling{request.Wire(), approve.Wire(), reject.Wire(), askCustomer.Wire(),
		answerFor.Wire(), cancelReturn.Wire(), tell.Wire(), settleRefund.Wire(), giveBack.Wire(),
		withdrawRefund.Wire(), reship.Wire(), sendOff.Wire(), closeCare.Wire(),
		undoCare.Wire(), resolveStray.Wire(), belongs.Wire(), sendBack.Wire(), signOff.Wire(),
		setPolicy.Wire(), setGrade.Wire(), setChecklist.Wire(), sent.Wire()}
}

// ErrKnown says that a request, a sign-off or the like was taken before.
var ErrKnown = errNothing

// errNothing says that there is nothing to record: the transaction is given up.
var errNothing = errors.New("nothing to record")

func unlessNothing(err error) error {
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// What every screen asks for first; a ruling may come from elsewhere.
var (
	errReason = errors.New("a decision without a reason")
	errWords  = errors.New("a question or an answer without words")
)

// unasked does what the authority does by itself. It gives up where there is nothing to
// record, and does nothing at a station that is not the authority.
func unasked(ctx context.Context, s *store.Store, do func(*store.Tx) error) error {
	if !s.Identity().Authority {
		return nil
	}
	return unlessNothing(s.Write(ctx, store.Gesture{}, do))
}

// record has a person with a role record what event makes of a request. What was recorded
// before is not recorded again.
func record(ctx context.Context, s *store.Store, by store.Gesture, role store.Role,
	event func(*store.Tx) (store.Event, error)) error {
	return unlessNothing(s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(role); err != nil {
			return err
		}
		e, err := event(tx)
		if err != nil {
			return err
		}
		return tx.Record(e)
	}))
}
