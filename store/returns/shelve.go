package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// ShelfScan is one scan of an operator who brings graded goods to their place: the tote,
// the bin, and then each piece.
type ShelfScan struct {
	By   store.Gesture
	Tote store.Place // open on the screen; empty when none is
	At   store.Place // the bin that was reached; empty when none was
}

// Shelving is where putting away stands behind a scan.
type Shelving struct {
	Tote  store.Place
	At    store.Place
	Rows  []Load      // what the tote still holds, the next first
	To    []store.Bin // where the next may go, the best first
	Item  store.Item  // that was put away
	N     store.Qty
	Needs store.Code
	Known []string
}

// A Load is goods of one batch, grade and disposition in a tote.
type Load struct {
	store.Batch
	Item  store.Item
	Grade string
	As    store.Disposition
	N     store.Qty
	Of    []store.OriginN
}

// Shelve answers a scan of whoever puts away: a tote opens, a bin is reached, an item goes
// from the tote into the bin. Only goods that are to be sold again go where they are sold
// from, and are available at once. It needs a receiver. It refuses with NoRight, ToteFirst,
// NothingToDo for a tote without such goods, BinFirst, WrongPlace for a bin that such goods
// may not lie in, AskOtherBin for another than was proposed until by.Yes, FullBin, BinFrozen,
// NotThere, LotNeeded and SerialNeeded by Needs, BadQuantity, AskQuantity, and as Reader.Find
// does.
func Shelve(ctx context.Context, s *store.Store, in ShelfScan) (out Shelving, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Shelving{Tote: in.Tote, At: in.At}
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		f, err := tx.Find(in.By.Mark, store.ToteKind, store.BinKind, store.ItemKind)
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

func (in ShelfScan) answer(tx *store.Tx, f store.Found, out *Shelving) (store.Event, error) {
	noted := store.ScanNoted{About: f.Ref(), Text: in.By.Mark.Text}
	if f.Kind == store.ToteKind {
		rows, err := Loads(&tx.Reader, f.Place)
		if err == nil && len(rows) == 0 {
			err = &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.ToteKind}
		}
		out.Tote, out.At = f.Place, ""
		return noted, err
	}
	if in.Tote == "" {
		return nil, &store.Refusal{Code: store.ToteFirst, Got: f.Code}
	}
	rows, err := Loads(&tx.Reader, in.Tote)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &store.Refusal{Code: store.NothingToDo, Got: in.Tote.Code(), Is: store.ToteKind}
	}
	if f.Kind == store.BinKind {
		out.At = f.Place
		return noted, in.reach(tx, rows[0], f.Place)
	}
	return in.put(tx, rows, f.Item, out)
}

// reach refuses a bin that the next goods may not lie in, and asks about one that was not
// proposed.
func (in ShelfScan) reach(tx *store.Tx, next Load, p store.Place) error {
	if err := tx.NotFrozen(p); err != nil {
		return err
	}
	b, err := tx.Bin(p)
	if err != nil {
		return err
	}
	if !bool(b.Active) || !next.As.Suits(b.Use) {
		return &store.Refusal{Code: store.WrongPlace, Want: string(next.As), Got: p.Code()}
	}
	room, err := tx.RoomFor(b, next.Batch)
	if err != nil {
		return err
	}
	if room <= 0 {
		return &store.Refusal{Code: store.FullBin, Got: p.Code()}
	}
	to, err := ProposeBins(&tx.Reader, next)
	if err != nil || in.By.Yes || len(to) == 0 || to[0].Place == p {
		return err
	}
	return &store.Refusal{Code: store.AskOtherBin, Want: to[0].Place.Code(), Got: p.Code()}
}

// put is the fact that goods went from the tote into the bin.
func (in ShelfScan) put(tx *store.Tx, rows []Load, code store.Coded, out *Shelving) (
	store.Event, error) {
	n, err := tx.Pieces(in.By, code)
	if err != nil {
		return nil, err
	}
	m := in.By.Mark
	fit := slices.DeleteFunc(slices.Clone(rows), func(l Load) bool {
		lot := lotOf(l.Item, m)
		return l.Batch.Item != code.SKU || lot != "" && l.Lot != lot ||
			m.Serial != "" && l.Serial != "" && l.Serial != m.Serial
	})
	if len(fit) == 0 {
		return nil, &store.Refusal{Code: store.NotThere, Want: string(rows[0].Batch.Item),
			Got: code.Code}
	}
	if in.At == "" {
		return nil, &store.Refusal{Code: store.BinFirst, Got: code.Code}
	}
	if out.Needs, out.Known = unclear(fit, m); out.Needs != "" {
		return store.ScanNoted{About: string(in.Tote), Text: m.Text, Needs: out.Needs}, nil
	}
	load := fit[0]
	if n > load.N {
		return nil, beyond(n, load.N)
	}
	if err := in.into(tx, rows[0], load, n); err != nil {
		return nil, err
	}
	out.Item, out.N = load.Item, n
	return load.shelved(in.Tote, in.At, n, tx.Now().UnixMilli()), nil
}

