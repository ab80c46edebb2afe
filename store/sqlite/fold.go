package sqlite

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"scanbay/store"
)

// faults are the primary result codes that people can do something about.
var faults = map[int]store.FaultCode{
	lib.SQLITE_FULL:     store.DiskFull,
	lib.SQLITE_BUSY:     store.Locked,
	lib.SQLITE_LOCKED:   store.Locked,
	lib.SQLITE_CORRUPT:  store.Damaged,
	lib.SQLITE_NOTADB:   store.Damaged,
	lib.SQLITE_READONLY: store.ReadOnly,
	lib.SQLITE_CANTOPEN: store.ReadOnly,
	lib.SQLITE_PERM:     store.ReadOnly,
}

// fold gives a driver's error its fault. It goes by codes, never by words.
func fold(path string, err error) error {
	var fault *store.Fault
	if err == nil || errors.As(err, &fault) {
		return err
	}
	code := store.FaultCode("")
	var driver *sqlite.Error
	switch {
	case errors.As(err, &driver):
		code = faults[driver.Code()&0xff]
	case noSpace(err):
		code = store.DiskFull
	case errors.Is(err, fs.ErrPermission) || readOnly(err):
		code = store.ReadOnly
	case errors.Is(err, fs.ErrNotExist):
		code = store.Missing
	}
	if code == "" {
		return err
	}
	return &store.Fault{Code: code, Path: path, Err: err}
}

// magic begins every SQLite file.
var magic = []byte("SQLite format 3\x00")

// whole refuses a file that is something else, or cut short, before SQLite gets
// to write to it.
func whole(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fold(path, err)
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) { // empty: SQLite made it and wrote nothing yet
		return nil
	}
	if err != nil || !bytes.Equal(head[:n], magic) {
		return &store.Fault{Code: store.Damaged, Path: path,
			Err: errors.New("this is no database of SQLite")}
	}
	return nil
}

// ignoreUnsupported passes over what a file system does not do, such as syncing
// a folder on Windows.
func ignoreUnsupported(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) ||
		errors.Is(err, os.ErrInvalid) {
		return nil
	}
	return err
}
