package storetest

import (
	"slices"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/returns"
)

// aside puts what was scanned aside, for a reason.
func (s *Site) aside(c returns.Case, n store.Qty, code string, why store.Code) returns.Case {
	s.Helper()
	in := returns.ReceiveScan{By: s.By("201", code), Case: c}
	in.By.N = n
	out, err := returns.Aside(background, s.Store, in, why)
	s.Must(err)
	return out.Opened.Case
}

// nobodys are the goods of which the order is not known, or not right.
func (s *Site) nobodys() []returns.Piece {
	s.Helper()
	return Read(s, func(r *store.Reader) ([]returns.Piece, error) {
		return returns.Nobodys(r, "", "")
	})
}

// belongs says by a scan whose n of a piece are, and wants it refused with a code, or taken.
func (s *Site) belongs(p returns.Piece, n store.Qty, code string, want store.Code) {
	s.Helper()
	err := returns.Belongs(background, s.Store, s.By("900", code), p.Belonging(n))
	if got := s.Code(err); got != want {
		s.Errorf("%d of %s are of %s: %q, not %q", n, p.Item.SKU, code, got, want)
	}
}

// goodsOfAnotherLot: milk of a lot that never left lies aside. It may be of an order all the
// same, and no more of it than the order had.
func goodsOfAnotherLot(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-03", "MILK", 9, "L1", "", "2027-01-01"),
		Paid(Ordered("1", "MILK", 2)))
	_, err := returns.Arrive(background, s.Store, s.By("201", "YT7000000000001"),
		returns.Arrival{})
	s.Must(err)
	s.aside(s.opened("YT7000000000001").Case, 3, "MILK|L9||2027-03-01", store.NotOrdered)
	p := s.nobodys()[0]
	s.belongs(p, 3, "P-1", store.OverSent)
	s.belongs(p, 2, "P-1", "")
	s.belongs(s.nobodys()[0], 1, "P-1", store.OverSent)
	if n := s.backInSum("1"); n != 2 {
		t.Errorf("%d of the order are back", n)
	}
	s.Whole(open)
}

// goodsFindTheirOrder: three tea lie aside of a parcel that nobody knew. A supervisor finds
// out whose they are: never more of them than left, and they are graded and paid for.
func goodsFindTheirOrder(t *testing.T, open Opener) {
	tea := Paid(Ordered("1", "TEA-500", 2))
	tea.Customer = "C-1"
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), tea, Ordered("2", "CUP-02", 1),
		Has("B-07-01", "CUP-02", 9))
	_, err := returns.Arrive(background, s.Store, s.By("201", "YT7000000000001"),
		returns.Arrival{})
	s.Must(err)
	s.aside(s.opened("YT7000000000001").Case, 3, Tea, store.NotOrdered)
	p := s.nobodys()[0]
	s.belongs(p, 4, "P-1", store.BadQuantity)
	s.belongs(p, 0, "P-1", store.BadQuantity)
	s.belongs(p, 3, "P-1", store.OverSent)
	s.belongs(p, 1, "P-2", store.NotOnReturn)
	s.belongs(p, 1, "YT7000000000001", store.NotOrdered)
	s.belongs(p, 2, "P-1", "")
	s.belongs(p, 2, "P-1", store.BadQuantity)
	if n := s.backInSum("1"); n != 2 {
		t.Errorf("%d of the order are back", n)
	}
	s.Stock(returns.Kept, "TEA-500", 3)
	now := s.opened("P-1")
	if now.RMA == "" || now.RMA == p.RMAID || now.Customer != "C-1" {
		t.Errorf("they are of return %q of customer %q", now.RMA, now.Customer)
	}
	s.receive(now.Case, 0, Tea, store.OverSent)
	s.grade(now.RMA, 2, Tea, "opened", "R-1", "")
	s.Must(returns.Approve(background, s.Store, boss, now.RMA, "other"))
	if n, sum := s.refunds(now.RMA); n != 1 || sum != tea.Paid {
		t.Errorf("%d refunds of %s, not one of %s", n, sum, tea.Paid)
	}
	left := s.nobodys()
	if len(left) != 1 || left[0].N != 1 || left[0].RMAID != p.RMAID {
		t.Errorf("nobody's are %+v", left)
	}
	s.Whole(open)
}

