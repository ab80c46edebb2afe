// Package i18n holds every word that the operator reads.
//
// Text is the catalogue, and each language is a type that implements it, so a
// translation that is missing, or that takes other facts, does not compile. The
// words for refusals and their like are tables, and a test wants every entry.
package i18n

import (
	"cmp"
	"strings"

	"scanbay/store"
	"scanbay/store/intake"
)

// Text is what the station can say: an interface for each screen, and the tables.
type Text interface {
	ShellText
	SignInText
	HomeText
	SlipsText
	PickText
	PackText
	RepackText
	ConfirmText
	DockText
	HeldText
	ReviewsText
	AskBackText
	RefundsText
	GiveBackText
	CareText
	SignedText
	CardText
	OrderText
	FormText
	SettingsText
	NewOrderText
	ReasonsText
	ReceiveText
	ArriveText
	ReturnsText
	StraysText
	InspectText
	BesideText
	PutAwayText
	PutBackText
	ClusterText
	WallText
	WaveText
	CountText
	PlansText
	QueueText
	CaseText
	TrailText
	AlertsText
	AccuracyText
	PaperText
	PrintText
	StateText
	DoctorText
	ScaleText
	Tables
}

// ShellText is said around every screen.
type ShellText interface {
	// Tag names the language to programs, such as zh; Language to people.
	Tag() string
	Language() string

	Repeat() string // a scan that is not counted, since the scanner repeated itself
	Dropped(n int, from string) string
	Seen() string             // the key that says so
	YesNo(same string) string // the keys; same is the label that is a yes too, if any
	KeyHint(key string, c Command) string
	ChooseHint() string // how to choose by digits and arrows, and to leave
	PickHint() string   // by arrows only
	ScrollHint() string // how to read on, and to leave
	EntryHint() string  // how to give what was typed, and to leave
	NotHere(command string) (problem, remedy string)
	Help() []string // what is true of every screen
	NoScans() string
	Echo() string // what came of a scan: a repeat,
	Lost() string // or that nobody answered it
	Unsent(n int) string
	Alone() string // this station sends to nobody
	TooSmall(w, h int) string
}

// Tables are the words that have an entry for each value of a type.
type Tables interface {
	Refusals() map[store.Code]Words
	Faults() map[store.FaultCode]Words
	Conditions() map[Condition]Trouble
	Kinds() map[store.Kind]string
	Roles() map[store.Role]string
	Flaws() map[string]string // of scanner.Flaw
	Commands() map[Command]string
	Reasons() map[intake.ReasonCode]Words // why a file is not taken; {got} is the value
}

// Words say what is wrong and what to do about it. {got}, {want} and {is} stand
// for what a refusal gives; what is in [brackets] goes when nothing is given.
type Words struct {
	Problem, Remedy string
}

// Trouble is said of a condition; Short is a word for the rule.
type Trouble struct {
	Short, Problem, Remedy string
}

// Explain puts an error in the operator's words. A fault is told by its code.
func Explain(t Text, err error) (problem, remedy string) {
	r, ok := store.RefusalOf(err)
	if !ok {
		w := t.Faults()[store.FaultOf(err).Code]
		return fill(w, "", "", "")
	}
	got, want := clip(r.Got), clip(r.Want)
	switch {
	case r.Misread():
		got = cmp.Or(t.Flaws()[got], got)
	case r.Code == store.NotPicked:
		got = cmp.Or(t.SlipStates()[store.SlipState(got)], got)
	case r.Code == store.NotHeld || r.Code == store.NotLocked:
		got = cmp.Or(t.OrderStates()[store.OrderState(got)], got)
	case r.Code == store.SlipBegun:
		want = cmp.Or(t.SlipStates()[store.SlipState(want)], want)
	case r.Code == store.NotTogether || r.Code == store.Incomplete:
		want = cmp.Or(t.Fields()[want], t.AskBackRows()[want].Name, want)
	case want != "" && (r.Code == store.ReturnClosed || r.Code == store.ReturnDecide):
		want = cmp.Or(t.ReturnStates()[store.RMAState(want)], want)
	case r.Code == store.GradeTote || r.Code == store.WrongPlace || r.Code == store.NotThere:
		want = cmp.Or(t.Dispositions()[store.Disposition(want)], want)
		got = cmp.Or(t.Dispositions()[store.Disposition(got)], got)
	case r.Code == store.VarianceEnd:
		want = cmp.Or(t.VarianceStates()[store.VarianceState(want)],
			t.DiscEnds()[store.DiscEnd(want)], want)
	case r.Is == store.CommandKind:
		return t.NotHere(cmp.Or(t.Commands()[CommandOf(got)], got))
	}
	want = cmp.Or(t.Kinds()[store.Kind(want)], t.Roles()[store.Role(want)], want)
	return fill(t.Refusals()[r.Code], got, want, t.Kinds()[r.Is])
}

