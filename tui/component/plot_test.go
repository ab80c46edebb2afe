package component

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestPlotsAreAsWideAsAsked(t *testing.T) {
	values := []float64{0, 1, 2.5, 0.01, 40, 3}
	for _, s := range append([]string{"", "保温杯 500ml 白", "A-03-12-2"}, hostile...) {
		for w := range 82 {
			rows := []BarRow{{s, "12 3.4%", 12}, {s, s, 0}, {s, "", -4}, {"", "1", 1 << 40}}
			lines := slices.Concat(Bars(rows, w), Columns(values, w, 3), Columns(nil, w, 2),
				Table([][]string{{s, s}, {s}, {"x", "1", s}}, w))
			for _, line := range lines {
				if ansi.StringWidth(line) != w || strings.ContainsAny(line, "\n\x1b") {
					t.Fatalf("%q is not of %d cells: %q", s, w, line)
				}
			}
			if n := len(lines); n != len(rows)+3+2+3 {
				t.Fatalf("%d lines", n)
			}
		}
	}
}

func TestBarsKeepWhatIsSaidAndCutTheName(t *testing.T) {
	rows := []BarRow{{"青花瓷杯 蓝 350ml", "12 3.4%", 12}, {"茶", "5 -", 5}, {"无", "0 0%", 0}}
	for _, w := range []int{16, 20, 30} {
		for i, line := range Bars(rows, w) {
			r := rows[i]
			if !strings.HasSuffix(line, r.Said) || !strings.HasPrefix(line, r.Name[:3]) {
				t.Errorf("%d cells: %q", w, line)
			}
		}
	}
	wide := Bars(rows, 30)
	if a, b := strings.Count(wide[0], "#"), strings.Count(wide[1], "#"); a != 7 || b != 3 ||
		strings.Contains(wide[2], "#") {
		t.Errorf("12 of 12 is %d, 5 is %d: %q", a, b, wide)
	}
	if narrow := Bars(rows, 16); strings.Contains(strings.Join(narrow, ""), "#") {
		t.Errorf("there is no room for a bar: %q", narrow)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		values []float64
		w, h   int
		want   string
	}{
		{[]float64{0, 1, 2, 3}, 4, 1, " .:#"},
		{[]float64{0, 1, 2, 6}, 4, 2, "   #| .:#"}, // 6 of 6, 1 and 2 of six thirds
		{[]float64{6, 3}, 4, 2, "#   |# # "},
		{[]float64{9, 1, 3}, 2, 1, ".#"},       // the last of more than there is room for
		{[]float64{1000, 1}, 2, 3, "# |# |#."}, // little still shows
		{[]float64{3}, 8, 1, "###     "},       // no wider than that
		{[]float64{0, 0}, 2, 2, "  |  "},
	} {
		if got := strings.Join(Columns(c.values, c.w, c.h), "|"); got != c.want {
			t.Errorf("%v on %d x %d: %q, want %q", c.values, c.w, c.h, got, c.want)
		}
	}
}

func TestTableStandsInColumns(t *testing.T) {
	got := Table([][]string{{"", "median", "90%"}, {"review", "2h", "1.5d"}}, 20)
	if strings.Join(got, "|") != "         median  90%|review       2h 1.5d" {
		t.Errorf("%q", got)
	}
	got = Table([][]string{{"a", "1", "22"}, {"b", "333", ""}, {"c"}}, 10)
	if strings.Join(got, "|") != "a     1 22|b   333   |c         " {
		t.Errorf("where cells are empty: %q", got)
	}
	got = Table([][]string{{"", "median", "90%"}, {"review", "2h", "1.5d"}}, 16)
	if strings.Join(got, "|") != "          median|review        2h" {
		t.Errorf("without room for all: %q", got)
	}
}
