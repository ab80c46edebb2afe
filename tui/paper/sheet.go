package paper

import (
	"strings"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/tui/i18n"
)

// TestSheet is what a scanner is tried with.
func TestSheet(t i18n.Text, prefix string) Doc {
	ours := scanner.Encode(prefix, scanner.CommandLabel, i18n.Help.Label())
	d := Doc{Media: A5, One: true,
		Rows: []Row{ruled(text(t.Papers()[store.TestPaper]).at(20).bold())}}
	for _, line := range t.PaperTestHelp() {
		d.Rows = append(d.Rows, row(text(line)))
	}
	for _, c := range []Code{
		{As: GS1128, Content: scanner.TestBody, Said: scanner.TestCode},
		{As: GS1Matrix, Content: scanner.TestBody, Said: scanner.TestCode},
		{As: EAN, Content: "6901234567892", Said: "6901234567892"},
		{As: Code128, Content: ours, Said: ours},
	} {
		d.Rows = append(d.Rows, row(text(t.PaperTest(c.Said)).at(8)),
			row(c.unsaid().cell()))
	}
	return d
}

// A CommandGroup is commands that are used together.
type CommandGroup struct {
	Name     string
	Commands []i18n.Command
}

// CommandSheet is a card of commands for hands without keys, with their words in the languages of
// the site, the reader's first.
func CommandSheet(texts []i18n.Text, prefix string, groups []CommandGroup) Doc {
	const columns = 4
	d := Doc{Media: A4}
	for _, g := range groups {
		d.Rows = append(d.Rows, row(text(g.Name).at(12).bold()))
		for i := 0; i < len(g.Commands); i += columns {
			words, codes := Row{Next: true, Close: true}, Row{Close: true}
			for j := i; j < i+columns; j++ {
				if j >= len(g.Commands) {
					words.Cells, codes.Cells = append(words.Cells, text("")), append(codes.Cells,
						text(""))
					continue
				}
				c := g.Commands[j]
				words.Cells = append(words.Cells, text(inAll(texts, c)))
				codes.Cells = append(codes.Cells,
					ours(prefix, scanner.CommandLabel, c.Label()).high(9).cell())
			}
			d.Rows = append(d.Rows, words, codes)
		}
	}
	return d
}

// inAll is a command in several languages.
func inAll(texts []i18n.Text, c i18n.Command) string {
	var out []string
	for _, t := range texts {
		out = append(out, t.Commands()[c])
	}
	return strings.Join(out, " ")
}
