package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/printing"
	"scanbay/store/returns"
)

func lastWord(t *testing.T, open Opener) {
	hub := OpenAs(t, open, Central, true)
	s1, s2 := OpenAs(t, open, "s1", false), OpenAs(t, open, "s2", false)
	set := func(v string) store.Event {
		return store.SettingSet{Name: store.OverPickPolicy, Value: v}
	}
	s2.Record(set("block"))
	meet(hub, s2)
	meet(hub, s1)
	s1.Record(set("ask"))
	meet(hub, s1)
	got := Read(hub, func(r *store.Reader) (string, error) {
		return r.Setting(store.OverPickPolicy)
	})
	if got != "ask" {
		t.Errorf("s1 had seen the other's word, and its own is not the last: %s", got)
	}
}

func fork(t *testing.T, open Opener) {
	hub := OpenAs(t, open, Central, true)
	s, clone := OpenAs(t, open, "s1", false), OpenAs(t, open, "s1", false)
	s.Record(Has("A-01-01", "TEA-500", 1))
	clone.Record(Has("A-01-01", "TEA-500", 2))
	s.Must(hub.told(s.log()))
	if err := hub.told(clone.log()); !errors.Is(err, store.ErrFork) {
		t.Errorf("a clone's log was taken: %v", err)
	}
	other := s.log()
	other[0].Hash = slices.Clone(other[0].Hash)
	other[0].Hash[0]++
	if err := hub.told(other); !errors.Is(err, store.ErrAltered) {
		t.Errorf("an altered hash was taken: %v", err)
	}
}

// parked: a fact of a kind that this program does not know is kept, and does not
// stop those behind it.
func parked(t *testing.T, open Opener) {
	hub, s := OpenAs(t, open, Central, true), OpenAs(t, open, "s1", false)
	s.Record(Has("A-01-01", "TEA-500", 1), Has("A-01-01", "TEA-500", 1))
	facts := s.log()
	tomorrow := store.Retell(facts, 0, "drone_landed")
	s.Must(hub.told(tomorrow))
	hub.Stock("bin/A-01-01", "TEA-500", 1)
	rev := Read(hub, (*store.Reader).Revision)
	if rev != 2 {
		t.Errorf("%d facts kept, not 2", rev)
	}
}

func contradiction(t *testing.T, open Opener) {
	s := Open(t, open, "s1")
	paid := store.PaymentReceived{Payment: store.Payment{Order: "1", ID: "A1", Amount: 100}}
	s.Record(paid, paid) // the same again is nothing new
	paid.Amount++
	err := s.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.Record(paid)
	})
	if !errors.Is(err, store.ErrContradiction) {
		t.Errorf("another payment of the same number: %v", err)
	}
}

// Histories are enough for every kind of fact to be in one.
const Histories = 10

// anyOrder folds the facts of a warehouse in many orders in which no fact
// precedes one that its author had seen. Every order must end in the same rows.
func anyOrder(histories uint64) func(*testing.T, Opener) {
	return func(t *testing.T, open Opener) {
		seen, twice := map[string]bool{}, 0
		for seed := range histories {
			t.Run(fmt.Sprint(seed), func(t *testing.T) { twice += anyOrderOf(t, open, seed, seen) })
		}
		if histories < Histories {
			return
		}
		for _, kind := range store.EventKinds() {
			if !seen[kind] && !slices.Contains(notOnTheFloor, kind) {
				t.Errorf("no history has a fact of kind %s", kind)
			}
		}
		if twice == 0 {
			t.Error("in no history two stations picked the same")
		}
	}
}

