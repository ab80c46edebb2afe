package main

import "scanbay/store"

// reportWords is said of what comes back.
type reportWords interface {
	NoDay(text string) string
	NoReport(path, ext string) string
	WhichWarehouse(name string) string
	Reported(path string) string
	ReturnsOf(from, to store.Date, back, sent store.Qty, rate string) string
	MoreReturns(n int) string
	ReturnsHeader() []string // name, sent, returned, rate, main reason, main condition
	ReturnsSaid(reason string) string
	ReturnsFound(grade string) string
	ReturnsPages() [4]string // the table, reasons by condition, the trend, the times
	ReturnsBegin(weeks bool) string
	ReturnsHours() string
}
