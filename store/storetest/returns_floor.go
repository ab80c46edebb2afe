package storetest

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/returns"
)

// gone is a warehouse whose orders have left, with people who take goods back and with
// places for them. An event that is an order is sent whole.
func gone(t *testing.T, open Opener, events ...store.Event) *Site {
	t.Helper()
	s := floor(t, open, events...)
	s.Through("900")
	bin := func(code string, use store.Use) store.PlaceSaved {
		return store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code), Use: use, Zone: "R",
			Walk: 90, Active: true}}
	}
	worker := func(id store.OperatorID, roles string) store.OperatorSaved {
		return store.OperatorSaved{Operator: store.Operator{ID: id, Name: "退货" + string(id),
			Roles: roles, Active: true}}
	}
	s.Record(worker("201", "receiver inspector"), worker("202", "receiver inspector"),
		bin("H-01", store.HoldUse), bin("D-01", store.DefectUse), bin("S-01", store.StorageUse))
	return s
}

// opened is a case that a code opens.
func (s *Site) opened(code string) returns.Opened {
	s.Helper()
	out, err := returns.Open(background, s.Store, s.By("201", code))
	s.Must(err)
	return out
}

// receive scans an item of a case, n times counted, and wants it refused with a code, or
// taken.
func (s *Site) receive(c returns.Case, n store.Qty, code string, want store.Code) returns.Received {
	s.Helper()
	in := returns.ReceiveScan{By: s.By("201", code), Case: c}
	in.By.N = n
	out, err := returns.Receive(background, s.Store, in)
	if got := s.Code(err); got != want {
		s.Errorf("%s: %q, not %q", code, got, want)
	}
	return out
}

// backInSum is how many pieces came back of an order.
func (s *Site) backInSum(id store.OrderID) (sum store.Qty) {
	for _, n := range Read(s, func(r *store.Reader) (map[int64]store.Qty, error) {
		return r.Returned(id)
	}) {
		sum += n
	}
	return sum
}

// Given 20 tea that left, an item that did not is refused, and no scan, no case and no key
// takes more than 20 back: case C36.
func neverMoreThanSent(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 20))
	c := s.opened("P-1").Case
	s.receive(c, 0, Cup, store.NotOnReturn)
	c = s.receive(c, 0, Tea, "").Opened.Case
	for range 19 {
		s.receive(c, 0, Tea, "")
	}
	s.receive(c, 0, Tea, store.OverSent)
	if n := s.backInSum("1"); n != 20 {
		t.Errorf("%d are back", n)
	}
	s.Stock(returns.Stage, "TEA-500", 20)
	s.Levels("TEA-500", 20, 0)

	s = gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 20))
	c = s.receive(s.opened("P-1").Case, 0, Tea, "").Opened.Case
	s.receive(c, 0, TeaCase, "")
	s.receive(c, 0, TeaCase, store.OverSent)
	s.receive(c, 21, Tea, store.OverSent)
	s.Stock(returns.Stage, "TEA-500", 11)
}

// Given five tea that left on two lines, whoever comes twice, or to two desks, brings five
// back and no more, a line at a time.
func twoVisits(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 3, "TEA-500", 2))
	first := s.receive(s.opened("P-1").Case, 4, Tea, "")
	if first.Opened.RMA == "" {
		t.Fatal("nobody announced it, and no return was opened")
	}
	again := s.opened("P-1")
	if again.RMA != first.Opened.RMA {
		t.Errorf("the second visit is %q, and the first was %q", again.RMA, first.Opened.RMA)
	}
	s.receive(again.Case, 2, Tea, store.OverSent)
	s.receive(again.Case, 1, Tea, "")
	s.receive(first.Opened.Case, 1, Tea, store.OverSent)
	goods := Read(s, func(r *store.Reader) ([]store.Goods, error) { return r.GoodsOf(again.RMA) })
	if len(goods) != 2 || goods[0].Received != 3 || goods[1].Received != 2 {
		t.Errorf("by line: %+v", goods)
	}
}

// Given a return of one tea of two that left, a second one is asked about, and taken.
func moreThanAnnounced(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	s.Record(store.ReturnRequested{RMA: store.RMA{ID: "TH1", Asked: true, Placed: 1,
		Wants: store.WantsRefund, Lines: []store.RMALine{{Line: 1, Item: "TEA-500", N: 1,
			Order: "1", OrderLine: 1, Reason: "quality"}}}})
	c := s.opened("return:TH1").Case
	s.receive(c, 0, Tea, "")
	s.receive(c, 0, Tea, store.AskExtra)
	in := returns.ReceiveScan{By: s.By("201", Tea), Case: c}
	in.Extra = true
	_, err := returns.Receive(background, s.Store, in)
	s.Must(err)
	s.Stock(returns.Stage, "TEA-500", 2)
}