// gradedGoodsFindTheirOrder: what was graded before anybody knew whose it was is graded once
// more. What was put to the wrong order is put to the right one.
func gradedGoodsFindTheirOrder(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 2), Ordered("3", "CUP-02", 1), Has("B-07-01", "CUP-02", 9))
	c := s.aside(s.opened("P-3").Case, 1, Tea, store.NotOnReturn)
	s.grade(c.RMA, 1, Tea, "damaged", "R-1", "")
	if n := len(s.nobodys()); n != 0 {
		t.Errorf("%d lie in a tote, and are on their way", n)
	}
	at := s.shelve(returns.Shelving{}, 0, "tote:R-1", "")
	at = s.shelve(at, 0, "bin:H-01", "")
	s.shelve(at, 0, Tea, "")
	s.belongs(s.nobodys()[0], 1, "P-1", "")
	s.belongs(s.nobodys()[0], 1, "P-2", "")
	if one, two := s.backInSum("1"), s.backInSum("2"); one != 0 || two != 1 {
		t.Errorf("%d and %d are back", one, two)
	}
	s.grade(s.opened("P-2").RMA, 1, Tea, "damaged", "R-2", "")
	s.Stock(store.InTote("R-2"), "TEA-500", 1)
	if n := len(s.nobodys()); n != 0 {
		t.Errorf("%d are nobody's", n)
	}
	if goods := Read(s, func(r *store.Reader) ([]store.Goods, error) {
		return r.GoodsOf(c.RMA)
	}); slices.ContainsFunc(goods, func(g store.Goods) bool {
		return g.Received != 0 || g.Inspected != 0 || g.Shelved != 0
	}) {
		t.Errorf("the return that they came with has %+v", goods)
	}
	s.Whole(open)
}

// closedGoodsCome: a return was rejected, and another given up, and the goods come all the
// same. The receiver is told, and a supervisor decides again, once.
func closedGoodsCome(t *testing.T, open Opener) {
	one, two := Paid(Ordered("1", "TEA-500", 2)), Paid(Ordered("2", "TEA-500", 1))
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), one, two)
	rejected := s.request(wanted("1", "TEA-500", 2, "no reason of ours"), "")
	kept := s.request(wanted("2", "TEA-500", 1, "no reason of ours"), "")
	s.Must(returns.Reject(background, s.Store, boss, rejected, "other"))
	s.Must(returns.CancelReturn(background, s.Store, boss, kept, "customer"))
	closed := func(do func() error, want store.Code) {
		t.Helper()
		if got := s.Code(do()); got != want {
			t.Errorf("decided: %q, not %q", got, want)
		}
	}
	approve := func(id store.RMAID) func() error {
		return func() error { return returns.Approve(background, s.Store, boss, id, "other") }
	}
	reject := func(id store.RMAID) func() error {
		return func() error { return returns.Reject(background, s.Store, boss, id, "other") }
	}
	closed(approve(rejected), store.ReturnClosed)
	closed(approve(kept), store.ReturnClosed)
	for _, id := range []store.RMAID{rejected, kept} {
		c := s.opened("return:" + string(id)).Case
		s.receive(c, 0, Tea, store.ReturnClosed)
		s.aside(c, 0, Tea, store.ReturnClosed)
	}
	if n := s.backInSum("1") + s.backInSum("2"); n != 2 {
		t.Errorf("%d of the orders are here", n)
	}
	waits := func(want ...store.RMAID) {
		t.Helper()
		all, err := returns.Waiting(background, s.Store)
		s.Must(err)
		var got []store.RMAID
		for _, h := range all {
			got = append(got, h.RMA.ID)
		}
		work, err := returns.Work(background, s.Store)
		s.Must(err)
		slices.Sort(got)
		if !slices.Equal(got, want) || work.Review != len(want) {
			t.Errorf("%v wait, %d in number, not %v", got, work.Review, want)
		}
	}
	waits(rejected, kept)
	closed(reject(kept), "")
	waits(rejected)
	closed(reject(kept), store.ReturnClosed)
	closed(approve(rejected), "")
	waits()
	s.grade(rejected, 1, Tea, "opened", "R-1", "")
	s.Must(returns.Plan(background, s.Store))
	if n, sum := s.refunds(rejected); n != 1 || sum != one.Paid/2 {
		t.Errorf("%d refunds of %s", n, sum)
	}
	closed(approve(kept), "") // the customer had a word with somebody
	s.Whole(open)
}

