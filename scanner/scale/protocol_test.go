package scale

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
)

// told is what people are told of a weight.
func told(w scanner.Weight) string {
	switch {
	case w.Bad != "":
		return string(w.Bad)
	case w.Stable:
		return fmt.Sprint(w.Grams)
	}
	return fmt.Sprint("~", w.Grams)
}

// A wire is a scale's, with a clock of its own.
type wire struct {
	*telegrams
	source *Source
	now    time.Time
}

func newWire(p Protocol, unit string) *wire {
	now := time.Unix(1, 0)
	return &wire{newTelegrams(p.speech(), now), New(Config{Protocol: p, Unit: unit}), now}
}

// send gives what is said of the bytes that came.
func (w *wire) send(parts ...string) (out []string) {
	for _, part := range parts {
		w.Add([]byte(part), w.now)
		out = append(out, w.poll()...)
	}
	return out
}

func (w *wire) poll() (out []string) {
	for _, f := range w.Poll(w.now) {
		out = append(out, told(w.source.weight(f, w.speech)))
	}
	return out
}

// packed is a packet of XK3190, such as +0018453.
func packed(body string) string {
	sum := byte(0)
	for _, c := range []byte(body) {
		sum ^= c
	}
	return fmt.Sprintf("\x02%s%02X\x03", body, sum)
}

func TestWhatScalesSay(t *testing.T) {
	for _, c := range []struct {
		protocol         Protocol
		said, unit, want string
		why              string
	}{
		{XK3190, packed("+0018453"), "", "~1845", ""},
		{XK3190, packed("+0018453"), "g", "~2", "half up"},
		{XK3190, packed("+0018441"), "g", "~184", ""},
		{XK3190, packed("+0018451"), "g", "~185", "half up"},
		{XK3190, packed("+0001230"), "kg", "~123000", ""},
		{XK3190, packed("+1234564"), "kg", "~12346", "12.3456 kg"},
		{XK3190, packed("+0000013"), "t", "~1000", ""},
		{XK3190, packed("+0000003"), "", "~0", ""},
		{XK3190, packed("-0000003"), "", "~0", "no less than zero"},
		{XK3190, packed("-0000023"), "", "negative", ""},
		{XK3190, packed("+0018455"), "", "no_weight", "five decimals"},
		{XK3190, packed("+------0"), "", "no_weight", "overloaded"},
		{XK3190, packed(" 0018453"), "", "no_weight", ""},
		{XK3190, "\x02+001845300\x03", "", "sum", ""},
		{A12, "WG004.139kg3D\r\n", "", "~4139", "the manual's"},
		{A12, "WG004.138kg3D\r\n", "", "sum", ""},
		{A12, "WN-04.139kg" + check([]byte("WN-04.139kg")) + "\r\n", "", "negative", ""},
		{A12, "WG001234  g" + check([]byte("WG001234  g")) + "\r\n", "", "~1234", ""},
		{A12, "WG004.139kg\r\n", "", "no_weight", "cut short"},
		{A12, "         OL23\r\n", "", "overload", "the manual's"},
		{A12, "         LO23\r\n", "", "negative", "the manual's"},
		{A12, "wn0003.17kg\r\n", "", "~3170", ""},
		{A12, "ww-003.17kg\r\n", "", "negative", ""},
		{A12, "wt000.500kg\r\n", "", "no_weight", "a tare"},
		{A12, "ww000.000lb\r\n", "", "~0", ""},
		{MTSICS, "S S     100.00 g\r\n", "", "100", ""},
		{MTSICS, "S D     100.50 g\r\n", "", "~101", ""},
		{MTSICS, "S S      1.845 kg\r\n", "", "1845", ""},
		{MTSICS, "S S      2.500 lb\r\n", "", "1134", "1133.98 g"},
		{MTSICS, "S S       10.0 oz\r\n", "", "283", "283.495 g"},
		{MTSICS, "S S      0.002 t\r\n", "", "2000", ""},
		{MTSICS, "S S      -0.30 kg\r\n", "", "negative", ""},
		{MTSICS, "S I\r\n", "", "unsettled", ""},
		{MTSICS, "S +\r\n", "", "overload", ""},
		{MTSICS, "S -\r\n", "", "negative", ""},
		{MTSICS, "ES\r\n", "", "no_weight", ""},
		{MTSICS, "ET\r\nEL\r\n", "", "no_weight,no_weight", ""},
		{MTSICS, "S S     100.00 pcs\r\n", "", "no_weight", ""},
		{MTSICS, "S S Error 10b\r\n", "", "no_weight", ""},
		{MTSICS, "    100.00 g\r\n", "", "no_weight", "its beginning is missing"},
		{AND, "ST,+00123.45  g\r\n", "", "123", ""},
		{AND, "US,+00123.50  g\r\n", "", "~124", ""},
		{AND, "OL,+9999999E+19\r\n", "", "overload", ""},
		{AND, "OL,-9999999E+19\r\n", "", "negative", ""},
		{AND, "UL,GS,     0.0,kg\r\n", "", "negative", ""},
		{AND, "ST,GS,+ 12.345kg\r\n", "", "12345", "CAS and others"},
		{AND, "ST,NT,-  0.345kg\r\n", "", "negative", ""},
		{AND, "ST,GS,     0.0,kg\r\n", "", "0", "Dini Argeo"},
		{AND, "ST,G ,+01234.5kg\r\n", "", "1234500", "AD-4329"},
		{AND, "QT,+00000012 PC\r\n", "", "no_weight", "a count"},
		{AND, "ST,TR,+  1.000kg\r\n", "", "no_weight", "a tare"},
		{AND, "ST,+000012.3  %\r\n", "", "no_weight", ""},
		{AND, "ST,+00123.45\r\n", "", "no_weight", "no unit"},
		{AND, "ST,+1234567890  g\r\n", "", "no_weight", "more digits than a scale has"},
		{AND, "S\xd4\xac+00123.45\xa0\xa0\xe7\x8d\n", "", "123", "7 bits and a parity"},
	} {
		got := strings.Join(newWire(c.protocol, c.unit).send(c.said), ",")
		if got != c.want {
			t.Errorf("%s %q in %q says %s, want %s (%s)", c.protocol, c.said, c.unit, got,
				c.want, c.why)
		}
	}
}

