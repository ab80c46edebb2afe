//go:build linux

package main

import (
	"encoding/binary"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

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

// keys types a label, and Enter, as an event device does.
func (p *fifo) keys(label string) {
	p.t.Helper()
	var events []byte
	event := func(kind, code uint16, value uint32) {
		events = append(events, make([]byte, 2*strconv.IntSize/8)...)
		events = binary.NativeEndian.AppendUint16(events, kind)
		events = binary.NativeEndian.AppendUint16(events, code)
		events = binary.NativeEndian.AppendUint32(events, value)
	}
	const board = "1234567890-   qwertyuiop[]\r asdfghjkl     zxcvbnm"
	for _, c := range label + "\r" {
		code := uint16(strings.IndexRune(board, c)) + 2
		for _, down := range []uint32{1, 0} {
			event(1, code, down)
			event(0, 0, 0)
		}
	}
	_, err := p.end.Write(events)
	must(p.t, err)
}

// report sends a short label as a HID POS report.
func (p *fifo) report(label string) {
	p.t.Helper()
	report := make([]byte, 64)
	report[0], report[1] = 2, byte(len(label))
	copy(report[5:], label)
	_, err := p.end.Write(report)
	must(p.t, err)
}
