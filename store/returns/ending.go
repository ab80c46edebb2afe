package returns

import (
	"cmp"
	"context"
	"slices"

	"scanbay/store"
)

// A CareBack is goods that were sent off, and of which something came. Where others came in
// their place, Came is their batch.
type CareBack struct {
	store.CareGoods
	Came store.Batch `json:"came"`
}

// A Closing says what came of goods that were sent off: of all that are still away, or of
// Goods alone.
type Closing struct {
	ID    string          `json:"id"`
	As    store.CareState `json:"as"` // one of store.CareEnds
	Note  string          `json:"note,omitempty"`
	Goods []CareBack      `json:"goods,omitempty"`
}

// CloseCare ends what SendOff began, or a part of it. Goods that are back lie at the returns
// stage, to be looked at once more; where the customer wanted them put right, an order is
// opened for them. It needs a supervisor; it refuses with NoRight, NotFound, BadSetting,
// BadQuantity, NotThere for goods that are not away, SerialNeeded, LotNeeded or ExpiryNeeded
// where others came and nobody says which, SerialTwice for one that is here, and with Stale
// where it had come to an end.
func CloseCare(ctx context.Context, s *store.Store, by store.Gesture, in Closing) error {
	by.Once = true
	return closeCare.Make(ctx, s, by, in)
}

var closeCare = store.Decree[Closing]{Name: "returns.close_care", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in Closing) error {
	var of []store.CareGoods
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		e, err := in.fact(tx)
		if of = e.Of; err != nil {
			return nil, err
		}
		return e, nil
	})
	return onwardAll(ctx, s, of, err)
}}

// onwardAll goes on with the returns that goods are of, if all went well before.
func onwardAll(ctx context.Context, s *store.Store, of []store.CareGoods, err error) error {
	var did []store.RMAID
	for _, g := range of {
		if err == nil && g.RMA != "" && !slices.Contains(did, g.RMA) {
			did = append(did, g.RMA)
			err = Onward(ctx, s, g.RMA)
		}
	}
	return err
}

// fact is what came of the goods.
func (in Closing) fact(tx *store.Tx) (e store.AftercareClosed, err error) {
	was, err := in.away(tx)
	if err != nil {
		return e, err
	}
	left := was.Left()
	if len(in.Goods) == 0 {
		for _, g := range left {
			in.Goods = append(in.Goods, CareBack{CareGoods: g})
		}
	}
	e = store.AftercareClosed{ID: in.ID, As: in.As, Note: in.Note, By: tx.By().Operator,
		At: tx.Now().UnixMilli(), End: tx.NextEvent()}
	for _, g := range in.Goods {
		if e.Of, err = take(e.Of, left, g.CareGoods); err != nil {
			return e, err
		}
		if !in.As.Back() {
			continue
		}
		went := g.Batch
		if in.As == store.CareReplaced {
			if g.Batch, err = came(tx, g); err != nil {
				return e, err
			}
		}
		if err := alone(tx, went, g.Batch, e.Goods); err != nil {
			return e, err
		}
		e.To, e.Goods = Stage, append(e.Goods, g.CareGoods)
	}
	e.Part = store.Bit(slices.ContainsFunc(left, func(g store.CareGoods) bool { return g.N > 0 }))
	return e, nil
}

// away reads what was sent off, and that some of it is still away.
func (in Closing) away(tx *store.Tx) (store.Aftercare, error) {
	was, err := tx.Aftercare(in.ID)
	switch {
	case err != nil:
	case was.State() != store.CareOpen:
		err = &store.Refusal{Code: store.Stale, Got: cmp.Or(was.No, was.Partner)}
	case !slices.Contains(store.CareEnds, in.As):
		err = &store.Refusal{Code: store.BadSetting, Want: words(store.CareEnds),
			Got: string(in.As)}
	}
	return was, err
}

// came is the batch of goods that came in the place of others.
func came(tx *store.Tx, g CareBack) (store.Batch, error) {
	i, err := tx.Item(g.Item)
	if _, unknown := store.RefusalOf(err); err != nil && !unknown {
		return g.Came, err
	}
	if i.SKU = g.Item; g.Came.Item == "" {
		g.Came.Item = g.Item
	}
	if g.Came.Item != g.Item {
		return g.Came, &store.Refusal{Code: store.NotThere, Want: string(g.Item),
			Got: string(g.Came.Item)}
	}
	return g.Came, holdable(tx, i, g.Came, g.N, store.AtCustomer, store.AtSupplier)
}

