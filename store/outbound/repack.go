package outbound

import (
	"context"
	"errors"
	"slices"

	"scanbay/store"
)

// RepackScan is one scan of an operator who takes goods out of a carton again.
type RepackScan struct {
	By     store.Gesture
	Slip   store.SlipID   // of the carton; empty before that was scanned
	From   store.CartonID // empty before its label was scanned
	To     store.Place    // another carton, or a tote; empty for the slip's own tote
	Beside bool           // the goods go into a new carton
	Type   string         // of that; empty for the default
}

// Repacked is what a scan came to, and what the carton holds now.
type Repacked struct {
	Did     Did
	From    store.Carton
	To      store.Place // that was scanned, or that the goods are in
	Item    store.Item
	N       store.Qty
	Needs   store.Code     // SerialNeeded and the like: the next scan is to say
	Serials []store.Serial // that the carton holds, when one is needed
	Slip    store.Slip
	Holds   []Held
}

// Held is N of a batch in a carton.
type Held struct {
	store.Batch
	N     store.Qty
	About store.Item
}

// Repack answers a scan for a carton that is packed anew: first the carton, then where its
// goods go, and then each piece. It refuses with AskReopen for a closed carton until by.Yes;
// with CartonGone, CartonForeign, CartonEmpty, ToteInUse, or NotThere and its like for a piece
// that the carton does not hold; and then nothing has changed.
func Repack(ctx context.Context, s *store.Store, in RepackScan) (out Repacked, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		e, err := in.answer(tx, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(tx)
	})
	if errors.Is(err, store.ErrAnswered) && in.Slip != "" {
		out.Slip, err = Look(ctx, s, in.Slip)
	}
	return out, err
}

// RepackAll has all that a carton holds go where in says, as Repack does for a piece.
func RepackAll(ctx context.Context, s *store.Store, in RepackScan) (out Repacked, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		slip, err := in.from(tx, &out)
		if err != nil {
			return err
		}
		goods, err := tx.PackedIn(out.From)
		if err != nil {
			return err
		}
		if len(goods) == 0 {
			return &store.Refusal{Code: store.CartonEmpty, Want: string(in.From)}
		}
		for _, g := range goods {
			out.N += g.N
		}
		e, err := in.moved(tx, slip, goods, "", &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(tx)
	})
	return out, err
}

// read brings the slip and the carton up to date after the event.
func (r *Repacked) read(tx *store.Tx) (err error) {
	if r.Slip, err = boxed(&tx.Reader, r.From.Slip); err != nil {
		return err
	}
	if r.From, err = tx.Carton(r.From.ID); err != nil {
		return err
	}
	held, err := tx.Contents(store.InCarton(r.From.ID))
	r.Holds = nil
	for _, b := range held {
		i, err := tx.Item(b.Item)
		if err != nil {
			return err
		}
		r.Holds = append(r.Holds, Held{b.Batch, b.N, i})
	}
	return err
}

// answer is the event that a scan is, by what was scanned.
func (in RepackScan) answer(tx *store.Tx, out *Repacked) (store.Event, error) {
	want := []store.Kind{store.CartonKind, store.WaybillKind}
	if in.From != "" {
		want = append(want, store.ToteKind, store.ItemKind)
	}
	f, err := tx.Find(in.By.Mark, want...)
	if err != nil {
		return nil, err
	}
	switch f.Kind {
	case store.ToteKind:
		slip, err := in.from(tx, out)
		if err != nil {
			return nil, err
		}
		if err := notAnothers(tx, slip, f.Place); err != nil {
			return nil, err
		}
		out.Did, out.To = ChosePlace, f.Place
		return store.ScanNoted{About: string(in.Slip), Text: f.Code}, nil
	case store.ItemKind:
		return in.piece(tx, f.Item, out)
	}
	if f.Carton == "" { // a waybill whose goods are in no carton
		return nil, &store.Refusal{Code: store.CartonEmpty, Want: string(f.Slip), Got: f.Code}
	}
	return in.carton(tx, f.Carton, out)
}

