package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// PNG is a page as a picture, which says how large it is on paper.
func PNG(p *Page) ([]byte, error) {
	dots := image.NewPaletted(p.Bounds(), color.Palette{color.White, color.Black})
	for y := range p.Size.Y {
		for x := range p.Size.X {
			if p.black(x, y) {
				dots.Pix[y*dots.Stride+x] = 1
			}
		}
	}
	var all bytes.Buffer
	if err := png.Encode(&all, dots); err != nil {
		return nil, err
	}
	const header = 8 + 25 // the signature, and the chunk that leads
	perMetre := uint32(p.DPI) * 10_000 / 254
	size := []byte("pHYs")
	size = binary.BigEndian.AppendUint32(size, perMetre)
	size = append(binary.BigEndian.AppendUint32(size, perMetre), 1)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(size)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, size...), crc32.ChecksumIEEE(size))
	return slices.Concat(all.Bytes()[:header], chunk, all.Bytes()[header:]), nil
}

// PDF is pages as one file, each of its own size: a picture in dots.
func PDF(pages []*Page) ([]byte, error) {
	var out bytes.Buffer
	var at []int
	object := func(form string, args ...any) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n"+form+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object("<< /Type /Pages /Count %d /Kids [ %s] >>", len(pages), kids)
	for i, p := range pages {
		w, h := float64(p.W)*72/25.4, float64(p.H)*72/25.4
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "+
			"/Resources << /XObject << /P %d 0 R >> >> >>", w, h, 4+3*i, 5+3*i)
		draw := fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /P Do Q", w, h)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw)
		dots, err := deflated(p.Bits)
		if err != nil {
			return nil, err
		}
		object("<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 "+
			"/ColorSpace /DeviceGray /Decode [1 0] /Filter /FlateDecode /Length %d >>\n"+
			"stream\n%s\nendstream", p.Size.X, p.Size.Y, len(dots), dots)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n",
		len(at)+1, table)
	return out.Bytes(), nil
}

func deflated(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}
