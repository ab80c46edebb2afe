package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A HeldReturn waits for a supervisor, or for the customer's answer.
type HeldReturn struct {
	store.RMA
	Decision store.RMADecision // none on one that came unannounced
	Person   store.Recipient
	Items    []store.Item  // of the lines, in their order
	Goods    []store.Goods // that came
}

// Waiting reads the returns that wait for a decision: those held, those whose customer was
// asked, those that came unannounced, and those that came though nobody was to take them.
func Waiting(ctx context.Context, s *store.Store) ([]HeldReturn, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []HeldReturn, err error) {
		held, err := r.RMAsIn(store.RMAHeld)
		if err != nil {
			return nil, err
		}
		asked, err := r.RMAsIn(store.RMAAsked)
		if err != nil {
			return nil, err
		}
		came, err := r.RMAsUndecided()
		if err != nil {
			return nil, err
		}
		closed, err := r.RMAsCameClosed()
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Concat(held, asked, came, closed) {
			h, err := heldReturn(r, id)
			if err != nil {
				return nil, err
			}
			out = append(out, h)
		}
		return out, nil
	})
}

func heldReturn(r *store.Reader, id store.RMAID) (h HeldReturn, err error) {
	if h.RMA, err = r.RMA(id); err != nil {
		return h, err
	}
	if h.Decision, err = r.RMADecision(id); err != nil {
		return h, err
	}
	if h.Person, err = r.Recipient(h.Recipient); err != nil {
		return h, err
	}
	for _, l := range h.Lines {
		i, err := r.Item(l.Item)
		if _, unknown := store.RefusalOf(err); err != nil && !unknown {
			return h, err
		}
		h.Items = append(h.Items, i)
	}
	h.Goods, err = r.GoodsOf(id)
	return h, err
}

// A verdict is what a person decides on a return, and why.
type verdict struct {
	RMA    store.RMAID `json:"rma"`
	Reason string      `json:"reason"`
}

// undecided are the states in which a person decides. One that came unannounced has none.
var undecided = []store.RMAState{store.RMARequested, store.RMAHeld, store.RMAAsked, ""}

// Approve takes the goods of a return back, on the terms of the policies: also where they
// rejected it by themselves, or where goods came of one that was closed. It needs a reason and
// a supervisor; it refuses with NoRight, NotFound, ReturnDecide or ReturnClosed.
func Approve(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	reason string) error {
	return approve.Make(ctx, s, by, verdict{id, reason})
}

var approve = store.Decree[verdict]{Name: "returns.approve", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, v verdict) error {
	return v.decide(ctx, s, by, func(tx *store.Tx, d store.RMADecision,
		e *store.ReturnDecided) error {
		byRules := d.State == store.RMARejected && d.Operator == ""
		here := d.Closed() && e.Came > 0
		if err := decidable(d, v.RMA); err != nil && !byRules && !here {
			return err
		}
		about, err := reviewed(tx, v.RMA)
		if err != nil {
			return err
		}
		e.State, e.Terms = store.RMAApproved, about.terms()
		return nil
	})
}}

// Reject gives the customer nothing for a return: once more, where goods came of one that was
// closed. It needs a reason and a supervisor; it refuses with NoRight, NotFound, ReturnDecide
// or ReturnClosed.
func Reject(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	reason string) error {
	return reject.Make(ctx, s, by, verdict{id, reason})
}

var reject = store.Decree[verdict]{Name: "returns.reject", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, v verdict) error {
	return v.decide(ctx, s, by, func(_ *store.Tx, d store.RMADecision,
		e *store.ReturnDecided) error {
		e.State = store.RMARejected
		if d.Closed() && e.Came > d.Came {
			return nil
		}
		return decidable(d, v.RMA)
	})
}}

// decidable refuses where a decision was made before.
func decidable(d store.RMADecision, id store.RMAID) error {
	switch {
	case slices.Contains(undecided, d.State):
		return nil
	case d.State == store.RMAApproved:
		return &store.Refusal{Code: store.ReturnDecide, Want: string(d.State), Got: string(id)}
	}
	return &store.Refusal{Code: store.ReturnClosed, Want: string(d.State), Got: string(id)}
}

// decide is what a supervisor's decisions have in common: how says which it is, and the
// authority goes on with what that makes possible.
func (v verdict) decide(ctx context.Context, s *store.Store, by store.Gesture,
	how func(*store.Tx, store.RMADecision, *store.ReturnDecided) error) error {
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if v.Reason == "" {
			return nil, errReason
		}
		return v.fact(tx, how)
	})
	if err != nil {
		return err
	}
	return Onward(ctx, s, v.RMA)
}

// fact is the decision that how says.
func (v verdict) fact(tx *store.Tx, how func(*store.Tx, store.RMADecision,
	*store.ReturnDecided) error) (store.Event, error) {
	if _, err := tx.RMA(v.RMA); err != nil {
		return nil, err
	}
	d, err := tx.RMADecision(v.RMA)
	if err != nil {
		return nil, err
	}
	e := store.ReturnDecided{RMA: v.RMA, Findings: d.Findings, Note: v.Reason,
		By: tx.By().Operator, At: tx.Now().UnixMilli()}
	goods, err := tx.GoodsOf(v.RMA)
	if err != nil {
		return nil, err
	}
	for _, g := range goods {
		e.Came += g.Received
	}
	if err := how(tx, d, &e); err != nil {
		return nil, err
	}
	return e, nil
}

