package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/klauspost/compress/gzip"
	"io"
	"sync"

	"scanbay/store"
)

// A frame is gzip over lines: the first is JSON, each of those behind it a fact, byte
// for byte as it was first written. No hash but the last of each run travels: who
// receives the facts reckons them, and compares.

// A framed is what heads a frame: who it is for, and how many facts each run has.
type framed struct {
	Head  json.RawMessage `json:"head"`
	Facts []int           `json:"facts,omitempty"`
}

// Packers and unpackers are kept: making one takes longer than packing a fact.
var (
	packers   = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	unpackers = sync.Pool{New: func() any { return new(gzip.Reader) }}
)

// Encode writes a frame: head, which has runs, and the facts of the runs.
func Encode(w io.Writer, head any, runs ...store.Run) error {
	var f framed
	var err error
	if f.Head, err = json.Marshal(head); err != nil {
		return fmt.Errorf("frame: %w", err)
	}
	for _, r := range runs {
		f.Facts = append(f.Facts, len(r.Facts))
	}
	first, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("frame: %w", err)
	}
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(w)
	b := bufio.NewWriter(z)
	writeLine(b, first)
	for _, r := range runs {
		for _, fact := range r.Facts {
			writeLine(b, fact)
		}
	}
	return errors.Join(b.Flush(), z.Close())
}

// writeLine leaves its error to the writer, which keeps it.
func writeLine(b *bufio.Writer, line []byte) {
	_, _ = b.Write(line)
	_ = b.WriteByte('\n')
}

// Decode reads a frame: what heads it into head, and the facts into the runs, which
// are pointed at by what runs gives once head is read. It fails with a Problem,
// TooLarge or BadRequest.
func Decode(r io.Reader, head any, runs func() []*store.Run) error {
	plain, err := unpack(r)
	if err != nil {
		return err
	}
	first, lines, _ := bytes.Cut(plain, newline)
	var f framed
	if err := json.Unmarshal(first, &f); err != nil {
		return &Problem{Code: BadRequest, Text: err.Error()}
	}
	if err := json.Unmarshal(f.Head, head); err != nil {
		return &Problem{Code: BadRequest, Text: err.Error()}
	}
	to := runs()
	if len(to) != len(f.Facts) {
		return &Problem{Code: BadRequest, Text: "runs without facts"}
	}
	left := FactsMax
	for i, n := range f.Facts {
		if left -= n; n < 0 || left < 0 {
			return &Problem{Code: TooLarge, Text: "facts"}
		}
		if to[i].Facts, lines, err = facts(lines, n); err != nil {
			return err
		}
	}
	if len(lines) > 0 {
		return &Problem{Code: BadRequest, Text: "facts of no run"}
	}
	return nil
}

// newline is what ends a line of a frame.
var newline = []byte("\n")

// unpack reads all that is packed, up to the limit.
func unpack(r io.Reader) ([]byte, error) {
	z := unpackers.Get().(*gzip.Reader)
	defer unpackers.Put(z)
	if err := z.Reset(io.LimitReader(r, PackedMax+1)); err != nil {
		return nil, &Problem{Code: BadRequest, Text: err.Error()}
	}
	left := &io.LimitedReader{R: z, N: PlainMax + 1}
	plain, err := io.ReadAll(left)
	if left.N == 0 {
		return nil, &Problem{Code: TooLarge, Text: "unpacked"}
	}
	if err != nil {
		return nil, &Problem{Code: BadRequest, Text: err.Error()}
	}
	return plain, nil
}

// facts takes the next n lines.
func facts(lines []byte, n int) (out [][]byte, rest []byte, err error) {
	for range n {
		fact, rest, whole := bytes.Cut(lines, newline)
		switch {
		case !whole:
			return nil, nil, &Problem{Code: BadRequest, Text: "facts are missing"}
		case len(fact) > FactMax || deeper(fact, DepthMax):
			return nil, nil, &Problem{Code: TooLarge, Text: "a fact"}
		}
		out, lines = append(out, fact[:len(fact):len(fact)]), rest
	}
	return out, lines, nil
}

// Fitting is how many of these facts one request or answer carries: one at least.
func Fitting(facts [][]byte) int {
	size := 0
	for i, fact := range facts {
		if size += len(fact); size > RunMax && i > 0 {
			return i
		}
	}
	return len(facts)
}

// deeper says whether JSON nests deeper than a limit. What is no JSON is found later.
func deeper(b []byte, limit int) bool {
	depth, text, escaped := 0, false, false
	for _, c := range b {
		switch {
		case escaped:
			escaped = false
		case text && c == '\\':
			escaped = true
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			if depth++; depth > limit {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// Runs points at the runs of news, for Decode.
func Runs(runs []store.Run) (out []*store.Run) {
	for i := range runs {
		out = append(out, &runs[i])
	}
	return out
}
