package outbound

import (
	"context"
	"fmt"
	"slices"

	"scanbay/store"
)

// PutBackScan is one scan of an operator who puts stopped goods back: the tote or the carton
// that they are in, the bin, and then each piece.
type PutBackScan struct {
	By   store.Gesture
	From store.Place // open on the screen; empty when none is
	At   store.Place // the bin that was reached; empty when none was
	For  DueGoods    // that it was reached for
}

// PuttingBack is where putting back stands behind a scan.
type PuttingBack struct {
	From  store.Place
	At    store.Place
	Rows  []DueGoods // what is still in From, the next first
	Slip  store.SlipID
	Item  store.Item // that was put back
	N     store.Qty
	Needs store.Code
}

// DueGoods are goods of one line of a slip that are to be put back.
type DueGoods struct {
	From store.Place
	Slip store.SlipID
	Line int64
	Item store.Item
	N    store.Qty
	Home []store.Place // the bins that they came from
}

// to is where the goods go, as its label reads; empty where nobody knows.
func (d DueGoods) to() string {
	if len(d.Home) == 0 {
		return ""
	}
	return d.Home[0].Code()
}

// stopped says that n of a slip are not to be sent, and where what was picked of it goes.
func stopped(r *store.Reader, slip store.Slip, n store.Qty) error {
	rows, err := dueOf(r, slip)
	if err != nil {
		return err
	}
	no := &store.Refusal{Code: store.Intercepted, Got: fmt.Sprint(slip.ID, " x ", n)}
	if len(rows) > 0 {
		no.Got = fmt.Sprint(rows[0].Item.Title(), " x ", slip.Sums.Due)
		no.Want = rows[0].to()
	}
	return no
}

// mustStay refuses a carton with goods that were stopped.
func mustStay(r *store.Reader, c store.Carton) error {
	slip, err := r.Slip(c.Slip)
	if err != nil || slip.Sums.Due == 0 {
		return err
	}
	rows, err := dueOf(r, slip)
	for _, d := range rows {
		if d.From == store.InCarton(c.ID) {
			return &store.Refusal{Code: store.Intercepted, Want: d.to(),
				Got: fmt.Sprint(d.Item.Title(), " x ", d.N)}
		}
	}
	return err
}

// dueOf reads where the stopped goods of a slip are: what was not packed in its totes, first
// where it is not sorted, and the rest in its cartons that have not left.
func dueOf(r *store.Reader, slip store.Slip) (out []DueGoods, err error) {
	if len(slip.Due) == 0 {
		return nil, nil
	}
	sorted, err := compartment(r, slip.ID, "")
	if err != nil {
		return nil, err
	}
	shared := slices.DeleteFunc(slices.Clone(slip.Totes), func(p store.Place) bool {
		return slices.Contains(sorted.own, p)
	})
	for _, d := range slip.Due {
		row := DueGoods{Slip: slip.ID, Line: d.Line}
		if row.Item, err = r.Item(d.Item); err != nil {
			return nil, err
		}
		if row.Home, err = r.PickedFrom(slip.ID, d.Line); err != nil {
			return nil, err
		}
		loose := min(d.N-d.Packed, sorted.rest[d.Item])
		sorted.rest[d.Item] -= loose
		more, err := row.in(r, shared, loose)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
		if more, err = row.in(r, sorted.own, d.N-d.Packed-loose); err != nil {
			return nil, err
		}
		out = append(out, more...)
		cartons, err := r.CartonsOf(slip.ID)
		if err != nil {
			return nil, err
		}
		var boxes []store.Place
		for _, c := range cartons {
			if c.Step != store.CartonShipped {
				boxes = append(boxes, store.InCarton(c.ID))
			}
		}
		if more, err = row.in(r, boxes, d.Packed); err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// in finds n pieces of the goods in places.
func (d DueGoods) in(r *store.Reader, places []store.Place, n store.Qty) (out []DueGoods,
	err error) {
	for _, p := range places {
		held, err := r.Holding(p, d.Item.SKU)
		if err != nil {
			return nil, err
		}
		there := store.Qty(0)
		for _, b := range held {
			there += max(0, b.N)
		}
		if part := min(n, there); part > 0 {
			d.From, d.N = p, part
			out, n = append(out, d), n-part
		}
	}
	return out, nil
}

// DueIn reads what a tote or a carton holds that is to be put back.
func DueIn(r *store.Reader, from store.Place) (out []DueGoods, err error) {
	var slips []store.SlipID
	if from.Is("tote") {
		slips, err = r.SlipsIn(from)
	} else {
		var c store.Carton
		c, err = r.Carton(store.CartonID(from.Code()))
		slips = []store.SlipID{c.Slip}
	}
	for _, id := range slips {
		if err != nil {
			break
		}
		var rows []DueGoods
		rows, err = dueFor(r, id)
		out = append(out, slices.DeleteFunc(rows, func(d DueGoods) bool {
			return d.From != from
		})...)
	}
	return out, err
}

func dueFor(r *store.Reader, id store.SlipID) ([]DueGoods, error) {
	slip, err := r.Slip(id)
	if err != nil {
		return nil, err
	}
	return dueOf(r, slip)
}

// PutBacks reads all that waits to be put back, by slip.
func PutBacks(ctx context.Context, s *store.Store) ([]DueGoods, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []DueGoods, err error) {
		slips, err := r.SlipsToPutBack(listMax)
		for _, id := range slips {
			if err != nil {
				break
			}
			var rows []DueGoods
			rows, err = dueFor(r, id)
			out = append(out, rows...)
		}
		return out, err
	})
}

