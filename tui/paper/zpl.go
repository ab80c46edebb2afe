package paper

import (
	"bytes"
	"encoding/base64"
	"fmt"
)

// ZPL is pages for a label printer of Zebra's language: dots, so that what was read from the
// picture is what is printed, in any script, and no name is ever a part of a command.
func ZPL(pages []*Page, copies int) ([]byte, error) {
	var out bytes.Buffer
	for _, p := range pages {
		packed, err := deflated(p.Bits)
		if err != nil {
			return nil, err
		}
		said := base64.StdEncoding.EncodeToString(packed)
		fmt.Fprintf(&out, "^XA^PW%d^LL%d^LH0,0^FO0,0^GFA,%d,%d,%d,:Z64:%s:%04X^FS^PQ%d^XZ\n",
			p.Size.X, p.Size.Y, len(p.Bits), len(p.Bits), p.Stride, said, crc16(said),
			max(1, copies))
	}
	return out.Bytes(), nil
}

// crc16 is what Z64 ends with: CCITT's, over the text.
func crc16(text string) (crc uint16) {
	const polynomial = 0x1021
	for i := range len(text) {
		crc ^= uint16(text[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ polynomial
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
