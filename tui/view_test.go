package tui_test

import (
	"flag"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/tuitest"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

func TestFrame(t *testing.T) {
	lost := tui.HealthMsg{Name: i18n.ScannerLost, Detail: "COM3"}
	sealed := &store.Refusal{Code: store.CartonSealed, Got: "CK0718042-1-S1"}
	var b *bay
	err := tuitest.Golden{
		Path:  "testdata/frame.txtar",
		Sizes: [][2]int{{20, 16}, {26, 12}, {80, 24}},
		Start: func(text i18n.Text, w, h int) *tuitest.Driver {
			b = openAs(t, text, w, h)
			return b.Driver
		},
		Steps: []tuitest.Step{
			{Name: "start", Do: func(*tuitest.Driver) {}},
			{Name: "right", Do: func(d *tuitest.Driver) { d.Scan("A") }},
			{Name: "wrong", Do: func(d *tuitest.Driver) { d.Scan("A", "WRONG") }},
			{Name: "dropped", Do: func(d *tuitest.Driver) {
				d.Burst("A", "WRONG", "6909876543217", "B")
			}},
			{Name: "fault", Do: func(d *tuitest.Driver) { d.Scan("BROKEN") }},
			{Name: "fault_scanned", Do: func(d *tuitest.Driver) {
				d.Scan("BROKEN", "6909876543217")
			}},
			{Name: "must_see", Do: func(d *tuitest.Driver) { b.Warn(sealed) }},
			{Name: "question", Do: func(d *tuitest.Driver) {
				b.ask = &tui.Question{Text: []string{"T-031?"}, Same: "T-031", Keep: true}
				d.Scan("WRONG")
			}},
			{Name: "question_scanned", Do: func(d *tuitest.Driver) {
				b.ask = &tui.Question{Text: []string{"T-031?"}, Keep: true}
				d.Scan("WRONG", "6909876543217")
			}},
			{Name: "choice", Do: func(d *tuitest.Driver) { d.Key("f2") }},
			{Name: "typed", Do: func(d *tuitest.Driver) { d.Type("690123456789269012") }},
			{Name: "help", Do: func(d *tuitest.Driver) { d.Key("f1") }},
			{Name: "scans", Do: func(d *tuitest.Driver) {
				d.Scan("A\x01", "6901234567892", "WRONG")
				d.Key("f7")
			}},
			{Name: "trouble", Do: func(d *tuitest.Driver) {
				d.Send(lost)
				d.Wait(time.Minute)
			}},
			{Name: "more", Do: func(d *tuitest.Driver) {
				d.Send(lost)
				d.Wait(time.Minute)
				d.Key("f9")
			}},
		},
	}.Compare(*update)
	if err != nil {
		t.Error(err)
	}
}

func TestATroubleIsShownOnceItLasts(t *testing.T) {
	b := open(t)
	b.Send(tui.HealthMsg{Name: i18n.LinkDown})
	b.Wait(1999 * time.Millisecond)
	b.hides("offline")
	b.Send(tui.HealthMsg{Name: i18n.LinkDown, OK: true})
	b.Wait(time.Minute)
	b.hides("offline")

	// A lost scanner is told of sooner: somebody pulls its trigger in vain.
	for _, c := range []i18n.Condition{i18n.ScannerLost, i18n.ScannerDenied} {
		b.Send(tui.HealthMsg{Name: c, Detail: "COM3"})
		b.Wait(time.Second)
		b.shows("- scanner -", "COM3")
		b.Send(tui.HealthMsg{Name: c, OK: true})
	}

	b.Send(tui.HealthMsg{Name: i18n.LinkDown})
	b.Wait(2 * time.Second)
	b.shows("- offline -", "No link to the server", "Go on working")
	b.Send(tui.HealthMsg{Name: i18n.DiskNearlyFull, Detail: "90 MB"})
	b.Wait(time.Second)
	b.Send(tui.HealthMsg{Name: i18n.DiskNearlyFull, Detail: "80 MB"}) // still the same one
	b.Wait(time.Second)
	b.shows("- disk -", "Disk nearly full: 80 MB")
	b.Scan("A")
	b.hides("80 MB") // what just happened comes first
	b.Key("f9")
	b.shows("80 MB", "Go on working")
}

func TestAStationAloneSaysSo(t *testing.T) {
	b := open(t)
	b.Unsent = func() (int, bool) { return 0, true }
	b.shows("alone")
	b.Unsent = func() (int, bool) { return 0, false }
	b.shows("unsent 0")
}

func TestEverySizeIsFilledExactly(t *testing.T) {
	b := open(t)
	b.Scan("A", "WRONG")
	states := []func(){
		func() {}, func() { b.Type("6901234567892") }, func() { b.Key("f1") },
		func() { b.Key("f9") }, func() { b.Key("f2") }, func() { b.Scan("A", "SEALED", "A") },
	}
	for _, reach := range states {
		b.Resize(40, 16)
		reach()
		for w := 1; w <= 84; w += 1 + w/30 {
			for h := 1; h <= 26; h++ {
				b.Resize(w, h)
				b.Screen() // panics when it does not fit
				b.Key("down")
			}
		}
		b.Key("esc")
	}
	b.Resize(19, 40)
	b.shows("Make the window larger: 20 x 16")
	b.Resize(25, 15)
	b.shows("Make the window larger")
	for _, size := range [][2]int{{20, 16}, {26, 12}} {
		b.Resize(size[0], size[1])
		b.shows("! Carton is sealed")
	}
}

// TestNoTextSteersTheTerminal puts what a hostile label could hold wherever the
// frame shows data.
func TestNoTextSteersTheTerminal(t *testing.T) {
	for _, evil := range []string{"\x1b]52;c;ZXZpbA==\x07", "\x1b[2J", "\u009b2J", "a\u202eb",
		"\x9b2J", "\ufffe", "a\nb\rc", "\u2066\u200b\x00\x7f"} {
		b := open(t)
		check := func(where string) {
			t.Helper()
			for _, r := range strings.ReplaceAll(b.Screen(), "\n", "") {
				if !unicode.IsPrint(r) {
					t.Errorf("%s draws %U of %q", where, r, evil)
				}
			}
		}
		b.name = evil
		check("data")
		b.Tell(evil, evil)
		check("Tell")
		b.Note(evil)
		check("Note")
		b.Warn(&store.Refusal{Code: store.WrongItem, Want: evil, Got: evil})
		check("Warn")
		b.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(evil)})
		check("typing")
		b.Send(tui.ScanMsg(scanner.Scan{Source: evil, Raw: []byte(evil),
			Label: scanner.Label{Text: evil}}))
		check("a scan")
		b.Burst("WRONG")
		for range 2 {
			b.Send(tui.ScanMsg(scanner.Scan{Raw: []byte(evil), Label: scanner.Label{Text: evil}}))
		}
		b.Key("f7")
		check("the last scans")
		b.Key("esc")
		b.Send(tui.HealthMsg{Name: i18n.ScannerLost, Detail: evil})
		b.Wait(time.Minute)
		b.Note()
		check("health")
		b.Key("f9")
		check("the commands")
		b.Key("esc")
		b.Ask(tui.Question{Text: []string{evil}, Same: evil})
		b.Key("f3")
		check("a question")
		b.Key("f4")
		b.Choose(tui.Choice{Title: evil, Options: []string{evil}})
		check("a choice")
		b.Send(tui.ScanMsg(scanner.Scan{ID: "x", Label: scanner.Label{Text: evil}}))
		check("a scan that is refused")
	}
}
