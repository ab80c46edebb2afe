//go:build linux

package hid

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"scanbay/scanner"
	"scanbay/scanner/scannertest"
)

// sent is the reports of a label. An AIM identifier in front goes where it belongs.
func sent(label []byte) (out [][]byte) {
	var aim []byte
	if bytes.HasPrefix(label, []byte("]")) && len(label) > 2 {
		aim, label = label[:3], label[3:]
	}
	for {
		report := make([]byte, reportSize)
		report[0] = reportNumber
		copy(report[2:], aim)
		n := copy(report[dataAt:dataAt+dataMax], label)
		report[1], label = byte(n), label[n:]
		out = append(out, report)
		if len(label) == 0 {
			return out
		}
		report[flagsAt] = moreFollows
	}
}

// A gun is a socket that plays a device: a report a read.
type gun struct {
	end    int
	device scanner.Device
}

func newGun(t *testing.T) *gun {
	t.Helper()
	ends, err := unix.Socketpair(unix.AF_UNIX,
		unix.SOCK_SEQPACKET|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	g := &gun{ends[0], scanner.NewTimed(os.NewFile(uintptr(ends[1]), "gun"), nil)}
	t.Cleanup(g.unplug)
	return g
}

func (g *gun) unplug() {
	_ = unix.Close(g.end)
	g.end = -1
}

func (g *gun) pull(reports ...[]byte) error {
	for _, r := range reports {
		if _, err := unix.Write(g.end, r); err != nil {
			return err
		}
	}
	return nil
}

func (g *gun) scan(label []byte) error { return g.pull(sent(label)...) }

// bench reads one gun after the other.
func bench(t *testing.T, c scanner.USB, guns ...*gun) *scannertest.Bench {
	next, asked := atomic.Int32{}, atomic.Bool{}
	c.Now = func() time.Time { // the first device was opened long ago
		if asked.CompareAndSwap(false, true) {
			return time.Now().Add(-scanner.Settling)
		}
		return time.Now()
	}
	return scannertest.Run(t, func(r *scanner.Reader, status func(string, error)) scanner.Source {
		c.Reader, c.Status = r, status
		c.Open = func(path string) (scanner.Device, error) {
			i := int(next.Add(1)) - 1
			if path != "/dev/hidraw1" || i >= len(guns) {
				return nil, os.ErrNotExist
			}
			return guns[i].device, nil
		}
		return New(c)
	})
}

const where = "/dev/hidraw1"

func TestLabelsOfAnyLength(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: where}, g)
	for n := 1; n <= 200; n++ {
		for _, aim := range []string{"", "]C0"} {
			text := strings.Repeat("0123456789", 20)[:n-1] + "X"
			if err := g.scan([]byte(aim + text)); err != nil {
				t.Fatal(err)
			}
			s, err := b.Next()
			if err != nil || s.Bad != "" || s.Label.Text != text || s.Label.AIM != aim {
				t.Fatalf("%d: %+v, %v", n, s, err)
			}
		}
	}
}

func TestALabelOfSixtyBytesIsTwoReports(t *testing.T) {
	got := sent([]byte("]Q0" + strings.Repeat("M", 60)))
	if len(got) != 2 || got[0][1] != 56 || got[0][63] != 1 || got[1][1] != 4 || got[1][63] != 0 {
		t.Errorf("%q", got)
	}
}

func TestPoisonedLabels(t *testing.T) {
	scannertest.Poison(t, func() (*scannertest.Bench, func([]byte) error) {
		g := newGun(t)
		return bench(t, scanner.USB{Where: where}, g), g.scan
	})
}

// Every byte at every position of a report: one scan or one rejection, and the next
// label is read as if nothing had been.
func TestGarbage(t *testing.T) {
	var r reports
	now := time.Unix(1, 0)
	read := func(report []byte) []scanner.Frame {
		r.Add(report, now)
		now = now.Add(time.Second)
		return r.Poll(now)
	}
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("boot")})
	for i := range reportSize {
		for c := range 256 {
			report := sent([]byte(scannertest.GS1))[0]
			report[i] = byte(c)
			got, want := read(report), 1
			if report[0] != reportNumber {
				want = 0 // of a battery, a button: no scan
			}
			if len(got) != want {
				t.Fatalf("%q: %+v", report, got)
			}
			for _, f := range got {
				if _, ok := reader.Frame(f); !ok {
					t.Fatalf("%q is swallowed", report)
				}
			}
			got = read(sent([]byte(scannertest.GS1))[0])
			if len(got) != 1 || string(got[0].Raw) != scannertest.GS1 || got[0].Bad != "" {
				t.Fatalf("after %q: %+v", report, got)
			}
		}
	}
}

func TestReportsThatAreNone(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: where}, g)
	whole := sent([]byte(scannertest.EAN))[0]
	for _, given := range [][]byte{
		whole[:1], whole[:63], append(whole[:64:64], 0), sent(nil)[0],
		sent([]byte("\r\n"))[0],
	} {
		if err := g.pull(given); err != nil {
			t.Fatal(err)
		}
		if s, err := b.Next(); err != nil || s.Bad == "" {
			t.Errorf("%q: %+v, %v", given, s, err)
		}
		if err := errors.Join(g.scan([]byte(scannertest.EAN)), b.Well()); err != nil {
			t.Errorf("after %q: %v", given, err)
		}
	}
}

