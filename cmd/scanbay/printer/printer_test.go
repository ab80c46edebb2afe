//go:build linux

package printer

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// job has every byte, as pictures do.
func job() []byte {
	var out []byte
	for i := range 300_000 {
		out = append(out, byte(i*7))
	}
	return out
}

func send(t *testing.T, address, name string, data []byte) error {
	t.Helper()
	p, err := At(address)
	if err != nil {
		t.Fatal(err)
	}
	return p.Send(t.Context(), name, data)
}

// taken checks that a reader gets a job, whole.
func taken(t *testing.T, from io.Reader, want []byte, then func() error) {
	t.Helper()
	got := make(chan []byte, 1)
	go func() {
		all := make([]byte, len(want))
		n, _ := io.ReadFull(from, all)
		got <- all[:n]
	}()
	if err := then(); err != nil {
		t.Error(err)
	}
	if all := <-got; !bytes.Equal(all, want) {
		t.Errorf("%d bytes of %d came", len(all), len(want))
	}
}

func TestAPrinterOnTheNetwork(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := "tcp:" + l.Addr().String()
	reader, writer := io.Pipe()
	go func() {
		conn, err := l.Accept()
		if err == nil {
			_, err = io.Copy(writer, conn)
		}
		writer.CloseWithError(err)
	}()
	taken(t, reader, job(), func() error { return send(t, at, "a.zpl", job()) })
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if send(t, at, "a.zpl", job()) == nil {
		t.Error("sent to nobody")
	}
}

// A printer that says how it is, and then takes its time, gets the whole job all the same.
func TestAPrinterThatTalks(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	reader, writer := io.Pipe()
	go func() {
		conn, err := l.Accept()
		if err == nil {
			_, err = conn.Write([]byte("idle"))
		}
		part := make([]byte, 4<<10)
		for n := 0; err == nil; {
			if n, err = conn.Read(part); n > 0 {
				_, _ = writer.Write(part[:n])
			}
		}
		writer.CloseWithError(errors.Join(err, conn.Close()))
	}()
	taken(t, reader, job(), func() error {
		return send(t, "tcp:"+l.Addr().String(), "a.zpl", job())
	})
}

func TestAFileIsNoPrinter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scanbay.db")
	if err := os.WriteFile(path, []byte("goods"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := send(t, "file:"+path, "a.zpl", job())
	if left, _ := os.ReadFile(path); err == nil || string(left) != "goods" {
		t.Errorf("%v, %q is left", err, left[:min(len(left), 20)])
	}
}

// A device that is not there is not made, and one that nobody reads from is no printer.
func TestAPrinterThatIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lp0")
	if send(t, "file:"+path, "a.zpl", job()) == nil {
		t.Error("a file was made")
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if send(t, "file:"+path, "a.zpl", job()) == nil {
		t.Error("sent to nobody")
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0) // a reader that does not wait for a writer
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	taken(t, f, job(), func() error { return send(t, "file:"+path, "a.zpl", job()) })
}

func TestAPrinterOnASerialLine(t *testing.T) {
	near, far, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer near.Close()
	defer far.Close()
	text := []byte(strings.Repeat("^XA^XZ\n", 300))
	taken(t, near, text, func() error {
		return send(t, "serial:"+far.Name()+",115200", "a.zpl", text)
	})
	if send(t, "serial:/dev/no-such", "a.zpl", text) == nil {
		t.Error("sent to nobody")
	}
}

// CUPS is handed the job without a shell: a label language as it is, a PDF to be printed. What
// it complains of is said.
func TestAPrinterOfCUPS(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\nprintf '%s ' \"$@\" >" + dir + "/args\ncat >" + dir + "/job\n" +
		"[ \"$2\" != gone ] || { echo 'no such queue' >&2; exit 1; }\n"
	if err := os.WriteFile(filepath.Join(dir, "lp"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	for name, want := range map[string]string{"a.zpl": "-d labels -t a.zpl -o raw ",
		"a.pdf": "-d labels -t a.pdf "} {
		if err := send(t, "lp:labels", name, job()); err != nil {
			t.Fatal(err)
		}
		args, _ := os.ReadFile(filepath.Join(dir, "args"))
		got, err := os.ReadFile(filepath.Join(dir, "job"))
		if err != nil || string(args) != want || !bytes.Equal(got, job()) {
			t.Errorf("%q, %d bytes: %v", args, len(got), err)
		}
	}
	if err := send(t, "lp:gone", "a.pdf", job()); err == nil ||
		!strings.Contains(err.Error(), "no such queue") {
		t.Errorf("%v", err)
	}
}

// A folder takes a file a job, and nothing is overwritten.
func TestAPrinterThatIsAFolder(t *testing.T) {
	dir := t.TempDir()
	for range 3 {
		if err := send(t, "dir:"+dir, "../carton.zpl", job()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	if got := strings.Join(names, " "); got != "carton-2.zpl carton-3.zpl carton.zpl" {
		t.Errorf("%s", got)
	}
	if send(t, "dir:"+dir+"/no-such", "a.zpl", job()) == nil {
		t.Error("sent nowhere")
	}
}

// Whoever watches the folder never finds a job that is not whole, and one that knows no links
// takes jobs all the same.
func TestAFolderHoldsWholeJobs(t *testing.T) {
	dir := t.TempDir()
	p, err := At("dir:" + dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	link := p.link
	p.link = func(old, name string) error {
		if _, err := os.Stat(name); err == nil {
			found = append(found, filepath.Base(name))
		}
		return link(old, name)
	}
	for range 2 {
		if err := p.Send(t.Context(), "a.zpl", job()); err != nil {
			t.Fatal(err)
		}
	}
	p.link = func(string, string) error { return errors.ErrUnsupported }
	for range 2 {
		if err := p.Send(t.Context(), "a.zpl", job()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	hidden, bad := filepath.Glob(filepath.Join(dir, ".*"))
	if err = errors.Join(err, bad); err != nil || len(files) != 4 || len(hidden) > 0 ||
		strings.Join(found, " ") != "a.zpl" { // the second job found the first one's name taken
		t.Errorf("%q, %q left, %q was there: %v", files, hidden, found, err)
	}
	for _, path := range files {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, job()) {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"tcp:10.0.0.9":               "tcp:10.0.0.9:9100",
		"tcp://10.0.0.9:9101":        "tcp:10.0.0.9:9101",
		"lp:Zebra_ZD420":             "lp:Zebra_ZD420",
		"serial:/dev/ttyUSB0,115200": "serial:/dev/ttyUSB0",
		"file:/dev/usb/lp0":          "file:/dev/usb/lp0",
		"":                           "", "tcp:": "", "lp:-oraw": "", "lp:a b": "", "lp:$(x)": "",
		"tcp:10.0.0.9tcp:10.0.0.8": "", "usb:1": "", "serial:/dev/ttyS0,fast": "",
	} {
		p, err := At(address)
		if (err == nil) != (want != "") || err == nil && p.String() != want {
			t.Errorf("%q is %q: %v", address, p, err)
		}
	}
}
