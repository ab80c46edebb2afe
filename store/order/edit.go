package order

import (
	"context"
	"fmt"
	"slices"

	"scanbay/store"
)

// An Edit is one thing that a person wants another about an order: a field of it,
// or the pieces of a line.
type Edit struct {
	Field string    `json:"field"` // of Editable
	Text  string    `json:"text"`
	Line  int64     `json:"line,omitempty"` // of the field "line"
	N     store.Qty `json:"n,omitempty"`
}

// Editable lists what a person can want another, the most asked for first.
var Editable = []string{"address", "province", "name", "phone", "line", "mode", "carrier",
	"waybill", "seller_remark"}

// field is where an order, or its person, keeps what a word stands for; nil for
// nowhere.
func field(o *store.Order, p *store.Recipient, name string) *string {
	switch name {
	case "address":
		return &p.Address
	case "name":
		return &p.Name
	case "phone":
		return &p.Phone
	case "mode":
		return (*string)(&o.Mode)
	case "carrier":
		return (*string)(&o.Carrier)
	case "seller_remark":
		return &o.SellerRemark
	case "province":
		return &o.Province
	case "waybill":
		return (*string)(&o.Waybill)
	}
	return nil
}

// ValueOf is what an order says of a field of Editable.
func ValueOf(o store.Order, p store.Recipient, name string) string {
	text := field(&o, &p, name)
	if text == nil {
		return ""
	}
	return *text
}

// Request asks for an edit of an order, as RequestChange does.
func Request(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	e Edit) error {
	return request.Make(ctx, s, by, requesting{id, e})
}

// A requesting asks for an edit of an order.
type requesting struct {
	Order store.OrderID `json:"order"`
	Edit
}

var request = store.Decree[requesting]{Name: "order.request", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in requesting) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		e := in.Edit
		if by.Operator != "" { // anybody may ask, but not nobody
			if _, err := tx.Operator(by.Operator); err != nil {
				return err
			}
		}
		o, err := tx.Order(in.Order)
		if err != nil {
			return err
		}
		p, err := tx.Recipient(o.Recipient)
		if err != nil {
			return err
		}
		text := field(&o, &p, e.Field)
		switch {
		case e.Field == "line":
			err = resize(&o, e)
		case text == nil:
			err = fmt.Errorf("no field is named %q", e.Field)
		case e.Field == "mode" && !slices.Contains(store.Deliveries, store.Delivery(e.Text)):
			err = fmt.Errorf("no way of delivery is named %q", e.Text)
		default:
			*text = e.Text
		}
		if err != nil {
			return err
		}
		asked, err := RequestChange(tx, o, p, "keyed")
		if err != nil {
			return err
		}
		return tx.Record(asked)
	})
}}

// piecesMax is more than anybody orders of one item.
const piecesMax = 1_000_000

// resize gives a line other pieces; none takes it off the order.
func resize(o *store.Order, e Edit) error {
	for i := range o.Lines {
		if l := &o.Lines[i]; l.Line == e.Line {
			if e.N < 0 || e.N > piecesMax {
				return &store.Refusal{Code: store.BadQuantity, Got: e.N.String()}
			}
			n := e.N + l.N - l.Net() // what was cut stays cut
			if e.N == 0 {
				n = 0
			}
			if l.N > 0 { // its money goes with its pieces
				l.Paid = l.Paid * store.Money(n) / store.Money(l.N)
				l.Discount = l.Discount * store.Money(n) / store.Money(l.N)
				l.Tax = l.Tax * store.Money(n) / store.Money(l.N)
			}
			l.N = n
			return nil
		}
	}
	return &store.Refusal{Code: store.NotFound, Got: o.PlatformNo}
}
