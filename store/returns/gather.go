package returns

import (
	"context"
	"math"
	"slices"
	"time"

	"scanbay/store"
)

// Leaving is goods of one batch and grade in a bin that are to leave it: to be put right, or
// to their supplier.
type Leaving struct {
	Load
	From store.Place
}

// goods are N pieces of it, of as many returns as that takes, past those that were gathered.
func (l Leaving) goods(n store.Qty, before []store.CareGoods) (out []store.CareGoods) {
	for _, o := range l.Of {
		g := store.CareGoods{Batch: l.Batch, OriginN: o, From: l.From, Grade: l.Grade, As: l.As}
		for _, b := range before {
			if b.Batch == g.Batch && b.Origin == g.Origin && b.From == g.From &&
				b.Grade == g.Grade && b.As == g.As {
				g.N -= b.N
			}
		}
		if g.N = min(g.N, n); g.N > 0 {
			out, n = append(out, g), n-g.N
		}
	}
	return out
}

// In is how many of the goods are of it.
func (l Leaving) In(all []store.CareGoods) (n store.Qty) {
	for _, g := range all {
		if g.Batch == l.Batch && g.From == l.From && g.Grade == l.Grade && g.As == l.As {
			n += g.N
		}
	}
	return n
}

// Caring is what is to leave, what has left and did not come to an end, and what did lately.
type Caring struct {
	Lies   []Leaving
	Open   []store.Aftercare
	Ended  []store.Aftercare // the last first
	Grades []store.Grade
}

// Cares reads what is to be sent off, by bin, and what was, the oldest first.
func Cares(ctx context.Context, s *store.Store) (Caring, error) {
	return store.Get(ctx, s, cares)
}

func cares(r *store.Reader) (out Caring, err error) {
	if out.Lies, err = leaving(r, "", "", ""); err != nil {
		return out, err
	}
	if out.Grades, err = r.Grades(); err != nil {
		return out, err
	}
	if out.Open, err = r.Aftercares(listMax); err != nil {
		return out, err
	}
	out.Ended, err = r.AftercaresEnded(r.Now().Add(-endedFor).UnixMilli(), listMax)
	out.Ended = slices.DeleteFunc(out.Ended, func(a store.Aftercare) bool {
		return a.State() == store.CareOpen
	})
	return out, err
}

// endedFor is how long what came to an end is shown: it may have been a mistake.
const endedFor = 72 * time.Hour

// leaving reads what is to be sent off: in a bin, of an item and of a disposition, or all.
func leaving(r *store.Reader, at store.Place, sku store.SKU, as store.Disposition) (
	out []Leaving, err error) {
	most := listMax
	if at != "" || sku != "" {
		most = math.MaxInt32 // it is gathered, not looked through
	}
	rows, err := r.ToSendOff(at, sku, as, most)
	for _, x := range rows {
		of := store.OriginN{Origin: x.Origin, N: x.N}
		i := slices.IndexFunc(out, func(l Leaving) bool {
			return l.From == x.Place && l.Batch == x.Batch && l.Grade == x.Grade && l.As == x.As
		})
		if i >= 0 {
			out[i].N, out[i].Of = out[i].N+x.N, append(out[i].Of, of)
			continue
		}
		out = append(out, Leaving{From: x.Place, Load: Load{Batch: x.Batch, Item: x.About,
			Grade: x.Grade, As: x.As, N: x.N, Of: []store.OriginN{of}}})
	}
	return out, err
}

// A CareScan is one scan of whoever gathers what is to be sent off: a bin, for all in it, or
// pieces.
type CareScan struct {
	By    store.Gesture
	Of    store.Disposition // of what is gathered; empty before anything is
	At    store.Place       // the bin that was scanned last
	Goods []store.CareGoods // that were gathered before
}

// Gathered is where gathering stands behind a scan.
type Gathered struct {
	Of     store.Disposition
	At     store.Place
	Goods  []store.CareGoods
	N      store.Qty // gathered by this scan
	Item   store.Item
	Either bool             // goods of both dispositions lie there: a person says which are meant
	Needs  store.Code       // what the scan lacked
	Sent   *store.Aftercare // what was sent off, by its partner's number
}