// strangersByParts: of three that nobody knew one is milk, one a phone, and one left.
func strangersByParts(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9))
	s.Record(store.StrayKept{Stray: store.Stray{ID: "a", Code: "4006381333931", N: 4,
		Place: returns.Kept, At: 1}})
	named := func(code string, needs store.Code) {
		t.Helper()
		out, err := returns.Name(background, s.Store, s.By("900", code))
		s.Must(err)
		if out.Needs != needs {
			t.Errorf("%s lacks %q, not %q", code, out.Needs, needs)
		}
	}
	named("MILK", store.LotNeeded)
	named("PHONE", store.SerialNeeded)
	named("MILK|L1", "")
	named(Tea, "")
	tea := store.Batch{Item: "TEA-500"}
	for _, c := range []struct {
		as   store.StrayEnd
		what store.Batch
		n    store.Qty
		want store.Code
		left store.Qty
	}{
		{store.StrayKnown, tea, 5, store.BadQuantity, 4},
		{store.StrayKnown, store.Batch{Item: "TEA-500", Lot: "L1"}, 1, store.WrongLot, 4},
		{store.StrayKnown, store.Batch{Item: "TEA-500", Serial: "I"}, 1, store.WrongSerial, 4},
		{store.StrayKnown, store.Batch{Item: "MILK", Lot: "L1"}, 1, "", 3},
		{store.StrayKnown, store.Batch{Item: "PHONE", Serial: "I-7"}, 1, "", 2},
		{store.StrayKnown, store.Batch{Item: "PHONE", Serial: "I-7"}, 1, store.SerialTwice, 2},
		{store.StrayThrown, store.Batch{}, 1, "", 1},
		{store.StrayKnown, tea, 0, "", 0},
		{store.StrayBack, tea, 1, store.NotFound, 0},
	} {
		err := returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: "a",
			As: c.as, Batch: c.what, N: c.n})
		if got := s.Code(err); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
		var left store.Qty
		for _, x := range Read(s, (*store.Reader).Strays) {
			left += x.N
		}
		if left != c.left {
			t.Errorf("%+v: %d are left", c, left)
		}
	}
	for _, sku := range []store.SKU{"MILK", "PHONE", "TEA-500"} {
		s.Stock(returns.Kept, sku, 1)
	}
	s.Whole(open)
}

// twoReturnsOfOneItem: whoever grades says of which return a piece is, where two wait.
func twoReturnsOfOneItem(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 2))
	one := s.receive(s.opened("P-1").Case, 1, Tea, "").Opened.RMA
	two := s.receive(s.opened("P-2").Case, 1, Tea, "").Opened.RMA
	look := func(in returns.LookScan, code string, want store.Code) returns.Looked {
		t.Helper()
		in.By = s.By("202", code)
		out, err := returns.LookAt(background, s.Store, in)
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q, not %q", code, got, want)
		}
		return out
	}
	look(returns.LookScan{}, Tea, store.Ambiguous)
	item := returns.LookScan{Item: s.By("202", Tea).Mark}
	for code, id := range map[string]store.RMAID{"return:" + string(two): two, "P-1": one} {
		if out := look(returns.LookScan{}, code, ""); out.RMA != id || out.Piece.N != 0 {
			t.Errorf("%s: %+v", code, out)
		}
		if out := look(item, code, ""); out.Piece.RMAID != id {
			t.Errorf("%s behind the item: %+v", code, out.Piece)
		}
		if out := look(returns.LookScan{Of: id}, Tea, ""); out.Piece.RMAID != id {
			t.Errorf("%s before the item: %+v", code, out.Piece)
		}
	}
	look(returns.LookScan{}, "bin:A-01-01", store.WrongKind)
	s.grade(one, 1, Tea, "opened", "R-1", "")
	look(returns.LookScan{}, "P-1", store.NotThere)
	if out := look(returns.LookScan{}, Tea, ""); out.Piece.RMAID != two {
		t.Errorf("the only one left: %+v", out.Piece)
	}
}

