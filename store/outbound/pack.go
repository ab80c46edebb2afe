package outbound

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
)

// PackScan is one scan of an operator who packs.
type PackScan struct {
	By   store.Gesture
	Slip store.SlipID // open on the screen; empty when none is
	Type string       // of the next carton; empty for the default
}

// Packing is what a scan came to, and where the slip stands.
type Packing struct {
	Did     Did
	Item    store.Item
	N       store.Qty
	Carton  store.Carton   // that it went into
	Sealed  bool           // it was the last right scan: the carton is closed
	Needs   store.Code     // SerialNeeded or LotNeeded: the next scan is to say
	Serials []store.Serial // that the tote holds, when one is needed
	Slip    store.Slip
	Remarks []string         // of the customers
	Lines   []store.SlipLine // the first of them, what is to be packed before the rest
}

// linesMax is more lines than a screen shows.
const linesMax = 60

// Pack answers a scan at the packing table. Without an open slip, a tote, slip
// or waybill opens its slip, and an item finds a slip of that one piece, which it
// packs and closes. With one, an item goes from the tote into the carton. It
// refuses with the code that says what is wrong, and then nothing has changed.
func Pack(ctx context.Context, s *store.Store, in PackScan) (out Packing, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		var e store.Event
		var err error
		if in.Slip == "" {
			e, err = in.open(tx, &out)
		} else {
			e, err = in.into(tx, in.Slip, &out)
		}
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

// read brings the slip and its carton up to date after the event.
func (p *Packing) read(tx *store.Tx) (err error) {
	if p.Slip.ID == "" {
		return nil
	}
	if p.Slip, err = tx.Slip(p.Slip.ID); err != nil {
		return err
	}
	if p.Remarks, err = tx.Remarks(p.Slip.ID); err != nil {
		return err
	}
	if p.Lines, err = tx.SlipLinesToPack(p.Slip.ID, linesMax); err != nil || p.Carton.ID == "" {
		return err
	}
	p.Carton, err = tx.Carton(p.Carton.ID)
	return err
}

// open finds the slip that a scan stands for.
func (in PackScan) open(tx *store.Tx, out *Packing) (store.Event, error) {
	f, err := tx.Find(in.By.Mark, store.ToteKind, store.SlipKind, store.WaybillKind, store.ItemKind)
	if err != nil {
		return nil, err
	}
	id := f.Slip
	switch f.Kind {
	case store.ItemKind:
		if id, err = in.single(tx, f.Item.SKU); err != nil {
			return nil, err
		}
		if id == "" {
			return nil, &store.Refusal{Code: store.ToteFirst, Got: f.Code}
		}
		return in.into(tx, id, out)
	case store.ToteKind:
		slips, err := tx.SlipsIn(f.Place)
		if err != nil {
			return nil, err
		}
		if len(slips) == 0 {
			return nil, &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.ToteKind}
		}
		id = slips[0]
		if len(slips) > 1 { // one-piece slips share it: the piece says which
			out.Did, out.Slip.ID = OpenedSlip, id
			return nil, &store.Refusal{Code: store.Ambiguous, Want: string(slips[0]) + " / " +
				string(slips[1]), Got: f.Code, Is: store.SlipKind}
		}
	}
	slip, err := packable(tx, id)
	if err != nil {
		return nil, err
	}
	out.Did, out.Slip = OpenedSlip, slip
	return store.PackOpened{Slip: id, Station: tx.Station().Author}, nil
}

// single finds the most urgent slip of one piece of an item whose piece this can
// be, by its lot and serial; empty when there is none.
func (in PackScan) single(tx *store.Tx, sku store.SKU) (store.SlipID, error) {
	slips, err := tx.SinglesOf(sku)
	if err != nil || len(slips) == 0 {
		return "", err
	}
	for _, id := range slips {
		slip, err := tx.Slip(id)
		if err != nil {
			return "", err
		}
		lines, err := tx.SlipLines(id, sku)
		if err != nil {
			return "", err
		}
		_, _, _, err = inTote(tx, slip, lines[0], in.By.Mark, 1)
		if _, refused := store.RefusalOf(err); !refused {
			return id, err
		}
	}
	return slips[0], nil // its refusal says what is wrong
}

// packable reads a slip that can be packed. It refuses with NotPicked, AllPacked,
// SlipClosed or CartonGone.
func packable(tx *store.Tx, id store.SlipID) (store.Slip, error) {
	slip, err := tx.Slip(id)
	if err != nil {
		return slip, err
	}
	switch state := slip.State(); {
	case state == store.SlipWithdrawn:
		return slip, &store.Refusal{Code: store.SlipClosed, Want: string(id)}
	case state == store.SlipShipped:
		return slip, &store.Refusal{Code: store.CartonGone, Got: string(id)}
	case state == store.SlipReleasedState, state == store.SlipPicking, state == store.SlipShort:
		return slip, &store.Refusal{Code: store.NotPicked, Want: string(id), Got: string(state)}
	case slip.Sums.Unpacked == 0:
		return slip, &store.Refusal{Code: store.AllPacked, Want: string(id)}
	}
	return slip, nil
}

