package intake_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
)

var key = access.Key("the key of a device in a drawer..")

// A desk is a warehouse with the fixture's items, bins and people.
type desk struct{ *storetest.Site }

func open(t testing.TB) desk {
	d := desk{storetest.Open(t, sqlite.Open, "S1")}
	d.Record(storetest.Warehouse()...)
	return d
}

func file(name string, data []byte) intake.File {
	return intake.File{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// load loads one file of text.
func (d desk) load(kind intake.Kind, text string, options ...intake.Option) intake.FileReport {
	d.Helper()
	r, err := intake.Load(context.Background(), d.Store, key, kind,
		[]intake.File{file("f.csv", []byte(text))}, options...)
	d.Must(err)
	return r.Files[0]
}

// take is load of a file that must be taken.
func (d desk) take(kind intake.Kind, text string, options ...intake.Option) intake.FileReport {
	d.Helper()
	r := d.load(kind, text, options...)
	for _, p := range r.Problems {
		d.Error(p)
	}
	return r
}

func (d desk) digest() string { return storetest.Read(d.Site, (*store.Reader).Digest) }

func (d desk) item(sku store.SKU) store.Item {
	d.Helper()
	return storetest.Read(d.Site, func(r *store.Reader) (store.Item, error) { return r.Item(sku) })
}

// order reads an order by the number of its file.
func (d desk) order(channel, shop, no string) store.Order {
	d.Helper()
	return storetest.Read(d.Site, func(r *store.Reader) (store.Order, error) {
		id, _, err := r.OrderByPlatform(channel, shop, no)
		if err != nil {
			return store.Order{}, err
		}
		return r.Order(id)
	})
}

// log is every fact's bytes.
func (d desk) log() string {
	facts := storetest.Read(d.Site, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log("S1", 1, 0, 1_000_000)
	})
	var b strings.Builder
	for _, f := range facts {
		b.Write(f.Bytes)
	}
	return b.String()
}

func equal(t testing.TB, have, want any) {
	t.Helper()
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("want -, have +:\n%s", diff)
	}
}

func counts(r intake.FileReport) string {
	return fmt.Sprintf("%d rows: %d taken, %d same, %d known, %d skipped, before %v", r.Rows,
		r.Taken, r.Same, r.Known, r.Skipped, r.Before)
}

const teapot = "商品编码,名称,规格,商品条码,单价\r\n\r\n" +
	"POT-1,\"紫砂壶, 小\",200ml,6901234567892,1280.50\r\n"

func TestAFileIsReadHoweverItWasSaved(t *testing.T) {
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(teapot)
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(teapot)
	tabs := strings.ReplaceAll(strings.ReplaceAll(teapot, ", ", "、"), ",", "\t")
	for name, text := range map[string]string{
		"utf-8": teapot, "mark": "\ufeff" + teapot, "gb18030": gb, "utf-16": wide,
		"line feeds": strings.ReplaceAll(teapot, "\r\n", "\n"),
		"semicolons": strings.NewReplacer(`, `, `, `, `,`, `;`).Replace(teapot),
		"tabs":       strings.ReplaceAll(tabs, "、", ", "),
		"packed":     string(pack(teapot)), "packed gb18030": string(pack(gb)),
		"blank rows":  teapot + ",,,,\r\n  \r\n",
		"full width":  strings.Replace(teapot, "1280.50", "１，２８０．５", 1),
		"thousands":   strings.Replace(teapot, "1280.50", `"¥1,280.5000"`, 1),
		"as formula":  strings.Replace(teapot, "6901234567892", `"=""6901234567892"""`, 1),
		"odd headers": strings.Replace(teapot, "商品编码", " s_K u ", 1),
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			equal(t, counts(d.take(intake.Items, text)),
				"1 rows: 1 taken, 0 same, 0 known, 0 skipped, before false")
			equal(t, d.item("POT-1"), store.Item{SKU: "POT-1", Name: "紫砂壶, 小", Spec: "200ml",
				Price: 12805000, Active: true,
				Barcodes: []store.Barcode{{Code: "06901234567892", N: 1}}})
		})
	}
}

func pack(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text) // to memory: it cannot fail
	_ = w.Close()
	return b.Bytes()
}

func TestAFileIsTakenOnce(t *testing.T) {
	d := open(t)
	d.take(intake.Items, teapot)
	before := d.digest()

	again := d.take(intake.Items, teapot)
	equal(t, counts(again), "1 rows: 0 taken, 0 same, 0 known, 0 skipped, before true")
	equal(t, d.digest(), before)

	more := d.take(intake.Items, teapot+"POT-2,茶海,,,8\n")
	equal(t, counts(more), "2 rows: 1 taken, 1 same, 0 known, 0 skipped, before false")
}

func TestAFileIsTakenWholeOrNotAtAll(t *testing.T) {
	d := open(t)
	before := d.digest()
	r, err := intake.Load(context.Background(), d.Store, key, intake.Items, []intake.File{
		file("a.csv", []byte("sku,name\nA,a\n")),
		file("b.csv", []byte("sku,name\nB,b\nC,\n")),
		file("c.csv", []byte("sku,name\nD,d\n")),
	})
	d.Must(err)
	equal(t, len(r.Files), 2)
	equal(t, r.OK(), false)
	equal(t, r.Files[1].Taken, int64(0))
	equal(t, r.Files[1].Problems, []intake.Problem{{File: "b.csv", Line: 3, Column: "name",
		Reason: intake.MissingValue}})
	if d.item("A").Name != "a" || d.digest() == before {
		t.Error("the first file was not taken")
	}
	refused := storetest.Read(d.Site, func(r *store.Reader) (bool, error) {
		_, err := r.Item("B")
		return d.Code(err) == store.NotFound, nil
	})
	equal(t, refused, true)
	d.Whole(sqlite.Open)
}

