package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/storetest"
)

// A bay is a database with one long slip: tea from one bin, piece by piece.
type bay struct {
	db   string
	slip store.SlipID
}

const (
	bayBin  = "A-01-01"
	bayTote = "T-01"
	bayPIN  = "1234"

	bayPieces = 5000
)

// newBay stocks a database, and closes it.
func newBay(t testing.TB) bay { return bayOf(t, bayPieces) }

// bayOf is a bay where so many pieces are ordered, and more is known.
func bayOf(t testing.TB, pieces int, known ...store.Event) bay {
	t.Helper()
	ctx := context.Background()
	b := bay{db: filepath.Join(t.TempDir(), "bay.db")}
	s, key, err := site{DB: b.db, Warehouse: "W1", Station: "S1", Zone: "Asia/Shanghai"}.
		open(ctx, time.Now)
	must(t, err)
	must(t, s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		for _, e := range append(append(storetest.Warehouse(), known...),
			storetest.Has(bayBin, "TEA-500", bayPieces),
			storetest.Ordered("1", "TEA-500", pieces)) {
			if err := tx.Record(e); err != nil {
				return err
			}
		}
		_, err := key.SetPIN(tx, "101", bayPIN)
		return err
	}))
	must(t, order.Plan(ctx, s))
	jobs, err := store.Get(ctx, s, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(1)
	})
	must(t, err)
	must(t, s.Close())
	if len(jobs) != 1 {
		t.Fatalf("%d slips", len(jobs))
	}
	b.slip = jobs[0].Slip
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ownLabel is one of our own labels as its barcode reads.
func ownLabel(kind scanner.Kind, code string) string {
	return scanner.Encode(scanner.DefaultPrefix, kind, code)
}

// piece is the label of a piece of tea. No two read alike, so that none is taken for
// an echo, and each is found in the log.
func piece(tag string) string { return "]C101" + storetest.Tea + "91" + tag }
