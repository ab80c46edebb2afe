package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/tui/i18n"
)

// TestBinsArePlannedToBeCounted: by the command line, once, and listed in walking order.
func TestBinsArePlannedToBeCounted(t *testing.T) {
	dir := t.TempDir()
	s, _, err := openDemo(t.Context(), dir, time.Now)
	must(t, err)
	must(t, s.Close())
	db, file := filepath.Join(dir, "demo", "scanbay.db"), filepath.Join(dir, "due.csv")
	said := ""
	does := func(words, says string) bool {
		var out bytes.Buffer
		c := &console{Out: &out, Err: &out, Text: i18n.English{}, Now: time.Now}
		args := append([]string{"--lang", "en", "count"}, strings.Fields(words)...)
		code := run(t.Context(), append(args, "--db", db), c)
		if said = out.String(); !strings.Contains(said, says) {
			t.Errorf("count %s says %q, not %q", words, said, says)
		}
		return code == 0
	}
	for _, step := range []struct {
		words, says string
		ok          bool
	}{
		{"list", "B-01-03", true}, // the demonstration has some counted
		{"plan --by zone --zone A --most 4", "4 bins are to be counted", true},
		{"plan --by bin --bin B-01-04", "1 bins are to be counted", true},
		{"plan --by bin --bin B-01-04", "scanbay count list", false},
		{"plan --by bin --bin Z-01", "scanbay count list", false},
		{"plan --by random --share 200", "--share 1-100", false},
		{"plan --by due", "days", false}, {"plan --by mood", "mood", false},
		{"plan", "--by", false}, {"list --csv " + file, file, true},
		{"list --csv " + file, ".csv", false}, // it is there
		{"list --csv due.xlsx", ".csv", false},
	} {
		if does(step.words, step.says) != step.ok {
			t.Errorf("count %s: %s", step.words, said)
		}
	}
	text, err := os.ReadFile(file)
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\r\n")
	if len(lines) != 10 || !strings.HasPrefix(lines[1], "A-01-01,A,,asked for,") ||
		!strings.HasPrefix(lines[9], "B-01-04,B,,") {
		t.Errorf("%d lines:\n%s", len(lines), text)
	}
}
