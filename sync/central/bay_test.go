package central_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
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
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

var background = context.Background()

// A diary takes down all that central and the agents log, in all tests, and what must
// never be in it.
type diary struct {
	mu      sync.Mutex
	text    bytes.Buffer
	secrets []string
}

var logged = &diary{}

// Write implements io.Writer.
func (d *diary) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(line)
}

// secret is nothing that may be in a log.
func (d *diary) secret(words ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.secrets = append(d.secrets, words...)
}

// TestMain looks through the log of all tests when they have run.
func TestMain(m *testing.M) {
	code := m.Run()
	if logged.text.Len() == 0 {
		fmt.Println("nothing was logged: there is nothing to look through")
		code = 1
	}
	for _, word := range logged.secrets {
		if strings.Contains(logged.text.String(), word) {
			fmt.Printf("FAIL: the log has the secret %q\n", word)
			code = 1
		}
	}
	os.Exit(code)
}

// A bay is central on a real socket.
type bay struct {
	testing.TB
	open   storetest.Opener
	path   string // of central's database
	hub    *storetest.Site
	server *central.Central
	url    string
	line   *http.Transport
}

// begin opens central over SQLite, with the fixture's warehouse and what else it has.
func begin(t testing.TB, events ...store.Event) *bay {
	return beginOn(t, sqlite.Open, events...)
}

func beginOn(t testing.TB, open storetest.Opener, events ...store.Event) *bay {
	t.Helper()
	b := &bay{TB: t, open: open}
	b.hub = storetest.OpenAs(t, func(ctx context.Context, path string) (*store.DB, error) {
		b.path = path
		return open(ctx, path)
	}, storetest.Central, true)
	b.hub.Record(append(storetest.Warehouse(), events...)...)
	b.hub.Plan()
	b.server, b.url = b.serve(b.hub.Store)
	b.line = &http.Transport{MaxIdleConnsPerHost: 100}
	t.Cleanup(b.line.CloseIdleConnections)
	return b
}

// serve begins a server over stores; it ends with the test.
func (b *bay) serve(stores ...*store.Store) (*central.Central, string) {
	b.Helper()
	c := central.New(central.Config{Stores: stores, Rulings: storetest.Rulings(),
		Plan: order.Plan, Settle: order.Settle, Now: b.hub.Clock.Now,
		Log:    slog.New(slog.NewTextHandler(logged, nil)),
		Folder: b.TempDir(), Snapshot: snapshot(b.hub.Clock.Now)})
	ctx, stop := context.WithCancel(background)
	var running sync.WaitGroup
	running.Go(func() { c.Run(ctx) })
	server := httptest.NewServer(c.Handler())
	b.Cleanup(func() {
		stop()
		server.CloseClientConnections()
		server.Close()
		running.Wait()
	})
	return c, server.URL
}

// snapshot writes what a station begins with.
func snapshot(now func() time.Time) func(context.Context, *store.Store, string) error {
	return func(ctx context.Context, from *store.Store, path string) error {
		db, err := sqlite.Open(ctx, path)
		if err != nil {
			return err
		}
		id := from.Identity()
		id.Authority, id.Central = false, false
		if err := store.Establish(ctx, db, id); err != nil {
			return errors.Join(err, db.Close())
		}
		s, err := store.New(ctx, db, "snapshot", now)
		if err != nil {
			return errors.Join(err, db.Close())
		}
		return errors.Join(s.Seed(ctx, from), s.Close())
	}
}

// A post is a station that is enrolled, or whoever says so.
type post struct {
	*storetest.Site
	bay   *bay
	wh    store.WarehouseID
	id    store.StationID
	key   ed25519.PrivateKey
	epoch int64
	agent *agent.Agent
	off   time.Duration // of its clock to central's
}

// enrol takes a station in.
func (b *bay) enrol(id store.StationID) *post {
	b.Helper()
	key := newKey(string(id) + b.Name())
	given, err := agent.Enrol(background, b.line, b.url, b.code(id), public(key))
	b.hub.Must(err)
	p := &post{Site: storetest.OpenAs(b, b.open, id, false), bay: b, wh: "w1", id: id, key: key,
		epoch: given.Epoch}
	p.agent = agent.New(p.config(b.line))
	p.RuledBy(p.agent)
	return p
}

