//go:build linux

package scale

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"

	"scanbay/scanner"
	"scanbay/scanner/serial"
)

// patience is how long a test waits for what must come; it is not waited for otherwise.
const patience = 20 * time.Second

// A bench is a source that reads a link to a pseudo-terminal, and the hand that holds the
// plug.
type bench struct {
	t       *testing.T
	link    string
	cable   *os.File // the scale's end
	socket  *os.File // the other one, kept open so that bytes can wait there
	weights chan scanner.Weight
	status  chan error
	opened  chan struct{}
	ran     chan error
	stop    context.CancelFunc
}

func newBench(t *testing.T, p Protocol) *bench {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	b := &bench{
		t:       t,
		link:    filepath.Join(t.TempDir(), "usb-scale"),
		weights: make(chan scanner.Weight, 64),
		status:  make(chan error, 8),
		opened:  make(chan struct{}, 8),
		ran:     make(chan error, 1),
		stop:    stop,
	}
	b.plug()
	source := New(Config{Path: b.link, Protocol: p,
		Status: func(_ string, err error) { b.status <- err }, Open: b.open})
	go func() {
		b.ran <- source.Run(ctx, func(w scanner.Weight) { b.weights <- w })
	}()
	t.Cleanup(func() {
		stop()
		b.unplug()
	})
	b.ready()
	return b
}

// open is the real one; the bench only wants to know when: before, a terminal obeys what a
// scale sends.
func (b *bench) open(path string, baud int) (scanner.Device, error) {
	line, err := serial.Open(path, baud)
	if err == nil {
		b.opened <- struct{}{}
	}
	return line, err
}

func (b *bench) ready() {
	b.t.Helper()
	select {
	case <-b.opened:
	case <-time.After(patience):
		b.t.Fatal("not opened")
	}
}

func (b *bench) plug() {
	b.t.Helper()
	var err error
	if b.cable, b.socket, err = pty.Open(); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Symlink(b.socket.Name(), b.link); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) unplug() {
	_ = os.Remove(b.link)
	_ = b.socket.Close()
	_ = b.cable.Close()
}

func (b *bench) send(parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if _, err := b.cable.WriteString(p); err != nil {
			b.t.Fatal(err)
		}
	}
}

// says waits for a weight.
func (b *bench) says(want string) {
	b.t.Helper()
	for late := time.After(patience); ; {
		select {
		case w := <-b.weights:
			if got := told(w); got == want {
				return
			} else if got != string(scanner.Silent) {
				b.t.Fatalf("%q says %s, want %s", w.Raw, got, want)
			}
		case <-late:
			b.t.Fatal("it never says", want)
		}
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

func TestTelegramsTornAtEveryByte(t *testing.T) {
	for p, c := range map[Protocol][2]string{
		XK3190: {packed("+0018453"), "~1845"},
		MTSICS: {"S S      1.845 kg\r\n", "1845"},
		AND:    {"ST,+001845.0  g\r\n", "1845"},
	} {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, p)
			for i := range len(c[0]) {
				if p == XK3190 { // so that it has not settled
					b.send(packed("+0000013"))
					b.says("~1")
				}
				b.send(c[0][:i], c[0][i:])
				b.says(c[1])
			}
		})
	}
}

func TestAScaleIsAsked(t *testing.T) {
	b := newBench(t, MTSICS)
	asked := bufio.NewReader(b.cable)
	for range 3 {
		if line, err := asked.ReadString('\n'); err != nil || line != "SI\r\n" {
			t.Fatalf("%q, %v", line, err)
		}
		b.send("S D      1.845 kg\r\n")
		b.says("~1845")
	}
}

func TestAScaleIsUnpluggedSilentAndBack(t *testing.T) {
	// Given a scale that works,
	b := newBench(t, AND)
	b.send("ST,+001845.0  g\r\n")
	b.says("1845")
	// when it is switched off, that is said,
	if err := b.nextStatus(); !errors.Is(err, ErrSilent) {
		t.Error(err)
	}
	// and on again,
	b.send("ST,+001846.0  g\r\n")
	b.says("1846")
	if err := b.nextStatus(); err != nil {
		t.Error("still silent:", err)
	}
	// and when it is pulled out in the middle of a weight,
	b.send("ST,+0018")
	b.unplug()
	if err := b.nextStatus(); err == nil || errors.Is(err, ErrSilent) {
		t.Error("not lost:", err)
	}
	// and plugged in again under the same name and another device,
	b.plug()
	b.ready()
	b.send("47.0  g\r\n" + "ST,+001848.0  g\r\n")
	// then the next weight is read, and nothing of the half one.
	b.says(string(scanner.NoWeight))
	b.says("1848")
	if err := b.nextStatus(); err != nil {
		t.Error("still lost:", err)
	}
}

func TestOnlyTheNewestWeightIsGiven(t *testing.T) {
	n := make(newest, 1)
	for grams := range int64(3) {
		n.put(scanner.Weight{Grams: grams})
	}
	if w := <-n; w.Grams != 2 || len(n) > 0 {
		t.Errorf("%+v, and %d more", w, len(n))
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	b := newBench(t, XK3190)
	b.send(packed("+0018453"))
	b.says("~1845")
	b.stop()
	select {
	case err := <-b.ran:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("Run goes on")
	}
}
