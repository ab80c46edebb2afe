package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/scanner/serial"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

func TestSerialPortsAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		text, path string
		baud       int
		protocol   serial.Protocol
		ok         bool
	}{
		{"/dev/ttyACM0", "/dev/ttyACM0", 0, "", true},
		{"COM3,115200", "COM3", 115200, "", true},
		{"COM3,115200,ssi", "COM3", 115200, serial.SSI, true},
		{"COM3,honeywell,9600", "COM3", 9600, serial.Honeywell, true},
		{"COM3,datalogic", "COM3", 0, serial.Datalogic, true},
		{"/dev/ttyS0,fast", "", 0, "", false},
		{"/dev/ttyS0,9600,9600", "", 0, "", false},
		{"/dev/ttyS0,ssi,ssi", "", 0, "", false},
		{"/dev/ttyS0,-1", "", 0, "", false},
		{",9600", "", 9600, "", false},
		{"", "", 0, "", false},
	} {
		got, ok := serialPort(c.text)
		if got.Path != c.path || got.Baud != c.baud || got.Protocol != c.protocol || ok != c.ok {
			t.Errorf("%q: %+v, %v", c.text, got, ok)
		}
	}
}

func TestTwoLostScannersAreFoundOneByOne(t *testing.T) {
	var said []string
	h := scannerHealth{send: func(msg tea.Msg) {
		m := msg.(tui.HealthMsg)
		if m.Name != i18n.ScannerLost {
			return
		}
		if m.OK {
			m.Detail = "all well"
		}
		said = append(said, m.Detail)
	}}
	lost := errors.New("unplugged")
	h.report("a", lost)
	h.report("b", lost)
	h.report("a", nil)
	h.report("b", nil)
	if want := []string{"a", "a, b", "b", "all well"}; !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
}

type tellerOf []scanner.Answer

func (t *tellerOf) Tell(a scanner.Answer) { *t = append(*t, a) }

// TestARedLightGoesOutWithItsQuestion: what a key answers, a scanner hears of that showed it.
func TestARedLightGoesOutWithItsQuestion(t *testing.T) {
	var a, b tellerOf
	st := &station{tellers: map[string]scanner.Teller{"a": &a, "b": &b}}
	st.tell("a", theme.Wrong)
	st.tell("b", theme.Attention)
	st.tell("b", theme.Attention)
	st.tell("", theme.Attention)
	st.settled()
	st.tell("a", theme.Wrong)
	st.tell("a", theme.Right)
	st.settled()
	if !slices.Equal(a, tellerOf{scanner.Wrong, scanner.Settled, scanner.Wrong, scanner.Right}) ||
		!slices.Equal(b, tellerOf{scanner.Wrong, scanner.Wrong, scanner.Settled}) {
		t.Errorf("%v and %v", a, b)
	}
}

func TestAScannerThatMayNotBeReadIsSaidToBeOne(t *testing.T) {
	ill := map[i18n.Condition]string{}
	h := scannerHealth{send: func(msg tea.Msg) {
		m := msg.(tui.HealthMsg)
		if delete(ill, m.Name); !m.OK {
			ill[m.Name] = m.Detail
		}
	}}
	h.report("event3", fmt.Errorf("open: %w", syscall.EACCES))
	h.report("gun", errors.New("unplugged"))
	if ill[i18n.ScannerDenied] != "event3" || ill[i18n.ScannerLost] != "gun" {
		t.Errorf("%q", ill)
	}
	h.report("event3", errors.New("unplugged"))
	if _, denied := ill[i18n.ScannerDenied]; denied || ill[i18n.ScannerLost] != "gun, event3" {
		t.Errorf("%q", ill)
	}
}

// TestAStationRemembersItsDevices: flags are given once. Of scanners any flag replaces all; the
// scale is by itself.
func TestAStationRemembersItsDevices(t *testing.T) {
	s, _, err := site{DB: filepath.Join(t.TempDir(), "s.db"), Warehouse: "W1", Station: "S1",
		Zone: "UTC"}.open(t.Context(), time.Now)
	must(t, err)
	for _, day := range []struct{ told, has devices }{
		{devices{}, devices{}},
		{devices{Serial: []string{"COM3,ssi"}, Scale: "COM4,and"},
			devices{Serial: []string{"COM3,ssi"}, Scale: "COM4,and"}},
		{devices{}, devices{Serial: []string{"COM3,ssi"}, Scale: "COM4,and"}},
		{devices{HID: []string{"05e0:1900"}}, devices{HID: []string{"05e0:1900"},
			Scale: "COM4,and"}},
		{devices{Scale: "COM5"}, devices{HID: []string{"05e0:1900"}, Scale: "COM5"}},
		{devices{Serial: []string{"COM5,115200"}}, // the scale's port is a scanner's now
			devices{Serial: []string{"COM5,115200"}}},
		{devices{HID: []string{"05e0:1900"}, Scale: "COM5"},
			devices{HID: []string{"05e0:1900"}, Scale: "COM5"}},
		{devices{Replay: "labels"}, devices{HID: []string{"05e0:1900"}, Scale: "COM5",
			Replay: "labels"}},
	} {
		has := day.told
		must(t, has.remember(t.Context(), &console{}, s))
		must(t, keep(t.Context(), s, has.plugged()))
		if !reflect.DeepEqual(has, day.has) {
			t.Errorf("told %+v, the station has %+v", day.told, has)
		}
	}
	must(t, s.Close())
}
