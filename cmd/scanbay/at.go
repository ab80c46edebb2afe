package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/report"
	"scanbay/store/sqlite"
)

// A placeAt is the database that a command is about, and which of its warehouses.
type placeAt struct {
	DB        string `default:"scanbay.db" placeholder:"FILE|URL" help:"Database (${default})."`
	Warehouse string `help:"Of several that the database is of."`
}

// look does something with the warehouse beside who works on it, and closes it.
func (at placeAt) look(ctx context.Context, c *console, do func(*store.Store) error) error {
	return at.with(ctx, c, false, do)
}

// work does something to the warehouse, where nobody else works on it, and closes it.
func (at placeAt) work(ctx context.Context, c *console, do func(*store.Store) error) error {
	return at.with(ctx, c, true, do)
}

func (at placeAt) with(ctx context.Context, c *console, writes bool,
	do func(*store.Store) error) (err error) {
	all, err := at.open(ctx, c, writes)
	if err != nil {
		return err
	}
	defer func() {
		for _, s := range all {
			err = errors.Join(err, s.Close())
		}
	}()
	s, err := at.of(all, c)
	if err != nil {
		return err
	}
	return do(s)
}

// open opens the database: a store for each of its warehouses.
func (at placeAt) open(ctx context.Context, c *console, writes bool) (out []*store.Store,
	err error) {
	open := sqlite.OpenReadOnly
	switch {
	case strings.HasPrefix(at.DB, "postgres://") || strings.HasPrefix(at.DB, "postgresql://"):
		open = postgres.Open
	case writes:
		open = sqlite.Open
		if _, err := os.Stat(at.DB); errors.Is(err, fs.ErrNotExist) {
			return nil, &store.Fault{Code: store.Missing, Path: at.DB, Err: err}
		}
	}
	db, err := open(ctx, at.DB)
	if err != nil {
		return nil, err
	}
	if out, err = storesOf(ctx, db, c.Now); err != nil {
		err = errors.Join(err, db.Close())
	}
	return out, err
}

// of is the warehouse that is asked about.
func (at placeAt) of(all []*store.Store, c *console) (*store.Store, error) {
	if len(all) == 1 && at.Warehouse == "" {
		return all[0], nil
	}
	for _, s := range all {
		if strings.EqualFold(string(s.Identity().Warehouse), at.Warehouse) {
			return s, nil
		}
	}
	return nil, complaint(c.words().WhichWarehouse(at.Warehouse))
}

// days are those that a report is about.
type days struct {
	From string `placeholder:"DATE" help:"The first day; all if not given."`
	To   string `placeholder:"DATE" help:"The last day; today if not given."`
}

func (d days) span(c *console) (out report.Span, err error) {
	for _, d := range []struct {
		text string
		to   *store.Date
	}{{d.From, &out.From}, {d.To, &out.To}} {
		var ok bool
		if *d.to, ok = store.ParseDate(d.text); !ok && d.text != "" {
			return out, complaint(c.words().NoDay(d.text))
		}
	}
	if out.To != 0 && out.From > out.To {
		return out, complaint(c.words().NoDay(d.From + " > " + d.To))
	}
	return out, nil
}

// A sheet is the file that a report goes to; the terminal where none is given.
type sheet struct {
	CSV  string `name:"csv" placeholder:"FILE" xor:"to" help:"Write the table to FILE.csv."`
	XLSX string `name:"xlsx" placeholder:"FILE" xor:"to" help:"Write it all to FILE.xlsx."`
}

func (f sheet) path(c *console) (string, error) {
	path, ext := f.CSV, ".csv"
	if f.XLSX != "" {
		path, ext = f.XLSX, ".xlsx"
	}
	return path, named(c, path, ext)
}

// named complains of a file that is not called as what is written into it.
func named(c *console, path, ext string) error {
	if path != "" && !strings.EqualFold(filepath.Ext(path), ext) {
		return complaint(c.words().NoReport(path, ext))
	}
	return nil
}
