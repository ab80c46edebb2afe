package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/returns"
	"scanbay/store/shipping"
	"scanbay/store/stocktake"
)

// log is all that s itself recorded.
func (s *Site) log() []store.Fact {
	return Read(s, func(r *store.Reader) ([]store.Fact, error) { return r.Log(s.name, 1, 0, 1e6) })
}

// meet tells each side what the other recorded.
func meet(hub, s *Site) {
	s.Helper()
	s.tell(hub)
	s.hear(hub)
}

// tell tells the hub what s recorded.
func (s *Site) tell(hub *Site) {
	s.Helper()
	known := Read(hub, func(r *store.Reader) (int64, error) {
		seq, _, err := r.Head(s.name, 1)
		return seq, err
	})
	s.Must(hub.told(Read(s, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(s.name, 1, known, 1e6)
	})))
}

// hear takes what is new at the hub.
func (s *Site) hear(hub *Site) {
	s.Helper()
	at := Read(s, (*store.Reader).Cursor)
	s.Must(s.TakeNews(background, at, Read(hub, func(r *store.Reader) (n store.News, err error) {
		n.Cursor.Incarnation = 1
		if n.Runs, n.Cursor.Rev, err = r.News(s.name, 1, at.Rev, 1e6); err == nil {
			n.Recipients, n.PINs, err = r.Beside(at.Rev, n.Cursor.Rev)
		}
		return n, err
	})))
}

// Rulings are all that a station can ask for.
func Rulings() []store.WireRuling {
	return slices.Concat(order.Rulings(), outbound.Rulings(), access.Rulings(),
		returns.Rulings(), shipping.Rulings(), stocktake.Rulings())
}

// A line leads from a station to the hub that rules for it.
type line struct {
	hub, end *Site
	up       func() bool
	made     map[string]bool // the rulings that came through
}

// enrol leads a line from a station to a hub.
func enrol(hub, s *Site, up func() bool) *line {
	l := &line{hub, s, up, map[string]bool{}}
	s.RuledBy(l)
	meet(hub, s)
	return l
}

// Rule implements store.Authority. All that travels is bytes.
func (l *line) Rule(ctx context.Context, name string, by store.Gesture, in []byte) (
	[]byte, error) {
	if !l.up() {
		return nil, &store.Refusal{Code: store.CentralUnreachable}
	}
	sent, err := json.Marshal(by)
	l.end.Must(err)
	by = store.Gesture{}
	l.end.Must(json.Unmarshal(sent, &by))
	by.Station = l.end.name
	all := Rulings()
	i := slices.IndexFunc(all, func(r store.WireRuling) bool { return r.Name == name })
	if i < 0 {
		return nil, errors.New("central knows no ruling " + name)
	}
	out, err := all[i].Do(ctx, l.hub.Store, by, in)
	l.made[name] = l.made[name] || err == nil
	if errors.Is(err, store.ErrAnswered) { // the answer to it was lost on its way
		err = nil
		if r := Read(l.hub, func(r *store.Reader) (*store.Refusal, error) {
			return r.RefusedWith(by.Scan)
		}); r != nil {
			err = r
		}
	}
	l.end.hear(l.hub)
	return out, err
}

// told takes facts of others in, one by one; the authority looks at what they come to.
func (s *Site) told(facts []store.Fact) error {
	return s.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		var fresh []store.Envelope
		for _, f := range facts {
			env, err := f.Envelope()
			if err != nil {
				return err
			}
			got, err := tx.TakeRun(store.Run{Author: env.Author, Epoch: env.Epoch,
				From: env.Seq, Rev: f.Rev, Hash: f.Hash, Facts: [][]byte{f.Bytes}})
			if err != nil {
				return err
			}
			fresh = append(fresh, got...)
		}
		if !s.Identity().Authority {
			return nil
		}
		return s.settle(tx, fresh)
	})
}

// numbered is the whole log, in the order of the authority's numbers.
func numbered(s *Site) (out []store.Fact) {
	for _, run := range Read(s, func(r *store.Reader) ([]store.Run, error) {
		runs, _, err := r.News("", 0, 0, 1e6)
		return runs, err
	}) {
		for i, bytes := range run.Facts {
			f := store.Fact{Rev: run.Rev + int64(i), Bytes: bytes}
			env, err := f.Envelope()
			s.Must(err)
			logged := Read(s, func(r *store.Reader) ([]store.Fact, error) {
				return r.Log(env.Author, env.Epoch, env.Seq-1, 1)
			})
			f.Hash = logged[0].Hash
			out = append(out, f)
		}
	}
	return out
}