// into refuses to put n of a load into the bin that was reached for the next one, and asks
// where that was not proposed for this one.
func (in ShelfScan) into(tx *store.Tx, next, load Load, n store.Qty) error {
	if err := tx.NotFrozen(in.At); err != nil {
		return err
	}
	b, err := tx.Bin(in.At)
	if err != nil {
		return err
	}
	room, err := tx.RoomFor(b, load.Batch)
	switch {
	case err != nil:
		return err
	case !bool(b.Active) || !load.As.Suits(b.Use):
		return &store.Refusal{Code: store.WrongPlace, Want: string(load.As), Got: in.At.Code()}
	case room < n:
		return &store.Refusal{Code: store.FullBin, Want: room.String(), Got: in.At.Code()}
	case next.Batch == load.Batch && next.As == load.As && next.Grade == load.Grade:
		return nil // it was asked about when it was reached
	}
	return in.reach(tx, load, in.At)
}

// shelved is the fact that n of a load went somewhere.
func (l Load) shelved(from, to store.Place, n store.Qty, at int64) store.ReturnShelved {
	e := store.ReturnShelved{Batch: l.Batch, N: n, From: from, To: to, Grade: l.Grade, As: l.As,
		At: at}
	for _, o := range l.Of {
		if o.N = min(o.N, n); o.N > 0 {
			e.Of = append(e.Of, o)
			n -= o.N
		}
	}
	return e
}

// unclear says what a scan lacks to tell batches in a tote apart.
func unclear(fit []Load, m store.Mark) (store.Code, []string) {
	same := make([]Piece, len(fit))
	for i, l := range fit {
		same[i].Batch = l.Batch
	}
	return unsure(same, m)
}

// ThrowAway scraps what is next in a tote, all of it, where scrap is what is to become of
// it. It needs a supervisor; it refuses with NoRight, WrongPlace and NothingToDo.
func ThrowAway(ctx context.Context, s *store.Store, by store.Gesture, tote store.Place) (
	out Shelving, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Shelving{Tote: tote}
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		rows, err := Loads(&tx.Reader, tote)
		switch {
		case err != nil:
			return err
		case len(rows) == 0:
			return &store.Refusal{Code: store.NothingToDo, Got: tote.Code(), Is: store.ToteKind}
		case rows[0].As != store.Scrap:
			return &store.Refusal{Code: store.WrongPlace, Want: string(rows[0].As),
				Got: string(store.Scrap)}
		}
		out.Item, out.N = rows[0].Item, rows[0].N
		if err := tx.Record(rows[0].shelved(tote, store.AtScrap, out.N,
			tx.Now().UnixMilli())); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

// read brings the tote up to date.
func (o *Shelving) read(r *store.Reader) (err error) {
	if o.Rows, err = Loads(r, o.Tote); err != nil || len(o.Rows) == 0 {
		return err
	}
	o.To, err = ProposeBins(r, o.Rows[0])
	return err
}

// InTote reads what a tote holds of graded goods, and where the next of them may go.
func InTote(ctx context.Context, s *store.Store, tote store.Place) (Shelving, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Shelving, error) {
		out := Shelving{Tote: tote}
		return out, out.read(r)
	})
}

// Loads reads what a tote holds of graded goods.
func Loads(r *store.Reader, tote store.Place) (out []Load, err error) {
	rows, err := r.LyingIn(tote)
	for _, l := range rows {
		if l.Grade == "" {
			continue
		}
		of := store.OriginN{Origin: l.Origin, N: l.N}
		i := slices.IndexFunc(out, func(x Load) bool {
			return x.Batch == l.Batch && x.Grade == l.Grade && x.As == l.As
		})
		if i >= 0 {
			out[i].N, out[i].Of = out[i].N+l.N, append(out[i].Of, of)
			continue
		}
		out = append(out, Load{Batch: l.Batch, Item: l.About, Grade: l.Grade, As: l.As, N: l.N,
			Of: []store.OriginN{of}})
	}
	return out, err
}

// binsMax is how many bins are looked at for a proposal.
const binsMax = 40

// ProposeBins reads where goods may go: what is to be sold again where the item lies, the
// place it is picked from first, and else into an empty bin of its zone, the nearest first.
func ProposeBins(r *store.Reader, l Load) (out []store.Bin, err error) {
	all, err := r.BinsFor(l.Batch.Item, l.As, binsMax)
	for _, b := range all {
		if err != nil {
			return nil, err
		}
		room, roomErr := r.RoomFor(b, l.Batch)
		if err = roomErr; err == nil && room > 0 {
			out = append(out, b)
		}
	}
	return out, err
}
