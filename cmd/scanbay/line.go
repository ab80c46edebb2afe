package main

import (
	"context"
	"fmt"
	"math/rand/v2"
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
func (st *station) connect(l *link) {
	if l == nil {
		return
	}
	line := l.Pin.transport()
	st.agent = agent.New(agent.Config{Store: st.store, URL: l.URL, Key: l.private, Line: line,
		Now: st.Now, Boot: newBoot(), Log: st.log, Jitter: rand.Int64N, Seal: st.key.Seal,
		Base: func(ctx context.Context, packed []byte) (*store.Store, error) {
			return base(ctx, st.store.Path()+".base", packed, st.Now)
		}})
	st.store.RuledBy(st.agent)
}

// base opens a snapshot that the station begins anew with, and keeps it: verify begins
// with it too.
func base(ctx context.Context, path string, packed []byte, now func() time.Time) (
	*store.Store, error) {
	if err := unpack(packed, path); err != nil {
		return nil, err
	}
	db, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	return store.New(ctx, db, newBoot(), now)
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
