//go:build linux

package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A cable is a scanner on a serial port that a link stands for.
type cable struct {
	t    testing.TB
	gun  *os.File
	port *os.File // kept open, so that bytes can wait there
}

// plug puts a scanner at the path.
func plug(t testing.TB, path string) *cable {
	t.Helper()
	gun, port, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{t, gun, port}
	t.Cleanup(func() {
		_ = gun.Close()
		_ = port.Close()
	})
	if err := os.Symlink(port.Name(), path); err != nil {
		t.Fatal(err)
	}
	return c
}

// scan sends a label with the usual suffix.
func (c *cable) scan(label string) {
	c.t.Helper()
	if _, err := io.WriteString(c.gun, label+"\r"); err != nil {
		c.t.Fatal(err)
	}
}

// resize tells the program that its terminal has another size.
func (d *desk) resize(w, h int) {
	d.t.Helper()
	err := pty.Setsize(d.tty, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	if err != nil {
		d.t.Fatal(err)
	}
}

// unplug pulls the scanner out.
func (c *cable) unplug(path string) {
	_ = os.Remove(path)
	_ = c.port.Close()
	_ = c.gun.Close()
}

// A fifo plays a scanner that has an event or a hidraw device.
type fifo struct {
	t   testing.TB
	end *os.File
}

// plugPipe puts a scanner at the path.
func plugPipe(t testing.TB, path string) *fifo {
	t.Helper()
	must(t, syscall.Mkfifo(path, 0o600))
	end, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	t.Cleanup(func() { _ = end.Close() })
	return &fifo{t, end}
}

func (p *fifo) unplug(path string) {
	_ = os.Remove(path)
	_ = p.end.Close()
}

// Keys that no label needs.
const (
	keyEsc   = 1
	keyEnter = 28
	keyCtrl  = 29
	keyC     = 46
	keyAlt   = 56
	keyF1    = 59
	keyF4    = 62
	keyF9    = 67
	keyF10   = 68
	keyUp    = 103
	keyDel   = 111
)

// press is keys that go down one after the other, and then up, as an event device tells of it.
func press(keys ...uint16) (events []byte) {
	event := func(kind, code uint16, value uint32) {
		events = append(events, make([]byte, 2*strconv.IntSize/8)...)
		events = binary.NativeEndian.AppendUint16(events, kind)
		events = binary.NativeEndian.AppendUint16(events, code)
		events = binary.NativeEndian.AppendUint32(events, value)
	}
	for _, down := range []uint32{1, 0} {
		for _, code := range keys {
			event(1, code, down)
			event(0, 0, 0)
		}
		slices.Reverse(keys)
	}
	return events
}

// strokes types a label as a scanner does; what has no key of its own is spelled with Alt and
// the number pad.
func strokes(label string) (events []byte) {
	const board = "1234567890-   qwertyuiop[]  asdfghjkl     zxcvbnm"
	pad := [...]uint16{82, 79, 80, 81, 75, 76, 77, 71, 72, 73}
	for _, c := range []byte(label) {
		if i := strings.IndexByte(board, c); i >= 0 && c != ' ' {
			events = append(events, press(uint16(i)+2)...)
			continue
		}
		// Alt goes up behind the last digit.
		spelled := press(keyAlt)
		half := len(spelled) / 2
		events = append(events, spelled[:half]...)
		for _, digit := range fmt.Sprintf("%03d", c) {
			events = append(events, press(pad[digit-'0'])...)
		}
		events = append(events, spelled[half:]...)
	}
	return events
}

// keys types a label, and Enter.
func (p *fifo) keys(label string) {
	p.t.Helper()
	p.write(append(strokes(label), press(keyEnter)...))
}

func (p *fifo) write(bytes []byte) {
	p.t.Helper()
	_, err := p.end.Write(bytes)
	must(p.t, err)
}

// report sends a short label as a HID POS report.
func (p *fifo) report(label string) {
	p.t.Helper()
	report := make([]byte, 64)
	report[0], report[1] = 2, byte(len(label))
	copy(report[5:], label)
	p.write(report)
}

// packet sends a label as a packet of Zebra's, and waits for its answer.
func (c *cable) packet(label string) {
	c.t.Helper()
	packet := append([]byte{byte(5 + len(label)), 0xf3, 0, 0, 0x0b}, label...)
	var sum uint16
	for _, b := range packet {
		sum -= uint16(b)
	}
	_, err := c.gun.Write(binary.BigEndian.AppendUint16(packet, sum))
	must(c.t, err)
	c.hears("\x04\xd0\x04\x00\xff\x28")
}

// hears waits until the scanner is told something.
func (c *cable) hears(what string) {
	c.t.Helper()
	must(c.t, c.gun.SetReadDeadline(time.Now().Add(patience)))
	heard := make([]byte, 0, len(what))
	for !strings.HasSuffix(string(heard), what) {
		var one [1]byte
		_, err := c.gun.Read(one[:])
		must(c.t, err)
		heard = append(heard, one[0])
	}
}
