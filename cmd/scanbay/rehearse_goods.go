package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"scanbay/scanner/gs1"
	"scanbay/store"
	"scanbay/store/intake"
)

// stocked is what the codes of goods look like. The others, in files of shops, are
// postage, fees, samples and corrections: nobody finds them in a bin.
var stocked = regexp.MustCompile(`^[0-9]`)

// The reasons why a row of an order is nothing to be picked.
const (
	notStocked = "not_stocked" // POST, BANK CHARGES, M
	cancelled  = "cancelled"   // an invoice C…, or what came back
	adjusted   = "adjusted"    // a correction of the stock, on an ordinary invoice
	unpriced   = "unpriced"    // given away, or found
)

// leftOut is why a row is left out; empty for a sale.
func leftOut(s intake.Sale) string {
	switch {
	case strings.HasPrefix(s.Order, "C"):
		return cancelled
	case s.N <= 0:
		return adjusted
	case !stocked.MatchString(string(s.Item)):
		return notStocked
	case s.Price <= 0:
		return unpriced
	}
	return ""
}

// A ware is an item as the orders have it.
type ware struct {
	sku     string
	name    string
	price   string // the most frequent
	lines   int
	pieces  store.Qty
	names   map[string]int
	prices  map[string]int
	amounts map[store.Qty]int
	spare   store.Qty // that nobody asks for
	caseN   store.Qty // 0 for none
	caseOf  string    // its barcode
}

// A demand is what files of orders ask for.
type demand struct {
	wares      []*ware // the most asked for first
	orders     map[string]bool
	customers  map[string]bool // orders that have one
	skipped    map[string]int  // rows, by why they are left out
	lines      int
	pieces     store.Qty
	mostLines  int // of one order
	mostPieces store.Qty
	back       backRead
	gone       []vanished
}

// keep says whether a row is rehearsed.
func (d *demand) keep(s intake.Sale) bool { return leftOut(s) == "" && d.orders[s.Order] }

// readDemand reads files of orders, and of them the first n orders; all if n is 0.
func readDemand(paths []string, n int) (*demand, error) {
	d := &demand{orders: map[string]bool{}, customers: map[string]bool{},
		skipped: map[string]int{}}
	known, lines := map[string]*ware{}, map[string]int{}
	full := false // what is cancelled from here on is not of these orders
	for _, path := range paths {
		rows, err := readTable(intake.OpenFile(path), intake.Orders)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			s := saleOf(row)
			if why := leftOut(s); why != "" {
				d.skipped[why]++
				switch {
				case why == cancelled && !full:
					d.back.cancelled(row["customer"], s)
				case why == adjusted && !full:
					d.adjusts(row["name"], s)
				}
				continue
			}
			if n > 0 && len(d.orders) == n && !d.orders[s.Order] {
				full = true
				continue
			}
			d.orders[s.Order] = true
			d.back.sold(row["customer"], s)
			if row["customer"] != "" {
				d.customers[s.Order] = true
			}
			w := known[string(s.Item)]
			if w == nil {
				w = &ware{sku: string(s.Item), names: map[string]int{}, prices: map[string]int{},
					amounts: map[store.Qty]int{}}
				known[w.sku] = w
				d.wares = append(d.wares, w)
			}
			lines[s.Order]++
			d.lines, d.pieces = d.lines+1, d.pieces+s.N
			d.mostLines, d.mostPieces = max(d.mostLines, lines[s.Order]), max(d.mostPieces, s.N)
			w.add(row, s)
		}
	}
	for i, w := range d.wares {
		w.finish(i)
	}
	slices.SortStableFunc(d.wares, func(a, b *ware) int {
		return cmp.Or(cmp.Compare(b.lines, a.lines), cmp.Compare(a.sku, b.sku))
	})
	return d, nil
}

func saleOf(row map[string]string) intake.Sale {
	n, _ := strconv.ParseInt(row["qty"], 10, 64)
	price, _ := strconv.ParseFloat(row["price"], 64) // for its sign
	return intake.Sale{Order: row["order"], Item: store.SKU(row["sku"]), N: store.Qty(n),
		Price: store.Money(price * 10_000)}
}

func (w *ware) add(row map[string]string, s intake.Sale) {
	w.lines++
	w.pieces += s.N
	w.names[row["name"]]++
	w.prices[row["price"]]++
	w.amounts[s.N]++
}

// caseLeast is from how many pieces on an item comes in cases: those that most
// orders ask for.
const caseLeast = 6

func (w *ware) finish(i int) {
	delete(w.names, "")
	w.name = cmp.Or(most(w.names), w.sku)
	w.price = most(w.prices)
	if n := most(w.amounts); n >= caseLeast {
		digits := fmt.Sprintf("1%012d", i+1)
		check, _ := gs1.CheckDigit(digits) // there are thirteen
		w.caseN, w.caseOf = n, digits+string(check)
	}
}

// most is the key that is counted most often, the least of several.
func most[K cmp.Ordered](counts map[K]int) (out K) {
	best := 0
	for k, n := range counts {
		if n > best || n == best && k < out {
			out, best = k, n
		}
	}
	return out
}

// errNoTable is the name of a file that cannot be read as a table.
type errNoTable string

func (e errNoTable) Error() string { return string(e) + " is no table" }

// readTable reads a CSV, packed or not, as rows by our names of the columns.
func readTable(f intake.File, kind intake.Kind) (out []map[string]string, err error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	var plain io.Reader = bytes.NewReader(data)
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		if plain, err = gzip.NewReader(plain); err != nil {
			return nil, errNoTable(f.Name)
		}
	}
	r := csv.NewReader(plain)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, errNoTable(f.Name)
	}
	names, err := columnNames(rows[0], kind)
	if err != nil {
		return nil, err
	}
	for _, row := range rows[1:] {
		x := map[string]string{}
		for i, cell := range row[:min(len(row), len(names))] {
			if names[i] != "" {
				x[names[i]] = strings.TrimSpace(cell)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// columnNames are our names of the columns under a header; empty for a column that
// no import reads.
func columnNames(header []string, kind intake.Kind) ([]string, error) {
	columns, err := intake.Columns(kind)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(header))
	for i, h := range header {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		for _, c := range columns {
			if strings.EqualFold(c.Name, h) || slices.ContainsFunc(c.Also,
				func(also string) bool { return strings.EqualFold(also, h) }) {
				out[i] = c.Name
			}
		}
		if strings.EqualFold(h, "Description") {
			out[i] = "name" // orders do without it
		}
	}
	return out, nil
}