// alone refuses with SerialTwice a serial that comes back, for goods that went, and is here,
// came before, or is away as another piece.
func alone(tx *store.Tx, went, b store.Batch, before []store.CareGoods) error {
	twice := &store.Refusal{Code: store.SerialTwice, Got: string(b.Serial)}
	same := func(x store.CareGoods) bool { return x.Batch == b }
	switch {
	case b.Serial == "":
		return nil
	case slices.ContainsFunc(before, same):
		return twice
	}
	err := elsewhere(tx, b, store.AtCustomer, store.AtSupplier)
	if err != nil || b == went {
		return err
	}
	away, err := tx.Aftercares(listMax)
	for _, a := range away {
		if slices.ContainsFunc(a.Left(), same) {
			return twice
		}
	}
	return err
}

// holdable refuses goods from outside that the ledger cannot hold as they are, or that are
// anywhere but in some places.
func holdable(tx *store.Tx, i store.Item, b store.Batch, n store.Qty, but ...store.Place) error {
	own := batchAsRead(i, store.Mark{Lot: b.Lot, Serial: b.Serial})
	switch needs := lacks(i, b); {
	case bool(i.Serials) && n > 1:
		return beyond(n, 1)
	case needs != "":
		return &store.Refusal{Code: needs, Want: string(i.SKU)}
	case own.Lot != b.Lot:
		return &store.Refusal{Code: store.WrongLot, Got: string(b.Lot)}
	case own.Serial != b.Serial:
		return &store.Refusal{Code: store.WrongSerial, Got: string(b.Serial)}
	}
	return elsewhere(tx, b, but...)
}

// elsewhere refuses with SerialTwice a serial that is anywhere but in some places.
func elsewhere(tx *store.Tx, b store.Batch, but ...store.Place) error {
	at, err := tx.SerialAt(b.Item, b.Serial)
	for _, x := range at {
		if !slices.Contains(but, x.Place) {
			return &store.Refusal{Code: store.SerialTwice, Want: x.Place.Code(),
				Got: string(b.Serial)}
		}
	}
	return err
}

// A CareUndo takes back an end, the last of what was sent off.
type CareUndo struct {
	ID  string        `json:"id"`
	End store.EventID `json:"end"`
}

// UndoCare takes back the last that was said of goods that were sent off: they are away as
// before. It needs a supervisor; it refuses with NoRight, NotFound, Stale where something else
// was said since, and with NothingUndo where nothing was, or goods that came back have gone on.
func UndoCare(ctx context.Context, s *store.Store, by store.Gesture, in CareUndo) error {
	by.Once = true
	return undoCare.Make(ctx, s, by, in)
}

var undoCare = store.Decree[CareUndo]{Name: "returns.undo_care", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in CareUndo) error {
	var of []store.CareGoods
	err := record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		a, err := tx.Aftercare(in.ID)
		if err != nil {
			return nil, err
		}
		name := cmp.Or(a.No, a.Partner)
		was, e, err := last[store.AftercareClosed](tx, in.ID)
		switch r, refused := store.RefusalOf(err); {
		case refused:
			r.Want = name
			return nil, r
		case err != nil:
			return nil, err
		case was.End == "": // an older program's: it tells one end from others by nothing
			return nil, &store.Refusal{Code: store.NothingUndo, Want: name}
		case was.End != in.End:
			return nil, &store.Refusal{Code: store.Stale, Got: name}
		}
		of = was.Goods
		return e, still(tx, was)
	})
	return onwardAll(ctx, s, of, err)
}}

// still refuses with NothingUndo where goods that came back have gone on.
func still(tx *store.Tx, was store.AftercareClosed) error {
	there := map[store.CareGoods]store.Qty{}
	for _, g := range was.Goods {
		n := g.N
		g.N, g.From = 0, ""
		there[g] += n
	}
	for g, n := range there {
		left, err := tx.StillLies(store.Lying{Place: was.To, Batch: g.Batch, Origin: g.Origin,
			Grade: g.Grade, As: g.As})
		if err != nil {
			return err
		}
		if left < n {
			return &store.Refusal{Code: store.NothingUndo, Want: string(g.Item)}
		}
	}
	err := inBook(tx, was.Goods, func(store.CareGoods) store.Place { return was.To })
	if r, refused := store.RefusalOf(err); refused {
		r.Code, r.Want, r.Got = store.NothingUndo, r.Got, ""
		return r
	}
	return err
}

