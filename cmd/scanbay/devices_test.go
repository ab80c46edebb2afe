package main

import (
	"errors"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/tui"
)

func TestSerialPortsAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		text, path string
		baud       int
		ok         bool
	}{
		{"/dev/ttyACM0", "/dev/ttyACM0", 0, true},
		{"COM3,115200", "COM3", 115200, true},
		{"/dev/ttyS0,fast", "", 0, false},
		{"/dev/ttyS0,", "", 0, false},
		{",9600", "", 9600, false},
		{"", "", 0, false},
	} {
		path, baud, ok := serialPort(c.text)
		if path != c.path || baud != c.baud || ok != c.ok {
			t.Errorf("%q: %q, %d, %v", c.text, path, baud, ok)
		}
	}
}

func TestTwoLostScannersAreFoundOneByOne(t *testing.T) {
	var said []string
	h := scannerHealth{send: func(msg tea.Msg) {
		m := msg.(tui.HealthMsg)
		if m.OK {
			m.Detail = "all well"
		}
		said = append(said, m.Detail)
	}}
	lost := errors.New("unplugged")
	h.report("/dev/a", lost)
	h.report("/dev/b", lost)
	h.report("/dev/a", nil)
	h.report("/dev/b", nil)
	if want := []string{"a", "a, b", "b", "all well"}; !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
}
