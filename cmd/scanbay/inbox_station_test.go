//go:build linux

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFilesForAStationAtWork: the command says the same, and ends the same, with a
// station at work as without one.
func TestFilesForAStationAtWork(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		must(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	items := write("items.csv", "sku,name\nT1,tea\nT2,cup\n")
	bins := write("bins.csv", "bin\nA-1\n")
	stock := write("stock.csv", "Place,sku,qty\nA-1,T1,9\nA-1,T9,1\n")
	list := filepath.Join(folder, "list.csv")
	steps := []struct {
		args string
		code int
	}{
		{"items " + items, 0}, {"bins " + bins, 0},
		{"stock " + stock + " --map bin=Place --report " + list, exitFailed},
		{"stock " + stock + " --map bin=Place --keep-good --dry-run", 0},
		{"stock " + stock + " --map bin=Place --keep-good --source wms", 0},
		{"stock " + stock + " --keep-good --source wms", 0},
		{"stock " + stock + " --map place=Place", exitFailed},
		{"items " + filepath.Join(folder, "none.csv"), exitFailed},
	}
	alone, shared := filepath.Join(folder, "alone.db"), filepath.Join(folder, "shared.db")
	d := sit(t, 80, 24, "--lang=en", "station", "--db", shared)
	d.shows(says.SignInBadge())
	for _, step := range steps {
		args := append([]string{"--lang=zh", "import"}, strings.Fields(step.args)...)
		must(t, os.RemoveAll(list))
		want, code := runProgram(t, append(args, "--db", alone)...)
		wantList, _ := os.ReadFile(list) // most write none
		must(t, os.RemoveAll(list))
		got, sharedCode := runProgram(t, append(args, "--db", shared)...)
		gotList, _ := os.ReadFile(list)
		got = strings.Replace(got, chinese{}.HandedOver(shared)+"\n", "", 1)
		if !bytes.Equal(gotList, wantList) || strings.Contains(step.args, list) &&
			!strings.Contains(string(gotList), "stock.csv,3,") {
			t.Errorf("%s: %s", step.args, gotList)
		}
		if got != want || code != step.code || sharedCode != step.code {
			t.Errorf("%s\nalone ends with %d:\n%sbeside a station with %d:\n%s", step.args, code,
				want, sharedCode, got)
		}
	}
	if left, err := os.ReadDir(shared + ".inbox"); err != nil || len(left) > 0 {
		t.Errorf("it left %v (%v)", left, err)
	}
	if said, code := runProgram(t, "--lang=en", "verify", shared); code != 0 {
		t.Errorf("%d: %s", code, said)
	}
}
