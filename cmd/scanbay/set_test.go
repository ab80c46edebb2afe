package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/tui/i18n"
)

func TestASiteSetsItsRules(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	var said string
	set := func(name, value string) int {
		var out bytes.Buffer
		c := &console{Out: &out, Err: &out, Text: i18n.English{}, Now: time.Now}
		code := run(t.Context(), []string{"set", name, value, "--db", db}, c)
		said = out.String()
		return code
	}
	if set("over_pick", "ask") != 0 || set("rule/uk/complete", "on,lines") != 0 ||
		set("rule//duplicate", "off") != 0 {
		t.Error("what can be set was not")
	}
	for _, bad := range [][2]string{{"colour", "red"}, {"rule/uk/weather", "on"},
		{"rule/uk/complete", "perhaps"}, {"over_pick", "perhaps"}, {"idle_minutes", "0"},
		{"label_prefix", "sb"}, {"rule//duplicate", "on,soon"}} {
		if set(bad[0], bad[1]) == 0 {
			t.Errorf("%s was set to %s", bad[0], bad[1])
		}
	}
	if set("over_pick", "perhaps"); !strings.Contains(said, "It cannot be perhaps. "+
		"Give another value: block, ask.") {
		t.Errorf("a bad value is refused with %q", said)
	}
	s, err := look(t.Context(), db, time.Now)
	must(t, err)
	defer s.Close()
	must(t, s.Read(t.Context(), func(r *store.Reader) error {
		policy, err := r.Setting(store.OverPickPolicy)
		if err != nil {
			return err
		}
		rules, err := r.Rules("uk")
		if policy != "ask" || rules["complete"].Param != "lines" ||
			bool(rules["duplicate"].Active) {
			t.Errorf("set: %s, %v", policy, rules)
		}
		return err
	}))
}
