package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"scanbay/store"
	"scanbay/store/sqlite"
)

type restoreCmd struct {
	From string `arg:"" help:"The backup."`
	DB   string `default:"scanbay.db" placeholder:"FILE" help:"New database (${default})."`
}

// Run makes a database of a backup that is whole and that this program can read.
func (r restoreCmd) Run(ctx context.Context, c *console) error {
	for _, name := range besides(r.DB) {
		// An old log beside a new database would be taken for its own.
		if _, err := os.Stat(name); err == nil {
			c.complain(&store.Fault{Code: store.Exists, Path: name, Err: fs.ErrExist})
			return complaint(c.words().MoveAway(r.DB))
		}
	}
	if err := sqlite.Check(ctx, r.From); err != nil {
		return err
	}
	if err := r.readable(ctx, c); err != nil {
		return err
	}
	if err := sqlite.Backup(ctx, r.From, r.DB); err != nil {
		return err
	}
	fmt.Fprintln(c.Out, c.words().Restored(r.DB))
	if _, err := os.Stat(keyFile(r.DB)); errors.Is(err, fs.ErrNotExist) {
		// PINs are kept so that a copy of the database alone cannot be tried for them.
		fmt.Fprintln(c.Out, c.words().PINsAgain())
	}
	return nil
}

// readable says whether this program can go on with the backup.
func (r restoreCmd) readable(ctx context.Context, c *console) error {
	db, err := sqlite.OpenReadOnly(ctx, r.From)
	if err != nil {
		if store.FaultOf(err).Code == store.Older {
			return nil // the first station that opens it brings it forward
		}
		return err
	}
	_, err = storesOf(ctx, db, c.Now)
	return errors.Join(err, db.Close())
}

// besides are the files that SQLite takes for one database.
func besides(db string) []string { return []string{db, db + "-wal", db + "-shm", db + "-journal"} }
