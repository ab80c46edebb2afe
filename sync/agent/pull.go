package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// Pull takes what is new, and waits for it where there is nothing.
func (a *Agent) Pull(ctx context.Context, wait time.Duration) error {
	if err := a.Hello(ctx); err != nil {
		return err
	}
	want := wire.PullAsk{Wait: wait.Milliseconds()}
	if err := a.Store.Read(ctx, func(r *store.Reader) (err error) {
		if want.Stand, err = a.stand(r); err == nil {
			want.Seq, _, err = r.Head(a.Store.Identity().Author, want.Epoch)
		}
		return err
	}); err != nil {
		return err
	}
	body, err := json.Marshal(want)
	if err != nil {
		return err
	}
	said, err := a.post(ctx, wire.PullPath, body)
	if err != nil {
		return a.meetAgain(err)
	}
	var n store.News
	if err := wire.Decode(bytes.NewReader(said), &n, func() []*store.Run {
		return wire.Runs(n.Runs)
	}); err != nil {
		return fmt.Errorf("pull: %w", err)
	}
	return a.take(ctx, want.Cursor, n)
}

// stand is what the station was told of central.
func (a *Agent) stand(r *store.Reader) (s wire.Stand, err error) {
	id := a.Store.Identity()
	s.Epoch = id.Epoch
	if s.Acked, err = r.Acked(); err == nil && s.Acked > 0 {
		var run store.Run
		run, err = r.Run(id.Author, id.Epoch, s.Acked, 1)
		s.Sent = run.Prev
	}
	if err == nil {
		s.Cursor, err = r.Cursor()
	}
	if err == nil {
		s.Mark, err = r.Mark(s.Cursor.Rev)
	}
	return s, err
}

// take takes news that were asked for from a cursor, unless the station has moved on.
func (a *Agent) take(ctx context.Context, from store.Cursor, n store.News) error {
	alone, err := store.Get(ctx, a.Store, func(r *store.Reader) (bool, error) {
		if at, err := r.Cursor(); err != nil || at != from {
			return false, err // another answer was faster: these may be of another epoch
		}
		return r.GoesBy(n.Aside)
	})
	if err != nil {
		return err
	}
	if alone { // its tables are nobody else's: it begins anew, with all its facts
		a.alone.Store(true)
		a.odd.Store(true)
		return a.Hello(ctx)
	}
	for i, p := range n.PINs {
		n.PINs[i] = a.Seal(p)
	}
	err = a.Store.TakeNews(ctx, from, n)
	if errors.Is(err, store.ErrMoved) {
		return nil // another answer was faster
	}
	for _, odd := range []error{store.ErrFork, store.ErrAltered, store.ErrGap} {
		if errors.Is(err, odd) { // central has not the facts any more that it told of
			a.Log.Error("news", "err", err)
			return a.meetAgain(&wire.Problem{Code: wire.Forked, Text: err.Error()})
		}
	}
	return err
}

// Rule asks central to carry an operation out. What central recorded is here before it
// answers. It refuses as central does, and with CentralUnreachable.
func (a *Agent) Rule(ctx context.Context, name string, by store.Gesture, in []byte) (
	[]byte, error) {
	ctx, stop := context.WithTimeout(ctx, askMax)
	defer stop()
	settle := func() {}
	switch {
	case by.Scan != "":
	case by.Once:
		by.Scan, settle = a.idOf(name, by, in)
	default:
		by.Scan = a.nextAsk()
	}
	out, err := a.rule(ctx, name, by, in)
	if _, refused := store.RefusalOf(err); err != nil && !refused {
		a.note(err)
		a.Log.Info("central", "ruling", name, "err", err)
		return nil, &store.Refusal{Code: store.CentralUnreachable}
	}
	settle()
	return out, err
}

func (a *Agent) rule(ctx context.Context, name string, by store.Gesture, in []byte) (
	[]byte, error) {
	if err := a.Hello(ctx); err != nil {
		return nil, err
	}
	// Central decides on what this station has done: it is told first.
	for more := true; more; {
		var err error
		if more, err = a.Push(ctx); err != nil {
			return nil, err
		}
	}
	at, err := store.Get(ctx, a.Store, (*store.Reader).Cursor)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(wire.RuleAsk{Name: name, By: by, In: in, Cursor: at,
		Epoch: a.Store.Identity().Epoch})
	if err != nil {
		return nil, err
	}
	said, err := a.post(ctx, wire.RulePath, body)
	if err != nil {
		if said, err = a.post(ctx, wire.RulePath, body); err != nil { // it may have been done
			return nil, a.meetAgain(err)
		}
	}
	var answer wire.RuleAnswer
	if err := wire.Decode(bytes.NewReader(said), &answer, func() []*store.Run {
		return wire.Runs(answer.News.Runs)
	}); err != nil {
		return nil, fmt.Errorf("rule: %w", err)
	}
	if err := a.take(ctx, at, answer.News); err != nil {
		return nil, err
	}
	if err := a.upTo(ctx, answer.News.Cursor, answer.More); err != nil {
		return nil, err
	}
	if answer.Refusal != nil {
		return nil, answer.Refusal
	}
	return answer.Out, nil
}

// upTo pulls until the station has what a ruling recorded: where other news were faster
// than the answer, or there is more than the answer carried.
func (a *Agent) upTo(ctx context.Context, through store.Cursor, more bool) error {
	for {
		at, err := store.Get(ctx, a.Store, (*store.Reader).Cursor)
		if err != nil || at.Incarnation != through.Incarnation || at.Rev >= through.Rev && !more {
			return err
		}
		if err := a.Pull(ctx, 0); err != nil {
			return err
		}
		now, err := store.Get(ctx, a.Store, (*store.Reader).Cursor)
		if err != nil || now == at {
			return err // that is all
		}
	}
}
