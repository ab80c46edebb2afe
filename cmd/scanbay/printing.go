package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"strconv"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/cmd/scanbay/printer"
	"scanbay/store"
	"scanbay/tui"
	"scanbay/tui/i18n"
	"scanbay/tui/paper"
)

const (
	// printEvery is how long a label lies before it is sent: the packer's hand is out for it.
	printEvery = 250 * time.Millisecond

	// A printer that takes nothing is asked again after longer and longer.
	printAgainMin = 2 * time.Second
	printAgainMax = time.Minute

	printJobsMax = 1000 // that are looked at together
)

// A printQueue sends what waits to the printers of the station: to each in order, and to none
// what waits for another. What is cut off in the midst is sent again: twice is better than never.
type printQueue struct {
	store  *store.Store
	text   i18n.Text
	prefix string
	log    *slog.Logger
	send   func(tea.Msg) // to the program

	press *paper.Press

	mu   sync.Mutex
	busy map[string]bool // the printers that take something
	ill  string          // what the program was told last
}

func (st *station) printQueue() *printQueue {
	return &printQueue{store: st.store, text: st.Text, prefix: st.prefix, log: st.log,
		send: st.program.Send, press: paper.NewPress(), busy: map[string]bool{}}
}

// isPrinter says whether text is an address of a printer.
func isPrinter(text string) bool {
	_, err := printer.At(text)
	return err == nil
}

// run prints until ctx ends.
func (q *printQueue) run(ctx context.Context, start func(func())) {
	for ; ctx.Err() == nil; pause(ctx, printEvery) {
		due, err := q.due(ctx)
		if err != nil && ctx.Err() == nil {
			q.log.Error("print queue", "err", err)
		}
		for _, d := range due {
			start(func() { q.do(ctx, d) })
		}
	}
}

// A dueJob is what a printer gets next.
type dueJob struct {
	store.PrintJob
	to store.Printer
}

// due is the first that waits for each printer which has nothing to do, and may be asked again.
// Those printers are busy until it is done.
func (q *printQueue) due(ctx context.Context) (out []dueJob, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now, seen := q.store.Now().UnixMilli(), map[string]bool{}
	err = q.store.Read(ctx, func(r *store.Reader) error {
		waiting, err := r.PrintJobsIn(store.PrintWaits, printJobsMax)
		for _, j := range waiting {
			to, known, err := r.PrinterOf(j.Paper)
			if err != nil {
				return err
			}
			if seen[to.Address] || q.busy[to.Address] {
				continue
			}
			seen[to.Address] = true
			if !known && j.Trouble == store.PrinterUnset || j.Next > now {
				continue
			}
			out = append(out, dueJob{j, to})
			q.busy[to.Address] = true
		}
		return err
	})
	return out, err
}

// do prints one job, and keeps what came of it.
func (q *printQueue) do(ctx context.Context, d dueJob) {
	defer func() {
		q.mu.Lock()
		delete(q.busy, d.to.Address)
		q.mu.Unlock()
	}()
	err := q.print(ctx, d)
	if ctx.Err() != nil {
		return // the station ends: it is sent when it begins again
	}
	j := q.became(d, err)
	if err != nil {
		q.log.Info("print", "paper", j.Paper, "ref", j.Ref, "printer", j.Printer, "err", err)
	}
	err = q.store.Write(ctx, store.Gesture{}, func(tx *store.Tx) error { return tx.PrintCame(j) })
	if err == nil {
		err = q.tell(ctx)
	}
	if err != nil {
		q.log.Error("print queue", "err", err)
	}
}

// became is a job after it was tried.
func (q *printQueue) became(d dueJob, err error) store.PrintJob {
	j := d.PrintJob
	j.Printer, j.Trouble, j.State = d.to.Address, troubleOf(err), store.PrintSent
	switch j.Trouble {
	case "":
		j.Next = 0
		return j
	case store.PaperUnknown, store.PaperCode, store.PaperRoom: // no printer can do better
		j.State = store.PrintFailed
	default:
		j.State = store.PrintWaits
	}
	again := min(printAgainMin<<min(j.Tries, 10), printAgainMax)
	j.Tries++
	j.Next = q.store.Now().Add(again).UnixMilli()
	return j
}

// errUnset says that the station has no printer for a document.
var errUnset = errors.New("no printer")

// troubleOf is why something was not printed, as people are told.
func troubleOf(err error) store.PrintTrouble {
	_, refused := store.RefusalOf(err)
	switch {
	case err == nil:
		return ""
	case refused:
		return store.PaperUnknown
	case errors.As(err, new(*paper.BadCode)):
		return store.PaperCode
	case errors.Is(err, paper.ErrNoRoom):
		return store.PaperRoom
	case errors.Is(err, errUnset):
		return store.PrinterUnset
	case errors.Is(err, fs.ErrPermission):
		return store.PrinterDenied
	case errors.Is(err, fs.ErrNotExist):
		return store.PrinterGone
	}
	return store.PrinterSilent
}

// print reads the documents as they are now, sets them, and sends them.
func (q *printQueue) print(ctx context.Context, d dueJob) error {
	if d.to.Address == "" {
		return errUnset
	}
	to, err := printer.At(d.to.Address)
	if err != nil {
		return err
	}
	docs, err := store.Get(ctx, q.store, func(r *store.Reader) ([]paper.Doc, error) {
		return papers{r, q.text, q.prefix}.docs(d.Paper, d.Ref)
	})
	if err != nil {
		return err
	}
	l := labelsCmd{Print: d.to.Address, As: d.to.Tongue, DPI: int(d.to.DPI), Paper: d.to.Sheet,
		Copies: int(d.Copies)}
	for _, doc := range docs {
		if err := doc.Printable(); err != nil {
			return err
		}
	}
	l.fit(docs)
	as := l.tongue(to)
	jobs, err := l.drawn(q.press, "."+as, docs)
	for _, job := range jobs {
		if err == nil {
			err = to.Send(ctx, string(d.Paper)+"."+as, job)
		}
	}
	return err
}

// tell says to the program what is ill with the printers, and that the queue moved on.
func (q *printQueue) tell(ctx context.Context) error {
	var ill string
	err := q.store.Read(ctx, func(r *store.Reader) error {
		n := 0
		for _, state := range []store.PrintState{store.PrintFailed, store.PrintWaits} {
			all, err := r.PrintJobsIn(state, printJobsMax)
			if err != nil {
				return err
			}
			for _, j := range all {
				if j.Trouble != "" {
					ill = cmp.Or(ill, j.Printer, j.Ref)
				}
			}
			n += len(all)
		}
		if ill != "" {
			ill += " (" + strconv.Itoa(n) + ")"
		}
		return nil
	})
	q.mu.Lock()
	changed := q.ill != ill
	q.ill = ill
	q.mu.Unlock()
	if changed {
		q.send(tui.HealthMsg{Name: i18n.PrinterDown, OK: ill == "", Detail: ill})
	}
	q.send(tui.NewsMsg{})
	return err
}