// anyOrderOf folds one history, notes its kinds of facts, and says how often stations
// picked the same.
func anyOrderOf(t *testing.T, open Opener, seed uint64, seen map[string]bool) (twice int) {
	r := rand.New(rand.NewPCG(seed, 1))
	hub := history(t, open, r)
	day := numbered(hub)
	for _, f := range day {
		env, err := f.Envelope()
		hub.Must(err)
		seen[env.Kind] = true
	}
	want := Read(hub, (*store.Reader).Digest)
	for range 3 {
		s := OpenAs(t, open, "reader", false)
		s.Must(s.told(shuffle(hub, r, day)))
		if Read(s, (*store.Reader).Digest) != want {
			t.Errorf("seed %d: %d facts end another way in another order", seed, len(day))
		}
		fresh := OpenAs(t, open, "reader", false)
		_, bad, err := store.Verify(background, s.Store, fresh.Store)
		s.Must(err)
		for _, v := range bad {
			if v.Rule != "negative" && v.Rule != "serial" && v.Rule != "reserved" {
				t.Errorf("seed %d: %s", seed, v) // those a central would resolve
			}
		}
	}
	return hub.pickedTwice()
}

// pickedTwice counts the lines of which more was picked than they ask for.
func (s *Site) pickedTwice() (n int) {
	for i := range 9 {
		for _, id := range Read(s, func(r *store.Reader) ([]store.SlipID, error) {
			return r.SlipsOf(store.OrderID(fmt.Sprint(i)))
		}) {
			for _, l := range s.Slip(id).Lines {
				if l.Picked > l.N+l.Stopped {
					n++
				}
			}
		}
	}
	return n
}

// notOnTheFloor are kinds that no random day brings: they are set up by hand, and
// their changes are those of others.
var notOnTheFloor = []string{"file_taken", "reason_set", "signed_in"}

// shuffle deals facts, given in the order of their revisions, in another order.
func shuffle(s *Site, r *rand.Rand, day []store.Fact) (out []store.Fact) {
	envs := map[int64]store.Envelope{}
	queues := map[store.StationID][]store.Fact{}
	var authors []store.StationID
	for _, f := range day {
		env, err := f.Envelope()
		s.Must(err)
		envs[f.Rev] = env
		if queues[env.Author] == nil {
			authors = append(authors, env.Author)
		}
		queues[env.Author] = append(queues[env.Author], f)
	}
	dealt := map[int64]bool{}
	through := int64(0) // every revision up to here is dealt
	for len(out) < len(day) {
		who := authors[r.IntN(len(authors))]
		if len(queues[who]) == 0 {
			continue
		}
		f := queues[who][0]
		if envs[f.Rev].BasedOn > through {
			continue
		}
		out, queues[who], dealt[f.Rev] = append(out, f), queues[who][1:], true
		for dealt[through+1] {
			through++
		}
	}
	return out
}

// history is what central holds after two stations worked, apart, on what it had
// planned, and met it now and then.
func history(t *testing.T, open Opener, r *rand.Rand) *Site {
	hub := OpenAs(t, open, Central, true)
	ofStock(hub, r)
	hub.Record(store.StationEnrolled{Station: store.Station{ID: "s1", Key: []byte{1}}},
		store.StationRevoked{Station: store.Station{ID: "s0", Key: []byte{0}}})
	desk := office{hub, hub, r}
	// Two stations that see of each other what they ask the hub for, while they can.
	stations := []*Worker{
		{Site: OpenAs(t, open, "s1", false), Rand: r, Operator: "101"},
		{Site: OpenAs(t, open, "s2", false), Rand: r, Operator: "102"},
	}
	for _, w := range stations {
		enrol(hub, w.Site, func() bool { return r.IntN(4) > 0 })
	}
	for range 400 + r.IntN(200) {
		w := stations[r.IntN(2)]
		if r.IntN(40) == 0 {
			meet(hub, w.Site)
		}
		if r.IntN(5) == 0 {
			desk.step()
		}
		if r.IntN(6) == 0 {
			desk.returnStep()
		}
		if r.IntN(6) == 0 {
			desk.countStep()
		}
		if r.IntN(40) == 0 {
			office{hub, w.Site, r}.step()
		}
		if r.IntN(50) == 0 {
			hub.Record(Has("A-01-02", "TEA-500", store.Qty(r.IntN(50))))
			for _, id := range Read(hub, func(r *store.Reader) ([]store.OrderID, error) {
				return r.OrdersIn(store.Held)
			}) {
				_ = order.Approve(background, hub.Store, store.Gesture{Operator: "900"}, id, "part")
			}
			hub.Plan()
		}
		w.Step()
	}
	hub.Record(aside()...)
	desk.findOwners()
	desk.allBack("0", "1", "2", "3", "4", "5", "6", "7", "8")
	hub.Counted("Z-01", true)
	for range 2 {
		for _, w := range stations {
			meet(hub, w.Site)
		}
	}
	for _, w := range stations {
		if Read(w.Site, (*store.Reader).Digest) != Read(hub, (*store.Reader).Digest) {
			t.Errorf("%s and the hub have met, and differ", w.name)
		}
	}
	return hub
}