func TestOfManyProblemsSomeAreKept(t *testing.T) {
	d := open(t)
	r := d.load(intake.Bins, "bin\n"+strings.Repeat("\u202eA\n", 1500))
	equal(t, len(r.Problems), 1000)
	equal(t, r.MoreProblems, int64(500))
	equal(t, r.Problems[999].Line, 1001)
}

func TestOpeningAFile(t *testing.T) {
	d, dir := open(t), t.TempDir()
	path := filepath.Join(dir, "bins.csv")
	d.Must(os.WriteFile(path, []byte("货位\nC-1\n"), 0o600))
	r, err := intake.Load(context.Background(), d.Store, key, intake.Bins,
		[]intake.File{intake.OpenFile(path)})
	d.Must(err)
	equal(t, r.Files[0].Name, "bins.csv")
	equal(t, r.Files[0].Taken, int64(1))

	_, err = intake.Load(context.Background(), d.Store, key, intake.Bins,
		[]intake.File{intake.OpenFile(filepath.Join(dir, "none.csv"))})
	equal(t, store.FaultOf(err).Code, store.Missing)
	if _, err := intake.Load(context.Background(), d.Store, key, "waves", nil); err == nil {
		t.Error("there are no files of waves")
	}
	broken := intake.File{Name: "x", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("bin\n"), failing{})), nil
	}}
	if _, err := intake.Load(context.Background(), d.Store, key, intake.Bins,
		[]intake.File{broken}); !errors.Is(err, errDisk) {
		t.Errorf("a disk that fails is no problem of the file: %v", err)
	}
}

var errDisk = errors.New("disk on fire")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDisk }

func TestWhoMayLoad(t *testing.T) {
	d := open(t)
	d.take(intake.Operators, "number,name,roles\n1,root,管理员\n")
	for _, c := range []struct {
		by   store.OperatorID
		kind intake.Kind
		want store.Code
	}{
		{"101", intake.Bins, store.NoRight}, {"900", intake.Bins, ""},
		{"900", intake.Operators, store.NoRight}, {"1", intake.Operators, ""},
		{"7", intake.Bins, store.UnknownOperator},
	} {
		text := fmt.Sprintf("bin,number,name\n%s,%s,n\n", c.by, c.by)
		_, err := intake.Load(context.Background(), d.Store, key, c.kind,
			[]intake.File{file("f", []byte(text))}, intake.By(c.by))
		if code := d.Code(err); code != c.want {
			t.Errorf("%s loads %s: %q, not %q", c.by, c.kind, code, c.want)
		}
	}
}

// reject ends an order: it cannot be changed any more.
func (d desk) reject(no string) {
	d.Helper()
	ids := storetest.Read(d.Site, func(r *store.Reader) ([]store.OrderID, error) {
		return r.OrdersByNo(no)
	})
	d.Record(store.OrderDecided{Order: ids[0], State: store.Rejected})
}

// TestProblems says of every reason where it is found, and that nothing is taken.
func TestProblems(t *testing.T) {
	met := map[intake.ReasonCode]bool{}
	for _, c := range problems {
		t.Run(string(c.kind)+" "+c.want[0], func(t *testing.T) {
			d := open(t)
			d.Record(storetest.Has("A-01-01", "TEA-500", 12),
				storetest.Ordered("SO1", "TEA-500", 9),
				storetest.Has("A-01-02", "PHONE", 1, "", "SN1"))
			d.take(intake.Items, "sku,name,expiries,gtin\nJAM,jam,yes,DUP\nJAR,jar,,DUP\n")
			d.take(intake.Orders, "order,sku,qty,price,phone\nX1,CUP-02,2,9.5,138****0000\n")
			d.Record(store.PaymentReceived{Payment: store.Payment{Order: "SO1", ID: "A0",
				Amount: 5 * store.MoneyUnit}})
			d.reject("X1")
			d.Record(storetest.Left(storetest.Ordered("SO2", "CUP-02", 3), storetest.Noon)...)
			d.take(intake.Returns, "return,sku,qty,reason\nR1,TEA-500,1,size\n")
			d.Plan()
			before := d.digest()
			r := d.load(c.kind, c.text)
			var have []string
			for _, p := range r.Problems {
				have = append(have, fmt.Sprintf("%d|%s|%s|%s|%s", p.Line, p.Column, p.Value,
					p.Reason, p.Want))
				met[p.Reason] = true
			}
			equal(t, have, c.want)
			equal(t, d.digest(), before)
			equal(t, r.Taken+r.Same+r.Known, int64(0))
		})
	}
	elsewhere := []intake.ReasonCode{intake.Password, intake.OldFormat, intake.WhichSheet,
		intake.MergedCell, intake.NoSuchHeader} // of workbooks, and of columns by other names
	for _, reason := range intake.Reasons {
		if met[reason] == slices.Contains(elsewhere, reason) {
			t.Errorf("%s is provoked here: %v", reason, met[reason])
		}
	}
}

func TestEveryReasonIsListedOnce(t *testing.T) {
	sorted := slices.Sorted(slices.Values(intake.Reasons))
	equal(t, len(slices.Compact(slices.Clone(sorted))), len(sorted))
}
