package agent_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/outbound"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

var background = context.Background()

// A bay is central, and a station with a line to it that a test may cut.
type bay struct {
	hub, station *storetest.Site
	url          string
	key          ed25519.PrivateKey
	line         *http.Transport
	config       agent.Config
	agent        *agent.Agent
	// cut says which requests are lost; nil for none.
	cut  atomic.Pointer[func(*http.Request) bool]
	off  time.Duration // of the station's clock
	slow time.Duration // how long an answer is on its way
}

func begin(t testing.TB, events ...store.Event) *bay {
	t.Helper()
	b := &bay{hub: storetest.OpenAs(t, sqlite.Open, storetest.Central, true)}
	b.hub.Record(append(storetest.Warehouse(), events...)...)
	b.hub.Plan()
	c := central.New(central.Config{Stores: []*store.Store{b.hub.Store},
		Rulings: storetest.Rulings(), Plan: order.Plan, Settle: order.Settle, Now: b.hub.Clock.Now,
		Log: slog.New(slog.DiscardHandler), Folder: t.TempDir(), Snapshot: b.snapshot})
	server := httptest.NewServer(c.Handler())
	b.url = server.URL
	ctx, stop := context.WithCancel(background)
	var running sync.WaitGroup
	running.Go(func() { c.Run(ctx) })
	b.line = &http.Transport{}
	t.Cleanup(func() {
		stop()
		b.line.CloseIdleConnections()
		server.CloseClientConnections()
		server.Close()
		running.Wait()
	})
	sum := sha256.Sum256([]byte(t.Name()))
	b.key = ed25519.NewKeyFromSeed(sum[:])
	code, err := central.NewCode(background, b.hub.Store, "S1", "AAAABBBBCCCCDDDD")
	b.hub.Must(err)
	_, err = agent.Enrol(background, b.line, b.url, code, b.key.Public().(ed25519.PublicKey))
	b.hub.Must(err)
	b.station = storetest.OpenAs(t, sqlite.Open, "S1", false)
	b.config = agent.Config{Store: b.station.Store, URL: b.url, Key: b.key, Line: b,
		Now:  func() time.Time { return b.hub.Clock.Now().Add(b.off) },
		Boot: "asks", Log: slog.New(slog.DiscardHandler),
		Seal:   func(p store.PIN) store.PIN { return p },
		Jitter: func(int64) int64 { return 0 }, Base: b.base(t)}
	b.agent = agent.New(b.config)
	b.station.RuledBy(b.agent)
	return b
}

var errCut = errors.New("the line is cut")

// RoundTrip implements http.RoundTripper.
func (b *bay) RoundTrip(r *http.Request) (*http.Response, error) {
	if cut := b.cut.Load(); cut != nil && (*cut)(r) {
		return nil, errCut
	}
	defer b.hub.Clock.Wait(b.slow)
	return b.line.RoundTrip(r)
}

// lose has requests lost.
func (b *bay) lose(which func(*http.Request) bool) {
	if which == nil {
		b.cut.Store(nil)
		return
	}
	b.cut.Store(&which)
}

// snapshot writes what a station begins with.
func (b *bay) snapshot(ctx context.Context, from *store.Store, path string) error {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	id := from.Identity()
	id.Authority, id.Central = false, false
	if err := store.Establish(ctx, db, id); err != nil {
		return errors.Join(err, db.Close())
	}
	s, err := store.New(ctx, db, "snapshot", b.hub.Clock.Now)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(s.Seed(ctx, from), s.Close())
}

// base opens one.
func (b *bay) base(t testing.TB) func(context.Context, []byte) (*store.Store, error) {
	path := filepath.Join(t.TempDir(), "base.db")
	return func(ctx context.Context, packed []byte) (*store.Store, error) {
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		plain, err := io.ReadAll(z)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, plain, 0o600); err != nil {
			return nil, err
		}
		db, err := sqlite.OpenReadOnly(ctx, path)
		if err != nil {
			return nil, err
		}
		return store.New(ctx, db, "base", b.hub.Clock.Now)
	}
}

// run runs the agent until the test ends.
func (b *bay) run(t testing.TB) {
	ctx, stop := context.WithCancel(background)
	var running sync.WaitGroup
	running.Go(func() { b.agent.Run(ctx) })
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
}