// A scanner reports more than labels: its battery, a button. That is no scan, and no part of one.
func TestReportsOfAnotherKind(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: where}, g)
	battery := []byte{3, 80}
	if err := errors.Join(g.pull(battery, make([]byte, reportSize)),
		g.scan([]byte(scannertest.EAN)), g.pull(battery), b.Well()); err != nil {
		t.Error(err)
	}
	long := sent([]byte("]Q0" + strings.Repeat("M", 60)))
	if err := g.pull(long[0], battery, long[1]); err != nil {
		t.Fatal(err)
	}
	if s, err := b.Next(); err != nil || s.Bad != "" || len(s.Raw) != len("]Q0")+60 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := errors.Join(g.scan([]byte(scannertest.EAN)), b.Well()); err != nil {
		t.Error(err)
	}
}

func TestAReportThatLacksItsFollower(t *testing.T) {
	g := newGun(t)
	b := bench(t, scanner.USB{Where: where}, g)
	long := sent([]byte("]Q0" + strings.Repeat("M", 60)))
	if err := g.pull(long[0]); err != nil {
		t.Fatal(err)
	}
	if s, err := b.Next(); err != nil || s.Bad != scanner.Partial {
		t.Errorf("%+v, %v", s, err)
	}
	// Another label in its place is not taken for its end.
	if err := errors.Join(g.pull(long[0]), g.scan([]byte("]E0"+scannertest.EAN))); err != nil {
		t.Fatal(err)
	}
	if s, err := b.Next(); err != nil || s.Bad != scanner.Merged {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAnEndlessLabelIsRejectedOnce(t *testing.T) {
	var r reports
	now := time.Unix(1, 0)
	report := sent([]byte(strings.Repeat("M", 60)))[0]
	for range 1000 {
		r.Add(report, now)
		now = now.Add(time.Millisecond)
	}
	got := r.Poll(now.Add(time.Second))
	if len(got) != 1 || got[0].Bad != scanner.TooLong || len(got[0].Raw) != scanner.LongestFrame {
		t.Errorf("%d frames, the first %q", len(got), got[0].Bad)
	}
}

func TestAScannerInAnotherPortIsFound(t *testing.T) {
	sys := t.TempDir()
	for name, of := range map[string][2]string{
		"hidraw0": {"\x05\x01", "0003:0000046D:0000C31C"}, // a keyboard of another maker
		"hidraw1": {"\x05\x8c", "0003:000005E0:00001900"},
		"hidraw2": {"\x05\x01", "0003:000005E0:00001900"}, // the scanner's second device
	} {
		folder := filepath.Join(sys, name, "device")
		if err := errors.Join(os.MkdirAll(folder, 0o700),
			os.WriteFile(filepath.Join(folder, "report_descriptor"), []byte(of[0]), 0o600),
			os.WriteFile(filepath.Join(folder, "uevent"), fmt.Appendf(nil,
				"DRIVER=hid\nHID_ID=%s\nHID_NAME=Acme Imager\n", of[1]), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := List(sys)
	want := scanner.Listed{Path: where, ID: "05E0:1900", Name: "Acme Imager"}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%+v, %v", got, err)
	}
	first, second := newGun(t), newGun(t)
	b := bench(t, scanner.USB{Where: "05e0:1900", Sys: sys}, first, second)
	if err := errors.Join(first.scan([]byte(scannertest.GS1)), b.Well()); err != nil {
		t.Fatal(err)
	}
	first.unplug()
	_ = b.Lost()
	b.Found()
	if err := errors.Join(second.scan([]byte(scannertest.GS1)), b.Well()); err != nil {
		t.Error(err)
	}
}

// What comes as a device is opened may be the end of a label that nobody heard begin.
func TestTheEndOfALabelIsNone(t *testing.T) {
	opened := time.Now()
	r := newReports(opened)
	long := sent([]byte("]Q0" + strings.Repeat("M", 60)))
	r.Add(long[1], opened.Add(time.Millisecond))
	r.Add(sent([]byte(scannertest.EAN))[0], opened.Add(scanner.Settling))
	got := r.Poll(opened.Add(time.Second))
	if len(got) != 2 || got[0].Bad != scanner.Partial || got[1].Bad != "" {
		t.Errorf("%+v", got)
	}
}

func FuzzReports(f *testing.F) {
	f.Add(sent([]byte(scannertest.GS1))[0])
	f.Add([]byte{2, 57, ']'})
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("boot")})
	f.Fuzz(func(t *testing.T, report []byte) {
		var r reports
		r.Add(report, time.Unix(1, 0))
		got := r.Flush()
		if len(report) == 0 || report[0] != reportNumber {
			if len(got) > 0 {
				t.Fatalf("%d frames of another report", len(got))
			}
			return
		}
		if len(got) != 1 {
			t.Fatalf("%d frames", len(got))
		}
		if _, ok := reader.Frame(got[0]); !ok {
			t.Fatal("swallowed")
		}
	})
}
