package outbound

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/store"
)

// PackScan is one scan of an operator who packs.
type PackScan struct {
	By   store.Gesture
	Slip store.SlipID // open on the screen; empty when none is
	Seen store.Qty    // of the slip that is stopped, as the screen knows
	Type string       // of the next carton; empty for the default

	Carton store.CartonID // that is filled on the screen; empty for the last one
	Beside bool           // the piece goes into a new one, beside those that are open
	Override
}

// Packing is what a scan came to, and where the slip stands.
type Packing struct {
	Did     Did
	Item    store.Item
	N       store.Qty
	Carton  store.Carton   // that it went into
	Sealed  bool           // it was the last right scan: the carton is closed
	Prints  bool           // and its label is on its way to the printer
	Printed bool           // the scan was of a label that was: it came out
	Needs   store.Code     // SerialNeeded and the like: the next scan is to say
	Serials []store.Serial // that the tote holds, when one is needed
	Slip    store.Slip
	Remarks []string            // of the customers
	Advice  []store.PackingRule // of its goods
	Next    string              // the type of its next carton
	Lines   []store.SlipLine    // the first of them, what is to be packed before the rest
	Tote    store.Place         // that was scanned
	Totes   []store.SlipTote    // that it was picked into, where it is in several
}

// linesMax is more lines than a screen shows.
const linesMax = 60

// Pack answers a scan at the packing table. Without an open slip, a tote, slip,
// waybill or carton opens its slip, and an item finds a slip of that one piece, which it
// packs and closes. With one, an item goes from the tote into the carton. It
// refuses with the code that says what is wrong, and then nothing has changed.
func Pack(ctx context.Context, s *store.Store, in PackScan) (out Packing, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		var e store.Event
		var err error
		out.Printed = tx.CameOut()
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
		if err := out.print(tx); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	if errors.Is(err, store.ErrAnswered) && in.Slip != "" {
		out.Slip, err = Look(ctx, s, in.Slip)
	}
	return out, err
}

// AtTable reads where a slip stands at the packing table; nothing where it is empty.
func AtTable(ctx context.Context, s *store.Store, id store.SlipID) (Packing, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Packing, error) {
		out := Packing{Slip: store.Slip{ID: id}}
		return out, out.read(r)
	})
}

// read brings the slip and its carton up to date after the event.
func (p *Packing) read(r *store.Reader) (err error) {
	if p.Slip.ID == "" {
		return nil
	}
	if p.Slip, err = boxed(r, p.Slip.ID); err != nil {
		return err
	}
	if p.Remarks, err = r.Remarks(p.Slip.ID); err != nil {
		return err
	}
	if p.Advice, err = r.PackingOf(p.Slip.ID); err != nil {
		return err
	}
	if _, open := Filled(p.Slip, ""); !open && p.Slip.Sums.Unpacked > 0 {
		if p.Next, err = proposed(r, p.Slip); err != nil {
			return err
		}
	}
	if len(p.Slip.Totes) > 1 {
		if p.Totes, err = r.TotesOf(p.Slip.ID); err != nil {
			return err
		}
	}
	if p.Lines, err = r.SlipLinesToPack(p.Slip.ID, linesMax); err != nil || p.Carton.ID == "" {
		return err
	}
	p.Carton, err = r.Carton(p.Carton.ID)
	return err
}

