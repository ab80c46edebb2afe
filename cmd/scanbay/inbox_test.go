package main

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

// A counter is a station without a terminal: a database that is open, and a clerk.
type counter struct {
	*clerk
	t  *testing.T
	db string
}

func newCounter(t *testing.T) counter {
	t.Helper()
	db := filepath.Join(t.TempDir(), "bay.db")
	s, key, err := site{DB: db, Warehouse: "W1", Station: "S1", Zone: "UTC"}.
		open(t.Context(), time.Now)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return counter{&clerk{inbox: inboxOf(db), store: s, key: key, now: time.Now,
		log: slog.New(slog.DiscardHandler), seen: map[string]bool{}}, t, db}
}

// ask leaves a request for files of items.
func (c counter) ask(texts ...string) string {
	c.t.Helper()
	r := request{errand: errand{Kind: "items"}, Lang: "zh"}
	var files []intake.File
	for _, text := range texts {
		path := filepath.Join(c.t.TempDir(), "items.csv")
		must(c.t, os.WriteFile(path, []byte(text), 0o644))
		files = append(files, intake.OpenFile(path))
		r.Names = append(r.Names, "items.csv")
	}
	name, err := c.put(r, files, c.now())
	must(c.t, err)
	return name
}

// answered is the reply to a request.
func (c counter) answered(name string) (intake.Report, error) {
	c.t.Helper()
	return c.fetch(name, &console{Text: i18n.English{}})
}

func (c counter) events() int {
	c.t.Helper()
	facts, err := store.Get(c.t.Context(), c.store, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("S1", 1, 0, 1000)
	})
	must(c.t, err)
	return len(facts)
}

// within is what lies in the inbox.
func (c counter) within() (out []string) {
	_ = filepath.WalkDir(string(c.inbox), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && path != string(c.inbox) {
			out = append(out, strings.TrimPrefix(path, string(c.inbox)))
		}
		return nil
	})
	return out
}

func TestAnErrandIsDoneOnce(t *testing.T) {
	c := newCounter(t)
	first, second := c.ask("sku,name\nA,a\n"), c.ask("sku,name\nB,\n")
	c.look(t.Context())
	if n := c.events(); n != 2 || !c.is(second, ready) {
		t.Errorf("%d events: %q", n, c.within())
	}
	c.look(t.Context())
	c.look(t.Context())
	report, err := c.answered(first)
	if err != nil || report.Files[0].Taken != 1 {
		t.Errorf("%v, %v", report, err)
	}
	report, err = c.answered(second)
	if err != nil || report.Files[0].Problems[0].Reason != intake.MissingValue {
		t.Errorf("%v, %v", report, err)
	}
	if left := c.within(); len(left) > 0 || c.events() != 2 {
		t.Errorf("%q, %d events", left, c.events())
	}
}

// TestAStationThatWasKilledGoesOn: the file may have been taken or not when the power
// failed, and nobody wrote down which.
func TestAStationThatWasKilledGoesOn(t *testing.T) {
	c := newCounter(t)
	name := c.ask("sku,name\nA,a\n")
	c.look(t.Context())
	must(t, c.move(name, done, atWork))
	folder := c.path(name, atWork)
	must(t, os.WriteFile(filepath.Join(folder, "0"), []byte("sku,name\nA,a\n"), 0o600))
	must(t, os.WriteFile(filepath.Join(folder, answerFile), []byte(`{"Re`), 0o600))
	c.seen = map[string]bool{} // it starts again
	c.look(t.Context())
	report, err := c.answered(name)
	if err != nil || !report.Files[0].Before || c.events() != 2 {
		t.Errorf("%v, %v, %d events", report, err, c.events())
	}
}

func TestWhatIsNoRequestIsLeftAlone(t *testing.T) {
	c := newCounter(t)
	folder := string(c.inbox)
	must(t, os.MkdirAll(filepath.Join(folder, "photos.ask"), 0o700))
	must(t, os.WriteFile(filepath.Join(folder, "1234567890123456789-ABCDEFGHIJKL.ask"), nil, 0o600))
	must(t, os.WriteFile(filepath.Join(folder, "orders.csv"), nil, 0o600))
	const old = "1234567890123456789-MMMMMMMMMMMM"
	must(t, os.MkdirAll(c.path(old, partly), 0o700))
	before := c.within()
	c.look(t.Context())
	c.now = func() time.Time { return time.Now().Add(forgotten / 2) }
	c.sweep()
	if after := c.within(); !slices.Equal(before, after) {
		t.Errorf("%q, was %q", after, before)
	}
	c.now = func() time.Time { return time.Now().Add(2 * forgotten) }
	c.sweep()
	if after := c.within(); len(after) != len(before)-1 || c.is(old, partly) {
		t.Errorf("%q, was %q", after, before)
	}
}

