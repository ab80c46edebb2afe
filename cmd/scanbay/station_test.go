//go:build linux

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"scanbay/store"
)

// soon is well under the five seconds that a terminal costs which is asked for its
// colours, and answers nothing. Looking for races takes its time.
func soon() time.Duration {
	if os.Getenv("SCANBAY_RACE") != "" {
		return 4 * time.Second
	}
	return time.Second
}

func TestASilentTerminalIsNotWaitedFor(t *testing.T) {
	d := sit(t, 80, 24, "version")
	if err := d.wait(); err != nil || d.first > soon() || !contains(d.shown(), "scanbay") {
		t.Errorf("%v, after %v:\n%s", err, d.first, d.shown())
	}
	d = sit(t, 80, 24, "--lang=en", "station", "--db", filepath.Join(t.TempDir(), "bay.db"))
	d.shows("Scan your badge")
	if d.first > soon() {
		t.Errorf("the first screen comes after %v", d.first)
	}
	t.Logf("first screen after %v", d.first)
}

func TestAStationEndsInAnOrderlyWay(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		d := sit(t, 20, 16, "--lang=zh", "station", "--db", db)
		d.shows("请扫工牌")
		if !d.taken() {
			t.Fatalf("%v: it does not have the terminal to itself", sig)
		}
		if err := d.end(sig); err != nil || d.taken() {
			t.Errorf("%v: %v, and the terminal is not given back", sig, err)
		}
	}
}

func TestAClosedWindowEndsAStation(t *testing.T) {
	cmd := exec.Command(program(t), "station", "--db", filepath.Join(t.TempDir(), "bay.db"))
	window, err := pty.Start(cmd)
	must(t, err)
	_, err = io.ReadAtLeast(window, make([]byte, 1<<10), len("\x1b[?1049h"))
	must(t, errors.Join(err, window.Close()))
	must(t, cmd.Wait())
}

func TestATerminalThatKnowsNoSize(t *testing.T) {
	d := sit(t, 80, 24, "--lang=en", "station", "--db", filepath.Join(t.TempDir(), "bay.db"))
	d.shows("Scan your badge")
	d.resize(0, 0)
	d.shows("Scan your badge")
	d.resize(10, 4)
	d.shows("20 x 16")
}