// ofStock sets up a warehouse with orders that want most of what it has.
func ofStock(hub *Site, r *rand.Rand) {
	hub.Record(Warehouse()...)
	hub.Record(append(ReturnPlaces(), store.SettingSet{Name: store.ZeroCheckAt, Value: "99"},
		store.SettingSet{Name: store.CountBusyBy, Value: "allow"},
		store.SettingSet{Name: store.PutWall, Value: "on"},
		store.CartonTypeSet{CartonType: store.CartonType{Code: "B1", Tare: 100, Active: true}})...)
	hub.Record(Has("A-01-01", "TEA-500", 20), Has("A-01-02", "TEA-500", 20),
		Has("B-07-01", "CUP-02", 30), Has("A-01-03", "MILK", 9, "L1", "", "2027-01-01"),
		Has("A-01-03", "MILK", 9, "L2", "", "2027-02-01"), Has("A-01-02", "PHONE", 1, "", "I-1"))
	for i := range 9 {
		hub.Record(Ordered(store.OrderID(fmt.Sprint(i)), "TEA-500", 1+r.IntN(6), "CUP-02",
			1+r.IntN(3), "MILK", 1))
	}
	hub.Record(Ordered("phone", "PHONE", 1), Ordered("single", "CUP-02", 1))
	hub.Plan()
}

// aside is what chance seldom brings.
func aside() []store.Event {
	return []store.Event{store.ReturnReceived{RMA: "TH-aside", N: 1, To: returns.Kept,
		Batch: store.Batch{Item: "CUP-02"}, Of: []store.ShareBack{{N: 1}},
		Aside: store.NotOrdered, At: 1},
		store.ExchangeOrdered{RMA: "TH-aside", Source: "aside", N: 1,
			Order: store.Order{ID: "TH-aside-1"}},
		store.HandoverOpened{Handover: store.Handover{ID: "JJ-aside"}},
		store.HandoverClosed{Handover: "JJ-aside", At: 1},
		store.ShipmentMoved{Tracking: store.Tracking{Waybill: "SF-aside", State: store.ShipLost,
			At: 1}, Disc: &store.Discrepancy{ID: "lost-aside", Of: store.LostOnWay, At: 1}},
		store.RefundWithdrawn{Refund: "TK-aside", RMA: "TH-aside", At: 1},
		store.ReturnAnswered{RMA: "TH-aside", Answer: "aside", At: 1},
		store.StopEased{Slip: "CK-aside"}}
}

// A Worker is a random operator of a station: mostly right, sometimes wrong.
type Worker struct {
	*Site
	*rand.Rand
	Operator store.OperatorID
	Zone     string // that they pick in; empty for all
}

// Step does one thing that a person might do next.
func (w *Worker) Step() {
	w.Helper()
	switch n := w.IntN(29); {
	case n >= 26:
		w.countStep()
	case n >= 20:
		w.returnStep()
	case n < 11:
		w.pickStep()
	case n < 15:
		w.packStep()
	case n == 15:
		if !w.wallStep() {
			w.putBackStep()
		}
	case n < 19 && w.IntN(6) == 0:
		w.repackStep()
	case n < 19 && w.IntN(6) == 0:
		w.weighStep()
	case n < 19:
		w.confirmStep()
	case w.IntN(3) == 0:
		_, err := outbound.Claim(background, w.Store, store.Gesture{Operator: w.Operator},
			w.IntN(4))
		w.Code(err)
	default:
		by := store.Gesture{Operator: "900"}
		for _, l := range Read(w.Site, func(r *store.Reader) ([]store.Lease, error) {
			return r.HeldBy(w.Operator)
		}) {
			if w.IntN(2) == 0 {
				w.Code(outbound.Free(background, w.Store, by, l.Slip))
			}
		}
	}
}

