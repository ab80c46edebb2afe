// Package theme names the roles that colours and bells play. Screens ask for a
// role, never for a colour, so that a mono handheld and a dark station share one
// screen.
package theme

import (
	"time"

	"github.com/charmbracelet/lipgloss"
)

// Theme gives each role its style.
type Theme struct {
	Title    lipgloss.Style // what the screen is
	Big      lipgloss.Style // what is read from two metres
	Plain    lipgloss.Style
	Quiet    lipgloss.Style // what only some people need
	Good     lipgloss.Style
	Bad      lipgloss.Style
	Ask      lipgloss.Style // a question, or what must be seen
	Selected lipgloss.Style // the row that Enter would take
}

// Plain is the theme without colour, for tests and mono terminals.
func Plain() Theme { return Theme{} }

// Colour is the theme for the terminal that r writes to, in the 16 colours that
// every terminal has.
func Colour(r *lipgloss.Renderer) Theme {
	s := r.NewStyle()
	ink := func(colour string) lipgloss.Style { return s.Foreground(lipgloss.Color(colour)) }
	return Theme{
		Title: s.Bold(true), Big: s.Bold(true), Plain: s, Quiet: s.Faint(true),
		Good: ink("10"), Bad: ink("9").Bold(true), Ask: ink("11").Bold(true),
		Selected: s.Reverse(true),
	}
}

// A Sound is what an operator hears while looking at the shelf.
type Sound string

// The sounds. They differ in how many bells ring and how fast, since a terminal
// has but one bell.
const (
	Right     Sound = "right"
	Wrong     Sound = "wrong"
	Attention Sound = "attention" // look at the screen before you go on
)

// Bells says when each bell of the sound rings, from its start.
func (s Sound) Bells() []time.Duration {
	n, gap := 1, time.Duration(0)
	switch s {
	case Wrong:
		n, gap = 3, 120*time.Millisecond
	case Attention:
		n, gap = 5, 80*time.Millisecond
	}
	bells := make([]time.Duration, n)
	for i := range bells {
		bells[i] = time.Duration(i) * gap
	}
	return bells
}
