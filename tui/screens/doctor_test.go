package screens_test

import (
	"testing"

	"scanbay/scanner"
	"scanbay/tui/tuitest"
)

// doctor opens the screen of scanners.
func doctor(more ...func(*tuitest.Driver)) func(*tuitest.Driver) {
	opens := scan(own(scanner.CommandLabel, "DOCTOR"))
	return as("101", append([]func(*tuitest.Driver){opens}, more...)...)
}

func TestDoctor(t *testing.T) {
	const body = "010950110153000317300101" + "10SCANBAY-1"
	const label = "]C1" + body + "\x1d21a-Z_9\r"
	const french = `à&àç(à&&à&("ààà"&è"àà&à&&àSCQNBQY)&é&q)W°ç`
	golden(t, "doctor", []tuitest.Step{
		{Name: "begin", Do: doctor()},
		{Name: "fine", Do: doctor(scan(label))},
		{Name: "no_separator", Do: doctor(scan(body + "21a-Z_9\r"))},
		{Name: "a_french_computer", Do: doctor(scan(french + "\r"))},
		{Name: "another_label", Do: doctor(scan("6901234567892\r"))},
		{Name: "known_again", Do: doctor(scan(label), press("esc"),
			scan(own(scanner.CommandLabel, "DOCTOR")))},
	})
}
