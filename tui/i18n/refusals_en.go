package i18n

import (
	"maps"

	"scanbay/store"
)

// Refusals implements Tables.
func (English) Refusals() map[store.Code]Words {
	words := map[store.Code]Words{
		store.Unreadable:  {"Bad read[: {got}]", "Scan[ {want}] again"},
		store.InputMethod: {"Input method is on[: {got}]", "Switch it off, scan[ {want}] again"},
		store.OtherKeys: {"Keys are not the scanner's[: {got}]",
			"Caps Lock off, else F9: scanner doctor"},
		store.NotFound:    {"Unknown code {got}", "Scan again[: {want}], or call the supervisor"},
		store.Ambiguous:   {"More than one is {got}", "Scan a sharper code[: {want}]"},
		store.WrongKind:   {"Wrong kind of label[, {is}]: {got}", "Scan what is asked[: {want}]"},
		store.BadQuantity: {"Not a quantity: {got}", "Key it again[: {want}]"},
		store.AskQuantity: {"That is a lot: {got}", "[Usual: up to {want}. ]Count again"},
		store.Stale:       {"[{want} ]Changed meanwhile", "Look at the screen, then scan"},
		store.NothingToDo: {"Nothing to do here", "Take other work"},
		store.NothingUndo: {"Nothing to undo[ on {want}]", "Go on"},
		store.NoRight:     {"You may not do this[, {got}]", "Call one who may[: {want}]"},
		store.Unanswered:  {"Not counted[: {got}]", "Answer first[: {want}]"},
		store.CentralUnreachable: {"No answer from central[ {got}]",
			"Go on with what you have[, {want}]; ask again later"},

		store.UnknownOperator: {"Unknown badge {got}", "Scan your badge, or call the supervisor"},
		store.WrongPIN:        {"Wrong PIN[, {got}]", "Type it again"},
		store.LockedOut:       {"Too many wrong PINs", "Wait[ {got} s], or call the supervisor"},
		store.NoPIN:           {"No PIN is set[ for {got}]", "Call the supervisor to set one"},

		store.SlipTaken:    {"Slip[ {want}] is in work[ by {got}]", "Take another slip"},
		store.NotYours:     {"Slip[ {want}] is no longer yours", "Put it back[, {got} has it]"},
		store.SlipClosed:   {"Slip[ {want}] is closed", "Put the piece back, take a slip"},
		store.WrongBin:     {"Wrong bin {got}", "Go to bin[ {want}]"},
		store.BinFirst:     {"Bin first[, not {got}]", "Scan bin[ {want}]"},
		store.WrongItem:    {"Not this item: {got}", "Put it back, take[ {want}]"},
		store.WrongTote:    {"Wrong tote {got}", "Use tote[ {want}]"},
		store.ToteFirst:    {"Tote first[, not {got}]", "Scan a tote[: {want}]"},
		store.ToteInUse:    {"Tote[ {got}] is in use[ by {want}]", "Take an empty tote"},
		store.OverPick:     {"Too many: {got}", "[Take {want}. ]Put the rest back"},
		store.AskOtherLot:  {"Lot {got}, not {want}", "Take it instead?"},
		store.AskOverPick:  {"More than asked: {got}", "[Asked: {want}. ]Take more?"},
		store.NotInBin:     {"The book has less[: {got}]", "[{want} left. ]Count or press short"},
		store.LotNeeded:    {"Lot is needed[, not {got}]", "Scan or type the lot[ of {want}]"},
		store.WrongLot:     {"Wrong lot {got}", "Put it back, take lot[ {want}]"},
		store.ExpiryNeeded: {"Expiry is needed[, not {got}]", "Type it from the pack[ of {want}]"},
		store.Expired:      {"Expired: {got}[, today {want}]", "Put it aside, call the supervisor"},
		store.ExpiredIn:    {"Past its day inside: {got}", "Repack it: take that out"},
		store.AskExpired:   {"Past its day: {got}[, today {want}]", "Take it?"},
		store.SerialNeeded: {"Serial is needed[, not {got}]", "Scan the serial[ of {want}]"},
		store.WrongSerial:  {"Wrong serial {got}", "Put it back, take one[ from {want}]"},
		store.SerialTwice:  {"Serial counted before: {got}", "[It is in {want}. ]Take another"},
		store.LastLine:     {"No skipping the last line", "Pick it[ at {want}], or press short"},
		store.ZoneDone:     {"Zone {got} of slip[ {want}] is done", "Enter passes it on"},
	}
	maps.Copy(words, englishPacking())
	maps.Copy(words, englishOffice())
	maps.Copy(words, englishReturns())
	maps.Copy(words, englishCounts())
	return words
}

