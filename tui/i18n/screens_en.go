package i18n

import (
	"fmt"
	"strings"

	"scanbay/store"
)

// SignInTitle implements SignInText, and so on: each file of a language is in
// the order of screens.go.

func (English) SignInTitle() string          { return "Scanbay" }
func (English) SignInBadge() string          { return "Scan your badge, or type your number" }
func (English) SignInPIN(name string) string { return name + ": type your PIN, then Enter" }
func (English) SignedIn(name string) string  { return "Hello, " + name }
func (English) SignedOut() string            { return "Signed out" }

func (English) HomeTitle(name string) string { return name }
func (English) HomePick(n int) string        { return "Pick      " + waiting(n) }
func (English) HomePack(n int) string        { return "Pack      " + waiting(n) }
func (English) HomeConfirm(n int) string     { return "Confirm   " + waiting(n) }
func (English) HomeHeld(n int) string        { return "Held      " + waiting(n) }
func (English) HomeSignOut() string          { return "Sign out" }
func (English) HomeScan() string             { return "Enter, or scan a slip, tote or parcel" }
func (English) NoWork() string               { return "Nothing to do: all slips are out." }
func (English) NoOrders() string {
	return "Nothing to do: no slip was released. Ask the supervisor."
}

func (English) SlipsTitle(n int) string { return fmt.Sprintf("Slips to pick: %d", n) }
func (English) SlipsRow(lines int64, pieces store.Qty, carrier store.CarrierID, by string) string {
	return fmt.Sprintf("%d ln %d pc %s %s", lines, pieces, carrier, by)
}
func (English) SlipsHeld(name string) string { return "* " + name + " is at it" }
func (English) SlipsHint() string            { return "Enter takes it, or scan a slip" }
func (English) SlipsMany() string            { return "Take how many slips? 1-50" }
func (English) SlipsTaken(n int) string {
	return fmt.Sprintf("%d taken, first on your list", n)
}
func (English) SlipsFreed(slip store.SlipID) string {
	return fmt.Sprintf("%s is free again", slip)
}
func (English) AskTakeOver(name string, picked, want store.Qty, boss bool) []string {
	text := []string{fmt.Sprintf("%s has it, %d of %d picked. Take over?", name, picked, want)}
	if boss {
		text = append(text, "A supervisor agrees by badge and PIN")
	}
	return text
}
func (English) TookOver(from, totes string) string {
	if totes == "" {
		return "Taken over from " + from
	}
	return "Taken over from " + from + ". Fetch tote " + totes
}
func (English) AskFree(name string, done, want store.Qty) []string {
	return []string{fmt.Sprintf("%s has it, %d of %d done. Free it by force?", name, done, want)}
}
func (English) SlipsZone(zone string, n int) string {
	return fmt.Sprintf("Zone %s: slips %d", zone, n)
}
func (English) SlipsZones() string    { return "Which zone?" }
func (English) SlipsAllZones() string { return "All zones" }
func (English) SlipsZoneNow(zone string) string {
	if zone == "" {
		return "All zones"
	}
	return "Picking in zone " + zone
}
func (English) SlipsZoneNone(zone, key string) string {
	return "Nothing to pick in zone " + zone + ". " + key + ": another zone"
}

