package storetest

import (
	"time"

	"scanbay/store"
)

// Left is an order of which all left in one carton at a time.
func Left(o store.OrderReceived, at time.Time) []store.Event {
	slip := store.SlipReleased{Slip: store.Slip{ID: store.SlipID("CK-" + o.ID), Carrier: o.Carrier,
		Released: at.UnixMilli()}}
	box := store.Carton{ID: store.CartonID("CK-" + o.ID + "-1"), Slip: slip.ID, Type: "B1", N: 1}
	out := store.CartonConfirmed{Slip: slip.ID, CartonStep: store.CartonStep{Carton: box.ID,
		Step: store.CartonShipped, Round: 1, At: at.UnixMilli()}}
	var packed []store.Event
	for i, l := range o.Lines {
		slip.Lines = append(slip.Lines, store.SlipLine{Line: l.Line, Item: l.Item, N: l.N,
			Sources: []store.Source{{Order: o.ID, Line: l.Line, N: l.N}}})
		batch := store.Batch{Item: l.Item}
		out.Goods = append(out.Goods, store.PackedGoods{Line: l.Line, Batch: batch, N: l.N})
		in := store.ItemPacked{Slip: slip.ID, Line: l.Line, Carton: box.ID, Batch: batch,
			From: store.InTote("T-1"), N: l.N}
		if i == 0 {
			in.Opens = &box
		}
		packed = append(packed, in)
	}
	return append(append([]store.Event{o, slip}, packed...), out)
}

// A Came is N of an item that came back, of a line of an order where there is one.
type Came struct {
	RMA    store.RMAID
	Order  store.OrderID
	Line   int64
	Item   store.SKU
	N      store.Qty
	Reason string // empty: nobody announced it
	Grade  string // empty: nobody has looked at it
	At     time.Time
}

// Back is the facts of goods that came back: asked for two days before, and on the shelf
// three hours after they were received.
func Back(c Came) (out []store.Event) {
	at := func(d time.Duration) int64 { return c.At.Add(d).UnixMilli() }
	batch := store.Batch{Item: c.Item}
	of := []store.ShareBack{{Order: c.Order, Line: c.Line, N: c.N}}
	got := store.ReturnReceived{RMA: c.RMA, Batch: batch, N: c.N, Of: of, At: at(0),
		To: store.Place("stage/returns")}
	if c.Reason == "" {
		got.Opens = &store.RMA{ID: c.RMA, Placed: at(0)}
	} else {
		const day = 24 * time.Hour
		out = append(out, store.ReturnRequested{RMA: store.RMA{ID: c.RMA, Asked: true,
			Placed: at(-2 * day), Lines: []store.RMALine{{Line: 1, Item: c.Item, N: c.N,
				Reason: c.Reason, Order: c.Order, OrderLine: c.Line}}}},
			store.ReturnDecided{RMA: c.RMA, State: store.RMAApproved, At: at(5*time.Hour - 2*day)},
			store.ParcelArrived{Parcel: store.Parcel{ID: "P-" + string(c.RMA), RMA: c.RMA,
				Condition: store.Intact, Arrived: at(-30 * time.Minute)}})
	}
	out = append(out, got)
	if c.Grade == "" {
		return out
	}
	tote := store.InTote("R-1")
	return append(out, store.ReturnInspected{ID: store.EventID("Q-" + c.RMA), RMA: c.RMA,
		Batch: batch, N: c.N, Of: of, Grade: c.Grade, As: store.Restock, At: at(time.Hour),
		From: got.To, To: tote},
		store.ReturnShelved{Batch: batch, N: c.N, From: tote, To: store.InBin("A-01-01"),
			Grade: c.Grade, As: store.Restock, At: at(3 * time.Hour),
			Of: []store.OriginN{{Origin: store.Origin{RMA: c.RMA, Order: c.Order,
				Line: c.Line}, N: c.N}}})
}

// Traded is what was sent and came back in the twelve weeks before Noon: an order a day of
// three items to three provinces by two carriers, of which every third comes back in part.
func Traded() (out []store.Event) {
	why := []string{"quality", "size", "", "quality"}
	how := []string{"damaged", "opened", "sealed", "sealed", ""}
	for i := range 84 {
		id := store.OrderID("D" + string(rune('A'+i/26)) + string(rune('a'+i%26)))
		sent := Noon.AddDate(0, 0, i-84)
		o := Ordered(id, "TEA-500", 4+i%3, "CUP-02", 1, "MILK", 6)
		o.Channel, o.Province = []string{"shop", "phone"}[i/2%2],
			[]string{"浙江省", "广东省", "新疆维吾尔自治区"}[i%3]
		o.Carrier, o.Customer = []store.CarrierID{"SF", "ZTO"}[i%2], "C"+string(rune('1'+i%7))
		out = append(out, Left(o, sent)...)
		if i%3 != 0 || i > 76 {
			continue
		}
		line := int64(1 + i/3%2)
		out = append(out, Back(Came{RMA: store.RMAID("TH-" + id), Order: id, Line: line,
			Item: o.Lines[line-1].Item, N: store.Qty(1 + i/3%3%2), Reason: why[i/3%4],
			Grade: how[i/3%5], At: sent.AddDate(0, 0, 7)})...)
	}
	return out
}
