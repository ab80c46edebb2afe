package main

import (
	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

// words is what the commands say to whoever types them: a type for each language,
// as in tui/i18n.
type words interface {
	Trouble(problem, remedy string) string
	BadName(name string) string
	NoTerminal() string
	NoSerial(text string) string
	NoScale(text string) string
	NoSize(text string) string
	Crashed(log string) string

	Taken(f intake.FileReport, dry bool) string
	LeftOut(rows int64) string
	Remembered(columns string) string
	Rows(done, total int64) string
	NoField(name, kind string, fields []string) string
	NoList(path string) string
	Listed(path string) string
	ListHeader() []string
	HandedOver(db string) string
	NoStation(db string) string
	Withdrawn() string
	StationGoesOn() string
	NoRequest() string
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

	NoSeats(operators, terminals int) string
	NoPTY() string
	NoTable(file string) string
	NothingToRehearse() string
	RehearsalStopped() string
	Rehearses(r *rehearsal) []string
	RehearsalGoes(parcels, orders int) string
	Rehearsed(f figures) [][2]string
	NotRehearsed(n int) string
	backWords

	initWords
	lineWords
	centralWords
	reportWords
	accuracyWords
	noticesWords
	setWords
	countWords
	trailWords
	labelsWords
	decodeWords
	loadingWords
	Routed(r routed) string
	RouteSum(s routeSum) string
	NoRoute(line string, err error) string
	RouteStopped() string
}

// words is the catalogue in the person's language.
func (c *console) words() words { return wordsIn(c.Text) }

func wordsIn(t i18n.Text) words {
	if t.Tag() == (i18n.Chinese{}).Tag() {
		return chinese{}
	}
	return english{}
}