func (English) PickTitle(slip store.SlipID, done, lines int) string {
	return fmt.Sprintf("%s %d/%d", slip, done, lines)
}
func (English) ShipBy(clock string) string { return "by " + clock }
func (English) PickBin(code string, reached bool) string {
	if reached {
		return "At bin " + code
	}
	return "Go to " + code
}
func (English) PickCount(want, picked store.Qty) string {
	return fmt.Sprintf("%d, have %d", want, picked)
}
func (English) PickWant(want, picked store.Qty) string {
	return fmt.Sprintf("Take %d, have %d", want, picked)
}
func (English) PickLot(lot, expires string) string { return "Lot " + lot + " " + expires }
func (English) PickCode(code string) string        { return "Code " + code }
func (English) Remark(text string) string          { return "Note: " + text }
func (English) AskTote() string                    { return "Scan a tote" }
func (English) AskBin(bin string) string           { return "Scan bin " + bin }
func (English) AskItem() string                    { return "Scan item, or type quantity" }
func (English) AskItems(n store.Qty) string        { return fmt.Sprintf("%d x: scan item", n) }
func (English) AskPieces() string                  { return "How many? Then scan" }
func (English) AskFor(needs store.Code) string {
	return map[store.Code]string{store.LotNeeded: "Scan or type the lot",
		store.SerialNeeded: "Scan or type the serial number",
		store.ExpiryNeeded: "Type the expiry, as 2027-03-01"}[needs]
}
func (English) ToteIs(tote string) string { return "Into tote " + tote }
func (English) BinReached() string        { return "Right bin" }
func (English) Picked(n store.Qty, name string, left store.Qty) string {
	if left == 0 {
		return fmt.Sprintf("%d taken. %s is complete", n, name)
	}
	return fmt.Sprintf("%d taken, %d to go", n, left)
}
func (English) PickDone(tote string) string {
	if tote == "" {
		return "Slip done, nothing was found."
	}
	return "All picked. Bring tote " + tote + " to packing."
}
func (English) PickNext() string { return "Enter: next slip" }
func (English) Skipped() string  { return "Put off: it comes again" }
func (English) UndonePick(n store.Qty, item string) string {
	return fmt.Sprintf("Taken back: put %d %s into the bin", n, item)
}
func (English) ShortTitle(n store.Qty) string { return fmt.Sprintf("%d short. Why?", n) }
func (English) Shorted(n store.Qty) string    { return fmt.Sprintf("%d short, noted", n) }
func (English) ShortNext(bin string) string   { return "Take it from bin " + bin }
func (English) ShortAlso(slips int) string {
	return fmt.Sprintf("%d more slips of yours too", slips)
}
func (English) AskQuantity(n, ceiling string) []string {
	return []string{n + " pieces at once, more than " + ceiling + ". Right?"}
}
func (English) AskOtherLot(lot, want string, boss bool) []string {
	text := []string{"Lot " + lot + ", not " + want + ": take it instead?"}
	if boss {
		text = append(text, "A supervisor agrees by badge and PIN")
	}
	return text
}
func (English) AskExpired(day, today string, boss bool) []string {
	text := []string{"Expired " + day + ", today " + today + ": take it all the same?"}
	if boss {
		text = append(text, "A supervisor agrees by badge and PIN")
	}
	return text
}
func (English) OverrideWhy() string { return "Why?" }
func (English) AskOver(n, want string) []string {
	return []string{n + " are more than the " + want + " asked for. Take them?"}
}
func (English) AskOtherTote(tote, bound string) []string {
	return []string{"Use tote " + tote + " and not " + bound + "?"}
}
func (English) AskZero(bin string, book store.Qty) []string {
	if book == 0 {
		return []string{"Is bin " + bin + " empty of this item now?"}
	}
	return []string{fmt.Sprintf("The book has %d left in %s. Is it empty?", book, bin)}
}
func (English) AskSurplus(item string) string { return item + ": how many too many?" }
func (English) SurplusSaid(n store.Qty, item string) string {
	return fmt.Sprintf("Noted: %d too many, leave them there. %s", n, item)
}
func (English) ZeroSaid(empty bool) string {
	if empty {
		return "Noted: empty"
	}
	return "Noted: not empty"
}
func (English) PickZone(zone string) string { return "Zone " + zone }
func (English) AskPassed(tote string) string {
	return "Scan tote " + tote + " that was passed on, or an empty one"
}
func (English) ZonePassOn(zone, tote, next string) string {
	if tote == "" {
		return "Zone " + zone + " done. The rest is in zone " + next + "."
	}
	return "Zone " + zone + " done: pass tote " + tote + " on to zone " + next + "."
}
func (English) ZonePassed(slip store.SlipID) string { return string(slip) + " passed on" }

