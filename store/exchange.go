package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// A Cursor is how far a store has seen the authority's numbering. A central server
// that was restored begins an incarnation: numbers behind the backup mean other facts.
type Cursor struct {
	Incarnation int64 `json:"incarnation"`
	Rev         int64 `json:"rev"`
}

// A Run is a part of one log: facts that follow on one another. As others pass it
// on, the authority has numbered them without a gap, from Rev.
type Run struct {
	Author  StationID `json:"author"`
	Epoch   int64     `json:"epoch"`
	From    int64     `json:"from"`            // the number of the first
	Rev     int64     `json:"rev,omitempty"`   // of the first; 0 for none yet
	Prev    []byte    `json:"prev,omitempty"`  // the hash before the first; empty: not told
	Hash    []byte    `json:"hash"`            // of the last
	Aside   []int64   `json:"aside,omitempty"` // those that the authority goes not by
	Facts   [][]byte  `json:"-"`               // their bytes, as they were first written
	pushed  bool      // a station sends it, of its own log
	decoded []decoded // the facts, where somebody has read them
}

// decoded is a fact that was read.
type decoded struct {
	env  Envelope
	hash []byte
}

// Decoded gives the run with its facts read and what they change worked out, so that the
// transaction that takes it has less to do. What is wrong with a fact shows there.
func (b Run) Decoded() Run {
	out, hash := make([]decoded, len(b.Facts)), b.Prev
	for i, bytes := range b.Facts {
		env, err := Fact{Bytes: bytes}.Envelope()
		if err != nil {
			return b
		}
		if env.event = known(&env); env.event != nil {
			env.changes(env.event)
		}
		hash = chain(hash, bytes)
		out[i] = decoded{env, hash}
	}
	if b.From == 1 || len(b.Prev) > 0 { // else nobody told what they are chained to
		b.decoded = out
	}
	return b
}

// chained are the hashes of the run's facts behind a hash.
func (b Run) chained(hash []byte) [][]byte {
	out := make([][]byte, len(b.Facts))
	for i, bytes := range b.Facts {
		if b.decoded != nil {
			hash = b.decoded[i].hash
		} else {
			hash = chain(hash, bytes)
		}
		out[i] = hash
	}
	return out
}

// envelope reads fact i of the run.
func (b Run) envelope(i int64) (Envelope, error) {
	if b.decoded != nil {
		return b.decoded[i].env, nil
	}
	env, err := Fact{Bytes: b.Facts[i]}.Envelope()
	if err == nil {
		env.event = known(&env)
	}
	return env, err
}

// A Head is where a log ends.
type Head struct {
	Author StationID `json:"author"`
	Epoch  int64     `json:"epoch"`
	Seq    int64     `json:"seq"`
	Hash   []byte    `json:"hash"`
}

// What can be wrong with a run, beside ErrFork.
var (
	// ErrGap says that facts are missing before a run.
	ErrGap = errors.New("facts are missing before these")
	// ErrAltered says that a run is not what its author's hash stands for.
	ErrAltered = errors.New("the hash does not follow from the facts")
)

// Last is the number of the run's last fact.
func (b Run) Last() int64 { return b.From + int64(len(b.Facts)) - 1 }