// asideFirst: what comes first of an order lies aside, and the next visit knows the order.
func asideFirst(t *testing.T, open Opener) {
	for _, first := range []struct {
		code string
		why  store.Code
	}{{Cup, store.NotOnReturn}, {"69-nobody-knows", store.NotFound}} {
		s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 2))
		c := s.aside(s.opened("P-1").Case, 0, first.code, first.why)
		again := s.opened("P-1").Case
		if c.RMA == "" || again.RMA != c.RMA {
			t.Errorf("%s: return %q, and then %q", first.code, c.RMA, again.RMA)
		}
		s.receive(again, 0, Tea, "")
		s.receive(returns.Case{RMA: c.RMA}, 0, Tea, "")
		if n := s.backInSum("1"); n != 2 {
			t.Errorf("%s: %d are back", first.code, n)
		}
		s.Whole(open)
	}
}

// aLotOfTwoLines: milk of two lots left for two lines of an order together. No lot comes back
// more often than it left, by whichever line.
func aLotOfTwoLines(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-03", "MILK", 1, "L1", "", "2027-01-01"),
		Has("A-01-03", "MILK", 3, "L2", "", "2027-02-01"), Ordered("1", "MILK", 2, "MILK", 2),
		store.OperatorSaved{Operator: store.Operator{ID: "201", Name: "退货201",
			Roles: "receiver", Active: true}})
	slip := s.only()
	s.take("900", slip, "T-1")
	s.scan("900", slip, 0, "bin:A-01-03", "")
	s.scan("900", slip, 1, "MILK|L1||2027-01-01", "")
	s.scan("900", slip, 3, "MILK|L2||2027-02-01", "")
	s.pack(slip, "MILK|L1", "")
	var box store.CartonID
	for range 3 {
		box = s.pack(slip, "MILK|L2", "").Carton.ID
	}
	s.confirm(outbound.ConfirmScan{}, "carton:"+string(box), "")
	s.confirm(outbound.ConfirmScan{Pending: box}, "SF3100000000001", "")
	c := s.receive(s.opened("P-1").Case, 0, "MILK|L1", "").Opened.Case
	s.receive(c, 0, "MILK|L1", store.WrongLot)
	s.receive(c, 2, "MILK|L2", "")
	s.receive(c, 0, "MILK|L2", "")
	s.receive(c, 0, "MILK|L2", store.OverSent)
	s.Stock(returns.Stage, "MILK", 4)
}

// registeredTwice: two stations registered one parcel, each by itself. Opening it opens both;
// of two parcels of one number, by different carriers, the one that waits is opened.
func registeredTwice(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 1))
	came := func(id string, at int64, by store.CarrierID) {
		s.Record(store.ParcelArrived{Parcel: store.Parcel{ID: id, Waybill: "YT7000000000001",
			Carrier: by, Condition: store.Intact, Arrived: at}})
	}
	opens := func(parcel string, waiting int) {
		t.Helper()
		if out := s.opened("YT7000000000001"); out.Parcel != parcel {
			t.Errorf("%q is opened, not %s", out.Parcel, parcel)
		}
		if all := Read(s, func(r *store.Reader) ([]store.Parcel, error) {
			return r.ParcelsWaiting(9)
		}); len(all) != waiting {
			t.Errorf("%d wait behind %s, not %d", len(all), parcel, waiting)
		}
	}
	came("a", 1, "YTO")
	came("b", 2, "")
	came("c", 3, "SF")
	opens("a", 1)
	opens("c", 0)
	opens("c", 0)
	came("d", 4, "YTO")
	opens("d", 0)
}