// Wrong puts a problem of a file in words, without its place. What the words
// leave out is shown with the place.
func Wrong(t Text, p intake.Problem) (problem, remedy string) {
	w := t.Reasons()[p.Reason]
	values := strings.NewReplacer("{got}", clip(p.Value), "{want}", p.Want)
	return values.Replace(drop(w.Problem, p.Value, p.Want, "")),
		values.Replace(drop(w.Remedy, p.Value, p.Want, ""))
}

// clip cuts what no line could hold: three of the narrowest.
func clip(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-2]) + ".."
	}
	return s
}

// Describe puts a condition of the station in the operator's words.
func Describe(t Text, c Condition, detail string) (short, problem, remedy string) {
	w := t.Conditions()[c]
	problem, remedy = fill(Words{w.Problem, w.Remedy}, detail, "", "")
	return w.Short, problem, remedy
}

// fill puts what is given into the words. What the words have no place for comes
// behind them: the operator misses no code.
func fill(w Words, got, want, is string) (problem, remedy string) {
	both := w.Problem + w.Remedy
	if !strings.Contains(both, "{got}") {
		w.Problem += "[ {got}]"
	}
	if !strings.Contains(both, "{want}") {
		w.Remedy += "[ {want}]"
	}
	values := strings.NewReplacer("{got}", got, "{want}", want, "{is}", is)
	return values.Replace(drop(w.Problem, got, want, is)),
		values.Replace(drop(w.Remedy, got, want, is))
}

// drop takes out the brackets, and what is in them where its value is empty.
func drop(text, got, want, is string) string {
	var out strings.Builder
	for text != "" {
		before, after, found := strings.Cut(text, "[")
		out.WriteString(before)
		if !found {
			break
		}
		inside, rest, _ := strings.Cut(after, "]")
		empty := got == "" && strings.Contains(inside, "{got}") ||
			want == "" && strings.Contains(inside, "{want}") ||
			is == "" && strings.Contains(inside, "{is}")
		if !empty {
			out.WriteString(inside)
		}
		text = rest
	}
	return out.String()
}

// A Command is something a screen can be told to do, by a key or by a command
// barcode. Its value is on printed labels, so it never changes.
type Command string

// Label is the command as its barcode reads: upper case and no underscore.
func (c Command) Label() string {
	return strings.ReplaceAll(strings.ToUpper(string(c)), "_", "-")
}

// CommandOf is the command whose barcode reads label.
func CommandOf(label string) Command {
	return Command(strings.ReplaceAll(strings.ToLower(label), "-", "_"))
}

