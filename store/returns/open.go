package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A Case is what a receiver has on the table: a return, or the order or the parcel of one
// that nobody announced.
type Case struct {
	RMA    store.RMAID   // empty until the first goods of what nobody announced
	Order  store.OrderID // that it was opened by, of such a one
	Parcel string        // that was opened, where it was registered
}

// An Opened is a case, and what is known of it.
type Opened struct {
	Case
	Return   store.RMA // zero before the first goods of what nobody announced
	Decision store.RMADecision
	Box      store.Parcel // zero where none was registered
	No       string       // the platform's, of an order that nobody announced a return of
	Customer string
	Person   store.Recipient
	Rows     []Row
}

// A Row is an item of a case: what was announced of it, what came, and how many more of
// them left for its orders and may still come back.
type Row struct {
	Item      store.Item
	Announced store.Qty
	Received  store.Qty
	Aside     store.Qty // what came beside it and lies where a person is to decide
	Away      store.Qty
	Inspected store.Qty
	Room      store.Qty
	Reasons   []string
	held      store.Qty // of Aside, what is as announced all the same
}

// waits says whether some of what was announced has not come.
func (r Row) waits() bool { return r.Announced > r.Received+r.Away+r.held }

// Closed says whether nobody is to take goods of the case back any more.
func (o Opened) Closed() bool { return o.Decision.Closed() }

// Complete says whether nothing more is waited for: all that was announced came, or something
// of what was not.
func (o Opened) Complete() bool {
	came := o.Closed()
	for _, r := range o.Rows {
		if r.waits() {
			return o.Closed()
		}
		came = came || r.Received+r.Away+r.Aside > 0
	}
	return came
}

// Open opens what a scan stands for: a return by its number or a parcel that it was told
// to come by, an order, slip, carton or waybill that left, or a parcel that arrived. It
// needs a receiver; it refuses with NoRight, ReturnFirst for an item, NotSent where nothing
// of the order left, Ambiguous, and as Reader.Find does.
func Open(ctx context.Context, s *store.Store, by store.Gesture) (out Opened, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		c, err := find(tx, by.Mark)
		if err != nil {
			return err
		}
		if c, err = c.withParcel(tx); err != nil {
			return err
		}
		e, err := c.opened(tx)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		out, err = look(&tx.Reader, c)
		return err
	})
	return out, err
}

// withParcel is the case with the parcel that was registered for its return: where there is
// one, it lies on the table too.
func (c Case) withParcel(tx *store.Tx) (Case, error) {
	if c.Parcel != "" || c.RMA == "" {
		return c, nil
	}
	waiting, err := tx.ParcelsOf(c.RMA)
	for i, p := range waiting {
		if i > 0 && !p.Same(waiting[0]) {
			return c, err // whoever unpacks scans which
		}
	}
	if len(waiting) > 0 {
		c.Parcel = waiting[0].ID
	}
	return c, err
}

// opened is the fact that somebody unpacks a case. Two stations may have registered its
// parcel, each by itself: with the one the other is opened too.
func (c Case) opened(tx *store.Tx) (e store.ReturnOpened, err error) {
	e = store.ReturnOpened{RMA: c.RMA, Order: c.Order, Parcel: c.Parcel,
		Station: tx.Station().Author, At: tx.Now().UnixMilli()}
	if c.Parcel == "" {
		return e, nil
	}
	p, err := tx.Parcel(c.Parcel)
	if err != nil {
		return e, err
	}
	all, err := tx.ParcelsByWaybill(p.Waybill)
	for _, x := range all {
		if x.ID != p.ID && x.State == store.ParcelWaits && x.Same(p) {
			e.Also = append(e.Also, x.ID)
		}
	}
	return e, err
}

// Look reads a case.
func Look(ctx context.Context, s *store.Store, c Case) (Opened, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Opened, error) { return look(r, c) })
}