func (English) PackTitle(slip store.SlipID) string { return fmt.Sprintf("Pack %s", slip) }
func (English) PackHome() string                   { return "Packing" }
func (English) PackOpen() string {
	return "Scan a tote, slip or waybill; or a single item"
}
func (English) PackWaiting(n int) string { return fmt.Sprintf("%d slips to pack", n) }
func (English) PackLine(packed, picked store.Qty) string {
	return fmt.Sprintf("%d/%d", packed, picked)
}
func (English) PackCarton(n int64, kind string, sealed bool) string {
	if sealed {
		return fmt.Sprintf("Carton %d %s closed", n, kind)
	}
	return fmt.Sprintf("Carton %d %s", n, kind)
}
func (English) PackCartonOf(n int64, of int, kind string) string {
	return fmt.Sprintf("Carton %d of %d %s", n, of, kind)
}
func (English) PackClose() string {
	return "All is in. Close each carton: scan its label, then close"
}
func (English) PackNext(kind string) string { return "Next carton " + kind }
func (English) PackScan() string            { return "Scan each item into the carton" }
func (English) PackedOne(n store.Qty, name string) string {
	return fmt.Sprintf("%d %s in", n, name)
}
func (English) PackSealed(carton store.CartonID) string {
	return fmt.Sprintf("Carton %s closed", carton)
}
func (English) PackLabel(no store.WaybillNo) string {
	return fmt.Sprintf("Stick waybill %s on it", no)
}
func (English) PackDone() string { return "All packed. Bring it to the dock." }
func (English) AskPartial(n string) []string {
	return []string{n + " pieces are not packed. Leave them for later?"}
}
func (English) PackAdvice(p store.PackingRule) string {
	return packingWords{"Fragile", "Valuable", ": ", ", ", "box in a box", "insured",
		"to be signed for", "carton"}.say(p)
}
func (English) PackWeigh(n int64) string { return fmt.Sprintf("Weigh carton %d: F12", n) }
func (English) WeighAsk(n int64) string {
	return fmt.Sprintf("Carton %d weighs (g, or 1.25kg):", n)
}
func (English) WeighedNow(n, grams, want int64) string {
	if want == 0 {
		return fmt.Sprintf("Carton %d: %d g, noted", n, grams)
	}
	return fmt.Sprintf("Carton %d: %d g, as it should", n, grams)
}
func (English) AskPackLot(lot, want string, boss bool) []string {
	text := []string{"Lot " + lot + ", not " + want + ". Pack it instead?"}
	if boss {
		text = append(text, "A supervisor agrees by badge and PIN")
	}
	return text
}
func (English) UndonePack(n store.Qty, item string) string {
	return fmt.Sprintf("Taken back: %d %s out of the carton", n, item)
}
func (English) PackTotes(come, of int, missing []string) string {
	if len(missing) == 0 {
		return fmt.Sprintf("Totes %d/%d", come, of)
	}
	return fmt.Sprintf("Totes %d/%d, to come: %s", come, of, strings.Join(missing, ", "))
}
func (English) PackCame(tote string) string { return "Tote " + tote + " is here" }
func (English) PackIn(totes []string) string {
	return "It should be in tote " + strings.Join(totes, ", ")
}

// RepackTitle implements RepackText.
func (English) RepackTitle(slip store.SlipID) string { return spaced("Repack", string(slip)) }
func (English) RepackCarton() string {
	return "Scan the carton to repack: its label or waybill"
}
func (English) RepackScan() string {
	return "Scan what to take out; for another place, its carton or tote"
}
func (English) RepackHolds(n store.Qty) string { return fmt.Sprintf("%d pc", n) }
func (English) RepackFrom(n int64, kind string) string {
	return spaced(fmt.Sprintf("Out of carton %d", n), kind)
}
func (English) RepackInto(n int64, kind string) string {
	return spaced(fmt.Sprintf("Into carton %d", n), kind)
}
func (English) RepackIntoNew(kind string) string { return spaced("Into a new", kind) }
func (English) Repacked(n store.Qty, name string) string {
	return spaced(fmt.Sprintf("%d", n), name, "taken out")
}
func (English) AskReopen(carton string) []string {
	return []string{carton + " is closed. Open it to repack?"}
}
func (English) UndoneRepack(n store.Qty, carton int64) string {
	return fmt.Sprintf("Taken back: put %d into carton %d again", n, carton)
}

func (English) ConfirmTitle() string                    { return "Hand over" }
func (English) ConfirmCarrier(c store.CarrierID) string { return "Carrier " + string(c) }
func (English) ConfirmSlip(slip store.SlipID) string    { return fmt.Sprintf("Slip %s", slip) }
func (English) ConfirmCount(done, total int) string {
	return fmt.Sprintf("%d of %d confirmed", done, total)
}
func (English) ConfirmScan() string { return "Scan a parcel: its carton label or waybill" }
func (English) ConfirmWaybill(carton store.CartonID) string {
	return fmt.Sprintf("Scan the waybill of %s", carton)
}
func (English) AskWaybill(no string, by store.CarrierID) []string {
	return []string{fmt.Sprintf("%s does not look like a number of %s. Use it?", no, by)}
}
func (English) Confirmed(carton store.CartonID, no store.WaybillNo) string {
	return fmt.Sprintf("%s is out. %s", carton, no)
}
func (English) ConfirmMissing(n int) string { return fmt.Sprintf("Still here: %d", n) }
func (English) ConfirmBehind(n store.Qty) string {
	return fmt.Sprintf("Not packed: %d pieces", n)
}
func (English) ConfirmAll() string { return "Nothing is left behind." }
func (English) AskLeave(n int) []string {
	return []string{fmt.Sprintf("%d parcels stay behind. Leave them?", n)}
}
func (English) NoCarrier() string { return "no carrier" }

