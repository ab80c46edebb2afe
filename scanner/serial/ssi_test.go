//go:build linux

package serial

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"scanbay/scanner"
	"scanbay/scanner/scannertest"
)

const (
	ack = "\x04\xd0\x04\x00\xff\x28"
	nak = "\x05\xd1\x04\x00\x01\xff\x25"
)

// sent is a label as a scanner's packets.
func sent(text string) (out [][]byte) {
	const most = 250
	for {
		n := min(len(text), most)
		status := byte(0)
		if n < len(text) {
			status = more
		}
		out = append(out, sealed(status, "\x0b"+text[:n]))
		if text = text[n:]; text == "" {
			return out
		}
	}
}

func sealed(status byte, data string) []byte {
	p := append([]byte{byte(headerSize + len(data)), opDecoded, 0, status}, data...)
	sum := checksum(p)
	return append(p, byte(sum>>8), byte(sum))
}

// repeated is a packet as it is sent again.
func repeated(p []byte) []byte {
	p = slices.Clone(p[:len(p)-sumSize])
	return sealed(p[3]|again, string(p[headerSize:]))
}

func TestWhatAScannerIsTold(t *testing.T) {
	for _, c := range []struct {
		protocol    Protocol
		right, most string
	}{
		{SSI, "\x05\xe8\x04\x00\x01\xff\x0e", "\x05\xe7\x04\x00\x01\xff\x0f"},
		{Honeywell, "\x16\x07\r", "\x16\x07\r\x16\x07\r\x16\x07\r"},
		{Datalogic, "B", "F"},
	} {
		b := speaking(t, c.protocol)
		b.wait("the line to be read", b.quiet)
		for answer, want := range map[scanner.Answer]string{
			scanner.Right: c.right, scanner.Wrong: c.most} {
			b.source.Tell(answer)
			if got := b.hears(len(want)); got != want {
				t.Errorf("%s: %q, want %q", c.protocol, got, want)
			}
		}
	}
	if got := string(SSI.says(scanner.Settled)); got != string(SSI.says(scanner.Right)) ||
		Honeywell.says(scanner.Settled) != nil || Datalogic.says(scanner.Settled) != nil {
		t.Errorf("what is settled is told as %q", got)
	}
	if Plain.says(scanner.Wrong) != nil || Newland.says(scanner.Right) != nil {
		t.Error("a scanner that understands nothing is told something")
	}
	if !bytes.Equal(packet(opAck), []byte(ack)) ||
		!bytes.Equal(packet(opNak, nakResend), []byte(nak)) {
		t.Errorf("% x, % x", packet(opAck), packet(opNak, nakResend))
	}
}

// hears reads what the scanner is told.
func (b *bench) hears(n int) string {
	b.t.Helper()
	buf := make([]byte, n)
	if err := b.cable.SetReadDeadline(time.Now().Add(patience)); err != nil {
		b.t.Fatal(err)
	}
	if _, err := io.ReadFull(b.cable, buf); err != nil {
		b.t.Fatal(err)
	}
	return string(buf)
}

