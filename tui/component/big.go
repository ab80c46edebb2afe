package component

import (
	"strings"

	"scanbay/tui/theme"
)

// Big draws a short code, such as a bin's, so that it is read from two metres.
// On a screen of w by h cells without the room it is plain text.
func Big(th theme.Theme, code string, w, h int) []string {
	rows := big(strings.ToUpper(Clean(code)))
	if h < bigRoom || len(rows[0]) == 0 || len(rows[0]) > w {
		rows = Wrap(code, w)
	}
	for i, row := range rows {
		rows[i] = th.Big.Render(Fit(row, w))
	}
	return rows
}

// bigRoom leaves room for the rest of a screen: 80 by 24 with a short banner.
const bigRoom = 16

// big is text in glyphs of five rows. It is empty where one has no glyph.
func big(text string) []string {
	rows := make([]string, 5)
	for _, r := range text {
		_, after, found := strings.Cut(glyphs, "\n"+string(r)+" ")
		if !found {
			return make([]string, 5)
		}
		line, _, _ := strings.Cut(after, "\n")
		for i, dots := range strings.Fields(line) {
			if rows[i] != "" {
				rows[i] += " "
			}
			rows[i] += strings.ReplaceAll(dots, ".", " ")
		}
	}
	return rows
}

// glyphs holds a character a line, and its five rows from the top.
const glyphs = `
0 .###. #..## #.#.# ##..# .###.
1 .#. ##. .#. .#. ###
2 ####. ....# .###. #.... #####
3 ####. ....# .###. ....# ####.
4 #..#. #..#. ##### ...#. ...#.
5 ##### #.... ####. ....# ####.
6 .###. #.... ####. #...# .###.
7 ##### ....# ...#. ..#.. ..#..
8 .###. #...# .###. #...# .###.
9 .###. #...# .#### ....# .###.
A .###. #...# ##### #...# #...#
B ####. #...# ####. #...# ####.
C .#### #.... #.... #.... .####
D ####. #...# #...# #...# ####.
E ##### #.... ####. #.... #####
F ##### #.... ####. #.... #....
G .#### #.... #..## #...# .####
H #...# #...# ##### #...# #...#
I ### .#. .#. .#. ###
J ....# ....# ....# #...# .###.
K #...# #..#. ###.. #..#. #...#
L #.... #.... #.... #.... #####
M #...# ##.## #.#.# #...# #...#
N #...# ##..# #.#.# #..## #...#
O .###. #...# #...# #...# .###.
P ####. #...# ####. #.... #....
Q .###. #...# #.#.# #..#. .##.#
R ####. #...# ####. #..#. #...#
S .#### #.... .###. ....# ####.
T ##### ..#.. ..#.. ..#.. ..#..
U #...# #...# #...# #...# .###.
V #...# #...# #...# .#.#. ..#..
W #...# #...# #.#.# ##.## #...#
X #...# .#.#. ..#.. .#.#. #...#
Y #...# .#.#. ..#.. ..#.. ..#..
Z ##### ...#. ..#.. .#... #####
- ... ... ### ... ...
. . . . . #
/ ....# ...#. ..#.. .#... #....
: . # . # .
`
