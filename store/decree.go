package store

import "context"

// A Decree is a Ruling that answers nothing.
type Decree[In any] struct {
	Name string // on the wire: never renamed or reused
	Do   func(ctx context.Context, s *Store, by Gesture, in In) error
}

// Make has the authority carry the operation out.
func (d Decree[In]) Make(ctx context.Context, s *Store, by Gesture, in In) error {
	_, err := d.ruling().Make(ctx, s, by, in)
	return err
}

// Wire is the decree as central finds it by its name.
func (d Decree[In]) Wire() WireRuling { return d.ruling().Wire() }

func (d Decree[In]) ruling() Ruling[In, struct{}] {
	return Ruling[In, struct{}]{Name: d.Name,
		Do: func(ctx context.Context, s *Store, by Gesture, in In) (none struct{}, err error) {
			return none, d.Do(ctx, s, by, in)
		}}
}
