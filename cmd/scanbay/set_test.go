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

// TestASiteSetsHowItTakesGoodsBack: its policies, grades, checklists and reasons, in words.
func TestASiteSetsHowItTakesGoodsBack(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	for _, step := range []struct {
		words string
		says  string // of what is refused
	}{
		{"policy all days=30 carriage=8.5 bearer=customer", ""},
		{"policy all restocking=10", ""}, // the rest of it stays
		{"policy category:food final=yes", ""},
		{"policy category:food final=no active=no", ""},
		{"policy all days=soon", "days=soon"}, {"policy all final=perhaps", "yes, no"},
		{"policy all colour=red", "days, final"}, {"policy all carriage=8,5", "8.5"},
		{"policy all days=-1", "0-3650"}, {"policy all bearer=nobody", "liable, customer, us"},
		{"policy brand:X days=1", "category:..., item:..."}, {"policy item:NONE days=1", "NONE"},
		{"policy all grades=shiny", "sealed"}, {"policy all", "scanbay set --help"},
		{"grade good good 良品 restock 1", ""}, {"grade bad bad 次品 hold 9", ""},
		{"grade worse worse 残品 scrap 8", ""}, {"grade worse off", ""},
		{"grade none off", "none"}, {"grade a a 甲 sell 1", "restock"},
		{"grade a a 甲 restock one", "scanbay set --help"}, {"grade a", "scanbay set --help"},
		{"checklist all lid=盖 screen=屏幕", ""}, {"checklist cups handle=柄", ""},
		{"checklist cups handle", "scanbay set --help"}, {"checklist cups handle=", "en, zh"},
		{"reason return smell smells 有异味 supplier", ""},
		{"reason return heavy heavy 太重", ""}, {"reason return heavy off", ""},
		{"reason return none off", "none"}, {"reason mood a a 甲", "short, hold"},
		{"reason return a a 甲 nobody", "warehouse, carrier"},
		{"count A days=30 pieces=1", ""}, {"count A worth=50 two=500", ""}, // the rest stays
		{"count all days=90", ""}, {"count B days=9", ""}, {"count B active=no", ""},
		{"count C active=no", "C"}, {"count D days=1", "A, B, C"}, {"count A days=soon", "30"},
		{"count A percent=101", "0-100"}, {"count A worth=much", "50.5"},
		{"count A colour=red", "days, pieces"}, {"count A", "scanbay set --help"},
		{"reason return", "scanbay set --help"}, {"colour red", "scanbay set --help"},
		{"over_pick ask block", "scanbay set --help"}, {"rule//duplicate", "value"},
	} {
		var out bytes.Buffer
		c := &console{Out: &out, Err: &out, Text: i18n.English{}, Now: time.Now}
		args := append([]string{"--lang", "en", "set"}, strings.Fields(step.words)...)
		code := run(t.Context(), append(args, "--db", db), c)
		if (code == 0) != (step.says == "") || !strings.Contains(out.String(), step.says) {
			t.Errorf("%s: %d: %s", step.words, code, out.String())
		}
	}
	s, err := look(t.Context(), db, time.Now)
	must(t, err)
	defer s.Close()
	must(t, s.Read(t.Context(), func(r *store.Reader) error {
		policies, err := r.ReturnPolicies()
		must(t, err)
		grades, err := r.Grades()
		must(t, err)
		cups, err := r.Checklist("cups")
		must(t, err)
		other, err := r.Checklist("pots")
		must(t, err)
		reasons, err := r.Reasons(store.ReturnReason)
		want := store.ReturnPolicy{Days: 30, Restocking: 10, Carriage: 85_000,
			Bearer: store.CustomerBears, Active: true}
		if len(policies) != 1 || policies[0] != want || len(grades) != 2 || grades[1].N != 9 ||
			len(cups) != 1 || len(other) != 2 || len(reasons) != 1 || reasons[0].Code != "smell" {
			t.Errorf("set: %+v %+v %+v %+v %+v", policies, grades, cups, other, reasons)
		}
		must(t, err)
		counts, err := r.CountPolicies()
		a := store.CountPolicy{Class: "A", Days: 30, Pieces: 1, Worth: 50 * store.MoneyUnit,
			Two: 500 * store.MoneyUnit, Active: true}
		if len(counts) != 2 || counts[0].Days != 90 || counts[1] != a {
			t.Errorf("counts are set: %+v", counts)
		}
		return err
	}))
}
