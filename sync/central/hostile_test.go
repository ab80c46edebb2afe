package central_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"scanbay/store"
	"scanbay/store/postgres/pgtest"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/sync/wire"
)

// engines are those that central runs on.
func engines(t *testing.T, each func(t *testing.T, open storetest.Opener)) {
	t.Run("SQLite", func(t *testing.T) { each(t, sqlite.Open) })
	t.Run("PostgreSQL", func(t *testing.T) { each(t, pgtest.Opener(t)) })
}

// A station with a stolen key sends facts that only the authority may record. They are
// kept, nobody goes by them, here or at another station, and what follows is taken.
func TestAStationDoesNotSayWhatTheAuthorityDecides(t *testing.T) {
	engines(t, func(t *testing.T, open storetest.Opener) {
		b := beginOn(t, open, storetest.Has("A-01-01", "TEA-500", 9))
		s1, s2 := b.enrol("S1"), b.enrol("S2")
		s2.meet()
		before := storetest.Read(b.hub, (*store.Reader).Digest)
		mallory := newKey("mallory")
		var facts [][]byte
		say := func(e store.Event) {
			facts = append(facts, s1.says(int64(len(facts)+1), e, nil))
		}
		say(store.OperatorSaved{Operator: store.Operator{ID: "101", Name: "x",
			Roles: "administrator", Active: true}})
		say(store.StationEnrolled{Station: store.Station{ID: "S2", Key: public(mallory),
			Active: true}})
		say(store.StationRevoked{Station: store.Station{ID: "S2"}})
		say(storetest.Has("A-01-01", "TEA-500", 500))
		say(storetest.Ordered("x", "TEA-500", 1))
		say(store.SettingSet{Name: store.OverPickPolicy, Value: "ask"})
		set := as(t, storetest.Has("A-01-01", "TEA-500", -500))
		say(store.Reversed{Of: "nothing.1", Was: "stock_set", Body: set})
		say(store.Reversed{Of: "nothing.1", Was: "item_picked",
			Body: as(t, store.ItemPicked{Batch: store.Batch{Item: "TEA-500"}, From: "bin/A-01-01",
				To: "tote/T", N: 5})})
		for _, e := range nonsense() {
			say(e)
		}
		n := int64(len(facts))
		if _, p := s1.ask(wire.PushPath, frame(t, s1.chained(1, nil, facts...))); p != "" {
			t.Fatalf("the facts were not kept: %s", p)
		}
		if now := storetest.Read(b.hub, (*store.Reader).Digest); now != before {
			t.Error("central goes by what a station may not say")
		}
		if seq := b.head("S1"); seq != n {
			t.Errorf("%d of %d facts are kept", seq, n)
		}
		good := s1.chained(n+1, s1.chained(1, nil, facts...).Hash,
			s1.says(n+1, store.SignedIn{Operator: "101"}, nil))
		if _, p := s1.ask(wire.PushPath, frame(t, good)); p != "" {
			t.Errorf("what follows waits: %s", p)
		}
		s2.meet()
		if storetest.Read(s2.Site, (*store.Reader).Digest) != before {
			t.Error("another station goes by it")
		}
	})
}

// nonsense is what no station would say of cartons: goods that go on a shelf, fewer than none,
// into the carton that they come out of, or into another than is opened for them; and a weight
// below nothing, a case without a number, and one item of none.
func nonsense() (out []store.Event) {
	tea := store.PackedGoods{Line: 1, Batch: store.Batch{Item: "TEA-500"}, N: 1}
	less := tea
	less.N = -1
	for _, r := range []store.CartonRepacked{{To: "bin/A-01-01", Goods: []store.PackedGoods{tea}},
		{To: "tote/T", Goods: []store.PackedGoods{less}},
		{To: "carton/x-1", Goods: []store.PackedGoods{tea}},
		{To: "tote/T", Goods: []store.PackedGoods{tea},
			Opens: &store.Carton{ID: "x-2", Slip: "x"}}} {
		r.Slip, r.From = "x", "x-1"
		out = append(out, r)
	}
	for _, w := range []store.CartonWeighed{{Grams: -5}, {Grams: 5, Opens: true},
		{Grams: 5, Off: true}, {Grams: 5, Item: "TEA-500", N: -1}} {
		w.Slip, w.Carton = "x", "x-1"
		out = append(out, w)
	}
	return out
}

