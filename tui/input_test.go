package tui_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

func TestACodeCanBeTyped(t *testing.T) {
	b := open(t)
	b.Type("A-01x")
	b.shows("> A-01x_ ")
	b.Key("backspace")
	b.shows("> A-01_ ", "unsent 3")
	b.Key("enter")
	b.did("A-01")
	b.hides("> ")
	b.Key("f7")
	b.shows(`keyed ok "A-01"`)
	b.Key("esc")

	b.Type("99")
	b.Key("esc")
	b.Key("enter")
	b.did("key enter") // an empty line is the screen's
	b.Type("99")
	b.Scan("B")
	b.did("B")
	b.hides("99")
	b.Type("６９\n") // full width, as an input method types it
	b.did("69")
	b.Type(strings.Repeat("7", 500))
	b.shows("77_")
}

func TestPrintableKeysAreNoCommands(t *testing.T) {
	b := open(t)
	b.more = []tui.Binding{{Key: "q", Command: i18n.Back, Do: func() tea.Cmd { return b.Quit() }}}
	b.Type("q")
	b.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("f3")})
	b.Send(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")})
	b.shows("> qf3 _")
	if b.Ended() {
		t.Error("a letter is a command")
	}
	b.did()
}

func TestAPINIsNowhere(t *testing.T) {
	b := open(t)
	b.secret = true
	b.Type("4711")
	b.shows("> ****_")
	b.Key("enter")
	b.took = nil // what a desk shows is its own affair
	b.Tell("welcome")
	b.Key("f7")
	b.shows("keyed ok ****")
	b.Key("esc")
	b.Key("f2")     // a choice, which refuses
	b.Burst("4711") // a PIN on a card
	b.Key("4")      // and one that is typed
	b.Key("esc")
	b.Burst("BROKEN", "4711")
	b.Scan("4711")
	b.took = nil
	b.Key("f2")
	b.Key("f7")
	b.hides("4711")
	if strings.Contains(b.recorded()+b.log.String(), "4711") {
		t.Errorf("a PIN was kept:\n%s%s", b.recorded(), b.log)
	}
}

func TestKeysThatAScreenBinds(t *testing.T) {
	b := open(t)
	b.Key("f3")
	b.did("undo")
	b.Key("f10")
	b.did("key f10")
	b.Key("ctrl+c")
	b.did("key ctrl+c")
	b.more = []tui.Binding{{Key: "esc", Do: func() tea.Cmd {
		b.took = append(b.took, "its own esc")
		return nil
	}}}
	b.Key("esc")
	b.did("its own esc")
}

func TestCommandBarcodes(t *testing.T) {
	b := open(t)
	b.Scan(command(i18n.Undo), command(i18n.SignOut))
	b.did("undo", "sign out")
	b.Scan(command(i18n.Seal))
	b.shows("x Not possible here: seal", "F9 shows what is")
	b.Scan(command(i18n.Back)) // from the first screen
	b.shows("x Not possible here: back")
	b.Scan(command("from_a_newer_card"))
	b.shows("x Not possible here: FROM-A-NEWER-CARD")
	b.Scan(command(i18n.Done)) // the desk would quit
	b.shows("x Not possible here: done")
	if b.Ended() {
		t.Error("a barcode ended the day")
	}
	b.heard(theme.Wrong, theme.Wrong, theme.Wrong, theme.Wrong)
	b.Scan(command(i18n.Help))
	b.shows("F3 undo")
	b.Scan("A") // work goes on
	b.did("A")
	b.hides("F8 language")
	b.Scan(command(i18n.Language))
	b.shows("未传 3")
}

// Enter and the arrows have barcodes too; what is typed goes with Enter's.
func TestKeysOfListsHaveBarcodes(t *testing.T) {
	b := open(t)
	b.Type("A-1")
	b.Scan(command(i18n.Confirm))
	b.did("A-1")
	b.Scan(command(i18n.Up), command(i18n.Down), command(i18n.Confirm))
	b.did("key up", "key down", "key enter")
	// On a sheet they turn it, and leave it: nothing below hears of it.
	b.Scan(command(i18n.More), command(i18n.Down), command(i18n.Confirm))
	b.did("undo")
	b.Scan(command(i18n.Help), command(i18n.Down))
	b.hides("help 1-")
	b.Scan(command(i18n.Back))
	b.shows("desk")
	b.did()
}

func TestEveryCommandHasABarcode(t *testing.T) {
	for _, c := range i18n.Commands {
		kind, code, ok := scanner.Decode(scanner.DefaultPrefix, command(c))
		if !ok || kind != scanner.CommandLabel || i18n.CommandOf(code) != c {
			t.Errorf("%s is read as %s %s", c, kind, code)
		}
	}
}

func TestHelpComesFromTheKeys(t *testing.T) {
	b := openAs(t, i18n.English{}, 20, 16)
	b.Key("f1")
	b.shows("help 1-", "F2 short", "F3 undo", "F5 done", "sign out", "F1 help")
	b.hides("read it, then F2")
	for range 30 {
		b.Key("down")
	}
	b.shows("!: read it, then F2.")
	before := b.Screen()
	b.Key("up")
	if b.Screen() == before {
		t.Error("it does not scroll back")
	}
	b.Key("pgup")
	b.Key("pgup")
	b.shows("help 1-")
	b.Key("f3") // a key of the screen works from help, too
	b.did("undo")
	b.hides("help 1-")
}

func TestMoreRunsACommand(t *testing.T) {
	b := openAs(t, i18n.Chinese{}, 20, 16)
	b.Key("f9")
	b.shows("更多 1/7", "> F2 缺货", "F3 撤销", "退出登录", "F7 扫描记录")
	for range 3 {
		b.Key("down")
	}
	b.Key("enter")
	b.did("sign out")
	b.Key("f9")
	b.Type("12")
	b.shows("> 12_")
	b.hides("更多 1/7")
}

func TestTheLastFiftyScansAreShown(t *testing.T) {
	b := open(t)
	b.Key("f7")
	b.shows("No scans yet")
	for range 60 {
		b.Scan("A")
	}
	b.took = nil
	b.Key("f7")
	b.shows("1-", "/50")
	b.shows(`12:00:17 wedge ok "A"`)
}

func TestTheLanguageIsSwitchedAtOnce(t *testing.T) {
	b := open(t)
	b.Scan("WRONG")
	b.shows("Not this item")
	b.Key("f8")
	b.shows("商品不符", "放回，改拣 6901234567892")
	b.Key("f8")
	b.shows("Not this item")
}
