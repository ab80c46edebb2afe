package store

import (
	"slices"
	"time"
)

// What happened in a bin while somebody counted it, or is told of late.

// A Move is N pieces that came into a bin, or left it, while somebody counted it.
type Move struct {
	Batch
	N        Qty
	Kind     string // of the fact
	Ref      string
	Operator OperatorID
	At       int64 // milliseconds UTC
	Own      bool  // at the station where it was counted, by its clock
	Unseen   bool  // whoever counted had not been told
}

// MovesDuring reads what moved in a bin from the beginning of a count until the authority
// took it, the first first: by whoever, and also what whoever counted did not know of.
func (r *Reader) MovesDuring(c Count) (out []Move, err error) {
	done, err := r.factOf(c, CountDone{}.Kind())
	if err != nil || done == nil {
		return nil, err
	}
	begun, err := r.factOf(c, CountBegun{}.Kind())
	if err != nil || begun == nil {
		return nil, err
	}
	err = each(r, (*Fact).columns, func(f Fact) error {
		env, err := f.Envelope()
		if err != nil || env.After(done.Envelope) {
			return err
		}
		for _, t := range Touches([]Envelope{env}) {
			if t.Place == c.Place && (c.Item == "" || c.Item == t.Item) {
				out = append(out, Move{Batch: t.Batch, N: t.N, Kind: env.Kind, At: env.At,
					Operator: env.Operator, Ref: known(&env).Ref(), Own: env.Author == done.Author,
					Unseen: env.Author != done.Author && f.Rev > done.BasedOn})
			}
		}
		return nil
	}, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND rev > ? AND rev < ? AND parked = 0 ORDER BY rev`, begun.BasedOn, done.rev)
	return out, err
}

// clockSlack is by how much two clocks that nobody finds wrong may differ, and a hand be
// slower than its scanner.
const clockSlack = 5 * time.Minute

// After says that a fact surely happened after another, by clocks that nobody found wrong.
func (env *Envelope) After(other Envelope) bool {
	return env.Off == 0 && other.Off == 0 && env.At-other.At > clockSlack.Milliseconds()
}

// A numbered fact is one with its number at the authority.
type numbered struct {
	Envelope
	rev int64
}

// factOf finds the fact that began a count, or ended it; nil where none is known.
func (r *Reader) factOf(c Count, kind string) (*numbered, error) {
	all, err := all(r, (*Fact).columns, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND ref = ? AND kind = ? AND parked = 0`, string(c.Place), kind)
	for _, f := range all {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		switch e := known(&env).(type) {
		case CountBegun:
			if e.ID == c.ID {
				return &numbered{env, f.Rev}, nil
			}
		case CountDone:
			if e.Count == c.ID {
				return &numbered{env, f.Rev}, nil
			}
		}
	}
	return nil, err
}

// CountSure says whether all that the book had where a count began is known.
func (r *Reader) CountSure(id CountID) (sure Bit, err error) {
	_, err = r.one([]any{&sure}, `SELECT sure FROM count_done WHERE wh = ? AND count_id = ?`, id)
	return sure, err
}

// AdjustedAfter says whether the book of batches in a bin was put right by something else
// behind a count: what that found may be posted already.
func (r *Reader) AdjustedAfter(c Count, but CountID, of []Batch) (bool, error) {
	done, err := r.factOf(c, CountDone{}.Kind())
	if err != nil || done == nil {
		return false, err
	}
	facts, err := all(r, (*Fact).columns, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND ref = ? AND kind = 'stock_adjusted' AND rev > ? AND parked = 0`,
		string(c.Place), done.rev)
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return false, err
		}
		e, is := known(&env).(StockAdjusted)
		if is && e.About != string(but) && slices.ContainsFunc(e.Lines, func(l Adjustment) bool {
			return l.Place == c.Place && slices.Contains(of, l.Batch)
		}) {
			return true, nil
		}
	}
	return false, err
}

// CountedSince reads the counts of places of which facts, that the authority took just now,
// may be older: their authors had not been told of the count. Of those that belong to one
// variance it is the last.
func (r *Reader) CountedSince(places []Place, facts []Envelope) (out []Count, err error) {
	type last struct {
		Place
		rev int64
	}
	all, err := allOf(r, places, itself, func(l *last) []any { return []any{&l.Place, &l.rev} },
		manyKeys+` SELECT k.id, coalesce((SELECT max(e.rev) FROM event e
			WHERE e.wh = w.wh AND e.ref = k.id AND e.kind = 'count_done'), 0)
		FROM w CROSS JOIN k`)
	touches := Touches(facts)
	for _, l := range all {
		seen := l.rev
		for _, t := range touches {
			if t.Place == l.Place {
				seen = min(seen, t.By.BasedOn)
			}
		}
		if err != nil || seen >= l.rev {
			continue
		}
		var late []Count
		late, err = r.lateFor(l.Place, seen, touches)
		out = append(out, late...)
	}
	return out, err
}

// lateFor reads the counts of a place, of those behind a revision, that what was done there may
// be older than.
func (r *Reader) lateFor(p Place, seen int64, touches []Touch) (out []Count, err error) {
	facts, err := all(r, (*Fact).columns, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND ref = ? AND kind = 'count_done' AND rev > ? AND parked = 0
		ORDER BY rev`, string(p), seen)
	var firsts []CountID // of out
	for _, f := range facts {
		env, err := f.Envelope()
		if err != nil {
			return nil, err
		}
		e, _ := known(&env).(CountDone)
		c, err := r.Count(e.Count)
		if _, unknown := RefusalOf(err); unknown {
			continue // a station told of the end of what it never began
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(touches, func(t Touch) bool {
			return t.Place == p && (c.Item == "" || c.Item == t.Item) &&
				t.By.Author != env.Author && t.By.BasedOn < f.Rev && !t.By.After(env)
		}) {
			continue
		}
		first, err := r.VarianceOf(c)
		if err != nil {
			return nil, err
		}
		if i := slices.Index(firsts, first); i >= 0 {
			out[i] = c
		} else {
			firsts, out = append(firsts, first), append(out, c)
		}
	}
	return out, err
}

// VarianceOf is the first count of the variance that a count belongs to: itself, or another's.
// A recount that ended behind what it was to tell stands alone.
func (r *Reader) VarianceOf(c Count) (CountID, error) {
	own, err := r.Variance(c.ID)
	if err != nil || own.State != "" || c.First == "" {
		return c.ID, err
	}
	return c.First, nil
}

// BinsCounted reads the bins that somebody counts, or is to count: also once more, where
// nobody has decided yet on what was found.
func (r *Reader) BinsCounted() ([]Place, error) {
	wh := r.s.id.Warehouse
	return ids[Place](r, `SELECT place FROM count_open WHERE wh = ? AND open = 1
		UNION SELECT k.place FROM todo t JOIN count_task k ON k.wh = t.wh AND k.task = t.ref
		WHERE t.wh = ? AND t.kind = 'count' AND t.open = 1
		UNION SELECT c.place FROM todo t JOIN stock_count c ON c.wh = t.wh AND c.count_id = t.ref
		WHERE t.wh = ? AND t.kind IN ('count_rule', 'variance') AND t.open = 1`, wh, wh)
}
