package central_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"scanbay/store"
	"scanbay/store/storetest"
	"scanbay/sync/agent"
	"scanbay/sync/central"
	"scanbay/sync/wire"
)

// everything is a good request of every kind, as bytes.
func (p *post) everything() map[string][]byte {
	p.Helper()
	at := storetest.Read(p.Site, (*store.Reader).Cursor)
	stand := wire.Stand{Epoch: p.epoch, Cursor: at}
	run := p.own()
	var offer bytes.Buffer
	p.Must(wire.Encode(&offer, wire.OfferAsk{Run: run, Done: true}, run))
	seq := run.Last()
	return map[string][]byte{
		wire.HelloPath: as(p, wire.HelloAsk{Stand: stand}),
		wire.PushPath:  frame(p, run),
		wire.PullPath:  as(p, wire.PullAsk{Stand: stand, Seq: seq}),
		wire.RulePath: as(p, wire.RuleAsk{Name: "access.set", Epoch: p.epoch, Cursor: at,
			By: store.Gesture{Operator: "900", Scan: store.ScanID("all-" + string(p.id) + ".1")},
			In: []byte(`{"name":"over_pick","value":"ask"}`)}),
		wire.RenewPath:    as(p, wire.RenewAsk{Epoch: p.epoch, From: 1}),
		wire.OfferPath:    offer.Bytes(),
		wire.SnapshotPath: nil,
	}
}

// A forgery is what somebody does to a good request, and what it must come to.
type forgery struct {
	what  string
	alter func(*http.Request)
	want  wire.ProblemCode
}

// forgeries are those of a station's request with a body.
func (p *post) forgeries(other *post, body []byte) []forgery {
	now := p.bay.hub.Clock.Now()
	as := func(wh store.WarehouseID, id store.StationID, key ed25519.PrivateKey, off time.Duration,
	) func(*http.Request) {
		return func(r *http.Request) { wire.Sign(r, wh, id, key, now.Add(off), body) }
	}
	header := func(name string, value func(was string) string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value(r.Header.Get(name))) }
	}
	is := func(value string) func(string) string { return func(string) string { return value } }
	const station, at, sign = "Scanbay-Station", "Scanbay-Time", "Scanbay-Signature"
	const unsigned, unknown, clock = wire.NotSigned, wire.Unknown, wire.WrongClock
	return []forgery{
		{"without a signature", header(sign, is("")), unsigned},
		{"with half of it", header(sign, func(was string) string { return was[:44] }), unsigned},
		{"with another byte", header(sign, func(was string) string {
			return was[:7] + string(was[7]^1) + was[8:]
		}), unsigned},
		{"by another key", as("w1", "S1", other.key, 0), unsigned},
		{"by nobody", header(station, is("")), unknown},
		{"of another name", header(station, is("w1/S2")), unsigned},
		{"of an unknown name", as("w1", "S9", p.key, 0), unknown},
		{"of central's name", as("w1", storetest.Central, p.key, 0), unknown},
		{"for another warehouse", as("w2", "S1", p.key, 0), unsigned},
		{"for no warehouse", as("w9", "S1", p.key, 0), unknown},
		{"at another time", header(at, is("1")), unsigned},
		{"of ten minutes ago", as("w1", "S1", p.key, -11*time.Minute), clock},
		{"of tomorrow", as("w1", "S1", p.key, 24*time.Hour), clock},
		{"of no time", as("w1", "S1", p.key, 1<<62), clock},
		{"of another path", func(r *http.Request) {
			was := r.URL.Path
			r.URL.Path = "/v1/other"
			as("w1", "S1", p.key, 0)(r)
			r.URL.Path = was
		}, unsigned},
	}
}

