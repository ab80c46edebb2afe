package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"scanbay/sync/wire"
)

// answerMax bounds an answer: a snapshot is the largest.
const answerMax = 1 << 30

// post sends one signed request and reads the whole answer. It fails with central's
// Problem, or with what is wrong with the line.
func (a *Agent) post(ctx context.Context, path string, body []byte) ([]byte, error) {
	most := sendMax
	switch path {
	case wire.PullPath:
		most += pullWait
	case wire.SnapshotPath:
		most = baseMax
	}
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	out, err := a.once(ctx, path, body)
	var p *wire.Problem
	if errors.As(err, &p) && p.Code == wire.WrongClock {
		return a.once(ctx, path, body) // it is known by now how far ours is off
	}
	return out, err
}

func (a *Agent) once(ctx context.Context, path string, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	as := a.as
	if a.Store != nil {
		id := a.Store.Identity()
		as.Warehouse, as.Station = id.Warehouse, id.Author
	}
	wire.Sign(r, as.Warehouse, as.Station, a.Key, a.Now().Add(a.clock()), body)
	asked := a.Now()
	answer, err := a.Line.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("line: %w", err)
	}
	defer answer.Body.Close()
	a.heard(wire.TimeOf(answer.Header), asked)
	out, err := io.ReadAll(io.LimitReader(answer.Body, answerMax))
	if err != nil {
		return nil, fmt.Errorf("line: %w", err)
	}
	if answer.StatusCode == http.StatusOK {
		return out, nil
	}
	p := &wire.Problem{Code: wire.Failed, Text: answer.Status}
	if json.Unmarshal(out, p) != nil || p.Code == "" {
		p.Code = wire.Failed // something between us and central answered
	}
	return nil, p
}

// heard keeps when central answered, and how far our clock is from its: it tells the time
// at which it was asked, and may have waited since.
func (a *Agent) heard(central time.Time, asked time.Time) {
	if central.IsZero() {
		return
	}
	now := a.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state.Contact = now
	a.offset = central.Sub(asked.Add(min(now.Sub(asked)/2, nearMax)))
	if a.Store != nil {
		a.Store.ClockIsOff(a.offset)
	}
}

// clock is how far central's clock is from ours.
func (a *Agent) clock() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.offset
}

// ask posts JSON and reads JSON.
func ask[Answer any](ctx context.Context, a *Agent, path string, in any) (out Answer, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	said, err := a.post(ctx, path, body)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(said, &out)
}
