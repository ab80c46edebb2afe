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

// Beside has a second person of a role answer for a step of the one who is signed in: their
// badge, and then their PIN, since a badge can be copied. Esc leaves it.
type Beside struct {
	sh   *tui.Shell
	role store.Role
	then func(store.Operator) // on the screen below
	who  store.Operator       // whose PIN is asked for; zero before
}

func newBeside(sh *tui.Shell, role store.Role, then func(store.Operator)) *Beside {
	return &Beside{sh: sh, role: role, then: then}
}

// Open implements tui.Screen.
func (b *Beside) Open() tea.Cmd {
	b.who = store.Operator{}
	b.sh.Note()
	return nil
}

// Masked implements tui.Masked: a PIN is asked for.
func (b *Beside) Masked() bool { return b.who.ID != "" }

// Scan implements tui.Screen, as where a shift begins.
func (b *Beside) Scan(s scanner.Scan) tea.Cmd {
	if b.Masked() && (s.Source == keyed || access.LikePIN(s.Label.Text)) {
		by, id, typed := b.sh.By(scanner.Scan{Source: keyed}), b.who.ID, s.Label.Text
		return tui.Do(b.sh, func(ctx context.Context) (store.Operator, error) {
			return b.sh.Vouch(ctx, by, id, b.role, typed)
		}, func(o store.Operator) tea.Cmd {
			cmd := b.sh.Pop()
			b.then(o)
			return cmd
		})
	}
	b.who = store.Operator{}
	by := b.sh.By(s)
	return tui.Do(b.sh, func(ctx context.Context) (store.Operator, error) {
		return access.Who(ctx, b.sh.Store, by)
	}, func(o store.Operator) tea.Cmd {
		b.who = o
		b.sh.Note()
		return nil
	})
}

// Refused implements tui.Refused: whoever has not the right is not asked again.
func (b *Beside) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.NoRight {
		b.who = store.Operator{}
	}
	return nil
}

// Key implements tui.Screen.
func (b *Beside) Key(tea.KeyMsg) tea.Cmd { return nil }

// View implements tui.Screen.
func (b *Beside) View(w, h int) []string {
	t, th := b.sh.Text, b.sh.Theme
	role := t.Roles()[b.role]
	ask := t.BesideBadge(role)
	if b.Masked() {
		ask = t.SignInPIN(b.who.Name)
	}
	return component.Page([]string{th.Title.Render(component.Fit(t.BesideTitle(role), w))},
		component.Wrap(ask, w), w, h)
}

// Asks implements tui.Asker: nobody's badge is on the screen.
func (b *Beside) Asks() (right, wrong string) { return "", "NOBODY" }