// PutBack answers a scan of whoever puts stopped goods back: a tote, a carton, or a slip or
// waybill that has them, is opened; a bin is reached; an item goes into it, and is available
// at once. It needs a picker or a packer. It refuses with NoRight, ToteFirst, NothingToDo for
// what holds nothing to put back, BinFirst, WrongPlace for a bin that is not sold from,
// AskOtherBin for another than it came from until by.Yes, FullBin, BinFrozen, NotThere,
// LotNeeded and its like by Needs, BadQuantity, AskQuantity, and as Reader.Find does.
func PutBack(ctx context.Context, s *store.Store, in PutBackScan) (out PuttingBack, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = PuttingBack{From: in.From, At: in.At}
		if err := pickerOrPacker(tx); err != nil {
			return err
		}
		f, err := tx.Find(in.By.Mark, store.ToteKind, store.CartonKind, store.SlipKind,
			store.WaybillKind, store.BinKind, store.ItemKind)
		if err != nil {
			return err
		}
		e, err := in.answer(tx, f, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

func pickerOrPacker(tx *store.Tx) error {
	err := tx.May(store.Picker)
	if r, refused := store.RefusalOf(err); refused && r.Code == store.NoRight {
		return tx.May(store.Packer)
	}
	return err
}

// read brings the tote or the carton up to date.
func (o *PuttingBack) read(r *store.Reader) (err error) {
	if o.From == "" {
		return nil
	}
	if o.Rows, err = DueIn(r, o.From); len(o.Rows) > 0 {
		o.Slip = o.Rows[0].Slip
	}
	return err
}

// DueBack reads what a tote or a carton still holds to be put back.
func DueBack(ctx context.Context, s *store.Store, from store.Place) (PuttingBack, error) {
	return store.Get(ctx, s, func(r *store.Reader) (PuttingBack, error) {
		out := PuttingBack{From: from}
		return out, out.read(r)
	})
}

func (in PutBackScan) answer(tx *store.Tx, f store.Found, out *PuttingBack) (
	store.Event, error) {
	noted := store.ScanNoted{About: f.Ref(), Text: in.By.Mark.Text}
	if f.Kind != store.BinKind && f.Kind != store.ItemKind {
		from, err := holding(tx, f)
		out.From, out.At = from, ""
		return noted, err
	}
	if in.From == "" {
		return nil, &store.Refusal{Code: store.ToteFirst, Got: f.Code}
	}
	rows, err := DueIn(&tx.Reader, in.From)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &store.Refusal{Code: store.NothingToDo, Got: in.From.Code()}
	}
	out.Slip = rows[0].Slip
	if f.Kind == store.BinKind {
		out.At = f.Place
		return noted, in.reach(tx, rows[0], f.Place)
	}
	return in.put(tx, rows, f.Item, out)
}

// holding is where the stopped goods are that a scan is about. It refuses with NothingToDo
// where there are none.
func holding(tx *store.Tx, f store.Found) (store.Place, error) {
	var rows []DueGoods
	var err error
	switch {
	case f.Kind == store.ToteKind:
		rows, err = DueIn(&tx.Reader, f.Place)
	case f.Carton != "":
		rows, err = DueIn(&tx.Reader, store.InCarton(f.Carton))
	default:
		rows, err = dueFor(&tx.Reader, f.Slip)
	}
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: f.Kind}
	}
	return rows[0].From, nil
}

