//go:build linux

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

	"scanbay/store/postgres/pgtest"
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
func (h *served) enroll(name, db string, args ...string) string {
	h.t.Helper()
	said := h.ask("stations", append([]string{"add", name}, args...)...)
	words := strings.Fields(said)
	h.do("enroll", h.url, words[len(words)-1], "--db", db)
	return db
}

// TestASiteGrowsFromOneStationToTwo: a lone station becomes central's, a second one joins,
// what one picks the other sees, and both work on while central is gone.
func TestASiteGrowsFromOneStationToTwo(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		h := serve(t)
		grow(t, h, filepath.Join(h.folder, "central.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.Durable(t).URL(t)
		grow(t, serve(t, "--database", url), url)
	})
}

func grow(t *testing.T, h *served, central string) {
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
	h.do("verify", central, h.lone(), filepath.Join(h.folder, "s2.db"))
}

// refuses runs a command that must fail, and gives what it said.
func (h *served) refuses(name string, args ...string) string {
	h.t.Helper()
	out, err := exec.Command(program(h.t), append([]string{"--lang", "en", name}, args...)...).
		CombinedOutput()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != exitFailed {
		h.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func (h *served) code(name string) string {
	h.t.Helper()
	words := strings.Fields(h.ask("stations", "add", name))
	return words[len(words)-1]
}

func TestACodeEnrolsOneStationOnceWithTheRightServer(t *testing.T) {
	h := serve(t)
	at := func(name string) string { return filepath.Join(h.folder, name+".db") }
	code := h.code("S2")
	for _, c := range []struct{ url, code, says string }{
		{h.url, "DEMO.AAAA-BBBB-CCCC-DDDD" + code[strings.LastIndex(code, "."):],
			"wrong, used or too old"},
		{h.url, "nonsense", "wrong, used or too old"},
		{h.url, code[:strings.LastIndex(code, ".")] + ".AAAA-AAAA-AAAA-AAAA", "not central's"},
		{h.url, code[:strings.LastIndex(code, ".")], "not central's"},
		{strings.Replace(h.url, "https", "http", 1), code, "No answer from central"},
		{"http://192.0.2.1:8443", code, "without TLS others can read along"},
		{"central", code, "is no address"},
	} {
		said := h.refuses("enroll", c.url, c.code, "--db", at("s2"))
		if !strings.Contains(said, c.says) {
			t.Errorf("%s %s: %s", c.url, c.code, said)
		}
	}
	h.do("enroll", h.url, strings.ToLower(code), "--db", at("s2")) // as people type
	if said := h.refuses("enroll", h.url, code, "--db", at("s3")); !strings.Contains(said, "used") {
		t.Errorf("a second time: %s", said)
	}
	if said := h.refuses("enroll", h.url, h.code("S9"), "--db", at("s2")); !strings.Contains(said,
		"is of station S2") {
		t.Errorf("another's database: %s", said)
	}
	if said := h.refuses("enroll", "https://127.0.0.1:1", "BJ1.AAAA", "--db", // none is asked
		at("s2")); !strings.Contains(said, "is of warehouse DEMO") {
		t.Errorf("another warehouse's code: %s", said)
	}
	if said := h.refuses("enroll", h.url, h.code("S4"), "--db", fresh(t)); !strings.Contains(said,
		"stands alone") {
		t.Errorf("a lone station's database: %s", said)
	}
	if said := h.refuses("stations", "add", "no name", "--admin",
		filepath.Join(h.folder, "central.db.admin")); !strings.Contains(said, "Names are like") {
		t.Error(said)
	}
	h.ask("stations", "revoke", "S2")
	if said := h.ask("stations", "list"); !strings.Contains(said, "revoked") {
		t.Error(said)
	}
	if names := inFolder(t, h.folder); strings.Contains(strings.Join(names, " "), "s3") {
		t.Errorf("a failed enrolment left %s", names)
	}
}

// fresh is the database of a station that stands alone.
func fresh(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "bay.db")
	s, _, err := site{DB: path, Warehouse: "DEMO", Station: "S4", Zone: "Asia/Shanghai"}.
		open(t.Context(), time.Now)
	must(t, err)
	must(t, s.Close())
	return path
}

// TestCentralIsRestoredFromLastNight: what stations saw since the backup comes back from
// them, said or unsaid, and planning waits for it.
func TestCentralIsRestoredFromLastNight(t *testing.T) {
	for _, said := range []bool{true, false} {
		h := serve(t)
		db, backup := filepath.Join(h.folder, "central.db"), filepath.Join(h.folder, "night.db")
		s2 := h.enroll("S2", filepath.Join(h.folder, "s2.db"))
		desk := sit(t, 60, 20, "--lang=en", "station", "--db", s2)
		desk.signIn("102", "1234")
		h.do("backup", "--verify", "--db", db, backup)
		desk.shows("Pick")
		desk.send("\r")
		desk.shows("CK")
		desk.send("\r")
		desk.shows("Scan a tote")
		desk.send("NOBODY-1\r") // which is a record like others
		desk.shows("NOBODY-1")
		desk.shows("unsent 0")
		h.stop(syscall.SIGKILL)
		for _, name := range append(besides(db), db+".lock") {
			must(t, os.RemoveAll(name))
		}
		h.do("restore", backup, "--db", db)
		if said {
			h.do("central", append(h.args, "--restored")...)
		}
		h.start()
		desk.send("NOBODY-2\r")
		desk.shows("NOBODY-2")
		for !said && !strings.Contains(readFile(t, db+".log"), "it was restored") || h.restoring() {
			time.Sleep(20 * time.Millisecond) // nothing says when the last has reported
		}
		h.stop(syscall.SIGTERM)
		desk.send("NOBODY-3\r")
		desk.until("what is unsent", func(screen string) bool {
			return !contains(screen, "unsent 0")
		})
		h.start()
		desk.shows("unsent 0")
		must(t, desk.end(syscall.SIGTERM))
		h.stop(syscall.SIGTERM)
		h.do("verify", db, s2)
	}
}

// restoring says whether central still waits for a station.
func (h *served) restoring() bool {
	return strings.Contains(h.ask("stations", "list"), "has not reported")
}
