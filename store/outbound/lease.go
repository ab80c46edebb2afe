package outbound

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// Rulings lists what the authority does about slips when somebody asks for it.
func Rulings() []store.WireRuling {
	return []store.WireRuling{take.Wire(), takeOver.Wire(), claim.Wire(), load.Wire(), free.Wire(),
		leave.Wire(), setPacking.Wire()}
}

// Take begins or goes on with picking a slip: it is the operator's from now on.
// An empty id takes the one that the scan stands for. It refuses with SlipTaken
// while another operator is at it, SlipClosed when nothing is left to pick,
// NoRight, NotFound or WrongKind. What is the operator's at an enrolled station is
// gone on with, with a line or without.
func Take(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	slip store.Slip, err error) {
	id, err = goOn(ctx, s, by, id)
	if errors.Is(err, errNotMine) {
		id, err = take.Make(ctx, s, by, id)
	}
	if err != nil {
		return slip, err
	}
	return Look(ctx, s, id)
}

// Next gives the operator their next job: the slip that they are at, else one that they took
// along, else the most urgent that nobody holds; somebody else's never. Who picks in one zone
// is given what is to be picked there. Where there is none, the slip is empty. It refuses as
// Take does.
func Next(ctx context.Context, s *store.Store, by store.Gesture, zone string) (store.Slip, error) {
	jobs, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPickIn(zone, by.Operator, listMax)
	})
	if err != nil {
		return store.Slip{}, err
	}
	begun := func(j store.Job) int {
		switch {
		case j.Holder == by.Operator && j.Done > 0:
			return 0
		case j.Holder == by.Operator:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(jobs, func(a, b store.Job) int { return cmp.Compare(begun(a), begun(b)) })
	for _, j := range jobs {
		if j.Holder != "" && j.Holder != by.Operator {
			continue
		}
		slip, err := Take(ctx, s, by, j.Slip)
		r, refused := store.RefusalOf(err)
		if !refused || r.Code != store.SlipTaken && r.Code != store.SlipClosed {
			return slip, err
		}
		by.Scan = "" // somebody was faster, and the scan has had that for an answer
	}
	return store.Slip{}, nil
}

var take = store.Ruling[store.SlipID, store.SlipID]{Name: "outbound.take", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	store.SlipID, error) {
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		slip, err := meant(tx, id)
		if err != nil {
			return err
		}
		id = slip.ID
		return start(tx, slip, "")
	})
	return id, err
}, Again: begun}

func begun(was store.Event) store.SlipID {
	e, _ := was.(store.SlipStarted)
	return e.Slip
}

// TakeOver takes a slip from the operator who works on it, and goes on with it: the goods
// stay in their totes. Where the site wants it, a supervisor agrees, who stands beside or is
// the operator. It refuses with SlipTaken where yet another has the slip by now, NoRight,
// SlipClosed or NotFound.
func TakeOver(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID,
	from store.OperatorID) (slip store.Slip, err error) {
	if id, err = takeOver.Make(ctx, s, by, takingOver{id, from}); err != nil {
		return slip, err
	}
	return Look(ctx, s, id)
}

// takingOver says whose slip is meant: whoever has it by then may be another.
type takingOver struct {
	Slip store.SlipID     `json:"slip"`
	From store.OperatorID `json:"from"`
}

var takeOver = store.Ruling[takingOver, store.SlipID]{Name: "outbound.take_over", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, in takingOver) (
	store.SlipID, error) {
	return in.Slip, s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		slip, err := tx.Slip(in.Slip)
		if err != nil {
			return err
		}
		return start(tx, slip, in.From)
	})
}, Again: begun}

// start has the operator of the gesture work on a slip, which may be taken over from
// somebody. It refuses with SlipClosed, and as notTaken and mayTakeOver do.
func start(tx *store.Tx, slip store.Slip, from store.OperatorID) error {
	if _, open := slip.Next(); !open {
		return &store.Refusal{Code: store.SlipClosed, Want: string(slip.ID)}
	}
	e := store.SlipStarted{Lease: lease(tx, slip)}
	if before := slip.Lease.Operator; before != e.Operator {
		e.From = before
	}
	err := notTaken(tx, slip)
	if r, taken := store.RefusalOf(err); taken && r.Code == store.SlipTaken && e.From == from {
		e.Over, err = true, mayTakeOver(tx)
	}
	if err != nil {
		return err
	}
	return tx.Record(e)
}

// mayTakeOver refuses with NoRight to take work over that a supervisor did not agree to, where the
// site wants that.
func mayTakeOver(tx *store.Tx) error {
	policy, err := tx.Setting(store.TakeOverBy)
	if err != nil || policy == "ask" {
		return err
	}
	return supervised(tx)
}

// meant reads the slip of an id, or the one that the scan stands for.
func meant(tx *store.Tx, id store.SlipID) (store.Slip, error) {
	if id == "" {
		f, err := tx.Find(tx.By().Mark, store.SlipKind)
		if err != nil {
			return store.Slip{}, err
		}
		id = f.Slip
	}
	return tx.Slip(id)
}

// lease gives a slip to the operator of the gesture, at the station that asks.
func lease(tx *store.Tx, slip store.Slip) store.Lease {
	by := tx.By()
	return store.Lease{Slip: slip.ID, Operator: by.Operator,
		Station: cmp.Or(by.Station, tx.Station().Author), Token: slip.Lease.Token + 1, Held: true,
		At: tx.Now().UnixMilli()}
}

