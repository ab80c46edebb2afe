package sqlite

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"scanbay/store"
)

// lock keeps other processes from writing to the database at path. The kernel
// lets go of it when the process ends, however it ends. The file says who has it.
func lock(path string) (unlock func() error, err error) {
	name := path + ".lock"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, foldOpen(path, err)
	}
	free, err := tryLock(f)
	if err == nil && !free {
		who := make([]byte, 64)
		n, _ := f.ReadAt(who, 0) // a hint for people; nothing depends on it
		err = &store.Fault{Code: store.Locked, Path: path,
			Err: errors.New("process " + strings.TrimSpace(string(who[:n])))}
	}
	if err != nil {
		return nil, errors.Join(fold(path, err), f.Close())
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	return f.Close, nil
}

// foldOpen is fold for the first file opened: without its folder there is
// nowhere to write.
func foldOpen(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return &store.Fault{Code: store.Missing, Path: path, Err: err}
	}
	return fold(path, err)
}
