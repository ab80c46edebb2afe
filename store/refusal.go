package store

import "errors"

// A Code names one way work can be refused. Codes travel on the wire and key
// the translated text, so a code is never renamed or reused.
type Code string

// The codes, by who meets them.
const (
	// Anyone with a scanner.
	Unreadable  Code = "unreadable"   // the read cannot be used; Got says which flaw
	InputMethod Code = "input_method" // Han characters where a code was expected
	OtherKeys   Code = "other_keys"   // caps lock or another keyboard turned the code
	NotFound    Code = "not_found"    // nobody knows this code
	Ambiguous   Code = "ambiguous"    // the code means two things
	WrongKind   Code = "wrong_kind"   // a code of another kind than asked for
	BadQuantity Code = "bad_quantity" // no quantity: zero, negative, too large
	AskQuantity Code = "ask_quantity" // above the ceiling: needs a yes
	Stale       Code = "stale"        // the screen shows what is no longer so
	NothingToDo Code = "nothing_to_do"
	NothingUndo Code = "nothing_to_undo"
	NoRight     Code = "no_right"
	Unanswered  Code = "unanswered"  // a question waits for its answer first
	BadSetting  Code = "bad_setting" // the site cannot have this value

	NoPrinter  Code = "no_printer"  // this station has none for such documents
	BadPrinter Code = "bad_printer" // no address of a printer

	// At a station that is enrolled with central.
	CentralUnreachable Code = "central_unreachable" // central must decide, and does not answer

	// Signing in.
	UnknownOperator Code = "unknown_operator"
	WrongPIN        Code = "wrong_pin"
	LockedOut       Code = "locked_out"
	NoPIN           Code = "no_pin"

	// Picking.
	SlipTaken    Code = "slip_taken" // another operator holds it
	NotYours     Code = "not_yours"  // the slip was taken over or freed meanwhile
	SlipClosed   Code = "slip_closed"
	WrongBin     Code = "wrong_bin"
	BinFirst     Code = "bin_first" // an item was scanned before its bin
	WrongItem    Code = "wrong_item"
	WrongTote    Code = "wrong_tote"
	ToteFirst    Code = "tote_first"
	ToteInUse    Code = "tote_in_use"
	CartFull     Code = "cart_full"   // it has no room for another slip
	ToteNeeded   Code = "tote_needed" // whose the piece is, of several slips
	OverPick     Code = "over_pick"
	AskOverPick  Code = "ask_over_pick" // more than asked: needs a yes
	AskOtherLot  Code = "ask_other_lot" // not the planned one: needs a yes, or a supervisor's
	NotInBin     Code = "not_in_bin"    // the book has fewer there
	LotNeeded    Code = "lot_needed"
	WrongLot     Code = "wrong_lot"
	ExpiryNeeded Code = "expiry_needed"
	Expired      Code = "expired"
	AskExpired   Code = "ask_expired" // likewise, and a supervisor may let it pass
	ExpiredIn    Code = "expired_in"  // a carton holds such goods
	SerialNeeded Code = "serial_needed"
	WrongSerial  Code = "wrong_serial"
	SerialTwice  Code = "serial_twice"
	LastLine     Code = "last_line" // it cannot be skipped
	ZoneDone     Code = "zone_done" // what is left of the slip is another zone's

	// Packing and confirming.
	NotPicked     Code = "not_picked"
	StillPicked   Code = "still_picked" // another zone is not done
	NotOnSlip     Code = "not_on_slip"
	OverPack      Code = "over_pack"
	AllPacked     Code = "all_packed"
	AskPartial    Code = "ask_partial" // something stays behind: needs a yes
	CartonSealed  Code = "carton_sealed"
	CartonOpen    Code = "carton_open"
	CartonForeign Code = "carton_foreign"
	CartonEmpty   Code = "carton_empty"
	CartonGone    Code = "carton_gone"   // confirmed before
	Intercepted   Code = "intercepted"   // not to be sent any more
	PickedIt      Code = "picked_it"     // whoever picked of the slip may not pack it
	WeightStop    Code = "weight_stop"   // it does not weigh what it should
	WeighFirst    Code = "weigh_first"   // the site has each carton weighed
	AskReopen     Code = "ask_reopen"    // it is closed: needs a yes to be packed anew
	AskDock       Code = "ask_dock"      // parcels stay on the dock: needs a yes
	SignedBefore  Code = "signed_before" // the customer has it, or sent it back
	SortFirst     Code = "sort_first"    // a tote of several slips goes to the wall first
	NobodyWants   Code = "nobody_wants"  // no slip in the tote is for the item, or for more of it
	OnTruck       Code = "on_truck"      // likewise, on this truck
	WrongCarrier  Code = "wrong_carrier"
	WaybillNeeded Code = "waybill_needed"
	WaybillTwice  Code = "waybill_twice"
	BadWaybill    Code = "bad_waybill"
	AskWaybill    Code = "ask_waybill"   // no number of its carrier: needs a yes
	OtherWaybill  Code = "other_waybill" // likewise, and the site wants none

	// Reviewing.
	NotHeld      Code = "not_held"      // somebody decided on the order before
	SlipBegun    Code = "slip_begun"    // somebody works on the slip, or did
	AskIntercept Code = "ask_intercept" // goods were picked: needs a yes
	Downstream   Code = "downstream"    // a slip was made of the order
	NotLocked    Code = "not_locked"    // the order is not confirmed, or gone out
	NoChange     Code = "no_change"     // the order is like that already
	ChangeGone   Code = "change_gone"   // somebody decided on the change before
	NotTogether  Code = "not_together"  // the orders cannot be one parcel
	OneSlip      Code = "one_slip"      // nothing would be left to split off
	NoQuestion   Code = "no_question"   // nothing waits for an answer
	CutTooMuch   Code = "cut_too_much"  // more than is left of the line
	PaidTwice    Code = "paid_twice"    // a payment of this number was taken as another
	Incomplete   Code = "incomplete"    // an order that is entered lacks Want

	// Returns.
	ReturnFirst   Code = "return_first"   // an item was scanned before what it came with
	NotSent       Code = "not_sent"       // nothing of the order has left
	NotOnReturn   Code = "not_on_return"  // the order had no such item
	NotOrdered    Code = "not_ordered"    // the return names no order that had such an item
	OverSent      Code = "over_sent"      // more than was sent, less what came back
	AskExtra      Code = "ask_extra"      // more than was announced: needs a yes
	ReturnClosed  Code = "return_closed"  // it was rejected, or the customer keeps the goods
	ReturnDecide  Code = "return_decided" // somebody decided on it before
	NotThere      Code = "not_there"      // nothing of it lies there to be looked at
	OtherPerson   Code = "other_person"   // whoever received it may not inspect it
	GradeTote     Code = "grade_tote"     // the tote holds goods of another disposition
	WrongPlace    Code = "wrong_place"    // such goods may not lie there
	AskOtherBin   Code = "ask_other_bin"  // not the bin that was proposed: needs a yes
	FullBin       Code = "full_bin"
	SettledBefore Code = "settled_before" // the money was given back
	OverPaid      Code = "over_paid"      // more than was paid, less what goes back
	AskedTwice    Code = "asked_twice"    // a request of this number was taken as another

	// Counting.
	CountTaken  Code = "count_taken"  // somebody else counts the bin
	CountElse   Code = "count_else"   // they count the bin at another station
	CountBusy   Code = "count_busy"   // somebody picks there
	BinFrozen   Code = "bin_frozen"   // somebody counts there: nothing comes or goes meanwhile
	AskRest     Code = "ask_rest"     // what nobody saw would be gone: needs a yes
	CountWide   Code = "count_wide"   // more differs than one count can tell
	OwnWork     Code = "own_work"     // who counted, or reported it, does not decide
	ApprovedOne Code = "approved_one" // who approved it first is not the second
	VarianceEnd Code = "variance_end" // it was adjusted, or rejected
	BookMoves   Code = "book_moves"   // somebody works there, and may not have told all
)

