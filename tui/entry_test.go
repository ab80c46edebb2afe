package tui_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// writing is a desk that asks for words, with text to begin with.
func writing(t *testing.T, text string) *bay {
	b := open(t)
	b.Enter(tui.Entry{Title: "Address:", Text: text, Take: func(text string) tea.Cmd {
		b.took = append(b.took, "took "+text)
		return nil
	}})
	return b
}

func TestWordsAreTypedAndTaken(t *testing.T) {
	for _, c := range []struct{ begin, typed, want string }{
		{"", "杭州市 文三路 1-2\n", "took 杭州市 文三路 1-2"},
		{"", " No. 5 \n", "took No. 5"},
		{"", "\n", "took "},
		{"上海", "市\n", "took 上海市"},
		{"", "A\x01B\n", "took AB"}, // what cannot be seen is no part of it
	} {
		b := writing(t, c.begin)
		b.Type(c.typed)
		b.did(c.want)
		b.hides("Address:")
	}
}

func TestWordsAreShownWhileTheyAreTyped(t *testing.T) {
	b := writing(t, "上海")
	b.shows("? Address:", "> 上海_", "Enter takes it, Esc leaves")
	b.Key("backspace")
	b.Type("饶")
	b.shows("> 上饶_")
	b.Key("ctrl+h") // backspace, as some terminals send it
	b.Key("ctrl+h")
	b.Key("ctrl+h") // nothing is left
	b.Type("杭州")
	b.Key("ctrl+j") // Enter, likewise
	b.did("took 杭州")
}

func TestEscLeavesWordsUntaken(t *testing.T) {
	b := writing(t, "上海")
	b.Type("市")
	b.Key("esc")
	b.did()
	b.hides("Address:", "上海")
	b.Key("f3") // the desk's own keys are back
	b.did("undo")
}

func TestAScanIntoWordsAnswersNothing(t *testing.T) {
	b := writing(t, "")
	b.Scan("A-1", command(i18n.Undo))
	b.did()
	b.shows("> A-1")
	b.heard()
	b.Key("enter")
	b.did("took A-1" + command(i18n.Undo))
}

func TestNoOtherKeyIsTakenForWords(t *testing.T) {
	b := writing(t, "上海")
	for _, key := range []string{"pgup", "f3", "f5", "up", "tab"} {
		b.Key(key)
		b.shows("x Not counted: ", "Answer first: Enter, Esc", "> 上海_")
		b.heard(theme.Wrong)
	}
	b.did()
	b.Key("f8") // the language is always free
	b.shows("> 上海_", "回车确定")
	b.Key("enter")
	b.did("took 上海")
	b.hides("未计入")
}

func TestEndlessWordsAreHeard(t *testing.T) {
	b := writing(t, "")
	b.Type(strings.Repeat("a", 128))
	b.heard()
	b.Type("b")
	b.heard(theme.Wrong)
	b.Key("enter")
	b.did("took " + strings.Repeat("a", 128))
}

func TestWhatMustBeSeenComesBeforeWords(t *testing.T) {
	b := writing(t, "")
	b.Warn(&store.Refusal{Code: store.CartonSealed, Got: "C-1"})
	b.Type("上")
	b.Scan("A-1")
	b.shows("! Carton is sealed: C-1", "F2 seen")
	b.Key("f2")
	b.shows("? Address:")
	b.Type("海\n")
	b.did("took 海")
}

// A number is typed by barcodes, for who has no keys; whatever else is scanned is refused, and
// is no part of it.
func TestANumberIsScanned(t *testing.T) {
	b := open(t)
	ask := func() {
		b.Enter(tui.Entry{Title: "How many?", Number: true, Take: func(text string) tea.Cmd {
			b.took = append(b.took, "took "+text)
			return nil
		}})
	}
	ask()
	b.Scan(command("digit_1"), command("digit_2"), command("digit_0"))
	b.shows("? How many?", "> 120_")
	b.heard()
	for _, code := range []string{"6901234567892", "A\x01B", command(i18n.Done),
		command(i18n.Yes)} {
		b.Scan(code)
		b.shows("> 120_", "Answer first: 0-9")
		b.heard(theme.Wrong)
	}
	b.Scan(command(i18n.Undo))
	b.shows("> 12_")
	b.hides("Answer first")
	b.did()
	b.Scan(command(i18n.Confirm))
	b.did("took 12")
	ask()
	b.Scan(command("digit_7"), command(i18n.Back))
	b.did()
	b.hides("How many?", "> 7")
	b.Scan(command("digit_7")) // nothing asks for it
	b.shows("x Not possible here: 7")
}