// head is where a station's log ends at central.
func (b *bay) head(id store.StationID) int64 {
	b.Helper()
	return storetest.Read(b.hub, func(r *store.Reader) (int64, error) {
		seq, _, err := r.Head(id, 1)
		return seq, err
	})
}

// Every kind of fact is the floor's or the authority's, and a body that is not what its
// kind has makes nothing panic.
func TestAFactOfAnyKindWithAnyBodyIsTaken(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	bodies := []string{`null`, `{}`, `[]`, `0`, `"x"`, `{"seals":null,"opens":{},"disc":{}}`,
		`{"waybill":{},"reopen":{},"body":null,"was":"reversed"}`, `{"left":[{}],"lines":[{}]}`,
		`{"next":[{}],"lost":[{}],"missing":[{}],"for":[{}],"leases":[{}],"tasks":[{}]}`,
		`{"was":"item_picked","body":{"for":[{}]}}`, `{"was":"reversed","body":{"was":"x"}}`,
		`{"n":"x"}`, `{"n":1e300}`, `{"at":-9223372036854775808,"n":-9223372036854775808}`,
		`{"n":9223372036854775807,"round":9223372036854775807,"token":9223372036854775807}`}
	var facts [][]byte
	for _, kind := range append(store.EventKinds(), "of_tomorrow", "") {
		for _, body := range bodies {
			facts = append(facts, s1.says(int64(len(facts)+1), store.SignedIn{},
				func(env *store.Envelope) { env.Kind, env.Body = kind, json.RawMessage(body) }))
		}
	}
	var prev []byte
	for i := 0; i < len(facts); i += 100 {
		run := s1.chained(int64(i+1), prev, facts[i:min(i+100, len(facts))]...)
		if _, p := s1.ask(wire.PushPath, frame(t, run)); p != "" {
			t.Fatalf("facts behind %d: %s", i, p)
		}
		prev = run.Hash
	}
	b.hub.Must(b.server.Tick(background))
	s2 := b.enrol("S2")
	s2.meet()
	if storetest.Read(s2.Site, (*store.Reader).Digest) != storetest.Read(b.hub,
		(*store.Reader).Digest) {
		t.Error("another station folds them another way")
	}
}

// What not every engine can keep does not stop the station: it is kept as bytes, and set
// aside, on SQLite as on PostgreSQL. What would have the last word for ever is refused.
func TestFactsThatCannotBeKeptDoNotBlock(t *testing.T) {
	engines(t, func(t *testing.T, open storetest.Opener) {
		b := beginOn(t, open, storetest.Has("A-01-01", "TEA-500", 9))
		s1, s2 := b.enrol("S1"), b.enrol("S2")
		bound := store.ToteBound{}
		pick := func(n store.Qty) store.Event {
			return store.ItemPicked{Slip: "x", Batch: store.Batch{Item: "TEA-500"},
				From: "bin/A-01-01", To: "tote/T-9", N: n}
		}
		facts := [][]byte{}
		say := func(e store.Event, edit func(*store.Envelope)) {
			facts = append(facts, s1.says(int64(len(facts)+1), e, edit))
		}
		bound.Tote = "tote/\x00"
		say(bound, nil)
		bound.Tote = store.Place("tote/" + strings.Repeat("x", 5000)) // no index takes it
		say(bound, nil)
		bound.Tote = "tote/\xff\xfe\xed\xa0\x80" // becomes U+FFFD
		say(bound, nil)
		for range 3 {
			say(pick(math.MaxInt64), nil)
			say(pick(math.MinInt64), nil)
			say(pick(-math.MaxInt64), nil)
		}
		say(store.SignedIn{}, func(env *store.Envelope) { env.Kind = "of\x00tomorrow" })
		say(store.SignedIn{}, func(env *store.Envelope) { env.ID = "forgedS1.\x00" })
		say(store.SignedIn{}, func(env *store.Envelope) { env.Operator = "\x00" })
		say(store.SignedIn{}, func(env *store.Envelope) { env.Scan = "\x00" })
		say(store.SignedIn{}, func(env *store.Envelope) {
			env.ID = store.EventID("forgedS1." + strings.Repeat("9", 5000))
		})
		say(store.ScanRefused{Text: "\x00 " + strings.Repeat("9", 50_000)}, nil)
		say(store.TaskSkipped{Task: "x", N: math.MaxInt64, At: math.MinInt64}, nil)
		say(store.SignedOut{Operator: "101", Left: []store.Lease{{Slip: "x", Token: math.MaxInt64,
			Held: true}}}, nil)
		say(pick(2), nil)
		if _, p := s1.ask(wire.PushPath, frame(t, s1.chained(1, nil, facts...))); p != "" {
			t.Fatalf("they were not kept: %s", p)
		}
		b.hub.Stock("tote/T-9", "TEA-500", 2)
		b.hub.Must(b.server.Tick(background))
		s2.meet()
		s2.Stock("tote/T-9", "TEA-500", 2)
		if storetest.Read(s2.Site, (*store.Reader).Digest) != storetest.Read(b.hub,
			(*store.Reader).Digest) {
			t.Error("another station folds them another way")
		}
	})
}

