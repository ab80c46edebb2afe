//go:build linux

package evdev

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/scanner/scannertest"
)

// event is an input_event as Linux writes it.
func event(kind, code uint16, value int32) []byte {
	e := make([]byte, eventSize-8)
	e = binary.NativeEndian.AppendUint16(e, kind)
	e = binary.NativeEndian.AppendUint16(e, code)
	return binary.NativeEndian.AppendUint32(e, uint32(value))
}

// turn is a key that goes down or up, in a report of its own.
func turn(code uint16, value int32) []byte {
	return append(event(evKey, code, value), event(evSyn, synReport, 0)...)
}

func stroke(code uint16) []byte { return append(turn(code, 1), turn(code, 0)...) }

// with is strokes while another key is down.
func with(modifier uint16, strokes ...[]byte) []byte {
	return slices.Concat(turn(modifier, 1), slices.Concat(strokes...), turn(modifier, 0))
}

// spelled is a byte as a scanner in ALT mode types it.
func spelled(c byte) []byte {
	pad := map[rune]uint16{'7': 71, '8': 72, '9': 73, '4': 75, '5': 76, '6': 77,
		'1': 79, '2': 80, '3': 81, '0': 82}
	var digits [][]byte
	for _, d := range fmt.Sprintf("%03d", c) {
		digits = append(digits, stroke(pad[d]))
	}
	return with(keyLeftAlt, digits...)
}

// typed is a text as a scanner types it: what is on no key is spelled.
func typed(text string) []byte {
	var out []byte
	for _, c := range []byte(text) {
		out = append(out, key(c)...)
	}
	return out
}

func key(c byte) []byte {
	for _, r := range rows() {
		if i := strings.IndexByte(r.plain, c); i >= 0 && c >= ' ' || c == '\r' && i >= 0 {
			return stroke(r.first + uint16(i))
		}
		if i := strings.IndexByte(r.shifted, c); i >= 0 && c > ' ' {
			return with(keyLeftShift, stroke(r.first+uint16(i)))
		}
	}
	if c > 0 && c < ' ' && c != '\t' && c != 0x1b {
		for code := range uint16(lastKey) {
			if control(character(code, false)) == c && character(code, false) != c {
				return with(keyRightCtrl, stroke(code))
			}
		}
	}
	return spelled(c)
}

// A gun is a pipe that plays a device.
type gun struct {
	t    *testing.T
	path string
	pipe *os.File
}

func newGun(t *testing.T) *gun {
	g := &gun{t: t, path: filepath.Join(t.TempDir(), "event7")}
	g.plug()
	t.Cleanup(g.unplug)
	return g
}

func (g *gun) plug() {
	g.t.Helper()
	if err := syscall.Mkfifo(g.path, 0o600); err != nil {
		g.t.Fatal(err)
	}
	pipe, err := os.OpenFile(g.path, os.O_RDWR, 0)
	if err != nil {
		g.t.Fatal(err)
	}
	g.pipe = pipe
}

func (g *gun) unplug() {
	_ = os.Remove(g.path)
	_ = g.pipe.Close()
}

// pull sends a label, in as many writes as there are parts.
func (g *gun) pull(parts ...[]byte) {
	g.t.Helper()
	for _, p := range parts {
		if _, err := g.pipe.Write(p); err != nil {
			g.t.Fatal(err)
		}
	}
}

// bench is a source whose device was opened long ago.
func bench(t *testing.T, c scanner.USB) *scannertest.Bench {
	var asked atomic.Bool
	c.Now = func() time.Time {
		if asked.CompareAndSwap(false, true) {
			return time.Now().Add(-scanner.Settling)
		}
		return time.Now()
	}
	return scannertest.Run(t, func(r *scanner.Reader, status func(string, error)) scanner.Source {
		c.Reader, c.Status = r, status
		return New(c)
	})
}

func TestLabelsTornAtEveryByte(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: g.path})
	for _, label := range []string{scannertest.EAN + "\r", "]C101" + scannertest.GTIN + "10b\t"} {
		events := typed(label)
		for i := 1; i < len(events); i++ {
			g.pull(events[:i], events[i:])
			if err := b.Well(); err != nil {
				t.Fatalf("%q at %d: %v", label, i, err)
			}
		}
	}
}

func TestPoisonedLabels(t *testing.T) {
	scannertest.Poison(t, func() (*scannertest.Bench, func([]byte) error) {
		g := newGun(t)
		return bench(t, scanner.USB{Where: g.path}), func(label []byte) error {
			_, err := g.pipe.Write(typed(string(label) + "\r"))
			return err
		}
	})
}

