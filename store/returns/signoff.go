package returns

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"scanbay/store"
)

// A SigningOff says that a customer has goods: those of a slip, of an order, or of a parcel.
// Without lines that is all that left; the lines are the slip's.
type SigningOff struct {
	Slip    store.SlipID       `json:"slip,omitempty"`
	Order   store.OrderID      `json:"order,omitempty"`
	Waybill store.WaybillNo    `json:"waybill,omitempty"`
	At      int64              `json:"at,omitempty"` // milliseconds UTC; 0 for now
	Lines   []store.SignedLine `json:"lines,omitempty"`
}

// SignOff keeps when a customer signed for goods, and for how many in which condition: from
// then on the days to send them back count. It needs a supervisor; it refuses with NoRight,
// NotFound, NotSent, Ambiguous where lines are of one of several slips, BadQuantity, or
// BadSetting for a day before it left or that has not come. What was signed for as it is, is
// not recorded again.
func SignOff(ctx context.Context, s *store.Store, by store.Gesture, in SigningOff) error {
	return signOff.Make(ctx, s, by, in)
}

var signOff = store.Decree[SigningOff]{Name: "returns.sign_off", Do: func(ctx context.Context,
	s *store.Store, by store.Gesture, in SigningOff) error {
	return record(ctx, s, by, store.Supervisor, func(tx *store.Tx) (store.Event, error) {
		return SignOffOf(tx, in)
	})
}}

// SignOffOf is the fact that a sign-off is. It fails with ErrKnown where it was taken before,
// and refuses as SignOff does.
func SignOffOf(tx *store.Tx, in SigningOff) (store.Event, error) {
	slips, err := in.slips(tx)
	if err != nil {
		return nil, err
	}
	e := store.SignedOff{Waybill: in.Waybill, At: cmp.Or(in.At, tx.Now().UnixMilli())}
	day := dayOf(&tx.Reader, e.At)
	if today := tx.Today(); day > today {
		return nil, &store.Refusal{Code: store.BadSetting, Want: "<= " + today.String(),
			Got: day.String()}
	}
	e.By, e.Told = tx.By().Operator, tx.Now().UnixMilli()
	known, sent := true, false
	var early store.Date // when the first left that had not by then
	for _, id := range slips {
		slip, err := tx.WholeSlip(id)
		if err != nil {
			return nil, err
		}
		lines, err := in.lines(slip)
		if err != nil {
			return nil, err
		}
		if len(lines) == 0 {
			continue
		}
		left, err := tx.SlipLeft(id)
		if err != nil {
			return nil, err
		}
		if left := dayOf(&tx.Reader, left); day < left {
			early = min(cmp.Or(early, left), left)
			continue
		}
		if !sent {
			e.Slip, sent = id, true
		}
		same, err := signedSo(tx, id, lines, in.At)
		if err != nil {
			return nil, err
		}
		known = known && same
		for _, l := range lines {
			if l.Slip = id; id == e.Slip {
				l.Slip = ""
			}
			e.Lines = append(e.Lines, l)
		}
		if err := differs(tx, &e, slip, lines); err != nil {
			return nil, err
		}
	}
	switch {
	case !sent && early != 0:
		return nil, &store.Refusal{Code: store.BadSetting, Want: ">= " + early.String(),
			Got: day.String()}
	case !sent:
		return nil, &store.Refusal{Code: store.NotSent, Got: in.name()}
	case known:
		return nil, ErrKnown
	}
	return e, nil
}

// differs has a supervisor look at the lines that were not signed for as they left. What was
// said of a line before stands no more.
func differs(tx *store.Tx, e *store.SignedOff, s store.Slip, lines []store.SignedLine) error {
	for _, l := range lines {
		before, err := tx.SignOffsDisputed(s.ID, l.Line)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(s.Lines, func(x store.SlipLine) bool { return x.Line == l.Line })
		left := s.Lines[i].Shipped
		off := left - l.Signed + l.Over + l.Damaged
		id := store.NewDiscID(store.SignOffDiff, string(s.ID), fmt.Sprint(l.Line, left, l.Signed,
			l.Short, l.Over, l.Damaged, e.At))
		known, err := tx.HasDiscrepancy(id)
		if err != nil {
			return err
		}
		for _, old := range before {
			if old != id || off == 0 {
				e.Ends = append(e.Ends, old)
			}
		}
		if off == 0 || known {
			continue
		}
		e.Discs = append(e.Discs, store.Discrepancy{ID: id, Of: store.SignOffDiff, Slip: s.ID,
			Task: store.OfLine(s.ID, l.Line), Item: s.Lines[i].Item, N: off,
			Note:     fmt.Sprintf("%d/%d -%d +%d !%d", l.Signed, left, l.Short, l.Over, l.Damaged),
			Operator: e.By, At: e.Told})
	}
	return nil
}