// englishPacking are the refusals from the packing table to the truck.
func englishPacking() map[store.Code]Words {
	return map[store.Code]Words{
		store.NotPicked:     {"Not picked yet[: {got}]", "Finish picking first"},
		store.StillPicked:   {"Zone {want} still picks[: {got}]", "Put the tote aside till then"},
		store.NotOnSlip:     {"Not on this slip: {got}", "Put it aside, call the supervisor"},
		store.OverPack:      {"More than on the slip: {got}", "[Pack {want}. ]Take the rest out"},
		store.AllPacked:     {"Slip[ {want}] is all packed[: {got}]", "Seal the carton"},
		store.AskPartial:    {"Slip[ {want}] is not complete[, {got} left]", "Leave the rest?"},
		store.CartonSealed:  {"Carton is sealed: {got}", "Take the piece out, use an open carton"},
		store.CartonOpen:    {"Carton[ of {want}] is not sealed: {got}", "Seal it first"},
		store.CartonForeign: {"Another slip's carton: {got}", "Put it aside[, go on with {want}]"},
		store.CartonEmpty:   {"Carton[ {want}] is empty[: {got}]", "Pack into it first"},
		store.ToteNeeded: {"Not the tote it is for: {got}",
			"Put it into tote {want}, scan that"},
		store.CartFull: {"The cart is full[ {got}]", "Pick what is on it first[ {want}]"},
		store.Intercepted: {"Stopped: {got} not wanted",
			"Go on with the rest[. Put it back: {want}]"},
		store.CartonGone: {"Confirmed before: {got}", "Put it with those that leave"},
		store.PickedIt:   {"You picked it[: {want}]", "Somebody else packs it[: {got}]"},
		store.WeightStop: {"Carton {got} weighs wrong",
			"[{want} g is right. ]Check it, weigh again"},
		store.WeighFirst: {"Carton {got} is not weighed",
			"Scan its label at packing, weigh it[: {want}]"},
		store.AskReopen:     {"Carton {got} is closed", "Open it again[: {want}]?"},
		store.WrongCarrier:  {"Wrong carrier: {got}", "Bring it to[ {want}]"},
		store.WaybillNeeded: {"No waybill number[: {got}]", "Scan the waybill[ of {want}]"},
		store.WaybillTwice:  {"Waybill was used[ by {want}]: {got}", "Scan another waybill"},
		store.BadWaybill:    {"Not a waybill number: {got}", "Scan the waybill[ of {want}]"},
		store.OnTruck:       {"On this truck already: {got}[, {want}]", "Go on with the next"},
		store.AskDock:       {"Still on the dock: {got}[, {want}]", "Load, or leave them"},
		store.SignedBefore:  {"The customer has it: {got}", "Book it as a return[, {want}]"},
		store.AskWaybill:    {"Doubtful number[ for {want}]: {got}", "Look at the label"},
		store.SortFirst:     {"To be sorted first: {got}[, {want} slips]", "Bring it to the wall"},
		store.NobodyWants: {"No slip[ in {want}] wants it: {got}",
			"Lay it aside, call the supervisor"},
		store.OtherWaybill: {"No number[ of {want}]: {got}", "Scan another waybill"},
	}
}

// englishOffice are the refusals that a supervisor meets.
func englishOffice() map[store.Code]Words {
	return map[store.Code]Words{
		store.BadSetting:   {"It cannot be {got}", "Give another value[: {want}]"},
		store.NoPrinter:    {"No printer here[ for {got}]", "A supervisor names one: F9 F4"},
		store.BadPrinter:   {"{got} is no printer", "Give[ {want}] tcp:HOST or lp:QUEUE"},
		store.AskIntercept: {"Slip {got} is being worked on[: {want}]", "F6 stops it now"},
		store.SlipBegun: {"Slip {got} was begun[: {want}]",
			"Too late to change. Stop it on the floor"},
		store.Downstream: {"Order {got} is on a slip[: {want}]", "Withdraw that slip first"},
		store.NotLocked: {"Not possible for order[ {want}][: {got}]",
			"Look at where the order stands"},
		store.NoChange:   {"Order {got} is like that already", "Check what is to change"},
		store.ChangeGone: {"The change was decided on[ {got}]", "Go on with the next one"},
		store.NotTogether: {"Order {got} cannot go along[: another {want}]",
			"Send them apart"},
		store.OneSlip:    {"Order {got} cannot be split so", "Choose some lines, and leave some"},
		store.NoQuestion: {"No question waits for an answer[ {got}]", "Ask first"},
		store.CutTooMuch: {"{got} pieces are too many to cancel", "At most {want}"},
		store.Incomplete: {"Not complete[, no {want}]", "Fill it in, then save"},
		store.PaidTwice: {"Number {got} was taken before[ for {want}]",
			"Check number and amount"},
		store.NotHeld: {"Order[ {want}] was decided before[: {got}]", "Take the next order"},
	}
}

