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
	"scanbay/store/sqlite"
)

type verifyCmd struct {
	File    string `arg:"" help:"Database, or a backup of one."`
	Journal string `placeholder:"FILE" help:"Ids of answered scans, each to be in the log."`
}

// Run looks for what cannot be right in a database, and changes nothing in it.
func (v verifyCmd) Run(ctx context.Context, c *console) error {
	if err := sqlite.Check(ctx, v.File); err != nil {
		return err
	}
	s, err := look(ctx, v.File, c.Now)
	if err != nil {
		return err
	}
	defer s.Close()
	events, bad, err := refold(ctx, s, c.Now)
	if err != nil {
		return err
	}
	for _, b := range bad {
		fmt.Fprintln(c.Out, b)
	}
	if len(bad) == 0 {
		fmt.Fprintln(c.Out, c.words().Whole(events))
	}
	scans, lost, err := v.journal(ctx, s)
	if err != nil {
		return err
	}
	for _, id := range lost {
		fmt.Fprintln(c.Out, c.words().ScanLost(id))
	}
	if v.Journal != "" && len(lost) == 0 {
		fmt.Fprintln(c.Out, c.words().ScansKept(scans))
	}
	if n := len(bad) + len(lost); n > 0 {
		return complaint(c.words().NotRight(v.File, n))
	}
	return nil
}

// look opens a database to read, beside a station that may be working on it.
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
	return store.Verify(ctx, s, fresh)
}

// journal looks for every scan of the journal in the log.
func (v verifyCmd) journal(ctx context.Context, s *store.Store) (
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
	err = s.Read(ctx, func(r *store.Reader) error {
		for lines.Scan() {
			id := store.ScanID(strings.TrimSpace(lines.Text()))
			if id == "" {
				continue
			}
			scans++
			kept, err := r.Answered(id)
			if err != nil {
				return err
			}
			if !kept {
				lost = append(lost, id)
			}
		}
		return lines.Err()
	})
	return scans, lost, err
}
