package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/tui/i18n"
)

// lasting is how long a condition is there before it is shown: a cable that is
// pushed home, or a link that blinks, is nobody's business. Who pulls a trigger in vain
// is told within two seconds, most of which are left for the loss to be noticed.
func lasting(c i18n.Condition) time.Duration {
	if c == i18n.ScannerLost || c == i18n.ScannerDenied {
		return time.Second
	}
	return 2 * time.Second
}

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
	t, known := a.sh.ill[msg.Name]
	switch {
	case msg.OK:
		delete(a.sh.ill, msg.Name)
		return nil
	case known:
		a.sh.ill[msg.Name] = trouble{t.since, msg.Detail}
		return nil
	}
	a.sh.ill[msg.Name] = trouble{a.sh.Clock.Now(), msg.Detail}
	return a.sh.Clock.After(lasting(msg.Name), lookMsg{})
}

// An Ill is a condition of the station that has lasted.
type Ill struct {
	Name   i18n.Condition
	Detail string
	Since  time.Time
}

// Ills is the conditions of the station that have lasted, the worst first.
func (sh *Shell) Ills() (out []Ill) {
	for _, c := range i18n.Conditions {
		if t, ok := sh.ill[c]; ok && sh.Clock.Now().Sub(t.since) >= lasting(c) {
			out = append(out, Ill{c, t.detail, t.since})
		}
	}
	return out
}

// troubles says what is wrong with the station, and what to do.
func (a *App) troubles() []string {
	var out []string
	for _, ill := range a.sh.Ills() {
		_, problem, remedy := i18n.Describe(a.sh.Text, ill.Name, ill.Detail)
		out = append(out, problem, remedy)
	}
	return out
}
