//go:build linux

package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestARehearsalIsKilled kills rehearsals. Every scan that was answered by then is
// in the log, and the database is in order.
func TestARehearsalIsKilled(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("SCANBAY_KILLS"))
	if err != nil {
		kills = killsInPassing
	}
	const seed = 7
	chance := rand.New(rand.NewPCG(seed, seed))
	answered := 0
	for life := range kills {
		home := t.TempDir()
		notes := filepath.Join(home, "journal")
		cmd := exec.Command(program(t), "rehearse", december, "--orders=40", "--operators=3",
			"--errors=5%", "--seed", strconv.Itoa(life), "--keep", home, "--journal", notes)
		must(t, cmd.Start())
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		grows(t, notes, 1+chance.IntN(400), ended)
		// It falls anywhere: before a scan is read, in its commit, after it.
		time.Sleep(time.Duration(chance.IntN(20)) * time.Millisecond)
		must(t, cmd.Process.Signal(syscall.SIGKILL))
		if err := <-ended; err == nil {
			t.Fatal("it was not killed")
		}
		said, code := runProgram(t, "--lang=en", "verify", filepath.Join(home, rehearsalFile),
			"--journal", notes)
		if code != 0 || !strings.Contains(said, "all in the log") {
			t.Fatalf("%d: %s", code, said)
		}
		answered += lines(t, notes)
	}
	t.Logf("%d kills, %d answered scans", kills, answered)
}

// grows waits until a file has so many lines.
func grows(t *testing.T, path string, least int, ended <-chan error) {
	t.Helper()
	late := time.After(patience)
	for lines(t, path) < least {
		select {
		case err := <-ended:
			t.Fatalf("it ended by itself: %v", err)
		case <-late:
			t.Fatalf("%s does not grow to %d lines", path, least)
		case <-time.After(time.Millisecond):
		}
	}
}

func lines(t *testing.T, path string) int {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Count(string(text), "\n")
}
