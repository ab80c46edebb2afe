// Package screens holds one file for each screen, named after what the person
// in front of it is doing.
package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/tui"
	"scanbay/tui/component"
)

// SignIn lets an operator in: a badge or a number, and then the PIN.
type SignIn struct {
	sh  *tui.Shell
	key access.Key
	who store.Operator // whose PIN is asked for; zero before
}

// New returns the first screen of a station. When nobody touches the station for
// the Shell's idle time, it signs its operator out.
func New(sh *tui.Shell, key access.Key) *SignIn {
	s := &SignIn{sh: sh, key: key}
	sh.OnIdle = func() tea.Cmd { return s.out(true) }
	sh.LookUp = func() tea.Cmd { return sh.Push(&Look{sh: sh}) }
	sh.Doctor = func() tea.Cmd { return sh.Push(&Doctor{sh: sh}) }
	sh.Print = func() tea.Cmd { return sh.Push(&Printing{sh: sh}) }
	sh.Vouch = func(ctx context.Context, by store.Gesture, id store.OperatorID, role store.Role,
		pin string) (store.Operator, error) {
		return key.Vouch(ctx, sh.Store, by, id, role, pin)
	}
	return s
}

// Open implements tui.Screen.
func (s *SignIn) Open() tea.Cmd {
	s.who = store.Operator{}
	return nil
}

// Masked implements tui.Masked: a PIN is asked for.
func (s *SignIn) Masked() bool { return s.who.ID != "" }

// Scan implements tui.Screen. A PIN is typed, and one that a slow line delivers in
// one piece looks like a scan; anything else is a badge.
func (s *SignIn) Scan(scan scanner.Scan) tea.Cmd {
	if s.Masked() && (scan.Source == keyed || access.LikePIN(scan.Label.Text)) {
		id, typed := s.who.ID, scan.Label.Text
		return tui.Do(s.sh, func(ctx context.Context) (store.Operator, error) {
			return s.key.SignIn(ctx, s.sh.Store, id, typed)
		}, s.in)
	}
	s.who = store.Operator{}
	by := s.sh.By(scan)
	return tui.Do(s.sh, func(ctx context.Context) (store.Operator, error) {
		return access.Who(ctx, s.sh.Store, by)
	}, func(o store.Operator) tea.Cmd {
		s.who = o
		s.sh.Note()
		return nil
	})
}

func (s *SignIn) in(o store.Operator) tea.Cmd {
	s.sh.Operator = o
	for _, t := range s.sh.Languages {
		if t.Tag() == o.Lang {
			s.sh.Text = t
		}
	}
	cmd := s.sh.Reset(&Home{sh: s.sh, out: s.out})
	s.sh.Tell(s.sh.Text.SignedIn(o.Name))
	return cmd
}

// out signs the operator out and comes back to this screen.
func (s *SignIn) out(idle bool) tea.Cmd {
	id := s.sh.Operator.ID
	if id == "" {
		return s.sh.Reset(s)
	}
	return tui.Do(s.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, access.SignOut(ctx, s.sh.Store, id, idle)
	}, func(struct{}) tea.Cmd {
		s.sh.Operator = store.Operator{}
		cmd := s.sh.Reset(s)
		s.sh.Note(s.sh.Text.SignedOut())
		return cmd
	})
}

// Key implements tui.Screen: Esc asks for a badge again.
func (s *SignIn) Key(k tea.KeyMsg) tea.Cmd {
	if k.Type == tea.KeyEsc {
		s.who = store.Operator{}
	}
	return nil
}

// View implements tui.Screen.
func (s *SignIn) View(w, h int) []string {
	t, th := s.sh.Text, s.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.SignInTitle(), w)), component.Fit("", w)}
	data = append(data, component.Paragraphs(w, s.sh.Hint...)...)
	ask := t.SignInBadge()
	if s.Masked() {
		ask = t.SignInPIN(s.who.Name)
	}
	return component.Page(data, component.Wrap(ask, w), w, h)
}

// Asks implements tui.Asker: nobody's badge is on the screen.
func (s *SignIn) Asks() (right, wrong string) { return "", "NOBODY" }
