package i18n

import (
	"fmt"

	"scanbay/store"
	"scanbay/store/order"
)

func (English) FormHint() string             { return "Enter: change" }
func (English) FormAsk(name string) string   { return name + ":" }
func (English) FormFull(value string) string { return "Now: " + value }
func (English) OnOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func (English) HomeSettings() string  { return "Settings" }
func (English) SettingsTitle() string { return "Settings" }

// Settings implements SettingsText.
func (English) Settings() map[store.Setting]Meaning {
	return map[store.Setting]Meaning{
		store.OverPickPolicy: {"Over-pick", "More picked than asked for: blocked, or asked about."},
		store.OtherLotBy: {"Other lot",
			"Another lot than planned: blocked, asked about, or by a supervisor."},
		store.ZeroCheckAt: {"Zero check",
			"Asks if a bin is empty when the book has so many left, or fewer."},
		store.QtyCeiling: {"Ceiling", "A typed quantity above this is asked about."},
		store.LabelPrefix: {"Prefix",
			"Your own labels begin so. Print them anew, restart the stations."},
		store.SharedTote: {"Share tote", "Which slips may lie in one tote."},
		store.IdleMinutes: {"Idle min.",
			"Nobody there so long: signed out, work is free. After a restart."},
		store.ReleaseBy: {"Release",
			"Confirmed orders become slips by themselves, or by a supervisor."},
		store.MergeOrders: {"Merge", "Orders of one person become one slip."},
		store.HeavyFrom:   {"Heavy from", "Items of so many grams are picked first. 0: none."},
		store.ReturnSecond: {"Two people",
			"Whoever takes returned goods in does not grade them."},
		store.CountBlind: {"Blind",
			"Who counts without seeing the book: all, all but supervisors, or none."},
		store.CountBusyBy: {"Busy bins",
			"Counting where somebody picks: refused, picking waits, or both go on."},
		store.ExpiryDays: {"Expiry", "Warns so many days before goods expire."},
		store.LateHours:  {"Late slips", "Warns so many hours before a slip is late."},
		store.OldHours:   {"Old cases", "Warns of what nobody decided on for so many hours."},
		store.CartTotes:  {"Cart slots", "How many slips are picked in one walk at most."},
		store.CartWeight: {"Cart kilos", "Kilograms that a cart takes; 0 for no limit."},
		store.CartVolume: {"Cart size", "Litres that a cart takes; 0 for no limit."},
		store.TakeOverBy: {"Take over",
			"Going on with another's slip: a supervisor agrees, or it is asked about."},
		store.WeighBy: {"Weighing",
			"Closed cartons: not weighed, asked for, or none leaves unweighed."},
		store.WeightGrams: {"Grams off",
			"A carton may weigh so many grams more or less; or by per cent, if more."},
		store.WeightPercent: {"% off",
			"A carton may weigh so many per cent more or less; or by grams, if more."},
		store.PackSecond: {"Packing by", "Whoever picked of a slip does not pack it."},
		store.WaybillCheck: {"Waybills",
			"A number that is not the carrier's: asked about, refused, or not looked at."},
		store.MissWaybill: {"No waybill",
			"A parcel without a number: it stays here, or leaves once somebody said so."},
		store.SmallPieces: {"Small diff",
			"Outbound differences of so many pieces settle themselves; 0: none do."},
		store.ExpiredBy: {"Expired",
			"Goods past their day: blocked, or a supervisor decides."},
		store.SmallWorth: {"Small cost",
			"No difference worth more settles itself; 0 for any worth."},
		store.OrderNotices: {"Buyers",
			"They are told: confirmed, shipped, late, delivered. For your own shop."},
		store.PutWall: {"Put wall",
			"Slips picked in one walk may share a tote, and are sorted at a wall."},
		store.GS1Prefix: {"GS1 prefix",
			"Of your company, 7 to 10 digits: cartons get SSCCs."},
	}
}
func (English) SettingValue(name store.Setting, value string) string {
	said := map[string]string{"shared_tote single": "singles", "release hand": "by hand"}
	if text := said[string(name)+" "+value]; text != "" {
		return text
	}
	return value
}
func (English) SetNow(name, value string) string { return name + " is " + value }

func (English) RulesRow() Meaning {
	return Meaning{"Review", "What an order must be to be confirmed by itself, by channel."}
}
func (e English) RulesTitle(channel string) string { return "Review: " + e.Channel(channel) }
func (English) WhichChannel() string               { return "Which channel?" }
func (English) Channel(name string) string {
	if name == "" {
		return "all channels"
	}
	return name
}

