package intake_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

const retail = "testdata/retail-2010-12-01.csv.gz"

// sold leaves out cancellations and corrections of the stock.
func sold(s intake.Sale) bool { return s.N > 0 && s.Price >= 0 }

// TestARealDay takes one day of a real wholesaler, with items and bins, and stock
// to serve most of it, plans it, and brings all that is there out of the door.
func TestARealDay(t *testing.T) {
	d := desk{storetest.Open(t, sqlite.Open, "S1")}
	d.Record(store.RuleSet{Rule: "complete", Active: true, Param: "lines"},
		store.RuleSet{Rule: "duplicate"})
	items, bins, stock := derived(t)
	d.take(intake.Items, items)
	d.take(intake.Bins, bins)
	d.take(intake.Stock, stock)

	r, err := intake.Load(context.Background(), d.Store, key, intake.Orders,
		[]intake.File{intake.OpenFile(retail)}, intake.Only(sold))
	d.Must(err)
	for _, p := range r.Files[0].Problems {
		t.Fatal(p)
	}
	equal(t, counts(r.Files[0]), "3108 rows: 136 taken, 0 same, 0 known, 27 skipped, before false")

	o := d.order("", "", "536365")
	equal(t, o.Customer, "17850")
	equal(t, len(o.Lines), 7)
	equal(t, o.Lines[0], store.OrderLine{Line: 1, Item: "85123A", N: 6, Price: 25500})

	d.Record(storetest.Warehouse()[4:]...) // the people
	d.Plan()
	held := d.ApproveHeld("900")
	slips := d.Through("101")
	t.Logf("%d of 136 orders held for stock, %d slips", held, slips)
	if held == 0 || held == 136 {
		t.Errorf("%d orders were held for stock", held)
	}
	states := map[store.OrderState]int{}
	for _, id := range storetest.Read(d.Site, func(r *store.Reader) ([]store.OrderID, error) {
		return r.OrdersIn(store.Confirmed)
	}) {
		states[storetest.Read(d.Site, func(r *store.Reader) (store.OrderState, error) {
			return r.OrderState(id)
		})]++
	}
	if states[store.Shipped] < 136-held || states[store.Shipped]+states[store.PartShipped]+
		states[store.Confirmed] != 136 {
		t.Errorf("orders end as %v", states)
	}
	d.Whole(sqlite.Open)
}

func TestWithoutOnlyTheReturnsOfARealDayAreProblems(t *testing.T) {
	d := open(t)
	r, err := intake.Load(context.Background(), d.Store, key, intake.Orders,
		[]intake.File{intake.OpenFile(retail)})
	d.Must(err)
	equal(t, len(r.Files[0].Problems), 27)
	equal(t, r.Files[0].Problems[0], intake.Problem{File: "retail-2010-12-01.csv.gz", Line: 143,
		Column: "Quantity", Value: "-1", Reason: intake.Negative, Want: "1"})
}

// derived are files of the items of the day, a bin for each, and enough in it.
func derived(t *testing.T) (items, bins, stock string) {
	f, err := os.Open(retail)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var i, b, s strings.Builder
	fmt.Fprintln(&i, "sku,name")
	fmt.Fprintln(&b, "货位,拣货顺序")
	fmt.Fprintln(&s, "bin,sku,qty")
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if sku := row[1]; !seen[sku] {
			seen[sku] = true
			fmt.Fprintf(&i, "%s,%q\n", sku, "the "+strings.ReplaceAll(row[2], `"`, ""))
			fmt.Fprintf(&b, "R-%04d,%d\n", len(seen), len(seen))
			n := 10_000
			if len(seen)%20 == 0 {
				n = 10 // every twentieth runs short
			}
			fmt.Fprintf(&s, "R-%04d,%s,%d\n", len(seen), sku, n)
		}
	}
	return i.String(), b.String(), s.String()
}

func BenchmarkItems(b *testing.B) {
	var text strings.Builder
	fmt.Fprintln(&text, "商品编码,名称,规格,类目,单价,商品条码,重量")
	for i := range 100_000 {
		fmt.Fprintf(&text, "SKU-%06d,商品名称 %d,红色 XL,服装,%d.50,,%d\n", i, i, i%1000, i%5000)
	}
	for b.Loop() {
		d := open(b)
		r := d.take(intake.Items, text.String())
		equal(b, r.Taken, int64(100_000))
	}
}
