// Package shipping follows parcels that have left: what their carriers say of them.
package shipping

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"scanbay/store"
)

// Rulings lists what the authority does about parcels on their way when somebody asks for it.
func Rulings() []store.WireRuling { return []store.WireRuling{track.Wire()} }

// ErrKnown says that the same was said before.
var ErrKnown = errors.New("nothing to record")

// Track keeps what is said of a parcel on its way; lost or damaged ones wait for a supervisor.
// It needs a supervisor; it refuses with NoRight, and as TrackOf does. What was said before is
// not recorded again.
func Track(ctx context.Context, s *store.Store, by store.Gesture, m store.Tracking) error {
	return track.Make(ctx, s, by, m)
}

var track = store.Decree[store.Tracking]{Name: "shipping.track", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, m store.Tracking) error {
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		m.By = by.Operator
		e, err := TrackOf(tx, m)
		if err != nil {
			return err
		}
		return tx.Record(e)
	})
	if errors.Is(err, ErrKnown) {
		return nil
	}
	return err
}}

// losses are the states that a supervisor is to look at.
var losses = map[store.ShipmentState]store.DiscKind{store.ShipLost: store.LostOnWay,
	store.ShipDamaged: store.DamagedOnWay}

// told is what customers hear of.
var told = map[store.ShipmentState]store.NoticeKind{store.ShipDelayed: store.NoticeDelayed,
	store.ShipDelivered: store.NoticeDelivered}

// TrackOf is the fact of what is said of a parcel; without a time, now. It fails with ErrKnown
// for what was said before. It refuses with NotFound, NotSent where nothing by that waybill
// has left, and BadSetting for a state that there is none of, or a time that has not come.
func TrackOf(tx *store.Tx, m store.Tracking) (store.Event, error) {
	m.Waybill = m.Waybill.Kept()
	now := tx.Now()
	if m.At == 0 {
		m.At = now.UnixMilli()
	}
	if !slices.Contains(store.ShipmentStates, m.State) {
		return nil, &store.Refusal{Code: store.BadSetting, Got: string(m.State)}
	}
	if time.UnixMilli(m.At).After(now.Add(24 * time.Hour)) {
		return nil, &store.Refusal{Code: store.BadSetting, Want: "<= " + tx.Today().String(),
			Got: time.UnixMilli(m.At).In(now.Location()).Format(time.DateOnly)}
	}
	if err := slipOf(tx, &m); err != nil {
		return nil, err
	}
	said, err := tx.TrackingOf(m.Slip)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(said, func(x store.Tracking) bool {
		return x.Waybill == m.Waybill && x.State == m.State && x.At == m.At
	}) {
		return nil, ErrKnown
	}
	m.Place, m.Note = strings.TrimSpace(m.Place), strings.TrimSpace(m.Note)
	e := store.ShipmentMoved{Tracking: m}
	tell, err := tx.TellsBuyers()
	if err != nil {
		return nil, err
	}
	if bool(tell) {
		e.Tell = told[m.State]
	}
	kind, loss := losses[m.State]
	if !loss {
		return e, nil
	}
	d := store.Discrepancy{ID: store.NewDiscID(kind, string(m.Waybill), string(m.Slip)), Of: kind,
		Slip: m.Slip, Note: strings.Join(strings.Fields(string(m.Waybill)+" "+m.Place+" "+m.Note),
			" "), Operator: m.By, At: m.At}
	if known, err := tx.HasDiscrepancy(d.ID); err != nil || known {
		return e, err // it waits already, or somebody settled it
	}
	d.Item, d.N, err = tx.ParcelOf(m.Slip, m.Waybill)
	e.Disc = &d
	return e, err
}

// slipOf finds the slip of a parcel that has left.
func slipOf(tx *store.Tx, m *store.Tracking) error {
	all, err := tx.WaybillsByNo(m.Waybill)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return &store.Refusal{Code: store.NotFound, Got: string(m.Waybill)}
	}
	for _, w := range all {
		left, err := tx.SlipLeft(w.Slip)
		if err != nil {
			return err
		}
		if left != 0 {
			m.Slip = w.Slip
			return nil
		}
	}
	return &store.Refusal{Code: store.NotSent, Got: string(m.Waybill)}
}
