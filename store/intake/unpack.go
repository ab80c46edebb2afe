package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// SizeMax is how many bytes a file may have, unpacked.
const SizeMax = 64 << 20

// unpack reads a file to its end, through gzip where its first bytes say so. A
// problem is the file's; an error is the disk's.
func unpack(f File) (data []byte, p *Problem, err error) {
	file, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	packed := bufio.NewReader(file)
	in, packs := io.Reader(packed), false
	if magic, _ := packed.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if in, err = gzip.NewReader(packed); err != nil {
			return nil, bad(DamagedFile, ""), nil
		}
		packs = true
	}
	data, err = io.ReadAll(io.LimitReader(in, SizeMax+1))
	switch {
	case err != nil && packs:
		return nil, bad(DamagedFile, ""), nil
	case err != nil:
		return nil, nil, err
	case len(data) > SizeMax:
		return nil, bad(TooLarge, fmt.Sprint(SizeMax)), nil
	}
	return data, nil, nil
}

// decode reads text as UTF-8, as UTF-16 where it begins with a byte order mark,
// and as GB18030 where it is neither. What is none of them holds U+FFFD, and the
// cell that holds it is a problem.
func decode(data []byte) string {
	from := encoding.Nop
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		return string(bytes.ToValidUTF8(data[3:], []byte(string(utf8.RuneError))))
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(data):
		from = simplifiedchinese.GB18030
	}
	text, err := from.NewDecoder().Bytes(data)
	if err != nil { // these decoders replace what they cannot read
		return string(utf8.RuneError)
	}
	return string(text)
}
