package store

import (
	"fmt"
	"slices"
)

// A Withdrawal takes a slip back from the floor before anything of it was picked:
// nobody is to work on it any more, and what it asked for is free for another.
type Withdrawal struct {
	Slip     SlipID          `json:"slip"`
	Lines    []WithdrawnLine `json:"lines"`
	Tasks    []PickTask      `json:"tasks"`
	Waybills []Waybill       `json:"waybills,omitempty"` // of this slip, no longer
	At       int64           `json:"at"`
}

// A WithdrawnLine is a line of a slip with what it asked for.
type WithdrawnLine struct {
	Line int64    `json:"line"`
	Item SKU      `json:"item"`
	N    Qty      `json:"n"`
	For  []Source `json:"for"`
}

// Of is how much the slip held for a line of an order.
func (w Withdrawal) Of(order OrderID, line int64) (n Qty) {
	for _, l := range w.Lines {
		for _, src := range l.For {
			if src.Order == order && src.Line == line {
				n += src.N
			}
		}
	}
	return n
}

// Orders are those that the slip was for.
func (w Withdrawal) Orders() (out []OrderID) {
	for _, l := range w.Lines {
		for _, src := range l.For {
			if !slices.Contains(out, src.Order) {
				out = append(out, src.Order)
			}
		}
	}
	return out
}

func (w Withdrawal) changes(at Stamp) []Change {
	out := []Change{slipStates.raise(at, w.Slip, SlipWithdrawn, w.At)}
	for _, l := range w.Lines {
		out = append(out, lineSums.put(w.Slip, l.Line, -l.N, Qty(0), Qty(0), Qty(0), Qty(0)))
		for _, s := range l.For {
			out = append(out, sums{tasked: -s.N}.add(l.Item, s.Order, s.Line))
		}
	}
	for _, t := range w.Tasks {
		out = append(out, allocations.put(t.Item, t.From, t.Lot, t.ID, -t.Want, Qty(0), Qty(0)))
	}
	for _, b := range w.Waybills {
		b.State = WaybillVoided
		out = append(out, b.raise(at))
	}
	return out
}

func withdrawn(all []Withdrawal, at Stamp) (out []Change) {
	for _, w := range all {
		out = append(out, w.changes(at)...)
	}
	return out
}

// SlipTakenBack says that a slip was withdrawn. Orders stay reserved, and wait for a
// supervisor to release them again; what is no longer wanted is given back.
type SlipTakenBack struct {
	Withdrawal
	Orders   []OrderID  `json:"orders"`
	Promises []Promise  `json:"promises,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	By       OperatorID `json:"by,omitempty"`

	Stop []Interception `json:"stop,omitempty"` // of a slip that somebody began
}

func (SlipTakenBack) Kind() string  { return "slip_taken_back" }
func (e SlipTakenBack) Ref() string { return string(e.Slip) }
func (e SlipTakenBack) apply(at Stamp) []Change {
	out := append(intercepted(e.Stop, at), promised(e.Promises)...)
	if len(e.Stop) == 0 {
		out = append(e.changes(at), out...)
	}
	for _, id := range e.Orders {
		out = append(out, orderStates.raise(at, id, LockedOrder, "", e.Reason, e.By, e.At))
	}
	return out
}

// Withdraw gives what takes a slip back. It refuses
// with SlipBegun when somebody works on it or something of it was picked, and with
// SlipClosed when it was withdrawn before.
func (r *Reader) Withdraw(id SlipID) (w Withdrawal, err error) {
	s, err := r.WholeSlip(id)
	if err != nil {
		return w, err
	}
	if s.State() == SlipWithdrawn || s.State() == SlipStopped {
		return w, &Refusal{Code: SlipClosed, Got: string(id)}
	}
	if s.State() != SlipReleasedState {
		return w, &Refusal{Code: SlipBegun, Want: string(s.State()), Got: string(id)}
	}
	w = Withdrawal{Slip: id, Tasks: s.Tasks, Waybills: s.Waybills, At: r.Now().UnixMilli()}
	for _, l := range s.Lines {
		w.Lines = append(w.Lines, WithdrawnLine{l.Line, l.Item, l.N, l.Sources})
	}
	if w.Waybills, err = r.WaybillsOf(id); err != nil {
		return w, fmt.Errorf("waybills of %s: %w", id, err)
	}
	return w, nil
}
