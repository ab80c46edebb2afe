package tuitest

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A Clock stands still until the Driver moves it.
type Clock struct {
	now    *time.Time
	timers []timer
}

type timer struct {
	at  time.Time
	msg tea.Msg
}

// NewClock returns a clock that stands at now.
func NewClock(now time.Time) *Clock { return &Clock{now: &now} }

// Another is a clock for another station: it shows the same time, and keeps
// timers of its own.
func (c *Clock) Another() *Clock { return &Clock{now: c.now} }

// Advance moves the time on without a look at the timers.
func (c *Clock) Advance(d time.Duration) { *c.now = c.now.Add(d) }

// Now implements tui.Clock.
func (c *Clock) Now() time.Time { return *c.now }

// After implements tui.Clock.
func (c *Clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.timers = append(c.timers, timer{c.now.Add(d), msg})
		return nil
	}
}

// next moves the clock to its next timer up to end, and takes that off. With
// none left it moves to end.
func (c *Clock) next(end time.Time) (tea.Msg, bool) {
	due := -1
	for i, t := range c.timers {
		if !t.at.After(end) && (due < 0 || t.at.Before(c.timers[due].at)) {
			due = i
		}
	}
	if due < 0 {
		if end.After(*c.now) {
			*c.now = end
		}
		return nil, false
	}
	t := c.timers[due]
	c.timers = slices.Delete(c.timers, due, due+1)
	if t.at.After(*c.now) { // another station may have moved the time past it
		*c.now = t.at
	}
	return t.msg, true
}
