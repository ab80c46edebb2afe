// Package report answers questions about the warehouse. It changes nothing, but
// for the record of what was scanned to ask, and of who has seen an alert.
package report

import (
	"context"
	"slices"
	"strings"

	"scanbay/store"
)

// matchesMax bounds what one code can stand for: nobody reads further.
const matchesMax = 50

// LookUp finds everything that a scan, or what was typed, can stand for: one of our
// things, a lot, a serial, a customer, or the last four digits of a phone. It
// refuses with Unreadable, or with NotFound.
func LookUp(ctx context.Context, s *store.Store, by store.Gesture) (out []store.Found, err error) {
	out, found := store.Get(ctx, s, func(r *store.Reader) ([]store.Found, error) {
		return find(r, by.Mark) // beside the work of others
	})
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if found != nil {
			return found
		}
		if len(out) == 0 {
			return &store.Refusal{Code: store.NotFound, Got: by.Mark.Text}
		}
		return tx.Record(store.ScanNoted{About: out[0].Ref(), Text: by.Mark.Text})
	})
	return out, err
}

func find(r *store.Reader, m store.Mark) (out []store.Found, err error) {
	if m.Flaw != "" {
		return nil, &store.Refusal{Code: store.Unreadable, Got: m.Flaw}
	}
	if out, err = r.Meanings(m); err != nil {
		return nil, err
	}
	if m.Kind != "" {
		return out, nil
	}
	text := strings.TrimSpace(m.Text)
	if text == "" {
		return out, nil
	}
	more, err := r.Others(text, matchesMax)
	if err == nil && len(out)+len(more) == 0 {
		more, err = r.ItemsNamed(text, matchesMax)
	}
	if err != nil {
		return nil, err
	}
	for _, f := range more {
		if !slices.ContainsFunc(out, func(o store.Found) bool {
			return o.Kind == f.Kind && o.Ref() == f.Ref()
		}) {
			out = append(out, f)
		}
	}
	return out[:min(len(out), matchesMax)], nil
}

// A Card is what is known of one thing. What does not concern it is empty.
type Card struct {
	store.Found
	About    store.Item
	Levels   store.Levels
	Stock    []store.Balance // where it is, or what is in it
	Blind    bool            // there is more, which whoever looks may not see: it is being counted
	Bin      store.Bin
	Slips    []store.Slip
	Carton   store.Carton
	Orders   []OrderCard
	Operator store.Operator
	Returns  []ReturnCard
	Holds    []store.Lease // what the operator works on
	Trail    []store.Envelope
}

// An OrderCard is an order with all that came of it.
type OrderCard struct {
	store.Order
	store.Decision
	Now      store.OrderState
	Person   store.Recipient
	Paid     store.Money
	Payments []store.Payment
	Asked    []store.Question
	Changes  []store.OrderChange
	Slips    []store.Slip
	Waybills []store.Waybill
	Moves    []store.Tracking // of its parcels, on their way
	Returns  []ReturnCard
}

// A ReturnCard is a return with all that came of it.
type ReturnCard struct {
	store.RMA
	Decision  store.RMADecision
	Person    store.Recipient
	Goods     []store.Goods
	Seen      []store.Inspection
	Times     map[store.ReturnStep]int64
	Refunds   []store.Refunding
	Exchanges []store.OrderID
	Waybills  []store.WaybillNo
}

// trailMax is how much of a trail is read, the last first, and trailDepth how far
// back it is looked for where no index leads to it.
const (
	trailMax   = 40
	trailDepth = 20_000
)

// Look reads all that a person may know of a thing that was found: who may count a bin does
// not see what its book has, nor what another counted there.
func Look(ctx context.Context, s *store.Store, f store.Found, who store.Operator) (Card, error) {
	return store.Get(ctx, s, func(r *store.Reader) (c Card, err error) {
		c.Found = f
		read, known := cards[f.Kind]
		if !known {
			return c, nil
		}
		if err := read(r, &c); err != nil {
			return c, err
		}
		switch f.Kind {
		case store.OrderKind, store.PersonKind:
			return c, nil
		}
		if c.Trail, err = r.Past(f.Ref(), trailMax, trailDepth); err != nil {
			return c, err
		}
		return c, c.blind(r, who)
	})
}