// reach refuses a bin that goods may not go back into, and asks about one that they did not
// come from.
func (in PutBackScan) reach(tx *store.Tx, d DueGoods, p store.Place) error {
	if err := tx.NotFrozen(p); err != nil {
		return err
	}
	b, err := tx.Bin(p)
	if err != nil {
		return err
	}
	if !bool(b.Active) || !store.Restock.Suits(b.Use) {
		return &store.Refusal{Code: store.WrongPlace, Want: d.to(), Got: p.Code()}
	}
	if slices.Contains(d.Home, p) {
		return nil // they lay there a while ago
	}
	room, err := tx.RoomFor(b, store.Batch{Item: d.Item.SKU})
	switch {
	case err != nil:
		return err
	case room <= 0:
		return &store.Refusal{Code: store.FullBin, Got: p.Code()}
	case !in.By.Yes:
		return &store.Refusal{Code: store.AskOtherBin, Want: d.to(), Got: p.Code()}
	}
	return nil
}

// put is the fact that goods went back into the bin.
func (in PutBackScan) put(tx *store.Tx, rows []DueGoods, code store.Coded, out *PuttingBack) (
	store.Event, error) {
	n, err := tx.Pieces(in.By, code)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rows, func(d DueGoods) bool { return d.Item.SKU == code.SKU })
	switch {
	case i < 0:
		return nil, &store.Refusal{Code: store.NotThere, Want: in.From.Code(), Got: code.Code}
	case in.At == "":
		return nil, &store.Refusal{Code: store.BinFirst, Want: rows[i].to(), Got: code.Code}
	case n > rows[i].N:
		return nil, &store.Refusal{Code: store.BadQuantity, Want: "1-" + rows[i].N.String(),
			Got: n.String()}
	}
	d := rows[i]
	if d.Slip == in.For.Slip && d.Line == in.For.Line { // it was asked about when it was reached
		in.By.Yes = true
	}
	if err := in.reach(tx, d, in.At); err != nil {
		return nil, err
	}
	batch, needs, err := d.batch(tx, in.By.Mark, n)
	if err != nil {
		return nil, err
	}
	if out.Needs = needs; needs != "" {
		return store.ScanNoted{About: string(d.Slip), Text: in.By.Mark.Text, Needs: needs}, nil
	}
	out.Item, out.N = d.Item, n
	e, err := d.back(tx, batch, in.At, n)
	e.Code = code.Code
	return e, err
}

// batch is what is put back by its label, or what the scan lacks to tell.
func (d DueGoods) batch(tx *store.Tx, m store.Mark, n store.Qty) (store.Batch, store.Code,
	error) {
	held, shared, err := d.held(&tx.Reader)
	if err != nil {
		return store.Batch{}, "", err
	}
	needs := lacks(d.Item, m)
	var fit []store.Balance
	lots := map[store.Lot]bool{}
	for _, b := range held {
		if fits(b.Lot, d.Item, m) && (m.Serial == "" || b.Serial == "" || b.Serial == m.Serial) {
			fit, lots[b.Lot] = append(fit, b), true
		}
	}
	switch {
	case len(fit) == 0:
		return store.Batch{}, "", &store.Refusal{Code: store.NotThere, Want: d.From.Code(),
			Got: m.Text}
	case needs == store.SerialNeeded && len(fit) > 1, (len(lots) > 1 || shared) && needs != "":
		return store.Batch{}, needs, nil
	case fit[0].N < n:
		return store.Batch{}, "", &store.Refusal{Code: store.BadQuantity,
			Want: "1-" + fit[0].N.String(), Got: n.String()}
	}
	return fit[0].Batch, "", nil
}

// held is what the goods can be of, where they lie; shared says that another slip's of the item
// lie there, too, of other lots.
func (d DueGoods) held(r *store.Reader) (own []store.Balance, shared bool, err error) {
	all, err := r.Holding(d.From, d.Item.SKU)
	if err != nil {
		return nil, false, err
	}
	all = slices.DeleteFunc(all, func(b store.Balance) bool { return b.N <= 0 })
	var slips []store.SlipID
	if d.From.Is("tote") {
		if slips, err = r.SlipsIn(d.From); err != nil {
			return nil, false, err
		}
	}
	if len(slips) < 2 {
		return all, false, nil
	}
	lots := slipLots{slip: d.Slip, item: d.Item.SKU}
	for _, b := range all {
		mine, err := lots.have(r, b.Lot)
		if err != nil {
			return nil, false, err
		}
		if mine {
			own = append(own, b)
		}
	}
	return own, len(own) < len(all), nil
}

// BatchesDue reads which batches goods that are to be put back can be of, and how many of each.
func BatchesDue(ctx context.Context, s *store.Store, d DueGoods) ([]store.Balance, error) {
	return store.Get(ctx, s, func(r *store.Reader) ([]store.Balance, error) {
		held, _, err := d.held(r)
		return held, err
	})
}

