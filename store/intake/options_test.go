package intake_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

// halves are files of which a part is good: how many things of it are taken, and
// how many rows left out.
var halves = []struct {
	kind          intake.Kind
	name, text    string
	taken, leaves int64
}{
	{intake.Bins, "a bad row", "bin,capacity\nC-1,1\nC-2,x\nC-3,3\n", 2, 1},
	{intake.Bins, "who is right", "bin,zone\nC-1,A\nC-2,B\nC-1,C\n", 1, 2},
	{intake.Bins, "a torn row", "bin,zone\nC-1,A\nC-2,B,C\nC-3,D\n", 2, 1},
	{intake.Items, "a thing of two rows", "sku,name,gtin\nA,a,\nB,b,\nA,,69\"01\nA,,x\n", 1, 3},
	{intake.Items, "a contradiction", "sku,name\nA,a\nB,b\nA,c\n", 1, 2},
	{intake.Items, "a quote up to the end", "sku,name,gtin\nA,a,\nB,b,\nC,\"c,\nB,,x\nA,,y\n",
		0, 3},
	{intake.Orders, "a torn line", "order,sku,qty\nX1,A,1\nX2,B,1\nX1,C,1,1\nX3,A,1\n", 2, 2},
	{intake.Orders, "a shifted line", "shop,order,sku,qty\ns,X1,A,1\ns,X2,B,1\na,b,X1,C,1\n", 1, 2},
	{intake.Orders, "a bad line", "order,sku,qty\nX1,A,1\nX2,B,1\nX1,C,0\n", 1, 2},
	{intake.Orders, "an order that changed", "order,sku,qty\nX1,A,1\nX2,B,1\nX0,C,2\n", 2, 1},
	{intake.Stock, "a bad row", "bin,sku,qty\nA-01-01,TEA-500,1\nA-01-02,NONE,1\n", 1, 1},
	{intake.Stock, "who is right", "bin,sku,qty\nA-01-01,TEA-500,1\nA-01-01,TEA-500,2\n" +
		"A-01-02,TEA-500,3\n", 1, 2},
	{intake.Stock, "a lot of two dates", "bin,sku,qty,lot,expires\nA-01-01,MILK,1,L1,2027-01-01\n" +
		"A-01-02,MILK,1,L1,2027-02-01\nA-01-03,MILK,1,L1,2027-01-01\n" +
		"A-01-03,MILK,1,L2,2027-01-01\n", 1, 3},
	{intake.Stock, "what moves is nowhere else", "bin,sku,qty,serial\nA-01-02,PHONE,x,SN1\n" +
		"A-01-03,PHONE,1,SN1\nA-01-03,TEA-500,1,\n", 1, 2},
	{intake.Operators, "a bad row", "number,name,pin\n1,a,1234\n2,b,12\n", 1, 1},
}

func TestWhatIsGoodIsTakenWhole(t *testing.T) {
	for _, h := range halves {
		t.Run(string(h.kind)+"/"+h.name, func(t *testing.T) {
			d := open(t)
			d.take(intake.Orders, "order,sku,qty\nX0,C,1\n")
			d.reject("X0")
			d.Record(storetest.Has("A-01-02", "PHONE", 1, "", "SN1"))
			if r := d.load(h.kind, h.text); r.Taken != 0 || r.LeftOut != 0 || len(r.Problems) == 0 {
				t.Errorf("without asking: %+v", r)
			}
			r := d.load(h.kind, h.text, intake.KeepGood())
			if r.Taken != h.taken || r.LeftOut != h.leaves {
				t.Errorf("%d taken, %d rows left out: %v", r.Taken, r.LeftOut, r.Problems)
			}
			before := d.log()
			again := d.load(h.kind, h.text, intake.KeepGood())
			if again.Taken != 0 || again.Before || d.log() != before {
				t.Errorf("again: %+v", again)
			}
			d.Whole(sqlite.Open)
		})
	}
}

func TestOfAFileThatCannotBeReadNothingIsGood(t *testing.T) {
	for _, text := range []string{"", "bin\n", "place,zone\nC-1,A\n", "bin,code\nC-1,C-2\n",
		"\"bin\"x\nC-1\n"} {
		d := open(t)
		before := d.digest()
		r, err := intake.Load(t.Context(), d.Store, key, intake.Bins, []intake.File{
			file("a.csv", []byte(text)), file("b.csv", []byte("bin\nC-9\n"))}, intake.KeepGood())
		d.Must(err)
		if r.OK() || len(r.Files) != 1 || d.digest() != before {
			t.Errorf("%q: %+v", text, r)
		}
	}
}

