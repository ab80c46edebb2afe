package order

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"scanbay/store"
)

// A Wave is orders that wait to be released and go together: by one carrier, before one
// cut-off, or out of one zone.
type Wave struct {
	By store.WaveBy
	Of string // the carrier, the cut-off in milliseconds UTC, or the zone
	N  int    // orders
}

// Waves reads the waves that could be released, the largest of each kind first.
func Waves(ctx context.Context, s *store.Store) ([]Wave, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out []Wave, err error) {
		ids, err := r.OrdersIn(store.LockedOrder)
		for _, id := range ids {
			if err != nil {
				return nil, err
			}
			var in []Wave
			in, err = wavesOf(r, id)
			for _, w := range in {
				i := slices.IndexFunc(out, func(o Wave) bool {
					return o.By == w.By && o.Of == w.Of
				})
				if i < 0 {
					i, out = len(out), append(out, w)
				}
				out[i].N++
			}
		}
		slices.SortStableFunc(out, func(a, b Wave) int {
			return cmp.Or(cmp.Compare(slices.Index(store.WaveBys, a.By),
				slices.Index(store.WaveBys, b.By)), cmp.Compare(b.N, a.N), cmp.Compare(a.Of, b.Of))
		})
		return out, err
	})
}

// wavesOf are the waves that an order could go in.
func wavesOf(r *store.Reader, id store.OrderID) (out []Wave, err error) {
	o, err := r.Order(id)
	if err != nil {
		return nil, err
	}
	if o.Carrier != "" {
		out = append(out, Wave{By: store.WaveCarrier, Of: string(o.Carrier)})
	}
	if o.ShipBy != 0 {
		out = append(out, Wave{By: store.WaveCutOff, Of: strconv.FormatInt(o.ShipBy, 10)})
	}
	zone, err := zoneOf(r, o)
	if err == nil && zone != "" {
		out = append(out, Wave{By: store.WaveZone, Of: zone})
	}
	return out, err
}

// zoneOf is the zone that all of an order would be picked in; empty where it is several.
func zoneOf(r *store.Reader, o store.Order) (zone string, err error) {
	for _, l := range o.Lines {
		if l.Free() == 0 {
			continue
		}
		item, err := r.Item(l.Item)
		if err != nil {
			return "", err
		}
		spots, err := r.Spots(item)
		if err != nil {
			return "", err
		}
		for _, t := range store.Allot(spots, l.Item, l.Line, l.Free(), "") {
			b, err := r.Bin(t.From)
			if err != nil {
				return "", err
			}
			if zone == "" {
				zone = b.Zone
			}
			if b.Zone != zone {
				return "", nil
			}
		}
	}
	return zone, nil
}

// ReleaseWave releases every order of a wave that waits for a supervisor, and says how many.
// It refuses with NoRight, and with NothingToDo when none is left of it.
func ReleaseWave(ctx context.Context, s *store.Store, by store.Gesture, w Wave) (int, error) {
	return releaseWave.Make(ctx, s, by, waving{w.By, w.Of})
}

// A waving names the wave to be released.
type waving struct {
	By store.WaveBy `json:"by"`
	Of string       `json:"of"`
}

var releaseWave = store.Ruling[waving, int]{Name: "order.release_wave", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in waving) (int, error) {
	e := store.WaveReleased{WaveBy: in.By, Of: in.Of, By: by.Operator}
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		e.Orders, e.At = nil, tx.Now().UnixMilli()
		ids, err := tx.OrdersIn(store.LockedOrder)
		for _, id := range ids {
			if err != nil {
				return err
			}
			var waves []Wave
			waves, err = wavesOf(&tx.Reader, id)
			if slices.Contains(waves, Wave{By: in.By, Of: in.Of}) {
				e.Orders = append(e.Orders, id)
			}
		}
		if err == nil && len(e.Orders) == 0 {
			err = &store.Refusal{Code: store.NothingToDo, Got: in.Of}
		}
		if err != nil {
			return err
		}
		return tx.Record(e)
	})
	for _, id := range e.Orders {
		if err != nil {
			break
		}
		err = Onward(ctx, s, id)
	}
	return len(e.Orders), err
}, Again: func(was store.Event) int {
	e, _ := was.(store.WaveReleased)
	return len(e.Orders)
}}