// Whatever key comes in a label, known or not: it is one frame, and the next label is
// read as if nothing had been.
func TestEveryKeyInALabel(t *testing.T) {
	b, now := newBoard(time.Time{}), time.Unix(1, 0)
	read := func(events []byte) []scanner.Frame {
		b.Add(events, now)
		now = now.Add(time.Second)
		return b.Poll(now)
	}
	for code := range uint16(0x300) {
		for _, in := range [][]byte{stroke(code), with(keyLeftAlt, stroke(code)),
			with(keyLeftMeta, stroke(code)), with(keyLeftCtrl, stroke(code))} {
			poisoned := read(slices.Concat(typed("690123"), in, typed("4567892\r")))
			good := read(typed(scannertest.EAN + "\r"))
			if len(poisoned) != 1 || len(good) != 1 ||
				string(good[0].Raw) != scannertest.EAN+"\r" {
				t.Fatalf("%d: %q, %q", code, poisoned, good)
			}
		}
	}
}

func TestWhatKeysSpell(t *testing.T) {
	for want, given := range map[string][]byte{
		"aZ~1!-_": typed("aZ~1!-_"),
		"A7.+": slices.Concat(with(keyRightShift, stroke(30)), stroke(71), stroke(83),
			stroke(78)),
		"\x1d":         with(keyLeftCtrl, stroke(27)),  // Ctrl+]
		"\x02":         with(keyRightCtrl, stroke(48)), // Ctrl+B
		"\x1c\x1e\x1f": with(keyLeftCtrl, stroke(43), stroke(7), stroke(12)),
		"\x1dA":        append(spelled(0x1d), with(keyLeftShift, stroke(30))...),
		"\u0457":       with(keyRightAlt, stroke(2), stroke(2), stroke(2), stroke(2)), // 1111
		"2":            slices.Concat(turn(3, 1), turn(3, 2), turn(3, 2), turn(3, 0)), // held
		"b":            slices.Concat(stroke(keyCapsLock), stroke(48), stroke(keyNumLock)),
		"\x00":         stroke(59), // F1
	} {
		b := newBoard(time.Time{})
		b.Add(given, time.Unix(1, 0))
		got := b.Flush()
		if len(got) != 1 || string(got[0].Raw) != want {
			t.Errorf("%q: %q", want, got)
		}
	}
}

func TestAnOverrunIsOneIncompleteScan(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: g.path})
	overrun := slices.Concat(event(evSyn, synDropped, 0), event(evKey, 5, 1),
		event(evSyn, synReport, 0))
	for _, label := range [][]byte{
		slices.Concat(typed("6901"), overrun, typed("4567892\r")),
		slices.Concat(overrun, typed("4567892\r")),
		slices.Concat(typed("6901"), turn(keyLeftShift, 1), overrun),
		overrun,
	} {
		g.pull(label)
		if s, err := b.Next(); err != nil || s.Bad != scanner.Partial {
			t.Errorf("%+v, %v", s, err)
		}
		g.pull(typed(scannertest.EAN + "\r"))
		if err := b.Well(); err != nil {
			t.Error(err)
		}
	}
}

// A scanner that is plugged in, or a station that is opened, in the middle of a label: what is
// left of it is no label.
func TestALabelWhoseBeginningNobodyHeard(t *testing.T) {
	opened := time.Unix(1, 0)
	for _, pace := range []time.Duration{0, time.Millisecond, 80 * time.Millisecond} {
		b, now := newBoard(opened), opened
		var got []scanner.Frame
		for _, c := range []byte("4567892\r") {
			now = now.Add(pace)
			got = append(got, b.Poll(now)...)
			b.Add(key(c), now)
		}
		now = now.Add(time.Second)
		if got = append(got, b.Poll(now)...); len(got) != 1 || got[0].Bad != scanner.Partial {
			t.Errorf("a key each %v: %+v", pace, got)
		}
		b.Add(typed(scannertest.EAN+"\r"), now)
		if got := b.Poll(now.Add(time.Second)); len(got) != 1 || got[0].Bad != "" {
			t.Errorf("the next label: %+v", got)
		}
	}
	late := typed("4567892\r") // that waited to be read
	binary.NativeEndian.PutUint64(late, uint64(opened.Unix()))
	b := newBoard(opened)
	b.Add(late, opened.Add(time.Second))
	if got := b.Poll(opened.Add(2 * time.Second)); len(got) != 1 || got[0].Bad != scanner.Partial {
		t.Errorf("read late: %+v", got)
	}
	b = newBoard(opened)
	b.Add(typed("\r"), opened) // a scanner that is switched on
	if got := b.Poll(opened.Add(time.Second)); len(got) != 1 || got[0].Bad != "" {
		t.Errorf("an Enter: %+v", got)
	}
	b = newBoard(opened)
	b.Add(turn(keyEnter, 0), opened) // of a label before
	b.Add(typed(scannertest.EAN+"\r"), opened.Add(scanner.Settling))
	if got := b.Poll(opened.Add(time.Second)); len(got) != 1 || got[0].Bad != "" {
		t.Errorf("a label after a pause: %+v", got)
	}
}