// carton chooses the carton that goods come out of or, behind it, the one that they go into.
// One that is closed is opened for that.
func (in RepackScan) carton(tx *store.Tx, id store.CartonID, out *Repacked) (store.Event, error) {
	c, err := tx.Carton(id)
	if err != nil {
		return nil, err
	}
	if err := another(tx, c.Slip); err != nil {
		return nil, err
	}
	out.Did, out.From = OpenedBox, c
	if in.From != "" && id != in.From {
		if _, err := in.from(tx, out); err != nil {
			return nil, err
		}
		out.Did, out.To = ChosePlace, store.InCarton(id)
	}
	switch {
	case in.Slip != "" && c.Slip != in.Slip:
		return nil, &store.Refusal{Code: store.CartonForeign, Want: string(in.Slip),
			Got: string(c.Slip)}
	case c.Step == store.CartonShipped:
		return nil, &store.Refusal{Code: store.CartonGone, Got: string(id)}
	case out.Did == OpenedBox && c.Holds <= 0:
		return nil, &store.Refusal{Code: store.CartonEmpty, Want: string(id)}
	case c.Step == store.CartonOpened:
		return store.ScanNoted{About: string(c.Slip), Text: string(id)}, nil
	case !in.By.Yes:
		return nil, &store.Refusal{Code: store.AskReopen, Got: string(id)}
	}
	return store.CartonClosed{Slip: c.Slip, CartonStep: reopened(tx, c)}, nil
}

// reopened is a closed carton's step into its next round.
func reopened(tx *store.Tx, c store.Carton) store.CartonStep {
	return store.CartonStep{Carton: c.ID, Step: store.CartonOpened, Round: c.Round + 1,
		Operator: tx.By().Operator, At: tx.Now().UnixMilli()}
}

// from reads the carton that goods come out of, and its slip. It refuses with Stale where
// somebody closed it meanwhile, and with CartonGone.
func (in RepackScan) from(tx *store.Tx, out *Repacked) (slip store.Slip, err error) {
	if out.From, err = tx.Carton(in.From); err != nil {
		return slip, err
	}
	switch out.From.Step {
	case store.CartonShipped:
		return slip, &store.Refusal{Code: store.CartonGone, Got: string(in.From)}
	case store.CartonSealedNow:
		return slip, &store.Refusal{Code: store.Stale, Want: string(in.From)}
	}
	if err := another(tx, out.From.Slip); err != nil {
		return slip, err
	}
	return boxed(&tx.Reader, out.From.Slip)
}

// notAnothers refuses a tote that holds goods of another slip, or what came back.
func notAnothers(tx *store.Tx, slip store.Slip, tote store.Place) error {
	others, err := slipsIn(&tx.Reader, tote)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(id store.SlipID) bool { return id == slip.ID })
	back, err := tx.LyingIn(tote)
	switch {
	case err != nil:
		return err
	case len(others) > 0:
		return &store.Refusal{Code: store.ToteInUse, Want: string(others[0]), Got: tote.Code()}
	case len(back) > 0:
		return &store.Refusal{Code: store.ToteInUse, Got: tote.Code()}
	}
	return nil
}

// piece takes one or more pieces out of the carton, or says what the scan lacks to tell.
func (in RepackScan) piece(tx *store.Tx, c store.Coded, out *Repacked) (store.Event, error) {
	slip, err := in.from(tx, out)
	if err != nil {
		return nil, err
	}
	if out.N, err = tx.Pieces(in.By, c); err != nil {
		return nil, err
	}
	if out.Item, err = tx.Item(c.SKU); err != nil {
		return nil, err
	}
	held, err := tx.Holding(store.InCarton(in.From), c.SKU)
	if err != nil {
		return nil, err
	}
	b, needs, err := within(held, out.Item, in.By.Mark, out.N)
	if r, refused := store.RefusalOf(err); refused && r.Code == store.NotThere {
		r.Want, r.Got = string(in.From), c.Code
	}
	if err != nil {
		return nil, err
	}
	if needs != "" {
		out.Did, out.Needs, out.Serials = NotedScan, needs, serials(held)
		return store.ScanNoted{About: string(slip.ID), Text: in.By.Mark.Text, Needs: needs}, nil
	}
	all, err := tx.PackedIn(out.From)
	if err != nil {
		return nil, err
	}
	return in.moved(tx, slip, part(all, b, out.N), c.Code, out)
}