// Whose facts are based on what nobody has numbered yet would rank above all others.
func TestNobodyHasTheLastWordForEver(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	for what, edit := range map[string]func(*store.Envelope){
		"of a later incarnation": func(e *store.Envelope) { e.Incarnation = 2 },
		"of a negative one":      func(e *store.Envelope) { e.Incarnation = -1 },
		"based on tomorrow":      func(e *store.Envelope) { e.BasedOn = 1 << 40 },
		"based on minus one":     func(e *store.Envelope) { e.BasedOn = -1 },
		"of tomorrow's kind": func(e *store.Envelope) {
			e.Kind, e.BasedOn = "of_tomorrow", 1<<40
		},
	} {
		b.untouched(what, func() {
			_, p := s1.ask(wire.PushPath, frame(t, s1.chained(1, nil,
				s1.says(1, store.BinReached{Slip: "x"}, edit))))
			if p != wire.Restored {
				t.Errorf("%s: %q", what, p)
			}
		})
	}
}

// The ids of facts and of scans that a station will use next are not for another.
func TestNobodyUsesUpAnothersIDs(t *testing.T) {
	b := begin(t, storetest.Has("A-01-01", "TEA-500", 9), storetest.Ordered("1", "TEA-500", 2),
		storetest.Ordered("2", "TEA-500", 2))
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	s2.meet()
	s2.Record(store.SignedIn{Operator: "102"})
	s2.meet()
	boot, _, _ := strings.Cut(string(storetest.Read(s2.Site, func(r *store.Reader) (store.Envelope,
		error) {
		f, err := r.Log("S2", 1, 0, 1)
		if err != nil {
			return store.Envelope{}, err
		}
		return f[0].Envelope()
	}).ID), ".")
	next := s1.says(1, store.SignedIn{Operator: "101"}, func(e *store.Envelope) {
		e.ID = store.EventID(boot + ".2")
	})
	if _, p := s1.ask(wire.PushPath, frame(t, s1.chained(1, nil, next))); p != "" {
		t.Fatalf("it was not kept: %s", p)
	}
	s2.meet()
	s2.Record(store.SignedIn{Operator: "102"})
	s2.meet()
	if n := b.head("S2"); n != 2 {
		t.Errorf("S2 comes no further than %d", n)
	}
	// Likewise with what is asked of central.
	slips := storetest.Read(b.hub, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(9)
	})
	rule := func(p *post, scan store.ScanID, slip store.SlipID) (wire.RuleAnswer,
		wire.ProblemCode) {
		return p.rule("outbound.take", store.Gesture{Operator: "101", Scan: scan}, string(slip))
	}
	if a, p := rule(s2, "boot2.a1", slips[0].Slip); p != "" || a.Before {
		t.Fatalf("S2 takes a slip: %s %+v", p, a)
	}
	b.untouched("another's scan", func() {
		for _, scan := range []store.ScanID{"boot2.a1", "boot2.a2", "", "x"} {
			if a, p := rule(s1, scan, slips[1].Slip); p != wire.BadRequest {
				t.Errorf("S1 asks under %q: %q %+v", scan, p, a)
			}
		}
	})
	if a, p := rule(s2, "boot2.a2", slips[1].Slip); p != "" || a.Before {
		t.Errorf("S2's next: %s %+v", p, a)
	}
}

