package theme

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func TestSoundsDifferInBells(t *testing.T) {
	seen := map[int]Sound{}
	for _, s := range []Sound{Right, Wrong, Attention} {
		n := len(s.Bells())
		if other, twice := seen[n]; twice {
			t.Errorf("%s and %s are both %d bells", s, other, n)
		}
		seen[n] = s
	}
}

func TestRightAndWrongDifferInColour(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	th := Colour(r)
	if good, bad := th.Good.Render("a"), th.Bad.Render("a"); good == bad || good == "a" {
		t.Errorf("%q and %q", good, bad)
	}
	if Plain().Bad.Render("a") != "a" {
		t.Error("the plain theme is not plain")
	}
}
