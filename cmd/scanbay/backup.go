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
	db, err := sqlite.OpenReadOnly(ctx, b.To)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	all, err := storesOf(ctx, db, c.Now)
	if err != nil {
		return err
	}
	wrong := 0
	for _, s := range all {
		n, err := verifyCmd{}.one(ctx, c, s)
		if err != nil {
			return err
		}
		wrong += n
	}
	if wrong > 0 {
		return complaint(c.words().NotRight(b.To, wrong))
	}
	for _, s := range all {
		if !s.Identity().Central {
			continue
		}
		at, err := store.Get(ctx, s, (*store.Reader).Cursor)
		if err != nil {
			return err
		}
		if err := b.tell(ctx, c, s.Identity().Warehouse, at); err != nil {
			return err
		}
	}
	return nil
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
	s, err := store.Of(ctx, db, wh, newBoot(), c.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.Backed(ctx, at), s.Close())
}