// rule asks for a ruling, and reads the answer.
func (p *post) rule(name string, by store.Gesture, in any) (a wire.RuleAnswer,
	problem wire.ProblemCode) {
	p.Helper()
	at := storetest.Read(p.Site, (*store.Reader).Cursor)
	said, problem := p.ask(wire.RulePath, as(p, wire.RuleAsk{Name: name, By: by, In: as(p, in),
		Epoch: p.epoch, Cursor: at}))
	if problem == "" {
		p.Must(wire.Decode(bytes.NewReader(said), &a, func() []*store.Run {
			return wire.Runs(a.News.Runs)
		}))
	}
	return a, problem
}

// What is too large, too deep or no frame at all is refused, and changes nothing.
func TestNoBodyIsTooMuchForCentral(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	s1.Record(store.SignedIn{Operator: "101"})
	run := s1.own()
	good := frame(t, run)
	tooMany := slices.Repeat([][]byte{[]byte(`{}`)}, wire.FactsMax+1000)
	long := `{"x":"` + strings.Repeat("x", store.FloorFactMax) + `"}`
	deep := strings.Repeat("[", 10_000)
	text := func(lines ...string) []byte {
		return zipped(t, strings.NewReader(strings.Join(lines, "\n")))
	}
	for what, body := range map[string][]byte{
		"nothing":                 {},
		"no gzip":                 []byte("hello"),
		"no frame":                text("hello", ""),
		"no line":                 text(""),
		"half of it":              good[:len(good)/2],
		"something behind it":     append(slices.Clone(good), "more"...),
		"a bomb":                  zipped(t, io.LimitReader(zeros{'0'}, 256<<20)),
		"a bomb of lines":         zipped(t, io.LimitReader(zeros{'\n'}, 256<<20)),
		"a bomb in a bomb's head": bomb(t, `{"head":{"run":{"author":"`, '0', 256<<20),
		"lines without end": bomb(t, `{"head":{},"facts":[2000]}`+"\n", '\n',
			wire.PlainMax-100),
		"too many":         frame(t, s1.chained(1, nil, tooMany...)),
		"too long":         frame(t, s1.chained(1, nil, []byte(long))),
		"a megabyte":       frame(t, s1.chained(1, nil, bytes.Repeat([]byte("x"), 1<<20))),
		"too deep":         frame(t, s1.chained(1, nil, []byte(deep))),
		"a deep head":      text(`{"head":` + deep),
		"no JSON":          frame(t, s1.chained(1, nil, []byte("hello"))),
		"no bytes":         frame(t, s1.chained(1, nil, []byte{})),
		"no facts":         frame(t, s1.chained(1, nil)),
		"a fact of nobody": frame(t, s1.chained(1, nil, []byte("{}"))),
		"facts of no run":  text(`{"head":{"run":{}},"facts":[0,1]}`, "{}", ""),
		"minus one":        text(`{"head":{"run":{}},"facts":[-1]}`, ""),
		"very many":        text(`{"head":{},"facts":[9223372036854775807]}`, ""),
	} {
		b.untouched(what, func() {
			answer, p := s1.ask(wire.PushPath, body)
			switch p {
			case wire.BadRequest, wire.TooLarge, wire.Altered, wire.NotSigned, wire.Forked:
			default:
				t.Errorf("%s: %q %s", what, p, answer)
			}
		})
	}
	if _, p := s1.ask(wire.PushPath, good); p != "" {
		t.Errorf("the good one: %s", p)
	}
}

