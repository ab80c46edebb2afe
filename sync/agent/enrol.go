package agent

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"scanbay/sync/wire"
)

// Enrol asks central for a place among its stations, with a code that was made there.
// It fails with a Problem, BadCode.
func Enrol(ctx context.Context, line http.RoundTripper, url, code string, key ed25519.PublicKey) (
	out wire.EnrolAnswer, err error) {
	body, err := json.Marshal(wire.EnrolAsk{Code: code, Key: key})
	if err != nil {
		return out, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+wire.EnrolPath,
		bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	answer, err := line.RoundTrip(r)
	if err != nil {
		return out, fmt.Errorf("line: %w", err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return out, fmt.Errorf("line: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		p := &wire.Problem{Code: wire.Failed, Text: answer.Status}
		if json.Unmarshal(said, p) != nil || p.Code == "" {
			p.Code = wire.Failed
		}
		return out, p
	}
	return out, json.Unmarshal(said, &out)
}

// Snapshot reads what a station begins with that was enrolled a moment ago: a compressed
// SQLite file.
func Snapshot(ctx context.Context, c Config, as wire.EnrolAnswer) ([]byte, error) {
	a := New(c)
	a.as = as
	return a.post(ctx, wire.SnapshotPath, nil)
}
