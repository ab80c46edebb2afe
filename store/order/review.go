// Package order plans: it takes sales orders in, reviews them, reserves stock
// for them and turns them into outbound slips. Its operations are the
// authority's.
package order

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"scanbay/store"
)

// A Rule of the review says what an order must be to be confirmed by itself.
type Rule string

// The rules of the review.
const (
	Complete  Rule = "complete"  // lines and a recipient; Param "lines": lines alone
	Sellable  Rule = "sellable"  // every item is known and sold
	Duplicate Rule = "duplicate" // not the same bought twice. Param: within so many minutes
	InStock   Rule = "stock"     // all of it is available
)

// A check gives what an order fails a rule by.
type check func(tx *store.Tx, o store.Order, param string) ([]store.Finding, error)

// review is the rule set, in the order in which its findings are shown. Which
// rules hold for a channel is the warehouse's data: store.RuleSet.
var review = []struct {
	Rule
	check
}{
	{Complete, complete},
	{Sellable, sellable},
	{Duplicate, duplicate},
	{InStock, inStock},
}

// Rules lists every rule of the review.
func Rules() (out []Rule) {
	for _, r := range review {
		out = append(out, r.Rule)
	}
	return out
}

// Review decides on an order that came in: what passes every rule of its channel
// is confirmed and reserved, the rest is held with the reasons. An order that is
// decided on stays as it is.
func Review(ctx context.Context, s *store.Store, id store.OrderID) error {
	return s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		d, err := tx.Decision(id)
		if err != nil || d.State != store.Received {
			return err
		}
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		e := store.OrderDecided{Order: id, State: store.Confirmed, At: tx.Now().UnixMilli()}
		if e.Findings, err = findings(tx, o); err != nil {
			return err
		}
		if len(e.Findings) > 0 {
			e.State = store.Held
		} else if e.Promises, err = promises(tx, o); err != nil {
			return err
		}
		return tx.Record(e)
	})
}

func findings(tx *store.Tx, o store.Order) (out []store.Finding, err error) {
	set, err := tx.Rules(o.Channel)
	if err != nil {
		return nil, err
	}
	for _, r := range review {
		rule, found := set[string(r.Rule)]
		if found && !bool(rule.Active) {
			continue
		}
		f, err := r.check(tx, o, rule.Param)
		if err != nil {
			return nil, err
		}
		out = append(out, f...)
	}
	return out, nil
}

func complete(tx *store.Tx, o store.Order, param string) (out []store.Finding, err error) {
	miss := func(what string) {
		out = append(out, store.Finding{Rule: string(Complete), Want: what})
	}
	if len(o.Lines) == 0 {
		miss("lines")
	}
	if param == "lines" {
		return out, nil
	}
	p, err := tx.Recipient(o.Recipient)
	if err != nil {
		return nil, err
	}
	if p.Name == "" {
		miss("name")
	}
	if p.Phone == "" && p.Token == "" {
		miss("phone")
	}
	if p.Address == "" && o.Mode != store.PickUp {
		miss("address")
	}
	return out, nil
}

func sellable(tx *store.Tx, o store.Order, _ string) (out []store.Finding, err error) {
	for _, l := range o.Lines {
		i, err := tx.Item(l.Item)
		if _, unknown := store.RefusalOf(err); err != nil && !unknown {
			return nil, err
		}
		if err != nil || !bool(i.Active) {
			out = append(out, store.Finding{Rule: string(Sellable), Line: l.Line,
				Got: string(l.Item)})
		}
	}
	return out, nil
}

// sameWithin is how far apart the same order is taken for a second one, where
// the rule has no parameter.
const sameWithin = 24 * 60 // minutes

