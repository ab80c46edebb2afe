//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/central"
	"scanbay/tui/i18n"
)

// beginRows are so many items that a fresh station begins with.
const beginRows = 100_000

// BenchmarkBegin prints how long a fresh station takes from its code until it works: with
// the snapshot that central makes as soon as the code is given, and how long that takes.
func BenchmarkBegin(b *testing.B) {
	for name, open := range engines(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				hub := storetest.OpenAs(b, open, storetest.Central, true)
				hub.Record(storetest.Warehouse()...)
				for i := 0; i < beginRows; i += siteBatch {
					var items []store.Event
					for n := i; n < i+siteBatch; n++ {
						items = append(items, store.ItemSaved{Item: store.Item{SKU: itemNo(n),
							Name: fmt.Sprint("商品 ", n), Active: true, Barcodes: []store.Barcode{
								{Code: fmt.Sprintf("0690%010d", n), N: 1}}}})
					}
					hub.Record(items...)
				}
				c := benchCentral(b, hub.Store)
				made, fresh := c.begin(b)
				b.ReportMetric(made.Seconds(), "snapshot-s")
				b.ReportMetric(fresh.Seconds(), "fresh-station-s(≤3)")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// begin makes a code, enrols a station as soon as the snapshot is there that it begins
// with, and looks the last item up in it.
func (c *benched) begin(b *testing.B) (made, fresh time.Duration) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go c.central.Run(ctx)
	code, err := central.NewCode(ctx, c.hub, "S1", "ABCDEFGHJKLMNPQR")
	must(b, err)
	start := time.Now()
	c.central.Expect(c.hub.Identity().Warehouse)
	for there := false; !there; time.Sleep(10 * time.Millisecond) { // as a person types
		files, err := filepath.Glob(filepath.Join(c.folder, "*.snapshot.gz"))
		must(b, err)
		there = len(files) > 0
	}
	made = time.Since(start)
	path := filepath.Join(b.TempDir(), "bay.db")
	start = time.Now()
	must(b, enrollCmd{URL: c.URL, Code: code, DB: path}.Run(ctx,
		&console{Out: io.Discard, Now: time.Now, Text: i18n.English{}}))
	s, _, err := site{DB: path}.open(ctx, time.Now)
	must(b, err)
	item, err := store.Get(ctx, s, func(r *store.Reader) (store.Item, error) {
		return r.Item(itemNo(beginRows - 1))
	})
	fresh = time.Since(start)
	must(b, err)
	if item.SKU != itemNo(beginRows-1) {
		b.Error("the station does not know ", itemNo(beginRows-1))
	}
	must(b, s.Close())
	return made, fresh
}
