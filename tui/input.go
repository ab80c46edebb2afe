package tui

import (
	"context"
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

const (
	typedMax = 128    // characters, more than any code that a person would type
	stars    = "****" // whatever the length of a PIN
)

// scan answers a scan, or has the screen do so.
func (a *App) scan(s scanner.Scan) tea.Cmd {
	sh, command := a.sh, commandOf(s)
	if sh.entry != nil && !sh.said.must {
		return a.scanEntry(s, command)
	}
	if command != i18n.Confirm {
		sh.typed = ""
	}
	sh.scans.add(s, a.last, a.sh.masked(), fine)
	x, examines := sh.front().(Examiner)
	if examines && command == "" && sh.question == nil && sh.sheet == nil && !sh.said.must {
		return x.Examine(s)
	}
	answers := slices.Contains([]i18n.Command{i18n.Yes, i18n.No, i18n.Confirm, i18n.Back},
		command) || command.Digit() != ""
	turns := command == i18n.Up || command == i18n.Down
	same := sh.question != nil && sh.question.Same != "" &&
		(s.Label.Text == sh.question.Same || s.Label.Code == sh.question.Same)
	switch {
	case s.Bad == scanner.Echo:
		sh.scans.came(echoed)
		if sh.question == nil {
			sh.Repeat()
		}
		return nil
	case s.Bad == scanner.Method:
		return a.refuse(s, &store.Refusal{Code: store.InputMethod, Got: string(s.Bad)})
	case s.Bad == scanner.Keyboard:
		return a.refuse(s, &store.Refusal{Code: store.OtherKeys, Got: string(s.Bad)})
	case s.Bad != "":
		return a.refuse(s, &store.Refusal{Code: store.Unreadable, Got: string(s.Bad)})
	case sh.said.must:
		return a.unanswered(s, "F2")
	case sh.sheet != nil && sh.sheet.asks:
		return a.unanswered(s, "1-9")
	case sh.question != nil && same && sh.open:
		return sh.answer(true)
	case sh.question != nil && sh.question.Turn != nil && turns:
		return a.questionKey(string(command)) // what it is about is read, and not answered
	case sh.question != nil && (sh.question.Keep || answers):
		return a.unanswered(s, "F2/F4")
	case sh.question != nil:
		sh.unask()
	}
	if move := a.move(command); sh.sheet != nil && move != nil {
		return move() // on the sheet, and not below it
	}
	sh.sheet = nil
	if command != "" {
		return a.obey(s, command)
	}
	return sh.front().Scan(s)
}

// commandOf is the command whose barcode was scanned; empty for another scan.
func commandOf(s scanner.Scan) i18n.Command {
	if s.Label.Kind != scanner.CommandLabel {
		return ""
	}
	return i18n.CommandOf(s.Label.Code)
}

// scanEntry types what was scanned. Into a number go digits alone, by their barcodes; so does
// what gives it, or leaves it.
func (a *App) scanEntry(s scanner.Scan, command i18n.Command) tea.Cmd {
	sh := a.sh
	if !sh.entry.Number {
		if sh.typed == sh.entry.Text { // nobody has changed it: this takes its place
			sh.typed = ""
		}
		sh.write([]rune(string(s.Raw)))
		return nil
	}
	sh.scans.add(s, a.last, sh.masked(), fine)
	sh.aside = nil
	switch digit := command.Digit(); {
	case s.Bad == scanner.Echo:
		sh.scans.came(echoed)
	case s.Bad != "":
		return a.unanswered(s, "0-9")
	case digit != "":
		sh.write([]rune(digit))
	case command == i18n.Undo:
		sh.unwrite()
	case command == i18n.Confirm:
		if cmd, ok := sh.entered(); ok {
			return cmd
		}
		return a.unanswered(s, "0-9")
	case command == i18n.Back:
		sh.leaveEntry()
	default:
		return a.unanswered(s, "0-9")
	}
	return nil
}

// obey does what a command barcode says. It refuses what this screen does not know, and what
// changed nothing: nobody is to wait for what does not come.
func (a *App) obey(s scanner.Scan, c i18n.Command) tea.Cmd {
	before := a.View()
	if do := a.command(c); do != nil {
		a.sh.barcode = true
		defer func() { a.sh.barcode = false }()
		if cmd := do(); cmd != nil || a.View() != before {
			return cmd
		}
	}
	return a.refuse(s, &store.Refusal{Code: store.WrongKind,
		Got: s.Label.Code, Is: store.CommandKind})
}

func (a *App) unanswered(s scanner.Scan, want string) tea.Cmd {
	return a.refuse(s, &store.Refusal{Code: store.Unanswered, Want: want, Got: s.Label.Text})
}

// refuse records that the frame refused a scan, and says so. The screen has not
// seen the scan, so it is not told. A PIN goes into no record.
func (a *App) refuse(s scanner.Scan, r *store.Refusal) tea.Cmd {
	by := a.sh.By(s)
	if s.Bad == "" && a.sh.masked() {
		r.Got = ""
	}
	return Do(a.sh, func(ctx context.Context) (error, error) {
		return a.sh.Store.Refuse(ctx, by, r), nil
	}, func(err error) tea.Cmd {
		a.interrupt(err)
		return nil
	})
}

// interrupt says what the frame refused: beside a question or a must-see, which
// stand until they are answered.
func (a *App) interrupt(err error) {
	_, refused := store.RefusalOf(err)
	asks := a.sh.question != nil || a.sh.entry != nil || a.sh.sheet != nil && a.sh.sheet.asks
	if refused && asks {
		a.sh.scans.came(outcome(code(err)))
		a.sh.aside = err
		a.sh.Sound(theme.Wrong)
	} else {
		a.sh.Warn(err)
	}
	a.drop(a.held...)
	a.held = nil
}

// key answers a key, or has the screen do so.
func (a *App) key(k tea.KeyMsg) tea.Cmd {
	sh, key := a.sh, k.String()
	switch key {
	case "ctrl+j":
		key = "enter"
	case "ctrl+h":
		key = "backspace"
	}
	printable := (k.Type == tea.KeyRunes || k.Type == tea.KeySpace) && !k.Alt
	switch {
	case sh.said.must && key == "f2":
		sh.said, sh.aside = notice{}, nil
		sh.Settle()
		return nil
	case key == "f8" && !printable:
		return a.language()
	case sh.said.must:
		return a.refuseKey(key, "F2")
	case sh.sheet != nil && (!printable || sh.sheet.asks):
		cmd, ok := a.sheetKey(sh.sheet, key)
		if ok {
			return cmd
		}
		if sh.sheet.asks {
			return a.refuseKey(key, "1-9, Esc")
		}
	}
	sh.sheet = nil
	if sh.entry != nil {
		return a.entryKey(k, key, printable)
	}
	if cmd, ok := a.typing(k, key, printable); ok {
		return cmd
	}
	if sh.question != nil {
		return a.questionKey(key)
	}
	if do := bound(a.screenKeys(), k); do != nil {
		return do()
	}
	if do := bound(a.frameKeys(), k); do != nil {
		return do()
	}
	return sh.front().Key(k)
}

// questionKey answers the question that is open. One that has not opened yet is
// answered by nothing. Up and Down turn what it is about.
func (a *App) questionKey(key string) tea.Cmd {
	switch {
	case a.sh.open && key == "f2":
		return a.sh.answer(true)
	case a.sh.open && (key == "f4" || key == "esc"):
		return a.sh.answer(false)
	case a.sh.open && a.sh.question.Turn != nil && (key == "up" || key == "down"):
		lines := 1
		if key == "up" {
			lines = -1
		}
		a.sh.question.Turn(lines)
		return nil
	}
	return a.refuseKey(key, "F2/F4")
}

// refuseKey says that a key was not taken. Only scans are recorded.
func (a *App) refuseKey(key, want string) tea.Cmd {
	if a.sh.masked() && len(key) == 1 {
		key = "*"
	}
	a.interrupt(&store.Refusal{Code: store.Unanswered, Want: want, Got: keyName(key)})
	return nil
}

// typing collects what is typed until Enter, which makes a scan of it.
func (a *App) typing(k tea.KeyMsg, key string, printable bool) (cmd tea.Cmd, ok bool) {
	sh := a.sh
	switch {
	case printable:
		sh.write(k.Runes)
	case sh.typed == "":
		return nil, false
	case key == "backspace":
		sh.unwrite()
	case key == "esc":
		sh.typed = ""
	case key == "enter" && strings.TrimSpace(sh.typed) == "":
		sh.typed = ""
		return nil, false
	case key == "enter":
		return a.scan(sh.Keyed(sh.typed)), true
	default:
		return nil, false
	}
	return nil, true
}

// entryKey types an entry, gives it, or leaves it.
func (a *App) entryKey(k tea.KeyMsg, key string, printable bool) tea.Cmd {
	sh := a.sh
	switch {
	case printable:
		sh.write(k.Runes)
	case key == "backspace":
		sh.unwrite()
	case key == "enter":
		if cmd, ok := sh.entered(); ok {
			return cmd
		}
		return a.refuseKey(key, "0-9, Esc")
	case key == "esc":
		sh.leaveEntry()
	default:
		return a.refuseKey(key, "Enter, Esc")
	}
	return nil
}

// write adds to what is typed.
func (sh *Shell) write(runes []rune) {
	typed := append([]rune(sh.typed), visible(runes)...)
	if len(typed) > typedMax {
		typed = typed[:typedMax]
		sh.Sound(theme.Wrong)
	}
	sh.typed = string(typed)
}

// unwrite takes the last character of what is typed away.
func (sh *Shell) unwrite() {
	if typed := []rune(sh.typed); len(typed) > 0 {
		sh.typed = string(typed[:len(typed)-1])
	}
}

func visible(runes []rune) []rune {
	var out []rune
	for _, r := range runes {
		if unicode.IsPrint(r) {
			out = append(out, r)
		}
	}
	return out
}