func (w *Worker) pickStep() {
	w.passOn()
	jobs := Read(w.Site, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPickIn(w.Zone, w.Operator, 50)
	})
	if len(jobs) == 0 {
		return
	}
	id := jobs[w.IntN(min(3, len(jobs)))].Slip
	by := store.Gesture{Operator: w.Operator}
	slip := w.Slip(id)
	if l := slip.Lease; bool(l.Held) && l.Operator != w.Operator && w.IntN(8) == 0 {
		by.Second = []store.OperatorID{"", "103", "900"}[w.IntN(3)]
		_, err := outbound.TakeOver(background, w.Store, by, id, l.Operator)
		w.Code(err)
		return
	}
	if !bool(slip.Lease.Held) || slip.Lease.Operator != w.Operator {
		_, err := outbound.Take(background, w.Store, by, id)
		w.Code(err)
		return
	}
	at, err := outbound.LookIn(background, w.Store, id, w.Zone)
	w.Must(err)
	task, open := at.Next()
	seen := outbound.See(at)
	seen.Zone = w.Zone
	switch n := w.IntN(20); {
	case n == 0 && open && slip.At == task.From:
		_, err := outbound.Surplus(background, w.Store, by, id, seen, 2)
		w.Code(err)
	case n == 0:
		_, err := outbound.Skip(background, w.Store, by, id, seen)
		w.Code(err)
	case n == 1:
		_, err := outbound.Short(background, w.Store, by, id, seen,
			[]string{"not_found", "damaged"}[w.IntN(2)])
		w.Code(err)
	case n == 2:
		_, err := outbound.Unpick(background, w.Store, by, id, w.Zone)
		w.Code(err)
	case n == 3: // the slip in hand is scanned once more
		_, err := outbound.Take(background, w.Store, w.By(w.Operator, "slip:"+string(id)), "")
		w.Code(err)
	case n == 4:
		w.picks(id, 0, []string{Cup, Tea, "bin:A-01-01", "nobody"}[w.IntN(4)])
	case len(slip.Totes) == 0:
		w.picks(id, 0, fmt.Sprintf("tote:T-%s-%d", w.name, w.IntN(9)))
	case open && slip.At != task.From:
		w.picks(id, 0, "bin:"+task.From.Code())
	case open:
		code := string(task.Item)
		if w.IntN(6) > 0 {
			code += "|" + string(task.Lot)
		}
		if task.Item == "PHONE" {
			code = "PHONE||I-1"
		}
		out, _ := w.picks(id, store.Qty(1+w.IntN(2)), code)
		if out.Zero != nil {
			w.Must(outbound.CheckZero(background, w.Store, by, id, *out.Zero, w.IntN(3) > 0))
		}
	}
}

// passOn leaves what the worker's zone is done with.
func (w *Worker) passOn() {
	w.Helper()
	if w.Zone == "" {
		return
	}
	for _, l := range Read(w.Site, func(r *store.Reader) ([]store.Lease, error) {
		return r.HeldBy(w.Operator)
	}) {
		s, err := outbound.LookIn(background, w.Store, l.Slip, w.Zone)
		w.Must(err)
		if task, open := s.Next(); open && task.Zone != w.Zone {
			w.Must(outbound.Leave(background, w.Store, w.By(w.Operator, ""), l.Slip))
		}
	}
}

