package store

import (
	"bytes"
	"slices"
	"strconv"
)

// Past reads the last facts that name a thing, the last first: up to limit of the
// depth last ones in the log. Those about it are found however old they are. What this
// station recorded lately has no number of the authority yet: it is looked for in the
// station's own log.
func (r *Reader) Past(ref string, limit, depth int) (out []Envelope, err error) {
	trail, err := r.Trail(ref)
	if err != nil || len(trail) >= limit {
		slices.Reverse(trail)
		return trail[:min(len(trail), limit)], err
	}
	rev, err := r.count(`SELECT coalesce(max(rev), 0) FROM event WHERE wh = ?`)
	if err != nil {
		return nil, err
	}
	seq := int64(0)
	if !r.s.id.Authority {
		if seq, _, err = r.Head(r.s.id.Author, r.s.epoch.Load()); err != nil {
			return nil, err
		}
	}
	found := looking{named: []byte(strconv.Quote(ref)), limit: limit}
	for low := seq - int64(depth); seq > max(0, low) && !found.enough(); seq -= pastBatch {
		facts, err := all(r, (*Fact).columns, `
			SELECT coalesce(rev, 0), bytes, hash FROM event
			WHERE wh = ? AND author = ? AND epoch = ? AND seq <= ? AND seq > ? AND rev IS NULL
			ORDER BY seq DESC`, r.s.id.Author, r.s.epoch.Load(), seq, seq-pastBatch)
		if err := found.in(facts, err); err != nil {
			return nil, err
		}
	}
	own := len(found.out)
	found.limit += own // either may have the later ones
	for low := rev - int64(depth); rev > max(0, low) && !found.enough(); rev -= pastBatch {
		facts, err := all(r, (*Fact).columns, `
			SELECT rev, bytes, hash FROM event WHERE wh = ? AND rev <= ? AND rev > ?
			ORDER BY rev DESC`, rev, rev-pastBatch)
		if err := found.in(facts, err); err != nil {
			return nil, err
		}
	}
	out = latest(found.out[:own], found.out[own:])
	for _, env := range slices.Backward(trail) {
		if !slices.ContainsFunc(out, func(o Envelope) bool { return o.ID == env.ID }) {
			out = append(out, env)
		}
	}
	return out[:min(len(out), limit)], nil
}

// pastBatch is how many facts are looked through at once.
const pastBatch = 1000

// looking gathers facts that name a thing.
type looking struct {
	named []byte
	limit int
	out   []Envelope
}

func (l *looking) enough() bool { return len(l.out) >= l.limit }

func (l *looking) in(facts []Fact, err error) error {
	for _, f := range facts {
		if err != nil || l.enough() {
			break
		}
		if bytes.Contains(f.Bytes, l.named) {
			var env Envelope
			env, err = f.Envelope()
			l.out = append(l.out, env)
		}
	}
	return err
}

// latest merges two lists, each with its last fact first, by the time of the facts.
func latest(a, b []Envelope) (out []Envelope) {
	for len(a) > 0 && len(b) > 0 {
		from := &a
		if b[0].At > a[0].At {
			from = &b
		}
		out, *from = append(out, (*from)[0]), (*from)[1:]
	}
	return append(append(out, a...), b...)
}