// The commands.
const (
	Short    Command = "short" // fewer than asked for
	Skip     Command = "skip"
	Undo     Command = "undo"
	Done     Command = "done"
	Quantity Command = "quantity"
	Seal     Command = "seal"
	Carton   Command = "carton" // go on with another carton
	Approve  Command = "approve"
	Reject   Command = "reject"
	Help     Command = "help"
	More     Command = "more"
	Scans    Command = "scans" // the last ones
	Language Command = "language"
	Back     Command = "back"
	Yes      Command = "yes"
	No       Command = "no"
	SignOut  Command = "sign_out"
	Refresh  Command = "refresh"
	Several  Command = "several"  // slips, to take along
	NextJob  Command = "next"     // the one that the system chooses
	Cart     Command = "cart"     // several slips in one walk
	Fill     Command = "fill"     // the cart
	OneTote  Command = "one_tote" // for all slips on the cart
	Free     Command = "free"     // what was taken
	Confirm  Command = "confirm"  // as Enter does
	Up       Command = "up"       // as the arrow does
	Down     Command = "down"
	Look     Command = "look" // something up
	Ask      Command = "ask"  // the customer
	Answer   Command = "answer"
	TakeBack Command = "take_back" // a decision
	Withdraw Command = "withdraw"  // a slip
	Release  Command = "release"
	Wave     Command = "wave"      // orders that are released together
	PutBack  Command = "put_back"  // what was stopped
	Halt     Command = "intercept" // a slip that was begun
	Split    Command = "split"
	Merge    Command = "merge"
	Pay      Command = "pay"
	Cancel   Command = "cancel" // a line
	Change   Command = "change"
	Save     Command = "save"
	Overrule Command = "overrule" // what a grade stands for
	Note     Command = "note"
	Scrap    Command = "scrap"
	Arrive   Command = "arrive"    // parcels that came back
	PutAside Command = "put_aside" // for a person to decide
	HandBack Command = "hand_back" // to whoever brought it
	Inspect  Command = "inspect"
	Outside  Command = "outside" // of a parcel: how it looks
	Carrier  Command = "carrier"
	Keeps    Command = "keeps"     // the customer, what was to come back
	Settle   Command = "settle"    // a refund
	Give     Command = "give"      // money back, by hand
	SendOff  Command = "send_off"  // goods, to be put right or to their supplier
	SendBack Command = "send_back" // to their customer
	Parcel   Command = "parcel"    // that a customer sends goods back by
	Reship   Command = "reship"
	Signed   Command = "signed"  // for by the customer
	Unknown  Command = "unknown" // a code, to be counted as that
	Clear    Command = "clear"   // what was counted of an item
	Plan     Command = "plan"    // what is to be counted
	Drop     Command = "drop"    // a bin off the list of a plan
	Sort     Command = "sort"
	Zone     Command = "zone"
	Recount  Command = "recount"
	Found    Command = "found"     // what was missing
	WriteOff Command = "write_off" // what is missing
	Close    Command = "close"     // a case
	CountBin Command = "count_bin" // have it counted
	Card     Command = "card"      // of what a case is about
	Override Command = "override"  // by another's badge and PIN
	Export   Command = "export"
	Span     Command = "span" // of time
	Repack   Command = "repack"
	All      Command = "all" // that a carton holds
	Weigh    Command = "weigh"
	Surplus  Command = "surplus"   // there is more than the book has
	Load     Command = "load"      // a truck
	NotGone  Command = "not_gone"  // a parcel that was confirmed
	Track    Command = "track"     // what became of a parcel on its way
	WantBack Command = "want_back" // a return, for a customer
	Without  Command = "without"   // a waybill, a parcel leaves
	Doctor   Command = "doctor"    // of scanners
	Print    Command = "print"     // what is scanned next, or what is at hand
	Printers Command = "printers"  // which the station has
)

// Digit is the digit that a command types into a number that is asked for; empty for another
// command.
func (c Command) Digit() string {
	digit, is := strings.CutPrefix(string(c), "digit_")
	if !is || len(digit) != 1 {
		return ""
	}
	return digit
}

// Commands lists every command, for tests that must not miss one.
var Commands = []Command{
	Short, Skip, Undo, Done, Quantity, Seal, Carton, Approve, Reject, Help, More, Scans,
	Language, Back, Yes, No, SignOut, Refresh, Several, NextJob, Cart, Fill, OneTote, Free,
	Confirm, Up,
	Down, Look, Ask, Answer, TakeBack, Withdraw, Release, Wave, PutBack, Halt, Split, Merge, Pay,
	Cancel, Change, Save, Keeps,
	Settle, Give, SendOff, SendBack, Parcel, Reship, Signed, Arrive, PutAside, HandBack, Inspect,
	Outside, Carrier, Overrule, Note, Scrap, Sort, Zone, Recount, Found, WriteOff, Close,
	CountBin, Card, Override, Export, Span, Load, NotGone,
	Track, WantBack, Unknown, Clear, Plan, Drop,
	"digit_0", "digit_1", "digit_2", "digit_3", "digit_4", "digit_5", "digit_6", "digit_7",
	"digit_8", "digit_9",
	Repack, All, Weigh, Without, Surplus, Doctor, Print, Printers,
}

// A Condition is a lasting trouble of the station that somebody can end.
type Condition string

// The conditions.
const (
	DiskNearlyFull Condition = "disk_nearly_full"
	ScannerLost    Condition = "scanner_lost"
	ScannerDenied  Condition = "scanner_denied"
	PrinterDown    Condition = "printer_down"
	PaperFailed    Condition = "paper_failed" // no printer can print it
	ScaleLost      Condition = "scale_lost"
	ScaleDenied    Condition = "scale_denied"
	ClockOff       Condition = "clock_off"
	LinkDown       Condition = "link_down"
)

// Conditions lists every condition, the worst first.
var Conditions = []Condition{DiskNearlyFull, ScannerLost, ScannerDenied, ScaleLost, ScaleDenied,
	PrinterDown, PaperFailed, ClockOff, LinkDown}
