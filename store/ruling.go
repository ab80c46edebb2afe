package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// An Authority rules for the stations that are enrolled with it: central, over the
// line. What it recorded is in the station's store before it answers. It refuses with
// CentralUnreachable, which the ruling records.
type Authority interface {
	Rule(ctx context.Context, name string, by Gesture, in []byte) (out []byte, err error)
}

// A Ruling is an operation that the authority alone carries out: planning, leases,
// what the site decides. At a station that is enrolled, central does it; everywhere
// else the station is its own authority. In and Out travel as JSON.
type Ruling[In, Out any] struct {
	Name string // on the wire: never renamed or reused
	Do   func(ctx context.Context, s *Store, by Gesture, in In) (Out, error)
	// Again is what Do gave, by what it recorded: for a station that the answer did not
	// reach. Nil where nobody asks.
	Again func(Event) Out
}

// Make has the authority carry the operation out.
func (r Ruling[In, Out]) Make(ctx context.Context, s *Store, by Gesture, in In) (
	out Out, err error) {
	if s.id.Authority {
		return r.Do(ctx, s, by, in)
	}
	if s.authority == nil {
		return out, s.unreachable(ctx, by)
	}
	asked, err := json.Marshal(in)
	if err != nil {
		return out, fmt.Errorf("ask for %s: %w", r.Name, err)
	}
	said, err := s.authority.Rule(ctx, r.Name, by, asked)
	if refusal, refused := RefusalOf(err); refused && refusal.Code == CentralUnreachable {
		return out, s.unreachable(ctx, by)
	}
	if err == nil && len(said) > 0 {
		err = json.Unmarshal(said, &out)
	}
	return out, err
}

// unreachable records, as every refusal, that nobody was there to decide: also where
// whoever asked has waited as long as they may.
func (s *Store) unreachable(ctx context.Context, by Gesture) error {
	return s.Refuse(context.WithoutCancel(ctx), by, &Refusal{Code: CentralUnreachable})
}

// RuledBy says who rules for this station. It is called before work begins.
func (s *Store) RuledBy(a Authority) { s.authority = a }

// Wire is the ruling as central finds it by its name. Somebody must ask for it: what
// has no operator is a program's own, and may do all.
func (r Ruling[In, Out]) Wire() WireRuling {
	return WireRuling{r.Name, func(ctx context.Context, s *Store, by Gesture, in []byte) (
		[]byte, error) {
		var asked In
		if by.Operator == "" {
			return nil, fmt.Errorf("%w: nobody asks for %s", ErrAltered, r.Name)
		}
		if err := json.Unmarshal(in, &asked); err != nil {
			return nil, errors.Join(ErrAltered, err)
		}
		out, err := r.Do(ctx, s, by, asked)
		if errors.Is(err, ErrAnswered) && r.Again != nil {
			out, err = r.again(ctx, s, by.Scan)
		}
		if err != nil && !errors.Is(err, ErrAnswered) {
			return nil, err
		}
		said, marshalErr := json.Marshal(out)
		return said, errors.Join(err, marshalErr)
	}}
}

// again fails with ErrAnswered, and gives the answer.
func (r Ruling[In, Out]) again(ctx context.Context, s *Store, scan ScanID) (out Out, err error) {
	env, err := Get(ctx, s, func(r *Reader) (env Envelope, err error) {
		env, _, err = r.AnswerTo(scan)
		return env, err
	})
	if err != nil {
		return out, err
	}
	was, err := Decode(env.Kind, env.Body)
	if err != nil {
		return out, err
	}
	return r.Again(was), ErrAnswered
}

// A WireRuling is a ruling whose arguments are JSON. It fails with ErrAnswered where this
// was asked and answered before, and gives that answer.
type WireRuling struct {
	Name string
	Do   func(ctx context.Context, s *Store, by Gesture, in []byte) (out []byte, err error)
}
