package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"scanbay/store"
	"scanbay/sync/wire"
)

// Push sends the next facts of the station's log, and says whether there are more.
func (a *Agent) Push(ctx context.Context) (more bool, err error) {
	if err := a.Hello(ctx); err != nil {
		return false, err
	}
	var run store.Run
	var at store.Cursor
	var left int64
	if err := a.Store.Read(ctx, func(r *store.Reader) error {
		acked, err := r.Acked()
		if err != nil {
			return err
		}
		if at, err = r.Cursor(); err != nil {
			return err
		}
		id := a.Store.Identity()
		if run, err = fitting(r.Run, id.Author, id.Epoch, acked); err != nil {
			return err
		}
		left, err = r.Unsent()
		return err
	}); err != nil || len(run.Facts) == 0 {
		return false, err
	}
	var body bytes.Buffer
	if err := wire.Encode(&body, wire.PushAsk{Run: run}, run); err != nil {
		return false, err
	}
	said, err := a.post(ctx, wire.PushPath, body.Bytes())
	if err != nil {
		return false, a.meetAgain(err)
	}
	var answer wire.PushAnswer
	if err := json.Unmarshal(said, &answer); err != nil {
		return false, fmt.Errorf("push: %w", err)
	}
	if answer.Seq > run.Last() || answer.Seq == run.Last() && !bytes.Equal(answer.Hash, run.Hash) {
		// Central has more of this log than this station: a copy of it works elsewhere.
		return false, a.meetAgain(&wire.Problem{Code: wire.Forked})
	}
	return left > int64(len(run.Facts)), a.Store.Ack(ctx, at.Incarnation, run.Epoch, answer.Seq)
}

// fitting reads as much of a log behind number seq as one request carries.
func fitting(read func(store.StationID, int64, int64, int) (store.Run, error),
	author store.StationID, epoch, seq int64) (store.Run, error) {
	run, err := read(author, epoch, seq, pushMax)
	if n := wire.Fitting(run.Facts); err == nil && n < len(run.Facts) {
		run, err = read(author, epoch, seq, n)
	}
	return run, err
}
