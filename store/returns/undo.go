package returns

import (
	"cmp"
	"context"
	"slices"
	"time"

	"scanbay/store"
)

// Undone is a step that was taken back.
type Undone struct {
	Item   store.Item // none of what nobody knows
	Code   string     // that was scanned, of that
	N      store.Qty
	Away   bool // they had been handed back
	Opened Opened
}

// Unreceive takes back the last that was done with goods of a case at this station: they were
// received, put aside or handed back. It is a reversal, never a deletion. It needs a receiver;
// it refuses with NoRight, and with NothingUndo where there is nothing, or it has gone on since.
func Unreceive(ctx context.Context, s *store.Store, by store.Gesture, c Case) (
	out Undone, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Undone{}
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		was, e, err := c.lastBack(tx)
		if err != nil {
			return err
		}
		if err := out.of(tx, was); err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Opened, err = look(&tx.Reader, c)
		return err
	})
	if err == nil && c.RMA != "" {
		err = Onward(ctx, s, c.RMA)
	}
	return out, err
}

// lastBack is the last that was done with goods of a case, and the event that takes it back:
// of its return, else of what it was before it was one.
func (c Case) lastBack(tx *store.Tx) (was store.Event, e store.Reversed, err error) {
	name := cmp.Or(string(c.RMA), string(c.Order))
	for _, ref := range []string{string(c.RMA), string(c.Order), c.Parcel} {
		if ref == "" {
			continue
		}
		was, e, err = tx.LastBack(ref)
		if r, refused := store.RefusalOf(err); !refused || r.Code != store.NothingUndo {
			return was, e, err
		}
	}
	if name == "" && c.Parcel != "" {
		p, err := tx.Parcel(c.Parcel)
		if err != nil {
			return nil, e, err
		}
		name = string(p.Waybill)
	}
	return nil, e, &store.Refusal{Code: store.NothingUndo, Want: name}
}

// of is what was done with goods. It refuses with NothingUndo where it has gone on since.
func (u *Undone) of(tx *store.Tx, was store.Event) (err error) {
	var sku store.SKU
	switch e := was.(type) {
	case store.ReturnReceived:
		sku, u.N = e.Item, e.N
		s := step{Place: e.To, Batch: e.Batch, n: e.N, of: e.Of}
		if e.Aside != "" {
			s.As = store.Hold
		}
		err = s.lies(tx, e.RMA)
	case store.ReturnTurnedAway:
		sku, u.Code, u.N, u.Away = e.Item, e.Code, e.N, true
	case store.StrayKept:
		u.Code, u.N = e.Code, e.N
		err = keptStill(tx, e.Stray)
	}
	if err == nil && sku != "" {
		u.Item, err = tx.Item(sku)
	}
	return err
}

// keptStill refuses with NothingUndo what somebody has said something of since.
func keptStill(tx *store.Tx, kept store.Stray) error {
	all, err := tx.Strays()
	if err == nil && !slices.ContainsFunc(all, func(x store.Stray) bool {
		return x.ID == kept.ID && x.N == kept.N
	}) {
		err = &store.Refusal{Code: store.NothingUndo, Want: kept.Code}
	}
	return err
}

// Unarrive takes back that a parcel came, where nobody has opened it. It needs a receiver; it
// refuses with NoRight, and with NothingUndo where it was not the last that this station
// registered by that number, or is open.
func Unarrive(ctx context.Context, s *store.Store, by store.Gesture, p store.Parcel) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		was, e, err := last[store.ParcelArrived](tx, store.ParcelArrived{Parcel: p}.Ref())
		if err != nil {
			return err
		}
		now, err := tx.Parcel(was.ID)
		if err != nil {
			return err
		}
		if was.ID != p.ID || now.State != store.ParcelWaits {
			return &store.Refusal{Code: store.NothingUndo, Want: string(p.Waybill)}
		}
		return tx.Record(e)
	})
}

// Uninspect takes back the last grade that was given for a return at this station: the
// goods lie where they lay. It needs an inspector; it refuses as Unreceive does.
func Uninspect(ctx context.Context, s *store.Store, by store.Gesture, id store.RMAID) (
	Undone, error) {
	return undo(ctx, s, by, store.Inspector, id, func(e store.ReturnInspected) step {
		return step{Place: e.To, Batch: e.Batch, Grade: e.Grade, As: e.As, n: e.N, of: e.Of}
	})
}

