// Package order plans: it takes sales orders in, reviews them, reserves stock
// for them and turns them into outbound slips; and it lets them change until
// somebody picks. Its operations are the authority's.
package order

import (
	"context"
	"slices"

	"scanbay/store"
)

// Review decides on an order that came in: what passes every rule of its channel
// is confirmed and reserved, the rest is held with the reasons. An order that the
// rules hold is decided on anew: it was paid meanwhile, or stock came. What a
// person decided stays.
func Review(ctx context.Context, s *store.Store, id store.OrderID) error {
	return unasked(ctx, s, func(tx *store.Tx) error {
		d, err := tx.Decision(id)
		if err != nil {
			return err
		}
		again := d.State == store.Held && d.Operator == ""
		if d.State != store.Received && !again {
			return errNothing
		}
		asked, err := tx.Questions(id)
		if err != nil {
			return err
		}
		if n := len(asked); n > 0 && asked[n-1].Answer == "" {
			return errNothing // it waits for the answer
		}
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		e := store.OrderDecided{Order: id, At: tx.Now().UnixMilli()}
		if e.Findings, err = findings(tx, o); err != nil {
			return err
		}
		if again && slices.Equal(e.Findings, d.Findings) {
			return errNothing
		}
		if len(e.Findings) > 0 {
			e.State = store.Held
			return tx.Record(e)
		}
		return confirm(tx, o, e)
	})
}

// confirm records that an order is confirmed, with what is reserved for it. By the
// site's setting it is released by itself or by a person.
func confirm(tx *store.Tx, o store.Order, e store.OrderDecided) (err error) {
	by, err := tx.Setting(store.ReleaseBy)
	if err != nil {
		return err
	}
	e.State = store.Confirmed
	if by == "hand" {
		e.State = store.LockedOrder
	}
	if e.Promises, err = promises(tx, o); err != nil {
		return err
	}
	if e.Tell, err = tx.TellsBuyers(); err != nil {
		return err
	}
	return tx.Record(e)
}

// levels hands out what is available of each item, and never more.
type levels struct {
	tx   *store.Tx
	free map[store.SKU]store.Qty
}

// take gives up to n of an item; none of an item that nobody knows.
func (v *levels) take(sku store.SKU, n store.Qty) (store.Qty, error) {
	free, known := v.free[sku]
	if !known {
		i, err := v.tx.Item(sku)
		if _, unknown := store.RefusalOf(err); unknown {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		l, err := v.tx.Levels(i)
		if err != nil {
			return 0, err
		}
		free = l.Available
	}
	if v.free == nil {
		v.free = map[store.SKU]store.Qty{}
	}
	got := min(free, n)
	v.free[sku] = free - got
	return got, nil
}

// promises reserves what an order is owed, as far as it is available, and says
// what it needs.
func promises(tx *store.Tx, o store.Order) (out []store.Promise, err error) {
	free := levels{tx: tx}
	for _, l := range o.Lines {
		n, err := free.take(l.Item, l.Owed())
		if err != nil {
			return nil, err
		}
		if need := l.Net() - l.Need; n > 0 || need != 0 {
			out = append(out, store.Promise{Order: o.ID, Line: l.Line, Item: l.Item, N: n,
				Need: need})
		}
	}
	return out, nil
}

// giveBack is what an order no longer reserves: all that was not picked, and is in no slip.
func giveBack(o store.Order) (out []store.Promise) {
	for _, l := range o.Lines {
		if n := l.Want - max(l.Used+l.Short, l.Tasked); n != 0 || l.Need != 0 {
			out = append(out, store.Promise{Order: o.ID, Line: l.Line, Item: l.Item, N: -n,
				Need: -l.Need})
		}
	}
	return out
}

// Approve confirms a held order all the same, and reserves what there is: the
// rest waits for stock. It needs a reason and a supervisor; it refuses with NoRight
// or NotHeld.
func Approve(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	reason string) error {
	return approve.Make(ctx, s, by, verdict{id, reason})
}

var approve = store.Decree[verdict]{Name: "order.approve", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, v verdict) error {
	return v.decide(ctx, s, by, []store.OrderState{store.Held}, confirm)
}}

// Reject ends a held order. It needs a reason and a supervisor; it refuses with NoRight
// or NotHeld.
func Reject(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	reason string) error {
	return reject.Make(ctx, s, by, verdict{id, reason})
}