// TakeRun appends a run of another's log, and folds it. It passes over what the
// store holds, and gives the facts that were new, but those set aside. It fails with
// ErrGap, ErrFork or ErrAltered, and has written nothing then.
func (tx *Tx) TakeRun(b Run) (fresh []Envelope, err error) {
	if len(b.Facts) == 0 || b.From < 1 {
		return nil, fmt.Errorf("%w: an empty run", ErrAltered)
	}
	head, err := tx.head(b.Author, b.Epoch)
	if err != nil {
		return nil, err
	}
	if head.seq < b.From-1 {
		return nil, fmt.Errorf("%w: %s %d.%d", ErrGap, b.Author, b.Epoch, head.seq+1)
	}
	if b, err = tx.pastBase(b, head); err != nil || len(b.Facts) == 0 {
		return nil, err
	}
	hash, known, err := tx.hashAt(b.Author, b.Epoch, b.From-1)
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, fmt.Errorf("%w: %s %d.%d", ErrGap, b.Author, b.Epoch, b.From-1)
	}
	fork := fmt.Errorf("%w: %s %d.%d", ErrFork, b.Author, b.Epoch, b.From)
	if len(b.Prev) > 0 && !bytes.Equal(hash, b.Prev) {
		return nil, fork
	}
	hashes := b.chained(hash)
	if end := hashes[len(hashes)-1]; !bytes.Equal(end, b.Hash) {
		return nil, fmt.Errorf("%w: %s %d.%d", ErrAltered, b.Author, b.Epoch, b.From)
	}
	held := min(max(0, head.seq-b.From+1), int64(len(b.Facts)))
	if held > 0 {
		there, known, err := tx.hashAt(b.Author, b.Epoch, b.From+held-1)
		if err != nil {
			return nil, err
		}
		if known && !bytes.Equal(there, hashes[held-1]) {
			return nil, fork
		}
		if err := tx.renumber(b, head); err != nil {
			return nil, err
		}
	}
	envs, err := tx.envelopes(b, held)
	if err != nil {
		return nil, err
	}
	facts := make([]Fact, len(envs))
	for i := range envs {
		n := held + int64(i)
		facts[i] = Fact{Bytes: b.Facts[n], Hash: hashes[n]}
		if b.Rev != 0 {
			facts[i].Rev = b.Rev + n
		}
	}
	return tx.takeFresh(b, envs, facts, head)
}

// takeFresh appends the facts behind an author's head, and gives those that count.
func (tx *Tx) takeFresh(b Run, envs []Envelope, facts []Fact, head *logEnd) (
	fresh []Envelope, err error) {
	if len(envs) == 0 {
		return nil, nil
	}
	if err := tx.readEnd(); err != nil {
		return nil, err
	}
	tx.took = true
	if len(envs) >= tx.s.db.bulkFrom() {
		fresh, done, err := tx.takeBulk(b, envs, facts, head)
		if done || err != nil {
			return fresh, err
		}
	}
	for i := range envs {
		counts, err := tx.append(b, &envs[i], facts[i], envs[i].event)
		if err != nil {
			return nil, err
		}
		head.seq, head.hash = envs[i].Seq, facts[i].Hash
		if counts {
			fresh = append(fresh, envs[i])
		}
	}
	return fresh, nil
}

// envelopes reads the facts of a run but for those held.
func (tx *Tx) envelopes(b Run, held int64) ([]Envelope, error) {
	out := make([]Envelope, 0, int64(len(b.Facts))-held)
	for i := held; i < int64(len(b.Facts)); i++ {
		env, err := b.envelope(i)
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrAltered, err)
		}
		if env.WH != tx.s.id.Warehouse || env.Author != b.Author || env.Epoch != b.Epoch ||
			env.Seq != b.From+i {
			return nil, fmt.Errorf("%w: %s %s %d.%d", ErrFork, env.WH, env.Author, env.Epoch,
				env.Seq)
		}
		out = append(out, env)
	}
	return out, nil
}

// pastBase is what of a run lies behind the snapshot that this station began with.
func (tx *Tx) pastBase(b Run, head *logEnd) (Run, error) {
	base, err := tx.count(`
		SELECT coalesce(max(seq), 0) FROM base_head WHERE wh = ? AND author = ? AND epoch = ?`,
		b.Author, b.Epoch)
	skip := min(base-b.From+1, int64(len(b.Facts)))
	if err != nil || skip <= 0 {
		return b, err
	}
	if err := tx.renumber(b, head); err != nil {
		return b, err
	}
	b.From, b.Facts, b.Prev, b.decoded = b.From+skip, b.Facts[skip:], nil, nil
	if b.Rev != 0 {
		b.Rev += skip
	}
	return b, nil
}

// renumber gives facts that the store holds the authority's numbers: after it was
// restored, they have others.
func (tx *Tx) renumber(b Run, head *logEnd) error {
	if b.Rev == 0 || tx.s.id.Authority {
		return nil
	}
	_, err := tx.exec(`
		UPDATE event SET rev = seq - ? + ?
		WHERE wh = ? AND author = ? AND epoch = ? AND seq BETWEEN ? AND ? AND rev IS NULL`,
		b.From, b.Rev, tx.s.id.Warehouse, b.Author, b.Epoch, b.From, min(head.seq, b.Last()))
	return err
}

