package central

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

// routes are what stations may ask, and whoever watches over the server.
func (c *Central) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST "+wire.EnrolPath, c.enrol)
	mux.HandleFunc("POST "+wire.HelloPath, c.signed(answer((*warehouse).hello)))
	mux.HandleFunc("POST "+wire.RenewPath, c.signed(answer((*warehouse).renew)))
	mux.HandleFunc("POST "+wire.PushPath, c.signed((*warehouse).answerPush))
	mux.HandleFunc("POST "+wire.OfferPath, c.signed((*warehouse).answerOffer))
	mux.HandleFunc("POST "+wire.PullPath, c.signed((*warehouse).answerPull))
	mux.HandleFunc("POST "+wire.RulePath, c.signed((*warehouse).answerRule))
	mux.HandleFunc("POST "+wire.SnapshotPath, c.signed((*warehouse).answerSnapshot))
	mux.HandleFunc("GET /healthz", c.healthy)
	mux.Handle("GET /metrics", c.metrics.page())
}

// An asked is a request whose signature is proven.
type asked struct {
	w    http.ResponseWriter
	ctx  context.Context
	from store.Station
	body []byte
}

// flightMax is how many requests of one station are answered at once: one of each kind,
// and those that it gave up.
const flightMax = 16

// signed proves who a request is from before fn sees it.
func (c *Central) signed(fn func(*warehouse, asked) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		wire.SetTime(rw.Header(), c.Now())
		wh, id := wire.Asker(r)
		w := c.warehouses[wh]
		if w == nil {
			c.fail(rw, r, &wire.Problem{Code: wire.Unknown})
			return
		}
		if err := w.answer(rw, r, id, fn); err != nil {
			c.fail(rw, r, err)
		}
	}
}

// answer answers a station. Nothing of a body is kept before it is known whose it is, and
// of no station more than of some requests.
func (w *warehouse) answer(rw http.ResponseWriter, r *http.Request, id store.StationID,
	fn func(*warehouse, asked) error) error {
	st, err := w.prove(r, id)
	if err != nil {
		return err
	}
	if !w.enter(id) {
		return &wire.Problem{Code: wire.Busy}
	}
	defer w.leave(id)
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, wire.PackedMax))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &wire.Problem{Code: wire.TooLarge, Text: "the body"}
	case err != nil:
		return &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	}
	if err := wire.VerifyBody(r, body); err != nil {
		return err
	}
	return fn(w, asked{rw, r.Context(), st, body})
}

// prove finds the station that signed a request.
func (w *warehouse) prove(r *http.Request, id store.StationID) (st store.Station, err error) {
	known := false
	if err = w.store.Read(r.Context(), func(r *store.Reader) error {
		st, known, err = r.StationNamed(id)
		return err
	}); err != nil {
		return st, err
	}
	if !known {
		return st, &wire.Problem{Code: wire.Unknown}
	}
	if err := wire.Verify(r, st.Key, w.Now()); err != nil {
		return st, err
	}
	if !st.Active {
		return st, &wire.Problem{Code: wire.Revoked}
	}
	return st, nil
}

func (w *warehouse) enter(id store.StationID) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.flight[id] >= flightMax {
		return false
	}
	w.flight[id]++
	return true
}

func (w *warehouse) leave(id store.StationID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.flight[id]--; w.flight[id] == 0 {
		delete(w.flight, id)
	}
}

// statuses are what the problems are in HTTP, for whatever stands between.
var statuses = map[wire.ProblemCode]int{
	wire.BadRequest: http.StatusBadRequest, wire.TooLarge: http.StatusRequestEntityTooLarge,
	wire.NotSigned: http.StatusUnauthorized, wire.WrongClock: http.StatusUnauthorized,
	wire.Unknown: http.StatusUnauthorized, wire.Revoked: http.StatusForbidden,
	wire.BadCode: http.StatusForbidden, wire.Gap: http.StatusConflict,
	wire.Forked: http.StatusConflict, wire.Altered: http.StatusUnprocessableEntity,
	wire.Restored: http.StatusConflict, wire.NoSuchRuling: http.StatusNotFound,
	wire.Busy: http.StatusTooManyRequests, wire.Failed: http.StatusInternalServerError,
}

