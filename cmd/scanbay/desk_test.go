//go:build linux

package main

import (
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"scanbay/tui/i18n"
)

// patience is how long a test waits for what must come; it is not waited for
// otherwise.
const patience = 20 * time.Second

// A desk is the program in a terminal that shows what it is sent, and answers no
// question.
type desk struct {
	t       testing.TB
	cmd     *exec.Cmd
	tty     *os.File
	ended   chan error
	mu      sync.Mutex
	glass   glass
	changed chan struct{} // closed at the next change
	first   time.Duration // until something was shown
	read    time.Time     // when the terminal was last written to
	bytes   int           // that it was sent
	output  []byte        // all of them
}

// sit starts the program in a terminal of w by h cells.
func sit(t testing.TB, w, h int, args ...string) *desk {
	t.Helper()
	d := &desk{t: t, cmd: exec.Command(program(t), args...), ended: make(chan error, 1),
		glass: newGlass(w, h), changed: make(chan struct{})}
	// As in a shell: a build server's environment would hide that the terminal is asked.
	d.cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "CI=")
	}), "TERM=xterm-256color")
	began := time.Now() // not before the program is built
	tty, err := pty.StartWithSize(d.cmd, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)})
	if err != nil {
		t.Fatal(err)
	}
	d.tty = tty
	go d.watch(began)
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill()
		<-d.ended
		_ = d.tty.Close()
	})
	return d
}

func (d *desk) watch(began time.Time) {
	buf := make([]byte, 1<<16)
	for {
		n, err := d.tty.Read(buf)
		now := time.Now()
		d.mu.Lock()
		d.read, d.bytes = now, d.bytes+n
		d.output = append(d.output, buf[:n]...)
		d.glass.write(buf[:n])
		if d.first == 0 && strings.TrimSpace(d.glass.text()) != "" {
			d.first = now.Sub(began)
		}
		close(d.changed)
		d.changed = make(chan struct{})
		d.mu.Unlock()
		if err != nil {
			err := d.cmd.Wait()
			d.ended <- err
			close(d.ended)
			return
		}
	}
}

// sent is how many bytes the terminal was sent.
func (d *desk) sent() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.bytes
}

// lastRead is when the terminal was last written to.
func (d *desk) lastRead() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.read
}

// shown is what the terminal shows.
func (d *desk) shown() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.glass.text()
}

// taken says whether the program has the terminal to itself.
func (d *desk) taken() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.glass.alternate && d.glass.hidden
}

// until waits for the terminal to show something.
func (d *desk) until(what string, ok func(screen string) bool) {
	d.t.Helper()
	late := time.After(patience)
	for {
		d.mu.Lock()
		screen, changed := d.glass.text(), d.changed
		d.mu.Unlock()
		if ok(screen) {
			return
		}
		select {
		case <-changed:
		case <-late:
			d.t.Fatalf("waited for %s:\n%s", what, screen)
		}
	}
}

// shows waits for a text, wrapped or not.
func (d *desk) shows(text string) {
	d.t.Helper()
	d.until(text, func(screen string) bool { return contains(screen, text) })
}

func contains(screen, text string) bool {
	flat := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return strings.Contains(flat(screen), flat(text))
}

// send writes bytes as the keyboard does, in one piece.
func (d *desk) send(text string) {
	d.t.Helper()
	if _, err := io.WriteString(d.tty, text); err != nil {
		d.t.Fatal(err)
	}
}

// signIn gives a badge, and then a PIN.
func (d *desk) signIn(badge, pin string) {
	d.t.Helper()
	d.send(badge + "\r")
	d.until("the PIN is asked for", func(screen string) bool { // a demo names PINs before
		return contains(screen, i18n.English{}.SignInPIN("")) ||
			contains(screen, i18n.Chinese{}.SignInPIN(""))
	})
	d.enterPIN(pin)
	d.until("home", func(screen string) bool { return !contains(screen, "PIN") })
}

// enterPIN types a PIN, slower than any scanner does.
func (d *desk) enterPIN(pin string) {
	d.t.Helper()
	for i := range pin {
		d.send(pin[i : i+1])
		d.shows("> " + strings.Repeat("*", i+1))
	}
	d.send("\r")
}

// end stops the program, and says with what it ended.
func (d *desk) end(sig syscall.Signal) error {
	d.t.Helper()
	if err := d.cmd.Process.Signal(sig); err != nil {
		d.t.Fatal(err)
	}
	return d.wait()
}

func (d *desk) wait() error {
	d.t.Helper()
	select {
	case err := <-d.ended:
		return err
	case <-time.After(patience):
		d.t.Fatalf("it does not end:\n%s", d.shown())
		return nil
	}
}
