package order

import (
	"context"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/store/route"
)

// Plan does what the authority does by itself: it reviews what came in and what the
// rules hold, reserves what confirmed orders are owed, and releases slips, the most
// urgent first. It takes up where an earlier one was cut off.
func Plan(ctx context.Context, s *store.Store) error {
	steps := steps
	if s.Behind() { // an older program did not say what orders need
		steps = append([]step{{in(store.Confirmed), Reserve}, {in(store.LockedOrder), Reserve}},
			steps...)
	}
	for _, of := range []func(*store.Reader) ([]store.SlipID, error){crossed(""),
		(*store.Reader).SlipsInVain} {
		if err := ease(ctx, s, of); err != nil {
			return fmt.Errorf("plan: %w", err)
		}
	}
	for _, step := range steps {
		ids, err := store.Get(ctx, s, step.list)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		for _, id := range ids {
			if err := step.do(ctx, s, id); err != nil {
				return fmt.Errorf("plan %s: %w", id, err)
			}
		}
	}
	if s.Behind() {
		return s.CaughtUp(ctx)
	}
	return nil
}

// A step of planning does something for each order of a list.
type step struct {
	list func(*store.Reader) ([]store.OrderID, error)
	do   func(context.Context, *store.Store, store.OrderID) error
}

// steps are those of planning, in their order.
var steps = []step{
	{in(store.Received), Review},
	{in(store.Held), Review},
	{(*store.Reader).OrdersCut, Trim},
	{(*store.Reader).OrdersOwed, Reserve},
	{(*store.Reader).OrdersToRelease, Release},
}

func in(state store.OrderState) func(*store.Reader) ([]store.OrderID, error) {
	return func(r *store.Reader) ([]store.OrderID, error) { return r.OrdersIn(state) }
}

// Onward does for one order what Plan does for all.
func Onward(ctx context.Context, s *store.Store, id store.OrderID) error {
	if err := ease(ctx, s, crossed(id)); err != nil {
		return fmt.Errorf("order %s: %w", id, err)
	}
	for _, step := range []func(context.Context, *store.Store, store.OrderID) error{
		Review, Trim, Reserve, Release,
	} {
		if err := step(ctx, s, id); err != nil {
			return fmt.Errorf("order %s: %w", id, err)
		}
	}
	return nil
}

// onward is Onward for an order and for those that had slips in common with it, which
// were withdrawn.
func onward(ctx context.Context, s *store.Store, id store.OrderID,
	withdrawn []store.Withdrawal) error {
	ids := []store.OrderID{id}
	for _, w := range withdrawn {
		ids = append(ids, w.Orders()...)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if err := Onward(ctx, s, id); err != nil {
			return err
		}
	}
	return nil
}

// Reserve promises stock that came meanwhile to what a confirmed order is owed.
func Reserve(ctx context.Context, s *store.Store, id store.OrderID) error {
	return unasked(ctx, s, func(tx *store.Tx) error {
		o, d, err := standing(tx, id)
		if err != nil {
			return err
		}
		if d.State != store.Confirmed && d.State != store.LockedOrder {
			return errNothing
		}
		e := store.StockReserved{Order: id}
		if e.Promises, err = promises(tx, o); err != nil {
			return err
		}
		if len(e.Promises) == 0 {
			return errNothing
		}
		return tx.Record(e)
	})
}

// Release turns what is reserved for an order, and in no slip yet, into a slip:
// the earliest expiry first, in the shortest walk. Where only a part is there, the
// slip is for that part. Where the site merges orders, those that go to the same
// person come along. An order that is not confirmed, or that a supervisor is to
// release, stays as it is.
func Release(ctx context.Context, s *store.Store, id store.OrderID) error {
	return unasked(ctx, s, func(tx *store.Tx) error {
		o, d, err := standing(tx, id)
		if err != nil {
			return err
		}
		if d.State != store.Confirmed {
			return errNothing
		}
		merge, err := tx.Setting(store.MergeOrders)
		if err != nil {
			return err
		}
		all, bought := []store.Order{o}, o.Waybill != ""
		if merge == "auto" {
			mates, err := mates(&tx.Reader, o)
			if err != nil {
				return err
			}
			for _, m := range mates {
				second := m.Waybill != "" && bought // a parcel has one
				if m.State == store.Confirmed && len(m.Slips) == 0 && !second {
					all, bought = append(all, m.Order), bought || m.Waybill != ""
				}
			}
		}
		return releaseSlip(tx, all, nil)
	})
}