// opens are the kinds of things that a case is opened by.
var opens = [...]store.Kind{store.ReturnKind, store.ParcelKind, store.OrderKind, store.SlipKind,
	store.CartonKind, store.WaybillKind}

// find is the case that a mark stands for.
func find(tx *store.Tx, m store.Mark) (c Case, err error) {
	f, err := tx.Find(m, opens[:]...)
	r, refused := store.RefusalOf(err)
	switch {
	case refused && r.Code == store.Ambiguous:
		return together(tx, m, err) // a parcel and its return, or the waybill it left by
	case refused && r.Code == store.WrongKind && r.Is == store.ItemKind:
		return c, &store.Refusal{Code: store.ReturnFirst, Got: r.Got, Is: r.Is}
	case err != nil:
		return c, err
	}
	return about(tx, f)
}

// together is the one case that all things of a code belong to. It refuses with Ambiguous.
func together(tx *store.Tx, m store.Mark, ambiguous error) (c Case, err error) {
	all, err := tx.Meanings(m, opens[:]...)
	if err != nil {
		return c, err
	}
	for _, f := range all {
		if !slices.Contains(opens[:], f.Kind) {
			continue
		}
		one, err := about(tx, f)
		if _, refused := store.RefusalOf(err); refused {
			continue
		}
		if err != nil {
			return c, err
		}
		if c.Parcel == "" {
			c.Parcel = one.Parcel
		}
		differ := one.RMA != "" && c.RMA != "" && one.RMA != c.RMA ||
			one.Order != "" && c.Order != "" && one.Order != c.Order
		if differ {
			return c, ambiguous
		}
		if one.RMA != "" {
			c.RMA = one.RMA
		}
		if one.Order != "" {
			c.Order = one.Order
		}
	}
	if c == (Case{}) {
		return c, ambiguous
	}
	if c.RMA != "" {
		c.Order = ""
	}
	return c, nil
}

// returnsOf are the returns that a mark may stand for: a return's own label, or the papers of
// an order, a parcel that left or one that came. It refuses as Reader.Find does.
func returnsOf(tx *store.Tx, m store.Mark) (out []store.RMAID, err error) {
	all, err := tx.Meanings(m, opens[:]...)
	for _, f := range all {
		if err != nil {
			return nil, err
		}
		var of []store.RMAID
		switch f.Kind {
		case store.ReturnKind:
			of = []store.RMAID{f.RMA}
		case store.ParcelKind:
			if of, err = tx.RMAsWithWaybill(f.Waybill); f.RMA != "" {
				of = append(of, f.RMA)
			}
		default:
			of, err = returnsOfOrders(tx, f)
		}
		out = append(out, of...)
	}
	return out, err
}

// returnsOfOrders are those of the orders that a thing is of.
func returnsOfOrders(tx *store.Tx, f store.Found) (out []store.RMAID, err error) {
	orders, err := ordersOn(tx, f)
	for _, id := range orders {
		if err != nil {
			return nil, err
		}
		var of []store.RMAID
		of, err = tx.RMAsOf(id)
		out = append(out, of...)
	}
	return out, err
}

// ordersOn are the orders that an order's, a slip's, a carton's or a waybill's label is of.
func ordersOn(tx *store.Tx, f store.Found) ([]store.OrderID, error) {
	switch f.Kind {
	case store.OrderKind:
		return []store.OrderID{f.Order}, nil
	case store.CartonKind:
		box, err := tx.Carton(f.Carton)
		if err != nil {
			return nil, err
		}
		f.Slip = box.Slip
	}
	return tx.OrdersOn(f.Slip)
}

