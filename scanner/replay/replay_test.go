package replay

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
)

func TestAListIsPlayedThroughTheReader(t *testing.T) {
	// Given a list with a comment, a pause, escapes and a label that begins with +.
	const list = "# a morning\n\n6901234567892\n+250ms SBBA-01-021\\r\n" +
		"]C1010690123456789210L1\\x1d21S9\n+1\n69\\x00\n"
	var pauses []time.Duration
	pause := func(_ context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return nil
	}
	source, err := New(list, reader(), pause)
	if err != nil {
		t.Fatal(err)
	}
	// When it is played,
	var scans []scanner.Scan
	emit := func(s scanner.Scan) { scans = append(scans, s) }
	if err := source.Run(t.Context(), emit); err != nil {
		t.Fatal(err)
	}
	// then each label is a scan as from any scanner.
	if len(scans) != 5 || !slices.Equal(pauses, []time.Duration{250 * time.Millisecond}) {
		t.Fatalf("%d scans, pauses %v", len(scans), pauses)
	}
	if scans[0].Label.GTIN != "06901234567892" || scans[1].Label.Code != "A-01-02" ||
		scans[2].Label.Serial != "S9" || scans[3].Label.Text != "+1" ||
		scans[4].Bad != scanner.Control {
		t.Errorf("%+v", scans)
	}
}

func TestAnErrorNamesItsLine(t *testing.T) {
	_, err := New("one\ntwo\\q\n", reader(), nil)
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Error(err)
	}
}

func TestPlayingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	source, err := New("+1h A\nB\n", reader(), nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	emit := func(s scanner.Scan) { t.Errorf("%+v", s) }
	if err := source.Run(ctx, emit); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func reader() *scanner.Reader {
	return scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("boot"), Source: "replay"})
}