// mistakesAtTheGate: what was registered or handed back by mistake is taken back, the last
// first, and nothing that has gone on is.
func mistakesAtTheGate(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	by := store.Gesture{Operator: "201"}
	want := func(what string, err error, want store.Code) {
		t.Helper()
		if got := s.Code(err); got != want {
			t.Errorf("%s: %q, not %q", what, got, want)
		}
	}
	arrive := func() store.Parcel {
		p, err := returns.Arrive(background, s.Store, s.By("201", "YT7000000000001"),
			returns.Arrival{})
		s.Must(err)
		return p
	}
	p := arrive()
	want("a parcel", returns.Unarrive(background, s.Store, by, p), "")
	want("it again", returns.Unarrive(background, s.Store, by, p), store.NothingUndo)
	_, err := returns.Open(background, s.Store, s.By("201", "YT7000000000001"))
	want("what never came", err, store.NotFound)
	p = arrive()
	box := s.opened("YT7000000000001").Case
	want("an open one", returns.Unarrive(background, s.Store, by, p), store.NothingUndo)

	away := func(c returns.Case, code string) {
		_, err := returns.TurnAway(background, s.Store, returns.ReceiveScan{
			By: s.By("201", code), Case: c}, store.NotOrdered)
		s.Must(err)
	}
	back := func(c returns.Case, want store.Code) returns.Undone {
		t.Helper()
		out, err := returns.Unreceive(background, s.Store, by, c)
		if got := s.Code(err); got != want {
			t.Errorf("taken back: %q, not %q", got, want)
		}
		return out
	}
	away(box, Tea)
	if u := back(box, ""); !u.Away || u.N != 1 || u.Item.SKU != "TEA-500" {
		t.Errorf("%+v", u)
	}
	_, err = returns.Unreceive(background, s.Store, by, box)
	if r, _ := store.RefusalOf(err); r == nil || r.Want != "YT7000000000001" {
		t.Errorf("nothing more of the parcel: %v", err)
	}
	c := s.receive(s.opened("P-1").Case, 0, Tea, "").Opened.Case
	away(c, Tea)
	s.aside(c, 0, "69-nobody-knows", store.NotFound)
	if u := back(c, ""); u.Away || u.Code != "69-nobody-knows" {
		t.Errorf("%+v", u)
	}
	if n := len(Read(s, (*store.Reader).Strays)); n != 0 {
		t.Errorf("%d are kept that nobody knows", n)
	}
	back(c, "")
	back(c, "")
	back(c, store.NothingUndo)
	if goods := Read(s, func(r *store.Reader) ([]store.Goods, error) {
		return r.GoodsOf(c.RMA)
	}); slices.ContainsFunc(goods, func(g store.Goods) bool { return g.Received+g.Away != 0 }) {
		t.Errorf("of it came %+v", goods)
	}
	s.Whole(open)
}

// anotherReturnOfTheOrder: goods came of a return that was rejected, and the customer has asked
// anew. They are moved to that, and no more of the order count as back.
func anotherReturnOfTheOrder(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Paid(Ordered("1", "TEA-500", 2)))
	rejected := s.request(wanted("1", "TEA-500", 2, "no reason of ours"), "")
	s.Must(returns.Reject(background, s.Store, boss, rejected, "other"))
	again := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	s.aside(s.opened("return:"+string(rejected)).Case, 2, Tea, store.ReturnClosed)
	s.belongs(s.nobodys()[0], 2, "return:"+string(again), "")
	if n := s.backInSum("1"); n != 2 {
		t.Errorf("%d of the order are back", n)
	}
	s.grade(again, 2, Tea, "opened", "R-1", "")
	s.Whole(open)
}