func TestADryRunRecordsNothing(t *testing.T) {
	for kind, text := range map[intake.Kind]string{
		intake.Items:     "sku,name\nA,a\n",
		intake.Bins:      "bin\nC-1\n",
		intake.Stock:     "bin,sku,qty\nA-01-01,TEA-500,5\n",
		intake.Operators: "number,name,roles,pin\n7,a,picker,246810\n",
		intake.Orders:    "order,sku,qty,phone\nX1,A,1,139\n",
	} {
		d := open(t)
		digest, log := d.digest(), d.log()
		r := d.take(kind, text, intake.DryRun())
		equal(t, counts(r), "1 rows: 1 taken, 0 same, 0 known, 0 skipped, before false")
		if d.digest() != digest || d.log() != log {
			t.Errorf("%s: it left something behind", kind)
		}
		if _, err := key.SignIn(t.Context(), d.Store, "7", "246810"); err == nil {
			t.Errorf("%s: it set a PIN", kind)
		}
		equal(t, d.take(kind, text).Taken, int64(1))
	}
}

func TestColumnsGoByOtherNames(t *testing.T) {
	d := open(t)
	text := "Code;SKU;name;Note\nA;B;first;x\n"
	by := func(source, columns string) intake.Option {
		m := map[string]string{}
		for pair := range strings.SplitSeq(columns, ",") {
			ours, theirs, _ := strings.Cut(pair, "=")
			m[ours] = theirs
		}
		return intake.Mapped(source, m)
	}
	r := d.take(intake.Items, text, by("", "sku=code,spec= NOTE "))
	equal(t, r.UnknownColumns, []string{"SKU"})
	equal(t, d.item("A"), store.Item{SKU: "A", Name: "first", Spec: "x", Active: true})

	// It is remembered for files of that kind and source, and for no others.
	r = d.take(intake.Items, strings.ReplaceAll(text, "A;", "C;"))
	equal(t, r.Remembered, map[string]string{"sku": "code", "spec": " NOTE "})
	equal(t, d.item("C").Spec, "x")
	d.take(intake.Items, text, intake.Mapped("shop", nil))
	equal(t, d.item("B").Name, "first")

	// The same file, read in another way, is another file.
	d.take(intake.Items, text, by("", "sku=Code,spec=SKU"))
	equal(t, d.item("A").Spec, "B")

	// Where a header that is remembered is missing, none holds; what is said must be there.
	r = d.take(intake.Items, "sku,name\nD,d\n")
	equal(t, r.Remembered, map[string]string(nil))
	r = d.load(intake.Items, "sku,name\nE,e\n", by("", "sku=Code"))
	equal(t, r.Problems, []intake.Problem{{File: "f.csv", Line: 1, Column: "sku", Value: "Code",
		Reason: intake.NoSuchHeader, Want: "sku, name"}})
	r = d.load(intake.Items, "X,name,x\nE,e,\n", by("", "sku=X"))
	equal(t, r.Problems, []intake.Problem{{File: "f.csv", Line: 1, Column: "sku", Value: "X",
		Reason: intake.DuplicateColumn, Want: "X"}})

	// What was refused, or only looked at, is not remembered.
	d.load(intake.Bins, "Place,capacity\nC-1,x\n", by("wms", "bin=Place"))
	d.take(intake.Bins, "Place\nC-1\n", by("wms", "bin=Place"), intake.DryRun())
	r = d.load(intake.Bins, "Place\nC-1\n", intake.Mapped("wms", nil))
	equal(t, r.Problems[0].Reason, intake.NotATable)

	_, err := intake.Load(context.Background(), d.Store, key, intake.Items, nil, by("", "colour=X"))
	if err == nil {
		t.Error("a column that no kind has")
	}
	d.Whole(sqlite.Open)
}

func TestProgressEndsWithTheLastRow(t *testing.T) {
	for kind, rows := range map[intake.Kind]string{
		intake.Items: "sku,name\nA%d,a\n", intake.Bins: "bin\nC-%d\n",
		intake.Operators: "number,name\n%d,a\n", intake.Orders: "order,sku,qty\nX%d,A,1\n",
		intake.Stock: "bin,sku,qty,lot,expires\nA-01-01,MILK,5,L%d,2027-01-01\n",
	} {
		header, row, _ := strings.Cut(rows, "\n")
		text := header + "\n"
		for i := range 100 {
			text += fmt.Sprintf(row, i)
		}
		var read, done []int64
		d := open(t)
		d.take(kind, text, intake.Progress(func(n, total int64) {
			if total == 0 {
				read = append(read, n)
			} else if done = append(done, n); total != 100 {
				t.Errorf("%s: of %d", kind, total)
			}
		}))
		if !slices.IsSorted(read) || !slices.IsSorted(done) || len(done) == 0 ||
			read[len(read)-1] != 100 || done[len(done)-1] != 100 {
			t.Errorf("%s: %v %v", kind, read, done)
		}
	}
}