// code is one that enrols a station.
func (b *bay) code(id store.StationID) string {
	b.Helper()
	secret := strings.ToUpper(hex.EncodeToString(newKey("code" + string(id) + b.Name())[:8]))
	code, err := central.NewCode(background, b.hub.Store, id, secret)
	b.hub.Must(err)
	logged.secret(secret, code)
	return code
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// newKey is a key by its name.
func newKey(name string) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, name[max(0, len(name)-20):])
	copy(seed[20:], name)
	key := ed25519.NewKeyFromSeed(seed)
	logged.secret(base64.StdEncoding.EncodeToString(seed), hex.EncodeToString(seed),
		base64.StdEncoding.EncodeToString(key))
	return key
}

func (p *post) config(line http.RoundTripper) agent.Config {
	return agent.Config{Store: p.Store, URL: p.bay.url, Key: p.key, Line: line,
		Now:    func() time.Time { return p.bay.hub.Clock.Now().Add(p.off) },
		Boot:   "agent-" + string(p.id),
		Log:    slog.New(slog.NewTextHandler(logged, nil)),
		Seal:   func(p store.PIN) store.PIN { return p },
		Jitter: func(most int64) int64 { return most / 2 },
		Base: func(ctx context.Context, packed []byte) (*store.Store, error) {
			return nil, errors.New("no snapshot in this test")
		}}
}

// meet sends and takes all that there is.
func (p *post) meet() {
	p.Helper()
	for more := true; more; {
		var err error
		if more, err = p.agent.Push(background); err != nil {
			p.Fatal(err)
		}
	}
	for {
		before := storetest.Read(p.Site, (*store.Reader).Cursor)
		p.Must(p.agent.Pull(background, 0))
		if before == storetest.Read(p.Site, (*store.Reader).Cursor) {
			return
		}
	}
}

// request is one that the station signs at central's time.
func (p *post) request(path string, body []byte) *http.Request {
	p.Helper()
	r, err := http.NewRequest(http.MethodPost, p.bay.url+path, bytes.NewReader(body))
	p.Must(err)
	wire.Sign(r, p.wh, p.id, p.key, p.bay.hub.Clock.Now().Add(p.off), body)
	return r
}

// send sends a request as it is.
func (b *bay) send(r *http.Request) (status int, answer []byte, problem wire.ProblemCode) {
	b.Helper()
	said, err := b.line.RoundTrip(r)
	b.hub.Must(err)
	defer said.Body.Close()
	answer, err = io.ReadAll(said.Body)
	b.hub.Must(err)
	if said.StatusCode != http.StatusOK {
		var p wire.Problem
		_ = json.Unmarshal(answer, &p)
		problem = p.Code
	}
	return said.StatusCode, answer, problem
}

// ask sends what the station signs.
func (p *post) ask(path string, body []byte) (answer []byte, problem wire.ProblemCode) {
	p.Helper()
	_, answer, problem = p.bay.send(p.request(path, body))
	return answer, problem
}

// stand is all that a refused request must leave as it was.
func (b *bay) stand() string {
	b.Helper()
	return fmt.Sprint(storetest.Read(b.hub, (*store.Reader).Cursor),
		storetest.Read(b.hub, (*store.Reader).Digest))
}

// untouched runs something that must change nothing at central.
func (b *bay) untouched(what string, do func()) {
	b.Helper()
	before := b.stand()
	do()
	if b.stand() != before {
		b.Errorf("%s: central's database is another than before", what)
	}
}

// frame packs a run as a push.
func frame(t testing.TB, run store.Run) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := wire.Encode(&b, wire.PushAsk{Run: run}, run); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// own is what the station has recorded.
func (p *post) own() store.Run {
	p.Helper()
	return storetest.Read(p.Site, func(r *store.Reader) (store.Run, error) {
		return r.Run(p.id, p.epoch, 0, 1000)
	})
}

// as is JSON of something.
func as(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// elsewhere opens a store of another warehouse.
func (b *bay) elsewhere(wh store.WarehouseID) *storetest.Site {
	b.Helper()
	db, err := b.open(background, filepath.Join(b.TempDir(), "other.db"))
	b.hub.Must(err)
	b.hub.Must(store.Establish(background, db, store.Identity{Warehouse: wh,
		Author: storetest.Central, Prefix: "CE", Epoch: 1, Zone: "Asia/Shanghai", Authority: true,
		Central: true}))
	s, err := store.New(background, db, "boot-"+string(wh), b.hub.Clock.Now)
	b.hub.Must(err)
	b.Cleanup(func() { b.hub.Must(s.Close()) })
	return storetest.Over(b.TB, s, b.hub.Clock)
}
