package storetest

import (
	"context"
	"fmt"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// ApproveHeld lets a supervisor approve every held order, and plans.
func (s *Site) ApproveHeld(supervisor store.OperatorID) (n int) {
	s.Helper()
	held := Read(s, func(r *store.Reader) ([]store.OrderID, error) {
		return r.OrdersIn(store.Held)
	})
	for _, id := range held {
		s.Must(order.Approve(context.Background(), s.Store, store.Gesture{Operator: supervisor},
			id, "part"))
	}
	s.Plan()
	return len(held)
}

// Through brings every released slip out of the door, without a mistake: picked
// line by line into a tote of its own, packed, and confirmed with a waybill.
func (s *Site) Through(operator store.OperatorID) (slips int) {
	s.Helper()
	for {
		jobs := Read(s, func(r *store.Reader) ([]store.Job, error) { return r.ToPick(1) })
		if len(jobs) == 0 {
			return slips
		}
		slips++
		s.pickAll(operator, jobs[0].Slip, fmt.Sprintf("T-%04d", slips))
		s.packAll(operator, jobs[0].Slip)
		for _, c := range s.Slip(jobs[0].Slip).Cartons {
			out, err := outbound.Confirm(context.Background(), s.Store, outbound.ConfirmScan{
				By: s.By(operator, "carton:"+string(c.ID))})
			s.Must(err)
			if out.Needs == store.WaybillNeeded {
				_, err = outbound.Confirm(context.Background(), s.Store, outbound.ConfirmScan{
					By: s.By(operator, fmt.Sprintf("SF%013d", slips)), Pending: c.ID})
				s.Must(err)
			}
		}
	}
}

func (s *Site) pickAll(operator store.OperatorID, id store.SlipID, tote string) {
	s.Helper()
	slip, err := outbound.Take(context.Background(), s.Store, store.Gesture{Operator: operator}, id)
	s.Must(err)
	right := func(n store.Qty, code string) {
		s.Helper()
		by := s.By(operator, code)
		by.N, by.Yes = n, true
		out, err := outbound.Pick(context.Background(), s.Store, outbound.PickScan{By: by, Slip: id,
			Seen: outbound.See(slip)})
		s.Must(err)
		slip = out.Slip
		if out.Zero != nil {
			by.Scan = "" // a key
			s.Must(outbound.CheckZero(context.Background(), s.Store, by, id, *out.Zero, true))
		}
	}
	right(0, "tote:"+tote)
	for task, open := slip.Next(); open; task, open = slip.Next() {
		if slip.At != task.From {
			right(0, "bin:"+task.From.Code())
		}
		right(task.Left(), "item:"+string(task.Item))
	}
}

func (s *Site) packAll(operator store.OperatorID, id store.SlipID) {
	s.Helper()
	for _, l := range s.Slip(id).Lines {
		if l.Picked == l.Packed {
			continue
		}
		by := s.By(operator, "item:"+string(l.Item))
		by.N, by.Yes = l.Picked-l.Packed, true
		_, err := outbound.Pack(context.Background(), s.Store, outbound.PackScan{By: by, Slip: id})
		s.Must(err)
	}
}
