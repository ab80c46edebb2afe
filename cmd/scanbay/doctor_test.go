//go:build linux

package main

import (
	"bufio"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"scanbay/scanner"
)

// TestTheDoctorListens: a scanner that drops the separator is told apart from one that is right,
// and one that is pulled out is said to be lost. The station has it from now on.
func TestTheDoctorListens(t *testing.T) {
	b := newBay(t)
	path := filepath.Join(t.TempDir(), "scanner")
	gun := plug(t, path)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		c := &console{Out: in, Err: in, Now: time.Now}
		ended <- run(ctx, []string{"--lang=zh", "doctor", "--serial", path, "--db", b.db}, c)
		_ = in.Close()
	}()
	lines := bufio.NewScanner(out)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("it never said %q", want)
	}
	until(scanner.TestCode)
	gun.scan("]C1" + scanner.TestBody)
	until("读取正确")
	gun.scan("]C1" + strings.ReplaceAll(scanner.TestBody, "\x1d", ""))
	until(`10SCANBAY-121a-Z_9\r"`)
	until("分隔符 FNC1/GS 丢失")
	gun.unplug(path)
	until("scanner")
	stop()
	for lines.Scan() {
		continue // what it still says
	}
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d", code)
	}
	if got := remembered(t, b.db); got != "serial "+path {
		t.Errorf("the station has %q", got)
	}
}
