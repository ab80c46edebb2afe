package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"scanbay/tui/i18n"
)

// frameKeys are the keys that mean the same on every screen.
func (a *App) frameKeys() []Binding {
	keys := []Binding{
		{"f1", i18n.Help, a.help},
		{"f7", i18n.Scans, a.lastScans},
		{"f8", i18n.Language, a.language},
		{"f9", i18n.More, a.more},
	}
	if a.sh.LookUp != nil && a.sh.Operator.ID != "" {
		keys = append(keys, Binding{"f11", i18n.Look, a.sh.LookUp})
	}
	if a.sh.Doctor != nil && a.sh.Operator.ID != "" {
		keys = append(keys, Binding{"", i18n.Doctor, a.sh.Doctor})
	}
	if a.sh.Print != nil && a.sh.IsPrinter != nil && a.sh.Operator.ID != "" {
		keys = append(keys, Binding{"", i18n.Print, a.sh.Print})
	}
	if len(a.sh.stack) > 1 {
		keys = append(keys, Binding{"esc", i18n.Back, a.sh.Pop})
	}
	return keys
}

// keys are the screen's and then the frame's, but for those that the screen has
// bound otherwise.
func (a *App) keys() []Binding {
	own := a.screenKeys()
	frame := slices.DeleteFunc(a.frameKeys(), func(b Binding) bool {
		return slices.ContainsFunc(own, func(o Binding) bool {
			return o.Key == b.Key && (b.Key != "" || o.Command == b.Command)
		})
	})
	return append(own, frame...)
}

// screenKeys are the keys of the screen in front.
func (a *App) screenKeys() []Binding {
	if s, ok := a.sh.front().(Keyed); ok {
		return s.Keys()
	}
	return nil
}

// move is the key of lists, of sheets and of what is typed that a command stands for.
func (a *App) move(c i18n.Command) func() tea.Cmd {
	key, is := map[i18n.Command]tea.KeyType{i18n.Confirm: tea.KeyEnter, i18n.Back: tea.KeyEsc,
		i18n.Up: tea.KeyUp, i18n.Down: tea.KeyDown}[c]
	if !is {
		return nil
	}
	return func() tea.Cmd { return a.key(tea.KeyMsg{Type: key}) }
}

// bound is what a key does.
func bound(keys []Binding, k tea.KeyMsg) func() tea.Cmd {
	for _, b := range keys {
		if b.Key != "" && key.Matches(k, key.NewBinding(key.WithKeys(b.Key))) {
			return b.Do
		}
	}
	return nil
}

// command is what a command does in front of this screen.
func (a *App) command(c i18n.Command) func() tea.Cmd {
	for _, b := range a.keys() {
		if b.Command == c {
			return b.Do
		}
	}
	if c == i18n.Back { // there is nothing to go back to
		return nil
	}
	return a.move(c)
}

// hints is one row of the keys that fit w cells; F9 shows the others.
func (a *App) hints(w int) string {
	hint := func(b Binding) string { return a.sh.Text.KeyHint(keyName(b.Key), b.Command) }
	more := hint(Binding{Key: "f9", Command: i18n.More})
	row, room := "", w-ansi.StringWidth(more)
	for _, b := range append(a.screenKeys(), a.frameKeys()[0]) {
		if b.Key == "" {
			continue
		}
		if h := hint(b) + " "; ansi.StringWidth(row+h) <= room {
			row += h
		}
	}
	return row + more
}

// keyName is a key as its cap reads.
func keyName(key string) string {
	if key == "" {
		return ""
	}
	return strings.ToUpper(key[:1]) + key[1:]
}
