// Package central is the server that a warehouse's stations are enrolled with. It
// numbers their facts, passes them on, and decides what only one place may decide.
package central

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"scanbay/store"
)

// Config is what a central server is made of.
type Config struct {
	Stores  []*store.Store // one for each warehouse; each is the authority there
	Rulings []store.WireRuling
	// Plan does what the authority does by itself, after something happened.
	Plan func(context.Context, *store.Store) error
	// Settle looks at facts that stations sent, in the transaction that takes them, and
	// records where they disagree with the plan.
	Settle func(*store.Tx, []store.Envelope) error
	Now    func() time.Time
	Log    *slog.Logger
	// Folder is where snapshots are kept until they are too old.
	Folder string
	// Snapshot writes what a new station of a warehouse begins with.
	Snapshot func(ctx context.Context, s *store.Store, path string) error
}

// A Central serves the warehouses of its stores.
type Central struct {
	Config
	warehouses map[store.WarehouseID]*warehouse
	rulings    map[string]store.WireRuling
	metrics    *metrics
}

// New makes a central server. Work begins with Handler and Run.
func New(c Config) *Central {
	out := &Central{Config: c, warehouses: map[store.WarehouseID]*warehouse{},
		rulings: map[string]store.WireRuling{}, metrics: newMetrics()}
	for _, r := range c.Rulings {
		out.rulings[r.Name] = r
	}
	for _, s := range c.Stores {
		out.warehouses[s.Identity().Warehouse] = &warehouse{Central: out, store: s,
			started: c.Now(), heard: map[store.StationID]time.Time{},
			flight:  map[store.StationID]int{},
			changed: make(chan struct{}), dirty: make(chan struct{}, 1),
			expected: make(chan struct{}, 1)}
	}
	return out
}

// A warehouse is one of those that central serves.
type warehouse struct {
	*Central
	store   *store.Store
	started time.Time

	mu      sync.Mutex
	queue   []*pushed                     // what waits to be committed together
	leading bool                          // somebody commits
	heard   map[store.StationID]time.Time // when each station pushed last
	flight  map[store.StationID]int       // requests of each that are being answered
	changed chan struct{}                 // closed at the next change
	dirty   chan struct{}                 // there is something to plan

	expected chan struct{} // a station will begin with a snapshot
	snapshot sync.Mutex
	packed   string       // the one at hand; empty for none
	through  store.Cursor // where the numbering was then
}

// tell wakes everybody who waits for news.
func (w *warehouse) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.changed)
	w.changed = make(chan struct{})
}

// replan wakes the planning: goods moved, or somebody decided.
func (w *warehouse) replan() {
	select {
	case w.dirty <- struct{}{}:
	default:
	}
}

// news is closed at the next change.
func (w *warehouse) news() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.changed
}

// planEvery is how often central plans and looks for idle leases without a reason.
const planEvery = time.Minute

// planPause keeps planning from running after every single push.
const planPause = 200 * time.Millisecond

// Run does what central does by itself, until ctx ends.
func (c *Central) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, w := range c.warehouses {
		all.Go(func() { w.listen(ctx) })
		all.Go(func() { w.plan(ctx) })
		all.Go(func() { w.prepare(ctx) })
	}
	all.Wait()
}

// othersEvery is how often central looks for what another server recorded, that goes by
// the same database.
const othersEvery = 500 * time.Millisecond

// listen passes on that something was recorded, by whomever.
func (w *warehouse) listen(ctx context.Context) {
	tick := time.NewTicker(othersEvery)
	defer tick.Stop()
	var told store.Cursor
	for {
		wrote := false
		select {
		case <-ctx.Done():
			return
		case <-w.store.Wrote():
			wrote = true
		case <-tick.C:
		}
		now, err := w.look(ctx, told.Rev)
		if wrote || err == nil && now != told {
			w.tell()
		}
		if err == nil {
			told = now
		}
	}
}

// look says where the numbering is, and takes down who recorded what since.
func (w *warehouse) look(ctx context.Context, since int64) (at store.Cursor, err error) {
	var authors []store.StationID
	if err = w.store.Read(ctx, func(r *store.Reader) error {
		if at, err = r.Cursor(); err == nil && since > 0 && at.Rev > since {
			authors, err = r.AuthorsSince(since)
		}
		return err
	}); err != nil {
		return at, err
	}
	now := w.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, author := range authors {
		w.heard[author] = now
	}
	return at, nil
}

func (w *warehouse) plan(ctx context.Context) {
	tick := time.NewTicker(planEvery)
	defer tick.Stop()
	for {
		if err := w.tick(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("plan", "warehouse", w.store.Identity().Warehouse, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(planPause):
		}
		select {
		case <-ctx.Done():
			return
		case <-w.dirty:
		case <-tick.C:
		}
	}
}

// Tick does once for every warehouse what Run does again and again.
func (c *Central) Tick(ctx context.Context) error {
	for _, s := range c.Stores { // in their order
		if err := c.warehouses[s.Identity().Warehouse].tick(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *warehouse) tick(ctx context.Context) error {
	waits, err := w.waits(ctx)
	if err != nil || waits {
		return err
	}
	if err := w.expire(ctx); err != nil {
		return err
	}
	return w.Plan(ctx, w.store)
}

// waits says whether central was restored, and waits for what stations hold. When nobody is
// left to wait for, since the last was revoked, it ends that.
func (w *warehouse) waits(ctx context.Context) (bool, error) {
	waits := false
	err := w.store.Read(ctx, func(r *store.Reader) (err error) {
		waits, err = r.Restoring()
		return err
	})
	if err != nil || !waits {
		return waits, err
	}
	err = w.store.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
		missing, err := tx.Unreported()
		if waits = len(missing) > 0; err != nil || waits {
			return err
		}
		return tx.EndWait()
	})
	return waits, err
}

// Handler answers stations, and whoever watches over the server. Its http.Server must end
// who is slow to send a request, and give answers longer than a station may wait for news.
func (c *Central) Handler() http.Handler {
	mux := http.NewServeMux()
	c.routes(mux)
	return c.metrics.count(mux)
}
