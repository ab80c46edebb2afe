package store

import (
	"context"
	"fmt"
)

// foldVersion counts how often a migration made folded tables anew. A database that
// was folded before it is folded again: the tables follow from the log alone.
const foldVersion = 6

// foldBatch is how many facts are folded at once.
const foldBatch = 1000

// refold folds the whole log into the tables as this program has them, where an
// older one folded it last. Until CaughtUp says so, the version is below zero: what an
// older program decided may lack what this one knows of it.
func (tx *Tx) refold() error {
	done, err := tx.count(`SELECT fold FROM identity WHERE wh = ?`)
	if err != nil || done >= foldVersion {
		return err
	}
	tx.s.behind.Store(true)
	if done == -foldVersion {
		return nil
	}
	for i := range folded {
		if _, err := tx.exec(folded[i].clear(), tx.s.id.Warehouse); err != nil {
			return fmt.Errorf("refold: %w", err)
		}
	}
	heads, err := tx.authors()
	if err != nil {
		return err
	}
	for _, h := range heads {
		if err := tx.refoldAuthor(h); err != nil {
			return fmt.Errorf("refold %s %d: %w", h.author, h.epoch, err)
		}
	}
	return tx.foldedBy(-foldVersion)
}

func (tx *Tx) foldedBy(version int64) error {
	_, err := tx.exec(`UPDATE identity SET fold = ? WHERE wh = ?`, version, tx.s.id.Warehouse)
	return err
}

// Behind says that an older program decided what is in the tables, and nobody has
// looked through it yet: planning is to look at every order once.
func (s *Store) Behind() bool { return s.behind.Load() }

// CaughtUp says that planning has.
func (s *Store) CaughtUp(ctx context.Context) error {
	err := s.Write(ctx, Gesture{}, func(tx *Tx) error { return tx.foldedBy(foldVersion) })
	s.behind.Store(err != nil)
	return err
}

func (tx *Tx) refoldAuthor(h logHead) error {
	for seq := int64(0); ; {
		facts, err := all(&tx.Reader, (*Fact).columns, `
			SELECT coalesce(rev, 0), bytes, hash FROM event
			WHERE wh = ? AND author = ? AND epoch = ? AND seq > ? AND parked < 2
			ORDER BY seq LIMIT ?`, h.author, h.epoch, seq, foldBatch)
		if err != nil || len(facts) == 0 {
			return err
		}
		for _, f := range facts {
			env, err := f.Envelope()
			if err != nil {
				return err
			}
			seq = env.Seq
			if e := known(&env); e != nil { // what is not known stays parked
				if err := tx.flush(e.apply(env.Stamp())); err != nil {
					return err
				}
			}
		}
	}
}

// A logHead is one chain of the log.
type logHead struct {
	author StationID
	epoch  int64
}

func (r *Reader) authors() ([]logHead, error) {
	return all(r, func(h *logHead) []any { return []any{&h.author, &h.epoch} },
		`SELECT DISTINCT author, epoch FROM event WHERE wh = ? ORDER BY author, epoch`)
}

// clear is the statement that empties a folded table.
func (t *table) clear() string { return "DELETE FROM " + t.name + " WHERE wh = ?" }
