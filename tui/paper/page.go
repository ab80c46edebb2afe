package paper

import (
	"image"
	"image/color"
)

// A Page is a sheet of dots, black or white: a bit each, the leftmost the highest of its byte,
// and every line in bytes of its own, as printers take them.
type Page struct {
	Media
	DPI    int // dots in an inch
	Stride int // bytes of a line
	Bits   []byte
	Size   image.Point
	Parts  []Part
}

// A Part is what stands in one place of a page: a text or a code, with its quiet zone.
type Part struct {
	image.Rectangle
	Text string
	Code *Code
	Dots int // a module of the code
}

func newPage(m Media, dpi int) *Page {
	p := &Page{Media: m, DPI: dpi, Size: image.Pt(dots(m.W, dpi), dots(m.H, dpi))}
	p.Stride = (p.Size.X + 7) / 8
	p.Bits = make([]byte, p.Stride*p.Size.Y)
	return p
}

// dots is a length of so many millimetres.
func dots(mm, dpi int) int { return (mm*dpi*10 + 127) / 254 }

// ColorModel implements image.Image.
func (p *Page) ColorModel() color.Model { return color.GrayModel }

// Bounds implements image.Image.
func (p *Page) Bounds() image.Rectangle { return image.Rectangle{Max: p.Size} }

// At implements image.Image.
func (p *Page) At(x, y int) color.Color {
	if p.black(x, y) {
		return color.Gray{}
	}
	return color.Gray{Y: 255}
}

func (p *Page) black(x, y int) bool {
	return p.Bits[y*p.Stride+x/8]&(0x80>>(x%8)) != 0
}

// line blackens the dots of a line from x0 up to x1; what is outside the page is none.
func (p *Page) line(y, x0, x1 int) {
	if x0, x1 = max(0, x0), min(p.Size.X, x1); x0 >= x1 || y < 0 || y >= p.Size.Y {
		return
	}
	first, last := p.Stride*y+x0/8, p.Stride*y+(x1-1)/8
	head, tail := byte(0xff>>(x0%8)), byte(0xff<<(7-(x1-1)%8))
	if first == last {
		p.Bits[first] |= head & tail
		return
	}
	p.Bits[first] |= head
	for i := first + 1; i < last; i++ {
		p.Bits[i] = 0xff
	}
	p.Bits[last] |= tail
}

func (p *Page) box(r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p.line(y, r.Min.X, r.Max.X)
	}
}

// pattern draws a code's modules, each so many dots wide; bars are as high as asked.
func (p *Page) pattern(at image.Point, modules [][]bool, dot, high int) {
	for i, line := range modules {
		top := at.Y + i*dot
		for j, dark := range line {
			if x := at.X + j*dot; dark {
				p.box(image.Rect(x, top, x+dot, top+high))
			}
		}
	}
}
