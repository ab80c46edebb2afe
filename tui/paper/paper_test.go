package paper

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/tools/txtar"

	"scanbay/store"
	"scanbay/tui/i18n"
)

// read is what somebody else's reader reads from a part of a picture.
func read(t *testing.T, picture image.Image, at Part) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(cut{picture, at.Rectangle})
	if err != nil {
		t.Fatal(err)
	}
	var reader gozxing.Reader
	hints := map[gozxing.DecodeHintType]any{}
	switch at.Code.As {
	case Code128, GS1128:
		reader = oned.NewCode128Reader()
		if at.Code.As == GS1128 {
			hints[gozxing.DecodeHintType_ASSUME_GS1] = true
		}
	case EAN:
		reader = oned.NewEAN13Reader()
		if len(at.Code.Content) == 8 {
			reader = oned.NewEAN8Reader()
		}
	case DataMatrix, GS1Matrix:
		reader = datamatrix.NewDataMatrixReader()
		hints[gozxing.DecodeHintType_PURE_BARCODE] = true
	default:
		reader = qrcode.NewQRCodeReader()
		hints[gozxing.DecodeHintType_PURE_BARCODE] = true
	}
	got, err := reader.Decode(bits, hints)
	if err != nil {
		t.Fatalf("%s %q: %v", at.Code.As, at.Code.Content, err)
	}
	lead := map[Symbology]string{GS1128: "]C1", GS1Matrix: separator}[at.Code.As]
	said, leads := strings.CutPrefix(got.GetText(), lead)
	if !leads { // nothing says that it is GS1's
		t.Errorf("%s %q has no FNC1 in front", at.Code.As, at.Code.Content)
	}
	return said
}

// A cut is a part of a picture.
type cut struct {
	image.Image
	at image.Rectangle
}

func (c cut) Bounds() image.Rectangle { return c.at }

// apart says what is wrong with where things stand on a page.
func apart(p *Page) error {
	for i, a := range p.Parts {
		if !a.In(p.Bounds()) {
			return fmt.Errorf("%q is at %v of %v", a.Text, a.Rectangle, p.Size)
		}
		for _, b := range p.Parts[i+1:] {
			if a.Overlaps(b.Rectangle) {
				return fmt.Errorf("%q %v lies on %q %v", a.Text, a.Rectangle, b.Text, b.Rectangle)
			}
		}
	}
	return nil
}

var update = flag.Bool("update", false, "write testdata/paper.txtar anew")

// Whatever is printed, in each language, on each kind of printer: nothing overlaps, nothing
// leaves the page, and every code reads as it should. The archive has what stands there.
func TestEveryPaperIsRead(t *testing.T) {
	press, got := NewPress(), &txtar.Archive{}
	for _, text := range []i18n.Text{i18n.Chinese{}, i18n.English{}} {
		for _, d := range examples(text) {
			said := fmt.Sprintf("%d x %d mm\n", d.W, d.H)
			for _, dpi := range []int{300, 203} {
				pages, err := press.Pages(d.Doc, dpi)
				if err != nil {
					t.Fatalf("%s at %d: %v", d.kind, dpi, err)
				}
				for n, p := range pages {
					if dpi == 203 {
						said += fmt.Sprintf("page %d\n", n+1)
						said += told(p)
					}
					whole(t, fmt.Sprintf("%s at %d", d.kind, dpi), p)
				}
			}
			got.Files = append(got.Files, txtar.File{
				Name: fmt.Sprintf("%s %s", d.kind, text.Tag()), Data: []byte(said)})
		}
	}
	const path = "testdata/paper.txtar"
	if *update {
		if err := os.WriteFile(path, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Error(diff)
	}
}

// Papers of several pages come out on any of their sheets, also of a label printer.
func TestPapersOnOtherSheets(t *testing.T) {
	press := NewPress()
	for name, size := range Sheets() {
		for _, e := range sheets(i18n.English{}) {
			e.Media = size
			for i, p := range must(press.Pages(e.Doc, 203))(t) {
				whole(t, fmt.Sprintf("%s on %s, page %d", e.kind, name, i+1), p)
				for _, code := range []string{"A-03-12-2", "CK26030100001-1-S1", "______"} {
					cut := strings.ReplaceAll(told(p), " / ", "") // as it would be without
					if strings.Count(cut, code) != strings.Count(told(p), code) {
						t.Errorf("%s on %s breaks %s", e.kind, name, code)
					}
				}
			}
		}
	}
}

// The sheet that scanners are tried with comes out on a printer of labels too.
func TestTheTestSheetOnALabel(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		d := TestSheet(i18n.Chinese{}, "SB")
		d.Media = Large
		pages := must(NewPress().Pages(d, dpi))(t)
		whole(t, fmt.Sprint("at ", dpi), pages[0])
		// Those that read bars alone have theirs where a printer of labels has the dots.
		if bars := strings.Contains(told(pages[0]), "[gs1-128 "); bars != (dpi == 203) {
			t.Errorf("at %d:\n%s", dpi, told(pages[0]))
		}
	}
}

