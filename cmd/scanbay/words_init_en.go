package main

import (
	"fmt"

	"scanbay/tui/i18n"
)

// InitQuestions implements initWords.
func (english) InitQuestions() map[string]i18n.Meaning {
	return map[string]i18n.Meaning{
		"language": {Name: "Language 语言",
			About: "of these questions, and of the first person. 这些问题用的语言。"},
		"warehouse": {Name: "Warehouse", About: "its code. It is in every record, and stays."},
		"station": {Name: "Station",
			About: "the name of this machine. It stays, and no other station has it."},
		"zone": {Name: "Time zone",
			About: "of the warehouse: its days and cut-offs go by it. It stays."},
		"number": {Name: "Badge",
			About: "the number of the first administrator, who may do everything."},
		"name": {Name: "Name", About: "of the first administrator."},
		"pin": {Name: "PIN",
			About: "of the first administrator, 4 to 12 digits. It is not shown."},
		"carton": {Name: "Carton type",
			About: "code, name, inner size in mm. Enter alone: no more."},
	}
}
func (english) InitName() string { return "Administrator" }
func (english) InitBad(got, want string) string {
	if want == "" {
		return fmt.Sprintf("%q will not do. Type something.", got)
	}
	return fmt.Sprintf("%q will not do. Type one like this: %s.", got, want)
}
func (english) InitAgain() string   { return "once more" }
func (english) InitBadPIN() string  { return "That is no PIN. Type 4 to 12 digits." }
func (english) InitNotSame() string { return "The two are not the same. Type the PIN again." }
func (english) InitNeedsPIN() string {
	return "A PIN of 4 to 12 digits is needed. Put it into a file and use --pin-file FILE, " +
		"or set SCANBAY_PIN."
}
func (english) InitEnded() string {
	return "The answers ended before all was asked. Nothing was made. Start again."
}
func (english) InitDone(path string) string { return path + " is made. Decided:" }
func (english) InitNext() string            { return "Next:" }