// Packets as they were worked out by hand, and not by the code that makes the others.
func TestTheCheckIsTheManuals(t *testing.T) {
	for said, want := range map[string]string{
		"\x02+012345319\x03": "~12345", // 2B^30^31^32^33^34^35^33 is 19h
		"\x02+00000001B\x03": "~0",     // 2B^30 is 1Bh
		"\x02+00200021B\x03": "~20000", // 20.00, as a weighbridge's page has it
	} {
		if got := newWire(XK3190, "").send(said); !slices.Equal(got, []string{want}) {
			t.Errorf("%q says %s, want %s", said, got, want)
		}
	}
}

// streams are what scales send one after the other, and what is said of it.
func streams() map[Protocol][2]string {
	return map[Protocol][2]string{
		XK3190: {packed("+0018453") + packed("-0000023") + packed("+0002990") +
			packed("+0000003"), "~1845,negative,~299000,~0"},
		A12: {"WG004.139kg3D\r\nww0003.17kg\r\n         OL23\r\nwn-003.17kg\r\n",
			"~4139,~3170,overload,negative"},
		MTSICS: {"S D     100.00 g\r\nS S     101.00 g\r\nS +\r\nS S     0.30 kg\r\n",
			"~100,101,overload,300"},
		AND: {"US,+00123.45  g\r\nST,GS,+ 12.345kg\r\nOL,+9999999E+19\r\nST,+00000.50  g\r\n",
			"~123,12345,overload,1"},
	}
}

func TestTornAtEveryByteItSaysTheSame(t *testing.T) {
	for p, s := range streams() {
		for i := range len(s[0]) + 1 {
			got := strings.Join(newWire(p, "").send(s[0][:i], s[0][i:]), ",")
			if got != s[1] {
				t.Errorf("%s torn at %d: %s, want %s", p, i, got, s[1])
			}
		}
		if got := newWire(p, "").send(strings.Split(s[0], "")...); strings.Join(got, ",") != s[1] {
			t.Errorf("%s, byte by byte: %s", p, got)
		}
	}
}

// Every byte at every place of a packet, one too many and one too few: the weight is right or
// there is none, and the next packet is read.
func TestASpoiltPacketIsNoWrongWeight(t *testing.T) {
	good, next := packed("+0018453"), packed("+0002503")
	try := func(bad string) {
		t.Helper()
		got := newWire(XK3190, "").send(bad + next + next)
		for _, was := range got {
			if !slices.Contains([]string{"~1845", "~250", "sum", "no_weight"}, was) {
				t.Fatalf("%q says %s", bad, was)
			}
		}
		if len(got) == 0 || got[len(got)-1] != "~250" {
			t.Fatalf("%q takes the next with it: %s", bad, got)
		}
	}
	for i := range len(good) {
		for c := range 256 {
			spoilt := string([]byte{byte(c)})
			try(good[:i] + spoilt + good[i+1:])
			try(good[:i] + spoilt + good[i:])
		}
		try(good[:i] + good[i+1:])
	}
}

// Every byte at every place of a line is no panic, and the next line is read.
func TestASpoiltLineEnds(t *testing.T) {
	for _, p := range []Protocol{A12, MTSICS, AND} {
		lines := strings.SplitAfter(streams()[p][0], "\n")
		for i := range len(lines[0]) {
			for c := range 256 {
				got := newWire(p, "").send(lines[0][:i] + string([]byte{byte(c)}) +
					lines[0][i+1:] + lines[1] + lines[1])
				if last := got[len(got)-1]; last != strings.Split(streams()[p][1], ",")[1] {
					t.Fatalf("%s with %#x at %d: %s", p, c, i, got)
				}
			}
		}
	}
}

