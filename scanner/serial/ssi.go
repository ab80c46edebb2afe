package serial

import (
	"bytes"
	"cmp"
	"io"
	"time"

	"scanbay/scanner"
)

// A packet of Zebra's Simple Serial Interface: how long it is without its checksum,
// what it is, who sends it, a status, data, and a checksum of two bytes.
const (
	opDecoded = 0xf3
	opAck     = 0xd0
	opNak     = 0xd1
	opLEDOn   = 0xe7
	opLEDOff  = 0xe8

	fromHost   = 4
	nakResend  = 1
	headerSize = 4
	sumSize    = 2

	again = 1 << 0 // in a status: this packet was sent before
	more  = 1 << 1 // the label goes on in the next packet
)

const (
	// gap is the longest pause inside a packet.
	gap = 50 * time.Millisecond

	// resending is how long a packet that was asked for again, or announced, may be on its way.
	resending = time.Second

	// repeating is how long a scanner that hears no answer sends the same packet again.
	repeating = 10 * time.Second
)

// packet returns a packet of the host's.
func packet(op byte, data ...byte) []byte {
	p := append([]byte{byte(headerSize + len(data)), op, fromHost, 0}, data...)
	sum := checksum(p)
	return append(p, byte(sum>>8), byte(sum))
}

func checksum(packet []byte) uint16 {
	var sum uint16
	for _, c := range packet {
		sum += uint16(c)
	}
	return -sum
}

// packets makes frames of a scanner's packets, and answers each. A label is one
// frame, however often its packets are sent; one that cannot be had is rejected once.
// It implements scanner.Assembler.
type packets struct {
	line io.Writer

	run  []byte // of a packet
	last time.Time
	lost bool // the run is no packet: the line must be quiet first

	before   []byte // the last packet that was taken, without its status
	beforeAt time.Time

	broken   []byte // what was asked for again
	brokenAt time.Time

	label scanner.Frame // that waits for more, if it has a time
	done  []scanner.Frame
}

func newPackets(line io.Writer) *packets { return &packets{line: line} }

// after says what came before the port was lost: the scanner sends it again if it did not hear
// the answer. Nil is nothing.
func (p *packets) after(old *packets) *packets {
	if old != nil {
		p.before, p.beforeAt = old.before, old.beforeAt
	}
	return p
}

// Add implements scanner.Assembler.
func (p *packets) Add(chunk []byte, at time.Time) {
	for due, waiting := p.Due(); waiting && at.After(due); due, waiting = p.Due() {
		p.expire(due)
	}
	p.last = at
	p.run = append(p.run, chunk[:min(len(chunk), scanner.LongestFrame-len(p.run))]...)
	for !p.lost && len(p.run) > 0 {
		n := int(p.run[0])
		switch {
		case n < headerSize:
			p.lost = true
			return
		case len(p.run) < n+sumSize:
			return
		}
		sum := uint16(p.run[n])<<8 | uint16(p.run[n+1])
		if sum != checksum(p.run[:n]) {
			p.lost = true
			return
		}
		p.take(p.run[:n], at)
		p.run = p.run[n+sumSize:]
	}
}

// take takes a whole packet.
func (p *packets) take(packet []byte, at time.Time) {
	op, status := packet[1], packet[3]
	if op == opAck || op == opNak {
		return // of what it was told
	}
	p.send(opAck)
	if op != opDecoded {
		return
	}
	repeated := status&again != 0
	same := bytes.Clone(packet)
	same[3] &^= again
	if (p.broken == nil || p.brokenRepeat()) && repeated && bytes.Equal(same, p.before) &&
		at.Sub(p.beforeAt) <= repeating {
		p.beforeAt, p.broken = at, nil
		return // it did not hear the answer to the first
	}
	if p.broken != nil && !repeated {
		p.reject() // it was not sent again: this is another label
	}
	p.before, p.beforeAt, p.broken = same, at, nil
	p.decoded(packet[headerSize:], at, status&more != 0)
}

// brokenRepeat says whether what came broken was itself sent again.
func (p *packets) brokenRepeat() bool {
	return len(p.broken) >= headerSize && p.broken[1] == opDecoded && p.broken[3]&again != 0
}

// decoded adds what a packet holds to the label: the kind of its symbol, and a text.
func (p *packets) decoded(data []byte, at time.Time, follows bool) {
	if p.label.At.IsZero() {
		p.label.From = at
		if len(data) > 0 && !bytes.HasPrefix(data[1:], []byte("]")) {
			p.label.Raw = append(p.label.Raw, aim(data[0])...)
		}
	}
	p.label.At = at
	if len(data) > 0 {
		p.label.Raw = append(p.label.Raw, data[1:]...)
	}
	switch {
	case len(p.label.Raw) > scanner.LongestFrame:
		p.label.Raw, p.label.Bad = p.label.Raw[:scanner.LongestFrame], scanner.TooLong
	case !follows && scanner.IsBlank(p.label.Raw):
		p.label.Bad = scanner.Partial
	}
	if !follows {
		p.done = append(p.done, p.label)
		p.label = scanner.Frame{}
	}
}

// aim is the AIM identifier of a symbol that is surely GS1's, where the scanner sends
// none.
func aim(symbol byte) string {
	switch symbol {
	case 0x0f: // GS1-128
		return "]C1"
	case 0x32: // GS1 DataBar Expanded
		return "]e0"
	}
	return ""
}

func (p *packets) send(op byte, data ...byte) {
	_, _ = p.line.Write(packet(op, data...)) // an outbox takes it, or nobody does
}

// Due implements scanner.Assembler.
func (p *packets) Due() (at time.Time, ok bool) {
	switch {
	case len(p.run) > 0:
		return p.last.Add(gap), true
	case p.broken != nil:
		return p.brokenAt.Add(resending), true
	}
	return p.label.At.Add(resending), !p.label.At.IsZero()
}

// expire ends what was waited for.
func (p *packets) expire(now time.Time) {
	switch {
	case len(p.run) > 0:
		p.broken, p.brokenAt = p.run, now
		p.run, p.lost = nil, false
		p.send(opNak, nakResend)
	default:
		p.reject()
	}
}

// reject gives up what is not whole.
func (p *packets) reject() {
	f := p.label
	f.Raw = append(f.Raw, p.broken...)
	f.At = p.last
	f.Bad = cmp.Or(f.Bad, scanner.Partial)
	p.done = append(p.done, f)
	p.label, p.broken = scanner.Frame{}, nil
}

// Poll implements scanner.Assembler.
func (p *packets) Poll(now time.Time) []scanner.Frame {
	if due, waiting := p.Due(); waiting && !now.Before(due) {
		p.expire(now)
	}
	done := p.done
	p.done = nil
	return done
}

// Flush implements scanner.Assembler.
func (p *packets) Flush() []scanner.Frame {
	if len(p.run) > 0 || p.broken != nil || !p.label.At.IsZero() {
		p.broken, p.run = append(p.broken, p.run...), nil
		p.reject()
	}
	return p.Poll(p.last)
}
