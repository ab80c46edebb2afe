package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "scanbay-test-")
	if err == nil {
		err = os.Setenv("SCANBAY_TEST_FOLDER", folder)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// built is the program as people get it, or the reason why there is none; it is
// built for the first test that wants it. With SCANBAY_RACE set it looks for races.
var built = sync.OnceValues(func() (string, error) {
	folder := os.Getenv("SCANBAY_TEST_FOLDER")
	path := filepath.Join(folder, "scanbay.exe")
	args := []string{"build", "-o", path}
	if os.Getenv("SCANBAY_RACE") != "" {
		args = append(args, "-race")
	}
	out, err := exec.Command("go", append(args, ".")...).CombinedOutput()
	if err != nil {
		err = errors.New(string(out))
	}
	return path, errors.Join(err, os.Chmod(folder, 0o755)) // nobody may run it too
})

// program is the path of the program.
func program(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runProgram runs the program without a terminal.
func runProgram(t testing.TB, args ...string) (said string, code int) {
	t.Helper()
	out, err := exec.Command(program(t), args...).CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if ended != nil {
		code = ended.ExitCode()
	}
	return string(out), code
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}
