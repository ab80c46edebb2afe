// Package paper is what the station puts on paper: labels and slips.
//
// A Doc says what stands on it, as rows from the top; a Press sets it on pages of
// dots, where nothing overlaps and no code is cut; and a Tongue puts those in the language of a
// printer. All of it is from data to bytes: nothing here reads a store or dials a printer.
//
// Every text passes Clean, so whatever a name holds, it steers no printer.
package paper

import (
	"strings"

	"scanbay/tui/component"
)

// A Media is a sheet, in millimetres.
type Media struct {
	W, H int
}

// The sheets of the documents.
var (
	Large = Media{102, 152} // a carton's, 4 x 6 inches
	Small = Media{100, 60}  // a bin's, a tote's
	Tag   = Media{60, 40}   // an item's
	Badge = Media{86, 54}
	A4    = Media{210, 297}
	A5    = Media{148, 210}
)

// Sheets are those that papers of several pages can be on, by their names.
func Sheets() map[string]Media { return map[string]Media{"4x6": Large, "a5": A5, "a4": A4} }

// A Doc is what is to be printed. Head stands on top of every page, Rows below it, on as many
// pages as they take; a label has one.
type Doc struct {
	Media
	Head, Rows []Row
	One        bool // page, whatever it takes
}

// Printable fails with a BadCode where a code of the document is none.
func (d Doc) Printable() error {
	for _, r := range append(d.Head[:len(d.Head):len(d.Head)], d.Rows...) {
		for _, cell := range r.Cells {
			if cell.Code == nil {
				continue
			}
			if err := cell.Code.printable(); err != nil {
				return err
			}
		}
	}
	return nil
}

// A Row is cells beside one another.
type Row struct {
	Cells []Cell
	Rule  bool // a line stands below
	Next  bool // on one page with the next row
	Close bool // cells stand close together: codes bring their own quiet zones
}

// A Cell is a text, or a code.
type Cell struct {
	Text   string
	Points float64 // how high the letters are; 0 for Body
	Bold   bool
	Fit    bool // on one line: letters shrink rather than wrap
	Right  bool
	Share  int // of the row's width, beside the others; 0 is 1
	Code   *Code
}

// Body is how high letters are where nothing is said, in points.
const Body = 10

// textMost is how many characters of a text are printed: more is no name and no address.
const textMost = 400

// clean is a text as it may stand on paper.
func clean(s string) string {
	s = strings.TrimSpace(component.Clean(s))
	if runes := []rune(s); len(runes) > textMost {
		return string(runes[:textMost-2]) + ".."
	}
	return s
}

func text(s string) Cell           { return Cell{Text: s} }
func row(cells ...Cell) Row        { return Row{Cells: cells} }
func ruled(cells ...Cell) Row      { return Row{Cells: cells, Rule: true} }
func (c Cell) at(pt float64) Cell  { c.Points = pt; return c }
func (c Cell) bold() Cell          { c.Bold = true; return c }
func (c Cell) right() Cell         { c.Right = true; return c }
func (c Cell) fit() Cell           { c.Fit = true; return c }
func (c Cell) share(part int) Cell { c.Share = part; return c }
