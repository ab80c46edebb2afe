//go:build linux

package serial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"scanbay/scanner"
)

const (
	ean     = "6901234567892"
	gs1Text = "]C1010690123456789217261128" + "10LOT7\x1d21SER9"

	// patience is how long a test waits for what must come; it is not waited for
	// otherwise.
	patience = 20 * time.Second
)

// A bench is a source that reads a link to a pseudo-terminal, and the hand that
// holds the plug.
type bench struct {
	t      *testing.T
	link   string
	cable  *os.File // what the scanner writes to
	socket *os.File // the other end, kept open so that bytes can wait there
	scans  chan scanner.Scan
	status chan error
	opened chan struct{}
	quiet  chan struct{} // a read timed out
	ran    chan error
	stop   context.CancelFunc
	source *Source
}

func newBench(t *testing.T) *bench { return speaking(t, Plain) }

// speaking is a bench whose scanner speaks a protocol.
func speaking(t *testing.T, protocol Protocol) *bench {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	b := &bench{
		t:      t,
		link:   filepath.Join(t.TempDir(), "usb-scanner"),
		scans:  make(chan scanner.Scan, 8),
		status: make(chan error, 8),
		opened: make(chan struct{}, 8),
		quiet:  make(chan struct{}),
		ran:    make(chan error, 1),
		stop:   stop,
	}
	b.plug()
	source := New(Config{
		Path:     b.link,
		Protocol: protocol,
		Reader: scanner.NewReader(scanner.Config{
			IDs: scanner.NewIDs("boot"), Source: "serial", Port: "usb-scanner",
		}),
		Status: func(_ string, err error) { b.status <- err },
		Open:   b.open,
	})
	b.source = source
	go func() { b.ran <- source.Run(ctx, func(s scanner.Scan) { b.scans <- s }) }()
	t.Cleanup(func() {
		stop()
		b.unplug()
	})
	b.wait("opening", b.opened)
	return b
}

// open is the real one; the bench only wants to know when.
func (b *bench) open(path string, baud int) (scanner.Device, error) {
	port, err := Open(path, baud)
	if err != nil {
		return nil, err
	}
	b.opened <- struct{}{}
	return watched{port, b.quiet}, nil
}

type watched struct {
	scanner.Device
	quiet chan struct{}
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.Device.Read(p)
	if n == 0 {
		select {
		case w.quiet <- struct{}{}:
		default:
		}
	}
	return n, err
}

func (b *bench) plug() {
	b.t.Helper()
	cable, socket, err := pty.Open()
	if err != nil {
		b.t.Fatal(err)
	}
	b.cable, b.socket = cable, socket
	if err := os.Symlink(socket.Name(), b.link); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) unplug() {
	_ = os.Remove(b.link)
	_ = b.socket.Close()
	_ = b.cable.Close()
}

func (b *bench) wait(what string, c <-chan struct{}) {
	b.t.Helper()
	select {
	case <-c:
	case <-time.After(patience):
		b.t.Fatal("no", what)
	}
}

func (b *bench) nextStatus() error {
	b.t.Helper()
	select {
	case err := <-b.status:
		return err
	case <-time.After(patience):
		b.t.Fatal("no status")
		return nil
	}
}

// scanned writes parts and returns an error unless they are one scan.
func (b *bench) scanned(parts ...string) (scanner.Scan, error) {
	for _, p := range parts {
		if _, err := b.cable.WriteString(p); err != nil {
			return scanner.Scan{}, err
		}
	}
	select {
	case scan := <-b.scans:
		if sent := strings.Join(parts, ""); string(scan.Raw) != sent {
			return scan, fmt.Errorf("sent %q, scanned %q", sent, scan.Raw)
		}
		return scan, nil
	case <-time.After(patience):
		return scanner.Scan{}, fmt.Errorf("no scan of %q in %v", parts, patience)
	}
}

func (b *bench) scannedWell(parts ...string) error {
	scan, err := b.scanned(parts...)
	if err == nil && (scan.Bad != "" || scan.Label.GTIN != "0"+ean) {
		err = fmt.Errorf("%q: %+v", parts, scan)
	}
	return err
}

// All bytes in every position of two labels. Each position has a line of its own,
// so that their quiet windows pass together.
func TestPoisonedLabels(t *testing.T) {
	var all sync.WaitGroup
	for _, text := range []string{ean, gs1Text} {
		for i := range len(text) {
			b := newBench(t)
			all.Go(func() {
				if err := poison(b, text, i); err != nil {
					t.Errorf("position %d of %q: %v", i, text, err)
				}
			})
		}
	}
	all.Wait()
}