// blind takes out of a card what a bin has by its book, and what was counted there, while
// somebody counts it or is to, for all but supervisors; unless the site counts by the book.
func (c *Card) blind(r *store.Reader, who store.Operator) error {
	policy, err := r.Setting(store.CountBlind)
	if err != nil || policy == "none" || who.May(store.Supervisor) {
		return err
	}
	bins, err := r.BinsCounted()
	if err != nil {
		return err
	}
	hidden := func(b store.Balance) bool { return slices.Contains(bins, b.Place) }
	var trail []store.Envelope
	for _, e := range c.Trail {
		p, err := told(r, e)
		if err != nil {
			return err
		}
		if !slices.Contains(bins, p) {
			trail = append(trail, e)
		}
	}
	c.Blind = slices.ContainsFunc(c.Stock, hidden) || slices.Contains(bins, c.Place) ||
		len(trail) < len(c.Trail)
	if c.Trail = trail; c.Blind {
		c.Stock, c.Levels = slices.DeleteFunc(c.Stock, hidden), store.Levels{}
	}
	return nil
}

// told is the bin of which a fact says what it has, or had when it was counted; none of most.
func told(r *store.Reader, e store.Envelope) (store.Place, error) {
	body, err := store.Decode(e.Kind, e.Body)
	if err != nil {
		return "", nil // a program of tomorrow wrote it
	}
	of := store.CountID("")
	switch e := body.(type) {
	case store.StockSet:
		return e.Place, nil
	case store.CountBegun, store.CountDone, store.VarianceRuled, store.VarianceApproved,
		store.StockAdjusted:
		return store.Place(e.Ref()), nil
	case store.ItemCounted:
		of = e.Count
	case store.CountCleared:
		of = e.Count
	default:
		return "", nil
	}
	c, err := r.Count(of)
	if _, unknown := store.RefusalOf(err); unknown {
		return "", nil
	}
	return c.Place, err
}

// cards reads what is known of a thing, by its kind.
var cards = map[store.Kind]func(*store.Reader, *Card) error{
	store.ItemKind:     item,
	store.LotKind:      batch,
	store.SerialKind:   batch,
	store.BinKind:      place,
	store.ToteKind:     place,
	store.StageKind:    place,
	store.CartonKind:   carton,
	store.SlipKind:     slip,
	store.WaybillKind:  slip,
	store.OrderKind:    orders,
	store.PersonKind:   orders,
	store.OperatorKind: operator,
	store.ReturnKind:   returned,
	store.ParcelKind:   returned,
}

func item(r *store.Reader, c *Card) (err error) {
	if c.About, err = r.Item(c.Item.SKU); err != nil {
		return err
	}
	if c.Levels, err = r.Levels(c.About); err != nil {
		return err
	}
	c.Stock, err = r.StockOf(c.Item.SKU)
	return err
}

// batch is where a lot or a serial is.
func batch(r *store.Reader, c *Card) error {
	if err := item(r, c); err != nil {
		return err
	}
	c.Stock = slices.DeleteFunc(c.Stock, func(b store.Balance) bool {
		return c.Kind == store.LotKind && string(b.Lot) != c.Code ||
			c.Kind == store.SerialKind && string(b.Serial) != c.Code
	})
	return nil
}

func place(r *store.Reader, c *Card) (err error) {
	if c.Bin, err = r.Bin(c.Place); err != nil {
		if _, unknown := store.RefusalOf(err); !unknown {
			return err // a tote needs no registration
		}
	}
	if c.Stock, err = r.Contents(c.Place); err != nil {
		return err
	}
	ids, err := r.SlipsIn(c.Place)
	if err != nil {
		return err
	}
	return c.slips(r, ids...)
}

func (c *Card) slips(r *store.Reader, ids ...store.SlipID) error {
	for _, id := range ids {
		s, err := r.WholeSlip(id)
		if err != nil {
			return err
		}
		c.Slips = append(c.Slips, s)
	}
	return nil
}

func carton(r *store.Reader, c *Card) (err error) {
	if c.Carton, err = r.Carton(c.Found.Carton); err != nil {
		return err
	}
	if c.Stock, err = r.Contents(store.InCarton(c.Carton.ID)); err != nil {
		return err
	}
	return c.slips(r, c.Carton.Slip)
}

func slip(r *store.Reader, c *Card) error {
	if err := c.slips(r, c.Slip); err != nil {
		return err
	}
	ids, err := r.OrdersOn(c.Slip)
	if err != nil {
		return err
	}
	return c.orders(r, ids...)
}