func TestAScaleThatSpeaksAnotherWayIsTold(t *testing.T) {
	for p := range streams() {
		for other, s := range streams() {
			if p == other {
				continue
			}
			got := newWire(p, "").send(strings.Repeat(s[0], 3))
			if len(got) == 0 || slices.ContainsFunc(got, func(was string) bool {
				return was != "no_weight"
			}) {
				t.Errorf("%s heard as %s: %s", other, p, got)
			}
		}
	}
}

func TestAWeightThatStaysTheSameHasSettled(t *testing.T) {
	l := newWire(XK3190, "")
	after := func(d time.Duration, said, want string) {
		t.Helper()
		l.now = l.now.Add(d)
		if got := strings.Join(l.send(said), ","); got != want {
			t.Errorf("%q after %v says %s, want %s", said, d, got, want)
		}
	}
	const tenth = 100 * time.Millisecond
	box, more := packed("+0018453"), packed("+0018463")
	after(tenth, box, "~1845")
	after(9*tenth, box, "~1845")
	after(tenth, box, "1845") // for a second
	after(tenth, "\x02+001845300\x03", "sum")
	after(tenth, box, "1845") // what was spoilt says nothing
	after(tenth, more, "~1846")
	after(tenth, box, "~1845") // it came back, and has not settled
	after(9*tenth, box, "~1845")
	after(tenth, box, "1845")
	after(tenth, packed("-0000023"), "negative")
	after(10*tenth, packed("-0000023"), "negative")
	after(tenth, box, "~1845")
	after(19*tenth, box, "1845")
	after(21*tenth, box, "~1845") // nobody knows what it was meanwhile
}

func TestASilentScaleIsTold(t *testing.T) {
	l := newWire(AND, "")
	var status []error
	l.source.config.Status = func(_ string, err error) { status = append(status, err) }
	line := "ST,+00123.45  g\r\n"
	wants := func(want ...string) {
		t.Helper()
		if got := l.poll(); !slices.Equal(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	l.Add([]byte(line), l.now)
	wants("123")
	l.now = l.now.Add(scanner.WeightLasts - time.Millisecond)
	wants()
	l.now = l.now.Add(time.Millisecond)
	wants("silent")
	if _, waits := l.Due(); waits {
		t.Error("it waits for more silence")
	}
	l.now = l.now.Add(time.Hour)
	wants()
	l.Add([]byte("ST,+00"), l.now)
	l.now = l.now.Add(within + time.Millisecond)
	l.Add([]byte("123.45  g\r\n"+line), l.now) // the first half was another weight's
	wants("no_weight", "123")
	if fmt.Sprint(status) != fmt.Sprint([]error{ErrSilent, nil}) {
		t.Error(status)
	}
}

func TestGramsAreRoundedHalfUp(t *testing.T) {
	for _, c := range []struct {
		number, unit string
		want         int64
	}{
		{"0.0005", "kg", 1}, {"0.00049", "kg", 0}, {"0.5", "g", 1}, {"1.49", "g", 1},
		{"1", "lb", 454}, {"1", "oz", 28}, {"999999999", "t", 999_999_999_000_000},
		{"999999999", "lb", 453_592_369_546}, {"0.00000001", "oz", 0}, {".5", "kg", 500},
		{"5.", "KG", 5000},
	} {
		if got, ok := Grams(c.number, c.unit); got != c.want || !ok {
			t.Errorf("%s %s is %d g, want %d", c.number, c.unit, got, c.want)
		}
	}
	for _, text := range []string{"", ".", "-1", "1e3", "1.2.3", "1234567890", "١"} {
		if got, ok := Grams(text, "g"); ok {
			t.Errorf("%q is %d g", text, got)
		}
	}
	if _, ok := Grams("1", "tl"); ok {
		t.Error("a tael")
	}
}

func FuzzTelegrams(f *testing.F) {
	for i, p := range Protocols() {
		f.Add(i, []byte(streams()[p][0]), 7)
	}
	f.Add(1, []byte(strings.Repeat("1", 200)), 70)
	f.Fuzz(func(t *testing.T, protocol int, heard []byte, tear int) {
		p := Protocols()[max(0, protocol)%len(Protocols())]
		i := min(max(tear, 0), len(heard))
		whole := newWire(p, "").send(string(heard))
		torn := newWire(p, "").send(string(heard[:i]), string(heard[i:]))
		if !slices.Equal(weightsOf(whole), weightsOf(torn)) {
			t.Errorf("%q, and torn at %d %q", whole, i, torn)
		}
	})
}

// weightsOf leaves out what was no weight: where much junk is told of may differ.
func weightsOf(all []string) []string {
	return slices.DeleteFunc(all, func(was string) bool { return was == "no_weight" })
}
