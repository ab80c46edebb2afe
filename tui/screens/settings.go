package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/tui"
)

// Settings shows a supervisor what the site has decided, with what it means, and lets
// them decide otherwise.
type Settings struct {
	form
	now      map[store.Setting]string
	channels []string
}

func newSettings(sh *tui.Shell) *Settings { return &Settings{form: form{sh: sh}} }

// Open implements tui.Screen.
func (s *Settings) Open() tea.Cmd {
	type read struct {
		now      map[store.Setting]string
		channels []string
	}
	return tui.Do(s.sh, func(ctx context.Context) (read, error) {
		return store.Get(ctx, s.sh.Store, func(r *store.Reader) (read, error) {
			out := read{now: map[store.Setting]string{}}
			for _, name := range store.Settings {
				v, err := r.Setting(name)
				if err != nil {
					return out, err
				}
				out.now[name] = v
			}
			all, err := r.Channels()
			out.channels = append([]string{""}, all...)
			return out, err
		})
	}, func(r read) tea.Cmd {
		s.now, s.channels = r.now, r.channels
		return nil
	})
}

func (s *Settings) rows() (out []row) {
	t := s.sh.Text
	for _, name := range store.Settings {
		about := t.Settings()[name]
		out = append(out, row{about.Name, t.SettingValue(name, s.now[name]), about.About,
			func() tea.Cmd { return s.edit(name, about.Name) }})
	}
	rules := t.RulesRow()
	return append(out, row{rules.Name, ">", rules.About, s.rules})
}

// edit asks for the value of a setting: one of a few, or one that is typed.
func (s *Settings) edit(name store.Setting, called string) tea.Cmd {
	choices := name.Choices()
	if len(choices) == 0 {
		return s.ask(called, s.now[name], func(text string) tea.Cmd { return s.set(name, text) })
	}
	var options []string
	for _, value := range choices {
		options = append(options, s.sh.Text.SettingValue(name, value))
	}
	return s.sh.Choose(tui.Choice{Title: called, Options: options,
		Pick: func(i int) tea.Cmd { return s.set(name, choices[i]) }})
}

func (s *Settings) set(name store.Setting, value string) tea.Cmd {
	if value == s.now[name] {
		return nil
	}
	by := s.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(s.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, access.Set(ctx, s.sh.Store, by, name, value)
	}, func(struct{}) tea.Cmd {
		t := s.sh.Text
		s.sh.Tell(t.SetNow(t.Settings()[name].Name, t.SettingValue(name, value)))
		return s.Open()
	})
}

// rules asks whose orders the rules are for.
func (s *Settings) rules() tea.Cmd {
	t := s.sh.Text
	var options []string
	for _, channel := range s.channels {
		options = append(options, t.Channel(channel))
	}
	return s.sh.Choose(tui.Choice{Title: t.WhichChannel(), Options: options,
		Pick: func(i int) tea.Cmd {
			return s.sh.Push(&Rules{form: form{sh: s.sh}, channel: s.channels[i]})
		}})
}

// Scan implements tui.Screen: no label stands for a setting.
func (s *Settings) Scan(scan scanner.Scan) tea.Cmd { return noLabel(s.sh, scan) }

// noLabel refuses a scan on a screen that has a use for none.
func noLabel(sh *tui.Shell, s scanner.Scan) tea.Cmd {
	by := sh.By(s)
	r := store.Refusal{Code: store.WrongKind, Got: s.Label.Text}
	return tui.Do(sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, sh.Store.Refuse(ctx, by, &r)
	}, nil)
}

// Key implements tui.Screen.
func (s *Settings) Key(k tea.KeyMsg) tea.Cmd { return s.key(k, s.rows()) }

// View implements tui.Screen.
func (s *Settings) View(w, h int) []string {
	t := s.sh.Text
	return s.view(t.SettingsTitle(), t.FormHint(), s.rows(), w, h)
}

// Rules shows a supervisor what the review asks of a channel's orders.
type Rules struct {
	form
	channel string
	now     []order.RuleNow
}

// Open implements tui.Screen.
func (l *Rules) Open() tea.Cmd {
	return tui.Do(l.sh, func(ctx context.Context) ([]order.RuleNow, error) {
		return store.Get(ctx, l.sh.Store, func(r *store.Reader) ([]order.RuleNow, error) {
			return order.RulesNow(r, l.channel)
		})
	}, func(now []order.RuleNow) tea.Cmd {
		l.now = now
		return nil
	})
}

func (l *Rules) rows() (out []row) {
	t := l.sh.Text
	for _, r := range l.now {
		m, value := t.Rules()[r.Rule], t.OnOff(r.On)
		if r.Rule.Param() != "" {
			m.About += t.RuleParam(t.RuleParams()[r.Rule])
			value = join(value, r.Param)
		}
		out = append(out, row{m.Name, value, m.About, func() tea.Cmd { return l.edit(r, m.Name) }})
	}
	return out
}

func (l *Rules) edit(r order.RuleNow, called string) tea.Cmd {
	t := l.sh.Text
	options := []string{t.OnOff(true), t.OnOff(false)}
	if r.Rule.Param() != "" {
		options = append(options, t.SetParam())
	}
	return l.sh.Choose(tui.Choice{Title: called, Options: options, Pick: func(i int) tea.Cmd {
		if i < 2 {
			return l.set(r, i == 0, r.Param)
		}
		return l.ask(called, r.Param, func(text string) tea.Cmd { return l.set(r, r.On, text) })
	}})
}

func (l *Rules) set(r order.RuleNow, on bool, param string) tea.Cmd {
	if on == r.On && param == r.Param {
		return nil
	}
	by := l.sh.By(scanner.Scan{Source: keyed})
	e := store.RuleSet{Channel: l.channel, Rule: string(r.Rule), Active: store.Bit(on),
		Param: param}
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, order.SetRule(ctx, l.sh.Store, by, e)
	}, func(struct{}) tea.Cmd {
		t := l.sh.Text
		l.sh.Tell(t.SetNow(t.Rules()[r.Rule].Name, join(t.OnOff(on), param)))
		return l.Open()
	})
}

// Scan implements tui.Screen: no label stands for a rule.
func (l *Rules) Scan(s scanner.Scan) tea.Cmd { return noLabel(l.sh, s) }

// Key implements tui.Screen.
func (l *Rules) Key(k tea.KeyMsg) tea.Cmd { return l.key(k, l.rows()) }

// View implements tui.Screen.
func (l *Rules) View(w, h int) []string {
	t := l.sh.Text
	return l.view(t.RulesTitle(l.channel), t.FormHint(), l.rows(), w, h)
}