// head is where an author's log ends, as this transaction has it.
func (tx *Tx) head(author StationID, epoch int64) (*logEnd, error) {
	at := logHead{author, epoch}
	if e := tx.heads[at]; e != nil {
		return e, nil
	}
	e := &logEnd{}
	var err error
	if e.seq, e.hash, err = tx.Head(author, epoch); err != nil {
		return nil, err
	}
	if tx.heads == nil {
		tx.heads = map[logHead]*logEnd{}
	}
	tx.heads[at] = e
	return e, nil
}

// hashAt is the hash of one fact of a log; not known where the store has neither it
// nor, as the head of its snapshot, its hash.
func (r *Reader) hashAt(author StationID, epoch, seq int64) (hash []byte, known bool, err error) {
	if seq == 0 {
		return nil, true, nil
	}
	known, err = r.one([]any{&hash}, `
		SELECT hash FROM event WHERE wh = ? AND author = ? AND epoch = ? AND seq = ?`,
		author, epoch, seq)
	if err != nil || known {
		return hash, known, err
	}
	known, err = r.one([]any{&hash}, `
		SELECT hash FROM base_head WHERE wh = ? AND author = ? AND epoch = ? AND seq = ?`,
		author, epoch, seq)
	return hash, known, err
}

// HasHash says whether a log has a fact under a number, with this hash.
func (r *Reader) HasHash(author StationID, epoch, seq int64, hash []byte) (bool, error) {
	have, known, err := r.hashAt(author, epoch, seq)
	return known && bytes.Equal(have, hash), err
}

// Holds says whether the store has a fact itself, and not only what follows from it.
func (r *Reader) Holds(author StationID, epoch, seq int64) (bool, error) {
	_, known, err := r.hashAt(author, epoch, seq)
	return known, err
}

// RunFrom is Run from the first fact behind number seq that the store holds.
func (r *Reader) RunFrom(author StationID, epoch, seq int64, limit int) (Run, error) {
	first, err := r.count(`SELECT coalesce(min(seq), 0) FROM event
		WHERE wh = ? AND author = ? AND epoch = ? AND seq > ?`, author, epoch, seq)
	if err != nil || first == 0 {
		return Run{}, err
	}
	return r.Run(author, epoch, first-1, limit)
}

// EndOf is where an author's log ends, as this transaction has it.
func (tx *Tx) EndOf(author StationID, epoch int64) (seq int64, hash []byte, err error) {
	e, err := tx.head(author, epoch)
	if err != nil {
		return 0, nil, err
	}
	return e.seq, e.hash, nil
}

// LastEpoch is the newest epoch of an author's log, or the one that was given to it and
// is still empty; 0 for none.
func (r *Reader) LastEpoch(author StationID) (int64, error) {
	last, err := r.count(`SELECT coalesce(max(epoch), 0) FROM event WHERE wh = ? AND author = ?`,
		author)
	if err != nil {
		return 0, err
	}
	given, err := r.count(`
		SELECT coalesce(max(epoch), 0) FROM station WHERE wh = ? AND station = ?`, author)
	if author == r.s.id.Author {
		given = max(given, r.s.epoch.Load())
	}
	return max(last, given), err
}

// Restoring says whether central was restored from a backup, and waits for what the
// stations hold.
func (r *Reader) Restoring() (bool, error) {
	_, is, err := r.RestoredSince()
	return is, err
}

// RestoredSince is where central's numbering was when it was restored last, and whether
// it waits for what the stations hold.
func (r *Reader) RestoredSince() (since int64, restoring bool, err error) {
	var is Bit
	_, err = r.one([]any{&since, &is}, `SELECT since, restoring FROM identity WHERE wh = ?`)
	return since, bool(is), err
}

// Heads reads where every author's log ends.
func (r *Reader) Heads() ([]Head, error) {
	heads, err := all(r, func(h *Head) []any {
		return []any{&h.Author, &h.Epoch, &h.Seq, &h.Hash}
	}, `
		SELECT e.author, e.epoch, e.seq, e.hash FROM event e
		JOIN (SELECT author, epoch, max(seq) AS seq FROM event
			WHERE wh = ? GROUP BY author, epoch) m
			ON m.author = e.author AND m.epoch = e.epoch AND m.seq = e.seq
		WHERE e.wh = ?
		UNION ALL
		SELECT b.author, b.epoch, b.seq, b.hash FROM base_head b
		WHERE b.wh = ? AND NOT EXISTS (SELECT 1 FROM event e
			WHERE e.wh = b.wh AND e.author = b.author AND e.epoch = b.epoch)
		ORDER BY author, epoch`, r.s.id.Warehouse, r.s.id.Warehouse)
	return heads, err
}