// No request of any kind is answered to whoever has not the station's key, at the time.
func TestOnlyTheHolderOfTheKeyIsAnswered(t *testing.T) {
	b := begin(t)
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	s1.Record(store.SignedIn{Operator: "101"})
	other := b.elsewhere("w2")
	other.Record(store.StationEnrolled{Station: store.Station{ID: "S1", Active: true,
		Key: public(newKey("S1 of w2"))}})
	_, b.url = b.serve(b.hub.Store, other.Store)
	for path, body := range s1.everything() {
		for _, f := range s1.forgeries(s2, body) {
			b.untouched(path+" "+f.what, func() {
				r := s1.request(path, body)
				f.alter(r)
				if status, answer, p := b.send(r); p != f.want {
					t.Errorf("%s %s: %d %s", path, f.what, status, answer)
				}
			})
		}
	}
}

// Whatever byte of a request is changed on its way, it is refused.
func TestAnAlteredRequestIsRefused(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	s1.Record(store.SignedIn{Operator: "101"}, store.SignedIn{Operator: "102"})
	for path, body := range s1.everything() {
		b.untouched(path, func() {
			for i := 0; i < len(body); i += 1 + len(body)/40 {
				r := s1.request(path, body)
				altered := bytes.Clone(body)
				altered[i] ^= 1 << (i % 8)
				again := s1.request(path, altered)
				again.Header = r.Header
				if _, answer, p := b.send(again); p != wire.NotSigned {
					t.Errorf("%s, byte %d: %q %s", path, i, p, answer)
				}
			}
			r := s1.request(path, append(bytes.Clone(body), 0))
			r.Header = s1.request(path, body).Header
			if _, _, p := b.send(r); p != wire.NotSigned {
				t.Errorf("%s, and a byte more: %q", path, p)
			}
		})
	}
}

// Nothing of a body is read from whoever has no key.
func TestNobodysBodyIsNotRead(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	read := 0
	r := s1.request(wire.PushPath, nil)
	r.Header.Set("Scanbay-Signature", "")
	r.Body = counted{zeros{'x'}, &read}
	r.ContentLength = wire.PackedMax
	r.Header.Set("Expect", "100-continue")
	b.line.ExpectContinueTimeout = time.Minute
	if status, _, p := b.send(r); p != wire.NotSigned || read > 0 {
		t.Errorf("%d %q, and %d bytes were read", status, p, read)
	}
	big := s1.request(wire.PushPath, bytes.Repeat([]byte("x"), wire.PackedMax+1))
	if _, _, p := b.send(big); p != wire.TooLarge {
		t.Errorf("more than the limit: %q", p)
	}
}

type counted struct {
	zeros
	n *int
}

// Read implements io.Reader.
func (c counted) Read(p []byte) (int, error) {
	*c.n += len(p)
	return c.zeros.Read(p)
}

// Close implements io.Closer.
func (counted) Close() error { return nil }

// A request that somebody took down and sends again is answered, and changes nothing.
func TestAReplayChangesNothing(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	s1.Record(store.SignedIn{Operator: "101"})
	for path, body := range s1.everything() {
		if path == wire.HelloPath || path == wire.PullPath {
			continue
		}
		r := s1.request(path, body)
		again := s1.request(path, body)
		again.Header = r.Header
		_, first, p := b.send(r)
		if p != "" {
			t.Fatalf("%s: %s", path, first)
		}
		b.untouched("a replay of "+path, func() {
			_, second, p := b.send(again)
			if same := bytes.Equal(first, second); p != "" || !same && path != wire.RulePath {
				t.Errorf("%s again: %s, not %s", path, second, first)
			}
		})
		b.hub.Clock.Wait(11 * time.Minute)
		old := s1.request(path, body)
		old.Header = r.Header
		b.untouched("an old replay of "+path, func() {
			if _, answer, p := b.send(old); p != wire.WrongClock {
				t.Errorf("%s of 11 minutes ago: %s", path, answer)
			}
		})
	}
}

