package component

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Plots are drawn in ASCII: terminals do not agree on how wide a block element is.

// A BarRow is one row of Bars: a name, a bar as long as N of the longest, and what is
// said of it.
type BarRow struct {
	Name, Said string
	N          int64
}

// Bars draws rows of w cells: what is said at the right edge and whole, the bar before it,
// and the name cut to what is left.
func Bars(rows []BarRow, w int) (out []string) {
	said, most := 0, int64(1)
	for _, r := range rows {
		said, most = max(said, ansi.StringWidth(Clean(r.Said))), max(most, r.N)
	}
	const gap, least = 1, 3 // cells between the parts, and of a bar
	room := w - said - 2*gap
	bar := room / 3
	if bar < least { // the name is worth more
		bar = 0
	}
	for _, r := range rows {
		right := r.Said
		if bar > 0 {
			n := int((max(0, r.N)*int64(bar) + most - 1) / most)
			pad := said - ansi.StringWidth(Clean(r.Said))
			right = strings.Repeat("#", n) + strings.Repeat(" ", bar-n+gap+pad) + r.Said
		}
		out = append(out, Pair(r.Name, right, w))
	}
	return out
}

// columnParts are how a cell of a column is filled by a third, two thirds and wholly.
const columnParts = ".:#"

// Columns draws values as columns of w cells and h lines from the first to the last, the
// largest as high as there is room. What is more than nothing shows. Of more values than
// cells the last are drawn: Drawn says how many.
func Columns(values []float64, w, h int) []string {
	values = values[len(values)-Drawn(len(values), w):]
	top, wide := 0.0, 1
	for _, v := range values {
		top = max(top, v)
	}
	if len(values) > 0 {
		wide = max(1, min(w/len(values), columnMax))
	}
	lines := make([]strings.Builder, max(0, h))
	for _, v := range values {
		parts := 0
		if v > 0 {
			parts = max(1, int(v/top*float64(h*len(columnParts))+0.5))
		}
		for i := range lines {
			fill := parts - (h-1-i)*len(columnParts)
			cell := " "
			if fill > 0 {
				cell = columnParts[min(fill, len(columnParts))-1:][:1]
			}
			lines[i].WriteString(strings.Repeat(cell, max(1, wide-1)) +
				strings.Repeat(" ", min(1, wide-1)))
		}
	}
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = Fit(strings.TrimRight(lines[i].String(), " "), w)
	}
	return out
}

// columnMax is how wide a column is at most, with the blank behind it.
const columnMax = 4

// Drawn is how many of n values Columns draws on w cells.
func Drawn(n, w int) int { return min(n, max(0, w)) }

// Table draws rows of w cells in columns: the first from the left, the others to the right
// and whole. Where there is not room for all, the last columns go, and then the first is cut.
func Table(rows [][]string, w int) (out []string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(Clean(cell)))
		}
	}
	all := len(widths) - 1 // the gaps
	for _, n := range widths {
		all += n
	}
	for all > w && len(widths) > 2 {
		last := len(widths) - 1
		all, widths = all-widths[last]-1, widths[:last]
	}
	for _, row := range rows {
		right := ""
		for i := 1; i < len(widths); i++ {
			cell := ""
			if i < len(row) {
				cell = Clean(row[i])
			}
			right += strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+1) + cell
		}
		out = append(out, Fit(Fit(row[0], w-ansi.StringWidth(right))+right, w))
	}
	return out
}