// within is the batch of a scanned piece, of those of its item that a carton holds; or what
// the scan lacks to tell.
func within(held []store.Balance, i store.Item, m store.Mark, n store.Qty) (
	b store.Batch, needs store.Code, err error) {
	held = slices.DeleteFunc(slices.Clone(held), func(x store.Balance) bool { return x.N <= 0 })
	several := slices.ContainsFunc(held, func(x store.Balance) bool { return x.Lot != held[0].Lot })
	needs = lacks(i, m)
	switch {
	case len(held) == 0:
		return b, "", &store.Refusal{Code: store.NotThere}
	case needs == store.SerialNeeded, several && needs != "":
		return b, needs, nil
	}
	var most store.Qty
	for _, x := range held {
		if bool(i.Serials) && x.Serial != m.Serial || !fits(x.Lot, i, m) {
			continue
		}
		if x.N >= n {
			return x.Batch, "", nil
		}
		most = max(most, x.N)
	}
	switch {
	case most > 0:
		err = &store.Refusal{Code: store.BadQuantity, Want: most.String(), Got: n.String()}
	case bool(i.Serials):
		err = &store.Refusal{Code: store.WrongSerial, Want: string(i.SKU), Got: string(m.Serial)}
	default:
		err = &store.Refusal{Code: store.WrongLot, Want: string(held[0].Lot), Got: string(m.Lot)}
	}
	return b, "", err
}

// part is n of a batch out of goods, those of the last line first.
func part(goods []store.PackedGoods, b store.Batch, n store.Qty) (out []store.PackedGoods) {
	for _, g := range slices.Backward(goods) {
		if g.Batch == b && n > 0 {
			g.N = min(g.N, n)
			n -= g.N
			out = append(out, g)
		}
	}
	return out
}

// moved is the fact that goods of a carton go where they are wanted.
func (in RepackScan) moved(tx *store.Tx, slip store.Slip, goods []store.PackedGoods, code string,
	out *Repacked) (store.Event, error) {
	e := store.CartonRepacked{Slip: slip.ID, From: in.From, To: in.To, Goods: goods, Code: code}
	switch {
	case in.Beside:
		c, err := beside(tx, slip, in.From, in.Type)
		if err != nil {
			return nil, err
		}
		if e.To = store.InCarton(c.ID); !known(slip, c.ID) {
			e.Opens = &c
		}
	case in.To.Is("carton"):
		c, err := tx.Carton(store.CartonID(in.To.Code()))
		switch {
		case err != nil:
			return nil, err
		case c.Slip != slip.ID:
			return nil, &store.Refusal{Code: store.CartonForeign, Want: string(slip.ID),
				Got: string(c.Slip)}
		case c.Step != store.CartonOpened || c.ID == in.From:
			return nil, &store.Refusal{Code: store.Stale, Want: string(c.ID)}
		}
	default:
		if in.To == "" && len(slip.Totes) > 0 {
			e.To = slip.Totes[0]
		}
		if e.To == "" {
			return nil, &store.Refusal{Code: store.ToteFirst}
		}
		if err := notAnothers(tx, slip, e.To); err != nil {
			return nil, err
		}
	}
	out.Did, out.To = MovedItem, e.To
	return e, nil
}

// beside is an open carton of a slip that holds nothing, of the type that is wanted and other
// than one; else a new one.
func beside(tx *store.Tx, slip store.Slip, but store.CartonID, kind string) (store.Carton, error) {
	for _, c := range slip.Cartons {
		if c.Step == store.CartonOpened && c.Holds <= 0 && c.ID != but &&
			(kind == "" || kind == c.Type) {
			return c, nil
		}
	}
	return newCarton(tx, slip, kind)
}

// UndoRepack takes back the last time that goods were taken out of a carton of a slip. It needs
// a packer; it refuses with NoRight, and with NothingUndo when there is none, or the goods or
// the carton have gone on since.
func UndoRepack(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out Repacked, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		was, e, err := last[store.CartonRepacked](tx, id)
		if err != nil {
			return err
		}
		if out.From, err = tx.Carton(was.From); err != nil {
			return err
		}
		back := out.From.Step == store.CartonOpened
		if was.To.Is("carton") && back {
			c, err := tx.Carton(store.CartonID(was.To.Code()))
			if back = c.Step == store.CartonOpened; err != nil {
				return err
			}
		}
		for _, g := range was.Goods {
			there, err := holds(tx, was.To, g.Batch, g.N)
			if err != nil {
				return err
			}
			line, err := tx.SlipLine(id, g.Line)
			if err != nil {
				return err
			}
			free := was.To.Is("carton") || line.Picked-line.Packed >= g.N
			back, out.N = back && there && free, out.N+g.N
		}
		if !back {
			return &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
		out.Did, out.To = MovedItem, was.To
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(tx)
	})
	return out, err
}
