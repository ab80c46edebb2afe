package scanner

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	backOffMin = 200 * time.Millisecond
	backOffMax = time.Second

	// ReadTimeout is how long a read of a device waits for bytes.
	ReadTimeout = 100 * time.Millisecond

	// A read that returns nothing is a time-out when it took its time and an
	// unplugged device when it did not; one such read may be chance.
	tooSoon    = 50 * time.Millisecond
	tooSoonMax = 3

	// backlog is how many reads may wait while a scan is being taken.
	backlog = 1024
)

// ErrUnplugged is the reason given when a device goes away without another error.
var ErrUnplugged = errors.New("unplugged")

// A Device is open. Read returns nothing, with io.EOF or nil, when it has waited
// for about ReadTimeout; Close ends a pending Read within that time.
type Device = io.ReadWriteCloser

// An Assembler puts what the reads of a device give together to frames. It has no
// goroutine and no clock, as Frames.
type Assembler interface {
	Add(chunk []byte, at time.Time)
	Due() (at time.Time, ok bool)
	Poll(now time.Time) []Frame
	Flush() []Frame
}

// A Plug is where a device is plugged in, now and then.
type Plug struct {
	Name string
	Open func() (Device, error)
	// Assemble returns what takes the reads of a device that was opened just now.
	Assemble func(now time.Time) Assembler
	Each     func(Frame)

	// Attend, if set, runs beside the reading of an open device until ctx ends.
	Attend func(context.Context, Device)

	// Status, if set, is called with an error when the device is lost or cannot be
	// opened, and with nil when it is there again: once for each change, one call
	// at a time.
	Status func(name string, err error)

	Now func() time.Time

	lost   bool
	denied bool // of what is lost: it is there, and may not be read
	wait   time.Duration
}

// Run reads until ctx ends, and opens the device again whenever it was lost.
func (p *Plug) Run(ctx context.Context) error {
	p.wait = backOffMin
	for {
		device, err := p.Open()
		if err == nil {
			err = p.listen(ctx, device)
		}
		if ctx.Err() != nil {
			return nil
		}
		denied := errors.Is(err, fs.ErrPermission)
		if !p.lost || denied != p.denied {
			p.lost, p.denied = true, denied
			p.say(err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(p.wait):
		}
		p.wait = min(2*p.wait, backOffMax)
	}
}

func (p *Plug) say(err error) {
	if p.Status != nil {
		p.Status(p.Name, err)
	}
}

// listen reads one open device until it is lost, and closes it.
func (p *Plug) listen(ctx context.Context, device Device) error {
	frames := p.Assemble(p.Now())
	chunks := make(chan Chunk, backlog)
	ended := make(chan error, 1)
	go func() {
		defer close(chunks)
		ended <- p.pump(ctx, device, chunks)
	}()
	attending, leave := context.WithCancel(ctx)
	if p.Attend != nil {
		go p.Attend(attending, device)
	}
	Feed(ctx, chunks, frames, p.Now, p.Each)
	leave()
	_ = device.Close() // it is lost, or no longer wanted
	err := <-ended
	for _, f := range frames.Flush() {
		// Of a label cut off by the unplugging nothing is said: the status says it.
		if ctx.Err() == nil && f.Bad != Partial {
			p.Each(f)
		}
	}
	return err
}

// pump reads until the device is lost or ctx ends, and says why it ended.
func (p *Plug) pump(ctx context.Context, device Device, chunks chan<- Chunk) error {
	buf := make([]byte, 8192)
	for soon := 0; soon < tooSoonMax; {
		began := p.Now()
		n, err := device.Read(buf)
		at := p.Now()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case n > 0:
			chunk := Chunk{Bytes: slices.Clone(buf[:n]), At: at}
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
		p.found()
	}
	return ErrUnplugged
}

// found is called at each sign of life: bytes, or a time-out that took its time. A
// device that opens but is dead gives none, and is not reported as found.
func (p *Plug) found() {
	p.wait = backOffMin
	if p.lost {
		p.lost = false
		p.say(nil)
	}
}

// NewTimed returns f, opened without blocking, as a Device. Without a clock it uses
// time.Now.
func NewTimed(f *os.File, now func() time.Time) Device {
	if now == nil {
		now = time.Now
	}
	return timed{f, now}
}

type timed struct {
	*os.File
	now func() time.Time
}

// Read implements Device.
func (t timed) Read(p []byte) (int, error) {
	if err := t.SetReadDeadline(t.now().Add(ReadTimeout)); err != nil {
		return 0, err
	}
	n, err := t.File.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = nil
	}
	return n, err
}

// A Listed is a device that the system knows of.
type Listed struct {
	Path string
	ID   string // of its maker and product, as four and four hex digits: 05e0:1200
	Name string // for people
}

// IsID reports whether text names a device by its maker and product, whatever port
// it is in.
func IsID(text string) bool {
	vendor, product, ok := strings.Cut(text, ":")
	return ok && isHex(vendor) && isHex(product)
}

func isHex(text string) bool {
	_, err := strconv.ParseUint(text, 16, 16)
	return err == nil && len(text) == 4
}

// OpenListed opens where: a path, or the ID of one of the listed devices. Of several
// alike it takes the first that opens, so that each source has one of them.
func OpenListed(
	where string, list func() ([]Listed, error), open func(path string) (Device, error),
) (Device, error) {
	if !IsID(where) {
		return open(where)
	}
	all, err := list()
	if err != nil {
		return nil, err
	}
	err = &os.PathError{Op: "find", Path: where, Err: os.ErrNotExist}
	for _, d := range all {
		if !strings.EqualFold(d.ID, where) {
			continue
		}
		device, failed := open(d.Path)
		if failed == nil {
			return device, nil
		}
		err = failed
	}
	return nil, err
}