func TestARequestThatCannotBeReadIsAnswered(t *testing.T) {
	c := newCounter(t)
	for what, spoil := range map[string]func(folder string) error{
		"no request": func(folder string) error {
			return os.Remove(filepath.Join(folder, requestFile))
		},
		"half of one": func(folder string) error {
			return os.Truncate(filepath.Join(folder, requestFile), 9)
		},
		"a folder for a file": func(folder string) error {
			file := filepath.Join(folder, "0")
			must(t, os.Remove(file))
			return os.Mkdir(file, 0o700)
		},
		"no file": func(folder string) error { return os.Remove(filepath.Join(folder, "0")) },
		"another kind": func(folder string) error {
			text := []byte(`{"Kind":"people"}`)
			return os.WriteFile(filepath.Join(folder, requestFile), text, 0o600)
		},
	} {
		name := c.ask("sku,name\nA,a\n")
		must(t, spoil(c.path(name, ready)))
		c.look(t.Context())
		if report, err := c.answered(name); err == nil || len(report.Files) > 0 {
			t.Errorf("%s: %v, %v", what, report, err)
		}
	}
	if n := c.events(); n != 0 {
		t.Errorf("%d events", n)
	}
}

// ordered runs a command in this process, on a clock that moves with each look at
// it, and calls at each time.
func ordered(t *testing.T, at func(look int), args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	began, looks := time.Now(), 0
	c := &console{Out: &out, Err: &out, Now: func() time.Time {
		looks++
		at(looks)
		return began.Add(time.Duration(looks) * time.Second)
	}}
	code = run(t.Context(), args, c)
	return out.String(), code
}

func TestAProgramThatTakesNoFilesIsNotWaitedFor(t *testing.T) {
	for _, text := range languages() {
		c := newCounter(t)
		path := filepath.Join(t.TempDir(), "items.csv")
		must(t, os.WriteFile(path, []byte("sku,name\nA,a\n"), 0o644))
		said, code := ordered(t, func(int) {}, "--lang", text.Tag(), "import", "items", path,
			"--db", c.db)
		if code != exitFailed || !strings.Contains(said, wordsIn(text).HandedOver(c.db)) ||
			!strings.Contains(said, wordsIn(text).NoStation(c.db)) {
			t.Errorf("%d: %s", code, said)
		}
		if left := c.within(); len(left) > 0 {
			t.Errorf("it left %q", left)
		}
	}
}

// TestWhereTheStationEndsTheCommandGoesOn: before it looked into its inbox, with the
// request at work, or with the answer left.
func TestWhereTheStationEndsTheCommandGoesOn(t *testing.T) {
	for what, end := range map[string]func(c *clerk){
		"before":  func(*clerk) {},
		"at work": func(c *clerk) { c.each(moveTo(c, atWork)) },
		"after":   func(c *clerk) { c.look(t.Context()) },
	} {
		t.Run(what, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "bay.db")
			s, key, err := site{DB: db, Warehouse: "W1", Station: "S1", Zone: "UTC"}.
				open(t.Context(), time.Now)
			must(t, err)
			c := &clerk{inbox: inboxOf(db), store: s, key: key, now: time.Now,
				log: slog.New(slog.DiscardHandler), seen: map[string]bool{}}
			path := filepath.Join(t.TempDir(), "items.csv")
			must(t, os.WriteFile(path, []byte("sku,name\nA,a\n"), 0o644))
			said, code := ordered(t, func(look int) {
				if look == 3 { // it waits by now
					end(c)
					must(t, s.Close())
				}
			}, "--lang=en", "import", "items", path, "--db", db)
			if code != 0 || !strings.Contains(said, "items.csv: 1 rows. Taken 1.") {
				t.Errorf("%d: %s", code, said)
			}
			if left, _ := os.ReadDir(string(c.inbox)); len(left) > 0 {
				t.Errorf("it left %v", left)
			}
		})
	}
}

func moveTo(c *clerk, to string) func(name, state string, _ fs.DirEntry) bool {
	return func(name, state string, _ fs.DirEntry) bool { return c.move(name, state, to) == nil }
}

func TestAFileForNobodyIsNotCopied(t *testing.T) {
	c := newCounter(t)
	for _, text := range languages() {
		said, code := ordered(t, func(int) {}, "--lang", text.Tag(), "import", "items", "none.csv",
			"--db", c.db)
		if code != exitFailed || !strings.Contains(said, text.Faults()[store.Missing].Problem) {
			t.Errorf("%d: %s", code, said)
		}
	}
	if left := c.within(); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
}
