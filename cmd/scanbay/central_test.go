package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A served is a central server that runs as its own program.
type served struct {
	t      testing.TB
	folder string
	args   []string
	cmd    *exec.Cmd
	url    string // as this computer reaches it
}

// serve starts a central server of its own, with the demonstration's warehouse.
func serve(t testing.TB, args ...string) *served {
	t.Helper()
	folder := t.TempDir()
	s, _, err := openDemo(context.Background(), folder, time.Now)
	must(t, err)
	must(t, s.Close())
	h := &served{t: t, folder: folder, args: append([]string{"--warehouse", "DEMO",
		"--db", filepath.Join(folder, "central.db")}, args...)}
	h.do("central", append(h.args, "--adopt", h.lone())...)
	h.start()
	h.ask("import", "operators", demoFile("operators.csv"))
	return h
}

// lone is the database of the station that stood alone.
func (h *served) lone() string { return filepath.Join(h.folder, "demo", "scanbay.db") }

func demoFile(name string) string { return filepath.Join("testdata", "demo", name) }

// do runs a command to its end, in English, and gives what it said.
func (h *served) do(name string, args ...string) string {
	h.t.Helper()
	out, err := exec.Command(program(h.t), append([]string{"--lang", "en", name}, args...)...).
		CombinedOutput()
	if err != nil {
		h.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// ask is do with the right of an administrator of central.
func (h *served) ask(name string, args ...string) string {
	h.t.Helper()
	return h.do(name, append(args, "--admin", filepath.Join(h.folder, "central.db.admin"),
		"--central", h.url)...)
}

// start starts the server, and waits until it answers. It is found again where it was.
func (h *served) start() {
	h.t.Helper()
	at := "127.0.0.1:0"
	if h.url != "" {
		at = h.url[strings.LastIndex(h.url, "/")+1:]
	}
	h.cmd = exec.Command(program(h.t), append([]string{"--lang", "en", "central", "--listen", at},
		h.args...)...)
	h.cmd.Stderr = os.Stderr
	out, err := h.cmd.StdoutPipe()
	must(h.t, err)
	must(h.t, h.cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "Serving") {
		h.t.Fatalf("central says %q: %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	key, err := readAdmin(filepath.Join(h.folder, "central.db.admin"))
	must(h.t, err)
	h.url = key.URL
	cmd := h.cmd
	h.t.Cleanup(func() { _ = cmd.Process.Kill() })
}

// stop ends the server as an administrator does, or as a power cut.
func (h *served) stop(sig syscall.Signal) {
	h.t.Helper()
	must(h.t, h.cmd.Process.Signal(sig))
	err := h.cmd.Wait()
	var ended *exec.ExitError
	if sig != syscall.SIGKILL && err != nil || err != nil && !errors.As(err, &ended) {
		h.t.Fatalf("central ends with %v", err)
	}
}

// enroll takes a station in, and gives its database.
func (h *served) enroll(name, db string) string {
	h.t.Helper()
	said := h.ask("stations", "add", name)
	words := strings.Fields(said)
	h.do("enroll", h.url, words[len(words)-1], "--db", db)
	return db
}

// TestASiteGrowsFromOneStationToTwo: a lone station becomes central's, a second one joins,
// what one picks the other sees, and both work on while central is gone.
func TestASiteGrowsFromOneStationToTwo(t *testing.T) {
	h := serve(t)
	first := sit(t, 60, 20, "--lang=en", "station", "--db", h.enroll("S1", h.lone()))
	second := sit(t, 60, 20, "--lang=zh", "station",
		"--db", h.enroll("S2", filepath.Join(h.folder, "s2.db")))
	first.shows("unsent 0")
	second.shows("未传0")
	first.signIn("101", "1234") // who speaks Chinese
	first.shows("拣货")
	first.send("\r")
	first.shows("CK")
	first.send("\r")
	first.shows("请扫周转箱")
	second.signIn("102", "1234")
	second.shows("Pick")
	second.send("\r")
	second.shows("拣货一号 is at it")
	h.stop(syscall.SIGKILL)
	first.send("T-77\r")
	first.shows("未传1")
	h.start()
	first.shows("未传0")
	must(t, first.end(syscall.SIGTERM))
	must(t, second.end(syscall.SIGTERM))
	h.stop(syscall.SIGTERM)
	h.do("verify", filepath.Join(h.folder, "central.db"), h.lone(),
		filepath.Join(h.folder, "s2.db"))
}
