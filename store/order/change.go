package order

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"scanbay/store"
)

// A Difference is one thing in which a changed order is to be another. What names a
// field of the order, or "line"; Was and Will are as people read them, empty where
// there was nothing, or will be.
type Difference struct {
	What      string
	Item      store.SKU // of a line
	Was, Will string
}

// Diff lists what a change does to an order, with the people whose parcels they are.
func Diff(was, will store.Order, from, to store.Recipient) (out []Difference) {
	add := func(what string, a, b any) {
		if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
			out = append(out, Difference{What: what, Was: x, Will: y})
		}
	}
	add("name", from.Name, to.Name)
	add("phone", from.Phone, to.Phone)
	add("address", join(was.Province, from.City, from.Address, from.Postcode, from.Country),
		join(will.Province, to.City, to.Address, to.Postcode, to.Country))
	add("token", from.Token, to.Token)
	add("customer", was.Customer, will.Customer)
	add("mode", was.Mode, will.Mode)
	add("service", was.Service, will.Service)
	add("carrier", was.Carrier, will.Carrier)
	add("waybill", was.Waybill, will.Waybill)
	add("freight_payer", was.FreightPayer, will.FreightPayer)
	add("freight", was.Freight, will.Freight)
	add("discount", was.Discount, will.Discount)
	add("tax", was.Tax, will.Tax)
	add("paid", was.Paid, will.Paid)
	add("cod", was.COD, will.COD)
	add("pay_method", was.PayMethod, will.PayMethod)
	add("priority", was.Priority, will.Priority)
	add("ship_by", was.ShipBy, will.ShipBy)
	add("buyer_remark", was.BuyerRemark, will.BuyerRemark)
	add("seller_remark", was.SellerRemark, will.SellerRemark)
	return append(out, lineDiff(was.Lines, will.Lines)...)
}

func join(parts ...string) (out string) {
	for _, p := range parts {
		if p != "" && out != "" {
			out += " "
		}
		out += p
	}
	return out
}

func lineDiff(was, will []store.OrderLine) (out []Difference) {
	text := func(l store.OrderLine) string {
		if l.N == 0 {
			return ""
		}
		if l.Price == 0 {
			return l.N.String()
		}
		return l.N.String() + " @ " + l.Price.String()
	}
	of := func(lines []store.OrderLine, line int64) (l store.OrderLine) {
		for _, x := range lines {
			if x.Line == line {
				return x
			}
		}
		return l
	}
	for _, l := range was {
		if now := of(will, l.Line); text(now) != text(l) {
			out = append(out, Difference{"line", l.Item, text(l), text(now)})
		}
	}
	for _, l := range will {
		if of(was, l.Line).Item == "" && l.N > 0 {
			out = append(out, Difference{"line", l.Item, "", text(l)})
		}
	}
	return out
}

// Align gives the lines of a changed order the numbers that they had: a line is the
// same while its item, its kit and whether it is a gift are. New ones come behind the
// last number that was ever given, and those that go are left with no pieces.
func Align(was, will []store.OrderLine, last int64) (out []store.OrderLine) {
	out = slices.Clone(was)
	for i := range out {
		out[i].N = 0
	}
	for _, l := range was {
		last = max(last, l.Line)
	}
	number := map[int64]int64{0: 0} // the new ones, by those of will
	for _, l := range will {
		i := slices.IndexFunc(out, func(x store.OrderLine) bool {
			return x.N == 0 && x.Item == l.Item && x.Gift == l.Gift &&
				(x.Parent == 0) == (l.Parent == 0)
		})
		if i < 0 {
			last++
			i, out = len(out), append(out, store.OrderLine{Line: last})
		}
		number[l.Line], l.Line = out[i].Line, out[i].Line
		out[i] = l
	}
	for i, l := range out {
		if l.N > 0 {
			out[i].Parent = number[l.Parent]
		}
	}
	return out
}

// RequestChange asks for an order to be as to says from now on, and to go to person,
// who is kept beside the facts where it is another. Anybody may ask; a supervisor
// decides. It refuses with NotFound, with NoChange when the order is like that, and
// with NotLocked when it is too late.
func RequestChange(tx *store.Tx, to store.Order, person store.Recipient, source string) (
	e store.ChangeRequested, err error) {
	was, _, err := standing(tx, to.ID)
	if err != nil {
		return e, err
	}
	if err := changeable(tx, was); err != nil {
		return e, err
	}
	from, err := tx.Recipient(was.Recipient)
	if err != nil {
		return e, err
	}
	last, err := tx.LastLine(to.ID)
	if err != nil {
		return e, err
	}
	to.Lines = Align(was.Lines, to.Lines, last)
	if len(Diff(was, to, from, person)) == 0 {
		return e, &store.Refusal{Code: store.NoChange, Got: was.PlatformNo}
	}
	to.Recipient, person.ID = was.Recipient, from.ID
	if person != from {
		// The event's id is unique, and says nothing of the person.
		person.ID = store.RecipientID(tx.NextEvent())
		to.Recipient = person.ID
		if err := tx.KeepRecipient(person); err != nil {
			return e, err
		}
	}
	before, err := tx.Changes(to.ID)
	if err != nil {
		return e, err
	}
	return store.ChangeRequested{OrderChange: store.OrderChange{Order: to.ID,
		N: int64(len(before) + 1), Was: was, To: to, Source: source, By: tx.By().Operator,
		At: tx.Now().UnixMilli()}}, nil
}

