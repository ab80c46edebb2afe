// Package evdev reads scanners that are keyboards to the system, before it makes
// characters of their keys: the layout, the input method, the caps lock and the
// window in front do not matter. It is for Linux.
package evdev

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"scanbay/scanner"
)

const (
	// ByID is the folder in which Linux names input devices by maker and number; those
	// of scanners end in -event-kbd.
	ByID = "/dev/input/by-id"

	// Sys is the folder in which Linux tells of its input devices.
	Sys = "/sys/class/input"

	devices = "/dev/input"
)

// Windows fit a scanner that has a device to itself, where nobody types. Some wait
// up to 80 ms between keys.
func windows() scanner.Windows {
	w := scanner.SerialWindows()
	w.Gap = 100 * time.Millisecond
	return w
}

// New returns a source; nothing is opened before its Run.
func New(c scanner.USB) *scanner.USBSource {
	if c.Sys == "" {
		c.Sys = Sys
	}
	if c.Open == nil {
		c.Open = Open
	}
	return scanner.NewUSB(c, List, func(now time.Time) scanner.Assembler { return newBoard(now) })
}

// The kinds and codes of events that mean something here.
const (
	evSyn      = 0
	evKey      = 1
	synReport  = 0
	synDropped = 3
)

// eventSize is that of an input_event: two machine words of time, then a kind, a
// code and a value.
const eventSize = 2*strconv.IntSize/8 + 8

// A board makes frames of a keyboard's events.
type board struct {
	*scanner.Frames
	keys    keys
	rest    []byte // of an event
	dropped bool   // events were lost, and more are void until a report ends
	settled time.Time
}

// newBoard is of a device that was opened now.
func newBoard(now time.Time) *board {
	return &board{Frames: scanner.NewFrames(windows()), settled: now.Add(scanner.Settling)}
}

// Add implements scanner.Assembler.
func (b *board) Add(chunk []byte, at time.Time) {
	b.rest = append(b.rest, chunk...)
	var typed []byte
	first := at
	for len(b.rest) >= eventSize {
		event := b.rest[eventSize-8 : eventSize]
		if pressed, ok := pressedAt(b.rest); ok && pressed.Before(first) {
			first = pressed // it may have waited to be read
		}
		b.rest = b.rest[eventSize:]
		kind, code := binary.NativeEndian.Uint16(event), binary.NativeEndian.Uint16(event[2:])
		value := int32(binary.NativeEndian.Uint32(event[4:]))
		switch {
		case kind == evSyn && code == synDropped:
			b.Frames.Add(typed, at)
			typed, b.keys, b.dropped = nil, keys{}, true
			b.Spoil(at)
		case kind == evSyn && code == synReport:
			b.dropped = false
		case kind == evKey && !b.dropped:
			typed = b.keys.turn(typed, code, value)
		}
	}
	// An Enter alone is a scanner that was switched on.
	if !scanner.IsBlank(typed) && first.Before(b.settled) {
		b.Spoil(at)
	}
	b.Frames.Add(typed, at)
}

// pressedAt is when an event came to be; not ok for none of the system's.
func pressedAt(event []byte) (at time.Time, ok bool) {
	const word = strconv.IntSize / 8
	number := func(b []byte) int64 {
		if word == 4 {
			return int64(binary.NativeEndian.Uint32(b))
		}
		return int64(binary.NativeEndian.Uint64(b))
	}
	seconds, micros := number(event), number(event[word:])
	return time.Unix(seconds, micros*1000), seconds != 0
}

// List returns the keyboards that Linux tells of in folder, normally Sys; none where
// there is no such folder.
func List(folder string) (out []scanner.Listed, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "event") {
			continue
		}
		of := func(name string) string {
			// What cannot be read is as if it were not there.
			text, _ := os.ReadFile(filepath.Join(folder, e.Name(), "device", name))
			return strings.TrimSpace(string(text))
		}
		if !hasEnter(of("capabilities/key")) {
			continue
		}
		out = append(out, scanner.Listed{
			Path: filepath.Join(devices, e.Name()),
			ID:   of("id/vendor") + ":" + of("id/product"),
			Name: of("name"),
		})
	}
	return out, err
}

// hasEnter reports whether the keys of a device, as hex words with the lowest last,
// are those of a keyboard. A scanner has often a second device, with media keys.
func hasEnter(words string) bool {
	low := words[strings.LastIndexByte(words, ' ')+1:]
	bits, err := strconv.ParseUint(low, 16, 64)
	return err == nil && bits&(1<<keyEnter) != 0
}
