package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

func TestScansAreAnsweredInTheirOrder(t *testing.T) {
	b := open(t)
	b.Burst("A", "B", "C", "D")
	b.did("A", "B", "C", "D")
	b.heard(theme.Right, theme.Right, theme.Right, theme.Right)
}

func TestWhatIsHeldBehindARefusalIsDroppedAndCounted(t *testing.T) {
	b := open(t)
	b.Burst("A", "WRONG", "C", "D", "E")
	b.did("A")
	b.shows("x Not this item: WRONG", "take 6901234567892", "3 more not done. Go on from C")
	b.heard(theme.Right, theme.Wrong, theme.Attention)
	if b.refused != store.WrongItem {
		t.Errorf("the screen heard of %q", b.refused)
	}
	b.Key("f7")
	b.shows("wrong_item \"WRONG\"", "not done \"D\"")
	b.Scan("C")
	b.did("C")
	b.hides("not done")
}

func TestAJammedTriggerIsCounted(t *testing.T) {
	b := open(t)
	var codes []string
	for i := range 40 {
		codes = append(codes, fmt.Sprintf("N%02d", i))
	}
	b.Burst(codes...)
	b.did(codes[:33]...) // one in hand and 32 held
	b.shows("7 more not done. Go on from N33")
}

func TestAFaultIsAcknowledgedByAKeyThatNoScannerSends(t *testing.T) {
	b := open(t)
	b.Scan("BROKEN")
	b.shows("! Could not save", "Call the supervisor", "F2 seen")
	b.heard(theme.Attention)
	if !strings.Contains(b.log.String(), "disk on fire") {
		t.Errorf("the log says %q", b.log)
	}
	b.Scan("A")
	b.shows("! Could not save", "x Not counted: A", "Answer first: F2")
	b.Key("f3")
	b.Key("enter")
	b.Type("1\n")
	b.did()
	if n := len(b.Sounds()); n != 5 {
		t.Errorf("%d sounds for five inputs", n)
	}
	if r := b.recorded(); !strings.Contains(r, `"unanswered"`) || !strings.Contains(r, `"A"`) {
		t.Errorf("on record:\n%s", r)
	}
	b.Key("f8")
	b.shows("没能保存")
	b.Key("f2")
	b.hides("没能保存", "未计入")
	b.Scan("A")
	b.did("A")
}

func TestASealedCartonMustBeSeen(t *testing.T) {
	b := open(t)
	b.Burst("SEALED", "A")
	b.shows("! Carton is sealed", "F2 seen", "1 more not done")
	b.Scan("A")
	b.did()
	b.Key("f2")
	b.Scan("A")
	b.did("A")
}

func TestABadReadIsRecordedAndTheScreenNeverSeesIt(t *testing.T) {
	b := open(t)
	b.Scan("69012\x0134567")
	b.shows("x Bad read: stray characters")
	b.Scan("６９汉字")
	b.shows("x Input method is on")
	b.heard(theme.Wrong, theme.Wrong)
	b.did()
	for _, code := range []string{"unreadable", "input_method"} {
		if !strings.Contains(b.recorded(), code) {
			t.Errorf("%s is not on record:\n%s", code, b.recorded())
		}
	}
	if b.refused != "" {
		t.Error("the screen was told of what it had not asked for")
	}
}

func TestEveryFlawHasWords(t *testing.T) {
	for _, text := range []i18n.Text{i18n.Chinese{}, i18n.English{}} {
		for _, flaw := range []scanner.Flaw{scanner.Control, scanner.Merged, scanner.Partial,
			scanner.TooLong, scanner.Method, scanner.Syntax, scanner.Echo, scanner.Keyboard} {
			if text.Flaws()[string(flaw)] == "" {
				t.Errorf("%s has no words for %s", text.Tag(), flaw)
			}
		}
	}
}

func TestARepeatIsShownAndNotCounted(t *testing.T) {
	b := open(t)
	b.Scan("A")
	b.Sounds()
	echo := b.read([]byte("A"))
	echo.Bad = scanner.Echo
	b.Send(tui.ScanMsg(echo))
	b.shows("Repeat, not counted")
	b.Burst("AGAIN", "B")
	b.did("A", "B")
	b.heard(theme.Right) // of B
	if b.recorded() != "" {
		t.Errorf("on record:\n%s", b.recorded())
	}
	b.Key("f7")
	b.shows(`repeat "A"`, `repeat "AGAIN"`, `ok "A"`, `ok "B"`)
}

