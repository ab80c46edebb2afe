package order

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
)

// Phone is the channel of orders that were taken by phone.
const Phone = "phone"

// An Offer is an item that a customer asks about, with how many there are of it.
type Offer struct {
	store.Item
	N         store.Qty // that the code stands for
	Available store.Qty
}

// FindItem finds the item that a scan, or a typed code, stands for. It needs a
// supervisor; it refuses with NoRight, and as Reader.Find does.
func FindItem(ctx context.Context, s *store.Store, by store.Gesture) (o Offer, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(by.Mark, store.ItemKind)
		if err != nil {
			return err
		}
		if o, err = offer(&tx.Reader, f.Item); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: string(o.SKU), Text: f.Code})
	})
	return o, err
}

// IsItem says whether typed digits are the code of an item too, and not only a
// quantity. Nothing is recorded.
func IsItem(ctx context.Context, s *store.Store, typed string) (bool, error) {
	return store.Get(ctx, s, func(r *store.Reader) (bool, error) {
		found, err := r.ItemsByCode(typed)
		return len(found) > 0, err
	})
}

func offer(r *store.Reader, of store.Coded) (o Offer, err error) {
	o.N = of.N
	if o.Item, err = r.Item(of.SKU); err != nil {
		return o, err
	}
	l, err := r.Levels(o.Item)
	o.Available = l.Available
	return o, err
}

// Known reads the last order of whoever has a phone number, and the person; zero
// ones where nobody is known by it.
func Known(ctx context.Context, s *store.Store, phone string) (o store.Order, p store.Recipient,
	err error) {
	err = s.Read(ctx, func(r *store.Reader) error {
		id, err := r.LastTo(phone)
		if err != nil || id == "" {
			return err
		}
		if o, err = r.Order(id); err != nil {
			return err
		}
		p, err = r.Recipient(o.Recipient)
		return err
	})
	return o, p, err
}

// Enter takes an order in that a person wrote down: by phone, where it names no other
// channel. Whom it goes to is kept beside the facts. It needs a supervisor; it refuses
// with NoRight, or with Incomplete and the first thing that lacks.
func Enter(ctx context.Context, s *store.Store, by store.Gesture, o store.Order,
	p store.Recipient) (store.OrderID, error) {
	by.Once = true // a second order like it is asked for when the first has its number
	return enter.Make(ctx, s, by, entering{o, p})
}

// An entering is an order, and the person it goes to.
type entering struct {
	Order  store.Order     `json:"order"`
	Person store.Recipient `json:"person"`
}

var enter = store.Ruling[entering, store.OrderID]{Name: "order.enter", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in entering) (
	id store.OrderID, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		o, p := in.Order, in.Person
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if lack := lacks(o, p); lack != "" {
			return &store.Refusal{Code: store.Incomplete, Want: lack}
		}
		if err := sane(o); err != nil {
			return err
		}
		if id, err = tx.NextOrderID(); err != nil {
			return err
		}
		o.ID, o.Placed = id, tx.Now().UnixMilli()
		o.Channel = cmp.Or(o.Channel, Phone)
		o.PlatformNo = cmp.Or(o.PlatformNo, fmt.Sprintf("PH%s", id))
		o.Lines = slices.Clone(o.Lines)
		for i := range o.Lines {
			o.Lines[i].Line = int64(i + 1)
		}
		o.Content = o.Fingerprint()
		p.ID = store.RecipientID(tx.NextEvent()) // unique, and says nothing of the person
		o.Recipient = p.ID
		if err := tx.KeepRecipient(p); err != nil {
			return err
		}
		return tx.Record(store.OrderReceived{Order: o})
	})
	if err == nil {
		_ = Onward(ctx, s, id) // the order stands: what fails here, Plan does
	}
	return id, err
}, Again: func(was store.Event) store.OrderID {
	o, _ := was.(store.OrderReceived)
	return o.ID
}}

// sane fails for what no screen lets anybody enter.
func sane(o store.Order) error {
	if !slices.Contains(store.Deliveries, o.Mode) {
		return fmt.Errorf("no way of delivery is named %q", o.Mode)
	}
	for _, l := range o.Lines {
		if l.N <= 0 || l.N > piecesMax {
			return &store.Refusal{Code: store.BadQuantity, Got: l.N.String()}
		}
		if min(l.Price, l.Discount, l.Paid, l.Tax) < 0 {
			return errMoney
		}
	}
	if min(o.Freight, o.Discount, o.Tax, o.Paid, o.COD) < 0 {
		return errMoney
	}
	return nil
}

var errMoney = errors.New("an amount of an order below zero")

// lacks is the first thing that an order cannot go without, by the name of its
// field; empty where it has all.
func lacks(o store.Order, p store.Recipient) string {
	for _, x := range []struct {
		what string
		miss bool
	}{
		{"phone", p.Phone == ""},
		{"name", p.Name == ""},
		{"address", p.Address == "" && o.Mode != store.PickUp},
		{"line", len(o.Lines) == 0},
	} {
		if x.miss {
			return x.what
		}
	}
	return ""
}

// An Outcome is what became of an order that was entered.
type Outcome struct {
	store.Order
	store.Decision
	Stands store.OrderState
	Slips  []store.SlipID
}

// After does what the authority does with an order that came in, and says what became
// of it.
func After(ctx context.Context, s *store.Store, id store.OrderID) (out Outcome, err error) {
	if err := Onward(ctx, s, id); err != nil {
		return out, err
	}
	err = s.Read(ctx, func(r *store.Reader) error {
		if out.Order, err = r.Order(id); err != nil {
			return err
		}
		if out.Decision, err = r.Decision(id); err != nil {
			return err
		}
		if out.Stands, err = r.OrderState(id); err != nil {
			return err
		}
		out.Slips, err = r.LiveSlips(id)
		return err
	})
	return out, err
}
