package scanner

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	ean     = "6901234567892"
	gs1Text = "]C1010690123456789217261128" + "10LOT7\x1d21SER9"
)

// A line is a scanner and its cable on virtual time.
type line struct {
	frames *Frames
	reader *Reader
	now    time.Time
}

func newLine(w Windows) *line {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	return &line{NewFrames(w), testReader(now), now}
}

func testReader(now time.Time) *Reader {
	return NewReader(Config{
		IDs: NewIDs("boot"), Source: "serial", Port: "bench",
		Now: func() time.Time { return now },
	})
}

// send gives the bytes one by one at a pace, or all in one read if pace is 0.
func (l *line) send(text string, pace time.Duration) (scans []Scan) {
	if pace == 0 {
		l.frames.Add([]byte(text), l.now)
		return l.poll()
	}
	for i := range len(text) {
		l.frames.Add([]byte{text[i]}, l.now)
		scans = append(scans, l.poll()...)
		l.now = l.now.Add(pace)
		scans = append(scans, l.poll()...)
	}
	return scans
}

func (l *line) poll() (scans []Scan) {
	for _, f := range l.frames.Poll(l.now) {
		if s, ok := l.reader.Frame(f); ok {
			scans = append(scans, s)
		}
	}
	return scans
}

// rest waits until nothing more can come.
func (l *line) rest() []Scan {
	l.now = l.now.Add(time.Second)
	return l.poll()
}

func windows() map[string]Windows {
	return map[string]Windows{"serial": SerialWindows(), "wedge": WedgeWindows()}
}

// Any byte anywhere in a label makes one scan or one rejection, at any pace, and
// the next label is read as if nothing had been.
func TestPoisonedLabels(t *testing.T) {
	paces := []time.Duration{0, time.Millisecond, 8 * time.Millisecond, 30 * time.Millisecond}
	for name, w := range windows() {
		for _, pace := range paces {
			t.Run(name+" "+pace.String(), func(t *testing.T) {
				t.Parallel()
				for _, text := range []string{ean, gs1Text} {
					poisonAll(t, newLine(w), text, pace)
				}
			})
		}
	}
}

func poisonAll(t *testing.T, l *line, text string, pace time.Duration) {
	for i := range len(text) {
		for c := range 256 {
			label := []byte(text + "\r")
			label[i] = byte(c)
			scans := append(l.send(string(label), pace), l.rest()...)
			if len(scans) != 1 {
				t.Fatalf("%q gives %d scans: %+v", label, len(scans), scans)
			}
			scans = append(l.send(text+"\r", pace), l.rest()...)
			if len(scans) != 1 || scans[0].Bad != "" || scans[0].Label.GTIN != "0"+ean {
				t.Fatalf("after %q: %+v", label, scans)
			}
		}
	}
}

func TestLabelsTornAtEveryByte(t *testing.T) {
	for name, w := range windows() {
		for _, text := range []string{ean + "\r", ean + "\r\n", gs1Text + "\t"} {
			for i := 1; i < len(text); i++ {
				l := newLine(w)
				scans := l.send(text[:i], 0)
				l.now = l.now.Add(time.Millisecond)
				scans = append(scans, l.send(text[i:], 0)...)
				scans = append(scans, l.rest()...)
				if len(scans) != 1 || scans[0].Bad != "" {
					t.Errorf("%s: %q torn at %d: %+v", name, text, i, scans)
				}
			}
		}
	}
}

func TestFraming(t *testing.T) {
	for _, framed := range []string{
		ean + "\r", ean + "\n", ean + "\r\n", ean + "\t", "\r\n" + ean + "\r\n",
		"\x02" + ean + "\x03", "\x02" + ean + "\x03\r\n", "\x02" + ean + "\r",
		"\n\x02" + ean + "\x03",
	} {
		l := newLine(SerialWindows())
		scans := append(l.send(framed, 0), l.rest()...)
		if len(scans) != 1 || scans[0].Label.Text != ean || string(scans[0].Raw) != framed {
			t.Errorf("%q: %+v", framed, scans)
		}
	}
}

func TestAScannerPoweringUpIsNoScan(t *testing.T) {
	for _, framing := range []string{"\r", "\n", "\r\n", "\t", "\x02\x03"} {
		l := newLine(SerialWindows())
		if scans := append(l.send(framing, 0), l.rest()...); len(scans) != 0 {
			t.Errorf("%q: %+v", framing, scans)
		}
	}
}

