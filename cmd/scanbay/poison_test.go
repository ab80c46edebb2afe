//go:build linux

package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// poisoners is how many stations share the bytes: they mostly wait.
const poisoners = 4

// TestNoByteInALabelDoesHarm puts each byte into a label, at its beginning, in its
// middle and at its end: the station says that it cannot use the label, stays where
// it is, and takes the next good one. Every position is tried in scanner/wedge.
func TestNoByteInALabelDoesHarm(t *testing.T) {
	for part := range poisoners {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			d, pieces := atTheBin(t), 0
			for b := part; b < 256; b += poisoners {
				for _, at := range []int{0, 4, len(foreign)} {
					d.send(foreign[:at] + string([]byte{byte(b)}) + foreign[at:] + "\r")
					d.until(fmt.Sprintf("byte %#02x at %d to be refused", b, at), isRefusal)
					pieces++
					d.send(piece(fmt.Sprintf("%d-%d", b, at)) + "\r")
					d.shows(have(pieces))
				}
			}
			if err := d.end(syscall.SIGTERM); err != nil {
				t.Error(err)
			}
		})
	}
}

// foreign is a label that nobody in the warehouse knows.
const foreign = "ABCD1234"

// says is what the station says, in the language of these tests.
var says = i18n.English{}

// have is how the screen tells of n pieces picked.
func have(n int) string { return says.PickWant(bayPieces, store.Qty(n)) }

func isRefusal(screen string) bool { return strings.Contains(screen, "\nx ") }

// atTheBin is a station whose operator stands at the bin of a long slip.
func atTheBin(t testing.TB) *desk {
	t.Helper()
	b := newBay(t)
	d := sit(t, 80, 24, "--lang=en", "station", "--db", b.db)
	d.shows("Scan your badge")
	d.signIn("101", bayPIN)
	d.send(ownLabel(scanner.SlipLabel, string(b.slip)) + "\r")
	d.shows(says.AskTote())
	d.send(ownLabel(scanner.ToteLabel, bayTote) + "\r")
	d.shows(says.AskBin(bayBin))
	d.send(ownLabel(scanner.BinLabel, bayBin) + "\r")
	d.shows(says.PickBin(bayBin, true))
	return d
}
