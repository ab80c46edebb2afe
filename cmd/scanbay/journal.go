package main

import (
	"context"
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/store"
	"scanbay/tui"
)

// A journal is a list of answered scans beside the database, best on another
// disk: scanbay verify --journal tells whether the log still holds them all.
type journal struct {
	file  *os.File
	store *store.Store
	open  []store.ScanID // made, and not seen in the log yet
}

// openMax is how many scans are looked for: those that were dropped never come.
const openMax = 64

func openJournal(path string, s *store.Store) (*journal, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, &store.Fault{Code: store.ReadOnly, Path: path, Err: err}
	}
	return &journal{file: f, store: s}, nil
}

// filter notes the scans that go by, and writes each down once it is committed.
// The message that brings the answer is such a moment.
func (j *journal) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if s, ok := msg.(tui.ScanMsg); ok {
		j.open = append(j.open, store.ScanID(s.ID))
		j.open = j.open[max(0, len(j.open)-openMax):]
		return msg
	}
	var rest []store.ScanID
	for _, id := range j.open {
		kept, err := store.Get(context.Background(), j.store,
			func(r *store.Reader) (bool, error) { return r.Answered(id) })
		if err != nil || !kept {
			rest = append(rest, id)
			continue
		}
		fmt.Fprintln(j.file, id)
	}
	j.open = rest
	return msg
}

func (j *journal) close() { _ = j.file.Close() }