// open finds the slip that a scan stands for.
func (in PackScan) open(tx *store.Tx, out *Packing) (store.Event, error) {
	f, err := tx.Find(in.By.Mark, store.ToteKind, store.SlipKind, store.WaybillKind, store.ItemKind,
		store.CartonKind)
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
			return nil, noSingle(tx, f)
		}
		return in.into(tx, id, out)
	case store.CartonKind: // to weigh it, or to go on with it
		if err := out.at(tx, f.Carton); err != nil {
			return nil, err
		}
		return store.PackOpened{Slip: out.Slip.ID, Station: tx.Station().Author}, nil
	case store.ToteKind:
		slips, err := slipsIn(&tx.Reader, f.Place)
		if err == nil {
			err = sortFirst(tx, f.Place, slips)
		}
		if err != nil {
			return nil, err
		}
		if len(slips) == 0 {
			return nil, &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.ToteKind}
		}
		id, out.Tote = slips[0], f.Place
		if len(slips) > 1 { // one-piece slips share it: the piece says which
			out.Did, out.Slip.ID = OpenedSlip, id
			return nil, &store.Refusal{Code: store.Ambiguous, Want: string(slips[0]) + " / " +
				string(slips[1]), Got: f.Code, Is: store.SlipKind}
		}
	}
	slip, err := packable(tx, id)
	if err == nil {
		err = allSorted(tx, slip)
	}
	if err == nil {
		err = another(tx, id)
	}
	if err != nil {
		return nil, err
	}
	out.Did, out.Slip = OpenedSlip, slip
	return store.PackOpened{Slip: id, Station: tx.Station().Author}, nil
}

// sortFirst refuses a tote of several slips that is to be sorted at the wall. Slips of one piece
// need no sorting: the piece says which.
func sortFirst(tx *store.Tx, tote store.Place, slips []store.SlipID) error {
	wall, err := tx.Setting(store.PutWall)
	if err != nil || wall != "on" || len(slips) < 2 {
		return err
	}
	for _, id := range slips {
		slip, err := tx.Slip(id)
		if err != nil {
			return err
		}
		if slip.Sums.Want > 1 {
			return &store.Refusal{Code: store.SortFirst, Got: tote.Code(),
				Want: fmt.Sprint(len(slips))}
		}
	}
	return nil
}

// allSorted refuses a slip while pieces of it lie in a tote that is to be sorted: nobody is to
// look for them in its compartment.
func allSorted(tx *store.Tx, slip store.Slip) error {
	wall, err := tx.Setting(store.PutWall)
	if err != nil || wall != "on" {
		return err
	}
	c, err := compartment(&tx.Reader, slip.ID, "")
	for _, tote := range slip.Totes {
		if err != nil || slices.Contains(c.own, tote) {
			continue
		}
		var held []store.Balance
		if held, err = tx.Contents(tote); err != nil || !slices.ContainsFunc(held,
			func(b store.Balance) bool { return b.N > 0 && c.wants(b.Item) > 0 }) {
			continue
		}
		var slips []store.SlipID
		if slips, err = slipsIn(&tx.Reader, tote); err == nil {
			err = sortFirst(tx, tote, slips)
		}
	}
	return err
}

// noSingle refuses a piece that no slip is for alone: with Intercepted where one was, and it is
// to be put back.
func noSingle(tx *store.Tx, f store.Found) error {
	slips, err := tx.SlipsToPutBack(listMax)
	for _, id := range slips {
		var slip store.Slip
		if slip, err = tx.Slip(id); err != nil {
			return err
		}
		due := slices.ContainsFunc(slip.Due, func(d store.Due) bool {
			return d.Item == f.Item.SKU
		})
		if due && slip.State() == store.SlipStopped {
			return stopped(&tx.Reader, slip, slip.Sums.Due)
		}
	}
	if err != nil {
		return err
	}
	return &store.Refusal{Code: store.ToteFirst, Got: f.Code}
}

// at opens the slip of a carton. It refuses with CartonGone, and as another does.
func (p *Packing) at(tx *store.Tx, id store.CartonID) (err error) {
	if p.Carton, err = tx.Carton(id); err != nil {
		return err
	}
	if p.Carton.Step == store.CartonShipped {
		return &store.Refusal{Code: store.CartonGone, Got: string(id)}
	}
	p.Did, p.Slip.ID = OpenedSlip, p.Carton.Slip
	return another(tx, p.Slip.ID)
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
		_, err = in.inTote(tx, slip, lines[0], 1)
		if _, refused := store.RefusalOf(err); !refused {
			return id, err
		}
	}
	return slips[0], nil // its refusal says what is wrong
}

