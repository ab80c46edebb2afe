package tuitest

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/tools/txtar"

	"scanbay/tui/i18n"
)

// A Step is what an operator does on a fresh station before the look.
type Step struct {
	Name string
	Do   func(*Driver)
	Each bool // what it does depends on the size
}

// Golden is all that can be seen of a screen: every step in every language and
// size, in one archive at Path.
type Golden struct {
	Path      string
	Languages []i18n.Text // Chinese and English where empty
	Sizes     [][2]int    // 20 x 16 and 80 x 24 where empty
	Steps     []Step
	Start     func(t i18n.Text, w, h int) *Driver
}

// Compare compares what is seen with the archive, which update rewrites.
func (g Golden) Compare(update bool) error {
	got, err := g.look()
	if update {
		return errors.Join(err, os.WriteFile(g.Path, txtar.Format(got), 0o644))
	}
	want, readErr := txtar.ParseFile(g.Path)
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	for _, f := range got.Files {
		i := slices.IndexFunc(want.Files, func(w txtar.File) bool { return w.Name == f.Name })
		switch {
		case i < 0:
			err = errors.Join(err, fmt.Errorf("%s is not in the archive:\n%s", f.Name, f.Data))
		case string(want.Files[i].Data) != string(f.Data):
			err = errors.Join(err, fmt.Errorf("%s: want\n%sgot\n%s",
				f.Name, want.Files[i].Data, f.Data))
		}
	}
	if len(want.Files) != len(got.Files) {
		err = errors.Join(err, fmt.Errorf("%s: %d screens in the archive, %d here",
			g.Path, len(want.Files), len(got.Files)))
	}
	return err
}

func (g Golden) look() (*txtar.Archive, error) {
	if g.Languages == nil {
		g.Languages = []i18n.Text{i18n.Chinese{}, i18n.English{}}
	}
	if g.Sizes == nil {
		g.Sizes = [][2]int{{20, 16}, {80, 24}}
	}
	seen, err := &txtar.Archive{}, error(nil)
	for _, text := range g.Languages {
		screens := make([]map[[2]int]string, len(g.Steps))
		for i, step := range g.Steps {
			screens[i] = g.after(text, step, i)
		}
		for _, size := range g.Sizes {
			for i, step := range g.Steps {
				name := fmt.Sprintf("%s/%dx%d/%s", text.Tag(), size[0], size[1], step.Name)
				screen := screens[i][size]
				if i := strings.IndexFunc(screen, Doubtful); i >= 0 {
					err = errors.Join(err, fmt.Errorf("%s: not every terminal agrees on %.9q",
						name, screen[i:]))
				}
				seen.Files = append(seen.Files, txtar.File{Name: name, Data: []byte(screen)})
			}
		}
	}
	return seen, err
}

// after is what is seen in each size behind a step. It is done in one of them, another for
// the next step, and the terminal resized: much of the time goes into getting there.
func (g Golden) after(text i18n.Text, step Step, turn int) map[[2]int]string {
	out := map[[2]int]string{}
	var d *Driver
	for i := range g.Sizes {
		size := g.Sizes[(turn+i)%len(g.Sizes)]
		if i == 0 || step.Each {
			d = g.Start(text, size[0], size[1])
			step.Do(d)
		} else {
			d.Resize(size[0], size[1])
		}
		out[size] = d.Screen()
	}
	return out
}

// Doubtful reports a glyph that some terminals draw one cell wide and some two.
func Doubtful(r rune) bool { return r > '~' && ansi.StringWidth(string(r)) != 2 }
