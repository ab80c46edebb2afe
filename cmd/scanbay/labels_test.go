package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
	"scanbay/tui/paper"
)

// What is on the pictures is read by somebody else's reader, and every command is there once,
// in the prefix of the site.
func TestTheCommandCardIsRead(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "bay.db")
	siteAt(t, db, []store.Event{store.SettingSet{Name: store.LabelPrefix, Value: "W1"}},
		func(*storetest.Site) {})
	for prefix, args := range map[string][]string{"SB": nil, "W1": {"--db", db}} {
		for _, text := range languages() {
			out := filepath.Join(dir, prefix+text.Tag()+".png")
			said, code := commanded(t, text.Tag(), append([]string{"labels", "commands", "--out",
				out}, args...)...)
			if code != 0 {
				t.Fatalf("%d: %s", code, said)
			}
			pages, err := paper.NewPress().All(commandSheets(text, prefix), 300)
			must(t, err)
			var read []i18n.Command
			for i, p := range pages {
				path := out
				if i > 0 {
					path = fmt.Sprintf("%s-%d.png", out[:len(out)-4], i+1)
				}
				read = append(read, readCard(t, path, p, prefix)...)
			}
			for _, c := range i18n.Commands {
				n := len(slices.DeleteFunc(slices.Clone(read),
					func(r i18n.Command) bool { return r != c }))
				if may := c != i18n.Yes && c != i18n.No; may != (n == 1) {
					t.Errorf("%s is on the card %d times", c, n)
				}
			}
			if _, code := commanded(t, text.Tag(), "labels", "commands", "--out", out); code == 0 {
				t.Error("a file was overwritten")
			}
		}
	}
}

// readCard reads the barcodes of a picture as scans.
func readCard(t *testing.T, path string, drawn *paper.Page, prefix string) (out []i18n.Command) {
	t.Helper()
	file, err := os.ReadFile(path)
	must(t, err)
	page, err := png.Decode(bytes.NewReader(file))
	must(t, err)
	for _, part := range drawn.Parts {
		if part.Code == nil {
			continue
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(
			page.(*image.Paletted).SubImage(part.Rectangle))
		must(t, err)
		read, err := oned.NewCode128Reader().Decode(bits, nil)
		if err != nil {
			t.Fatalf("%s: %v", part.Code.Content, err)
		}
		kind, code, ok := scanner.Decode(prefix, read.GetText())
		if !ok || kind != scanner.CommandLabel {
			t.Errorf("%s is read as %s", part.Code.Content, read.GetText())
		}
		out = append(out, i18n.CommandOf(code))
	}
	return out
}

// The table has every label too, with its words in both languages.
func TestTheCommandCardAsText(t *testing.T) {
	for _, text := range languages() {
		said, code := commanded(t, text.Tag(), "labels", "commands")
		if code != 0 {
			t.Fatalf("%d: %s", code, said)
		}
		for _, want := range []string{"SBXSKIPS", "跳过", "skip", "SBXDIGIT-0W",
			wordsIn(text).CardGroups()["desk"]} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: no %q in\n%s", text.Tag(), want, said)
			}
		}
	}
}