// another refuses with PickedIt where the site wants two people, one to pick a slip and another
// to pack it; it names some who may.
func another(tx *store.Tx, id store.SlipID) error {
	second, err := tx.Setting(store.PackSecond)
	if err != nil || second != "on" {
		return err
	}
	by, err := tx.PickedBy(id)
	if err != nil || !slices.Contains(by, tx.By().Operator) {
		return err
	}
	all, err := tx.Operators()
	var may []string
	for _, o := range all {
		if o.May(store.Packer) && !slices.Contains(by, o.ID) && len(may) < namedMax {
			may = append(may, o.Name)
		}
	}
	if err == nil {
		err = &store.Refusal{Code: store.PickedIt, Want: string(id), Got: strings.Join(may, " ")}
	}
	return err
}

// namedMax is how many people a refusal names.
const namedMax = 3

// packable reads a slip that can be packed, or has a carton to be closed. It refuses with
// NotPicked, StillPicked, AllPacked, Intercepted, SlipClosed or CartonGone.
func packable(tx *store.Tx, id store.SlipID) (store.Slip, error) {
	slip, err := tx.Slip(id)
	if err != nil {
		return slip, err
	}
	switch state := slip.State(); {
	case state == store.SlipWithdrawn:
		return slip, &store.Refusal{Code: store.SlipClosed, Want: string(id)}
	case state == store.SlipShipped && slip.Sums.Due > 0:
		return slip, nothingLeft(tx, slip)
	case state == store.SlipShipped:
		return slip, &store.Refusal{Code: store.CartonGone, Got: string(id)}
	case state == store.SlipReleasedState, state == store.SlipPicking, state == store.SlipShort:
		return slip, notYet(tx, slip)
	case slip.Sums.Unpacked == 0 && !slices.ContainsFunc(slip.Cartons, store.Carton.Filling):
		return slip, nothingLeft(tx, slip)
	}
	return slip, nil
}

// notYet refuses a slip that is still to be picked: with StillPicked where that is in another
// zone than what was picked of it, else with NotPicked.
func notYet(tx *store.Tx, slip store.Slip) error {
	whole, err := tx.WholeSlip(slip.ID)
	if err != nil {
		return err
	}
	var open, begun []string
	for _, t := range whole.Tasks {
		switch {
		case t.Left() > 0 && !slices.Contains(open, t.Zone):
			open = append(open, t.Zone)
		case t.Left() == 0 && t.Picked > 0:
			begun = append(begun, t.Zone)
		}
	}
	if !slices.ContainsFunc(begun, func(z string) bool { return !slices.Contains(open, z) }) {
		return &store.Refusal{Code: store.NotPicked, Want: string(slip.ID),
			Got: string(slip.State())}
	}
	n := slip.Sums
	got := fmt.Sprintf("%d/%d", n.Picked+n.Short, n.Want)
	if bool(slip.Lease.Held) {
		got = slip.Lease.Who() + " " + got
	}
	return &store.Refusal{Code: store.StillPicked, Want: strings.Join(open, " "), Got: got}
}

// unpacked reads a slip of which something is still to be packed. It refuses as packable does.
func unpacked(tx *store.Tx, id store.SlipID) (store.Slip, error) {
	slip, err := packable(tx, id)
	if err == nil && slip.Sums.Unpacked == 0 {
		err = nothingLeft(tx, slip)
	}
	return slip, err
}

// nothingLeft refuses a slip that is packed: what was stopped of it stays out.
func nothingLeft(tx *store.Tx, slip store.Slip) error {
	if slip.Sums.Due > 0 {
		return stopped(&tx.Reader, slip, slip.Sums.Due)
	}
	return &store.Refusal{Code: store.AllPacked, Want: string(slip.ID)}
}