// whoPutItAside: who received goods, or put them aside, does not grade them either when
// somebody has found out whose they are, or what.
func whoPutItAside(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "TEA-500", 2),
		Ordered("2", "TEA-500", 1), Ordered("3", "CUP-02", 1), Has("B-07-01", "CUP-02", 9),
		store.SettingSet{Name: store.ReturnSecond, Value: "on"})
	graded := func(who store.OperatorID, of store.RMAID, want store.Code) {
		t.Helper()
		_, err := returns.LookAt(background, s.Store, returns.LookScan{By: s.By(who, Tea), RMA: of})
		if got := s.Code(err); got != want {
			t.Errorf("%s grades %s: %q, not %q", who, of, got, want)
		}
	}
	s.aside(s.opened("P-3").Case, 1, Tea, store.NotOnReturn)
	s.belongs(s.nobodys()[0], 1, "P-1", "")
	id := s.opened("P-1").RMA
	graded("201", id, store.OtherPerson)
	graded("202", id, "")
	c := s.aside(s.opened("P-2").Case, 1, "4006381333931", store.NotFound)
	s.Must(returns.ResolveStray(background, s.Store, boss, returns.Resolving{
		Stray: Read(s, (*store.Reader).Strays)[0].ID, As: store.StrayKnown,
		Batch: store.Batch{Item: "TEA-500"}}))
	graded("201", c.RMA, store.OtherPerson)
	graded("202", c.RMA, "")
}

// whatAParcelBrought: of a parcel of nobody, what was known and what was not at first are of
// one return, and the parcel's label means it.
func whatAParcelBrought(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Ordered("1", "CUP-02", 1),
		Has("B-07-01", "CUP-02", 9))
	for _, no := range []string{"YT7000000000001", "YT7000000000002"} {
		_, err := returns.Arrive(background, s.Store, s.By("201", no), returns.Arrival{})
		s.Must(err)
	}
	s.aside(s.opened("YT7000000000001").Case, 2, "4006381333931", store.NotFound)
	stray := Read(s, (*store.Reader).Strays)[0].ID
	for range 2 {
		s.Must(returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: stray, N: 1,
			As: store.StrayKnown, Batch: store.Batch{Item: "TEA-500"}}))
	}
	s.aside(s.opened("P-1").Case, 1, Tea, store.NotOnReturn)
	known := s.aside(s.opened("YT7000000000002").Case, 1, Tea, store.NotOrdered)
	if again := s.opened("YT7000000000002"); again.RMA != known.RMA {
		t.Errorf("opened again it is %q, and was %q", again.RMA, known.RMA)
	}
	look := func(code string, n store.Qty) {
		t.Helper()
		out, err := returns.LookAt(background, s.Store, returns.LookScan{By: s.By("202", code),
			Item: s.By("202", Tea).Mark})
		if err != nil || out.Piece.RMAID == "" || out.Piece.N != n {
			t.Errorf("%s: %v, %+v", code, err, out.Piece)
		}
	}
	look("YT7000000000001", 2)
	look("YT7000000000002", 1)
	look("P-1", 1)
	s.Whole(open)
}

// whereStrangersMayLie: what nobody has looked at goes to no tote that a slip is picked into,
// and to no place that is none.
func whereStrangersMayLie(t *testing.T, open Opener) {
	s := floor(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	s.take("900", s.only(), "T-1")
	s.Record(store.StrayKept{Stray: store.Stray{ID: "a", Code: "4006381333931", N: 4,
		Place: returns.Kept, At: 1}})
	for _, c := range []struct {
		to   store.Place
		want store.Code
	}{
		{store.InTote("T-1"), store.ToteInUse}, {"stage/nowhere", store.WrongPlace},
		{store.AtCustomer, store.WrongPlace}, {store.InBin("A-01-01"), store.WrongPlace},
		{store.InBin("Z-99-99"), store.WrongPlace}, {store.InTote("R-1"), ""}, {returns.Stage, ""},
	} {
		err := returns.ResolveStray(background, s.Store, boss, returns.Resolving{Stray: "a", N: 1,
			As: store.StrayKnown, Batch: store.Batch{Item: "TEA-500"}, To: c.to})
		if got := s.Code(err); got != c.want {
			t.Errorf("to %s: %q, not %q", c.to, got, c.want)
		}
	}
}

// handedBackOfAnOrder: what was handed back at once, of an order of which nobody announced
// anything, is taken back as well.
func handedBackOfAnOrder(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Ordered("1", "TEA-500", 2))
	c := s.opened("P-1").Case
	out, err := returns.TurnAway(background, s.Store, returns.ReceiveScan{By: s.By("201", Cup),
		Case: c}, store.NotOnReturn)
	s.Must(err)
	u, err := returns.Unreceive(background, s.Store, s.By("201", ""), out.Opened.Case)
	s.Must(err)
	if !u.Away || u.N != 1 {
		t.Errorf("%+v", u)
	}
	_, err = returns.Unreceive(background, s.Store, s.By("201", ""), out.Opened.Case)
	if got := s.Code(err); got != store.NothingUndo {
		t.Errorf("again: %q", got)
	}
}

