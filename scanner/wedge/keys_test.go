package wedge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
)

const (
	ean     = "6901234567892"
	gs1Text = "]C1010690123456789217261128" + "10LOT7\x1d21SER9"
)

// A desk is a sorter with frames, on virtual time.
type desk struct {
	frames *scanner.Frames
	sort   sorter
	now    time.Time
	keys   []string
	labels []string
}

func newDesk() *desk {
	w := scanner.WedgeWindows()
	w.Held = isHeld
	return &desk{
		frames: scanner.NewFrames(w),
		now:    time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC),
	}
}

// send gives each part in one read, a pace apart.
func (d *desk) send(pace time.Duration, parts ...string) {
	for _, p := range parts {
		d.frames.Add([]byte(p), d.now)
		d.poll()
		d.wait(pace)
	}
}

func (d *desk) wait(pause time.Duration) {
	d.now = d.now.Add(pause)
	d.poll()
}

func (d *desk) poll() {
	for _, f := range d.frames.Poll(d.now) {
		verdict, keys := d.sort.judge(f)
		if verdict == label {
			d.labels = append(d.labels, string(f.Raw))
		}
		for _, k := range keys {
			d.keys = append(d.keys, string(k))
		}
	}
}

func (d *desk) expect(t *testing.T, name string, keys []string, labels ...string) {
	t.Helper()
	d.wait(time.Second)
	if !slices.Equal(d.keys, keys) || !slices.Equal(d.labels, labels) {
		t.Errorf("%s: keys %q labels %q; want %q and %q", name, d.keys, d.labels, keys, labels)
	}
	d.keys, d.labels = nil, nil
}

const typing = 70 * time.Millisecond

func TestPeopleTypeKeys(t *testing.T) {
	typed := append([]string{
		"a", "7", " ", "]", "é", "货", "\x7f", "\r", "\t", "\x1b", "\x0c", "\x1a",
	}, sequences()...)
	typed = slices.DeleteFunc(typed, func(key string) bool {
		return key == "\x1bOH" || key == "\x1bOF" // spelled otherwise below
	})
	d := newDesk()
	d.send(typing, typed...)
	d.expect(t, "one by one", typed)

	d.send(typing, "\x08", "\x1bOH", "\x1bOF")
	d.expect(t, "Backspace, Home, End", []string{"\x7f", "\x1b[H", "\x1b[F"})

	d.send(5*time.Millisecond, "4", "2")
	d.send(5*time.Millisecond, "\r")
	d.expect(t, "a quick hand", []string{"4", "2", "\r"})
	d.send(typing, "\n")
	d.send(typing, "\r\n")
	d.expect(t, "line feeds are Enter", []string{"\r", "\r"})
	d.send(typing, "\x1b\x1b")
	d.expect(t, "Esc twice", []string{"\x1b", "\x1b"})
	d.send(typing, "\x1bOA\x1bOA\x1bOA")
	d.expect(t, "a wheel", []string{"\x1bOA", "\x1bOA", "\x1bOA"})
	d.send(typing, "数量不符")
	d.expect(t, "an input method", []string{"数", "量", "不", "符"})
}

func TestHeldKeysAreKeys(t *testing.T) {
	const repeat = 33 * time.Millisecond
	for _, key := range []string{"\x1b[B", "\x7f", "\x1b[6~", "\r", "\t", "\x1b"} {
		d := newDesk()
		d.send(500*time.Millisecond, key)
		for range 30 {
			d.send(repeat, key)
		}
		if len(d.keys) < 29 {
			t.Errorf("%q: %d keys while it is held", key, len(d.keys))
		}
		d.expect(t, key, slices.Repeat([]string{key}, 31))
	}
	d := newDesk()
	d.send(repeat, slices.Repeat([]string{"x"}, 30)...)
	d.expect(t, "a held letter", slices.Repeat([]string{"x"}, 30))
}

func TestNothingElseReachesTheKeys(t *testing.T) {
	for _, given := range []string{
		"\x1b[200~", "\x1b[201~", "\x1b[<0;10;10M", "\x1b[M !!", "\x1b[I", "\x1b[O",
		"\x1b[?1;2c", "\x1b[24;80R", "\x1b]11;rgb:0000/0000/0000\x07",
		"\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b[", "\x1b[12;", "\x1b]0;x",
		"\x1ba", "\x1b0\x1b2\x1b9", "\x00", "\x01", "\x02", "\x03", "\x04", "\x1c", "\x1d", "\x1e",
		"\xff", "\xe8\xb4", "\u009b", "\u202e", "\u200b", "\x1b[1;5A",
	} {
		d := newDesk()
		d.send(typing, given)
		d.expect(t, fmt.Sprintf("%q", given), nil)
	}
}

func TestBurstsAreLabels(t *testing.T) {
	for _, given := range []string{
		ean + "\r", ean + "\r\n", ean + "\t", ean + "\n", "A12\r",
		"\x02A\x03", "\x02" + ean + "\x03", "]C0", "]E0" + ean,
		"\x1b[A\x1b[A\r", "\x1b[200~hello\r", "你好678\r",
		ean, // without its end: a rejection, not keys
		"\x1b[200~" + ean + "\x1b[201~",
		strings.Repeat("A", 100),
	} {
		d := newDesk()
		d.send(typing, "q")
		d.send(typing, given)
		d.send(typing, "q")
		d.expect(t, "in one read", []string{"q", "q"}, given)
		d.send(16*time.Millisecond, strings.Split(given, "")...)
		d.expect(t, "byte by byte", nil, given)
	}
}

func TestALateLineFeedIsNoEnter(t *testing.T) {
	d := newDesk()
	d.send(10*time.Millisecond, ean+"\r", "\n")
	d.expect(t, "10 ms later", nil, ean+"\r")
	d.send(typing, ean+"\r", "\r")
	d.expect(t, "a person, 70 ms later", []string{"\r"}, ean+"\r")
}

// A poisoned label is one rejection or one scan, and no key at all, at any pace.
func TestPoisonedLabelsGiveNoKeys(t *testing.T) {
	paces := []time.Duration{0, time.Millisecond, 8 * time.Millisecond, 30 * time.Millisecond}
	for _, pace := range paces {
		t.Run(pace.String(), func(t *testing.T) {
			t.Parallel()
			d := newDesk()
			for _, text := range []string{ean + "\r", gs1Text + "\r"} {
				for i := range len(text) - 1 {
					for c := range 256 {
						given := text[:i] + string([]byte{byte(c)}) + text[i+1:]
						if pace == 0 {
							d.send(0, given)
						} else {
							for j := range len(given) {
								d.send(pace, given[j:j+1])
							}
						}
						d.expect(t, fmt.Sprintf("%q", given), nil, given)
					}
				}
			}
		})
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range sequences() {
		f.Add([]byte(s))
	}
	f.Add([]byte("\x1b[M !"))
	f.Add([]byte("\x1b]0;x"))
	f.Fuzz(func(t *testing.T, run []byte) {
		p := split(run)
		for _, key := range p.keys {
			again, rest := next(key)
			if len(rest) > 0 || again.kind != char && again.kind != command {
				t.Fatalf("%q lets %q through", run, key)
			}
		}
	})
}
