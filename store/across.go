package store

import (
	"context"
	"fmt"
)

// Across looks for what cannot be right between central's database and a station's: facts
// that are not the same, or that central acknowledged and has not; and, where neither has
// news for the other, rows that differ.
func Across(ctx context.Context, central, station *Store) (out []Violation, err error) {
	var v verifier
	v.out = &out
	id := station.Identity()
	var heads []Head
	var acked, unsent int64
	var at Cursor
	if err := station.Read(ctx, func(r *Reader) (err error) {
		if heads, err = r.Heads(); err != nil {
			return err
		}
		if acked, err = r.Acked(); err != nil {
			return err
		}
		if unsent, err = r.Unsent(); err != nil {
			return err
		}
		at, err = r.Cursor()
		return err
	}); err != nil {
		return nil, err
	}
	var now Cursor
	err = central.Read(ctx, func(r *Reader) (err error) {
		if now, err = r.Cursor(); err != nil {
			return err
		}
		for _, h := range heads {
			if err := v.held(r, h, id, acked); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || unsent > 0 || at != now {
		return out, err
	}
	for i := range folded {
		if err := v.same(ctx, station, central, &folded[i]); err != nil {
			return out, err
		}
	}
	return out, nil
}

// held checks that central has a log as far as a station holds it.
func (v verifier) held(r *Reader, h Head, station Identity, acked int64) error {
	where := fmt.Sprintf("%s: log of %s %d.%d", station.Author, h.Author, h.Epoch, h.Seq)
	if h.Author == station.Author && h.Epoch == station.Epoch {
		last, _, err := r.Head(h.Author, h.Epoch)
		if err != nil {
			return err
		}
		if last < acked {
			v.say("acknowledged", where, "central has it up to %d, and acknowledged %d", last,
				acked)
		}
		if h.Seq > last {
			return nil // the rest is unsent
		}
	}
	same, err := r.HasHash(h.Author, h.Epoch, h.Seq, h.Hash)
	if err == nil && !same {
		v.say("across", where, "central has it otherwise")
	}
	return err
}
