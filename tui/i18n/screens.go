package i18n

import (
	"fmt"

	"scanbay/store"
)

// SignInText is said where an operator comes in.
type SignInText interface {
	SignInTitle() string
	SignInBadge() string // scan it, or type the number
	SignInPIN(name string) string
	SignedIn(name string) string
	SignedOut() string
}

// HomeText is said where the work that waits is shown; below zero is a number that
// was not read yet.
type HomeText interface {
	HomeTitle(name string) string
	HomePick(n int) string
	HomePack(n int) string
	HomeConfirm(n int) string
	HomeHeld(n int) string
	HomeSignOut() string
	HomeScan() string
	NoWork() string
	HomeLocked(n int) string
	NoRelease(n int) string // orders wait for a supervisor
	NoOrders() string       // the reason, where nothing at all is planned
}

// waiting is a number at the end of a row.
func waiting(n int) string {
	if n < 0 {
		return "   -"
	}
	return fmt.Sprintf("%4d", n)
}

// SlipsText is said by the list of slips to pick.
type SlipsText interface {
	SlipsTitle(n int) string
	SlipsRow(lines int64, pieces store.Qty, carrier store.CarrierID, shipBy string) string
	SlipsHeld(name string) string
	SlipsHint() string
	SlipsMany() string // how many to take along, from 1 to 50
	SlipsTaken(n int) string
	SlipsFreed(slip store.SlipID) string
	AskTakeOver(name string, picked, want store.Qty, boss bool) []string
	TookOver(from, totes string) string // totes may be none
	AskFree(name string, done, want store.Qty) []string
	SlipsZone(zone string, n int) string // the title, of who picks in one zone
	SlipsZones() string                  // which one?
	SlipsAllZones() string
	SlipsZoneNow(zone string) string // empty for all
	SlipsZoneNone(zone, key string) string
}

// PickText is said by the pick screen.
type PickText interface {
	PickTitle(slip store.SlipID, done, lines int) string
	ShipBy(clock string) string
	PickBin(code string, reached bool) string
	PickWant(want, picked store.Qty) string
	PickCount(want, picked store.Qty) string // the same, where there is less room
	PickLot(lot, expires string) string
	PickCode(code string) string
	Remark(text string) string
	AskTote() string
	AskBin(bin string) string
	AskItem() string
	AskItems(n store.Qty) string // a quantity was typed
	AskPieces() string           // the quantity of the next scan
	AskFor(needs store.Code) string
	ToteIs(tote string) string
	BinReached() string
	Picked(n store.Qty, name string, left store.Qty) string
	PickDone(tote string) string
	PickNext() string
	Skipped() string
	UndonePick(n store.Qty, item string) string
	ShortTitle(n store.Qty) string
	Shorted(n store.Qty) string
	ShortNext(bin string) string
	ShortAlso(slips int) string // of the same person, which asked for the same there
	AskQuantity(n string, ceiling string) []string
	AskOver(n, want string) []string
	AskOtherLot(lot, want string, boss bool) []string
	AskExpired(day, today string, boss bool) []string
	OverrideWhy() string
	AskOtherTote(tote, bound string) []string
	AskZero(bin string, book store.Qty) []string
	AskSurplus(item string) string // how many lie there too many?
	SurplusSaid(n store.Qty, item string) string
	ZeroSaid(empty bool) string
	PickZone(zone string) string // that the picker is in
	AskPassed(tote string) string
	ZonePassOn(zone, tote, next string) string // no tote: nothing was found
	ZonePassed(slip store.SlipID) string
}

// PackText is said by the packing screen.
type PackText interface {
	PackTitle(slip store.SlipID) string
	PackHome() string
	PackOpen() string // what to scan when no slip is open
	PackWaiting(n int) string
	PackLine(packed, picked store.Qty) string
	PackCarton(n int64, kind string, sealed bool) string
	PackCartonOf(n int64, of int, kind string) string // beside others
	PackNext(kind string) string                      // of the carton that the next piece opens
	PackClose() string                                // what is still open
	PackScan() string
	PackedOne(n store.Qty, name string) string
	PackSealed(carton store.CartonID) string
	PackLabel(no store.WaybillNo) string
	PackDone() string
	PackAdvice(p store.PackingRule) string
	PackWeigh(n int64) string // the carton that was closed
	WeighAsk(n int64) string
	WeighedNow(n, grams, want int64) string // want is 0 where nobody knows
	AskPartial(n string) []string
	AskPackLot(lot, want string, boss bool) []string
	UndonePack(n store.Qty, item string) string
	PackTotes(come, of int, missing []string) string
	PackCame(tote string) string
	PackIn(totes []string) string // where a piece should be that is not found
}

// RepackText is said where goods are taken out of a carton again.
type RepackText interface {
	RepackTitle(slip store.SlipID) string // empty before a carton was scanned
	RepackCarton() string                 // what to scan first
	RepackScan() string
	RepackHolds(n store.Qty) string
	RepackFrom(n int64, kind string) string
	RepackInto(n int64, kind string) string // another carton
	RepackIntoNew(kind string) string
	Repacked(n store.Qty, name string) string // no name: all there was
	AskReopen(carton string) []string
	UndoneRepack(n store.Qty, carton int64) string
}

// ConfirmText is said at the dock.
type ConfirmText interface {
	ConfirmTitle() string
	ConfirmCarrier(c store.CarrierID) string
	ConfirmSlip(slip store.SlipID) string
	ConfirmCount(done, total int) string
	ConfirmScan() string
	ConfirmWaybill(carton store.CartonID) string
	AskWaybill(no string, by store.CarrierID) []string
	Confirmed(carton store.CartonID, no store.WaybillNo) string
	ConfirmMissing(n int) string
	ConfirmBehind(n store.Qty) string
	ConfirmAll() string
	AskLeave(n int) []string
	NoCarrier() string
}

// HeldText is said where a supervisor reviews orders.
type HeldText interface {
	HeldTitle(n int) string
	HeldNone() string
	LockedTitle(n int) string
	LockedNone() string
	HeldOrder(no string, lines int, pieces store.Qty) string
	Finding(f store.Finding) (problem, remedy string)
	HeldHint() string
	ApproveTitle() string
	RejectTitle() string
	Approved(no string) string
	Rejected(no string) string
	Reason(r store.Reason) string
}

// StateText names states.
type StateText interface {
	SlipStates() map[store.SlipState]string
	OrderStates() map[store.OrderState]string
}