// A ruling that is asked for again tells the same, refusals too.
func TestARulingIsCarriedOutOnce(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2))
	s1 := b.enrol("S1")
	slip := storetest.Read(b.hub, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(1)
	})[0].Slip
	by := func(operator store.OperatorID, scan store.ScanID) store.Gesture {
		return store.Gesture{Operator: operator, Scan: scan}
	}
	for _, c := range []struct {
		by   store.Gesture
		code store.Code
	}{{by("101", "boot.1"), ""}, {by("102", "boot.2"), store.SlipTaken},
		{by("999", "boot.3"), store.UnknownOperator}} {
		first, _ := s1.rule("outbound.take", c.by, string(slip))
		if codeOf(first) != c.code || first.Before {
			t.Fatalf("%v: %+v", c.by, first)
		}
		b.untouched("asked again", func() {
			again, _ := s1.rule("outbound.take", c.by, string(slip))
			if !again.Before || codeOf(again) != c.code {
				t.Errorf("%v again: %+v", c.by, again)
			}
		})
	}
	// At the same moment, too.
	before := storetest.Read(b.hub, (*store.Reader).Revision)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { s1.rule("outbound.free", by("900", "boot.4"), string(slip)) })
	}
	all.Wait()
	if n := storetest.Read(b.hub, (*store.Reader).Revision) - before; n != 1 {
		t.Errorf("%d facts of one ruling", n)
	}
}

func codeOf(a wire.RuleAnswer) store.Code {
	if a.Refusal == nil {
		return ""
	}
	return a.Refusal.Code
}

// pulls counts the pulls that came.
func (b *bay) pulls() (n int) {
	b.Helper()
	r, err := http.NewRequest(http.MethodGet, b.url+"/metrics", nil)
	b.hub.Must(err)
	_, page, _ := b.send(r)
	_, line, _ := strings.Cut(string(page), `scanbay_requests_total{path="/v1/pull"} `)
	_, _ = fmt.Sscan(line, &n) // none yet
	return n
}

// A code enrols one station, once, for a while.
func TestACodeServesOnce(t *testing.T) {
	b := begin(t)
	key := public(newKey("somebody"))
	try := func(what, code string, want wire.ProblemCode) {
		t.Helper()
		ask := func() {
			r, err := http.NewRequest(http.MethodPost, b.url+wire.EnrolPath,
				bytes.NewReader(as(t, wire.EnrolAsk{Code: code, Key: key})))
			b.hub.Must(err)
			if _, answer, p := b.send(r); p != want {
				t.Errorf("%s: %s", what, answer)
			}
		}
		if want == "" {
			ask()
			return
		}
		b.untouched(what, ask)
	}
	code := b.code("S1")
	_, bare, _ := strings.Cut(code, ".")
	try("no code", "", wire.BadCode)
	try("no warehouse", bare, wire.BadCode)
	try("another warehouse", "w2."+bare, wire.BadCode)
	try("half of it", code[:len(code)-4], wire.BadCode)
	try("another", code[:len(code)-1]+"#", wire.BadCode)
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	try("without its first letter", " "+typed[1:], wire.BadCode)
	try("as people type it", typed, "")
	try("used", code, wire.BadCode)
	old := b.code("S2")
	b.hub.Clock.Wait(central.CodeLife + time.Second)
	try("too old", old, wire.BadCode)
	first, err := central.NewCode(background, b.hub.Store, "S3", "AAAABBBBCCCCDDDD")
	b.hub.Must(err)
	second := b.code("S3")
	try("told anew", first, wire.BadCode)
	key = key[:16]
	try("half a key", second, wire.BadRequest)
	for _, name := range []store.StationID{storetest.Central, ""} {
		_, err := central.NewCode(background, b.hub.Store, name, "AAAABBBBCCCCDDDE")
		if err == nil {
			t.Errorf("a station may be called %q", name)
		}
	}
}

// Who comes second at the same moment, comes too late.
func TestACodeServesOneOfManyAtOnce(t *testing.T) {
	b := begin(t)
	code := b.code("S1")
	problems := make(chan error, 16)
	var all sync.WaitGroup
	for i := range cap(problems) {
		all.Go(func() {
			key := newKey("racer " + string(rune('a'+i)))
			_, err := agent.Enrol(background, b.line, b.url, code, public(key))
			problems <- err
		})
	}
	all.Wait()
	close(problems)
	in := 0
	for err := range problems {
		if err == nil {
			in++
		}
	}
	if st := storetest.Read(b.hub, (*store.Reader).Stations); in != 1 || len(st) != 1 {
		t.Errorf("%d were let in; the stations are %v", in, st)
	}
}

