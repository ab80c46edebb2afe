package tui

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
)

// WeightMsg brings what the scale says into the update loop.
type WeightMsg scanner.Weight

// barely is how many grams a scale may show with nothing on it.
const barely = 5

// A scale is what the station's scale said last, and what was weighed on it.
type scale struct {
	there bool // it has said something, if only that it is lost
	last  scanner.Weight
	of    string // what was weighed last, while it may lie there; empty for nothing
	grams int64  // that the scale showed of it
}

// says takes what the scale says. Once it shows next to nothing, or has settled at little, what was
// weighed is gone; a carton that is tipped does not come to lie lighter.
func (s *scale) says(w scanner.Weight) {
	s.there, s.last = true, w
	shows := w.Bad == "" || w.Bad == scanner.Negative
	if shows && (w.Grams <= barely || w.Stable && w.Grams <= s.grams/10) {
		s.of = ""
	}
}

// still says whether what was weighed last, and is not what, lies there: the scale was
// never seen empty, and shows about the same.
func (s *scale) still(what string, grams int64) bool {
	off := max(grams-s.grams, s.grams-grams)
	return s.of != "" && s.of != what && off <= max(barely, s.grams/20)
}

// weight is what the scale says now.
func (sh *Shell) weight() scanner.Weight {
	w := sh.scale.last
	if sh.Clock.Now().Sub(w.At) >= scanner.WeightLasts {
		return scanner.Weight{Bad: scanner.Silent}
	}
	return w
}

// Weighing offers what the scale shows to an entry that asks what something weighs; take is
// given it in grams. It is nil for a station without a scale. Nothing is offered while the scale
// moves, nor as long as what was weighed before, something else, lies on it.
func (sh *Shell) Weighing(what string, take func(grams int64) tea.Cmd) func() Offer {
	if !sh.scale.there {
		return nil
	}
	return func() Offer {
		t, w := sh.Text, sh.weight()
		switch {
		case w.Bad == scanner.Negative && w.Grams < 0 && w.Grams >= -barely:
			return Offer{Hint: t.ScaleEmpty()}
		case w.Bad != "":
			return Offer{Hint: t.ScaleFlaws()[w.Bad]}
		case w.Grams <= barely:
			return Offer{Hint: t.ScaleEmpty()}
		case sh.scale.still(what, w.Grams):
			return Offer{Hint: t.ScaleSame()}
		case !w.Stable:
			return Offer{Hint: t.ScaleMoves(w.Grams)}
		}
		return Offer{Text: strconv.FormatInt(w.Grams, 10), Hint: t.ScaleShows(w.Grams, w.Net),
			Take: func() tea.Cmd {
				sh.scale.of, sh.scale.grams = what, w.Grams
				return take(w.Grams)
			}}
	}
}

// Weighed says that a weight was typed for something: what lies on the scale, and weighs as much,
// is offered for nothing else. What lay there before is still that.
func (sh *Shell) Weighed(what string, grams int64) {
	s, w := &sh.scale, sh.weight()
	if w.Bad == "" && s.still(what, w.Grams) {
		return
	}
	if w.Bad == "" && w.Stable && w.Grams > barely {
		grams = w.Grams
	}
	if s.of, s.grams = what, grams; grams <= barely {
		s.of = ""
	}
}