// notTaken refuses while somebody else works on the slip. Work of somebody who touched none of
// what they hold for the idle time is free.
func notTaken(tx *store.Tx, slip store.Slip) error {
	l := slip.Lease
	if !bool(l.Held) || l.Operator == tx.By().Operator {
		return nil
	}
	idle, err := tx.Number(store.IdleMinutes)
	if err != nil {
		return err
	}
	seen, err := tx.SeenLast(l)
	if err != nil {
		return err
	}
	if tx.Now().Sub(time.UnixMilli(seen)) >= l.Lasts(time.Duration(idle)*time.Minute) {
		return nil
	}
	return &store.Refusal{Code: store.SlipTaken, Want: string(slip.ID), Got: l.Who()}
}

// errNotMine says that the authority is to be asked.
var errNotMine = errors.New("the slip is not the operator's here")

// goOn goes on with a slip that the operator holds at this station already, and says
// which; a scan is noted. It fails with errNotMine for any other slip, and at the
// authority, which begins anew.
func goOn(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) (
	store.SlipID, error) {
	if s.Identity().Authority {
		return id, errNotMine
	}
	held := id
	err := s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		slip, err := meant(tx, id)
		if _, unknown := store.RefusalOf(err); unknown {
			return errNotMine // here; the authority may know it
		}
		if err != nil {
			return err
		}
		held = slip.ID
		_, open := slip.Next()
		if l := slip.Lease; !open || !bool(l.Held) || l.Operator != by.Operator ||
			l.Station != tx.Station().Author {
			return errNotMine
		}
		return tx.Record(store.ScanNoted{About: string(held), Text: by.Mark.Text})
	})
	return held, err
}

// claimMax is how many slips anybody takes along at once.
const claimMax = 50

// Claim takes up to n slips along to where there is no line: the most urgent that
// nobody holds. It says which they are. It refuses with NoRight, BadQuantity, and with
// NothingToDo when there is none.
func Claim(ctx context.Context, s *store.Store, by store.Gesture, n int) ([]store.SlipID, error) {
	return claim.Make(ctx, s, by, n)
}

var claim = store.Ruling[int, []store.SlipID]{Name: "outbound.claim", Do: func(
	ctx context.Context, s *store.Store, by store.Gesture, n int) (ids []store.SlipID, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		if n < 1 || n > claimMax {
			return &store.Refusal{Code: store.BadQuantity, Want: fmt.Sprint("1-", claimMax),
				Got: fmt.Sprint(n)}
		}
		leases, err := freeSlips(tx, n)
		if err != nil {
			return err
		}
		ids, err = claimed(tx, leases)
		return err
	})
	return ids, err
}, Again: func(was store.Event) (ids []store.SlipID) {
	e, _ := was.(store.SlipsClaimed)
	for _, l := range e.Leases {
		ids = append(ids, l.Slip)
	}
	return ids
}}

// claimed records that the operator of the gesture took slips along, and says which. It refuses
// with NothingToDo where there are none.
func claimed(tx *store.Tx, leases []store.Lease) (ids []store.SlipID, err error) {
	e := store.SlipsClaimed{Operator: tx.By().Operator, Leases: leases}
	for _, l := range leases {
		was, err := tx.LeaseOf(l.Slip)
		if err != nil {
			return nil, err
		}
		if was.Operator != "" && was.Operator != e.Operator {
			e.Anew = append(e.Anew, l.Slip)
		}
		ids = append(ids, l.Slip)
	}
	if len(ids) == 0 {
		return nil, &store.Refusal{Code: store.NothingToDo}
	}
	return ids, tx.Record(e)
}

// freeSlips gives up to n slips that nobody holds to the operator of the gesture, to
// take along.
func freeSlips(tx *store.Tx, n int) (out []store.Lease, err error) {
	jobs, err := tx.ToPick(claimDepth)
	for _, j := range jobs {
		if err != nil || len(out) == n {
			break
		}
		if j.Holder != "" {
			continue
		}
		var slip store.Slip
		if slip, err = tx.Slip(j.Slip); err != nil {
			break
		}
		if _, open := slip.Next(); open {
			l := lease(tx, slip)
			l.Ahead = true
			out = append(out, l)
		}
	}
	return out, err
}

// claimDepth is how far a claim looks past the slips that others hold.
const claimDepth = 10_000

// Free takes a slip away from whoever holds it. It needs a supervisor; what was
// picked stays picked. It refuses with NoRight or NotFound.
func Free(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) error {
	return free.Make(ctx, s, by, id)
}

var free = store.Decree[store.SlipID]{Name: "outbound.free", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, id store.SlipID) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		slip, err := tx.Slip(id)
		if err != nil {
			return err
		}
		return tx.Record(store.SlipLeft{Lease: freed(tx, slip.Lease), By: by.Operator})
	})
}}

// Leave lets go of a slip that the operator holds: what is left of it is for whoever takes it
// next, such as in another zone. It refuses with NoRight, NotYours or NotFound.
func Leave(ctx context.Context, s *store.Store, by store.Gesture, id store.SlipID) error {
	return leave.Make(ctx, s, by, id)
}

var leave = store.Decree[store.SlipID]{Name: "outbound.leave", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, id store.SlipID) error {
	return s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Picker); err != nil {
			return err
		}
		slip, err := mine(tx, id)
		if err != nil {
			return err
		}
		return tx.Record(store.SlipLeft{Lease: freed(tx, slip.Lease)})
	})
}}

// freed is a lease that is given up.
func freed(tx *store.Tx, l store.Lease) store.Lease {
	l.Token, l.Held, l.Ahead, l.At = l.Token+1, false, false, tx.Now().UnixMilli()
	return l
}
