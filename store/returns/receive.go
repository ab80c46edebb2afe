package returns

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"scanbay/store"
)

// Where goods wait that came back.
const (
	Stage store.Place = "stage/returns" // to be looked at
	Kept  store.Place = "hold/returns"  // put aside: a person decides
)

// ReceiveScan is one scan of an operator who unpacks what came back.
type ReceiveScan struct {
	By    store.Gesture
	Case  Case
	Extra bool // the person was asked about more than was announced, and said yes
}

// Received is what a scan came to.
type Received struct {
	Item   store.Item
	Batch  store.Batch
	N      store.Qty
	To     store.Place
	Needs  store.Code // SerialNeeded, LotNeeded or ExpiryNeeded: the next scan is to say
	Known  []string   // lots or serials that left, where one is needed
	Opens  bool       // the scan was no item: it opened what stands in Opened
	Opened Opened     // as it stands now
}

// Receive takes in what was scanned: an item that left for the case's orders goes to the
// returns stage, where nothing is sold from. Once all has come, the label of another return
// opens that; so do the papers that are found in a parcel of nobody known. It needs a
// receiver. It refuses with NoRight, NotOnReturn, NotOrdered where no order is known,
// OverSent for more than was sent and has not come back, AskExtra for more than was announced
// until Extra says that a person wants them, WrongLot, WrongSerial, SerialTwice for one that
// lies here, ReturnClosed, BadQuantity, AskQuantity, and as Reader.Find does.
func Receive(ctx context.Context, s *store.Store, in ReceiveScan) (out Received, err error) {
	return in.write(ctx, s, func(tx *store.Tx, out *Received) (store.Event, error) {
		f, err := tx.Find(in.By.Mark, store.ItemKind)
		r, refused := store.RefusalOf(err)
		switch {
		case refused && r.Code == store.WrongKind && slices.Contains(opens[:], r.Is):
			out.Opens = true
			return in.another(tx, err)
		case err != nil:
			return nil, err
		}
		e, err := in.fit(tx, f.Item, out)
		if err != nil || out.Needs != "" {
			return store.ScanNoted{About: in.Case.name(), Text: in.By.Mark.Text,
				Needs: out.Needs}, err
		}
		return *e, nil
	})
}

// another opens what was scanned in the case's place: what the papers in a parcel of nobody
// known say, the case's own label, or another case once all of this one has come. Else it is
// the wrong kind of label.
func (in ReceiveScan) another(tx *store.Tx, wrong error) (store.Event, error) {
	c, err := find(tx, in.By.Mark)
	if err != nil {
		return nil, err
	}
	now, err := look(&tx.Reader, in.Case)
	if err != nil {
		return nil, err
	}
	nobodys, own := in.Case.name() == "", c.name() == in.Case.name()
	if c.Order != "" && c.Order == in.Case.Order {
		c.RMA, own = in.Case.RMA, true
	}
	switch {
	case nobodys && c.Parcel == "" && in.Case.Parcel != "", own && !nobodys:
		c.Parcel = cmp.Or(c.Parcel, in.Case.Parcel)
	case c != in.Case && !now.Complete():
		return nil, wrong
	}
	return c.opened(tx)
}

// write records what a scan comes to, and reads the case behind it.
func (in ReceiveScan) write(ctx context.Context, s *store.Store,
	do func(*store.Tx, *Received) (store.Event, error)) (out Received, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Received{}
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		e, err := do(tx, &out)
		if err != nil {
			return err
		}
		c := in.Case
		switch e := e.(type) {
		case store.ReturnOpened:
			c = Case{RMA: e.RMA, Order: e.Order, Parcel: e.Parcel}
		case store.ReturnReceived:
			c.RMA = e.RMA // the order stays
		case store.StrayKept:
			c.RMA = e.RMA
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Opened, err = look(&tx.Reader, c)
		return err
	})
	return out, err
}

