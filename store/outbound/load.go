package outbound

import (
	"context"
	"strconv"
	"strings"
	"time"

	"scanbay/store"
)

// Loading is where the trucks stand: those that are being loaded, and what waits for one.
type Loading struct {
	Open  []store.Handover
	Waits []Parcels
}

// Parcels are those of a carrier that wait.
type Parcels struct {
	Carrier store.CarrierID
	N       int
}

// loadingFor is how long a truck that nobody closed can be gone on with.
const loadingFor = 36 * time.Hour

// dockOf is the dock that a label stands for: people print them as docks, or as stages.
func dockOf(p store.Place) store.Place { return store.Place("dock/" + p.Code()) }

// Loadings reads which trucks are being loaded, and for which carriers parcels wait.
func Loadings(ctx context.Context, s *store.Store) (Loading, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out Loading, err error) {
		if out.Open, err = r.HandoversOpen(r.Now().Add(-loadingFor).UnixMilli()); err != nil {
			return out, err
		}
		boxes, err := r.CartonsToConfirm()
		for _, c := range boxes { // in the order of their carriers
			last := len(out.Waits) - 1
			if last < 0 || out.Waits[last].Carrier != c.Carrier {
				out.Waits, last = append(out.Waits, Parcels{Carrier: c.Carrier}), last+1
			}
			out.Waits[last].N++
		}
		return out, err
	})
}

// OpenHandover begins to load a truck, or another round of a courier: what is confirmed from
// now on is on it. Carrier, dock and truck may each be unknown. It needs a packer; it refuses
// with NoRight.
func OpenHandover(ctx context.Context, s *store.Store, by store.Gesture, h store.Handover) (
	store.Handover, error) {
	return h, s.Write(ctx, by, func(tx *store.Tx) (err error) {
		if err = tx.May(store.Packer); err != nil {
			return err
		}
		if h.ID, err = tx.NextHandoverID(); err != nil {
			return err
		}
		h.Truck = strings.ToUpper(strings.Join(strings.Fields(h.Truck), ""))
		h.Operator, h.Station, h.At = by.Operator, tx.Station().Author, tx.Now().UnixMilli()
		return tx.Record(store.HandoverOpened{Handover: h})
	})
}

// CloseHandover says that the truck leaves, and who signed for it. What stays on the dock
// goes with the next one. It needs a packer; it refuses with NoRight, NotFound, Stale where
// somebody closed it before, and with AskDock while parcels of its carrier stay behind, until
// by.Yes.
func CloseHandover(ctx context.Context, s *store.Store, by store.Gesture, id store.HandoverID,
	signed string) (h store.Handover, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		if h, err = tx.Handover(id); err != nil {
			return err
		}
		n, err := ConfirmScan{On: id, Carrier: h.Carrier}.count(&tx.Reader)
		switch {
		case err != nil:
			return err
		case h.Closed != 0:
			return &store.Refusal{Code: store.Stale, Got: string(id)}
		case len(n.Missing) > 0 && !by.Yes:
			return &store.Refusal{Code: store.AskDock, Want: string(id),
				Got: strconv.Itoa(len(n.Missing))}
		}
		h.Signed, h.Closed = strings.TrimSpace(signed), tx.Now().UnixMilli()
		if err := tx.Record(store.HandoverClosed{Handover: id, Signed: h.Signed,
			Parcels: h.Parcels, Left: int64(len(n.Missing)), Operator: by.Operator,
			At: h.Closed}); err != nil {
			return err
		}
		_, err = tx.PrintHere(store.LoadingPaper, string(id))
		return err
	})
	return h, err
}

// loads refuses a scan for a truck that has left, with Stale, or is not known, with NotFound.
func (in ConfirmScan) loads(tx *store.Tx) error {
	if in.On == "" {
		return nil
	}
	h, err := tx.Handover(in.On)
	if err == nil && h.Closed != 0 {
		err = &store.Refusal{Code: store.Stale, Got: string(in.On)}
	}
	return err
}