// releaseSlip records a slip for what orders have reserved and in no slip yet; of
// the lines of part alone, where it is given. Without any it gives up.
func releaseSlip(tx *store.Tx, all []store.Order, part []int64) (err error) {
	first := all[0]
	slip := store.Slip{Carrier: first.Carrier, Mode: first.Mode, Service: first.Service,
		Priority: first.Priority, ShipBy: first.ShipBy, Released: tx.Now().UnixMilli()}
	for _, o := range all[1:] {
		slip.Priority = max(slip.Priority, o.Priority)
		if o.ShipBy != 0 && (slip.ShipBy == 0 || o.ShipBy < slip.ShipBy) {
			slip.ShipBy = o.ShipBy
		}
	}
	if slip.ID, err = tx.NextSlipID(); err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b store.Order) int { // as a line is shared among them
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	if err := allocate(tx, all, part, &slip); err != nil {
		return err
	}
	if len(slip.Lines) == 0 {
		return errNothing
	}
	if err := route.Plan(&tx.Reader, &slip); err != nil {
		return err
	}
	for _, o := range all {
		if err := carry(tx, o, &slip); err != nil {
			return err
		}
	}
	return tx.Record(store.SlipReleased{Slip: slip})
}

// allocate fills a slip: a line for each item, from the lines of orders that asked
// for it, and a task for each batch and bin.
func allocate(tx *store.Tx, all []store.Order, part []int64, slip *store.Slip) error {
	at := map[store.SKU]int{}
	for _, o := range all {
		for _, l := range o.Lines {
			if l.Free() == 0 || part != nil && !slices.Contains(part, l.Line) {
				continue
			}
			i, known := at[l.Item]
			if !known {
				i = len(slip.Lines)
				at[l.Item] = i
				slip.Lines = append(slip.Lines, store.SlipLine{Item: l.Item})
			}
			slip.Lines[i].Sources = append(slip.Lines[i].Sources,
				store.Source{Order: o.ID, Line: l.Line, N: l.Free()})
		}
	}
	lines := slip.Lines
	slip.Lines = nil
	for _, line := range lines {
		if err := allot(tx, line, slip); err != nil {
			return err
		}
	}
	return nil
}

// allot adds a line to a slip, with its tasks, as far as bins hold it.
func allot(tx *store.Tx, line store.SlipLine, slip *store.Slip) error {
	item, err := tx.Item(line.Item)
	if err != nil {
		return err
	}
	spots, err := tx.Spots(item)
	if err != nil {
		return err
	}
	var need store.Qty
	for _, src := range line.Sources {
		need += src.N
	}
	line.Line = int64(len(slip.Lines) + 1)
	tasks := store.Allot(spots, line.Item, line.Line, need,
		fmt.Sprintf("%s.%d.", slip.ID, line.Line))
	for _, t := range tasks {
		line.N += t.Want
	}
	if line.N == 0 {
		return nil
	}
	line.Sources = first(line.Sources, line.N)
	slip.Lines, slip.Tasks = append(slip.Lines, line), append(slip.Tasks, tasks...)
	return nil
}

// first is the part of sources that n pieces are enough for.
func first(sources []store.Source, n store.Qty) (out []store.Source) {
	for _, src := range sources {
		src.N = min(src.N, n)
		n -= src.N
		if src.N > 0 {
			out = append(out, src)
		}
	}
	return out
}

// carry gives a slip the waybill that was bought with its order: one waybill is
// one parcel, so only the order's first slip has it.
func carry(tx *store.Tx, o store.Order, slip *store.Slip) error {
	if o.Waybill == "" {
		return nil
	}
	given, err := tx.WaybillsByNo(o.Waybill)
	if err != nil || len(given) > 0 {
		return err
	}
	slip.Waybills = append(slip.Waybills, store.Waybill{No: o.Waybill, Slip: slip.ID,
		Carrier: o.Carrier, State: store.WaybillAssigned})
	return nil
}

// Unlock releases an order that waited for a supervisor. It refuses with NoRight,
// and with NotLocked when it does not wait.
func Unlock(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID) error {
	return unlock.Make(ctx, s, by, id)
}

