package scanner

import "time"

// The bytes that frame a label on the wire.
const (
	stx = 0x02
	etx = 0x03
)

// LongestFrame is how many bytes of one frame are kept; a longer one is rejected
// once, as TooLong, with its beginning.
const LongestFrame = 4096

// A Chunk is what one read of a device gave, and when.
type Chunk struct {
	Bytes []byte
	At    time.Time
}

// A Frame is a run of bytes that came together: one label, if all went well.
type Frame struct {
	Raw  []byte // framing included
	From time.Time
	At   time.Time     // of the last byte
	Pace time.Duration // the largest gap between two reads of the run
	Bad  Flaw          // Partial without a terminator, TooLong, or empty
}

// Windows say how long a line must be quiet before what came is a frame.
type Windows struct {
	// Gap is the longest pause inside a frame that has no terminator yet.
	Gap time.Duration
	// Quiet and QuietMax bound the pause behind a terminator. In between it is
	// twice the largest gap seen in the run, so a terminator inside a label does
	// not make two scans out of one.
	Quiet, QuietMax time.Duration
	// Held, if set, is asked after each pause that is too long for a scanner's
	// burst (HeldGap): does the run consist of a key held down, and end here?
	Held func(run []byte) bool
}

// HeldGap lies between the gaps of a burst and those of a key held down, which
// comes 30 times a second.
const HeldGap = 20 * time.Millisecond

// WedgeWindows fit a scanner that types: a burst has gaps of at most 35 ms,
// people need 70 ms and more.
func WedgeWindows() Windows {
	const gap = 35 * time.Millisecond
	return Windows{Gap: gap, Quiet: 5 * time.Millisecond, QuietMax: gap}
}

// SerialWindows fit a serial line, where nobody types. A slow line shows its own
// gaps, which widen the quiet time; a fast one needs less than a millisecond, and
// timers of two take three.
func SerialWindows() Windows {
	return Windows{
		Gap:      50 * time.Millisecond,
		Quiet:    900 * time.Microsecond,
		QuietMax: 35 * time.Millisecond,
	}
}

// Frames puts the bytes of one device together to frames. It has no goroutine and
// no clock: times come with the bytes, and Due says when it wants to be polled.
//
// Any byte may stand anywhere in a label and there is still one frame: CR, LF or
// Tab ends a run only when quiet follows. As the last byte of a label such a byte
// cannot be told from the suffix and is taken for it.
type Frames struct {
	windows     Windows
	run         []byte
	first, last time.Time
	pace        time.Duration
	spoiled     bool
	done        []Frame
}

// NewFrames returns an empty assembler.
func NewFrames(w Windows) *Frames { return &Frames{windows: w} }

// Add takes what one read gave, at the time at which it returned.
func (f *Frames) Add(chunk []byte, at time.Time) {
	if len(chunk) == 0 {
		return
	}
	if due, waiting := f.Due(); waiting && at.After(due) {
		f.close()
	}
	gap := time.Duration(0)
	if len(f.run) == 0 {
		f.first = at
	} else {
		gap = at.Sub(f.last)
	}
	f.last, f.pace = at, max(f.pace, gap)
	// One byte over the limit is kept: it is what makes the run too long.
	f.run = append(f.run, chunk[:min(len(chunk), LongestFrame+1-len(f.run))]...)
	if f.windows.Held != nil && gap >= HeldGap && f.windows.Held(f.run) {
		f.close()
	}
}

// Spoil says that the device lost bytes here: the frame that they belong to is
// Partial, also where nothing else is left of it.
func (f *Frames) Spoil(at time.Time) {
	if due, waiting := f.Due(); waiting && at.After(due) {
		f.close()
	}
	if len(f.run) == 0 {
		f.first = at
	}
	f.last, f.spoiled = at, true
}

// Due returns when Poll will have something new unless more bytes come first; ok
// is false while nothing is waited for.
func (f *Frames) Due() (at time.Time, ok bool) {
	return f.last.Add(f.window()), len(f.run) > 0 || f.spoiled
}

// Poll returns the frames that are complete by now, in order.
func (f *Frames) Poll(now time.Time) []Frame {
	if due, waiting := f.Due(); waiting && !now.Before(due) {
		f.close()
	}
	done := f.done
	f.done = nil
	return done
}

// Flush returns what Poll would return after a long silence, for a device that is
// gone.
func (f *Frames) Flush() []Frame {
	if len(f.run) > 0 || f.spoiled {
		f.close()
	}
	return f.Poll(f.last)
}

// window is how long the line must be quiet after the run so far.
func (f *Frames) window() time.Duration {
	w := f.windows
	switch {
	case f.spoiled || len(f.run) > LongestFrame || !terminated(f.run):
		return w.Gap
	case len(unframe(f.run)) == 0:
		return w.QuietMax // a bare Enter tells nothing of the scanner's pace
	}
	return min(max(w.Quiet, 2*f.pace), w.QuietMax)
}

func (f *Frames) close() {
	frame := Frame{Raw: f.run, From: f.first, At: f.last, Pace: f.pace}
	switch {
	case len(f.run) > LongestFrame:
		frame.Raw, frame.Bad = f.run[:LongestFrame], TooLong
	case f.spoiled || !terminated(f.run):
		frame.Bad = Partial
	}
	f.done = append(f.done, frame)
	f.run, f.pace, f.spoiled = nil, 0, false
}

// terminated reports whether a run ends as scanners end a label.
func terminated(run []byte) bool {
	if len(run) == 0 {
		return false
	}
	last := run[len(run)-1]
	return isTerminator(last) || last == etx && opened(run)
}

func isTerminator(c byte) bool { return c == '\r' || c == '\n' || c == '\t' }

// opened reports whether a run begins with STX.
func opened(run []byte) bool {
	run = skipEnters(run)
	return len(run) > 0 && run[0] == stx
}

// skipEnters takes off what a late LF of the label before leaves in front.
func skipEnters(run []byte) []byte {
	for len(run) > 0 && (run[0] == '\r' || run[0] == '\n') {
		run = run[1:]
	}
	return run
}

// IsBlank reports whether there is nothing between the framing of a run.
func IsBlank(run []byte) bool { return len(unframe(run)) == 0 }

// unframe returns a run without STX, ETX and terminators around it.
func unframe(run []byte) []byte {
	framed := opened(run)
	run = skipEnters(run)
	if framed {
		run = run[1:]
	}
	for len(run) > 0 {
		last := run[len(run)-1]
		if !isTerminator(last) && !(framed && last == etx) {
			break
		}
		run = run[:len(run)-1]
	}
	return run
}
