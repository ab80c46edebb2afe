package store

import (
	"fmt"
	"slices"
)

// CartonWeighed says what a closed carton weighs, beside what it should: Want is 0 where nobody
// knows. Off is more than the site bears, and stops the carton: Begun is the weighing by which
// that case was opened. A carton that is not off ends the case that it was in. Where one item is
// alone in it, N pieces in a carton of Tare teach what a piece weighs.
type CartonWeighed struct {
	Slip     SlipID     `json:"slip"`
	Carton   CartonID   `json:"carton"`
	Round    int64      `json:"round"`
	Grams    int64      `json:"grams"`
	Want     int64      `json:"want,omitempty"`
	Off      Bit        `json:"off,omitempty"`
	Item     SKU        `json:"item,omitempty"`
	N        Qty        `json:"n,omitempty"`
	Tare     int64      `json:"tare,omitempty"`
	Begun    EventID    `json:"begun,omitempty"`
	Opens    Bit        `json:"opens,omitempty"` // the case is new
	Operator OperatorID `json:"operator,omitempty"`
	At       int64      `json:"at"`
}

func (CartonWeighed) Kind() string  { return "carton_weighed" }
func (e CartonWeighed) Ref() string { return string(e.Slip) }
func (e CartonWeighed) apply(at Stamp) (out []Change) {
	disc, n := DiscID(""), int64(e.N)
	if e.Begun != "" {
		disc = NewDiscID(WeightOff, string(e.Carton), string(e.Begun))
	}
	out = []Change{cartonWeights.raise(at.After(e.Round), e.Carton, e.Round, e.Grams, e.Want,
		e.Off, disc, e.Begun, e.Item, n, e.Tare, e.At)}
	switch {
	case bool(e.Opens):
		out = append(out, Discrepancy{ID: disc, Of: WeightOff, Slip: e.Slip,
			Place: InCarton(e.Carton), Operator: e.Operator, At: e.At,
			Note: fmt.Sprintf("grams %d/%d", e.Grams, e.Want)}.open(at)...)
	case disc != "" && !bool(e.Off):
		out = append(out, DiscResolved{Disc: disc, As: DiscClosed, By: e.Operator,
			At: e.At}.apply(at)...)
	}
	return out
}

// A CartonWeight is the last time that a carton was weighed.
type CartonWeight struct {
	Round, Grams, Want int64
	Off                Bit
	Begun              EventID // by which its case was opened; empty for none
	End                DiscEnd // of the case; empty while it is open
}

// Stops says whether a carton may not leave until a person has looked into it.
func (w CartonWeight) Stops() bool { return bool(w.Off) && w.End == "" }

// CartonWeight reads the last time that a carton was weighed; not found for never.
func (r *Reader) CartonWeight(id CartonID) (w CartonWeight, found bool, err error) {
	found, err = r.one([]any{&w.Round, &w.Grams, &w.Want, &w.Off, &w.Begun, &w.End}, `
		SELECT w.round, w.grams, w.want, w.off, w.begun, coalesce(e.state, '')
		FROM carton_weight w LEFT JOIN discrepancy_end e ON e.wh = w.wh AND e.disc = w.disc
		WHERE w.wh = ? AND w.carton = ?`, id)
	return w, found, err
}

// Learned weights are the middle one of so many cartons, once there are enough.
const (
	weightsLeast = 3
	weightsMost  = 5
)

// WeightOf is what a piece of an item weighs, in thousandths of a gram: as the item says where
// that was verified, else as the first cartons taught that hold nothing but the item, a carton
// left out. It is 0 where nobody knows.
func (r *Reader) WeightOf(i Item, but CartonID) (int64, error) {
	if bool(i.Weighed) && i.Weight > 0 {
		return 1000 * i.Weight, nil
	}
	pieces, err := all(r, func(n *int64) []any { return []any{n} }, `
		SELECT (grams - tare) * 1000 / n FROM carton_weight
		WHERE wh = ? AND item = ? AND carton <> ? AND n > 0 AND off = 0 AND grams > tare
		ORDER BY at, carton LIMIT ?`, i.SKU, but, weightsMost)
	if err != nil || len(pieces) < weightsLeast {
		return 0, err
	}
	slices.Sort(pieces)
	return pieces[len(pieces)/2], nil
}