// picks is Pick for who may pick in one zone: now and then in a tote of their own.
func (w *Worker) picks(id store.SlipID, n store.Qty, code string) (outbound.Picked, store.Code) {
	w.Helper()
	s, err := outbound.LookIn(background, w.Store, id, w.Zone)
	w.Must(err)
	in := outbound.PickScan{By: w.By(w.Operator, code), Slip: id, Seen: outbound.See(s)}
	in.By.N, in.Seen.Zone = n, w.Zone
	if w.Zone != "" && len(s.Totes) > 0 && w.IntN(8) == 0 {
		in.By = w.By(w.Operator, fmt.Sprintf("tote:T-%s-%d", w.name, w.IntN(9)))
		in.Asked = store.ToteFirst
	}
	out, err := outbound.Pick(background, w.Store, in)
	return out, w.Code(err)
}

func (w *Worker) packStep() {
	jobs := Read(w.Site, func(r *store.Reader) ([]store.Job, error) { return r.ToPack(50) })
	if len(jobs) == 0 {
		return
	}
	slip := w.Slip(jobs[0].Slip)
	by := store.Gesture{Operator: w.Operator}
	in := outbound.PackScan{Slip: slip.ID, Seen: slip.Stopped}
	switch w.IntN(12) {
	case 0:
		in.Slip, in.By = "", w.By(w.Operator, "slip:"+string(slip.ID))
	case 3:
		if w.IntN(2) == 0 {
			_, err := outbound.Missed(background, w.Store, store.Gesture{Operator: w.Operator},
				slip.ID, "damaged")
			w.Code(err)
		}
		return
	case 1:
		_, err := outbound.Seal(background, w.Store, by, slip.ID, "")
		w.Code(err)
		return
	case 2:
		_, err := outbound.Unpack(background, w.Store, by, slip.ID)
		w.Code(err)
		return
	default:
		code := "slip:" + string(slip.ID)
		for _, l := range slip.Lines {
			if l.Picked > l.Packed {
				code = string(l.Item)
			}
		}
		in.By = w.By(w.Operator, code)
		if code == "PHONE" {
			in.By.Mark.Serial = "I-1"
		}
	}
	_, err := outbound.Pack(background, w.Store, in)
	w.Code(err)
}

// putBackStep puts something back that was stopped, mostly where it came from.
func (w *Worker) putBackStep() {
	all, err := outbound.PutBacks(background, w.Store)
	w.Must(err)
	if len(all) == 0 {
		return
	}
	d := all[w.IntN(len(all))]
	in := outbound.PutBackScan{From: d.From, At: "bin/A-01-01"}
	if len(d.Home) > 0 {
		in.At = d.Home[0]
	}
	switch w.IntN(8) {
	case 0:
		in.By, in.At = w.By(w.Operator, "slip:"+string(d.Slip)), ""
	case 1:
		of, err := outbound.BatchesDue(background, w.Store, d)
		w.Must(err)
		if len(of) == 0 {
			return
		}
		_, err = outbound.PutBackMissed(background, w.Store, store.Gesture{
			Operator: w.Operator}, d, of[w.IntN(len(of))].Batch, "not_found")
		w.Code(err)
		return
	case 2:
		_, err = outbound.TakeUp(background, w.Store, store.Gesture{Operator: w.Operator}, d.Slip)
		w.Code(err)
		return
	default:
		in.By = w.By(w.Operator, string(d.Item.SKU))
		in.By.N, in.By.Yes = store.Qty(1+w.IntN(2)), true
	}
	_, err = outbound.PutBack(background, w.Store, in)
	w.Code(err)
}