// From a station that was revoked nothing is taken, and it is told nothing, also where it
// had asked before. After it was enrolled anew, the key of before is dead.
func TestARevokedStationIsOut(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	s1.Record(store.SignedIn{Operator: "101"})
	s1.meet()
	said := make(chan wire.ProblemCode, 1)
	ask := s1.request(wire.PullPath, as(t, wire.PullAsk{Seq: 1, Wait: 20_000, Stand: wire.Stand{
		Epoch: 1, Cursor: storetest.Read(s1.Site, (*store.Reader).Cursor)}}))
	pulls := b.pulls()
	go func() {
		_, _, p := b.send(ask)
		said <- p
	}()
	until(t, func() bool { return b.pulls() > pulls })
	st := storetest.Read(b.hub, (*store.Reader).Stations)[0]
	st.Active = false
	b.hub.Record(store.StationRevoked{Station: st}, store.ScanNoted{Text: "not for S1"})
	select {
	case p := <-said:
		if p != wire.Revoked {
			t.Errorf("what it waited for: %q", p)
		}
	case <-time.After(10 * time.Second):
		t.Error("it waits, though it is revoked")
	}
	for path, body := range s1.everything() {
		b.untouched(path, func() {
			if _, p := s1.ask(path, body); p != wire.Revoked {
				t.Errorf("%s: %q", path, p)
			}
		})
	}
	key := newKey("S1 again")
	given, err := agent.Enrol(background, b.line, b.url, b.code("S1"), public(key))
	b.hub.Must(err)
	if given.Epoch != 2 || given.Prefix != st.Prefix {
		t.Errorf("it is %+v", given)
	}
	for path, body := range s1.everything() {
		b.untouched(path, func() {
			if _, p := s1.ask(path, body); p != wire.NotSigned {
				t.Errorf("%s with the old key: %q", path, p)
			}
		})
	}
	s1.key = key
	if _, p := s1.ask(wire.HelloPath, s1.everything()[wire.HelloPath]); p != "" {
		t.Errorf("with the new key: %q", p)
	}
}

// A station offers what it holds of others when central was restored, once, and nothing
// that central itself records by now.
func TestAnOfferIsTakenWhenCentralAsksForIt(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	fake := s1.says(0, storetest.Has("A-01-01", "TEA-500", 500), nil)
	var env store.Envelope
	b.hub.Must(json.Unmarshal(fake, &env))
	offer := func() (out wire.OfferAnswer, p wire.ProblemCode) {
		t.Helper()
		id := b.hub.Identity()
		head := storetest.Read(b.hub, func(r *store.Reader) (store.Head, error) {
			seq, hash, err := r.Head(id.Author, id.Epoch)
			return store.Head{Seq: seq, Hash: hash}, err
		})
		env.Author, env.Epoch, env.Seq = id.Author, id.Epoch, head.Seq+1
		run := s1.chained(env.Seq, head.Hash, as(t, env))
		run.Author, run.Epoch = env.Author, env.Epoch
		var body bytes.Buffer
		b.hub.Must(wire.Encode(&body, wire.OfferAsk{Run: run}, run))
		answer, p := s1.ask(wire.OfferPath, body.Bytes())
		if p == "" {
			b.hub.Must(json.Unmarshal(answer, &out))
		}
		return out, p
	}
	b.untouched("never restored", func() {
		if out, p := offer(); p != "" || !out.Closed || out.Fresh > 0 {
			t.Errorf("%q %+v", p, out)
		}
	})
	b.hub.Must(b.hub.Restored(background, 0))
	b.untouched("central's log of today", func() {
		if out, p := offer(); p != "" || !out.Closed || out.Fresh > 0 {
			t.Errorf("%q %+v", p, out)
		}
	})
}

