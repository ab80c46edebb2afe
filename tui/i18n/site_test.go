package i18n_test

import (
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// meant wants a short name, and a sentence that leaves the smallest screen its rows.
func meant(t *testing.T, lang, of string, m i18n.Meaning) {
	t.Helper()
	const w, most, name = 20, 6, 10
	if m.Name == "" || m.About == "" || len(component.Wrap(m.Name, name)) > 1 ||
		len(component.Wrap(m.About, w)) > most {
		t.Errorf("%s: %s is said as %q, %q", lang, of, m.Name, m.About)
	}
}

func TestEverySettingIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		for _, s := range store.Settings {
			meant(t, text.Tag(), string(s), text.Settings()[s])
			said := map[string]string{}
			for _, v := range s.Choices() {
				name := text.SettingValue(s, v)
				if other, twice := said[name]; twice || name == "" {
					t.Errorf("%s: %s and %s of %s are called %q", text.Tag(), v, other, s, name)
				}
				said[name] = v
			}
		}
		if len(text.Settings()) != len(store.Settings) {
			t.Errorf("%s has words for a setting that is none", text.Tag())
		}
	}
}

func TestEveryRuleIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		for _, r := range order.Rules() {
			m, param := text.Rules()[r], text.RuleParams()[r]
			if (param != "") != (r.Param() != "") {
				t.Errorf("%s: the parameter of %s is said as %q", text.Tag(), r, param)
			}
			if param != "" {
				m.About += text.RuleParam(param)
			}
			meant(t, text.Tag(), string(r), m)
		}
		if len(text.Rules()) != len(order.Rules()) {
			t.Errorf("%s has words for a rule that is none", text.Tag())
		}
	}
}

func TestEveryFieldOfAnOrderIsSaidInEveryLanguage(t *testing.T) {
	for _, text := range languages {
		for field, m := range text.NewOrderRows() {
			meant(t, text.Tag(), field, m)
		}
		if len(text.NewOrderRows()) != len((i18n.English{}).NewOrderRows()) {
			t.Errorf("%s has other fields", text.Tag())
		}
	}
}
