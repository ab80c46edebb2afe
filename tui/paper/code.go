package paper

import (
	"fmt"
	"image/color"
	"strings"
	"unicode"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/datamatrix"
	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/qr"

	"scanbay/scanner/gs1"
)

// A Symbology is how a code is drawn.
type Symbology string

// The symbologies. A GS1 one begins with FNC1, and has it wherever the content has a GS.
const (
	Code128    Symbology = "code128"
	GS1128     Symbology = "gs1-128"
	EAN        Symbology = "ean" // 13 or 8 digits
	DataMatrix Symbology = "datamatrix"
	GS1Matrix  Symbology = "gs1-datamatrix"
	QR         Symbology = "qr"
)

// A Code is a barcode, and what stands below it for people.
type Code struct {
	As      Symbology
	Content string
	Said    string // empty: nothing
	High    int    // of its bars, in millimetres; 0 for 12
}

// linear says whether a code is bars, and else squares.
func (c Code) linear() bool { return c.As == Code128 || c.As == GS1128 || c.As == EAN }

// separator stands between the elements of GS1 content, where a scanner sends it.
const separator = "\x1d"

// longest is what a label has room for in one code.
const longest = 80

// dense is the code in squares, for where bars have no room.
func (c Code) dense() Code {
	switch c.As {
	case Code128, EAN:
		c.As = DataMatrix
	case GS1128:
		c.As = GS1Matrix
	}
	return c
}

// plainCode is a code for text that is not ours: bars where a scanner can read it from them.
func plainCode(content string) Code {
	c := Code{As: Code128, Content: content, Said: content}
	for _, r := range content {
		if r > '~' {
			c.As = QR
		}
	}
	return c
}

// itemCode is the code of an item as its maker would print it.
func itemCode(code string) Code {
	gtin, ok := gs1.GTIN14(code)
	if !ok || len(code) < 8 || strings.Trim(code, "0123456789") != "" {
		return plainCode(code)
	}
	switch {
	case strings.HasPrefix(gtin, "000000"):
		return Code{As: EAN, Content: gtin[6:], Said: gtin[6:]}
	case gtin[0] == '0':
		return Code{As: EAN, Content: gtin[1:], Said: gtin[1:]}
	}
	return Code{As: GS1128, Content: "01" + gtin, Said: "(01)" + gtin}
}

// modules is the pattern of a code: dark ones, line by line; bars are one line.
func (c Code) modules() (out [][]bool, err error) {
	var drawn barcode.Barcode
	if err := c.printable(); err != nil {
		return nil, err
	}
	switch c.As {
	case Code128:
		drawn, err = code128.Encode(c.Content)
	case GS1128:
		fnc1 := string(code128.FNC1)
		drawn, err = code128.Encode(fnc1 + strings.ReplaceAll(c.Content, separator, fnc1))
	case EAN:
		drawn, err = ean.Encode(c.Content)
	case DataMatrix:
		drawn, err = datamatrix.Encode(c.Content)
	case GS1Matrix:
		fnc1 := string([]byte{datamatrix.FNC1})
		drawn, err = datamatrix.Encode(fnc1 + strings.ReplaceAll(c.Content, separator, fnc1))
	default:
		drawn, err = qr.Encode(c.Content, qr.M, qr.Auto)
		if err != nil {
			drawn, err = qr.Encode(c.Content, qr.M, qr.Unicode)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("code %q: %w", c.Content, err)
	}
	b := drawn.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		var line []bool
		for x := b.Min.X; x < b.Max.X; x++ {
			v := color.GrayModel.Convert(drawn.At(x, y)).(color.Gray)
			line = append(line, v.Y < 128)
		}
		out = append(out, line)
	}
	return out, nil
}

// A BadCode is a content that no barcode may have: none, too much, or what nobody can see.
type BadCode struct{ Content string }

// Error implements error.
func (e *BadCode) Error() string { return fmt.Sprintf("code %q cannot be printed", e.Content) }

// printable says what is wrong with the content: a code that carries control characters would
// drive whatever reads it.
func (c Code) printable() error {
	if c.Content == "" || len(c.Content) > longest {
		return &BadCode{clean(c.Content)}
	}
	for _, r := range c.Content {
		gs := string(r) == separator && (c.As == GS1128 || c.As == GS1Matrix)
		if !gs && unicode.In(r, unicode.Cc, unicode.Cf) || r > '~' && c.As != QR {
			return &BadCode{clean(c.Content)}
		}
	}
	return nil
}

// quiet is how many modules stay white around a code.
func (c Code) quiet() int {
	switch {
	case c.linear():
		return 10
	case c.As == QR:
		return 4
	}
	return 2
}
