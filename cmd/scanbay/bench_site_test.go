//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// A large site, as BenchmarkStart opens it.
const (
	siteItems  = 100_000
	siteBins   = 50_000
	siteSlips  = 10_000
	siteEvents = 1_000_000

	siteBatch = 10_000 // facts a transaction
)

// BenchmarkStart prints what a large site costs: how long a station takes to its
// first screen, on a terminal that answers no query, the memory that it then holds,
// and a pick there against one in an empty store.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		db := largeSite(b)
		var first []time.Duration
		resident := 0
		for range 5 {
			d := sit(b, 80, 24, "--lang=en", "station", "--db", db)
			d.shows(says.SignInBadge())
			d.signIn("101", bayPIN)
			d.shows(fmt.Sprintf("%4d", 200))
			first = append(first, d.first)
			resident = max(resident, residentMB(b, d.cmd.Process.Pid))
			_ = d.end(syscall.SIGTERM)
		}
		b.ReportMetric(ms(p50(first)), "first-screen-ms(≤120)")
		b.ReportMetric(float64(resident), "resident-MB(≤64)")
		b.ReportMetric(ratio(b, db), "pick-large/empty(≤1.3)")
	}
	b.ReportMetric(0, "ns/op")
}

// largeSite is the file of a site with all that is named above.
func largeSite(b *testing.B) string {
	b.Helper()
	b.StopTimer()
	defer b.StartTimer()
	path := filepath.Join(b.TempDir(), "site.db")
	s, key, err := site{DB: path, Warehouse: "W1", Station: "S1", Zone: "Asia/Shanghai"}.
		open(context.Background(), time.Now)
	must(b, err)
	var batch []store.Event
	flush := func() {
		must(b, s.WriteMany(context.Background(), store.Gesture{}, func(tx *store.Tx) error {
			for _, e := range batch {
				if err := tx.Record(e); err != nil {
					return err
				}
			}
			_, err := key.SetPIN(tx, "101", bayPIN)
			return err
		}))
		batch = batch[:0]
	}
	add := func(e store.Event) {
		if batch = append(batch, e); len(batch) == siteBatch {
			flush()
		}
	}
	for _, e := range storetest.Warehouse() {
		add(e)
	}
	for i := range siteItems {
		add(store.ItemSaved{Item: store.Item{SKU: itemNo(i), Name: fmt.Sprint("商品 ", i),
			Active: true, Barcodes: []store.Barcode{{Code: fmt.Sprintf("0690%010d", i), N: 1}}}})
	}
	for i := range siteBins {
		code := fmt.Sprintf("R-%02d-%04d", i%50, i/50)
		add(store.PlaceSaved{Bin: store.Bin{Place: store.InBin(code), Use: store.PickUse, Zone: "R",
			Walk: int64(i), Active: true}})
		add(storetest.Has(code, itemNo(i), 1000))
	}
	for i := range siteSlips {
		add(storetest.Ordered(store.OrderID(fmt.Sprint("L", i)), string(itemNo(i*3)), 2,
			string(itemNo(i*3+1)), 1, string(itemNo(i*3+2)), 1))
	}
	flush()
	must(b, order.Plan(context.Background(), s))
	rev, err := store.Get(context.Background(), s, (*store.Reader).Revision)
	must(b, err)
	for i := rev; i < siteEvents; i++ {
		add(store.ScanNoted{About: fmt.Sprint("past ", i), Text: "a scan of last year"})
	}
	flush()
	must(b, s.Close())
	return path
}

func itemNo(i int) store.SKU { return store.SKU(fmt.Sprintf("ITEM-%06d", i)) }

// residentMB is the memory that a process holds.
func residentMB(b *testing.B, pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(b, err)
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	must(b, err)
	return n / 1024
}

// ratio is what a pick costs at the site against one in a store with nothing else in
// it. The two take turns.
func ratio(b *testing.B, path string) float64 {
	large := storetest.Open(b, func(ctx context.Context, _ string) (*store.DB, error) {
		return sqlite.Open(ctx, path)
	}, "S1")
	empty, id := bigSlip(b)
	large.Record(storetest.Has("A-01-01", "TEA-500", 1e6), storetest.Has("B-07-01", "CUP-02", 9),
		storetest.Ordered("big", "TEA-500", 100_000, "CUP-02", 1))
	large.Plan()
	slips := storetest.Read(large, func(r *store.Reader) ([]store.SlipID, error) {
		return r.LiveSlips("big")
	})
	begin(large, slips[0])
	at, beside := picker(large, slips[0]), picker(empty, id)
	var big, small []time.Duration
	for range benchScans {
		big, small = append(big, at()), append(small, beside())
	}
	return us(p50(big)) / us(p50(small))
}

// BenchmarkBytes prints what a scan sends to the terminal, which may hang on a slow
// line: half of the scans send no more.
func BenchmarkBytes(b *testing.B) {
	for b.Loop() {
		for _, size := range []struct{ w, h, most int }{{20, 16, 140}, {80, 24, 350}} {
			gun := filepath.Join(b.TempDir(), "gun")
			bay, cable := newBay(b), plug(b, gun)
			d := sit(b, size.w, size.h, "--lang=zh", "station", "--db", bay.db, "--serial", gun)
			d.shows("请扫工牌")
			d.signIn("101", bayPIN)
			for _, label := range []string{ownLabel(scanner.SlipLabel, string(bay.slip)),
				ownLabel(scanner.ToteLabel, bayTote), ownLabel(scanner.BinLabel, bayBin)} {
				before := d.sent()
				cable.scan(label)
				d.until("an answer", func(string) bool { return d.bytes > before })
				time.Sleep(50 * time.Millisecond) // the frame may come in two pieces
			}
			var sent []int
			for n := range lineScans {
				before := d.sent()
				cable.scan(piece(fmt.Sprint(n)))
				d.shows(fmt.Sprintf("已拣 %d", n+1))
				time.Sleep(20 * time.Millisecond) // and so may this one
				sent = append(sent, d.sent()-before)
			}
			slices.Sort(sent)
			b.ReportMetric(float64(sent[len(sent)/2]),
				fmt.Sprintf("bytes-a-scan-%dx%d(≤%d)", size.w, size.h, size.most))
		}
	}
	b.ReportMetric(0, "ns/op")
}