// Rules implements SettingsText.
func (English) Rules() map[order.Rule]Meaning {
	return map[order.Rule]Meaning{
		order.Complete:  {"Complete", "Lines, name, phone and address are there."},
		order.Sellable:  {"Sellable", "Every item is known and sold."},
		order.Quantity:  {"Quantity", "Whole packs."},
		order.Price:     {"Price", "Near the list price."},
		order.Amount:    {"Amount", "Lines, discount and freight add up."},
		order.Payment:   {"Payment", "Paid, or to be paid at the door."},
		order.Duplicate: {"Duplicate", "Not the same order twice."},
		order.Policy:    {"Policy", "No such amount, province or customer."},
		order.InStock:   {"Stock", "All of it is there."},
		order.Mode:      {"Delivery", "It can be delivered so."},
	}
}

// RuleParams implements SettingsText.
func (English) RuleParams() map[order.Rule]string {
	return map[order.Rule]string{
		order.Complete:  "lines asks for lines alone",
		order.Quantity:  "pieces a line, 0 for any",
		order.Price:     "per cent it may differ",
		order.Amount:    "money a line may be off",
		order.Payment:   "methods that may be paid later",
		order.Duplicate: "within so many minutes",
		order.Policy:    "amount:50000 province:A,B customer:C",
		order.Mode:      "mode, carrier must be said",
	}
}
func (English) RuleParam(about string) string { return " Parameter: " + about + "." }
func (English) SetParam() string              { return "parameter" }

func (English) HomeNewOrder() string { return "Phone order" }
func (English) NewOrderTitle(lines int, due store.Money) string {
	if due == 0 {
		return fmt.Sprintf("Phone order: %d ln", lines)
	}
	return fmt.Sprintf("Order: %d ln %s", lines, due)
}
func (English) NewOrderHint() string { return "Scan or type an item" }

// NewOrderRows implements NewOrderText.
func (English) NewOrderRows() map[string]Meaning {
	return map[string]Meaning{
		"phone":        {"Phone", "Finds who ordered before."},
		"name":         {"Name", "Who gets the parcel."},
		"address":      {"Address", "City, street, number. Not for pick-up."},
		"province":     {"Province", "Some rules go by it. May be left."},
		"customer":     {"Customer", "The customer's number. May be left."},
		"mode":         {"Delivery", "How it comes to the customer."},
		"carrier":      {"Carrier", "Freight needs one."},
		"pay_method":   {"Payment", "A transfer is waited for."},
		"cod":          {"Collect", "At the door. All of it, if not said."},
		"buyer_remark": {"Note", "Shown at picking and packing."},
	}
}

// PayMethods implements NewOrderText.
func (English) PayMethods() map[string]string {
	return map[string]string{"transfer": "transfer", "cod": "at the door", "monthly": "monthly"}
}
func (English) CODAll(due store.Money) string { return "all, " + due.String() }
func (English) BadPhone(text string) string {
	return fmt.Sprintf("%q is no phone number. Type 7 to 20 digits", text)
}
func (English) KnownPerson(name, phone, address string) []string {
	return []string{"Is it " + spaced(name, phone) + "?", address}
}

func (English) NewLine(n store.Qty, price store.Money) string {
	if price == 0 {
		return fmt.Sprintf("%d pc", n)
	}
	return fmt.Sprintf("%d x %s", n, price)
}
func (English) NewLineAbout(title string, available store.Qty) string {
	return fmt.Sprintf("%s. There are %d. Type a quantity.", title, available)
}
func (English) NewLineTitle() string                { return "This line" }
func (English) NewLineQty() string                  { return "quantity" }
func (English) NewLineDrop() string                 { return "delete" }
func (English) NewLineDropped(sku store.SKU) string { return string(sku) + " is off the order" }
func (English) AskItemOrQty(text string) []string {
	return []string{text + " is an item too. The item? No: the quantity"}
}
func (English) AskLeaveOrder() []string { return []string{"The order is not saved. Drop it?"} }

func (English) Entered(no, state string) string    { return no + " " + state }
func (English) EnteredSlip(id store.SlipID) string { return fmt.Sprintf("Slip %s", id) }
func (English) EnteredWaits() string {
	return "No slip yet: it waits for stock, or for a supervisor."
}
func (English) EnteredHint() string { return "Enter: next order" }
