package evdev

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"scanbay/scanner"
)

// eviocgrab keeps the events of a device from everybody else.
const eviocgrab = 0x40044590

// Open opens an event device for this program alone: its keys reach no window.
func Open(path string) (scanner.Device, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	err = unix.IoctlSetInt(fd, eviocgrab, 1)
	// What plays a device, such as a pipe, has nobody else to keep from.
	if err != nil && !errors.Is(err, unix.ENOTTY) {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("%s is in use by another program: %w", path, err)
	}
	return scanner.NewTimed(os.NewFile(uintptr(fd), path), nil), nil
}
