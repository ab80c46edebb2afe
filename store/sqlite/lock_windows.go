package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock of a file, and says whether it was free.
func tryLock(f *os.File) (bool, error) {
	// The byte far behind the end is locked: the file stays readable.
	at := &windows.Overlapped{OffsetHigh: 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

func noSpace(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }

func readOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
