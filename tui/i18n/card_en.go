package i18n

import (
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/store/order"
)

// LookTitle implements CardText, and so on in the order of card.go.

func (English) LookTitle() string { return "Look up" }
func (English) LookAsk() string {
	return "Scan or type anything: item, bin, slip, order, the last 4 digits of a phone"
}
func (English) LookMany(n int) string { return fmt.Sprintf("%d things: choose one", n) }
func (English) CardHint() string      { return "Up, Down: read on" }

func (English) CardBlind() string { return "Being counted: the book is not shown" }
func (English) CardLevels(onHand, reserved, available store.Qty) string {
	return fmt.Sprintf("On hand %d, reserved %d, available %d", onHand, reserved, available)
}
func (English) CardCode(code string, n store.Qty) string {
	if n > 1 {
		return fmt.Sprintf("Code %s = %d", code, n)
	}
	return "Code " + code
}
func (English) CardNowhere() string { return "Nothing there" }
func (English) CardAt(b store.Balance) string {
	return spaced(string(b.Place), b.N.String()+" pc", string(b.Lot), string(b.Serial),
		b.Expires.String())
}
func (English) CardIn(b store.Balance) string {
	return spaced(string(b.Item), b.N.String()+" pc", string(b.Lot), string(b.Serial),
		b.Expires.String())
}
func (English) CardBin(b store.Bin) string { return spaced("Bin", string(b.Use), b.Zone) }
func (English) CardSlip(s store.Slip, state string) string {
	if s.Sums.Want == 0 {
		return fmt.Sprintf("Slip %s: %s", s.ID, state)
	}
	return fmt.Sprintf("Slip %s: %s, %d/%d lines", s.ID, state, s.Sums.LinesDone, s.Sums.Lines)
}
func (English) CardWalk(walk, plain int64) string {
	if plain <= walk { // heavy goods first can be a detour
		return fmt.Sprintf("Walk %d m", walk/1000)
	}
	return fmt.Sprintf("Walk %d m, saves %d m", walk/1000, (plain-walk)/1000)
}
func (English) CardHolder(name string) string { return name + " is at it" }
func (English) CardBefore(name string, over bool) string {
	if over {
		return "over from " + name
	}
	return "before: " + name
}
func (English) CardForced(name string) string     { return "by force, of " + name }
func (English) CardOrder(no, state string) string { return no + ": " + state }
func (e English) CardOf(o store.Order) string {
	return spaced(o.Channel, o.Shop, o.Customer, e.Deliveries()[o.Mode], string(o.Carrier))
}
func (English) CardPerson(p store.Recipient, phone string) string {
	return spaced(p.Name, phone, p.City, p.Address)
}
func (English) CardMoney(paid, due, cod store.Money) string {
	out := fmt.Sprintf("Paid %s of %s", paid, due)
	if cod != 0 {
		out += fmt.Sprintf(", %s at the door", cod)
	}
	return out
}
func (English) CardLine(l store.OrderLine) string {
	out := fmt.Sprintf("%d %s x %d", l.Line, l.Item, l.N)
	for _, x := range []struct {
		what string
		n    store.Qty
	}{{"cancelled", max(l.Cancelled, l.Refunded)}, {"owed", l.Need - (l.Want - l.Short)},
		{"picked", l.Used}, {"out", l.Shipped}} {
		if x.n > 0 {
			out += fmt.Sprintf(", %s %d", x.what, x.n)
		}
	}
	return out
}
func (English) CardWaybill(no store.WaybillNo, carrier store.CarrierID) string {
	return spaced("Waybill", string(carrier), string(no))
}
func (English) CardQuestion(q store.Question) string {
	if q.Answer == "" {
		return "Asked: " + q.Text + " - no answer yet"
	}
	return "Asked: " + q.Text + " Answer: " + q.Answer
}
func (English) CardChange(c store.OrderChange) string {
	return fmt.Sprintf("Change %d: %s", c.N, map[store.ChangeState]string{
		store.ChangeOpen: "waits", store.ChangeMade: "made",
		store.ChangeRefused: "refused"}[c.State])
}
func (English) CardTrail() string { return "Trail, the last first" }