// back is the fact that n of a batch of the goods went somewhere.
func (d DueGoods) back(tx *store.Tx, b store.Batch, to store.Place, n store.Qty) (
	e store.GoodsPutBack, err error) {
	e = store.GoodsPutBack{Slip: d.Slip, Line: d.Line, Batch: b, From: d.From, To: to, N: n}
	stops, err := tx.StopsOf(d.Slip, d.Line)
	if err != nil {
		return e, err
	}
	e.For = store.Spread(stops, n)
	if d.From.Is("tote") {
		return e, nil
	}
	e.Boxed = n
	c, err := tx.Carton(store.CartonID(d.From.Code()))
	if err == nil && c.Step == store.CartonSealedNow {
		e.Step = &store.CartonStep{Carton: c.ID, Step: store.CartonSealedNow, Round: c.Round + 1,
			Operator: tx.By().Operator, At: tx.Now().UnixMilli()}
		if c.Holds == n {
			e.Step.Step = store.CartonOpened
		}
	}
	return e, err
}

// PutBackMissed says that a batch of what is next to be put back is not in its tote or carton,
// or not fit to be sold, and why: it is being looked for. Where only one lies there by the book,
// none need be named. It refuses with NoRight, NothingToDo, SerialNeeded or its like where it
// could be of several, NotThere for one that is not, and Stale where something else is next.
func PutBackMissed(ctx context.Context, s *store.Store, by store.Gesture, seen DueGoods,
	of store.Batch, reason string) (out PuttingBack, err error) {
	from := seen.From
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = PuttingBack{From: from}
		if err := pickerOrPacker(tx); err != nil {
			return err
		}
		rows, err := DueIn(&tx.Reader, from)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return &store.Refusal{Code: store.NothingToDo, Got: from.Code()}
		}
		d := rows[0]
		if d.Slip != seen.Slip || d.Line != seen.Line || d.N != seen.N {
			return &store.Refusal{Code: store.Stale, Want: string(d.Slip)}
		}
		gone, err := d.which(tx, of)
		if err != nil {
			return err
		}
		out.Item, out.N = d.Item, min(d.N, gone.N)
		e, err := d.back(tx, gone.Batch, store.AtMissing, out.N)
		if err != nil {
			return err
		}
		e.Disc = &store.Discrepancy{ID: store.NewDiscID(store.PackMiss, string(tx.NextEvent())),
			Of: store.PackMiss, Slip: d.Slip, Place: from, Item: d.Item.SKU,
			Lot: gone.Lot, N: out.N, Reason: reason, Operator: by.Operator,
			At: tx.Now().UnixMilli()}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

// which of the batches that the goods can be of is meant; the only one, where none is named.
func (d DueGoods) which(tx *store.Tx, of store.Batch) (b store.Balance, err error) {
	held, _, err := d.held(&tx.Reader)
	if err != nil {
		return b, err
	}
	i := slices.IndexFunc(held, func(b store.Balance) bool { return b.Batch == of })
	named, needs := of != store.Batch{}, lacks(d.Item, store.Mark{})
	switch {
	case i >= 0:
		return held[i], nil
	case named || len(held) == 0:
		return b, &store.Refusal{Code: store.NotThere, Want: d.From.Code(), Got: d.Item.Title()}
	case len(held) > 1 && needs != "":
		return b, &store.Refusal{Code: needs, Want: d.Item.Title()}
	}
	return held[0], nil
}

// unpromised is how many pieces of a batch in a bin no task asks for, and no order has reserved.
func unpromised(tx *store.Tx, p store.Place, b store.Batch) (n store.Qty, err error) {
	item, err := tx.Item(b.Item)
	if err != nil {
		return 0, err
	}
	levels, err := tx.Levels(item)
	if err != nil {
		return 0, err
	}
	promised, err := tx.Allocated(p, b, "")
	if err != nil {
		return 0, err
	}
	held, err := tx.Holding(p, b.Item)
	for _, x := range held {
		if x.Lot == b.Lot {
			n += x.N
		}
	}
	return min(n-promised, levels.Available), err
}

// TakeUp takes the last of a slip's goods that were put back out of their bin again: they are
// where they were before. It refuses with NoRight, BinFrozen, and NothingUndo when there are
// none, or they have gone on since.
func TakeUp(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out PuttingBack, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := pickerOrPacker(tx); err != nil {
			return err
		}
		was, e, err := last[store.GoodsPutBack](tx, id)
		if err != nil {
			return err
		}
		if err := tx.NotFrozen(was.To); err != nil {
			return err
		}
		there, err := holds(tx, was.To, was.Batch, was.N)
		if err != nil {
			return err
		}
		free, err := unpromised(tx, was.To, was.Batch)
		if err == nil && (!there || free < was.N || was.Emptied() || was.Disc != nil) {
			err = &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		if err != nil {
			return err
		}
		out = PuttingBack{From: was.From, N: was.N}
		if out.Item, err = tx.Item(was.Item); err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}