// Run reads facts of one log after number seq, as a batch; one without facts where
// there are none.
func (r *Reader) Run(author StationID, epoch, seq int64, limit int) (b Run, err error) {
	b = Run{Author: author, Epoch: epoch, From: seq + 1}
	if b.Prev, _, err = r.hashAt(author, epoch, seq); err != nil {
		return b, err
	}
	_, next, err := r.hashAt(author, epoch, seq+1)
	if err != nil || !next {
		return b, err
	}
	facts, err := r.Log(author, epoch, seq, limit)
	if err != nil {
		return b, err
	}
	for _, f := range facts {
		b.Facts, b.Hash = append(b.Facts, f.Bytes), f.Hash
	}
	// SQLite takes the index event_aside only for its own words: parked >= 2.
	b.Aside, err = all(r, func(n *int64) []any { return []any{n} }, `
		SELECT seq FROM event
		WHERE wh = ? AND author = ? AND epoch = ? AND seq BETWEEN ? AND ?
			AND parked >= 2 AND parked = 3 ORDER BY seq`, author, epoch, b.From, b.Last())
	return b, err
}

// newsOf is one fact of the news.
type newsOf struct {
	Fact
	author StationID
	epoch  int64
	seq    int64
	parked int64
}

// News reads up to limit facts after revision rev but those of one log, which is the
// reader's own, in the order of their revisions; and the revision up to which they are
// all.
func (r *Reader) News(own StationID, epoch, rev int64, limit int) (
	out []Run, through int64, err error) {
	facts, err := all(r, func(f *newsOf) []any {
		return []any{&f.Rev, &f.author, &f.epoch, &f.seq, &f.parked, &f.Bytes, &f.Hash}
	}, `
		SELECT rev, author, epoch, seq, parked, bytes, hash FROM event
		WHERE wh = ? AND rev > ? AND NOT (author = ? AND epoch = ?) ORDER BY rev LIMIT ?`,
		rev, own, epoch, limit)
	if err != nil {
		return nil, 0, err
	}
	for _, f := range facts {
		n := len(out) - 1
		if n < 0 || out[n].Author != f.author || out[n].Epoch != f.epoch ||
			out[n].Last() != f.seq-1 || out[n].Rev+int64(len(out[n].Facts)) != f.Rev {
			out = append(out, Run{Author: f.author, Epoch: f.epoch, From: f.seq, Rev: f.Rev})
			n++
		}
		out[n].Facts, out[n].Hash = append(out[n].Facts, f.Bytes), f.Hash
		if f.parked == isSetAside {
			out[n].Aside = append(out[n].Aside, f.seq)
		}
	}
	if len(facts) == limit {
		return out, facts[limit-1].Rev, nil
	}
	through, err = r.Revision()
	return out, through, err
}

// News is what a station is told of the warehouse since it last asked: facts, and what
// travels beside them.
type News struct {
	Cursor     Cursor      `json:"cursor"`         // where the station stands behind it
	Mark       []byte      `json:"mark,omitempty"` // the hash of the fact with that number
	Runs       []Run       `json:"runs,omitempty"`
	Aside      []int64     `json:"aside,omitempty"` // its own facts that nobody goes by
	Recipients []Recipient `json:"recipients,omitempty"`
	PINs       []PIN       `json:"pins,omitempty"`
}

// Mark is the hash of the fact that has a number of the authority's; empty where the store
// has no such fact, nor was told of it with its cursor.
func (r *Reader) Mark(rev int64) (hash []byte, err error) {
	known, err := r.one([]any{&hash}, `SELECT hash FROM event WHERE wh = ? AND rev = ?`, rev)
	if err != nil || known {
		return hash, err
	}
	_, err = r.one([]any{&hash}, `SELECT mark FROM identity WHERE wh = ? AND cursor = ?`, rev)
	return hash, err
}

// AsideOf reads which facts of one log, with revisions from after rev to through, nobody
// goes by: what they say contradicts what was there before, or their author may not say it.
func (r *Reader) AsideOf(author StationID, epoch, rev, through int64) ([]int64, error) {
	return all(r, func(n *int64) []any { return []any{n} }, `
		SELECT seq FROM event WHERE wh = ? AND rev > ? AND rev <= ? AND author = ? AND epoch = ?
			AND parked >= 2 ORDER BY seq`, rev, through, author, epoch)
}

