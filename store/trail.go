package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
)

// Search reads the facts between two times that name one of some keys: the number of an
// order, a slip or a return, an item, a place as bin/A-01-03, a lot, a serial, a waybill, an
// operator, or a code that was scanned. The last first, at most so many. It goes through the
// whole log: no table grows for what is asked for now and then.
func (r *Reader) Search(keys []string, from, to int64, most int) (out []Envelope, err error) {
	var words [][]byte
	for _, k := range keys {
		word, err := json.Marshal(k)
		if err != nil {
			return nil, err
		}
		words = append(words, word)
	}
	names := func(b []byte) bool {
		return slices.ContainsFunc(words, func(w []byte) bool { return bytes.Contains(b, w) })
	}
	last := func(a, b Envelope) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Author, b.Author),
			cmp.Compare(b.Epoch, a.Epoch), cmp.Compare(b.Seq, a.Seq))
	}
	err = each(r, (*Fact).columns, func(f Fact) error {
		if !names(f.Bytes) {
			return nil
		}
		env, err := f.Envelope()
		if err != nil {
			return err
		}
		if out = append(out, env); len(out) >= 2*most {
			slices.SortFunc(out, last)
			out = out[:most]
		}
		return nil
	}, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND at >= ? AND at < ? AND parked < 2`, from, to)
	slices.SortFunc(out, last)
	return out[:min(len(out), most)], err
}

// Between goes through the facts between two times, in no order.
func (r *Reader) Between(from, to int64, do func(Envelope) error) error {
	return each(r, (*Fact).columns, func(f Fact) error {
		env, err := f.Envelope()
		if err != nil {
			return err
		}
		return do(env)
	}, `SELECT coalesce(rev, 0), bytes, hash FROM event
		WHERE wh = ? AND at >= ? AND at < ? AND parked < 2`, from, to)
}