var unlock = store.Decree[store.OrderID]{Name: "order.unlock", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, id store.OrderID) error {
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		o, d, err := standing(tx, id)
		if err != nil {
			return err
		}
		if d.State != store.LockedOrder {
			return &store.Refusal{Code: store.NotLocked, Want: o.PlatformNo, Got: string(d.State)}
		}
		return tx.Record(store.OrderDecided{Order: id, State: store.Confirmed, By: by.Operator,
			Reason: d.Note, At: tx.Now().UnixMilli()})
	})
	if err != nil {
		return err
	}
	return Onward(ctx, s, id)
}}

// Withdraw takes a slip back: its orders stay reserved, and wait
// to be released again. One that somebody began is stopped: what was picked goes back to its
// bin. It needs a supervisor and a reason; it refuses with NoRight, NotFound, SlipClosed when
// nothing of it can be stopped, and AskIntercept for a begun one until by.Yes.
func Withdraw(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	reason string) error {
	return withdraw.Make(ctx, s, by, withdrawing{id, reason})
}

// A withdrawing is of a slip, and says why.
type withdrawing struct {
	Slip   store.SlipID `json:"slip"`
	Reason string       `json:"reason"`
}

var withdraw = store.Decree[withdrawing]{Name: "order.withdraw", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in withdrawing) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if in.Reason == "" {
			return errReason
		}
		e, err := in.takenBack(tx)
		if err != nil {
			return err
		}
		e.Reason, e.By = in.Reason, by.Operator
		return tx.Record(e)
	})
}}

// takenBack is the fact that a slip is: withdrawn, or stopped where somebody began it.
func (in withdrawing) takenBack(tx *store.Tx) (e store.SlipTakenBack, err error) {
	e.Withdrawal, err = tx.Withdraw(in.Slip)
	r, refused := store.RefusalOf(err)
	begun := refused && r.Code == store.SlipBegun
	if begun && !tx.By().Yes {
		r.Code = store.AskIntercept
		return e, r
	}
	if err != nil && !begun {
		return e, err
	}
	orders := e.Withdrawal.Orders()
	if begun {
		e.Withdrawal = store.Withdrawal{Slip: in.Slip, At: tx.Now().UnixMilli()}
		if e.Stop, e.Promises, orders, err = stopWhole(tx, in.Slip); err != nil {
			return e, err
		}
	} else if e.Promises, err = surplus(tx, e.Withdrawal); err != nil {
		return e, err
	}
	for _, order := range orders {
		_, d, err := standing(tx, order)
		if err != nil {
			return e, err
		}
		if d.State == store.Confirmed || d.State == store.LockedOrder {
			e.Orders = append(e.Orders, order)
		}
	}
	return e, nil
}

// surplus is what the orders of a withdrawn slip no longer need.
func surplus(tx *store.Tx, w store.Withdrawal) (out []store.Promise, err error) {
	for _, id := range w.Orders() {
		o, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		for _, l := range o.Lines {
			p := l.Surplus(id, l.Tasked-w.Of(id, l.Line))
			if p.N != 0 || p.Need != 0 {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// Trim withdraws the slips of an order that nobody began, where they hold more than
// is still wanted, and stops that much of the others: an older program left it to them. It
// gives up where there is none.
func Trim(ctx context.Context, s *store.Store, id store.OrderID) error {
	return unasked(ctx, s, func(tx *store.Tx) error {
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		slips, err := tx.LiveSlips(id)
		if err != nil {
			return err
		}
		for _, slip := range slips {
			w, err := tx.Withdraw(slip)
			if _, begun := store.RefusalOf(err); begun {
				continue
			}
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(o.Lines, func(l store.OrderLine) bool {
				return l.Tasked-l.Short > l.Net() && w.Of(id, l.Line) > 0
			}) {
				continue // it would be made again as it is
			}
			e := store.SlipTakenBack{Withdrawal: w, Reason: "cut"}
			if e.Promises, err = surplus(tx, w); err != nil {
				return err
			}
			return tx.Record(e)
		}
		back, r, err := lessen(tx, o, o)
		if err != nil {
			return err
		}
		if len(r.stop) == 0 {
			return errNothing
		}
		return tx.Record(store.SlipTakenBack{Reason: "cut", Stop: r.stop, Promises: back,
			Withdrawal: store.Withdrawal{Slip: r.stop[0].Slip, At: tx.Now().UnixMilli()}})
	})
}