// Whatever is in the parcel has a way: aside, kept by its code, or back to who brought it.
func noDeadEnd(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Has("B-07-01", "CUP-02", 9),
		Has("A-01-03", "MILK", 4, "L1", "", "2027-01-01"),
		Ordered("1", "TEA-500", 1, "MILK", 1), Ordered("2", "CUP-02", 1))
	c := s.receive(s.opened("P-1").Case, 0, Tea, "").Opened.Case
	aside := func(code string, why store.Code) returns.Received {
		t.Helper()
		s.receive(c, 0, code, why)
		out, err := returns.Aside(background, s.Store, returns.ReceiveScan{
			By: s.By("201", code), Case: c}, why)
		s.Must(err)
		return out
	}
	aside(Cup, store.NotOnReturn) // another customer's
	aside(Tea, store.OverSent)
	aside("MILK|L9||2027-01-01", store.WrongLot)
	aside("69-nobody-knows", store.NotFound)
	_, err := returns.TurnAway(background, s.Store, returns.ReceiveScan{
		By: s.By("201", Cup), Case: c}, store.NotOnReturn)
	s.Must(err)
	s.Stock(returns.Kept, "CUP-02", 1)
	s.Stock(returns.Kept, "TEA-500", 1)
	s.Stock(returns.Kept, "MILK", 1)
	if n := s.backInSum("1"); n != 1 {
		t.Errorf("what lies aside counts as sent back: %d", n)
	}
	strays := Read(s, (*store.Reader).Strays)
	if len(strays) != 1 || strays[0].Code != "69-nobody-knows" {
		t.Errorf("kept: %+v", strays)
	}
	s.Levels("TEA-500", 8, 0)
	s.Whole(open)
}

// A parcel that nobody knows is registered, opened, and what is in it waits for a person;
// one with nothing in it is a discrepancy.
func ownerless(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 1))
	arrive := func(code string, want store.Code) {
		t.Helper()
		_, err := returns.Arrive(background, s.Store, s.By("201", code),
			returns.Arrival{Condition: store.Wet})
		if got := s.Code(err); got != want {
			t.Errorf("%s arrives: %q, not %q", code, got, want)
		}
	}
	arrive("X", store.BadWaybill)
	arrive("YT7000000000001", "")
	arrive("YT7000000000001", store.WaybillTwice)
	arrive("YT7000000000002", "")
	box := s.opened("YT7000000000001")
	if box.Box.Condition != store.Wet || box.Box.State != store.ParcelOpened {
		t.Errorf("it is %+v", box.Box)
	}
	s.receive(box.Case, 0, Tea, store.NotOrdered)
	out, err := returns.Aside(background, s.Store, returns.ReceiveScan{
		By: s.By("201", Tea), Case: box.Case}, store.NotOrdered)
	s.Must(err)
	if out.Opened.RMA == "" {
		t.Error("it is no return")
	}
	s.Must(returns.Empty(background, s.Store, store.Gesture{Operator: "201"},
		s.opened("YT7000000000002").Case))
	all := Read(s, (*store.Reader).Discrepancies)
	if len(all) != 1 || all[0].Of != store.NoGoods || all[0].About != "YT7000000000002" {
		t.Errorf("an empty parcel: %+v", all)
	}
	if work, err := returns.Work(background, s.Store); err != nil || len(work.Parcels) != 0 ||
		len(work.Inspect) != 1 || work.Review != 1 {
		t.Errorf("what waits: %+v %v", work, err)
	}
}

// Of what has serials, those come back that left, once.
func ownLotsAndSerials(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-02", "PHONE", 1, "", "I-1"), Ordered("1", "PHONE", 1))
	slip := s.only()
	s.take("900", slip, "T-1")
	s.scan("900", slip, 0, "bin:A-01-02", "")
	s.scan("900", slip, 0, "PHONE||I-1", "")
	box := s.pack(slip, "PHONE||I-1", "").Carton
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.ID), "")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	s.Record(store.OperatorSaved{Operator: store.Operator{ID: "201", Name: "退货201",
		Roles: "receiver", Active: true}})
	c := s.opened("SF3100000000001").Case
	if out := s.receive(c, 0, "PHONE", ""); out.Needs != store.SerialNeeded {
		t.Errorf("a phone without a serial: %+v", out)
	}
	s.receive(c, 0, "PHONE||I-9", store.WrongSerial)
	s.receive(c, 0, "PHONE||I-1", "")
	s.receive(c, 0, "PHONE||I-1", store.OverSent)
}