func TestALabelWithoutItsEndIsRejected(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: g.path})
	g.pull(typed(scannertest.EAN))
	if s, err := b.Next(); err != nil || s.Bad != scanner.Partial {
		t.Errorf("%+v, %v", s, err)
	}
}

// house is a folder like Linux's own, with devices by their numbers.
func house(t *testing.T, ids ...string) string {
	folder := t.TempDir()
	for i, id := range ids {
		vendor, product, _ := strings.Cut(id, ":")
		for name, text := range map[string]string{"name": "Acme Scanner", "id/vendor": vendor,
			"id/product": product, "capabilities/key": "1 ffffffff 10000000"} {
			path := filepath.Join(folder, "event"+strconv.Itoa(i), "device", name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700),
				os.WriteFile(path, []byte(text+"\n"), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return folder
}

func TestAScannerInAnotherPortIsFound(t *testing.T) {
	// Given a scanner known by its maker and product, in one port,
	g := newGun(t)
	var at atomic.Value // of a string; the source looks for it meanwhile
	at.Store("/dev/input/event1")
	sys := house(t, "046d:c31c", "05E0:1200", "05e0:1200")
	b := bench(t, scanner.USB{Where: "05e0:1200", Sys: sys,
		Open: func(path string) (scanner.Device, error) {
			if path != at.Load() {
				return nil, syscall.EBUSY // another source has it
			}
			return Open(g.path)
		}})
	g.pull(typed(scannertest.EAN + "\r"))
	if err := b.Well(); err != nil {
		t.Fatal(err)
	}
	// when it is pulled out in the middle of a label,
	g.pull(typed("6901"), event(evKey, 3, 1)[:7])
	g.unplug()
	_ = b.Lost()
	// and put into another,
	at.Store("/dev/input/event2")
	g.plug()
	b.Found()
	// then it is the same scanner, and the half label is gone.
	g.pull(typed(scannertest.EAN + "\r"))
	if err := b.Well(); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeOpenedIsSaid(t *testing.T) {
	b := bench(t, scanner.USB{Where: "05e0:1200", Sys: t.TempDir()})
	if err := b.Lost(); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	b = bench(t, scanner.USB{Where: "/dev/input/event0",
		Open: func(path string) (scanner.Device, error) {
			return nil, fmt.Errorf("open %s: %w", path, syscall.EACCES)
		}})
	if err := b.Lost(); !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
}

func TestList(t *testing.T) {
	sys := house(t, "046d:c31c", "05e0:1200")
	// A scanner's second device has no Enter.
	media := filepath.Join(sys, "event0", "device", "capabilities", "key")
	if err := os.WriteFile(media, []byte("3f 0 0"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := List(sys)
	want := scanner.Listed{Path: "/dev/input/event1", ID: "05e0:1200", Name: "Acme Scanner"}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := List(filepath.Join(sys, "none")); err != nil || got != nil {
		t.Errorf("no folder: %+v, %v", got, err)
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(typed("Ab\x1d1\r"), 30)
	f.Add(slices.Concat(stroke(59), event(evSyn, synDropped, 0), typed("1\r")), 7)
	f.Fuzz(func(t *testing.T, events []byte, tear int) {
		whole, torn := newBoard(time.Time{}), newBoard(time.Time{})
		at := time.Unix(1, 0)
		whole.Add(events, at)
		i := min(max(tear, 0), len(events))
		torn.Add(events[:i], at)
		torn.Add(events[i:], at)
		a, b := whole.Flush(), torn.Flush()
		if !slices.EqualFunc(a, b, func(a, b scanner.Frame) bool {
			return bytes.Equal(a.Raw, b.Raw) && a.Bad == b.Bad
		}) {
			t.Errorf("%q and torn at %d %q", a, i, b)
		}
	})
}
