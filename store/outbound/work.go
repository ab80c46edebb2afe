// Package outbound takes released slips out of the door: pick, pack, confirm.
// Its operations are the station's, and work offline too, but for who works on which
// slip: that is the authority's.
package outbound

import (
	"cmp"
	"context"

	"scanbay/store"
)

// listMax bounds a list of work: nobody reads further.
const listMax = 200

// Waiting is the work that waits at a station.
type Waiting struct {
	Pick, Pack []store.Job
	Confirm    []store.Carton
	Sort       int  // totes to be sorted at the wall
	Wall       bool // the site has one
	PutBack    int  // slips with goods that were stopped
	Held       int  // orders for a supervisor
	Locked     int  // orders that a supervisor is to release
	Changes    int  // of orders, for a supervisor
	Released   bool // any slip ever was
}

// Work reads what waits for an operator: the slips in hand, then the most urgent.
func Work(ctx context.Context, s *store.Store, who store.OperatorID) (Waiting, error) {
	return WorkIn(ctx, s, who, "")
}

// WorkIn is Work for who picks in one zone; none is all of them.
func WorkIn(ctx context.Context, s *store.Store, who store.OperatorID, zone string) (
	Waiting, error) {
	return store.Get(ctx, s, func(r *store.Reader) (w Waiting, err error) {
		if w.Pick, err = r.ToPickIn(zone, who, listMax); err != nil {
			return w, err
		}
		if w.Pack, err = r.ToPack(listMax); err != nil {
			return w, err
		}
		if w.Confirm, err = r.CartonsToConfirm(); err != nil {
			return w, err
		}
		wall, err := r.Setting(store.PutWall)
		if err != nil {
			return w, err
		}
		w.Wall = wall == "on"
		sort, err := toSort(r)
		if err != nil {
			return w, err
		}
		w.Sort = len(sort)
		stopped, err := r.SlipsToPutBack(listMax)
		if err != nil {
			return w, err
		}
		w.PutBack = len(stopped)
		held, err := r.OrdersIn(store.Held)
		if err != nil {
			return w, err
		}
		w.Held = len(held)
		locked, err := r.OrdersIn(store.LockedOrder)
		if err != nil {
			return w, err
		}
		w.Locked = len(locked)
		changes, err := r.OpenChanges()
		if err != nil {
			return w, err
		}
		w.Changes = len(changes)
		w.Released, err = r.AnySlip()
		return w, err
	})
}

// Look reads a slip. It refuses with NotFound.
func Look(ctx context.Context, s *store.Store, id store.SlipID) (store.Slip, error) {
	return store.Get(ctx, s, func(r *store.Reader) (store.Slip, error) { return r.Slip(id) })
}

// LookIn is Look for who picks in one zone: at a task there, where one is open.
func LookIn(ctx context.Context, s *store.Store, id store.SlipID, zone string) (
	store.Slip, error) {
	return store.Get(ctx, s, func(r *store.Reader) (store.Slip, error) {
		return r.SlipIn(id, zone)
	})
}

// mine reads a slip that the operator of the gesture holds. It refuses with
// NotYours when it was freed or taken over meanwhile.
func mine(tx *store.Tx, id store.SlipID) (store.Slip, error) { return mineAt(tx, id, "") }

// mineAt is mine for whoever is at a task of the slip.
func mineAt(tx *store.Tx, id store.SlipID, at store.TaskID) (store.Slip, error) {
	slip, err := tx.SlipAt(id, at)
	if err != nil {
		return slip, err
	}
	if l := slip.Lease; !bool(l.Held) || l.Operator != tx.By().Operator {
		got := ""
		if bool(l.Held) {
			got = l.Who()
		}
		return slip, &store.Refusal{Code: store.NotYours, Want: string(id), Got: got}
	}
	return slip, nil
}

// vouches is who answers for a gesture: the second operator, or else whoever made it.
func vouches(tx *store.Tx) (store.Operator, error) {
	by := tx.By()
	return tx.Operator(cmp.Or(by.Second, by.Operator))
}

// supervised refuses with NoRight a person for whom no supervisor answers.
func supervised(tx *store.Tx) error {
	if tx.By().Operator == "" {
		return nil // the authority itself
	}
	o, err := vouches(tx)
	if err == nil && !o.May(store.Supervisor) {
		err = &store.Refusal{Code: store.NoRight, Want: string(store.Supervisor), Got: o.Name}
	}
	return err
}

// Seen is the line on the screen when the operator answered it: its task, how much of it was
// done, and how much of its slip was stopped. What no longer is so books nothing.
type Seen struct {
	Task    store.TaskID
	Done    store.Qty
	Stopped store.Qty
	Several bool   // slips are picked in one walk: the tote says whose a piece is
	Zone    string // the picker's: the tasks of others are not theirs; empty for all
}

// See is what a screen shows of a slip.
func See(s store.Slip) Seen {
	t, _ := s.Next()
	return Seen{Task: t.ID, Done: t.Picked + t.Short, Stopped: s.Stopped}
}

// still is the task on the screen, if it still is the one to do. It refuses with
// Intercepted, SlipClosed, ZoneDone or Stale.
func (in Seen) still(r *store.Reader, slip store.Slip) (store.PickTask, error) {
	t, open := slip.Next()
	if slip.Stopped > in.Stopped {
		return t, stopped(r, slip, slip.Stopped-in.Stopped)
	}
	if !open {
		return t, &store.Refusal{Code: store.SlipClosed, Want: string(slip.ID)}
	}
	if in.Zone != "" && t.Zone != in.Zone {
		return t, &store.Refusal{Code: store.ZoneDone, Want: string(slip.ID), Got: in.Zone}
	}
	now := See(slip)
	if now.Several, now.Zone = in.Several, in.Zone; now != in {
		return t, &store.Refusal{Code: store.Stale, Want: string(slip.ID)}
	}
	return t, nil
}