// grade inspects n of what waits of an item, into a tote.
func (s *Site) grade(id store.RMAID, n store.Qty, code, grade, tote string, want store.Code) {
	s.Helper()
	in := returns.LookScan{By: s.By("202", code), RMA: id}
	in.By.N = n
	seen, err := returns.LookAt(background, s.Store, in)
	if err == nil {
		_, err = returns.Inspect(background, s.Store, returns.GradeScan{
			By: s.By("202", "tote:"+tote), Piece: seen.Piece, N: seen.N, Grade: grade})
	}
	if got := s.Code(err); got != want {
		s.Errorf("%s as %s into %s: %q, not %q", code, grade, tote, got, want)
	}
}

// shelve scans while a tote is put away, and wants a code.
func (s *Site) shelve(at returns.Shelving, n store.Qty, code string,
	want store.Code) returns.Shelving {
	s.Helper()
	in := returns.ShelfScan{By: s.By("201", code), Tote: at.Tote, At: at.At}
	in.By.N = n
	out, err := returns.Shelve(background, s.Store, in)
	if got := s.Code(err); got != want {
		s.Errorf("%s: %q, not %q", code, got, want)
	}
	if err != nil {
		return at
	}
	return out
}

// Three tea come back: two are as new and can be sold at once when they lie in their bin,
// one is damaged and cannot.
func fromTheParcelToTheShelf(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 3))
	c := s.receive(s.opened("P-1").Case, 3, Tea, "").Opened.Case
	s.Levels("TEA-500", 6, 0)
	s.grade(c.RMA, 2, Tea, "sealed", "R-1", "")
	s.grade(c.RMA, 1, Tea, "damaged", "R-1", store.GradeTote)
	s.grade(c.RMA, 2, Tea, "damaged", "R-2", store.BadQuantity)
	s.grade(c.RMA, 1, Tea, "damaged", "R-2", "")
	s.grade(c.RMA, 1, Tea, "damaged", "R-2", store.NotThere)
	s.Levels("TEA-500", 6, 0)

	at := s.shelve(returns.Shelving{}, 0, "bin:A-01-02", store.ToteFirst)
	at = s.shelve(at, 0, "tote:R-1", "")
	if len(at.To) == 0 || at.To[0].Place != "bin/A-01-02" {
		t.Errorf("proposed: %+v", at.To)
	}
	s.shelve(at, 0, Tea, store.BinFirst)
	s.shelve(at, 0, "bin:H-01", store.WrongPlace)
	s.shelve(at, 0, "bin:S-01", store.AskOtherBin)
	at = s.shelve(at, 0, "bin:A-01-02", "")
	s.shelve(at, 0, Cup, store.NotThere)
	s.shelve(at, 3, Tea, store.BadQuantity)
	at = s.shelve(at, 0, Tea, "")
	s.Levels("TEA-500", 7, 0)
	at = s.shelve(at, 0, Tea, "")
	s.Levels("TEA-500", 8, 0)
	s.shelve(at, 0, Tea, store.NothingToDo)

	at = s.shelve(returns.Shelving{}, 0, "tote:R-2", "")
	s.shelve(at, 0, "bin:A-01-02", store.WrongPlace)
	at = s.shelve(at, 0, "bin:H-01", "")
	s.shelve(at, 0, Tea, "")
	s.Stock("bin/H-01", "TEA-500", 1)
	s.Levels("TEA-500", 8, 0)
	s.Whole(open)
}

// Each step is taken back, the last first, and nothing that has gone on is.
func stepsBack(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 3))
	c := s.receive(s.opened("P-1").Case, 2, Tea, "").Opened.Case
	s.grade(c.RMA, 1, Tea, "sealed", "R-1", "")
	by := store.Gesture{Operator: "201"}
	want := func(what string, err error, want store.Code) {
		t.Helper()
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q, not %q", what, got, want)
		}
	}
	_, err := returns.Unreceive(background, s.Store, by, returns.Case{RMA: c.RMA})
	want("goods of which one is graded", err, store.NothingUndo)
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:A-01-02", "")
	s.shelve(at, 0, Tea, "")
	_, err = returns.Uninspect(background, s.Store, by, c.RMA)
	want("a grade of what lies in its bin", err, store.NothingUndo)
	_, err = returns.Unshelve(background, s.Store, by, "tote/R-1")
	want("the put-away", err, "")
	_, err = returns.Unshelve(background, s.Store, by, "tote/R-1")
	want("the put-away again", err, store.NothingUndo)
	_, err = returns.Uninspect(background, s.Store, by, c.RMA)
	want("the grade", err, "")
	_, err = returns.Unreceive(background, s.Store, by, returns.Case{RMA: c.RMA})
	want("the receipt", err, "")
	s.Levels("TEA-500", 6, 0)
	if n := s.backInSum("1"); n != 0 {
		t.Errorf("%d are back", n)
	}
	s.receive(c, 3, Tea, "")
	s.Whole(open)
}

