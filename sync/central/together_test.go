package central_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/storetest"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

// Many stations push at once, one of them what is no good, and each is answered for
// itself.
func TestNoPushWaitsForAnothersBadFact(t *testing.T) {
	b := begin(t)
	var posts []*post
	for i := range 12 {
		p := b.enrol(store.StationID(fmt.Sprintf("S%d", i)))
		for range 30 {
			p.Record(store.SignedIn{Operator: "101"})
		}
		posts = append(posts, p)
	}
	var all sync.WaitGroup
	for i, p := range posts {
		all.Go(func() {
			for seq := int64(0); seq < 30; seq += 3 {
				run := storetest.Read(p.Site, func(r *store.Reader) (store.Run, error) {
					return r.Run(p.id, 1, seq, 3)
				})
				want := wire.ProblemCode("")
				if i == 3 && seq >= 6 {
					run.Hash[0]++
					want = wire.Altered
					if seq > 6 {
						want = wire.Gap
					}
				}
				if answer, got := p.ask(wire.PushPath, frame(t, run)); got != want {
					t.Errorf("%s behind %d: %q %s", p.id, seq, got, answer)
				}
			}
		})
	}
	all.Wait()
	for i, p := range posts {
		want := int64(30)
		if i == 3 {
			want = 6
		}
		if n := b.head(p.id); n != want {
			t.Errorf("%s is at %d", p.id, n)
		}
	}
}

// A panic, or an error of central's own, is answered to all who wait, and the next pushes
// go on.
func TestAnAccidentWhileCommittingEndsWithIt(t *testing.T) {
	b := begin(t)
	var accidents atomic.Int32
	c := central.New(central.Config{Stores: []*store.Store{b.hub.Store}, Plan: order.Plan,
		Settle: func(tx *store.Tx, facts []store.Envelope) error {
			if slices.ContainsFunc(facts, func(f store.Envelope) bool { return f.Author == "S3" }) {
				switch accidents.Add(1) % 2 {
				case 0:
					return errors.New("an accident")
				default:
					panic("an accident")
				}
			}
			return order.Settle(tx, facts)
		}, Now: b.hub.Clock.Now, Log: slog.New(slog.NewTextHandler(logged, nil)),
		Folder: t.TempDir(), Snapshot: snapshot(b.hub.Clock.Now)})
	var posts []*post
	for i := range 6 {
		p := b.enrol(store.StationID(fmt.Sprintf("S%d", i)))
		p.Record(store.SignedIn{Operator: "101"})
		posts = append(posts, p)
	}
	server := httptest.NewServer(c.Handler())
	defer server.Close()
	b.url = server.URL
	for range 5 {
		var all sync.WaitGroup
		for i, p := range posts {
			all.Go(func() {
				want := wire.ProblemCode("")
				if i == 3 {
					want = wire.Failed
				}
				if answer, got := p.ask(wire.PushPath, frame(t, p.own())); got != want {
					t.Errorf("%s: %q %s", p.id, got, answer)
				}
			})
		}
		all.Wait()
		for i, p := range posts {
			if i != 3 {
				p.Record(store.SignedIn{Operator: "101"})
			}
		}
	}
	if n := b.head("S5"); n != 5 {
		t.Errorf("S5 is at %d", n)
	}
	if n := b.head("S3"); n != 0 || accidents.Load() == 0 {
		t.Errorf("S3 is at %d after %d accidents", n, accidents.Load())
	}
}

