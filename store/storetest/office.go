package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
)

// An office is a random supervisor, at the hub or at a station, who lets orders change
// while the floor works on them.
type office struct {
	hub *Site
	*Site
	*rand.Rand
}

// step does one thing that might happen to an order.
func (o office) step() {
	o.Helper()
	ids := Read(o.Site, func(r *store.Reader) (out []store.OrderID, err error) {
		for _, state := range []store.OrderState{store.Held, store.Confirmed, store.LockedOrder,
			store.Rejected} {
			some, err := r.OrdersIn(state)
			if err != nil {
				return nil, err
			}
			out = append(out, some...)
		}
		return out, nil
	})
	if len(ids) == 0 {
		return
	}
	id, by := ids[o.IntN(len(ids))], store.Gesture{Operator: "900"}
	ctx := context.Background()
	switch o.IntN(10) {
	case 0:
		o.pay(id, by)
	case 1:
		o.cut(id, by)
	case 2, 3:
		o.change(id, by)
	case 4:
		for _, slip := range Read(o.Site, func(r *store.Reader) ([]store.SlipID, error) {
			return r.LiveSlips(id)
		}) {
			by.Yes = o.IntN(2) == 0
			o.Code(order.Withdraw(ctx, o.Store, by, slip, "customer"))
		}
		if o.IntN(2) == 0 {
			_, err := order.ReleaseWave(ctx, o.Store, by,
				order.Wave{By: store.WaveCarrier, Of: "SF"})
			o.Code(err)
		}
	case 5:
		o.Code(order.TakeBack(ctx, o.Store, by, id, "customer"))
		o.Code(order.Ask(ctx, o.Store, by, id, "大号没有货，换中号？"))
		o.Code(order.Answer(ctx, o.Store, by, id, "好"))
		o.Code(order.Approve(ctx, o.Store, by, id, "checked"))
	case 6:
		o.Code(order.Split(ctx, o.Store, by, id, []int64{1}))
	case 7:
		o.Code(order.Merge(ctx, o.Store, by, []store.OrderID{id, ids[o.IntN(len(ids))]}))
	case 8:
		o.Code(order.Unlock(ctx, o.Store, by, id))
		o.Code(outbound.SetPacking(ctx, o.Store, by, store.PackingRule{Scope: "item:CUP-02",
			Material: "气泡膜", Twice: o.IntN(2) == 0, Active: true}))
		o.hub.Record(store.SourceMapped{Of: "orders", Source: "shop",
			Columns: map[string]string{"qty": fmt.Sprint("Q", o.IntN(3))}},
			store.LayoutSet{Layout: store.Layout{Pitch: 3000, Bay: 1000, Bays: int64(o.IntN(9)),
				Blocks: 1, Sides: 2}})
	case 9:
		o.free(by)
	}
}

// free takes slips away from whoever is at them, who may not hear of it for long.
func (o office) free(by store.Gesture) {
	for _, j := range Read(o.Site, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(50)
	}) {
		if j.Holder != "" && o.IntN(3) == 0 {
			o.Code(outbound.Free(context.Background(), o.Store, by, j.Slip))
		}
	}
}

func (o office) pay(id store.OrderID, by store.Gesture) {
	kinds := []store.PaymentKind{store.MoneyIn, store.MoneyBack, store.CODMoney}
	o.Code(order.Pay(context.Background(), o.Store, by, store.Payment{Order: id,
		ID: fmt.Sprint("A", o.IntN(20)), Of: kinds[o.IntN(3)],
		Amount: store.Money(1 + o.IntN(100_000))}))
}

func (o office) cut(id store.OrderID, by store.Gesture) {
	o.Code(order.Cut(context.Background(), o.Store, by, order.Cutback{Order: id,
		ID: fmt.Sprint("C", o.IntN(40)), Refund: o.IntN(2) == 0, Reason: "customer",
		Lines: []store.Cut{{Line: int64(1 + o.IntN(3)), N: store.Qty(1 + o.IntN(2))}}}))
}

func (o office) change(id store.OrderID, by store.Gesture) {
	e := order.Edit{Field: "line", Line: int64(1 + o.IntN(2)), N: store.Qty(o.IntN(5))}
	if o.IntN(3) == 0 {
		e = order.Edit{Field: "province", Text: fmt.Sprint("P", o.IntN(3))}
	}
	if o.Code(order.Request(context.Background(), o.Store, by, id, e)) != "" {
		return
	}
	n := int64(len(Read(o.Site, func(r *store.Reader) ([]store.OrderChange, error) {
		return r.Changes(id)
	})))
	decide := order.MakeChange
	if o.IntN(4) == 0 {
		decide = order.RefuseChange
	}
	o.Code(decide(context.Background(), o.Store, by, id, n, "customer"))
}