// A saying is what is said about a return.
type saying struct {
	RMA  store.RMAID `json:"rma"`
	Text string      `json:"text"`
}

// AskCustomer puts a question about a return to its customer: it waits for the answer. It
// needs a supervisor; it refuses with NoRight, NotFound, ReturnDecide or ReturnClosed.
func AskCustomer(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	question string) error {
	return askCustomer.Make(ctx, s, by, saying{id, question})
}

var askCustomer = store.Decree[saying]{Name: "returns.ask_customer", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in saying) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if in.Text == "" {
			return nil, errWords
		}
		return verdict{in.RMA, in.Text}.fact(tx, func(_ *store.Tx, d store.RMADecision,
			e *store.ReturnDecided) error {
			e.State = store.RMAAsked
			return decidable(d, in.RMA)
		})
	})
}}

// AnswerFor keeps what a customer answered: the review looks at the return anew. It needs a
// receiver; it refuses with NoRight, NotFound or NoQuestion.
func AnswerFor(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	text string) error {
	return answerFor.Make(ctx, s, by, saying{id, text})
}

var answerFor = store.Decree[saying]{Name: "returns.answer_for", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in saying) error {
	err := record(ctx, s, by, store.Receiver, func(tx *store.Tx) (store.Event, error) {
		if in.Text == "" {
			return nil, errWords
		}
		if _, err := tx.RMA(in.RMA); err != nil {
			return nil, err
		}
		d, err := tx.RMADecision(in.RMA)
		if err != nil {
			return nil, err
		}
		if d.State != store.RMAAsked {
			return nil, &store.Refusal{Code: store.NoQuestion, Got: string(in.RMA)}
		}
		return store.ReturnAnswered{RMA: in.RMA, Answer: in.Text, By: by.Operator,
			At: tx.Now().UnixMilli()}, nil
	})
	if err != nil {
		return err
	}
	return Onward(ctx, s, in.RMA)
}}

// CancelReturn ends a return whose customer keeps the goods, while nothing of it came. It
// needs a reason and a receiver; it refuses with NoRight, NotFound, ReturnDecide where goods
// came, or ReturnClosed.
func CancelReturn(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	reason string) error {
	return cancelReturn.Make(ctx, s, by, verdict{id, reason})
}

var cancelReturn = store.Decree[verdict]{Name: "returns.cancel_return", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, v verdict) error {
	return record(ctx, s, by, store.Receiver, func(tx *store.Tx) (store.Event, error) {
		if v.Reason == "" {
			return nil, errReason
		}
		return v.fact(tx, func(tx *store.Tx, d store.RMADecision,
			e *store.ReturnDecided) error {
			if e.State = store.RMACancelled; e.Came > 0 {
				return &store.Refusal{Code: store.ReturnDecide, Want: string(d.State),
					Got: string(v.RMA)}
			}
			if d.State == store.RMAApproved {
				return nil
			}
			return decidable(d, v.RMA)
		})
	})
}}

// A telling is of the parcel that a return comes by.
type telling struct {
	RMA     store.RMAID     `json:"rma"`
	Waybill store.WaybillNo `json:"waybill"`
	Carrier store.CarrierID `json:"carrier"`
}

// Tell keeps by which parcel a customer sends goods back. It needs a receiver; it refuses
// with NoRight, NotFound, BadWaybill or ReturnClosed.
func Tell(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID,
	waybill store.WaybillNo, carrier store.CarrierID) error {
	return tell.Make(ctx, s, by, telling{id, waybill, carrier})
}

var tell = store.Decree[telling]{Name: "returns.tell", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in telling) error {
	return record(ctx, s, by, store.Receiver, func(tx *store.Tx) (store.Event, error) {
		return ShippedOf(tx, in.RMA, in.Waybill, in.Carrier)
	})
}}

// ShippedOf is the fact that a customer told of a parcel. It fails with ErrKnown where that
// was told before, and refuses as Tell does.
func ShippedOf(tx *store.Tx, id store.RMAID, waybill store.WaybillNo,
	carrier store.CarrierID) (store.Event, error) {
	if !waybill.Plausible() {
		return nil, &store.Refusal{Code: store.BadWaybill, Want: string(id),
			Got: string(waybill)}
	}
	if _, err := tx.RMA(id); err != nil {
		return nil, err
	}
	d, err := tx.RMADecision(id)
	if err != nil {
		return nil, err
	}
	if d.Closed() {
		return nil, &store.Refusal{Code: store.ReturnClosed, Got: string(id)}
	}
	told, err := tx.RMAsWithWaybill(waybill)
	if err != nil {
		return nil, err
	}
	if slices.Contains(told, id) {
		return nil, ErrKnown
	}
	return store.ReturnShipped{RMA: id, Waybill: waybill, Carrier: carrier,
		At: tx.Now().UnixMilli()}, nil
}