// fit is the fact that N of an item came back for the case, or what the scan lacks to
// tell.
func (in ReceiveScan) fit(tx *store.Tx, code store.Coded, out *Received) (
	*store.ReturnReceived, error) {
	now, err := look(&tx.Reader, in.Case)
	if err != nil {
		return nil, err
	}
	if now.Closed() {
		return nil, &store.Refusal{Code: store.ReturnClosed, Want: string(now.Decision.State),
			Got: string(in.Case.RMA)}
	}
	n, err := tx.Pieces(in.By, code)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(now.Rows, func(r Row) bool { return r.Item.SKU == code.SKU })
	orders, err := in.orders(tx, now)
	if err != nil {
		return nil, err
	}
	switch {
	case len(orders) == 0:
		return nil, &store.Refusal{Code: store.NotOrdered, Got: in.By.Mark.Text}
	case i < 0:
		return nil, &store.Refusal{Code: store.NotOnReturn,
			Want: cmp.Or(now.No, in.Case.name()), Got: in.By.Mark.Text}
	}
	row := now.Rows[i]
	batch, of, err := in.match(tx, orders, row, n, out)
	if err != nil || out.Needs != "" {
		return nil, err
	}
	left := max(0, row.Announced-row.Received-row.held)
	if bool(now.Return.Asked) && n > left && !in.Extra {
		return nil, &store.Refusal{Code: store.AskExtra, Want: left.String(), Got: n.String()}
	}
	e, err := in.received(tx, code, batch, n)
	if err != nil {
		return nil, err
	}
	e.Of, e.To, e.Extra = of, Stage, store.Bit(bool(now.Return.Asked) && n > left)
	out.Item, out.Batch, out.N, out.To = row.Item, batch, n, Stage
	return e, nil
}

// orders are those that the case's goods may be of.
func (in ReceiveScan) orders(tx *store.Tx, now Opened) ([]store.OrderID, error) {
	var orders []store.OrderID
	if in.Case.Order != "" {
		orders = append(orders, in.Case.Order)
	}
	if in.Case.RMA == "" {
		return orders, nil
	}
	return ordersOf(&tx.Reader, now.Return, orders)
}

// received is the fact, without where the goods go. Of what nobody announced it opens the
// return.
func (in ReceiveScan) received(tx *store.Tx, code store.Coded, b store.Batch, n store.Qty) (
	*store.ReturnReceived, error) {
	e := &store.ReturnReceived{RMA: in.Case.RMA, Parcel: in.Case.Parcel, Batch: b, N: n,
		Code: code.Code, By: in.By.Operator, At: tx.Now().UnixMilli()}
	if code.N > 1 {
		e.Cases = n / code.N
	}
	if e.RMA != "" {
		return e, nil
	}
	opens, err := in.unannounced(tx)
	if e.RMA, e.Opens = opens.ID, &opens; err != nil || e.Parcel == "" {
		return e, err
	}
	p, err := tx.Parcel(e.Parcel)
	e.Waybill = p.Waybill
	return e, err
}

// unannounced is the return that the first goods of a case open.
func (in ReceiveScan) unannounced(tx *store.Tx) (a store.RMA, err error) {
	a = store.RMA{How: store.ByCourier, Placed: tx.Now().UnixMilli()}
	if a.ID, err = tx.FloorRMAID(); err != nil || in.Case.Order == "" {
		return a, err
	}
	o, err := tx.Order(in.Case.Order)
	a.Customer, a.Recipient, a.Channel = o.Customer, o.Recipient, o.Channel
	return a, err
}

// match finds the lines of orders that N pieces left by, and their batch. It refuses with
// OverSent, WrongSerial or WrongLot; or says what the scan lacks.
func (in ReceiveScan) match(tx *store.Tx, orders []store.OrderID, row Row, n store.Qty,
	out *Received) (b store.Batch, of []store.ShareBack, err error) {
	if n > row.Room {
		return b, nil, &store.Refusal{Code: store.OverSent, Want: row.Room.String(),
			Got: n.String()}
	}
	sent, err := goneOf(tx, orders, row.Item.SKU, backs{})
	if err != nil {
		return b, nil, err
	}
	read := batchAsRead(row.Item, in.By.Mark)
	if slices.ContainsFunc(sent, func(g gone) bool { return g.Serial == read.Serial }) {
		if err := isOut(tx, read); err != nil {
			return b, nil, err
		}
	}
	b, needs, err := batchOf(row.Item, in.By.Mark, sent)
	if err != nil || needs != "" {
		out.Needs, out.Known = needs, known(sent, needs)
		return b, nil, err
	}
	left := n
	for _, g := range sent {
		if g.Batch != b || left == 0 {
			continue
		}
		if take := min(left, g.room); take > 0 {
			of = append(of, store.ShareBack{Order: g.order, Line: g.Line, N: take})
			left -= take
		}
	}
	if left > 0 {
		return b, nil, &store.Refusal{Code: store.OverSent, Want: (n - left).String(),
			Got: n.String()}
	}
	return b, of, nil
}

