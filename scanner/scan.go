// Package scanner turns what barcode scanners send into scans: one label, one
// Scan, or one Scan that says why the read cannot be used.
//
// A transport (a folder below: serial, evdev, hid, wedge, replay) collects bytes in
// Frames and hands each frame to a Reader, which decodes it; a Plug holds its device
// open. What a label means in the warehouse is the store's business. The folder scale reads
// weights in the same way.
package scanner

import (
	"context"
	"time"
)

// A Scan is one label as one scanner read it, or one read that cannot be used.
type Scan struct {
	ID     string // <boot>.<n>, unique for ever
	Source string // serial, evdev, hid, wedge, keyed or replay
	Port   string // which scanner, for people
	Raw    []byte // the bytes as they came, framing included
	At     time.Time
	Bad    Flaw  // why the read cannot be used; empty for a good one
	Label  Label // what a good read says
}

// A Flaw is why a read cannot be used.
type Flaw string

// The flaws. An echo is not an error: the scanner repeated itself, and the read
// is shown but not counted.
const (
	Control Flaw = "control" // control characters, or bytes that are no text
	Merged  Flaw = "merged"  // two labels read as one
	Partial Flaw = "partial" // the end of the label is missing
	TooLong Flaw = "long"    // longer than any label
	Method  Flaw = "method"  // an input method turned the code into Han characters
	Syntax  Flaw = "syntax"  // a GS1 label that breaks GS1's rules
	Echo    Flaw = "echo"    // the same read again, faster than a hand can

	Keyboard Flaw = "keyboard" // caps lock or another keyboard turned one of our labels, or digits
)

// A Label is what a barcode says.
type Label struct {
	Text    string // the content without AIM identifier; GS as U+001D
	AIM     string // AIM symbology identifier such as ]C1, where the scanner sends it
	Kind    Kind   // of our own labels; empty for a foreign one
	Code    string // the code behind Kind
	GTIN    string // 14 digits, from a GS1 label, EAN, UPC or ITF-14
	Lot     string // AI 10
	Serial  string // AI 21
	Expires string // AI 17, or 15 where there is no 17, as yyyymmdd
	Made    string // AI 11 as yyyymmdd
	Count   int64  // AI 37 or 30; 0 when the label has none
	SSCC    string // AI 00, 18 digits
}

// A Kind is what one of our own labels stands on.
type Kind string

// The kinds of our own labels.
const (
	BinLabel      Kind = "bin"
	ToteLabel     Kind = "tote"
	CartonLabel   Kind = "carton"
	SlipLabel     Kind = "slip"
	OperatorLabel Kind = "operator"
	CommandLabel  Kind = "command"
	ItemLabel     Kind = "item"
	StageLabel    Kind = "stage"
	ReturnLabel   Kind = "return"
)

// A Source is one scanner, or whatever plays one. Run reads until ctx ends and
// emits scans in the order in which they were made.
type Source interface {
	Name() string
	Run(ctx context.Context, emit func(Scan)) error
}