// Unshelve takes back the last goods that were put away from a tote at this station. It
// needs a receiver; it refuses as Unreceive does, and with BinFrozen.
func Unshelve(ctx context.Context, s *store.Store, by store.Gesture, tote store.Place) (
	out Shelving, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Shelving{Tote: tote}
		if err := tx.May(store.Receiver); err != nil {
			return err
		}
		was, e, err := last[store.ReturnShelved](tx, string(tote))
		if err != nil {
			return err
		}
		if err := tx.NotFrozen(was.To); err != nil {
			return err
		}
		if out.Item, err = tx.Item(was.Item); err != nil {
			return err
		}
		if err := stillThere(tx, was, out.Item); err != nil {
			return err
		}
		out.N = was.N
		if err := tx.Record(e); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

// undo takes back the last event of a kind about a return.
func undo[E store.Event](ctx context.Context, s *store.Store, by store.Gesture,
	role store.Role, id store.RMAID, what func(E) step) (out Undone, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		out = Undone{}
		if err := tx.May(role); err != nil {
			return err
		}
		was, e, err := last[E](tx, string(id))
		if err != nil {
			return err
		}
		did := what(was)
		if err := did.lies(tx, id); err != nil {
			return err
		}
		if out.Item, err = tx.Item(did.Item); err != nil {
			return err
		}
		out.N = did.n
		if err := tx.Record(e); err != nil {
			return err
		}
		out.Opened, err = look(&tx.Reader, Case{RMA: id})
		return err
	})
	if err == nil {
		err = Onward(ctx, s, id) // what was given for it may be due no more
	}
	return out, err
}

// last is the last event of a kind, and the one that takes it back.
func last[E store.Event](tx *store.Tx, ref string) (was E, e store.Reversed, err error) {
	event, e, err := tx.LastOf(ref, was.Kind())
	if err != nil {
		return was, e, err
	}
	return event.(E), e, nil
}

// A step is what a receipt or an inspection left somewhere.
type step struct {
	store.Place
	store.Batch
	Grade string
	As    store.Disposition
	n     store.Qty
	of    []store.ShareBack
}

// lies refuses with NothingUndo where the goods are not any more where the step left them.
func (s step) lies(tx *store.Tx, id store.RMAID) error {
	all, err := tx.LyingIn(s.Place)
	if err != nil {
		return err
	}
	for _, o := range s.of {
		if !slices.ContainsFunc(all, func(l store.Lying) bool {
			return l.Batch == s.Batch && l.Grade == s.Grade && l.As == s.As && l.N >= o.N &&
				l.Origin == store.Origin{RMA: id, Order: o.Order, Line: o.Line}
		}) {
			return &store.Refusal{Code: store.NothingUndo, Want: string(id)}
		}
	}
	return nil
}

// undoFor is how long a put-away can be taken back: totes are used again.
const undoFor = 4 * time.Hour

// stillThere refuses with NothingUndo where goods that were put away have gone on, or are
// promised to somebody since.
func stillThere(tx *store.Tx, was store.ReturnShelved, i store.Item) error {
	gone := &store.Refusal{Code: store.NothingUndo, Want: was.From.Code()}
	if tx.Now().UnixMilli()-was.At > undoFor.Milliseconds() {
		return gone // the tote has been used for other goods since
	}
	if was.As != store.Restock && was.To.Is("bin") {
		for _, o := range was.Of {
			s := step{Place: was.To, Batch: was.Batch, Grade: was.Grade, As: was.As, n: o.N,
				of: []store.ShareBack{{Order: o.Order, Line: o.Line, N: o.N}}}
			if err := s.lies(tx, o.RMA); err != nil {
				return err
			}
		}
	}
	if was.As == store.Restock {
		l, err := tx.Levels(i)
		if err != nil {
			return err
		}
		if l.Available < was.N {
			return gone
		}
	}
	held, err := tx.Holding(was.To, i.SKU)
	for _, x := range held {
		if x.Batch == was.Batch && x.N >= was.N {
			return err
		}
	}
	if err == nil {
		err = gone
	}
	return err
}
