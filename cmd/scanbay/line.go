package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"time"

	"scanbay/store"
	"scanbay/store/sqlite"
	"scanbay/sync/agent"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

const (
	// lineEvery is how often the terminal is told how the line is.
	lineEvery = time.Second
	// silent is how long central may say nothing: it answers every half minute.
	silent = time.Minute
)

// connect begins the station's side of the line. It is nil where the station stands alone.
func (st *station) connect(ctx context.Context, l *link) {
	if l == nil {
		return
	}
	if err := st.keepBase(ctx); err != nil {
		st.log.Error("base", "err", err) // people can work all the same
	}
	line := l.Pin.transport()
	st.agent = agent.New(agent.Config{Store: st.store, URL: l.URL, Key: l.private, Line: line,
		Now: st.Now, Boot: newBoot(), Log: st.log, Jitter: rand.Int64N, Seal: st.key.Seal,
		Base: st.base})
	st.store.RuledBy(st.agent)
}

// baseFile is the snapshot that a station's database began with: verify begins with it too.
func baseFile(db string) string { return db + ".base" }

// base opens a snapshot for the station to begin anew with, which begins an epoch. Only
// then it takes the place of the one before, when it is closed.
func (st *station) base(ctx context.Context, packed []byte) (*store.Store, error) {
	if err := st.keepBase(ctx); err != nil {
		return nil, err
	}
	path, before := baseFile(st.store.Path()), st.store.Identity().Epoch
	if err := unpack(packed, path+".part"); err != nil {
		return nil, err
	}
	db, err := sqlite.OpenReadOnly(ctx, path+".part")
	if err != nil {
		return nil, err
	}
	db.Unlock = func() error { return settleBase(path, st.store.Identity().Epoch != before) }
	s, err := store.New(ctx, db, newBoot(), st.Now)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// keepBase settles what base could not, because the program was killed: the station began
// with a snapshot that has its epoch.
func (st *station) keepBase(ctx context.Context) error {
	path, id := baseFile(st.store.Path()), st.store.Identity()
	if _, err := os.Stat(path + ".part"); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var there store.Station
	s, err := look(ctx, path+".part", st.Now)
	if err == nil {
		err = errors.Join(s.Read(ctx, func(r *store.Reader) (err error) {
			there, _, err = r.StationNamed(id.Author)
			return err
		}), s.Close())
	}
	if ctx.Err() != nil {
		return ctx.Err() // not read, and perhaps the one
	}
	return settleBase(path, err == nil && there.Epoch == id.Epoch)
}

// settleBase keeps a snapshot that the station began with, and no other.
func settleBase(path string, begun bool) error {
	if begun {
		if err := os.Rename(path+".part", path); err != nil {
			return err
		}
	}
	var err error
	for _, name := range besides(path + ".part") {
		err = errors.Join(err, os.RemoveAll(name))
	}
	return err
}

// watchLine tells the program how the line is.
func (st *station) watchLine(ctx context.Context) {
	began := st.Now()
	for ; ctx.Err() == nil; pause(ctx, lineEvery) {
		state, err := st.agent.State(ctx)
		if err != nil {
			continue
		}
		st.unsent.Store(state.Unsent)
		heard := state.Contact
		if heard.IsZero() {
			heard = began
		}
		st.program.Send(tui.HealthMsg{Name: i18n.LinkDown,
			Detail: st.words().LineProblem(state.Problem),
			OK:     state.Problem == "" && st.Now().Sub(heard) < silent})
		st.program.Send(tui.HealthMsg{Name: i18n.ClockOff, OK: state.Offset.Abs() <= store.ClockMax,
			Detail: fmt.Sprint(state.Offset.Round(time.Second))})
	}
}