func differences(r *store.Reader, was, will store.Order) ([]Difference, error) {
	from, err := r.Recipient(was.Recipient)
	if err != nil {
		return nil, err
	}
	to, err := r.Recipient(will.Recipient)
	return Diff(was, will, from, to), err
}

// changeable refuses once all has left, or nothing is left to change.
func changeable(tx *store.Tx, o store.Order) error {
	state, err := tx.OrderState(o.ID)
	if err == nil && slices.Contains([]store.OrderState{store.Rejected, store.Cancelled,
		store.Shipped}, state) {
		err = &store.Refusal{Code: store.NotLocked, Want: o.PlatformNo, Got: string(state)}
	}
	return err
}

// untouched is what takes back every slip of an order. It refuses with SlipBegun.
func untouched(tx *store.Tx, id store.OrderID) (out []store.Withdrawal, err error) {
	slips, err := tx.LiveSlips(id)
	for _, slip := range slips {
		if err != nil {
			break
		}
		var w store.Withdrawal
		w, err = tx.Withdraw(slip)
		out = append(out, w)
	}
	return out, err
}

// A Requested change waits for a supervisor, with what it would do.
type Requested struct {
	store.OrderChange
	Order store.Order // as it is
	Diff  []Difference
}

// OpenChanges reads the changes that wait for a supervisor, the oldest first.
func OpenChanges(ctx context.Context, s *store.Store) ([]Requested, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []Requested, err error) {
		open, err := r.OpenChanges()
		for _, c := range open {
			x := Requested{OrderChange: c}
			if x.Order, err = r.Order(c.Order); err != nil {
				return nil, err
			}
			if x.Diff, err = differences(r, c.Was, c.To); err != nil {
				return nil, err
			}
			out = append(out, x)
		}
		return out, err
	})
}

// MakeChange makes a change that was asked for: slips that nobody began are
// withdrawn, what was reserved is given back, and the order is reviewed anew. What was
// picked goes on as far as the changed order wants it in the same parcel; the rest is
// stopped. Where it goes to another address, its waybill is void. It needs a supervisor; it
// refuses with NoRight, ChangeGone or NotLocked.
func MakeChange(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID, n int64,
	reason string) error {
	return makeChange.Make(ctx, s, by, changing{id, n, reason})
}

// A changing decides on a change of an order, by its number, and says why.
type changing struct {
	Order  store.OrderID `json:"order"`
	N      int64         `json:"n"`
	Reason string        `json:"reason"`
}

var makeChange = store.Decree[changing]{Name: "order.make_change", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in changing) error {
	var withdrawn []store.Withdrawal
	err := in.decide(ctx, s, by, func(tx *store.Tx, c store.OrderChange) error {
		was, _, err := standing(tx, c.Order)
		if err != nil {
			return err
		}
		if err := changeable(tx, was); err != nil {
			return err
		}
		to, err := rebase(tx, c, was)
		if err != nil {
			return err
		}
		e := store.ChangeDecided{Order: c.Order, N: c.N, State: store.ChangeMade,
			Reason: in.Reason, By: by.Operator, At: tx.Now().UnixMilli(), To: &to}
		r, err := recalled(tx, was, to)
		if err != nil {
			return err
		}
		e.Withdraw, e.Stop, e.Promises = r.withdraw, r.stop, giveBack(r.left(was))
		if e.To.Waybill, err = waybillAfter(tx, was, to); err != nil {
			return err
		}
		withdrawn = e.Withdraw
		return tx.Record(e)
	})
	if err != nil {
		return err
	}
	return onward(ctx, s, in.Order, withdrawn)
}}

