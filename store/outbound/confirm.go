package outbound

import (
	"context"
	"slices"

	"scanbay/store"
)

// ConfirmScan is one scan of an operator who hands parcels over.
type ConfirmScan struct {
	By      store.Gesture
	Carrier store.CarrierID  // of the stream; empty before its first parcel
	Slip    store.SlipID     // when one slip is confirmed; empty for a stream
	Pending store.CartonID   // waits for its waybill, which this scan brings
	On      store.HandoverID // that is being loaded; empty for none
}

// Confirmed is what a scan came to.
type Confirmed struct {
	Did     Did
	Carton  store.Carton
	Carrier store.CarrierID
	Slip    store.Slip
	Dock    store.Place
	Needs   store.Code // WaybillNeeded: the next scan is to bring it
	Spares  bool       // or it leaves without, once somebody says so
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
// warehouse with its goods, on the truck that is being loaded if there is one. A slip's
// label turns to that slip, n of m; a dock's says where. It refuses with the code that says
// what is wrong, and then nothing has left.
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
		in.Carrier, in.Slip = out.Carrier, in.slip(out)
		if out.Count, err = in.count(&tx.Reader); err != nil {
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
	if err := in.loads(tx); err != nil {
		return nil, err
	}
	if in.Pending != "" {
		return in.waybill(tx, out)
	}
	f, err := tx.Find(in.By.Mark, store.CartonKind, store.WaybillKind, store.SlipKind,
		store.StageKind)
	if err != nil {
		return nil, err
	}
	switch f.Kind {
	case store.SlipKind:
		return in.open(tx, f.Slip, out)
	case store.StageKind:
		out.Did, out.Dock = ReachedDock, dockOf(f.Place)
		return store.ScanNoted{About: string(out.Dock), Text: f.Code}, nil
	}
	if f.Carton == "" { // a waybill whose goods are in no carton yet
		return nil, &store.Refusal{Code: store.CartonOpen, Want: string(f.Slip), Got: f.Code}
	}
	if out.Carton, err = tx.Carton(f.Carton); err != nil {
		return nil, err
	}
	if err := in.mayLeave(tx, out.Carton); err != nil {
		return nil, err
	}
	in.leads(out)
	if out.Carton.Waybill == "" && out.Carton.Mode.NeedsWaybill() {
		out.Did, out.Needs = NotedScan, store.WaybillNeeded
		if out.Spares, err = spares(tx); err != nil {
			return nil, err
		}
		return store.ScanNoted{About: string(out.Carton.Slip), Text: f.Code,
			Needs: store.WaybillNeeded}, nil
	}
	return in.leave(tx, out, nil)
}

// open turns to a slip.
func (in ConfirmScan) open(tx *store.Tx, id store.SlipID, out *Confirmed) (store.Event, error) {
	slip, err := tx.Slip(id)
	if err != nil {
		return nil, err
	}
	switch {
	case slip.State() == store.SlipShipped:
		return nil, &store.Refusal{Code: store.CartonGone, Got: string(id), Is: store.SlipKind}
	case slip.Sums.Packed == 0:
		return nil, &store.Refusal{Code: store.NotPicked, Want: string(id),
			Got: string(slip.State())}
	case in.On != "" && in.Carrier != "" && slip.Carrier != in.Carrier:
		return nil, &store.Refusal{Code: store.WrongCarrier, Want: string(in.Carrier),
			Got: string(slip.Carrier)}
	}
	out.Did, out.Slip = OpenedSlip, slip
	return store.ConfirmOpened{Slip: id}, nil
}

// mayLeave refuses a carton that cannot leave now.
func (in ConfirmScan) mayLeave(tx *store.Tx, c store.Carton) error {
	if c.Step == store.CartonShipped && in.On != "" {
		on, err := tx.LoadedOn(in.On)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(on, func(d store.Departure) bool { return d.Carton == c.ID }) {
			return &store.Refusal{Code: store.OnTruck, Want: string(in.On), Got: string(c.ID)}
		}
	}
	switch {
	case c.Step == store.CartonShipped:
		return &store.Refusal{Code: store.CartonGone, Got: string(c.ID)}
	case in.Slip != "" && c.Slip != in.Slip:
		return &store.Refusal{Code: store.CartonForeign, Want: string(in.Slip), Got: string(c.Slip)}
	case c.Step == store.CartonOpened:
		return &store.Refusal{Code: store.CartonOpen, Want: string(c.Slip), Got: string(c.ID)}
	case (in.Slip == "" || in.On != "") && in.Carrier != "" && c.Carrier != in.Carrier:
		return &store.Refusal{Code: store.WrongCarrier, Want: string(in.Carrier),
			Got: string(c.Carrier)}
	case c.Holds == 0:
		return &store.Refusal{Code: store.CartonEmpty, Want: string(c.Slip), Got: string(c.ID)}
	}
	if err := mustStay(&tx.Reader, c); err != nil {
		return err
	}
	if err := allFresh(tx, c); err != nil {
		return err
	}
	return rightWeight(tx, c)
}

// spares says whether the site lets parcels leave without a number.
func spares(tx *store.Tx) (bool, error) {
	policy, err := tx.Setting(store.MissWaybill)
	return policy == "ask", err
}

// waybill takes the number for the pending carton, and lets it leave; without one on a yes to
// no scan, where the site spares it. It refuses with WaybillNeeded for one of our own codes,
// BadWaybill, WaybillTwice, and as fits does.
func (in ConfirmScan) waybill(tx *store.Tx, out *Confirmed) (store.Event, error) {
	var err error
	if out.Carton, err = tx.Carton(in.Pending); err != nil {
		return nil, err
	}
	if err := in.mayLeave(tx, out.Carton); err != nil {
		return nil, err
	}
	in.leads(out)
	mark := in.By.Mark
	if in.By.Yes && mark.Text == "" {
		spared, err := spares(tx)
		if err != nil {
			return nil, err
		}
		if spared {
			return in.leave(tx, out, nil)
		}
	}
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
	no := store.WaybillNo(mark.Text).Kept()
	if mark.Flaw != "" || !no.Plausible() {
		return nil, &store.Refusal{Code: store.BadWaybill, Want: string(in.Pending), Got: mark.Text}
	}
	if err := in.fits(tx, no, out.Carton); err != nil {
		return nil, err
	}
	return in.leave(tx, out, &store.Waybill{No: no, Slip: out.Carton.Slip,
		Carrier: out.Carton.Carrier, Carton: out.Carton.ID, State: store.WaybillAssigned})
}

// fits refuses a number with WaybillTwice where it was bought for another order, or other
// parcels of it are another slip's; and, where the carrier of the carton prints no such number
// and the site minds, with OtherWaybill, or with AskWaybill until somebody said yes.
func (in ConfirmScan) fits(tx *store.Tx, no store.WaybillNo, c store.Carton) error {
	of, _, _ := no.Package()
	known, err := tx.WaybillsByNo(of)
	if err != nil {
		return err
	}
	for _, w := range known {
		if w.Slip != c.Slip {
			return &store.Refusal{Code: store.WaybillTwice, Want: string(w.Slip), Got: string(no)}
		}
	}
	orders, err := tx.OrdersOn(c.Slip)
	if err != nil {
		return err
	}
	bought, err := tx.OrdersWith(of)
	if err != nil {
		return err
	}
	for _, id := range bought {
		if !slices.Contains(orders, id) {
			return &store.Refusal{Code: store.WaybillTwice, Want: string(id), Got: string(no)}
		}
	}
	if no.Fits(c.Carrier) {
		return nil
	}
	policy, err := tx.Setting(store.WaybillCheck)
	switch {
	case err != nil:
		return err
	case policy == "refuse":
		return &store.Refusal{Code: store.OtherWaybill, Want: string(c.Carrier), Got: string(no)}
	case policy == "warn" && !in.By.Yes:
		return &store.Refusal{Code: store.AskWaybill, Want: string(c.Carrier), Got: string(no)}
	}
	return nil
}

// leads has a carton set the carrier of the stream. A truck may be for several.
func (in ConfirmScan) leads(out *Confirmed) {
	if in.On == "" {
		out.Carrier = out.Carton.Carrier
	}
}

// leave is the confirmation of a carton: its goods go to the customer.
func (in ConfirmScan) leave(tx *store.Tx, out *Confirmed, w *store.Waybill) (store.Event, error) {
	goods, err := tx.PackedIn(out.Carton)
	if err != nil {
		return nil, err
	}
	tell, err := tx.TellsBuyers()
	if err != nil {
		return nil, err
	}
	out.Did = ConfirmedIt
	c := &out.Carton
	e := store.CartonConfirmed{Slip: c.Slip, Goods: goods, Carrier: c.Carrier, Waybill: w,
		On: in.On, Tell: tell,
		CartonStep: store.CartonStep{Carton: c.ID, Step: store.CartonShipped, Round: c.Round,
			Operator: tx.By().Operator, At: tx.Now().UnixMilli()}}
	c.Step = store.CartonShipped
	if w != nil {
		c.Waybill = w.No
	}
	return e, nil
}

// Progress reads how far a truck, a carrier's stream of the day, or a slip, has come.
func Progress(ctx context.Context, s *store.Store, in ConfirmScan) (Count, error) {
	return store.Get(ctx, s, in.count)
}

func (in ConfirmScan) count(r *store.Reader) (n Count, err error) {
	if in.Slip != "" {
		slip, err := r.Slip(in.Slip)
		if err != nil {
			return n, err
		}
		cartons, err := r.CartonsOf(in.Slip)
		n.Behind = slip.Sums.Unpacked
		for _, c := range cartons {
			switch {
			case c.Step == store.CartonShipped:
				n.Done++
			case c.Filling():
				n.Open = append(n.Open, c)
			case c.Step == store.CartonSealedNow && c.Holds > 0:
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
		if in.Carrier == "" || c.Carrier == in.Carrier {
			n.Missing = append(n.Missing, c)
		}
	}
	if in.On != "" {
		h, err := r.Handover(in.On)
		n.Done, n.Total = int(h.Parcels), int(h.Parcels)+len(n.Missing)
		return n, err
	}
	today := r.Today().Time(r.Now().Location()).UnixMilli()
	gone, err := r.CartonsConfirmed(in.Carrier, today)
	n.Done, n.Total = int(gone), int(gone)+len(n.Missing)
	return n, err
}
