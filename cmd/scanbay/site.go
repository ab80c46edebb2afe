package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
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
	if _, err := os.Stat(s.DB); errors.Is(err, fs.ErrNotExist) {
		if err := nameable(s.Warehouse, s.Station); err != nil {
			return nil, nil, err
		}
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

// establish says for whom a new database is. Names are capitals: central has them so.
func (s site) establish(ctx context.Context, db *store.DB, now func() time.Time) (
	*store.Store, error) {
	id := store.Identity{Warehouse: store.WarehouseID(strings.ToUpper(s.Warehouse)), Epoch: 1,
		Author: store.StationID(strings.ToUpper(s.Station)), Prefix: twoCharacters(s.Station),
		Zone: s.Zone, Authority: true}
	if err := store.Establish(ctx, db, id); err != nil {
		return nil, err
	}
	return store.New(ctx, db, newBoot(), now)
}

// A badName is what no warehouse and no station can be called.
type badName string

func (n badName) Error() string { return "no name: " + string(n) }

// nameable refuses such names, however they are typed.
func nameable(names ...string) error {
	for _, name := range names {
		if !stationName.MatchString(strings.ToUpper(name)) {
			return badName(name)
		}
	}
	return nil
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
