package returns

import (
	"context"
	"slices"

	"scanbay/store"
)

// A SendingOff is of goods that leave to be put right, or to their supplier: all of that
// disposition that lie in Places, or Goods alone.
type SendingOff struct {
	Of      store.Disposition `json:"of"` // Refurbish or VendorReturn
	Partner string            `json:"partner"`
	No      string            `json:"no,omitempty"` // the partner's number of it
	Places  []store.Place     `json:"places,omitempty"`
	Goods   []store.CareGoods `json:"goods,omitempty"`
}

// SendOff lets graded goods leave, to come back repaired or replaced, or to be credited, and
// gives the number of that. It needs a supervisor; it refuses with NoRight, BadSetting,
// Incomplete without a partner, WrongPlace where goods are not in a bin yet, BadQuantity, and
// with NotThere where there are no such goods.
func SendOff(ctx context.Context, s *store.Store, by store.Gesture, in SendingOff) (string, error) {
	by.Once = true
	return sendOff.Make(ctx, s, by, in)
}

var sendOff = store.Ruling[SendingOff, string]{Name: "returns.send_off", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in SendingOff) (id string, err error) {
	return id, record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		if in.Of != store.Refurbish && in.Of != store.VendorReturn {
			return nil, &store.Refusal{Code: store.BadSetting, Want: "refurbish, vendor",
				Got: string(in.Of)}
		}
		if in.Partner == "" {
			return nil, &store.Refusal{Code: store.Incomplete, Want: "partner"}
		}
		goods, err := in.goods(tx)
		if err != nil {
			return nil, err
		}
		id = string(tx.NextEvent())
		return store.AftercareOpened{Aftercare: store.Aftercare{ID: id, Of: in.Of,
			Partner: in.Partner, No: in.No, Goods: goods, By: by.Operator,
			At: tx.Now().UnixMilli()}}, nil
	})
}, Again: func(was store.Event) string {
	e, _ := was.(store.AftercareOpened)
	return e.ID
}}

// goods are those that leave.
func (in SendingOff) goods(tx *store.Tx) (out []store.CareGoods, err error) {
	places := slices.Clone(in.Places)
	for _, g := range in.Goods {
		places = append(places, g.From)
	}
	slices.Sort(places)
	var there []store.CareGoods
	for _, p := range slices.Compact(places) {
		if !p.Is("bin") {
			return nil, &store.Refusal{Code: store.WrongPlace, Want: "bin", Got: p.Code()}
		}
		lying, err := tx.LyingIn(p)
		if err != nil {
			return nil, err
		}
		for _, l := range lying {
			if l.As == in.Of && l.Grade != "" {
				there = append(there, store.CareGoods{Batch: l.Batch, From: p, Grade: l.Grade,
					As: l.As, OriginN: store.OriginN{Origin: l.Origin, N: l.N}})
			}
		}
	}
	for _, g := range in.Goods {
		if out, err = take(out, there, g); err != nil {
			return nil, err
		}
	}
	if len(in.Goods) == 0 {
		out = there
	}
	if len(out) == 0 {
		return nil, &store.Refusal{Code: store.NotThere, Got: string(in.Of)}
	}
	return out, inBook(tx, out, func(g store.CareGoods) store.Place { return g.From })
}

// inBook refuses with NotThere goods that the book does not have where they are said to lie.
func inBook(tx *store.Tx, all []store.CareGoods, at func(store.CareGoods) store.Place) error {
	type spot struct {
		store.Place
		store.Batch
	}
	sums := map[spot]store.Qty{}
	for _, g := range all {
		sums[spot{at(g), g.Batch}] += g.N
	}
	for s, n := range sums {
		if err := held(tx, s.Place, s.Batch, n); err != nil {
			return err
		}
	}
	return nil
}

// take takes some of the goods that are there.
func take(out, there []store.CareGoods, g store.CareGoods) ([]store.CareGoods, error) {
	i := slices.IndexFunc(there, func(x store.CareGoods) bool {
		return x.Batch == g.Batch && x.Origin == g.Origin && x.From == g.From && x.Grade == g.Grade
	})
	switch {
	case g.N <= 0:
		return nil, &store.Refusal{Code: store.BadQuantity, Got: g.N.String()}
	case i < 0 || g.N > there[i].N:
		return nil, &store.Refusal{Code: store.NotThere, Got: string(g.Item)}
	}
	there[i].N -= g.N
	g.As = there[i].As
	return append(out, g), nil
}