// englishReturns are the refusals of goods that come back.
func englishReturns() map[store.Code]Words {
	return map[store.Code]Words{
		store.ReturnFirst: {"Return first[, not {got}]",
			"Scan return, waybill or order[ {want}]"},
		store.NotSent:      {"Nothing left yet for {got}", "Check the order[ {want}]"},
		store.NotOnReturn:  {"{got} was not on it[: {want}]", "Put it aside, on hold"},
		store.NotOrdered:   {"No order had {got}", "Put it aside, on hold[: {want}]"},
		store.OverSent:     {"More than was sent: {got}", "[Take {want}. ]Put the rest aside"},
		store.AskExtra:     {"More than announced: {got}", "[Announced: {want}. ]Take all?"},
		store.ReturnClosed: {"Return {got} is closed[: {want}]", "Hand it back, or get help"},
		store.ReturnDecide: {"Return {got} was decided[: {want}]", "Take the next one"},
		store.NotThere:     {"No {got} lies there[: {want}]", "Check place and item, scan again"},
		store.OtherPerson:  {"You received it[: {want}][, {got}]", "Another person inspects it"},
		store.GradeTote:    {"Tote[ {got}] has other goods", "Use another tote[, for {want}]"},
		store.WrongPlace:   {"It may not lie in {got}", "Use another place[: {want}]"},
		store.AskOtherBin:  {"Not the bin proposed: {got}", "[Proposed: {want}. ]Scan it again?"},
		store.FullBin:      {"Bin[ {got}] is full", "Use another bin[: {want}]"},
		store.SettledBefore: {"Refund {got} was paid[: {want}]",
			"Do not pay it again"},
		store.OverPaid:   {"{got} is more than was paid and not given back", "At most {want}"},
		store.AskedTwice: {"Request {got} is known[ as {want}]", "Check number and goods"},
	}
}

// englishCounts are the refusals of counts, and of what a supervisor decides on them.
func englishCounts() map[store.Code]Words {
	return map[store.Code]Words{
		store.CountElse:  {"You count bin {got} at station {want}", "Finish it there"},
		store.CountTaken: {"{want} counts bin {got}", "Take another bin, or get a supervisor"},
		store.CountBusy:  {"Being picked from[: {want}][, {got}]", "Count another bin first"},
		store.BinFrozen:  {"Bin {got} is being counted[: {want}]", "Skip it, come back later"},
		store.AskRest:    {"Not seen: {want} items in {got}", "Are they gone? Scan the bin again"},
		store.CountWide:  {"More than {want} lines differ[: {got}]", "Have it planned by item"},
		store.OwnWork:    {"You counted or reported it: {got}", "Another person does this"},
		store.ApprovedOne: {"You approved {got} already",
			"A second supervisor is to approve it"},
		store.VarianceEnd: {"Decided before[: {want}][, {got}]", "Take the next one"},
		store.BookMoves:   {"Still picked from elsewhere[: {want}][, {got}]", "Approve it later"},
	}
}

// Faults implements Tables.
func (English) Faults() map[store.FaultCode]Words {
	return map[store.FaultCode]Words{
		store.Broken:   {"Could not save", "Do not go on. Call the supervisor"},
		store.DiskFull: {"Disk full, not saved", "Do not go on. Call the supervisor to free space"},
		store.Locked:   {"Not saved: another program holds the file", "Close it, then scan again"},
		store.Newer:    {"The file is of a newer program", "The supervisor updates this station"},
		store.Older:    {"The file is of an older program", "Start the station once: it updates"},
		store.Damaged:  {"The file is damaged", "Stop. The supervisor restores the backup"},
		store.ReadOnly: {"The file cannot be written", "Stop. The supervisor checks the folder"},
		store.Exists:   {"The file is there already", "Choose another name, or move that file"},
		store.Missing:  {"The file is not there", "Stop. The supervisor checks the path"},
	}
}