// isOut refuses with SerialTwice a serial that lies here: lines of one order that left
// together have their serials in common.
func isOut(tx *store.Tx, b store.Batch) error {
	if b.Serial == "" {
		return nil
	}
	at, err := tx.SerialAt(b.Item, b.Serial)
	for _, x := range at {
		if x.Place != store.AtCustomer && err == nil {
			err = &store.Refusal{Code: store.SerialTwice, Want: x.Place.Code(),
				Got: string(b.Serial)}
		}
	}
	return err
}

// A gone is a batch that left for a line of an order, with how many of it may come back.
type gone struct {
	store.Sent
	order store.OrderID
	room  store.Qty
	line  store.Qty // how many of any batch may come back of the line
}

// backs are goods of a batch that count as back by some lines, and are about to count
// otherwise.
type backs struct {
	store.Batch
	of []store.ShareBack
}

// by is how many of them count as back by a line.
func (b backs) by(id store.OrderID, line int64) (n store.Qty) {
	for _, o := range b.of {
		if o.Order == id && o.Line == line {
			n += o.N
		}
	}
	return n
}

// goneOf is what left of an item for orders, as if some had not come back. A line's room is
// that of all its batches.
func goneOf(tx *store.Tx, orders []store.OrderID, sku store.SKU, but backs) (out []gone,
	err error) {
	for _, id := range orders {
		o, err := tx.Order(id)
		if _, unknown := store.RefusalOf(err); unknown {
			continue
		}
		if err != nil {
			return nil, err
		}
		back, err := tx.Returned(id)
		if err != nil {
			return nil, err
		}
		room := map[int64]store.Qty{}
		for _, l := range o.Lines {
			room[l.Line] = max(0, l.Shipped-back[l.Line]+but.by(id, l.Line))
		}
		sent, err := tx.SentFor(id, sku)
		if err != nil {
			return nil, err
		}
		for _, x := range sent {
			if x.Batch == but.Batch {
				x.Back -= but.by(id, x.Line)
			}
			n := min(x.N-x.Back, room[x.Line])
			out = append(out, gone{x, id, max(0, n), room[x.Line]})
		}
	}
	return out, nil
}

// lotOf is the lot that a label says, or whoever was asked for it: of goods that expire and
// have no lot of their own, the one that stands for the date.
func lotOf(i store.Item, m store.Mark) store.Lot {
	switch {
	case bool(i.Lots):
		return m.Lot
	case bool(i.Expiries) && m.Expires != 0:
		return store.LotOfExpiry(m.Expires)
	case bool(i.Expiries) && strings.HasPrefix(string(m.Lot), string(store.LotOfExpiry(0)[:3])):
		return m.Lot
	}
	return ""
}

// batchOf is the batch of a scanned piece, of those that left; or what the scan lacks to
// tell. It refuses with WrongSerial or WrongLot where no such piece left, or it is back.
func batchOf(i store.Item, m store.Mark, sent []gone) (b store.Batch, needs store.Code,
	err error) {
	var fit []store.Batch
	serials, lots := false, false
	for _, g := range sent {
		serials = serials || g.Serial != ""
		lots = lots || g.Lot != ""
	}
	if serials && m.Serial == "" && bool(i.Serials) {
		return b, store.SerialNeeded, nil
	}
	lot := lotOf(i, m)
	for _, g := range sent {
		switch {
		case serials && bool(i.Serials) && g.Serial != m.Serial:
		case lot != "" && g.Lot != lot:
		case g.room == 0:
		case !slices.Contains(fit, g.Batch):
			fit = append(fit, g.Batch)
		}
	}
	switch {
	case len(fit) == 0 && serials && bool(i.Serials):
		return b, "", &store.Refusal{Code: store.WrongSerial, Want: first(known(sent,
			store.SerialNeeded)), Got: string(m.Serial)}
	case len(fit) == 0 && lots:
		return b, "", &store.Refusal{Code: store.WrongLot, Want: first(known(sent,
			store.LotNeeded)), Got: string(lot)}
	case len(fit) == 0:
		return b, "", &store.Refusal{Code: store.OverSent, Want: "0", Got: m.Text}
	case len(fit) > 1 && lots && lot == "" && !bool(i.Lots):
		return b, store.ExpiryNeeded, nil
	case len(fit) > 1 && lots && lot == "":
		return b, store.LotNeeded, nil
	}
	return fit[0], "", nil
}

