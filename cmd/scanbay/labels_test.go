package main

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
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
			if code != 0 || strings.Count(said, out[:len(out)-4]) != 2 {
				t.Fatalf("%d: %s", code, said)
			}
			read := append(readCard(t, out, text, prefix, false),
				readCard(t, out[:len(out)-4]+"-2.png", text, prefix, true)...)
			for _, c := range i18n.Commands {
				n := 0
				for _, r := range read {
					if r == c {
						n++
					}
				}
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
func readCard(t *testing.T, path string, text i18n.Text, prefix string, desk bool) (
	out []i18n.Command) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	page, err := png.Decode(f)
	must(t, err)
	drawn, err := drawCard(&console{Text: text}, groupsOf(desk), prefix)
	must(t, err)
	for command, at := range drawn.at {
		if !at.In(page.Bounds()) {
			t.Fatalf("%s is at %v of %v", command, at, page.Bounds())
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(page.(*image.Gray).SubImage(at))
		must(t, err)
		read, err := oned.NewCode128Reader().Decode(bits, nil)
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		kind, code, ok := scanner.Decode(prefix, read.GetText())
		if c := i18n.CommandOf(code); !ok || kind != scanner.CommandLabel || c != command {
			t.Errorf("%s is read as %s", command, read.GetText())
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

// Every character on the card has its dots, 16 rows of them.
func TestTheCardHasGlyphs(t *testing.T) {
	font := glyphs()
	if lines := strings.Count(unifont, "\n"); lines != len(font) {
		t.Errorf("%d glyphs in %d lines", len(font), lines)
	}
	for r, g := range font {
		if len(g.rows) != glyphHeight || g.width != 8 && g.width != 16 {
			t.Errorf("%c is %d wide with %d rows", r, g.width, len(g.rows))
		}
	}
	for _, text := range languages() {
		all := wordsIn(text).CardGroups()
		said := ""
		for _, g := range cardGroups() {
			said += all[g.name]
			for _, c := range g.commands {
				said += text.Commands()[c]
			}
		}
		for _, r := range said {
			if _, ok := font[r]; !ok {
				t.Errorf("%c has no glyph in glyphs/unifont.hex", r)
			}
		}
	}
}
