package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/printing"
)

func printVerbs() []verb {
	return []verb{
		{"printer", "PAPER folder|gone|none", 2, false, "print a kind of document, or all, into " +
			"a folder; take the folder away; print it nowhere", (*scene).printer},
		{"prints", "NAME...|none", 1, false, "let the print queue go, and expect these files, " +
			"and no others, to have come since", (*scene).prints},
	}
}

// tray is the folder that a scenario prints into.
func (sc *scene) tray() string { return filepath.Join(sc.dir, "tray") }

// printer says where documents are printed: PAPER folder|gone|none.
func (sc *scene) printer(words []string) error {
	to := store.Printer{Paper: store.Paper(scopeOf(words[0])), Address: "dir:" + sc.tray()}
	switch words[1] {
	case "gone":
		return os.Rename(sc.tray(), sc.tray()+".gone")
	case "none":
		to.Address = ""
	case "folder":
		if err := os.Rename(sc.tray()+".gone", sc.tray()); err == nil {
			return nil // it is back
		}
		if err := os.MkdirAll(sc.tray(), 0o755); err != nil {
			return err
		}
	default:
		return errors.New("want PAPER folder|gone|none")
	}
	return printing.Set(sc.ctx, sc.Store, store.Gesture{}, to)
}

// prints lets the queue of a station that has just begun go, and expects files: NAME...|none.
func (sc *scene) prints(words []string) error {
	q := newPrintQueue(sc.Store, sc.text, scanner.DefaultPrefix, slog.New(slog.DiscardHandler),
		func(msg tea.Msg) {
			if sc.Driver != nil {
				sc.Send(msg)
			}
		})
	for {
		due, err := q.due(sc.ctx)
		if err != nil {
			return err
		}
		for _, d := range due {
			q.do(sc.ctx, d)
		}
		if len(due) == 0 {
			break
		}
	}
	return sc.came(words)
}

// came expects files in the folder, beside those that were there before.
func (sc *scene) came(words []string) error {
	files, err := filepath.Glob(filepath.Join(sc.tray(), "*"))
	var fresh []string
	for _, path := range files {
		if name := filepath.Base(path); !slices.Contains(sc.paper, name) {
			fresh = append(fresh, name)
		}
	}
	sc.paper = append(sc.paper, fresh...)
	slices.Sort(words)
	if got := strings.Join(fresh, " "); err == nil && got != strings.Join(words, " ") &&
		!(got == "" && words[0] == "none") {
		err = fmt.Errorf("came: %s", got)
	}
	return err
}
