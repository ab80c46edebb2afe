//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"scanbay/scanner"
	"scanbay/scanner/scannertest"
	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/tui/i18n"
)

// TestNoByteInALabelDoesHarm puts each byte, and what drives a terminal, into a label, at
// its beginning, in its middle and at its end, by every way that a scanner has in. Each label
// is one scan in the log and no more; the station stays where it is, takes the next good
// label, and sends its terminal nothing but its own. Every position is tried in scanner/….
func TestNoByteInALabelDoesHarm(t *testing.T) {
	for name, begin := range map[string]func(t *testing.T, gun string) *poisoner{
		"wedge": func(t *testing.T, _ string) *poisoner { return newPoisoner(t, "\r") },
		"serial": func(t *testing.T, gun string) *poisoner {
			cable := plug(t, gun)
			p := newPoisoner(t, "\r", "--serial", gun)
			p.pull = cable.scan
			return p
		},
		"packets": func(t *testing.T, gun string) *poisoner {
			cable := plug(t, gun)
			p := newPoisoner(t, "", "--serial", gun+",ssi")
			p.pull = cable.packet
			return p
		},
		"events": func(t *testing.T, gun string) *poisoner {
			keys := plugPipe(t, gun)
			p := newPoisoner(t, "\r", "--evdev", gun)
			p.pull = keys.keys
			return p
		},
		"reports": func(t *testing.T, gun string) *poisoner {
			reports := plugPipe(t, gun)
			p := newPoisoner(t, "", "--hid", gun)
			p.pull = reports.report
			return p
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := begin(t, filepath.Join(t.TempDir(), "gun"))
			for _, label := range poisons() {
				p.scan(label)
			}
			p.check()
		})
	}
}

// TestNoKeyOfAScannerDoesHarm: a scanner that types has the keys of a whole keyboard, those
// that leave the program, close windows or answer questions among them.
func TestNoKeyOfAScannerDoesHarm(t *testing.T) {
	gun := filepath.Join(t.TempDir(), "gun")
	keys := plugPipe(t, gun)
	p := newPoisoner(t, "\r", "--evdev", gun)
	for _, combination := range [][]uint16{{keyEsc}, {keyCtrl, keyC}, {keyAlt, keyF4}, {keyF1},
		{keyF9}, {keyF10}, {keyUp}, {keyDel}, {keyAlt, keyCtrl, keyDel}} {
		keys.write(slices.Concat(strokes(foreign), press(combination...), press(keyEnter)))
		p.answered()
	}
	p.pull = keys.keys
	p.good()
}

// foreign is a label that nobody in the warehouse knows.
const foreign = "abcd1234"

// poisons is foreign with what does not belong into a label.
func poisons() (out []string) {
	all := scannertest.Sequences()
	for b := range 256 {
		all = append(all, string([]byte{byte(b)}))
	}
	for _, poison := range all {
		for _, at := range []int{0, len(foreign) / 2, len(foreign)} {
			out = append(out, foreign[:at]+poison+foreign[at:])
		}
	}
	return out
}

// A poisoner scans at a station, and hears of each scan that is answered.
type poisoner struct {
	*desk
	bay
	pull    func(label string)
	suffix  string // of each label, as it comes in
	notes   *os.File
	journal *bufio.Scanner // of it
	scans   int            // since the station was opened
	sent    []string       // since the operator stands at the bin
	pieces  int
}

// atTheBinScans is how many scans bring an operator to the bin.
const atTheBinScans = 5

func newPoisoner(t *testing.T, suffix string, devices ...string) *poisoner {
	t.Helper()
	notes := filepath.Join(t.TempDir(), "journal")
	must(t, syscall.Mkfifo(notes, 0o600))
	journal, err := os.OpenFile(notes, os.O_RDWR, 0)
	must(t, err)
	t.Cleanup(func() { _ = journal.Close() })
	p := &poisoner{suffix: suffix, notes: journal, journal: bufio.NewScanner(journal),
		scans: atTheBinScans}
	p.desk, p.bay = atTheBin(t, append(devices, "--journal", notes)...)
	p.pull = func(label string) { p.send(label + "\r") }
	return p
}

