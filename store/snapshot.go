package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Seed fills an empty store of the same warehouse with all that another one's facts come
// to: the folded tables, where each log stands, what travels beside the facts, and those
// facts that are in no verified backup yet.
func (s *Store) Seed(ctx context.Context, from *Store) error {
	return from.Read(ctx, func(r *Reader) error {
		return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
			return tx.seed(r, func(p PIN) PIN { return p })
		})
	})
}

// Rebase makes a station's store what a snapshot of central says, and appends the
// station's own facts behind number common to a log of a new epoch. Nothing that it
// recorded is lost: what was before them, central has. Seal makes what this station keeps
// of a PIN out of what central tells.
func (s *Store) Rebase(ctx context.Context, from *Store, epoch, common int64,
	seal func(PIN) PIN) error {
	before := s.epoch.Load()
	err := from.Read(ctx, func(r *Reader) error {
		return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
			own, err := tx.Log(s.id.Author, before, common, maxOwn)
			if err != nil {
				return err
			}
			if err := tx.clearAll(); err != nil {
				return err
			}
			if err := tx.seed(r, seal); err != nil {
				return err
			}
			if _, err := tx.exec(`UPDATE identity SET epoch = ?, acked = 0 WHERE wh = ?`, epoch,
				s.id.Warehouse); err != nil {
				return err
			}
			s.epoch.Store(epoch)
			_, err = tx.reauthor(own, epoch, func(int) bool { return false })
			return err
		})
	})
	if err != nil {
		s.epoch.Store(before)
	}
	return err
}

// maxOwn is more facts than a station ever has unsent.
const maxOwn = 1 << 30

// clearAll empties what follows from facts, and the log.
func (tx *Tx) clearAll() error {
	for i := range folded {
		if _, err := tx.exec(folded[i].clear(), tx.s.id.Warehouse); err != nil {
			return fmt.Errorf("clear: %w", err)
		}
	}
	_, err := tx.exec(`DELETE FROM event WHERE wh = ?`, tx.s.id.Warehouse)
	_, baseErr := tx.exec(`DELETE FROM base_head WHERE wh = ?`, tx.s.id.Warehouse)
	_, peopleErr := tx.exec(`DELETE FROM recipient WHERE wh = ?`, tx.s.id.Warehouse)
	return errors.Join(err, baseErr, peopleErr)
}

// reauthor appends facts to their author's log of an epoch: other numbers, the same
// facts. It passes over those that the store has under any number.
// aside says which nobody goes by.
func (tx *Tx) reauthor(facts []Fact, epoch int64, aside func(i int) bool) (
	fresh []Envelope, err error) {
	if err := tx.readEnd(); err != nil {
		return nil, err
	}
	for i, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		n, err := tx.count(`SELECT count(*) FROM event WHERE wh = ? AND id = ?`, env.ID)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			continue
		}
		head, err := tx.head(env.Author, epoch)
		if err != nil {
			return nil, err
		}
		env.Epoch, env.Seq = epoch, head.seq+1
		if f.Bytes, err = json.Marshal(env); err != nil {
			return nil, err
		}
		f.Rev, f.Hash = 0, chain(head.hash, f.Bytes)
		b := Run{Author: env.Author}
		if aside(i) {
			b.Aside = []int64{env.Seq}
		}
		counts, err := tx.append(b, &env, f, known(&env))
		if err != nil {
			return nil, err
		}
		head.seq, head.hash = env.Seq, f.Hash
		tx.took = true
		if counts {
			fresh = append(fresh, env)
		}
	}
	return fresh, nil
}

// Adopt takes facts that are at odds with the store's record of their author's log: a
// station holds them from before central was restored. They get an epoch of their own, so
// that nothing that anybody saw is lost.
func (tx *Tx) Adopt(b Run) (fresh []Envelope, err error) {
	if _, err := tx.envelopes(b, 0); err != nil {
		return nil, err
	}
	last, err := tx.LastEpoch(b.Author)
	if err != nil {
		return nil, err
	}
	var facts []Fact
	for _, bytes := range b.Facts {
		facts = append(facts, Fact{Bytes: bytes})
	}
	return tx.reauthor(facts, last+1, func(i int) bool {
		return slices.Contains(b.Aside, b.From+int64(i))
	})
}

// seed copies what r's store knows.
func (tx *Tx) seed(r *Reader, seal func(PIN) PIN) error {
	tx.heads, tx.end = nil, nil
	for i := range folded {
		if err := tx.seedTable(r, &folded[i]); err != nil {
			return fmt.Errorf("seed %s: %w", folded[i].name, err)
		}
	}
	heads, err := r.Heads()
	if err != nil {
		return err
	}
	for _, h := range heads {
		if _, err := tx.exec(`INSERT INTO base_head (wh, author, epoch, seq, hash)
			VALUES (?, ?, ?, ?, ?)`,
			tx.s.id.Warehouse, h.Author, h.Epoch, h.Seq, h.Hash); err != nil {
			return err
		}
	}
	now, err := r.Cursor()
	if err != nil {
		return err
	}
	people, pins, err := r.Beside(-1, now.Rev+1)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := tx.tellRecipient(p); err != nil {
			return err
		}
	}
	for _, p := range pins {
		if err := tx.tellPIN(seal(p)); err != nil {
			return err
		}
	}
	mark, err := r.Mark(now.Rev)
	if err != nil {
		return err
	}
	return errors.Join(tx.seedLog(r), tx.move(now, mark))
}

func (tx *Tx) seedTable(r *Reader, t *table) error {
	wh := string(tx.s.id.Warehouse)
	return tx.fill(t.name, t.columns(), func(add func([]any) error) error {
		return each(r, t.dest, func(row []any) error {
			return add(append([]any{wh}, row...))
		}, t.read())
	})
}

// A rawFact is a row of the log.
type rawFact struct {
	author                        StationID
	epoch, seq, at, rev           int64
	id, kind, ref, operator, scan string
	parked                        int64
	bytes, hash                   []byte
}

// seedLog copies the facts that are in no verified backup: if central is restored from
// one, the stations have them.
func (tx *Tx) seedLog(r *Reader) error {
	backed, err := r.count(`SELECT backed FROM identity WHERE wh = ?`)
	if err != nil {
		return err
	}
	return tx.fill("event", eventNames, func(add func([]any) error) error {
		return each(r, func(f *rawFact) []any {
			return []any{&f.author, &f.epoch, &f.seq, &f.id, &f.kind, &f.ref, &f.operator, &f.at,
				&f.scan, &f.rev, &f.parked, &f.bytes, &f.hash}
		}, func(f rawFact) error { return add(tx.row(&f)) }, `
		SELECT author, epoch, seq, id, kind, ref, operator, at, coalesce(scan, ''), rev, parked,
			bytes, hash
		FROM event WHERE wh = ? AND rev > ? ORDER BY rev`, backed)
	})
}

// fillMany is how many rows go into a table at once.
const fillMany = 5000

// fill writes the rows that from adds, a part at a time.
func (tx *Tx) fill(name string, columns []string, from func(add func([]any) error) error) error {
	var part [][]any
	err := from(func(row []any) error {
		if part = append(part, row); len(part) < fillMany {
			return nil
		}
		err := tx.insertMany(name, columns, part)
		part = part[:0]
		return err
	})
	if err != nil {
		return err
	}
	return tx.insertMany(name, columns, part)
}
