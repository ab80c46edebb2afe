// Package serial reads scanners on serial lines: RS-232, USB CDC, Bluetooth SPP.
package serial

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"scanbay/scanner"
)

// ByID is the folder in which Linux names serial ports by maker and number, the
// same after every plugging in. It exists only while a port is there.
const ByID = "/dev/serial/by-id"

const (
	defaultBaud = 9600

	// outMax is how many answers and packets may wait for a slow line.
	outMax = 16
)

// Config is where a scanner is. Only Path and Reader are needed.
type Config struct {
	Path     string // a device, or a link to one: resolved at each opening
	Baud     int    // 9600 if 0
	Name     string // for people; Path if empty
	Reader   *scanner.Reader
	Protocol Protocol
	Windows  scanner.Windows // scanner.SerialWindows if zero

	// Status, if set, is called with an error when the port is lost or cannot be
	// opened, and with nil when it is there again: once for each change, one call
	// at a time.
	Status func(name string, err error)

	Open func(path string, baud int) (scanner.Device, error) // Open if nil
	Now  func() time.Time                                    // time.Now if nil
}

// Source is one scanner on a serial line. It implements scanner.Source
// and scanner.Teller.
type Source struct {
	config Config
	out    outbox      // packets of a protocol
	answer chan []byte // the last one, until it is sent
}

// An outbox is what a line is still to be told. Where it has no room nobody waits, and what is
// written is lost: a scanner that hears no acknowledgement sends its packet again.
type outbox chan []byte

// Write implements io.Writer.
func (o outbox) Write(p []byte) (int, error) {
	select {
	case o <- p:
	default:
	}
	return len(p), nil
}

// New returns a source; nothing is opened before Run.
func New(c Config) *Source {
	if c.Baud == 0 {
		c.Baud = defaultBaud
	}
	if c.Windows.Gap == 0 {
		c.Windows = scanner.SerialWindows()
	}
	if c.Open == nil {
		c.Open = Open
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Name == "" {
		c.Name = c.Path
	}
	return &Source{c, make(outbox, outMax), make(chan []byte, 1)}
}

// Name implements scanner.Source.
func (s *Source) Name() string { return s.config.Name }

// Run reads until ctx ends, and opens the port again whenever it was lost.
func (s *Source) Run(ctx context.Context, emit func(scanner.Scan)) error {
	c := s.config
	var ssi *packets // of this opening of the port, or the last
	plug := scanner.Plug{
		Name:   c.Name,
		Open:   func() (scanner.Device, error) { return c.Open(c.Path, c.Baud) },
		Status: c.Status,
		Now:    c.Now,
		Assemble: func(time.Time) scanner.Assembler {
			s.forget()
			if c.Protocol == SSI {
				ssi = newPackets(s.out).after(ssi)
				return ssi
			}
			return scanner.NewFrames(c.Windows)
		},
		Each:   c.Reader.Emit(emit),
		Attend: s.attend,
	}
	return plug.Run(ctx)
}

// Tell implements scanner.Teller. Where the scanner does not listen, nobody waits.
func (s *Source) Tell(a scanner.Answer) {
	says := s.config.Protocol.says(a)
	if says == nil {
		return
	}
	select {
	case <-s.answer: // which is not so any more
	default:
	}
	select {
	case s.answer <- says:
	default: // somebody else was sooner
	}
}

// forget drops what was to be told of scans before the port was lost.
func (s *Source) forget() {
	for {
		select {
		case <-s.out:
		case <-s.answer:
		default:
			return
		}
	}
}

// attend sends what is to be told to a port that is open.
func (s *Source) attend(ctx context.Context, port scanner.Device) {
	for {
		var says []byte
		select {
		case <-ctx.Done():
			return
		case says = <-s.out:
		case says = <-s.answer:
		}
		// A port that cannot be written is found lost by its reading.
		_, _ = port.Write(says)
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
