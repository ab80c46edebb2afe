package order

import (
	"context"
	"errors"

	"scanbay/store"
)

// Rulings lists what the authority does about orders when somebody asks for it. What
// it does by itself, nobody asks for: Plan.
func Rulings() []store.WireRuling {
	return []store.WireRuling{approve.Wire(), reject.Wire(), takeBack.Wire(), ask.Wire(),
		answer.Wire(), request.Wire(), makeChange.Wire(), refuseChange.Wire(), enter.Wire(),
		split.Wire(), merge.Wire(), unlock.Wire(), releaseWave.Wire(),
		withdraw.Wire(), setRule.Wire(), pay.Wire(),
		cut.Wire()}
}

// unasked does what the authority does by itself. It gives up where there is nothing to
// record, and does nothing at a station that is not the authority.
func unasked(ctx context.Context, s *store.Store, do func(*store.Tx) error) error {
	if !s.Identity().Authority {
		return nil
	}
	return unlessNothing(s.Write(ctx, store.Gesture{}, do))
}

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

// A verdict is what a person decides on an order, and why.
type verdict struct {
	Order  store.OrderID `json:"order"`
	Reason string        `json:"reason"`
}

// A saying is what is said about an order.
type saying struct {
	Order store.OrderID `json:"order"`
	Text  string        `json:"text"`
}
