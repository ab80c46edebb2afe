package main

import (
	"context"
	"fmt"

	"scanbay/store/sqlite"
)

type backupCmd struct {
	DB string `default:"scanbay.db" placeholder:"FILE" help:"Database (${default})."`
	To string `arg:"" help:"The backup, a new file."`
}

// Run writes a whole and checked copy.
func (b backupCmd) Run(ctx context.Context, c *console) error {
	if err := sqlite.Backup(ctx, b.DB, b.To); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Out, c.words().BackedUp(b.To))
	return err
}