// Where the site wants two people, who received goods does not grade them.
func anotherGrades(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 1),
		store.SettingSet{Name: store.ReturnSecond, Value: "on"})
	c := s.receive(s.opened("P-1").Case, 0, Tea, "").Opened.Case
	_, err := returns.LookAt(background, s.Store, returns.LookScan{By: s.By("201", Tea)})
	if got := s.Code(err); got != store.OtherPerson {
		t.Errorf("whoever received it may grade it: %q", got)
	}
	s.grade(c.RMA, 1, Tea, "sealed", "R-1", "")
	// The fact says who received, also where the log before it is not at hand.
	s.Record(store.ReturnReceived{RMA: c.RMA, N: 1, Batch: store.Batch{Item: "TEA-500"},
		Of: []store.ShareBack{{Order: "1", Line: 1, N: 1}}, To: returns.Stage, By: "202"})
	s.grade(c.RMA, 1, Tea, "sealed", "R-1", store.OtherPerson)
}

// What a grade stands for is departed from by a supervisor, or beside one.
func departing(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	c := s.receive(s.opened("P-1").Case, 2, Tea, "").Opened.Case
	seen, err := returns.LookAt(background, s.Store, returns.LookScan{By: s.By("202", Tea)})
	s.Must(err)
	in := returns.GradeScan{By: s.By("202", "tote:R-1"), Piece: seen.Piece, N: 1, Grade: "damaged",
		As: store.Scrap}
	_, err = returns.Inspect(background, s.Store, in)
	if got := s.Code(err); got != store.NoRight {
		t.Errorf("an inspector departs from the grade: %q", got)
	}
	in.By = s.By("202", "tote:R-1")
	in.By.Second = "900"
	_, err = returns.Inspect(background, s.Store, in)
	s.Must(err)
	_, err = returns.ThrowAway(background, s.Store, store.Gesture{Operator: "900"}, "tote/R-1")
	s.Must(err)
	s.Stock(store.AtScrap, "TEA-500", 1)
	if seen := Read(s, func(r *store.Reader) ([]store.Inspection, error) {
		return r.Inspections(c.RMA)
	}); len(seen) != 1 || seen[0].As != store.Scrap || seen[0].Grade != "damaged" {
		t.Errorf("seen: %+v", seen)
	}
}

// No sequence of receipts, grades, put-aways and undos returns more than was sent, makes a
// piece available that nobody has graded, or makes or loses one.
func anyReturn(t *testing.T, open Opener) {
	all := []store.Event{Has("A-01-02", "TEA-500", 9000)}
	const orders = 24
	for i := range orders {
		all = append(all, Ordered(store.OrderID(fmt.Sprint(i)), "TEA-500", 1+i%4))
	}
	s := gone(t, open, all...)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		id := store.OrderID(fmt.Sprint(n % orders))
		sent := 1 + n%orders%4
		free := s.free("TEA-500")
		c := s.opened("P-" + string(id)).Case
		shelved := store.Qty(0)
		tote := fmt.Sprint("R-", n)
		for range rapid.IntRange(1, 14).Draw(r, "steps") {
			by := store.Gesture{Operator: "900"}
			switch rapid.IntRange(0, 5).Draw(r, "step") {
			case 0, 1:
				in := returns.ReceiveScan{By: s.By("900", Tea), Case: c}
				in.By.N = store.Qty(rapid.IntRange(0, 3).Draw(r, "n"))
				if out, err := returns.Receive(background, s.Store, in); s.Code(err) == "" {
					c = out.Opened.Case
				}
			case 2:
				seen, err := returns.LookAt(background, s.Store, returns.LookScan{
					By: s.By("900", Tea), RMA: c.RMA})
				if c.RMA == "" || s.Code(err) != "" {
					continue
				}
				_, err = returns.Inspect(background, s.Store, returns.GradeScan{
					By: s.By("900", "tote:"+tote), Piece: seen.Piece, N: 1,
					Grade: rapid.SampledFrom([]string{"sealed", "damaged"}).Draw(r, "grade")})
				s.Code(err)
			case 3:
				in := returns.ShelfScan{By: s.By("900", Tea), Tote: store.InTote(tote),
					At: "bin/A-01-02"}
				out, err := returns.Shelve(background, s.Store, in)
				if s.Code(err) == "" {
					shelved += out.N
				}
			case 4:
				_, err := returns.Unreceive(background, s.Store, by, returns.Case{RMA: c.RMA})
				s.Code(err)
			case 5:
				if out, err := returns.Unshelve(background, s.Store, by,
					store.InTote(tote)); s.Code(err) == "" {
					shelved -= out.N
				}
			}
			if back := s.backInSum(id); back > store.Qty(sent) || back < 0 {
				r.Fatalf("%d of %d are back", back, sent)
			}
			if now := s.free("TEA-500"); now != free+shelved {
				r.Fatalf("%d may be sold, not %d and the %d that were put away", now, free, shelved)
			}
		}
	})
	s.Whole(open)
}