// Whatever hangs, sticks or lies on the floor is printed in bulk, by what the database knows.
func TestLabelsInBulk(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "bay.db")
	const slip, carton = "CK26030100001", "CK26030100001-1-S1"
	siteAt(t, db, []store.Event{storetest.Has("A-01-01", "TEA-500", 9),
		storetest.Ordered("1", "TEA-500", 2), store.PlaceSaved{Bin: store.Bin{Place: "dock/D2",
			Use: store.DockUse, Active: true}}, store.PlaceSaved{Bin: store.Bin{Place: "stage/D2",
			Use: store.StageUse, Active: true}}}, func(s *storetest.Site) {
		s.Plan()
		s.Through("101")
	})
	for i, c := range []struct {
		args  string
		pages int // 0: it is refused
	}{
		{"bins", 4}, {"bins --zone B", 1}, {"bins --from A-01-01 --to A-01-02", 2},
		{"bins A-01-01 b-07-01", 2}, {"bins NO-SUCH", 0},
		{"totes --from T-098 --to T-102", 5}, {"totes T-7", 1}, {"totes", 0},
		{"stages", 2}, {"stages d2", 2}, {"stages D3", 0}, {"items", 5},
		{"items TEA-500", 2}, {"operators", 4}, {"operators 101", 1},
		{"slips " + slip, 1}, {"slips", 0},
		{"slips --paper 4x6 " + slip, 1}, {"picklists " + slip, 1},
		{"packinglists " + slip, 1}, {"cartons " + carton, 1},
		{"cartons NO-SUCH", 0}, {"returns NO-SUCH", 0}, {"loading NO-SUCH", 0}, {"test", 1},
	} {
		for ext, mark := range map[string]string{".pdf": "/Type /Page ", ".zpl": "^XZ",
			".escpos": "\x1dV"} {
			out := filepath.Join(dir, fmt.Sprint(i, ext))
			said, code := commanded(t, "zh", append([]string{"labels", "--db", db, "--out", out},
				strings.Fields(c.args)...)...)
			file, err := os.ReadFile(out)
			n := strings.Count(string(file), mark)
			if (code == 0) != (c.pages > 0) || n != c.pages || (err == nil) != (c.pages > 0) {
				t.Errorf("%s%s: %d, %d pages of %d: %s", c.args, ext, code, n, c.pages, said)
			}
			// A4 and A5 are wider than any head.
			if strings.Contains(string(file), "^PW11") {
				t.Errorf("%s is too wide for a printer of labels", c.args)
			}
		}
	}
}

// A picture is of one page; what cannot be had is said rather than left out.
func TestAPictureHasNoCopies(t *testing.T) {
	out := filepath.Join(t.TempDir(), "test.png")
	said, code := commanded(t, "zh", "labels", "test", "--copies", "2", "--out", out)
	if _, err := os.Stat(out); code != exitFailed || err == nil || !strings.Contains(said, "PNG") {
		t.Errorf("%d: %s", code, said)
	}
}

// One code that no barcode can hold is told of, and holds up no other.
func TestALabelThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	db, out := filepath.Join(dir, "bay.db"), filepath.Join(dir, "items.zpl")
	long := "https://example.com/" + strings.Repeat("0", 100)
	siteAt(t, db, []store.Event{store.ItemSaved{Item: store.Item{SKU: "URL-1", Name: "网址",
		Active: true, Barcodes: []store.Barcode{{Code: long, N: 1}}}}}, func(*storetest.Site) {})
	said, code := commanded(t, "zh", "labels", "items", "--db", db, "--out", out)
	file, err := os.ReadFile(out)
	if code != 0 || err != nil || !strings.Contains(said, "未打印") ||
		strings.Count(string(file), "^XZ") < 3 {
		t.Errorf("%d, %v: %s", code, err, said)
	}
}

// What is sent to a printer is one job in its language; what did not get there is said, with
// what to look at.
func TestLabelsAreSent(t *testing.T) {
	dir := t.TempDir()
	for _, args := range []string{"", "--as pdf", "--as escpos --copies 2"} {
		said, code := commanded(t, "zh", strings.Fields("labels totes T-1 T-2 --printer dir:"+dir+
			" "+args)...)
		if code != 0 || !strings.Contains(said, "已发送到 dir:"+dir) {
			t.Fatalf("%s: %d: %s", args, code, said)
		}
	}
	for name, want := range map[string]struct {
		mark string
		n    int
	}{"tote.zpl": {"^XZ", 2}, "tote.pdf": {"/Type /Page ", 2}, "tote.escpos": {"\x1dV", 4}} {
		job, err := os.ReadFile(filepath.Join(dir, name))
		if n := strings.Count(string(job), want.mark); err != nil || n != want.n {
			t.Errorf("%s: %d labels (%v)", name, n, err)
		}
	}
	for address, want := range map[string]string{"usb:1": "lp:QUEUE", "tcp:127.0.0.1:1": "paper",
		"dir:" + dir + "/no-such": "connected"} {
		said, code := commanded(t, "en", "labels", "test", "--printer", address)
		if code == 0 || !strings.Contains(said, want) {
			t.Errorf("%s: %d: %s", address, code, said)
		}
	}
}
