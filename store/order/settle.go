package order

import (
	"context"
	"fmt"
	"slices"

	"scanbay/store"
)

// Pay takes money that came for an order, or went back: of a number that is known
// it is the same again, and nothing is recorded. An order that was held for want of
// it is reviewed anew. By a person it needs a supervisor; it refuses with NoRight,
// NotFound, BadQuantity for no amount, and PaidTwice when the number is another's.
func Pay(ctx context.Context, s *store.Store, by store.Gesture, p store.Payment) error {
	return pay.Make(ctx, s, by, paying{p, p.Of})
}

// A paying is a payment with its kind, which in an event is the event's own.
type paying struct {
	store.Payment
	Of store.PaymentKind `json:"of"`
}

var pay = store.Decree[paying]{Name: "order.pay", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in paying) error {
	p := in.Payment
	p.Of = in.Of
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if !slices.Contains([]store.PaymentKind{store.MoneyIn, store.MoneyBack,
			store.CODMoney}, p.Of) {
			return fmt.Errorf("no payment is %q", p.Of)
		}
		e, err := PaymentOf(tx, p)
		if err != nil {
			return err
		}
		return tx.Record(e)
	})
	if err := unlessNothing(err); err != nil {
		return err
	}
	return Onward(ctx, s, p.Order)
}}

// PaymentOf is the fact that a payment is. It fails with ErrKnown when it was taken
// before, and refuses as Pay does.
func PaymentOf(tx *store.Tx, p store.Payment) (store.Event, error) {
	if _, err := tx.Order(p.Order); err != nil {
		return nil, err
	}
	if p.Amount <= 0 {
		return nil, &store.Refusal{Code: store.BadQuantity, Got: p.Amount.String()}
	}
	if err := fresh(tx, p.Order, p.ID, p.Of, p.Amount); err != nil {
		return nil, err
	}
	if p.ID == "" { // nobody numbered it
		p.ID = string(tx.NextEvent())
	}
	p.By = tx.By().Operator
	if p.At == 0 {
		p.At = tx.Now().UnixMilli()
	}
	switch p.Of {
	case store.MoneyBack:
		return store.PaymentReversed{Payment: p}, nil
	case store.CODMoney:
		return store.CODCollected{Payment: p}, nil
	}
	return store.PaymentReceived{Payment: p}, nil
}

// ErrKnown says that a payment or a cancellation was taken before.
var ErrKnown = errNothing

// fresh fails with ErrKnown for a number that was taken as the same, and refuses one
// that was taken as another, or for another amount.
func fresh(tx *store.Tx, id store.OrderID, no string, as store.PaymentKind,
	amount store.Money) error {
	was, sum, err := tx.Settled(id, no)
	switch {
	case err != nil || was == "":
		return err
	case was == as && sum == amount:
		return ErrKnown
	}
	return &store.Refusal{Code: store.PaidTwice, Want: sum.String(), Got: no}
}

// A Cutback is what a customer no longer wants, or was given the money back for.
type Cutback struct {
	Order  store.OrderID `json:"order"`
	ID     string        `json:"id,omitempty"`     // the platform's number of it
	Refund bool          `json:"refund,omitempty"` // upstream; else a cancellation
	Lines  []store.Cut   `json:"lines"`
	Amount store.Money   `json:"amount,omitempty"` // of a refund
	Reason string        `json:"reason,omitempty"`
	At     int64         `json:"at,omitempty"` // milliseconds UTC; 0 for now
}

// Cut takes a cancellation or a refund: what was reserved for it is free, and slips
// that nobody began are made anew without it. What was picked of it is stopped, and goes
// back to its bin, unless it has left. By a person it needs a supervisor; it refuses
// with NoRight, NotFound, CutTooMuch or PaidTwice.
func Cut(ctx context.Context, s *store.Store, by store.Gesture, c Cutback) error {
	in := cutting{Cutback: c}
	for _, l := range c.Lines {
		in.Seen = append(in.Seen, l.Seen)
	}
	return cut.Make(ctx, s, by, in)
}

// A cutting is a cut with the pieces that a person saw of each line, which are in no
// event.
type cutting struct {
	Cutback
	Seen []store.Qty `json:"seen"`
}

var cut = store.Decree[cutting]{Name: "order.cut", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in cutting) error {
	var withdrawn []store.Withdrawal
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		c := in.cutback()
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		nothing := len(c.Lines) == 0 && c.Amount == 0
		if nothing || c.Amount < 0 || c.Amount != 0 && !c.Refund {
			return &store.Refusal{Code: store.BadQuantity, Got: c.Amount.String()}
		}
		if err := c.more(tx); err != nil {
			return err
		}
		e, err := CutOf(tx, c)
		if err != nil {
			return err
		}
		switch e := e.(type) {
		case store.OrderCancelled:
			withdrawn = e.Withdraw
		case store.RefundedUpstream:
			withdrawn = e.Withdraw
		}
		return tx.Record(e)
	})
	if err := unlessNothing(err); err != nil {
		return err
	}
	return onward(ctx, s, in.Order, withdrawn)
}}