// HasContradiction says whether a fact in the log contradicts one that was there before.
func (r *Reader) HasContradiction() (bool, error) {
	n, err := r.count(`SELECT count(*) FROM event WHERE wh = ? AND parked = 2`)
	return n > 0, err
}

// GoesBy says whether this store goes by one of its own facts.
func (r *Reader) GoesBy(seqs []int64) (bool, error) {
	for _, seq := range seqs {
		n, err := r.count(`SELECT count(*) FROM event
			WHERE wh = ? AND author = ? AND epoch = ? AND seq = ? AND parked < 2`,
			r.s.id.Author, r.s.epoch.Load(), seq)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// ErrMoved says that news begin where the station does not stand any more.
var ErrMoved = errors.New("the station has seen other news meanwhile")

// TakeNews takes what central told a station that stood at a cursor. The cursor moves
// with it, or neither does. It fails with ErrMoved.
func (s *Store) TakeNews(ctx context.Context, from Cursor, n News) error {
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		at, err := tx.Cursor()
		if err == nil && at != from {
			err = ErrMoved
		}
		if err != nil {
			return err
		}
		for _, b := range n.Runs {
			if _, err := tx.TakeRun(b); err != nil {
				return fmt.Errorf("take: %w", err)
			}
		}
		for _, p := range n.Recipients {
			if err := tx.tellRecipient(p); err != nil {
				return err
			}
		}
		for _, p := range n.PINs {
			if err := tx.tellPIN(p); err != nil {
				return err
			}
		}
		return tx.move(n.Cursor, n.Mark)
	})
}

func (tx *Tx) move(c Cursor, mark []byte) error {
	_, err := tx.exec(`UPDATE identity SET incarnation = ?, cursor = ?, mark = ? WHERE wh = ?`,
		c.Incarnation, c.Rev, mark, tx.s.id.Warehouse)
	tx.end = nil
	return err
}

// Cursor reads how far the store has seen the authority's numbering.
func (r *Reader) Cursor() (c Cursor, err error) {
	_, err = r.one([]any{&c.Incarnation, &c.Rev}, `
		SELECT i.incarnation, CASE WHEN i.authority = 0 THEN i.cursor
			ELSE coalesce((SELECT max(e.rev) FROM event e WHERE e.wh = i.wh), 0) END
		FROM identity i WHERE i.wh = ?`)
	return c, err
}

// Revision is how far this store has seen the authority's numbering.
func (r *Reader) Revision() (int64, error) {
	c, err := r.Cursor()
	return c.Rev, err
}

// Acked is how much of this store's log central is known to have.
func (r *Reader) Acked() (int64, error) {
	return r.count(`SELECT acked FROM identity WHERE wh = ?`)
}

// Unsent counts the facts that central is not known to have.
func (r *Reader) Unsent() (int64, error) {
	acked, err := r.Acked()
	if err != nil {
		return 0, err
	}
	last, _, err := r.Head(r.s.id.Author, r.s.epoch.Load())
	return max(0, last-acked), err
}

