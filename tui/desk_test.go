package tui_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

// A desk takes whatever is scanned, but for a few codes that it refuses.
type desk struct {
	*tui.Shell
	name    string
	running *bool // an operation is
	took    []string
	ask     *tui.Question // when an operation is refused
	opened  int
	refused store.Code
	secret  bool
	more    []tui.Binding
	heardOf int   // news
	broken  error // what comes of reading them
}

func (d *desk) Open() tea.Cmd {
	d.opened++
	return nil
}

func (d *desk) Scan(s scanner.Scan) tea.Cmd {
	return tui.Do(d.Shell, func(context.Context) (string, error) {
		if *d.running {
			panic("two operations at once")
		}
		*d.running = true
		return s.Label.Text, nil
	}, func(code string) tea.Cmd {
		*d.running = false
		return d.take(s, code)
	})
}

// take is a second operation, which waits for nobody.
func (d *desk) take(s scanner.Scan, code string) tea.Cmd {
	by := d.By(s)
	return tui.Do(d.Shell, func(ctx context.Context) (string, error) {
		switch refusal := (store.Refusal{Want: "6901234567892", Got: code}); code {
		case "WRONG":
			refusal.Code = store.WrongItem
			return "", d.Store.Refuse(ctx, by, &refusal)
		case "SEALED":
			refusal.Code = store.CartonSealed
			return "", d.Store.Refuse(ctx, by, &refusal)
		case "BROKEN":
			return "", fmt.Errorf("pick: %w", errors.New("disk on fire"))
		case "AGAIN":
			return "", store.ErrAnswered
		}
		return code, nil
	}, func(code string) tea.Cmd {
		d.took = append(d.took, code)
		d.Tell("took " + code)
		return nil
	})
}

func (d *desk) Refused(r *store.Refusal) tea.Cmd {
	d.refused = r.Code
	if d.ask != nil {
		return d.Ask(*d.ask)
	}
	return nil
}

func (d *desk) Key(k tea.KeyMsg) tea.Cmd {
	d.took = append(d.took, "key "+k.String())
	return nil
}

func (d *desk) Keys() []tui.Binding {
	did := func(what string) func() tea.Cmd {
		return func() tea.Cmd {
			d.took = append(d.took, what)
			return nil
		}
	}
	return append([]tui.Binding{
		{Key: "f2", Command: i18n.Short, Do: func() tea.Cmd {
			return d.Choose(tui.Choice{Title: "why", Options: []string{"not found", "damaged"},
				Pick: func(i int) tea.Cmd { return did(fmt.Sprintf("short %d", i))() }})
		}},
		{Key: "f3", Command: i18n.Undo, Do: did("undo")},
		{Key: "f5", Command: i18n.Done, Do: func() tea.Cmd { return d.Quit() }},
		{Command: i18n.SignOut, Do: did("sign out")},
	}, d.more...)
}

func (d *desk) News() tea.Cmd {
	return tui.Do(d.Shell, func(context.Context) (struct{}, error) {
		return struct{}{}, d.broken
	}, func(struct{}) tea.Cmd {
		d.heardOf++
		return nil
	})
}

func (d *desk) Masked() bool { return d.secret }

func (d *desk) Asks() (right, wrong string) { return "RIGHT", "WRONG" }

func (d *desk) View(w, h int) []string {
	data := []string{component.Fit(d.name, w)}
	for _, code := range d.took {
		data = append(data, component.Fit(code, w))
	}
	return component.Page(data, component.Wrap("scan", w), w, h)
}

// A bay is a desk with somebody at it.
type bay struct {
	*tuitest.Driver
	*desk
	t     *testing.T
	clock *tuitest.Clock
	log   *bytes.Buffer
	read  func(raw []byte) scanner.Scan
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) *bay { return openAs(t, i18n.English{}, 40, 16) }

func openAs(t *testing.T, text i18n.Text, w, h int) *bay {
	t.Helper()
	clock, log := tuitest.NewClock(noon), &bytes.Buffer{}
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "bay.db"))
	must(t, err)
	must(t, store.Establish(ctx, db, store.Identity{Warehouse: "w1", Author: "s1", Prefix: "S1",
		Epoch: 1, Zone: "Asia/Shanghai", Authority: true}))
	s, err := store.New(ctx, db, "boot", clock.Now)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	reader := scanner.NewReader(scanner.Config{
		IDs: scanner.NewIDs("scans"), Source: "wedge", Now: clock.Now,
	})
	sh := &tui.Shell{
		Store: s, Operator: store.Operator{ID: "op1"}, Text: text, Theme: theme.Plain(),
		Languages: []i18n.Text{i18n.Chinese{}, i18n.English{}}, Clock: clock,
		Log:    slog.New(slog.NewTextHandler(log, nil)),
		Keyed:  reader.Keyed,
		Unsent: func() (int, bool) { return 3, false }, IdleAfter: 30 * time.Minute,
	}
	d := &desk{Shell: sh, name: "desk", running: new(bool)}
	read := func(raw []byte) scanner.Scan {
		scan, _ := reader.Frame(scanner.Frame{Raw: raw})
		return scan
	}
	return &bay{tuitest.Start(tui.New(sh, d), read, clock, w, h), d, t, clock, log, read}
}

// Scan is the operator's, not the desk's.
func (b *bay) Scan(codes ...string) { b.Driver.Scan(codes...) }

// Key likewise.
func (b *bay) Key(name string) { b.Driver.Key(name) }

// Asks likewise.
func (b *bay) Asks() (right, wrong string) { return b.Driver.Asks() }

// shows wants each text on the screen, whatever lines it is broken into.
func (b *bay) shows(texts ...string) {
	b.t.Helper()
	bare := strings.NewReplacer(" ", "", "\n", "")
	for _, text := range texts {
		if !strings.Contains(bare.Replace(b.Screen()), bare.Replace(text)) {
			b.t.Errorf("%q is not on the screen:\n%s", text, b.Screen())
		}
	}
}

func (b *bay) hides(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if strings.Contains(b.Screen(), text) {
			b.t.Errorf("%q is on the screen:\n%s", text, b.Screen())
		}
	}
}

// took wants what the desk did since it was last asked.
func (b *bay) did(want ...string) {
	b.t.Helper()
	if got := strings.Join(b.took, ","); got != strings.Join(want, ",") {
		b.t.Errorf("did %s, want %s", got, want)
	}
	b.took = nil
}

func (b *bay) heard(want ...theme.Sound) {
	b.t.Helper()
	if got := b.Sounds(); fmt.Sprint(got) != fmt.Sprint(want) {
		b.t.Errorf("heard %v, want %v", got, want)
	}
}

// recorded is every refusal on record.
func (b *bay) recorded() string {
	b.t.Helper()
	events, err := store.Get(context.Background(), b.Store,
		func(r *store.Reader) ([]store.Envelope, error) { return r.Trail("") })
	must(b.t, err)
	var out strings.Builder
	for _, e := range events {
		fmt.Fprintf(&out, "%s %s\n", e.Kind, e.Body)
	}
	return out.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func command(c i18n.Command) string {
	return scanner.Encode(scanner.DefaultPrefix, scanner.CommandLabel, c.Label())
}