// dayOf is the date of a time in the warehouse's zone.
func dayOf(r *store.Reader, ms int64) store.Date {
	return store.DateOf(time.UnixMilli(ms).In(r.Now().Location()))
}

func (in SigningOff) name() string {
	switch {
	case in.Slip != "":
		return string(in.Slip)
	case in.Waybill != "":
		return string(in.Waybill)
	}
	return string(in.Order)
}

// slips are those that are signed for. It refuses with NotFound, or with Ambiguous for lines
// that may be of more than one.
func (in SigningOff) slips(tx *store.Tx) (out []store.SlipID, err error) {
	switch {
	case in.Slip != "":
		if _, err := tx.Slip(in.Slip); err != nil {
			return nil, err
		}
		out = []store.SlipID{in.Slip}
	case in.Waybill != "":
		all, err := tx.WaybillsByNo(in.Waybill)
		if err != nil {
			return nil, err
		}
		for _, w := range all {
			out = append(out, w.Slip)
		}
		out = slices.Compact(out)
	case in.Order != "":
		o, err := tx.Order(in.Order)
		if err != nil {
			return nil, err
		}
		if out, err = tx.LiveSlips(o.ID); err != nil {
			return nil, err
		}
		if len(out) == 0 {
			return nil, &store.Refusal{Code: store.NotSent, Got: o.PlatformNo}
		}
	}
	switch {
	case len(out) == 0:
		return nil, &store.Refusal{Code: store.NotFound, Got: in.name()}
	case len(out) > 1 && len(in.Lines) > 0:
		return nil, &store.Refusal{Code: store.Ambiguous, Want: string(out[0]), Got: in.name()}
	}
	return out, nil
}

// lines are what is signed for of a slip: all that left, where nobody says.
func (in SigningOff) lines(s store.Slip) (out []store.SignedLine, err error) {
	left := map[int64]store.Qty{}
	for _, l := range s.Lines {
		if l.Shipped <= 0 {
			continue
		}
		left[l.Line] = l.Shipped
		if len(in.Lines) == 0 {
			out = append(out, store.SignedLine{Line: l.Line, Signed: l.Shipped})
		}
	}
	if len(left) == 0 {
		return nil, nil
	}
	for _, l := range in.Lines {
		if slices.ContainsFunc(out, func(x store.SignedLine) bool { return x.Line == l.Line }) ||
			!slices.ContainsFunc(s.Lines, func(x store.SlipLine) bool { return x.Line == l.Line }) {
			return nil, &store.Refusal{Code: store.NotFound, Got: in.name()}
		}
		if !possible(l, left[l.Line]) {
			return nil, &store.Refusal{Code: store.BadQuantity, Want: left[l.Line].String(),
				Got: l.Signed.String()}
		}
		out = append(out, l)
	}
	return out, nil
}

// possible says whether so much can be signed for where so much left: what is short and what
// was signed for make it up, what is over came on top, and what is damaged was signed for.
func possible(l store.SignedLine, left store.Qty) bool {
	return min(l.Signed, l.Short, l.Over, l.Damaged) >= 0 &&
		max(l.Signed, l.Short, l.Over, l.Damaged) <= piecesMax &&
		l.Signed+l.Short > 0 && l.Signed+l.Short <= left && l.Damaged <= l.Signed+l.Over
}

// signedSo says whether lines of a slip were signed for like that, at that time if one is
// said.
func signedSo(tx *store.Tx, id store.SlipID, lines []store.SignedLine, at int64) (bool, error) {
	was, when, err := tx.SignOff(id)
	if err != nil || at != 0 && at != when {
		return false, err
	}
	for _, l := range lines {
		l.Slip = ""
		if !slices.Contains(was, l) {
			return false, nil
		}
	}
	return true, nil
}