func TestAStationNeedsATerminal(t *testing.T) {
	for lang, want := range map[string]string{"en": "This needs a terminal", "zh": "需要终端"} {
		cmd := exec.Command(program(t), "--lang", lang, "station",
			"--db", filepath.Join(t.TempDir(), "bay.db"))
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestALostScannerIsSaidAndFoundAgain(t *testing.T) {
	port := filepath.Join(t.TempDir(), "gun")
	d := sit(t, 80, 24, "--lang=en", "station", "--db", filepath.Join(t.TempDir(), "bay.db"),
		"--serial", port)
	d.shows("No answer from the scanner gun")
	cable := plug(t, port)
	d.until("the scanner", func(screen string) bool { return !contains(screen, "No answer") })
	cable.scan("NOBODY-1")
	d.shows("NOBODY-1")
}

// noticed is how soon an operator is told that a scanner is lost, and how soon it works
// again once it is back.
const noticed = 2 * time.Second

func TestSeveralScannersAreLostAndFound(t *testing.T) {
	// Given a station with three scanners of three kinds,
	folder := t.TempDir()
	gun, typist, pos := filepath.Join(folder, "gun"), filepath.Join(folder, "typist"),
		filepath.Join(folder, "pos")
	cable, keys, reports := plug(t, gun), plugPipe(t, typist), plugPipe(t, pos)
	d := sit(t, 80, 24, "--lang=en", "station", "--db", filepath.Join(folder, "bay.db"),
		"--serial", gun+",9600,honeywell", "--evdev", typist, "--hid", pos)
	d.shows("Scan your badge")
	cable.scan("NOBODY-1")
	d.shows("NOBODY-1")
	// the one that scanned is told that it was wrong;
	cable.hears(strings.Repeat("\x16\a\r", 3))
	isShort := func(screen string) bool { return strings.Contains(screen, "\nx scanner xx") }
	// when one after the other is pulled out,
	for _, s := range []struct {
		name   string
		unplug func(string)
		plug   func()
		scan   func(label string)
	}{
		{gun, cable.unplug, func() { cable = plug(t, gun) }, func(l string) { cable.scan(l) }},
		{typist, keys.unplug, func() { keys = plugPipe(t, typist) },
			func(l string) { keys.keys(l) }},
		{pos, reports.unplug, func() { reports = plugPipe(t, pos) },
			func(l string) { reports.report(l) }},
	} {
		s.scan("before-" + filepath.Base(s.name))
		d.shows("before-" + filepath.Base(s.name))
		at := time.Now()
		s.unplug(s.name)
		d.until("a lost "+s.name, isShort)
		lost := time.Since(at)
		// then that is said soon, and it works again soon after it is plugged in.
		at = time.Now()
		s.plug()
		d.until(s.name, func(screen string) bool { return !isShort(screen) })
		found := time.Since(at)
		s.scan("behind-" + filepath.Base(s.name))
		d.shows("behind-" + filepath.Base(s.name))
		if t.Logf("%s: lost %v, found %v", filepath.Base(s.name), lost, found); lost > noticed ||
			found > noticed {
			t.Error("too late")
		}
	}
}

func TestAStationRemembersItsScanners(t *testing.T) {
	// Given a station that was opened with a scanner once,
	folder := t.TempDir()
	gun, typist, db := filepath.Join(folder, "gun"), filepath.Join(folder, "typist"),
		filepath.Join(folder, "bay.db")
	cable := plug(t, gun)
	station := func(flags ...string) *desk {
		d := sit(t, 80, 24, append([]string{"--lang=en", "station", "--db", db}, flags...)...)
		d.shows(says.SignInBadge())
		return d
	}
	over := func(d *desk) { must(t, d.end(syscall.SIGTERM)) }
	over(station("--serial", gun+",115200,honeywell"))
	// when it is opened without a flag, it has that scanner, and all that goes with it.
	d := station()
	cable.scan("NOBODY-1")
	d.shows("NOBODY-1")
	cable.hears(strings.Repeat("\x16\a\r", 3))
	over(d)
	// Another scanner takes its place, and is missed when it is not there.
	over(station("--evdev", typist))
	d = station()
	d.shows("No answer from the scanner typist")
	if strings.Contains(d.shown(), "gun") {
		t.Error("two scanners are missed")
	}
	over(d)
	// A wrong flag changes nothing.
	said, code := runProgram(t, "--lang=en", "station", "--db", db, "--serial", "x,fast")
	if code != exitFailed || !strings.Contains(said, "x,fast") {
		t.Errorf("%d: %s", code, said)
	}
	for _, want := range []string{"evdev " + typist, ""} {
		if got := remembered(t, db); got != want {
			t.Errorf("it remembers %q, want %q", got, want)
		}
		if said, code := runProgram(t, "--lang=en", "doctor", "--forget", "--db", db); code != 0 ||
			!strings.Contains(said, "Forgotten") {
			t.Errorf("%d: %s", code, said)
		}
	}
}

// remembered is the scanners that a station would be opened with.
func remembered(t *testing.T, db string) string {
	t.Helper()
	s, _, err := site{DB: db, Zone: "UTC"}.open(t.Context(), time.Now)
	must(t, err)
	kept, err := store.Get(t.Context(), s, (*store.Reader).Plugged)
	must(t, errors.Join(err, s.Close()))
	var out []string
	for _, p := range kept {
		out = append(out, p.Flag+" "+p.Spec)
	}
	return strings.Join(out, ", ")
}

func TestADemoIsThereAtOnceAndEndsByItsKey(t *testing.T) {
	folder := t.TempDir()
	d := sit(t, 60, 20, "--lang=zh", "demo", "--keep", folder)
	d.shows(chinese{}.DemoHint()[1])
	if limit := 2 * soon(); d.first > limit {
		t.Errorf("the first screen comes after %v", d.first)
	}
	t.Logf("first screen after %v", d.first)
	d.signIn("101", "1234")
	d.until("work", regexp.MustCompile(`拣货 +[1-9]`).MatchString)
	d.send("\t")
	d.shows("请扫周转箱")
	d.send("\x1b[Z")
	d.until("a refusal", func(screen string) bool { return strings.Contains(screen, "\nx ") })
	d.send("\x1b[21~") // F10
	if err := d.wait(); err != nil {
		t.Fatal(err)
	}
	d = sit(t, 60, 20, "--lang=en", "demo", "--keep", folder, "--size", "20x16")
	d.shows(english{}.DemoHint()[1])
	// The words before the first screen are as wide as they are.
	d.until("20 columns", func(screen string) bool {
		for row := range strings.SplitSeq(screen, "\n") {
			if len([]rune(row)) > 20 {
				return false
			}
		}
		return contains(screen, english{}.DemoHint()[1])
	})
}