var reject = store.Decree[verdict]{Name: "order.reject", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, v verdict) error {
	return v.decide(ctx, s, by, []store.OrderState{store.Held},
		func(tx *store.Tx, _ store.Order, e store.OrderDecided) error {
			e.State = store.Rejected
			return tx.Record(e)
		})
}}

// TakeBack takes a decision back: a confirmed or rejected order is held again, and
// what it had reserved is free. It needs a reason and a supervisor; it refuses with
// NoRight, with Downstream when a slip was made of it, and with NotLocked when
// nothing was decided.
func TakeBack(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	reason string) error {
	return takeBack.Make(ctx, s, by, verdict{id, reason})
}

var takeBack = store.Decree[verdict]{Name: "order.take_back", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, v verdict) error {
	from := []store.OrderState{store.Confirmed, store.LockedOrder, store.Rejected}
	return v.decide(ctx, s, by, from,
		func(tx *store.Tx, o store.Order, e store.OrderDecided) error {
			slips, err := tx.LiveSlips(o.ID)
			if err != nil {
				return err
			}
			if len(slips) > 0 {
				return &store.Refusal{Code: store.Downstream, Want: string(slips[0]),
					Got: o.PlatformNo}
			}
			e.State, e.Promises = store.Held, giveBack(o)
			return tx.Record(e)
		})
}}

// decide is what decisions of a supervisor have in common: how records one, and the
// authority goes on with what that makes possible.
func (v verdict) decide(ctx context.Context, s *store.Store, by store.Gesture,
	from []store.OrderState,
	how func(*store.Tx, store.Order, store.OrderDecided) error) error {
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if v.Reason == "" {
			return errReason
		}
		o, d, err := standing(tx, v.Order)
		if err != nil {
			return err
		}
		if !slices.Contains(from, d.State) {
			code := store.NotLocked
			if from[0] == store.Held {
				code = store.NotHeld
			}
			return &store.Refusal{Code: code, Want: o.PlatformNo, Got: string(d.State)}
		}
		return how(tx, o, store.OrderDecided{Order: o.ID, Findings: d.Findings, Reason: v.Reason,
			By: by.Operator, At: tx.Now().UnixMilli()})
	})
	if err != nil {
		return err
	}
	return Onward(ctx, s, v.Order)
}

// standing reads an order and the last word on it. It refuses with NotFound.
func standing(tx *store.Tx, id store.OrderID) (o store.Order, d store.Decision, err error) {
	if o, err = tx.Order(id); err != nil {
		return o, d, err
	}
	d, err = tx.Decision(id)
	return o, d, err
}

// Ask puts a question about a held order to its customer; the order waits for the
// answer. It needs a supervisor; it refuses with NoRight or NotHeld.
func Ask(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	question string) error {
	return ask.Make(ctx, s, by, saying{id, question})
}

var ask = store.Decree[saying]{Name: "order.ask", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in saying) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if in.Text == "" {
			return errWords
		}
		o, d, err := standing(tx, in.Order)
		if err != nil {
			return err
		}
		if d.State != store.Held {
			return &store.Refusal{Code: store.NotHeld, Want: o.PlatformNo, Got: string(d.State)}
		}
		asked, err := tx.Questions(o.ID)
		if err != nil {
			return err
		}
		return tx.Record(store.OrderAsked{Question: store.Question{Order: o.ID,
			N: int64(len(asked) + 1), Text: in.Text, By: by.Operator, At: tx.Now().UnixMilli()}})
	})
}}

// Answer keeps what a customer answered to the last question about an order. It
// needs a supervisor; it refuses with NoRight or NoQuestion.
func Answer(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	text string) error {
	return answer.Make(ctx, s, by, saying{id, text})
}

var answer = store.Decree[saying]{Name: "order.answer", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in saying) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if in.Text == "" {
			return errWords
		}
		asked, err := tx.Questions(in.Order)
		if err != nil {
			return err
		}
		if len(asked) == 0 || asked[len(asked)-1].Answer != "" {
			return &store.Refusal{Code: store.NoQuestion, Got: string(in.Order)}
		}
		q := asked[len(asked)-1]
		q.Answer, q.AnsweredBy, q.AnsweredAt = in.Text, by.Operator, tx.Now().UnixMilli()
		return tx.Record(store.OrderAnswered{Question: q})
	})
}}