// sent waits until central has all that the station recorded.
func (b *bay) sent(t testing.TB) {
	t.Helper()
	late := time.After(30 * time.Second)
	for storetest.Read(b.station, (*store.Reader).Unsent) > 0 {
		select {
		case <-late:
			t.Fatal("it is not sent")
		default:
		}
	}
}

// meet sends and takes all that there is.
func (b *bay) meet(t testing.TB) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = b.agent.Push(background); err != nil {
			t.Fatal(err)
		}
	}
	for {
		before := storetest.Read(b.station, (*store.Reader).Cursor)
		b.hub.Must(b.agent.Pull(background, 0))
		if before == storetest.Read(b.station, (*store.Reader).Cursor) {
			return
		}
	}
}

// Without a line the agent comes later and later, never all stations at once; when the
// line is back everything is sent, and the next failure is the first again.
func TestItComesLaterAndLaterAndBeginsAnew(t *testing.T) {
	b := begin(t)
	var mu sync.Mutex
	var waits []time.Duration
	b.config.Jitter = func(most int64) int64 {
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, time.Duration(most))
		return most / 7
	}
	b.agent = agent.New(b.config)
	fails := func(n int) chan struct{} {
		over := make(chan struct{})
		var left atomic.Int64
		left.Store(int64(n))
		b.lose(func(r *http.Request) bool {
			if r.URL.Path != wire.PushPath {
				return false
			}
			if left.Add(-1) == 0 {
				close(over)
			}
			return left.Load() >= 0
		})
		return over
	}
	over := fails(4)
	b.station.Record(store.SignedIn{Operator: "101"})
	b.run(t)
	<-over
	b.sent(t)
	over = fails(2)
	b.station.Record(store.SignedIn{Operator: "102"})
	<-over
	b.sent(t)
	mu.Lock()
	defer mu.Unlock()
	const first = 100 * time.Millisecond
	want := []time.Duration{first, 2 * first, 4 * first, 8 * first, first, 2 * first}
	if fmt.Sprint(waits) != fmt.Sprint(want) {
		t.Errorf("it waited half of twice %v, not %v", waits, want)
	}
}

// A station works on while central is gone, and all of it is there when it is back.
func TestCentralIsGoneAndBack(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2))
	b.lose(func(*http.Request) bool { return true })
	b.run(t)
	for range 50 {
		b.station.Record(store.SignedIn{Operator: "101"})
	}
	_, err := outbound.Take(background, b.station.Store, store.Gesture{Operator: "101"}, "x")
	if r, refused := store.RefusalOf(err); !refused || r.Code != store.UnknownOperator {
		t.Errorf("without a line: %v", err) // it has not been told of anybody yet
	}
	state, err := b.agent.State(background)
	if b.hub.Must(err); state.Unsent < 50 || state.Problem != wire.Failed && state.Problem != "" {
		t.Errorf("%+v", state)
	}
	b.lose(nil)
	b.sent(t)
	for storetest.Read(b.station, (*store.Reader).Cursor).Rev == 0 {
	}
}

// A clock that is wrong by an hour is found out by the first answer, a long wait for news
// does not make it another, and what is recorded then says so.
func TestAWrongClockHeals(t *testing.T) {
	for _, off := range []time.Duration{time.Hour, -time.Hour, 30 * 24 * time.Hour} {
		b := begin(t)
		b.off = off
		b.station.Record(store.SignedIn{Operator: "101"})
		b.meet(t)
		near := func(what string) {
			state, err := b.agent.State(background)
			if b.hub.Must(err); (state.Offset + off).Abs() > 2*time.Second {
				t.Errorf("%s: a clock that is %v off is told to be %v off", what, off,
					-state.Offset)
			}
		}
		near("at first")
		b.slow = 20 * time.Second
		b.hub.Must(b.agent.Pull(background, 0))
		near("after a wait")
		b.station.Record(store.ScanNoted{Text: "late"})
		log := storetest.Read(b.station, func(r *store.Reader) ([]store.Fact, error) {
			return r.Log(b.station.Identity().Author, 1, 0, 9)
		})
		for i, flagged := range []bool{false, true} {
			env, err := log[i].Envelope()
			b.hub.Must(err)
			if wrong := time.Duration(env.Off)*time.Millisecond + off; (env.Off != 0) != flagged ||
				flagged && wrong.Abs() > 2*time.Second {
				t.Errorf("fact %d is flagged with %d", i+1, env.Off)
			}
		}
	}
}