// goodsThatAreGone: at a station a receipt is taken back, while central puts the goods to an
// order. What is counted as back is not here, and somebody is told.
func goodsThatAreGone(t *testing.T, open Opener) {
	person := func(id store.OperatorID) store.OperatorSaved {
		return store.OperatorSaved{Operator: store.Operator{ID: id, Roles: "receiver inspector",
			Active: true}}
	}
	hub, s, _ := enrolled(t, open, Has("A-01-01", "TEA-500", 40), Paid(Ordered("1", "TEA-500", 2)),
		Ordered("3", "CUP-02", 1), Has("B-07-01", "CUP-02", 9), person("201"), person("202"))
	hub.Through("900")
	meet(hub, s)
	c := s.aside(s.opened("P-3").Case, 1, Tea, store.NotOnReturn)
	meet(hub, s)
	hub.belongs(hub.nobodys()[0], 1, "P-1", "")
	_, err := returns.Unreceive(background, s.Store, clerk, c)
	s.Must(err)
	meet(hub, s)
	meet(hub, s)
	same(hub, s)
	all := Read(hub, (*store.Reader).Discrepancies)
	if len(all) != 1 || all[0].Of != store.BackGone || all[0].N != 1 ||
		all[0].Note != string(c.RMA) {
		t.Errorf("%d of the order are back, and the odd is %+v", hub.backInSum("1"), all)
	}
	// Nobody sends back what is not there, whatever it was said to be.
	hub.sendsBack(hub.unwanted()[0], 1, "", store.NotThere)
	hub.Whole(open)
}

// longClosed: a return was rejected two months ago, and its goods come all the same.
func longClosed(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 9), Paid(Ordered("1", "TEA-500", 1)))
	id := s.request(wanted("1", "TEA-500", 1, "no reason of ours"), "")
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	s.Clock.Wait(60 * 24 * time.Hour)
	waits := func(n int) {
		t.Helper()
		all, err := returns.Waiting(background, s.Store)
		s.Must(err)
		if len(all) != n {
			t.Errorf("%d wait, not %d", len(all), n)
		}
	}
	waits(0)
	s.aside(s.opened("return:"+string(id)).Case, 0, Tea, store.ReturnClosed)
	waits(1)
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	waits(0)
}

// sendsBack sends n of a piece to its customer again, and wants it refused with a code, or
// done.
func (s *Site) sendsBack(p returns.Piece, n store.Qty, waybill store.WaybillNo, want store.Code) {
	s.Helper()
	err := returns.SendBack(background, s.Store, boss, returns.SendingBack{
		Belonging: p.Belonging(n), Waybill: waybill})
	if got := s.Code(err); got != want {
		s.Errorf("%d of %s by %q: %q, not %q", n, p.Item.SKU, waybill, got, want)
	}
}

// unwanted are the goods that can go to their customer again.
func (s *Site) unwanted() []returns.Piece {
	s.Helper()
	return Read(s, returns.Unwanted)
}