// Ack keeps that central, in an incarnation of it, has this store's log of an epoch up to
// seq. A late answer about another log or another central says nothing.
func (s *Store) Ack(ctx context.Context, incarnation, epoch, seq int64) error {
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE identity SET acked = ?
			WHERE wh = ? AND incarnation = ? AND epoch = ? AND acked < ?`,
			seq, s.id.Warehouse, incarnation, epoch, seq)
		return err
	})
}

// Reported keeps that a station has offered all that it holds. When every active one
// has, central waits no more.
func (tx *Tx) Reported(station StationID) error {
	if _, err := tx.exec(`INSERT INTO reported (wh, station) VALUES (?, ?)
		ON CONFLICT (wh, station) DO NOTHING`, tx.s.id.Warehouse, station); err != nil {
		return err
	}
	missing, err := tx.Unreported()
	if err != nil || len(missing) > 0 {
		return err
	}
	return tx.EndWait()
}

// HasReported says whether a station has offered what it holds since the last restore.
func (r *Reader) HasReported(station StationID) (bool, error) {
	n, err := r.count(`SELECT count(*) FROM reported WHERE wh = ? AND station = ?`, station)
	return n > 0, err
}

// Unreported reads the stations that central still waits for.
func (r *Reader) Unreported() ([]StationID, error) {
	return ids[StationID](r, `
		SELECT s.station FROM station s WHERE s.wh = ? AND s.active = 1 AND NOT EXISTS (
			SELECT 1 FROM reported p WHERE p.wh = s.wh AND p.station = s.station)
		ORDER BY s.station`)
}

// EndWait opens planning after a restore: every station has reported, or a supervisor
// waits no longer.
func (tx *Tx) EndWait() error {
	_, err := tx.exec(`UPDATE identity SET restoring = 0 WHERE wh = ?`, tx.s.id.Warehouse)
	return err
}

// BeginIncarnation says that a central database was restored from a backup: what was
// numbered behind it is numbered anew, the server writes a log of another epoch, and
// planning waits for what the stations hold. Since is where the backup's numbering was;
// 0 where nobody knows: then stations take everything again, and pass over what they hold.
func (tx *Tx) BeginIncarnation(since int64) error {
	now, err := tx.Cursor()
	if err != nil {
		return err
	}
	last, err := tx.LastEpoch(tx.s.id.Author)
	if err != nil {
		return err
	}
	if now.Incarnation > 1 {
		since = 0 // a station may have missed that one
	}
	// Nobody knows how many incarnations there were: the clock counts them.
	incarnation := max(now.Incarnation+1, tx.Now().UnixMilli())
	if _, err := tx.exec(`DELETE FROM reported WHERE wh = ?`, tx.s.id.Warehouse); err != nil {
		return err
	}
	// Stations cannot give PINs back: they go by those of the backup.
	if _, err := tx.exec(`UPDATE pin SET rev = ? WHERE wh = ?`, now.Rev+1,
		tx.s.id.Warehouse); err != nil {
		return err
	}
	_, err = tx.exec(`
		UPDATE identity SET incarnation = ?, since = ?, backed = ?, restoring = 1, epoch = ?
		WHERE wh = ?`, incarnation, since, since, last+1, tx.s.id.Warehouse)
	return err
}

// Restored is BeginIncarnation for a store that is open.
func (s *Store) Restored(ctx context.Context, since int64) error {
	return s.newEpoch(ctx, func(tx *Tx) error { return tx.BeginIncarnation(since) })
}

// Outgrow begins an epoch behind one that stations hold facts of, and this database does
// not: it recorded them before it was restored.
func (s *Store) Outgrow(ctx context.Context, epoch int64) error {
	return s.newEpoch(ctx, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE identity SET epoch = ? WHERE wh = ? AND epoch <= ?`, epoch+1,
			s.id.Warehouse, epoch)
		return err
	})
}

// newEpoch has the store record in the epoch that begin gives it.
func (s *Store) newEpoch(ctx context.Context, begin func(*Tx) error) error {
	before := s.epoch.Load()
	err := s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		if err := begin(tx); err != nil {
			return err
		}
		epoch, err := tx.count(`SELECT epoch FROM identity WHERE wh = ?`)
		if err == nil {
			s.epoch.Store(epoch) // before whoever waits to record
		}
		return err
	})
	if err != nil {
		s.epoch.Store(before)
	}
	return err
}

// MoveTo begins another incarnation of central at a station: what was numbered behind
// since is numbered anew, and what central lost of this station's log is unsent.
func (s *Store) MoveTo(ctx context.Context, incarnation, since, acked int64) error {
	return s.WriteMany(ctx, Gesture{}, func(tx *Tx) error {
		if _, err := tx.exec(`UPDATE event SET rev = NULL WHERE wh = ? AND rev > ?`,
			s.id.Warehouse, since); err != nil {
			return err
		}
		c, err := tx.Cursor()
		if err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE identity SET acked = ? WHERE wh = ?`, acked,
			s.id.Warehouse); err != nil {
			return err
		}
		return tx.move(Cursor{incarnation, min(c.Rev, since)}, nil)
	})
}

// Chained is a run of facts that an author writes behind a hash: what stands for a station
// in a measurement.
func Chained(prev []byte, envs ...Envelope) (b Run, err error) {
	for i, env := range envs {
		if i == 0 {
			b = Run{Author: env.Author, Epoch: env.Epoch, From: env.Seq, Prev: prev, Hash: prev}
		}
		bytes, err := json.Marshal(env)
		if err != nil {
			return b, err
		}
		b.Facts, b.Hash = append(b.Facts, bytes), chain(b.Hash, bytes)
	}
	return b, nil
}