func poison(b *bench, text string, i int) error {
	for c := range 256 {
		label := []byte(text + "\r")
		label[i] = byte(c)
		if _, err := b.scanned(string(label)); err != nil {
			return err
		}
		if err := b.scannedWell(text + "\r"); err != nil {
			return err
		}
	}
	return nil
}

func TestLabelsTornAtEveryByte(t *testing.T) {
	b := newBench(t)
	for _, text := range []string{ean + "\r", ean + "\r\n", "\x02" + ean + "\x03", gs1Text + "\t"} {
		for i := 1; i < len(text); i++ {
			if strings.HasSuffix(text[:i], "\r") {
				continue // a late LF is a frame of its own, as TestALateLineFeed… says
			}
			if err := b.scannedWell(text[:i], text[i:]); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestALabelWithoutItsEndIsRejected(t *testing.T) {
	b := newBench(t)
	if scan, err := b.scanned(ean); err != nil || scan.Bad != scanner.Partial {
		t.Errorf("%+v, %v", scan, err)
	}
	if err := b.scannedWell(ean + "\r"); err != nil {
		t.Error(err)
	}
}

func TestASilentScannerIsNotLost(t *testing.T) {
	b := newBench(t)
	for range 4 {
		b.wait("time-out", b.quiet)
	}
	if err := b.scannedWell(ean + "\r"); err != nil {
		t.Error(err)
	}
	if len(b.status) > 0 {
		t.Error("reported as lost:", <-b.status)
	}
}

func TestUnplugAndPlugInElsewhere(t *testing.T) {
	// Given a scanner that works,
	b := newBench(t)
	if err := b.scannedWell(ean + "\r"); err != nil {
		t.Fatal(err)
	}
	// when it is unplugged in the middle of a label,
	if _, err := b.cable.WriteString(ean[:5]); err != nil {
		t.Fatal(err)
	}
	b.unplug()
	if err := b.nextStatus(); err == nil {
		t.Error("found before it was lost")
	}
	// and plugged in again under the same name and another device,
	b.plug()
	b.wait("opening", b.opened)
	// then the next label is read, and nothing of the half one.
	if err := b.scannedWell(ean + "\r"); err != nil {
		t.Error(err)
	}
	if err := b.nextStatus(); err != nil {
		t.Error("still lost:", err)
	}
}

func TestAPortThatGivesNothingAtOnceIsUnplugged(t *testing.T) {
	// Given a device that, like a dead port, answers each read at once with nothing,
	status := make(chan error, 8)
	opened := make(chan struct{}, 8)
	source := New(Config{
		Path:   os.DevNull,
		Reader: scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("boot")}),
		Status: func(_ string, err error) { status <- err },
		Open: func(path string, _ int) (scanner.Device, error) {
			opened <- struct{}{}
			return os.OpenFile(path, os.O_RDWR, 0)
		},
	})
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- source.Run(ctx, func(s scanner.Scan) { t.Errorf("%+v", s) }) }()
	// when it has been opened twice,
	<-opened
	<-opened
	stop()
	if err := <-ran; err != nil {
		t.Error(err)
	}
	// then it was reported lost, once, and never found.
	if err := <-status; !errors.Is(err, scanner.ErrUnplugged) || len(status) > 0 {
		t.Errorf("%v and %d more", err, len(status))
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	b := newBench(t)
	b.stop()
	select {
	case err := <-b.ran:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("Run goes on")
	}
	// The port is free again for another program.
	port, err := Open(b.link, defaultBaud)
	if err != nil {
		t.Fatal(err)
	}
	if err := port.Close(); err != nil {
		t.Error(err)
	}
}

func TestAPortHasOneReader(t *testing.T) {
	b := newBench(t)
	if port, err := Open(b.link, defaultBaud); err == nil {
		t.Error("opened twice", port.Close())
	}
}

func TestList(t *testing.T) {
	folder := t.TempDir()
	if err := os.Symlink("../../ttyACM0", filepath.Join(folder, "usb-A")); err != nil {
		t.Fatal(err)
	}
	got, err := List(folder)
	if err != nil || len(got) != 1 || got[0] != filepath.Join(folder, "usb-A") {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := List(filepath.Join(folder, "none")); err != nil || got != nil {
		t.Errorf("no folder: %q, %v", got, err)
	}
}
