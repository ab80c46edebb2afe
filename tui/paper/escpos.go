package paper

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"scanbay/tui/component"
)

// ReceiptColumns is how many characters most receipt printers have on a line: 80 mm.
const ReceiptColumns = 48

// A receipt printer has dotsWide of its dots to a character, and receiptDPI of them to an inch.
const (
	dotsWide   = 12
	receiptDPI = 203
)

// ESCPOS is documents for a receipt printer of so many columns, 32 or 48: as its own text and
// codes where it has them, which is fast and sharp, and as dots where not.
func (p *Press) ESCPOS(docs []Doc, columns, copies int) ([]byte, error) {
	var out bytes.Buffer
	for _, d := range docs {
		out.WriteString("\x1b@\x1c&") // as at the start; Chinese on
		for _, r := range append(slices.Clip(d.Head), d.Rows...) {
			if err := p.receipt(&out, r, columns); err != nil {
				return nil, err
			}
		}
		out.WriteString("\n\x1dV\x42\x00") // on to the knife, and cut
	}
	return bytes.Repeat(out.Bytes(), max(1, copies)), nil
}

func (p *Press) receipt(out *bytes.Buffer, r Row, columns int) error {
	said, asDots := receiptText(r, columns)
	if asDots {
		return p.raster(out, r, columns)
	}
	out.WriteString(said)
	for _, c := range r.Cells {
		if c.Code == nil {
			continue
		}
		if err := p.receiptCode(out, *c.Code, columns); err != nil {
			return err
		}
	}
	if r.Rule {
		out.WriteString(strings.Repeat("-", columns) + "\n")
	}
	return nil
}

// receiptText is the texts of a row beside one another, in GB 18030 of two bytes: printers have
// no more. Where that is not enough, the row is to be drawn.
func receiptText(r Row, columns int) (said string, asDots bool) {
	var cells [][]string
	high, parts, points, bold := 0, 0, 0.0, false
	for _, c := range r.Cells {
		if c.Code == nil {
			parts += max(1, c.Share)
			points, bold = max(points, c.Points), bold || c.Bold
		}
	}
	wide := 1
	if points >= 24 {
		wide = 2
	}
	room := columns/wide - (len(r.Cells) - 1)
	for _, c := range r.Cells {
		if c.Code != nil {
			continue
		}
		w := max(2, room*max(1, c.Share)/max(1, parts))
		lines := component.Wrap(clean(c.Text), w)
		if c.Right {
			for i, line := range lines {
				lines[i] = component.Pair("", strings.TrimRight(line, " "), w)
			}
		}
		cells, high = append(cells, append([]string{component.Fit("", w)}, lines...)),
			max(high, len(lines))
	}
	for i := range high {
		line := ""
		for j, lines := range cells {
			at := lines[0]
			if i+1 < len(lines) {
				at = lines[i+1]
			}
			if j > 0 {
				line += " "
			}
			line += at
		}
		said += strings.TrimRight(line, " ") + "\n"
	}
	encoded, ok := gbk(said)
	if strings.TrimSpace(said) == "" {
		return "", false
	}
	return styled(encoded, wide, bold), !ok
}

// gbk is a text in two bytes a character at most, and whether it can be.
func gbk(text string) (string, bool) {
	encoder := simplifiedchinese.GBK.NewEncoder()
	out, err := encoder.String(text)
	return out, err == nil
}

func styled(text string, wide int, bold bool) string {
	on, off := "", ""
	if wide > 1 {
		on, off = "\x1d!\x11\x1c!\x0c", "\x1d!\x00\x1c!\x00"
	}
	if bold {
		on, off = on+"\x1bE\x01", off+"\x1bE\x00"
	}
	return on + text + off
}

// receiptCode has the printer draw a code, in the middle, where it can.
func (p *Press) receiptCode(out *bytes.Buffer, c Code, columns int) error {
	modules, err := c.modules()
	if err != nil {
		return err
	}
	const dot = 2
	width := len(modules[0])
	if c.As != EAN {
		// In set B, which barsCommand asks for: eleven modules a sign, and the stop's thirteen.
		signs := len(c.Content) + 2 // what it begins with, and its check
		if c.As == GS1128 {
			signs++
		}
		width = 11*signs + 13
	}
	fits := (width+2*c.quiet())*dot <= columns*dotsWide
	switch {
	case c.As == QR:
		out.WriteString("\x1ba\x01" + qrCommand(c.Content))
	case c.linear() && fits:
		high := min(255, cmp.Or(c.High, barsHigh)*receiptDPI*10/254)
		fmt.Fprintf(out, "\x1ba\x01\x1dH\x00\x1dw%c", dot)
		out.Write([]byte{0x1d, 'h', byte(high)})
		out.WriteString(barsCommand(c) + "\n")
	default:
		c.Said = ""
		if err := p.raster(out, row(c.dense().cell()), columns); err != nil {
			return err
		}
		out.WriteString("\x1ba\x01")
	}
	if said, ok := gbk(clean(c.Said)); ok && said != "" {
		out.WriteString(said + "\n")
	}
	out.WriteString("\x1ba\x00")
	return nil
}

// barsCommand is GS k: of Code 128 in its set B, where a brace begins a sign of its own.
func barsCommand(c Code) string {
	const ean13, ean8, code128 = 67, 68, 73
	kind, content := byte(code128), "{B"
	switch {
	case c.As == EAN && len(c.Content) == 8:
		kind, content = ean8, c.Content
	case c.As == EAN:
		kind, content = ean13, c.Content
	case c.As == GS1128:
		content += "{1" + strings.ReplaceAll(c.Content, separator, "{1")
	default:
		content += strings.ReplaceAll(c.Content, "{", "{{")
	}
	return "\x1dk" + string([]byte{kind, byte(len(content))}) + content
}

// qrCommand is GS ( k: the model, the size, the level, the content, and print.
func qrCommand(content string) string {
	part := func(fn byte, data string) string {
		head := binary.LittleEndian.AppendUint16([]byte("\x1d(k"), uint16(len(data)+2))
		return string(append(head, '1', fn)) + data
	}
	return part('A', "2\x00") + part('C', "\x06") + part('E', "1") + part('P', "0"+content) +
		part('Q', "0")
}

// raster draws a row in dots: GS v 0.
func (p *Press) raster(out *bytes.Buffer, r Row, columns int) error {
	const high = 80
	pages, err := p.Pages(Doc{Media: Media{columns * dotsWide / 8, high}, One: true,
		Rows: []Row{r}}, receiptDPI)
	if err != nil {
		return err
	}
	page, last := pages[0], 0
	for y := range page.Size.Y {
		if slices.ContainsFunc(page.Bits[y*page.Stride:][:page.Stride],
			func(b byte) bool { return b != 0 }) {
			last = y + 1
		}
	}
	out.WriteString("\x1dv0\x00")
	out.Write(binary.LittleEndian.AppendUint16(nil, uint16(page.Stride)))
	out.Write(binary.LittleEndian.AppendUint16(nil, uint16(last)))
	out.Write(page.Bits[:last*page.Stride])
	return nil
}