// rejectedGoodsSentBack: Given a return that was rejected and came all the same, When its
// goods are sent back, Then they are the customer's as before, who may ask for them again.
// What comes once more is for a person to decide.
func rejectedGoodsSentBack(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), Paid(Ordered("1", "TEA-500", 3)))
	id := s.request(wanted("1", "TEA-500", 2, "no reason of ours"), "")
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	c := s.opened("return:" + string(id)).Case
	s.aside(c, 2, Tea, store.ReturnClosed)
	s.Must(returns.Reject(background, s.Store, boss, id, "other"))
	lost := func(want int) {
		t.Helper()
		work, err := returns.Work(background, s.Store)
		s.Must(err)
		if work.Lost != want || len(s.unwanted()) != want {
			t.Errorf("%d are to be sent back, %+v, not %d", work.Lost, s.unwanted(), want)
		}
	}
	lost(1)
	p := s.unwanted()[0]
	if !p.Closed || p.N != 2 || p.TakenFor() != "1" {
		t.Fatalf("to be sent back: %+v", p)
	}
	_, err := returns.Request(background, s.Store, clerk, wanted("1", "TEA-500", 2, "quality"))
	if s.Code(err) == "" {
		t.Error("two of them are asked for, while two of three are here")
	}
	s.sendsBack(p, 3, "", store.BadQuantity)
	s.sendsBack(p, 1, "x", store.BadWaybill)
	s.sendsBack(p, 1, "SF3100000000009", "")
	lost(1)
	s.sendsBack(p, 2, "", store.BadQuantity)
	s.sendsBack(p, 1, "", "")
	s.sendsBack(p, 1, "", store.NotThere)
	lost(0)
	s.Stock(p.Place, "TEA-500", 0)
	if n := s.backInSum("1"); n != 0 {
		t.Errorf("%d of the order are here", n)
	}
	waits := func(want int) {
		t.Helper()
		all, err := returns.Waiting(background, s.Store)
		s.Must(err)
		if len(all) != want {
			t.Errorf("%d returns wait for a decision, not %d", len(all), want)
		}
	}
	waits(0)
	s.aside(c, 1, Tea, store.ReturnClosed)
	waits(1)
	s.sendsBack(s.unwanted()[0], 1, "", "")
	waits(0)
	told := Read(s, func(r *store.Reader) ([]store.Notice, error) { return r.Notices(9) })
	if !slices.ContainsFunc(told, func(n store.Notice) bool {
		return n.Of == store.NoticeBack && n.Ref == string(id)
	}) {
		t.Errorf("the customer is told of %+v", told)
	}
	s.request(wanted("1", "TEA-500", 3, "quality"), "")
	s.Whole(open)
}

// nobodysGoodsSentBack: goods of another shop that came in a return, and another piece than
// left, go back to whoever sent them; what is paid for is not paid for any more.
func nobodysGoodsSentBack(t *testing.T, open Opener) {
	s := gone(t, open, Has("A-01-01", "TEA-500", 40), priced("1", 4, yuan(110)),
		Has("B-07-01", "CUP-02", 9))
	id := s.request(wanted("1", "TEA-500", 2, "quality"), "")
	c := s.opened("return:" + string(id)).Case
	s.receive(c, 2, Tea, "")
	s.aside(c, 1, Cup, store.NotOnReturn)
	s.grade(id, 1, Tea, "sealed", "R-1", "")
	s.grade(id, 1, Tea, "swapped", "R-2", "")
	at := s.shelve(returns.Shelving{}, 0, "tote:R-2", "")
	at = s.shelve(at, 0, "bin:H-01", "")
	s.shelve(at, 0, Tea, "")
	all := s.unwanted()
	if len(all) != 2 || all[0].Item.SKU != "CUP-02" || !all[0].Lost() || all[1].Lost() {
		t.Fatalf("to be sent back: %+v", all)
	}
	s.sendsBack(all[0], 1, "", "")
	s.sendsBack(all[1], 1, "", "")
	if all := s.unwanted(); len(all) != 0 {
		t.Errorf("left are %+v", all)
	}
	if n := s.backInSum("1"); n != 1 {
		t.Errorf("%d of the order are here", n)
	}
	s.grade(id, 1, Cup, "sealed", "R-3", store.NotThere)
	s.isDue(id, "1 for 25 due")
	s.Whole(open)
}