// A label has room for a few orders, and a line for many; each number is whole, and how many more
// there are is said.
func TestManyOrders(t *testing.T) {
	press := NewPress()
	var orders []string
	rma := store.RMA{ID: "TH26030100001"}
	for n := range 60 {
		orders = append(orders, fmt.Sprintf("PDD-2026-0301-%05d", n))
		rma.Lines = append(rma.Lines, store.RMALine{Order: store.OrderID(orders[n])})
	}
	carton := store.Carton{ID: "CK26030100001-1-S1", N: 1, Waybill: "SF3100000000001"}
	to := store.Recipient{Name: "王小明", City: "杭州市", Address: "文一西路 969 号"}
	for name, c := range map[string]struct {
		doc         Doc
		there, more string
	}{
		"a return": {ReturnLabel(i18n.Chinese{}, "SB", rma), orders[4], "+55"},
		"a carton": {CartonLabel(i18n.Chinese{}, "SB", Parcel{Carton: carton, To: to,
			Orders: orders}), orders[4], "+55"},
		"a slip": {OutboundSlip(i18n.Chinese{}, "SB", SlipSheet{Slip: store.Slip{
			ID: "CK26030100001"}, Orders: orders}), orders[17], "+41"},
	} {
		pages := must(press.Pages(c.doc, 203))(t)
		whole(t, name, pages[0])
		said := strings.ReplaceAll(told(pages[0]), " / ", "")
		if !strings.Contains(said, c.there) || !strings.Contains(said, c.more) {
			t.Errorf("%s: no %s or %s in\n%s", name, c.there, c.more, said)
		}
		for _, word := range strings.Fields(told(pages[0])) {
			if strings.HasPrefix(word, "PDD") && !slices.Contains(orders, word) {
				t.Errorf("%s: %q is cut", name, word)
			}
		}
	}
}

// told is what stands on a page, from the top.
func told(p *Page) (out string) {
	for _, part := range p.Parts {
		if part.Code != nil {
			out += fmt.Sprintf("  [%s %s]\n", part.Code.As,
				strings.ReplaceAll(part.Code.Content, separator, "<GS>"))
		} else {
			out += fmt.Sprintf("  %s\n", strings.ReplaceAll(part.Text, "\n", " / "))
		}
	}
	return out
}

// whole checks that a page is as it should be.
func whole(t *testing.T, name string, p *Page) {
	t.Helper()
	if err := apart(p); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, part := range p.Parts {
		if part.Code != nil {
			if got := read(t, p, part); got != part.Code.Content {
				t.Errorf("%s: %q reads %q", name, part.Code.Content, got)
			}
		}
	}
}

