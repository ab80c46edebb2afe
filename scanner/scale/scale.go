// Package scale reads the weights of a scale on a serial line.
package scale

import (
	"context"
	"errors"
	"time"

	"scanbay/scanner"
	"scanbay/scanner/serial"
)

const (
	defaultBaud = 9600

	// askEvery is how often a scale is asked that says nothing by itself.
	askEvery = 250 * time.Millisecond
)

// ErrSilent is the reason given when a scale is plugged in and sends nothing.
var ErrSilent = errors.New("the scale sends nothing")

// Config is where a scale is. Only Path is needed.
type Config struct {
	Path     string // a device, or a link to one: resolved at each opening
	Baud     int    // 9600 if 0
	Name     string // for people; Path if empty
	Protocol Protocol
	Unit     string // of a protocol that names none; kg if empty

	// Status, if set, is called with an error when the scale is lost, cannot be opened or
	// is silent, and with nil when it speaks again: once for each change, one call at a
	// time.
	Status func(name string, err error)

	Open func(path string, baud int) (scanner.Device, error) // serial.Open if nil
	Now  func() time.Time                                    // time.Now if nil
}

// A Source is one scale on a serial line.
type Source struct {
	config Config
	told   error // of Status
	steady steady
}

// New returns a source; nothing is opened before Run.
func New(c Config) *Source {
	if c.Baud == 0 {
		c.Baud = defaultBaud
	}
	if c.Name == "" {
		c.Name = c.Path
	}
	if c.Protocol == "" {
		c.Protocol = XK3190
	}
	if c.Unit == "" {
		c.Unit = "kg"
	}
	if c.Open == nil {
		c.Open = serial.Open
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Source{config: c}
}

// Name is the scale's, for people.
func (s *Source) Name() string { return s.config.Name }

// Run reads until ctx ends, and opens the line again whenever it was lost. Of the weights that
// come while emit is busy it gets the newest; a scale that is lost or silent is a weight too.
func (s *Source) Run(ctx context.Context, emit func(scanner.Weight)) error {
	newest, done := make(newest, 1), make(chan struct{})
	go func() {
		defer close(done)
		for w := range newest {
			emit(w)
		}
	}()
	c, speech := s.config, s.config.Protocol.speech()
	plug := scanner.Plug{
		Name: c.Name,
		Open: func() (scanner.Device, error) { return c.Open(c.Path, c.Baud) },
		Assemble: func(now time.Time) scanner.Assembler {
			s.steady = steady{}
			return newTelegrams(speech, now)
		},
		Each: func(f scanner.Frame) { newest.put(s.weight(f, speech)) },
		Status: func(_ string, err error) {
			if err != nil { // that it is plugged in again is no weight yet
				s.tell(err)
				newest.put(scanner.Weight{Bad: scanner.Silent, At: c.Now()})
			}
		},
		Now: c.Now,
	}
	if speech.ask != "" {
		plug.Attend = speech.asking
	}
	err := plug.Run(ctx)
	close(newest)
	<-done
	return err
}

// newest holds the last weight until it is taken. One goroutine puts.
type newest chan scanner.Weight

func (n newest) put(w scanner.Weight) {
	select {
	case <-n: // nobody has taken it
	default:
	}
	n <- w
}

// weight is what a telegram says.
func (s *Source) weight(f scanner.Frame, speech speech) scanner.Weight {
	w := scanner.Weight{Bad: f.Bad}
	if f.Bad == "" {
		w = speech.read(f.Raw, s.config.Unit)
	}
	w.Raw, w.At = f.Raw, f.At
	if f.Bad == scanner.Silent {
		s.tell(ErrSilent)
		return w
	}
	s.tell(nil)
	if speech.mute {
		s.steady.judge(&w)
	}
	return w
}

// tell says how the scale is, where that is news.
func (s *Source) tell(err error) {
	known := errors.Is(err, s.told)
	if s.told = err; !known && s.config.Status != nil {
		s.config.Status(s.config.Name, err)
	}
}

// asking sends what a weight is asked with until ctx ends.
func (s speech) asking(ctx context.Context, line scanner.Device) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		// A line that cannot be written is found lost by its reading.
		_, _ = line.Write([]byte(s.ask))
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// settling is how long a weight stays the same until it has settled, where the scale does
// not say so.
const settling = time.Second

// steady is what a scale showed, and since when.
type steady struct {
	grams       int64
	since, last time.Time
}

// judge says whether a weight has settled. What was spoilt on its way says nothing of it.
func (s *steady) judge(w *scanner.Weight) {
	if w.Bad == scanner.BadSum || w.Bad == scanner.NoWeight {
		return
	}
	if w.Grams != s.grams || w.At.Sub(s.last) > scanner.WeightLasts || s.since.IsZero() {
		s.grams, s.since = w.Grams, w.At
	}
	s.last = w.At
	w.Stable = w.Bad == "" && w.At.Sub(s.since) >= settling
}
