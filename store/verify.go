package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
)

// A Violation is something in a database that cannot be right.
type Violation struct {
	// Rule is chain, gap, envelope, fold, balance, reserved, serial, negative, contradiction,
	// aside, parked, head or apart.
	Rule  string
	Where string // the row: table and key
	What  string
}

func (v Violation) String() string { return v.Rule + ": " + v.Where + ": " + v.What }

// violationsMax bounds what Verify lists: the first bad row tells most.
const violationsMax = 100

// verifyBatch is how many facts are read at once.
const verifyBatch = 1000

// Verify looks for what cannot be right in s: holes and altered rows of the log,
// folded rows that do not follow from it, and invariants of the ledger. It folds
// the log again into fresh, an empty store of the same identity, or one seeded with the
// snapshot that s began with. Whoever can
// edit the file can also recompute its chain: what was altered is found up to the
// last head that is held elsewhere.
func Verify(ctx context.Context, s, fresh *Store) (events int64, out []Violation, err error) {
	v := verifier{out: &out}
	err = s.Read(ctx, func(r *Reader) error {
		if events, err = v.log(r, fresh); err != nil {
			return err
		}
		return v.invariants(r)
	})
	if err != nil {
		return events, out, err
	}
	for i := range folded {
		if err := v.same(ctx, s, fresh, &folded[i]); err != nil {
			return events, out, err
		}
	}
	return events, out, nil
}

type verifier struct{ out *[]Violation }

func (v verifier) say(rule, where, what string, args ...any) {
	if len(*v.out) < violationsMax {
		*v.out = append(*v.out, Violation{rule, where, fmt.Sprintf(what, args...)})
	}
}