// A name can be as long as it likes, and hold what it likes.
func TestHostileNamesStayInTheirPlace(t *testing.T) {
	press := NewPress()
	for _, name := range []string{strings.Repeat("很长的名字", 100), strings.Repeat("W", 500),
		"^XA^FO0,0~JR\\&", "\x1b@\x1dV\x00", "a\u202eb\u0007", strings.Repeat("a b ", 90)} {
		o := store.Operator{ID: "101", Name: name}
		for _, d := range []Doc{BadgeLabel(i18n.Chinese{}, "SB", o),
			ItemLabel("SB", store.Item{SKU: "TEA-500", Name: name},
				store.Barcode{Code: "06901234567892"}),
			CartonLabel(i18n.Chinese{}, "SB", Parcel{Carton: store.Carton{ID: "CK26030100001-1-S1",
				Carrier: store.CarrierID(name)}, To: store.Recipient{Name: name, Address: name}})} {
			pages, err := press.Pages(d, 203)
			if err != nil {
				t.Fatalf("%.20q: %v", name, err)
			}
			if err := apart(pages[0]); err != nil {
				t.Errorf("%.20q: %v", name, err)
			}
			for _, part := range pages[0].Parts {
				if strings.ContainsFunc(part.Text, func(r rune) bool {
					return r < ' ' && r != '\n' || r >= 0x80 && r < 0xa0 || r == '\u202e'
				}) {
					t.Errorf("%q is printed", part.Text)
				}
			}
		}
	}
}

// A code that has no room in bars is drawn in squares, and one that has none is not cut.
func TestACodeIsNeverCut(t *testing.T) {
	press := NewPress()
	long := strings.Repeat("AB-", 20)
	of := func(m Media, c Code) Doc {
		return Doc{Media: m, One: true, Rows: []Row{row(c.cell())}}
	}
	pages, err := press.Pages(of(Tag, plainCode(long)), 203)
	if err != nil {
		t.Fatal(err)
	}
	if at := pages[0].Parts[0]; at.Code.As != DataMatrix || read(t, pages[0], at) != long {
		t.Errorf("%v", at)
	}
	if _, err := press.Pages(of(Media{12, 12}, plainCode(long)), 203); !errors.Is(err, ErrNoRoom) {
		t.Errorf("cut: %v", err)
	}
	for _, bad := range []string{"", "a\rb", "a\x1db", "\x1b[2J", strings.Repeat("1", 81)} {
		if _, err := press.Pages(of(Large, plainCode(bad)), 203); err == nil ||
			errors.Is(err, ErrNoRoom) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	pages, err = press.Pages(of(Small, plainCode("货位-甲")), 203)
	if err != nil || read(t, pages[0], pages[0].Parts[0]) != "货位-甲" {
		t.Errorf("%v", err)
	}
}

// Command barcodes are bars, which every scanner reads.
func TestTheCommandCardIsOfBars(t *testing.T) {
	for _, e := range labels(i18n.English{}) {
		if e.kind != store.CommandPaper {
			continue
		}
		for _, dpi := range []int{203, 300} {
			for _, page := range must(NewPress().Pages(e.Doc, dpi))(t) {
				for _, part := range page.Parts {
					if part.Code != nil && part.Code.As != Code128 {
						t.Errorf("%s is %s at %d", part.Code.Content, part.Code.As, dpi)
					}
				}
			}
		}
	}
}

// Lines break between words and between Chinese characters, and no line begins with a comma.
func TestLinesBreakWherePeopleBreakThem(t *testing.T) {
	press := NewPress()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"一二三四五，六七", []string{"一二三四", "五，六七"}},
		{"Harbour street 12, room 4", []string{"Harbour", "street 12,", "room 4"}},
		{"杭州市，西湖区，文一路", []string{"杭州市，西", "湖区，文一", "路"}},
		{"CK26030100001", []string{"CK260301", "00001"}},
	} {
		got, err := press.wrap(c.text, 20, false, 100, 9)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, c.want) {
			t.Error(cmp.Diff(c.want, got))
		}
	}
}
