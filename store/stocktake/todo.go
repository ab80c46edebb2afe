package stocktake

import (
	"context"
	"slices"

	"scanbay/store"
)

// A Due is a bin that somebody is to count.
type Due struct {
	store.DueCount
	Only store.Item // that is to be counted there; zero for all of it
	Name string     // of who counts it now; empty for nobody
}

// A Todo is what waits for a person who counts.
type Todo struct {
	Due  []Due           // that they may count, in walking order
	Open []store.CountID // that they are making at this station
}

// dueMax is how many bins anybody looks through.
const dueMax = 1000

// Work reads what waits for a person who counts: no recount of what they counted themselves.
func Work(ctx context.Context, s *store.Store, by store.OperatorID) (Todo, error) {
	return store.Get(ctx, s, func(r *store.Reader) (out Todo, err error) {
		if out.Open, err = r.CountsBy(by); err != nil {
			return out, err
		}
		all, err := r.CountsDue(dueMax)
		for _, d := range all {
			if err != nil {
				break
			}
			var own bool
			if own, err = countedBefore(r, d, by); err != nil || own {
				continue
			}
			var x Due
			x, err = named(r, d)
			out.Due = append(out.Due, x)
		}
		return out, err
	})
}

// named is a bin to be counted, with what its item and whoever counts it are called.
func named(r *store.Reader, d store.DueCount) (x Due, err error) {
	x.DueCount = d
	if d.Item != "" {
		if x.Only, err = r.Item(d.Item); err != nil {
			return x, err
		}
	}
	if d.Holder != "" {
		who, err := r.Operator(d.Holder)
		x.Name = who.Name
		return x, err
	}
	return x, nil
}

// Going is what is planned to be counted: the plans that are not done, and of one of them
// the bins that nobody has counted.
func Going(ctx context.Context, s *store.Store, of store.CountPlanID) (all []store.CountProgress,
	bins []Due, err error) {
	const plansMax = 200 // nobody reads further
	err = s.Read(ctx, func(r *store.Reader) error {
		if all, err = r.CountPlansOpen(plansMax); err != nil || of == "" {
			return err
		}
		left, err := r.CountsDueOf(of)
		for _, d := range left {
			if err != nil {
				break
			}
			var x Due
			x, err = named(r, d)
			bins = append(bins, x)
		}
		return err
	})
	return all, bins, err
}

// Meant is the item or the bin that a supervisor scans, to have it counted; of a plan, a bin
// that is left there. It refuses with NoRight, NotThere, and as Reader.Find does.
func Meant(ctx context.Context, s *store.Store, by store.Gesture, in store.CountPlanID,
	kinds ...store.Kind) (f store.Found, err error) {
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.May(store.Supervisor); err != nil {
			return err
		}
		if f, err = tx.Find(by.Mark, kinds...); err != nil {
			return err
		}
		if in != "" {
			left, err := tx.CountsDueOf(in)
			if err != nil {
				return err
			}
			at := func(d store.DueCount) bool { return d.Place == f.Place }
			if !slices.ContainsFunc(left, at) {
				return &store.Refusal{Code: store.NotThere, Got: f.Code}
			}
		}
		return tx.Record(store.ScanNoted{About: string(in), Text: by.Mark.Text})
	})
	return f, err
}