// known are the lots or serials that left and are not back.
func known(sent []gone, needs store.Code) (out []string) {
	for _, g := range sent {
		what := string(g.Lot)
		if needs == store.SerialNeeded {
			what = string(g.Serial)
		}
		if g.room > 0 && what != "" && !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	return out
}

func first(of []string) string {
	if len(of) == 0 {
		return ""
	}
	return of[0]
}

// Aside puts what was scanned aside, for a person to decide on: why is the code that the
// scan was refused with. What nobody knows is kept by its code. It needs a receiver; it
// refuses with NoRight, Unreadable, BadQuantity and AskQuantity.
func Aside(ctx context.Context, s *store.Store, in ReceiveScan, why store.Code) (
	out Received, err error) {
	return in.write(ctx, s, func(tx *store.Tx, out *Received) (store.Event, error) {
		f, err := tx.Find(in.By.Mark, store.ItemKind)
		r, refused := store.RefusalOf(err)
		switch {
		case refused && !r.Misread():
			return in.stray(tx, out)
		case err != nil:
			return nil, err
		}
		n, err := tx.Pieces(in.By, f.Item)
		if err != nil {
			return nil, err
		}
		if out.Item, err = tx.Item(f.Item.SKU); err != nil {
			return nil, err
		}
		b := batchAsRead(out.Item, in.By.Mark)
		if b.Serial != "" && n > 1 {
			return nil, &store.Refusal{Code: store.BadQuantity, Want: "1", Got: n.String()}
		}
		e, err := in.received(tx, f.Item, b, n)
		if err != nil {
			return nil, err
		}
		e.To, e.Aside = Kept, why
		if e.Of, err = in.asideOf(tx, out.Item, b, n, why); err != nil {
			return nil, err
		}
		if e.Opens != nil {
			e.For = in.Case.Order // what lies aside does not tell of it
		}
		out.Batch, out.N, out.To = b, n, Kept
		return *e, nil
	})
}

// asideOf is what goods that go aside were sent for. Those of a return that nobody is to take
// are its own: a person decides whether it is taken all the same. Of others nobody knows.
func (in ReceiveScan) asideOf(tx *store.Tx, i store.Item, b store.Batch, n store.Qty,
	why store.Code) ([]store.ShareBack, error) {
	none := []store.ShareBack{{N: n}}
	if why != store.ReturnClosed {
		return none, nil
	}
	now, err := look(&tx.Reader, in.Case)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(now.Rows, func(r Row) bool { return r.Item.SKU == i.SKU })
	orders, err := in.orders(tx, now)
	if err != nil || at < 0 {
		return none, err
	}
	got, of, err := in.match(tx, orders, now.Rows[at], n, &Received{})
	if _, refused := store.RefusalOf(err); refused || err == nil && got != b {
		return none, nil
	}
	return of, err
}

// batchAsRead is the batch that a label says.
func batchAsRead(i store.Item, m store.Mark) store.Batch {
	b := store.Batch{Item: i.SKU, Lot: lotOf(i, m)}
	if bool(i.Serials) {
		b.Serial = m.Serial
	}
	return b
}

// stray is the fact that something is kept that nobody knows.
func (in ReceiveScan) stray(tx *store.Tx, out *Received) (store.Event, error) {
	n, err := tx.Pieces(in.By, store.Coded{Barcode: store.Barcode{N: 1}})
	if err != nil {
		return nil, err
	}
	e := store.StrayKept{Stray: store.Stray{ID: tx.NextEvent(), RMA: in.Case.RMA,
		Parcel: in.Case.Parcel, Code: in.By.Mark.Text, N: n, Place: Kept,
		Operator: in.By.Operator, At: tx.Now().UnixMilli()}}
	out.N, out.To = n, Kept
	if e.RMA != "" || in.Case.Order == "" {
		return e, nil
	}
	opens, err := in.unannounced(tx)
	e.RMA, e.Opens, e.For = opens.ID, &opens, in.Case.Order
	return e, err
}

// TurnAway hands goods back to whoever brought them: nothing was received. It needs a
// receiver; it refuses with NoRight, Unreadable and BadQuantity.
func TurnAway(ctx context.Context, s *store.Store, in ReceiveScan, why store.Code) (
	out Received, err error) {
	return in.write(ctx, s, func(tx *store.Tx, out *Received) (store.Event, error) {
		e := store.ReturnTurnedAway{RMA: in.Case.RMA, Parcel: in.Case.Parcel,
			Code: in.By.Mark.Text, Why: why}
		if e.RMA == "" {
			e.Order = in.Case.Order
		}
		one := store.Coded{Barcode: store.Barcode{N: 1}}
		f, err := tx.Find(in.By.Mark, store.ItemKind)
		r, refused := store.RefusalOf(err)
		switch {
		case refused && r.Misread():
			return nil, err
		case err == nil:
			one, e.Item = f.Item, f.Item.SKU
			if out.Item, err = tx.Item(e.Item); err != nil {
				return nil, err
			}
		case !refused:
			return nil, err
		}
		e.N, err = tx.Pieces(in.By, one)
		out.N = e.N
		return e, err
	})
}

// Arrival is a parcel that came back, as somebody at the gate sees it.
type Arrival struct {
	Carrier   store.CarrierID
	Condition string // one of store.Conditions
	Note      string
}

// Arrive registers a parcel that came back by its waybill, before anybody opens it: of a
// return that it was told for, or of nobody known. It needs a receiver; it refuses with
// NoRight, BadWaybill for no number, and WaybillTwice for one that waits already.
func Arrive(ctx context.Context, s *store.Store, by store.Gesture, in Arrival) (
	out store.Parcel, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		p := store.Parcel{ID: string(tx.NextEvent()), Waybill: store.WaybillNo(by.Mark.Text),
			Carrier: in.Carrier, Condition: in.Condition, Note: in.Note,
			Arrived: tx.Now().UnixMilli(), State: store.ParcelWaits}
		ours, err := tx.Meanings(by.Mark, store.ItemKind)
		if err != nil {
			return err
		}
		if by.Mark.Flaw != "" || !p.Waybill.Plausible() || slices.ContainsFunc(ours, notWaybill) {
			return &store.Refusal{Code: store.BadWaybill, Got: by.Mark.Text}
		}
		if !slices.Contains(store.Conditions, p.Condition) {
			p.Condition = store.Intact
		}
		before, err := tx.ParcelsByWaybill(p.Waybill)
		if err != nil {
			return err
		}
		if len(before) > 0 && before[0].State == store.ParcelWaits {
			return &store.Refusal{Code: store.WaybillTwice, Got: string(p.Waybill)}
		}
		told, err := tx.RMAsWithWaybill(p.Waybill)
		if err != nil {
			return err
		}
		if len(told) == 1 {
			p.RMA = told[0]
		}
		out = p
		return tx.Record(store.ParcelArrived{Parcel: p})
	})
	return out, err
}

// notWaybill says whether a thing has a label of its own that no parcel comes by.
func notWaybill(f store.Found) bool {
	return !slices.Contains(opens[:], f.Kind) || f.Kind == store.SlipKind ||
		f.Kind == store.CartonKind
}

// Empty says that nothing was in what was opened: a supervisor looks into it. It needs a
// receiver; it refuses with NoRight, and with NothingUndo where goods came of it.
func Empty(ctx context.Context, s *store.Store, by store.Gesture, c Case) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		ref := c.name()
		if ref == "" {
			ref = c.Parcel
		}
		now, err := look(&tx.Reader, c)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(now.Rows, func(r Row) bool { return r.Received+r.Aside > 0 }) {
			return &store.Refusal{Code: store.NothingUndo, Want: ref}
		}
		id := string(tx.NextEvent())
		return tx.Record(store.ParcelEmptied{RMA: c.RMA, Parcel: c.Parcel,
			Disc: store.Discrepancy{ID: store.NewDiscID(store.NoGoods, id), Of: store.NoGoods,
				About: cmp.Or(string(c.RMA), string(now.Box.Waybill), ref),
				Note:  string(c.Order), Operator: by.Operator, At: tx.Now().UnixMilli()}})
	})
}
