package main

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"scanbay/store"
)

// aDayAndItsLosses writes the first orders of December, and before them what was adjusted in
// that month.
func aDayAndItsLosses(t *testing.T, orders string) (path string, losses int) {
	t.Helper()
	f, err := os.Open(december)
	must(t, err)
	defer f.Close()
	plain, err := gzip.NewReader(f)
	must(t, err)
	rows, err := csv.NewReader(plain).ReadAll()
	must(t, err)
	out, day := rows[:1:1], [][]string(nil)
	no, qty := slices.Index(rows[0], "InvoiceNo"), slices.Index(rows[0], "Quantity")
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[qty])
		must(t, err)
		switch {
		case n < 0 && !strings.HasPrefix(row[no], "C"):
			out = append(out, row)
		case row[no] < orders:
			day = append(day, row)
		}
	}
	path, losses = filepath.Join(t.TempDir(), "orders.csv"), len(out)-1
	file, err := os.Create(path)
	must(t, err)
	must(t, csv.NewWriter(file).WriteAll(append(out, day...)))
	must(t, file.Close())
	return path, losses
}

// TestARehearsalOfRealLosses: what a shop really wrote off vanishes, people who err count the
// bins, and the book is as the floor afterwards.
func TestARehearsalOfRealLosses(t *testing.T) {
	path, losses := aDayAndItsLosses(t, "536390")
	f, said, code := rehearsedOf(t, path, "--counts", "--operators=3", "--errors=5%",
		"--missing=3%", "--seed=2")
	if code != 0 || f.Violations != 0 || said != "" {
		t.Fatalf("%d, %d violations:\n%s", code, f.Violations, said)
	}
	for name, n := range map[string]int{"vanished": int(f.Vanished), "recounts": f.Recounts,
		"adjusted": int(f.Adjusted), "mistakes": f.Mistakes} {
		if n == 0 {
			t.Errorf("no %s", name)
		}
	}
	if f.Skipped[adjusted] != losses || f.Counts < losses/2 || f.Variances < losses/2 {
		t.Errorf("%d counts and %d variances of %d losses", f.Counts, f.Variances, losses)
	}
	if f.Accuracy <= 0 || f.Accuracy >= 1 {
		t.Errorf("accuracy %v", f.Accuracy)
	}
	if f.Refusals[string(store.WrongBin)] == 0 {
		t.Error("nobody erred about a bin")
	}
}
