package screens_test

import (
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/tuitest"
)

// sold are two orders that left, paid, and what their customers want to send back: one for a
// reason of nobody's, one for the money, which came and was looked at.
func sold() []store.Event {
	tea := storetest.Paid(storetest.Ordered("1", "TEA-500", 3, "CUP-02", 1))
	cups := storetest.Paid(storetest.Ordered("2", "CUP-02", 4))
	out := append(storetest.Left(tea, storetest.Noon), storetest.Left(cups, storetest.Noon)...)
	at := storetest.Noon.UnixMilli()
	asked := func(id store.RMAID, order store.OrderID, item store.SKU, reason string) store.Event {
		return store.ReturnRequested{RMA: store.RMA{ID: id, Asked: true, Placed: at,
			Wants: store.WantsRefund, How: store.ByCourier, Customer: "C7",
			Lines: []store.RMALine{{Line: 1, Item: item, N: 2, Order: order, OrderLine: 1,
				Reason: reason, Note: "盖子坏了"}}}}
	}
	goods := store.ReturnReceived{RMA: "TH2", Batch: store.Batch{Item: "CUP-02"}, N: 2,
		Of: []store.ShareBack{{Order: "2", Line: 1, N: 2}}, To: "stage/returns", At: at}
	stray := store.ReturnReceived{RMA: "TH3", Opens: &store.RMA{ID: "TH3", Placed: at},
		Batch: store.Batch{Item: "TEA-500"}, N: 1, Of: []store.ShareBack{{N: 1}},
		To: "hold/returns", Aside: store.NotOrdered, At: at}
	return append(out, asked("TH1", "1", "TEA-500", "who knows"),
		asked("TH2", "2", "CUP-02", "quality"),
		store.ReturnDecided{RMA: "TH2", State: store.RMAApproved, At: at}, goods,
		store.ReturnInspected{ID: "i1", RMA: "TH2", Batch: goods.Batch, N: 2, Of: goods.Of,
			From: goods.To, To: "tote/R-1", Grade: "opened", As: store.Restock, At: at}, stray)
}

// partly is as sold, of an order that was not paid in full.
func partly() []store.Event {
	out := sold()
	for i, e := range out {
		if o, is := e.(store.OrderReceived); is {
			o.Paid /= 4
			out[i] = o
		}
	}
	return out
}

// atDoor goes from home to the returns, and through a door there, counted from above.
func atDoor(n int) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) {
		toReturns(d)
		for range n {
			d.Key("down")
		}
		d.Key("enter")
	}
}

func TestReviews(t *testing.T) {
	reviews, request, refunds := atDoor(5), atDoor(4), atDoor(6)
	golden(t, "reviews", []tuitest.Step{
		{Name: "held", Do: as("900", reviews)},
		{Name: "unannounced", Do: as("900", reviews, press("down"))},
		{Name: "approve", Do: as("900", reviews, press("f5"))},
		{Name: "approved", Do: as("900", reviews, press("f5", "1"))},
		{Name: "ask", Do: as("900", reviews, press("f2"), typed("有照片吗？"))},
		{Name: "asked", Do: as("900", reviews, press("f2"), typed("有照片吗？\n"))},
		{Name: "keys", Do: as("900", reviews, press("f9"))},
		{Name: "none_of_these", Do: as("900", reviews, scan(own(scanner.ReturnLabel, "TH2")))},
	}, sold()...)
	gone(t, "reviews_closed", []tuitest.Step{
		{Name: "came", Do: as("900", reviews)},
		{Name: "approved", Do: as("900", reviews, press("f5", "1"))},
		{Name: "rejected", Do: as("900", reviews, press("f6", "1"))},
	}, append(asked(), store.ReturnReceived{RMA: "TH26030100002", N: 1, To: "hold/returns",
		Batch: store.Batch{Item: "CUP-02"}, Of: []store.ShareBack{{N: 1}}, At: 5,
		Aside: store.ReturnClosed})...)
	golden(t, "askback", []tuitest.Step{
		{Name: "empty", Do: as("900", request)},
		{Name: "order", Do: as("900", request, scan("P-1"))},
		{Name: "item", Do: as("900", request, scan("P-1", tea, tea))},
		{Name: "too_many", Do: as("900", request, scan("P-1", cup, cup))},
		{Name: "not_of_it", Do: as("900", request, scan("P-2", tea))},
		{Name: "no_reason", Do: as("900", request, scan("P-1", tea), press("f6"))},
		{Name: "reason", Do: as("900", request, scan("P-1", tea), press("home", "down", "enter"))},
		{Name: "order_after_the_form", Do: as("900", request, press("down", "enter", "1"),
			scan(tea, "P-1"))},
		{Name: "saved", Do: as("900", request, scan("P-1", tea),
			press("home", "down", "enter", "1", "f6"))},
	}, sold()...)
	give := []func(*tuitest.Driver){refunds, press("f6"), scan("P-1"), typed("2.5\n"),
		press("1", "f2")}
	byHand := then(give, press("esc", "down"))
	golden(t, "refunds", []tuitest.Step{
		{Name: "due", Do: as("900", refunds)},
		{Name: "number", Do: as("900", refunds, press("f5"))},
		{Name: "paid", Do: as("900", refunds, press("f5"), typed("ALI-1\n"))},
		{Name: "give", Do: as("900", refunds, press("f6"))},
		{Name: "purse", Do: as("900", refunds, press("f6"), scan("P-1"), press("esc"))},
		{Name: "amount", Do: as("900", refunds, press("f6"), scan("P-1"))},
		{Name: "too_much", Do: as("900", refunds, press("f6"), scan("P-1"), typed("9\n"),
			press("1", "f2"))},
		{Name: "why", Do: as("900", refunds, press("f6"), scan("P-1"), typed("2.5\n"))},
		{Name: "sure", Do: as("900", refunds, press("f6"), scan("P-1"), typed("2.5\n"),
			press("1"))},
		{Name: "given", Do: as("900", give...)},
		{Name: "nothing_left", Do: as("900", refunds, press("f6"), scan("P-1"),
			typed("4\n"), press("1", "f2"), scan("P-1"))},
		{Name: "by_hand", Do: as("900", byHand...)},
		{Name: "why_withdrawn", Do: as("900", then(byHand, press("f4"))...)},
		{Name: "sure_to_withdraw", Do: as("900", then(byHand, press("f4", "1"))...)},
		{Name: "withdrawn", Do: as("900", then(byHand, press("f4", "1", "f2"))...)},
		{Name: "unpaid", Do: as("900", refunds, press("f6"), scan("P-9"))},
	}, append(sold(), store.OrderReceived{Order: store.Order{ID: "9", PlatformNo: "P-9",
		Lines: []store.OrderLine{{Line: 1, Item: "CUP-02", N: 1}}}})...)
	golden(t, "refunds_wait", []tuitest.Step{
		{Name: "waits", Do: as("900", refunds)},
		{Name: "purse", Do: as("900", refunds, press("f6", "esc"))},
	}, partly()...)
}