// PaymentKinds implements CardText.
func (English) PaymentKinds() map[store.PaymentKind]string {
	return map[store.PaymentKind]string{store.MoneyIn: "received", store.MoneyBack: "reversed",
		store.CODMoney: "collected at the door", store.Refund: "refunded"}
}

// Deliveries implements CardText.
func (English) Deliveries() map[store.Delivery]string {
	return map[store.Delivery]string{store.Express: "express", store.Freight: "freight",
		store.PickUp: "pick-up", store.OwnFleet: "own fleet"}
}

// Fields implements CardText.
func (English) Fields() map[string]string {
	return map[string]string{"name": "name", "phone": "phone", "address": "address",
		"province": "province",
		"token":    "masked person", "customer": "customer", "mode": "delivery",
		"service": "service",
		"carrier": "carrier", "waybill": "waybill", "freight_payer": "freight payer",
		"freight": "freight", "discount": "discount", "tax": "tax", "paid": "paid",
		"cod": "at the door", "pay_method": "payment", "priority": "priority", "ship_by": "ship by",
		"buyer_remark": "buyer's note", "seller_remark": "seller's note", "line": "line",
		"channel": "channel"}
}

// Events implements CardText.
func (English) Events() map[string]string {
	return map[string]string{
		"file_taken": "file taken", "item_saved": "item saved", "place_saved": "bin saved",
		"operator_saved": "operator saved", "carton_type_set": "carton type",
		"reason_set": "reason", "setting_set": "setting", "rule_set": "review rule",
		"source_mapped": "columns mapped", "layout_set": "layout", "stock_set": "stock set",
		"station_enrolled": "station enrolled", "station_revoked": "station revoked",
		"signed_in": "signed in", "signed_out": "signed out", "scan_refused": "refused",
		"scan_noted": "noted", "order_received": "order in", "order_decided": "decided",
		"order_asked": "asked", "order_answered": "answered",
		"change_requested": "change asked for", "change_decided": "change decided",
		"order_cancelled": "cancelled", "refunded_upstream": "refunded",
		"payment_received": "payment in", "payment_reversed": "payment reversed",
		"cod_collected": "paid at the door", "stock_reserved": "stock reserved",
		"slip_released": "slip released", "wave_released": "wave released",
		"slip_taken_back": "slip withdrawn",
		"slip_started":    "taken", "slips_claimed": "taken along",
		"slip_left": "left", "tote_bound": "tote", "bin_reached": "bin",
		"item_picked": "picked", "item_shorted": "short", "task_skipped": "skipped",
		"carton_repacked": "repacked",
		"carton_weighed":  "weighed",
		"packing_set":     "packing rule",
		"bin_checked":     "zero check", "pack_opened": "packing begun", "item_packed": "packed",
		"carton_closed": "carton closed", "goods_missed": "missed at packing",
		"surplus_found":    "surplus found",
		"goods_put_back":   "put back",
		"stop_eased":       "stop eased",
		"goods_sorted":     "sorted at the wall",
		"carton_confirmed": "confirmed", "confirm_opened": "confirming begun",
		"handover_opened": "loading begun", "handover_closed": "truck left",
		"shipment_moved":     "on its way",
		"discrepancy_opened": "discrepancy", "reversed": "taken back",
		"signed_off": "signed for", "return_policy_set": "return policy", "grade_set": "grade",
		"checklist_set": "checklist", "return_requested": "return asked for",
		"return_decided": "return decided", "return_answered": "return answered",
		"return_shipped": "return sent", "parcel_arrived": "parcel arrived",
		"return_opened": "unpacking begun", "parcel_emptied": "parcel empty",
		"return_received": "returned", "return_turned_away": "handed back",
		"stray_kept": "unknown put aside", "stray_resolved": "unknown resolved",
		"return_belongs":   "order found",
		"return_sent_back": "sent back",
		"return_inspected": "inspected", "return_shelved": "put away",
		"refund_due": "refund due", "refund_settled": "refund paid",
		"refund_withdrawn": "refund withdrawn", "return_weighed": "dues checked",
		"money_counted":    "money checked",
		"exchange_ordered": "exchange ordered", "aftercare_opened": "sent off",
		"aftercare_closed": "back from care", "notice_sent": "customer told",
		"count_planned": "count planned", "count_dropped": "not to be counted",
		"count_begun": "count begun", "item_counted": "counted", "count_cleared": "counted anew",
		"count_done": "bin counted", "count_left": "count given up",
		"variance_ruled": "variance ruled on", "variance_approved": "variance approved",
		"stock_adjusted": "stock adjusted", "discrepancy_resolved": "discrepancy closed",
		"count_policy_set": "count policy", "items_classed": "items classed",
		"alert_acknowledged": "alert seen", "print_asked": "print asked for",
	}
}