// into packs what was scanned into the open carton of a slip.
func (in PackScan) into(tx *store.Tx, id store.SlipID, out *Packing) (store.Event, error) {
	f, err := tx.Find(in.By.Mark, store.ItemKind, store.CartonKind)
	if err != nil {
		return nil, err
	}
	if f.Kind == store.CartonKind {
		return in.box(tx, id, f.Carton, out)
	}
	slip, err := packable(tx, id)
	if err != nil {
		return nil, err
	}
	line, n, err := in.line(tx, slip, f.Item)
	if err != nil {
		return nil, err
	}
	from, batch, needs, err := inTote(tx, slip, line, in.By.Mark, n)
	if err != nil {
		return nil, err
	}
	out.Slip = slip
	if needs != "" && in.Slip == "" {
		out.Slip = store.Slip{} // what it lacks may say that it is another's
	}
	if needs != "" {
		held, err := tx.Holding(slip.Totes[0], line.Item)
		out.Did, out.Needs, out.Serials = NotedScan, needs, serials(held)
		return store.ScanNoted{About: string(id), Text: in.By.Mark.Text, Needs: needs}, err
	}
	e := store.ItemPacked{Slip: id, Line: line.Line, Batch: batch, From: from, N: n, Code: f.Code}
	c, err := in.carton(tx, slip)
	if err != nil {
		return nil, err
	}
	if e.Carton = c.ID; !known(slip, c.ID) {
		e.Opens = &c
	}
	if slip.Sums.Unpacked == n {
		e.Seals, e.Waybill = seal(tx, slip, c)
	}
	out.Did, out.Item, out.N, out.Carton, out.Sealed = PackedItem, line.About, n, c, e.Seals != nil
	return e, nil
}

func known(s store.Slip, id store.CartonID) bool {
	return slices.ContainsFunc(s.Cartons, func(c store.Carton) bool { return c.ID == id })
}

// line finds the line of a slip that a scanned item is for, and how many pieces
// it stands for. It refuses with NotOnSlip or OverPack.
func (in PackScan) line(tx *store.Tx, slip store.Slip, c store.Coded) (
	line store.SlipLine, n store.Qty, err error) {
	if n, err = tx.Pieces(in.By, c); err != nil {
		return line, 0, err
	}
	lines, err := tx.SlipLines(slip.ID, c.SKU)
	if err != nil {
		return line, 0, err
	}
	for _, l := range lines {
		if line.Line == 0 || line.Picked <= line.Packed {
			line = l
		}
	}
	room := max(0, line.Picked-line.Packed)
	switch {
	case line.Line == 0:
		return line, 0, &store.Refusal{Code: store.NotOnSlip, Want: string(slip.ID), Got: c.Code}
	case n > room:
		return line, 0, &store.Refusal{Code: store.OverPack, Want: room.String(),
			Got: n.String()}
	}
	return line, n, nil
}

// inTote finds the batch of a scanned piece in the totes of its slip; or says
// what the scan lacks to tell.
func inTote(tx *store.Tx, slip store.Slip, l store.SlipLine, m store.Mark, n store.Qty) (
	from store.Place, b store.Batch, needs store.Code, err error) {
	if bool(l.About.Serials) && m.Serial == "" {
		return "", b, store.SerialNeeded, nil
	}
	planned, err := tx.PlannedLots(slip.ID, l.Item)
	if err != nil {
		return "", b, "", err
	}
	var most store.Qty
	for _, tote := range slip.Totes {
		held, err := tx.Holding(tote, l.Item)
		if err != nil {
			return "", b, "", err
		}
		for _, x := range held {
			switch {
			case x.N <= 0 || bool(l.About.Serials) && x.Serial != m.Serial:
			case !slices.Contains(planned, x.Lot) && unnamed(m, l.About): // another customer's?
				return "", b, store.LotNeeded, nil
			case !slices.Contains(planned, x.Lot) || !fits(x.Lot, l.About, m):
			case from == "" && x.N >= n:
				from, b = tote, x.Batch
			default:
				most = max(most, x.N)
			}
		}
	}
	switch {
	case from != "":
	case most > 0: // fewer of one lot than were counted at once
		err = &store.Refusal{Code: store.OverPack, Want: most.String(), Got: n.String()}
	case bool(l.About.Serials):
		err = &store.Refusal{Code: store.WrongSerial, Want: string(l.Item), Got: string(m.Serial)}
	default:
		err = &store.Refusal{Code: store.WrongLot, Want: string(l.Item), Got: string(m.Lot)}
	}
	return from, b, "", err
}

