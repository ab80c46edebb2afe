//go:build linux

package main

import (
	"io"
	"os"
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
