package outbound

import (
	"context"
	"slices"

	"scanbay/store"
)

// ConfirmScan is one scan of an operator who hands parcels over.
type ConfirmScan struct {
	By      store.Gesture
	Carrier store.CarrierID // of the stream; empty before its first parcel
	Slip    store.SlipID    // when one slip is confirmed; empty for a stream
	Pending store.CartonID  // waits for its waybill, which this scan brings
}

// Confirmed is what a scan came to.
type Confirmed struct {
	Did     Did
	Carton  store.Carton
	Carrier store.CarrierID
	Slip    store.Slip
	Needs   store.Code // WaybillNeeded: the next scan is to bring it
	Count   Count
}

// Count is how far a stream, or a slip, has come.
type Count struct {
	Done    int
	Total   int
	Missing []store.Carton // sealed and not confirmed
	Open    []store.Carton // still being packed; of a slip only
	Behind  store.Qty      // pieces of a slip that are in no carton
}

// Confirm answers a scan at the dock: a carton or its waybill leaves the
// warehouse with its goods. A slip's label turns to that slip, n of m. It refuses
// with the code that says what is wrong, and then nothing has left.
func Confirm(ctx context.Context, s *store.Store, in ConfirmScan) (out Confirmed, err error) {
	err = s.Write(ctx, in.By, func(tx *store.Tx) error {
		if err := tx.May(store.Packer); err != nil {
			return err
		}
		e, err := in.answer(tx, &out)
		if err != nil {
			return err
		}
		if err := tx.Record(e); err != nil {
			return err
		}
		if out.Count, err = count(&tx.Reader, out.Carrier, in.slip(out)); err != nil {
			return err
		}
		if out.Carton.Slip != "" {
			out.Slip, err = tx.Slip(out.Carton.Slip)
		}
		return err
	})
	return out, err
}

func (in ConfirmScan) slip(out Confirmed) store.SlipID {
	if out.Did == OpenedSlip {
		return out.Slip.ID
	}
	return in.Slip
}

func (in ConfirmScan) answer(tx *store.Tx, out *Confirmed) (store.Event, error) {
	out.Carrier = in.Carrier
	if in.Pending != "" {
		return in.waybill(tx, out)
	}
	f, err := tx.Find(in.By.Mark, store.CartonKind, store.WaybillKind, store.SlipKind)
	if err != nil {
		return nil, err
	}
	if f.Kind == store.SlipKind {
		slip, err := tx.Slip(f.Slip)
		if err != nil {
			return nil, err
		}
		if slip.State() == store.SlipShipped {
			return nil, &store.Refusal{Code: store.CartonGone, Got: string(f.Slip)}
		}
		if slip.Sums.Packed == 0 {
			return nil, &store.Refusal{Code: store.NotPicked, Want: string(f.Slip),
				Got: string(slip.State())}
		}
		out.Did, out.Slip = OpenedSlip, slip
		return store.ConfirmOpened{Slip: f.Slip}, nil
	}
	if f.Carton == "" { // a waybill whose goods are in no carton yet
		return nil, &store.Refusal{Code: store.CartonOpen, Want: string(f.Slip), Got: f.Code}
	}
	if out.Carton, err = tx.Carton(f.Carton); err != nil {
		return nil, err
	}
	if err := in.mayLeave(out.Carton); err != nil {
		return nil, err
	}
	out.Carrier = out.Carton.Carrier
	if out.Carton.Waybill == "" && out.Carton.Mode.NeedsWaybill() {
		out.Did, out.Needs = NotedScan, store.WaybillNeeded
		return store.ScanNoted{About: string(out.Carton.Slip), Text: f.Code,
			Needs: store.WaybillNeeded}, nil
	}
	return leave(tx, out, nil)
}

// mayLeave refuses a carton that cannot leave now.
func (in ConfirmScan) mayLeave(c store.Carton) error {
	switch {
	case c.Step == store.CartonShipped:
		return &store.Refusal{Code: store.CartonGone, Got: string(c.ID)}
	case in.Slip != "" && c.Slip != in.Slip:
		return &store.Refusal{Code: store.CartonForeign, Want: string(in.Slip), Got: string(c.Slip)}
	case c.Step == store.CartonOpened:
		return &store.Refusal{Code: store.CartonOpen, Want: string(c.Slip), Got: string(c.ID)}
	case in.Slip == "" && in.Carrier != "" && c.Carrier != in.Carrier:
		return &store.Refusal{Code: store.WrongCarrier, Want: string(in.Carrier),
			Got: string(c.Carrier)}
	}
	return nil
}

