package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// A Clock tells the time, and sends a message when some of it has passed.
type Clock interface {
	Now() time.Time
	After(d time.Duration, msg tea.Msg) tea.Cmd
}

// RealClock is the clock on the wall, read with now.
func RealClock(now func() time.Time) Clock { return realClock{now} }

type realClock struct{ now func() time.Time }

func (c realClock) Now() time.Time { return c.now() }

func (c realClock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
