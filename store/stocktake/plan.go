package stocktake

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// A Wish says which bins are to be counted.
type Wish struct {
	Why   store.CountWhy `json:"why"`
	Class string         `json:"class,omitempty"` // of CountABC
	Zone  string         `json:"zone,omitempty"`  // of CountZone; narrows the others
	Item  store.SKU      `json:"item,omitempty"`  // of CountItem
	Place store.Place    `json:"place,omitempty"` // of CountBin
	Days  int64          `json:"days,omitempty"`  // of CountDue and CountTouched
	Share int64          `json:"share,omitempty"` // of CountRandom and CountValue, per cent
	Most  int64          `json:"most,omitempty"`  // so many bins; 0: tasksMax
}

// A Planned is what was planned.
type Planned struct {
	Plan store.CountPlanID `json:"plan"`
	Bins int64             `json:"bins"`
}

// tasksMax is how many bins one plan has: what many persons count in a day.
const tasksMax = 2000

// Plan has bins counted. It needs a supervisor; it refuses with NoRight, BadSetting for a
// wish that says too little, and NothingToDo where no bin answers to it.
func Plan(ctx context.Context, s *store.Store, by store.Gesture, w Wish) (Planned, error) {
	by.Once = true
	return plan.Make(ctx, s, by, w)
}

var plan = store.Ruling[Wish, Planned]{Name: "stocktake.plan", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, w Wish) (out Planned, err error) {
	if w.Why == store.CountABC {
		if err := record(ctx, s, by, store.Supervisor, w.asked); err != nil {
			return out, err
		}
		if err := classify(ctx, s); err != nil {
			return out, err
		}
	}
	return out, record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		out = Planned{}
		if _, err := w.asked(tx); !errors.Is(err, errNothing) {
			return nil, err
		}
		bins, err := w.bins(tx)
		if err != nil {
			return nil, err
		}
		if len(bins) == 0 {
			return nil, &store.Refusal{Code: store.NothingToDo, Got: w.note()}
		}
		id, err := tx.NextCountPlan()
		e := store.CountPlanned{CountPlan: store.CountPlan{ID: id, Why: w.Why, Note: w.note(),
			By: by.Operator, At: tx.Now().UnixMilli()}}
		for i, b := range bins {
			e.Tasks = append(e.Tasks, store.CountTask{ID: id.Task(i + 1), Place: b.Place,
				Item: w.Item})
		}
		out = Planned{id, int64(len(bins))}
		return e, err
	})
}, Again: func(was store.Event) Planned {
	e, _ := was.(store.CountPlanned)
	return Planned{e.ID, int64(len(e.Tasks))}
}}

// byHand are the reasons to count that a person may give.
var byHand = []store.CountWhy{store.CountABC, store.CountValue, store.CountDue, store.CountZone,
	store.CountItem, store.CountBin, store.CountRandom, store.CountZero, store.CountTouched}

// ByHand lists the reasons to count that a person may give.
func ByHand() []store.CountWhy { return slices.Clone(byHand) }

// valid says whether the wish says enough, and else what it lacks.
func (w Wish) valid() (want string, ok bool) {
	lacks := func(is bool, what string) (string, bool) { return what, !is }
	switch w.Why {
	case store.CountABC:
		return lacks(!slices.Contains(store.Classes, w.Class), "class A, B, C")
	case store.CountZone:
		return lacks(w.Zone == "", "zone")
	case store.CountItem:
		return lacks(w.Item == "", "item")
	case store.CountBin:
		return lacks(w.Place == "", "bin")
	case store.CountDue, store.CountTouched:
		return lacks(w.Days < 1, "days")
	case store.CountRandom, store.CountValue:
		return lacks(w.Share < 1 || w.Share > 100, "share 1-100")
	}
	return lacks(!slices.Contains(byHand, w.Why), "abc, value, due, zone, item, bin, random, "+
		"zero, touched")
}

// asked refuses with BadSetting a wish that says too little, and else records nothing.
func (w Wish) asked(*store.Tx) (store.Event, error) {
	if want, ok := w.valid(); !ok {
		return nil, &store.Refusal{Code: store.BadSetting, Want: want, Got: string(w.Why)}
	}
	return nil, errNothing
}

// note is the wish in a word.
func (w Wish) note() string {
	switch {
	case w.Class != "":
		return w.Class
	case w.Item != "":
		return string(w.Item)
	case w.Place != "":
		return w.Place.Code()
	}
	return w.Zone
}

