// Package replay plays the scans of a text file, for demonstrations and tests.
package replay

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"scanbay/scanner"
)

// A Source plays a list of labels. It implements scanner.Source.
type Source struct {
	reader *scanner.Reader
	wait   func(context.Context, time.Duration) error
	steps  []step
}

type step struct {
	after time.Duration
	raw   []byte
}

// New reads text, one label a line, with bytes escaped as in Go (\x1d, \r). Empty
// lines and lines that begin with # say nothing; "+250ms " in front of a label
// waits before it. An error names the line. Wait returns early with an error when
// its context ends; if nil, it waits by the real clock.
func New(
	text string, reader *scanner.Reader, wait func(context.Context, time.Duration) error,
) (*Source, error) {
	if wait == nil {
		wait = sleep
	}
	s := &Source{reader: reader, wait: wait}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		step, err := parse(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		s.steps = append(s.steps, step)
	}
	return s, nil
}

// Name implements scanner.Source.
func (s *Source) Name() string { return "replay" }

// Run plays the list once, or until ctx ends.
func (s *Source) Run(ctx context.Context, emit func(scanner.Scan)) error {
	for _, step := range s.steps {
		if step.after > 0 {
			_ = s.wait(ctx, step.after) // what ended it is told by ctx
		}
		if ctx.Err() != nil {
			return nil
		}
		if scan, ok := s.reader.Frame(scanner.Frame{Raw: step.raw}); ok {
			emit(scan)
		}
	}
	return nil
}

func parse(line string) (step, error) {
	var s step
	if word, rest, cut := strings.Cut(line, " "); cut && strings.HasPrefix(word, "+") {
		// A label may begin with + as well, but not with +250ms and a blank.
		if d, err := time.ParseDuration(word); err == nil {
			s.after, line = d, rest
		}
	}
	for line != "" {
		r, multibyte, rest, err := strconv.UnquoteChar(line, 0)
		if err != nil {
			return step{}, fmt.Errorf("%q is no escape of Go's", line)
		}
		if line = rest; multibyte {
			s.raw = utf8.AppendRune(s.raw, r)
		} else {
			s.raw = append(s.raw, byte(r))
		}
	}
	return s, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
