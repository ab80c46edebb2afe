package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/sync/wire"
)

// Hello makes sure, once after each start and whenever something was odd, that central
// and this station speak of the same log: neither was restored from an older copy, and
// no clone of the station works elsewhere.
func (a *Agent) Hello(ctx context.Context) error {
	select {
	case a.meet <- struct{}{}:
	case <-ctx.Done(): // a person does not wait for a snapshot
		return ctx.Err()
	}
	defer func() { <-a.meet }()
	if odd := a.odd.Swap(false); a.known && !odd {
		return nil
	}
	a.known = false
	id := a.Store.Identity()
	var asks wire.HelloAsk
	if err := a.Store.Read(ctx, func(r *store.Reader) (err error) {
		if asks.Stand, err = a.stand(r); err == nil {
			asks.Heads, err = r.Heads()
		}
		return err
	}); err != nil {
		return err
	}
	hello, err := ask[wire.HelloAnswer](ctx, a, wire.HelloPath, asks)
	if err != nil {
		return fmt.Errorf("hello: %w", err)
	}
	if hello.Incarnation != asks.Cursor.Incarnation {
		if err := a.offer(ctx, hello, asks.Cursor, asks.Heads); err != nil {
			return err
		}
	} else {
		if err := a.same(ctx, hello.Incarnation, hello.Head); err != nil {
			return err
		}
		if hello.Restoring { // it began when central waited, and holds nothing from before
			if _, err := a.offerRun(ctx, wire.OfferAsk{Done: true}); err != nil {
				return err
			}
		}
	}
	if a.alone.Swap(false) && a.Store.Identity().Epoch == id.Epoch {
		a.Log.Warn("central goes not by what this station recorded", "epoch", id.Epoch)
		if err := a.renew(ctx, max(asks.Acked, hello.Head.Seq)); err != nil {
			return err
		}
	}
	a.known = true
	return nil
}

// meetAgain has the next request begin with Hello, where an answer was odd.
func (a *Agent) meetAgain(err error) error {
	var p *wire.Problem
	if errors.As(err, &p) {
		switch p.Code {
		case wire.Gap, wire.Forked, wire.Altered, wire.Restored, wire.Unknown:
			a.odd.Store(true)
		}
	}
	return err
}

// same compares this station's log with central's record of it. Where they went two
// ways, the station begins an epoch, with all its facts.
func (a *Agent) same(ctx context.Context, incarnation int64, head store.Head) error {
	var last, acked int64
	same := false
	id := a.Store.Identity()
	if err := a.Store.Read(ctx, func(r *store.Reader) (err error) {
		if acked, err = r.Acked(); err != nil {
			return err
		}
		if last, _, err = r.Head(id.Author, id.Epoch); err != nil {
			return err
		}
		same = head.Seq == 0
		if head.Seq > 0 && head.Seq <= last {
			same, err = r.HasHash(id.Author, id.Epoch, head.Seq, head.Hash)
		}
		return err
	}); err != nil {
		return err
	}
	switch {
	case same && head.Seq >= acked:
		return a.Store.Ack(ctx, incarnation, id.Epoch, head.Seq)
	case same: // central lost what it had acknowledged, and does not say so
		return errors.New("hello: central is older than what this station has seen")
	}
	a.Log.Warn("this station's log went two ways", "epoch", id.Epoch, "central", head.Seq,
		"here", last)
	return a.renew(ctx, 0) // what was acknowledged may be what is not there
}

// renew begins an epoch for the facts that central has not.
func (a *Agent) renew(ctx context.Context, acked int64) error {
	given, err := a.newEpoch(ctx, acked)
	if err != nil {
		return fmt.Errorf("renew: %w", err)
	}
	// An older one would lack what of the station's facts came there by others.
	want, err := json.Marshal(wire.SnapshotAsk{Rev: given.Rev})
	if err != nil {
		return err
	}
	packed, err := a.post(ctx, wire.SnapshotPath, want)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	base, err := a.Base(ctx, packed)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	return errors.Join(a.Store.Rebase(ctx, base, given.Epoch, given.Common, a.Seal),
		base.Close())
}

// newEpoch asks for an epoch, and how far both logs are the same behind number seq: of a
// long log in several questions.
func (a *Agent) newEpoch(ctx context.Context, seq int64) (given wire.RenewAnswer, err error) {
	id := a.Store.Identity()
	for {
		asks := wire.RenewAsk{Epoch: id.Epoch, From: seq + 1}
		if err := a.Store.Read(ctx, func(r *store.Reader) error {
			run, err := r.RunFrom(id.Author, id.Epoch, seq, 1)
			if err != nil || len(run.Facts) == 0 {
				return err
			}
			asks.From = run.From
			facts, err := r.Log(id.Author, id.Epoch, run.From-1, wire.HashesMax)
			for _, f := range facts {
				asks.Hashes = append(asks.Hashes, f.Hash)
			}
			return err
		}); err != nil {
			return given, err
		}
		given, err = ask[wire.RenewAnswer](ctx, a, wire.RenewPath, asks)
		last := asks.From + int64(len(asks.Hashes)) - 1
		if err != nil || len(asks.Hashes) < wire.HashesMax || given.Common < last {
			return given, err
		}
		seq = last
	}
}

