// Package agent is a station's side of the line to central: it sends what the station
// records, takes what others did, and asks central for what only central decides. No
// work on the screen waits for it, but for what is asked.
package agent

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// Config is what an agent is made of.
type Config struct {
	Store *store.Store
	URL   string // of central, such as https://central:8443
	Key   ed25519.PrivateKey
	// Line carries requests: it knows the certificate that central must have.
	Line http.RoundTripper
	Now  func() time.Time
	Boot string // 60 random bits: in the ids of what is asked of central
	Log  *slog.Logger
	// Seal makes what this station keeps of a PIN out of what central tells.
	Seal func(store.PIN) store.PIN
	// Base opens a snapshot of central's for the store to begin with anew.
	Base func(ctx context.Context, packed []byte) (*store.Store, error)
	// Jitter is a number from 0 to below most, so that stations do not come all at once.
	Jitter func(most int64) int64
}

// An Agent is one station's.
type Agent struct {
	Config
	as     wire.EnrolAnswer // who asks, before there is a store
	asked  atomic.Int64
	mu     sync.Mutex
	state  State
	offset time.Duration // of central's clock to ours
	known  bool          // whether hello was said since the start
	meet   chan struct{} // one at a time looks whether both logs are one
	odd    atomic.Bool   // an answer was: hello is to be said again
	alone  atomic.Bool   // this station goes by a fact of its own that nobody else goes by

	unanswered map[[sha256.Size]byte]question // what was asked, and may have been done
}

// A question is what central was asked, and when.
type question struct {
	id store.ScanID
	at time.Time
}

// State is how the line is.
type State struct {
	Unsent  int64
	Contact time.Time     // when central answered last; zero for never
	Offset  time.Duration // of central's clock to ours
	Problem wire.ProblemCode
}

// New makes an agent. It sends nothing before Run.
func New(c Config) *Agent {
	return &Agent{Config: c, meet: make(chan struct{}, 1),
		unanswered: map[[sha256.Size]byte]question{}}
}

// The pace of the agent.
const (
	pushMax   = 500              // facts in one push
	pullWait  = 25 * time.Second // how long central may think about news
	askMax    = 10 * time.Second // how long a person waits for central
	againMax  = 2 * time.Minute  // how long they may take to ask once more
	sendMax   = 30 * time.Second // how long a request may take beside central's waiting
	baseMax   = 20 * time.Minute // how long a snapshot may take, on a slow line
	nearMax   = time.Second      // how long the way to central may take
	backFirst = 200 * time.Millisecond
	backMost  = 20 * time.Second
)

// Run sends and takes until ctx ends. A panic in either ends both, and is the caller's.
func (a *Agent) Run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var both sync.WaitGroup
	broken := make(chan string, 2)
	part := func(do func(context.Context) (bool, error), wake <-chan struct{}) {
		both.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					broken <- fmt.Sprintf("%v\n%s", r, debug.Stack())
					stop()
				}
			}()
			a.again(ctx, do, wake)
		})
	}
	part(a.Push, a.Store.Wrote())
	part(func(ctx context.Context) (bool, error) { return true, a.Pull(ctx, pullWait) }, nil)
	both.Wait()
	select {
	case what := <-broken:
		panic(what)
	default:
	}
}

// again does something again and again: at once while there is more, else when it is
// woken; after a failure later and later, and never all stations at once.
func (a *Agent) again(ctx context.Context, do func(context.Context) (more bool, err error),
	wake <-chan struct{}) {
	for wait := backFirst; ctx.Err() == nil; {
		more, err := do(ctx)
		if ctx.Err() != nil {
			return
		}
		a.note(err)
		if err != nil {
			a.Log.Info("central", "err", err)
			pause(ctx, wait/2+time.Duration(a.Jitter(int64(wait/2))))
			wait = min(2*wait, backMost)
			continue
		}
		wait = backFirst
		if more {
			continue
		}
		select {
		case <-ctx.Done():
		case <-wake:
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	late := time.NewTimer(d)
	defer late.Stop()
	select {
	case <-ctx.Done():
	case <-late.C:
	}
}

// State is how the line is now.
func (a *Agent) State(ctx context.Context) (State, error) {
	unsent, err := store.Get(ctx, a.Store, (*store.Reader).Unsent)
	a.mu.Lock()
	defer a.mu.Unlock()
	out := a.state
	out.Unsent, out.Offset = unsent, a.offset
	return out, err
}

// note keeps how the last attempt went.
func (a *Agent) note(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state.Problem = ""
	var p *wire.Problem
	switch {
	case errors.As(err, &p):
		a.state.Problem = p.Code
	case err != nil:
		a.state.Problem = wire.Failed
	}
}

// nextAsk is the id of something that is asked of central.
func (a *Agent) nextAsk() store.ScanID {
	return store.ScanID(a.Boot + ".a" + strconv.FormatInt(a.asked.Add(1), 10))
}

// idOf is nextAsk for what makes something new, and settle forgets it. Where there was no
// answer, the same question has the same id: it may have been done, and a person who asks
// again gets what came of it. Later they mean it anew.
func (a *Agent) idOf(name string, by store.Gesture, in []byte) (id store.ScanID, settle func()) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", name, by.Operator, in))
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.Now()
	maps.DeleteFunc(a.unanswered, func(_ [sha256.Size]byte, q question) bool {
		return now.Sub(q.at) > againMax
	})
	q, before := a.unanswered[sum]
	if !before {
		q = question{a.nextAsk(), now}
		a.unanswered[sum] = q
	}
	return q.id, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.unanswered, sum)
	}
}
