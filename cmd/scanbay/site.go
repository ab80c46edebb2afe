package main

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"
	_ "time/tzdata" // handhelds have none

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
)

// A site is the database that a command works on, and for whom a new one is.
type site struct {
	DB        string `default:"scanbay.db" placeholder:"FILE" help:"Database (${default})."`
	Warehouse string `default:"W1" help:"Warehouse, for a new database (${default})."`
	Station   string `default:"S1" help:"This station, for a new database (${default})."`
	Zone      string `default:"Asia/Shanghai" help:"Time zone, for a new database (${default})."`
}

// open opens the database for writing, and makes it where there is none. The key
// is this device's; it lies beside the database, and in no backup.
func (s site) open(ctx context.Context, now func() time.Time) (
	*store.Store, access.Key, error) {
	if _, err := time.LoadLocation(s.Zone); err != nil {
		return nil, nil, complaint(err.Error())
	}
	db, err := sqlite.Open(ctx, s.DB)
	if err != nil {
		return nil, nil, err
	}
	open, err := s.establish(ctx, db, now)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	key, err := access.DeviceKey(keyFile(s.DB))
	if err != nil {
		return nil, nil, errors.Join(err, open.Close())
	}
	return open, key, nil
}

func (s site) establish(ctx context.Context, db *store.DB, now func() time.Time) (
	*store.Store, error) {
	id := store.Identity{Warehouse: store.WarehouseID(s.Warehouse), Epoch: 1, Authority: true,
		Author: store.StationID(s.Station), Prefix: twoCharacters(s.Station), Zone: s.Zone}
	if err := store.Establish(ctx, db, id); err != nil {
		return nil, err
	}
	return store.New(ctx, db, newBoot(), now)
}

func keyFile(db string) string { return db + ".key" }

// newBoot is 60 random bits as text.
func newBoot() string { return rand.Text()[:12] }

// twoCharacters marks the numbers that a station mints itself: the last two
// letters or digits of its name.
func twoCharacters(station string) string {
	letters := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(station))
	letters = "00" + letters
	return letters[len(letters)-2:]
}
