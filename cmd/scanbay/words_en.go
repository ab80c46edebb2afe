package main

import (
	"fmt"
	"strings"

	"scanbay/store"
)

// english is the catalogue in English.
type english struct{}

func (english) Trouble(problem, remedy string) string { return problem + ". " + remedy + "." }
func (english) NoTerminal() string {
	return "This needs a terminal: a keyboard and a screen. Start it in a terminal window."
}
func (english) NoSerial(text string) string {
	return fmt.Sprintf("%q is no serial port. Write PATH or PATH,BAUD: /dev/ttyACM0,9600.", text)
}
func (english) NoSize(text string) string {
	return fmt.Sprintf("%q is no size. Write WIDTHxHEIGHT, such as 20x16.", text)
}
func (english) Crashed(log string) string {
	return "The program stopped by a mistake of its own. What was answered is saved. " +
		"Start it again, and send the maker " + log + "."
}
func (english) Taken(rows, taken, same, known, skipped int64) string {
	out := fmt.Sprintf("%d rows. Taken %d", rows, taken)
	for _, x := range []struct {
		n    int64
		text string
	}{{same, "as before"}, {known, "known orders"}, {skipped, "rows left out"}} {
		if x.n > 0 {
			out += fmt.Sprintf(", %s %d", x.text, x.n)
		}
	}
	return out + "."
}
func (english) Before() string { return "taken before. Nothing was done." }
func (english) Unused(columns string) string {
	return "columns that are not used: " + columns
}
func (english) More(n int64) string { return fmt.Sprintf("and %d more problems", n) }
func (english) NotTaken(files []string) string {
	out := "Nothing of " + files[0] + " was taken. Correct it, then import it again."
	if len(files) > 1 {
		out += " Not looked at: " + strings.Join(files[1:], ", ") + "."
	}
	return out
}
func (english) BackedUp(path string) string {
	return path + ": a whole copy. Keep it on another device."
}
func (english) Restored(path string) string { return path + " is restored." }
func (english) MoveAway(path string) string {
	return "Nothing is overwritten. Move " + path + " and the files beside it (-wal, -shm) " +
		"away, or restore with --db to another name."
}
func (english) PINsAgain() string {
	return "PINs must be set again: the key that they are kept with is this device's, and in no " +
		"backup. Use: scanbay import operators FILE, with a column pin."
}
func (english) Whole(events int64) string {
	return fmt.Sprintf("%d events, the chain is whole, the tables follow from it, "+
		"the ledger adds up.", events)
}
func (english) ScansKept(n int) string {
	return fmt.Sprintf("%d answered scans, all in the log.", n)
}
func (english) ScanLost(id store.ScanID) string {
	return fmt.Sprintf("scan %s: it was answered, and is not in the log", id)
}
func (english) NotRight(path string, n int) string {
	return fmt.Sprintf("%s is not right: %d places. Do not go on with it. Keep it as it is, "+
		"and restore the last backup.", path, n)
}
func (english) DemoHint() []string {
	return []string{"Tab scans right, Shift+Tab wrong, F10 ends",
		"101, 102: PIN 1234", "900 supervisor: PIN 9000"}
}
func (english) DemoKept(folder string) string {
	return "The warehouse is kept. Go on with it: scanbay demo --keep " + folder
}
