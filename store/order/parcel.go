package order

import (
	"context"
	"errors"
	"slices"
	"strings"

	"scanbay/store"
)

// Split makes two slips of an order: one for the lines of part, one for the rest. A
// slip that nobody began is withdrawn for it. It needs a supervisor; it refuses with
// NoRight, SlipBegun, NotLocked, and with OneSlip when part is all of it or nothing.
func Split(ctx context.Context, s *store.Store, by store.Gesture, id store.OrderID,
	part []int64) error {
	return split.Make(ctx, s, by, splitting{id, part})
}

// A splitting says which lines of an order go by themselves.
type splitting struct {
	Order store.OrderID `json:"order"`
	Part  []int64       `json:"part"`
}

var split = store.Decree[splitting]{Name: "order.split", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in splitting) error {
	fits := func(_ *store.Reader, all []store.Order) error {
		chosen, rest := false, false
		for _, l := range all[0].Lines {
			if l.Want > l.Used+l.Short {
				one := slices.Contains(in.Part, l.Line)
				chosen, rest = chosen || one, rest || !one
			}
		}
		if !chosen || !rest {
			return &store.Refusal{Code: store.OneSlip, Got: all[0].PlatformNo}
		}
		return nil
	}
	return parcel{part: in.Part, fits: fits}.make(ctx, s, by, []store.OrderID{in.Order})
}}

// Merge makes one slip of orders that go to one person: one parcel. Slips that
// nobody began are withdrawn for it. It needs a supervisor; it refuses with NoRight,
// SlipBegun, NotLocked, and with NotTogether where they differ.
func Merge(ctx context.Context, s *store.Store, by store.Gesture, ids []store.OrderID) error {
	return merge.Make(ctx, s, by, ids)
}

var merge = store.Decree[[]store.OrderID]{Name: "order.merge", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, ids []store.OrderID) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return parcel{all: true, fits: together}.make(ctx, s, by, ids)
}}

// together refuses with NotTogether unless orders, two at least, can be one parcel.
func together(r *store.Reader, all []store.Order) error {
	if len(all) == 0 {
		return &store.Refusal{Code: store.NotTogether}
	}
	bought := 0
	for _, o := range all {
		what, err := apart(r, all[0], o)
		if err != nil {
			return err
		}
		if o.Waybill != "" {
			bought++
		}
		if what == "" && bought > 1 {
			what = "waybill" // a parcel has one
		}
		if what != "" || len(all) < 2 {
			return &store.Refusal{Code: store.NotTogether, Want: what, Got: o.PlatformNo}
		}
	}
	return nil
}

// A parcel is a slip that is made by hand of what orders have reserved.
type parcel struct {
	part []int64 // the lines of it; none for all
	all  bool    // what shares a slip with its orders goes along
	fits func(*store.Reader, []store.Order) error
}

// make withdraws the slips of orders that nobody began, one after another, then
// makes the slip, and then has what is left released. Whoever is cut off between
// finds the orders waiting for a supervisor.
func (p parcel) make(ctx context.Context, s *store.Store, by store.Gesture,
	ids []store.OrderID) error {
	var slips []store.SlipID
	var others []store.OrderID // they, and those that share a slip with them
	var wanted []store.OrderID // in the parcel
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		slips, others = nil, slices.Clone(ids)
		for _, id := range ids {
			live, err := tx.LiveSlips(id)
			if err != nil {
				return err
			}
			taken, err := untouched(tx, id)
			if err != nil {
				return err
			}
			for _, w := range taken {
				others = append(others, w.Orders()...)
			}
			slips = append(slips, live...)
		}
		slices.Sort(others)
		others = slices.Compact(others)
		if wanted = ids; p.all {
			wanted = others
		}
		all, err := reserved(tx, wanted)
		if err != nil {
			return err
		}
		if err := p.fits(&tx.Reader, all); err != nil {
			return err
		}
		return errNothing
	})
	if err := unlessNothing(err); err != nil {
		return err
	}
	slices.Sort(slips)
	for _, slip := range slices.Compact(slips) { // two orders may share one
		if err := Withdraw(ctx, s, by, slip, "parcel"); err != nil {
			return err
		}
		by.Scan = "" // it has its answer
	}
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		all, err := reserved(tx, wanted)
		if err != nil {
			return err
		}
		return releaseSlip(tx, all, p.part)
	})
	by.Scan = ""
	return errors.Join(unlessNothing(err), rest(ctx, s, by, others))
}