// says sends bytes of the scanner's.
func (b *bench) says(parts ...[]byte) {
	b.t.Helper()
	for _, p := range parts {
		if _, err := b.cable.Write(p); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bench) next() scanner.Scan {
	b.t.Helper()
	select {
	case s := <-b.scans:
		return s
	case <-time.After(patience):
		b.t.Fatal("no scan")
		return scanner.Scan{}
	}
}

// A line whose other end reads nothing holds up neither the reading nor the end.
func TestALineThatTakesNothing(t *testing.T) {
	b := speaking(t, SSI)
	b.wait("the line to be read", b.quiet)
	// Given a line that is full,
	line := int(b.socket.Fd())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(unix.SetNonblock(line, true))
	for {
		if _, err := unix.Write(line, make([]byte, 256)); err != nil {
			break
		}
	}
	must(unix.SetNonblock(line, false))
	// when labels come, and answers go,
	for n := range 2 * outMax {
		text := fmt.Sprint("LABEL-", n)
		b.says(sent(text)...)
		if s := b.next(); string(s.Raw) != text {
			t.Fatalf("%+v", s)
		}
		b.source.Tell(scanner.Wrong)
	}
	// then they are read, and the source ends at once.
	began := time.Now()
	b.stop()
	select {
	case err := <-b.ran:
		must(err)
	case <-time.After(patience):
		t.Fatal("Run goes on")
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it ends after %v", took)
	}
}

func TestPacketsTornAtEveryByte(t *testing.T) {
	b := speaking(t, SSI)
	for _, text := range []string{ean, gs1Text + "\r"} {
		p := sent(text)[0]
		for i := 1; i < len(p); i++ {
			b.says(p[:i], p[i:])
			if s := b.next(); s.Bad != "" || string(s.Raw) != text || len(b.scans) > 0 {
				t.Fatalf("%d: %+v", i, s)
			}
			if got := b.hears(len(ack)); got != ack {
				t.Fatalf("%d: answered % x", i, got)
			}
		}
	}
}

func TestABrokenPacketIsAskedForAgain(t *testing.T) {
	b := speaking(t, SSI)
	p := sent(ean)[0]
	for _, i := range []int{0, 1, 4, 9, len(p) - 1} {
		broken := slices.Clone(p)
		broken[i] ^= 0x05
		b.says(broken)
		if got := b.hears(len(nak)); got != nak {
			t.Fatalf("%d: answered % x", i, got)
		}
		b.says(repeated(p))
		if got := b.hears(len(ack)); got != ack {
			t.Fatalf("%d: then answered % x", i, got)
		}
		if s := b.next(); s.Bad != "" || string(s.Raw) != ean || len(b.scans) > 0 {
			t.Fatalf("%d: %+v", i, s)
		}
	}
}

func TestAScannerThatHearsNoAnswerCountsOnce(t *testing.T) {
	b := speaking(t, SSI)
	for _, text := range []string{ean, strings.Repeat("7", 600)} {
		for _, p := range sent(text) {
			b.says(p)
			for range 3 { // it does not listen
				b.hears(len(ack))
				b.says(repeated(p))
			}
			b.hears(len(ack))
		}
		if s := b.next(); string(s.Raw) != text || len(b.scans) > 0 {
			t.Errorf("%+v", s)
		}
	}
	// The next pull of the trigger is another scan.
	p := sent(ean)[0]
	for range 2 {
		b.says(p)
		b.hears(len(ack))
		if s := b.next(); string(s.Raw) != ean {
			t.Errorf("%+v", s)
		}
	}
}

// A line is packets on virtual time.
type line struct {
	*packets
	heard bytes.Buffer
	now   time.Time
}

func newLine() *line {
	l := &line{now: time.Unix(1, 0)}
	l.packets = newPackets(&l.heard)
	return l
}

// pull sends bytes, and waits for all that can come of them.
func (l *line) pull(parts ...[]byte) (out []scanner.Frame) {
	for _, p := range parts {
		l.Add(p, l.now)
		out = append(out, l.Poll(l.now)...)
	}
	for range 3 {
		l.now = l.now.Add(2 * time.Second)
		out = append(out, l.Poll(l.now)...)
	}
	return out
}

// Every byte at every position of a packet: one scan or one rejection, and the next
// label is read as if nothing had been.
func TestGarbage(t *testing.T) {
	l := newLine()
	good := sent(ean)[0]
	for i := range good {
		for c := range 256 {
			p := slices.Clone(good)
			p[i] = byte(c)
			if got := l.pull(p); len(got) != 1 {
				t.Fatalf("% x: %+v", p, got)
			}
			got := l.pull(good)
			if len(got) != 1 || got[0].Bad != "" || string(got[0].Raw) != ean {
				t.Fatalf("after % x: %+v", p, got)
			}
		}
	}
	for _, p := range []string{ean + "\r", "\x00", "\x03", strings.Repeat("x", 9000), "\xff\xf3"} {
		if got := l.pull([]byte(p)); len(got) != 1 || got[0].Bad != scanner.Partial {
			t.Errorf("%q: %+v", p, got)
		}
		if got := l.pull(good); len(got) != 1 || got[0].Bad != "" {
			t.Errorf("after %q: %+v", p, got)
		}
	}
}

func TestLabelsInSeveralPackets(t *testing.T) {
	l := newLine()
	long := strings.Repeat("0123456789", 60)
	if got := l.pull(sent(long)...); len(got) != 1 || string(got[0].Raw) != long {
		t.Errorf("%+v", got)
	}
	if got := l.pull(sent(long)[0]); len(got) != 1 || got[0].Bad != scanner.Partial {
		t.Errorf("without its end: %+v", got)
	}
	endless := sealed(more, "\x0b"+strings.Repeat("9", 200))
	got := l.pull(slices.Repeat([][]byte{endless}, 100)...)
	if len(got) != 1 || got[0].Bad != scanner.TooLong {
		t.Errorf("without any end: %d frames", len(got))
	}
	if got := l.pull(sealed(0, "\x0f"+"01"+scannertest.GTIN)); len(got) != 1 ||
		string(got[0].Raw) != "]C101"+scannertest.GTIN {
		t.Errorf("GS1-128: %+v", got)
	}
	for _, empty := range []string{"", "\x0b", "\x0b\r\n"} {
		if got := l.pull(sealed(0, empty)); len(got) != 1 || got[0].Bad != scanner.Partial {
			t.Errorf("%q: %+v", empty, got)
		}
	}
}

// A scanner that did not hear the answer sends again: over a line that flips a bit, or over one
// that was lost meanwhile.
func TestARepeatCountsOnce(t *testing.T) {
	good := sent(ean)[0]
	flipped := repeated(good)
	flipped[7] ^= 1
	l := newLine()
	if got := l.pull(good); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	l.Add(flipped, l.now)
	l.now = l.now.Add(100 * time.Millisecond)
	if got := append(l.Poll(l.now), l.pull(repeated(good))...); len(got) != 0 {
		t.Errorf("behind a broken repeat: %+v", got)
	}
	again := newLine()
	again.now = l.now
	again.after(l.packets)
	if got := again.pull(repeated(good)); len(got) != 0 {
		t.Errorf("on a port that was lost: %+v", got)
	}
	if got := again.pull(good); len(got) != 1 {
		t.Errorf("the same label once more: %+v", got)
	}
}

func TestAPacketThatIsNotSentAgainIsRejected(t *testing.T) {
	l := newLine()
	broken := sent("96385074")[0]
	broken[7] ^= 1
	l.Add(broken, l.now)
	l.now = l.now.Add(100 * time.Millisecond)
	got := append(l.Poll(l.now), l.pull(sent(ean)[0])...)
	if len(got) != 2 || got[0].Bad != scanner.Partial || string(got[1].Raw) != ean {
		t.Errorf("%+v", got)
	}
	// What is no label is acknowledged, and no scan.
	l.heard.Reset()
	event := []byte{5, 0xf6, 0, 0, 1}
	sum := checksum(event)
	if got := l.pull(append(event, byte(sum>>8), byte(sum))); len(got) != 0 ||
		l.heard.String() != ack {
		t.Errorf("%+v, % x", got, l.heard.String())
	}
	l.heard.Reset()
	if got := l.pull([]byte(ack)); len(got) != 0 || l.heard.Len() > 0 {
		t.Errorf("its own ACK: %+v, % x", got, l.heard.String())
	}
}

func TestPoisonedLabelsInPackets(t *testing.T) {
	scannertest.Poison(t, func() (*scannertest.Bench, func([]byte) error) {
		var line bytes.Buffer
		gun, port := io.Pipe()
		t.Cleanup(func() { _ = errors.Join(gun.Close(), port.Close()) })
		b := scannertest.Run(t, func(r *scanner.Reader, status func(string, error)) scanner.Source {
			return New(Config{Path: "gun", Protocol: SSI, Reader: r, Status: status,
				Open: func(string, int) (scanner.Device, error) {
					return struct {
						io.ReadCloser
						io.Writer
					}{gun, &line}, nil
				}})
		})
		return b, func(label []byte) error {
			_, err := port.Write(sent(string(label))[0])
			return err
		}
	})
}

func FuzzPackets(f *testing.F) {
	f.Add(slices.Concat(sent(ean)[0], repeated(sent(ean)[0])), 5)
	f.Add(slices.Concat(sent(strings.Repeat("1", 300))...), 200)
	f.Add([]byte(ean+"\r"), 3)
	f.Fuzz(func(t *testing.T, given []byte, tear int) {
		i := min(max(tear, 0), len(given))
		whole, torn := newLine(), newLine()
		a, b := whole.pull(given), torn.pull(given[:i:i], nil)
		if i < len(given) {
			torn = newLine()
			torn.Add(given[:i:i], torn.now)
			b = torn.pull(given[i:])
		}
		if !slices.EqualFunc(a, b, func(a, b scanner.Frame) bool {
			return bytes.Equal(a.Raw, b.Raw) && a.Bad == b.Bad
		}) || len(given) <= scanner.LongestFrame && whole.heard.String() != torn.heard.String() {
			t.Errorf("%q and torn at %d %q", a, i, b)
		}
	})
}
