package scanner

import (
	"context"
	"time"
)

// Settling is how soon after the opening of a device what comes may be the rest of a label whose
// beginning nobody heard. It is over before a device is said to be found.
const Settling = 90 * time.Millisecond

// A USB is where a scanner is that has a device of its own. Only Where and Reader are needed.
type USB struct {
	Where  string // the path of a device, or VENDOR:PRODUCT
	Name   string // for people; Where if empty
	Reader *Reader

	// Status, if set, is called as Plug says.
	Status func(name string, err error)

	Sys  string                            // tells of devices; the kind's own if empty
	Open func(path string) (Device, error) // the kind's own if nil
	Now  func() time.Time                  // time.Now if nil
}

// A USBSource is one scanner with a device of its own. It implements Source.
type USBSource struct {
	config   USB
	list     func(sys string) ([]Listed, error)
	assemble func(now time.Time) Assembler
}

// NewUSB returns a source of a kind of devices, which are listed alike; nothing is opened before
// Run.
func NewUSB(
	c USB, list func(sys string) ([]Listed, error), assemble func(time.Time) Assembler,
) *USBSource {
	if c.Name == "" {
		c.Name = c.Where
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &USBSource{c, list, assemble}
}

// Name implements Source.
func (s *USBSource) Name() string { return s.config.Name }

// Run reads until ctx ends, and finds the device again whenever it was lost.
func (s *USBSource) Run(ctx context.Context, emit func(Scan)) error {
	c := s.config
	list := func() ([]Listed, error) { return s.list(c.Sys) }
	plug := Plug{
		Name:     c.Name,
		Open:     func() (Device, error) { return OpenListed(c.Where, list, c.Open) },
		Assemble: s.assemble,
		Each:     c.Reader.Emit(emit),
		Status:   c.Status,
		Now:      c.Now,
	}
	return plug.Run(ctx)
}
