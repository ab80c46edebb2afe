package main

import (
	"errors"
	"log/slog"
	"os"
	"sync"

	"scanbay/store"
)

// logMax is how large the log grows before it becomes the old log, of which there
// is one.
const logMax = 4 << 20

// A logFile is what the station says to whoever repairs it. It takes no more of
// the disk than twice logMax.
type logFile struct {
	path string
	mu   sync.Mutex
	file *os.File
	size int64
}

func openLog(path string) (*logFile, error) {
	l := &logFile{path: path}
	if err := l.open(); err != nil {
		return nil, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	return l, nil
}

// logTo writes to the file a record of JSON a line.
func logTo(l *logFile) *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

func (l *logFile) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	l.file, l.size = f, info.Size()
	return nil
}

// Write appends one record.
func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > 0 && l.size+int64(len(p)) > logMax {
		err := errors.Join(l.file.Close(), os.Rename(l.path, l.path+".old"), l.open())
		if err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(p)
	l.size += int64(n)
	return n, err
}

// Close ends the log.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}