// about is the case that a thing belongs to.
func about(tx *store.Tx, f store.Found) (c Case, err error) {
	switch f.Kind {
	case store.ReturnKind:
		return Case{RMA: f.RMA}, nil
	case store.ParcelKind:
		p, err := meant(tx, f)
		if err != nil {
			return c, err
		}
		c = Case{RMA: p.RMA, Parcel: p.ID}
		if c.RMA == "" {
			told, err := tx.RMAsWithWaybill(f.Waybill)
			if err == nil && len(told) == 1 {
				c.RMA = told[0]
			}
			return c, err
		}
		return c, nil
	case store.OrderKind:
		return ofOrder(tx, f.Order)
	}
	orders, err := ordersOn(tx, f)
	if err != nil {
		return c, err
	}
	var found []Case
	var none error = &store.Refusal{Code: store.NotSent, Got: f.Code}
	for _, id := range orders {
		one, err := ofOrder(tx, id)
		if _, refused := store.RefusalOf(err); refused {
			none = err
			continue
		}
		if err != nil {
			return c, err
		}
		found = append(found, one)
	}
	switch {
	case len(found) == 0:
		return c, none
	case len(found) > 1:
		return c, &store.Refusal{Code: store.Ambiguous, Want: found[0].name() + " / " +
			found[1].name(), Got: f.Code, Is: store.OrderKind}
	}
	return found[0], nil
}

// meant is the parcel that is meant by a waybill: the one that has waited longest, or where
// none waits the last that came.
func meant(tx *store.Tx, f store.Found) (store.Parcel, error) {
	all, err := tx.ParcelsByWaybill(f.Waybill)
	if err != nil || len(all) == 0 {
		return store.Parcel{ID: f.Parcel, RMA: f.RMA}, err
	}
	out := all[0]
	for _, p := range all {
		if p.State == store.ParcelWaits {
			out = p // the last first
		}
	}
	return out, nil
}

// name tells a case from another.
func (c Case) name() string {
	if c.RMA != "" {
		return string(c.RMA)
	}
	return string(c.Order)
}

// ofOrder is the return of an order that still waits for goods, or that has come without
// a word; else the order itself. It refuses with NotSent, and with Ambiguous where there
// are several.
func ofOrder(tx *store.Tx, id store.OrderID) (c Case, err error) {
	o, err := tx.Order(id)
	if err != nil {
		return c, err
	}
	if !slices.ContainsFunc(o.Lines, func(l store.OrderLine) bool { return l.Shipped > 0 }) {
		return c, &store.Refusal{Code: store.NotSent, Got: o.PlatformNo}
	}
	all, err := tx.RMAsOf(id)
	if err != nil {
		return c, err
	}
	var open []store.RMAID
	for _, rma := range all {
		now, err := look(&tx.Reader, Case{RMA: rma})
		if err != nil {
			return c, err
		}
		if now.waits() {
			open = append(open, rma)
		}
	}
	switch len(open) {
	case 0:
		return Case{Order: id}, nil
	case 1:
		return Case{RMA: open[0]}, nil
	}
	return c, &store.Refusal{Code: store.Ambiguous, Want: string(open[1]) + " / " +
		string(open[0]), Got: o.PlatformNo, Is: store.ReturnKind}
}

// waits says whether goods of the case may still come.
func (o Opened) waits() bool {
	if o.Closed() {
		return false
	}
	return !bool(o.Return.Asked) && o.Decision.State == "" ||
		slices.ContainsFunc(o.Rows, Row.waits)
}

// look reads a case with its rows: what was announced first, and then what else left for
// its orders.
func look(r *store.Reader, c Case) (out Opened, err error) {
	out.Case = c
	orders := []store.OrderID{}
	if c.Order != "" {
		orders = append(orders, c.Order)
	}
	if c.RMA != "" {
		if out.Return, err = r.RMA(c.RMA); err != nil {
			return out, err
		}
		if out.Decision, err = r.RMADecision(c.RMA); err != nil {
			return out, err
		}
		if orders, err = ordersOf(r, out.Return, orders); err != nil {
			return out, err
		}
	}
	if err := out.whose(r); err != nil {
		return out, err
	}
	if c.Parcel != "" {
		if out.Box, err = r.Parcel(c.Parcel); err != nil {
			return out, err
		}
	}
	return out, out.rows(r, orders)
}