func orders(r *store.Reader, c *Card) error {
	ids := []store.OrderID{c.Order}
	if c.Kind == store.PersonKind {
		var err error
		if ids, err = r.OrdersOf(c.Code, matchesMax); err != nil {
			return err
		}
		return c.orders(r, ids...)
	}
	if err := c.orders(r, ids...); err != nil {
		return err
	}
	return c.story(r)
}

func (c *Card) orders(r *store.Reader, ids ...store.OrderID) error {
	for _, id := range ids {
		o, err := order(r, id)
		if err != nil {
			return err
		}
		c.Orders = append(c.Orders, o)
	}
	return nil
}

// order reads an order with all that came of it.
func order(r *store.Reader, id store.OrderID) (o OrderCard, err error) {
	if o.Order, err = r.Order(id); err != nil {
		return o, err
	}
	if o.Decision, err = r.Decision(id); err != nil {
		return o, err
	}
	if o.Now, err = r.OrderState(id); err != nil {
		return o, err
	}
	if o.Person, err = r.Recipient(o.Recipient); err != nil {
		return o, err
	}
	if o.Payments, err = r.Payments(id); err != nil {
		return o, err
	}
	if o.Paid, err = r.PaidFor(o.Order); err != nil {
		return o, err
	}
	if o.Asked, err = r.Questions(id); err != nil {
		return o, err
	}
	if o.Changes, err = r.Changes(id); err != nil {
		return o, err
	}
	ids, err := r.SlipsOf(id)
	if err != nil {
		return o, err
	}
	for _, slip := range ids {
		s, err := r.Slip(slip)
		if err != nil {
			return o, err
		}
		bought, err := r.WaybillsOf(slip)
		if err != nil {
			return o, err
		}
		said, err := r.TrackingOf(slip)
		if err != nil {
			return o, err
		}
		o.Slips, o.Waybills = append(o.Slips, s), append(o.Waybills, bought...)
		o.Moves = append(o.Moves, said...)
	}
	back, err := r.RMAsOf(id)
	for _, rma := range back {
		if err != nil {
			break
		}
		var one ReturnCard
		one, err = returnCard(r, rma)
		o.Returns = append(o.Returns, one)
	}
	return o, err
}

// returned is the return that a label, or a parcel, stands for.
func returned(r *store.Reader, c *Card) error {
	if c.RMA == "" { // a parcel that nobody announced
		return nil
	}
	one, err := returnCard(r, c.RMA)
	c.Returns = append(c.Returns, one)
	return err
}

// returnCard reads a return with all that came of it.
func returnCard(r *store.Reader, id store.RMAID) (c ReturnCard, err error) {
	if c.RMA, err = r.RMA(id); err != nil {
		return c, err
	}
	if c.Decision, err = r.RMADecision(id); err != nil {
		return c, err
	}
	if c.Person, err = r.Recipient(c.Recipient); err != nil {
		return c, err
	}
	if c.Goods, err = r.GoodsOf(id); err != nil {
		return c, err
	}
	if c.Seen, err = r.Inspections(id); err != nil {
		return c, err
	}
	c.Seen = slices.DeleteFunc(c.Seen, func(i store.Inspection) bool { return i.N == 0 })
	if c.Times, err = r.ReturnTimes(id); err != nil {
		return c, err
	}
	if c.Refunds, err = r.Refunds(id); err != nil {
		return c, err
	}
	if c.Exchanges, err = r.ExchangesOf(id); err != nil {
		return c, err
	}
	c.Waybills, err = r.WaybillsOfRMA(id)
	return c, err
}

// story is the trail of an order with that of its slips, the last first.
func (c *Card) story(r *store.Reader) error {
	refs := []string{string(c.Order)}
	for _, s := range c.Orders[0].Slips {
		refs = append(refs, string(s.ID))
	}
	for _, ref := range refs {
		trail, err := r.Trail(ref)
		if err != nil {
			return err
		}
		slices.Reverse(trail)
		c.Trail = append(c.Trail, trail...)
	}
	slices.SortStableFunc(c.Trail, func(a, b store.Envelope) int { return int(b.At - a.At) })
	c.Trail = c.Trail[:min(len(c.Trail), trailMax)]
	return nil
}

func operator(r *store.Reader, c *Card) (err error) {
	if c.Operator, err = r.Operator(c.Found.Operator); err != nil {
		return err
	}
	c.Holds, err = r.HeldBy(c.Operator.ID)
	return err
}
