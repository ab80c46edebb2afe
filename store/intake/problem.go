package intake

import (
	"fmt"
	"strings"
	"unicode"
)

// A ReasonCode says what is wrong with a file or a cell of it. The words for it
// are the reader's language, so a code is never renamed or reused.
type ReasonCode string

// The reason codes.
const (
	// Of a file.
	EmptyFile   ReasonCode = "empty_file"   // no row under the header
	TooLarge    ReasonCode = "too_large"    // more than Want bytes unpacked
	Password    ReasonCode = "password"     // it is encrypted
	OldFormat   ReasonCode = "old_format"   // a workbook from before XLSX
	WhichSheet  ReasonCode = "which_sheet"  // Want lists the sheets
	DamagedFile ReasonCode = "damaged_file" // it does not unpack: cut short, or altered
	NotATable   ReasonCode = "not_a_table"  // no header that this kind of file has

	// Of a header.
	MissingColumn   ReasonCode = "missing_column"   // Want lists its names
	DuplicateColumn ReasonCode = "duplicate_column" // two columns for Want
	NoSuchHeader    ReasonCode = "no_such_header"   // Want lists those that there are

	// Of a row.
	RaggedRow    ReasonCode = "ragged_row"    // Value fields where the header has Want
	BadQuote     ReasonCode = "bad_quote"     // a quote that begins or ends nothing
	DuplicateRow ReasonCode = "duplicate_row" // line Want says it before
	OrderChanged ReasonCode = "order_changed" // the order was taken with Want before

	// Of a value.
	MissingValue     ReasonCode = "missing_value"
	BadNumber        ReasonCode = "bad_number" // no number, or not within Want
	Negative         ReasonCode = "negative"   // less than Want
	BadDate          ReasonCode = "bad_date"
	BadChoice        ReasonCode = "bad_choice" // none of Want
	BadPIN           ReasonCode = "bad_pin"
	BadCheckDigit    ReasonCode = "bad_check_digit"
	Shortened        ReasonCode = "shortened" // a spreadsheet made 6.9E+12 of a code
	FormulaError     ReasonCode = "formula_error"
	MergedCell       ReasonCode = "merged_cell" // with one above, where rows differ
	TooLong          ReasonCode = "too_long"    // more than Want characters
	ControlCharacter ReasonCode = "control_character"
	Encoding         ReasonCode = "encoding"       // characters that were lost on the way
	Contradiction    ReasonCode = "contradiction"  // Want is said elsewhere
	UnknownItem      ReasonCode = "unknown_item"   // of the stock, or of a kit
	AmbiguousItem    ReasonCode = "ambiguous_item" // the barcode stands for Want
	UnknownBin       ReasonCode = "unknown_bin"    // or one not in use
	ReservedMore     ReasonCode = "reserved_more"  // orders need Want
	UnknownOrder     ReasonCode = "unknown_order"  // or several shops have one of this number
	NotOnOrder       ReasonCode = "not_on_order"   // the order has no such line
	CutTooMuch       ReasonCode = "cut_too_much"   // only Want are left of the line
	TakenAsOther     ReasonCode = "taken_as_other" // the number was taken as Want before

	// Of a value, of what customers have, send back and are paid for.
	NotSent        ReasonCode = "not_sent"        // nothing of it left yet
	NotThatDay     ReasonCode = "not_that_day"    // it had not left by then, or that is to come
	OverSent       ReasonCode = "over_sent"       // only Want left, or may still come back
	OtherCustomer  ReasonCode = "other_customer"  // than that of the request's first order
	AskedOtherwise ReasonCode = "asked_otherwise" // the request was taken as another, Want
	BadWaybill     ReasonCode = "bad_waybill"     // no carrier prints such a number
	UnknownSlip    ReasonCode = "unknown_slip"    // or waybill; or the item left on Want
	UnknownReturn  ReasonCode = "unknown_return"  // or refund
	NotDue         ReasonCode = "not_due"         // Want is
)

// Reasons lists every reason code, for tests that must not miss one.
var Reasons = []ReasonCode{
	EmptyFile, TooLarge, Password, OldFormat, WhichSheet, DamagedFile, NotATable,
	MissingColumn, DuplicateColumn, NoSuchHeader, RaggedRow, BadQuote, DuplicateRow, OrderChanged,
	MissingValue, BadNumber, Negative, BadDate, BadChoice, BadPIN, BadCheckDigit, Shortened,
	FormulaError, MergedCell, TooLong, ControlCharacter, Encoding, Contradiction,
	UnknownItem, AmbiguousItem, UnknownBin, ReservedMore, UnknownOrder, NotOnOrder, CutTooMuch,
	TakenAsOther, NotSent, NotThatDay, OverSent, OtherCustomer, AskedOtherwise, BadWaybill,
	UnknownSlip, UnknownReturn, NotDue,
}

// A Problem is why a file cannot be taken, and where to look. Everything in it
// is fit for a screen: no control characters, and never a PIN.
type Problem struct {
	File   string
	Line   int    // of the file, from 1; 0 for the file as a whole
	Column string // its header, as in the file
	Value  string // what stands there
	Reason ReasonCode
	Want   string // what would do
}

func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s: %q, want %q", p.File, p.Line, p.Column, p.Reason, p.Value,
		p.Want)
}

// bad is a problem of a value; whoever knows the cell fills in the rest.
func bad(code ReasonCode, want string) *Problem { return &Problem{Reason: code, Want: want} }

// shownMax is how many characters of a file a problem repeats.
const shownMax = 60

// shown makes text of a file fit for a screen.
func shown(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > shownMax {
			b.WriteString("...")
			break
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