// waybill takes the number for the pending carton, and lets it leave. It refuses
// with WaybillNeeded for one of our own codes, BadWaybill or WaybillTwice.
func (in ConfirmScan) waybill(tx *store.Tx, out *Confirmed) (store.Event, error) {
	var err error
	if out.Carton, err = tx.Carton(in.Pending); err != nil {
		return nil, err
	}
	if err := in.mayLeave(out.Carton); err != nil {
		return nil, err
	}
	out.Carrier = out.Carton.Carrier
	mark := in.By.Mark
	all, err := tx.Meanings(mark)
	if err != nil {
		return nil, err
	}
	given := slices.IndexFunc(all, func(f store.Found) bool { return f.Kind == store.WaybillKind })
	switch {
	case given >= 0:
		return nil, &store.Refusal{Code: store.WaybillTwice, Want: string(all[given].Slip),
			Got: all[given].Code}
	case len(all) > 0:
		return nil, &store.Refusal{Code: store.WaybillNeeded, Want: string(in.Pending),
			Got: all[0].Code, Is: all[0].Kind}
	}
	if mark.Flaw != "" || !store.WaybillNo(mark.Text).Plausible() {
		return nil, &store.Refusal{Code: store.BadWaybill, Want: string(in.Pending), Got: mark.Text}
	}
	return leave(tx, out, &store.Waybill{No: store.WaybillNo(mark.Text), Slip: out.Carton.Slip,
		Carrier: out.Carton.Carrier, Carton: out.Carton.ID, State: store.WaybillAssigned})
}

// leave is the confirmation of a carton: its goods go to the customer.
func leave(tx *store.Tx, out *Confirmed, w *store.Waybill) (store.Event, error) {
	goods, err := tx.PackedIn(out.Carton)
	if err != nil {
		return nil, err
	}
	out.Did = ConfirmedIt
	c := &out.Carton
	e := store.CartonConfirmed{Slip: c.Slip, Goods: goods, Carrier: c.Carrier, Waybill: w,
		CartonStep: store.CartonStep{Carton: c.ID, Step: store.CartonShipped, Round: c.Round,
			Operator: tx.By().Operator, At: tx.Now().UnixMilli()}}
	c.Step = store.CartonShipped
	if w != nil {
		c.Waybill = w.No
	}
	return e, nil
}

// Progress reads how far a carrier's stream of the day, or a slip, has come.
func Progress(ctx context.Context, s *store.Store, carrier store.CarrierID, slip store.SlipID) (
	Count, error) {
	return store.Get(ctx, s, func(r *store.Reader) (Count, error) {
		return count(r, carrier, slip)
	})
}

func count(r *store.Reader, carrier store.CarrierID, id store.SlipID) (n Count, err error) {
	if id != "" {
		slip, err := r.Slip(id)
		if err != nil {
			return n, err
		}
		cartons, err := r.CartonsOf(id)
		n.Behind = slip.Sums.Unpacked
		for _, c := range cartons {
			switch {
			case c.Step == store.CartonShipped:
				n.Done++
			case c.Filling():
				n.Open = append(n.Open, c)
			case c.Step == store.CartonSealedNow:
				n.Missing = append(n.Missing, c)
			}
		}
		n.Total = n.Done + len(n.Open) + len(n.Missing)
		return n, err
	}
	all, err := r.CartonsToConfirm()
	if err != nil {
		return n, err
	}
	for _, c := range all {
		if carrier == "" || c.Carrier == carrier {
			n.Missing = append(n.Missing, c)
		}
	}
	today := r.Today().Time(r.Now().Location()).UnixMilli()
	gone, err := r.CartonsConfirmed(carrier, today)
	n.Done, n.Total = int(gone), int(gone)+len(n.Missing)
	return n, err
}
