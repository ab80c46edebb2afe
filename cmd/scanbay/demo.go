package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/order"
	"scanbay/store/stocktake"
	"scanbay/tui"
)

//go:embed testdata/demo
var demoData embed.FS

type demoCmd struct {
	Keep string `placeholder:"FOLDER" help:"Keep the warehouse here, and go on with it next time."`
	Size string `placeholder:"WxH" help:"Use no more of the window, such as a handheld's 20x16."`
	devices
}

// Run opens a stocked warehouse, and shows a station at work in it.
func (d demoCmd) Run(ctx context.Context, c *console) (err error) {
	small, err := c.smaller(d.Size)
	if err != nil {
		return err
	}
	folder := d.Keep
	if folder == "" {
		if folder, err = os.MkdirTemp("", "scanbay-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	}
	s, key, err := openDemo(ctx, folder, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := plan(ctx, s); err != nil {
		return err
	}
	st := &station{console: c, store: s, key: key, devices: d.devices, hint: c.words().DemoHint()}
	st.filters = []filter{st.demoKeys, small}
	if err := st.run(ctx); err != nil {
		return err
	}
	if d.Keep != "" {
		fmt.Fprintln(c.Out, c.words().DemoKept(d.Keep))
	}
	return nil
}

// openDemo opens the warehouse in a folder. Where there is none it is stocked
// under another name first, so that half of one is never worked in.
func openDemo(ctx context.Context, folder string, now func() time.Time) (
	*store.Store, access.Key, error) {
	home := filepath.Join(folder, "demo")
	at := func(dir string) site {
		return site{DB: filepath.Join(dir, "scanbay.db"), Warehouse: "DEMO", Station: "S1",
			Zone: "Asia/Shanghai"}
	}
	if _, err := os.Stat(home); errors.Is(err, fs.ErrNotExist) {
		part := home + ".part"
		if err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o755)); err != nil {
			return nil, nil, &store.Fault{Code: store.ReadOnly, Path: folder, Err: err}
		}
		s, key, err := at(part).open(ctx, now)
		if err != nil {
			return nil, nil, err
		}
		err = errors.Join(stockDemo(ctx, s, key), s.Close())
		if err == nil {
			err = os.Rename(part, home)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return at(home).open(ctx, now)
}

// stockDemo takes the demonstration's data in, as a site does with its own.
func stockDemo(ctx context.Context, s *store.Store, key access.Key) error {
	err := s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		return errors.Join(
			tx.Record(store.CartonTypeSet{CartonType: store.CartonType{Code: "B1",
				Name: "小号纸箱 small", Length: 250, Width: 200, Height: 150, Active: true}}),
			tx.Record(store.CartonTypeSet{CartonType: store.CartonType{Code: "B2",
				Name: "大号纸箱 large", Length: 500, Width: 400, Height: 300, Active: true}}),
			// The invoices are of a wholesaler: they have no recipients, and are paid later.
			tx.Record(store.RuleSet{Channel: "uk", Rule: string(order.Complete), Active: true,
				Param: "lines"}),
			tx.Record(store.RuleSet{Channel: "uk", Rule: string(order.Payment)}))
	})
	if err != nil {
		return err
	}
	for _, kind := range intake.Kinds {
		files, err := demoFiles(kind, s.Now())
		if err != nil {
			return err
		}
		report, err := intake.Load(ctx, s, key, kind, files)
		if err != nil {
			return err
		}
		if !report.OK() {
			return report.Files[len(report.Files)-1].Problems[0]
		}
	}
	return countDemo(ctx, s)
}

// countDemo has the demonstration's people count something.
func countDemo(ctx context.Context, s *store.Store) error {
	for _, w := range []stocktake.Wish{{Why: store.CountBin, Place: store.InBin("A-01-01")},
		{Why: store.CountZone, Zone: "B", Most: 3}} {
		if _, err := stocktake.Plan(ctx, s, store.Gesture{}, w); err != nil {
			return err
		}
	}
	return nil
}

// demoFiles are the files of one kind, with their times as of now.
func demoFiles(kind intake.Kind, now time.Time) (out []intake.File, err error) {
	names, err := fs.Glob(demoData, "testdata/demo/"+string(kind)+"*.csv")
	for _, name := range names {
		out = append(out, intake.File{Name: path.Base(name), Open: func() (io.ReadCloser, error) {
			text, err := demoData.ReadFile(name)
			return io.NopCloser(strings.NewReader(fromNow(string(text), now))), err
		}})
	}
	return out, err
}

// fromNow replaces {hour+3} and {day-1} by the time that they stand for.
func fromNow(text string, now time.Time) string {
	return regexp.MustCompile(`\{(hour|day)([+-]\d+)\}`).ReplaceAllStringFunc(text,
		func(mark string) string {
			unit, number := mark[1:len(mark)-1], ""
			if i := strings.IndexAny(unit, "+-"); i > 0 {
				unit, number = unit[:i], unit[i:]
			}
			n, _ := strconv.Atoi(number) // the expression let nothing else through
			if unit == "day" {
				return now.AddDate(0, 0, n).Format(time.DateOnly)
			}
			return now.Add(time.Duration(n) * time.Hour).Format("2006-01-02 15:04")
		})
}

// demoKeys has Tab scan what the screen asks for, and Shift+Tab what it refuses.
// F10 ends the demonstration; a station at work has no such key.
func (st *station) demoKeys(m tea.Model, msg tea.Msg) tea.Msg {
	key, pressed := msg.(tea.KeyMsg)
	app, ok := m.(*tui.App)
	if !pressed || !ok {
		return msg
	}
	label, wrong := app.Asks()
	switch key.Type {
	case tea.KeyTab:
	case tea.KeyShiftTab:
		label = wrong
	case tea.KeyF10:
		return tea.QuitMsg{}
	default:
		return msg
	}
	scan, ok := st.reader("replay", "demo").Frame(scanner.Frame{Raw: []byte(label)})
	if !ok {
		return nil
	}
	return tui.ScanMsg(scan)
}

// smaller has the program use no more of the window than size, WxH.
func (c *console) smaller(size string) (filter, error) {
	most := tea.WindowSizeMsg{}
	if n, _ := fmt.Sscanf(size, "%dx%d", &most.Width, &most.Height); size != "" &&
		(n != 2 || most.Width <= 0 || most.Height <= 0) {
		return nil, complaint(c.words().NoSize(size))
	}
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		if s, ok := msg.(tea.WindowSizeMsg); ok && size != "" {
			s.Width, s.Height = min(s.Width, most.Width), min(s.Height, most.Height)
			return s
		}
		return msg
	}, nil
}