// Codes lists every code, for tests that must not miss one.
var Codes = []Code{
	Unreadable, InputMethod, OtherKeys, NotFound, Ambiguous, WrongKind, BadQuantity,
	AskQuantity, Stale,
	NothingToDo, NothingUndo, NoRight, Unanswered, BadSetting, CentralUnreachable,
	UnknownOperator, WrongPIN, LockedOut, NoPIN,
	SlipTaken, NotYours, SlipClosed, WrongBin, BinFirst, WrongItem, WrongTote, ToteFirst,
	ToteInUse, ToteNeeded, CartFull, OverPick, AskOverPick, AskOtherLot, NotInBin,
	LotNeeded, WrongLot, ExpiryNeeded,
	Expired, AskExpired, ExpiredIn, SerialNeeded, WrongSerial, SerialTwice, LastLine, ZoneDone,
	NotPicked, StillPicked, NotOnSlip, OverPack, AllPacked, AskPartial, CartonSealed, CartonOpen,
	CartonForeign, CartonEmpty, CartonGone, WrongCarrier, WaybillNeeded, WaybillTwice,
	BadWaybill, Intercepted, AskReopen, PickedIt, WeightStop, WeighFirst,
	AskWaybill, OtherWaybill, OnTruck, AskDock, SignedBefore, SortFirst, NobodyWants,
	NotHeld, SlipBegun, AskIntercept, Downstream, NotLocked, NoChange, ChangeGone, NotTogether,
	OneSlip, NoQuestion, CutTooMuch, PaidTwice, Incomplete,
	ReturnFirst, NotSent, NotOnReturn, NotOrdered, OverSent, AskExtra, ReturnClosed, ReturnDecide,
	NotThere, OtherPerson, GradeTote, WrongPlace, AskOtherBin, FullBin, SettledBefore, OverPaid,
	AskedTwice,
	CountTaken, CountElse, CountBusy, BinFrozen, AskRest, CountWide, OwnWork, ApprovedOne,
	VarianceEnd, BookMoves,
	NoPrinter, BadPrinter,
}

