// Package wedge takes the scans of a keyboard-wedge scanner out of a terminal's
// input, before a key parser sees it. Its parser would break labels apart and obey
// the control characters in them.
//
// What comes as fast as no person types and ends as a label ends is a scan, whole
// or rejected; of the rest, only known keys pass. A key waits 35 ms for what may
// follow.
package wedge

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/muesli/cancelreader"

	"scanbay/scanner"
)

const (
	// backlog is how many reads may wait while a scan is being taken.
	backlog = 1024
	// keysAhead is how many keys may wait for a busy program; a person who types
	// more than that has put something on the keyboard.
	keysAhead = 4096
)

// A Tap is a terminal's input: a scanner.Source of what scanners send, and an
// io.Reader of the keys for tea.WithInput. Raw mode is the caller's to set and to
// restore. Keys read before a scan was made can be read before the scan is
// emitted.
type Tap struct {
	in      cancelreader.CancelReader
	reader  *scanner.Reader
	now     func() time.Time
	keys    chan []byte
	rest    []byte // of a key that did not fit into the last Read
	closing sync.Once
	closed  chan struct{}
}

// New returns a tap on in, a terminal in raw mode. Without a clock it uses
// time.Now.
func New(in io.Reader, reader *scanner.Reader, now func() time.Time) (*Tap, error) {
	if now == nil {
		now = time.Now
	}
	cancellable, err := cancelreader.NewReader(in)
	if err != nil {
		// A file that is no terminal cannot be waited for; it does not block either.
		cancellable, err = cancelreader.NewReader(struct{ io.Reader }{in})
	}
	if err != nil {
		return nil, err
	}
	return &Tap{
		in:     cancellable,
		reader: reader,
		now:    now,
		keys:   make(chan []byte, keysAhead),
		closed: make(chan struct{}),
	}, nil
}

// Name implements scanner.Source.
func (t *Tap) Name() string { return "wedge" }

// Close ends Run and Read.
func (t *Tap) Close() error {
	t.closing.Do(func() { close(t.closed) })
	return nil
}

// Read returns one key at a time, so that an Esc and a letter are never taken for
// Alt and the letter. It returns io.EOF when the tap is closed or its input ends.
func (t *Tap) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		select {
		case t.rest = <-t.keys:
		default:
			select {
			case t.rest = <-t.keys:
			case <-t.closed:
				return 0, io.EOF
			}
		}
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// Run reads the terminal until ctx ends, the tap is closed or the input ends, and
// closes the tap. It is called once.
func (t *Tap) Run(ctx context.Context, emit func(scanner.Scan)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer t.Close()
	go func() {
		select {
		case <-t.closed:
			cancel()
		case <-ctx.Done():
		}
	}()
	chunks := make(chan scanner.Chunk, backlog)
	failed := make(chan error, 1)
	go func() {
		defer close(chunks)
		failed <- t.pump(ctx, chunks)
	}()
	windows := scanner.WedgeWindows()
	windows.Held = isHeld
	frames, sort := scanner.NewFrames(windows), &sorter{}
	pass := func(f scanner.Frame) { t.pass(sort, f, emit) }
	scanner.Feed(ctx, chunks, frames, t.now, pass)
	if ctx.Err() == nil {
		for _, f := range frames.Flush() {
			pass(f)
		}
	}
	if ctx.Err() != nil && !t.in.Cancel() {
		return nil // an input that cannot be cancelled holds its goroutine
	}
	err := <-failed
	if errors.Is(err, io.EOF) || errors.Is(err, cancelreader.ErrCanceled) {
		err = nil
	}
	return errors.Join(err, t.in.Close())
}

// pump stamps what the terminal sends, as soon as it can be read.
func (t *Tap) pump(ctx context.Context, chunks chan<- scanner.Chunk) error {
	buf := make([]byte, 4096)
	for {
		n, err := t.in.Read(buf)
		if n > 0 {
			chunk := scanner.Chunk{Bytes: slices.Clone(buf[:n]), At: t.now()}
			select {
			case chunks <- chunk:
			case <-ctx.Done():
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// pass hands one frame on, as a scan or as keys.
func (t *Tap) pass(sort *sorter, f scanner.Frame, emit func(scanner.Scan)) {
	verdict, keys := sort.judge(f)
	if verdict == label {
		if scan, ok := t.reader.Frame(f); ok {
			emit(scan)
		}
		return
	}
	for _, key := range keys {
		select {
		case t.keys <- key:
		default:
		}
	}
}
