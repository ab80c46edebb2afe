// Package outbound takes released slips out of the door: pick, pack, confirm.
// Its operations are the station's: they work offline too.
package outbound

import (
	"context"
	"time"

	"scanbay/store"
)

// listMax bounds a list of work: nobody reads further.
const listMax = 200

// Waiting is the work that waits at a station.
type Waiting struct {
	Pick, Pack []store.Job
	Confirm    []store.Carton
	Held       int  // orders for a supervisor
	Locked     int  // orders that a supervisor is to release
	Changes    int  // of orders, for a supervisor
	Released   bool // any slip ever was
}

// Work reads what waits, the most urgent first.
func Work(ctx context.Context, s *store.Store) (Waiting, error) {
	return store.Get(ctx, s, func(r *store.Reader) (w Waiting, err error) {
		if w.Pick, err = r.ToPick(listMax); err != nil {
			return w, err
		}
		if w.Pack, err = r.ToPack(listMax); err != nil {
			return w, err
		}
		if w.Confirm, err = r.CartonsToConfirm(); err != nil {
			return w, err
		}
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

// Take begins or goes on with picking a slip: it is the operator's from now on.
// An empty id takes the one that the scan stands for. It refuses with SlipTaken
// while another operator is at it, SlipClosed when nothing is left to pick,
// NoRight, NotFound or WrongKind.
func Take(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	slip store.Slip, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		if id == "" {
			f, err := tx.Find(by.Mark, store.SlipKind)
			if err != nil {
				return err
			}
			id = f.Slip
		}
		if slip, err = tx.Slip(id); err != nil {
			return err
		}
		if _, open := slip.Next(); !open {
			return &store.Refusal{Code: store.SlipClosed, Want: string(id)}
		}
		if err := free(tx, slip, by.Operator); err != nil {
			return err
		}
		lease := store.Lease{Slip: id, Operator: by.Operator, Station: tx.Station().Author,
			Token: slip.Lease.Token + 1, Held: true, At: tx.Now().UnixMilli()}
		if err := tx.Record(store.SlipStarted{Lease: lease}); err != nil {
			return err
		}
		slip, err = tx.Slip(id)
		return err
	})
	return slip, err
}

// free refuses while somebody else works on the slip. Work that nobody touched
// for the idle time is free.
func free(tx *store.Tx, slip store.Slip, operator store.OperatorID) error {
	if !bool(slip.Lease.Held) || slip.Lease.Operator == operator {
		return nil
	}
	idle, err := tx.Number(store.IdleMinutes)
	if err != nil {
		return err
	}
	if tx.Now().Sub(time.UnixMilli(slip.Lease.Seen)) >= time.Duration(idle)*time.Minute {
		return nil
	}
	return &store.Refusal{Code: store.SlipTaken, Want: string(slip.ID), Got: holder(slip.Lease)}
}

func holder(l store.Lease) string {
	if l.Name != "" {
		return l.Name
	}
	return string(l.Operator)
}

// Free takes a slip away from whoever holds it. It needs a supervisor; what was
// picked stays picked. It refuses with NoRight or NotFound.
func Free(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		slip, err := tx.Slip(id)
		if err != nil {
			return err
		}
		lease := slip.Lease
		lease.Token, lease.Held, lease.At = lease.Token+1, false, tx.Now().UnixMilli()
		return tx.Record(store.SlipLeft{Lease: lease, By: by.Operator})
	})
}

// mine reads a slip that the operator of the gesture holds. It refuses with
// NotYours when it was freed or taken over meanwhile.
func mine(tx *store.Tx, id store.SlipID) (store.Slip, error) {
	slip, err := tx.Slip(id)
	if err != nil {
		return slip, err
	}
	if l := slip.Lease; !bool(l.Held) || l.Operator != tx.By().Operator {
		got := ""
		if bool(l.Held) {
			got = holder(l)
		}
		return slip, &store.Refusal{Code: store.NotYours, Want: string(id), Got: got}
	}
	return slip, nil
}

// Seen is the line on the screen when the operator answered it: its task, and
// how much of it was done. What no longer is so books nothing.
type Seen struct {
	Task store.TaskID
	Done store.Qty
}

// See is what a screen shows of a slip.
func See(s store.Slip) Seen {
	t, _ := s.Next()
	return Seen{t.ID, t.Picked + t.Short}
}

// still is the task on the screen, if it still is the one to do. It refuses with
// SlipClosed or Stale.
func (in Seen) still(slip store.Slip) (store.PickTask, error) {
	t, open := slip.Next()
	if !open {
		return t, &store.Refusal{Code: store.SlipClosed, Want: string(slip.ID)}
	}
	if See(slip) != in {
		return t, &store.Refusal{Code: store.Stale, Want: string(slip.ID)}
	}
	return t, nil
}
