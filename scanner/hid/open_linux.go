package hid

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"scanbay/scanner"
)

// Open opens a hidraw device. Of two readers each gets every report, so a lock keeps a
// second program of ours away.
func Open(path string) (scanner.Device, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("%s is in use by another program: %w", path, err)
	}
	return scanner.NewTimed(os.NewFile(uintptr(fd), path), nil), nil
}
