// Package printer hands documents to printers: over the network, by CUPS, by a serial line, a
// device file, or into a folder. What was sent is not yet printed: a printer without paper takes
// it as well.
package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Forms are how an address is written.
const Forms = "tcp:HOST[:9100], lp:QUEUE, serial:/dev/ttyUSB0,9600, file:/dev/usb/lp0, dir:FOLDER"

// patience is how long a printer may take to answer, or to take a part of a job.
const patience = 10 * time.Second

// A Printer is where documents go.
type Printer struct {
	kind, at string
	baud     int
	link     func(old, name string) error
}

// queueName is what CUPS calls its printers.
var queueName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)

// At is the printer of an address.
func At(address string) (p Printer, err error) {
	p.kind, p.at, _ = strings.Cut(address, ":")
	p.link = os.Link
	bad := fmt.Errorf("printer %q: none of %s", address, Forms)
	if p.at == "" || strings.ContainsRune(p.at, 0) {
		return p, bad
	}
	switch p.kind {
	case "tcp":
		p.at = strings.TrimPrefix(p.at, "//")
		if strings.Contains(p.at, "/") {
			return p, bad
		}
		if strings.HasSuffix(p.at, "]") {
			p.at = strings.Trim(p.at, "[]")
		}
		if _, _, err := net.SplitHostPort(p.at); err != nil {
			p.at = net.JoinHostPort(p.at, "9100")
		}
		_, port, err := net.SplitHostPort(p.at)
		if _, none := strconv.ParseUint(port, 10, 16); err != nil || none != nil {
			return p, bad
		}
	case "lp":
		if !queueName.MatchString(p.at) {
			return p, bad
		}
	case "serial":
		port, rate, given := strings.Cut(p.at, ",")
		p.at, p.baud = port, 9600
		if given {
			if p.baud, err = strconv.Atoi(rate); err != nil {
				return p, bad
			}
		}
	case "file", "dir":
	default:
		return p, bad
	}
	return p, nil
}

// String is the printer as people write it.
func (p Printer) String() string { return p.kind + ":" + p.at }

// Spools says whether a system behind the printer knows its language, so that a document goes
// there as PDF.
func (p Printer) Spools() bool { return p.kind == "lp" }

// Send hands a job to the printer. Name, with the ending of its language, is what it is kept as
// where jobs have names. A job that was not taken whole is an error: the printer may have a part.
func (p Printer) Send(ctx context.Context, name string, job []byte) error {
	var err error
	switch p.kind {
	case "tcp":
		err = p.dial(ctx, job)
	case "lp":
		err = p.queue(ctx, name, job)
	case "serial":
		err = within(ctx, func() error { return p.line(job) })
	case "file":
		err = p.device(ctx, job)
	default:
		err = within(ctx, func() error { return p.keep(name, job) }) // it may be on a server
	}
	if err != nil {
		return fmt.Errorf("printer %s: %w", p, err)
	}
	return nil
}

func (p Printer) dial(ctx context.Context, job []byte) error {
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", p.at)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	err = parts(conn, job)
	// A printer that says something meanwhile is heard out: who closes before would throw away
	// what it has not taken yet.
	if half, is := conn.(*net.TCPConn); is && err == nil {
		err = half.CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(silence))
		if n, _ := conn.Read(make([]byte, 1)); n > 0 {
			_ = conn.SetReadDeadline(time.Now().Add(patience))
			_, _ = io.Copy(io.Discard, conn)
		}
	}
	if err == nil {
		_ = conn.Close() // it has the job, whatever comes of the line
		return nil
	}
	return errors.Join(err, conn.Close())
}

// spooling is how long CUPS may take for a job, which it prints later.
const spooling = time.Minute

// silence is how long a printer is listened to that has said nothing: most never do.
const silence = 500 * time.Millisecond

// partSize is what a printer takes at once, however slowly it prints.
const partSize = 16 << 10

// parts writes a job, as fast as the printer takes it: it may stand still for so long, and no
// longer.
func parts(to interface {
	io.Writer
	SetWriteDeadline(time.Time) error
}, job []byte) error {
	for len(job) > 0 {
		_ = to.SetWriteDeadline(time.Now().Add(patience)) // not every device can wait
		n, err := to.Write(job[:min(len(job), partSize)])
		if err != nil {
			return err
		}
		job = job[n:]
	}
	return nil
}

// within does what cannot be stopped, until the person does not wait any more.
func within(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// queue has CUPS print: what is no PDF goes through as it is. There is no shell between.
func (p Printer) queue(ctx context.Context, name string, job []byte) error {
	args := []string{"-d", p.at, "-t", name}
	if filepath.Ext(name) != ".pdf" && filepath.Ext(name) != ".png" {
		args = append(args, "-o", "raw")
	}
	ctx, stop := context.WithTimeout(ctx, spooling)
	defer stop()
	lp := exec.CommandContext(ctx, "lp", args...)
	lp.Stdin = bytes.NewReader(job)
	lp.SysProcAttr = detached() // or it would ask for a password where people work
	said, err := lp.CombinedOutput()
	if err != nil && ctx.Err() == nil {
		err = errors.Join(fs.ErrNotExist, err) // the program, or the queue
	}
	if err != nil {
		return fmt.Errorf("lp: %w: %s", err, bytes.TrimSpace(said[:min(len(said), 200)]))
	}
	return nil
}

// device writes to what the system has for a printer. Nothing is made: a name that is wrong
// would be a file that nobody prints.
func (p Printer) device(ctx context.Context, job []byte) error {
	f, err := os.OpenFile(p.at, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	about, err := f.Stat()
	if err == nil && about.Mode().IsRegular() {
		err = fmt.Errorf("%w: it is a file, and no printer", fs.ErrNotExist)
	}
	if err == nil {
		stop := context.AfterFunc(ctx, func() { _ = f.Close() })
		defer stop()
		err = parts(f, job)
	}
	return errors.Join(err, f.Close())
}

// keep puts the job into a folder, whole or not at all.
func (p Printer) keep(name string, job []byte) error {
	f, err := os.CreateTemp(p.at, ".job-*")
	if err != nil {
		return err
	}
	_, err = f.Write(job)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path := filepath.Join(p.at, filepath.Base(name))
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
		}
		err := p.named(f.Name(), path)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
		return err
	}
}

// named gives a whole file its name, which nobody else has: at once, or where the folder knows no
// links by taking the name first, which is empty for a moment.
func (p Printer) named(whole, path string) error {
	err := p.link(whole, path)
	if err == nil {
		_ = os.Remove(whole) // the job is there, under its name
		return nil
	}
	if errors.Is(err, os.ErrExist) {
		return err
	}
	mine, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if err := mine.Close(); err != nil {
		return err
	}
	if err := os.Rename(whole, path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
