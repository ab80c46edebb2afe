package outbound

import (
	"context"
	"fmt"
	"slices"

	"scanbay/store"
)

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
	case c.Step != store.CartonOpened && !(out.Printed && c.Step == store.CartonSealedNow):
		return nil, &store.Refusal{Code: store.CartonSealed, Got: string(carton)}
	}
	out.Did, out.Slip.ID, out.Carton = OpenedBox, id, c
	return store.ScanNoted{About: string(id), Text: string(carton)}, nil
}

// boxed reads a slip with its cartons, and its waybills, also where something of it is picked
// again: what was packed before that is in them.
func boxed(r *store.Reader, id store.SlipID) (slip store.Slip, err error) {
	if slip, err = r.Slip(id); err != nil || slip.Task.ID == "" {
		return slip, err
	}
	if slip.Cartons, err = r.CartonsOf(id); err != nil {
		return slip, err
	}
	slip.Waybills, err = r.WaybillsOf(id)
	return slip, err
}

// Filled is the carton of a slip that the next piece goes into: the one that was chosen, else
// the last that holds something; none where all are closed.
func Filled(slip store.Slip, chosen store.CartonID) (out store.Carton, ok bool) {
	for _, c := range slip.Cartons {
		if c.Step == store.CartonOpened && c.ID == chosen {
			return c, true
		}
		if c.Filling() {
			out, ok = c, true
		}
	}
	return out, ok
}

// onlyFilled is the one carton of a slip that is being filled; not ok for none, and for
// several: then the packer closes each.
func onlyFilled(slip store.Slip) (out store.Carton, ok bool) {
	n := 0
	for _, c := range slip.Cartons {
		if c.Filling() {
			out, n = c, n+1
		}
	}
	return out, n == 1
}

// carton is the slip's carton that is being filled; else, or beside it, an open one that
// holds nothing, of the type that is wanted; else the next one. It refuses with
// CartonSealed where the one on the screen was closed meanwhile.
func (in PackScan) carton(tx *store.Tx, slip store.Slip) (store.Carton, error) {
	if c, open := Filled(slip, in.Carton); !in.Beside && (open || in.Carton != "") {
		if in.Carton != "" && c.ID != in.Carton {
			return c, &store.Refusal{Code: store.CartonSealed, Got: string(in.Carton)}
		}
		return c, nil
	}
	return beside(tx, slip, "", in.Type)
}

// newCarton is the next carton of a slip. It has an SSCC where the site has a prefix for them, else
// a number of ours; the station's two characters keep two stations that pack apart from minting
// the same.
func newCarton(tx *store.Tx, slip store.Slip, kind string) (store.Carton, error) {
	var last int64
	for _, c := range slip.Cartons {
		last = max(last, c.N)
	}
	c := store.Carton{Slip: slip.ID, Type: kind, N: last + 1, Opened: tx.Now().UnixMilli()}
	c.ID = store.CartonID(fmt.Sprintf("%s-%d-%s", slip.ID, c.N, tx.Station().Prefix))
	if id, ok, err := tx.NextSSCC(); err != nil {
		return c, err
	} else if ok {
		c.ID = id
	}
	var err error
	if c.Type == "" {
		c.Type, err = proposed(&tx.Reader, slip)
	}
	return c, err
}

// seal closes a carton. A waybill of the slip that has no parcel, or whose parcel was emptied,
// is its own from now on.
func seal(tx *store.Tx, slip store.Slip, c store.Carton) (*store.CartonStep, *store.Waybill) {
	step := &store.CartonStep{Carton: c.ID, Step: store.CartonSealedNow, Round: c.Round,
		Operator: tx.By().Operator, At: tx.Now().UnixMilli()}
	for _, w := range slip.Waybills {
		if w.Carton == c.ID {
			return step, nil
		}
	}
	emptied := func(id store.CartonID) bool {
		return slices.ContainsFunc(slip.Cartons, func(c store.Carton) bool {
			return c.ID == id && c.Step == store.CartonOpened && c.Holds <= 0
		})
	}
	for _, w := range slip.Waybills {
		if w.Carton == "" || emptied(w.Carton) {
			w.Carton = c.ID
			return step, &w
		}
	}
	return step, nil
}

// Seal closes a carton of a slip by hand, the one that is filled where none is named: the
// next piece goes into another. It refuses with CartonEmpty or NotFound.
func Seal(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	carton store.CartonID) (out Packing, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		slip, err := boxed(&tx.Reader, id)
		if err != nil {
			return err
		}
		if out.Carton, _ = Filled(slip, carton); !out.Carton.Filling() {
			out.Carton, _ = Filled(slip, "") // what was to be filled holds nothing any more
		}
		if !out.Carton.Filling() {
			return &store.Refusal{Code: store.CartonEmpty, Want: string(id)}
		}
		step, waybill := seal(tx, slip, out.Carton)
		out.Did, out.Sealed, out.Slip = SealedBox, true, slip
		if err := tx.Record(store.CartonClosed{Slip: id, CartonStep: *step,
			Waybill: waybill}); err != nil {
			return err
		}
		if err := out.print(tx); err != nil {
			return err
		}
		return out.read(&tx.Reader)
	})
	return out, err
}

// print has the label of a carton printed that was closed, and the packing list with the last one
// of its slip.
func (p *Packing) print(tx *store.Tx) (err error) {
	if !p.Sealed {
		return nil
	}
	if p.Prints, err = tx.PrintHere(store.CartonPaper, string(p.Carton.ID)); err != nil {
		return err
	}
	lists, err := tx.PrintsHere(store.PackingPaper)
	if err != nil || !lists {
		return err
	}
	slip, err := boxed(&tx.Reader, p.Carton.Slip)
	if err != nil || slip.Sums.Unpacked > 0 ||
		slices.ContainsFunc(slip.Cartons, store.Carton.Filling) {
		return err
	}
	_, err = tx.PrintHere(store.PackingPaper, string(slip.ID))
	return err
}

// Finish closes a slip at the packing table although something stays behind: it
// refuses with AskPartial until by.Yes. What stays in the tote is packed later. Where several
// cartons are open, it closes the one that is filled.
func Finish(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	carton store.CartonID) (out Packing, err error) {
	slip, err := store.Get(ctx, s, func(r *store.Reader) (store.Slip, error) {
		return boxed(r, id)
	})
	if err != nil {
		return out, err
	}
	if n := slip.Sums.Unpacked; n > 0 && !by.Yes {
		return out, s.Refuse(ctx, by, &store.Refusal{Code: store.AskPartial, Want: string(id),
			Got: n.String()})
	}
	if slices.ContainsFunc(slip.Cartons, store.Carton.Filling) {
		return Seal(ctx, s, by, id, carton)
	}
	return Packing{Did: SealedBox, Slip: slip}, nil
}
