package tui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// asked is a desk that has just refused a scan, and asks about it.
func asked(t *testing.T, q tui.Question) *bay {
	b := open(t)
	answer := func(what string) func() tea.Cmd {
		return func() tea.Cmd {
			b.took = append(b.took, what)
			return nil
		}
	}
	q.Text, q.Yes, q.No = []string{"Take more?"}, answer("yes"), answer("no")
	b.ask = &q
	b.Send(tui.ScanMsg(b.read([]byte("WRONG")))) // Scan would wait until it is quiet
	b.ask = nil
	b.Sounds()
	return b
}

func TestAQuestionIsAnsweredByAKey(t *testing.T) {
	for key, want := range map[string]string{"f2": "yes", "f4": "no", "esc": "no"} {
		b := asked(t, tui.Question{})
		b.Wait(tui.Quiet)
		b.heard(theme.Attention)
		b.shows("? Take more?", "F2 yes F4 no")
		b.Key(key)
		b.did(want)
		b.hides("Take more?", "Not this item")
	}
}

// TestWhatWaitsForAPersonIsSettledByThem: a scanner that shows red may show it no more.
func TestWhatWaitsForAPersonIsSettledByThem(t *testing.T) {
	choose := func(t *testing.T) *bay {
		b := open(t)
		b.Key("f2")
		b.Scan("A")
		return b
	}
	for key, begin := range map[string]func(*testing.T) *bay{
		"f4": func(t *testing.T) *bay { return asked(t, tui.Question{}) },
		"f2": func(t *testing.T) *bay {
			b := open(t)
			b.Scan("SEALED")
			return b
		},
		"1": choose, "esc": choose,
	} {
		b, settled := begin(t), 0
		b.Settle = func() { settled++ }
		b.Wait(tui.Quiet)
		b.Key("f9") // answers nothing
		if settled != 0 {
			t.Errorf("%s: settled by itself", key)
		}
		if b.Key(key); settled != 1 {
			t.Errorf("%s: settled %d times", key, settled)
		}
	}
}

func TestAQuestionOpensOnceInputIsQuiet(t *testing.T) {
	b := asked(t, tui.Question{})
	b.hides("Take more?")
	b.Wait(tui.Quiet - time.Millisecond)
	b.Send(tea.KeyMsg{Type: tea.KeyF2}) // was meant for the screen before
	b.shows("Answer first")
	b.Wait(tui.Quiet - time.Millisecond)
	b.hides("Take more?")
	b.Wait(time.Millisecond)
	b.shows("? Take more?")
	b.did()
	b.Key("f2")
	b.did("yes")
}

func TestTheSameLabelAgainIsAYes(t *testing.T) {
	b := asked(t, tui.Question{Same: "T-031"})
	b.Wait(tui.Quiet)
	b.shows("F2 or T-031 again: yes")
	b.Scan("T-031")
	b.did("yes")
}

func TestALabelInTheAirIsNoAnswer(t *testing.T) {
	b := asked(t, tui.Question{Same: "T-031"})
	b.Send(tui.ScanMsg(b.read([]byte("T-031"))))
	b.did("T-031")
}

func TestAnItemAgainIsNoAnswer(t *testing.T) {
	b := asked(t, tui.Question{})
	b.Wait(tui.Quiet)
	b.Scan("WRONG")
	b.did()
	b.shows("x Not this item")
	b.hides("Take more?")
}

func TestAnotherCodeTakesTheQuestionsPlace(t *testing.T) {
	b := asked(t, tui.Question{Same: "T-031"})
	b.Wait(tui.Quiet)
	b.Scan("A")
	b.did("A")
	b.hides("Take more?")
}

func TestAKeptQuestionRefusesAnotherCode(t *testing.T) {
	b := asked(t, tui.Question{Keep: true})
	b.Wait(tui.Quiet)
	b.Burst("A", "B")
	b.did()
	b.shows("? Take more?", "x Not counted: A", "Answer first: F2/F4", "1 more not done")
	b.Key("f3")
	b.shows("x Not counted: F3")
	b.Key("f2")
	b.did("yes")
}

func TestACommandBarcodeAnswersNoQuestion(t *testing.T) {
	b := asked(t, tui.Question{})
	b.Wait(tui.Quiet)
	for _, c := range []i18n.Command{i18n.Yes, i18n.No, i18n.Confirm, i18n.Back, "digit_1"} {
		b.Scan(command(c))
		b.did()
		b.shows("? Take more?", "Answer first")
	}
}

func TestWhatAQuestionIsAboutIsTurnedByBarcodes(t *testing.T) {
	turned := 0
	b := asked(t, tui.Question{Turn: func(lines int) { turned += lines }})
	b.Wait(tui.Quiet)
	b.Scan(command(i18n.Down), command(i18n.Down), command(i18n.Up))
	b.did()
	b.shows("? Take more?")
	if turned != 1 {
		t.Errorf("turned by %d", turned)
	}
}

func TestABadReadLeavesTheQuestion(t *testing.T) {
	b := asked(t, tui.Question{Same: "T-031"})
	b.Wait(tui.Quiet)
	echo := b.read([]byte("T-031"))
	echo.Bad = scanner.Echo
	b.Send(tui.ScanMsg(echo))
	b.Scan("A\x01B")
	b.did()
	b.shows("? Take more?", "x Bad read")
}

func TestWhatMustBeSeenComesBeforeTheQuestion(t *testing.T) {
	b := open(t)
	b.ask = &tui.Question{Text: []string{"Another carton?"}, Yes: b.Quit}
	b.Scan("SEALED")
	b.hides("Another carton?")
	b.Send(tea.KeyMsg{Type: tea.KeyF2})
	b.Send(tea.KeyMsg{Type: tea.KeyF2}) // pressed twice
	if b.Ended() {
		t.Fatal("nobody had seen the question")
	}
	b.Wait(tui.Quiet)
	b.shows("? Another carton?")
	b.Key("f2")
	if !b.Ended() {
		t.Error("the question has no answer")
	}
}

func TestAChoiceIsMadeByDigitOrArrows(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want []string
	}{
		{[]string{"1"}, []string{"short 0"}},
		{[]string{"2"}, []string{"short 1"}},
		{[]string{"3", "enter"}, []string{"short 0"}}, // there is no third
		{[]string{"down", "down", "down", "enter"}, []string{"short 1"}},
		{[]string{"down", "up", "up", "enter"}, []string{"short 0"}},
		{[]string{"esc"}, nil},
	} {
		b := open(t)
		b.Key("f2")
		b.shows("why 1/2", "> 1 not found", "2 damaged")
		for _, key := range c.keys {
			b.Key(key)
		}
		b.did(c.want...)
		b.hides("not found")
	}
}

func TestAScanMakesNoChoice(t *testing.T) {
	b := open(t)
	b.Key("f2")
	b.Scan("1")
	b.shows("1 not found", "x Not counted: 1", "Answer first: 1-9")
	b.Key("f3")
	b.shows("x Not counted: F3")
	b.did()
	b.Key("1")
	b.did("short 0")
	b.hides("Not counted")
}
