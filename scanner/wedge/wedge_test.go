package wedge

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"scanbay/scanner"
)

// patience is how long a test waits for what must come; it is not waited for
// otherwise.
const patience = 20 * time.Second

// A station is a tap on a pseudo-terminal, with a keyboard at the other end.
type station struct {
	keyboard *os.File
	tap      *Tap
	scans    chan scanner.Scan
	ran      chan error // closed behind its error
	stop     context.CancelFunc
}

func newStation(t testing.TB) *station {
	t.Helper()
	keyboard, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := term.MakeRaw(int(terminal.Fd())); err != nil {
		t.Fatal(err)
	}
	reader := scanner.NewReader(scanner.Config{
		IDs: scanner.NewIDs("boot"), Source: "wedge", Now: time.Now,
	})
	tap, err := New(terminal, reader, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &station{keyboard, tap, make(chan scanner.Scan, 8), make(chan error, 1), stop}
	go func() {
		s.ran <- tap.Run(ctx, func(scan scanner.Scan) { s.scans <- scan })
		close(s.ran)
	}()
	t.Cleanup(func() {
		stop()
		<-s.ran
		_ = keyboard.Close()
		_ = terminal.Close()
	})
	return s
}

func (s *station) send(text string) error {
	_, err := s.keyboard.WriteString(text)
	return err
}

func (s *station) scan() (scanner.Scan, error) {
	select {
	case scan := <-s.scans:
		return scan, nil
	case <-time.After(patience):
		return scanner.Scan{}, fmt.Errorf("no scan in %v", patience)
	}
}

// scanned sends text and returns an error unless it is one scan.
func (s *station) scanned(text string) (scanner.Scan, error) {
	if err := s.send(text); err != nil {
		return scanner.Scan{}, err
	}
	scan, err := s.scan()
	if err == nil && string(scan.Raw) != text {
		err = fmt.Errorf("sent %q, scanned %q", text, scan.Raw)
	}
	return scan, err
}

// keysBehind types q and returns the keys that can be read before it.
func (s *station) keysBehind() (keys string, err error) {
	if err := s.send("q"); err != nil {
		return "", err
	}
	buf := make([]byte, 16)
	for !strings.HasSuffix(keys, "q") {
		n, err := s.tap.Read(buf)
		if err != nil {
			return keys, err
		}
		keys += string(buf[:n])
	}
	return strings.TrimSuffix(keys, "q"), nil
}

// Through a real terminal: all bytes in every position of two labels. Each
// position has a terminal of its own, so that their quiet windows pass together.
func TestPoisonedLabelsThroughATerminal(t *testing.T) {
	var all sync.WaitGroup
	for _, text := range []string{ean, gs1Text} {
		for i := range len(text) {
			s := newStation(t)
			all.Go(func() {
				if err := poison(s, text, i); err != nil {
					t.Errorf("position %d of %q: %v", i, text, err)
				}
			})
		}
	}
	all.Wait()
}

func poison(s *station, text string, i int) error {
	for c := range 256 {
		label := []byte(text + "\r")
		label[i] = byte(c)
		if _, err := s.scanned(string(label)); err != nil {
			return err
		}
		good, err := s.scanned(text + "\r")
		if err != nil {
			return err
		}
		if good.Bad != "" || good.Label.GTIN != "0"+ean {
			return fmt.Errorf("after %q: %+v", label, good)
		}
	}
	if keys, err := s.keysBehind(); err != nil || keys != "" {
		return fmt.Errorf("keys %q, %v", keys, err)
	}
	return nil
}

func TestLabelsTornAtEveryByteThroughATerminal(t *testing.T) {
	s := newStation(t)
	for _, text := range []string{ean + "\r", ean + "\r\n", "\x02" + ean + "\x03"} {
		for i := 1; i < len(text); i++ {
			if err := s.send(text[:i]); err != nil {
				t.Fatal(err)
			}
			if err := s.send(text[i:]); err != nil {
				t.Fatal(err)
			}
			scan, err := s.scan()
			if err != nil || scan.Bad != "" || string(scan.Raw) != text {
				t.Fatalf("torn at %d: %+v, %v", i, scan, err)
			}
		}
	}
	if keys, err := s.keysBehind(); err != nil || keys != "" {
		t.Errorf("keys %q, %v", keys, err)
	}
}

func TestAKeyCanBeReadBeforeTheScanBehindIt(t *testing.T) {
	s := newStation(t)
	if err := s.send("\x1b[B"); err != nil {
		t.Fatal(err)
	}
	// Given the key was read, as the next bytes come later than its wait,
	buf := make([]byte, 2)
	n, err := s.tap.Read(buf)
	if err != nil || string(buf[:n]) != "\x1b[" {
		t.Fatalf("%q, %v", buf[:n], err)
	}
	// when a label follows, it is a scan, and the rest of the key is still there.
	if scan, err := s.scanned(ean + "\r"); err != nil || scan.Bad != "" {
		t.Fatalf("%+v, %v", scan, err)
	}
	if n, err = s.tap.Read(buf); err != nil || string(buf[:n]) != "B" {
		t.Errorf("%q, %v", buf[:n], err)
	}
}

func TestTheTapEnds(t *testing.T) {
	tests := []struct {
		name string
		end  func(*station)
	}{
		{"with its context", func(s *station) { s.stop() }},
		{"when closed", func(s *station) { _ = s.tap.Close() }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newStation(t)
			if _, err := s.keysBehind(); err != nil {
				t.Fatal(err)
			}
			test.end(s)
			select {
			case err := <-s.ran:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(patience):
				t.Fatal("Run goes on")
			}
			for range 2 {
				if n, err := s.tap.Read(make([]byte, 1)); n != 0 || err != io.EOF {
					t.Errorf("Read: %d, %v", n, err)
				}
			}
		})
	}
}

func TestAnInputThatEndsIsReadToItsEnd(t *testing.T) {
	// Given an input that is no terminal: a label in one read, and then the end,
	given := bytes.NewReader([]byte(ean + "\r"))
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("boot"), Source: "wedge"})
	tap, err := New(given, reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	// when it is run, it ends by itself, with the scan.
	var scans []scanner.Scan
	emit := func(s scanner.Scan) { scans = append(scans, s) }
	if err := tap.Run(t.Context(), emit); err != nil || len(scans) != 1 {
		t.Errorf("%+v, %v", scans, err)
	}
}
