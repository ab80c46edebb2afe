package hid

import (
	"cmp"
	"time"

	"scanbay/scanner"
)

// A report is 64 bytes: its number, how long its data is, an AIM identifier, 56 bytes
// of data, the maker's own identifier of the symbology, and flags.
const (
	reportSize   = 64
	reportNumber = 2
	dataAt       = 5
	dataMax      = 56
	flagsAt      = 63
	moreFollows  = 1
)

// gap is how long a report may be behind the one that announced it. They come every
// few milliseconds.
const gap = 100 * time.Millisecond

// reports puts the reports of one label together. It implements scanner.Assembler.
type reports struct {
	frame scanner.Frame // that waits for more, if it has a time
	aim   string
	done  []scanner.Frame

	settled time.Time
}

// newReports is of a device that was opened now.
func newReports(now time.Time) *reports { return &reports{settled: now.Add(scanner.Settling)} }

// Add implements scanner.Assembler; each read of a hidraw device is one report.
func (r *reports) Add(report []byte, at time.Time) {
	if due, waiting := r.Due(); waiting && at.After(due) {
		r.close(scanner.Partial)
	}
	if len(report) == 0 || report[0] != reportNumber {
		return // of a battery, a button: no scan, nor a part of one
	}
	first := r.frame.At.IsZero()
	if first {
		r.frame.From = at
	}
	if first && at.Before(r.settled) {
		r.frame.Bad = scanner.Partial // nobody heard what may have been before it
	}
	r.frame.At = at
	aim, data, more, ok := parse(report)
	switch {
	case !ok:
		r.frame.Raw = append(r.frame.Raw, report...)
		r.close(scanner.Control)
		return
	case first:
		r.aim = aim
		r.frame.Raw = append(r.frame.Raw, aim...)
	case aim != r.aim: // the follower was lost, and this is another label
		r.frame.Raw = append(r.frame.Raw, aim...)
		r.frame.Bad = scanner.Merged
	}
	r.frame.Raw = append(r.frame.Raw, data...)
	switch {
	case len(r.frame.Raw) > scanner.LongestFrame:
		r.frame.Raw, r.frame.Bad = r.frame.Raw[:scanner.LongestFrame], scanner.TooLong
		fallthrough
	case more:
		return
	case scanner.IsBlank(r.frame.Raw):
		r.close(scanner.Partial)
	default:
		r.close("")
	}
}

// parse takes a report apart; ok is false for one that is none.
func parse(report []byte) (aim string, data []byte, more, ok bool) {
	if len(report) != reportSize || report[0] != reportNumber || report[1] > dataMax {
		return "", nil, false, false
	}
	if report[2] == ']' {
		aim = string(report[2:dataAt])
	}
	data = report[dataAt : dataAt+int(report[1])]
	return aim, data, report[flagsAt]&moreFollows != 0, true
}

func (r *reports) close(bad scanner.Flaw) {
	r.frame.Bad = cmp.Or(r.frame.Bad, bad)
	r.done = append(r.done, r.frame)
	r.frame = scanner.Frame{}
}

// Due implements scanner.Assembler.
func (r *reports) Due() (at time.Time, ok bool) {
	return r.frame.At.Add(gap), !r.frame.At.IsZero()
}

// Poll implements scanner.Assembler.
func (r *reports) Poll(now time.Time) []scanner.Frame {
	if due, waiting := r.Due(); waiting && !now.Before(due) {
		r.close(scanner.Partial)
	}
	done := r.done
	r.done = nil
	return done
}

// Flush implements scanner.Assembler.
func (r *reports) Flush() []scanner.Frame {
	return r.Poll(r.frame.At.Add(gap))
}
