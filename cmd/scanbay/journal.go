package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/store"
	"scanbay/tui"
)

// A journal is a list of answered scans beside the database, best on another
// disk: scanbay verify --journal tells whether the log still holds them all.
type journal struct {
	store   *store.Store
	writing sync.Mutex
	file    *os.File
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

func (j *journal) close() { _ = j.file.Close() }

// A watch follows the scans of one terminal until they are answered.
type watch struct {
	*journal
	open []store.ScanID // made, and not seen in the log yet
}

func (j *journal) watch() *watch { return &watch{journal: j} }

// filter notes the scans that go by, and writes each down once it is committed.
// The message that brings the answer is such a moment.
func (w *watch) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if s, ok := msg.(tui.ScanMsg); ok {
		w.made(s.ID)
	} else {
		w.settle()
	}
	return msg
}

// made notes a scan whose answer is still to come.
func (w *watch) made(id string) {
	w.open = append(w.open, store.ScanID(id))
	w.open = w.open[max(0, len(w.open)-openMax):]
}

// settle writes down the scans that are answered by now, here or by central.
func (w *watch) settle() {
	var rest []store.ScanID
	for _, id := range w.open {
		kept, err := store.Get(context.Background(), w.store,
			func(r *store.Reader) (bool, error) { return r.AnsweredByAny(id) })
		if err != nil || !kept {
			rest = append(rest, id)
			continue
		}
		w.writing.Lock()
		fmt.Fprintln(w.file, id)
		w.writing.Unlock()
	}
	w.open = rest
}
