package intake

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// TestNoHeaderMeansTwoColumns holds for every kind, and every column has a field
// to go to.
func TestNoHeaderMeansTwoColumns(t *testing.T) {
	fields := map[Kind]int{Items: len((&itemRow{}).fields()), Bins: len((&binRow{}).fields()),
		Stock: len((&stockRow{}).fields()), Operators: len((&operatorRow{}).fields()),
		Orders: len((&orderRow{}).fields()), Payments: len((&paymentRow{}).fields()),
		Cancellations: len((&cancelRow{}).fields()), Layouts: len((&layoutRow{}).fields()),
		Returns: len((&returnRow{}).fields()), SignOffs: len((&signoffRow{}).fields()),
		Refunds: len((&refundRow{}).fields()), Shipments: len((&shipmentRow{}).fields())}
	for _, kind := range Kinds {
		f, err := formOf(kind)
		if err != nil {
			t.Fatal(err)
		}
		means := map[string]string{}
		for i, c := range f.columns {
			if c.read == nil != (i >= fields[kind]) {
				t.Errorf("%s: %s is read and has no field, or the other way round", kind, c.name)
			}
			for _, name := range c.names() {
				if other := means[norm(name)]; other != "" {
					t.Errorf("%s: %s means %s and %s", kind, name, other, c.name)
				}
				means[norm(name)] = c.name
			}
		}
	}
}

// FuzzParse reads anything at all: what it finds wrong is fit for a screen.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "sku,name\nA,b\n", "货位\n\"A\n", "\xff\xfe\x00\xd8",
		"订单号;数量\n=\"1\";-1.0\n", "bin\tqty\n\x1b[2J\t1,0\n",
		"number,name,pin\n1,\u202ea,123\n", "sku,sku\n\"\"\"\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range Kinds {
			as, err := formOf(kind)
			if err != nil {
				t.Fatal(err)
			}
			tk := &taking{loader: loader{tell: func(int64, int64) {}},
				sheet: newSheet(as, time.UTC), spoilt: map[int]bool{}}
			if p := tk.read(data); p != nil {
				tk.note(*p)
			}
			for _, p := range tk.Problems {
				unfit := strings.ContainsFunc(p.Column+p.Value+p.Want, func(r rune) bool {
					return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
				})
				if unfit || !slices.Contains(Reasons, p.Reason) {
					t.Errorf("%s: %#v", kind, p)
				}
			}
			for _, r := range tk.rows {
				tk.fill(r, nil)
			}
		}
	})
}
