package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/sqlite"
)

type verifyCmd struct {
	Files   []string `arg:"" name:"file" help:"Databases, backups; central's first, or its URL."`
	Head    []string `placeholder:"END" help:"Where a log once ended, as scanbay close printed it."`
	Journal string   `placeholder:"FILE" help:"Ids of answered scans, each to be in a log."`
}

// Run looks for what cannot be right in databases and between them, and changes nothing.
func (v verifyCmd) Run(ctx context.Context, c *console) (err error) {
	var all []*store.Store
	defer func() {
		for _, s := range all {
			err = errors.Join(err, s.Close())
		}
	}()
	heads, err := headsOf(c, v.Head)
	if err != nil {
		return err
	}
	wrong := 0
	for _, file := range v.Files {
		some, err := v.open(ctx, c, file)
		all = append(all, some...)
		if err != nil {
			return err
		}
	}
	for i, s := range all {
		n, err := v.one(ctx, c, s)
		if err != nil {
			return err
		}
		across, err := v.across(ctx, c, all, s)
		if err != nil {
			return err
		}
		kept, err := v.kept(ctx, c, s, heads)
		if err != nil {
			return err
		}
		apart, err := v.apart(ctx, c, all[:i], s)
		if err != nil {
			return err
		}
		wrong += n + across + kept + apart
	}
	scans, lost, err := v.journal(ctx, all)
	if err != nil {
		return err
	}
	for _, id := range lost {
		fmt.Fprintln(c.Out, c.words().ScanLost(id))
	}
	if v.Journal != "" && len(lost) == 0 {
		fmt.Fprintln(c.Out, c.words().ScansKept(scans))
	}
	if wrong += len(lost); wrong > 0 {
		return complaint(c.words().NotRight(strings.Join(v.Files, " "), wrong))
	}
	return nil
}

// open opens a database to look at: a store for each of its warehouses.
func (v verifyCmd) open(ctx context.Context, c *console, file string) (
	out []*store.Store, err error) {
	var db *store.DB
	if strings.HasPrefix(file, "postgres://") || strings.HasPrefix(file, "postgresql://") {
		db, err = postgres.Open(ctx, file)
	} else if err = sqlite.Check(ctx, file); err == nil {
		db, err = sqlite.OpenReadOnly(ctx, file)
	}
	if err != nil {
		return nil, err
	}
	if out, err = storesOf(ctx, db, c.Now); err != nil {
		err = errors.Join(err, db.Close())
	}
	return out, err
}

// across compares a station's database with central's of the same warehouse, and says how
// much is wrong.
func (v verifyCmd) across(ctx context.Context, c *console, all []*store.Store, s *store.Store) (
	wrong int, err error) {
	for _, central := range all {
		id := central.Identity()
		if !id.Central || central == s || id.Warehouse != s.Identity().Warehouse {
			continue
		}
		bad, err := store.Across(ctx, central, s)
		if err != nil {
			return wrong, err
		}
		for _, b := range bad {
			fmt.Fprintln(c.Out, b)
		}
		wrong += len(bad)
	}
	return wrong, nil
}

// kept compares the logs of a database with where they once ended.
func (v verifyCmd) kept(ctx context.Context, c *console, s *store.Store, heads []store.Head) (
	wrong int, err error) {
	bad, err := store.Kept(ctx, s, heads)
	for _, b := range bad {
		fmt.Fprintln(c.Out, b)
	}
	if err == nil && len(bad) == 0 && len(heads) > 0 {
		fmt.Fprintln(c.Out, c.words().HeadsKept(len(heads)))
	}
	return len(bad), err
}

// apart compares the logs of a database with those that were opened before it.
func (v verifyCmd) apart(ctx context.Context, c *console, before []*store.Store,
	s *store.Store) (wrong int, err error) {
	for _, o := range before {
		if o.Identity().Warehouse != s.Identity().Warehouse {
			continue
		}
		bad, err := store.Apart(ctx, o, s)
		if err != nil {
			return wrong, err
		}
		for _, b := range bad {
			fmt.Fprintln(c.Out, b)
		}
		wrong += len(bad)
	}
	return wrong, nil
}

// one verifies one database by itself, and says how much is wrong.
func (v verifyCmd) one(ctx context.Context, c *console, s *store.Store) (int, error) {
	events, bad, err := refold(ctx, s, c.Now)
	if err != nil {
		return 0, err
	}
	for _, b := range bad {
		fmt.Fprintln(c.Out, b)
	}
	if len(bad) == 0 {
		fmt.Fprintln(c.Out, c.words().Whole(events))
	}
	return len(bad), nil
}

// storesOf opens a store for each warehouse of a database.
func storesOf(ctx context.Context, db *store.DB, now func() time.Time) (
	out []*store.Store, err error) {
	ids, err := store.Identities(ctx, db)
	if err == nil && len(ids) == 0 {
		err = store.ErrNoIdentity
	}
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		s, err := store.Of(ctx, db, id.Warehouse, newBoot(), now)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// look opens a database of one warehouse to read, beside a station that may be working on it.
func look(ctx context.Context, path string, now func() time.Time) (*store.Store, error) {
	db, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	s, err := store.New(ctx, db, newBoot(), now)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// refold verifies s against what its log makes of an empty store.
func refold(ctx context.Context, s *store.Store, now func() time.Time) (
	events int64, bad []store.Violation, err error) {
	dir, err := os.MkdirTemp("", "scanbay-verify-")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	db, err := sqlite.Open(ctx, filepath.Join(dir, "fresh.db"))
	if err != nil {
		return 0, nil, err
	}
	if err := store.Establish(ctx, db, s.Identity()); err != nil {
		return 0, nil, err
	}
	fresh, err := store.New(ctx, db, newBoot(), now)
	if err != nil {
		return 0, nil, err
	}
	defer fresh.Close()
	if err := onBase(ctx, s, fresh, now); err != nil {
		return 0, nil, err
	}
	return store.Verify(ctx, s, fresh)
}

// onBase puts what a station began with into a fresh store: its log goes on from there.
func onBase(ctx context.Context, s, fresh *store.Store, now func() time.Time) error {
	based, err := store.Get(ctx, s, (*store.Reader).HasBase)
	if err != nil || !based {
		return err
	}
	base, err := look(ctx, baseFile(s.Path()), now)
	if err != nil {
		return err
	}
	return errors.Join(fresh.Seed(ctx, base), base.Close())
}

// journal looks for every scan of the journal in the logs.
func (v verifyCmd) journal(ctx context.Context, all []*store.Store) (
	scans int, lost []store.ScanID, err error) {
	if v.Journal == "" {
		return 0, nil, nil
	}
	f, err := os.Open(v.Journal)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, &store.Fault{Code: store.Missing, Path: v.Journal, Err: err}
	}
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		id := store.ScanID(strings.TrimSpace(lines.Text()))
		if id == "" {
			continue
		}
		scans++
		kept := false
		for _, s := range all {
			if kept = kept || err != nil; kept {
				break
			}
			kept, err = store.Get(ctx, s, func(r *store.Reader) (bool, error) {
				return r.AnsweredByAny(id)
			})
		}
		if err != nil {
			return scans, lost, err
		}
		if !kept {
			lost = append(lost, id)
		}
	}
	return scans, lost, lines.Err()
}
