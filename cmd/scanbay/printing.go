package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime/debug"
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

	// printSlow is how long a printer may take before people are told. It is not asked again
	// until it is done: two jobs on one line would mix.
	printSlow = 30 * time.Second

	// A printer that takes nothing is asked again after longer and longer.
	printAgainMin = 2 * time.Second
	printAgainMax = time.Minute

	printSaveAgain = time.Second // after what came of a job could not be saved
)

// A printQueue sends what waits to the printers of the station: to each in order, and to none
// what waits for another. What was cut off in the midst is sent again: twice is better than never.
type printQueue struct {
	store  *store.Store
	text   i18n.Text
	prefix string
	log    *slog.Logger
	send   func(tea.Msg) // to the program
	press  *paper.Press
	ill    map[i18n.Condition]string // what the program was told

	mu   sync.Mutex
	busy map[string]bool      // the printers that take something
	away map[int64]bool       // the jobs that are on their way: their printer may be another now
	next map[string]time.Time // when a printer that took nothing is asked again
}

func newPrintQueue(s *store.Store, t i18n.Text, prefix string, log *slog.Logger,
	send func(tea.Msg)) *printQueue {
	return &printQueue{store: s, text: t, prefix: prefix, log: log, send: send,
		press: paper.NewPress(), ill: map[i18n.Condition]string{}, busy: map[string]bool{},
		away: map[int64]bool{}, next: map[string]time.Time{}}
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
	setup   store.Printer
	printer printer.Printer
	unset   bool // the station has none for it
}

// key is whatever gets one job after the other.
func (d dueJob) key() string {
	if d.unset {
		return string(d.Paper)
	}
	return d.printer.String()
}

// due is the first that waits for each printer which has nothing to do, and may be asked again.
// Those printers are busy until it is done. It tells the program how they are.
func (q *printQueue) due(ctx context.Context) (out []dueJob, err error) {
	var heads []dueJob
	var failed []store.PrintJob
	err = q.store.Read(ctx, func(r *store.Reader) error {
		waiting, err := r.PrintHeads()
		for _, j := range waiting {
			d := dueJob{PrintJob: j}
			to, ok, bad := r.PrinterOf(j.Paper)
			if err = errors.Join(err, bad); ok {
				d.setup = to
				d.printer, bad = printer.At(to.Address)
			}
			d.unset = !ok || bad != nil
			heads = append(heads, d)
		}
		if err == nil {
			failed, err = r.PrintJobsIn(store.PrintFailed, 1)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	q.tell(heads, failed)
	q.mu.Lock()
	defer q.mu.Unlock()
	seen := map[string]bool{}
	for _, d := range heads {
		key := d.key()
		first := !seen[key]
		seen[key] = true
		known := d.unset && d.Trouble == store.PrinterUnset
		later := d.Tries > 0 && (known || time.Until(q.next[key]) > 0)
		if first && !later && !q.busy[key] && !q.away[d.N] {
			q.busy[key], q.away[d.N] = true, true
			out = append(out, d)
		}
	}
	return out, nil
}

// tell says to the program what began to be wrong, or ended.
func (q *printQueue) tell(heads []dueJob, failed []store.PrintJob) {
	now := map[i18n.Condition]string{}
	for _, d := range heads {
		if d.Trouble != "" && now[i18n.PrinterDown] == "" {
			now[i18n.PrinterDown] = cmp.Or(d.setup.Address, d.Ref)
		}
	}
	for _, j := range failed {
		now[i18n.PaperFailed] = j.Ref
	}
	for _, c := range []i18n.Condition{i18n.PrinterDown, i18n.PaperFailed} {
		if now[c] != q.ill[c] {
			q.send(tui.HealthMsg{Name: c, OK: now[c] == "", Detail: now[c]})
		}
	}
	q.ill = now
}

// do prints one job, and keeps what came of it: until it is kept the printer gets nothing else,
// or it would print the same again and again.
func (q *printQueue) do(ctx context.Context, d dueJob) {
	done := make(chan error, 1)
	go func() { done <- q.print(ctx, d) }()
	var err error
	select {
	case err = <-done:
	case <-time.After(printSlow):
		q.keep(ctx, q.became(d, errSlow))
		err = outcome(ctx, done)
	case <-ctx.Done():
		err = outcome(ctx, done)
	}
	if err != nil && ctx.Err() != nil {
		return // the station ends: it is sent when it begins again
	}
	if err != nil {
		q.log.Info("print", "paper", d.Paper, "ref", d.Ref, "printer", d.setup.Address, "err", err)
	}
	j := q.became(d, err)
	q.keep(ctx, j)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next[d.key()] = time.Now().Add(min(printAgainMin<<min(d.Tries, 10), printAgainMax))
	delete(q.busy, d.key())
	delete(q.away, d.N)
}

// outcome waits for one until ctx ends; what is there by then counts.
func outcome(ctx context.Context, done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	default:
		return ctx.Err()
	}
}

// keep saves what became of a job, however long that takes; once where the station ends.
func (q *printQueue) keep(ctx context.Context, j store.PrintJob) {
	for tried := false; !tried || ctx.Err() == nil; pause(ctx, printSaveAgain) {
		tried = true
		err := q.store.Write(context.WithoutCancel(ctx), store.Gesture{}, func(tx *store.Tx) error {
			return tx.PrintCame(j)
		})
		if err == nil {
			q.send(tui.NewsMsg{})
			return
		}
		q.log.Error("print queue", "err", err)
	}
}

// became is a job after it was tried.
func (q *printQueue) became(d dueJob, err error) store.PrintJob {
	j := d.PrintJob
	j.Printer, j.Trouble = d.setup.Address, troubleOf(err)
	switch {
	case j.Trouble == "":
		j.State = store.PrintSent
		return j
	case j.Trouble.OfPaper():
		j.State = store.PrintFailed
	}
	j.Tries++
	return j
}

var (
	errUnset  = errors.New("no printer")
	errSlow   = errors.New("the printer takes long")
	errBroken = errors.New("cannot be set")
)

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
	case errors.Is(err, errBroken):
		return store.PaperBroken
	case errors.Is(err, errUnset):
		return store.PrinterUnset
	case errors.Is(err, fs.ErrPermission):
		return store.PrinterDenied
	case errors.Is(err, fs.ErrNotExist):
		return store.PrinterGone
	}
	return store.PrinterSilent
}

// print reads the documents as they are now, sets them, and sends them. A document that cannot
// be set is to stop no station.
func (q *printQueue) print(ctx context.Context, d dueJob) (err error) {
	defer func() {
		if r := recover(); r != nil {
			q.log.Error("panic", "what", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: %v", errBroken, r)
		}
	}()
	if d.unset {
		return errUnset
	}
	docs, err := store.Get(ctx, q.store, func(r *store.Reader) ([]paper.Doc, error) {
		return papers{r, q.text, q.prefix}.docs(d.Paper, d.Ref)
	})
	if err != nil {
		return err
	}
	for _, doc := range docs {
		if err := doc.Printable(); err != nil {
			return err
		}
	}
	l := labelsCmd{Print: d.setup.Address, As: d.setup.Tongue, DPI: int(d.setup.DPI),
		Paper: d.setup.Sheet, Copies: int(d.Copies)}
	l.fit(docs)
	as := l.tongue(d.printer)
	jobs, err := l.drawn(q.press, "."+as, docs)
	for _, job := range jobs {
		if err == nil {
			err = d.printer.Send(ctx, string(d.Paper)+"."+as, job)
		}
	}
	return err
}