// log checks every author's chain, and folds it into fresh.
func (v verifier) log(r *Reader, fresh *Store) (events int64, err error) {
	heads, err := r.authors()
	if err != nil {
		return 0, err
	}
	for _, h := range heads {
		base, err := r.base(h)
		if err != nil {
			return events, err
		}
		seq, rev, hash := int64(0), int64(0), []byte(nil)
		for {
			facts, err := all(r, func(f *loggedFact) []any {
				return []any{&f.seq, &f.id, &f.kind, &f.ref, &f.operator, &f.at, &f.scan,
					&f.parked, &f.Rev, &f.Bytes, &f.Hash}
			}, `
				SELECT seq, id, kind, ref, operator, at, coalesce(scan, ''), parked,
					coalesce(rev, 0), bytes, hash FROM event
				WHERE wh = ? AND author = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
				h.author, h.epoch, seq, verifyBatch)
			if err != nil {
				return events, err
			}
			if len(facts) == 0 {
				break
			}
			for _, f := range facts {
				at := fmt.Sprintf("event %s %d.%d", h.author, h.epoch, f.seq)
				if f.seq != seq+1 && (seq > 0 || f.seq > base.seq+1) {
					v.say("gap", at, "number %d is missing", seq+1)
				}
				switch {
				case f.seq == base.seq+1:
					hash = base.hash
				case seq == 0 && f.seq > 1: // what was before it, the snapshot stands for
					hash = nil
				}
				if f.Rev != 0 && f.Rev <= rev {
					v.say("envelope", at, "the authority's number %d is not behind %d", f.Rev, rev)
				}
				rev = max(rev, f.Rev)
				hash = v.fact(f, at, hash, seq == 0 && f.seq > 1 && f.seq <= base.seq,
					r.s.id.Warehouse)
				seq = f.seq
				events++
			}
			facts = slices.DeleteFunc(facts, func(f loggedFact) bool { return f.seq <= base.seq })
			if err := v.refold(r.ctx, fresh, facts); err != nil {
				return events, err
			}
		}
	}
	return events, nil
}

type loggedFact struct {
	Fact
	seq      int64
	id       EventID
	kind     string
	ref      string
	operator OperatorID
	at       int64
	scan     ScanID
	parked   int64
}

// base is where a log stood in the snapshot that this station began with.
func (r *Reader) base(h logHead) (e logEnd, err error) {
	_, err = r.one([]any{&e.seq, &e.hash}, `
		SELECT seq, hash FROM base_head WHERE wh = ? AND author = ? AND epoch = ?`,
		h.author, h.epoch)
	return e, err
}

// HasBase says whether the store began with a snapshot, and not with an empty log.
func (r *Reader) HasBase() (bool, error) {
	n, err := r.count(`SELECT count(*) FROM base_head WHERE wh = ?`)
	return n > 0, err
}

// fact checks one row of the log against the hash before it, unless that is unknown.
func (v verifier) fact(f loggedFact, at string, prev []byte, unknown bool,
	wh WarehouseID) []byte {
	if want := chain(prev, f.Bytes); !unknown && !bytes.Equal(want, f.Hash) {
		v.say("chain", at, "the hash does not follow from the row and the one before")
	}
	env, err := f.Envelope()
	switch {
	case err != nil:
		v.say("envelope", at, "unreadable: %v", err)
	case f.parked == isSetAside:
		v.say("aside", at, "its author may not say %q, or nobody can keep it", env.Kind)
	case env.WH != wh || env.Seq != f.seq || env.ID != f.id || env.Kind != f.kind ||
		env.Operator != f.operator || env.At != f.at || !f.about(&env) ||
		env.Scan != f.scan && (f.scan != "" || env.Station == ""):
		v.say("envelope", at, "the columns differ from the envelope")
	case f.parked == isContradiction:
		v.say("contradiction", at, "%s puts a row that is known otherwise", env.Kind)
	case f.parked != isFolded:
		v.say("parked", at, "this program does not know %s, version %d", env.Kind, env.V)
	}
	return f.Hash
}

// about says whether a row is filed under what its fact is about.
func (f *loggedFact) about(env *Envelope) bool {
	e := known(env)
	return e == nil || e.Ref() == f.ref
}

func (v verifier) refold(ctx context.Context, fresh *Store, facts []loggedFact) error {
	return fresh.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		for _, f := range facts {
			env, err := f.Envelope()
			if err != nil {
				continue // named already
			}
			e := known(&env)
			if e == nil || f.parked >= isContradiction {
				continue
			}
			if err := tx.flush(e.apply(env.Stamp())); err != nil {
				v.say("fold", string(env.ID), "%v", err)
			}
		}
		return nil
	})
}

// same compares a folded table with what the log says.
func (v verifier) same(ctx context.Context, s, fresh *Store, t *table) error {
	read := func(r *Reader) ([]string, error) { return r.rows(t) }
	have, err := Get(ctx, s, read)
	if err != nil {
		return err
	}
	want, err := Get(ctx, fresh, read)
	if err != nil {
		return err
	}
	if slices.Equal(have, want) {
		return nil
	}
	for _, row := range have {
		if _, found := slices.BinarySearch(want, row); !found {
			v.say("fold", t.name, "the row %s does not follow from the log", row)
		}
	}
	for _, row := range want {
		if _, found := slices.BinarySearch(have, row); !found {
			v.say("fold", t.name, "the log has the row %s", row)
		}
	}
	return nil
}

// invariants of one node's ledger.
func (v verifier) invariants(r *Reader) error {
	wh := r.s.id.Warehouse
	// What the floor did against the book stands, where somebody is to look at it.
	balance, err := all(r, (*sum).fields, `
		SELECT item || ' ' || lot, CAST(sum(n) AS BIGINT) FROM stock
		WHERE wh = ? GROUP BY item, lot HAVING sum(n) <> 0`)
	if err != nil {
		return err
	}
	negative, err := all(r, (*sum).fields, `
		SELECT place || ' ' || item || ' ' || lot || ' ' || serial, n FROM stock s
		WHERE wh = ? AND n < 0 AND place NOT LIKE '@%' AND NOT EXISTS (
			SELECT 1 FROM discrepancy d WHERE d.wh = s.wh AND d.kind = 'below_zero'
				AND d.place = s.place AND d.item = s.item AND d.lot = s.lot)`)
	if err != nil {
		return err
	}
	twice, err := all(r, (*sum).fields, `
		SELECT place || ' ' || item || ' ' || serial, n FROM stock s
		WHERE wh = ? AND serial <> '' AND n NOT IN (0, 1) AND place NOT LIKE '@%' AND NOT EXISTS (
			SELECT 1 FROM discrepancy d WHERE d.wh = s.wh
				AND d.kind IN ('below_zero', 'serial_twice') AND d.item = s.item
				AND d.note = s.serial)`)
	if err != nil {
		return err
	}
	reserved, err := all(r, (*sum).fields, `
		WITH held AS (
			SELECT s.item AS item, sum(s.n) AS n FROM stock s
			JOIN place p ON p.wh = s.wh AND p.place = s.place
			WHERE s.wh = ? AND p.kind IN ('pick', 'storage') GROUP BY s.item),
		owed AS (
			SELECT r.item AS item, sum(r.want - r.used - r.short) AS n FROM reservation r
			WHERE r.wh = ? AND r.want > r.used + r.short GROUP BY r.item)
		SELECT o.item, CAST(o.n - coalesce(h.n, 0) AS BIGINT) FROM owed o
		LEFT JOIN held h ON h.item = o.item WHERE o.n > coalesce(h.n, 0)`, wh)
	v.each("balance", balance, "the postings add up to %d")
	v.each("negative", negative, "the place holds %d")
	v.each("serial", twice, "the serial is there %d times")
	v.each("reserved", reserved, "%d more are reserved than on hand")
	return err
}

type sum struct {
	key string
	n   Qty
}

func (x *sum) fields() []any { return []any{&x.key, &x.n} }

func (v verifier) each(rule string, rows []sum, what string) {
	for _, x := range rows {
		v.say(rule, x.key, what, x.n)
	}
}
