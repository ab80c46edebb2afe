// Package serial reads scanners on serial lines: RS-232, USB CDC, Bluetooth SPP.
package serial

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"scanbay/scanner"
)

// ByID is the folder in which Linux names serial ports by maker and number, the
// same after every plugging in. It exists only while a port is there.
const ByID = "/dev/serial/by-id"

const (
	defaultBaud = 9600
	backOffMin  = 200 * time.Millisecond
	backOffMax  = 2 * time.Second

	// A read that returns nothing is a time-out when it took its time and an
	// unplugged port when it did not; one such read may be chance.
	readTimeout = 100 * time.Millisecond
	tooSoon     = 50 * time.Millisecond
	tooSoonMax  = 3

	// backlog is how many reads may wait while a scan is being taken.
	backlog = 1024
)

// ErrUnplugged is the reason given when a port goes away without another error.
var ErrUnplugged = errors.New("the scanner is unplugged")

// A Port is an open serial line. Read returns nothing, with io.EOF or nil, when
// it has waited for about 100 ms; Close ends a pending Read within that time.
type Port = io.ReadWriteCloser

// Config is where a scanner is. Only Path and Reader are needed.
type Config struct {
	Path    string // a device, or a link to one: resolved at each opening
	Baud    int    // 9600 if 0
	Reader  *scanner.Reader
	Windows scanner.Windows // scanner.SerialWindows if zero

	// Status, if set, is called with an error when the port is lost or cannot be
	// opened, and with nil when it is there again: once for each change, one call
	// at a time.
	Status func(name string, err error)

	Open func(path string, baud int) (Port, error) // Open if nil
	Now  func() time.Time                          // time.Now if nil
}

// Source is one scanner on a serial line. It implements scanner.Source.
type Source struct {
	config Config
	lost   bool
	wait   time.Duration
}

// New returns a source; nothing is opened before Run.
func New(c Config) *Source {
	if c.Baud == 0 {
		c.Baud = defaultBaud
	}
	if c.Windows.Gap == 0 {
		c.Windows = scanner.SerialWindows()
	}
	if c.Status == nil {
		c.Status = func(string, error) {}
	}
	if c.Open == nil {
		c.Open = Open
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Source{config: c, wait: backOffMin}
}

// Name returns the path of the port.
func (s *Source) Name() string { return s.config.Path }

// Run reads until ctx ends, and opens the port again whenever it was lost.
func (s *Source) Run(ctx context.Context, emit func(scanner.Scan)) error {
	for {
		port, err := s.config.Open(s.config.Path, s.config.Baud)
		if err == nil {
			err = s.listen(ctx, port, emit)
		}
		if ctx.Err() != nil {
			return nil
		}
		if !s.lost {
			s.lost = true
			s.config.Status(s.Name(), err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(s.wait):
		}
		s.wait = min(2*s.wait, backOffMax)
	}
}

// listen reads one open port until it is lost, and closes it.
func (s *Source) listen(ctx context.Context, port Port, emit func(scanner.Scan)) error {
	chunks := make(chan scanner.Chunk, backlog)
	ended := make(chan error, 1)
	go func() {
		defer close(chunks)
		ended <- s.pump(ctx, port, chunks)
	}()
	frames := scanner.NewFrames(s.config.Windows)
	read := func(f scanner.Frame) {
		if scan, ok := s.config.Reader.Frame(f); ok {
			emit(scan)
		}
	}
	scanner.Feed(ctx, chunks, frames, s.config.Now, read)
	_ = port.Close() // it is lost, or no longer wanted
	err := <-ended
	for _, f := range frames.Flush() {
		// Of a label cut off by the unplugging nothing is said: the status says it.
		if ctx.Err() == nil && f.Bad != scanner.Partial {
			read(f)
		}
	}
	return err
}

// pump reads until the port is lost or ctx ends, and says why it ended.
func (s *Source) pump(ctx context.Context, port Port, chunks chan<- scanner.Chunk) error {
	buf := make([]byte, 512)
	for soon := 0; soon < tooSoonMax; {
		began := s.config.Now()
		n, err := port.Read(buf)
		at := s.config.Now()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case n > 0:
			chunk := scanner.Chunk{Bytes: slices.Clone(buf[:n]), At: at}
			select {
			case chunks <- chunk:
			case <-ctx.Done():
				return ctx.Err()
			}
		case err != nil && !errors.Is(err, io.EOF):
			return err
		case at.Sub(began) < tooSoon:
			soon++
			continue
		}
		soon = 0
		s.found()
	}
	return ErrUnplugged
}

// found is called at each sign of life: bytes, or a time-out that took its time. A
// port that opens but is dead gives none, and is not reported as found.
func (s *Source) found() {
	s.wait = backOffMin
	if s.lost {
		s.lost = false
		s.config.Status(s.Name(), nil)
	}
}

// List returns the names of the serial ports in folder, normally ByID; none where
// there is no such folder.
func List(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var paths []string
	for _, e := range entries {
		paths = append(paths, filepath.Join(folder, e.Name()))
	}
	return paths, err
}
