package central

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"scanbay/store"
	"scanbay/sync/wire"
)

// together is how many facts are committed at once, at most.
const together = 4000

// A pushed is a run that waits to be committed.
type pushed struct {
	run  store.Run
	seq  int64 // where the log ends behind it
	hash []byte
	err  error
	done chan struct{}
}

// push takes a station's run. Runs that come while others are being committed are
// committed together: what limits a warehouse is transactions, not rows. It is read
// before it waits: commits of a warehouse follow one another, reading need not.
func (w *warehouse) push(ctx context.Context, run store.Run) (wire.PushAnswer, error) {
	p := &pushed{run: decoded(run), done: make(chan struct{})}
	w.mu.Lock()
	w.queue = append(w.queue, p)
	lead := !w.leading
	w.leading = true
	w.mu.Unlock()
	if lead {
		w.lead(ctx, p)
	}
	<-p.done // its commit was begun by somebody, and comes to an end
	return wire.PushAnswer{Seq: p.seq, Hash: p.hash}, p.err
}

// decoded reads a run. An accident with one of its facts shows where it is taken.
func decoded(run store.Run) (out store.Run) {
	defer func() {
		if recover() != nil {
			out = run
		}
	}()
	return run.Decoded()
}

// lead commits what waits until own is among it, and leaves the rest to another.
func (w *warehouse) lead(ctx context.Context, own *pushed) {
	ctx = context.WithoutCancel(ctx) // it commits for others too
	for batch := w.next(); len(batch) > 0; batch = w.next() {
		w.commit(ctx, batch)
		select {
		case <-own.done:
			w.handOver()
			return
		default:
		}
	}
}

// handOver ends this lead, and begins another's where something waits.
func (w *warehouse) handOver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.leading = len(w.queue) > 0
	if w.leading {
		next := w.queue[0]
		go w.lead(context.Background(), next)
	}
}

// next takes what is committed next out of the queue; nothing ends the lead.
func (w *warehouse) next() (batch []*pushed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for len(w.queue) > 0 && (n == 0 || n+len(w.queue[0].run.Facts) <= together) {
		n += len(w.queue[0].run.Facts)
		batch, w.queue = append(batch, w.queue[0]), w.queue[1:]
	}
	w.leading = len(batch) > 0
	return batch
}

// commit takes runs in one transaction. Where it fails, each is taken by itself: no
// station waits for another's bad fact.
func (w *warehouse) commit(ctx context.Context, batch []*pushed) {
	fresh, err := w.take(ctx, batch)
	if err != nil && len(batch) > 1 {
		fresh = 0
		for _, p := range batch {
			n, err := w.take(ctx, []*pushed{p})
			p.err = errors.Join(p.err, err)
			fresh += n
		}
	} else if err != nil {
		batch[0].err = err
	}
	w.metrics.facts.Add(float64(fresh))
	w.metrics.commits.Inc()
	now := w.Now()
	w.mu.Lock()
	for _, p := range batch {
		if p.err == nil {
			w.heard[p.run.Author] = now
		}
	}
	w.mu.Unlock()
	for _, p := range batch {
		close(p.done)
	}
}

// take is one transaction. What is wrong with a run itself is that run's alone. A panic is
// an accident like others: who waits for the commit must hear of it.
func (w *warehouse) take(ctx context.Context, batch []*pushed) (fresh int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("push: panic: %v\n%s", r, debug.Stack())
		}
	}()
	moved := false
	err = w.store.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		now, err := tx.Cursor()
		if err != nil {
			return err
		}
		var facts []store.Envelope
		for _, p := range batch {
			got, err := tx.TakePushed(p.run)
			if p.err = badRun(err); err != nil && p.err == nil {
				return fmt.Errorf("push of %s: %w", p.run.Author, err)
			}
			if err := unseen(now, got); err != nil {
				return err // and what was written of it goes
			}
			if p.seq, p.hash, err = tx.EndOf(p.run.Author, p.run.Epoch); err != nil {
				return err
			}
			facts = append(facts, got...)
		}
		fresh, moved = len(facts), len(store.Touches(facts)) > 0
		if fresh == 0 {
			return nil
		}
		return w.Settle(tx, facts)
	})
	if err != nil {
		return 0, err
	}
	if moved {
		w.replan() // now that everybody can see it
	}
	return fresh, nil
}

// unseen fails with a Problem, Restored, for facts that are based on what central has not
// numbered: it was restored, or somebody would have the last word for ever.
func unseen(now store.Cursor, facts []store.Envelope) error {
	for _, f := range facts {
		at := store.Cursor{Incarnation: f.Incarnation, Rev: f.BasedOn}
		if min(at.Incarnation, at.Rev) < 0 || at.Incarnation > now.Incarnation ||
			at.Incarnation == now.Incarnation && at.Rev > now.Rev {
			return &wire.Problem{Code: wire.Restored, Text: "based on what is not here"}
		}
	}
	return nil
}

// badRun is what is wrong with a run itself; nil for an accident of ours.
func badRun(err error) error {
	for code, is := range map[wire.ProblemCode]error{wire.Gap: store.ErrGap,
		wire.Forked: store.ErrFork, wire.Altered: store.ErrAltered} {
		if errors.Is(err, is) {
			return &wire.Problem{Code: code, Text: err.Error()}
		}
	}
	return nil
}
