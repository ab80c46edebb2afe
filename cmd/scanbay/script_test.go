package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"scanbay/store"
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
	for _, code := range store.Codes {
		if !strings.Contains(all.String(), "refused "+string(code)+"\n") {
			t.Errorf("no scenario provokes %s", code)
		}
	}
}