func (English) HeldTitle(n int) string   { return fmt.Sprintf("Held orders: %d", n) }
func (English) LockedTitle(n int) string { return fmt.Sprintf("Orders to release: %d", n) }
func (English) LockedNone() string       { return "No order is to be released." }
func (English) HomeLocked(n int) string  { return "Release   " + waiting(n) }
func (English) NoRelease(n int) string {
	return fmt.Sprintf("Nothing to do: the supervisor is to release %d orders.", n)
}
func (English) HeldNone() string { return "No order is held." }
func (English) HeldOrder(no string, lines int, pieces store.Qty) string {
	return fmt.Sprintf("%s  %d ln %d pc", no, lines, pieces)
}

// Finding implements HeldText.
func (English) Finding(f store.Finding) (problem, remedy string) {
	line := fmt.Sprintf("Line %d: ", f.Line)
	switch f.Rule {
	case "complete":
		return "Missing: " + map[string]string{"lines": "order lines", "name": "recipient's name",
			"phone": "phone", "address": "address"}[f.Want], "Ask the customer, change the order"
	case "sellable":
		return line + f.Got + " is not sold", "Change the item, or put it on sale"
	case "quantity":
		if most, limited := strings.CutPrefix(f.Want, "<= "); limited {
			return fmt.Sprintf("%s%s pieces, at most %s", line, f.Got, most),
				"Agree on fewer, or approve it"
		}
		pack := strings.TrimPrefix(f.Want, "x ")
		return fmt.Sprintf("%s%s pieces, sold by %s", line, f.Got, pack),
			"Agree on whole packs with the customer"
	case "price":
		return fmt.Sprintf("%sprice %s, by the list %s", line, f.Got, f.Want), "Check the price"
	case "amount":
		return fmt.Sprintf("%s does not add up, it comes to %s", f.Got, f.Want),
			"Check freight, discount and tax"
	case "payment":
		return fmt.Sprintf("Not paid: %s of %s", f.Got, f.Want),
			"Wait for the money, or agree to be paid later"
	case "duplicate":
		return "The same as order " + f.Got, "Ask whether both are wanted"
	case "policy":
		if most, limited := strings.CutPrefix(f.Want, "<= "); limited {
			return fmt.Sprintf("%s is above the limit of %s", f.Got, most), "Decide by your rules"
		}
		return "By your rules nothing is sent to " + f.Got, "Decide by your rules"
	case "mode":
		return map[string]string{"mode": "No way of delivery", "carrier": "No carrier",
			"waybill": "Another order has waybill " + f.Got}[f.Want], "Put it right by a change"
	case "stock":
		return fmt.Sprintf("%s%s, there are %s", line, f.Want, f.Got),
			"Send what is there, or wait for stock"
	}
	return f.Rule, ""
}
func (English) HeldHint() string             { return "Up, Down; Enter: all" }
func (English) ApproveTitle() string         { return "Approve. Why?" }
func (English) RejectTitle() string          { return "Reject. Why?" }
func (English) Approved(no string) string    { return no + " approved" }
func (English) Rejected(no string) string    { return no + " rejected" }
func (English) Reason(r store.Reason) string { return r.En }

// SlipStates implements StateText.
func (English) SlipStates() map[store.SlipState]string {
	return map[store.SlipState]string{
		store.SlipReleasedState: "released", store.SlipPicking: "being picked",
		store.SlipPicked: "picked", store.SlipPacking: "being packed",
		store.SlipPacked: "packed", store.SlipPartShipped: "partly shipped",
		store.SlipShipped: "shipped", store.SlipShort: "nothing found",
		store.SlipWithdrawn: "withdrawn", store.SlipStopped: "stopped",
	}
}

// OrderStates implements StateText.
func (English) OrderStates() map[store.OrderState]string {
	return map[store.OrderState]string{
		store.Received: "received", store.Held: "held", store.Confirmed: "confirmed",
		store.Rejected: "rejected", store.Released: "released", store.Picking: "being picked",
		store.Picked: "picked", store.Packed: "packed", store.PartShipped: "partly shipped",
		store.Shipped: "shipped", store.LockedOrder: "locked", store.Cancelled: "cancelled",
	}
}
