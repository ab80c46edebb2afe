package component

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"scanbay/tui/theme"
)

// hostile is what a label or a name could hold to steer a terminal.
var hostile = []string{
	"\x1b]52;c;ZXZpbA==\x07", "\x1b[2J", "\u009b2J", "\x9b2J", "a\u202eb", "\u2066x\u2069",
	"a\u200bb", "\ufeffa", "\ufffe", "a\rb", "a\nb", "\x7f", "\x00", "e\u0301\u0301\u0301",
	"\x1bP+q\x1b\\", "\U000e0041", "👩‍👩‍👧", "\xff\xfe", "\u2028", "\t", "\x1d01",
}

func TestCleanSteersNothing(t *testing.T) {
	for _, s := range hostile {
		c := Clean(s)
		for _, r := range c {
			if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Errorf("%q leaves %q", s, c)
			}
		}
		if ansi.Strip(c) != c || !utf8.ValidString(c) {
			t.Errorf("%q leaves %q", s, c)
		}
	}
	if s := Clean("龙井茶 “特级” 500g×2"); s != `龙井茶 "特级" 500gx2` {
		t.Errorf("a good name became %q", s)
	}
}

func TestCleanHasAWidthForEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, c := range Clean(string(r)) {
			if w := ansi.StringWidth(string(c)); w != 1 && w != 2 {
				t.Errorf("%U is drawn as %U of %d cells", r, c, w)
			}
		}
	}
}

func TestEveryLineIsAsWideAsAsked(t *testing.T) {
	th := theme.Plain()
	texts := append([]string{"", " ", "保温杯 500ml 白", "A-03-12-2", "6901234567892",
		"请放回此件，再到打包台领取下一张出库单", strings.Repeat("x", 100)}, hostile...)
	for _, s := range texts {
		for w := 1; w <= 81; w++ {
			lines := slices.Concat(Wrap(s, w), Page([]string{Fit(s, w)}, Wrap(s, w), w, 3),
				List(th, []string{s, s, s}, 1, w, 2), Big(th, s, w, 30), Big(th, s, w, 3),
				Banner(th, Must, []string{s, s}, w),
				[]string{Fit(s, w), Pair(s, s, w), Bar(1, 2, w)})
			for _, line := range lines {
				if ansi.StringWidth(line) != w || strings.ContainsAny(line, "\n\x1b") {
					t.Fatalf("%q is not of %d cells: %q", s, w, line)
				}
			}
		}
	}
}

func TestWrapLosesNothingAndKeepsCodesWhole(t *testing.T) {
	const code = "CK-0042-1-1"
	for _, s := range []string{
		"Put this piece back and take the next slip " + code,
		"请放回此件，再到打包台领取下一张出库单 " + code,
		"请放回此件" + code + "，再到打包台领取下一张出库单",
	} {
		for w := 20; w <= 80; w++ {
			lines := Wrap(s, w)
			whole := strings.Contains(strings.Join(lines, "\n"), code)
			if text := strings.Join(lines, ""); bare(text) != bare(s) || !whole {
				t.Errorf("%d cells: %q", w, lines)
			}
			for _, line := range lines {
				if strings.HasPrefix(line, "，") || strings.HasPrefix(line, " ") {
					t.Errorf("%d cells: a line begins with %q", w, line)
				}
			}
		}
	}
}

func bare(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestPageGivesDataAway(t *testing.T) {
	for _, c := range []struct {
		h    int
		want string
	}{{0, ""}, {1, "x"}, {2, "x|y"}, {3, "a|x|y"}, {4, "a|b|x|y"}, {5, "a|b| |x|y"}} {
		got := strings.Join(Page([]string{"a", "b"}, []string{"x", "y"}, 1, c.h), "|")
		if got != c.want {
			t.Errorf("%d lines: %q, want %q", c.h, got, c.want)
		}
	}
}

func TestListKeepsTheSelectedRowInView(t *testing.T) {
	rows := strings.Split("abcdefghij", "")
	for at, row := range rows {
		for h := 1; h <= 12; h++ {
			if lines := List(theme.Plain(), rows, at, 3, h); !slices.Contains(lines, "> "+row) ||
				len(lines) != h {
				t.Errorf("row %d of %d lines: %q", at, h, lines)
			}
		}
	}
}

func TestBigNeedsRoom(t *testing.T) {
	th := theme.Plain()
	if art := Big(th, "A-03-12-2", 80, 20); len(art) != 5 || !strings.Contains(art[0], "###") {
		t.Errorf("no big letters:\n%s", strings.Join(art, "\n"))
	}
	for _, lines := range [][]string{
		Big(th, "A-03-12-2", 40, 20), Big(th, "A-03-12-2", 80, 10), Big(th, "暂存区", 80, 20),
	} {
		if len(lines) != 1 {
			t.Errorf("not plain: %q", lines)
		}
	}
	seen := map[string]rune{}
	for _, r := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./:" {
		glyph := strings.Join(big(string(r)), "|")
		other, twice := seen[glyph]
		if twice || strings.Trim(glyph, "| #") != "" || len(glyph) < 9 {
			t.Errorf("%c is drawn as %q, like %c", r, glyph, other)
		}
		seen[glyph] = r
		for _, row := range big(string(r)) {
			if len(row) != len(big(string(r))[0]) {
				t.Errorf("%c is ragged", r)
			}
		}
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		done, total int
		want        string
	}{
		{0, 4, "...."}, {1, 4, "#..."}, {4, 4, "####"}, {9, 4, "####"}, {-1, 4, "...."},
		{1, 0, "####"},
	} {
		if got := Bar(c.done, c.total, 4); got != c.want {
			t.Errorf("%d of %d: %s", c.done, c.total, got)
		}
	}
}