// An EndScan is one scan of whoever says what came of goods: a piece of them, or of what came
// in their place.
type EndScan struct {
	By      store.Gesture
	Closing // what was scanned before
}

// An Ending is what a closing came to by a scan.
type Ending struct {
	Goods []CareBack // with those of this scan
	Item  store.Item
	N     store.Qty  // by this scan
	Left  store.Qty  // that nothing was said of
	Needs store.Code // what the scan lacked
}

// EndWith answers a scan of whoever says what came of goods that were sent off. Nothing is
// recorded of them before CloseCare. It needs a supervisor; it refuses with NoRight, NotThere
// for what is not away, BadQuantity, AskQuantity, as CloseCare does, and as Reader.Find does.
func EndWith(ctx context.Context, s *store.Store, in EndScan) (out Ending, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Ending{}
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		f, err := tx.Find(in.By.Mark, store.ItemKind)
		if err != nil {
			return err
		}
		if err := in.answer(tx, f.Item, &out); err != nil {
			return err
		}
		return tx.Record(store.ScanNoted{About: in.ID, Text: in.By.Mark.Text, Needs: out.Needs})
	})
	return out, err
}

func (in EndScan) answer(tx *store.Tx, code store.Coded, out *Ending) (err error) {
	was, err := in.away(tx)
	if err != nil {
		return err
	}
	left := was.Left()
	for _, g := range in.Goods {
		if _, err := take(nil, left, g.CareGoods); err != nil {
			return err
		}
	}
	if out.Item, err = tx.Item(code.SKU); err != nil {
		return err
	}
	if out.N, err = tx.Pieces(in.By, code); err != nil {
		return err
	}
	read, others := batchAsRead(out.Item, in.By.Mark), in.As == store.CareReplaced
	fit, room := in.fit(left, read)
	switch {
	case room == 0:
		return &store.Refusal{Code: store.NotThere, Want: cmp.Or(was.No, was.Partner),
			Got: code.Code}
	case others:
		out.Needs = lacks(out.Item, read)
	default:
		out.Needs = unlike(fit, read)
	}
	if out.Needs != "" {
		return nil
	}
	if out.N > room {
		return beyond(out.N, room)
	}
	out.Goods = slices.Clone(in.Goods)
	for _, g := range fit {
		if g.N = min(g.N, out.N-taken(out.Goods[len(in.Goods):])); g.N <= 0 {
			break
		}
		b := CareBack{CareGoods: g}
		if others {
			b.Came = read
		}
		out.Goods = append(out.Goods, b)
	}
	for _, g := range left {
		out.Left += g.N
	}
	out.Left -= out.N
	in.Goods = out.Goods
	_, err = in.fact(tx) // what CloseCare would refuse, nobody has to scan on for
	return err
}

// fit are the goods that a scanned piece can be, or can have come in the place of, and how
// many they are.
func (in Closing) fit(left []store.CareGoods, read store.Batch) (out []store.CareGoods,
	n store.Qty) {
	for _, g := range left {
		own := g.Item == read.Item && (in.As == store.CareReplaced ||
			(read.Lot == "" || g.Lot == read.Lot) && (read.Serial == "" || g.Serial == read.Serial))
		if own && g.N > 0 {
			out, n = append(out, g), n+g.N
		}
	}
	return out, n
}

// unlike says what a scan lacks to tell goods apart.
func unlike(fit []store.CareGoods, read store.Batch) store.Code {
	for _, g := range fit {
		switch {
		case g.Serial != fit[0].Serial && read.Serial == "":
			return store.SerialNeeded
		case g.Lot != fit[0].Lot:
			return store.LotNeeded
		}
	}
	return ""
}

// taken is how many goods were scanned.
func taken(all []CareBack) (n store.Qty) {
	for _, g := range all {
		n += g.CareGoods.N
	}
	return n
}
