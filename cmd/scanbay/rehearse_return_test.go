package main

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/intake"
)

// backAndForth writes what some customers of December bought and sent back, who are few and
// sent back much: what they had bought then, too much of it, and what they had bought before.
func backAndForth(t *testing.T) (path string) {
	t.Helper()
	customers := strings.Fields("15502 17924 14898 14829 13599 14299 13798 14680")
	f, err := os.Open(december)
	must(t, err)
	defer f.Close()
	plain, err := gzip.NewReader(f)
	must(t, err)
	rows, err := csv.NewReader(plain).ReadAll()
	must(t, err)
	who := slices.Index(rows[0], "CustomerID")
	rows = slices.DeleteFunc(rows, func(row []string) bool {
		return row[who] != rows[0][who] && !slices.Contains(customers, row[who])
	})
	path = filepath.Join(t.TempDir(), "orders.csv")
	out, err := os.Create(path)
	must(t, err)
	must(t, csv.NewWriter(out).WriteAll(rows))
	must(t, out.Close())
	return path
}

// TestARehearsalOfRealReturns: people who err take back what real customers sent back, look
// at it and put it away, and nothing is wrong afterwards.
func TestARehearsalOfRealReturns(t *testing.T) {
	f, said, code := rehearsedOf(t, backAndForth(t), "--returns", "--operators=2", "--errors=5%",
		"--seed=3")
	if code != 0 || f.Violations != 0 || said != "" {
		t.Fatalf("%d, %d violations:\n%s", code, f.Violations, said)
	}
	for name, n := range map[string]int{"returns": f.Returns, "unannounced": f.Unannounced,
		"parcels": f.Parcels, "put aside": int(f.Aside), "handed back": int(f.HandedBack),
		"strays": int(f.Strays), "restocked": int(f.Restocked),
		"not restocked": int(f.NotRestocked), "refunds": f.Refunds, "refunded": int(f.Refunded)} {
		if n == 0 {
			t.Errorf("no %s", name)
		}
	}
	for _, c := range []store.Code{store.NotOrdered, store.OverSent, store.NotFound} {
		if f.Refusals[string(c)] == 0 {
			t.Errorf("nothing was refused with %s", c)
		}
	}
	if f.Inspected != f.Received || f.Restocked+f.NotRestocked != f.Received {
		t.Errorf("%+v", f.backFigures)
	}
	t.Logf("%+v in %.1f s", f.backFigures, f.Seconds)
}

// TestReturnsSeeWhatIsWrong: a check that finds nothing must be able to.
func TestReturnsSeeWhatIsWrong(t *testing.T) {
	ctx := context.Background()
	r := &rehearsal{rehearseCmd: rehearseCmd{Files: []string{backAndForth(t)}, Operators: 1,
		Share: 1, Returns: true}, ids: scanner.NewIDs("test"),
		console: &console{Now: time.Now, Out: t.Output(), Err: t.Output()}}
	r.Text = languageOf(1)
	must(t, r.read())
	closing, err := r.open(ctx)
	must(t, err)
	defer func() { must(t, closing()) }()
	must(t, r.layOut(ctx, r.key))
	must(t, r.work(ctx))
	must(t, r.returnsAct(ctx))
	tally, err := countLog(ctx, r.store)
	must(t, err)
	wrongs := func() string {
		all, err := r.check(ctx, tally)
		must(t, err)
		return strings.Join(all, "\n")
	}
	if said := wrongs(); said != "" {
		t.Fatal(said)
	}
	var order store.OrderID
	for id := range tally.back.refunded {
		order = id
	}
	tally.back.refunded[order] += 1_000_000 * store.MoneyUnit
	for at, g := range tally.back.lines {
		if at.Order == order {
			g.received += 1_000_000
		}
	}
	r.floor.back.staged["85123A"]++
	r.floor.back.strays++
	tally.countBack(store.ReturnShelved{N: 1, Batch: store.Batch{Item: "85123A"}, As: store.Hold,
		To: store.InBin(r.floor.bins[0]), Of: []store.OriginN{{N: 1}}})
	must(t, r.store.Alter(ctx, `UPDATE return_stock SET grade = '', place = 'stage/returns', n = 7
		WHERE grade <> '' AND place LIKE 'bin/%'`))
	said := wrongs()
	for _, want := range []string{"came back of", "refunded of", "still lie on the returns stage",
		"pieces that nobody knows", "85123A, hold, lie in bin/", "wait to be inspected in stage",
		"received 0, inspected 0, put away 1", "put away, 0 graded so"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
}

// TestWhatComesBackIsMatched: a cancellation is of orders that came before it, of the same
// customer and item.
func TestWhatComesBackIsMatched(t *testing.T) {
	var b backRead
	row := func(order, item string, n store.Qty) intake.Sale {
		return intake.Sale{Order: order, Item: store.SKU(item), N: n}
	}
	b.sold("7", row("1", "22633", 4))
	b.sold("8", row("2", "22633", 4))
	b.sold("7", row("3", "22633", 1))
	b.cancelled("7", row("C4", "22633", -5))
	b.cancelled("7", row("C4", "POST", -1))
	b.cancelled("", row("C5", "22633", -1))
	b.sold("7", row("6", "22633", 9))
	if len(b.all) != 2 || len(b.all[0].lines) != 1 || b.all[0].lines[0].n != 5 ||
		!slices.Equal(b.all[0].lines[0].orders, []string{"1", "3"}) ||
		b.all[1].lines[0].orders != nil {
		t.Errorf("%+v %+v", b.all[0], b.all[1])
	}
}
