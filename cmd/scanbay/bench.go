package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"scanbay/store"
	"scanbay/store/postgres"
	"scanbay/store/sqlite"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

type benchCmd struct {
	What       string        `arg:"" enum:"central" help:"central: how many stations it carries."`
	Stations   int           `default:"10000" help:"Simulated stations (${default})."`
	Warehouses int           `default:"0" help:"Of so many warehouses; 0: twenty stations in each."`
	Every      time.Duration `default:"10s" help:"Each sends a fact so often (${default})."`
	For        time.Duration `default:"60s" help:"How long is measured (${default})."`
	Database   string        `placeholder:"URL" help:"An empty PostgreSQL; SQLite if not given."`
	Serve      string        `hidden:"" help:"Be the server."`
}

// perWarehouse is how many stations a warehouse has.
const perWarehouse = 20

// Run lets simulated stations push to a central server over sockets of this machine, and
// says how long they wait. The server is a process of its own.
func (b benchCmd) Run(ctx context.Context, c *console) (err error) {
	if b.Warehouses == 0 {
		b.Warehouses = max(1, b.Stations/perWarehouse)
	}
	if b.Serve != "" {
		return b.serve(ctx, c)
	}
	folder, err := os.MkdirTemp("", "scanbay-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	l := &load{benchCmd: b, console: c, failed: map[string]int{}}
	l.Serve = folder
	db, err := l.open(ctx)
	if err != nil {
		return err
	}
	_, err = l.enrol(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	server := exec.CommandContext(ctx, self, "bench", "central", "--serve", folder,
		"--database", b.Database)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { stop(); _ = server.Wait() }() // it is killed
	if _, err := fmt.Fscanln(out, &l.url); err != nil {
		return fmt.Errorf("the server: %w", err)
	}
	return l.run(ctx)
}

func (b benchCmd) open(ctx context.Context) (*store.DB, error) {
	if b.Database != "" {
		return postgres.Open(ctx, b.Database)
	}
	return sqlite.Open(ctx, filepath.Join(b.Serve, "central.db"))
}

// serve is the server's process.
func (b benchCmd) serve(ctx context.Context, c *console) (err error) {
	db, err := b.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	ids, err := store.Identities(ctx, db)
	if err != nil {
		return err
	}
	var stores []*store.Store
	for _, id := range ids {
		s, err := store.Of(ctx, db, id.Warehouse, newBoot(), c.Now)
		if err != nil {
			return err
		}
		stores = append(stores, s)
	}
	h := central.New(central.Config{Stores: stores, Rulings: rulings(), Plan: plan,
		Settle: settle, Now: c.Now, Log: slog.New(slog.DiscardHandler), Folder: b.Serve})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go h.Run(ctx)
	web := &http.Server{Handler: h.Handler(), ReadHeaderTimeout: headTimeout}
	fmt.Fprintf(c.Out, "http://%s\n", listener.Addr())
	go func() {
		<-ctx.Done()
		_ = web.Close()
	}()
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// A load is many stations, all of them simulated.
type load struct {
	benchCmd
	*console
	url      string
	stations []*simulated

	mu      sync.Mutex
	waits   []time.Duration // from a fact's time to its acknowledgement
	failed  map[string]int  // by what was wrong
	pending atomic.Int64    // pushes that are being answered
	most    int64           // of them, in the second half
}

// A simulated station has a key and a log, and nothing else.
type simulated struct {
	wh   store.WarehouseID
	id   store.StationID
	key  ed25519.PrivateKey
	seq  int64
	hash []byte
}

// enrol makes the warehouses, and their stations.
func (l *load) enrol(ctx context.Context, db *store.DB) (stores []*store.Store, err error) {
	for w := range l.Warehouses {
		id := store.Identity{Warehouse: store.WarehouseID(fmt.Sprintf("W%04d", w)),
			Author: centralName, Prefix: "00", Epoch: 1, Zone: "Asia/Shanghai", Authority: true,
			Central: true}
		if err := store.Establish(ctx, db, id); err != nil {
			return nil, err
		}
		s, err := store.Of(ctx, db, id.Warehouse, newBoot(), l.Now)
		if err != nil {
			return nil, err
		}
		stores = append(stores, s)
		if err := s.WriteMany(ctx, store.Gesture{}, func(tx *store.Tx) error {
			for n := w; n < l.Stations; n += l.Warehouses {
				st := &simulated{wh: id.Warehouse, id: store.StationID(fmt.Sprintf("S%05d", n))}
				var public ed25519.PublicKey
				if public, st.key, err = ed25519.GenerateKey(nil); err != nil {
					return err
				}
				l.stations = append(l.stations, st)
				if err := tx.Record(store.StationEnrolled{Station: store.Station{ID: st.id,
					Prefix: fmt.Sprintf("%02d", n/l.Warehouses), Epoch: 1, Key: public,
					Active: true, At: tx.Now().UnixMilli()}}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return stores, nil
}

// run lets every station push at its time, and prints what came of it.
func (l *load) run(ctx context.Context) error {
	line := &http.Transport{MaxIdleConnsPerHost: l.Stations, MaxConnsPerHost: 0}
	defer line.CloseIdleConnections()
	ctx, stop := context.WithTimeout(ctx, l.For)
	defer stop()
	began := l.Now()
	var all sync.WaitGroup
	for i, st := range l.stations {
		all.Go(func() {
			pause(ctx, time.Duration(i)*l.Every/time.Duration(len(l.stations))) // not all at once
			for due := l.Now(); ctx.Err() == nil; due = due.Add(l.Every) {
				pause(ctx, due.Sub(l.Now()))
				if ctx.Err() == nil {
					l.push(ctx, line, st, due)
				}
			}
		})
	}
	all.Go(func() { l.watch(ctx) })
	all.Wait()
	l.say(l.Now().Sub(began))
	return nil
}

// watch takes down how many pushes wait: if they grow, central does not keep up.
func (l *load) watch(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		pause(ctx, time.Second)
		if float64(n) > l.For.Seconds()/2 {
			l.most = max(l.most, l.pending.Load())
		}
	}
}

// push sends one fact, and waits for its acknowledgement.
func (l *load) push(ctx context.Context, line http.RoundTripper, st *simulated, due time.Time) {
	l.pending.Add(1)
	defer l.pending.Add(-1)
	run, err := st.next(l.Now())
	var body bytes.Buffer
	if err == nil {
		err = wire.Encode(&body, wire.PushAsk{Run: run}, run)
	}
	if err == nil {
		err = l.send(ctx, line, st, body.Bytes())
	}
	wait := l.Now().Sub(due)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err == nil:
		st.seq, st.hash = run.Last(), run.Hash
		l.waits = append(l.waits, wait)
	case ctx.Err() == nil:
		l.failed[err.Error()]++
	}
}

func (l *load) send(ctx context.Context, line http.RoundTripper, st *simulated, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url+wire.PushPath,
		bytes.NewReader(body))
	if err != nil {
		return err
	}
	wire.Sign(r, st.wh, st.id, st.key, l.Now(), body)
	said, err := line.RoundTrip(r)
	if err != nil {
		return err
	}
	defer said.Body.Close()
	_, err = io.Copy(io.Discard, said.Body)
	if said.StatusCode != http.StatusOK {
		err = errors.Join(err, errors.New(said.Status))
	}
	return err
}

// next is the station's next fact: a scan that was understood.
func (st *simulated) next(now time.Time) (store.Run, error) {
	body, err := json.Marshal(store.ScanNoted{About: "CK26030100001", Text: "6901234567892"})
	if err != nil {
		return store.Run{}, err
	}
	id := fmt.Sprintf("%s.%d", st.id, st.seq+1)
	env := store.Envelope{WH: st.wh, Author: st.id, Epoch: 1, Seq: st.seq + 1,
		ID: store.EventID(id), Kind: store.ScanNoted{}.Kind(), V: 1, At: now.UnixMilli(),
		Day: store.DateOf(now), Operator: "101", Scan: store.ScanID(id),
		Raw: []byte("6901234567892"), Source: "serial", Incarnation: 1, Body: body}
	return store.Chained(st.hash, env)
}

// say prints the figures.
func (l *load) say(took time.Duration) {
	slices.Sort(l.waits)
	at := func(thousandths int) time.Duration {
		if len(l.waits) == 0 {
			return 0
		}
		return l.waits[(len(l.waits)-1)*thousandths/1000].Round(100 * time.Microsecond)
	}
	fmt.Fprintf(l.Out, "%d stations in %d warehouses, a fact each every %s, for %s\n", l.Stations,
		l.Warehouses, l.Every, l.For)
	fmt.Fprintf(l.Out, "%10.0f facts acknowledged a second (offered %.0f)\n",
		float64(len(l.waits))/took.Seconds(), float64(l.Stations)/l.Every.Seconds())
	fmt.Fprintf(l.Out, "%10s p50, %s p99, %s p99.9 from the fact to its acknowledgement\n", at(500),
		at(990), at(999))
	fmt.Fprintf(l.Out, "%10d pushes waited at most in the second half\n", l.most)
	for why, n := range l.failed {
		fmt.Fprintf(l.Out, "%10d failed: %s\n", n, why)
	}
}
