package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/tui/i18n"
)

// lasting is how long a condition is there before it is shown: a cable that is
// pushed home, or a link that blinks, is nobody's business.
const lasting = 2 * time.Second

// HealthMsg says how the station is: which condition began, or ended.
type HealthMsg struct {
	Name   i18n.Condition
	OK     bool
	Detail string // which scanner, how much room is left
}

// A trouble is a condition that has begun.
type trouble struct {
	since  time.Time
	detail string
}

// lookMsg has the screen drawn again.
type lookMsg struct{}

func (a *App) health(msg HealthMsg) tea.Cmd {
	t, known := a.ill[msg.Name]
	switch {
	case msg.OK:
		delete(a.ill, msg.Name)
		return nil
	case known:
		a.ill[msg.Name] = trouble{t.since, msg.Detail}
		return nil
	}
	a.ill[msg.Name] = trouble{a.sh.Clock.Now(), msg.Detail}
	return a.sh.Clock.After(lasting, lookMsg{})
}

// lasted is the conditions that have lasted, the worst first.
func (a *App) lasted() []i18n.Condition {
	var out []i18n.Condition
	for _, c := range i18n.Conditions {
		if t, ok := a.ill[c]; ok && a.sh.Clock.Now().Sub(t.since) >= lasting {
			out = append(out, c)
		}
	}
	return out
}

// troubles says what is wrong with the station, and what to do.
func (a *App) troubles() []string {
	var out []string
	for _, c := range a.lasted() {
		_, problem, remedy := i18n.Describe(a.sh.Text, c, a.ill[c].detail)
		out = append(out, problem, remedy)
	}
	return out
}
