package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
)

// A day is what one person's day writes into two logs: that of central, and that of the
// station. It is told again under other names as often as a measurement needs facts.
type day struct {
	office, floor []store.Envelope
	discs         []string // the ids of discrepancies
}

// The names in the day that is told again.
const (
	dayStation = "s000"
	dayTrucks  = "JJS02603" // how hand-overs of its station begin
	dayOrders  = 120
	daySteps   = 1500
	dayKinds   = 40 // of items, each in a bin
)

// newDay lets a random person work at a station that has a line to central.
func newDay(b *testing.B) (d day) {
	b.Helper()
	hub := storetest.OpenAs(b, sqlite.Open, storetest.Central, true)
	hub.Record(storetest.Warehouse()...)
	r := rand.New(rand.NewPCG(1, 1))
	item := func() string { return fmt.Sprintf("I000-%02d", r.IntN(dayKinds)) }
	for i := range dayKinds {
		sku, bin := store.SKU(fmt.Sprintf("I000-%02d", i)), fmt.Sprintf("B000-%02d", i)
		hub.Record(store.ItemSaved{Item: store.Item{SKU: sku, Name: fmt.Sprint("商品 ", i),
			Active: true, Barcodes: []store.Barcode{{Code: fmt.Sprintf("0690%010d", i), N: 1}}}},
			store.PlaceSaved{Bin: store.Bin{Place: store.InBin(bin), Use: store.PickUse, Zone: "B",
				Walk: int64(i), Active: true}},
			storetest.Has(bin, sku, 1000))
	}
	for i := range dayOrders {
		o := storetest.Ordered(store.OrderID(fmt.Sprintf("R000-%03d", i)), item(), 1+r.IntN(3))
		for n := range r.IntN(4) {
			o.Lines = append(o.Lines, store.OrderLine{Line: int64(n + 2),
				Item: store.SKU(item()), N: store.Qty(1 + r.IntN(3))})
		}
		hub.Record(o)
	}
	hub.Plan()
	c := benchCentral(b, hub.Store)
	s := c.station(b, dayStation, http.DefaultTransport)
	s.RuledBy(s.agent)
	must(b, s.agent.Pull(context.Background(), 0))
	w := &storetest.Worker{Site: s.Site, Rand: r, Operator: "101"}
	s.Record(store.SignedIn{Operator: "101"})
	for range daySteps {
		w.Step()
	}
	s.pushAll(b)
	d.office, d.floor = envelopes(hub, storetest.Central), envelopes(hub, dayStation)
	id := regexp.MustCompile(`"id":"([0-9a-f]{16})"`)
	for _, env := range d.floor {
		for _, m := range id.FindAllSubmatch(env.Body, -1) {
			d.discs = append(d.discs, string(m[1]))
		}
	}
	return d
}

// envelopes are the facts of a log, but for those that only one log can have.
func envelopes(s *storetest.Site, author store.StationID) (out []store.Envelope) {
	for _, f := range storetest.Read(s, func(r *store.Reader) ([]store.Fact, error) {
		return r.Log(author, 1, 0, 1e6)
	}) {
		env, err := f.Envelope()
		s.Must(err)
		if env.Kind != "discrepancy_opened" && env.Kind != "station_enrolled" {
			out = append(out, env)
		}
	}
	return out
}

// A teller tells days again as one log, of what was done at a station.
type teller struct {
	author store.StationID
	at     store.StationID
	seq    int64
	hash   []byte
}

// tell is a day under the names of another round, in runs of at most so many facts.
func (t *teller) tell(b *testing.B, d day, of []store.Envelope, round, most int) (
	out []store.Run) {
	boot := fmt.Sprintf("%s%08x", t.author, round)
	names := []string{"R000-", fmt.Sprintf("R%03d-", round),
		// Each day has its own goods: a day ends with work left over, and what is promised of
		// one item would grow for ever.
		"CK26030", fmt.Sprintf("CK%05d", round), "I000-", fmt.Sprintf("I%03d-", round),
		"B000-", fmt.Sprintf("B%03d-", round),
		dayTrucks, fmt.Sprintf("JJ%05d", round),
		"boot-" + dayStation + "-0", boot, "boot-central-0", boot, dayStation + ".", boot + ".s",
		dayStation, string(t.at)}
	for _, id := range d.discs {
		names = append(names, id, fmt.Sprintf("%08x", round)+id[8:])
	}
	as := strings.NewReplacer(names...)
	for part := range slices.Chunk(of, most) {
		part = slices.Clone(part)
		for i := range part {
			env := &part[i]
			t.seq++
			env.Author, env.Seq = t.author, t.seq
			env.ID = store.EventID(as.Replace(string(env.ID)))
			env.Scan = store.ScanID(as.Replace(string(env.Scan)))
			env.Raw = []byte(as.Replace(string(env.Raw)))
			env.Body = json.RawMessage(as.Replace(string(env.Body)))
		}
		run, err := store.Chained(t.hash, part...)
		must(b, err)
		t.hash = run.Hash
		out = append(out, run)
	}
	return out
}

// A benched is a central server under test, behind a real socket.
type benched struct {
	*httptest.Server
	hub     *store.Store
	central *central.Central
	folder  string // of snapshots
}

func benchCentral(b *testing.B, hub *store.Store) *benched {
	c := &benched{hub: hub, folder: b.TempDir()}
	c.central = central.New(central.Config{Stores: []*store.Store{hub},
		Rulings: storetest.Rulings(), Plan: order.Plan, Settle: order.Settle, Now: hub.Now,
		Log: slog.New(slog.DiscardHandler), Folder: c.folder,
		Snapshot: func(ctx context.Context, s *store.Store, path string) error {
			return snapshot(ctx, s, path, hub.Now)
		}})
	c.Server = httptest.NewServer(c.central.Handler())
	b.Cleanup(c.Close)
	return c
}

// A pushing is a station and its agent.
type pushing struct {
	*storetest.Site
	agent *agent.Agent
}

// station enrols one more station.
func (c *benched) station(b *testing.B, id store.StationID, line http.RoundTripper) pushing {
	ctx := context.Background()
	code, err := central.NewCode(ctx, c.hub, id, "ABCDEFGHJKLMNPQR")
	must(b, err)
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte(id[:4]), 8))
	_, err = agent.Enrol(ctx, line, c.URL, code, key.Public().(ed25519.PublicKey))
	must(b, err)
	s := storetest.OpenAs(b, sqlite.Open, id, false)
	return pushing{s, agent.New(agent.Config{Store: s.Store, URL: c.URL, Key: key,
		Line: line, Now: c.hub.Now, Boot: string(id),
		Log:  slog.New(slog.DiscardHandler),
		Seal: func(p store.PIN) store.PIN { return p }})}
}

func (p pushing) pushAll(t testing.TB) {
	for more := true; more; {
		var err error
		more, err = p.agent.Push(context.Background())
		must(t, err)
	}
}
