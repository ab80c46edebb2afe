package main

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

var update = flag.Bool("update", false, "rewrite what the scenarios compare with")

func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
		for _, lang := range []i18n.Text{i18n.Chinese{}, i18n.English{}} {
			t.Run(filepath.Base(path)+"/"+lang.Tag(), func(t *testing.T) {
				if err := play(t.Context(), path, lang, *update); err != nil {
					t.Error(err)
				}
			})
		}
	}
	everyReason(t, "gb18030", intake.Password, intake.OldFormat, intake.WhichSheet,
		intake.MergedCell)
	everyReason(t, "xlsx", intake.BadQuote)
	for _, code := range store.Codes {
		if !strings.Contains(all.String(), "refused "+string(code)+"\n") {
			t.Errorf("no scenario provokes %s", code)
		}
	}
}

// everyReason wants every problem of a file provoked in one of a form, but for those
// that cannot occur there.
func everyReason(t *testing.T, form string, but ...intake.ReasonCode) {
	t.Helper()
	text, err := os.ReadFile("testdata/script/import_every_problem_" + form + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 && words[0] == "reasons" {
			for _, code := range words[1:] {
				seen[code] = true
			}
		}
	}
	for _, code := range intake.Reasons {
		if seen[string(code)] == slices.Contains(but, code) {
			t.Errorf("%s: %s is provoked: %v", form, code, seen[string(code)])
		}
	}
}