// came notes that a tote of the slip on the table stands there. It refuses with WrongTote.
func came(tx *store.Tx, id store.SlipID, tote store.Place, out *Packing) (store.Event, error) {
	slip, err := tx.Slip(id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(slip.Totes, tote) {
		return nil, &store.Refusal{Code: store.WrongTote, Want: codes(slip.Totes),
			Got: tote.Code()}
	}
	out.Did, out.Slip, out.Tote = ToteCame, slip, tote
	return store.ScanNoted{About: string(id), Text: tote.Code()}, nil
}

// into packs what was scanned into the open carton of a slip.
func (in PackScan) into(tx *store.Tx, id store.SlipID, out *Packing) (store.Event, error) {
	if err := another(tx, id); err != nil { // somebody else may have opened it
		return nil, err
	}
	f, err := tx.Find(in.By.Mark, store.ItemKind, store.CartonKind, store.ToteKind)
	if err != nil {
		return nil, err
	}
	switch f.Kind {
	case store.CartonKind:
		return in.box(tx, id, f.Carton, out)
	case store.ToteKind:
		return came(tx, id, f.Place, out)
	}
	slip, err := unpacked(tx, id)
	if err != nil {
		return nil, err
	}
	if in.Slip != "" && slip.Stopped > in.Seen {
		return nil, stopped(&tx.Reader, slip, slip.Stopped-in.Seen)
	}
	line, n, err := in.line(tx, slip, f.Item)
	if err != nil {
		return nil, err
	}
	piece, err := in.inTote(tx, slip, line, n)
	if err == nil && piece.needs == "" {
		piece.expired, err = in.stillFresh(tx, slip, line.About, piece.batch.Lot)
	}
	if err != nil {
		return nil, err
	}
	out.Slip = slip
	if piece.needs != "" && in.Slip == "" {
		out.Slip = store.Slip{} // what it lacks may say that it is another's
	}
	if piece.needs != "" {
		held, err := tx.Holding(slip.Totes[0], line.Item)
		out.Did, out.Needs, out.Serials = NotedScan, piece.needs, serials(held)
		return store.ScanNoted{About: string(id), Text: in.By.Mark.Text, Needs: piece.needs}, err
	}
	e := store.ItemPacked{Slip: id, Line: line.Line, Batch: piece.batch, Plan: piece.plan,
		From: piece.from, N: n, Code: f.Code, Expired: piece.expired}
	if piece.plan != "" || piece.expired != 0 {
		e.Reason = in.Reason
	}
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

// stillFresh refuses a scanned piece that expired, as fresh does.
func (in PackScan) stillFresh(tx *store.Tx, slip store.Slip, i store.Item, lot store.Lot) (
	store.Date, error) {
	day := in.By.Mark.Expires
	if day == 0 {
		var err error
		if day, err = tx.ExpiryOf(i.SKU, lot); err != nil {
			return 0, err
		}
	}
	return in.fresh(tx, slip.ID, i, lot, day)
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
		if line.Line == 0 || toPack(slip, line) == 0 {
			line = l
		}
	}
	room := toPack(slip, line)
	switch due := slip.DueOf(line.Line); {
	case line.Line == 0:
		return line, 0, &store.Refusal{Code: store.NotOnSlip, Want: string(slip.ID), Got: c.Code}
	case n > room && due.N > 0:
		return line, 0, stopped(&tx.Reader, slip, due.N)
	case n > room:
		return line, 0, &store.Refusal{Code: store.OverPack, Want: room.String(),
			Got: n.String()}
	}
	return line, n, nil
}

// toPack is how many pieces of a line are still to go into a carton.
func toPack(slip store.Slip, l store.SlipLine) store.Qty {
	d := slip.DueOf(l.Line)
	return max(0, l.Picked-l.Packed-(d.N-d.Packed))
}
