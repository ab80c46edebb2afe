package main

import "scanbay/tui/i18n"

// initWords is said to whoever makes a new site.
type initWords interface {
	InitQuestions() map[string]i18n.Meaning // by the flag; settings have words of their own
	InitName() string                       // of a first administrator without one
	InitBad(got, want string) string
	InitAgain() string
	InitBadPIN() string
	InitNotSame() string
	InitNeedsPIN() string
	InitEnded() string
	InitDone(path string) string
	InitNext() string
}