func duplicate(tx *store.Tx, o store.Order, param string) ([]store.Finding, error) {
	minutes, err := strconv.ParseInt(param, 10, 64)
	if err != nil {
		minutes = sameWithin
	}
	if o.Customer == "" {
		return nil, nil // strangers buy the same things
	}
	twins, err := tx.Twins(o, minutes*60_000)
	if err != nil || len(twins) == 0 {
		return nil, err
	}
	return []store.Finding{{Rule: string(Duplicate), Got: string(twins[0])}}, nil
}

func inStock(tx *store.Tx, o store.Order, _ string) (out []store.Finding, err error) {
	free := levels{tx: tx}
	for _, l := range o.Lines {
		got, err := free.take(l.Item, l.N)
		if err != nil {
			return nil, err
		}
		if got < l.N {
			out = append(out, store.Finding{Rule: string(InStock), Line: l.Line,
				Want: fmt.Sprintf("%s x %d", l.Item, l.N), Got: fmt.Sprint(got)})
		}
	}
	return out, nil
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

// promises reserves what an order is owed, as far as it is available.
func promises(tx *store.Tx, o store.Order) (out []store.Promise, err error) {
	free := levels{tx: tx}
	for _, l := range o.Lines {
		n, err := free.take(l.Item, l.Owed())
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, store.Promise{Order: o.ID, Line: l.Line, Item: l.Item, N: n})
		}
	}
	return out, nil
}

// Approve confirms a held order all the same, and reserves what there is: the
// rest waits for stock. It needs a reason and a supervisor; it refuses with NoRight
// or NotHeld.
func Approve(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	reason string) error {
	return decide(ctx, s, by, id, store.Confirmed, reason)
}

// Reject ends a held order. It needs a reason and a supervisor; it refuses with NoRight
// or NotHeld.
func Reject(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	reason string) error {
	return decide(ctx, s, by, id, store.Rejected, reason)
}

// errReason is a fault: every screen asks for the reason first.
var errReason = errors.New("a decision without a reason")

func decide(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	state store.OrderState, reason string) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if reason == "" {
			return errReason
		}
		d, err := tx.Decision(id)
		if err != nil {
			return err
		}
		if d.State != store.Held {
			return &store.Refusal{Code: store.NotHeld, Want: string(id), Got: string(d.State)}
		}
		o, err := tx.Order(id)
		if err != nil {
			return err
		}
		e := store.OrderDecided{Order: id, State: state, Findings: d.Findings, Reason: reason,
			By: by.Operator, At: tx.Now().UnixMilli()}
		if state == store.Confirmed {
			if e.Promises, err = promises(tx, o); err != nil {
				return err
			}
		}
		return tx.Record(e)
	})
}

// A HeldOrder waits for a supervisor.
type HeldOrder struct {
	store.Order
	Findings []store.Finding
	Person   store.Recipient
}

// Held reads the orders that wait for a supervisor, the most urgent first.
func Held(ctx context.Context, s *store.Store) ([]HeldOrder, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []HeldOrder, err error) {
		ids, err := r.OrdersIn(store.Held)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			h := HeldOrder{}
			d, err := r.Decision(id)
			if err != nil {
				return nil, err
			}
			h.Findings = d.Findings
			if h.Order, err = r.Order(id); err != nil {
				return nil, err
			}
			if h.Person, err = r.Recipient(h.Recipient); err != nil {
				return nil, err
			}
			out = append(out, h)
		}
		return out, nil
	})
}

// FindHeld finds the held order that a scan, or a typed number, is about. It
// refuses with NotFound, WrongKind or NotHeld.
func FindHeld(ctx context.Context, s *store.Store, by store.Gesture, held []HeldOrder) (
	at int, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		f, err := tx.Find(by.Mark, store.OrderKind)
		if err != nil {
			return err
		}
		for i, o := range held {
			if o.ID == f.Order {
				at = i
				return tx.Record(store.ScanNoted{About: string(o.ID), Text: f.Code})
			}
		}
		return &store.Refusal{Code: store.NotHeld, Want: f.Code}
	})
	return at, err
}