// A Refusal is an answer, not an accident: the work asked for cannot be done,
// and the operator can put it right. Any other error is a Fault.
type Refusal struct {
	Code Code   `json:"code"`
	Want string `json:"want,omitempty"` // what is called for, as its label reads
	Got  string `json:"got,omitempty"`  // what was scanned or typed
	Is   Kind   `json:"is,omitempty"`   // the kind of thing that Got is
}

func (r *Refusal) Error() string {
	return string(r.Code) + ": want " + r.Want + ", got " + r.Got
}

// Misread says whether the code itself is not known: its read cannot be used.
func (r *Refusal) Misread() bool {
	return r.Code == Unreadable || r.Code == InputMethod || r.Code == OtherKeys
}

// RefusalOf reports whether err is, or wraps, a refusal.
func RefusalOf(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}

// A Kind is the kind of thing that a code can stand for.
type Kind string

// The kinds of things.
const (
	ItemKind     Kind = "item"
	BinKind      Kind = "bin"
	ToteKind     Kind = "tote"
	CartonKind   Kind = "carton"
	SlipKind     Kind = "slip"
	OrderKind    Kind = "order"
	WaybillKind  Kind = "waybill"
	OperatorKind Kind = "operator"
	CommandKind  Kind = "command"
	StageKind    Kind = "stage"
	LotKind      Kind = "lot"
	SerialKind   Kind = "serial"
	PersonKind   Kind = "customer"
	ReturnKind   Kind = "return"
	ParcelKind   Kind = "parcel" // that came back
)

// Kinds lists every kind, for tests that must not miss one.
var Kinds = []Kind{ItemKind, BinKind, ToteKind, CartonKind, SlipKind, OrderKind, WaybillKind,
	OperatorKind, CommandKind, StageKind, LotKind, SerialKind, PersonKind,
	ReturnKind, ParcelKind}
