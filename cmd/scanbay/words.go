package main

import (
	"scanbay/store"
	"scanbay/tui/i18n"
)

// words is what the commands say to whoever types them: a type for each language,
// as in tui/i18n.
type words interface {
	Trouble(problem, remedy string) string
	NoTerminal() string
	NoSerial(text string) string
	NoSize(text string) string
	Crashed(log string) string

	Taken(rows, taken, same, known, skipped int64) string
	Before() string
	Unused(columns string) string
	More(n int64) string
	NotTaken(files []string) string

	BackedUp(path string) string
	Restored(path string) string
	MoveAway(path string) string
	PINsAgain() string

	Whole(events int64) string
	ScansKept(n int) string
	ScanLost(id store.ScanID) string
	NotRight(path string, n int) string

	DemoHint() []string
	DemoKept(folder string) string
}

// words is the catalogue in the person's language.
func (c *console) words() words { return wordsIn(c.Text) }

func wordsIn(t i18n.Text) words {
	if t.Tag() == (i18n.Chinese{}).Tag() {
		return chinese{}
	}
	return english{}
}
