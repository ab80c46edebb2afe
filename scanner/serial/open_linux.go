package serial

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tarm/serial"
	"golang.org/x/sys/unix"

	"scanbay/scanner"
)

// Open opens a port for this program alone: a second reader of the same line would
// take half of each label.
func Open(path string, baud int) (scanner.Device, error) {
	device, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	const flags = unix.O_RDWR | unix.O_NOCTTY | unix.O_NONBLOCK | unix.O_CLOEXEC
	lock, err := unix.Open(device, flags, 0)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", device, err)
	}
	if err := unix.Flock(lock, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = unix.Close(lock)
		return nil, fmt.Errorf("%s is in use by another program: %w", device, err)
	}
	port, err := serial.OpenPort(&serial.Config{
		Name: device, Baud: baud, ReadTimeout: scanner.ReadTimeout,
	})
	if err != nil {
		_ = unix.Close(lock)
		return nil, fmt.Errorf("open %s: %w", device, err)
	}
	// The lock is for programs that ask for it; this refuses the others.
	if err := unix.IoctlSetInt(lock, unix.TIOCEXCL, 0); err != nil {
		return nil, errors.Join(err, port.Close(), unix.Close(lock))
	}
	return &locked{port, lock, os.NewFile(uintptr(lock), device)}, nil
}

// locked is a port with the descriptor that holds its lock.
type locked struct {
	*serial.Port
	lock int
	line *os.File // of the lock
}

// Write writes by the descriptor that does not block: Close ends a Write to a line that takes
// nothing.
func (l *locked) Write(p []byte) (int, error) { return l.line.Write(p) }

// Close gives the port back to other programs.
func (l *locked) Close() error {
	// Without this, exclusive use would last while anyone has the port open.
	_ = unix.IoctlSetInt(l.lock, unix.TIOCNXCL, 0)
	// And without this it would wait until a line that takes nothing took what it was sent.
	_ = unix.IoctlSetInt(l.lock, unix.TCFLSH, unix.TCOFLUSH)
	return errors.Join(l.Port.Close(), l.line.Close())
}
