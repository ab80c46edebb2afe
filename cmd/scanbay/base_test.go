package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"scanbay/store"
)

// TestASnapshotIsKeptByWhoBeganWithIt: the one before is there until the station has begun
// anew, whenever it is killed.
func TestASnapshotIsKeptByWhoBeganWithIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bay.db")
	st := &station{console: &console{Now: time.Now}, store: openBay(t, path)}
	defer func() { must(t, st.store.Close()) }()
	kept, part := baseFile(path), baseFile(path)+".part"
	must(t, os.WriteFile(kept, []byte("before"), 0o600))
	packed := snapshotFor(t, st.store, 2)
	isKept := func(when string, want bool) {
		t.Helper()
		if got := readFile(t, kept) != "before"; got != want {
			t.Errorf("%s: kept %v, want %v", when, got, want)
		}
		if _, err := os.Stat(part); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: it is there twice", when)
		}
	}
	must(t, os.WriteFile(part, []byte("cut short"), 0o600))
	must(t, st.keepBase(t.Context()))
	isKept("killed while it was written", false)
	must(t, unpack(packed, part))
	must(t, st.keepBase(t.Context()))
	isKept("killed before the station began", false)
	from, err := st.base(t.Context(), packed)
	must(t, errors.Join(err, from.Close()))
	isKept("the station could not begin", false)
	from, err = st.base(t.Context(), packed)
	must(t, err)
	must(t, st.store.Rebase(t.Context(), from, 2, 0, func(p store.PIN) store.PIN { return p }))
	must(t, from.Close())
	isKept("it began", true)
	must(t, os.Rename(kept, part))
	must(t, os.WriteFile(kept, []byte("before"), 0o600))
	must(t, st.keepBase(t.Context()))
	isKept("killed after it began", true)
}

// snapshotFor is a snapshot by which the station of s has an epoch.
func snapshotFor(t *testing.T, s *store.Store, epoch int64) []byte {
	t.Helper()
	id := s.Identity()
	must(t, s.WriteMany(t.Context(), store.Gesture{}, func(tx *store.Tx) error {
		return tx.Record(store.StationEnrolled{Station: store.Station{ID: id.Author,
			Prefix: id.Prefix, Epoch: epoch, Key: []byte{1}, Active: true}})
	}))
	plain := filepath.Join(t.TempDir(), "plain")
	must(t, snapshot(t.Context(), s, plain, time.Now))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(readFile(t, plain)))
	must(t, errors.Join(err, z.Close()))
	return packed.Bytes()
}