// What central recorded for an answer is at the station before the answer, also where
// other news were faster.
func TestNewsThatAreFasterThanAnAnswer(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2))
	b.meet(t)
	slip := storetest.Read(b.hub, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(1)
	})[0].Slip
	var once sync.Once
	b.lose(func(r *http.Request) bool {
		if r.URL.Path == wire.RulePath {
			once.Do(func() {
				b.hub.Record(store.ScanNoted{Text: "faster"})
				b.hub.Must(b.agent.Pull(background, 0))
			})
		}
		return false
	})
	got, err := outbound.Take(background, b.station.Store, store.Gesture{Operator: "101"}, slip)
	b.hub.Must(err)
	if l := got.Lease; !bool(l.Held) || l.Operator != "101" {
		t.Errorf("the station does not have the lease: %+v", l)
	}
}

// What central gave, and the line lost, it gives again: somebody waits for the number of the
// order, and for the slips.
func TestALostAnswerIsGivenAgain(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2),
		storetest.Ordered("2", "TEA-500", 2))
	b.meet(t)
	loseSome := func(n int) {
		b.lose(func(r *http.Request) (lost bool) {
			if r.URL.Path != wire.RulePath || n == 0 {
				return false
			}
			answer, err := b.line.RoundTrip(r)
			b.hub.Must(err)
			b.hub.Must(answer.Body.Close())
			n--
			return true
		})
	}
	loseSome(3)
	enter := func() (store.OrderID, error) {
		return order.Enter(background, b.station.Store, store.Gesture{Operator: "900"},
			store.Order{Mode: store.PickUp, Lines: []store.OrderLine{{Item: "TEA-500", N: 1}}},
			store.Recipient{Name: "张*", Phone: "13800004417"})
	}
	_, err := enter()
	if r, refused := store.RefusalOf(err); !refused || r.Code != store.CentralUnreachable {
		t.Errorf("two answers are lost: %v", err)
	}
	id, err := enter() // as a person does who has read that
	b.hub.Must(err)
	if next, err := enter(); err != nil || next == id {
		t.Errorf("another order like it: %q after %q, %v", next, id, err)
	}
	orders := 0
	for _, f := range storetest.Read(b.hub, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(storetest.Central, 1, 0, 1000)
	}) {
		if env, err := f.Envelope(); err == nil && env.Kind == "order_received" {
			orders++
		}
	}
	if orders != 4 {
		t.Errorf("%d orders: two were there, two were meant", orders)
	}
	if o := storetest.Read(b.station, func(r *store.Reader) (store.Order, error) {
		return r.Order(id)
	}); len(o.Lines) != 1 {
		t.Errorf("order %q: %+v", id, o)
	}
	loseSome(1)
	ids, err := outbound.Claim(background, b.station.Store, store.Gesture{Operator: "101"}, 1)
	b.hub.Must(err)
	if len(ids) != 1 {
		t.Errorf("slips %v", ids)
	}
	loseSome(1)
	jobs := storetest.Read(b.station, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(9)
	})
	slip := jobs[len(jobs)-1].Slip
	got, err := outbound.Take(background, b.station.Store, store.Gesture{Operator: "102"}, slip)
	b.hub.Must(err)
	if got.ID != slip || got.Lease.Operator != "102" {
		t.Errorf("slip %s: %+v", slip, got.Lease)
	}
}

