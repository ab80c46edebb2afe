package returns

import (
	"cmp"
	"context"

	"scanbay/store"
)

// A Giving is money that a supervisor gives back for an order, whatever came of it: for goods
// of no line, that no policy pays for, or for none.
type Giving struct {
	Order  store.OrderID `json:"order"`
	RMA    store.RMAID   `json:"rma,omitempty"` // that it is about, if any
	Amount store.Money   `json:"amount"`
	Reason string        `json:"reason"`
}

// GiveBack gives money back for an order: never more than was paid for it, less what went
// back or is to. It gives the refund's number. It needs a reason and a supervisor; it refuses
// with NoRight, NotFound, BadQuantity for no amount, or OverPaid.
func GiveBack(ctx context.Context, s *store.Store, by store.Gesture, in Giving) (string, error) {
	by.Once = true
	return giveBack.Make(ctx, s, by, in)
}

var giveBack = store.Ruling[Giving, string]{Name: "returns.give_back", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in Giving) (id string, err error) {
	return id, record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if in.Reason == "" {
			return nil, errReason
		}
		if in.RMA != "" {
			if _, err := tx.RMA(in.RMA); err != nil {
				return nil, err
			}
		}
		p, err := purseOf(&tx.Reader, in.Order)
		if err != nil {
			return nil, err
		}
		switch {
		case in.Amount <= 0:
			return nil, &store.Refusal{Code: store.BadQuantity, Got: in.Amount.String()}
		case in.Amount > p.left():
			return nil, &store.Refusal{Code: store.OverPaid, Want: p.left().String(),
				Got: in.Amount.String()}
		}
		id = string(tx.NextEvent())
		return store.RefundDue{ID: id, RMA: in.RMA, Order: in.Order, Amount: in.Amount,
			Currency: p.Currency, Note: in.Reason, By: by.Operator, At: tx.Now().UnixMilli()}, nil
	})
}, Again: func(was store.Event) string {
	e, _ := was.(store.RefundDue)
	return e.ID
}}

// A Withdrawing says that what a person gave back is not to be paid after all.
type Withdrawing struct {
	Refund string `json:"refund"`
	Reason string `json:"reason"`
}

// WithdrawRefund takes back what was given by hand, and nobody has paid: of that for goods
// the goods decide. It needs a reason and a supervisor; it refuses with NoRight, NotFound,
// SettledBefore, or NothingToDo for a refund that is not of a person or that is withdrawn.
func WithdrawRefund(ctx context.Context, s *store.Store, by store.Gesture,
	in Withdrawing) error {
	return withdrawRefund.Make(ctx, s, by, in)
}

var withdrawRefund = store.Decree[Withdrawing]{Name: "returns.withdraw_refund", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in Withdrawing) error {
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if in.Reason == "" {
			return nil, errReason
		}
		f, err := tx.Refund(in.Refund)
		if err != nil {
			return nil, err
		}
		about := cmp.Or(string(f.RMA), string(f.Order))
		switch {
		case f.Settled != 0:
			return nil, &store.Refusal{Code: store.SettledBefore, Want: f.No, Got: about}
		case !f.ByHand() || f.Withdrawn != 0:
			return nil, &store.Refusal{Code: store.NothingToDo, Got: about}
		}
		return store.RefundWithdrawn{Refund: f.ID, RMA: f.RMA, Order: f.Order,
			Reason: in.Reason, By: by.Operator, At: tx.Now().UnixMilli()}, nil
	})
	if err != nil {
		return err
	}
	return count(ctx, s)
}}