// AskQuestion implements OrderText, and so on.

func (English) AskQuestion() string { return "Your question to the customer" }
func (English) AskAnswer(question string) string {
	return question + " - what did the customer say?"
}
func (English) Asked() string    { return "Asked. The order waits for the answer." }
func (English) Answered() string { return "Answer kept" }
func (English) AskAmount(due store.Money) string {
	return fmt.Sprintf("How much came? %s is due. A blank and its number may follow", due)
}
func (English) PaidNow(no string, amount store.Money) string {
	return fmt.Sprintf("%s: %s received", no, amount)
}
func (English) BadAmount(text string) string {
	return fmt.Sprintf("%q is no amount. Type it as 25.50", text)
}
func (English) WhyBack() string     { return "Take back. Why?" }
func (English) WhyWithdraw() string { return "Withdraw the slip. Why?" }
func (English) TakenBackNow(no string) string {
	return no + " is held again, its stock is free"
}
func (English) WithdrawnNow(slip store.SlipID) string {
	return fmt.Sprintf("%s withdrawn. The order waits to be released", slip)
}
func (English) ReleasedNow(no string) string { return no + " released" }
func (English) WhichLine() string            { return "Which line?" }
func (English) HowMany(most store.Qty) string {
	return fmt.Sprintf("How many? At most %d", most)
}
func (English) CutNow(n store.Qty) string         { return fmt.Sprintf("%d cancelled", n) }
func (English) SplitNow(no string) string         { return no + " split: this line goes by itself" }
func (English) WhichMate() string                 { return "Together with which order?" }
func (English) NoMate() string                    { return "No other order goes to this person so" }
func (English) MergedNow(no string) string        { return no + " goes along" }
func (English) WhichField() string                { return "What is to change?" }
func (English) NewValue(field, was string) string { return field + ": " + was + " - what now?" }
func (English) Requested() string                 { return "Asked for. See Changes to make it" }
func (English) LineOption(l store.OrderLine) string {
	return fmt.Sprintf("%s x %d", l.Item, l.Net())
}

func (English) ChangesTitle(n int) string { return fmt.Sprintf("Changes asked for: %d", n) }
func (English) ChangesNone() string       { return "No change is asked for." }
func (English) ChangeRow(no string, n int) string {
	return fmt.Sprintf("%s  %d changes", no, n)
}
func (e English) ChangeOne(d order.Difference) string {
	what := e.Fields()[d.What]
	switch d.What {
	case "line":
		what = string(d.Item)
	case "mode":
		d.Was = e.Deliveries()[store.Delivery(d.Was)]
		d.Will = e.Deliveries()[store.Delivery(d.Will)]
	}
	return fmt.Sprintf("%s: %s > %s", what, orNothing(d.Was), orNothing(d.Will))
}
func (English) ChangesHint() string         { return "Up, Down: change" }
func (English) MadeNow(no string) string    { return no + " changed, and reviewed anew" }
func (English) RefusedNow(no string) string { return no + " stays as it is" }
func (English) HomeLook() string            { return "Look up" }
func (English) HomeChanges(n int) string    { return "Changes   " + waiting(n) }

// spaced is what there is, with blanks between.
func spaced(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func orNothing(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