// However much a station has to tell, each request is one that central takes; what would
// be too long for any is not recorded.
func TestALotIsSentInParts(t *testing.T) {
	b := begin(t)
	for i := range 120 {
		var noise strings.Builder
		for n := range 900 {
			fmt.Fprintf(&noise, "%x", sha256.Sum256(fmt.Append(nil, i, n)))
		}
		b.station.Record(store.ScanNoted{Text: noise.String()[:55_000]})
	}
	b.meet(t)
	if n := storetest.Read(b.station, (*store.Reader).Unsent); n != 0 {
		t.Errorf("%d are not sent", n)
	}
	err := b.station.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.Record(store.ScanNoted{Text: strings.Repeat("x", store.FloorFactMax)})
	})
	if err == nil {
		t.Error("a fact was recorded that central will not take")
	}
	err = b.station.Write(background, store.Gesture{}, func(tx *store.Tx) error {
		return tx.Record(store.ToteBound{Tote: "tote/\x00"})
	})
	if err == nil {
		t.Error("a fact was recorded that PostgreSQL does not keep")
	}
}

// clone records something at a copy of the station, and sends it.
func (b *bay) clone(t testing.TB) {
	t.Helper()
	db, err := sqlite.Open(background, filepath.Join(t.TempDir(), "clone.db"))
	b.hub.Must(err)
	b.hub.Must(store.Establish(background, db, b.station.Identity()))
	clone, err := store.New(background, db, "clone", b.hub.Clock.Now)
	b.hub.Must(err)
	defer clone.Close()
	copied := storetest.Over(t, clone, b.hub.Clock)
	from := storetest.Read(b.station, func(r *store.Reader) (store.Run, error) {
		return r.Run("S1", 1, 0, 1e6)
	})
	if len(from.Facts) > 0 {
		b.hub.Must(copied.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
			_, err := tx.TakeRun(from)
			return err
		}))
		b.hub.Must(copied.Ack(background, 1, 1, from.Last()))
	}
	c := b.config
	c.Store = copied.Store
	copied.Record(store.ScanNoted{Text: "the clone's"})
	_, err = agent.New(c).Push(background)
	b.hub.Must(err)
}

// Central is restored from an older backup than the last that it spoke of: it lacks facts that
// this station's snapshot left out. Those behind them are not lost for that, nor the line.
func TestAHoleBeforeWhatIsOffered(t *testing.T) {
	b := begin(t)
	b.meet(t)
	db, err := sqlite.Open(background, filepath.Join(t.TempDir(), "older.db"))
	b.hub.Must(err)
	b.hub.Must(store.Establish(background, db, b.hub.Identity()))
	restored, err := store.New(background, db, "boot-restored", b.hub.Clock.Now)
	b.hub.Must(err)
	defer restored.Close()
	older := storetest.Over(t, restored, b.hub.Clock)
	b.hub.Must(older.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		run := storetest.Read(b.hub, func(r *store.Reader) (store.Run, error) {
			return r.Run(storetest.Central, 1, 0, 1e6)
		})
		_, err := tx.TakeRun(run)
		return err
	}))
	b.hub.Record(store.ScanNoted{Text: "in the last backup"})
	b.hub.Must(b.hub.Backed(background, storetest.Read(b.hub, (*store.Reader).Cursor)))
	b.clone(t)
	for b.station.Identity().Epoch == 1 { // until it begins anew, with a snapshot
		_ = b.agent.Pull(background, 0)
	}
	b.hub.Record(store.ScanNoted{Text: "after it"})
	b.hub.Must(b.agent.Pull(background, 0))

	b.hub.Must(older.Restored(background, 0))
	server := httptest.NewServer(central.New(central.Config{Stores: []*store.Store{older.Store},
		Rulings: storetest.Rulings(), Plan: order.Plan, Settle: order.Settle, Now: b.hub.Clock.Now,
		Log: slog.New(slog.DiscardHandler), Folder: t.TempDir(), Snapshot: b.snapshot}).Handler())
	defer server.Close()
	b.config.URL = server.URL
	b.agent = agent.New(b.config)
	b.meet(t)
	there := false
	runs := storetest.Read(older, func(r *store.Reader) ([]store.Run, error) {
		runs, _, err := r.News("", 0, 0, 1e6)
		return runs, err
	})
	for _, run := range runs {
		for _, fact := range run.Facts {
			there = there || bytes.Contains(fact, []byte("after it"))
		}
	}
	if !there {
		t.Error("what the station held is lost")
	}
}

