package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"scanbay/scanner"
	"scanbay/scanner/gs1"
	"scanbay/tui/component"
)

type decodeCmd struct {
	JSON bool `name:"json" help:"Objects {id, mode, input} in, a line each; verdicts out."`
}

// Help tells what may be typed.
func (decodeCmd) Help() string {
	return "A code a line on standard input: as a scanner sends it (]C1..., with GS or ^]), with " +
		"brackets\n((01)...), a Digital Link (https://...), or the digits below the bars.\n" +
		"With --json the mode of an object is scan, raw (^ for FNC1), bracket or dl; without\n" +
		"one it is seen from the input."
}

// longestCode is what a line may be, at most.
const longestCode = 1 << 20

// Run reads codes and says what they mean. A code that is wrong is an answer, and no failure.
func (d decodeCmd) Run(ctx context.Context, c *console) error {
	ended := make(chan error, 1)
	go func() { ended <- d.each(c) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done(): // a person stops it while it waits for a line
		return nil
	}
}

func (d decodeCmd) each(c *console) error {
	lines := bufio.NewScanner(c.In)
	lines.Buffer(nil, longestCode)
	out := bufio.NewWriter(c.Out)
	for lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if line == "" {
			continue
		}
		if !d.JSON {
			for _, said := range c.decoded(line) {
				fmt.Fprintln(out, component.Clean(said))
			}
			if err := out.Flush(); err != nil { // who typed it waits for the answer
				return err
			}
			continue
		}
		var ask codeAsked
		if err := json.Unmarshal([]byte(line), &ask); err != nil {
			return errors.Join(out.Flush(), complaint(c.words().NoCode(component.Clean(line))))
		}
		if err := newJSON(out).Encode(ask.verdict()); err != nil {
			return err
		}
	}
	return errors.Join(lines.Err(), out.Flush())
}

// A codeAsked is a code to be judged.
type codeAsked struct {
	ID      string   `json:"id"`
	Mode    string   `json:"mode"`
	Input   string   `json:"input"`
	Options []string `json:"options"` // as GS1's engine calls them
}

// A codeVerdict is what a code says, or why it says nothing.
type codeVerdict struct {
	ID       string        `json:"id,omitempty"`
	OK       bool          `json:"ok"`
	Elements []codeElement `json:"elements"`
	Error    string        `json:"error,omitempty"`
	GTIN14   string        `json:"gtin14,omitempty"` // of a retail symbol, or of a case
	Text     string        `json:"text,omitempty"`   // that is nothing of GS1's
	Warning  string        `json:"warning,omitempty"`
}

type codeElement struct {
	AI    string `json:"ai"`
	Value string `json:"value"`
}

func (a codeAsked) verdict() codeVerdict {
	read, err := a.read()
	out := codeVerdict{ID: a.ID, OK: err == nil, GTIN14: read.GTIN, Elements: []codeElement{}}
	if err != nil {
		out.Error, out.GTIN14 = err.Error(), ""
		return out
	}
	for _, e := range read.Elements {
		out.Elements = append(out.Elements, codeElement(e))
	}
	if len(read.Elements) == 0 {
		out.Text = read.Text
	}
	if want, err := gs1.Companions(read.Elements); err != nil && read.GTIN == "" {
		out.Warning = err.Error() + ": " + want
	}
	return out
}

func (a codeAsked) read() (out gs1.Reading, err error) {
	has := func(option string) bool { return slices.Contains(a.Options, option) }
	o := gs1.Options{UnknownAIs: has("permit_unknown_ais"),
		UnknownAttributes: has("unknown_ai_as_dl_attr"),
		ShortGTINs:        has("permit_zero_suppressed_gtin_in_dl")}
	switch cmp.Or(a.Mode, modeOf(a.Input)) {
	case "scan":
		return o.Scan(nil, a.Input)
	case "raw":
		out.Elements, err = o.Raw(nil, a.Input)
	case "bracket":
		out.Elements, err = o.Bracketed(nil, a.Input)
	case "dl":
		out.Elements, err = o.Link(nil, a.Input)
	default:
		out.Elements, err = gs1.Parse(a.Input)
	}
	return out, err
}

// modeOf is how a code is written; empty for one without a mark of it.
func modeOf(code string) string {
	switch {
	case strings.HasPrefix(code, "]"):
		return "scan"
	case strings.HasPrefix(code, "^"):
		return "raw"
	case strings.HasPrefix(code, "("):
		return "bracket"
	case gs1.IsLink(code):
		return "dl"
	}
	return ""
}

// decoded is what a code means, for people.
func (c *console) decoded(line string) []string {
	w := c.words()
	code := strings.ReplaceAll(line, "^]", gs1.GS) // as terminals show it
	out := []string{strings.ReplaceAll(line, gs1.GS, "^]")}
	if kind, inner, ok := scanner.Decode(scanner.DefaultPrefix, code); ok {
		return append(out, "  "+w.OurLabel(string(kind), inner))
	}
	if gtin, ok := retailOf(code); ok {
		return append(out, "  GTIN "+gtin)
	}
	read, err := codeAsked{Input: code}.read()
	var wrong *gs1.Error
	switch {
	case errors.As(err, &wrong) && wrong.AI == code && wrong.Err == gs1.ErrUnknown:
		return append(out, "  "+w.CodeIsText())
	case errors.As(err, &wrong):
		return append(out, "  "+w.CodeIsWrong(wrong.AI, wrong.Err))
	case len(read.Elements) == 0 && read.GTIN == "":
		return append(out, "  "+w.CodeIsText())
	}
	if read.GTIN != "" {
		out = append(out, "  GTIN "+read.GTIN)
	}
	for _, e := range read.Elements {
		out = append(out, strings.TrimRight(fmt.Sprintf("  (%s) %-18s %s", e.AI, gs1.Title(e.AI),
			c.meant(e)), " "))
	}
	if want, err := gs1.Companions(read.Elements); errors.As(err, &wrong) && read.GTIN == "" {
		out = append(out, "  "+w.CodeIsPart(wrong.AI, want))
	}
	return out
}

// retailOf is the number of an EAN or UPC that is typed as it stands below its bars.
func retailOf(code string) (gtin string, ok bool) {
	if gtin, ok = gs1.GTIN14(code); !ok {
		if upc, short := gs1.ExpandUPCE(code); short {
			return gs1.GTIN14(upc)
		}
	}
	return gtin, ok
}

// dated are the identifiers of days.
const dated = " 11 12 13 15 16 17 4326 7006 "

// meant is a value, and what it says where that is not plain to see.
func (c *console) meant(e gs1.Element) string {
	if strings.Contains(dated, " "+e.AI+" ") {
		if day, ok := gs1.Date(e.Value, c.Now().Year()); ok {
			return fmt.Sprintf("%s = %s-%s-%s", e.Value, day[:4], day[4:6], day[6:])
		}
	}
	if amount, ok := gs1.Decimal(e.AI, e.Value); ok && gs1.Unit(e.AI) != "" {
		return fmt.Sprintf("%s = %s %s", e.Value, amount, gs1.Unit(e.AI))
	}
	return e.Value
}