// free is how many of an item may be sold.
func (s *Site) free(sku store.SKU) store.Qty {
	s.Helper()
	return Read(s, func(r *store.Reader) (store.Levels, error) {
		i, err := r.Item(sku)
		if err != nil {
			return store.Levels{}, err
		}
		return r.Levels(i)
	}).Available
}

// Two phones that left on two lines of one order come back once each.
func twinPhones(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-02", "PHONE", 1, "", "I-1"),
		Has("A-01-03", "PHONE", 1, "", "I-2"), Ordered("1", "PHONE", 1, "PHONE", 1))
	slip := s.only()
	s.take("900", slip, "T-1")
	for i, bin := range []string{"A-01-02", "A-01-03"} {
		s.scan("900", slip, 0, "bin:"+bin, "")
		s.scan("900", slip, 0, fmt.Sprint("PHONE||I-", i+1), "")
	}
	s.pack(slip, "PHONE||I-1", "")
	box := s.pack(slip, "PHONE||I-2", "").Carton
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box.ID), "")
	s.confirm(outbound.ConfirmScan{Pending: box.ID}, "SF3100000000001", "")
	s.Record(store.OperatorSaved{Operator: store.Operator{ID: "201", Name: "退货201",
		Roles: "receiver", Active: true}})
	c := s.receive(s.opened("P-1").Case, 0, "PHONE||I-1", "").Opened.Case
	s.receive(c, 0, "PHONE||I-1", store.SerialTwice)
	s.receive(c, 0, "PHONE||I-2", "")
	s.Stock(returns.Stage, "PHONE", 2)
}

// A tote with returned goods is no tote to pick into: they would go out again.
func noSlipInATote(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 1))
	c := s.receive(s.opened("P-1").Case, 0, Tea, "").Opened.Case
	s.grade(c.RMA, 1, Tea, "damaged", "R-1", "")
	s.Record(Ordered("2", "TEA-500", 1))
	s.Plan()
	slip := s.slipOf("2")
	_, err := outbound.Take(background, s.Store, store.Gesture{Operator: "900"}, slip)
	s.Must(err)
	if _, code := s.Pick("900", slip, 0, "tote:R-1"); code != store.ToteInUse {
		t.Errorf("a tote with damaged tea is taken: %q", code)
	}
}

// slipOf is the slip of an order.
func (s *Site) slipOf(id store.OrderID) store.SlipID {
	s.Helper()
	return Read(s, func(r *store.Reader) ([]store.SlipID, error) { return r.SlipsOf(id) })[0]
}

// What a station says that cannot be stops nobody else's work.
func oddFactsAreInNobodysWay(t *testing.T, open Opener) {
	hub := gone(t, open, Has("A-01-02", "TEA-500", 9), Ordered("1", "TEA-500", 5))
	c := hub.receive(hub.opened("P-1").Case, 0, Tea, "").Opened.Case
	for i, e := range []store.ReturnReceived{
		{RMA: "nobodys", N: 1, To: returns.Stage, Batch: store.Batch{Item: "TEA-500"}},
		{RMA: c.RMA, N: 1, To: returns.Stage, Batch: store.Batch{Item: "no item"}},
		{RMA: c.RMA, N: 1, To: returns.Stage, Batch: store.Batch{Item: "TEA-500"}},
	} {
		e.Of = []store.ShareBack{{Order: store.OrderID([]string{"1", "1", "no order"}[i]), Line: 1,
			N: 1}}
		hub.Record(e)
	}
	if todo, err := returns.Work(background, hub.Store); err != nil || len(todo.Inspect) == 0 {
		t.Errorf("the desk shows %d to look at: %v", len(todo.Inspect), err)
	}
	hub.receive(c, 0, Tea, "")
	hub.Must(returns.Plan(background, hub.Store))
}