func TestALateLineFeedBelongsToNothing(t *testing.T) {
	l := newLine(SerialWindows())
	scans := l.send(ean+"\r", 0)
	l.now = l.now.Add(10 * time.Millisecond)
	scans = append(scans, l.send("\n", 0)...)
	l.now = l.now.Add(10 * time.Millisecond)
	scans = append(scans, l.send("96385074\r", 0)...)
	scans = append(scans, l.rest()...)
	if len(scans) != 2 || scans[0].Label.Text != ean || scans[1].Label.Text != "96385074" {
		t.Errorf("%+v", scans)
	}
}

func TestALabelWithoutItsEndIsNeverTaken(t *testing.T) {
	for name, w := range windows() {
		l := newLine(w)
		scans := append(l.send(ean, 0), l.rest()...)
		scans = append(scans, append(l.send(ean+"\r", 0), l.rest()...)...)
		if len(scans) != 2 || scans[0].Bad != Partial || scans[1].Bad != "" {
			t.Errorf("%s: %+v", name, scans)
		}
		if scans[0].Label != (Label{}) {
			t.Errorf("%s: a bad read has a label: %+v", name, scans[0].Label)
		}
	}
}

func TestAnEndlessLabelIsRejectedOnce(t *testing.T) {
	given := strings.Repeat(ean+"\r", LongestFrame)
	for name, w := range windows() {
		l := newLine(w)
		var scans []Scan
		for part := range slices.Chunk([]byte(given), 1000) {
			scans = append(scans, l.send(string(part), 0)...)
			l.now = l.now.Add(time.Millisecond)
		}
		scans = append(scans, l.rest()...)
		scans = append(scans, append(l.send(ean+"\r", 0), l.rest()...)...)
		if len(scans) != 2 || scans[0].Bad != TooLong || scans[1].Bad != "" {
			t.Fatalf("%s: %d scans", name, len(scans))
		}
		if len(scans[0].Raw) != LongestFrame {
			t.Errorf("%s: %d bytes kept", name, len(scans[0].Raw))
		}
	}
}

func TestALabelOfTheLongestLengthIsTaken(t *testing.T) {
	l := newLine(SerialWindows())
	scans := append(l.send(strings.Repeat("A", LongestFrame-1)+"\r", 0), l.rest()...)
	if len(scans) != 1 || scans[0].Bad != "" {
		t.Error(len(scans), "scans")
	}
}

func TestAScanIsOutSoonAfterItsTerminator(t *testing.T) {
	tests := []struct {
		windows Windows
		pace    time.Duration
		want    time.Duration
	}{
		{WedgeWindows(), 0, 5 * time.Millisecond},
		{WedgeWindows(), 8 * time.Millisecond, 16 * time.Millisecond},
		{WedgeWindows(), 30 * time.Millisecond, 35 * time.Millisecond},
		{SerialWindows(), 0, 900 * time.Microsecond},
		{SerialWindows(), time.Millisecond, 2 * time.Millisecond},
	}
	for _, test := range tests {
		l := newLine(test.windows)
		l.send(ean+"\r", test.pace)
		last := l.now.Add(-test.pace)
		if due, ok := l.frames.Due(); !ok || due.Sub(last) != test.want {
			t.Errorf("at a pace of %v: %v, want %v", test.pace, due.Sub(last), test.want)
		}
	}
}

func TestAHeldKeyEndsItsRun(t *testing.T) {
	w := WedgeWindows()
	w.Held = func(run []byte) bool { return len(bytes.Trim(run, "\x7f")) == 0 }
	l := newLine(w)
	frames := 0
	for range 30 {
		l.frames.Add([]byte("\x7f"), l.now)
		frames += len(l.frames.Poll(l.now))
		l.now = l.now.Add(33 * time.Millisecond)
	}
	if frames < 14 {
		t.Error(frames, "frames while the key is down")
	}
}

func TestWhatADeviceLostIsIncomplete(t *testing.T) {
	l := newLine(SerialWindows())
	l.send("6901", 0)
	l.frames.Spoil(l.now)
	scans := append(l.send("4567892\r", 0), l.rest()...)
	l.frames.Spoil(l.now) // of the next one nothing is left
	scans = append(scans, l.rest()...)
	scans = append(scans, append(l.send(ean+"\r", 0), l.rest()...)...)
	if len(scans) != 3 || scans[0].Bad != Partial || scans[1].Bad != Partial || scans[2].Bad != "" {
		t.Errorf("%+v", scans)
	}
}
