package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"scanbay/store"
	"scanbay/tui/i18n"
)

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// unpacked is what was deflated.
func unpacked(t *testing.T, data []byte) []byte {
	t.Helper()
	r := must(zlib.NewReader(bytes.NewReader(data)))(t)
	return must(io.ReadAll(r))(t)
}

// A label printer, a PDF and a picture have the same dots, and every code still reads.
func TestEachTongueSaysWhatThePictureSays(t *testing.T) {
	graphic := regexp.MustCompile(`\^XA\^PW(\d+)\^LL(\d+)\^LH0,0\^FO0,0` +
		`\^GFA,(\d+),(\d+),(\d+),:Z64:([^:]+):(\w{4})\^FS\^PQ2\^XZ\n`)
	image := regexp.MustCompile(`(?s)/Image /Width (\d+) .{0,150}?/Length (\d+) >>\nstream\n`)
	press := NewPress()
	for _, d := range examples(i18n.Chinese{}) {
		pages := must(press.Pages(d.Doc, 203))(t)
		all := string(must(ZPL(pages, 2))(t))
		pdf := must(PDF(pages))(t)
		found := image.FindAllSubmatchIndex(pdf, -1)
		jobs := graphic.FindAllStringSubmatch(all, -1)
		if len(jobs) != len(pages) || len(found) != len(pages) ||
			strings.Count(all, "^") != 9*len(pages) || strings.Contains(all, "~") {
			t.Fatalf("%s: %d pages, %d labels, %d pictures", d.kind, len(pages), len(jobs),
				len(found))
		}
		for i, p := range pages {
			job, page := jobs[i], *p
			page.Bits = unpacked(t, must(base64.StdEncoding.DecodeString(job[6]))(t))
			if !bytes.Equal(page.Bits, p.Bits) || job[5] != strconv.Itoa(p.Stride) ||
				job[3] != strconv.Itoa(len(p.Bits)) ||
				job[7] != fmt.Sprintf("%04X", crc16(job[6])) {
				t.Errorf("%s: other dots in ZPL", d.kind)
			}
			whole(t, string(d.kind)+" by ZPL", &page)
			at := found[i]
			n := must(strconv.Atoi(string(pdf[at[4]:at[5]])))(t)
			if !bytes.Equal(unpacked(t, pdf[at[1]:at[1]+n]), p.Bits) {
				t.Errorf("%s: other dots in PDF", d.kind)
			}
			picture := must(PNG(p))(t)
			if to := os.Getenv("SCANBAY_PAPER"); to != "" { // to look at them
				name := strings.ReplaceAll(fmt.Sprintf("%s-%d.png", d.kind, i+1), " ", "-")
				if err := os.WriteFile(filepath.Join(to, name), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			drawn := must(png.Decode(bytes.NewReader(picture)))(t)
			for _, part := range p.Parts {
				if part.Code != nil && read(t, drawn, part) != part.Code.Content {
					t.Errorf("%s: %q in PNG", d.kind, part.Code.Content)
				}
			}
		}
	}
}

// A check value that the standard's authors give.
func TestTheSumOfZ64(t *testing.T) {
	if got := crc16("123456789"); got != 0x31c3 {
		t.Errorf("%04X", got)
	}
}

// The file's table leads to each of its objects.
func TestThePDFIsWhole(t *testing.T) {
	pages := must(NewPress().Pages(examples(i18n.Chinese{})[0].Doc, 203))(t)
	pdf := string(must(PDF(pages))(t))
	at := strings.LastIndex(pdf, "xref\n0 ")
	if want := fmt.Sprintf("startxref\n%d\n%%%%EOF\n", at); !strings.HasSuffix(pdf, want) {
		t.Errorf("the table is at %d", at)
	}
	for i, line := range regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`).FindAllString(pdf, -1) {
		n, _ := strconv.Atoi(line[:10])
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !strings.HasPrefix(pdf[n:], want) {
			t.Errorf("%q leads to %.12q", line, pdf[n:])
		}
	}
	if !strings.Contains(pdf, "/MediaBox [0 0 289.13 430.87]") {
		t.Error("not of 102 x 152 mm")
	}
}

// A receipt printer gets Chinese as text, codes as commands, and what it has no letters for as
// dots; nothing that stands in a name is a command.
func TestAReceiptPrinterIsSpokenTo(t *testing.T) {
	press := NewPress()
	for _, columns := range []int{32, 48} {
		d := CartonLabel(i18n.Chinese{}, "SB", Parcel{Carton: store.Carton{
			ID: "CK26030100001-1-S1", N: 1, Waybill: "SF3100000000001"},
			To: store.Recipient{Name: "王小明\x1b@\x1dV", City: "𠮷林"}})
		d.Rows = append(d.Rows, row(plainCode("货位").cell()),
			row(itemCode("06901234567892").cell()))
		got := string(must(press.ESCPOS([]Doc{d}, columns, 2))(t))
		gbk := must(simplifiedchinese.GBK.NewEncoder().String("王小明@V"))(t)
		fits := (columns - 32) / 16 // the waybill's bars do, on the wider paper
		for want, n := range map[string]int{gbk: 1, "𠮷": 0, "\x1b@\x1dV": 0, "\x1dV\x42\x00": 1,
			"\x1dk\x49\x11{BSF3100000000001": fits, "\x1dk\x43\x0d6901234567892": 1,
			"\x1d(k\x09\x00" + "1P0货位": 1, "\x1dv0\x00": 3 - fits} {
			if there := strings.Count(got, want); there != 2*n {
				t.Errorf("%d columns: %q is there %d times", columns, want, there)
			}
		}
	}
}

// Every document has a way onto a receipt, in either width.
func TestEveryPaperIsAReceipt(t *testing.T) {
	press := NewPress()
	for _, d := range examples(i18n.Chinese{}) {
		for _, columns := range []int{32, 48} {
			if _, err := press.ESCPOS([]Doc{d.Doc}, columns, 1); err != nil {
				t.Errorf("%s, %d columns: %v", d.kind, columns, err)
			}
		}
	}
}
