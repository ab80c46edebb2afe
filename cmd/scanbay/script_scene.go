package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/tools/txtar"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
	"scanbay/tui/tuitest"
)

// A scene is one scenario's warehouse: a database, a clock, and the stations
// that work on it.
type scene struct {
	ctx    context.Context
	ar     *txtar.Archive
	dir    string
	home   string // the scenario's folder
	text   i18n.Text
	update bool
	clock  *tuitest.Clock
	key    access.Key
	*store.Store
	included []*txtar.Archive
	boots    int
	people   int
	checks   int
	stations map[string]*tuitest.Driver
	*tuitest.Driver
	seen   map[store.StationID]int64 // events that were looked at
	made   map[string][]byte         // files in some form
	report intake.Report             // of the last import
	paper  []string                  // files that were printed and looked at
}

// dawn is when every scenario begins.
func dawn() time.Time {
	return time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))
}

func newScene(ctx context.Context, ar *txtar.Archive, dir string, text i18n.Text, update bool) (
	*scene, error) {
	sc := &scene{ctx: ctx, ar: ar, dir: dir, text: text, update: update,
		clock: tuitest.NewClock(dawn()), seen: map[store.StationID]int64{},
		made: map[string][]byte{}}
	var err error
	if sc.key, err = access.DeviceKey(filepath.Join(dir, "device.key")); err != nil {
		return nil, err
	}
	return sc, sc.open(filepath.Join(dir, "scene.db"))
}

// open opens the database, as a station does that starts.
func (sc *scene) open(path string) error {
	db, err := sqlite.Open(sc.ctx, path)
	if err != nil {
		return err
	}
	if err := store.Establish(sc.ctx, db, store.Identity{Warehouse: "W1", Author: "S1",
		Prefix: "S1", Epoch: 1, Zone: "Asia/Shanghai", Authority: true}); err != nil {
		return err
	}
	sc.boots++
	sc.Store, err = store.New(sc.ctx, db, fmt.Sprintf("boot%d", sc.boots), sc.clock.Now)
	sc.stations, sc.Driver = map[string]*tuitest.Driver{}, nil
	return err
}

func (sc *scene) close() error {
	if sc.Store == nil {
		return nil
	}
	return sc.Store.Close()
}

// crash goes on with the files as they lie on the disk at this moment: what a
// killed station would find. Nothing of the old one is closed before.
func (sc *scene) crash([]string) error {
	path := filepath.Join(sc.dir, fmt.Sprintf("crash%d.db", sc.boots))
	for _, part := range []string{"", "-wal"} {
		if err := copyFile(path+part, sc.Store.Path()+part); err != nil {
			return err
		}
	}
	if err := sc.Store.Close(); err != nil {
		return err
	}
	return sc.open(path)
}

// enrolled goes on as a station that central rules, from what both of them know now.
func (sc *scene) enrolled([]string) error {
	if err := sc.Alter(sc.ctx, `UPDATE identity SET authority = 0, cursor = (
		SELECT max(rev) FROM event WHERE event.wh = identity.wh)`); err != nil {
		return err
	}
	path := sc.Store.Path()
	if err := sc.Store.Close(); err != nil {
		return err
	}
	return sc.open(path)
}

// author goes on as another station, from what is known here.
func (sc *scene) author(words []string) error {
	if !stationName.MatchString(words[0]) {
		return badName(words[0])
	}
	if err := sc.Alter(sc.ctx, "UPDATE identity SET author = '"+words[0]+"'"); err != nil {
		return err
	}
	path := sc.Store.Path()
	if err := sc.Store.Close(); err != nil {
		return err
	}
	return sc.open(path)
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// file is a file of the archive, or of one that it includes; with update, one
// that is missing is made.
func (sc *scene) file(name string) *txtar.File {
	for _, ar := range append([]*txtar.Archive{sc.ar}, sc.included...) {
		for i := range ar.Files {
			if ar.Files[i].Name == name {
				return &ar.Files[i]
			}
		}
	}
	if !sc.update {
		return nil
	}
	sc.ar.Files = append(sc.ar.Files, txtar.File{Name: name})
	return &sc.ar.Files[len(sc.ar.Files)-1]
}

// include adds the files of another archive, by its path from the scenario.
func (sc *scene) include(words []string) error {
	ar, err := txtar.ParseFile(filepath.Join(sc.home, words[0]))
	sc.included = append(sc.included, ar)
	return err
}

// same compares got with a file of the archive.
func (sc *scene) same(name, got string) error {
	f := sc.file(name)
	switch {
	case f == nil:
		return fmt.Errorf("no file %s in the archive; got:\n%s", name, got)
	case sc.update:
		f.Data = []byte(got)
	case string(f.Data) != got:
		return fmt.Errorf("want:\n%sgot:\n%s", f.Data, got)
	}
	return nil
}

// load takes files of the archive in, and lets the authority plan.
func (sc *scene) load(words []string) error {
	report, err := sc.intake(words)
	if err != nil {
		return err
	}
	for _, f := range report.Files {
		if len(f.Problems) > 0 {
			return fmt.Errorf("%v", f.Problems)
		}
	}
	return plan(sc.ctx, sc.Store)
}

func (sc *scene) intake(words []string) (intake.Report, error) {
	files, err := sc.files(words[1:])
	if err != nil {
		return intake.Report{}, err
	}
	return intake.Load(sc.ctx, sc.Store, sc.key, intake.Kind(words[0]), files,
		intake.NewID(sc.recipient()))
}

func (sc *scene) files(names []string) (out []intake.File, err error) {
	for _, name := range names {
		data, err := sc.data(name)
		if err != nil {
			return nil, err
		}
		out = append(out, intake.File{Name: name, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(data)), nil
		}})
	}
	return out, nil
}

