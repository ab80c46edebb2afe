package storetest

import (
	"fmt"
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/stocktake"
)

// The roles that may count, and those that may decide.
var (
	mayCount  = []store.Role{store.Counter, store.Supervisor, store.Administrator}
	mayDecide = []store.Role{store.Supervisor, store.Administrator}
)

// A countRight is who may do an operation of counts.
type countRight struct {
	name string
	who  []store.Role
	do   func(s *store.Store, by store.Gesture) error
}

// countRights are all operations of counts, each with what nobody has: whoever may do it is
// refused for another reason than their right.
var countRights = []countRight{
	{"Begin", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Begin(background, s, by)
		return err
	}},
	{"Scan", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Scan(background, s, by, "none")
		return err
	}},
	{"CountUnknown", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.CountUnknown(background, s, by, "none")
		return err
	}},
	{"Undo", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Undo(background, s, by, "none")
		return err
	}},
	{"Clear", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Clear(background, s, by, "none", "TEA-500")
		return err
	}},
	{"Leave", mayCount, func(s *store.Store, by store.Gesture) error {
		return stocktake.Leave(background, s, by, "none")
	}},
	{"Done", mayCount, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Done(background, s, by, "none")
		return err
	}},
	{"Plan", mayDecide, func(s *store.Store, by store.Gesture) error {
		_, err := stocktake.Plan(background, s, by, stocktake.Wish{})
		return err
	}},
	{"Drop", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.Drop(background, s, by, "none", "")
	}},
	{"Approve", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.Approve(background, s, by, stocktake.Approval{First: "none"})
	}},
	{"Reject", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.Reject(background, s, by, stocktake.Refused{First: "none"})
	}},
	{"CountAgain", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.CountAgain(background, s, by, stocktake.Refused{First: "none"})
	}},
	{"Match", mayDecide, func(s *store.Store, by store.Gesture) error {
		_, _, err := stocktake.Match(background, s, by, "none", "none")
		return err
	}},
	{"Resolve", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.Resolve(background, s, by, stocktake.Resolving{Disc: "none"})
	}},
	{"SetPolicy", mayDecide, func(s *store.Store, by store.Gesture) error {
		return stocktake.SetPolicy(background, s, by, store.CountPolicy{Class: "none"})
	}},
}

// Who has a role may do what it is for, and nothing else: every role on every operation.
func countsByRole(t *testing.T, open Opener) {
	s := floor(t, open)
	for i, role := range store.Roles {
		id := store.OperatorID(fmt.Sprint("50", i))
		s.Record(store.OperatorSaved{Operator: store.Operator{ID: id, Name: string(role),
			Roles: string(role), Active: true}})
		for _, op := range countRights {
			by := s.By(id, "nowhere")
			got := s.Code(op.do(s.Store, by))
			if may := slices.Contains(op.who, role); may == (got == store.NoRight) || got == "" {
				t.Errorf("%s by a %s: %q", op.name, role, got)
			}
		}
	}
}

// Given a supervisor who may not decide, since they counted, or a worker at their station,
// another supervisor beside them does: both names are kept.
func besideASupervisor(t *testing.T, open Opener) {
	for _, who := range []store.OperatorID{"900", "301"} {
		s := counting(t, open, Has("A-01-01", "TEA-500", 20))
		first := s.counted("900", "A-01-01", 10, Tea).ID
		s.counted("301", "A-01-01", 10, Tea)
		approve := func(second store.OperatorID, want store.Code) {
			by := s.By(who, "")
			by.Second = second
			err := stocktake.Approve(background, s.Store, by, stocktake.Approval{First: first,
				Cause: "lost"})
			if got := s.Code(err); got != want {
				t.Errorf("%s beside %q: %q, not %q", who, second, got, want)
			}
		}
		approve("302", store.NoRight)
		approve("900", store.OwnWork)
		approve("901", "")
		s.variance(first, store.VarianceAdjusted)
		trail := Read(s, func(r *store.Reader) ([]store.Envelope, error) {
			return r.Trail("bin/A-01-01")
		})
		last := trail[len(trail)-1]
		e, err := store.Decode(last.Kind, last.Body)
		s.Must(err)
		if by, is := e.(store.StockAdjusted); !is || by.By != "901" || last.Operator != who ||
			last.Second != "901" {
			t.Errorf("it says %s by %q with %q: %s", last.Kind, last.Operator, last.Second,
				last.Body)
		}
	}
}
