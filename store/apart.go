package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
)

// Kept compares logs with heads that were kept elsewhere, such as on paper: whoever can edit
// the file can make its chain anew, but not what was written down. A head's hash may be the
// beginning of one.
func Kept(ctx context.Context, s *Store, heads []Head) (out []Violation, err error) {
	v := verifier{out: &out}
	heads = slices.Clone(heads)
	slices.SortFunc(heads, func(a, b Head) int {
		return cmp.Or(cmp.Compare(a.Author, b.Author), cmp.Compare(a.Epoch, b.Epoch),
			cmp.Compare(a.Seq, b.Seq))
	})
	return out, s.Read(ctx, func(r *Reader) error {
		var was Head // the last that is as it was
		for _, h := range heads {
			if was.Author != h.Author || was.Epoch != h.Epoch {
				was = Head{Author: h.Author, Epoch: h.Epoch}
			}
			same, err := v.kept(r, was, h)
			if err != nil {
				return err
			}
			if same {
				was = h
			}
		}
		return nil
	})
}

// kept compares one head, behind one that is as it was.
func (v verifier) kept(r *Reader, was, h Head) (same bool, err error) {
	where := fmt.Sprintf("log of %s %d", h.Author, h.Epoch)
	have, known, err := r.hashAt(h.Author, h.Epoch, h.Seq)
	if err != nil {
		return false, err
	}
	if known && bytes.HasPrefix(have, h.Hash) {
		return true, nil
	}
	last, _, err := r.Head(h.Author, h.Epoch)
	switch {
	case err != nil:
		return false, err
	case h.Seq > last:
		v.say("head", where, "it ends at %d, and once had %d: what was between is gone", last,
			h.Seq)
	case !known:
		v.say("head", where, "it begins behind %d, with a snapshot: nobody can tell", h.Seq)
	default:
		v.say("head", where, "a row from %d to %d is not what it was", was.Seq+1, h.Seq)
	}
	return false, nil
}

// Apart looks for logs that two databases of a warehouse hold otherwise, and says from which
// row on.
func Apart(ctx context.Context, one, other *Store) (out []Violation, err error) {
	v := verifier{out: &out}
	heads, err := Get(ctx, one, (*Reader).Heads)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		last, err := Get(ctx, other, func(r *Reader) (int64, error) {
			last, _, err := r.Head(h.Author, h.Epoch)
			return last, err
		})
		if err != nil {
			return out, err
		}
		seq, err := firstApart(ctx, one, other, h.Author, h.Epoch, min(last, h.Seq))
		if err != nil {
			return out, err
		}
		if seq > 0 {
			v.say("apart", fmt.Sprintf("event %s %d.%d", h.Author, h.Epoch, seq),
				"the databases hold it otherwise, or the row before")
		}
	}
	return out, nil
}

// firstApart is the first row of a log, of so many, that two stores hold otherwise; 0 for
// none. Each row's hash tells of all before it, so halves will do.
func firstApart(ctx context.Context, one, other *Store, author StationID, epoch, n int64) (
	seq int64, err error) {
	differs := func(seq int64) bool {
		var hash [2][]byte
		for i, s := range []*Store{one, other} {
			if err != nil {
				return false
			}
			err = s.Read(ctx, func(r *Reader) (err error) {
				hash[i], _, err = r.hashAt(author, epoch, seq)
				return err
			})
		}
		return hash[0] != nil && hash[1] != nil && !bytes.Equal(hash[0], hash[1])
	}
	if n == 0 || !differs(n) {
		return 0, err
	}
	i := sort.Search(int(n), func(i int) bool { return differs(int64(i) + 1) })
	return int64(i) + 1, err
}