// whose reads who sends the goods back.
func (o *Opened) whose(r *store.Reader) error {
	who := o.Return.Recipient
	o.Customer = o.Return.Customer
	if o.Order != "" {
		of, err := r.Order(o.Order)
		if err != nil {
			return err
		}
		o.No, o.Customer, who = of.PlatformNo, of.Customer, of.Recipient
	}
	if who == "" {
		return nil
	}
	var err error
	o.Person, err = r.Recipient(who)
	return err
}

// ordersOf adds the orders that a return is of: those that it announces, and those that
// its goods came for.
func ordersOf(r *store.Reader, a store.RMA, orders []store.OrderID) ([]store.OrderID, error) {
	add := func(id store.OrderID) {
		if id != "" && !slices.Contains(orders, id) {
			orders = append(orders, id)
		}
	}
	for _, l := range a.Lines {
		add(l.Order)
	}
	goods, err := r.GoodsOf(a.ID)
	for _, g := range goods {
		add(g.Order)
	}
	return orders, err
}

// rows reads what is announced, what came, and what may.
func (o *Opened) rows(r *store.Reader, orders []store.OrderID) error {
	at := map[store.SKU]int{}
	row := func(sku store.SKU) (*Row, error) {
		i, known := at[sku]
		if !known {
			item, err := r.Item(sku)
			if _, unknown := store.RefusalOf(err); unknown {
				item, err = store.Item{SKU: sku}, nil
			}
			if err != nil {
				return nil, err
			}
			i, at[sku] = len(o.Rows), len(o.Rows)
			o.Rows = append(o.Rows, Row{Item: item})
		}
		return &o.Rows[i], nil
	}
	for _, l := range o.Return.Lines {
		w, err := row(l.Item)
		if err != nil {
			return err
		}
		w.Announced += l.N
		w.Reasons = append(w.Reasons, l.Reason)
	}
	goods, err := r.GoodsOf(o.RMA)
	for _, g := range goods {
		if g.Item == "" || o.RMA == "" {
			continue // handed back, and nobody knows what it was
		}
		w, err := row(g.Item)
		if err != nil {
			return err
		}
		if w.Away += g.Away; g.Order == "" && len(orders) > 0 {
			continue // put aside: it is not what was announced
		}
		w.Received, w.Inspected = w.Received+g.Received, w.Inspected+g.Inspected
	}
	if err == nil && len(goods) > 0 && o.RMA != "" {
		err = o.aside(r, len(orders) == 0)
	}
	for _, id := range orders {
		if err != nil {
			return err
		}
		err = sentAndNotBack(r, id, func(sku store.SKU, n store.Qty) error {
			w, err := row(sku)
			if err == nil {
				w.Room += n
			}
			return err
		})
	}
	return err
}

// aside counts what lies aside: among what came, where it is an order's or no order is known.
func (o *Opened) aside(r *store.Reader, ownerless bool) error {
	lying, err := r.AsideIn(o.RMA, Kept)
	for _, l := range lying {
		i := slices.IndexFunc(o.Rows, func(w Row) bool { return w.Item.SKU == l.Item })
		if i < 0 {
			continue
		}
		w := &o.Rows[i]
		if w.Aside += l.N; ownerless || l.Order != "" {
			w.Received, w.held = w.Received-l.N, w.held+l.N
		}
	}
	return err
}

// sentAndNotBack tells how many of each line of an order may still come back.
func sentAndNotBack(r *store.Reader, id store.OrderID, tell func(store.SKU, store.Qty) error) (
	err error) {
	o, err := r.Order(id)
	if _, unknown := store.RefusalOf(err); unknown {
		return nil // a fact of another says so
	}
	if err != nil {
		return err
	}
	back, err := r.Returned(id)
	for _, l := range o.Lines {
		if err == nil && l.Shipped > 0 {
			err = tell(l.Item, max(0, l.Shipped-back[l.Line]))
		}
	}
	return err
}