// offer gives a central server that was restored what it lost: every author's facts that
// this station holds, central's own included. Then the station goes by its numbers; where
// the two are at odds, or others were faster, it begins anew from central's tables.
func (a *Agent) offer(ctx context.Context, hello wire.HelloAnswer, since store.Cursor,
	mine []store.Head) error {
	anew, err := a.offerPeople(ctx)
	if err != nil {
		return err
	}
	if mine, err = a.plansFirst(ctx, mine); err != nil {
		return err
	}
	for _, h := range mine {
		closed, forked, err := a.offerLog(ctx, hello, h)
		if err != nil {
			return err
		}
		anew = anew || closed || forked
	}
	answer, err := a.offerRun(ctx, wire.OfferAsk{Done: true})
	if err != nil {
		return err
	}
	if anew || answer.Closed || answer.Odd || a.isBehind(hello.Head, mine) {
		return a.renew(ctx, 0)
	}
	mark, err := store.Get(ctx, a.Store, func(r *store.Reader) ([]byte, error) {
		return r.Mark(min(hello.Since, since.Rev))
	})
	if err != nil {
		return err
	}
	other := len(mark) > 0 && len(hello.Mark) > 0 && !bytes.Equal(mark, hello.Mark)
	if since.Incarnation > 1 || other { // it may have missed one, or was never told the backup's
		hello.Since = 0
	}
	return a.Store.MoveTo(ctx, hello.Incarnation, hello.Since, hello.Head.Seq)
}

// isBehind says whether central has more of this station's log than the station: a copy of
// it has offered that.
func (a *Agent) isBehind(there store.Head, mine []store.Head) bool {
	return there.Seq > 0 && !slices.ContainsFunc(mine, func(h store.Head) bool {
		return h.Author == there.Author && h.Epoch == there.Epoch && h.Seq >= there.Seq
	})
}

// plansFirst puts central's own logs in front: what people did is judged by what was
// planned.
func (a *Agent) plansFirst(ctx context.Context, heads []store.Head) (out []store.Head, err error) {
	var rest []store.Head
	err = a.Store.Read(ctx, func(r *store.Reader) error {
		for _, h := range heads {
			_, station, err := r.StationNamed(h.Author)
			switch {
			case err != nil:
				return err
			case station:
				rest = append(rest, h)
			default:
				out = append(out, h)
			}
		}
		return nil
	})
	return append(out, rest...), err
}

// offerPeople offers those who get parcels: before the facts that they travelled beside, so
// that they do again.
func (a *Agent) offerPeople(ctx context.Context) (closed bool, err error) {
	for after := store.RecipientID(""); ; {
		people, err := store.Get(ctx, a.Store, func(r *store.Reader) ([]store.Recipient, error) {
			return r.RecipientsAfter(after, pushMax)
		})
		if err != nil || len(people) == 0 {
			return closed, err
		}
		answer, err := a.offerRun(ctx, wire.OfferAsk{Recipients: people})
		if err != nil {
			return closed, err
		}
		closed = closed || answer.Closed
		after = people[len(people)-1].ID
	}
}

// offerLog offers what central lacks of one log; all of it, where central has other facts
// under its numbers, or lacks some from before this station's snapshot.
func (a *Agent) offerLog(ctx context.Context, hello wire.HelloAnswer, h store.Head) (
	closed, forked bool, err error) {
	there := store.Head{}
	for _, c := range hello.Heads {
		if c.Author == h.Author && c.Epoch == h.Epoch {
			there = c
		}
	}
	forked = slices.ContainsFunc(hello.Forked, func(f store.Head) bool {
		return f.Author == h.Author && f.Epoch == h.Epoch
	})
	from := there.Seq
	if err := a.Store.Read(ctx, func(r *store.Reader) error {
		if !forked && there.Seq > 0 && there.Seq <= h.Seq {
			same, err := r.HasHash(h.Author, h.Epoch, there.Seq, there.Hash)
			if err != nil {
				return err
			}
			known, err := r.Holds(h.Author, h.Epoch, there.Seq)
			forked = known && !same
			return err
		}
		return nil
	}); err != nil {
		return false, forked, err
	}
	if forked {
		from = 0
	}
	for seq := from; seq < h.Seq; {
		run, err := store.Get(ctx, a.Store, func(r *store.Reader) (store.Run, error) {
			return fitting(r.RunFrom, h.Author, h.Epoch, seq)
		})
		if err != nil || len(run.Facts) == 0 {
			return closed, forked, err // it is before the snapshot that this station began with
		}
		answer, err := a.offerRun(ctx, wire.OfferAsk{Run: run, Forked: forked})
		var p *wire.Problem
		if errors.As(err, &p) && p.Code == wire.Gap {
			forked = true
			answer, err = a.offerRun(ctx, wire.OfferAsk{Run: run, Forked: true})
		}
		if err != nil {
			return closed, forked, err
		}
		closed = closed || answer.Closed
		seq = run.Last()
	}
	return closed, forked, nil
}

func (a *Agent) offerRun(ctx context.Context, o wire.OfferAsk) (out wire.OfferAnswer, err error) {
	var body bytes.Buffer
	if err := wire.Encode(&body, o, o.Run); err != nil {
		return out, err
	}
	said, err := a.post(ctx, wire.OfferPath, body.Bytes())
	if err != nil {
		return out, fmt.Errorf("offer: %w", err)
	}
	return out, json.Unmarshal(said, &out)
}
