package paper

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/DroidSansFallback.ttf.gz
var hanPacked []byte

// The fonts are the same for every press, and read when the first one asks.
var (
	latin = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(goregular.TTF) })
	thick = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(gobold.TTF) })
	han   = sync.OnceValues(func() (*sfnt.Font, error) {
		packed, err := gzip.NewReader(bytes.NewReader(hanPacked))
		if err != nil {
			return nil, err
		}
		all, err := io.ReadAll(packed)
		if err != nil {
			return nil, err
		}
		return opentype.Parse(all)
	})
)

// A shape is a character as dots: lines of black ones, from the pen on the base line.
type shape struct {
	spans   []span
	advance int
}

type span struct{ y, x0, x1 int16 }

// A letter is a character in a size, in dots.
type letter struct {
	r    rune
	size int
	bold bool
}

type faceKey struct {
	of   *sfnt.Font
	size int
}

// shape is a character's dots. One that no font has is an empty box, so that it is missed.
func (p *Press) shape(l letter) (shape, error) {
	if s, known := p.shapes[l]; known {
		return s, nil
	}
	of, bold, err := p.fontOf(l)
	if err != nil {
		return shape{}, err
	}
	s := box(l.size)
	if of != nil {
		face, known := p.faces[faceKey{of, l.size}]
		if !known {
			face, err = opentype.NewFace(of, &opentype.FaceOptions{Size: float64(l.size), DPI: 72,
				Hinting: font.HintingFull})
			if err != nil {
				return shape{}, err
			}
			p.faces[faceKey{of, l.size}] = face
		}
		s = ink(face, l.r, bold)
	}
	p.shapes[l] = s
	return s, nil
}

// fontOf is the font that has a character, nil where none has; bold says that it is to be
// made so.
func (p *Press) fontOf(l letter) (of *sfnt.Font, bold bool, err error) {
	first := latin
	if l.bold {
		first = thick
	}
	for i, open := range []func() (*sfnt.Font, error){first, han} {
		f, err := open()
		if err != nil {
			return nil, false, err
		}
		if at, err := f.GlyphIndex(&p.buffer, l.r); err == nil && at != 0 {
			return f, l.bold && i > 0, nil
		}
	}
	return nil, false, nil
}

// ink is a glyph as black dots: those that are mostly covered.
func ink(face font.Face, r rune, bold bool) (s shape) {
	const half = 0x80
	at, mask, from, advance, ok := face.Glyph(fixed.Point26_6{}, r)
	s.advance = advance.Round()
	if !ok {
		return s
	}
	more := 0
	if bold {
		more = max(1, s.advance/24)
	}
	for y := at.Min.Y; y < at.Max.Y; y++ {
		begin := -1
		for x := 0; x <= at.Dx(); x++ {
			dark := false
			if x < at.Dx() {
				_, _, _, a := mask.At(from.X+x, from.Y+y-at.Min.Y).RGBA()
				dark = a>>8 >= half
			}
			switch {
			case dark && begin < 0:
				begin = x
			case !dark && begin >= 0:
				s.spans = append(s.spans, span{int16(y), int16(at.Min.X + begin),
					int16(at.Min.X + x + more)})
				begin = -1
			}
		}
	}
	return s
}

// box stands for a character that no font has.
func box(size int) (s shape) {
	w, h, line := int16(size*6/10), int16(size*7/10), int16(max(1, size/20))
	s.advance = int(w) + int(w)/5
	for y := -h; y < 0; y++ {
		if y < line-h || y >= -line {
			s.spans = append(s.spans, span{y, 1, w})
		} else {
			s.spans = append(s.spans, span{y, 1, 1 + line}, span{y, w - line, w})
		}
	}
	return s
}