// imports takes files in as the command of the same arguments does, and compares
// what is said: SAID KIND FILE... [--FLAG...].
func (sc *scene) imports(words []string) error {
	var cmd importCmd
	parser, err := kong.New(&cmd, kong.Exit(func(int) {}), importKinds())
	if err == nil {
		_, err = parser.Parse(words[1:])
	}
	if err != nil {
		return err
	}
	files, err := sc.files(cmd.Files)
	if err != nil {
		return err
	}
	before, err := store.Get(sc.ctx, sc.Store, (*store.Reader).Digest)
	if err != nil {
		return err
	}
	sc.report, err = cmd.do(sc.ctx, sc.Store, sc.key, files, intake.NewID(sc.recipient()))
	if err != nil {
		return err
	}
	after, err := store.Get(sc.ctx, sc.Store, (*store.Reader).Digest)
	if err != nil {
		return err
	}
	if before != after && cmd.DryRun {
		return errors.New("a dry run left something behind")
	}
	var said strings.Builder
	for _, t := range []i18n.Text{i18n.English{}, i18n.Chinese{}} {
		printReport(&said, t, sc.report, cmd.DryRun)
	}
	return sc.same(words[0], said.String())
}

// reasons expects the problems of the last import to be of these codes.
func (sc *scene) reasons(words []string) error {
	var have []string
	for _, f := range sc.report.Files {
		for _, p := range f.Problems {
			have = append(have, string(p.Reason))
		}
	}
	slices.Sort(have)
	if have = slices.Compact(have); !slices.Equal(have, slices.Sorted(slices.Values(words))) {
		return fmt.Errorf("have %s", strings.Join(have, " "))
	}
	return nil
}

// recipient numbers people, so that a scenario is the same each time.
func (sc *scene) recipient() func() string {
	return func() string {
		sc.people++
		return fmt.Sprintf("person-%d", sc.people)
	}
}

// refuses takes files in that must be refused, and compares what is said.
func (sc *scene) refuses(words []string) error {
	kind, names, want := words[0], words[1:len(words)-1], words[len(words)-1]
	before, err := store.Get(sc.ctx, sc.Store, (*store.Reader).Digest)
	if err != nil {
		return err
	}
	report, err := sc.intake(append([]string{kind}, names...))
	if err != nil {
		return err
	}
	after, err := store.Get(sc.ctx, sc.Store, (*store.Reader).Digest)
	if err != nil {
		return err
	}
	if before != after {
		return errors.New("a refused file left something behind")
	}
	var said strings.Builder
	for _, t := range []i18n.Text{i18n.English{}, i18n.Chinese{}} {
		printReport(&said, t, report, false)
	}
	return sc.same(want, said.String())
}

// station opens a terminal: NAME WIDTHxHEIGHT, and who signs in.
func (sc *scene) station(words []string) error {
	var width, height int
	if _, err := fmt.Sscanf(words[1], "%dx%d", &width, &height); err != nil {
		return errors.New("want NAME WIDTHxHEIGHT [OPERATOR PIN]")
	}
	ids := scanner.NewIDs(fmt.Sprintf("%s-%d", words[0], sc.boots))
	reader := scanner.NewReader(scanner.Config{IDs: ids, Source: "serial", Port: words[0],
		Prefix: scanner.DefaultPrefix, Now: sc.clock.Now})
	clock := sc.clock.Another()
	sh := &tui.Shell{Store: sc.Store, Text: sc.text, Theme: theme.Plain(), Clock: clock,
		Languages: []i18n.Text{i18n.Chinese{}, i18n.English{}}, Keyed: reader.Keyed,
		IdleAfter: 30 * time.Minute, IsPrinter: isPrinter}
	app := tui.New(sh, screens.New(sh, sc.key))
	read := func(raw []byte) scanner.Scan {
		s, _ := reader.Frame(scanner.Frame{Raw: raw, From: sc.clock.Now(), At: sc.clock.Now()})
		return s
	}
	sc.Driver = tuitest.Start(app, read, clock, width, height)
	sc.stations[words[0]] = sc.Driver
	if len(words) > 3 {
		sc.Driver.Type(words[2] + "\n")
		sc.Driver.Type(words[3] + "\n")
		if sh.Operator.ID != store.OperatorID(words[2]) {
			return fmt.Errorf("%s did not get in:\n%s", words[2], sc.Screen())
		}
		sh.Text = sc.text // whatever is the operator's own
	}
	sc.Sounds()
	_, err := sc.news()
	return err
}

// news is what was recorded since the last look.
func (sc *scene) news() (out []store.Envelope, err error) {
	id := sc.Identity()
	facts, err := store.Get(sc.ctx, sc.Store, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(id.Author, id.Epoch, sc.seen[id.Author], 1e6)
	})
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		out = append(out, env)
		sc.seen[id.Author] = env.Seq
	}
	return out, err
}