// A station that hung up while its push was committed has its facts at central all the
// same, and sends them again without harm; nobody behind it waits.
func TestAPushWhoseStationIsGoneEnds(t *testing.T) {
	b := begin(t)
	held, go_ := make(chan struct{}), make(chan struct{})
	var first sync.Once
	c := central.New(central.Config{Stores: []*store.Store{b.hub.Store}, Plan: order.Plan,
		Settle: func(tx *store.Tx, facts []store.Envelope) error {
			first.Do(func() { close(held); <-go_ })
			return order.Settle(tx, facts)
		}, Now: b.hub.Clock.Now, Log: slog.New(slog.NewTextHandler(logged, nil))})
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	s1.Record(store.SignedIn{Operator: "101"})
	s2.Record(store.SignedIn{Operator: "102"})
	server := httptest.NewServer(c.Handler())
	defer server.Close()
	b.url = server.URL
	ctx, hangUp := context.WithCancel(background)
	gone, answered := make(chan error, 1), make(chan wire.ProblemCode, 1)
	r := s1.request(wire.PushPath, frame(t, s1.own())).WithContext(ctx)
	go func() {
		said, err := b.line.RoundTrip(r)
		if err == nil {
			err = said.Body.Close()
		}
		gone <- err
	}()
	<-held
	next := s2.request(wire.PushPath, frame(t, s2.own()))
	go func() {
		_, _, p := b.send(next)
		answered <- p
	}()
	hangUp()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("it hung up: %v", err)
	}
	close(go_)
	if p := <-answered; p != "" {
		t.Errorf("S2: %q", p)
	}
	until(t, func() bool { return b.head("S1") == 1 && b.head("S2") == 1 })
	b.untouched("again", func() {
		if _, p := s1.ask(wire.PushPath, frame(t, s1.own())); p != "" {
			t.Errorf("again: %q", p)
		}
	})
}

// Two servers over one database: what comes to one is told by the other, and a lease is
// alive by what either hears.
func TestTwoServersOverOneDatabase(t *testing.T) {
	engines(t, func(t *testing.T, open storetest.Opener) {
		b := beginOn(t, open, storetest.Has("A-01-01", "TEA-500", 9),
			storetest.Ordered("1", "TEA-500", 2))
		s1, s2 := b.enrol("S1"), b.enrol("S2")
		s1.meet()
		s2.meet()
		there := b.hub.Store
		if strings.HasSuffix(t.Name(), "PostgreSQL") {
			there = b.second()
		}
		_, other := b.serve(there)
		here := b.url
		b.url = other
		waits := s2.request(wire.PullPath, as(t, wire.PullAsk{Wait: 25_000, Stand: wire.Stand{
			Epoch: 1, Cursor: storetest.Read(s2.Site, (*store.Reader).Cursor)}}))
		b.url = here
		said := make(chan []byte, 1)
		go func() {
			_, answer, _ := b.send(waits)
			said <- answer
		}()
		began := time.Now()
		s1.Record(store.ScanNoted{Text: "told by the other"})
		s1.meet()
		answer := <-said
		if d := time.Since(began); d > 5*time.Second || len(plain(answer)) == 0 {
			t.Errorf("after %v: %s", d, plain(answer))
		} else {
			t.Logf("the other server told it after %v", d)
		}
		// Both take at once.
		var all sync.WaitGroup
		for i, p := range []*post{s1, s2} {
			for n := range 20 {
				p.Record(store.ScanNoted{Text: fmt.Sprint(n)})
			}
			run := storetest.Read(p.Site, func(r *store.Reader) (store.Run, error) {
				return r.Run(p.id, 1, b.head(p.id), 100)
			})
			b.url = []string{here, other}[i]
			asks := p.request(wire.PushPath, frame(t, run))
			all.Go(func() {
				if _, answer, problem := b.send(asks); problem != "" {
					t.Errorf("%s: %s", p.id, answer)
				}
			})
		}
		all.Wait()
		if b.head("S1") != 21 || b.head("S2") != 20 {
			t.Errorf("S1 is at %d, S2 at %d", b.head("S1"), b.head("S2"))
		}
	})
}

// second is the same warehouse, as another process has it.
func (b *bay) second() *store.Store {
	b.Helper()
	db, err := b.open(background, b.path)
	b.hub.Must(err)
	s, err := store.Of(background, db, "w1", "boot-second", b.hub.Clock.Now)
	b.hub.Must(err)
	b.Cleanup(func() { b.hub.Must(s.Close()) })
	return s
}
