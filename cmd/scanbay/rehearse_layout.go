package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/order"
)

// The warehouse of a rehearsal is a rectangle: aisles with bays on both sides, and
// levels in each bay. The goods that are asked for most often lie nearest to the
// door, and are walked to in a serpentine.
const (
	baysAnAisle   = 20
	levelsABay    = 3
	binsAnAisle   = baysAnAisle * levelsABay
	aislesAZone   = 8
	twoBinsOneIn  = 20 // of so many items one, the most asked for, lies in two bins
	rehearsalPIN  = "4711"
	supervisorIs  = "900"
	firstOperator = 101
)

// passes are the rules of the review that hold in a rehearsal. The files of shops
// have no address, phone or payment.
var passes = map[order.Rule]string{
	order.Complete: "lines", order.Sellable: "", order.Duplicate: "", order.InStock: "",
}

// A shelf is where an item lies, in the bin of a code.
type shelf struct{ bin, sku string }

// A shelving is what lies where.
type shelving map[shelf]store.Qty

// bins are the codes of the bins.
func (s shelving) bins() (out []string) {
	for at := range s {
		out = append(out, at.bin)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A table is a file that is imported.
type table struct {
	strings.Builder
	*csv.Writer
}

func newTable(header ...string) *table {
	t := &table{}
	t.Writer = csv.NewWriter(&t.Builder)
	t.row(header...)
	return t
}

func (t *table) row(cells ...string) { _ = t.Writer.Write(cells) } // to memory

func (t *table) file(name string) intake.File {
	t.Flush()
	return intake.File{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(t.Builder.String())), nil
	}}
}

// layOut opens the warehouse: rules, people, items, bins, stock and orders, each as
// a site brings them.
func (r *rehearsal) layOut(ctx context.Context, key access.Key) error {
	err := r.store.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		for _, rule := range order.Rules() {
			param, holds := passes[rule]
			if err := tx.Record(store.RuleSet{Rule: string(rule), Active: store.Bit(holds),
				Param: param}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	stock, bins, shelves, err := r.stock()
	if err != nil {
		return err
	}
	r.floor = newFloor(r.demand, shelves, r.Operators)
	if r.Returns {
		for _, bin := range slices.Sorted(maps.Keys(heldBins())) {
			bins.row(bin, string(heldBins()[bin]), "", "", "", "", "")
			r.floor.back.outside = append(r.floor.back.outside, bin)
		}
	}
	for _, f := range []struct {
		kind  intake.Kind
		files []intake.File
	}{
		{intake.Operators, []intake.File{r.people().file("operators.csv")}},
		{intake.Items, []intake.File{r.items(shelves).file("items.csv")}},
		{intake.Bins, []intake.File{bins.file("bins.csv")}},
		{intake.Stock, []intake.File{stock}},
		{intake.Orders, openAll(r.Files)},
	} {
		report, err := intake.Load(ctx, r.store, key, f.kind, f.files,
			intake.Only(r.demand.keep))
		if err != nil {
			return err
		}
		if !report.OK() {
			printReport(r.console.Err, r.Text, report, false)
			return complaint(r.words().NotTaken([]string{string(f.kind)}))
		}
	}
	return order.Plan(ctx, r.store)
}

func openAll(paths []string) (out []intake.File) {
	for _, path := range paths {
		out = append(out, intake.OpenFile(path))
	}
	return out
}

// people are the supervisor and the operators, every second one English.
func (r *rehearsal) people() *table {
	t := newTable("number", "name", "roles", "pin", "language")
	t.row(supervisorIs, "supervisor", "supervisor", rehearsalPIN, "zh")
	t.row(approverIs, "manager", "supervisor", rehearsalPIN, "zh")
	for i := range r.Operators {
		roles := "picker packer"
		if r.Returns {
			roles += " receiver inspector"
		}
		if r.Counts {
			roles += " counter"
		}
		t.row(operatorNo(i), "P"+operatorNo(i), roles, rehearsalPIN,
			languageOf(i).Tag())
	}
	return t
}

func operatorNo(i int) string { return strconv.Itoa(firstOperator + i) }

func (r *rehearsal) items(shelves shelving) *table {
	t := newTable("sku", "name", "price", "case_gtin", "case_qty")
	known := map[string]bool{}
	for _, w := range r.demand.wares {
		known[w.sku] = true
		n := ""
		if w.caseN > 0 {
			n = w.caseN.String()
		}
		t.row(w.sku, w.name, w.price, w.caseOf, n)
	}
	for at := range shelves {
		if !known[at.sku] { // of a file of stock, and in no order
			known[at.sku] = true
			t.row(at.sku, at.sku, "", "", "")
		}
	}
	return t
}

// stock is what the warehouse opens with: a file's, or a share of the demand.
func (r *rehearsal) stock() (file intake.File, bins *table, shelves shelving, err error) {
	bins, shelves = newTable("bin", "kind", "zone", "aisle", "bay", "level", "walk"), shelving{}
	if r.Stock == "" {
		return r.share(bins, shelves).file("stock.csv"), bins, shelves, nil
	}
	file = intake.OpenFile(r.Stock)
	rows, err := readTable(file, intake.Stock)
	if err != nil {
		return file, nil, nil, err
	}
	for _, row := range rows {
		n, _ := strconv.ParseInt(row["qty"], 10, 64) // the import says what is wrong with it
		shelves[shelf{row["bin"], row["sku"]}] += store.Qty(n)
	}
	for i, bin := range shelves.bins() {
		bins.row(bin, "pick", "", "", "", "", strconv.Itoa(i+1))
	}
	return file, bins, shelves, nil
}

// share lays goods out by demand, with a share of it in the bins.
func (r *rehearsal) share(bins *table, shelves shelving) *table {
	stock := newTable("bin", "sku", "qty")
	place := func(w *ware, pieces store.Qty) {
		bin := binAt(len(shelves))
		bins.row(bin.cells()...)
		shelves[shelf{bin.code, w.sku}] = pieces
		if pieces > 0 {
			stock.row(bin.code, w.sku, pieces.String())
		}
	}
	for i, w := range r.demand.wares {
		pieces := store.Qty(math.Round(float64(w.pieces)*float64(r.Share))) + w.spare
		if i < len(r.demand.wares)/twoBinsOneIn {
			place(w, pieces/2)
			pieces -= pieces / 2
		}
		place(w, pieces)
	}
	return stock
}

// A spot is a bin of the rectangle.
type spot struct {
	code, zone        string
	aisle, bay, level int
	walk              int
}

// binAt is the i-th bin, counted from the door.
func binAt(i int) spot {
	s := spot{aisle: i/binsAnAisle + 1, bay: i%binsAnAisle/levelsABay + 1,
		level: i%levelsABay + 1}
	s.zone = string(rune('A' + min((s.aisle-1)/aislesAZone, 'Z'-'A')))
	along := s.bay
	if s.aisle%2 == 0 {
		along = baysAnAisle + 1 - s.bay // one comes back
	}
	s.walk = (s.aisle-1)*binsAnAisle + (along-1)*levelsABay + s.level
	s.code = fmt.Sprintf("%s-%02d-%02d-%d", s.zone, s.aisle, s.bay, s.level)
	return s
}

func (s spot) cells() []string {
	return []string{s.code, "pick", s.zone, fmt.Sprint(s.aisle), fmt.Sprint(s.bay),
		fmt.Sprint(s.level), fmt.Sprint(cmp.Or(s.walk, 1))}
}