// Gather answers a scan of whoever gathers what is to be sent off. Nothing is moved before
// SendOff. It needs a supervisor; it refuses with NoRight, NothingToDo for a bin without such
// goods, NotThere, BadQuantity, AskQuantity, Ambiguous for an item that lies in several bins,
// and as Reader.Find does.
func Gather(ctx context.Context, s *store.Store, in CareScan) (out Gathered, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		out = Gathered{Of: in.Of, At: in.At, Goods: slices.Clone(in.Goods)}
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		noted := store.ScanNoted{Text: in.By.Mark.Text}
		f, err := tx.Find(in.By.Mark, store.ItemKind, store.BinKind)
		if r, refused := store.RefusalOf(err); refused && r.Code == store.NotFound {
			if out.Sent, err = sentAs(tx, in.By.Mark.Text); err == nil && out.Sent == nil {
				return r
			}
			if err == nil {
				noted.About = out.Sent.ID
			}
		} else if err == nil {
			noted.About = f.Ref()
			err = in.gather(tx, f, &out)
		}
		if err != nil {
			return err
		}
		noted.Needs = out.Needs
		return tx.Record(noted)
	})
	return out, err
}

// sentAs is what was sent off and is known to its partner by a number: what is still away,
// else the last.
func sentAs(tx *store.Tx, no string) (*store.Aftercare, error) {
	all, err := tx.AftercaresAs(no)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	i := slices.IndexFunc(all, func(c store.Aftercare) bool { return c.State() == store.CareOpen })
	return &all[max(0, i)], nil
}

// gather adds what a scan stands for.
func (in CareScan) gather(tx *store.Tx, f store.Found, out *Gathered) error {
	all, err := leaving(&tx.Reader, f.Place, f.Item.SKU, in.Of)
	if err != nil {
		return err
	}
	m := in.By.Mark
	fit := slices.DeleteFunc(all, func(l Leaving) bool {
		lot := lotOf(l.Item, m)
		return lot != "" && l.Lot != lot || m.Serial != "" && l.Serial != m.Serial
	})
	switch {
	case len(fit) == 0 && f.Kind == store.BinKind:
		return &store.Refusal{Code: store.NothingToDo, Got: f.Code, Is: store.BinKind}
	case len(fit) == 0:
		return &store.Refusal{Code: store.NotThere, Want: string(in.Of), Got: f.Code}
	}
	out.Either = slices.ContainsFunc(fit, func(l Leaving) bool { return l.As != fit[0].As })
	if out.Either {
		return nil
	}
	if f.Kind == store.BinKind {
		out.At = f.Place
		for _, l := range fit {
			out.take(l, l.N)
		}
		return nil
	}
	return in.pieces(tx, f.Item, fit, out)
}

// pieces adds pieces of an item: of the bin that was scanned last, where it lies there.
func (in CareScan) pieces(tx *store.Tx, code store.Coded, fit []Leaving, out *Gathered) error {
	n, err := tx.Pieces(in.By, code)
	if err != nil {
		return err
	}
	here := slices.DeleteFunc(slices.Clone(fit), func(l Leaving) bool { return l.From != in.At })
	if len(here) > 0 {
		fit = here
	}
	loads := make([]Load, len(fit))
	left := store.Qty(0)
	for i, l := range fit {
		loads[i] = l.Load
		left += l.N - l.In(in.Goods)
		if l.From != fit[0].From {
			return &store.Refusal{Code: store.Ambiguous, Want: fit[0].From.Code() + " / " +
				l.From.Code(), Got: code.Code, Is: store.BinKind}
		}
	}
	if out.Needs, _ = unclear(loads, in.By.Mark); out.Needs != "" {
		return nil
	}
	switch {
	case left == 0:
		return &store.Refusal{Code: store.NotThere, Want: string(fit[0].As), Got: code.Code}
	case n > left:
		return beyond(n, left)
	}
	out.Item = fit[0].Item
	for _, l := range fit {
		n -= out.take(l, n)
	}
	return nil
}

// take gathers up to n of a batch, and says how many.
func (g *Gathered) take(l Leaving, n store.Qty) (took store.Qty) {
	for _, x := range l.goods(n, g.Goods) {
		g.Goods = append(g.Goods, x)
		took += x.N
	}
	g.Of, g.N = l.As, g.N+took
	return took
}

// All is every piece of it, as it is gathered.
func (l Leaving) All() []store.CareGoods { return l.goods(l.N, nil) }