// bins are those that answer to the wish, in walking order.
func (w Wish) bins(tx *store.Tx) ([]store.Candidate, error) {
	all, err := tx.Candidates(w.Zone, w.Item, w.Place)
	if err != nil {
		return nil, err
	}
	keep := func(which func(store.Candidate) bool) {
		all = slices.DeleteFunc(all, func(c store.Candidate) bool { return !which(c) })
	}
	switch w.Why {
	case store.CountABC:
		keep(func(c store.Candidate) bool { return c.Class == w.Class })
	case store.CountZero:
		keep(func(c store.Candidate) bool { return c.Lines == 0 })
	case store.CountDue:
		before := daysAgo(&tx.Reader, w.Days)
		keep(func(c store.Candidate) bool { return c.Last < before && c.Lines > 0 })
	case store.CountTouched:
		since := tx.Now().Add(-time.Duration(w.Days) * 24 * time.Hour)
		moved, err := tx.TouchedSince(since.UnixMilli())
		if err != nil {
			return nil, err
		}
		keep(func(c store.Candidate) bool { return moved[c.Place] > c.Last })
	case store.CountRandom:
		keep(func(c store.Candidate) bool { return c.Lines > 0 })
		shuffle(all, string(tx.NextEvent()))
		all = all[:share(len(all), w.Share)]
	case store.CountValue:
		slices.SortStableFunc(all, func(a, b store.Candidate) int {
			return cmp.Compare(b.Worth, a.Worth)
		})
		all = all[:share(len(all), w.Share)]
	}
	all = w.first(all)
	slices.SortStableFunc(all, func(a, b store.Candidate) int {
		return cmp.Or(cmp.Compare(a.Walk, b.Walk), cmp.Compare(a.Place, b.Place))
	})
	return all, nil
}

// shuffle puts bins into an order that nobody foresees: that of their names hashed with the
// id of the plan's event, which bears the chance of the store's boot.
func shuffle(all []store.Candidate, id string) {
	of := make(map[store.Place][sha256.Size]byte, len(all))
	for _, c := range all {
		of[c.Place] = sha256.Sum256([]byte(id + "\x00" + string(c.Place)))
	}
	slices.SortFunc(all, func(a, b store.Candidate) int {
		x, y := of[a.Place], of[b.Place]
		return bytes.Compare(x[:], y[:])
	})
}

// share is so much of n, but at least one of some.
func share(n int, percent int64) int {
	return min(n, max(min(n, 1), int(int64(n)*percent/100)))
}

// first are as many as are wished for: those that were not counted for longest, unless money
// or chance has put them in order.
func (w Wish) first(all []store.Candidate) []store.Candidate {
	if w.Why != store.CountRandom && w.Why != store.CountValue {
		slices.SortStableFunc(all, func(a, b store.Candidate) int {
			return cmp.Compare(a.Last, b.Last)
		})
	}
	most := tasksMax
	if w.Most > 0 && w.Most < tasksMax {
		most = int(w.Most)
	}
	return all[:min(len(all), most)]
}

// A dropping takes a bin off the list, and says why.
type dropping struct {
	Task store.CountTaskID `json:"task"`
	Note string            `json:"note"`
}

// Drop takes a bin off the list of what is to be counted. It needs a supervisor and a reason;
// it refuses with NoRight, Incomplete, NotFound, CountTaken while somebody counts it, and with
// Stale where it was counted or dropped, and for a recount: its variance is decided on.
func Drop(ctx context.Context, s *store.Store, by store.Gesture, id store.CountTaskID,
	note string) error {
	return drop.Make(ctx, s, by, dropping{id, note})
}

var drop = store.Decree[dropping]{Name: "stocktake.drop", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in dropping) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		t, _, err := tx.CountTask(in.Task)
		switch {
		case err != nil:
			return nil, err
		case in.Note == "":
			return nil, &store.Refusal{Code: store.Incomplete, Want: "note"}
		case t.Again():
			return nil, &store.Refusal{Code: store.Stale, Want: t.Place.Code()}
		}
		if err := idle(tx, t); err != nil {
			return nil, err
		}
		return store.CountDropped{Task: in.Task, Note: in.Note, By: by.Operator,
			At: tx.Now().UnixMilli()}, nil
	})
}}

// idle refuses with Stale where nobody is to count a bin any more, and with CountTaken while
// somebody does.
func idle(tx *store.Tx, t store.CountTask) error {
	due, err := tx.CountsDueAt(t.Place)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(due, func(d store.DueCount) bool { return d.ID == t.ID })
	if i < 0 {
		return &store.Refusal{Code: store.Stale, Want: t.Place.Code()}
	}
	if due[i].Holder == "" {
		return nil
	}
	who, err := tx.Operator(due[i].Holder)
	if err != nil {
		return err
	}
	return &store.Refusal{Code: store.CountTaken, Want: who.Name, Got: t.Place.Code()}
}

// Onward does what the authority does by itself about counts: it has bins counted where the
// floor found something at odds with the book, and those whose time has come; it rules on
// what was counted, and closes what a count has cleared up.
func Onward(ctx context.Context, s *store.Store) error {
	if !s.Identity().Authority {
		return nil
	}
	return errors.Join(turns(ctx, s), exceptions(ctx, s), Rule(ctx, s), cleared(ctx, s),
		settled(ctx, s))
}

// exceptions has the bins counted that discrepancies are about.
func exceptions(ctx context.Context, s *store.Store) error {
	err := s.Write(ctx, store.Gesture{}, func(tx *store.Tx) error {
		found, err := tx.ExceptionsUncounted(tasksMax)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return errNothing
		}
		id, err := tx.NextCountPlan()
		if err != nil {
			return err
		}
		e := store.CountPlanned{CountPlan: store.CountPlan{ID: id, Why: store.CountException,
			At: tx.Now().UnixMilli()}}
		for i, d := range found {
			e.Tasks = append(e.Tasks, store.CountTask{ID: id.Task(i + 1), Place: d.Place,
				Item: d.Item, Disc: d.ID})
		}
		return tx.Record(e)
	})
	if err = unlessNothing(err); err != nil {
		err = fmt.Errorf("plan counts: %w", err)
	}
	return err
}
