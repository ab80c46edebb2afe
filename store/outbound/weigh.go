package outbound

import (
	"context"
	"fmt"
	"strconv"

	"scanbay/store"
)

// gramsMax is more than anybody lifts, and less than a barcode that is taken for a weight.
const gramsMax = 1_000_000

// Weighed is what a weighing came to.
type Weighed struct {
	Carton store.Carton
	Grams  int64
	Want   int64 // what it should weigh; 0 where nobody knows
	Off    bool  // by more than the site bears: the carton is stopped
}

// Weigh says what a closed carton weighs, whoever read the scale. Off by more than the site
// bears, it is stopped, and a supervisor's case, until it is weighed again and right. It needs a
// packer; it refuses with NoRight, NotFound, CartonOpen, CartonGone, and BadQuantity for no
// weight.
func Weigh(ctx context.Context, s *store.Store, by store.Gesture, carton store.CartonID,
	grams int64) (out Weighed, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		c, err := tx.Carton(carton)
		switch {
		case err != nil:
			return err
		case c.Step == store.CartonOpened:
			return &store.Refusal{Code: store.CartonOpen, Want: string(c.Slip), Got: string(carton)}
		case c.Step == store.CartonShipped:
			return &store.Refusal{Code: store.CartonGone, Got: string(carton)}
		case grams <= 0 || grams > gramsMax:
			return &store.Refusal{Code: store.BadQuantity, Want: fmt.Sprint("1-", gramsMax),
				Got: strconv.FormatInt(grams, 10)}
		}
		e := store.CartonWeighed{Slip: c.Slip, Carton: c.ID, Round: c.Round, Grams: grams,
			Operator: tx.By().Operator, At: tx.Now().UnixMilli()}
		if err := expect(tx, c, &e); err != nil {
			return err
		}
		if err := judge(tx, &e); err != nil {
			return err
		}
		out = Weighed{Carton: c, Grams: grams, Want: e.Want, Off: bool(e.Off)}
		return tx.Record(e)
	})
	return out, err
}

// expect says what a carton should weigh, where the weight of all that it holds is known, and
// what it teaches.
func expect(tx *store.Tx, c store.Carton, e *store.CartonWeighed) error {
	kinds, err := tx.CartonTypes()
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if k.Code == c.Type {
			e.Tare = k.Tare
		}
	}
	held, err := tx.Contents(store.InCarton(c.ID))
	if err != nil {
		return err
	}
	known, want := e.Tare > 0, int64(0)
	pieces := map[store.SKU]store.Qty{}
	for _, b := range held {
		pieces[b.Item] += b.N
		i, err := tx.Item(b.Item)
		if err != nil {
			return err
		}
		mg, err := tx.WeightOf(i, c.ID)
		if err != nil {
			return err
		}
		known, want = known && mg > 0, want+int64(b.N)*mg
	}
	for item, n := range pieces {
		if len(pieces) == 1 && e.Tare > 0 && n > 0 {
			e.Item, e.N = item, n
		}
	}
	if known {
		e.Want = max(0, e.Tare+(want+500)/1000) // a book may be below zero
	}
	return nil
}

// judge sees whether a weight is off, and of which case the carton is.
func judge(tx *store.Tx, e *store.CartonWeighed) error {
	grams, err := tx.Number(store.WeightGrams)
	if err != nil {
		return err
	}
	percent, err := tx.Number(store.WeightPercent)
	if err != nil {
		return err
	}
	off := max(e.Grams-e.Want, e.Want-e.Grams)
	e.Off = e.Want > 0 && off > max(grams, e.Want*percent/100)
	was, found, err := tx.CartonWeight(e.Carton)
	if err != nil {
		return err
	}
	switch open := found && was.Stops(); {
	case open:
		e.Begun = was.Begun
	case bool(e.Off):
		e.Begun, e.Opens = tx.NextEvent(), true
	}
	return nil
}

// rightWeight refuses a carton that is stopped with WeightStop and, where the site wants each
// weighed, one that was not since it was closed, with WeighFirst.
func rightWeight(tx *store.Tx, c store.Carton) error {
	w, found, err := tx.CartonWeight(c.ID)
	if err != nil {
		return err
	}
	if found && w.Stops() {
		return &store.Refusal{Code: store.WeightStop, Want: strconv.FormatInt(w.Want, 10),
			Got: string(c.ID)}
	}
	policy, err := tx.Setting(store.WeighBy)
	if err == nil && policy == "must" && (!found || w.Round != c.Round) {
		err = &store.Refusal{Code: store.WeighFirst, Want: string(c.Slip), Got: string(c.ID)}
	}
	return err
}