// reserved reads orders whose stock is reserved, for a supervisor. It refuses with
// NoRight, NotFound or NotLocked.
func reserved(tx *store.Tx, ids []store.OrderID) (out []store.Order, err error) {
	if err := tx.May(store.Supervisor); err != nil {
		return nil, err
	}
	for _, id := range ids {
		o, d, err := standing(tx, id)
		if err != nil {
			return nil, err
		}
		if d.State != store.Confirmed && d.State != store.LockedOrder {
			return nil, &store.Refusal{Code: store.NotLocked, Want: o.PlatformNo,
				Got: string(d.State)}
		}
		out = append(out, o)
	}
	return out, nil
}

// rest releases what orders have left, those that waited for a supervisor too.
func rest(ctx context.Context, s *store.Store, by store.Gesture, ids []store.OrderID) error {
	for _, id := range ids {
		d, err := store.Get(ctx, s, func(r *store.Reader) (store.Decision, error) {
			return r.Decision(id)
		})
		switch {
		case err != nil:
		case d.State == store.LockedOrder:
			err = Unlock(ctx, s, by, id)
		case d.State == store.Confirmed:
			err = Release(ctx, s, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A Mate is an order whose goods could go in one parcel with another's.
type Mate struct {
	store.Order
	State store.OrderState
	Slips []store.SlipID // that nobody began
}

// Mates reads the orders that could go in one parcel with an order.
func Mates(ctx context.Context, s *store.Store, id store.OrderID) ([]Mate, error) {
	return store.Get(ctx, s, func(r *store.Reader) ([]Mate, error) {
		o, err := r.Order(id)
		if err != nil {
			return nil, err
		}
		return mates(r, o)
	})
}

func mates(r *store.Reader, o store.Order) (out []Mate, err error) {
	p, err := r.Recipient(o.Recipient)
	if err != nil {
		return nil, err
	}
	ids, err := r.Mates(o, p)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		m := Mate{}
		if m.Order, err = r.Order(id); err != nil {
			return nil, err
		}
		if what, err := apart(r, o, m.Order); err != nil || what != "" {
			if err != nil {
				return nil, err
			}
			continue
		}
		d, err := r.Decision(id)
		if err != nil {
			return nil, err
		}
		m.State = d.State
		if m.Slips, err = r.LiveSlips(id); err != nil {
			return nil, err
		}
		begun := false
		for _, slip := range m.Slips {
			_, err := r.Withdraw(slip)
			if _, refused := store.RefusalOf(err); err != nil && !refused {
				return nil, err
			}
			begun = begun || err != nil
		}
		if !begun && (o.Waybill == "" || m.Waybill == "") {
			out = append(out, m)
		}
	}
	return out, nil
}

// apart is in what two orders differ that could else be one parcel; empty for
// nothing. People are the same when everything on the parcel's label is.
func apart(r *store.Reader, a, b store.Order) (string, error) {
	switch {
	case a.ID == b.ID:
		return "", nil
	case a.Mode != b.Mode:
		return "mode", nil
	case a.Carrier != b.Carrier:
		return "carrier", nil
	case a.Channel != b.Channel || a.Shop != b.Shop:
		return "channel", nil
	case a.Service != b.Service || a.FreightPayer != b.FreightPayer:
		return "service", nil
	}
	p, err := r.Recipient(a.Recipient)
	if err != nil {
		return "", err
	}
	q, err := r.Recipient(b.Recipient)
	if err != nil {
		return "", err
	}
	p.ID, q.ID = "", ""
	if p != q || a.Province != b.Province {
		return "address", nil
	}
	// Two people can be masked alike; without a token, or a name at all, their number
	// tells them apart.
	unsure := p == (store.Recipient{}) || p.Token == "" && strings.Contains(p.Name+p.Phone, "*")
	if a.Customer != b.Customer || unsure && a.Customer == "" {
		return "customer", nil
	}
	return "", nil
}
