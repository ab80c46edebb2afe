package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"scanbay/store"
)

// A Trail is what happened to a thing.
type Trail struct {
	Found  []store.Found    // what the code stands for; none for one that nobody knows
	Facts  []store.Envelope // the last first
	People map[store.OperatorID]string
	Called map[string]string // what people call the counts and discrepancies that facts are about
	Causes []store.Reason    // by whose codes facts say why something was done
	Cut    bool              // there are older ones
}

// TrailMost is how many facts are told at once.
const TrailMost = 2000

// Follow tells what happened in a span to whatever a scan, or what was typed, stands for. It
// refuses with Unreadable, InputMethod, or with NotFound for what nobody knows and no fact
// names.
func Follow(ctx context.Context, s *store.Store, by store.Gesture, span Span) (t Trail,
	err error) {
	t, err = TrailOf(ctx, s, by.Mark, span) // beside the work of others
	refusal, refused := store.RefusalOf(err)
	if err != nil && !refused {
		return t, err
	}
	err = s.Write(ctx, by, func(tx *store.Tx) error {
		switch {
		case refused:
			return refusal
		case len(t.Found)+len(t.Facts) == 0:
			return &store.Refusal{Code: store.NotFound, Got: by.Mark.Text}
		}
		return tx.Record(store.ScanNoted{About: by.Mark.Text, Text: by.Mark.Text})
	})
	return t, err
}

// TrailOf is Follow without a record of the question. It goes through the whole log.
func TrailOf(ctx context.Context, s *store.Store, m store.Mark, span Span) (Trail, error) {
	return store.Get(ctx, s, func(r *store.Reader) (t Trail, err error) {
		if t.Found, err = find(r, m); err != nil {
			return t, err
		}
		keys, err := keysOf(r, m, t.Found)
		if err != nil || len(keys) == 0 {
			return t, err
		}
		from, to := span.times(s.Zone())
		if t.Facts, err = r.Search(keys, from, to, TrailMost); err != nil {
			return t, err
		}
		t.Cut = len(t.Facts) == TrailMost
		if err := t.add(r, keys, from, to); err != nil {
			return t, err
		}
		var people []store.OperatorID
		for _, f := range t.Facts {
			people = append(people, f.People()...)
		}
		if t.People, err = r.Named(people); err != nil {
			return t, err
		}
		if t.Causes, err = r.ReasonsOf(store.AdjustReason, store.OverrideReason); err != nil {
			return t, err
		}
		return t, t.call(r)
	})
}

// keysOf are the names that facts call things by.
func keysOf(r *store.Reader, m store.Mark, found []store.Found) (keys []string, err error) {
	add := func(more ...string) {
		for _, k := range more {
			if k != "" && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	add(strings.TrimSpace(m.Text), m.Code)
	if one := cmp.Or(string(m.Serial), string(m.Lot)); one != "" {
		add(one) // of all pieces of the item, these
		return keys, nil
	}
	for _, f := range found {
		add(f.Ref(), f.Code, string(f.Carton), string(f.Waybill))
		slips := []store.SlipID{f.Slip}
		if f.Order != "" {
			o, err := r.Order(f.Order)
			if err != nil {
				return nil, err
			}
			add(string(f.Order), o.PlatformNo)
			if slips, err = r.SlipsOf(f.Order); err != nil {
				return nil, err
			}
		}
		for _, id := range slips {
			if id == "" || f.Kind == store.CartonKind || f.Kind == store.WaybillKind {
				continue
			}
			add(string(id))
			cartons, err := r.CartonsOf(id)
			if err != nil {
				return nil, err
			}
			for _, c := range cartons {
				add(string(c.ID), string(c.Waybill))
			}
		}
	}
	return keys, nil
}

// add takes in what is about the things and does not name them, such as each scan of a count
// of a bin.
func (t *Trail) add(r *store.Reader, keys []string, from, to int64) error {
	for _, f := range t.Facts {
		if e, err := store.Decode(f.Kind, f.Body); err == nil {
			if begun, is := e.(store.CountBegun); is && slices.Contains(keys, string(begun.Place)) {
				keys = append(keys, string(begun.ID))
			}
		}
	}
	known := map[store.EventID]bool{}
	for _, f := range t.Facts {
		known[f.ID] = true
	}
	for _, k := range keys {
		trail, err := r.Trail(k)
		if err != nil {
			return err
		}
		for _, f := range trail {
			if !known[f.ID] && f.At >= from && f.At < to {
				known[f.ID], t.Facts = true, append(t.Facts, f)
			}
		}
	}
	slices.SortStableFunc(t.Facts, func(a, b store.Envelope) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Author, b.Author),
			cmp.Compare(b.Seq, a.Seq))
	})
	t.Facts = t.Facts[:min(len(t.Facts), TrailMost)]
	return nil
}

// call reads what the things are called that facts name by numbers that nobody ever sees: a
// count by its bin, a discrepancy by where it is or what it is of.
func (t *Trail) call(r *store.Reader) error {
	t.Called = map[string]string{}
	for _, f := range t.Facts {
		e, err := store.Decode(f.Kind, f.Body)
		if err != nil {
			continue // a program of tomorrow wrote it
		}
		switch e.(type) {
		case store.ItemCounted, store.CountCleared, store.DiscResolved, store.Reversed,
			store.ScanNoted, store.AlertAcknowledged:
		default:
			continue
		}
		ref := e.Ref()
		if _, known := t.Called[ref]; known {
			continue
		}
		if t.Called[ref], err = spot(r, ref); err != nil {
			return err
		}
	}
	return nil
}

// spot is the bin of a count, or where a discrepancy is or what it is of; empty for what is
// neither.
func spot(r *store.Reader, id string) (string, error) {
	c, err := r.Count(store.CountID(id))
	if _, none := store.RefusalOf(err); !none {
		return c.Place.Code(), err
	}
	d, _, err := r.Discrepancy(store.DiscID(id))
	if _, none := store.RefusalOf(err); none {
		return "", nil
	}
	return cmp.Or(d.Place.Code(), string(d.Slip), d.About, string(d.Item)), err
}