// What happens in one warehouse is told to nobody of another: not by the path, not by
// facts, not by a cursor.
func TestNothingOfAnotherWarehouseIsTold(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	other := b.elsewhere("w2")
	other.Record(storetest.Warehouse()...)
	other.Record(store.ScanNoted{Text: "only for w2"})
	_, b.url = b.serve(b.hub.Store, other.Store)
	for path, body := range s1.everything() {
		if answer, p := s1.ask(path, body); p == "" && path != wire.SnapshotPath &&
			bytes.Contains(plain(answer), []byte("only for w2")) {
			t.Errorf("%s tells it", path)
		}
	}
	stand := storetest.Read(other, (*store.Reader).Digest)
	foreign := s1.says(1, storetest.Has("A-01-01", "TEA-500", 1),
		func(env *store.Envelope) { env.WH = "w2" })
	b.untouched("a fact of another warehouse", func() {
		if _, p := s1.ask(wire.PushPath, frame(t, s1.chained(1, nil, foreign))); p != wire.Forked {
			t.Errorf("%q", p)
		}
	})
	if storetest.Read(other, (*store.Reader).Digest) != stand {
		t.Error("the other warehouse is another")
	}
}

// plain is an answer, unpacked where it is packed.
func plain(answer []byte) []byte {
	var n store.News
	if wire.Decode(bytes.NewReader(answer), &n, func() []*store.Run {
		return wire.Runs(n.Runs)
	}) != nil {
		return answer
	}
	var all [][]byte
	for _, run := range n.Runs {
		all = append(all, run.Facts...)
	}
	return bytes.Join(all, nil)
}

// A thousand requests of one station at once leave the others their place, and no
// goroutine behind.
func TestAFloodOfOneStationIsItsOwn(t *testing.T) {
	b := begin(t)
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	s1.Record(store.SignedIn{Operator: "101"})
	before := runtime.NumGoroutine()
	body := as(t, wire.PullAsk{Wait: 60_000, Stand: wire.Stand{
		Epoch: 1, Cursor: storetest.Read(b.hub, (*store.Reader).Cursor)}})
	var all sync.WaitGroup
	var mu sync.Mutex
	got := map[wire.ProblemCode]int{}
	for range 1000 {
		r := s1.request(wire.PullPath, body)
		all.Go(func() {
			_, _, p := b.send(r)
			mu.Lock()
			got[p]++
			mu.Unlock()
		})
	}
	s2.Record(store.SignedIn{Operator: "102"}) // and everybody wakes
	s2.meet()
	all.Wait()
	if got[wire.Busy] == 0 || got[""] == 0 || got[""]+got[wire.Busy] != 1000 {
		t.Errorf("answers: %v", got)
	}
	b.line.CloseIdleConnections()
	until(t, func() bool { return runtime.NumGoroutine() < before+50 })
	if n := b.head("S2"); n != 1 {
		t.Errorf("S2 is at %d", n)
	}
}

// until waits for something that happens by itself.
func until(t testing.TB, is func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for !is() {
		select {
		case <-late:
			t.Fatal("it does not happen")
		default:
			runtime.Gosched()
		}
	}
}

// names are in no log at length, whoever sends them; and no metric is of a name.
func TestNobodyWritesTheLogOrTheMetrics(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	r := s1.request(wire.PushPath, nil)
	long := strings.Repeat("A", 5000)
	logged.secret(long)
	wire.Sign(r, store.WarehouseID(long), "x", s1.key, b.hub.Clock.Now(), nil)
	if _, _, p := b.send(r); p != wire.Unknown {
		t.Errorf("%q", p)
	}
	for _, path := range []string{"/v1/none", "/none", wire.PushPath} {
		r, err := http.NewRequest(http.MethodGet, b.url+path, nil)
		b.hub.Must(err)
		b.send(r)
	}
	r, err := http.NewRequest(http.MethodGet, b.url+"/metrics", nil)
	b.hub.Must(err)
	_, page, _ := b.send(r)
	for line := range strings.Lines(string(page)) {
		if strings.Contains(line, "AAAA") || strings.Contains(line, "none") ||
			strings.Contains(line, "S1") {
			t.Error(line)
		}
	}
	lines := slices.Collect(strings.Lines(string(page)))
	if len(lines) < 10 || len(lines) > 100 {
		t.Errorf("%d lines", len(lines))
	}
}