func (in cutting) cutback() Cutback {
	c := in.Cutback
	c.Lines = slices.Clone(c.Lines)
	for i := range min(len(c.Lines), len(in.Seen)) {
		c.Lines[i].Seen = in.Seen[i]
	}
	return c
}

// more makes a person's cancellation one of pieces that are still wanted: what was
// refunded and never cancelled is not counted again. It refuses with Stale where the
// person saw another number of them.
func (c *Cutback) more(tx *store.Tx) error {
	known, _, err := tx.Settled(c.Order, c.ID)
	if err != nil || known != "" || c.Refund {
		return err
	}
	o, err := tx.Order(c.Order)
	if err != nil {
		return err
	}
	for i := range c.Lines {
		for _, l := range o.Lines {
			if l.Line != c.Lines[i].Line {
				continue
			}
			if seen := c.Lines[i].Seen; seen != 0 && seen != l.Net() {
				return &store.Refusal{Code: store.Stale, Want: l.Net().String(), Got: o.PlatformNo}
			}
			if c.Lines[i].N > l.Net() {
				return &store.Refusal{Code: store.CutTooMuch, Want: l.Net().String(),
					Got: c.Lines[i].N.String()}
			}
			c.Lines[i].N += max(0, l.Refunded-l.Cancelled)
		}
	}
	return nil
}

// CutOf is the fact that a cancellation or a refund is. It fails with ErrKnown when
// it was taken before, and refuses as Cut does.
func CutOf(tx *store.Tx, c Cutback) (store.Event, error) {
	as := store.Cancellation
	if c.Refund {
		as = store.Refund
	}
	if c.ID == "" { // nobody numbered it
		c.ID = string(tx.NextEvent())
	}
	if err := fresh(tx, c.Order, c.ID, as, c.Amount); err != nil {
		return nil, err
	}
	o, d, err := standing(tx, c.Order)
	if err != nil {
		return nil, err
	}
	after, err := c.lessened(o)
	if err != nil {
		return nil, err
	}
	out := store.Cutting{Order: o.ID, ID: c.ID, Lines: c.Lines, Reason: c.Reason,
		By: tx.By().Operator, At: c.At}
	if out.At == 0 {
		out.At = tx.Now().UnixMilli()
	}
	var r recall
	if out.Promises, r, err = lessen(tx, o, after); err != nil {
		return nil, err
	}
	out.Withdraw, out.Stop = r.withdraw, r.stop
	kept := slices.ContainsFunc(r.left(after).Lines, func(l store.OrderLine) bool {
		return l.Net() > 0 || l.Used > 0
	})
	out.Ends = !kept && d.State != store.Rejected
	if c.Refund {
		return store.RefundedUpstream{Cutting: out, Amount: c.Amount}, nil
	}
	return store.OrderCancelled{Cutting: out}, nil
}

// lessened is the order with the cut made. It refuses with CutTooMuch.
func (c Cutback) lessened(o store.Order) (store.Order, error) {
	o.Lines = slices.Clone(o.Lines)
	for _, cut := range c.Lines {
		i := slices.IndexFunc(o.Lines, func(l store.OrderLine) bool { return l.Line == cut.Line })
		if i < 0 {
			return o, &store.Refusal{Code: store.NotFound, Got: o.PlatformNo}
		}
		l := &o.Lines[i]
		sum := &l.Cancelled
		if c.Refund {
			sum = &l.Refunded
		}
		if left := l.N - *sum; cut.N <= 0 || cut.N > left {
			return o, &store.Refusal{Code: store.CutTooMuch, Want: left.String(),
				Got: cut.N.String()}
		}
		*sum += cut.N
	}
	return o, nil
}

// lessen gives back what an order no longer needs: it withdraws the slips that nobody began
// where the rest of the reservation is not enough for it, and stops what others are at.
func lessen(tx *store.Tx, o, after store.Order) (back []store.Promise, r recall, err error) {
	fits := true
	for i, l := range o.Lines {
		if after.Lines[i].Net() < l.Net() && l.Want-l.Short > after.Lines[i].Net() {
			fits = fits && l.Want-l.Tasked >= l.Want-l.Short-after.Lines[i].Net()
		}
	}
	if !fits {
		if r.withdraw, err = unbegun(tx, o.ID); err != nil {
			return nil, r, err
		}
	}
	if err := r.stopped(tx, o, netOf(after)); err != nil {
		return nil, r, err
	}
	for _, l := range r.left(after).Lines {
		if p := l.Surplus(o.ID, l.Tasked); p.N != 0 || p.Need != 0 {
			back = append(back, p)
		}
	}
	return back, r, nil
}

// unbegun is what takes back the slips of an order that nobody began.
func unbegun(tx *store.Tx, id store.OrderID) (out []store.Withdrawal, err error) {
	slips, err := tx.LiveSlips(id)
	if err != nil {
		return nil, err
	}
	for _, slip := range slips {
		w, err := tx.Withdraw(slip)
		if _, begun := store.RefusalOf(err); begun {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}