// Numbers that no log has are refused.
func TestARunOfNoLogIsRefused(t *testing.T) {
	b := begin(t)
	s1 := b.enrol("S1")
	s1.Record(store.SignedIn{Operator: "101"}, store.SignedIn{Operator: "101"})
	for what, alter := range map[string]func(*store.Run){
		"another's log":       func(r *store.Run) { r.Author = "S2" },
		"central's own":       func(r *store.Run) { r.Author = storetest.Central },
		"from 0":              func(r *store.Run) { r.From = 0 },
		"from -1":             func(r *store.Run) { r.From = -1 },
		"from 2":              func(r *store.Run) { r.From = 2 },
		"from the end":        func(r *store.Run) { r.From = math.MaxInt64 },
		"of another epoch":    func(r *store.Run) { r.Epoch = 2 },
		"of epoch 0":          func(r *store.Run) { r.Epoch = 0 },
		"of epoch -1":         func(r *store.Run) { r.Epoch = -1 },
		"of the last epoch":   func(r *store.Run) { r.Epoch = math.MaxInt64 },
		"already numbered":    func(r *store.Run) { r.Rev = 7 },
		"after another fact":  func(r *store.Run) { r.Prev = []byte("x") },
		"with another's hash": func(r *store.Run) { r.Hash = []byte("x") },
		"without a hash":      func(r *store.Run) { r.Hash = nil },
		"less one":            func(r *store.Run) { r.Facts = r.Facts[:1] },
		"in another order":    func(r *store.Run) { slices.Reverse(r.Facts) },
	} {
		b.untouched(what, func() {
			run := s1.own()
			alter(&run)
			if _, p := s1.ask(wire.PushPath, frame(t, run)); p == "" || p == wire.Failed {
				t.Errorf("%s: %q", what, p)
			}
		})
	}
}

// zeros is one byte for ever.
type zeros struct{ b byte }

// Read implements io.Reader.
func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = z.b
	}
	return len(p), nil
}

// zipped packs what is read.
func zipped(t testing.TB, from io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err == nil {
		_, err = io.Copy(z, from)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if b.Len() > 11<<20 {
		t.Fatalf("the bomb has %d bytes", b.Len())
	}
	return b.Bytes()
}

// bomb packs a text with n times a byte behind it.
func bomb(t testing.TB, text string, b byte, n int64) []byte {
	return zipped(t, io.MultiReader(strings.NewReader(text), io.LimitReader(zeros{b}, n)))
}

// A fact that would be too long to be told is not recorded: with a supervisor's name, one
// station could stop all others with it.
func TestNoFactIsTooLongToBeTold(t *testing.T) {
	b := begin(t)
	s1, s2 := b.enrol("S1"), b.enrol("S2")
	long := store.Order{Mode: store.PickUp, BuyerRemark: strings.Repeat("x", 3<<20),
		Lines: []store.OrderLine{{Item: "TEA-500", N: 1}}}
	b.untouched("a long order", func() {
		a, p := s1.rule("order.enter", store.Gesture{Operator: "900", Scan: "long.1"},
			map[string]any{"order": long, "person": store.Recipient{Name: "x", Phone: "1"}})
		if p != wire.Failed {
			t.Errorf("%q %+v", p, a)
		}
	})
	// Many that are as long as they may be are told one answer after the other.
	for i := range 40 {
		fact := s1.says(int64(i+1), store.ScanRefused{Text: noise(i, 60_000)}, nil)
		var prev []byte
		if i > 0 {
			prev = storetest.Read(b.hub, func(r *store.Reader) ([]byte, error) {
				_, hash, err := r.Head("S1", 1)
				return hash, err
			})
		}
		if _, p := s1.ask(wire.PushPath, frame(t, s1.chained(int64(i+1), prev, fact))); p != "" {
			t.Fatalf("%d: %s", i, p)
		}
	}
	big := strings.Repeat("y", 900_000)
	for i := range 5 {
		b.hub.Record(store.ScanNoted{Text: fmt.Sprint(i) + big})
	}
	s2.meet()
	if n := storetest.Read(s2.Site, (*store.Reader).Cursor); n != storetest.Read(b.hub,
		(*store.Reader).Cursor) {
		t.Errorf("S2 stands at %v", n)
	}
}

// noise is text that does not pack.
func noise(seed, n int) string {
	var out strings.Builder
	for i := 0; out.Len() < n; i++ {
		fmt.Fprintf(&out, "%x", sha256.Sum256([]byte(fmt.Sprint(seed, i))))
	}
	return out.String()
}