// TestARepeatHidesNothing: what the first scan was answered with may be an order to
// the person, such as which waybill goes on the carton.
func TestARepeatHidesNothing(t *testing.T) {
	b := open(t)
	b.Shell.Tell("stick SF1 on it")
	echo := b.read([]byte("A"))
	echo.Bad = scanner.Echo
	b.Send(tui.ScanMsg(echo))
	b.Send(tui.ScanMsg(echo))
	b.shows("ok stick SF1 on it", "Repeat, not counted")
	if n := strings.Count(b.Screen(), "Repeat"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestTheStackOpensWhatComesToTheFront(t *testing.T) {
	b := open(t)
	upper := &desk{Shell: b.Shell, name: "upper", running: new(bool)}
	b.Push(upper)
	b.shows("upper")
	b.Key("esc")
	b.hides("upper")
	if b.opened != 2 || upper.opened != 1 {
		t.Errorf("opened %d and %d times", b.opened, upper.opened)
	}
	b.Key("esc") // nothing is below the first
	b.did("key esc")
	b.Push(&desk{Shell: b.Shell, name: "second", running: new(bool)})
	b.Replace(upper)
	b.Type("12")
	b.Key("esc") // clears what is typed first
	b.shows("upper")
	b.Key("esc")
	b.shows("desk")
	b.Push(&desk{Shell: b.Shell, name: "second", running: new(bool)})
	b.Warn(&store.Refusal{Code: store.Stale})
	b.Reset(upper)
	b.Key("esc")
	b.shows("upper")
	b.hides("Changed")
	b.Scan("BROKEN")
	b.Reset(upper)
	b.shows("! Could not save")
}

// TestUnderBubbleTea runs the App as cmd does, on a clock and with goroutines.
func TestUnderBubbleTea(t *testing.T) {
	b := open(t)
	b.Clock = tui.RealClock(time.Now)
	answered := make(chan string)
	b.Sound = func(theme.Sound) { answered <- b.took[len(b.took)-1] }
	program := tea.NewProgram(tui.New(b.Shell, b.desk), tea.WithInput(nil), tea.WithoutRenderer(),
		tea.WithoutSignalHandler())
	ended := make(chan error)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	for round := range 10 {
		send := func(i int) string { return fmt.Sprintf("%d-%d", round, i) }
		go func() {
			for i := range 30 {
				program.Send(tui.ScanMsg(b.read([]byte(send(i)))))
			}
		}()
		for i := range 30 {
			if got := <-answered; got != send(i) {
				t.Errorf("%s was answered before %s", got, send(i))
			}
		}
	}
	program.Send(tea.KeyMsg{Type: tea.KeyF5})
	must(t, <-ended)
}

// knows wants how often the desk was read again since it was last asked.
func (b *bay) knows(when string, want int) {
	b.t.Helper()
	if b.heardOf != want {
		b.t.Errorf("%s: read %d times, want %d", when, b.heardOf, want)
	}
	b.heardOf = 0
}

// TestNewsWaitForAPersonAndNoLonger: what is open is not disturbed, and once it is closed,
// by whatever, the screen is read again.
func TestNewsWaitForAPersonAndNoLonger(t *testing.T) {
	entry := func(b *bay) {
		b.Enter(tui.Entry{Title: "words", Take: func(string) tea.Cmd { return nil }})
	}
	ask := func(b *bay) {
		b.Send(b.Ask(tui.Question{Text: []string{"sure?"}})())
		b.Wait(tui.Quiet)
	}
	key := func(name string) func(*bay) { return func(b *bay) { b.Key(name) } }
	for name, c := range map[string]struct{ open, end func(*bay) }{
		"an entry is left":       {entry, key("esc")},
		"an entry is taken":      {entry, key("enter")},
		"a choice is left":       {key("f2"), key("esc")},
		"a choice is made":       {key("f2"), key("1")},
		"help is read":           {key("f1"), key("esc")},
		"a question is answered": {ask, key("f4")},
		"a scan goes on":         {ask, func(b *bay) { b.Scan("A") }},
	} {
		b := open(t)
		c.open(b)
		b.Send(tui.NewsMsg{})
		b.knows(name+": open", 0)
		c.end(b)
		b.knows(name, 1)
		b.Key("f3")
		b.knows(name+": later", 0)
	}
}

// TestNewsThatCannotBeRead change nothing: nobody asked for them.
func TestNewsThatCannotBeRead(t *testing.T) {
	b := open(t)
	b.Scan("A")
	b.Sounds()
	was := b.Screen()
	b.broken = errors.New("disk on fire")
	b.Send(tui.NewsMsg{})
	if b.Screen() != was {
		t.Errorf("the screen was\n%sand is\n%s", was, b.Screen())
	}
	b.heard()
	if !strings.Contains(b.log.String(), "disk on fire") {
		t.Errorf("the log says %q", b.log)
	}
	b.Send(tui.NewsMsg{}, tui.ScanMsg(b.read([]byte("B"))), tui.ScanMsg(b.read([]byte("C"))))
	b.did("A", "B", "C")
	b.hides("!", "not done")
	b.heard(theme.Right, theme.Right)
	b.Key("f7")
	b.shows(`ok "A"`, `ok "B"`, `ok "C"`)
	b.broken = nil
	b.Key("esc")
	b.knows("afterwards", 1) // they are not lost
}

// TestNewsHideNothing: neither what a person may still be reading, nor what was dropped.
func TestNewsHideNothing(t *testing.T) {
	for _, codes := range [][]string{{"A"}, {"WRONG", "C"}, {"BROKEN"}, {"SEALED", "C"},
		{"69012\x0134567"}} {
		b := open(t)
		b.Burst(codes...)
		b.Type("12") // a number, to begin with
		was := b.Screen()
		b.Send(tui.NewsMsg{})
		b.knows(codes[0], 1)
		if b.Screen() != was {
			t.Errorf("the screen was\n%sand is\n%s", was, b.Screen())
		}
	}
}

func TestNoNewsWhileAPINIsTyped(t *testing.T) {
	b := open(t)
	b.secret = true
	b.Type("12")
	was := b.Screen()
	b.Send(tui.NewsMsg{})
	b.knows("masked", 0)
	if b.Screen() != was {
		t.Errorf("the screen was\n%sand is\n%s", was, b.Screen())
	}
}

func TestNoKeyQuitsAndNoBarcode(t *testing.T) {
	b := open(t)
	for k := tea.KeyCtrlAt; k <= tea.KeyCtrlUnderscore; k++ {
		b.Send(tea.KeyMsg{Type: k})
	}
	b.Scan(command(i18n.Done))
	if b.Ended() {
		t.Fatal("the App quit")
	}
	b.Key("f5")
	if !b.Ended() {
		t.Error("the App does not quit when its screen says so")
	}
}

func TestIdleIsNoticed(t *testing.T) {
	b := open(t)
	away := 0
	b.OnIdle = func() tea.Cmd {
		away++
		return nil
	}
	b.Wait(20 * time.Minute)
	b.Scan("A")
	b.Wait(20 * time.Minute)
	if away != 0 {
		t.Error("somebody was there 20 minutes ago")
	}
	b.Wait(10 * time.Minute)
	if away != 1 {
		t.Errorf("after 30 minutes: %d", away)
	}
}

func TestAGestureSaysWhatTheLabelSays(t *testing.T) {
	b := open(t)
	got := b.By(scanner.Scan{
		ID: "b.7", Source: "serial", Raw: []byte("raw"), Bad: scanner.Partial,
		Label: scanner.Label{Text: "T", Kind: scanner.ToteLabel, Code: "C", GTIN: "G", Lot: "L",
			Serial: "S", Expires: "20270301", Count: 12},
	})
	want := store.Mark{Text: "T", Kind: store.ToteKind, Code: "C", GTIN: "G", Lot: "L",
		Serial: "S", Expires: 20270301, Count: 12, Flaw: "partial"}
	if got.Mark != want || got.Scan != "b.7" || got.Source != "serial" ||
		string(got.Raw) != "raw" || got.Operator != "op1" {
		t.Errorf("%+v", got)
	}
	if by := b.By(scanner.Scan{}); by.Mark != (store.Mark{}) || by.Scan != "" {
		t.Errorf("of a key: %+v", by)
	}
}