// recalled is what a change takes back from the floor: all that is to go another way, and
// else what is not wanted any more.
func recalled(tx *store.Tx, was, to store.Order) (r recall, err error) {
	wanted := map[int64]store.Qty{}
	moved, err := elsewhere(tx, was, to, "mode", "service", "waybill", "freight_payer", "cod")
	if err != nil {
		return r, err
	}
	if !moved {
		for _, l := range was.Lines {
			i := slices.IndexFunc(to.Lines, func(x store.OrderLine) bool {
				return x.Line == l.Line && x.Item == l.Item
			})
			if i >= 0 {
				l.N = to.Lines[i].N
				wanted[l.Line] = l.Net()
			}
		}
	}
	if r.withdraw, err = unbegun(tx, was.ID); err != nil {
		return r, err
	}
	return r, r.stopped(tx, was, wanted)
}

// rebase is the order as it now is with what a change was asked for: another may
// have been made meanwhile. Its person, where two changes made it a third, is kept.
func rebase(tx *store.Tx, c store.OrderChange, now store.Order) (to store.Order, err error) {
	if to, err = threeWay(c.Was, c.To, now); err != nil {
		return to, err
	}
	if to.Lines, err = threeWayLines(c.Was.Lines, c.To.Lines, now.Lines); err != nil {
		return to, err
	}
	var people [3]store.Recipient
	for i, o := range []store.Order{c.Was, c.To, now} {
		if people[i], err = tx.Recipient(o.Recipient); err != nil {
			return to, err
		}
	}
	person, err := threeWay(people[0], people[1], people[2])
	if err != nil {
		return to, err
	}
	for _, known := range people[1:] {
		if person.ID = known.ID; person == known {
			to.Recipient = known.ID
			return to, nil
		}
	}
	person.ID = store.RecipientID(tx.NextEvent())
	to.Recipient = person.ID
	return to, tx.KeepRecipient(person)
}

// threeWayLines is threeWay for each line, by its number.
func threeWayLines(was, to, now []store.OrderLine) (out []store.OrderLine, err error) {
	of := func(lines []store.OrderLine, n int64) store.OrderLine {
		for _, l := range lines {
			if l.Line == n {
				return l
			}
		}
		return store.OrderLine{Line: n}
	}
	numbers := map[int64]bool{}
	for _, l := range slices.Concat(was, to, now) {
		numbers[l.Line] = true
	}
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		l, err := threeWay(of(was, n), of(to, n), of(now, n))
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// threeWay is what now is, with what differs between was and to as in to.
func threeWay[T any](was, to, now T) (out T, err error) {
	var fields [3]map[string]json.RawMessage
	for i, v := range []T{was, to, now} {
		b, err := json.Marshal(v)
		if err == nil {
			err = json.Unmarshal(b, &fields[i])
		}
		if err != nil {
			return out, err
		}
	}
	for name := range maps.Keys(fields[0]) {
		if _, kept := fields[1][name]; !kept {
			delete(fields[2], name)
		}
	}
	for name, value := range fields[1] {
		if !bytes.Equal(value, fields[0][name]) {
			fields[2][name] = value
		}
	}
	b, err := json.Marshal(fields[2])
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(b, &out)
}

// waybillAfter is the waybill of a changed order: none that was bought for another
// address.
func waybillAfter(tx *store.Tx, was, will store.Order) (store.WaybillNo, error) {
	moved, err := elsewhere(tx, was, will)
	if moved && will.Waybill == was.Waybill {
		return "", err
	}
	return will.Waybill, err
}

// elsewhere says whether an order goes to somebody else, somewhere else or by another
// carrier than it did; or differs in one of the fields beside.
func elsewhere(tx *store.Tx, was, will store.Order, beside ...string) (bool, error) {
	fields := append([]string{"address", "name", "phone", "token", "carrier"}, beside...)
	diff, err := differences(&tx.Reader, was, will)
	return slices.ContainsFunc(diff, func(d Difference) bool {
		return slices.Contains(fields, d.What)
	}), err
}

// RefuseChange leaves an order as it is. It needs a supervisor; it refuses with
// NoRight or ChangeGone.
func RefuseChange(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID, n int64,
	reason string) error {
	return refuseChange.Make(ctx, s, by, changing{id, n, reason})
}

var refuseChange = store.Decree[changing]{Name: "order.refuse_change", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in changing) error {
	return in.decide(ctx, s, by, func(tx *store.Tx, c store.OrderChange) error {
		return tx.Record(store.ChangeDecided{Order: c.Order, N: c.N, State: store.ChangeRefused,
			Reason: in.Reason, By: by.Operator, At: tx.Now().UnixMilli()})
	})
}}

func (in changing) decide(ctx context.Context, s *store.Store, by store.Gesture,
	how func(*store.Tx, store.OrderChange) error) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if in.Reason == "" {
			return errReason
		}
		all, err := tx.Changes(in.Order)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c store.OrderChange) bool {
			return c.N == in.N && c.State == store.ChangeOpen
		})
		if i < 0 {
			return &store.Refusal{Code: store.ChangeGone, Got: string(in.Order)}
		}
		return how(tx, all[i])
	})
}