// unnamed says whether a label lacks the lot that its item has.
func unnamed(m store.Mark, i store.Item) bool {
	return m.Lot == "" && bool(i.Lots) || m.Expires == 0 && bool(i.Expiries) && !bool(i.Lots)
}

// fits says whether a label can be on a piece of a lot.
func fits(lot store.Lot, i store.Item, m store.Mark) bool {
	switch {
	case unnamed(m, i):
		return true
	case bool(i.Lots):
		return lot == m.Lot
	case bool(i.Expiries):
		return lot == store.LotOfExpiry(m.Expires)
	}
	return true
}

// box answers a carton label while a slip is packed: its own open one is noted.
func (in PackScan) box(tx *store.Tx, id store.SlipID, carton store.CartonID, out *Packing) (
	store.Event, error) {
	c, err := tx.Carton(carton)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Slip != id:
		return nil, &store.Refusal{Code: store.CartonForeign, Want: string(id), Got: string(c.Slip)}
	case c.Step != store.CartonOpened:
		return nil, &store.Refusal{Code: store.CartonSealed, Got: string(carton)}
	}
	out.Did, out.Slip.ID, out.Carton = OpenedBox, id, c
	return store.ScanNoted{About: string(id), Text: string(carton)}, nil
}

// carton is the slip's carton that is being filled; else an open one that holds
// nothing, of the type that is wanted; else the next one. The station's two
// characters keep two stations that pack apart from minting the same number.
func (in PackScan) carton(tx *store.Tx, slip store.Slip) (store.Carton, error) {
	var last int64
	for _, c := range slip.Cartons {
		if c.Filling() {
			return c, nil
		}
		last = max(last, c.N)
	}
	for _, c := range slip.Cartons {
		if c.Step == store.CartonOpened && (in.Type == "" || in.Type == c.Type) {
			return c, nil
		}
	}
	c := store.Carton{Slip: slip.ID, Type: in.Type, N: last + 1, Opened: tx.Now().UnixMilli()}
	c.ID = store.CartonID(fmt.Sprintf("%s-%d-%s", slip.ID, c.N, tx.Station().Prefix))
	if c.Type == "" {
		kinds, err := tx.CartonTypes()
		if err != nil {
			return c, err
		}
		if len(kinds) > 0 {
			c.Type = kinds[0].Code
		}
	}
	return c, nil
}

// seal closes a carton. A waybill of the slip that has no parcel yet is its own.
func seal(tx *store.Tx, slip store.Slip, c store.Carton) (*store.CartonStep, *store.Waybill) {
	step := &store.CartonStep{Carton: c.ID, Step: store.CartonSealedNow, Round: c.Round,
		Operator: tx.By().Operator, At: tx.Now().UnixMilli()}
	for _, w := range slip.Waybills {
		if w.Carton == c.ID {
			return step, nil
		}
	}
	for _, w := range slip.Waybills {
		if w.Carton == "" {
			w.Carton = c.ID
			return step, &w
		}
	}
	return step, nil
}

// Seal closes the slip's open carton by hand: the next piece goes into another.
// It refuses with CartonEmpty or NotFound.
func Seal(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out Packing, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		slip, err := tx.Slip(id)
		if err != nil {
			return err
		}
		for _, c := range slip.Cartons {
			if c.Filling() {
				out.Carton = c
			}
		}
		if out.Carton.ID == "" {
			return &store.Refusal{Code: store.CartonEmpty, Want: string(id)}
		}
		step, waybill := seal(tx, slip, out.Carton)
		out.Did, out.Sealed, out.Slip = SealedBox, true, slip
		if err := tx.Record(store.CartonClosed{Slip: id, CartonStep: *step,
			Waybill: waybill}); err != nil {
			return err
		}
		return out.read(tx)
	})
	return out, err
}

// Finish closes a slip at the packing table although something stays behind: it
// refuses with AskPartial until by.Yes. What stays in the tote is packed later.
func Finish(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	out Packing, err error) {
	slip, err := Look(ctx, s, id)
	if err != nil {
		return out, err
	}
	if n := slip.Sums.Unpacked; n > 0 && !by.Yes {
		return out, s.Refuse(ctx, by, &store.Refusal{Code: store.AskPartial, Want: string(id),
			Got: n.String()})
	}
	if slices.ContainsFunc(slip.Cartons, store.Carton.Filling) {
		return Seal(ctx, s, by, id)
	}
	return Packing{Did: SealedBox, Slip: slip}, nil
}
