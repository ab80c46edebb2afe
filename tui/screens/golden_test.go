package screens_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// golden compares a screen in each language and size, after each step, with its
// archive. Every step begins on a fresh station, with nobody signed in.
func golden(t *testing.T, name string, steps []tuitest.Step, events ...store.Event) {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site.db")
	build(t, site, events)
	err := tuitest.Golden{
		Path:  filepath.Join("testdata", name+".txtar"),
		Sizes: [][2]int{{20, 16}, {26, 12}, {80, 24}},
		Steps: steps,
		Start: func(text i18n.Text, w, h int) *tuitest.Driver {
			return station(t, text, w, h, site)
		},
	}.Compare(*update)
	if err != nil {
		t.Error(err)
	}
}

// build makes the fixture's warehouse at path, where everybody's PIN is 1234.
func build(t *testing.T, path string, events []store.Event) {
	t.Helper()
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "s1")
		s.Record(append(storetest.Warehouse(), events...)...)
		s.Plan()
		pin(t, s)
	})
}

var key = access.Key(make([]byte, 32))

// station is a terminal on a copy of a site.
func station(t *testing.T, text i18n.Text, w, h int, site string) *tuitest.Driver {
	d, _ := stationAt(t, text, w, h, site)
	return d
}

// stationAt is station, with the store below it.
func stationAt(t *testing.T, text i18n.Text, w, h int, site string) (*tuitest.Driver,
	*storetest.Site) {
	t.Helper()
	return showing(t, text, w, h, site, func(sh *tui.Shell) tui.Screen {
		return screens.New(sh, key)
	})
}

// showing is a terminal on a copy of a site, at a screen, with the store below it.
func showing(t *testing.T, text i18n.Text, w, h int, site string,
	first func(*tui.Shell) tui.Screen) (*tuitest.Driver, *storetest.Site) {
	t.Helper()
	s := storetest.Open(t, func(ctx context.Context, path string) (*store.DB, error) {
		file, err := os.ReadFile(site)
		if err == nil {
			err = os.WriteFile(path, file, 0o600)
		}
		if err != nil {
			return nil, err
		}
		return sqlite.Open(ctx, path)
	}, "s1")
	clock := tuitest.NewClock(storetest.Noon)
	reader := scanner.NewReader(scanner.Config{IDs: scanner.NewIDs("b"), Source: "serial",
		Prefix: scanner.DefaultPrefix, Now: clock.Now})
	sh := &tui.Shell{Store: s.Store, Text: text, Theme: theme.Plain(), Clock: clock,
		Keyed: reader.Keyed, Languages: []i18n.Text{i18n.Chinese{}, i18n.English{}}}
	return tuitest.Start(tui.New(sh, first(sh)), func(raw []byte) scanner.Scan {
		scan, _ := reader.Frame(scanner.Frame{Raw: raw})
		return scan
	}, clock, w, h), s
}

// pin gives the fixture's people the PIN 1234.
func pin(t *testing.T, s *storetest.Site) {
	t.Helper()
	s.Must(s.Write(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
		if _, err := key.SetPIN(tx, "101", "1234"); err != nil {
			return err
		}
		p, err := tx.PIN("101") // it takes long to make: once will do
		if err != nil {
			return err
		}
		for _, p.Operator = range []store.OperatorID{"900", "901"} {
			if err := tx.SetPIN(p); err != nil {
				return err
			}
		}
		return nil
	}))
}

// as signs somebody in, and then does the steps.
func as(id string, do ...func(*tuitest.Driver)) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) {
		d.Type(id + "\n1234\n")
		for _, step := range do {
			step(d)
		}
	}
}

func scan(codes ...string) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) { d.Scan(codes...) }
}

func press(names ...string) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) {
		for _, name := range names {
			d.Key(name)
		}
	}
}

func typed(text string) func(*tuitest.Driver) {
	return func(d *tuitest.Driver) { d.Type(text) }
}

// own is one of our own labels.
func own(kind scanner.Kind, code string) string {
	return scanner.Encode(scanner.DefaultPrefix, kind, code)
}

// The fixture's labels as a scanner sends them.
var (
	tea    = storetest.Tea[1:]
	cup    = storetest.Cup[1:]
	toteT1 = own(scanner.ToteLabel, "T-1")
	binA1  = own(scanner.BinLabel, "A-01-01")
	binB7  = own(scanner.BinLabel, "B-07-01")
)

const slip = "CK26030100001"
