package main

import (
	"fmt"

	"scanbay/store"
)

func (english) NoDay(text string) string {
	return fmt.Sprintf("%s are no days. Write --from 2026-03-01 --to 2026-03-31.", text)
}
func (english) NoReport(path, ext string) string {
	return fmt.Sprintf("%s will not do: give a new file that ends in %s.", path, ext)
}
func (english) WhichWarehouse(name string) string {
	return fmt.Sprintf("The database is not of the warehouse %q alone, or not at all. Name one "+
		"that it is of with --warehouse.", name)
}
func (english) Reported(path string) string { return "The report is in " + path + "." }
func (english) ReturnsOf(from, to store.Date, back, sent store.Qty, rate string) string {
	return fmt.Sprintf("%s: %d pieces came back, %d were sent (%s).", englishDays(from, to),
		back, sent, rate)
}

// englishDays are the days of a report.
func englishDays(from, to store.Date) string {
	switch {
	case from != 0 && to != 0:
		return fmt.Sprintf("%s to %s", from, to)
	case from != 0:
		return fmt.Sprintf("Since %s", from)
	case to != 0:
		return fmt.Sprintf("Until %s", to)
	}
	return "Until now"
}
func (english) MoreReturns(n int) string {
	return fmt.Sprintf("... and %d more. --csv FILE or --xlsx FILE writes all.", n)
}
func (english) ReturnsHeader() []string {
	return []string{"name", "sent", "returned", "rate", "main reason", "main condition"}
}
func (english) ReturnsSaid(reason string) string { return "said: " + reason }
func (english) ReturnsFound(grade string) string { return "found: " + grade }
func (english) ReturnsPages() [4]string {
	return [4]string{"returns", "reason by condition", "trend", "hours"}
}
func (english) ReturnsBegin(weeks bool) string {
	if weeks {
		return "week of"
	}
	return "day"
}
func (english) ReturnsHours() string { return "hours" }
