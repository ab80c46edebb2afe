package intake_test

import (
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// gone is a desk from which orders left: 1 and 2 of one customer, 3 of another.
func gone(t *testing.T) desk {
	d := open(t)
	again := storetest.Ordered("2", "MILK", 1)
	again.Customer = "1"
	for _, o := range []store.OrderReceived{
		storetest.Ordered("1", "TEA-500", 4, "TEA-500", 2, "CUP-02", 1), again,
		storetest.Ordered("3", "TEA-500", 1)} {
		d.Record(append(inTote(o), left(o, storetest.Noon)...)...)
	}
	d.Plan()
	return d
}

// left is an order that went out, in one parcel with a waybill.
func left(o store.OrderReceived, at time.Time) []store.Event {
	events := storetest.Left(o, at)
	out := events[len(events)-1].(store.CartonConfirmed)
	out.Waybill = &store.Waybill{No: store.WaybillNo("SF000000000" + string(o.ID)),
		Slip: out.Slip, Carton: out.Carton, State: store.WaybillAssigned}
	events[len(events)-1] = out
	return events
}

// inTote is what an order is packed from.
func inTote(o store.OrderReceived) (out []store.Event) {
	for _, l := range o.Lines {
		in := storetest.Has("", l.Item, l.N)
		in.Place = store.InTote("T-1")
		out = append(out, in)
	}
	return out
}

// returned is the request of a number.
func (d desk) returned(channel, no string) store.RMA {
	d.Helper()
	return storetest.Read(d.Site, func(r *store.Reader) (store.RMA, error) {
		id, err := r.RMABySource(channel, no)
		if err != nil {
			return store.RMA{}, err
		}
		return r.RMA(id)
	})
}

func (d desk) waybills(id store.RMAID) []store.WaybillNo {
	return storetest.Read(d.Site, func(r *store.Reader) ([]store.WaybillNo, error) {
		return r.WaybillsOfRMA(id)
	})
}

func TestRequestsComeByFile(t *testing.T) {
	d := gone(t)
	text := "退货单号,订单号,商品编码,条码,数量,原因,要求,退回方式,凭证,说明,退货运单号,快递公司,申请时间\n" +
		"R1,P-1,TEA-500,,5,尺码不合,换货,上门取件,,太小,,,2026-03-02 10:00\n" +
		"R2,,MILK,,1,喝着怪,,,发票 7,,yt7700000000002,YTO,\n" +
		"R1,P-2,MILK,,1,Wrong goods,,,,发错了,YT7700000000001,YTO,2026-03-02 09:00\n" +
		"R1,P-1,,6909876543212,1,size,换货,,,太小,YT7700000000003,YTO,\n"
	equal(t, counts(d.take(intake.Returns, text)),
		"4 rows: 2 taken, 0 same, 0 known, 0 skipped, before false")
	a := d.returned("", "R1")
	equal(t, a, store.RMA{ID: "TH26030100001", Customer: "1", How: store.ByPickUp,
		Wants: store.WantsExchange, Source: "R1", Note: "太小; 发错了", Asked: true,
		Placed: time.Date(2026, 3, 2, 10, 0, 0, 0, d.Zone()).UnixMilli(),
		Lines: []store.RMALine{
			{Line: 1, Item: "TEA-500", N: 4, Reason: "size", Order: "1", OrderLine: 1},
			{Line: 2, Item: "TEA-500", N: 1, Reason: "size", Order: "1", OrderLine: 2},
			{Line: 3, Item: "MILK", N: 1, Reason: "wrong", Order: "2", OrderLine: 1},
			{Line: 4, Item: "CUP-02", N: 1, Reason: "size", Order: "1", OrderLine: 3}}})
	equal(t, d.waybills(a.ID), []store.WaybillNo{"YT7700000000001", "YT7700000000003"})
	b := d.returned("", "R2")
	equal(t, b.Lines[0].Reason, "喝着怪") // the review holds it
	equal(t, b.Proof, "发票 7")
	equal(t, d.waybills(b.ID), []store.WaybillNo{"YT7700000000002"})
	d.Plan()
	equal(t, storetest.Read(d.Site, func(r *store.Reader) (store.RMAState, error) {
		decided, err := r.RMADecision(b.ID)
		return decided.State, err
	}), store.RMAHeld)

	// The next day's export has them again, one with another parcel; and the site has given
	// the reason a name, by which a new request goes.
	d.Record(store.ReasonSet{Reason: store.Reason{Use: store.ReturnReason, Code: "taste",
		En: "taste", Zh: "喝着怪", Active: true}})
	again := strings.ReplaceAll(text, "尺码不合", "size") + "R2,,MILK,,2,喝着怪,,,,,,,\n"
	equal(t, d.load(intake.Returns, again).Problems[0].Reason, intake.AskedOtherwise)
	again = strings.Replace(text, "尺码不合", "size", 1) + "R3,,MILK,,2,喝着怪,,,,,,,\n"
	again = strings.Replace(again, "yt7700000000002", "YT7700000000004", 1)
	equal(t, counts(d.take(intake.Returns, again)),
		"5 rows: 2 taken, 0 same, 1 known, 0 skipped, before false")
	equal(t, d.returned("", "R3").Lines[0].Reason, "taste")
	equal(t, len(d.waybills(b.ID)), 2)
	equal(t, counts(d.take(intake.Returns, again)),
		"5 rows: 0 taken, 0 same, 0 known, 0 skipped, before true")
	d.Whole(sqlite.Open)
}

func TestARequestIsTakenWholeOrNotAtAll(t *testing.T) {
	d := gone(t)
	text := "return,order,sku,qty,reason\nR1,P-1,TEA-500,7,size\nR1,P-1,CUP-02,1,size\n" +
		"R2,P-3,TEA-500,1,size\n"
	before := d.digest()
	equal(t, len(d.load(intake.Returns, text).Problems), 1)
	equal(t, d.digest(), before)
	r := d.load(intake.Returns, text, intake.KeepGood())
	equal(t, [2]int64{r.Taken, r.LeftOut}, [2]int64{1, 2})
	equal(t, d.returned("", "R2").Customer, "3")
	// A channel's number is its own, and a request that was closed waits for no parcel.
	channel := "channel,return,sku,qty,reason,waybill\n"
	for _, of := range []string{"jd", "tm"} {
		equal(t, d.take(intake.Returns, channel+of+",R2,TEA-500,1,size,\n").Taken, int64(1))
	}
	a := d.returned("tm", "R2")
	d.Record(store.ReturnDecided{RMA: a.ID, State: store.RMARejected})
	equal(t, d.take(intake.Returns, channel+"tm,R2,TEA-500,1,size,YT7700000000001\n").Known,
		int64(1))
	equal(t, len(d.waybills(a.ID)), 0)
}

// signed is what was signed for of an order's slip, by line.
func (d desk) signed(of store.SlipID) (out []store.SignedLine) {
	d.Helper()
	return storetest.Read(d.Site, func(r *store.Reader) ([]store.SignedLine, error) {
		lines, _, err := r.SignOff(of)
		return lines, err
	})
}

func TestWhatWasSignedForComesByFile(t *testing.T) {
	d := gone(t)
	d.Clock.Wait(4 * 24 * time.Hour)
	text := "运单号,出库单号,订单号,签收时间,商品编码,签收数量,少件,多件,破损\n" +
		",,P-1,2026-03-02 10:00,TEA-500,,2,1,3\n,,P-1,2026-03-02 10:00,,,,,\n" +
		"SF0000000002,,P-2,2026-03-03,,,,,\n,CK-3,,2026-03-04,TEA-500,1,,,\n"
	equal(t, counts(d.take(intake.SignOffs, text)),
		"4 rows: 3 taken, 0 same, 0 known, 0 skipped, before false")
	equal(t, d.signed("CK-1"), []store.SignedLine{{Line: 1, Signed: 4, Over: 1, Damaged: 3},
		{Line: 2, Short: 2}, {Line: 3, Signed: 1}})
	at := func(of store.OrderID) string {
		ms := storetest.Read(d.Site, func(r *store.Reader) (int64, error) {
			return r.SignedFor(of, 1)
		})
		return time.UnixMilli(ms).In(d.Zone()).Format("01-02 15:04")
	}
	equal(t, [3]string{at("1"), at("2"), at("3")},
		[3]string{"03-02 10:00", "03-03 00:00", "03-04 00:00"})
	equal(t, counts(d.take(intake.SignOffs, text+"\n")),
		"4 rows: 0 taken, 0 same, 3 known, 0 skipped, before false")
	equal(t, d.take(intake.SignOffs, strings.Replace(text, "03-04", "03-05", 1)).Taken, int64(1))
	equal(t, at("3"), "03-05 00:00")
	d.Whole(sqlite.Open)
}

func TestARowIsOfOneSlip(t *testing.T) {
	d := gone(t)
	d.Clock.Wait(24 * time.Hour)
	o := storetest.Ordered("4", "CUP-02", 2)
	d.Record(storetest.Left(o, storetest.Noon)...)
	slip := storetest.Left(o, storetest.Noon)[1].(store.SlipReleased)
	slip.ID = "CK-4B"
	box := store.Carton{ID: "CK-4B-1", Slip: slip.ID, Type: "B1", N: 1}
	d.Record(slip, store.ItemPacked{Slip: slip.ID, Line: 1, Carton: box.ID, N: 2, Opens: &box,
		From: store.InTote("T-1"), Batch: store.Batch{Item: "CUP-02"}},
		store.CartonConfirmed{Slip: slip.ID, CartonStep: store.CartonStep{Carton: box.ID,
			Step: store.CartonShipped, Round: 1}, Goods: []store.PackedGoods{{Line: 1, N: 2,
			Batch: store.Batch{Item: "CUP-02"}}}})
	r := d.load(intake.SignOffs, "order,at,sku\nP-4,2026-03-02,CUP-02\n")
	equal(t, r.Problems, []intake.Problem{{File: "f.csv", Line: 2, Column: "sku", Value: "CUP-02",
		Reason: intake.UnknownSlip, Want: "CK-4, CK-4B"}})
	equal(t, d.take(intake.SignOffs, "order,slip,at,sku\nP-4,CK-4B,2026-03-02,CUP-02\n").Taken,
		int64(1))
	equal(t, d.take(intake.SignOffs, "order,at\nP-4,2026-03-02\n").Taken, int64(1))
	equal(t, len(d.signed("CK-4")), 1)
}

func TestWhatWasPaidBackComesByFile(t *testing.T) {
	d := gone(t)
	d.take(intake.Returns, "channel,return,sku,qty,reason\nuk,R1,TEA-500,1,size\n")
	id := d.returned("uk", "R1").ID
	due := func(no string, of store.RMAID, amount int) store.RefundDue {
		return store.RefundDue{ID: no, RMA: of, Order: "1",
			Amount: store.Money(amount) * store.MoneyUnit}
	}
	d.Record(due("a1", id, 5), due("a2", id, 7), due("a3", id, 8))
	for _, step := range []struct{ rows, want string }{
		{"uk,R1,,B1,7", "1 taken, 0 known"}, {"uk,R1,,B1,7.00", "0 taken, 1 known"},
		{"uk,R1,,B1,8", "payment taken_as_other 7"}, {"uk,R1,,B2,9", "amount not_due 13"},
		{"jd,R1,,B2,8", "return unknown_return "},
		{"," + string(id) + ",,B2,13", "1 taken, 0 known"},
		{"uk,R1,,B2,13", "0 taken, 1 known"},
		{",,a2,B1,7", "0 taken, 1 known"}, {",,a2,B3,7", "amount not_due 0"},
	} {
		r := d.load(intake.Refunds, "渠道,退货单号,退款编号,流水号,金额\n"+step.rows+"\n")
		got := strings.Split(counts(r), ": ")[1]
		got = strings.Replace(strings.Split(got, ", 0 skipped")[0], "0 same, ", "", 1)
		for _, p := range r.Problems {
			names := map[string]string{"渠道": "channel", "退货单号": "return", "退款编号": "refund",
				"流水号": "payment", "金额": "amount"}
			got = strings.Join([]string{names[p.Column], string(p.Reason), p.Want}, " ")
		}
		equal(t, got, step.want)
	}
	// What was withdrawn is settled last, and where it is paid all the same.
	d.Record(due("a4", id, 9), due("a5", id, 9), due("a6", id, 4),
		store.RefundWithdrawn{Refund: "a4", RMA: id, At: 1},
		store.RefundWithdrawn{Refund: "a6", RMA: id, At: 1})
	for _, row := range []string{"uk,R1,,B4,9", "uk,R1,,B5,9", ",,a6,B6,4"} {
		equal(t, d.load(intake.Refunds, "渠道,退货单号,退款编号,流水号,金额\n"+row+"\n").Taken, int64(1))
	}
	for _, f := range storetest.Read(d.Site, func(r *store.Reader) ([]store.Refunding, error) {
		return r.Refunds(id)
	}) {
		if late := f.ID == "a4" || f.ID == "a6"; late != (f.Withdrawn != 0) || !f.Live() ||
			(f.No == "B4") != (f.ID == "a5") {
			t.Errorf("%s, settled by %s: withdrawn %d", f.ID, f.No, f.Withdrawn)
		}
		if f.Settled == 0 || (f.No == "B1") != (f.ID == "a2") {
			t.Errorf("%s was settled by %q", f.ID, f.No)
		}
	}
	d.Whole(sqlite.Open)
}
