package main

import (
	_ "embed"
	"image"
	"image/color"
	paint "image/draw"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/code128"

	"scanbay/tui/i18n"
)

// The card in dots, at 300 to the inch: a module of a barcode is a quarter of a millimetre.
const (
	cardModule  = 3
	cardQuiet   = 10 * cardModule // on either side of a barcode
	cardColumns = 4
	cardWidth   = 2480 // A4, as a printer fits it on the page
	cardHeight  = 3508
	cardMargin  = 60
	cardBars    = 110
	cardGap     = 20
	cardZoom    = 2 // of a glyph's dots
	cardText    = glyphHeight * cardZoom
	cardRow     = cardText + cardBars + glyphHeight + 4*cardGap
	cardTitle   = cardText + 2*cardGap
)

// glyphHeight is how many rows of dots a glyph has.
const glyphHeight = 16

// unifont has the glyphs of our own words: a terminal brings its font, a picture does not.
//
//go:embed glyphs/unifont.hex
var unifont string

// A glyph is a character's dots, row by row from the top.
type glyph struct {
	width int
	rows  []uint64
}

// glyphs reads the font: a code point a line, and rows of 8 or 16 dots.
func glyphs() map[rune]glyph {
	out := map[rune]glyph{}
	for line := range strings.Lines(unifont) {
		code, dots, _ := strings.Cut(strings.TrimSpace(line), ":")
		r, err := strconv.ParseUint(code, 16, 32)
		digits := len(dots) / glyphHeight
		if err != nil || digits == 0 {
			continue
		}
		g := glyph{width: 4 * digits}
		for i := range glyphHeight {
			row, _ := strconv.ParseUint(dots[i*digits:][:digits], 16, 64) // a test reads them all
			g.rows = append(g.rows, row)
		}
		out[rune(r)] = g
	}
	return out
}

// A cardPage is a picture with barcodes, and where each of them is.
type cardPage struct {
	*image.Gray
	font map[rune]glyph
	at   map[i18n.Command]image.Rectangle
}

// drawCard draws groups of commands below each other.
func drawCard(c *console, groups []cardGroup, prefix string) (*cardPage, error) {
	height := 2 * cardMargin
	for _, g := range groups {
		height += cardTitle + (len(g.commands)+cardColumns-1)/cardColumns*cardRow
	}
	p := &cardPage{image.NewGray(image.Rect(0, 0, cardWidth, max(height, cardHeight))), glyphs(),
		map[i18n.Command]image.Rectangle{}}
	paint.Draw(p, p.Rect, image.White, image.Point{}, paint.Src)
	const column = (cardWidth - 2*cardMargin) / cardColumns
	y := cardMargin
	for _, g := range groups {
		p.write(cardMargin, y, cardZoom, c.words().CardGroups()[g.name])
		y += cardTitle
		for i, command := range g.commands {
			x := cardMargin + i%cardColumns*column
			if err := p.label(x, y, c, command, prefix); err != nil {
				return nil, err
			}
			if i%cardColumns == cardColumns-1 || i == len(g.commands)-1 {
				y += cardRow
			}
		}
	}
	return p, nil
}

// label draws a command: its words, its barcode, and what that reads.
func (p *cardPage) label(x, y int, c *console, command i18n.Command, prefix string) error {
	text := commandLabel(prefix, command)
	bars, err := code128.Encode(text)
	if err != nil {
		return err
	}
	p.write(x+cardQuiet, y, cardZoom, strings.Join(cardWords(c, command), " "))
	y += cardText + cardGap
	n := bars.Bounds().Dx()
	for i := range n {
		if v := color.GrayModel.Convert(bars.At(i, 0)).(color.Gray); v.Y == 0 {
			at := x + cardQuiet + i*cardModule
			p.black(image.Rect(at, y, at+cardModule, y+cardBars))
		}
	}
	p.at[command] = image.Rect(x, y, x+2*cardQuiet+n*cardModule, y+cardBars)
	p.write(x+cardQuiet, y+cardBars+cardGap, 1, text)
	return nil
}

// write writes a line of text with its upper left corner at x, y.
func (p *cardPage) write(x, y, zoom int, text string) {
	for _, r := range text {
		g := p.font[r]
		for i, row := range g.rows {
			for j := range g.width {
				if row>>(g.width-1-j)&1 == 1 {
					p.black(image.Rect(x+j*zoom, y+i*zoom, x+(j+1)*zoom, y+(i+1)*zoom))
				}
			}
		}
		x += g.width * zoom
	}
}

func (p *cardPage) black(r image.Rectangle) {
	paint.Draw(p, r, image.Black, image.Point{}, paint.Src)
}
