package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/klauspost/compress/gzip"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/sqlite"
	"scanbay/sync/agent"
	"scanbay/sync/wire"
)

// stationName is what a station or a warehouse may be called.
var stationName = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{0,15}$`)

// A link is how a station finds central, and proves that it is itself. It lies beside the
// database, and in no backup: a copy of the database is no station.
type link struct {
	URL     string          `json:"url"`
	Pin     pin             `json:"pin"`
	Station store.StationID `json:"station"`
	Key     []byte          `json:"key"` // the seed of its private key, Ed25519
	private ed25519.PrivateKey
}

func linkFile(db string) string { return db + ".central" }

// readLink reads a database's link; a nil one where the station stands alone.
func readLink(db string) (*link, error) {
	text, err := os.ReadFile(linkFile(db))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var l link
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	if err == nil && len(l.Key) != ed25519.SeedSize {
		err = errors.New("not a key")
	}
	if err != nil {
		return nil, &store.Fault{Code: store.Damaged, Path: linkFile(db), Err: err}
	}
	l.private = ed25519.NewKeyFromSeed(l.Key)
	return &l, nil
}

type enrollCmd struct {
	URL  string `arg:"" help:"Where central is, such as https://central:8443."`
	Code string `arg:"" help:"The code that \"scanbay stations add\" gave, good for ten minutes."`
	DB   string `default:"scanbay.db" placeholder:"FILE" help:"Database (${default})."`
}

// Run takes this computer into a warehouse: with a database of central's to begin with,
// or with the one that central took over.
func (e enrollCmd) Run(ctx context.Context, c *console) error {
	if err := encrypted(c, e.URL); err != nil {
		return err
	}
	l := &link{URL: strings.TrimSuffix(e.URL, "/")}
	parts := strings.SplitN(e.Code, ".", 3)
	if len(parts) < 2 {
		return complaint(c.words().BadCode())
	}
	if len(parts) == 3 {
		l.Pin = pin(strings.ToUpper(strings.ReplaceAll(parts[2], "-", "")))
	}
	here, err := e.here(ctx, c)
	if err != nil {
		return err
	}
	if here != nil && !strings.EqualFold(parts[0], string(here.Warehouse)) {
		return complaint(c.words().OtherWarehouse(e.DB, string(here.Warehouse), parts[0]))
	}
	var public ed25519.PublicKey
	if public, l.private, err = ed25519.GenerateKey(rand.Reader); err != nil {
		return err
	}
	l.Key = l.private.Seed()
	line := l.Pin.transport()
	defer line.CloseIdleConnections()
	given, err := agent.Enrol(ctx, line, l.URL, parts[0]+"."+parts[1], public)
	var problem *wire.Problem
	switch {
	case errors.As(err, &problem) && problem.Code == wire.BadCode:
		return complaint(c.words().BadCode())
	case err != nil:
		return complaint(c.words().NoCentral(l.URL, err.Error()))
	case here != nil && (here.Warehouse != given.Warehouse || here.Author != given.Station):
		return complaint(c.words().OtherStation(e.DB, string(here.Author), string(given.Station)))
	}
	l.Station = given.Station
	if here == nil {
		if err := e.begin(ctx, c, l, given); err != nil {
			return err
		}
	}
	if err := writeSecret(linkFile(e.DB), l); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.Out, c.words().Enrolled(string(given.Station), string(given.Warehouse),
		e.DB))
	return err
}

// here is for whom the database records that is there; nil where there is none.
func (e enrollCmd) here(ctx context.Context, c *console) (*store.Identity, error) {
	if _, err := os.Stat(e.DB); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	s, err := look(ctx, e.DB, c.Now)
	if err != nil {
		return nil, err
	}
	id := s.Identity()
	if err := s.Close(); err != nil {
		return nil, err
	}
	if id.Authority {
		return nil, complaint(c.words().StandsAlone(e.DB))
	}
	return &id, nil
}

// begin puts a database of central's in place. It is not there before it is whole.
func (e enrollCmd) begin(ctx context.Context, c *console, l *link, given wire.EnrolAnswer) error {
	part := e.DB + ".part"
	for _, name := range besides(part) {
		if err := os.RemoveAll(name); err != nil {
			return &store.Fault{Code: store.ReadOnly, Path: part, Err: err}
		}
	}
	line := l.Pin.transport()
	defer line.CloseIdleConnections()
	packed, err := agent.Snapshot(ctx, agent.Config{URL: l.URL, Key: l.private, Line: line,
		Now: c.Now}, given)
	if err != nil {
		return complaint(c.words().NoCentral(l.URL, err.Error()))
	}
	key, err := access.DeviceKey(keyFile(e.DB))
	if err != nil {
		return err
	}
	if err := unpack(packed, part); err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, part)
	if err != nil {
		return err
	}
	if err := errors.Join(store.Join(ctx, db, store.Identity{Warehouse: given.Warehouse,
		Author: given.Station, Prefix: given.Prefix, Epoch: given.Epoch}),
		sealPINs(ctx, db, key, c.Now), os.RemoveAll(part+".lock")); err != nil {
		return err
	}
	if err := unpack(packed, baseFile(e.DB)); err != nil {
		return err
	}
	if err := os.Rename(part, e.DB); err != nil {
		return &store.Fault{Code: store.ReadOnly, Path: e.DB, Err: err}
	}
	return nil
}

// sealPINs seals with this device's key what central keeps of PINs, and closes the
// database.
func sealPINs(ctx context.Context, db *store.DB, key access.Key, now func() time.Time) error {
	s, err := store.New(ctx, db, newBoot(), now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		pins, err := tx.PINs()
		for _, p := range pins {
			if err == nil {
				err = tx.SetPIN(key.Seal(p))
			}
		}
		return err
	}), s.Close())
}

// unpack writes what was compressed to a file, and to the disk.
func unpack(packed []byte, path string) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	_, err = io.Copy(f, z)
	return errors.Join(err, f.Sync(), f.Close())
}

// encrypted refuses a line that others can read, but within this computer.
func encrypted(c *console, at string) error {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return complaint(c.words().NoURL(at))
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && u.Hostname() != "localhost" &&
		(ip == nil || !ip.IsLoopback()) {
		return complaint(c.words().PlainOutside(at))
	}
	return nil
}
