package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"scanbay/store"
	"scanbay/store/sqlite"
)

type backupCmd struct {
	DB     string `default:"scanbay.db" placeholder:"FILE" help:"Database (${default})."`
	To     string `arg:"" help:"The backup, a new file."`
	Verify bool   `help:"Fold its log again and compare; central is told that it is safe."`
}

// Run writes a whole copy, of which every page was read. With --verify what it says is
// checked too: central then knows which facts are safe there.
func (b backupCmd) Run(ctx context.Context, c *console) error {
	if err := sqlite.Backup(ctx, b.DB, b.To); err != nil {
		return err
	}
	if b.Verify {
		if err := b.verify(ctx, c); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(c.Out, c.words().BackedUp(b.To))
	return err
}

func (b backupCmd) verify(ctx context.Context, c *console) (err error) {
	s, err := look(ctx, b.To, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	v := verifyCmd{Files: []string{b.To}}
	wrong, err := v.one(ctx, c, s)
	if err != nil {
		return err
	}
	if wrong > 0 {
		return complaint(c.words().NotRight(b.To, wrong))
	}
	if !s.Identity().Central {
		return nil
	}
	at, err := store.Get(ctx, s, (*store.Reader).Cursor)
	if err != nil {
		return err
	}
	return b.tell(ctx, c, s.Identity().Warehouse, at)
}

// tell tells central up to where its facts are safe: the server, or else its database.
func (b backupCmd) tell(ctx context.Context, c *console, wh store.WarehouseID,
	at store.Cursor) error {
	ask, err := json.Marshal(adminAsk{Warehouse: string(wh), Do: "backed", Backed: at})
	if err != nil {
		return err
	}
	var said adminSaid
	err = centralAt{Admin: b.DB + ".admin", Warehouse: string(wh)}.post(ctx, c, adminPath,
		"application/json", bytes.NewReader(ask), &said)
	if err == nil {
		return nil
	}
	db, openErr := sqlite.Open(ctx, b.DB)
	if openErr != nil {
		return err // the server has it open, and does not answer
	}
	s, err := store.New(ctx, db, newBoot(), c.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.Backed(ctx, at), s.Close())
}
