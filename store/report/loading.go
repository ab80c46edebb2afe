package report

import (
	"context"

	"scanbay/store"
)

// A LoadingList is what was handed over to a carrier: on one truck, or on one day.
type LoadingList struct {
	store.Handover
	Rows   []store.Departure
	Pieces int64
}

// Loaded reads what is on a truck. It refuses with NotFound.
func Loaded(ctx context.Context, s *store.Store, id store.HandoverID) (LoadingList, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out LoadingList, err error) {
		if out.Handover, err = r.Handover(id); err != nil {
			return out, err
		}
		out.Rows, err = r.LoadedOn(id)
		out.sum()
		return out, err
	})
}

// LoadedOn reads what left on a day, for a carrier or for all.
func LoadedOn(ctx context.Context, s *store.Store, day store.Date, carrier store.CarrierID) (
	LoadingList, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out LoadingList, err error) {
		out.Carrier = carrier
		from := day.Time(r.Now().Location())
		out.Rows, err = r.Departures(from.UnixMilli(), from.AddDate(0, 0, 1).UnixMilli(), carrier)
		out.sum()
		return out, err
	})
}

func (l *LoadingList) sum() {
	for _, d := range l.Rows {
		l.Pieces += d.N
	}
}