// fail answers with what is wrong. What is an accident of ours is logged here, and not
// told in words.
func (c *Central) fail(rw http.ResponseWriter, r *http.Request, err error) {
	var p *wire.Problem
	if !errors.As(err, &p) {
		p = &wire.Problem{Code: wire.Failed}
		if r.Context().Err() == nil { // else they went away, or this server does
			c.Log.Error("request", "path", r.URL.Path, "err", err)
		}
	}
	wh, id := wire.Asker(r) // whoever says so: they may say anything
	c.Log.Info("refused", "path", r.URL.Path, "warehouse", cut(wh), "station", cut(id),
		"problem", p.Code)
	c.metrics.problems.WithLabelValues(string(p.Code)).Inc()
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(statuses[p.Code])
	_ = json.NewEncoder(rw).Encode(p) // the line may be gone
}

// cut is as much of a name as a log needs.
func cut[T ~string](name T) T { return name[:min(len(name), 32)] }

// answer reads what is asked and writes what is answered, both as JSON.
func answer[Ask, Answer any](fn func(*warehouse, context.Context, store.Station, Ask) (
	Answer, error)) func(*warehouse, asked) error {
	return func(w *warehouse, a asked) error {
		var ask Ask
		if err := json.Unmarshal(a.body, &ask); err != nil {
			return &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
		}
		out, err := fn(w, a.ctx, a.from, ask)
		if err != nil {
			return err
		}
		return a.json(out)
	}
}

func (a asked) json(v any) error {
	a.w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(a.w).Encode(v) // the line may be gone
	return nil
}

// frame answers with facts behind the answer's head.
func (a asked) frame(head any, runs []store.Run) error {
	var b bytes.Buffer
	if err := wire.Encode(&b, head, runs...); err != nil {
		return err
	}
	a.w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = a.w.Write(b.Bytes()) // the line may be gone
	return nil
}

// epochMax is more epochs than a station ever has.
const epochMax = 1 << 32

func (w *warehouse) answerPush(a asked) error {
	var ask wire.PushAsk
	if err := wire.Decode(bytes.NewReader(a.body), &ask, func() []*store.Run {
		return []*store.Run{&ask.Run}
	}); err != nil {
		return err
	}
	if ask.Run.Author != a.from.ID || ask.Run.Rev != 0 {
		return &wire.Problem{Code: wire.NotSigned, Text: "another's log"}
	}
	if ask.Run.Epoch < 1 || ask.Run.Epoch > epochMax {
		return &wire.Problem{Code: wire.BadRequest, Text: "epoch"}
	}
	for _, fact := range ask.Run.Facts {
		if len(fact) > store.FloorFactMax {
			return &wire.Problem{Code: wire.TooLarge, Text: "a fact"}
		}
	}
	began := w.Now()
	out, err := w.push(a.ctx, ask.Run)
	if err != nil {
		return err
	}
	w.metrics.acknowledged.Observe(w.Now().Sub(began).Seconds())
	return a.json(out)
}

func (w *warehouse) answerPull(a asked) error {
	var ask wire.PullAsk
	if err := json.Unmarshal(a.body, &ask); err != nil {
		return &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	}
	n, err := w.pull(a.ctx, a.from, ask)
	if err != nil {
		return err
	}
	return a.frame(n, n.Runs)
}

func (w *warehouse) answerRule(a asked) error {
	var ask wire.RuleAsk
	if err := json.Unmarshal(a.body, &ask); err != nil {
		return &wire.Problem{Code: wire.BadRequest, Text: err.Error()}
	}
	out, err := w.rule(a.ctx, a.from, ask)
	if err != nil {
		return err
	}
	return a.frame(out, out.News.Runs)
}

// healthy says whether every warehouse's database answers.
func (c *Central) healthy(rw http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), 5*time.Second)
	defer stop()
	for _, s := range c.Stores {
		if err := s.Read(ctx, func(r *store.Reader) error {
			_, err := r.Cursor()
			return err
		}); err != nil {
			c.Log.Error("health", "warehouse", s.Identity().Warehouse, "err", err)
			http.Error(rw, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
	}
	_, _ = io.WriteString(rw, "ok\n")
}
