package scanner

import (
	"context"
	"time"
)

// Feed drives frames with what a device sends: it calls each for every frame, in
// order, until ctx ends or chunks is closed; what came last may then still be in
// frames. The channel should be buffered, so that a slow each does not change the
// times at which bytes are read.
func Feed(
	ctx context.Context, chunks <-chan Chunk, frames Assembler,
	now func() time.Time, each func(Frame),
) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		var due <-chan time.Time
		if at, waiting := frames.Due(); waiting {
			timer.Reset(at.Sub(now()))
			due = timer.C
		}
		var done []Frame
		select {
		case <-ctx.Done():
			return
		case c, open := <-chunks:
			if !open {
				return
			}
			frames.Add(c.Bytes, c.At)
			done = frames.Poll(c.At)
		case <-due:
			// Bytes that wait in the channel are older than this moment.
			if len(chunks) == 0 {
				done = frames.Poll(now())
			}
		}
		for _, f := range done {
			each(f)
		}
	}
}

// Emit returns what to do with each frame of a scanner: emit the scan that it is.
func (r *Reader) Emit(emit func(Scan)) func(Frame) {
	return func(f Frame) {
		if scan, ok := r.Frame(f); ok {
			emit(scan)
		}
	}
}