// scan sends a label, and waits for its answer; now and then a good one behind it.
func (p *poisoner) scan(label string) {
	p.t.Helper()
	const often = 64
	p.pull(label)
	p.answered()
	p.sent = append(p.sent, label+p.suffix)
	if len(p.sent)%often == 0 {
		p.good()
	}
}

// good scans a piece, which counts where the operator stands and nowhere else.
func (p *poisoner) good() {
	p.t.Helper()
	p.pieces++
	label := piece(fmt.Sprint(p.pieces))
	p.pull(label)
	p.answered()
	p.shows(have(p.pieces))
	p.sent = append(p.sent, label+p.suffix)
}

// answered waits until the log holds the next scan.
func (p *poisoner) answered() {
	p.t.Helper()
	p.scans++
	must(p.t, p.notes.SetReadDeadline(time.Now().Add(patience)))
	for p.journal.Scan() {
		if strings.HasSuffix(p.journal.Text(), fmt.Sprintf(".%d", p.scans)) {
			return
		}
	}
	p.t.Fatalf("no answer to scan %d, behind %q:\n%s", p.scans, p.sent[max(0, len(p.sent)-1):],
		p.shown())
}

// check ends the station, and looks at all that it wrote.
func (p *poisoner) check() {
	p.t.Helper()
	p.good()
	must(p.t, p.end(syscall.SIGTERM))
	if got := p.logged(); !slices.Equal(got, p.sent) {
		for i := range min(len(got), len(p.sent)) {
			if got[i] != p.sent[i] {
				p.t.Errorf("sent %q, logged %q", p.sent[i], got[i])
				break
			}
		}
		p.t.Errorf("%d labels are %d scans", len(p.sent), len(got))
	}
	if odd := notOurs(string(p.output)); odd != "" {
		p.t.Errorf("the terminal was sent %q", odd)
	}
}

// logged is the labels of the log since the operator stood at the bin.
func (p *poisoner) logged() (labels []string) {
	p.t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, p.db)
	must(p.t, err)
	defer func() { must(p.t, db.Close()) }()
	rows, err := db.Read.QueryContext(ctx, `SELECT bytes FROM event WHERE scan <> ''
		ORDER BY seq`)
	must(p.t, err)
	for rows.Next() {
		var bytes []byte
		must(p.t, rows.Scan(&bytes))
		var env store.Envelope
		must(p.t, json.Unmarshal(bytes, &env))
		_, number, _ := strings.Cut(string(env.Scan), ".")
		n, err := strconv.Atoi(number)
		if must(p.t, err); n > atTheBinScans {
			labels = append(labels, string(env.Raw))
		}
	}
	must(p.t, errors.Join(rows.Err(), rows.Close()))
	return labels
}

// drawn is the sequences that the program draws with.
var drawn = regexp.MustCompile(`\x1b\[(\?(25|1049|2004|1002|1003|1006)[hl]|[0-9;]*[ABCDHJKmr])`)

// notOurs is what a terminal was sent that is neither to be seen nor the program's own.
func notOurs(output string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\r' || r == '\n' || r == '\a' {
			return -1
		}
		return r
	}, drawn.ReplaceAllString(output, ""))
}

// says is what the station says, in the language of these tests.
var says = i18n.English{}

// have is how the screen tells of n pieces picked.
func have(n int) string { return says.PickWant(bayPieces, store.Qty(n)) }

// atTheBin is a station whose operator stands at the bin of a long slip.
func atTheBin(t testing.TB, args ...string) (*desk, bay) {
	t.Helper()
	b := newBay(t)
	d := sit(t, 80, 24, append([]string{"--lang=en", "station", "--db", b.db}, args...)...)
	d.shows("Scan your badge")
	d.signIn("101", bayPIN)
	d.send(ownLabel(scanner.SlipLabel, string(b.slip)) + "\r")
	d.shows(says.AskTote())
	d.send(ownLabel(scanner.ToteLabel, bayTote) + "\r")
	d.shows(says.AskBin(bayBin))
	d.send(ownLabel(scanner.BinLabel, bayBin) + "\r")
	d.shows(says.PickBin(bayBin, true))
	return d, b
}