// A bug on the line is the caller's, who gives the terminal back before the program ends.
func TestAPanicIsTheCallers(t *testing.T) {
	b := begin(t)
	b.lose(func(*http.Request) bool { panic("a bug") })
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "a bug") {
			t.Errorf("the caller hears %s", said)
		}
	}()
	b.agent.Run(background)
}

// A late answer about another epoch, or another central, acknowledges nothing of this one.
func TestALateAnswerAcknowledgesNothing(t *testing.T) {
	b := begin(t)
	b.station.Record(store.ScanNoted{Text: "one"})
	b.meet(t)
	b.station.Record(store.ScanNoted{Text: "two"})
	at := storetest.Read(b.station, (*store.Reader).Cursor)
	unsent := func() int64 { return storetest.Read(b.station, (*store.Reader).Unsent) }
	b.hub.Must(b.station.Ack(background, at.Incarnation, 2, 2))
	b.hub.Must(b.station.Ack(background, at.Incarnation+1, 1, 2))
	if unsent() != 1 {
		t.Errorf("%d are not sent", unsent())
	}
	b.hub.Must(b.station.Ack(background, at.Incarnation, 1, 2))
	if unsent() != 0 {
		t.Errorf("%d are not sent", unsent())
	}
}

// A station that began while central waited for others says that it holds nothing.
func TestAFreshStationIsNotWaitedFor(t *testing.T) {
	b := begin(t)
	b.hub.Must(b.hub.Restored(background, 0))
	now := storetest.Read(b.hub, (*store.Reader).Cursor)
	b.hub.Must(b.station.MoveTo(background, now.Incarnation, 0, 0)) // as its snapshot says
	b.meet(t)
	if storetest.Read(b.hub, (*store.Reader).Restoring) {
		t.Error("planning is shut")
	}
}

// While a station begins anew from a snapshot, which takes long, a person who asks
// something is told that central does not answer, and does not wait.
func TestNobodyWaitsForASnapshot(t *testing.T) {
	b := begin(t)
	asked, go_ := make(chan struct{}), make(chan struct{})
	base := b.config.Base
	b.config.Base = func(ctx context.Context, packed []byte) (*store.Store, error) {
		close(asked)
		<-go_
		return base(ctx, packed)
	}
	b.agent = agent.New(b.config)
	b.meet(t)
	b.clone(t)
	if err := b.agent.Pull(background, 0); err == nil {
		t.Fatal("the clone was not noticed")
	}
	done := make(chan error, 1)
	go func() { done <- b.agent.Pull(background, 0) }()
	<-asked
	ctx, stop := context.WithTimeout(background, 50*time.Millisecond)
	defer stop()
	_, err := b.agent.Rule(ctx, "outbound.claim", store.Gesture{Operator: "101"}, []byte("1"))
	if r, refused := store.RefusalOf(err); !refused || r.Code != store.CentralUnreachable {
		t.Errorf("the person is told: %v", err)
	}
	close(go_)
	b.hub.Must(<-done)
	if id := b.station.Identity(); id.Epoch != 2 {
		t.Errorf("it is %+v", id)
	}
}

// A log that is longer than one question asks about is compared to its end.
func TestALongLogIsComparedToItsEnd(t *testing.T) {
	b := begin(t)
	const facts = 20_500
	b.hub.Must(b.station.WriteMany(background, store.Gesture{}, func(tx *store.Tx) error {
		for range facts {
			if err := tx.Record(store.SignedIn{Operator: "101"}); err != nil {
				return err
			}
		}
		return nil
	}))
	b.meet(t)
	b.clone(t)
	b.hub.Must(b.station.Alter(background, `UPDATE identity SET acked = 0`))
	b.station.Record(store.SignedIn{Operator: "102"})
	if _, err := b.agent.Push(background); err == nil {
		t.Error("the clone was not noticed")
	}
	b.meet(t)
	own := storetest.Read(b.hub, func(r *store.Reader) (n int64, err error) {
		for epoch := int64(1); epoch < 9; epoch++ {
			seq, _, err := r.Head("S1", epoch)
			if err != nil {
				return n, err
			}
			n += seq
		}
		return n, nil
	})
	if own != facts+2 { // the clone's, and the last
		t.Errorf("central has %d facts of it, not %d", own, facts+2)
	}
}