// wallStep sorts a piece out of a tote of several slips, or takes that back, now and then where
// there is one. It says whether it did.
func (w *Worker) wallStep() bool {
	totes, err := outbound.ToSort(background, w.Store)
	w.Must(err)
	if len(totes) == 0 || w.IntN(2) == 0 {
		return false
	}
	from := totes[w.IntN(len(totes))].Tote
	held := Read(w.Site, func(r *store.Reader) ([]store.Balance, error) { return r.Contents(from) })
	b := held[w.IntN(len(held))].Batch
	in := outbound.WallScan{From: from, By: w.By(w.Operator,
		string(b.Item)+"|"+string(b.Lot)+"|"+string(b.Serial))}
	in.By.N = store.Qty(1 + w.IntN(2))
	out, err := outbound.Sort(background, w.Store, in)
	if w.Code(err) != "" {
		return true
	}
	to := "W-" + string(out.Slip)
	if w.IntN(8) == 0 {
		to = "W-1"
	}
	in = outbound.WallScan{From: from, For: out.Slip, Held: in.By.Mark, N: out.N,
		By: w.By(w.Operator, "tote:"+to)}
	in.By.Yes = w.IntN(2) == 0
	if _, err = outbound.Sort(background, w.Store, in); w.Code(err) == "" && w.IntN(4) == 0 {
		_, err = outbound.Unsort(background, w.Store, store.Gesture{Operator: w.Operator}, out.Slip)
		w.Code(err)
	}
	return true
}

// repackStep takes goods out of a closed carton, and closes what is open then.
func (w *Worker) repackStep() {
	boxes := Read(w.Site, (*store.Reader).CartonsToConfirm)
	if len(boxes) == 0 {
		return
	}
	c := boxes[w.IntN(len(boxes))]
	in := outbound.RepackScan{By: w.By(w.Operator, "carton:"+string(c.ID)), Slip: c.Slip}
	in.By.Yes = true
	out, err := outbound.Repack(background, w.Store, in)
	if w.Code(err) != "" || len(out.Holds) == 0 {
		return
	}
	in.From, in.Beside = c.ID, w.IntN(2) == 0
	if b := out.Holds[0].Batch; w.IntN(2) == 0 {
		in.By = w.By(w.Operator, string(b.Item)+"|"+string(b.Lot)+"|"+string(b.Serial))
		_, err = outbound.Repack(background, w.Store, in)
	} else {
		in.By = store.Gesture{Operator: w.Operator}
		_, err = outbound.RepackAll(background, w.Store, in)
	}
	w.Code(err)
	by := store.Gesture{Operator: w.Operator}
	if w.IntN(4) == 0 {
		_, err = outbound.UndoRepack(background, w.Store, by, c.Slip)
		w.Code(err)
	}
	for _, c := range w.look(c.Slip).Cartons {
		if c.Filling() {
			_, err = outbound.Seal(background, w.Store, by, c.Slip, c.ID)
			w.Code(err)
		}
	}
}

// weighStep weighs a closed carton, and hardly ever finds it right. Its label is printed again.
func (w *Worker) weighStep() {
	boxes := Read(w.Site, (*store.Reader).CartonsToConfirm)
	if len(boxes) == 0 {
		return
	}
	id, by := boxes[w.IntN(len(boxes))].ID, store.Gesture{Operator: w.Operator}
	_, err := outbound.Weigh(background, w.Store, by, id, int64(150+50*w.IntN(4)))
	w.Code(err)
	w.Code(printing.Set(background, w.Store, store.Gesture{}, store.Printer{Address: "lp:any"}))
	_, err = printing.Ask(background, w.Store, by, store.PrintJob{Paper: store.CartonPaper,
		Ref: string(id), Copies: 1})
	w.Code(err)
}

func (w *Worker) confirmStep() {
	boxes := Read(w.Site, (*store.Reader).CartonsToConfirm)
	if len(boxes) == 0 {
		return
	}
	c := boxes[w.IntN(len(boxes))]
	in := w.dockStep(c)
	code := "carton:" + string(c.ID)
	switch {
	case w.IntN(4) == 0:
		code = "slip:" + string(c.Slip)
	case c.Waybill == "":
		in.Pending, code = c.ID, fmt.Sprintf("SF%013d", w.IntN(1e9))
	}
	in.By = w.By(w.Operator, code)
	_, err := outbound.Confirm(background, w.Store, in)
	w.Code(err)
	if w.IntN(6) == 0 {
		w.Record(store.SignedOut{Operator: w.Operator})
	}
}
